<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
<context>
    <name>SightsScreen</name>
    <message>
        <source>When</source>
        <translation>Quand</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>Laptop</source>
        <translation>Ordinateur</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>Ce qui a été fait</translation>
    </message>
    <message>
        <source>Of what</source>
        <translation>Objet</translation>
    </message>
    <message>
        <source>headquarters</source>
        <translation>quartier général</translation>
    </message>
    <message>
        <source>this laptop</source>
        <translation>cet ordinateur</translation>
    </message>
    <message>
        <source>Who saw what</source>
        <translation>Qui a vu quoi</translation>
    </message>
    <message>
        <source>ask again</source>
        <translation>demander de nouveau</translation>
    </message>
    <message>
        <source>back to the history</source>
        <translation>revenir à l’historique</translation>
    </message>
    <message>
        <source>Asking who saw this person</source>
        <translation>Demande de qui a vu cette personne</translation>
    </message>
    <message>
        <source>Who saw %1</source>
        <translation>Qui a vu %1</translation>
    </message>
    <message>
        <source>%1 line</source>
        <translation>%1 ligne</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1 lignes</translation>
    </message>
    <message>
        <source>Asking headquarters …</source>
        <translation>Demande au quartier général…</translation>
    </message>
    <message>
        <source>From headquarters</source>
        <translation>Du quartier général</translation>
    </message>
    <message>
        <source>Every laptop that has synced, as of %1.</source>
        <translation>Tous les ordinateurs synchronisés, au %1.</translation>
    </message>
    <message>
        <source>Older lines are left out.</source>
        <translation>Les lignes plus anciennes sont omises.</translation>
    </message>
    <message>
        <source>This laptop only</source>
        <translation>Cet ordinateur seulement</translation>
    </message>
    <message>
        <source>Nobody saw this person</source>
        <translation>Personne n’a vu cette personne</translation>
    </message>
    <message>
        <source>As far as these records go, nobody has looked this person up, listed or printed them.</source>
        <translation>D’après ces registres, personne n’a consulté, affiché ni imprimé cette personne.</translation>
    </message>
    <message>
        <source>Who saw whom is recorded</source>
        <translation>Qui a vu qui est consigné</translation>
    </message>
    <message>
        <source>Open the history of a person with Ctrl+H, then press W. You will see who looked at them, on which laptop and when, and whether they were printed or exported. The records name nobody who was looked at.</source>
        <translation>Ouvrez l’historique d’une personne avec Ctrl+H, puis appuyez sur W. Vous verrez qui l’a consultée, sur quel ordinateur et quand, et si elle a été imprimée ou exportée. Les registres ne nomment aucune personne consultée.</translation>
    </message>
    <message>
        <source>Who saw this person, newest first</source>
        <translation>Qui a vu cette personne, du plus récent au plus ancien</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>Demander de nouveau</translation>
    </message>
</context>
<context>
    <name>HistoryScreen</name>
    <message>
        <source>Who saw them</source>
        <translation>Qui l’a vue</translation>
    </message>
    <message>
        <source>who saw the person</source>
        <translation>qui a vu la personne</translation>
    </message>
</context>
</TS>
