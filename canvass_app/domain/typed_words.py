"""Words that people type for the codes of the record, in either language, and how they are listed for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from .address import fold
from .text import Text

C = TypeVar("C", bound=str)

SORTS: Mapping[str, Text] = {
    "canvass": Text("canvass", "porte-à-porte"),
    "calls": Text("calls", "appels"),
    "training": Text("training", "formation"),
}
ANSWERS: Mapping[str, Text] = {
    "coming": Text("coming", "vient"),
    "maybe": Text("maybe", "peut-être"),
    "no": Text("no", "non"),
    "": Text("withdrawn", "sans réponse"),
}
CAME: Mapping[str, Text] = {
    "came": Text("came", "présence"),
    "absent": Text("absent", "absence"),
    "": Text("unknown", "inconnu"),
}
TEAM_ROLES: Mapping[str, Text] = {
    "member": Text("member", "membre"),
    "lead": Text("lead", "responsable"),
    "": Text("left", "parti"),
}
HISTORIES: Mapping[str, Text] = {
    "door": Text("door", "porte"),
    "person": Text("person", "personne"),
    "turf": Text("turf", "secteur"),
    "list": Text("list", "liste"),
    "shift": Text("shift", "quart"),
    "import": Text("import", "importation"),
    "phone": Text("phone", "téléphone"),
}
ROLES: Mapping[str, Text] = {
    "admin": Text("admin", "administration"),
    "organiser": Text("organiser", "responsable"),
    "lead": Text("lead", "chef"),
    "canvasser": Text("canvasser", "bénévole"),
    "caller": Text("caller", "téléphoniste"),
    "observer": Text("observer", "observation"),
}


def code_of(word: str, known: Mapping[C, Text]) -> C | None:
    """The code that a word means: the code itself or its word in either language, however accents and capitals are typed."""
    typed = fold(word)
    if not typed:
        return None
    return next(
        (code for code, text in known.items() if typed in (fold(code), fold(text.en), fold(text.fr))), None
    )


def either_of(known: Mapping[C, Text]) -> Text:
    """The words in one line: "canvass, calls or training"."""
    *english, last = (text.en for text in known.values())
    *french, dernier = (text.fr for text in known.values())
    return Text(f"{', '.join(english)} or {last}", f"{', '.join(french)} ou {dernier}")
