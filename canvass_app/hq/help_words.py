"""The help of canvass-hq in French: what its commands and options say in English, and what they say then."""

FRENCH = {
    # --- to whom a device is given ----------------------------------------------------------------
    "Have a device hold what is given to somebody: their turfs, and their lists until they are back.\n\n"
    "What it holds no more leaves it at its next sync, with nothing lost.":
        "Faire contenir à un appareil ce qui est confié à quelqu’un : ses secteurs, et ses listes jusqu’à leur retour.\n\n"
        "Ce qu’il ne contient plus en part à sa prochaine synchronisation, sans rien perdre.",
    "A name, as turfs and lists name them; again for more.":
        "Un nom, comme les secteurs et les listes le donnent; plusieurs fois pour plusieurs.",
    "Whole ridings again (a lead’s laptop).":
        "De nouveau des circonscriptions entières (l’ordinateur d’un chef d’équipe).",
    "Hold only what is given to this name, as turfs and lists name them; again for more.":
        "Ne contenir que ce qui est confié à ce nom, comme les secteurs et les listes le donnent; plusieurs fois pour plusieurs.",
    "What its owner does: keeps headquarters, a riding, leads a canvass, walks or calls.":
        "Ce que fait son propriétaire : tenir le quartier général, une circonscription, mener un porte-à-porte, marcher ou appeler.",
    "Headquarters of a canvass: the server that laptops sync with.":
        "Le quartier général d’un porte-à-porte : le serveur avec lequel les ordinateurs se synchronisent.",
    "Print the version.": "Afficher la version.",
    "Folder of this headquarters.": "Dossier de ce quartier général.",
    "File that holds the passphrase of the data.": "Fichier qui contient la phrase de passe des données.",
    "Print the report as JSON.": "Afficher le rapport en JSON.",
    # --- backups ----------------------------------------------------------------------------------
    "Back headquarters up into one encrypted file, also while it serves; the file is read back before it counts.":
        "Sauvegarder le quartier général dans un seul fichier chiffré, même pendant qu’il sert; le fichier est relu avant de "
        "compter.",
    "A folder, in which it gets a name of its own, or the file to write.":
        "Un dossier, où elle reçoit son propre nom, ou le fichier à écrire.",
    "In a folder: how many backups to keep, the newest.":
        "Dans un dossier : combien de sauvegardes garder, les plus récentes.",
    "Write over a file of that name.": "Remplacer un fichier de ce nom.",
    "Put a backup back. Headquarters must not be running. Laptops then bring back what it lacks, by themselves.":
        "Rétablir une sauvegarde. Le quartier général ne doit pas être en marche. Les ordinateurs rapportent ensuite "
        "d’eux-mêmes ce qui lui manque.",
    "The backup.": "La sauvegarde.",
    "Put it in the place of the headquarters that is here, which is set aside.":
        "La mettre à la place du quartier général qui est ici, lequel est mis de côté.",
    # --- who saw whom, leaks ----------------------------------------------------------------------
    "Who saw a person: on which device, when, what was done; and which devices were given their record.":
        "Qui a vu une personne : sur quel ordinateur, quand, ce qui a été fait; et quels ordinateurs ont reçu sa fiche.",
    "The person's id, or a name within --riding.": "L’identifiant de la personne, ou un nom avec --riding.",
    "The riding's number.": "Le numéro de la circonscription.",
    "Only from this day on (2026-11-23).": "Seulement à partir de ce jour (2026-11-23).",
    "Who asks; it is recorded.": "Qui le demande; c’est inscrit.",
    "Say which export of which laptop a leaked list came from: who, when, why, and how sure that is.":
        "Dire de quelle exportation de quel ordinateur vient une liste qui a fui : qui, quand, pourquoi, et avec quelle "
        "certitude.",
    "The leaked list: text (CSV) or a workbook, whole or in part.":
        "La liste qui a fui : texte (CSV) ou classeur, en tout ou en partie.",
    "The log of who saw whom: is it whole?": "Le registre de qui a vu qui : est-il entier?",
    "Walk every chain of the log; name the first bad record of each that is not whole.":
        "Parcourir chaque chaîne du registre; nommer la première inscription fautive de chacune qui n’est pas entière.",
    "Write anew what finds the records; never the records.":
        "Récrire ce qui permet de trouver les inscriptions; jamais les inscriptions.",
    # --- making and serving -----------------------------------------------------------------------
    "Make headquarters, or add a campaign's settings and ridings to it.":
        "Créer le quartier général, ou y ajouter les paramètres et les circonscriptions d’une campagne.",
    "Campaign settings (JSON).": "Paramètres de la campagne (JSON).",
    "A riding's number; may be given several times.":
        "Le numéro d’une circonscription; peut être donné plusieurs fois.",
    "Print how tables are spread: citus, cockroachdb or yugabytedb.":
        "Afficher comment les tables sont réparties : citus, cockroachdb ou yugabytedb.",
    "With --distributed: make headquarters and spread its tables.":
        "Avec --distributed : créer le quartier général et répartir ses tables.",
    "Serve laptops until interrupted (SIGTERM finishes what runs).":
        "Servir les ordinateurs jusqu’à l’interruption (SIGTERM laisse finir ce qui est en cours).",
    "Address to listen on.": "Adresse d’écoute.",
    "Port to listen on; 0 takes a free one.": "Port d’écoute; 0 en prend un libre.",
    "Certificate chain (PEM).": "Chaîne de certificats (PEM).",
    "Private key of the certificate (PEM).": "Clé privée du certificat (PEM).",
    "A proxy on this machine does the encryption.": "Un mandataire de cette machine fait le chiffrement.",
    "Print the address as JSON on standard output once it listens.":
        "Afficher l’adresse en JSON sur la sortie standard dès l’écoute.",
    "Stop when standard input ends.": "S’arrêter quand l’entrée standard se termine.",
    "Port that serves /metrics alone; 0 takes a free one.": "Port qui ne sert que /metrics; 0 en prend un libre.",
    "Address of that port.": "Adresse de ce port.",
    "Serve the pages for people who log in, under /console.":
        "Servir, sous /console, les pages des personnes qui se connectent.",
    "Say “not ready” for so long before accepting no more.":
        "Dire « pas prêt » pendant ce temps avant de ne plus rien accepter.",
    "Check that no event is missing or doubled and that every total equals its recount.":
        "Vérifier qu’aucun événement ne manque ni n’est en double et que chaque total égale son recompte.",
    "Rebuild what is shown from the events.": "Refaire ce qui s’affiche à partir des événements.",
    # --- laptops ----------------------------------------------------------------------------------
    "Print a one-time code with which one laptop joins within 15 minutes.":
        "Afficher un code à usage unique avec lequel un ordinateur se joint dans les 15 minutes.",
    "A riding the laptop may see; several times for several. None: all.":
        "Une circonscription que l’ordinateur peut voir; plusieurs fois pour plusieurs. Aucune : toutes.",
    "Whose laptop it is, for your own list.": "À qui est l’ordinateur, pour votre propre liste.",
    "Write an enrolment file (.canvass-join) too; needs --url.":
        "Écrire aussi un fichier d’inscription (.canvass-join); exige --url.",
    "The address that laptops reach headquarters by.":
        "L’adresse par laquelle les ordinateurs atteignent le quartier général.",
    "Certificate (PEM) of your own authority, for that file.":
        "Certificat (PEM) de votre propre autorité, pour ce fichier.",
    "Laptops that come by stick: bundles in, answers out.":
        "Les ordinateurs qui passent par clé USB : des lots entrent, des réponses sortent.",
    "Take in bundles of laptops and write an answer for each laptop. Importing one again changes nothing.":
        "Prendre les lots des ordinateurs et écrire une réponse à chacun. Reprendre un lot ne change rien.",
    "Bundles (.canvass-up), or folders that hold some.": "Lots (.canvass-up), ou dossiers qui en contiennent.",
    "Folder for the answers; without it beside each bundle.":
        "Dossier des réponses; sans lui, à côté de chaque lot.",
    "Write all that one laptop may see into a bundle that only it can read.":
        "Écrire tout ce qu’un ordinateur peut voir dans un lot que lui seul peut lire.",
    "Where the bundle goes: a stick, a folder.": "Où va le lot : une clé, un dossier.",
    "The laptop: its number or its label.": "L’ordinateur : son numéro ou son nom.",
    "Laptops that joined: see them, shut one out.":
        "Les ordinateurs qui se sont joints : les voir, retirer l’accès à l’un d’eux.",
    "Every laptop that joined: its number and name, when it was last here, and whether it is let in.":
        "Chaque ordinateur qui s’est joint : son numéro et son nom, quand il a été vu, et s’il a accès.",
    "Shut a laptop out from this moment on, and have it hold nothing more once it is next in a network.\n\n"
    "What it sent stays. What it had not sent is handed in sealed and waits: “canvass-hq review”. A new code lets it in again.":
        "Retirer dès maintenant l’accès à un ordinateur, qui ne contiendra plus rien dès qu’il retrouvera un réseau.\n\n"
        "Ce qu’il a envoyé reste. Ce qu’il n’avait pas envoyé est remis scellé et attend : « canvass-hq review ». Un nouveau "
        "code lui rend l’accès.",
    "Its name, or the beginning of its number.": "Son nom, ou le début de son numéro.",
    "Only shut it out: it keeps what it holds, and its results wait there.":
        "Retirer l’accès seulement : il garde ce qu’il contient, et ses résultats y attendent.",
    "Change which ridings a laptop may see. Those it loses leave it at its next contact, with nothing lost.":
        "Changer les circonscriptions qu’un ordinateur peut voir. Celles qu’il perd le quittent à son prochain contact, sans "
        "rien perdre.",
    "A riding it may see from now on; again for more.":
        "Une circonscription qu’il peut voir désormais; encore une fois pour d’autres.",
    "Every riding, later ones too.": "Toutes les circonscriptions, les futures aussi.",
    "What a laptop held when it was last here: ridings, how many people, which lists are out. No names of people.":
        "Ce qu’un ordinateur contenait quand il a été vu : circonscriptions, nombre de personnes, listes sorties. Aucun nom de "
        "personne.",
    "What laptops that are shut out, or lost a riding, handed in.":
        "Ce que des ordinateurs sans accès, ou privés d’une circonscription, ont remis.",
    "What waits for a decision, the oldest first. Nothing of it counts yet.":
        "Ce qui attend une décision, le plus ancien d’abord. Rien n’en compte encore.",
    "What is in it: who wrote it, when, and how much of what. No names of people at doors.":
        "Ce qu’il contient : qui l’a écrit, quand, et combien de quoi. Aucun nom de personne rencontrée.",
    "Its number, or the beginning of it.": "Son numéro, ou le début de celui-ci.",
    "Take it: it counts from now on, as if it had been sent in time.":
        "Le prendre : il compte désormais, comme s’il avait été envoyé à temps.",
    "Do not take it: it is removed for good, and nothing of it ever counts.":
        "Ne pas le prendre : il est supprimé pour toujours, et rien n’en comptera.",
    "Do not ask again.": "Ne pas redemander.",
    # --- people who log in ------------------------------------------------------------------------
    "People who log in to headquarters' pages (see serve --console).":
        "Les personnes qui se connectent aux pages du quartier général (voir serve --console).",
    "Let somebody log in.": "Permettre à quelqu’un de se connecter.",
    "What this person logs in with.": "Le nom avec lequel cette personne se connecte.",
    "What people call this person.": "Comment on appelle cette personne.",
    "Keeps headquarters, answers for ridings, or sees totals only.":
        "Tient le quartier général, répond de circonscriptions, ou ne voit que des totaux.",
    "A riding of this person; several times for several. None: all.":
        "Une circonscription de cette personne; plusieurs fois pour plusieurs. Aucune : toutes.",
    "File that holds the password; otherwise it is asked for.":
        "Fichier qui contient le mot de passe; sinon, il est demandé.",
    "Everybody who may log in, or could before.": "Toutes les personnes qui peuvent se connecter, ou le pouvaient.",
    "Give somebody a new password; every log-in of this person ends.":
        "Donner un nouveau mot de passe à quelqu’un; toutes ses connexions prennent fin.",
    "Shut somebody out at once, logged in or not.": "Retirer tout de suite l’accès à quelqu’un, connecté ou non.",
    "Let this person in again.": "Rendre l’accès à cette personne.",
    # --- the end of the time ----------------------------------------------------------------------
    "The end of the time for which people's data is kept: a rehearsal, and carrying it out.":
        "La fin du temps pendant lequel les données des gens sont conservées : une répétition, puis l’exécution.",
    "What would go, riding by riding, and what would stay, in counts. Nothing is changed.":
        "Ce qui partirait, circonscription par circonscription, et ce qui resterait, en nombres. Rien n’est modifié.",
    "Erase everybody, once the date has passed; laptops follow at their next sync. Interrupted, run it again.":
        "Effacer tout le monde, une fois la date passée; les ordinateurs suivent à leur prochaine synchronisation. Interrompu, "
        "relancez-le.",
    "Before the date: the number of people that the rehearsal names.":
        "Avant la date : le nombre de personnes que donne la répétition.",
}  # fmt: skip
"""By the English help, as the commands have it."""
