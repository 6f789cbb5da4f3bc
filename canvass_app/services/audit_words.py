"""The log of who saw whom in words: what was done, on which device, and what is wrong with a chain."""

from __future__ import annotations

from canvass_app.domain.accesses import access_words
from canvass_app.domain.numbers import list_code
from canvass_app.domain.text import Text, how_many
from canvass_app.storage.audit_check import Flaw

from .audit import Sight

_WHATS = {
    "list": Text("walk list {number}", "feuille de route {number}"),
    "log": Text("the riding’s record", "registre de la circonscription"),
    "part": Text("what was given to it", "ce qui lui a été confié"),
    "roster": Text("an imported file", "fichier importé"),
    "door": Text("a door", "porte"),
    "person": Text("a person", "personne"),
    "people": Text("a list of people", "liste de personnes"),
    "decision": Text("decisions", "décisions"),
    "erasure": Text("what an erasure takes", "ce qu’un effacement retire"),
    # The act says it already.
    **dict.fromkeys(("history", "access", "who-saw", "find"), Text("", "")),
}
_FILES = frozenset({"csv", "json", "pdf", "xlsx"})
_ONE, _MANY = (
    Text("one of {n} person", "parmi {n} personne"),
    Text("one of {n} people", "parmi {n} personnes"),
)
_TIMES = Text("{times} times since {first}", "{times} fois depuis le {first}")

_FLAWS = {
    "altered": Text("record {number} was altered", "l’inscription {number} a été modifiée"),
    "missing": Text("record {number} is missing", "l’inscription {number} manque"),
    "end": Text("the records from {number} on are missing", "les inscriptions manquent à partir de la {number}"),
    "head": Text(
        "its end after record {number} is not what was kept of it",
        "sa fin après l’inscription {number} n’est pas celle qui a été conservée",
    ),
    "set": Text("the people of record {number} were altered", "les personnes de l’inscription {number} ont été modifiées"),
    "anchor": Text(
        "record {number} is not the one that headquarters took in",
        "l’inscription {number} n’est pas celle que le quartier général a reçue",
    ),
    "index": Text(
        "what finds records was altered; “--repair” writes it anew",
        "ce qui permet de trouver les inscriptions a été modifié; « --repair » le refait",
    ),
    "cut": Text(
        "the records from {number} on were cut off, or an older copy was put back",
        "les inscriptions ont été coupées à partir de la {number}, ou une copie plus ancienne a été rétablie",
    ),
    "came": Text(
        "record {number} arrived altered and was not taken",
        "l’inscription {number} est arrivée modifiée et n’a pas été prise",
    ),
    "fork": Text(
        "from record {number} on there are two accounts: the computer was copied, or its record was changed",
        "à partir de l’inscription {number}, il y a deux versions : l’ordinateur a été copié ou son registre modifié",
    ),
    "restored": Text(
        "the records through {number} that a laptop saw signed were lost when headquarters was restored",
        "les inscriptions jusqu’à la {number}, qu’un ordinateur a vues signées, ont été perdues au rétablissement du "
        "quartier général",
    ),
}  # fmt: skip


def what_words(sight: Sight) -> Text:
    """What was looked at, printed or handed over; empty where nothing more is known."""
    kind, _, rest = sight.what.partition(" ")
    known = _WHATS.get(kind)
    if known is None:
        return Text(sight.what, sight.what)
    if "{number}" in known.en:
        number = list_code(sight.numbers[0]) if sight.numbers and 0 < sight.numbers[0] < 10**9 else ""
        known = known.fill(number=number)
    if rest not in _FILES:
        return Text(known.en.strip(), known.fr.strip())
    return Text(*(f"{one.strip()} ({rest})" if one else rest.upper() for one in known))


def act_words(sight: Sight) -> Text:
    """What was done."""
    return access_words(sight.act)


def extent_words(sight: Sight, first: str = "") -> Text:
    """How many people were concerned, or how often it was done since the day `first`."""
    if sight.times > 1:
        return _TIMES.fill(times=sight.times, first=first)
    return how_many(sight.count, _ONE, _MANY) if sight.count > 1 else Text("", "")


def flaw_words(flaw: Flaw) -> Text:
    """What is wrong with a chain."""
    return _FLAWS[flaw.why].fill(number=flaw.number)
