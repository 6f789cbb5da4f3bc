<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>Blank</name>
        <message>
            <source>No riding yet</source>
            <translation>Aucune circonscription pour l’instant</translation>
        </message>
        <message>
            <source>Progress counts what happened at the doors of a riding. Import its addresses first: a file of your municipality’s addresses, or of your electors.</source>
            <translation>L’avancement compte ce qui s’est passé aux portes d’une circonscription. Importez d’abord ses adresses : un fichier des adresses de votre municipalité ou de vos électeurs.</translation>
        </message>
        <message>
            <source>Import addresses or people</source>
            <translation>Importer des adresses ou des personnes</translation>
        </message>
        <message>
            <source>Nobody has knocked yet</source>
            <translation>Personne n’a encore frappé</translation>
        </message>
        <message>
            <source>It begins with a turf: draw around some doors on the map, print the walk list, knock. What is typed in afterwards is counted here, by evening and by turf.</source>
            <translation>Tout commence par un secteur : entourez des portes sur la carte, imprimez la liste de porte-à-porte, frappez. Ce qui est saisi ensuite est compté ici, par soirée et par secteur.</translation>
        </message>
        <message>
            <source>Cut a turf</source>
            <translation>Découper un secteur</translation>
        </message>
        <message>
            <source>No results yet</source>
            <translation>Aucun résultat pour l’instant</translation>
        </message>
        <message>
            <source>The turfs are cut. Type in the results of the first walk list, or sync with headquarters: attempts, contacts and support appear here as soon as one is saved.</source>
            <translation>Les secteurs sont découpés. Saisissez les résultats de la première liste de porte-à-porte, ou synchronisez avec le quartier général : tentatives, contacts et appuis apparaissent ici dès que l’un d’eux est enregistré.</translation>
        </message>
        <message>
            <source>Enter results</source>
            <translation>Saisir des résultats</translation>
        </message>
    </context>
    <context>
        <name>Progress</name>
        <message>
            <source>%1: %2</source>
            <translation>%1 : %2</translation>
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
            <source>By evening</source>
            <translation>Par soirée</translation>
        </message>
        <message>
            <source>doors attempted: %1 of %2</source>
            <translation>portes tentées : %1 sur %2</translation>
        </message>
        <message>
            <source>By turf</source>
            <translation>Par secteur</translation>
        </message>
        <message>
            <source>Riding</source>
            <translation>Circonscription</translation>
        </message>
        <message>
            <source>Evening</source>
            <translation>Soirée</translation>
        </message>
        <message>
            <source>Turf</source>
            <translation>Secteur</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>Résultat</translation>
        </message>
        <message>
            <source>Support</source>
            <translation>Appui</translation>
        </message>
        <message>
            <source>Doors on file</source>
            <translation>Portes au fichier</translation>
        </message>
        <message>
            <source>People known</source>
            <translation>Personnes connues</translation>
        </message>
        <message>
            <source>Part</source>
            <translation>Partie</translation>
        </message>
        <message>
            <source>Row</source>
            <translation>Ligne</translation>
        </message>
        <message>
            <source>Figure</source>
            <translation>Chiffre</translation>
        </message>
        <message>
            <source>Count</source>
            <translation>Nombre</translation>
        </message>
        <message>
            <source>Attempts</source>
            <translation>Tentatives</translation>
        </message>
        <message>
            <source>Contacts</source>
            <translation>Contacts</translation>
        </message>
        <message>
            <source>Contact rate</source>
            <translation>Taux de contact</translation>
        </message>
        <message>
            <source>Doors attempted</source>
            <translation>Portes tentées</translation>
        </message>
        <message>
            <source>Identified</source>
            <translation>Identifiées</translation>
        </message>
        <message>
            <source>Supporters</source>
            <translation>Sympathisants</translation>
        </message>
        <message>
            <source>Pledges</source>
            <translation>Engagements</translation>
        </message>
        <message>
            <source>Doors per hour</source>
            <translation>Portes à l’heure</translation>
        </message>
        <message>
            <source>in %1 evening</source>
            <translation>en %1 soirée</translation>
        </message>
        <message>
            <source>in %1 evenings</source>
            <translation>en %1 soirées</translation>
        </message>
        <message>
            <source>%2 of %1 attempt</source>
            <translation>%2 sur %1 tentative</translation>
        </message>
        <message>
            <source>%2 of %1 attempts</source>
            <translation>%2 sur %1 tentatives</translation>
        </message>
        <message>
            <source>of %1 attempt</source>
            <translation>sur %1 tentative</translation>
        </message>
        <message>
            <source>of %1 attempts</source>
            <translation>sur %1 tentatives</translation>
        </message>
        <message>
            <source>of %1 door on file (%2)</source>
            <translation>sur %1 porte (%2)</translation>
        </message>
        <message>
            <source>of %1 doors on file (%2)</source>
            <translation>sur %1 portes (%2)</translation>
        </message>
        <message>
            <source>of %1 person known (%2)</source>
            <translation>sur %1 personne (%2)</translation>
        </message>
        <message>
            <source>of %1 people known (%2)</source>
            <translation>sur %1 personnes (%2)</translation>
        </message>
        <message>
            <source>of %1 person identified (%2)</source>
            <translation>sur %1 identifiée (%2)</translation>
        </message>
        <message>
            <source>of %1 identified (%2)</source>
            <translation>sur %1 identifiées (%2)</translation>
        </message>
        <message>
            <source>timed on %1 shift</source>
            <translation>d’après %1 sortie</translation>
        </message>
        <message>
            <source>timed on %1 shifts</source>
            <translation>d’après %1 sorties</translation>
        </message>
        <message>
            <source>never tried</source>
            <translation>jamais tentées</translation>
        </message>
        <message>
            <source>to be tried again</source>
            <translation>à tenter de nouveau</translation>
        </message>
        <message>
            <source>talked</source>
            <translation>conversation</translation>
        </message>
        <message>
            <source>finished without a conversation</source>
            <translation>terminées sans conversation</translation>
        </message>
        <message>
            <source>do not contact</source>
            <translation>ne pas contacter</translation>
        </message>
        <message>
            <source>What was counted</source>
            <translation>Ce qui a été compté</translation>
        </message>
        <message>
            <source>together</source>
            <translation>en tout</translation>
        </message>
        <message>
            <source>doors attempted</source>
            <translation>portes tentées</translation>
        </message>
        <message>
            <source>doors on file</source>
            <translation>portes au fichier</translation>
        </message>
        <message>
            <source>share</source>
            <translation>proportion</translation>
        </message>
        <message>
            <source>How the doors stand now</source>
            <translation>Où en sont les portes</translation>
        </message>
        <message>
            <source>Known, but not counted here</source>
            <translation>Connu, mais pas compté ici</translation>
        </message>
        <message>
            <source>people known, neither moved nor deceased</source>
            <translation>personnes connues, ni déménagées ni décédées</translation>
        </message>
        <message>
            <source>shifts timed at the door</source>
            <translation>sorties chronométrées à la porte</translation>
        </message>
        <message>
            <source>attempts in them</source>
            <translation>tentatives pendant ces sorties</translation>
        </message>
        <message>
            <source>hours in them</source>
            <translation>heures de ces sorties</translation>
        </message>
        <message>
            <source>%1 (%2 of %3)</source>
            <translation>%1 (%2 sur %3)</translation>
        </message>
        <message>
            <source>By evening: doors tried for the first time</source>
            <translation>Par soirée : portes tentées pour la première fois</translation>
        </message>
        <message>
            <source>By the evening of the last conversation</source>
            <translation>Par soirée de la dernière conversation</translation>
        </message>
        <message>
            <source>At the door, contact rates are usually between %1 and %2. This one is higher: perhaps some of the “not home” doors were not typed in.</source>
            <translation>À la porte, le taux de contact se situe d’ordinaire entre %1 et %2. Celui-ci est plus élevé : des portes « absent » n’ont peut-être pas été saisies.</translation>
        </message>
        <message>
            <source>At the door, contact rates are usually between %1 and %2. This one is lower: perhaps another hour of the day finds more people at home.</source>
            <translation>À la porte, le taux de contact se situe d’ordinaire entre %1 et %2. Celui-ci est plus bas : à une autre heure, on trouvera peut-être plus de gens à la maison.</translation>
        </message>
        <message>
            <source>attempts</source>
            <translation>tentatives</translation>
        </message>
        <message>
            <source>contacts</source>
            <translation>contacts</translation>
        </message>
        <message>
            <source>%1 · %2</source>
            <translation>%1 · %2</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 sur %2</translation>
        </message>
        <message>
            <source>in no turf</source>
            <translation>dans aucun secteur</translation>
        </message>
    </context>
    <context>
        <name>ProgressScreen</name>
        <message>
            <source>Progress</source>
            <translation>Avancement</translation>
        </message>
        <message>
            <source>updated %1</source>
            <translation>mis à jour à %1</translation>
        </message>
        <message>
            <source>The figures are copied. Paste them where you like.</source>
            <translation>Les chiffres sont copiés. Collez-les où vous voulez.</translation>
        </message>
        <message>
            <source>progress.csv</source>
            <translation>avancement.csv</translation>
        </message>
        <message>
            <source>Export the figures</source>
            <translation>Exporter les chiffres</translation>
        </message>
        <message>
            <source>Table (*.csv)</source>
            <translation>Tableau (*.csv)</translation>
        </message>
        <message>
            <source>The figures are in %1. Nobody is named in the file.</source>
            <translation>Les chiffres sont dans %1. Personne n’est nommé dans ce fichier.</translation>
        </message>
        <message>
            <source>next figure or table</source>
            <translation>chiffre suivant ou tableau</translation>
        </message>
        <message>
            <source>how a figure is made, or open a turf</source>
            <translation>comment un chiffre est calculé, ou ouvrir un secteur</translation>
        </message>
        <message>
            <source>close the explanation</source>
            <translation>fermer l’explication</translation>
        </message>
        <message>
            <source>copy the figures as text</source>
            <translation>copier les chiffres en texte</translation>
        </message>
        <message>
            <source>export the figures (CSV)</source>
            <translation>exporter les chiffres (CSV)</translation>
        </message>
        <message>
            <source>count again</source>
            <translation>compter de nouveau</translation>
        </message>
        <message>
            <source>Copy the figures as text</source>
            <translation>Copier les chiffres en texte</translation>
        </message>
        <message>
            <source>Export the figures (CSV)</source>
            <translation>Exporter les chiffres (CSV)</translation>
        </message>
        <message>
            <source>By turf</source>
            <translation>Par secteur</translation>
        </message>
        <message>
            <source>Attempts and contacts are counted at the doors that are in the turf now. Enter opens a turf.</source>
            <translation>Tentatives et contacts sont comptés aux portes qui sont maintenant dans le secteur. Entrée ouvre un secteur.</translation>
        </message>
        <message>
            <source>Figures of the riding</source>
            <translation>Chiffres de la circonscription</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Copier</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exporter…</translation>
        </message>
    </context>
    <context>
        <name>Shapes</name>
        <message>
            <source>Share of the %1 people with a known answer</source>
            <translation>Part des %1 personnes dont la réponse est connue</translation>
        </message>
        <message>
            <source>One bar an evening, contacts at its foot</source>
            <translation>Une barre par soirée, les contacts au pied</translation>
        </message>
        <message>
            <source>Share of all attempts; coloured: contacts</source>
            <translation>Part de toutes les tentatives; en couleur, les contacts</translation>
        </message>
        <message>
            <source>Attempts and contacts by evening</source>
            <translation>Tentatives et contacts par soirée</translation>
        </message>
        <message>
            <source>How attempts ended</source>
            <translation>Issue des tentatives</translation>
        </message>
        <message>
            <source>Support: people by level</source>
            <translation>Appui : personnes par niveau</translation>
        </message>
    </context>
    <context>
        <name>WhyPanel</name>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
    </context>
</TS>
