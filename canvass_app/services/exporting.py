"""Exports that hold people: a reason, a role, a mark in every copy, and a record of each that reaches headquarters.

What leaves is what the task needs; who must not be contacted and who was erased never leave. Every copy can be told from every
other (export_marks, export_decoys), lies in an archive that only its passphrase opens (export_files), and is written down as
an `export.made` event before it gets its name. Exports without people are no business of this module.
"""

from __future__ import annotations

import os
import random
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import InputError, Refused
from canvass_app.domain.roles import NAMES, Role
from canvass_app.domain.support import IDENTIFIED
from canvass_app.domain.text import LANGUAGES, Text
from canvass_app.ledger.kinds import ExportMade
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.days import local_clock, local_day

from .audit import Note, record_within
from .book import Book
from .export_decoys import Decoys, Row, decoy_tag, make_decoys, riding_names, riding_numbers
from .export_files import archive_bytes, make_passphrase, table_bytes, write_then
from .export_keys import export_key, note_unsealed, proof_of, seal_key
from .export_marks import (
    province_code,
    read_address,
    spell_address,
    spell_phone,
    spell_postal,
    spell_town,
    words_key,
)
from .export_people import COLUMNS, USUAL, Choice, Column, choice_words, choose_people, in_order
from .ridings import get_riding

MAY_EXPORT = frozenset({Role.ADMIN, Role.ORGANISER, Role.LEAD})
_PARTS = 1_000_000_000
LEAST_WORDS, MOST_REASON = 2, 300
_CODE_SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

_ROLE_REFUSED = Text(
    "This laptop's role, {role}, may not export people. Nothing was written. Ask a canvass lead or an organiser.",
    "Le rôle de cet ordinateur, {role}, ne permet pas d’exporter des personnes. Rien n’a été écrit. Adressez-vous à "
    "un chef d’équipe ou à un responsable.",
)
_ROLE_UNKNOWN = Text(
    "This laptop does not know its role yet. Nothing was written. Sync once, then export.",
    "Cet ordinateur ne connaît pas encore son rôle. Rien n’a été écrit. Synchronisez une fois, puis exportez.",
)
_NO_REASON = Text(
    "An export of people needs a reason: what it is for and who gets it, in a few words. Nothing was written.",
    "Une exportation de personnes exige un motif : à quoi elle sert et qui la reçoit, en quelques mots. Rien n’a été écrit.",
)
_LONG_REASON = Text(
    f"The reason may have {MOST_REASON} characters. Nothing was written. Make it shorter.",
    f"Le motif peut compter {MOST_REASON} caractères. Rien n’a été écrit. Raccourcissez-le.",
)
_NO_AUTHOR = Text(
    "An export of people needs your name: it stands in the record and in the note beside the list. Nothing was written.",
    "Une exportation de personnes exige votre nom : il figure au registre et dans la note qui accompagne la liste. Rien n’a "
    "été écrit.",
)
_NOBODY = Text(
    "Nobody is in this choice who may be contacted. Nothing was written.",
    "Personne, dans ce choix, ne peut être contacté. Rien n’a été écrit.",
)
_PLAIN_UNCONFIRMED = Text(
    "A list of people leaves encrypted. Nothing was written. If it must be open, confirm it: the record will say so.",
    "Une liste de personnes part chiffrée. Rien n’a été écrit. Si elle doit rester ouverte, confirmez-le : le registre le dira.",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to export. `plain` leaves it open, and needs `plain_confirmed`."""

    choice: Choice
    reason: str
    author: str
    columns: tuple[Column, ...] = USUAL
    plain: bool = False
    plain_confirmed: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Exported:
    """An export that lies under its name. `passphrase` is kept nowhere: it is shown once ("" when the file is open)."""

    path: Path
    code: str
    passphrase: str
    rows: int
    """Real people in it."""
    decoys: int
    held_back: int
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class Preview:
    """What an export would hold: people, and how many stay because they must not be contacted."""

    people: int
    held_back: int


def role_here(book: Book) -> Role | None:
    """This laptop's role, as headquarters gave it; None on a laptop that never joined one: it is its own authority.

    Raises Refused while a laptop that joined does not know it.
    """
    if not book.meta("hq_url"):
        return None
    try:
        return Role(book.meta("role"))
    except ValueError as error:
        raise Refused(_ROLE_UNKNOWN) from error


def check_role(book: Book) -> Role | None:
    """The role, when it may export people. Raises Refused."""
    role = role_here(book)
    if role is not None and role not in MAY_EXPORT:
        raise Refused(
            Text(_ROLE_REFUSED.en.format(role=NAMES[role].en), _ROLE_REFUSED.fr.format(role=NAMES[role].fr))
        )
    return role


def preview_export(book: Book, choice: Choice) -> Preview:
    """How many people an export would hold. Raises Refused or NotFound."""
    check_role(book)
    chosen = choose_people(book, choice)
    return Preview(len(chosen.rows), chosen.held_back)


def export_people(book: Book, asked: Asked, out: Path) -> Exported:
    """Write people to `out`: a folder, or a file whose name gets the export's code. What is there is never written over.

    Raises Refused (the role), InputError (no reason, nobody), NotFound, DiskFull or FileProblem; then nothing was written.
    """
    role = check_role(book)
    reason, author = _checked(asked)
    riding = get_riding(book, asked.choice.riding_id)
    chosen = choose_people(book, asked.choice)
    if not chosen.rows:
        raise InputError(_NOBODY)
    export_id = os.urandom(16)
    key = export_key(book, export_id)
    code = "X-" + "".join(secrets.choice(_CODE_SYMBOLS) for _ in range(6))
    decoys = decoys_for(book, riding.riding_id, chosen.rows, key)
    rows = sorted((*chosen.rows, *decoys.rows), key=in_order)
    province = province_code(riding.province)
    headers = [COLUMNS[column].say(asked.language) for column in asked.columns]
    table = table_bytes(headers, (spelled(key, row, asked.columns, province) for row in rows))
    passphrase = "" if asked.plain else make_passphrase()
    path = _place(out, code, riding.number, book.today())
    note = _note(book, asked, code, author, reason).encode("utf-8-sig")
    content = archive_bytes([(f"people-{code}.csv", table), (f"README-{code}.txt", note)], passphrase)
    sealed = seal_key(book, export_id, key)
    body = ExportMade(
        code=code, reason=reason, role=role.value if role else "", what=asked.choice.as_json(), columns=asked.columns,
        rows=len(chosen.rows), held_back=chosen.held_back, encrypted=bool(passphrase),
        people=sha256(export_id + b"".join(sorted(chosen.ids))).digest(), file=sha256(table).digest(),
        decoys=decoy_tags(key, decoys.rows), alike=alike_of(decoys), proof=proof_of(key), sealed=sealed,
    )  # fmt: skip
    changes = ChangeSet()

    def record() -> None:
        with book.act(author) as act:
            act.add(riding.riding_id, export_id, body)
            note = Note(
                Access.EXPORTED, riding.riding_id, tuple(chosen.ids), what="people csv", numbers=(len(chosen.rows),),
                reason=reason, who=author,
            )  # fmt: skip
            record_within(act.db, book, note)
            if not sealed:
                note_unsealed(act, riding.riding_id, export_id)
        changes.add(act.changes)

    write_then(path, content, record)
    return Exported(path, code, passphrase, len(chosen.rows), len(decoys.rows), chosen.held_back, changes)


def _checked(asked: Asked) -> tuple[str, str]:
    reason, author = " ".join(asked.reason.split()), " ".join(asked.author.split())
    if sum(any(c.isalpha() for c in word) for word in reason.split(" ")) < LEAST_WORDS:
        raise InputError(_NO_REASON)
    if len(reason) > MOST_REASON:
        raise InputError(_LONG_REASON)
    if not author:
        raise InputError(_NO_AUTHOR)
    if asked.plain and not asked.plain_confirmed:
        raise InputError(_PLAIN_UNCONFIRMED)
    return reason, author


def decoys_for(book: Book, riding_id: int, rows: list[Row], key: bytes) -> Decoys:
    """The invented people of the copy of this key."""
    db = book.read()
    # The key alone decides: the same copy could be made again to the last row.
    chance = random.Random(b"canvass decoys 1\0" + key)
    return make_decoys(rows, riding_names(db, riding_id), riding_numbers(db, riding_id), chance)


def alike_of(decoys: Decoys) -> tuple[int, int]:
    """What decoys may owe to chance as the record holds it: parts of a thousand million, rounded up."""
    name, place = (int(one * _PARTS) + 1 for one in (decoys.name_alike, decoys.place_alike))
    return name, place


def decoy_tags(key: bytes, decoys: list[Row]) -> tuple[bytes, ...]:
    """Two tags for each: by name and address, and by name alone."""
    tags: list[bytes] = []
    for one in decoys:
        name, place = words_key(one.last, one.first), read_address(one.address)
        tags += [decoy_tag(key, name, place.key if place else ""), decoy_tag(key, name)]
    return tuple(tags)


def spelled(key: bytes, row: Row, columns: tuple[Column, ...], province: str) -> list[str]:
    """A row's cells as the copy of this key has them."""
    person = words_key(row.last, row.first)
    cells: list[str] = []
    for column in columns:
        if column == "address":
            cells.append(spell_address(key, row.address))
        elif column == "town":
            cells.append(spell_town(key, row.town, province, person))
        elif column == "postal":
            cells.append(spell_postal(key, row.postal, person))
        elif column == "phone":
            cells.append(spell_phone(key, row.phone))
        elif column == "birth_year":
            cells.append(str(row.birth_year or ""))
        elif column == "support":
            cells.append(row.support[:1] if row.support[:1] in IDENTIFIED else row.support)
        else:
            cells.append(str(getattr(row, column)))
    return cells


def _place(out: Path, code: str, number: int, day: str) -> Path:
    if out.is_dir():
        return out / f"canvass-{number}-{day}-{code}.zip"
    stem = out.name[:-4] if out.suffix.lower() == ".zip" else out.name
    return out.with_name(f"{stem}-{code}.zip")


def _note(book: Book, asked: Asked, code: str, author: str, reason: str) -> str:
    """What stands beside the list in the archive, in both languages."""
    what = choice_words(asked.choice.as_json())
    now = book.now_ms()
    moment = f"{local_day(now, book.time_zone)} {local_clock(now, book.time_zone)}"
    number, label = book.device_id.hex()[:8], book.meta("device_name")
    device = _LAPTOP.fill(name=label, number=number) if label else Text(number, number)
    both = {"code": code, "author": author, "reason": reason, "when": moment,
            "riding": asked.choice.riding_id % 100_000}  # fmt: skip
    parts = [
        _NOTE.fill(**both, device=device, campaign=book.campaign_name(language), what=what).say(language)
        for language in LANGUAGES
    ]
    return "\r\n\r\n".join(part.replace("\n", "\r\n") for part in parts) + "\r\n"


_LAPTOP = Text("“{name}” ({number})", "« {name} » ({number})")
_NOTE = Text(
    "Export {code}\n"
    "Campaign: {campaign}. Riding {riding}: {what}.\n"
    "Exported by {author}, on laptop {device}, {when}.\n"
    "Reason: {reason}\n\n"
    "These are people’s names and homes, lent to the campaign for this reason alone. Give the list to nobody else, and delete it "
    "when it is done with. This copy is marked: each row can be traced to this export, and some rows are there for that "
    "alone. Exports are on record at headquarters.",
    "Exportation {code}\n"
    "Campagne : {campaign}. Circonscription {riding} : {what}.\n"
    "Exportée par {author}, sur l’ordinateur {device}, {when}.\n"
    "Motif : {reason}\n\n"
    "Ce sont les noms et les adresses de personnes, confiés à la campagne pour ce seul motif. Ne remettez la liste à personne "
    "d’autre et supprimez-la une fois qu’elle a servi. Cet exemplaire est marqué : chaque ligne permet de remonter à cette "
    "exportation, et quelques lignes n’existent que pour cela. Les exportations sont inscrites au registre du quartier général.",
)
