"""What goes wrong on the wire, in words that say what is safe."""

from __future__ import annotations

from canvass_app.domain.errors import Cancelled, CanvassError, Refused, SyncProblem
from canvass_app.domain.text import Text

NOT_HQ = Text(
    "Something answered in headquarters’ place, probably a sign-in page of this Wi-Fi. Nothing was sent or lost. "
    "Open a browser, sign in to the network, then sync again.",
    "Quelque chose a répondu à la place du quartier général, sans doute la page de connexion de ce Wi-Fi. Rien n’a été "
    "envoyé ni perdu. Ouvrez un navigateur, connectez-vous au réseau, puis synchronisez de nouveau.",
)
FORGED = Text(
    "The answer was not signed by this campaign’s headquarters, so it was not believed. Everything is kept here. "
    "Tell your organiser if it happens again.",
    "La réponse n’était pas signée par le quartier général de cette campagne; elle n’a pas été crue. Tout est conservé "
    "ici. Prévenez votre responsable si cela se répète.",
)
UNREACHABLE = Text(
    "Headquarters cannot be reached. Everything is saved on this computer and will be sent when the connection is back.",
    "Le quartier général est injoignable. Tout est enregistré sur cet ordinateur et sera envoyé au retour de la connexion.",
)
UNTRUSTED = Text(
    "The address answers with a certificate that this computer does not believe: it may be another server, the clock of "
    "this computer may be wrong, or the campaign has its own authority. Nothing was sent; everything is saved here. Check "
    "the date, then ask your organiser for the enrolment file.",
    "L’adresse répond avec un certificat que cet ordinateur ne croit pas : ce peut être un autre serveur, l’horloge de cet "
    "ordinateur est peut-être fausse, ou la campagne a sa propre autorité. Rien n’a été envoyé; tout est enregistré ici. "
    "Vérifiez la date, puis demandez le fichier d’adhésion à votre responsable.",
)
SLOW = Text(
    "Headquarters took too long to answer. Everything is saved on this computer; it will be tried again in smaller parts.",
    "Le quartier général a mis trop de temps à répondre. Tout est enregistré sur cet ordinateur; un nouvel essai se fera "
    "par plus petites parties.",
)
REVOKED = Text(
    "Headquarters no longer accepts this computer. Your results are all kept here. Ask your organiser for a new code, "
    "then join again.",
    "Le quartier général n’accepte plus cet ordinateur. Vos résultats sont tous conservés ici. Demandez un nouveau code à "
    "votre responsable, puis joignez-vous de nouveau.",
)
COPIED = Text(
    "Headquarters already has later results from this computer: it was restored from a backup or copied. Nothing was "
    "sent, so nothing is mixed up; everything is kept here. Ask your organiser for help before typing more.",
    "Le quartier général a déjà des résultats plus récents de cet ordinateur : il a été restauré d’une sauvegarde ou copié. "
    "Rien n’a été envoyé, donc rien n’est mêlé; tout est conservé ici. Demandez l’aide de votre responsable avant de "
    "continuer la saisie.",
)
DIFFERS = Text(
    "After everything was fetched again, this computer and headquarters still differ. Nothing was lost. "
    "Run “canvass-app doctor” and tell your organiser.",
    "Après une nouvelle récupération complète, cet ordinateur et le quartier général diffèrent encore. Rien n’est perdu. "
    "Lancez « canvass-app doctor » et prévenez votre responsable.",
)
CONFUSED = Text(
    "Headquarters’ answer cannot be understood; it may be of another version. Everything is kept here. "
    "Check for an update of Canvass.",
    "La réponse du quartier général est incompréhensible; il s’agit peut-être d’une autre version. Tout est conservé ici. "
    "Vérifiez s’il existe une mise à jour de Canvass.",
)
RESTORED = Text(
    "Headquarters was put back from a backup just now. Everything is kept here; the next sync gives it what it lacks.",
    "Le quartier général vient d’être rétabli à partir d’une sauvegarde. Tout est conservé ici; la prochaine "
    "synchronisation lui donne ce qui lui manque.",
)
DAMAGED_ROSTER = Text(
    "A list of doors arrived damaged and was not used. It will be fetched again at the next sync.",
    "Une liste de portes est arrivée endommagée et n’a pas été utilisée. Elle sera récupérée à la prochaine synchronisation.",
)
INSECURE = Text(
    "This address is not protected (http). Only addresses that begin with https:// are accepted. Nothing was sent. "
    "Check the address with your organiser.",
    "Cette adresse n’est pas protégée (http). Seules les adresses qui commencent par https:// sont acceptées. Rien n’a été "
    "envoyé. Vérifiez l’adresse auprès de votre responsable.",
)
WAITS = Text(
    "The campaign’s declaration is to be accepted here before anything is fetched. What was typed is safe and is sent as "
    "ever.",
    "La déclaration de la campagne doit être acceptée ici avant toute récupération. Ce qui a été saisi est en sécurité et "
    "part comme toujours.",
)
UNDECLARED = Text(
    f"{WAITS.en} Read it and accept it on the screen Sync (Ctrl+7), or with “canvass-app declare --name NAME”.",
    f"{WAITS.fr} Lisez-la et acceptez-la à l’écran Synchronisation (Ctrl+7) ou avec « canvass-app declare --name NOM ».",
)
NOT_AN_ADDRESS = Text(
    "“{url}” is not the address of a headquarters. It looks like https://hq.example.ca. Nothing was changed.",
    "« {url} » n’est pas l’adresse d’un quartier général. Elle ressemble à https://hq.exemple.ca. Rien n’a été modifié.",
)
STOPPED = Text(
    "Stopped. What was sent and fetched so far is safe; the rest follows at the next sync.",
    "Arrêté. Ce qui a été envoyé et récupéré jusqu’ici est en sécurité; le reste suivra à la prochaine synchronisation.",
)


class Unreachable(SyncProblem):
    """No connection, or one that broke."""

    def __init__(self, detail: str = "", text: Text = UNREACHABLE) -> None:
        super().__init__(text, detail=detail)


class Untrusted(Unreachable):
    """A server whose certificate is not believed."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail, UNTRUSTED)


class TimedOut(SyncProblem):
    """No whole answer in time; a smaller request may get through."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(SLOW, detail=detail)


class NotHeadquarters(SyncProblem):
    """An answer that headquarters did not give."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(NOT_HQ, detail=detail)


class SyncStopped(Cancelled):
    """The person stopped a sync. What was done so far stays done."""

    def __init__(self) -> None:
        CanvassError.__init__(self, STOPPED)


LATER = Text(
    "Headquarters gave this computer other turfs or lists. They are taken over at the next sync, when nobody is typing. "
    "Everything is saved here.",
    "Le quartier général a confié d’autres secteurs ou d’autres listes à cet ordinateur. Ils seront repris à la prochaine "
    "synchronisation, quand personne ne saisira. Tout est enregistré ici.",
)


class SyncLater(SyncProblem):
    """What headquarters says cannot be taken over at this moment; the next sync does it."""


class Undeclared(Refused):
    """The campaign's declaration has not been accepted on this laptop: it sends, and fetches nothing until it has."""

    def __init__(self, text: Text = UNDECLARED) -> None:
        super().__init__(text)


class NoLongerWelcome(Refused):
    """The device's token is refused. The outbox stays as it is."""

    def __init__(self, text: Text = REVOKED) -> None:
        super().__init__(text)
