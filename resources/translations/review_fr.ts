<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
<context>
    <name>DecisionsPage</name>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="59"/>
        <source>About</source>
        <translation>Sujet</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="61"/>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="62"/>
        <source>Stands now</source>
        <translation>Valeur retenue</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="63"/>
        <source>Since</source>
        <translation>Depuis</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="88"/>
        <source>this side is right</source>
        <translation>c’est cette valeur la bonne</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="88"/>
        <source>choose a row</source>
        <translation>choisir une ligne</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="118"/>
        <source>nobody has said anything else</source>
        <translation>personne n’a rien dit d’autre</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="122"/>
        <source>stands now</source>
        <translation>valeur retenue</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="135"/>
        <source>This is right</source>
        <translation>C’est la bonne</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="136"/>
        <source>Keep the correction</source>
        <translation>Garder la correction</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="136"/>
        <source>Back to before</source>
        <translation>Revenir à avant</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="147"/>
        <source>Decided: %1, %2.</source>
        <translation>Décidé : %1, %2.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="165"/>
        <source>What needs a decision</source>
        <translation>Décisions à prendre</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="167"/>
        <source>Nothing needs a decision</source>
        <translation>Aucune décision à prendre</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/decisions.py" line="169"/>
        <source>When two people enter different things without knowing of each other, both stand here, with who, when and from which laptop. Meanwhile everything works: one of them counts until you choose.</source>
        <translation>Quand deux personnes saisissent des choses différentes sans le savoir, les deux figurent ici, avec qui, quand et de quel ordinateur. Entre-temps, tout fonctionne : l’une d’elles compte jusqu’à votre choix.</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <location filename="../../canvass_app/desktop/shell/record.py" line="32"/>
        <source>Choose a door, a person, a turf, a list or a shift first; Ctrl+H then shows its history.</source>
        <translation>Choisissez d’abord une porte, une personne, un secteur, une liste ou un quart; Ctrl+H en montre alors l’historique.</translation>
    </message>
</context>
<context>
    <name>HistoryScreen</name>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="89"/>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="92"/>
        <source>What</source>
        <translation>Quoi</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="93"/>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="94"/>
        <source>From</source>
        <translation>D’où</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="95"/>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="100"/>
        <source>counts</source>
        <translation>compte</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="101"/>
        <source>corrected</source>
        <translation>corrigé</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="102"/>
        <source>replaced</source>
        <translation>remplacé</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="103"/>
        <source>taken back</source>
        <translation>annulé</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="104"/>
        <source>to decide</source>
        <translation>à décider</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="105"/>
        <source>voided</source>
        <translation>annulé</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="106"/>
        <source>erased</source>
        <translation>effacé</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="107"/>
        <source>newer version</source>
        <translation>version récente</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="114"/>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="175"/>
        <source>History</source>
        <translation>Historique</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="140"/>
        <source>choose an entry</source>
        <translation>choisir une entrée</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="141"/>
        <source>take the entry back, where that is allowed</source>
        <translation>annuler l’entrée, là où c’est permis</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="142"/>
        <source>newer or older entries</source>
        <translation>entrées plus récentes ou plus anciennes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="143"/>
        <source>back</source>
        <translation>retour</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="175"/>
        <source>History: %1</source>
        <translation>Historique : %1</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="178"/>
        <source>%1 entry</source>
        <translation>%1 entrée</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="178"/>
        <source>%1 entries</source>
        <translation>%1 entrées</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="186"/>
        <source>%1 to %2 of %3</source>
        <translation>%1 à %2 sur %3</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="222"/>
        <source>Why? It stands in the history.</source>
        <translation>Pourquoi? La raison figure dans l’historique.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="223"/>
        <source>Why?</source>
        <translation>Pourquoi?</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="256"/>
        <source>Taken back: %1</source>
        <translation>Annulé : %1</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="267"/>
        <source>Entries, newest first</source>
        <translation>Entrées, les plus récentes d’abord</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="269"/>
        <source>Newer</source>
        <translation>Plus récentes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="270"/>
        <source>Older</source>
        <translation>Plus anciennes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="276"/>
        <source>Whatever was recorded has a history</source>
        <translation>Tout ce qui a été saisi a un historique</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/history/screen.py" line="278"/>
        <source>Choose a door, a person, a turf, a list, a shift or an import anywhere and press Ctrl+H: here stands who entered what, when and from which laptop, whether it counts, and the way to take it back.</source>
        <translation>Choisissez une porte, une personne, un secteur, une liste, un quart ou une importation et appuyez sur Ctrl+H : vous verrez ici qui a saisi quoi, quand et de quel ordinateur, si cela compte, et comment l’annuler.</translation>
    </message>
</context>
<context>
    <name>ImportsPage</name>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="40"/>
        <source>withdrawn</source>
        <translation>retiré</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="42"/>
        <source>counts</source>
        <translation>compte</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="44"/>
        <source>arriving</source>
        <translation>en route</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="48"/>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="50"/>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="53"/>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="54"/>
        <source>Doors</source>
        <translation>Portes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="55"/>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="56"/>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="82"/>
        <source>choose a file</source>
        <translation>choisir un fichier</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="83"/>
        <source>what withdrawing it would change</source>
        <translation>ce que changerait son retrait</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="84"/>
        <source>withdraw it, once that is shown</source>
        <translation>le retirer, une fois cela affiché</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="85"/>
        <source>restore it</source>
        <translation>le rétablir</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="113"/>
        <source>Withdraw the file …</source>
        <translation>Retirer le fichier…</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="114"/>
        <source>Withdraw the file</source>
        <translation>Retirer le fichier</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="115"/>
        <source>Leave it as it is</source>
        <translation>Laisser tel quel</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="116"/>
        <source>Restore the file</source>
        <translation>Rétablir le fichier</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="117"/>
        <source>“%1” no longer counts.</source>
        <translation>« %1 » ne compte plus.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="118"/>
        <source>“%1” counts again.</source>
        <translation>« %1 » compte de nouveau.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="120"/>
        <source>The wrong file, or the wrong town? A withdrawn file’s rows no longer count. What people learned at the doors stays, and the file can be restored.</source>
        <translation>Mauvais fichier ou mauvaise ville? Les lignes d’un fichier retiré ne comptent plus. Ce qui a été appris aux portes reste, et le fichier peut être rétabli.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="130"/>
        <source>%1 door</source>
        <translation>%1 porte</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="130"/>
        <source>%1 doors</source>
        <translation>%1 portes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="131"/>
        <source>%1 person</source>
        <translation>%1 personne</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="131"/>
        <source>%1 people</source>
        <translation>%1 personnes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="136"/>
        <source>What withdrawing would change</source>
        <translation>Ce que le retrait changerait</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="138"/>
        <source>%1 door goes</source>
        <translation>%1 porte disparaît</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="138"/>
        <source>%1 doors go</source>
        <translation>%1 portes disparaissent</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="139"/>
        <source>%1 person goes</source>
        <translation>%1 personne disparaît</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="139"/>
        <source>%1 people go</source>
        <translation>%1 personnes disparaissent</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="142"/>
        <source>%1 door where something is known stays, “not on file”</source>
        <translation>%1 porte dont on sait quelque chose reste, « hors fichier »</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="143"/>
        <source>%1 doors where something is known stay, “not on file”</source>
        <translation>%1 portes dont on sait quelque chose restent, « hors fichier »</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="147"/>
        <source>%1 person who was met stays, “not on file”</source>
        <translation>%1 personne rencontrée reste, « hors fichier »</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="148"/>
        <source>%1 people who were met stay, “not on file”</source>
        <translation>%1 personnes rencontrées restent, « hors fichier »</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="152"/>
        <source>%1 entry is then as another file has it</source>
        <translation>%1 fiche reprend ce que dit un autre fichier</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="153"/>
        <source>%1 entries are then as another file has them</source>
        <translation>%1 fiches reprennent ce que dit un autre fichier</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="160"/>
        <source>Nothing that counts would change.</source>
        <translation>Rien de ce qui compte ne changerait.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="162"/>
        <source>These go, for example</source>
        <translation>Disparaissent, par exemple</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="164"/>
        <source>These stay, for example</source>
        <translation>Restent, par exemple</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="169"/>
        <source>Imported files</source>
        <translation>Fichiers importés</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="171"/>
        <source>No imports yet</source>
        <translation>Aucune importation pour le moment</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="173"/>
        <source>Every file you import is kept here with what it brought, and can be taken back as a whole.</source>
        <translation>Chaque fichier importé figure ici avec ce qu’il a apporté, et peut être retiré en entier.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/imports.py" line="175"/>
        <source>Import addresses</source>
        <translation>Importer des adresses</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/page.py" line="85"/>
        <source>and %1 more</source>
        <translation>et %1 de plus</translation>
    </message>
</context>
<context>
    <name>ReviewScreen</name>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="64"/>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="143"/>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="147"/>
        <source>Review</source>
        <translation>Vérification</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="85"/>
        <source>the tab before, the next tab</source>
        <translation>l’onglet précédent, l’onglet suivant</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="86"/>
        <source>the history of the chosen row</source>
        <translation>l’historique de la ligne choisie</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="93"/>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="145"/>
        <source>History of the chosen row</source>
        <translation>Historique de la ligne choisie</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="128"/>
        <source>Needs a decision</source>
        <translation>À décider</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="131"/>
        <source>Shifts</source>
        <translation>Quarts</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="131"/>
        <source>Imports</source>
        <translation>Importations</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="135"/>
        <source>Nothing here blocks anything: choose when there is time.</source>
        <translation>Rien ici ne bloque quoi que ce soit : choisissez quand vous avez le temps.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="136"/>
        <source>One sitting at the keyboard by one person; it can be taken back as a whole.</source>
        <translation>Une séance de saisie d’une personne; elle peut être annulée en entier.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="137"/>
        <source>Every imported file; it can be taken back as a whole.</source>
        <translation>Chaque fichier importé; il peut être retiré en entier.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/screen.py" line="144"/>
        <source>History</source>
        <translation>Historique</translation>
    </message>
</context>
<context>
    <name>ShiftsPage</name>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="40"/>
        <source>voided</source>
        <translation>annulé</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="41"/>
        <source>counts</source>
        <translation>compte</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="41"/>
        <source>open</source>
        <translation>ouvert</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="44"/>
        <source>Volunteer</source>
        <translation>Bénévole</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="46"/>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="49"/>
        <source>List</source>
        <translation>Liste</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="50"/>
        <source>Results</source>
        <translation>Résultats</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="51"/>
        <source>From</source>
        <translation>D’où</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="52"/>
        <source>State</source>
        <translation>État</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="78"/>
        <source>choose a shift</source>
        <translation>choisir un quart</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="79"/>
        <source>what voiding it would change</source>
        <translation>ce que changerait son annulation</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="80"/>
        <source>void it, once that is shown</source>
        <translation>l’annuler, une fois cela affiché</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="81"/>
        <source>restore it</source>
        <translation>le rétablir</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="109"/>
        <source>Void the shift …</source>
        <translation>Annuler le quart…</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="110"/>
        <source>Void the shift</source>
        <translation>Annuler le quart</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="111"/>
        <source>Leave it as it is</source>
        <translation>Laisser tel quel</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="112"/>
        <source>Restore the shift</source>
        <translation>Rétablir le quart</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="113"/>
        <source>The shift of %1 no longer counts.</source>
        <translation>Le quart de %1 ne compte plus.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="114"/>
        <source>The shift of %1 counts again.</source>
        <translation>Le quart de %1 compte de nouveau.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="116"/>
        <source>Typed on the wrong list, or not to be trusted? A voided shift no longer counts. Nothing is deleted, and it can be restored.</source>
        <translation>Saisi sur la mauvaise liste, ou peu fiable? Un quart annulé ne compte plus. Rien n’est supprimé, et il peut être rétabli.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="124"/>
        <source>no name given</source>
        <translation>sans nom</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="127"/>
        <source>list %1</source>
        <translation>liste %1</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="129"/>
        <source>%1 result</source>
        <translation>%1 résultat</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="129"/>
        <source>%1 results</source>
        <translation>%1 résultats</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="133"/>
        <source>What voiding would change</source>
        <translation>Ce que l’annulation changerait</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="135"/>
        <source>Nothing that counts would change.</source>
        <translation>Rien de ce qui compte ne changerait.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="137"/>
        <source>%1 attempt goes</source>
        <translation>%1 tentative disparaît</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="137"/>
        <source>%1 attempts go</source>
        <translation>%1 tentatives disparaissent</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="138"/>
        <source>%1 of them a contact</source>
        <translation>dont %1 contact</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="138"/>
        <source>%1 of them contacts</source>
        <translation>dont %1 contacts</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="139"/>
        <source>%1 answer goes</source>
        <translation>%1 réponse disparaît</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="139"/>
        <source>%1 answers go</source>
        <translation>%1 réponses disparaissent</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="140"/>
        <source>%1 note goes</source>
        <translation>%1 note disparaît</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="140"/>
        <source>%1 notes go</source>
        <translation>%1 notes disparaissent</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="143"/>
        <source>%1 person met only then leaves the lists</source>
        <translation>%1 personne rencontrée seulement alors quitte les listes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="144"/>
        <source>%1 people met only then leave the lists</source>
        <translation>%1 personnes rencontrées seulement alors quittent les listes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="148"/>
        <source>%1 “do not contact” stands all the same</source>
        <translation>%1 « ne pas contacter » reste malgré tout</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="149"/>
        <source>%1 “do not contact” stand all the same</source>
        <translation>%1 « ne pas contacter » restent malgré tout</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="154"/>
        <source>Doors</source>
        <translation>Portes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="155"/>
        <source>People</source>
        <translation>Personnes</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="163"/>
        <source>Corrections by others that stand, for review</source>
        <translation>Corrections d’autres personnes qui restent, à vérifier</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="164"/>
        <source>Results of this shift that arrive later do not count either.</source>
        <translation>Les résultats de ce quart qui arriveraient plus tard ne comptent pas non plus.</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="168"/>
        <source>Shifts</source>
        <translation>Quarts</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="170"/>
        <source>No shifts yet</source>
        <translation>Aucun quart pour le moment</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/shifts.py" line="172"/>
        <source>A shift is one sitting at the keyboard by one person. It begins when somebody gives their name to enter results, and can be taken back as a whole here.</source>
        <translation>Un quart est une séance de saisie d’une personne. Il commence quand quelqu’un donne son nom pour saisir des résultats, et peut être annulé en entier ici.</translation>
    </message>
</context>
<context>
    <name>TakingBackPage</name>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/taking_back.py" line="106"/>
        <source>Why? (for the history; may stay blank)</source>
        <translation>Pourquoi? (pour l’historique; facultatif)</translation>
    </message>
    <message>
        <location filename="../../canvass_app/desktop/screens/review/taking_back.py" line="110"/>
        <source>Why?</source>
        <translation>Pourquoi?</translation>
    </message>
</context>
</TS>
