"""What a subject, a field and its value are called, in words for people.

Decisions, previews and histories say the same thing the same way: they all ask `Words`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from canvass_app.domain.address import address_label
from canvass_app.domain.codes import BY_CODE
from canvass_app.domain.errors import InputError
from canvass_app.domain.gatherings import ANSWERS, CAME, ROLES, SORTS
from canvass_app.domain.geo import LEAST_METRES
from canvass_app.domain.numbers import list_code
from canvass_app.domain.people import person_label
from canvass_app.domain.support import LEVELS
from canvass_app.domain.text import Text
from canvass_app.storage.days import local_clock, local_day
from canvass_app.storage.log import resolve

from .book import Book

NOTHING = Text("nothing", "rien")
_UNNAMED = Text("somebody whose name is not known", "une personne dont le nom n’est pas connu")
_NOT_HERE = Text("a person not listed any more", "une personne qui n’est plus listée")

_FIELDS: dict[str, Text] = {
    "number": Text("civic number", "numéro civique"),
    "suffix": Text("letter of the civic number", "lettre du numéro civique"),
    "street": Text("street", "rue"),
    "street_type": Text("type of street", "type de rue"),
    "street_direction": Text("direction of the street", "direction de la rue"),
    "street_label": Text("street as written", "rue telle qu’elle s’écrit"),
    "unit": Text("unit", "appartement"),
    "floor": Text("floor", "étage"),
    "municipality": Text("municipality", "municipalité"),
    "postal_code": Text("postal code", "code postal"),
    "polling_division": Text("polling division", "section de vote"),
    "building_use": Text("use of the building", "usage du bâtiment"),
    "point": Text("place on the map", "emplacement sur la carte"),
    "access": Text("way in", "accès"),
    "last": Text("last name", "nom"),
    "first": Text("first name", "prénom"),
    "middle": Text("middle name", "second prénom"),
    "birth_year": Text("year of birth", "année de naissance"),
    "phone": Text("telephone", "téléphone"),
    "email": Text("e-mail", "courriel"),
    "language": Text("language", "langue"),
    "home": Text("home", "domicile"),
    "gone": Text("still lives there", "habite encore là"),
    "support": Text("support", "appui"),
    "bar": Text("do not contact", "ne pas contacter"),
    "no_call": Text("telephone calls", "appels téléphoniques"),
    "name": Text("name", "nom"),
    "doors": Text("doors", "portes"),
    "seconds": Text("walking time", "durée de la marche"),
    "metres": Text("length of the walk", "longueur de la marche"),
    "color": Text("colour", "couleur"),
    "assigned": Text("who has it", "à qui il est attribué"),
    "retired": Text("in use", "en usage"),
    "returned": Text("where the paper is", "où est le papier"),
    "closed": Text("end of the shift", "fin du quart"),
    "voided": Text("whether the shift counts", "si le quart compte"),
    "withdrawn": Text("whether the file counts", "si le fichier compte"),
    "asset": Text("background of the map", "fond de carte"),
    "place": Text("place", "lieu"),
    "remark": Text("note", "note"),
    "shut": Text("whether the team meets", "si l’équipe se réunit"),
    "languages": Text("languages", "langues"),
    "needs": Text("needs", "besoins"),
    "pin": Text("PIN", "NIP"),
    "team": Text("team", "équipe"),
    "sort": Text("sort of event", "sorte d’activité"),
    "when": Text("date and time", "date et heure"),
    "places": Text("places", "places"),
    "query": Text("doors of the selection", "portes de la sélection"),
    "removed": Text("whether the selection is kept", "si la sélection est gardée"),
    "cancelled": Text("whether the event takes place", "si l’activité a lieu"),
}
_RESULT = Text("result of an attempt", "résultat d’une tentative")
_NOTE = Text("whether a note stands", "si une note reste")
_ANSWER = Text("answer to “{question}”", "réponse à « {question} »")
_DEATH = Text("report of a death", "signalement d’un décès")
_DOORS_FROM = Text("{n:door|doors} from {first}", "{n:porte|portes} à partir de : {first}")
_NO_LENGTH = Text("under 0.1 km, or not known", "moins de 0,1 km, ou inconnue")
_SIGN_UP = Text("answer for {day}", "réponse pour le {day}")
_CAME = Text("attendance on {day}", "présence du {day}")
_ROLE = Text("role in {team}", "rôle dans {team}")
_SAME = Text("whether two records are one", "si deux fiches n’en font qu’une")

_YES_NO: dict[str, tuple[Text, Text]] = {
    "bar": (Text("do not contact", "ne pas contacter"), Text("may be contacted", "peut être contacté")),
    "no_call": (Text("do not call", "ne pas appeler"), Text("may be called", "peut être appelé")),
    "retired": (Text("out of use", "hors d’usage"), Text("in use", "en usage")),
    "returned": (Text("returned", "revenue"), Text("still out", "encore dehors")),
    "closed": (Text("ended", "terminé"), Text("open", "ouvert")),
    "voided": (Text("does not count", "ne compte pas"), Text("counts", "compte")),
    "withdrawn": (Text("does not count", "ne compte pas"), Text("counts", "compte")),
    "deceased": (Text("deceased", "décès signalé"), Text("not so", "non")),
    "note": (Text("withdrawn", "retirée"), Text("stands", "reste")),
    "shut": (Text("closed", "fermée"), Text("open", "ouverte")),
    "cancelled": (Text("cancelled", "annulée"), Text("takes place", "a lieu")),
    "removed": (Text("removed", "retirée"), Text("kept", "gardée")),
    "same_as": (Text("one and the same", "une seule et même"), Text("two", "deux")),
}
# The answers of a question of yes and no, which lists no choices of its own.
_YES_OR_NO = {"yes": Text("yes", "oui"), "no": Text("no", "non")}
_GONE = {
    "": Text("lives there", "habite là"),
    "moved": Text("moved away", "a déménagé"),
    "deceased": Text("deceased", "décès signalé"),
}


_CODES: dict[str, Mapping[str, Text]] = {"signup": ANSWERS, "came": CAME, "sort": SORTS, "team": ROLES}


def plain(text: str) -> Text:
    """The same words in both languages: a name, a number, an address."""
    return Text(text, text)


def phone_label(digits: str) -> str:
    """613-555-0142."""
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}" if len(digits) == 10 else digits


class Words:
    """Words about one riding, read from the book as they are needed and then remembered. One thread."""

    def __init__(self, book: Book, riding_id: int) -> None:
        self._book, self._riding = book, riding_id
        self._known: dict[tuple[str, bytes], Text] = {}

    def _row(self, sql: str, one: bytes) -> tuple[Any, ...] | None:
        rows = self._book.read().query(sql, (self._riding, one))
        return rows[0] if rows else None

    # --- subjects -----------------------------------------------------------------------------

    def subject(self, entity: str, one: bytes) -> Text:
        """A door by its address, a person by name, a turf by its name, a list by its code."""
        known = self._known.get((entity, one))
        if known is None:
            asked: dict[str, Callable[[bytes], Text]] = {
                "door": self._door, "person": self._person, "turf": self._turf, "walk_list": self._list,
                "shift": self._shift, "roster": self._roster, "layer": lambda _: _FIELDS["asset"],
                "team": self._team, "selection": self._selection, "member": self._member, "gathering": self._gathering,
                "number": lambda _: Text("a telephone number", "un numéro de téléphone"),
            }  # fmt: skip
            known = self._known[entity, one] = asked.get(entity, lambda _: plain(one.hex()[:8]))(one)
        return known

    def _door(self, one: bytes) -> Text:
        subject = resolve(self._book.read(), self._riding, [one])[one]
        row = self._row(
            "SELECT number, suffix, street_label, unit FROM door WHERE riding_id = ? AND door_id = ?", subject
        )
        if row is None:
            short = one.hex()[:6]
            return Text(f"a door not listed any more ({short})", f"une porte qui n’est plus listée ({short})")
        return plain(address_label(row[0], row[1], row[2], row[3]))

    def _person(self, one: bytes) -> Text:
        subject = resolve(self._book.read(), self._riding, [one])[one]
        row = self._row("SELECT last, first FROM person WHERE riding_id = ? AND person_id = ?", subject)
        if row is None:
            return _NOT_HERE
        name = person_label(row[0], row[1])
        return plain(name) if name else _UNNAMED

    def _turf(self, one: bytes) -> Text:
        row = self._row("SELECT name FROM turf WHERE riding_id = ? AND turf_id = ?", one)
        return plain(str(row[0])) if row else Text("a turf", "un secteur")

    def _list(self, one: bytes) -> Text:
        row = self._row("SELECT number FROM walk_list WHERE riding_id = ? AND list_id = ?", one)
        return plain(list_code(int(row[0]))) if row else Text("a walk list", "une liste")

    def _shift(self, one: bytes) -> Text:
        row = self._row("SELECT volunteer FROM shift WHERE riding_id = ? AND shift_id = ?", one)
        if row is None or not row[0]:
            return Text("a shift", "un quart")
        return Text(f"shift of {row[0]}", f"quart ({row[0]})")

    def _roster(self, one: bytes) -> Text:
        row = self._row("SELECT source FROM roster WHERE riding_id = ? AND roster_id = ?", one)
        return plain(str(row[0])) if row and row[0] else Text("a file", "un fichier")

    def _team(self, one: bytes) -> Text:
        row = self._row("SELECT name FROM team WHERE riding_id = ? AND team_id = ?", one)
        return plain(str(row[0])) if row else Text("a team", "une équipe")

    def _selection(self, one: bytes) -> Text:
        row = self._row("SELECT name FROM selection WHERE riding_id = ? AND selection_id = ?", one)
        return plain(str(row[0])) if row else Text("a selection", "une sélection")

    def _member(self, one: bytes) -> Text:
        row = self._row("SELECT name FROM member WHERE riding_id = ? AND member_id = ?", one)
        return plain(str(row[0])) if row else Text("a member", "un membre")

    def _gathering(self, one: bytes) -> Text:
        row = self._row("SELECT sort, start_ms FROM gathering WHERE riding_id = ? AND gathering_id = ?", one)
        if row is None:
            return Text("an event", "une activité")
        sort, day = SORTS.get(str(row[0]), plain(str(row[0]))), local_day(int(row[1]), self._book.time_zone)
        return Text(f"{sort.en}, {day}", f"{sort.fr}, {day}")

    def _day_of(self, field: str) -> str:
        one = bytes.fromhex(field.partition(":")[2])
        row = self._row("SELECT start_ms FROM gathering WHERE riding_id = ? AND gathering_id = ?", one)
        return local_day(int(row[0]), self._book.time_zone) if row else "?"

    # --- fields -------------------------------------------------------------------------------

    def field(self, name: str) -> Text:
        """What a field is called."""
        if name in _FIELDS:
            return _FIELDS[name]
        if name.startswith("answer:"):
            return self._question(name[7:])
        if name.startswith("attempt:"):
            return _RESULT
        if name.startswith("signup:"):
            return _SIGN_UP.fill(day=self._day_of(name))
        if name.startswith("came:"):
            return _CAME.fill(day=self._day_of(name))
        if name.startswith("team:"):
            team = self.subject("team", bytes.fromhex(name[5:]))
            return Text(_ROLE.en.format(team=team.en), _ROLE.fr.format(team=team.fr))
        if name.startswith("note:"):
            return _NOTE
        if name.startswith("same_as:"):
            return _SAME
        if name.startswith("deceased:"):
            return _DEATH
        return plain(name)

    def _question(self, question: str) -> Text:
        campaign = self._book.campaign
        try:
            asked = campaign.script.question(question).short if campaign else plain(question)
        except InputError:
            asked = plain(question)
        return Text(_ANSWER.en.format(question=asked.en), _ANSWER.fr.format(question=asked.fr))

    def value(self, name: str, value: object) -> Text:
        """What a field's value says."""
        if name.startswith("answer:"):
            return self._answers(name[7:], value)
        if name.startswith("attempt:"):
            code = str(value or "")
            return BY_CODE[code].name if code in BY_CODE else Text("taken back", "annulé")
        kind = name.partition(":")[0]
        if kind in _YES_NO:
            return _YES_NO[kind][0 if value else 1]
        if name == "support":
            return self.support(str(value or ""))
        if kind in _CODES and not isinstance(value, bytes):
            return _CODES[kind].get(str(value or ""), plain(str(value)))
        if name == "team" and isinstance(value, bytes):
            return self.subject("team", value)
        if name == "gone":
            return _GONE.get(str(value or ""), plain(str(value)))
        if name == "home" and isinstance(value, bytes):
            return self.subject("door", value)
        if name == "doors" and isinstance(value, tuple):
            return self._doors(cast("tuple[bytes, ...]", value))
        if name == "point" and isinstance(value, tuple):
            lon, lat = cast("tuple[int, int]", value)
            return plain(f"{lat / 1e6:.5f}, {lon / 1e6:.5f}")
        if name == "query":
            return self._doors_meant(str(value or ""))
        if name == "when":
            return self._when(value)
        if value in (None, "", ()):
            return NOTHING
        return self._plain_value(name, value)

    def _doors_meant(self, query: str) -> Text:
        from canvass_app.domain.selection_words import selection_words
        from canvass_app.domain.selections import from_json

        campaign = self._book.campaign
        try:
            return selection_words(from_json(query), campaign.script if campaign else None)
        except InputError:
            return Text("another version", "une autre version")

    def _when(self, value: object) -> Text:
        when = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
        minutes = [max(0, one) for one in when if isinstance(one, int)]
        if len(minutes) != 2:
            return NOTHING
        begins, ends = minutes[0] * 60_000, minutes[1] * 60_000
        zone = self._book.time_zone
        day, start, end = local_day(begins, zone), local_clock(begins, zone), local_clock(ends, zone)
        return Text(f"{day}, {start} to {end}", f"{day}, de {start} à {end}")

    @staticmethod
    def _plain_value(name: str, value: object) -> Text:
        if name == "seconds":
            minutes = max(1, round(int(str(value)) / 60))
            return plain(f"{minutes} min")
        if name == "metres":
            metres = int(str(value))
            if metres < LEAST_METRES:
                return _NO_LENGTH
            return Text(f"{metres / 1000:.1f} km", f"{metres / 1000:.1f} km".replace(".", ","))
        if name == "phone":
            return plain(phone_label(str(value)))
        if name == "languages":
            return plain(", ".join(map(str, cast("tuple[object, ...]", value))))
        if name in ("asset", "pin") or isinstance(value, bytes):
            return Text("another version", "une autre version")
        return plain(str(value))

    @staticmethod
    def support(support: str) -> Text:
        """ "weak support (2)", or "weak support (2), second choice L"."""
        if not support:
            return Text("not said", "non indiqué")
        level = support if support in LEVELS else support[:1]
        if level not in LEVELS:
            return plain(support)
        said, second = LEVELS[level], support[len(level) :]
        first = Text(f"{said.en} ({level})", f"{said.fr} ({level})")
        if not second:
            return first
        return Text(f"{first.en}, second choice {second}", f"{first.fr}, second choix {second}")

    def _answers(self, question: str, value: object) -> Text:
        given = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
        if not given:
            return Text("no answer", "sans réponse")
        campaign = self._book.campaign
        said: list[Text] = []
        for one in map(str, given):
            try:
                said.append(campaign.script.question(question).choice(one).text if campaign else plain(one))
            except InputError:
                said.append(_YES_OR_NO.get(one) or plain(one))
        return Text(", ".join(t.en for t in said), ", ".join(t.fr for t in said))

    def _doors(self, doors: tuple[bytes, ...]) -> Text:
        if not doors:
            return Text("no doors", "aucune porte")
        first = self.subject("door", doors[0])
        if len(doors) == 1:
            return Text(f"one door, {first.en}", f"une porte, {first.fr}")
        return _DOORS_FROM.fill(n=len(doors), first=first)

    # --- where from ---------------------------------------------------------------------------

    def device(self, device: bytes) -> Text:
        """Which computer: this one, or another by the start of its id."""
        return device_label(self._book, device)


def device_label(book: Book, device: bytes) -> Text:
    """ "this laptop", or "laptop 3F2A"."""
    if device == book.device_id:
        return Text("this laptop", "cet ordinateur")
    short = device.hex()[:4].upper()
    return Text(f"laptop {short}", f"ordinateur {short}")
