<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>ChooseStep</name>
        <message>
            <source>Street file to import</source>
            <translation>Fichier de rues à importer</translation>
        </message>
        <message>
            <source>Street files (%1);;All files (*)</source>
            <translation>Fichiers de rues (%1);;Tous les fichiers (*)</translation>
        </message>
        <message>
            <source>&amp;Streets</source>
            <translation>&amp;Rues</translation>
        </message>
        <message>
            <source>For the map and for walks: an extract of OpenStreetMap, the road network of the province.</source>
            <translation>Pour la carte et les parcours : un extrait d’OpenStreetMap, le réseau routier de la province.</translation>
        </message>
        <message>
            <source>OpenStreetMap (.osm.pbf, .osm) of any size, a whole province too, or GeoJSON lines up to 256 MB. Only what lies around the riding’s doors is kept.</source>
            <translation>OpenStreetMap (.osm.pbf, .osm) de n’importe quelle taille, même une province entière, ou des lignes GeoJSON jusqu’à 256 Mo. Seul ce qui entoure les portes de la circonscription est gardé.</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Import streets</source>
            <translation>Importer des rues</translation>
        </message>
    </context>
    <context>
        <name>ImportScreen</name>
        <message>
            <source>Import addresses, people or streets</source>
            <translation>Importer des adresses, des personnes ou des rues</translation>
        </message>
    </context>
    <context>
        <name>StreetFlow</name>
        <message>
            <source>Reading %1</source>
            <translation>Lecture de %1</translation>
        </message>
        <message>
            <source>The streets are in.</source>
            <translation>Les rues sont en place.</translation>
        </message>
    </context>
    <context>
        <name>StreetsStep</name>
        <message>
            <source>Door</source>
            <translation>Porte</translation>
        </message>
        <message>
            <source>How it fits</source>
            <translation>Sa place</translation>
        </message>
        <message>
            <source>Metres to the street</source>
            <translation>Mètres jusqu’à la rue</translation>
        </message>
        <message>
            <source>no place</source>
            <translation>sans emplacement</translation>
        </message>
        <message>
            <source>on the nearest street</source>
            <translation>dans la rue la plus proche</translation>
        </message>
        <message>
            <source>far from any street</source>
            <translation>loin de toute rue</translation>
        </message>
        <message>
            <source>On their own street</source>
            <translation>Dans leur rue</translation>
        </message>
        <message>
            <source>On the nearest street</source>
            <translation>Dans la rue la plus proche</translation>
        </message>
        <message>
            <source>Far from any street</source>
            <translation>Loin de toute rue</translation>
        </message>
        <message>
            <source>Without a place</source>
            <translation>Sans emplacement</translation>
        </message>
        <message>
            <source>Cut off</source>
            <translation>Isolées</translation>
        </message>
        <message>
            <source>%1 of them by its number</source>
            <translation>dont %1 par son numéro</translation>
        </message>
        <message>
            <source>%1 of them by their numbers</source>
            <translation>dont %1 par leur numéro</translation>
        </message>
        <message>
            <source>of %1 door</source>
            <translation>sur %1 porte</translation>
        </message>
        <message>
            <source>of %1 doors</source>
            <translation>sur %1 portes</translation>
        </message>
        <message>
            <source>their own is not in the file</source>
            <translation>la leur n’est pas dans le fichier</translation>
        </message>
        <message>
            <source>more than 120 m away</source>
            <translation>à plus de 120 m</translation>
        </message>
        <message>
            <source>no coordinates, no such number</source>
            <translation>ni coordonnées ni numéro trouvé</translation>
        </message>
        <message>
            <source>no walk leads there</source>
            <translation>aucune marche n’y mène</translation>
        </message>
        <message>
            <source>The streets of %1 are in</source>
            <translation>Les rues de %1 sont en place</translation>
        </message>
        <message>
            <source>Streets for %1</source>
            <translation>Des rues pour %1</translation>
        </message>
        <message>
            <source>%1 door fits badly</source>
            <translation>%1 porte mal placée</translation>
        </message>
        <message>
            <source>%1 doors fit badly</source>
            <translation>%1 portes mal placées</translation>
        </message>
        <message>
            <source>%1 doors fit badly; the %2 worst</source>
            <translation>%1 portes mal placées; voici les %2 pires</translation>
        </message>
        <message>
            <source>Every door stands on its own street.</source>
            <translation>Chaque porte est dans sa rue.</translation>
        </message>
        <message>
            <source>This riding has no doors yet. They find their streets when they come.</source>
            <translation>Cette circonscription n’a pas encore de portes. Elles trouveront leur rue en arrivant.</translation>
        </message>
        <message>
            <source>%1 feature of the file is no line and was left out.</source>
            <translation>%1 élément du fichier n’est pas une ligne et a été laissé de côté.</translation>
        </message>
        <message>
            <source>%1 features of the file are no lines and were left out.</source>
            <translation>%1 éléments du fichier ne sont pas des lignes et ont été laissés de côté.</translation>
        </message>
        <message>
            <source>%1 piece of street</source>
            <translation>%1 tronçon de rue</translation>
        </message>
        <message>
            <source>%1 pieces of street</source>
            <translation>%1 tronçons de rue</translation>
        </message>
        <message>
            <source>%1 area of water or park</source>
            <translation>%1 plan d’eau ou parc</translation>
        </message>
        <message>
            <source>%1 areas of water and parks</source>
            <translation>%1 plans d’eau et parcs</translation>
        </message>
        <message>
            <source>They are the streets that the riding has already. Nothing changed.</source>
            <translation>Ce sont les rues que la circonscription a déjà. Rien n’a changé.</translation>
        </message>
        <message>
            <source>They are saved, and go to the other laptops with the next sync.</source>
            <translation>Elles sont enregistrées et gagneront les autres ordinateurs à la prochaine synchronisation.</translation>
        </message>
        <message>
            <source>They will replace the streets that the riding has now.</source>
            <translation>Elles remplaceront les rues actuelles de la circonscription.</translation>
        </message>
        <message>
            <source>Nothing is changed yet.</source>
            <translation>Rien n’est encore modifié.</translation>
        </message>
        <message>
            <source>Whom the map thanks for the data</source>
            <translation>Qui la carte remercie pour les données</translation>
        </message>
        <message>
            <source>as the licence of the data asks, for instance “City of Birch River”</source>
            <translation>ce que demande la licence des données, par exemple « Ville de Rivière-aux-Bouleaux »</translation>
        </message>
        <message>
            <source>Another file</source>
            <translation>Un autre fichier</translation>
        </message>
        <message>
            <source>Use these streets</source>
            <translation>Utiliser ces rues</translation>
        </message>
        <message>
            <source>Show on the map</source>
            <translation>Voir sur la carte</translation>
        </message>
        <message>
            <source>Doors that fit badly</source>
            <translation>Portes mal placées</translation>
        </message>
    </context>
</TS>
