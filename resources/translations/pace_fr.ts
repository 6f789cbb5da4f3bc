<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
<context>
    <name>PaceCard</name>
    <message>
        <source>On average %1 seconds at a door, and %2 seconds at a house with the way from the sidewalk and back.</source>
        <translation>En moyenne %1 secondes à une porte, et %2 secondes à une maison avec l’aller et le retour depuis le trottoir.</translation>
    </message>
    <message>
        <source>Some figures here are this laptop’s own.</source>
        <translation>Certaines données sont propres à cet ordinateur.</translation>
    </message>
    <message>
        <source>These are your campaign’s figures.</source>
        <translation>Ce sont les données de votre campagne.</translation>
    </message>
    <message>
        <source>Kept. New turfs are reckoned with it.</source>
        <translation>C’est noté. Les nouveaux secteurs en tiennent compte.</translation>
    </message>
    <message>
        <source>Back to your campaign’s figures.</source>
        <translation>Les données de votre campagne valent de nouveau.</translation>
    </message>
    <message>
        <source>Walk one side of a street at a time</source>
        <translation>Parcourir un côté de la rue à la fois</translation>
    </message>
    <message>
        <source>End the walk where it began</source>
        <translation>Terminer le parcours là où il a commencé</translation>
    </message>
    <message>
        <source>Turfs that exist keep their order and their minutes; these figures count from the next one on.</source>
        <translation>Les secteurs existants gardent leur ordre et leurs minutes; ces données comptent à partir du prochain.</translation>
    </message>
    <message>
        <source>Back to the campaign’s figures</source>
        <translation>Revenir aux données de la campagne</translation>
    </message>
    <message>
        <source>Your team: %1 seconds a house instead of %2, from %3 doors timed. %4.</source>
        <translation>Votre équipe : %1 secondes par maison au lieu de %2, d’après %3 portes chronométrées. %4.</translation>
    </message>
    <message>
        <source>Your results so far were typed after the walk; they say nothing of its pace. Doors left out: %1.</source>
        <translation>Vos résultats ont jusqu’ici été saisis après le parcours; ils ne disent rien de son rythme. Portes écartées : %1.</translation>
    </message>
    <message>
        <source>Set on this laptop; the campaign says %1.</source>
        <translation>Réglé sur cet ordinateur; la campagne dit %1.</translation>
    </message>
    <message>
        <source>Use these figures</source>
        <translation>Utiliser ces données</translation>
    </message>
</context>
</TS>
