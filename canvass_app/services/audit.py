"""Who saw whom, on this laptop: recording it, and asking its own log.

Whoever makes people visible, or lets them leave, says so:

    record(book, Access.EXPORTED, riding_id, people=ids, what="people csv", reason=reason)

before the paper, the file or the answer is handed over: it is durable when the call returns (one small transaction, whatever
the number of people). `people` are the ids that this laptop knows them by; more than 64 are kept as a set, once. `what` is a
word for programs ("list", "people csv", "access pdf"), `numbers` belong to it (a list's number, how many rows); neither may
hold names, addresses or searched words. Screens do not call this themselves but `context.seen` (desktop/seeing.py), which
writes beside the typing.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from canvass_app.domain.accesses import Access
from canvass_app.domain.text import Text
from canvass_app.ledger.trail import Draft, Record, concerning, people_refs, person_ref, words
from canvass_app.storage.audit import FOREIGN, append_own, heads
from canvass_app.storage.audit_finding import records_with
from canvass_app.storage.database import Connection, query_in
from canvass_app.storage.log import members, resolve
from canvass_app.sync.auditing import AuditSent

from .book import Book


class Note(NamedTuple):
    """Something that is to be recorded. `people`: ids, in any order. Of doors behind which nobody is known nothing is."""

    act: str
    riding_id: int
    people: tuple[bytes, ...] = ()
    doors: tuple[bytes, ...] = ()
    """Doors whose people are meant too."""
    what: str = ""
    numbers: tuple[int, ...] = ()
    reason: str = ""
    who: str = ""
    wall_ms: int = 0


@dataclass(frozen=True, slots=True)
class Sight:
    """One line of an answer to "who saw": when, what was done, by whom, on which device."""

    wall_ms: int
    act: str
    who: str
    device_id: bytes
    device_name: str
    what: str
    numbers: tuple[int, ...]
    reason: str
    count: int
    """How many people it concerned, this one among them."""
    times: int = 1
    """How often that device did the same; `wall_ms` is the last time, `first_ms` the first."""
    first_ms: int = 0


def record(
    book: Book,
    act: Access,
    riding_id: int,
    *,
    people: Iterable[bytes] = (),
    doors: Iterable[bytes] = (),
    what: str = "",
    numbers: Iterable[int] = (),
    reason: str = "",
    who: str | None = None,
) -> None:
    """Record that people of a riding became visible or left, durably. Not on the GUI thread.

    `doors`: of doors whose people are meant too. `who`: the person who did it, as they are named; by default whoever sits at this laptop. Raises StorageProblem: then
    nothing was recorded, and what was to be recorded must not happen.
    """
    name = book.meta("author") if who is None else who
    note = Note(
        act, riding_id, tuple(people), tuple(doors), what, tuple(numbers), reason, name, book.now_ms()
    )
    record_all(book, [note])


def record_all(book: Book, notes: Iterable[Note]) -> None:
    """Record several things at once, in one transaction, in their order. Raises StorageProblem."""
    prepared = _prepared(book, notes)
    if prepared:
        with book.writing(), book.database.write() as db:
            _append(db, book.device_id, prepared)


def record_within(db: Connection, book: Book, note: Note) -> None:
    """Record something in a transaction of its caller's: both are durable, or neither."""
    _append(db, book.device_id, _prepared(book, [note]))


_Prepared = dict[int, tuple[list[Draft], dict[bytes, bytes]]]


def _prepared(book: Book, notes: Iterable[Note]) -> _Prepared:
    by_riding: _Prepared = {}
    for note in notes:
        people = [*note.people, *people_at(book, note.riding_id, note.doors)]
        if note.doors and not people:
            continue
        bare = Draft(
            str(note.act), note.wall_ms or book.now_ms(), book.device_id, words(note.who or _account()), what=note.what,
            numbers=note.numbers, reason=note.reason,
        )  # fmt: skip
        draft, joined = concerning(bare, people_refs(note.riding_id, people))
        drafts, sets = by_riding.setdefault(note.riding_id, ([], {}))
        drafts.append(draft)
        if joined:
            sets[draft.set_name] = joined
    return by_riding


def _account() -> str:
    """Whose session of the computer it is, where nobody gave a name."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _append(db: Connection, device_id: bytes, prepared: _Prepared) -> None:
    # The device as it is now that nobody else writes: it may have become another one meanwhile.
    for riding_id, (drafts, sets) in prepared.items():
        mine = [draft._replace(device=device_id) for draft in drafts]
        append_own(db, riding_id, device_id, mine, sets)


def people_at(book: Book, riding_id: int, doors: Iterable[bytes]) -> list[bytes]:
    """The ids of the people who live behind these doors."""
    rows = query_in(
        book.read(),
        "SELECT person_id FROM person WHERE riding_id = ? AND door_id IN (??)",
        (riding_id,),
        set(doors),
    )
    return [bytes(row[0]) for row in rows]


def who_saw_here(
    book: Book, riding_id: int, person_id: bytes, *, since_ms: int = 0, unsent: bool = False
) -> list[Sight]:
    """What this laptop's own log holds about a person, under every id they have, the newest first.

    `unsent`: only what headquarters has not taken yet.
    """
    db = book.read()
    main = resolve(db, riding_id, [person_id])[person_id]
    ids = {person_id, *(one for found in members(db, riding_id, [main]).values() for one in found)}
    refs = {person_ref(riding_id, one) for one in ids}
    found = records_with(db, riding_id, refs, since_ms=since_ms)
    if unsent:
        through = {head.chain: head.acked for _, head in heads(db, riding_id)}
        found = [one for one in found if one.entry.number > through.get(one.entry.chain, 0)]
    return [sight_of(one, "") for one in reversed(found)]


def sight_of(record: Record, device_name: str) -> Sight:
    """A record as an answer shows it."""
    e = record.entry
    return Sight(
        e.wall_ms, e.act, e.who, e.device, device_name, e.what, e.numbers, e.reason, e.count, 1, e.wall_ms
    )  # fmt: skip


_PARTED = Text(
    "Headquarters holds another record of who saw whom for this computer: it was copied, put back, or its record was "
    "changed. Headquarters has noted it; a new record was begun, and nothing of it is lost. Tell your organiser.",
    "Le quartier général détient un autre registre de consultation pour cet ordinateur : il a été copié ou rétabli, ou son "
    "registre a été modifié. Le quartier général l’a noté; un nouveau registre a commencé et rien n’en est perdu. Prévenez "
    "votre responsable.",
)
_DOUBTFUL = Text(
    "Headquarters’ own record of who saw whom is not the one that it signed for this computer. Nothing of yours is "
    "concerned; the signed one is kept here as proof. Tell whoever keeps headquarters to run “canvass-hq audit verify”.",
    "Le registre de consultation du quartier général n’est pas celui qu’il avait signé pour cet ordinateur. Rien de ce qui "
    "est à vous n’est en cause; celui qui est signé est conservé ici comme preuve. Demandez à qui tient le quartier général "
    "de lancer « canvass-hq audit verify ».",
)


def audit_notes(sent: AuditSent) -> list[Text]:
    """What must be told of sending this laptop's log."""
    return [text for text, ridings in ((_PARTED, sent.parted), (_DOUBTFUL, sent.doubtful)) if ridings]


def unsent_records(book: Book) -> int:
    """How many records of this laptop headquarters has not taken."""
    return sum(head.number - head.acked for _, head in heads(book.read()) if head.own != FOREIGN)
