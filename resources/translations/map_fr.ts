<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
<context>
    <name>MapCanvas</name>
    <message>
        <source>Map of doors</source>
        <translation>Carte des portes</translation>
    </message>
    <message>
        <source>Doors: %1. Selected: %2.</source>
        <translation>Portes : %1. Sélection : %2.</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
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
        <source>What the marks on the map mean</source>
        <translation>Ce que signifient les marques de la carte</translation>
    </message>
</context>
<context>
    <name>ZoomButtons</name>
    <message>
        <source>Zoom in</source>
        <translation>Zoom avant</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Zoom avant (+)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Zoom arrière</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>Zoom arrière (-)</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Tout afficher</translation>
    </message>
    <message>
        <source>Show everything (0)</source>
        <translation>Tout afficher (0)</translation>
    </message>
</context>
</TS>
