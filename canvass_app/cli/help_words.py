"""The help of canvass-app in French: what its commands and options say in English, and what they say then."""

FRENCH = {
    # --- a person ---------------------------------------------------------------------------------
    "Write down everything that is held about one person, for that person.":
        "Écrire tout ce que l’on détient sur une personne, pour cette personne.",
    "The person's name, or the id that the command showed.":
        "Le nom de la personne, ou l’identifiant que la commande a affiché.",
    "Riding number, such as 59036.": "Numéro de circonscription, comme 59036.",
    "File to write: .pdf for the person, .json for a machine.":
        "Fichier à écrire : .pdf pour la personne, .json pour une machine.",
    "Language of the PDF: en or fr.": "Langue du PDF : en ou fr.",
    "letter or a4.": "letter ou a4.",
    "Data folder.": "Dossier des données.",
    "File that holds the passphrase.": "Fichier qui contient la phrase de passe.",
    "en or fr.": "en ou fr.",
    "Answer in JSON.": "Répondre en JSON.",
    "Who saw a person on this laptop: when, and what was done. That it was asked is recorded.":
        "Qui a vu une personne sur cet ordinateur : quand, et ce qui a été fait. La question elle-même est inscrite.",
    "Only from this day on (2026-11-23).": "Seulement à partir de ce jour (2026-11-23).",
    "Who asks; it is recorded.": "Qui le demande; c’est inscrit.",
    "Read the campaign's declaration and accept it by name; headquarters hands nothing out before that.":
        "Lire la déclaration de la campagne et l’accepter en son nom; avant cela, le quartier général ne remet rien.",
    "Your first and last name.": "Votre prénom et votre nom.",
    "Accept without being asked once more.": "Accepter sans autre question.",
    "Erase a person for good: everywhere on this laptop, and at headquarters and on others with the next sync.":
        "Effacer une personne pour toujours : partout sur cet ordinateur, puis au quartier général et sur les autres à la "
        "prochaine synchronisation.",
    "Erase without asking.": "Effacer sans demander.",
    "Keep notes about doors and others that name the person.":
        "Garder les notes sur des portes ou d’autres gens qui nomment la personne.",
    "How they asked, without their name.": "Comment la demande est venue, sans le nom.",
    "Who does this.": "Qui le fait.",
    "Do not contact a person, a door or a telephone number any more; or, with --lift, again.":
        "Ne plus contacter une personne, une porte ou un numéro de téléphone; avec --lift, les contacter de nouveau.",
    "A person's name, an address, a telephone number, or an id.":
        "Le nom d’une personne, une adresse, un numéro de téléphone ou un identifiant.",
    "Lift the bar; --reason must say why.": "Lever l’interdiction; --reason doit dire pourquoi.",
    "In whose words, or why.": "Dans les mots de qui, ou pourquoi.",
    "Do not contact any number or address of a file; the same file again changes nothing.":
        "Ne plus contacter aucun numéro ni aucune adresse d’un fichier; le même fichier une autre fois ne change rien.",
    "A table with telephone numbers, addresses, or both.": "Un tableau de numéros de téléphone, d’adresses, ou des deux.",
    "Say what would happen; change nothing.": "Dire ce qui se passerait; ne rien modifier.",
    "Where the list comes from.": "D’où vient la liste.",
    "Everything that was recorded about one thing: who, when, from where, and whether it counts.":
        "Tout ce qui a été saisi au sujet d’une chose : qui, quand, d’où, et si cela compte.",
    "door, person, turf, list, shift, import or phone.":
        "porte, personne, secteur, liste, quart, importation ou téléphone.",
    "An id, an address, a name, a list's code or a number.":
        "Un identifiant, une adresse, un nom, le code d’une liste ou un numéro.",
    "100 events a page, the newest first.": "100 saisies par page, les plus récentes d’abord.",
    # --- selections of doors ----------------------------------------------------------------------
    "Selections of doors.": "Sélections de portes.",
    "The selection's name, or its id's beginning.": "Le nom de la sélection, ou le début de son identifiant.",
    "Doors that nobody is to knock at, too.": "Aussi les portes où l’on ne doit pas frapper.",
    "Doors on walk lists that are out, too.": "Aussi les portes des listes qui ne sont pas revenues.",
    "Which doors, such as: state:not_home and street:\"Birch St\" odd 1-99 and not tried-since:2026-11-01":
        "Quelles portes, par exemple : état:absent et rue:\"Birch St\" impair 1-99 et non tentée-depuis:2026-11-01",
    "Which doors, such as: state:not_home and street:\"Birch St\" odd 1-99 and not tried-since:2026-11-01. Or a saved "
    "selection's name.":
        "Quelles portes, par exemple : état:absent et rue:\"Birch St\" impair 1-99 et non tentée-depuis:2026-11-01. Ou le "
        "nom d’une sélection enregistrée.",
    "List the saved selections with what each means and how many doors that is now.":
        "Énumérer les sélections enregistrées, avec leur sens et le nombre de portes à présent.",
    "A new name, or a saved selection's name or id.":
        "Un nouveau nom, ou le nom ou l’identifiant d’une sélection enregistrée.",
    "The name it has from now on.": "Le nom qu’elle portera désormais.",
    "Save a selection under a name, change the one that has it, or rename it.":
        "Enregistrer une sélection sous un nom, modifier celle qui le porte ou la renommer.",
    "Show a saved selection: in words, as it is typed, who edited it last, and how many doors it means.":
        "Montrer une sélection enregistrée : en mots, telle qu’on la tape, qui l’a modifiée en dernier et combien de portes.",
    "Count the doors that a typed or saved selection means, and those kept out of it.":
        "Compter les portes d’une sélection tapée ou enregistrée, et celles qui en sont écartées.",
    "Remove a saved selection, or bring it back; no door changes.":
        "Retirer une sélection enregistrée ou la ramener; aucune porte ne change.",
    "Bring a removed selection back.": "Ramener une sélection retirée.",
    # --- the laptop -------------------------------------------------------------------------------
    "Say that a door belongs to another riding; the attempts made there stay counted where they were made.":
        "Dire qu’une porte appartient à une autre circonscription; les tentatives faites restent comptées où elles l’ont été.",
    "An address, or a door's id.": "Une adresse, ou l’identifiant d’une porte.",
    "The riding it belongs to, such as 59037.": "Sa circonscription, comme 59037.",
    "Which export of this laptop a leaked list came from, and how sure that is.":
        "De quelle exportation de cet ordinateur vient une liste qui a fui, et avec quelle certitude.",
    "The leaked list: text (CSV) or a workbook, whole or in part.":
        "La liste qui a fui : texte (CSV) ou classeur, en tout ou en partie.",
    "The progress of a riding: attempts, contacts, contact rate, support, by day and by turf.":
        "L’avancement d’une circonscription : tentatives, contacts, taux de contact, appuis, par jour et par secteur.",
    "Join a campaign's headquarters with a one-time code or an enrolment file.":
        "Se joindre au quartier général d’une campagne avec un code à usage unique ou un fichier d’inscription.",
    "Its address, or an enrolment file.": "Son adresse, ou un fichier d’inscription.",
    "The one-time code; an enrolment file holds it.": "Le code à usage unique; un fichier d’inscription le contient.",
    "What headquarters calls this laptop.": "Comment le quartier général appelle cet ordinateur.",
    "Certificate (PEM) of the campaign's own authority.": "Certificat (PEM) de l’autorité de la campagne.",
    "Send what headquarters lacks and fetch what this laptop lacks.":
        "Envoyer ce qui manque au quartier général et prendre ce qui manque à cet ordinateur.",
    "Check that the file is sound and that everything on screen follows from the events.":
        "Vérifier que le fichier est sain et que tout ce qui s’affiche découle des événements.",
    "Mend what is found; build a damaged database again and keep the damaged file.":
        "Réparer ce qui est trouvé; reconstruire une base endommagée et garder le fichier endommagé.",
    "Build the database again from this laptop’s journal alone.":
        "Reconstruire la base à partir du seul journal de cet ordinateur.",
    "Open every screen on the demo campaign and keep pictures in both languages and themes.":
        "Ouvrir chaque écran de la campagne de démonstration et en garder des images, dans les deux langues et thèmes.",
    "Folder for the pictures.": "Dossier des images.",
    "The desktop on the demo campaign, with a headquarters and a second laptop on this computer.":
        "L’application sur la campagne de démonstration, avec un quartier général et un second ordinateur sur celui-ci.",
    "Make its data anew.": "En refaire les données.",
    # --- files, turfs, lists ----------------------------------------------------------------------
    "Import a file of doors or people.": "Importer un fichier de portes ou de personnes.",
    "Import addresses from CSV, TSV, XLSX or ODS.": "Importer des adresses (CSV, TSV, XLSX ou ODS).",
    "The table: CSV, TSV, XLSX or ODS.": "Le tableau : CSV, TSV, XLSX ou ODS.",
    "Column mapping (JSON).": "Correspondance des colonnes (JSON).",
    "Import people with their addresses from CSV, TSV, XLSX or ODS.":
        "Importer des personnes et leurs adresses (CSV, TSV, XLSX ou ODS).",
    "Turfs.": "Secteurs.",
    "List the turfs with their doors, minutes, canvasser and walk lists.":
        "Afficher les secteurs : portes, minutes, bénévole et listes.",
    "Walk lists.": "Listes de porte-à-porte.",
    "Print an issued walk list to a PDF, as it was issued; who asked since not to be contacted is struck out.":
        "Imprimer en PDF une liste émise, telle quelle; qui a demandé depuis à ne plus être contacté y est barré.",
    "List number, with or without its check letter.": "Numéro de la liste, avec ou sans sa lettre de contrôle.",
    "The PDF to write.": "Le PDF à écrire.",
    "Language of the sheet: en or fr; as issued when left out.":
        "Langue de la feuille : en ou fr; sans précision, celle de l’émission.",
    "Results.": "Résultats.",
    "Record one line's result.": "Saisir le résultat d’une ligne.",
    "Line number on the list.": "Numéro de la ligne sur la liste.",
    "A result code (not_home, n, refused ...) or a support level (1-5, 2L, WS).":
        "Un résultat (absent, n, refus ...) ou un appui (1-5, 2L, WS).",
    # --- decisions, shifts, imports ---------------------------------------------------------------
    "What waits for a decision.": "Ce qui attend une décision.",
    "List what waits for a decision, with every side: what, who, when, from which laptop.":
        "Afficher ce qui attend une décision, de tous les côtés : quoi, qui, quand, de quel ordinateur.",
    "Close one row with the side that is right.": "Trancher une décision en faveur du bon côté.",
    "The id that the list shows, or its beginning.": "L’identifiant que la liste affiche, ou son début.",
    "Which side is right: 1, 2, 3 ...": "Le bon côté : 1, 2, 3 ...",
    "Shifts, and taking one back.": "Les quarts, et en annuler un.",
    "List the shifts: who, when, which list, how many results, whether they count.":
        "Afficher les quarts : qui, quand, quelle liste, combien de résultats, et s’ils comptent.",
    "Make a shift stop counting, after saying what that changes. Bars stand; `restore` undoes it.":
        "Faire qu’un quart ne compte plus, après avoir dit ce que cela change. Les interdictions restent; `restore` le rétablit.",
    "Why.": "Pourquoi.",
    "Say what would change; change nothing.": "Dire ce qui changerait; ne rien modifier.",
    "Make a voided shift count again.": "Faire qu’un quart annulé compte de nouveau.",
    "Imported files, and taking one back.": "Les fichiers importés, et en retirer un.",
    "List the imported files: when, by whom, how many doors and people, whether they count.":
        "Afficher les fichiers importés : quand, par qui, combien de portes et de personnes, et s’ils comptent.",
    "Make an imported file's rows stop counting, after saying what that changes. `restore` undoes it.":
        "Faire que les lignes d’un fichier ne comptent plus, après avoir dit ce que cela change. `restore` le rétablit.",
    "Make a withdrawn file count again.": "Faire qu’un fichier retiré compte de nouveau.",
    # --- by stick ---------------------------------------------------------------------------------
    "Headquarters by stick.": "Le quartier général, par clé USB.",
    "Write what headquarters does not have yet into a sealed file.":
        "Écrire dans un fichier scellé ce que le quartier général n’a pas encore.",
    "Where the bundle goes: a stick, a folder.": "Où va le lot : une clé, un dossier.",
    "Even with nothing to send: headquarters answers with what others did.":
        "Même sans rien à envoyer : le quartier général répond par le travail des autres.",
    "Take in headquarters' answer: receipts for what was sent, and what others did.":
        "Prendre la réponse du quartier général : les reçus de ce qui a été envoyé, et le travail des autres.",
    "Answers (.canvass-down), or folders that hold some.": "Réponses (.canvass-down), ou dossiers qui en contiennent.",
    # --- teams ------------------------------------------------------------------------------------
    "Teams and their members.": "Les équipes et leurs membres.",
    "List the teams with their members: leads, sign-ups, how often they came.":
        "Afficher les équipes et leurs membres : responsables, inscriptions, présences.",
    "Closed teams too.": "Les équipes fermées aussi.",
    "Make a team.": "Créer une équipe.",
    "The new team's name.": "Le nom de la nouvelle équipe.",
    "Where.": "Où.",
    "A note for the team.": "Une note pour l’équipe.",
    "Close a team, or open it again; its members and events stay on record.":
        "Fermer une équipe, ou la rouvrir; ses membres et ses activités restent au registre.",
    "The team's name, or its id's beginning.": "Le nom de l’équipe, ou le début de son identifiant.",
    "Open a closed team again.": "Rouvrir une équipe fermée.",
    "Take somebody into a team, change their role in it, or note that they left.":
        "Accueillir quelqu’un dans une équipe, y changer son rôle, ou noter son départ.",
    "A new member's name, or a known one's name or id.": "Le nom d’un nouveau membre; le nom ou l’identifiant d’un membre connu.",
    "Ten digits.": "Dix chiffres.",
    "E-mail address.": "Adresse courriel.",
    "With commas between.": "Séparées par des virgules.",
    "Such as “no stairs”.": "Comme « pas d’escaliers ».",
    "member, lead, or left.": "membre, responsable ou parti.",
    "Take a member's forgotten PIN away; they choose another when they open a shift.":
        "Retirer le NIP oublié d’un membre, qui en choisira un autre en ouvrant un quart.",
    "The member's name, or their id's beginning.": "Le nom du membre, ou le début de son identifiant.",
    "Erase a volunteer for good: on this laptop, and at headquarters and on others with the next sync.":
        "Effacer un bénévole pour toujours : sur cet ordinateur, puis au quartier général et sur les autres à la prochaine "
        "synchronisation.",
    "Events of teams: who comes, and who came.": "Les activités des équipes : qui vient, et qui est venu.",
    "List the events, the next ones first: who comes, who has not answered, who came.":
        "Afficher les activités, les prochaines d’abord : qui vient, qui n’a pas répondu, qui est venu.",
    "Only this team's.": "Celles de cette équipe seulement.",
    "Plan an event of a team.": "Prévoir une activité d’une équipe.",
    "canvass, calls or training.": "porte-à-porte, appels ou formation.",
    "Such as 2015-10-14.": "Comme 2015-10-14.",
    "Such as 18:00, where the campaign is.": "Comme 18:00, à l’heure de la campagne.",
    "Such as 21:00.": "Comme 21:00.",
    "How many can come; 0: no limit.": "Combien peuvent venir; 0 : sans limite.",
    "Cancel an event, or hold it after all; its answers stay.":
        "Annuler une activité, ou la tenir finalement; les réponses restent.",
    "The event's id, its beginning, or its day if it is alone on it.":
        "L’identifiant de l’activité, son début, ou son jour si elle y est seule.",
    "It takes place after all.": "Elle a finalement lieu.",
    "Note what a member answers.": "Noter ce qu’un membre répond.",
    "coming, maybe, no, or withdrawn.": "vient, peut-être, non ou sans réponse.",
    "Note whether a member came.": "Noter si un membre est venu.",
    "came, absent, or unknown.": "présence, absence ou inconnu.",
    # --- streets ----------------------------------------------------------------------------------
    "Streets.": "Les rues.",
    "Take a riding's streets from a file; they replace the streets that it has.":
        "Reprendre les rues d’une circonscription d’un fichier; elles remplacent celles qu’elle a.",
    "An OpenStreetMap extract (.osm.pbf, .osm) or GeoJSON lines.":
        "Un extrait d’OpenStreetMap (.osm.pbf, .osm) ou des lignes GeoJSON.",
    "Whom the map thanks for the data.": "À qui la carte doit ses données.",
    # --- turfs ------------------------------------------------------------------------------------
    "Cut the doors that are in no turf into turfs that take about the same time and hang together.":
        "Découper les portes sans secteur en secteurs d’un seul tenant, qui prennent à peu près le même temps.",
    "So many minutes a turf.": "Tant de minutes par secteur.",
    "So many doors a turf.": "Tant de portes par secteur.",
    "So many turfs, one a volunteer.": "Tant de secteurs, un par bénévole.",
    "Only these doors: typed, or a saved selection's name.":
        "Seulement ces portes : tapées, ou le nom d’une sélection enregistrée.",
    "Another number gives another cut; the same gives the same.":
        "Un autre nombre donne un autre découpage; le même, le même.",
    "Where volunteers meet: LATITUDE,LONGITUDE.": "Où les bénévoles se retrouvent : LATITUDE,LONGITUDE.",
    "Doors of other turfs too.": "Aussi les portes d’autres secteurs.",
    "Leave buildings of six doors and more out.": "Laisser de côté les immeubles de six portes et plus.",
    "From so many doors a building is a turf by itself.":
        "À partir de tant de portes, un immeuble est un secteur à lui seul.",
    "Keep each turf on one side of major streets.": "Garder chaque secteur d’un seul côté des grandes rues.",
    "Give turfs that nobody has to members who have none, by their needs and languages.":
        "Confier les secteurs libres aux membres qui n’en ont pas, selon leurs besoins et leurs langues.",
    "Only members of this team.": "Seulement les membres de cette équipe.",
    "Write the turfs with their addresses in walk order, for a map or a table; nobody's name is in it.":
        "Écrire les secteurs avec leurs adresses dans l’ordre du parcours, pour une carte ou un tableau, sans aucun nom.",
    "The file to write.": "Le fichier à écrire.",
    "geojson or csv.": "geojson ou csv.",
    # --- exports ----------------------------------------------------------------------------------
    "Lists of people that leave as a file.": "Les listes de personnes qui partent dans un fichier.",
    "Write people to an encrypted archive. Needs a reason; who must not be contacted stays.":
        "Écrire des personnes dans une archive chiffrée. Exige un motif; qui ne doit pas être contacté reste.",
    "A folder, or a file; the export's code is added to its name.":
        "Un dossier, ou un fichier; le code de l’exportation s’ajoute à son nom.",
    "What it is for and who gets it, in a few words.": "À quoi elle sert et qui la reçoit, en quelques mots.",
    "Only people of this turf, by its name.": "Seulement les personnes de ce secteur, par son nom.",
    "Only people of this walk list, such as 4127Y.": "Seulement les personnes de cette liste, comme 4127Y.",
    "support=1,2, answer:QUESTION=ANSWER, or phone.": "support=1,2, answer:QUESTION=RÉPONSE, ou phone.",
    "Columns, in order; last,first,address,town,postal without it.":
        "Les colonnes, dans l’ordre; sans précision : last,first,address,town,postal.",
    "Leave the file unencrypted; asks again and is recorded.":
        "Laisser le fichier sans chiffrement; demande confirmation et s’inscrit au registre.",
    "With --plain: do not ask again.": "Avec --plain : ne pas redemander.",
}  # fmt: skip
"""By the English help, as the commands have it."""
