<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
<context>
    <name>Export</name>
    <message>
        <source>Folder for the list</source>
        <translation>Dossier où mettre la liste</translation>
    </message>
    <message>
        <source>Everybody in the riding</source>
        <translation>Toute la circonscription</translation>
    </message>
    <message>
        <source>People with a telephone</source>
        <translation>Personnes avec un téléphone</translation>
    </message>
    <message>
        <source>Supporters (1 and 2)</source>
        <translation>Sympathisants (1 et 2)</translation>
    </message>
    <message>
        <source>Undecided (3)</source>
        <translation>Indécis (3)</translation>
    </message>
    <message>
        <source>Said yes: %1</source>
        <translation>A dit oui : %1</translation>
    </message>
    <message>
        <source>Turf: %1</source>
        <translation>Secteur : %1</translation>
    </message>
    <message>
        <source>List %1: %2</source>
        <translation>Liste %1 : %2</translation>
    </message>
</context>
<context>
    <name>ExportScreen</name>
    <message>
        <source>Export people</source>
        <translation>Exporter des personnes</translation>
    </message>
    <message>
        <source>next field</source>
        <translation>champ suivant</translation>
    </message>
    <message>
        <source>export</source>
        <translation>exporter</translation>
    </message>
    <message>
        <source>back to where you were</source>
        <translation>retour où vous étiez</translation>
    </message>
    <message>
        <source>Calls about lawn signs on Saturday, for the phone team</source>
        <translation>Appels de samedi au sujet des pancartes, pour l’équipe du téléphone</translation>
    </message>
    <message>
        <source>%1 person</source>
        <translation>%1 personne</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 personnes</translation>
    </message>
    <message>
        <source>%1 stays: marked “do not contact”</source>
        <translation>%1 reste : « ne pas contacter »</translation>
    </message>
    <message>
        <source>%1 stay: marked “do not contact”</source>
        <translation>%1 restent : « ne pas contacter »</translation>
    </message>
    <message>
        <source>Exporting people</source>
        <translation>Exportation de personnes</translation>
    </message>
    <message>
        <source>The list is written: export %1.</source>
        <translation>La liste est écrite : exportation %1.</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>Qui</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>The file</source>
        <translation>Le fichier</translation>
    </message>
    <message>
        <source>Nobody is in this choice who may be contacted.</source>
        <translation>Personne, dans ce choix, ne peut être contacté.</translation>
    </message>
    <message>
        <source>Give a reason, in a few words.</source>
        <translation>Donnez un motif, en quelques mots.</translation>
    </message>
    <message>
        <source>Give your name.</source>
        <translation>Donnez votre nom.</translation>
    </message>
    <message>
        <source>Choose a column.</source>
        <translation>Choisissez une colonne.</translation>
    </message>
    <message>
        <source>Say that the file must be open, or encrypt it.</source>
        <translation>Dites que le fichier doit être ouvert, ou chiffrez-le.</translation>
    </message>
    <message>
        <source>Why, and who</source>
        <translation>Pourquoi, et par qui</translation>
    </message>
    <message>
        <source>A list leaves in an encrypted archive, and the record says who took it and why. Each copy is marked, with a few invented people in it, so that a leak can be traced.</source>
        <translation>Une liste part dans une archive chiffrée, et le registre dit qui l’a prise et pourquoi. Chaque exemplaire est marqué et contient quelques personnes inventées, pour qu’on puisse remonter à la source d’une fuite.</translation>
    </message>
    <message>
        <source>Only what the task needs. What does not leave cannot leak.</source>
        <translation>Seulement ce que la tâche exige. Ce qui ne part pas ne peut pas fuir.</translation>
    </message>
    <message>
        <source>What is it for, and who gets it? It is kept: leave voters’ names out.</source>
        <translation>À quoi sert la liste, et qui la reçoit? C’est conservé : n’y nommez aucun électeur.</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Votre nom</translation>
    </message>
    <message>
        <source>7-Zip, WinZip, WinRAR and Keka open the archive, with a passphrase that you see once.</source>
        <translation>7-Zip, WinZip, WinRAR et Keka ouvrent l’archive, avec une phrase de passe que vous verrez une seule fois.</translation>
    </message>
    <message>
        <source>Leave it open, without a passphrase</source>
        <translation>La laisser ouverte, sans phrase de passe</translation>
    </message>
    <message>
        <source>Whoever finds the file can read it. The record says that it left open.</source>
        <translation>Quiconque trouve le fichier peut le lire. Le registre dit qu’il est parti ouvert.</translation>
    </message>
    <message>
        <source>I know, and it must be so</source>
        <translation>Je le sais, et il le faut</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exporter…</translation>
    </message>
    <message>
        <source>Nobody to export yet</source>
        <translation>Personne à exporter pour l’instant</translation>
    </message>
    <message>
        <source>An export is a list of people as a file, for a task outside of Canvass. First import the people of a riding.</source>
        <translation>Une exportation est une liste de personnes dans un fichier, pour une tâche hors de Canvass. Importez d’abord les personnes d’une circonscription.</translation>
    </message>
    <message>
        <source>Import people</source>
        <translation>Importer des personnes</translation>
    </message>
</context>
<context>
    <name>DonePanel</name>
    <message>
        <source>I have the passphrase</source>
        <translation>J’ai la phrase de passe</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Terminé</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Phrase de passe</translation>
    </message>
    <message>
        <source>%1 person</source>
        <translation>%1 personne</translation>
    </message>
    <message>
        <source>%1 people</source>
        <translation>%1 personnes</translation>
    </message>
    <message>
        <source>Export %1: %2</source>
        <translation>Exportation %1 : %2</translation>
    </message>
    <message>
        <source>%1 person stayed: marked “do not contact”.</source>
        <translation>%1 personne est restée : « ne pas contacter ».</translation>
    </message>
    <message>
        <source>%1 people stayed: marked “do not contact”.</source>
        <translation>%1 personnes sont restées : « ne pas contacter ».</translation>
    </message>
    <message>
        <source>Passphrase. It is shown only here and kept nowhere. Write it down, and say it to who gets the list; do not send it with the file.</source>
        <translation>Phrase de passe. Elle n’est affichée qu’ici et n’est conservée nulle part. Notez-la et dites-la à qui reçoit la liste; ne l’envoyez pas avec le fichier.</translation>
    </message>
    <message>
        <source>Delete the list when it has served. If it turns up elsewhere, headquarters can tell that it is this copy.</source>
        <translation>Supprimez la liste une fois qu’elle a servi. Si elle réapparaît ailleurs, le quartier général saura que c’est cet exemplaire.</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Export people</source>
        <translation>Exporter des personnes</translation>
    </message>
</context>
<context>
    <name>KeysHelp</name>
    <message>
        <source>export people</source>
        <translation>exporter des personnes</translation>
    </message>
</context>
<context>
    <name>ListsScreen</name>
    <message>
        <source>export its people as a file</source>
        <translation>exporter ses personnes dans un fichier</translation>
    </message>
    <message>
        <source>Export its people</source>
        <translation>Exporter ses personnes</translation>
    </message>
    <message>
        <source>Export people…</source>
        <translation>Exporter des personnes…</translation>
    </message>
</context>
</TS>
