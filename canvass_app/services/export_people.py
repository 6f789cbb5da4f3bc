"""Who leaves in an export: the people of a riding, a turf, a list or a filter, without those who must not be contacted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from canvass_app.domain.address import fold, normalise_phone
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.numbers import list_code, parse_page_code
from canvass_app.domain.riding import parse_riding
from canvass_app.domain.support import IDENTIFIED, LEVELS
from canvass_app.domain.text import Text
from canvass_app.domain.typed_words import code_of
from canvass_app.storage.database import Connection, Rows, query_in
from canvass_app.storage.log import resolve

from .book import Book
from .export_decoys import Row
from .turf_rows import turf_door_ids
from .walk_lists import load_document

Column = Literal[
    "last", "first", "address", "town", "postal", "phone", "language", "birth_year", "division", "support"
]
COLUMNS: dict[Column, Text] = {
    "last": Text("Last name", "Nom"),
    "first": Text("First name", "Prénom"),
    "address": Text("Address", "Adresse"),
    "town": Text("Municipality", "Municipalité"),
    "postal": Text("Postal code", "Code postal"),
    "phone": Text("Telephone", "Téléphone"),
    "language": Text("Language", "Langue"),
    "birth_year": Text("Birth year", "Année de naissance"),
    "division": Text("Polling division", "Section de vote"),
    "support": Text("Support", "Appui"),
}
USUAL: tuple[Column, ...] = ("last", "first", "address", "town", "postal")

Part = Literal["riding", "turf", "list", "support", "answer", "phone"]
_NO_TURF = Text(
    "There is no turf “{name}” in this riding. Nothing was written. “canvass-app turfs list” shows them all.",
    "Il n’y a pas de secteur « {name} » dans cette circonscription. Rien n’a été écrit. « canvass-app turfs list » les "
    "montre tous.",
)
_NO_LIST = Text(
    "List {code} is not in this riding. Nothing was written. Look at the code at the top of the page, or sync first.",
    "La liste {code} n’est pas dans cette circonscription. Rien n’a été écrit. Vérifiez le code en haut de la page, ou "
    "synchronisez d’abord.",
)
_NO_FILTER = Text(
    "“{text}” is not a filter. Write support=1,2 or answer:sign=yes or phone. Nothing was written.",
    "« {text} » n’est pas un filtre. Écrivez support=1,2 ou answer:sign=yes ou phone. Rien n’a été écrit.",
)
_NO_COLUMN = Text(
    "“{name}” is not a column. There are: {known}. Nothing was written.",
    "« {name} » n’est pas une colonne. Il y a : {known}. Rien n’a été écrit.",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which people of a riding: all, those of a turf (`id`) or list (`number`), of support levels, who gave an answer, who
    have a telephone."""

    riding_id: int
    part: Part = "riding"
    id: bytes = b""
    number: int = 0
    values: tuple[str, ...] = ()
    question: str = ""
    name: str = ""
    """What people call the turf."""

    def as_json(self) -> str:
        """For the record: what was chosen, in names that do not change."""
        said: dict[str, object] = {"part": self.part}
        if self.part == "turf":
            said |= {"turf": self.id.hex(), "name": self.name}
        elif self.part == "list":
            said["list"] = list_code(self.number)
        elif self.part in ("support", "answer"):
            said |= {"values": list(self.values), **({"question": self.question} if self.question else {})}
        return json.dumps(said, ensure_ascii=False, sort_keys=True)


def choice_words(text: str) -> Text:
    """What a record says was chosen, in words."""
    said = json.loads(text)
    part, values = said["part"], ", ".join(said.get("values", ()))
    return {
        "riding": Text("everybody of the riding", "toute la circonscription"),
        "turf": Text(f"turf {said.get('name', '')}", f"secteur {said.get('name', '')}"),
        "list": Text(f"list {said.get('list', '')}", f"liste {said.get('list', '')}"),
        "support": Text(f"support {values}", f"appui {values}"),
        "answer": Text(
            f"answer {said.get('question', '')}: {values}", f"réponse {said.get('question', '')} : {values}"
        ),
        "phone": Text("people with a telephone", "personnes avec un téléphone"),
    }[part]


def read_choice(book: Book, riding: str, turf: str = "", walk_list: str = "", only: str = "") -> Choice:
    """What a command's words choose. Raises InputError or NotFound; more than one of the three is an error."""
    riding_id = parse_riding(riding)
    if sum(map(bool, (turf, walk_list, only))) > 1:
        raise InputError(
            Text(
                "Choose a turf, a list or a filter, not several at once. Nothing was written.",
                "Choisissez un secteur, une liste ou un filtre, un seul à la fois. Rien n’a été écrit.",
            )
        )
    if turf:
        rows = book.read().query(
            "SELECT turf_id, name FROM turf WHERE riding_id = ? AND retired = 0", (riding_id,)
        )
        found = [row for row in rows if fold(row[1]) == fold(turf)]
        if len(found) != 1:
            raise NotFound(_NO_TURF.fill(name=turf))
        return Choice(riding_id, "turf", id=bytes(found[0][0]), name=str(found[0][1]))
    if walk_list:
        number, _ = parse_page_code(walk_list)
        return Choice(riding_id, "list", number=number)
    return read_filter(riding_id, only) if only else Choice(riding_id)


def read_filter(riding_id: int, text: str) -> Choice:
    """A filter as it is written: "support=1,2", "answer:sign=yes", "phone". Raises InputError."""
    what, _, right = text.strip().partition("=")
    values = tuple(one.strip() for one in right.split(",") if one.strip())
    if what == "phone" and not right:
        return Choice(riding_id, "phone")
    if what == "support" and values and all(one.upper() in LEVELS for one in values):
        return Choice(riding_id, "support", values=tuple(one.upper() for one in values))
    if what.startswith("answer:") and len(what) > 7 and values:
        return Choice(riding_id, "answer", values=values, question=what[7:])
    raise InputError(_NO_FILTER.fill(text=text))


def read_columns(text: str) -> tuple[Column, ...]:
    """Columns as they are written, "last,first,phone"; the usual ones for "". Raises InputError."""
    wanted = [one.strip() for one in text.split(",") if one.strip()]
    found: list[Column] = []
    for one in wanted:
        column = code_of(one, COLUMNS)
        if column is None:
            known = Text(", ".join(COLUMNS), ", ".join(text.fr.lower() for text in COLUMNS.values()))
            raise InputError(_NO_COLUMN.fill(name=one, known=known))
        found.append(column)
    return tuple(dict.fromkeys(found)) or USUAL


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who leaves: rows and their ids, in the order of addresses; how many were held back, and why."""

    rows: list[Row]
    ids: list[bytes]
    held_back: int
    """People whom somebody must not contact, themselves or at their door or number."""


_SELECT = (
    "SELECT p.person_id, p.last, p.first, d.number, d.suffix, d.street_label, d.unit, d.municipality, d.postal_code, d.street,"
    " p.phone, p.language, p.birth_year, d.polling_division, p.support, p.barred, d.barred, p.no_call FROM person p"
    " JOIN door d ON d.riding_id = p.riding_id AND d.door_id = p.door_id WHERE p.riding_id = ? AND p.gone = ''"
)


def choose_people(book: Book, choice: Choice) -> Chosen:
    """The people of a choice who live there and may be contacted. Raises NotFound."""
    db = book.read()
    rows = _wanted(db, choice, _rows_of(book, choice))
    kept: list[tuple[Row, bytes]] = []
    for row in rows:
        phone = normalise_phone(str(row[10])) or str(row[10])
        if row[15] or row[16] or row[17]:
            continue
        order = (fold(row[7]), str(row[9]), str(row[5]), int(row[3]), str(row[4]), str(row[6]))
        one = Row(
            last=row[1], first=row[2], number=int(row[3]), suffix=row[4], street=row[5], unit=row[6], town=row[7],
            postal=row[8], order=order, phone=phone, language=row[11], birth_year=int(row[12]), division=row[13],
            support=row[14],
        )  # fmt: skip
        kept.append((one, bytes(row[0])))
    kept.sort(key=lambda pair: (in_order(pair[0]), pair[1]))
    return Chosen([one for one, _ in kept], [name for _, name in kept], len(rows) - len(kept))


def in_order(row: Row) -> tuple[object, ...]:
    """Rows stand as a walk along the streets meets them; in a home by name."""
    return (*row.order, fold(row.last), fold(row.first))


def _rows_of(book: Book, choice: Choice) -> Rows:
    db, riding_id = book.read(), choice.riding_id
    if choice.part == "turf":
        doors = turf_door_ids(book, riding_id, choice.id)
        return query_in(db, f"{_SELECT} AND d.door_id IN (??)", (riding_id,), doors)
    if choice.part == "list":
        document = load_document(book, choice.number)
        if document.riding_id != riding_id:
            raise NotFound(_NO_LIST.fill(code=list_code(choice.number)))
        # Who is on the paper, as they are known today: somebody may have moved or been barred since.
        listed = {line.person_id for line in document.lines if line.person_id}
        people = set(resolve(db, riding_id, listed).values())
        return query_in(db, f"{_SELECT} AND p.person_id IN (??)", (riding_id,), people)
    return db.query(_SELECT, (riding_id,))


def _wanted(db: Connection, choice: Choice, rows: Rows) -> Rows:
    if choice.part == "support":
        return [row for row in rows if _level(str(row[14])) in choice.values]
    if choice.part == "phone":
        return [row for row in rows if row[10]]
    if choice.part == "answer":
        gave = db.query(
            "SELECT person_id, answer FROM answer WHERE riding_id = ? AND question = ?",
            (choice.riding_id, choice.question),
        )
        wanted = set(choice.values)
        who = {bytes(person) for person, answer in gave if wanted & set(str(answer).split(" "))}
        return [row for row in rows if bytes(row[0]) in who]
    return rows


def _level(support: str) -> str:
    return support[:1] if support[:1] in IDENTIFIED else support
