<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>Desk</name>
        <message>
            <source>Enter results</source>
            <translation>Saisir les résultats</translation>
        </message>
        <message>
            <source>Type the code at the top of the page</source>
            <translation>Tapez le code imprimé en haut de la page</translation>
        </message>
        <message>
            <source>for example 4127Y-3</source>
            <translation>par exemple 4127Y-3</translation>
        </message>
        <message>
            <source>Open the page</source>
            <translation>Ouvrir la page</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Entrée</translation>
        </message>
        <message>
            <source>Who types?</source>
            <translation>Qui saisit?</translation>
        </message>
        <message>
            <source>your name</source>
            <translation>votre nom</translation>
        </message>
        <message>
            <source>End the shift</source>
            <translation>Terminer le quart</translation>
        </message>
        <message>
            <source>The list is back</source>
            <translation>La liste est revenue</translation>
        </message>
        <message>
            <source>Lists that are out</source>
            <translation>Listes sorties</translation>
        </message>
        <message>
            <source>No list is out. A list appears here when a turf’s walk list is printed; its code is on each page.</source>
            <translation>Aucune liste n’est sortie. Une liste apparaît ici quand celle d’un secteur est imprimée; son code figure sur chaque page.</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 sur %2</translation>
        </message>
        <message>
            <source>%1 page</source>
            <translation>%1 page</translation>
        </message>
        <message>
            <source>%1 pages</source>
            <translation>%1 pages</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>Code</translation>
        </message>
        <message>
            <source>Turf</source>
            <translation>Secteur</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Qui</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Pages</translation>
        </message>
        <message>
            <source>Typed</source>
            <translation>Saisies</translation>
        </message>
    </context>
    <context>
        <name>EnterScreen</name>
        <message>
            <source>do not contact</source>
            <translation>ne pas contacter</translation>
        </message>
        <message>
            <source>do not contact, since %1</source>
            <translation>ne pas contacter, depuis le %1</translation>
        </message>
        <message>
            <source>Enter results</source>
            <translation>Saisir les résultats</translation>
        </message>
        <message>
            <source>End the shift</source>
            <translation>Terminer le quart</translation>
        </message>
        <message>
            <source>List %1 is marked as returned.</source>
            <translation>La liste %1 est marquée comme revenue.</translation>
        </message>
        <message>
            <source>List %1: %2 of %3 lines have a result. Is the paper back?</source>
            <translation>Liste %1 : %2 lignes sur %3 ont un résultat. La feuille est-elle revenue?</translation>
        </message>
        <message>
            <source>%1 result saved</source>
            <translation>%1 résultat enregistré</translation>
        </message>
        <message>
            <source>%1 results saved</source>
            <translation>%1 résultats enregistrés</translation>
        </message>
        <message>
            <source>headquarters has them all</source>
            <translation>tous sont au quartier général</translation>
        </message>
        <message>
            <source>%1 only on this laptop</source>
            <translation>%1 seulement sur cet ordinateur</translation>
        </message>
        <message>
            <source>%1 only on this laptop</source>
            <comment>several</comment>
            <translation>%1 seulement sur cet ordinateur</translation>
        </message>
        <message>
            <source>Shift of %1 closed: %2, %3.</source>
            <translation>Quart terminé (%1) : %2, %3.</translation>
        </message>
        <message>
            <source>No results to enter yet</source>
            <translation>Aucun résultat à saisir pour l’instant</translation>
        </message>
        <message>
            <source>Results are typed from printed walk lists. First import the addresses of a riding, then make a turf.</source>
            <translation>Les résultats se saisissent à partir des listes imprimées. Importez d’abord les adresses d’une circonscription, puis créez un secteur.</translation>
        </message>
        <message>
            <source>Import addresses</source>
            <translation>Importer des adresses</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
        <message>
            <source>%1 %2, building</source>
            <translation>%1, %2 (immeuble)</translation>
        </message>
        <message>
            <source>%1, even side</source>
            <translation>%1, côté pair</translation>
        </message>
        <message>
            <source>%1, odd side</source>
            <translation>%1, côté impair</translation>
        </message>
        <message>
            <source>last time %1, %2</source>
            <translation>la dernière fois : %1, %2</translation>
        </message>
        <message>
            <source>last time %1</source>
            <translation>la dernière fois : %1</translation>
        </message>
        <message>
            <source>known support %1</source>
            <translation>appui connu : %1</translation>
        </message>
        <message>
            <source>%1, unit %2</source>
            <translation>%1, app. %2</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Entrée</translation>
        </message>
        <message>
            <source>Shift+%1</source>
            <translation>Maj+%1</translation>
        </message>
        <message>
            <source>Line %1 is saved.</source>
            <translation>La ligne %1 est enregistrée.</translation>
        </message>
        <message>
            <source>Line %1 is saved, for the whole household (%2 lines).</source>
            <translation>La ligne %1 est enregistrée, pour tout le ménage (%2 lignes).</translation>
        </message>
        <message>
            <source>Line %1 is saved. Somebody new lives there? + adds them at that door.</source>
            <translation>La ligne %1 est enregistrée. Quelqu’un d’autre y habite? + l’ajoute à cette porte.</translation>
        </message>
        <message>
            <source>The second choice of line %1 is saved.</source>
            <translation>Le second choix de la ligne %1 est enregistré.</translation>
        </message>
        <message>
            <source>Line %1 was taken back. Type what the paper says.</source>
            <translation>La ligne %1 est annulée. Tapez ce que dit la feuille.</translation>
        </message>
        <message>
            <source>The answers of line %1 are saved.</source>
            <translation>Les réponses de la ligne %1 sont enregistrées.</translation>
        </message>
        <message>
            <source>%2 is added at that door.</source>
            <translation>Ajout à cette porte : %2.</translation>
        </message>
        <message>
            <source>The answers of line %1 were left as they were.</source>
            <translation>Les réponses de la ligne %1 sont restées telles quelles.</translation>
        </message>
        <message>
            <source>Nothing is left to take back: this is the start of the shift.</source>
            <translation>Il n’y a plus rien à annuler : c’est le début du quart.</translation>
        </message>
        <message>
            <source>A second choice goes right after a support level 2 to 5: Shift and one of %3.</source>
            <translation>Un second choix vient juste après un appui de 2 à 5 : Maj et l’une de ces lettres : %3.</translation>
        </message>
        <message>
            <source>No conversation to add answers to. Type the support level first, or a for answers alone.</source>
            <translation>Aucune conversation à compléter. Tapez d’abord l’appui, ou la lettre a pour des réponses seules.</translation>
        </message>
        <message>
            <source>This list has no line %1.</source>
            <translation>Cette liste n’a pas de ligne %1.</translation>
        </message>
        <message>
            <source>Nobody and no door on this page is called “%2”.</source>
            <translation>Aucune personne ni porte de cette page ne correspond à « %2 ».</translation>
        </message>
        <message>
            <source>The key “%2” has no meaning here. ? shows all keys.</source>
            <translation>La touche « %2 » ne sert à rien ici. La touche? les montre toutes.</translation>
        </message>
        <message>
            <source>This is the end of the page. Enter goes on; the arrow up goes back.</source>
            <translation>C’est la fin de la page. La touche Entrée continue; la flèche vers le haut remonte.</translation>
        </message>
        <message>
            <source>Line %1 asked not to be contacted: nothing is typed there.</source>
            <translation>Ligne %1 : on a demandé de ne pas être contacté; rien ne s’y saisit.</translation>
        </message>
        <message>
            <source>try again</source>
            <translation>réessayer</translation>
        </message>
        <message>
            <source>leave out what was not saved</source>
            <translation>laisser de côté ce qui n’est pas enregistré</translation>
        </message>
        <message>
            <source>close the list</source>
            <translation>fermer la liste</translation>
        </message>
        <message>
            <source>next page</source>
            <translation>page suivante</translation>
        </message>
        <message>
            <source>back up</source>
            <translation>remonter</translation>
        </message>
        <message>
            <source>go to a line</source>
            <translation>aller à une ligne</translation>
        </message>
        <message>
            <source>undo</source>
            <translation>annuler</translation>
        </message>
        <message>
            <source>support</source>
            <translation>appui</translation>
        </message>
        <message>
            <source>second choice</source>
            <translation>second choix</translation>
        </message>
        <message>
            <source>answers</source>
            <translation>réponses</translation>
        </message>
        <message>
            <source>add person</source>
            <translation>ajouter une personne</translation>
        </message>
        <message>
            <source>skip line</source>
            <translation>passer la ligne</translation>
        </message>
        <message>
            <source>more keys</source>
            <translation>plus de touches</translation>
        </message>
        <message>
            <source>fewer keys</source>
            <translation>moins de touches</translation>
        </message>
        <message>
            <source>answers alone</source>
            <translation>réponses seules</translation>
        </message>
        <message>
            <source>find on this page</source>
            <translation>chercher dans la page</translation>
        </message>
        <message>
            <source>move</source>
            <translation>se déplacer</translation>
        </message>
        <message>
            <source>other page</source>
            <translation>autre page</translation>
        </message>
        <message>
            <source>close the page</source>
            <translation>fermer la page</translation>
        </message>
        <message>
            <source>keep the answers</source>
            <translation>garder les réponses</translation>
        </message>
        <message>
            <source>leave them as they were</source>
            <translation>les laisser telles quelles</translation>
        </message>
        <message>
            <source>%1 of %2 done</source>
            <translation>%1 sur %2 faites</translation>
        </message>
        <message>
            <source>%1 talked</source>
            <translation>%1 conversation</translation>
        </message>
        <message>
            <source>%1 talked</source>
            <comment>several</comment>
            <translation>%1 conversations</translation>
        </message>
        <message>
            <source>Every line of this page has its result.</source>
            <translation>Chaque ligne de cette page a son résultat.</translation>
        </message>
        <message>
            <source>One line has no result: line %2.</source>
            <translation>Une ligne est sans résultat : la ligne %2.</translation>
        </message>
        <message>
            <source>%1 lines have no result: %2.</source>
            <translation>%1 lignes sont sans résultat : %2.</translation>
        </message>
        <message>
            <source>Enter opens page %1.</source>
            <translation>Entrée ouvre la page %1.</translation>
        </message>
        <message>
            <source>This was the last page. Enter closes the list.</source>
            <translation>C’était la dernière page. Entrée ferme la liste.</translation>
        </message>
        <message>
            <source>support, 1 strong to 5 strong against</source>
            <translation>appui, de 1 ferme à 5 fermement contre</translation>
        </message>
        <message>
            <source>second choice of the level just typed: a party’s letter</source>
            <translation>second choix de l’appui tout juste tapé : la lettre d’un parti</translation>
        </message>
        <message>
            <source>answers of the last conversation, or of the current line</source>
            <translation>réponses de la dernière conversation, ou de la ligne courante</translation>
        </message>
        <message>
            <source>add a person at this door</source>
            <translation>ajouter une personne à cette porte</translation>
        </message>
        <message>
            <source>skip the line; at the end: next page</source>
            <translation>passer la ligne; à la fin : page suivante</translation>
        </message>
        <message>
            <source>undo, back to the start of the shift</source>
            <translation>annuler, jusqu’au début du quart</translation>
        </message>
    </context>
    <context>
        <name>EntryFlow</name>
        <message>
            <source>Type your name too, so that everybody knows who entered these results.</source>
            <translation>Tapez aussi votre nom, pour que l’on sache qui a saisi ces résultats.</translation>
        </message>
    </context>
    <context>
        <name>PagePanel</name>
        <message>
            <source>List %1, page %2 of %3</source>
            <translation>Liste %1, page %2 de %3</translation>
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
            <source>Shift of %1: %2</source>
            <translation>Quart (%1) : %2</translation>
        </message>
        <message>
            <source>%1 keys wait</source>
            <translation>%1 touches en attente</translation>
        </message>
        <message>
            <source>Answers of line %1: a key gives an answer, again takes it away.</source>
            <translation>Réponses de la ligne %1 : une touche donne une réponse, la même la retire.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Close the page</source>
            <translation>Fermer la page</translation>
        </message>
    </context>
    <context>
        <name>PromptBar</name>
        <message>
            <source>New person at %1</source>
            <translation>Nouvelle personne au %1</translation>
        </message>
        <message>
            <source>Go to line</source>
            <translation>Aller à la ligne</translation>
        </message>
        <message>
            <source>Find a name or a door</source>
            <translation>Chercher un nom ou une porte</translation>
        </message>
        <message>
            <source>last name</source>
            <translation>nom</translation>
        </message>
        <message>
            <source>first name</source>
            <translation>prénom</translation>
        </message>
    </context>
    <context>
        <name>SheetView</name>
        <message>
            <source>unit %1</source>
            <translation>app. %1</translation>
        </message>
        <message>
            <source>(nobody known)</source>
            <translation>(aucun nom connu)</translation>
        </message>
        <message>
            <source>(erased at the person’s request)</source>
            <translation>(effacé à la demande de la personne)</translation>
        </message>
        <message>
            <source>%1 · by %2</source>
            <translation>%1 · par %2</translation>
        </message>
        <message>
            <source>do not contact</source>
            <translation>ne pas contacter</translation>
        </message>
        <message>
            <source>saving…</source>
            <translation>enregistrement…</translation>
        </message>
        <message>
            <source>The page, line by line</source>
            <translation>La page, ligne par ligne</translation>
        </message>
        <message>
            <source>Line %1: %2, %3</source>
            <translation>Ligne %1 : %2, %3</translation>
        </message>
    </context>
</TS>
