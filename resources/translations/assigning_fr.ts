<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>AssignDialog</name>
        <message>
            <source>Assign turfs</source>
            <translation>Confier des secteurs</translation>
        </message>
        <message>
            <source>The needs of members are read…</source>
            <translation>Lecture des besoins des membres…</translation>
        </message>
        <message>
            <source>Give the turfs</source>
            <translation>Confier les secteurs</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Turf</source>
            <translation>Secteur</translation>
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
            <source>Why</source>
            <translation>Pourquoi</translation>
        </message>
        <message>
            <source>Stairs, short walks and the hour to be home are kept. Nothing is given before you say so.</source>
            <translation>Les escaliers, les courtes marches et l’heure du retour sont respectés. Rien n’est confié avant que vous le disiez.</translation>
        </message>
        <message>
            <source>Who walks %1</source>
            <translation>Qui fait %1</translation>
        </message>
        <message>
            <source>nobody</source>
            <translation>personne</translation>
        </message>
    </context>
    <context>
        <name>Assigning</name>
        <message>
            <source>%1 turf is given.</source>
            <translation>%1 secteur est confié.</translation>
        </message>
        <message>
            <source>%1 turfs are given.</source>
            <translation>%1 secteurs sont confiés.</translation>
        </message>
    </context>
    <context>
        <name>TurfsLayout</name>
        <message>
            <source>Assign…</source>
            <translation>Confier…</translation>
        </message>
    </context>
    <context>
        <name>TurfsScreen</name>
        <message>
            <source>Assign turfs</source>
            <translation>Confier des secteurs</translation>
        </message>
    </context>
</TS>
