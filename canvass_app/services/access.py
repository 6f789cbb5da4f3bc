"""What is held about one person, for that person: the answer to "what do you have about me?".

Everything that an erasure would take (`erasure_facts`) is shown: what stands, what files said, what was recorded and whether it
still counts, which printed lists name them. Who of the campaign wrote something is left out: volunteers have a claim to
privacy too, and the person asked about themselves. Notes about doors and others that may name the person are counted; a person
must read them first, since they are about somebody else as well.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace

from canvass_app.domain.numbers import list_code
from canvass_app.domain.text import Text
from canvass_app.ledger.erasure import SALT_BYTES
from canvass_app.ledger.kinds import BarLifted, BarSet, WalkListIssued
from canvass_app.ledger.rosters import PersonEntry
from canvass_app.storage.database import query_in
from canvass_app.storage.days import local_day
from canvass_app.storage.log import resolve
from canvass_app.storage.roster_store import person_entries, rosters_here

from .book import Book
from .erasure_facts import gather, naming_words
from .field_words import Words, plain
from .history import HistoryRow, history_of
from .naming_lists import lines_naming

_STANDS = (
    "last", "first", "middle", "home", "birth_year", "phone", "email", "language", "support", "gone", "bar", "no_call",
)  # fmt: skip
_BARS = ("bar", "no_call")
_LISTED = ("last", "first", "middle", "birth_year", "phone", "email", "language", "sex", "support")
_EXTRA = {"sex": Text("sex", "sexe"), "external": Text("number in that file", "numéro dans ce fichier")}
_LANGUAGES = {"en": Text("English", "anglais"), "fr": Text("French", "français")}
_BAR_WORDS = {
    BarSet.KIND: Text("their door or number: do not contact", "leur porte ou leur numéro : ne pas contacter"),
    BarLifted.KIND: Text(
        "their door or number: may be contacted", "leur porte ou leur numéro : peut être contacté"
    ),
}
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Said:
    """One fact: what it is called, and what it says."""

    name: str
    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class FileRow:
    """What an imported file says of the person. `counts` is false when the file was withdrawn."""

    file: str
    day: str
    counts: bool
    facts: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """One thing that was recorded: when, what, and whether it counts."""

    day: str
    clock: str
    kind: str
    what: Text
    counts: bool
    standing: Text
    """Why it counts or not, in words."""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A line of a printed list. `returned`: the paper is back."""

    code: str
    line: int
    day: str
    returned: bool


@dataclass(frozen=True, slots=True)
class AccessReport:
    """Everything that this laptop holds about one person."""

    campaign: Text
    riding: Text
    riding_id: int
    name: str
    places: tuple[str, ...]
    made_day: str
    stands: tuple[Said, ...]
    files: tuple[FileRow, ...]
    recorded: tuple[Recorded, ...]
    """The oldest first."""
    lists: tuple[ListLine, ...]
    mentions: int
    """Notes and the like about doors and other people that may name the person; they are not in the report."""


def access_report(book: Book, riding_id: int, person_id: bytes) -> AccessReport:
    """Everything that is held about a person, under every id they have. Raises NotFound."""
    db = book.read()
    facts = gather(db, riding_id, person_id, os.urandom(SALT_BYTES))
    words = Words(book, riding_id)
    people = sorted(set(resolve(db, riding_id, facts.ids).values()))
    rows: dict[object, HistoryRow] = {}
    for one in people:
        told = history_of(book, riding_id, "person", one, limit=_ALL).rows
        # The lists stand in a part of their own, by line, and without who carried them.
        rows |= {row.key: row for row in told if row.kind != WalkListIssued.KIND}
        rows |= {row.key: row for row in _bars_around(book, riding_id, one)}
    recorded = sorted(rows.values(), key=lambda row: (row.wall_ms, row.key))
    names = db.query("SELECT name_en, name_fr FROM riding WHERE riding_id = ?", (riding_id,))
    return AccessReport(
        campaign=book.campaign.name if book.campaign else plain(""),
        riding=Text(str(names[0][0]), str(names[0][1])) if names else plain(str(riding_id % 100_000)),
        riding_id=riding_id,
        name=facts.name,
        places=tuple(facts.places),
        made_day=local_day(book.now_ms(), book.time_zone),
        stands=tuple(fact for one in people for fact in _stands(book, words, riding_id, one)),
        files=tuple(_file_rows(book, words, riding_id, facts.ids)),
        recorded=tuple(
            Recorded(r.day, r.clock, r.kind, r.said, r.standing == "counts", r.standing_words)
            for r in recorded
        ),
        lists=tuple(_lines(book, riding_id, lines_naming(db, riding_id, facts.ids))),
        mentions=len(naming_words(db, facts)),
    )


def _bars_around(book: Book, riding_id: int, person: bytes) -> Iterable[HistoryRow]:
    """What was said of their number and their door, as far as it keeps the campaign from them."""
    rows = book.read().query(
        "SELECT phone, door_id FROM person WHERE riding_id = ? AND person_id = ?", (riding_id, person)
    )
    for phone, door in rows:
        found: list[HistoryRow] = []
        if phone:
            found += history_of(book, riding_id, "phone", str(phone).encode(), limit=_ALL).rows
        if door:
            found += history_of(book, riding_id, "door", bytes(door), limit=_ALL).rows
        # Its words may be about somebody else at that door or number.
        for row in found:
            if row.kind in _BAR_WORDS:
                yield replace(row, said=_BAR_WORDS[row.kind])


def _stands(book: Book, words: Words, riding_id: int, person: bytes) -> Iterable[Said]:
    db = book.read()
    rows = db.query(
        "SELECT last, first, middle, door_id, birth_year, phone, email, language, support, gone, barred, no_call FROM person"
        " WHERE riding_id = ? AND person_id = ?",
        (riding_id, person),
    )
    for row in rows:
        for name, value in zip(_STANDS, row, strict=True):
            if value or name in ("support", "bar"):
                told = bytes(value) if name == "home" else bool(value) if name in _BARS else value
                yield Said(name, words.field(name), _value(words, name, told))
    answers = db.query(
        "SELECT question, answer FROM answer WHERE riding_id = ? AND person_id = ? ORDER BY question",
        (riding_id, person),
    )
    for question, answer in answers:
        name = f"answer:{question}"
        yield Said(name, words.field(name), words.value(name, tuple(str(answer).split(" "))))


def _value(words: Words, name: str, value: object) -> Text:
    if name == "language":
        return _LANGUAGES.get(str(value), plain(str(value)))
    return plain(str(value)) if name in _EXTRA else words.value(name, value)


def _file_rows(book: Book, words: Words, riding_id: int, ids: set[bytes]) -> Iterable[FileRow]:
    db = book.read()
    for withdrawn in (False, True):
        here = rosters_here(db, riding_id, withdrawn=withdrawn)
        found = person_entries(db, riding_id, ids, withdrawn=withdrawn)
        for place, entry in sorted(pair for rows in found.values() for pair in rows):
            roster = here[place].roster_id
            ((source, added),) = db.query(
                "SELECT source, added_ms FROM roster WHERE riding_id = ? AND roster_id = ?",
                (riding_id, roster),
            )
            yield FileRow(
                str(source),
                local_day(int(added), book.time_zone),
                not withdrawn,
                tuple(_listed(words, entry)),
            )


def _listed(words: Words, entry: PersonEntry) -> Iterable[Said]:
    values = entry._asdict()
    for name in _LISTED:
        if values[name]:
            label = _EXTRA.get(name) or words.field(name)
            yield Said(name, label, _value(words, name, values[name]))
    yield Said("home", words.field("home"), words.subject("door", entry.door_id))
    if entry.external_id:
        yield Said("external", _EXTRA["external"], plain(f"{entry.source} {entry.external_id}".strip()))


def _lines(book: Book, riding_id: int, lines: Iterable[tuple[int, int]]) -> Iterable[ListLine]:
    lines = list(lines)
    rows = query_in(
        book.read(),
        "SELECT number, issued_ms, returned FROM walk_list WHERE riding_id = ? AND number IN (??)",
        (riding_id,),
        {number for number, _ in lines},
    )
    known = {int(number): (int(issued), bool(returned)) for number, issued, returned in rows}
    for number, line in lines:
        issued, returned = known.get(number, (0, False))
        day = local_day(issued, book.time_zone) if issued else ""
        yield ListLine(list_code(number), line, day, returned)


def as_json(report: AccessReport) -> dict[str, object]:
    """The report for a machine: every word in both languages, under names that do not change."""

    def said(one: Said) -> dict[str, object]:
        return {"field": one.name, "label": _both(one.label), "value": _both(one.value)}

    return {
        "format": "canvass access report 1",
        "campaign": _both(report.campaign), "riding": report.riding_id, "riding_name": _both(report.riding),
        "made": report.made_day, "name": report.name, "addresses": list(report.places),
        "stands": [said(one) for one in report.stands],
        "files": [
            {"file": row.file, "imported": row.day, "counts": row.counts, "says": [said(one) for one in row.facts]}
            for row in report.files
        ],
        "recorded": [
            {"day": row.day, "time": row.clock, "kind": row.kind, "what": _both(row.what),
             "counts": row.counts, "standing": _both(row.standing)}
            for row in report.recorded
        ],
        "printed_lists": [
            {"list": row.code, "line": row.line, "printed": row.day, "returned": row.returned} for row in report.lists
        ],
        "mentions_elsewhere": report.mentions,
    }  # fmt: skip


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "fr": text.fr}
