<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
<context>
    <name>DecisionsPage</name>
    <message>
        <source>Decided: %1, %2.</source>
        <translation>Décidé&#xa0;: %1, %2.</translation>
    </message>
</context>
<context>
    <name>DecisionsTab</name>
    <message>
        <source>About</source>
        <translation>Sujet</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Stands now</source>
        <translation>Valeur retenue</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <source>this side is right</source>
        <translation>c’est cette valeur la bonne</translation>
    </message>
    <message>
        <source>choose a row</source>
        <translation>choisir une ligne</translation>
    </message>
    <message>
        <source>nobody has said anything else</source>
        <translation>personne n’a rien dit d’autre</translation>
    </message>
    <message>
        <source>stands now</source>
        <translation>valeur retenue</translation>
    </message>
    <message>
        <source>It keeps the doors</source>
        <translation>Il garde les portes</translation>
    </message>
    <message>
        <source>This is right</source>
        <translation>C’est la bonne</translation>
    </message>
    <message>
        <source>Keep the correction</source>
        <translation>Garder la correction</translation>
    </message>
    <message>
        <source>Back to before</source>
        <translation>Revenir à la valeur d’avant</translation>
    </message>
    <message>
        <source>What needs a decision</source>
        <translation>Décisions à prendre</translation>
    </message>
    <message>
        <source>Nothing needs a decision</source>
        <translation>Aucune décision à prendre</translation>
    </message>
    <message>
        <source>When two people enter different things without knowing of each other, both are shown here, with who, when and from which laptop. Meanwhile everything works: one of the two counts until you choose.</source>
        <translation>Quand deux personnes saisissent, chacune de son côté, des réponses différentes, les deux figurent ici&#xa0;: qui, quand et sur quel ordinateur. Entre-temps, tout fonctionne&#xa0;: l’une des deux compte jusqu’à votre choix.</translation>
    </message>
</context>
<context>
    <name>Erasing</name>
    <message>
        <source>Erase %1 for good?</source>
        <translation>Effacer %1 pour de bon?</translation>
    </message>
    <message>
        <source>this person</source>
        <translation>cette personne</translation>
    </message>
    <message>
        <source>These words elsewhere name the person. Those ticked go too.</source>
        <translation>Ces mots, ailleurs, nomment la personne. Ceux qui sont cochés disparaissent aussi.</translation>
    </message>
    <message>
        <source>How did they ask? Leave their name out: this is kept.</source>
        <translation>Comment l’a-t-elle demandé? N’écrivez pas son nom&#xa0;: cette note est conservée.</translation>
    </message>
    <message>
        <source>Erase for good</source>
        <translation>Effacer pour de bon</translation>
    </message>
    <message>
        <source>Leave everything as it is</source>
        <translation>Tout laisser tel quel</translation>
    </message>
    <message>
        <source>The person was erased, here and wherever this laptop’s events go.</source>
        <translation>La personne a été effacée, ici et partout où vont les données de cet ordinateur.</translation>
    </message>
    <message>
        <source>Erasing a person</source>
        <translation>Effacement d’une personne</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>Choose a door, a person, a turf, a list or a shift first; Ctrl+H then shows its history.</source>
        <translation>Choisissez d’abord une porte, une personne, un secteur, une liste ou un quart; Ctrl+H en montre alors l’historique.</translation>
    </message>
</context>
<context>
    <name>HistoryScreen</name>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>From</source>
        <translation>D’où</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>counts</source>
        <translation>compte</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>corrigé</translation>
    </message>
    <message>
        <source>replaced</source>
        <translation>remplacé</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>annulé</translation>
    </message>
    <message>
        <source>to decide</source>
        <translation>à décider</translation>
    </message>
    <message>
        <source>voided</source>
        <translation>annulé</translation>
    </message>
    <message>
        <source>erased</source>
        <translation>effacé</translation>
    </message>
    <message>
        <source>newer version</source>
        <translation>version récente</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <source>choose an entry</source>
        <translation>choisir une entrée</translation>
    </message>
    <message>
        <source>take the entry back, where that is allowed</source>
        <translation>annuler l’entrée, là où c’est permis</translation>
    </message>
    <message>
        <source>open the history of whom the entry is about</source>
        <translation>ouvrir l’historique de la personne ou de la chose concernée</translation>
    </message>
    <message>
        <source>what erasing the person would take</source>
        <translation>ce qu’emporterait l’effacement de la personne</translation>
    </message>
    <message>
        <source>newer or older entries</source>
        <translation>entrées plus récentes ou plus anciennes</translation>
    </message>
    <message>
        <source>back</source>
        <translation>retour</translation>
    </message>
    <message>
        <source>History: %1</source>
        <translation>Historique&#xa0;: %1</translation>
    </message>
    <message>
        <source>%1 entry</source>
        <translation>%1 entrée</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 entrées</translation>
    </message>
    <message>
        <source>%1 to %2 of %3</source>
        <translation>%1 à %2 sur %3</translation>
    </message>
    <message>
        <source>History of %1</source>
        <translation>Historique (%1)</translation>
    </message>
    <message>
        <source>Why? It stands in the history.</source>
        <translation>Pourquoi? La raison figure dans l’historique.</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Pourquoi?</translation>
    </message>
    <message>
        <source>Taken back: %1</source>
        <translation>Annulé&#xa0;: %1</translation>
    </message>
    <message>
        <source>Entries, newest first</source>
        <translation>Entrées, les plus récentes d’abord</translation>
    </message>
    <message>
        <source>Newer</source>
        <translation>Plus récentes</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>Plus anciennes</translation>
    </message>
    <message>
        <source>Erase this person …</source>
        <translation>Effacer cette personne…</translation>
    </message>
    <message>
        <source>Whatever was recorded has a history</source>
        <translation>Tout ce qui a été saisi a un historique</translation>
    </message>
    <message>
        <source>Choose a door, a person, a turf, a list, a shift or an import anywhere and press Ctrl+H. You will see who entered what, when and from which laptop, whether it counts, and how to take it back.</source>
        <translation>Où que vous soyez, choisissez une porte, une personne, un secteur, une liste, un quart ou une importation et appuyez sur Ctrl+H. Vous verrez qui a saisi quoi, quand et sur quel ordinateur, si cela compte, et comment l’annuler.</translation>
    </message>
</context>
<context>
    <name>ImportsTab</name>
    <message>
        <source>withdrawn</source>
        <translation>retiré</translation>
    </message>
    <message>
        <source>counts</source>
        <translation>compte</translation>
    </message>
    <message>
        <source>arriving</source>
        <translation>en route</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>Doors</source>
        <translation>Portes</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>choose a file</source>
        <translation>choisir un fichier</translation>
    </message>
    <message>
        <source>what withdrawing it would change</source>
        <translation>ce que changerait son retrait</translation>
    </message>
    <message>
        <source>withdraw it, once that is shown</source>
        <translation>le retirer, une fois cela affiché</translation>
    </message>
    <message>
        <source>restore it</source>
        <translation>le rétablir</translation>
    </message>
    <message>
        <source>Withdraw the file …</source>
        <translation>Retirer le fichier…</translation>
    </message>
    <message>
        <source>Withdraw the file</source>
        <translation>Retirer le fichier</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>Laisser tel quel</translation>
    </message>
    <message>
        <source>Restore the file</source>
        <translation>Rétablir le fichier</translation>
    </message>
    <message>
        <source>“%1” no longer counts.</source>
        <translation>«&#xa0;%1&#xa0;» ne compte plus.</translation>
    </message>
    <message>
        <source>“%1” counts again.</source>
        <translation>«&#xa0;%1&#xa0;» compte de nouveau.</translation>
    </message>
    <message>
        <source>The wrong file, or the wrong town? A withdrawn file’s rows no longer count. What people learned at the doors stays, and the file can be restored.</source>
        <translation>Mauvais fichier ou mauvaise ville? Les lignes d’un fichier retiré ne comptent plus. Ce qui a été appris aux portes reste, et le fichier peut être rétabli.</translation>
    </message>
    <message>
        <source>%1 door</source>
        <translation>%1 porte</translation>
    </message>
    <message>
        <source>%1 doors</source>
        <translation>%1 portes</translation>
    </message>
    <message>
        <source>%1 person</source>
        <translation>%1 personne</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 personnes</translation>
    </message>
    <message>
        <source>What withdrawing would change</source>
        <translation>Ce que le retrait changerait</translation>
    </message>
    <message>
        <source>%1 door goes</source>
        <translation>%1 porte disparaît</translation>
    </message>
    <message>
        <source>%1 doors go</source>
        <translation>%1 portes disparaissent</translation>
    </message>
    <message>
        <source>%1 person goes</source>
        <translation>%1 personne disparaît</translation>
    </message>
    <message>
        <source>%1 people go</source>
        <translation>%1 personnes disparaissent</translation>
    </message>
    <message>
        <source>%1 door where something is known stays, “not on file”</source>
        <translation>%1 porte dont on sait quelque chose reste, «&#xa0;hors fichier&#xa0;»</translation>
    </message>
    <message>
        <source>%1 doors where something is known stay, “not on file”</source>
        <translation>%1 portes dont on sait quelque chose restent, «&#xa0;hors fichier&#xa0;»</translation>
    </message>
    <message>
        <source>%1 person who was met stays, “not on file”</source>
        <translation>%1 personne rencontrée reste, «&#xa0;hors fichier&#xa0;»</translation>
    </message>
    <message>
        <source>%1 people who were met stay, “not on file”</source>
        <translation>%1 personnes rencontrées restent, «&#xa0;hors fichier&#xa0;»</translation>
    </message>
    <message>
        <source>%1 entry is then as another file has it</source>
        <translation>%1 fiche reprend ce que dit un autre fichier</translation>
    </message>
    <message>
        <source>%1 entries are then as another file has them</source>
        <translation>%1 fiches reprennent ce que dit un autre fichier</translation>
    </message>
    <message>
        <source>Nothing that counts would change.</source>
        <translation>Rien de ce qui compte ne changerait.</translation>
    </message>
    <message>
        <source>These go, for example</source>
        <translation>Fiches retirées, par exemple</translation>
    </message>
    <message>
        <source>These stay, for example</source>
        <translation>Fiches conservées, par exemple</translation>
    </message>
    <message>
        <source>Imported files</source>
        <translation>Fichiers importés</translation>
    </message>
    <message>
        <source>No imports yet</source>
        <translation>Aucune importation pour le moment</translation>
    </message>
    <message>
        <source>Every file you import is kept here with what it brought, and can be taken back as a whole.</source>
        <translation>Chaque fichier importé figure ici avec ce qu’il a apporté, et peut être retiré en entier.</translation>
    </message>
    <message>
        <source>Import addresses</source>
        <translation>Importer des adresses</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>and %1 other</source>
        <translation>et %1 autre</translation>
    </message>
    <message>
        <source>and %1 others</source>
        <translation>et %1 autres</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <source>Review</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <source>the tab before, the next tab</source>
        <translation>l’onglet précédent, l’onglet suivant</translation>
    </message>
    <message>
        <source>the history of the chosen row</source>
        <translation>l’historique de la ligne choisie</translation>
    </message>
    <message>
        <source>History of the chosen row</source>
        <translation>Historique de la ligne choisie</translation>
    </message>
    <message>
        <source>Needs a decision</source>
        <translation>À décider</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Quarts</translation>
    </message>
    <message>
        <source>Imports</source>
        <translation>Importations</translation>
    </message>
    <message>
        <source>Nothing here holds up the work: choose when there is time.</source>
        <translation>Rien ne presse&#xa0;: le travail continue, décidez quand vous aurez le temps.</translation>
    </message>
    <message>
        <source>A shift is one person’s sitting at the keyboard. It can be taken back as a whole.</source>
        <translation>Un quart, c’est la séance de saisie d’une personne. Il peut être annulé en entier.</translation>
    </message>
    <message>
        <source>Each imported file can be taken back as a whole.</source>
        <translation>Chaque fichier importé peut être retiré en entier.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Historique</translation>
    </message>
</context>
<context>
    <name>ShiftsTab</name>
    <message>
        <source>voided</source>
        <translation>annulé</translation>
    </message>
    <message>
        <source>counts</source>
        <translation>compte</translation>
    </message>
    <message>
        <source>open</source>
        <translation>ouvert</translation>
    </message>
    <message>
        <source>Volunteer</source>
        <translation>Bénévole</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <source>From</source>
        <translation>D’où</translation>
    </message>
    <message>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <source>choose a shift</source>
        <translation>choisir un quart</translation>
    </message>
    <message>
        <source>what voiding it would change</source>
        <translation>ce que changerait son annulation</translation>
    </message>
    <message>
        <source>void it, once that is shown</source>
        <translation>l’annuler, une fois cela affiché</translation>
    </message>
    <message>
        <source>restore it</source>
        <translation>le rétablir</translation>
    </message>
    <message>
        <source>Void the shift …</source>
        <translation>Annuler le quart…</translation>
    </message>
    <message>
        <source>Void the shift</source>
        <translation>Annuler le quart</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>Laisser tel quel</translation>
    </message>
    <message>
        <source>Restore the shift</source>
        <translation>Rétablir le quart</translation>
    </message>
    <message>
        <source>The shift of %1 no longer counts.</source>
        <translation>Le quart de %1 ne compte plus.</translation>
    </message>
    <message>
        <source>The shift of %1 counts again.</source>
        <translation>Le quart de %1 compte de nouveau.</translation>
    </message>
    <message>
        <source>Typed on the wrong list, or not to be trusted? A voided shift no longer counts. Nothing is deleted, and it can be restored.</source>
        <translation>Saisi sur la mauvaise liste, ou peu fiable? Un quart annulé ne compte plus. Rien n’est supprimé, et il peut être rétabli.</translation>
    </message>
    <message>
        <source>no name given</source>
        <translation>sans nom</translation>
    </message>
    <message>
        <source>list %1</source>
        <translation>liste %1</translation>
    </message>
    <message>
        <source>%1 result</source>
        <translation>%1 résultat</translation>
    </message>
    <message>
        <source>%1 results</source>
        <translation>%1 résultats</translation>
    </message>
    <message>
        <source>What voiding would change</source>
        <translation>Ce que l’annulation changerait</translation>
    </message>
    <message>
        <source>Nothing that counts would change.</source>
        <translation>Rien de ce qui compte ne changerait.</translation>
    </message>
    <message>
        <source>%1 attempt goes</source>
        <translation>%1 tentative disparaît</translation>
    </message>
    <message>
        <source>%1 attempts go</source>
        <translation>%1 tentatives disparaissent</translation>
    </message>
    <message>
        <source>%1 of them a contact</source>
        <translation>dont %1 contact</translation>
    </message>
    <message>
        <source>%1 of them contacts</source>
        <translation>dont %1 contacts</translation>
    </message>
    <message>
        <source>%1 answer goes</source>
        <translation>%1 réponse disparaît</translation>
    </message>
    <message>
        <source>%1 answers go</source>
        <translation>%1 réponses disparaissent</translation>
    </message>
    <message>
        <source>%1 note goes</source>
        <translation>%1 note disparaît</translation>
    </message>
    <message>
        <source>%1 notes go</source>
        <translation>%1 notes disparaissent</translation>
    </message>
    <message>
        <source>%1 person met only then leaves the lists</source>
        <translation>%1 personne rencontrée seulement alors quitte les listes</translation>
    </message>
    <message>
        <source>%1 people met only then leave the lists</source>
        <translation>%1 personnes rencontrées seulement alors quittent les listes</translation>
    </message>
    <message>
        <source>%1 “do not contact” stands all the same</source>
        <translation>%1 «&#xa0;ne pas contacter&#xa0;» reste malgré tout</translation>
    </message>
    <message>
        <source>%1 “do not contact” stand all the same</source>
        <translation>%1 «&#xa0;ne pas contacter&#xa0;» restent malgré tout</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <source>Corrections by others that stand, for review</source>
        <translation>Corrections d’autres personnes qui restent, à vérifier</translation>
    </message>
    <message>
        <source>Results of this shift that arrive later do not count either.</source>
        <translation>Les résultats de ce quart qui arriveraient plus tard ne comptent pas non plus.</translation>
    </message>
    <message>
        <source>%1 door</source>
        <translation>%1 porte</translation>
    </message>
    <message>
        <source>%1 doors</source>
        <translation>%1 portes</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <translation>%1 et %2 de plus</translation>
    </message>
    <message>
        <source>Shifts</source>
        <translation>Quarts</translation>
    </message>
    <message>
        <source>No shifts yet</source>
        <translation>Aucun quart pour le moment</translation>
    </message>
    <message>
        <source>A shift is one sitting at the keyboard by one person. It begins when somebody gives their name to enter results, and can be taken back as a whole here.</source>
        <translation>Un quart est une séance de saisie d’une personne. Il commence quand quelqu’un donne son nom pour saisir des résultats, et peut être annulé en entier ici.</translation>
    </message>
</context>
<context>
    <name>TakingBackPage</name>
    <message>
        <source>Why? (for the history; may stay blank)</source>
        <translation>Pourquoi? (pour l’historique; facultatif)</translation>
    </message>
    <message>
        <source>Why?</source>
        <translation>Pourquoi?</translation>
    </message>
</context>
</TS>
