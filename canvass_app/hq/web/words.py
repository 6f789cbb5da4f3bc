"""What the pages say."""

from __future__ import annotations

from typing import Final

from canvass_app.domain.text import Text

WORDS: Final[dict[str, Text]] = {
    "headquarters": Text("Headquarters", "Quartier général"),
    "skip": Text("Go to the content", "Aller au contenu"),
    "menu": Text("Pages", "Pages"),
    "log_in": Text("Log in", "Se connecter"),
    "log_out": Text("Log out", "Se déconnecter"),
    "login": Text("Login", "Identifiant"),
    "password": Text("Password", "Mot de passe"),
    "not_fitting": Text(
        "Login and password do not fit together. Check capitals and keyboard language, then try again.",
        "L’identifiant et le mot de passe ne vont pas ensemble. Vérifiez les majuscules et la langue du clavier, puis "
        "réessayez.",
    ),
    "forgotten": Text(
        "Forgotten? Whoever keeps headquarters can give you a new password. Nobody can read the old one.",
        "Oublié? La personne qui tient le quartier général peut vous en donner un nouveau. Personne ne peut lire l’ancien.",
    ),
    "about": Text(
        "For the people who keep this campaign’s laptops in order. Results are entered in Canvass itself.",
        "Pour les personnes qui veillent sur les ordinateurs de la campagne. Les résultats se saisissent dans Canvass.",
    ),
    "devices": Text("Laptops", "Ordinateurs"),
    "codes": Text("Give a code", "Donner un code"),
    "totals": Text("Totals", "Totaux"),
    "history": Text("My log-ins", "Mes connexions"),
    "language_name": Text("Français", "English"),
    "language_code": Text("fr", "en"),
    "no_devices": Text("No laptop has joined yet.", "Aucun ordinateur ne s’est encore joint."),
    "no_devices_next": Text(
        "Give somebody a code: on the laptop, open Sync, then Join, and type it there. The laptop then stands here.",
        "Donnez un code à quelqu’un : sur l’ordinateur, ouvrez Synchronisation, puis Se joindre, et tapez-le. L’ordinateur "
        "apparaît alors ici.",
    ),
    "name": Text("Name", "Nom"),
    "number": Text("Number", "Numéro"),
    "role": Text("Role", "Rôle"),
    "ridings": Text("Ridings", "Circonscriptions"),
    "every_riding": Text("every riding", "toutes les circonscriptions"),
    "state": Text("State", "État"),
    "seen": Text("Last here", "Vu ici"),
    "joined": Text("Joined", "S’est joint"),
    "events": Text("Records received", "Inscriptions reçues"),
    "never": Text("never", "jamais"),
    "state_in": Text("let in", "a accès"),
    "state_ended": Text("needs a new code", "a besoin d’un nouveau code"),
    "state_revoked": Text("shut out", "n’a plus accès"),
    "state_ended_why": Text(
        "Its pass was shown by two computers: one of them is a copy. Give a code to the right one.",
        "Son laissez-passer a été montré par deux ordinateurs : l’un est une copie. Donnez un code au bon.",
    ),
    "held": Text("What it can hold", "Ce qu’il peut contenir"),
    "held_about": Text(
        "Everything that this laptop was allowed to fetch. If it is lost, its data is encrypted; this is what to report.",
        "Tout ce que cet ordinateur avait le droit de récupérer. S’il est perdu, ses données sont chiffrées; voici ce qu’il "
        "faut signaler.",
    ),
    "held_nothing": Text("Nothing: it has no riding here.", "Rien : il n’a aucune circonscription ici."),
    "riding": Text("Riding", "Circonscription"),
    "doors": Text("Doors", "Portes"),
    "people": Text("People", "Personnes"),
    "results": Text("Results from it", "Résultats venus de lui"),
    "last_result": Text("Last result", "Dernier résultat"),
    "lists_out": Text("Walk lists that are out", "Listes de porte-à-porte sorties"),
    "lists_out_about": Text(
        "Of these ridings, on any laptop or on paper.",
        "De ces circonscriptions, sur un ordinateur ou sur papier.",
    ),
    "one_line": Text("{n} line", "{n} ligne"),
    "lines": Text("{n} lines", "{n} lignes"),
    "nobody_named": Text("nobody named", "personne de nommé"),
    "revoke": Text("Shut this laptop out", "Fermer l’accès à cet ordinateur"),
    "revoke_question": Text("Shut “{name}” out?", "Fermer l’accès à « {name} »?"),
    "revoke_about": Text(
        "Its next request is refused, whatever it holds. What it had sent stays here. What it has not sent stays on it, "
        "encrypted, and can be brought on a stick. A new code lets it in again.",
        "Sa prochaine demande est refusée, quoi qu’il contienne. Ce qu’il avait envoyé reste ici. Ce qu’il n’a pas envoyé y "
        "reste, chiffré, et peut être apporté sur une clé. Un nouveau code lui rend l’accès.",
    ),
    "revoke_yes": Text("Shut it out now", "Fermer l’accès maintenant"),
    "go_back": Text("Go back", "Revenir"),
    "revoked_done": Text(
        "This laptop is shut out. Its next request is refused.",
        "Cet ordinateur n’a plus accès. Sa prochaine demande sera refusée.",
    ),
    "emptied": Text("It holds nothing more: it said so on", "Il ne contient plus rien : il l’a confirmé le"),
    "told": Text(
        "It was told to hold nothing more, and has not said yet that it was done:",
        "Il a reçu l’ordre de tout retirer et n’a pas encore dit que c’était fait :",
    ),
    "to_be_emptied": Text(
        "At its next contact it hands in what is unsent and then holds nothing more. It was not here since.",
        "À son prochain contact, il remet ce qui n’est pas envoyé, puis ne contient plus rien. Il n’est pas revenu depuis.",
    ),
    "waiting": Text(
        "It handed in what it had not sent. That waits for a decision: canvass-hq review list.",
        "Il a remis ce qu’il n’avait pas envoyé. Cela attend une décision : canvass-hq review list.",
    ),
    "held_before": Text("What it held before it was emptied:", "Ce qu’il contenait avant d’être vidé :"),
    "code_about": Text(
        "A code lets one laptop join, within 15 minutes. Five wrong tries end it.",
        "Un code permet à un seul ordinateur de se joindre, dans les 15 minutes. Cinq essais erronés y mettent fin.",
    ),
    "code_role": Text("What does its owner do?", "Que fait son propriétaire?"),
    "code_ridings": Text("Which ridings may it see?", "Quelles circonscriptions peut-il voir?"),
    "code_every": Text(
        "Every riding, later ones too", "Toutes les circonscriptions, y compris les suivantes"
    ),
    "code_label": Text(
        "Whose laptop is it? (for your own list)", "À qui est l’ordinateur? (pour votre liste)"
    ),
    "code_given": Text(
        "Whose turfs and lists? (canvasser, caller; a team’s for a lead)",
        "Les secteurs et listes de qui? (bénévole, téléphoniste; ceux d’une équipe pour un chef d’équipe)",
    ),
    "code_given_how": Text(
        "The laptop then holds what is given to this name, as turfs and lists name it, and nothing else. Several names: a "
        "semicolon between them. Empty, for a lead or an organiser: whole ridings.",
        "L’ordinateur contient alors ce qui est confié à ce nom, comme les secteurs et les listes le donnent, et rien d’autre. "
        "Plusieurs noms : un point-virgule entre eux. Vide, pour un chef d’équipe ou un responsable : des circonscriptions entières.",
    ),
    "given_to": Text("What is given to", "Ce qui est confié à"),
    "code_make": Text("Make the code", "Créer le code"),
    "code_choose": Text(
        "Choose at least one riding. No code was made.",
        "Choisissez au moins une circonscription. Aucun code n’a été créé.",
    ),
    "code_none": Text(
        "There is no riding here yet. Whoever keeps headquarters adds one with “canvass-hq init --riding”.",
        "Il n’y a pas encore de circonscription ici. La personne qui tient le quartier général en ajoute une avec "
        "« canvass-hq init --riding ».",
    ),
    "code_here": Text("The code", "Le code"),
    "code_until": Text(
        "For one laptop, until {time} (15 minutes from now). It is shown this once.",
        "Pour un seul ordinateur, jusqu’à {time} (dans 15 minutes). Il n’est montré que cette fois.",
    ),
    "code_how": Text(
        "On the laptop: Sync, then Join; type the address of headquarters and this code.",
        "Sur l’ordinateur : Synchronisation, puis Se joindre; tapez l’adresse du quartier général et ce code.",
    ),
    "code_picture": Text("The code as a picture, for a camera", "Le code en image, pour un appareil photo"),
    "code_another": Text("Make another", "En créer un autre"),
    "code_for": Text("For", "Pour"),
    "history_about": Text(
        "What was done with your login in the last 90 days. If something here was not you, ask whoever keeps headquarters for "
        "a new password: it ends every log-in.",
        "Ce qui a été fait avec votre identifiant depuis 90 jours. Si quelque chose n’est pas de vous, demandez un nouveau mot "
        "de passe à la personne qui tient le quartier général : il met fin à toutes les connexions.",
    ),
    "history_none": Text("Nothing yet.", "Rien encore."),
    "when": Text("When", "Quand"),
    "what": Text("What", "Quoi"),
    "past_in": Text("Logged in", "Connexion"),
    "past_wrong": Text("Wrong password", "Mot de passe erroné"),
    "past_out": Text("Logged out", "Déconnexion"),
    "past_password": Text(
        "New password, given at headquarters", "Nouveau mot de passe, donné au quartier général"
    ),
    "past_code": Text("Gave a code", "Code donné"),
    "past_revoked": Text("Shut out laptop", "Accès fermé à l’ordinateur"),
    "attempts": Text("Attempts", "Tentatives"),
    "contacts": Text("Contacts", "Contacts"),
    "rate": Text("Contact rate", "Taux de contact"),
    "doors_tried": Text("Doors tried", "Portes tentées"),
    "rate_of": Text("{part} of {whole}", "{part} sur {whole}"),
    "by_evening": Text("By evening", "Par soirée"),
    "day": Text("Evening", "Soirée"),
    "no_attempts": Text(
        "No attempt has reached headquarters yet.",
        "Aucune tentative n’est encore arrivée au quartier général.",
    ),
    "no_ridings": Text(
        "There is no riding for you here yet.", "Il n’y a pas encore de circonscription pour vous ici."
    ),
    "refused_title": Text("That did not work", "Cela n’a pas fonctionné"),
    "home": Text("To the first page", "À la première page"),
}
"""Name of a text in the templates: what it says."""
