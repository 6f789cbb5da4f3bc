"""Typing results in: exactly the printed page, in its order, each result durable when it returns."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from canvass_app.domain.codes import BY_CODE
from canvass_app.domain.errors import Forgotten, InputError, NotFound
from canvass_app.domain.numbers import page_code, parse_page_code
from canvass_app.domain.support import LEVELS, SECOND_CHOICE_LEVELS
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import SheetLine, WalkListDocument
from canvass_app.ledger.events import Event, open_event
from canvass_app.ledger.kinds import (
    AnswerGiven,
    AttemptMade,
    BarSet,
    NoteWritten,
    PersonAdded,
    ResidenceBegan,
    ResidenceEnded,
    ShiftClosed,
    ShiftOpened,
    SupportMarked,
)
from canvass_app.storage.changes import ChangeSet

from .act import Act
from .book import Book
from .entry_marks import SavedMark, saved_marks
from .entry_undo import take_back
from .lists_now import barred_since
from .walk_lists import load_document

__all__ = [
    "EntryLine",
    "EntryPage",
    "Mark",
    "PersonNew",
    "Recorded",
    "SavedMark",
    "Shift",
    "add_person",
    "amend_second_choice",
    "check",
    "close_shift",
    "open_page",
    "open_shift",
    "record",
    "results_of_shift",
    "saved_of_page",
    "undo",
    "undo_last",
    "unsent_of_shift",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shift:
    """An open sitting at the keyboard."""

    shift_id: bytes
    volunteer: str
    riding_id: int
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class Mark:
    """What the paper says of a line: a result code, or what a conversation said; never both."""

    code: str = ""
    support: str = ""
    second: str = ""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    note: str = ""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A printed line and what is saved of it; its `barred_since` says when it asked, after the issue, to be left alone."""

    line: SheetLine
    saved: SavedMark | None


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A page as printed, with what is saved."""

    number: int
    page: int
    pages: int
    code: str
    document: WalkListDocument
    lines: list[EntryLine]
    done: int
    talked: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a verb saved: every line whose mark changed, and the token that takes it back."""

    saved: list[tuple[int, SavedMark | None]]
    changes: ChangeSet
    token: int


@dataclass(frozen=True, slots=True)
class PersonNew:
    """A person added at a door."""

    person_id: bytes
    changes: ChangeSet


def open_shift(book: Book, volunteer: str, riding_id: int, number: int = 0) -> Shift:
    """Open a shift for one named person. Raises InputError without a name."""
    name = " ".join(volunteer.split())
    if not name:
        raise InputError(
            Text(
                "Type your name first, so that everybody knows who entered these results.",
                "Tapez d’abord votre nom, pour que l’on sache qui a saisi ces résultats.",
            )
        )
    shift = os.urandom(16)
    with book.act(name, shift) as act:
        act.add(riding_id, shift, ShiftOpened(volunteer=name, walk_list=number))
    return Shift(shift, name, riding_id, act.changes)


def close_shift(book: Book, shift: Shift) -> ChangeSet:
    """Close a shift; its count of results is kept with it."""
    with book.act(shift.volunteer, shift.shift_id) as act:
        act.add(shift.riding_id, shift.shift_id, ShiftClosed(results=results_of_shift(book, shift)))
    return act.changes


def results_of_shift(book: Book, shift: Shift) -> int:
    """How many results a shift recorded that stand."""
    rows = book.read().query(
        "SELECT COUNT(*) FROM attempt WHERE riding_id = ? AND shift = ?", (shift.riding_id, shift.shift_id)
    )
    return int(rows[0][0])


def unsent_of_shift(book: Book, shift: Shift) -> int:
    """How many of a shift's standing results headquarters has not acknowledged yet."""
    rows = book.read().query(
        "SELECT COUNT(*) FROM attempt WHERE riding_id = ? AND shift = ? AND device_id = ? AND device_seq >"
        " COALESCE((SELECT acked_through FROM device_log WHERE riding_id = ? AND device_id = ?), 0)",
        (shift.riding_id, shift.shift_id, book.device_id, shift.riding_id, book.device_id),
    )
    return int(rows[0][0])


def open_page(book: Book, text: str) -> EntryPage:
    """Open the page whose code was typed ("4127Y-3", or a list's code for its first page).

    Raises InputError (not a code, no such page) or NotFound (a list that is not here).
    """
    number, page = parse_page_code(text)
    document = load_document(book, number)
    if page > len(document.pages):
        raise InputError(
            Text(
                "This list has {pages:page|pages}; there is no page {page}.",
                "Cette liste compte {pages:page|pages}; il n’y a pas de page {page}.",
            ).fill(pages=len(document.pages), page=page)
        )
    marks = saved_marks(book, document)
    printed = document.pages[page - 1].lines
    since = barred_since(book, document.riding_id, printed)
    # What the paper says can be typed all the same: it may have been knocked before the bar.
    lines = [
        EntryLine(replace(line, barred_since=since.get(line.line, "")), marks.get(line.line))
        for line in printed
    ]
    return EntryPage(
        number=number,
        page=page,
        pages=len(document.pages),
        code=page_code(number, page),
        document=document,
        lines=lines,
        done=sum(1 for line in lines if line.saved),
        talked=sum(1 for line in lines if line.saved and BY_CODE[line.saved.code].contact),
    )


def saved_of_page(book: Book, page: EntryPage) -> dict[int, SavedMark]:
    """What is saved of a page's lines by now: results may have come in from elsewhere since it was opened."""
    marks = saved_marks(book, page.document)
    return {one.line.line: marks[one.line.line] for one in page.lines if one.line.line in marks}


def check(mark: Mark) -> list[Text]:
    """What contradicts itself in a mark; the screen asks, `record` refuses only what cannot be both."""
    doubts: list[Text] = []
    if mark.code and (mark.support or any(mark.answers.values())):
        name = BY_CODE[mark.code].name if mark.code in BY_CODE else Text(mark.code, mark.code)
        doubts.append(
            Text(
                f"“{name.en}” and an answer cannot both be true of one line. Keep one of them.",
                f"« {name.fr} » et une réponse ne peuvent pas aller sur la même ligne. Gardez l’un des deux.",
            )
        )
    return doubts


def _checked(book: Book, mark: Mark) -> Mark:
    doubts = check(mark)
    if doubts:
        raise InputError(doubts[0])
    if mark.code and mark.code not in BY_CODE:
        raise InputError(
            Text(f"“{mark.code}” is not a result code.", f"« {mark.code} » n’est pas un code de résultat.")
        )
    if mark.support and mark.support not in LEVELS:
        raise InputError(
            Text(
                f"“{mark.support}” is not a support level.",
                f"« {mark.support} » n’est pas un niveau d’appui.",
            )
        )
    letters = book.campaign.party_letters if book.campaign else frozenset[str]()
    if mark.second and (mark.support not in SECOND_CHOICE_LEVELS or mark.second not in letters):
        raise InputError(
            Text(
                f"“{mark.support}{mark.second}”: a second choice goes with levels 2 to 5 and a party’s letter.",
                f"« {mark.support}{mark.second} » : un second choix va avec les niveaux 2 à 5 et la lettre d’un parti.",
            )
        )
    if not mark.code and not mark.support and not mark.answers and not mark.note:
        raise InputError(Text("Nothing was typed for this line.", "Rien n’a été tapé pour cette ligne."))
    return mark


def record(book: Book, shift: Shift, number: int, line: int, mark: Mark) -> Recorded:
    """Record a line's result; durable when this returns.

    A code about the door holds for its whole household; a result typed again on a line replaces
    what this laptop typed there before. Raises InputError, NotFound; Forgotten when it says something of
    a person who was erased after the list was issued.
    """
    mark = _checked(book, mark)
    # Everything is read on the act's own connection: a reader's must forget its pages after every commit of the writer's.
    with book.act(shift.volunteer, shift.shift_id) as act:
        document = load_document(book, number, act.db)
        household, token = _record(act, document, line, mark)
        act.project_now()
        marks = saved_marks(book, document, household, act.db)
    return Recorded([(one.line, marks.get(one.line)) for one in household], act.changes, token)


def _record(act: Act, document: WalkListDocument, line: int, mark: Mark) -> tuple[Sequence[SheetLine], int]:
    """Write a line's result; its household and the token that takes the result back."""
    sheet, household = _at(document, line)
    if sheet.erased and (mark.support or any(mark.answers.values()) or mark.note):
        raise Forgotten(_FORGOTTEN_LINE)
    about_person = not mark.code or BY_CODE[mark.code].person
    lines = [sheet] if about_person else household
    existing = saved_marks(act.book, document, household, act.db)
    replaced = sorted({m.token for one in lines if (m := existing.get(one.line)) and m.mine})
    return household, write_mark(act, document, sheet, mark, replaced)


def write_mark(
    act: Act, document: WalkListDocument, sheet: SheetLine, mark: Mark, replaced: Sequence[int] = ()
) -> int:
    """Write a checked mark's events within an act; the token that takes it back.

    `replaced` are tokens of earlier acts that this one stands instead of.
    """
    riding_id = document.riding_id
    person = sheet.person_id if not mark.code or BY_CODE[mark.code].person else b""
    if not person and (mark.support or mark.answers):
        person = _unnamed(act, riding_id, sheet.door_id)
    made = act.add(
        riding_id,
        sheet.door_id,
        AttemptMade(
            code=mark.code or "canvassed",
            person=person,
            walk_list=document.number,
            line=sheet.line,
            turf=document.turf_id,
        ),
    )
    for token in replaced:
        take_back(act, riding_id, token, by=made.key.device_seq)
    _consequences(act, made, sheet, person, mark)
    return made.key.device_seq


def _at(document: WalkListDocument, line: int) -> tuple[SheetLine, Sequence[SheetLine]]:
    """A line and its household. Raises NotFound."""
    try:
        return document.household(line)
    except LookupError:
        raise NotFound(
            Text(
                f"This list has no line {line}; its lines go from 1 to {len(document.lines)}.",
                f"Cette liste n’a pas de ligne {line}; ses lignes vont de 1 à {len(document.lines)}.",
            )
        ) from None


def _unnamed(act: Act, riding_id: int, door: bytes) -> bytes:
    """Somebody talked at a door where nobody is known: a person without a name, so that nothing is lost."""
    person = os.urandom(16)
    act.add(riding_id, person, PersonAdded())
    act.add(riding_id, person, ResidenceBegan(door=door))
    return person


def _consequences(act: Act, made: Event, sheet: SheetLine, person: bytes, mark: Mark) -> None:
    riding_id, seq = made.riding_id, made.key.device_seq
    if mark.support and person:
        act.add(riding_id, person, SupportMarked(level=mark.support, second=mark.second, act=seq))
    for question, answers in mark.answers.items():
        if person and answers:
            act.add(riding_id, person, AnswerGiven(question=question, answers=tuple(answers), act=seq))
    if mark.code == "moved" and person:
        act.add(riding_id, person, ResidenceEnded(reason="moved", act=seq))
    if mark.code == "deceased" and person:
        # The fold waits for a second shift that says so, on whichever laptop (ledger/fold.py).
        act.add(riding_id, person, ResidenceEnded(reason="deceased", act=seq, witness=act.shift))
    if mark.code and BY_CODE[mark.code].bars:
        act.add(riding_id, sheet.door_id, BarSet(target="door", reason=mark.note, act=seq))
        # The person whom the line names takes the bar along when they move (decision 0011).
        if named := person or sheet.person_id:
            act.add(riding_id, named, BarSet(target="person", reason=mark.note, act=seq))
    if mark.note:
        if person:
            act.add(riding_id, person, NoteWritten(target="person", text=mark.note, act=seq))
        else:
            act.add(riding_id, sheet.door_id, NoteWritten(target="door", text=mark.note, act=seq))


def amend_second_choice(book: Book, shift: Shift, number: int, line: int, letter: str) -> Recorded:
    """Add a second choice ("L") to the support just recorded on a line. Raises InputError, NotFound."""
    document = load_document(book, number)
    sheet, household = _at(document, line)
    saved = saved_marks(book, document, household).get(line)
    if saved is None or not saved.support:
        raise InputError(
            Text(
                "A second choice goes with a support level. Type the level first.",
                "Un second choix accompagne un niveau d’appui. Tapez d’abord le niveau.",
            )
        )
    mark = _checked(book, Mark(support=saved.support, second=letter.upper()))
    with book.act(shift.volunteer, shift.shift_id) as act:
        person = saved.person_id or sheet.person_id
        act.add(
            document.riding_id, person, SupportMarked(level=mark.support, second=mark.second, act=saved.token)
        )
    return Recorded([(line, saved_marks(book, document, household).get(line))], act.changes, saved.token)


def undo(book: Book, shift: Shift, token: int) -> Recorded:
    """Take back what the act `token` recorded. Raises NotFound when this laptop did not record it."""
    made = _own_event(book, shift.riding_id, token)
    if made is None or not isinstance(made.body, AttemptMade):
        raise NotFound(Text("There is nothing to take back.", "Il n’y a rien à annuler."))
    number = made.body.walk_list
    with book.act(shift.volunteer, shift.shift_id) as act:
        take_back(act, shift.riding_id, token)
    if not number:
        return Recorded([], act.changes, token)
    document = load_document(book, number)
    _, household = _at(document, made.body.line)
    marks = saved_marks(book, document, household)
    return Recorded([(one.line, marks.get(one.line)) for one in household], act.changes, token)


def undo_last(book: Book, shift: Shift) -> Recorded | None:
    """Take back the shift's latest result that stands; None when the shift is back at its start."""
    rows = book.read().query(
        "SELECT MAX(device_seq) FROM attempt WHERE riding_id = ? AND shift = ? AND device_id = ?",
        (shift.riding_id, shift.shift_id, book.device_id),
    )
    return undo(book, shift, int(rows[0][0])) if rows and rows[0][0] else None


def _own_event(book: Book, riding_id: int, seq: int) -> Event | None:
    rows = book.read().query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
        (riding_id, book.device_id, seq),
    )
    return open_event(bytes(rows[0][0]), rows[0][1]) if rows else None


_FORGOTTEN_LINE = Text(
    "The person of this line asked to be forgotten after the list was printed. Nothing about them is kept. Type only how "
    "the knock ended, such as “not home”.",
    "La personne de cette ligne a demandé à être oubliée après l’impression de la liste. Rien n’est conservé à son sujet. "
    "Tapez seulement comment la visite a fini, par exemple « absent ».",
)
_FORGOTTEN_NAME = Text(
    "Somebody of this name at this door, or with this telephone, asked to be forgotten. Nothing was saved. Add them only "
    "if they ask for it themselves, now: then type the name once more.",
    "Quelqu’un de ce nom à cette porte, ou avec ce téléphone, a demandé à être oublié. Rien n’a été enregistré. Ne "
    "l’ajoutez que si la personne le demande elle-même, maintenant : tapez alors le nom une seconde fois.",
)


def add_person(
    book: Book,
    shift: Shift,
    riding_id: int,
    door_id: bytes,
    last: str,
    first: str,
    phone: str = "",
    *,
    asked_again: bool = False,
) -> PersonNew:
    """Add somebody met at a door. Raises InputError without any name.

    Raises Forgotten for somebody who was erased, unless they themselves asked to be on file again.
    """
    from canvass_app.domain.address import normalise_phone

    from .erasure import is_forgotten

    last, first = " ".join(last.split()), " ".join(first.split())
    if not last and not first:
        raise InputError(Text("Type at least one name.", "Tapez au moins un nom."))
    digits = normalise_phone(phone)
    if phone.strip() and not digits:
        raise InputError(
            Text(
                f"“{phone}” is not a telephone number of ten digits.",
                f"« {phone} » n’est pas un numéro de téléphone à dix chiffres.",
            )
        )
    if not asked_again and is_forgotten(book.read(), riding_id, door_id, last, first, digits):
        raise Forgotten(_FORGOTTEN_NAME)
    person = os.urandom(16)
    with book.act(shift.volunteer, shift.shift_id) as act:
        act.add(riding_id, person, PersonAdded(last=last, first=first, phone=digits or None))
        act.add(riding_id, person, ResidenceBegan(door=door_id))
    return PersonNew(person, act.changes)
