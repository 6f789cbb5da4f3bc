<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_CA" sourcelanguage="en">
    <context>
        <name>CheckStep</name>
        <message>
            <source>Line</source>
            <translation>Ligne</translation>
        </message>
        <message>
            <source>As read</source>
            <translation>Tel que lu</translation>
        </message>
        <message>
            <source>As understood</source>
            <translation>Tel que compris</translation>
        </message>
        <message>
            <source>Riding</source>
            <translation>Circonscription</translation>
        </message>
        <message>
            <source>Remarks</source>
            <translation>Remarques</translation>
        </message>
        <message>
            <source>As the file or the map says</source>
            <translation>Selon le fichier ou la carte</translation>
        </message>
        <message>
            <source>%1 row</source>
            <translation>%1 ligne</translation>
        </message>
        <message>
            <source>%1 rows</source>
            <translation>%1 lignes</translation>
        </message>
        <message>
            <source>header on line %1</source>
            <translation>en-tête à la ligne %1</translation>
        </message>
        <message>
            <source>%1 row left out</source>
            <translation>%1 ligne laissée de côté</translation>
        </message>
        <message>
            <source>%1 rows left out</source>
            <translation>%1 lignes laissées de côté</translation>
        </message>
        <message>
            <source>known layout: %1</source>
            <translation>format connu : %1</translation>
        </message>
        <message>
            <source>Import %1 person</source>
            <translation>Importer %1 personne</translation>
        </message>
        <message>
            <source>Import %1 people</source>
            <translation>Importer %1 personnes</translation>
        </message>
        <message>
            <source>Import %1 door</source>
            <translation>Importer %1 porte</translation>
        </message>
        <message>
            <source>Import %1 doors</source>
            <translation>Importer %1 portes</translation>
        </message>
        <message>
            <source>First rows</source>
            <translation>Premières lignes</translation>
        </message>
        <message>
            <source>%1 remark</source>
            <translation>%1 remarque</translation>
        </message>
        <message>
            <source>%1 remarks</source>
            <translation>%1 remarques</translation>
        </message>
        <message>
            <source>Riding of rows that name none</source>
            <translation>Circonscription des lignes qui n’en nomment pas</translation>
        </message>
        <message>
            <source>Another file</source>
            <translation>Un autre fichier</translation>
        </message>
    </context>
    <context>
        <name>ChooseStep</name>
        <message>
            <source>File to import</source>
            <translation>Fichier à importer</translation>
        </message>
        <message>
            <source>Tables (%1);;All files (*)</source>
            <translation>Tableaux (%1);;Tous les fichiers (*)</translation>
        </message>
        <message>
            <source>&amp;Addresses</source>
            <translation>&amp;Adresses</translation>
        </message>
        <message>
            <source>&amp;People</source>
            <translation>&amp;Personnes</translation>
        </message>
        <message>
            <source>Doors without names: a municipal address file, the National Address Register.</source>
            <translation>Des portes sans noms : un fichier municipal d’adresses, le Registre national d’adresses.</translation>
        </message>
        <message>
            <source>Electors or contacts with their address: an export of VAN or NationBuilder, a list.</source>
            <translation>Des électeurs ou des contacts avec leur adresse : une exportation de VAN ou de NationBuilder, une liste.</translation>
        </message>
        <message>
            <source>Drop a file here</source>
            <translation>Déposez un fichier ici</translation>
        </message>
        <message>
            <source>Nothing is changed before you have seen what was understood.</source>
            <translation>Rien n’est modifié avant que vous ayez vu ce qui a été compris.</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>Choisir un fichier…</translation>
        </message>
        <message>
            <source>CSV, TSV, Excel or OpenDocument, up to 200 MB. Canvass finds encoding, delimiter, header and columns by itself.</source>
            <translation>CSV, TSV, Excel ou OpenDocument, jusqu’à 200 Mo. Canvass reconnaît seul l’encodage, le séparateur, l’en-tête et les colonnes.</translation>
        </message>
    </context>
    <context>
        <name>Commands</name>
        <message>
            <source>Take an import back</source>
            <translation>Retirer une importation</translation>
        </message>
        <message>
            <source>Take a shift back</source>
            <translation>Annuler un quart</translation>
        </message>
        <message>
            <source>What needs a decision</source>
            <translation>Décisions à prendre</translation>
        </message>
        <message>
            <source>Import addresses</source>
            <translation>Importer des adresses</translation>
        </message>
        <message>
            <source>Import people</source>
            <translation>Importer des personnes</translation>
        </message>
        <message>
            <source>Enter results of a list</source>
            <translation>Saisir les résultats d’une liste</translation>
        </message>
        <message>
            <source>Cut and assign turfs</source>
            <translation>Découper et attribuer des secteurs</translation>
        </message>
        <message>
            <source>Print walk lists</source>
            <translation>Imprimer des listes de porte-à-porte</translation>
        </message>
        <message>
            <source>Progress of the riding</source>
            <translation>Avancement de la circonscription</translation>
        </message>
        <message>
            <source>Sync with headquarters</source>
            <translation>Synchroniser avec le quartier général</translation>
        </message>
        <message>
            <source>All ridings</source>
            <translation>Toutes les circonscriptions</translation>
        </message>
        <message>
            <source>Light theme</source>
            <translation>Thème clair</translation>
        </message>
        <message>
            <source>Dark theme</source>
            <translation>Thème sombre</translation>
        </message>
        <message>
            <source>Larger text</source>
            <translation>Texte plus grand</translation>
        </message>
        <message>
            <source>Smaller text</source>
            <translation>Texte plus petit</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Keys of this screen</source>
            <translation>Touches de cet écran</translation>
        </message>
    </context>
    <context>
        <name>CrashWindow</name>
        <message>
            <source>Something went wrong</source>
            <translation>Quelque chose s’est mal passé</translation>
        </message>
        <message>
            <source>Something went wrong inside Canvass</source>
            <translation>Quelque chose s’est mal passé dans Canvass</translation>
        </message>
        <message>
            <source>Everything that was marked as saved is safe. The last thing you did may not have worked: look whether it did, and do it again if not.</source>
            <translation>Tout ce qui était indiqué comme enregistré est en sécurité. Votre dernière action n’a peut-être pas abouti : vérifiez-la et refaites-la au besoin.</translation>
        </message>
        <message>
            <source>This is the whole report. It holds no names, addresses or results. Send it to the person who looks after Canvass in your campaign; nothing is sent by itself.</source>
            <translation>Voici le rapport au complet. Il ne contient ni nom, ni adresse, ni résultat. Envoyez-le à la personne qui s’occupe de Canvass dans votre campagne; rien n’est envoyé automatiquement.</translation>
        </message>
        <message>
            <source>Problem report</source>
            <translation>Rapport de problème</translation>
        </message>
        <message>
            <source>Also kept in the data folder: %1</source>
            <translation>Aussi conservé dans le dossier de données : %1</translation>
        </message>
        <message>
            <source>&amp;Copy the report</source>
            <translation>&amp;Copier le rapport</translation>
        </message>
        <message>
            <source>C&amp;arry on</source>
            <translation>C&amp;ontinuer</translation>
        </message>
        <message>
            <source>Happened %1 times</source>
            <translation>Survenu %1 fois</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Copié</translation>
        </message>
    </context>
    <context>
        <name>Finder</name>
        <message>
            <source>history</source>
            <translation>historique</translation>
        </message>
        <message>
            <source>Name, address, list number, turf, or what you want to do</source>
            <translation>Nom, adresse, numéro de liste, secteur ou ce que vous voulez faire</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Chercher</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>Trouvé</translation>
        </message>
        <message>
            <source>choose</source>
            <translation>choisir</translation>
        </message>
        <message>
            <source>open</source>
            <translation>ouvrir</translation>
        </message>
        <message>
            <source>close</source>
            <translation>fermer</translation>
        </message>
        <message>
            <source>Nothing on this laptop goes by that.</source>
            <translation>Rien de tel sur cet ordinateur.</translation>
        </message>
        <message>
            <source>Looking…</source>
            <translation>Recherche…</translation>
        </message>
    </context>
    <context>
        <name>FirstRun</name>
        <message>
            <source>Fetching the campaign</source>
            <translation>Récupération de la campagne</translation>
        </message>
        <message>
            <source>Later, under Sync</source>
            <translation>Plus tard, sous Synchronisation</translation>
        </message>
        <message>
            <source>Loading the demo campaign</source>
            <translation>Chargement de la campagne de démonstration</translation>
        </message>
        <message>
            <source>Joining the campaign</source>
            <translation>Connexion à la campagne</translation>
        </message>
        <message>
            <source>%1 of %2</source>
            <translation>%1 sur %2</translation>
        </message>
        <message>
            <source>Campaign file</source>
            <translation>Fichier de campagne</translation>
        </message>
        <message>
            <source>Campaign file (*.json)</source>
            <translation>Fichier de campagne (*.json)</translation>
        </message>
        <message>
            <source>Welcome to Canvass</source>
            <translation>Bienvenue dans Canvass</translation>
        </message>
        <message>
            <source>Turfs, walk lists and results for your riding. How do you want to begin?</source>
            <translation>Secteurs, listes de porte-à-porte et résultats de votre circonscription. Comment voulez-vous commencer?</translation>
        </message>
        <message>
            <source>&amp;Join a campaign</source>
            <translation>Se &amp;joindre à une campagne</translation>
        </message>
        <message>
            <source>Your organiser gave you the address of a headquarters and a code that works once.</source>
            <translation>La personne responsable vous a donné l’adresse d’un quartier général et un code à usage unique.</translation>
        </message>
        <message>
            <source>Try the &amp;demo</source>
            <translation>Essayer la &amp;démonstration</translation>
        </message>
        <message>
            <source>An invented riding with three evenings of results. Look around; nothing in it is real.</source>
            <translation>Une circonscription inventée et trois soirées de résultats. Explorez : rien n’y est réel.</translation>
        </message>
        <message>
            <source>&amp;Start on this laptop alone</source>
            <translation>&amp;Commencer sur cet ordinateur seul</translation>
        </message>
        <message>
            <source>Import your own addresses and work without a headquarters. You can join one later.</source>
            <translation>Importez vos propres adresses et travaillez sans quartier général. Vous pourrez en rejoindre un plus tard.</translation>
        </message>
        <message>
            <source>Join a campaign</source>
            <translation>Se joindre à une campagne</translation>
        </message>
        <message>
            <source>Your organiser has the address and the code. A code works once, for 15 minutes.</source>
            <translation>Votre responsable a l’adresse et le code. Un code sert une seule fois et expire après 15 minutes.</translation>
        </message>
        <message>
            <source>Address of the headquarters</source>
            <translation>Adresse du quartier général</translation>
        </message>
        <message>
            <source>One-time code</source>
            <translation>Code à usage unique</translation>
        </message>
        <message>
            <source>What to call this laptop</source>
            <translation>Nom à donner à cet ordinateur</translation>
        </message>
        <message>
            <source>Join</source>
            <translation>Se joindre</translation>
        </message>
        <message>
            <source>Start on this laptop alone</source>
            <translation>Commencer sur cet ordinateur seul</translation>
        </message>
        <message>
            <source>Give the campaign a name. Parties, questions and texts can come later with a campaign file.</source>
            <translation>Donnez un nom à la campagne. Les partis, les questions et les textes pourront venir plus tard avec un fichier de campagne.</translation>
        </message>
        <message>
            <source>Name of the campaign</source>
            <translation>Nom de la campagne</translation>
        </message>
        <message>
            <source>Or take everything from the campaign file your team was given:</source>
            <translation>Ou reprenez tout du fichier de campagne remis à votre équipe :</translation>
        </message>
        <message>
            <source>Choose a file…</source>
            <translation>Choisir un fichier…</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>Commencer</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
    </context>
    <context>
        <name>Foot</name>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Light theme</source>
            <translation>Thème clair</translation>
        </message>
        <message>
            <source>Dark theme</source>
            <translation>Thème sombre</translation>
        </message>
        <message>
            <source>saved %1</source>
            <translation>enregistré à %1</translation>
        </message>
        <message>
            <source>online</source>
            <translation>en ligne</translation>
        </message>
        <message>
            <source>offline</source>
            <translation>hors ligne</translation>
        </message>
        <message>
            <source>this laptop alone</source>
            <translation>cet ordinateur seul</translation>
        </message>
    </context>
    <context>
        <name>HqStatus</name>
        <message>
            <source>This laptop is not joined to a headquarters.</source>
            <translation>Cet ordinateur n’est lié à aucun quartier général.</translation>
        </message>
        <message>
            <source>no headquarters</source>
            <translation>sans QG</translation>
        </message>
        <message>
            <source>%1 only here</source>
            <translation>%1 ici seulement</translation>
        </message>
        <message>
            <source>%1 only here · no headquarters</source>
            <translation>%1 ici seulement · sans QG</translation>
        </message>
        <message>
            <source>%1 result is only on this laptop. It is safe here; this laptop is not joined to a headquarters.</source>
            <translation>%1 résultat n’est que sur cet ordinateur. Il y est en sécurité; cet ordinateur n’est lié à aucun quartier général.</translation>
        </message>
        <message>
            <source>%1 results are only on this laptop. They are safe here; this laptop is not joined to a headquarters.</source>
            <translation>%1 résultats ne sont que sur cet ordinateur. Ils y sont en sécurité; cet ordinateur n’est lié à aucun quartier général.</translation>
        </message>
        <message>
            <source>all at HQ · %1</source>
            <translation>tout est au QG · %1</translation>
        </message>
        <message>
            <source>All results are at headquarters.</source>
            <translation>Tous les résultats sont au quartier général.</translation>
        </message>
        <message>
            <source>%1 not at HQ · %2</source>
            <translation>%1 pas au QG · %2</translation>
        </message>
        <message>
            <source>%1 result is not at headquarters yet. It is safe here.</source>
            <translation>%1 résultat n’est pas encore au quartier général. Il est en sécurité ici.</translation>
        </message>
        <message>
            <source>%1 results are not at headquarters yet. They are safe here.</source>
            <translation>%1 résultats ne sont pas encore au quartier général. Ils sont en sécurité ici.</translation>
        </message>
        <message>
            <source>no contact yet</source>
            <translation>aucun contact pour l’instant</translation>
        </message>
        <message>
            <source>Last contact: %1.</source>
            <translation>Dernier contact : %1.</translation>
        </message>
        <message>
            <source>Last contact: none yet.</source>
            <translation>Dernier contact : aucun pour l’instant.</translation>
        </message>
    </context>
    <context>
        <name>ImportFields</name>
        <message>
            <source>Whole address</source>
            <translation>Adresse complète</translation>
        </message>
        <message>
            <source>Civic number</source>
            <translation>Numéro civique</translation>
        </message>
        <message>
            <source>Civic suffix (½, A)</source>
            <translation>Suffixe (½, A)</translation>
        </message>
        <message>
            <source>Word before the street</source>
            <translation>Mot devant la rue</translation>
        </message>
        <message>
            <source>Street</source>
            <translation>Rue</translation>
        </message>
        <message>
            <source>Street type</source>
            <translation>Type de rue</translation>
        </message>
        <message>
            <source>Direction</source>
            <translation>Direction</translation>
        </message>
        <message>
            <source>Unit</source>
            <translation>Appartement</translation>
        </message>
        <message>
            <source>Floor</source>
            <translation>Étage</translation>
        </message>
        <message>
            <source>Address, second line</source>
            <translation>Adresse, 2e ligne</translation>
        </message>
        <message>
            <source>Municipality</source>
            <translation>Municipalité</translation>
        </message>
        <message>
            <source>Postal code</source>
            <translation>Code postal</translation>
        </message>
        <message>
            <source>Latitude</source>
            <translation>Latitude</translation>
        </message>
        <message>
            <source>Longitude</source>
            <translation>Longitude</translation>
        </message>
        <message>
            <source>Polling division</source>
            <translation>Section de vote</translation>
        </message>
        <message>
            <source>Riding</source>
            <translation>Circonscription</translation>
        </message>
        <message>
            <source>Use of the building</source>
            <translation>Usage du bâtiment</translation>
        </message>
        <message>
            <source>Identifier of the address</source>
            <translation>Identifiant d’adresse</translation>
        </message>
        <message>
            <source>Identifier of the person</source>
            <translation>Identifiant de personne</translation>
        </message>
        <message>
            <source>Last name</source>
            <translation>Nom de famille</translation>
        </message>
        <message>
            <source>First name</source>
            <translation>Prénom</translation>
        </message>
        <message>
            <source>Middle name</source>
            <translation>Autre prénom</translation>
        </message>
        <message>
            <source>Whole name</source>
            <translation>Nom complet</translation>
        </message>
        <message>
            <source>Year of birth</source>
            <translation>Année de naissance</translation>
        </message>
        <message>
            <source>Date of birth</source>
            <translation>Date de naissance</translation>
        </message>
        <message>
            <source>Phone</source>
            <translation>Téléphone</translation>
        </message>
        <message>
            <source>Email</source>
            <translation>Courriel</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Sex</source>
            <translation>Sexe</translation>
        </message>
        <message>
            <source>Support level</source>
            <translation>Niveau d’appui</translation>
        </message>
    </context>
    <context>
        <name>ImportScreen</name>
        <message>
            <source>Import</source>
            <translation>Importation</translation>
        </message>
        <message>
            <source>Reading %1</source>
            <translation>Lecture de %1</translation>
        </message>
        <message>
            <source>Importing %1</source>
            <translation>Importation de %1</translation>
        </message>
        <message>
            <source>Imported: %1</source>
            <translation>Importé : %1</translation>
        </message>
        <message>
            <source>go on</source>
            <translation>continuer</translation>
        </message>
        <message>
            <source>next field</source>
            <translation>champ suivant</translation>
        </message>
        <message>
            <source>another file, then back</source>
            <translation>un autre fichier, puis retour</translation>
        </message>
    </context>
    <context>
        <name>Keys</name>
        <message>
            <source>Enter</source>
            <translation>Entrée</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Échap</translation>
        </message>
        <message>
            <source>Shift</source>
            <translation>Maj</translation>
        </message>
    </context>
    <context>
        <name>KeysHelp</name>
        <message>
            <source>the history of what is chosen</source>
            <translation>l’historique de ce qui est choisi</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>Partout</translation>
        </message>
        <message>
            <source>Keys of “%1”</source>
            <translation>Touches de « %1 »</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Keyboard</source>
            <translation>Clavier</translation>
        </message>
        <message>
            <source>go to a place</source>
            <translation>aller à un écran</translation>
        </message>
        <message>
            <source>find people, addresses, lists, turfs and commands</source>
            <translation>trouver personnes, adresses, listes, secteurs et commandes</translation>
        </message>
        <message>
            <source>take back the last thing</source>
            <translation>annuler la dernière action</translation>
        </message>
        <message>
            <source>step back</source>
            <translation>revenir en arrière</translation>
        </message>
        <message>
            <source>import addresses or people</source>
            <translation>importer des adresses ou des personnes</translation>
        </message>
        <message>
            <source>English or French</source>
            <translation>anglais ou français</translation>
        </message>
        <message>
            <source>settings</source>
            <translation>réglages</translation>
        </message>
        <message>
            <source>larger or smaller</source>
            <translation>plus grand ou plus petit</translation>
        </message>
        <message>
            <source>ordinary size</source>
            <translation>taille ordinaire</translation>
        </message>
        <message>
            <source>these keys</source>
            <translation>afficher ces touches</translation>
        </message>
    </context>
    <context>
        <name>LockedWindow</name>
        <message>
            <source>This laptop is locked</source>
            <translation>Cet ordinateur est verrouillé</translation>
        </message>
        <message>
            <source>New code</source>
            <translation>Nouveau code</translation>
        </message>
        <message>
            <source>Join again</source>
            <translation>Se joindre de nouveau</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Write a bundle…</source>
            <translation>Écrire un lot…</translation>
        </message>
        <message>
            <source>Bring in its answer…</source>
            <translation>Prendre la réponse…</translation>
        </message>
        <message>
            <source>Sync now</source>
            <translation>Synchroniser maintenant</translation>
        </message>
        <message>
            <source>Where the file goes</source>
            <translation>Où enregistrer le fichier</translation>
        </message>
        <message>
            <source>“%1” is written. Take it to headquarters and bring its answer back.</source>
            <translation>« %1 » est écrit. Apportez-le au quartier général et rapportez sa réponse.</translation>
        </message>
        <message>
            <source>Headquarters’ answer</source>
            <translation>Réponse du quartier général</translation>
        </message>
        <message>
            <source>Answers (*.canvass-down)</source>
            <translation>Réponses (*.canvass-down)</translation>
        </message>
    </context>
    <context>
        <name>MappingEditor</name>
        <message>
            <source>guessed</source>
            <translation>deviné</translation>
        </message>
        <message>
            <source>found</source>
            <translation>reconnu</translation>
        </message>
        <message>
            <source>chosen</source>
            <translation>choisi</translation>
        </message>
        <message>
            <source>Columns</source>
            <translation>Colonnes</translation>
        </message>
        <message>
            <source>Which column of the file holds what. Change what is wrong; the check runs again.</source>
            <translation>Quelle colonne du fichier contient quoi. Corrigez ce qui est faux; la vérification recommence.</translation>
        </message>
        <message>
            <source>not in the file</source>
            <translation>pas dans le fichier</translation>
        </message>
    </context>
    <context>
        <name>Navigation</name>
        <message>
            <source>%1 need a decision</source>
            <translation>%1 décisions à prendre</translation>
        </message>
        <message>
            <source>%1 needs a decision</source>
            <translation>%1 décision à prendre</translation>
        </message>
        <message>
            <source>Review</source>
            <translation>Vérification</translation>
        </message>
        <message>
            <source>Ridings</source>
            <translation>Circonscriptions</translation>
        </message>
        <message>
            <source>Turfs</source>
            <translation>Secteurs</translation>
        </message>
        <message>
            <source>Lists</source>
            <translation>Listes</translation>
        </message>
        <message>
            <source>Enter</source>
            <translation>Saisie</translation>
        </message>
        <message>
            <source>Progress</source>
            <translation>Avancement</translation>
        </message>
        <message>
            <source>Sync</source>
            <translation>Synchro</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Places</source>
            <translation>Écrans</translation>
        </message>
    </context>
    <context>
        <name>PassphraseDialog</name>
        <message>
            <source>At least 8 characters. Four or five words that only you would put together are best.</source>
            <translation>Au moins 8 caractères. Le mieux : quatre ou cinq mots que vous seul·e réuniriez.</translation>
        </message>
        <message>
            <source>Weak: a thief with time finds it. Make it longer.</source>
            <translation>Faible : un voleur patient la trouvera. Allongez-la.</translation>
        </message>
        <message>
            <source>Fair. One more word makes it good.</source>
            <translation>Passable. Un mot de plus la rendra bonne.</translation>
        </message>
        <message>
            <source>Good: nobody guesses that.</source>
            <translation>Bonne : personne ne la devinera.</translation>
        </message>
        <message>
            <source>Caps Lock seems to be on.</source>
            <translation>La touche Verr. Maj semble activée.</translation>
        </message>
        <message>
            <source>The two are not the same yet.</source>
            <translation>Les deux ne sont pas encore identiques.</translation>
        </message>
        <message>
            <source>Opening…</source>
            <translation>Ouverture…</translation>
        </message>
        <message>
            <source>Choose a passphrase</source>
            <translation>Choisissez une phrase de passe</translation>
        </message>
        <message>
            <source>The people on this laptop never asked to be in a database, so everything is locked. This computer has no keychain that could hold the key: your passphrase is the key. Nobody can recover it for you, so write it down and keep the paper at home.</source>
            <translation>Les gens qui figurent sur cet ordinateur n’ont jamais demandé à être dans une base de données : tout y est donc verrouillé. Cet ordinateur n’a pas de trousseau pour garder la clé : votre phrase de passe est la clé. Personne ne peut la retrouver pour vous; notez-la et gardez le papier à la maison.</translation>
        </message>
        <message>
            <source>Lock and continue</source>
            <translation>Verrouiller et continuer</translation>
        </message>
        <message>
            <source>Unlock your data</source>
            <translation>Déverrouillez vos données</translation>
        </message>
        <message>
            <source>Everything on this laptop is locked with the passphrase you chose when you began.</source>
            <translation>Tout sur cet ordinateur est verrouillé par la phrase de passe choisie au début.</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>Déverrouiller</translation>
        </message>
        <message>
            <source>Passphrase</source>
            <translation>Phrase de passe</translation>
        </message>
        <message>
            <source>The same once more</source>
            <translation>La même encore une fois</translation>
        </message>
        <message>
            <source>How strong it is</source>
            <translation>Sa solidité</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
    </context>
    <context>
        <name>ProblemTable</name>
        <message>
            <source>Line</source>
            <translation>Ligne</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>Suite donnée</translation>
        </message>
        <message>
            <source>Column</source>
            <translation>Colonne</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>Valeur</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>Raison</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>laissée de côté</translation>
        </message>
        <message>
            <source>changed</source>
            <translation>modifiée</translation>
        </message>
        <message>
            <source>note</source>
            <translation>remarque</translation>
        </message>
        <message>
            <source>Every row was understood as it stands.</source>
            <translation>Chaque ligne a été comprise telle quelle.</translation>
        </message>
        <message>
            <source>No row fits the filter.</source>
            <translation>Aucune ligne ne correspond au filtre.</translation>
        </message>
        <message>
            <source>Save the report</source>
            <translation>Enregistrer le rapport</translation>
        </message>
        <message>
            <source>Report saved as %1</source>
            <translation>Rapport enregistré sous %1</translation>
        </message>
        <message>
            <source>All remarks</source>
            <translation>Toutes les remarques</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>Laissées de côté</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Modifiées</translation>
        </message>
        <message>
            <source>Notes</source>
            <translation>Remarques</translation>
        </message>
        <message>
            <source>Which remarks</source>
            <translation>Quelles remarques</translation>
        </message>
        <message>
            <source>Filter by line, value or reason</source>
            <translation>Filtrer les remarques</translation>
        </message>
        <message>
            <source>Save as CSV…</source>
            <translation>Enregistrer en CSV…</translation>
        </message>
        <message>
            <source>Remarks</source>
            <translation>Remarques</translation>
        </message>
    </context>
    <context>
        <name>ResultStep</name>
        <message>
            <source>people</source>
            <translation>personnes</translation>
        </message>
        <message>
            <source>doors</source>
            <translation>portes</translation>
        </message>
        <message>
            <source>rows of the file</source>
            <translation>lignes du fichier</translation>
        </message>
        <message>
            <source>Added</source>
            <translation>Ajoutées</translation>
        </message>
        <message>
            <source>Changed</source>
            <translation>Modifiées</translation>
        </message>
        <message>
            <source>There already, unchanged</source>
            <translation>Déjà présentes, inchangées</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>Laissées de côté</translation>
        </message>
        <message>
            <source>“%1” is imported</source>
            <translation>« %1 » est importé</translation>
        </message>
        <message>
            <source>Everything in it was here already. Nothing changed.</source>
            <translation>Tout s’y trouvait déjà. Rien n’a changé.</translation>
        </message>
        <message>
            <source>It is saved. What was learned at doors stays as it was; bring a newer file at any time.</source>
            <translation>C’est enregistré. Ce qui a été appris aux portes reste tel quel; apportez un fichier plus récent quand vous voulez.</translation>
        </message>
        <message>
            <source>Another file</source>
            <translation>Un autre fichier</translation>
        </message>
        <message>
            <source>Show on the map</source>
            <translation>Voir sur la carte</translation>
        </message>
        <message>
            <source>door</source>
            <translation>porte</translation>
        </message>
        <message>
            <source>person</source>
            <translation>personne</translation>
        </message>
        <message>
            <source>row of the file</source>
            <translation>ligne du fichier</translation>
        </message>
    </context>
    <context>
        <name>RidingsScreen</name>
        <message>
            <source>You hold what was given to you: your turfs and your open lists. Enter opens the map.</source>
            <translation>Vous avez ce qui vous a été confié : vos secteurs et vos listes sorties. Entrée ouvre la carte.</translation>
        </message>
        <message>
            <source>%1 (%2 of %3)</source>
            <translation>%1 (%2 sur %3)</translation>
        </message>
        <message>
            <source>Riding</source>
            <translation>Circonscription</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Numéro</translation>
        </message>
        <message>
            <source>Doors</source>
            <translation>Portes</translation>
        </message>
        <message>
            <source>People</source>
            <translation>Personnes</translation>
        </message>
        <message>
            <source>Turfs</source>
            <translation>Secteurs</translation>
        </message>
        <message>
            <source>Lists out</source>
            <translation>Listes sorties</translation>
        </message>
        <message>
            <source>Attempts</source>
            <translation>Tentatives</translation>
        </message>
        <message>
            <source>Contact rate</source>
            <translation>Taux de contact</translation>
        </message>
        <message>
            <source>Ridings</source>
            <translation>Circonscriptions</translation>
        </message>
        <message>
            <source>choose a riding</source>
            <translation>choisir une circonscription</translation>
        </message>
        <message>
            <source>open its map</source>
            <translation>ouvrir sa carte</translation>
        </message>
        <message>
            <source>import addresses or people</source>
            <translation>importer des adresses ou des personnes</translation>
        </message>
        <message>
            <source>Ridings on this laptop</source>
            <translation>Circonscriptions sur cet ordinateur</translation>
        </message>
        <message>
            <source>Enter opens a riding’s map. People: those known who have neither moved nor died.</source>
            <translation>Entrée ouvre la carte d’une circonscription. Personnes : celles que l’on connaît, ni déménagées ni décédées.</translation>
        </message>
        <message>
            <source>Import addresses or people</source>
            <translation>Importer des adresses ou des personnes</translation>
        </message>
        <message>
            <source>No riding yet</source>
            <translation>Aucune circonscription pour l’instant</translation>
        </message>
        <message>
            <source>A riding begins with its addresses. Import a file of your municipality’s addresses or of your electors: Canvass reads it, shows what it understood, and changes nothing until you agree.</source>
            <translation>Une circonscription commence par ses adresses. Importez le fichier d’adresses de votre municipalité ou celui de vos électeurs : Canvass le lit, montre ce qu’il a compris et ne change rien sans votre accord.</translation>
        </message>
    </context>
    <context>
        <name>SettingsScreen</name>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Walks and minutes</source>
            <translation>Parcours et minutes</translation>
        </message>
        <message>
            <source>Your name is kept, locked with the rest of your data.</source>
            <translation>Votre nom est conservé, verrouillé avec le reste de vos données.</translation>
        </message>
        <message>
            <source>next setting</source>
            <translation>réglage suivant</translation>
        </message>
        <message>
            <source>back to where you were</source>
            <translation>retour où vous étiez</translation>
        </message>
        <message>
            <source>Screen and paper</source>
            <translation>Écran et papier</translation>
        </message>
        <message>
            <source>You</source>
            <translation>Vous</translation>
        </message>
        <message>
            <source>Your data</source>
            <translation>Vos données</translation>
        </message>
        <message>
            <source>About Canvass</source>
            <translation>À propos de Canvass</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Thème</translation>
        </message>
        <message>
            <source>Size of text</source>
            <translation>Taille du texte</translation>
        </message>
        <message>
            <source>Motion</source>
            <translation>Animations</translation>
        </message>
        <message>
            <source>Your name</source>
            <translation>Votre nom</translation>
        </message>
        <message>
            <source>Paper for walk lists</source>
            <translation>Papier des listes</translation>
        </message>
        <message>
            <source>As the computer</source>
            <translation>Comme l’ordinateur</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Clair</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Sombre</translation>
        </message>
        <message>
            <source>Letter (8½ × 11 in)</source>
            <translation>Lettre (8½ × 11 po)</translation>
        </message>
        <message>
            <source>A4 (210 × 297 mm)</source>
            <translation>A4 (210 × 297 mm)</translation>
        </message>
        <message>
            <source>Keep everything still</source>
            <translation>Désactiver les animations</translation>
        </message>
        <message>
            <source>It stands beside the results you enter, so that your team knows whom to ask.</source>
            <translation>Il accompagne les résultats que vous saisissez, pour que votre équipe sache à qui s’adresser.</translation>
        </message>
        <message>
            <source>Everything Canvass knows is in this folder on this laptop. Headquarters has its own copy of what was synced.</source>
            <translation>Tout ce que Canvass sait se trouve dans ce dossier, sur cet ordinateur. Le quartier général a sa propre copie de ce qui a été synchronisé.</translation>
        </message>
        <message>
            <source>A backup is made once a day; the last seven are kept in the folder “backups”.</source>
            <translation>Une sauvegarde est faite chaque jour; les sept dernières sont dans le dossier « backups ».</translation>
        </message>
        <message>
            <source>Data and backups are encrypted. Without the key in your keychain, or your passphrase, nobody can read them.</source>
            <translation>Les données et les sauvegardes sont chiffrées. Sans la clé de votre trousseau ou votre phrase de passe, personne ne peut les lire.</translation>
        </message>
        <message>
            <source>Free software under the Apache License 2.0. It is made with:</source>
            <translation>Logiciel libre sous licence Apache 2.0. Il est fait avec :</translation>
        </message>
        <message>
            <source>Public data that travels with it:</source>
            <translation>Données publiques qui l’accompagnent :</translation>
        </message>
        <message>
            <source>Open the folder</source>
            <translation>Ouvrir le dossier</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message>
            <source>Find people, addresses, lists, commands</source>
            <translation>Personne, adresse, liste, commande</translation>
        </message>
        <message>
            <source>Find anything (Ctrl+K)</source>
            <translation>Tout trouver (Ctrl+K)</translation>
        </message>
        <message>
            <source>Riding</source>
            <translation>Circonscription</translation>
        </message>
    </context>
    <context>
        <name>Tour</name>
        <message>
            <source>Quai Nord is assigned to Priya Nair</source>
            <translation>Quai Nord est attribué à Priya Nair</translation>
        </message>
        <message>
            <source>Kitchen laptop</source>
            <translation>Portable de la cuisine</translation>
        </message>
    </context>
    <context>
        <name>TroubleBar</name>
        <message>
            <source>Read the declaration</source>
            <translation>Lire la déclaration</translation>
        </message>
        <message>
            <source>Close (Esc)</source>
            <translation>Fermer (Échap)</translation>
        </message>
    </context>
    <context>
        <name>TroubleWindow</name>
        <message>
            <source>Canvass is already open</source>
            <translation>Canvass est déjà ouvert</translation>
        </message>
        <message>
            <source>Canvass cannot open your data</source>
            <translation>Canvass ne peut pas ouvrir vos données</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Repair now</source>
            <translation>Réparer maintenant</translation>
        </message>
        <message>
            <source>Repairing…</source>
            <translation>Réparation en cours…</translation>
        </message>
        <message>
            <source>Your data is repaired</source>
            <translation>Vos données sont réparées</translation>
        </message>
        <message>
            <source>Open Canvass</source>
            <translation>Ouvrir Canvass</translation>
        </message>
    </context>
    <context>
        <name>WithdrawnWindow</name>
        <message>
            <source>This laptop was withdrawn</source>
            <translation>L’accès de cet ordinateur a été retiré</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Copy to a stick…</source>
            <translation>Copier sur une clé…</translation>
        </message>
        <message>
            <source>Try now</source>
            <translation>Essayer maintenant</translation>
        </message>
        <message>
            <source>Start anew</source>
            <translation>Recommencer</translation>
        </message>
        <message>
            <source>Where the file goes</source>
            <translation>Où enregistrer le fichier</translation>
        </message>
        <message>
            <source>“%1” is on the stick and reads back. Take it to headquarters.</source>
            <translation>« %1 » est sur la clé et se relit. Apportez-le au quartier général.</translation>
        </message>
    </context>
</TS>
