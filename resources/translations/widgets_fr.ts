<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
<context>
    <name>BalanceBar</name>
    <message>
        <source>%1 of a target of %2</source>
        <translation>%1 sur un objectif de %2</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>en</source>
        <translation>fr</translation>
    </message>
</context>
<context>
    <name>SupportBar</name>
    <message>
        <source>Support: 1 strong %1, 2 %2, 3 undecided %3, 4 %4, 5 strong against %5</source>
        <translation>Appui : 1 fort %1, 2 %2, 3 indécis %3, 4 %4, 5 très opposé %5</translation>
    </message>
    <message>
        <source>nobody asked yet</source>
        <translation>personne n’a encore répondu</translation>
    </message>
</context>
<context>
    <name>TaskStrip</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 sur %2</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>arrêt en cours</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>encore %1 environ</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>Tile</name>
    <message>
        <source>Why? %1</source>
        <translation>Pourquoi? %1</translation>
    </message>
    <message>
        <source>why?</source>
        <translation>pourquoi?</translation>
    </message>
    <message>
        <source>How this number is made</source>
        <translation>Comment ce nombre est calculé</translation>
    </message>
</context>
</TS>
