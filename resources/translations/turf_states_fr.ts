<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>GivenNotice</name>
        <message>
            <source>Show the list that is out</source>
            <translation>Voir la liste sortie</translation>
        </message>
        <message>
            <source>Print anyway</source>
            <translation>Imprimer quand même</translation>
        </message>
        <message>
            <source>The history of the new list will say that its doors were out already.</source>
            <translation>L’historique de la nouvelle liste dira que ses portes étaient déjà sorties.</translation>
        </message>
    </context>
    <context>
        <name>SharedNotice</name>
        <message>
            <source>%1 door is in %2 too: two leads cut it without knowing of each other.</source>
            <translation>%1 porte est aussi dans %2 : deux responsables l’ont découpée, chacun de son côté.</translation>
        </message>
        <message>
            <source>%1 doors are in %2 too: two leads cut them without knowing of each other.</source>
            <translation>%1 portes sont aussi dans %2 : deux responsables les ont découpées, chacun de son côté.</translation>
        </message>
        <message>
            <source>Keep them here</source>
            <translation>Les garder ici</translation>
        </message>
        <message>
            <source>Leave them to %1</source>
            <translation>Les laisser à %1</translation>
        </message>
    </context>
    <context>
        <name>TurfStanding</name>
        <message>
            <source>%1 keeps them. The other turf is walked without them.</source>
            <translation>%1 les garde. L’autre secteur se fera sans elles.</translation>
        </message>
    </context>
    <context>
        <name>TurfStates</name>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
        </message>
        <message>
            <source>Turfs, %1. Press to show only these.</source>
            <translation>Secteurs, %1. Appuyez pour ne montrer que ceux-là.</translation>
        </message>
        <message>
            <source>How turfs stand</source>
            <translation>État des secteurs</translation>
        </message>
    </context>
    <context>
        <name>TurfStory</name>
        <message>
            <source>%1 earlier list</source>
            <translation>%1 liste plus ancienne</translation>
        </message>
        <message>
            <source>%1 earlier lists</source>
            <translation>%1 listes plus anciennes</translation>
        </message>
        <message>
            <source>Made on %1 by %2.</source>
            <translation>Créé le %1 par %2.</translation>
        </message>
        <message>
            <source>Made on %1.</source>
            <translation>Créé le %1.</translation>
        </message>
        <message>
            <source>Changed on %1 by %2.</source>
            <translation>Modifié le %1 par %2.</translation>
        </message>
        <message>
            <source>Changed on %1.</source>
            <translation>Modifié le %1.</translation>
        </message>
        <message>
            <source>back, no result</source>
            <translation>revenue, aucun résultat</translation>
        </message>
        <message>
            <source>out, no result yet</source>
            <translation>sortie, aucun résultat encore</translation>
        </message>
        <message>
            <source>%1 of %2 doors</source>
            <translation>%1 portes sur %2</translation>
        </message>
        <message>
            <source>%1 attempt</source>
            <translation>%1 tentative</translation>
        </message>
        <message>
            <source>%1 attempts</source>
            <translation>%1 tentatives</translation>
        </message>
        <message>
            <source>%1 contact</source>
            <translation>%1 contact</translation>
        </message>
        <message>
            <source>%1 contacts</source>
            <translation>%1 contacts</translation>
        </message>
        <message>
            <source>back</source>
            <translation>revenue</translation>
        </message>
        <message>
            <source>out</source>
            <translation>sortie</translation>
        </message>
        <message>
            <source>Whole history</source>
            <translation>Tout l’historique</translation>
        </message>
    </context>
    <context>
        <name>Turfs</name>
        <message>
            <source>proposed</source>
            <translation>proposé</translation>
        </message>
        <message>
            <source>in progress</source>
            <translation>en cours</translation>
        </message>
        <message>
            <source>shared</source>
            <translation>en double</translation>
        </message>
    </context>
</TS>
