"""Result codes: how an attempt ended. One table for the whole product.

Source of the codes and their effects: the field's own lists (VAN, Liberalist) as gathered in the
field guide. An attempt has a result code *or* answers; answers make it "canvassed".
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal, NamedTuple

from .address import fold
from .errors import InputError
from .text import Text

Channel = Literal["door", "phone"]


class DoorState(IntEnum):
    """What a door looks like on the map: the best that is known of it in this pass."""

    NEVER = 0
    NOT_HOME = 1
    TALKED = 2
    FINAL = 3
    BARRED = 4


class ResultCode(NamedTuple):
    """One way for an attempt to end.

    `contact`: somebody talked. `again`: the door stays on later lists. `person`: the code is about
    one person (else about the whole door). `key`: the key that records it on the entry screen.
    """

    code: str
    name: Text
    short: Text
    key: str
    channels: tuple[Channel, ...]
    contact: bool
    again: bool
    person: bool = False
    bars: bool = False
    state: DoorState = DoorState.FINAL


def _code(
    code: str,
    key: str,
    en: str,
    fr: str,
    *,
    contact: bool = False,
    again: bool = False,
    person: bool = False,
    bars: bool = False,
    state: DoorState = DoorState.FINAL,
    channels: tuple[Channel, ...] = ("door",),
    short: tuple[str, str] | None = None,
) -> ResultCode:
    brief = Text(*short) if short else Text(en, fr)
    return ResultCode(code, Text(en, fr), brief, key, channels, contact, again, person, bars, state)


_BOTH: tuple[Channel, ...] = ("door", "phone")
_PHONE: tuple[Channel, ...] = ("phone",)
_AGAIN = DoorState.NOT_HOME
_TALKED = DoorState.TALKED

RESULT_CODES: tuple[ResultCode, ...] = (
    _code(
        "canvassed", "", "canvassed", "rencontré", contact=True, person=True, state=_TALKED, channels=_BOTH
    ),
    _code("not_home", "n", "not home", "absent", again=True, state=_AGAIN),
    _code("refused", "r", "refused", "refus", contact=True, person=True, channels=_BOTH),
    _code("moved", "m", "moved", "déménagé", person=True, channels=_BOTH),
    _code("deceased", "d", "deceased", "décédé", person=True, channels=_BOTH),
    _code(
        "come_back",
        "b",
        "come back later",
        "repasser plus tard",
        contact=True,
        again=True,
        state=_AGAIN,
        channels=_BOTH,
        short=("come back", "repasser"),
    ),
    _code(
        "language_barrier",
        "l",
        "language barrier",
        "barrière linguistique",
        contact=True,
        person=True,
        channels=_BOTH,
        short=("language", "langue"),
    ),
    _code("inaccessible", "i", "inaccessible", "inaccessible", again=True, state=_AGAIN),
    _code("vacant", "v", "vacant", "vacant"),
    _code("not_found", "f", "address not found", "adresse introuvable", short=("not found", "introuvable")),
    _code(
        "left_literature",
        "t",
        "left literature",
        "dépliant laissé",
        again=True,
        state=_AGAIN,
        short=("literature", "dépliant"),
    ),
    _code(
        "do_not_knock",
        "x",
        "do not contact",
        "ne pas contacter",
        contact=True,
        bars=True,
        state=DoorState.BARRED,
        short=("do not contact", "ne pas contacter"),
    ),
    _code("left_message", "", "left message", "message laissé", again=True, channels=_PHONE, state=_AGAIN),
    _code("no_answer", "", "no answer", "pas de réponse", again=True, channels=_PHONE, state=_AGAIN),
    _code("busy", "", "busy", "occupé", again=True, channels=_PHONE, state=_AGAIN),
    _code("wrong_number", "", "wrong number", "mauvais numéro", again=True, channels=_PHONE, state=_AGAIN),
    _code("disconnected", "", "disconnected", "hors service", again=True, channels=_PHONE, state=_AGAIN),
    _code(
        "do_not_call",
        "",
        "do not call",
        "ne pas appeler",
        contact=True,
        person=True,
        bars=True,
        channels=_PHONE,
    ),
)

BY_CODE: dict[str, ResultCode] = {c.code: c for c in RESULT_CODES}
BY_KEY: dict[str, ResultCode] = {c.key: c for c in RESULT_CODES if c.key}
DOOR_CODES: tuple[ResultCode, ...] = tuple(c for c in RESULT_CODES if "door" in c.channels)
CONTACT_CODES: frozenset[str] = frozenset(c.code for c in RESULT_CODES if c.contact)
FINAL_CODES: frozenset[str] = frozenset(c.code for c in RESULT_CODES if not c.again)


def result_code(text: str) -> ResultCode:
    """The code named `text`: its code, its key, or its English or French name. Raises InputError."""
    wanted = text.strip().lower().replace("-", "_")
    if wanted in BY_CODE:
        return BY_CODE[wanted]
    if wanted in BY_KEY:
        return BY_KEY[wanted]
    spoken = fold(wanted)
    for code in RESULT_CODES:
        if spoken in [fold(word) for word in (*code.name, *code.short)]:
            return code
    known = [c for c in DOOR_CODES if c.key]
    raise InputError(
        Text(
            f"“{text}” is not a result. Use one of: {', '.join(c.code for c in known)}; or a support level 1 to 5.",
            f"« {text} » n’est pas un résultat. Dites : {', '.join(c.name.fr for c in known)}; ou un appui de 1 à 5.",
        )
    )
