"""How headquarters says no: a status, a code for programs, and words for people."""

from __future__ import annotations

from canvass_app.domain.text import Text, how_many
from canvass_app.sync.messages import UNDECLARED_CODE


class No(Exception):
    """A refusal on its way to the answer."""

    def __init__(self, status: int, code: str, text: Text, *, have: int = 0, retry_after: int = 0) -> None:
        super().__init__(code)
        self.status, self.code, self.text, self.have, self.retry_after = status, code, text, have, retry_after


def unknown_device() -> No:
    """401: no token, a wrong one, or that of a revoked device: the same answer."""
    return No(
        401,
        "device",
        Text(
            "Headquarters does not accept this computer. Everything is kept there. Ask for a new code.",
            "Le quartier général n’accepte pas cet ordinateur. Tout y est conservé. Demandez un nouveau code.",
        ),
    )


def expired() -> No:
    """401: an access token whose time is over; a new one is to be had."""
    return No(
        401,
        "expired",
        Text(
            "This computer’s pass has run out and is renewed by itself. Everything is kept there.",
            "Le laissez-passer de cet ordinateur est échu et se renouvelle automatiquement. Tout y est conservé.",
        ),
    )


def not_found() -> No:
    """404: not here, or not this device's: the same answer."""
    return No(
        404,
        "not_found",
        Text(
            "Headquarters has no such thing for this computer. Nothing was changed.",
            "Le quartier général n’a rien de tel pour cet ordinateur. Rien n’a été modifié.",
        ),
    )


def bad_request(code: str = "request") -> No:
    """400: the request is not what it should be."""
    return No(
        400,
        code,
        Text(
            "Headquarters did not understand the request. Nothing was changed. Check for an update of Canvass.",
            "Le quartier général n’a pas compris la demande. Rien n’a été modifié. Vérifiez s’il existe une mise à jour.",
        ),
    )


def too_large() -> No:
    """413: more than headquarters takes at once."""
    return No(
        413,
        "too_large",
        Text(
            "This is more than headquarters takes at once. Nothing was changed.",
            "C’est plus que le quartier général n’accepte en une fois. Rien n’a été modifié.",
        ),
    )


def gap(have: int) -> No:
    """409: a push begins after what headquarters has; `have` says where to begin."""
    return No(
        409,
        "gap",
        Text(
            "Some results before these have not arrived at headquarters. They are sent again by themselves.",
            "Des résultats antérieurs ne sont pas encore au quartier général. Ils sont renvoyés automatiquement.",
        ),
        have=have,
    )


def not_taken() -> No:
    """409: another device's events are not taken from this one: nothing was restored, too long ago, or its id is new."""
    return No(
        409,
        "not_taken",
        Text(
            "Headquarters does not take another computer's results from this one. They stay here.",
            "Le quartier général ne prend pas de cet ordinateur les résultats d’un autre. Ils restent ici.",
        ),
    )


def stale_cursor() -> No:
    """409: a cursor of another epoch, riding or scope, or one that headquarters did not write."""
    return No(
        409,
        "cursor",
        Text(
            "Headquarters was restored or your ridings changed; everything is fetched again by itself.",
            "Le quartier général a été restauré ou vos circonscriptions ont changé; tout est récupéré automatiquement.",
        ),
    )


def undeclared() -> No:
    """403: nothing is handed out before the campaign's declaration is accepted."""
    return No(
        403,
        UNDECLARED_CODE,
        Text(
            "The campaign asks for its declaration to be accepted on this computer before anything is handed out. What was "
            "typed there is taken as ever. Accept it under Sync; if it is not shown there, update Canvass.",
            "La campagne demande que sa déclaration soit acceptée sur cet ordinateur avant que quoi que ce soit ne soit remis. "
            "Ce qui y a été saisi est pris comme toujours. Acceptez-la sous Synchronisation; si elle n’y paraît pas, mettez "
            "Canvass à jour.",
        ),
    )


def other_declaration() -> No:
    """409: what was accepted is not the declaration of the moment."""
    return No(
        409,
        "other_declaration",
        Text(
            "The campaign has another declaration by now, so this acceptance was not kept. Sync, read the new one and accept "
            "it.",
            "La campagne a maintenant une autre déclaration; cette acceptation n’a donc pas été conservée. Synchronisez, lisez "
            "la nouvelle et acceptez-la.",
        ),
    )


def bad_code() -> No:
    """403: a code that is wrong, used, expired or dead: the same answer."""
    return No(
        403,
        "code",
        Text(
            "This code does not work: it may be mistyped, used, or older than 15 minutes. Nothing was changed. "
            "Compare it, or ask your organiser for a new one.",
            "Ce code ne fonctionne pas : il est peut-être mal tapé, déjà utilisé ou vieux de plus de 15 minutes. "
            "Rien n’a été modifié. Comparez-le ou demandez-en un nouveau à votre responsable.",
        ),
    )


def other_device() -> No:
    """409: this device id is enrolled with another key."""
    return No(
        409,
        "other_device",
        Text(
            "Another computer has joined under this computer’s identity; this one may be a copy. Nothing was changed. "
            "Tell your organiser.",
            "Un autre ordinateur s’est joint sous l’identité de celui-ci, qui est peut-être une copie. Rien n’a été "
            "modifié. Prévenez votre responsable.",
        ),
    )


def too_many(seconds: int) -> No:
    """429: too many wrong codes."""
    return No(
        429,
        "too_many",
        Text(
            "Too many wrong codes were tried. Nothing was changed. Wait a minute, then try again.",
            "Trop de codes erronés ont été essayés. Rien n’a été modifié. Attendez une minute, puis réessayez.",
        ),
        retry_after=seconds,
    )


def busy() -> No:
    """503: the database cannot be written to at the moment."""
    return No(
        503,
        "busy",
        Text(
            "Headquarters is busy or being repaired. Everything is kept on your computer and is sent later by itself.",
            "Le quartier général est occupé ou en réparation. Tout est conservé sur votre ordinateur et sera envoyé plus "
            "tard automatiquement.",
        ),
        retry_after=5,
    )


def too_many_tries(seconds: int) -> No:
    """429: too many wrong passwords, from this address or for this login."""
    wait = how_many(seconds, Text("{n} second", "{n} seconde"), Text("{n} seconds", "{n} secondes"))
    return No(
        429,
        "too_many_tries",
        Text(
            f"Too many wrong passwords were tried. Nothing is locked: wait {wait.en}, then try again.",
            f"Trop de mots de passe erronés ont été essayés. Rien n’est verrouillé : attendez {wait.fr}, puis réessayez.",
        ),
        retry_after=seconds,
    )


def crowded() -> No:
    """503: more people log in at once than headquarters has places for in its line."""
    return No(
        503,
        "crowded",
        Text(
            "Many people are logging in right now. Nothing was changed. Wait ten seconds, then try again.",
            "Beaucoup de gens se connectent en ce moment. Rien n’a été modifié. Attendez dix secondes, puis réessayez.",
        ),
        retry_after=10,
    )


def stale_form() -> No:
    """403: a form that is not from this browser's own page, or from one of an earlier log-in."""
    return No(
        403,
        "form",
        Text(
            "This form is out of date. Nothing was changed. Go back, load the page again, and send it once more.",
            "Ce formulaire n’est plus à jour. Rien n’a été modifié. Revenez en arrière, rechargez la page et envoyez-le de "
            "nouveau.",
        ),
    )
