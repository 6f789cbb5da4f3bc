<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>ChosenPanel</name>
        <message>
            <source>%1 of them stays in another turf: %2.</source>
            <translation>%1 d’entre elles reste dans un autre secteur : %2.</translation>
        </message>
        <message>
            <source>%1 of them stay in other turfs: %2.</source>
            <translation>%1 d’entre elles restent dans d’autres secteurs : %2.</translation>
        </message>
        <message>
            <source>The new turf gets %1 door.</source>
            <translation>Le nouveau secteur reçoit %1 porte.</translation>
        </message>
        <message>
            <source>The new turf gets %1 doors.</source>
            <translation>Le nouveau secteur reçoit %1 portes.</translation>
        </message>
        <message>
            <source>%1 asked not to be contacted.</source>
            <translation>%1 a demandé de ne pas être contactée.</translation>
        </message>
        <message>
            <source>%1 asked not to be contacted.</source>
            <comment>several</comment>
            <translation>%1 ont demandé de ne pas être contactées.</translation>
        </message>
        <message>
            <source>Chosen</source>
            <translation>Choix</translation>
        </message>
        <message>
            <source>Name of the turf</source>
            <translation>Nom du secteur</translation>
        </message>
        <message>
            <source>Make turf</source>
            <translation>Créer le secteur</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Entrée</translation>
        </message>
        <message>
            <source>Let go</source>
            <translation>Abandonner</translation>
        </message>
    </context>
    <context>
        <name>DoorPanel</name>
        <message>
            <source>Do not contact…</source>
            <translation>Ne pas contacter…</translation>
        </message>
        <message>
            <source>This door: do not knock</source>
            <translation>Cette porte : ne pas frapper</translation>
        </message>
        <message>
            <source>%1: do not contact</source>
            <translation>%1 : ne pas contacter</translation>
        </message>
        <message>
            <source>%1: do not call this number</source>
            <translation>%1 : ne pas appeler ce numéro</translation>
        </message>
        <message>
            <source>History (%1)</source>
            <translation>Historique (%1)</translation>
        </message>
        <message>
            <source>History of the door</source>
            <translation>Historique de la porte</translation>
        </message>
        <message>
            <source>never tried</source>
            <translation>jamais tentée</translation>
        </message>
        <message>
            <source>not home so far</source>
            <translation>absent jusqu’ici</translation>
        </message>
        <message>
            <source>talked</source>
            <translation>conversation</translation>
        </message>
        <message>
            <source>final answer</source>
            <translation>réponse définitive</translation>
        </message>
        <message>
            <source>do not knock</source>
            <translation>ne pas frapper</translation>
        </message>
        <message>
            <source>turf: %1</source>
            <translation>secteur : %1</translation>
        </message>
        <message>
            <source>in no turf</source>
            <translation>dans aucun secteur</translation>
        </message>
        <message>
            <source>in no imported file</source>
            <translation>dans aucun fichier importé</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personnes</translation>
        </message>
        <message>
            <source>nobody known</source>
            <translation>aucun nom connu</translation>
        </message>
        <message>
            <source>Attempts</source>
            <translation>Tentatives</translation>
        </message>
        <message>
            <source>none yet</source>
            <translation>aucun pour l’instant</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Notes</translation>
        </message>
        <message>
            <source>name not known</source>
            <translation>nom inconnu</translation>
        </message>
        <message>
            <source>moved away</source>
            <translation>a déménagé</translation>
        </message>
        <message>
            <source>deceased</source>
            <translation>décès signalé</translation>
        </message>
        <message>
            <source>do not call</source>
            <translation>ne pas appeler</translation>
        </message>
        <message>
            <source>do not contact</source>
            <translation>ne pas contacter</translation>
        </message>
        <message>
            <source>%1, %2</source>
            <translation>%1, %2</translation>
        </message>
        <message>
            <source>by %1</source>
            <translation>par %1</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Close the door’s card</source>
            <translation>Fermer la fiche de la porte</translation>
        </message>
    </context>
    <context>
        <name>HintPanel</name>
        <message>
            <source>Your doors</source>
            <translation>Vos portes</translation>
        </message>
        <message>
            <source>Click a door to see who lives there and what happened.</source>
            <translation>Cliquez sur une porte pour voir qui y habite et ce qui s’est passé.</translation>
        </message>
        <message>
            <source>%1 door has no coordinates and is not on the map.</source>
            <translation>%1 porte n’a pas de coordonnées et ne figure pas sur la carte.</translation>
        </message>
        <message>
            <source>%1 doors have no coordinates and are not on the map.</source>
            <translation>%1 portes n’ont pas de coordonnées et ne figurent pas sur la carte.</translation>
        </message>
        <message>
            <source>Make a turf</source>
            <translation>Créer un secteur</translation>
        </message>
        <message>
            <source>Draw around some sixty doors with the lasso. Shift adds to what is chosen, Alt takes away.</source>
            <translation>Entourez une soixantaine de portes au lasso. Maj en ajoute, Alt en retire.</translation>
        </message>
        <message>
            <source>lasso</source>
            <translation>lasso</translation>
        </message>
        <message>
            <source>select</source>
            <translation>sélection</translation>
        </message>
        <message>
            <source>move the map</source>
            <translation>déplacer la carte</translation>
        </message>
        <message>
            <source>show all</source>
            <translation>tout montrer</translation>
        </message>
    </context>
    <context>
        <name>ToolsRow</name>
        <message>
            <source>never tried</source>
            <translation>jamais tentée</translation>
        </message>
        <message>
            <source>not home</source>
            <translation>absent</translation>
        </message>
        <message>
            <source>talked</source>
            <translation>conversation</translation>
        </message>
        <message>
            <source>final answer</source>
            <translation>réponse définitive</translation>
        </message>
        <message>
            <source>do not knock</source>
            <translation>ne pas frapper</translation>
        </message>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
        <message>
            <source>%1. Press to dim the others.</source>
            <translation>%1. Appuyez pour estomper les autres.</translation>
        </message>
        <message>
            <source>Select</source>
            <translation>Sélection</translation>
        </message>
        <message>
            <source>Lasso</source>
            <translation>Lasso</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>Déplacer</translation>
        </message>
        <message>
            <source>Show all</source>
            <translation>Tout montrer</translation>
        </message>
    </context>
    <context>
        <name>TurfPanel</name>
        <message>
            <source>Turf</source>
            <translation>Secteur</translation>
        </message>
        <message>
            <source>Name of the turf</source>
            <translation>Nom du secteur</translation>
        </message>
        <message>
            <source>Who walks it</source>
            <translation>Qui le parcourt</translation>
        </message>
        <message>
            <source>nobody yet</source>
            <translation>personne pour l’instant</translation>
        </message>
        <message>
            <source>Walk list: language and paper</source>
            <translation>Liste : langue et papier</translation>
        </message>
        <message>
            <source>Print walk list</source>
            <translation>Imprimer la liste</translation>
        </message>
        <message>
            <source>Retire turf</source>
            <translation>Retirer le secteur</translation>
        </message>
        <message>
            <source>Its doors become free; its walk lists can still be typed in.</source>
            <translation>Ses portes redeviennent libres; ses listes peuvent toujours être saisies.</translation>
        </message>
    </context>
    <context>
        <name>TurfVerbs</name>
        <message>
            <source>a slip, taken back at once</source>
            <translation>une erreur, annulée aussitôt</translation>
        </message>
        <message>
            <source>%1 is not knocked any more.</source>
            <translation>On ne frappe plus : %1.</translation>
        </message>
        <message>
            <source>%1 is not contacted any more.</source>
            <translation>Plus de contact : %1.</translation>
        </message>
        <message>
            <source>The number of %1 is not called any more.</source>
            <translation>On n’appelle plus ce numéro : %1.</translation>
        </message>
        <message>
            <source>%1 is made.</source>
            <translation>Le secteur « %1 » est créé.</translation>
        </message>
        <message>
            <source>%1 is for %2.</source>
            <translation>Le secteur « %1 » est confié à %2.</translation>
        </message>
        <message>
            <source>%1 is nobody’s for now.</source>
            <translation>Le secteur « %1 » n’est confié à personne pour l’instant.</translation>
        </message>
        <message>
            <source>%1 is retired. Free again: %2.</source>
            <translation>Le secteur « %1 » est retiré. De nouveau libres : %2.</translation>
        </message>
        <message>
            <source>The list is issued and not printed yet. Its pages are under Lists.</source>
            <translation>La liste est émise, mais pas encore imprimée. Ses pages se trouvent sous Listes.</translation>
        </message>
    </context>
    <context>
        <name>Turfs</name>
        <message>
            <source>Turf</source>
            <translation>Secteur</translation>
        </message>
        <message>
            <source>Doors</source>
            <translation>Portes</translation>
        </message>
        <message>
            <source>Minutes</source>
            <translation>Minutes</translation>
        </message>
        <message>
            <source>km</source>
            <translation>km</translation>
        </message>
        <message>
            <source>Who</source>
            <translation>Qui</translation>
        </message>
        <message>
            <source>State</source>
            <translation>État</translation>
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
            <source>%1 person known</source>
            <translation>%1 personne connue</translation>
        </message>
        <message>
            <source>%1 people known</source>
            <translation>%1 personnes connues</translation>
        </message>
        <message>
            <source>%1 minute</source>
            <translation>%1 minute</translation>
        </message>
        <message>
            <source>%1 minutes</source>
            <translation>%1 minutes</translation>
        </message>
        <message>
            <source>done</source>
            <translation>terminé</translation>
        </message>
        <message>
            <source>out</source>
            <translation>sorti</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>prêt</translation>
        </message>
        <message>
            <source>Doors tried: %1 of %2; finished: %3</source>
            <translation>Portes tentées : %1 sur %2; terminées : %3</translation>
        </message>
        <message>
            <source>Its walk list is out</source>
            <translation>Sa liste est sortie</translation>
        </message>
        <message>
            <source>Ready to be printed</source>
            <translation>Prêt à imprimer</translation>
        </message>
    </context>
    <context>
        <name>TurfsLayout</name>
        <message>
            <source>No door has a place on the map</source>
            <translation>Aucune porte n’a de place sur la carte</translation>
        </message>
        <message>
            <source>The file of addresses had no coordinates. Import one that has them: the same doors are found again and get their places.</source>
            <translation>Le fichier d’adresses ne contenait pas de coordonnées. Importez-en un qui en a : les mêmes portes seront reconnues et prendront leur place.</translation>
        </message>
        <message>
            <source>No doors yet</source>
            <translation>Aucune porte pour l’instant</translation>
        </message>
        <message>
            <source>Turfs are made of doors. Import a file of addresses, and they appear here on the map.</source>
            <translation>Un secteur est fait de portes. Importez un fichier d’adresses : elles apparaîtront ici sur la carte.</translation>
        </message>
        <message>
            <source>Import addresses</source>
            <translation>Importer des adresses</translation>
        </message>
        <message>
            <source>%1 turf</source>
            <translation>%1 secteur</translation>
        </message>
        <message>
            <source>%1 turfs</source>
            <translation>%1 secteurs</translation>
        </message>
        <message>
            <source>No turfs yet</source>
            <translation>Aucun secteur pour l’instant</translation>
        </message>
        <message>
            <source>Turfs</source>
            <translation>Secteurs</translation>
        </message>
        <message>
            <source>Turfs appear here as they are made, with their length and who walks them.</source>
            <translation>Les secteurs apparaissent ici à mesure qu’ils sont créés, avec leur longueur et la personne qui les parcourt.</translation>
        </message>
    </context>
    <context>
        <name>TurfsScreen</name>
        <message>
            <source>Turfs</source>
            <translation>Secteurs</translation>
        </message>
        <message>
            <source>select, lasso, move the map</source>
            <translation>sélection, lasso, déplacer la carte</translation>
        </message>
        <message>
            <source>add to the doors chosen, take away from them</source>
            <translation>ajouter aux portes choisies, en retirer</translation>
        </message>
        <message>
            <source>closer, farther, everything</source>
            <translation>plus près, plus loin, tout</translation>
        </message>
        <message>
            <source>choose every door in sight</source>
            <translation>choisir toutes les portes visibles</translation>
        </message>
        <message>
            <source>make the turf, when its name is right</source>
            <translation>créer le secteur, quand son nom convient</translation>
        </message>
        <message>
            <source>from the map to the table and the fields</source>
            <translation>de la carte au tableau et aux champs</translation>
        </message>
        <message>
            <source>print the selected turf’s walk list</source>
            <translation>imprimer la liste du secteur choisi</translation>
        </message>
        <message>
            <source>let go</source>
            <translation>abandonner</translation>
        </message>
        <message>
            <source>Lasso</source>
            <translation>Lasso</translation>
        </message>
        <message>
            <source>Print walk list</source>
            <translation>Imprimer la liste</translation>
        </message>
        <message>
            <source>Retire turf</source>
            <translation>Retirer le secteur</translation>
        </message>
    </context>
</TS>
