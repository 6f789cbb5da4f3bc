<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>ListsScreen</name>
        <message>
            <source>%1 of %2</source>
            <translation>%1 sur %2</translation>
        </message>
        <message>
            <source>returned</source>
            <translation>revenue</translation>
        </message>
        <message>
            <source>out</source>
            <translation>sortie</translation>
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
            <source>Typed</source>
            <translation>Saisies</translation>
        </message>
        <message>
            <source>Issued</source>
            <translation>Émise</translation>
        </message>
        <message>
            <source>State</source>
            <translation>État</translation>
        </message>
        <message>
            <source>Lists</source>
            <translation>Listes</translation>
        </message>
        <message>
            <source>choose a list</source>
            <translation>choisir une liste</translation>
        </message>
        <message>
            <source>enter its results</source>
            <translation>saisir ses résultats</translation>
        </message>
        <message>
            <source>print it again</source>
            <translation>l’imprimer de nouveau</translation>
        </message>
        <message>
            <source>mark it as returned, or as out again</source>
            <translation>la marquer revenue, ou de nouveau sortie</translation>
        </message>
        <message>
            <source>turn the pages of the preview</source>
            <translation>tourner les pages de l’aperçu</translation>
        </message>
        <message>
            <source>Print the list again</source>
            <translation>Imprimer de nouveau la liste</translation>
        </message>
        <message>
            <source>Enter its results</source>
            <translation>Saisir ses résultats</translation>
        </message>
        <message>
            <source>%1 list</source>
            <translation>%1 liste</translation>
        </message>
        <message>
            <source>%1 lists</source>
            <translation>%1 listes</translation>
        </message>
        <message>
            <source>%1 is out</source>
            <translation>%1 est sortie</translation>
        </message>
        <message>
            <source>%1 are out</source>
            <translation>%1 sont sorties</translation>
        </message>
        <message>
            <source>Out again</source>
            <translation>De nouveau sortie</translation>
        </message>
        <message>
            <source>Mark as returned</source>
            <translation>Marquer revenue</translation>
        </message>
        <message>
            <source>List %1 is out again.</source>
            <translation>La liste %1 est de nouveau sortie.</translation>
        </message>
        <message>
            <source>List %1 is marked as returned.</source>
            <translation>La liste %1 est marquée comme revenue.</translation>
        </message>
        <message>
            <source>Walk lists</source>
            <translation>Listes de porte-à-porte</translation>
        </message>
        <message>
            <source>Enter results</source>
            <translation>Saisir les résultats</translation>
        </message>
        <message>
            <source>Print again</source>
            <translation>Réimprimer</translation>
        </message>
        <message>
            <source>No walk lists yet</source>
            <translation>Aucune liste pour l’instant</translation>
        </message>
        <message>
            <source>A walk list is a turf on paper. First import the addresses of a riding, then make a turf.</source>
            <translation>Une liste de porte-à-porte est un secteur sur papier. Importez d’abord les adresses d’une circonscription, puis créez un secteur.</translation>
        </message>
        <message>
            <source>Import addresses</source>
            <translation>Importer des adresses</translation>
        </message>
        <message>
            <source>A walk list is a turf on paper: a number, a frozen order, a script. Make a turf, then print it.</source>
            <translation>Une liste de porte-à-porte est un secteur sur papier : un numéro, un ordre figé, un questionnaire. Créez un secteur, puis imprimez-le.</translation>
        </message>
        <message>
            <source>Go to turfs</source>
            <translation>Aller aux secteurs</translation>
        </message>
    </context>
    <context>
        <name>PaperChoice</name>
        <message>
            <source>Letter</source>
            <translation>Lettre</translation>
        </message>
        <message>
            <source>A4</source>
            <translation>A4</translation>
        </message>
        <message>
            <source>Paper</source>
            <translation>Papier</translation>
        </message>
        <message>
            <source>Language of the sheet</source>
            <translation>Langue de la feuille</translation>
        </message>
    </context>
    <context>
        <name>Preview</name>
        <message>
            <source>cover</source>
            <translation>couverture</translation>
        </message>
        <message>
            <source>page %1 of %2</source>
            <translation>page %1 de %2</translation>
        </message>
        <message>
            <source>Pages of the list</source>
            <translation>Pages de la liste</translation>
        </message>
        <message>
            <source>Page before</source>
            <translation>Page précédente</translation>
        </message>
        <message>
            <source>Next page</source>
            <translation>Page suivante</translation>
        </message>
    </context>
    <context>
        <name>WalkListPaper</name>
        <message>
            <source>Save the walk list</source>
            <translation>Enregistrer la liste de porte-à-porte</translation>
        </message>
        <message>
            <source>PDF (*.pdf)</source>
            <translation>PDF (*.pdf)</translation>
        </message>
        <message>
            <source>Saved “%1” (a cover and %2 page). Print it on %3.</source>
            <translation>« %1 » est enregistré (une couverture et %2 page). À imprimer sur %3.</translation>
        </message>
        <message>
            <source>Saved “%1” (a cover and %2 pages). Print it on %3.</source>
            <translation>« %1 » est enregistré (une couverture et %2 pages). À imprimer sur %3.</translation>
        </message>
        <message>
            <source>Letter paper</source>
            <translation>papier lettre</translation>
        </message>
        <message>
            <source>A4 paper</source>
            <translation>papier A4</translation>
        </message>
        <message>
            <source>Making the walk list’s pages</source>
            <translation>Préparation des pages de la liste</translation>
        </message>
    </context>
</TS>
