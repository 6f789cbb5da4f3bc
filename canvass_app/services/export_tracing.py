"""From a leaked file to who exported it: the record's exports, their keys, and what the comparison found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event, open_event
from canvass_app.ledger.kinds import ExportMade, ExportSealed
from canvass_app.storage.database import Connection
from canvass_app.storage.days import local_clock, local_day

from .export_keys import export_key, has_exported, open_key, proof_of
from .export_marks import province_code
from .export_people import choice_words
from .tracing import Finding, Known, trace

if TYPE_CHECKING:
    from .book import Book

OpenKey = Callable[[bytes, bytes], bytes | None]
"""(export id, sealed key) -> the export's key, or None."""

_UNREADABLE = Text(
    "“{name}” cannot be read. Nothing was changed. If it is an encrypted archive, open it first and trace the table in it.",
    "« {name} » est illisible. Rien n’a été modifié. Si c’est une archive chiffrée, ouvrez-la d’abord et cherchez l’origine "
    "du tableau qu’elle contient.",
)


@dataclass(frozen=True, slots=True)
class Source:
    """An export that a list agrees with: what the record says of it, and how sure it is."""

    finding: Finding
    code: str
    riding_id: int
    device_id: bytes
    device: str
    author: str
    wall_ms: int
    day: str
    clock: str
    reason: str
    what: Text
    rows: int
    encrypted: bool


@dataclass(frozen=True, slots=True)
class Traced:
    """What became of a search: sources, the surest first; how many exports were compared, and how many have no key here."""

    sources: list[Source]
    rows: int
    compared: int
    without_key: int


@dataclass(frozen=True, slots=True)
class _Recorded:
    event: Event
    body: ExportMade
    key: bytes


def read_leak(path: Path) -> tuple[list[list[str]], bytes]:
    """The cells of a leaked table (text or a workbook), its first row among them, and its bytes. Raises FileProblem."""
    from canvass_app.imports.table import read_table

    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileProblem(_UNREADABLE.fill(name=path.name), detail=str(error)) from error
    table = read_table(path)
    return [list(table.headers), *table.rows], content


def trace_own(book: Book, path: Path) -> Traced:
    """Which of this laptop's exports a file came from. Raises FileProblem."""
    return _trace(
        book.read(),
        path,
        lambda export_id, _: export_key(book, export_id) if has_exported(book) else None,
        book.time_zone,
        lambda device_id: device_id.hex()[:8],
    )


def trace_all(
    db: Connection, path: Path, box_secret: bytes, time_zone: str, name_of: Callable[[bytes], str]
) -> Traced:
    """At headquarters: which export of any laptop a file came from. Raises FileProblem."""
    return _trace(
        db, path, lambda export_id, sealed: open_key(box_secret, sealed, export_id), time_zone, name_of
    )


def _trace(
    db: Connection, path: Path, key_of: OpenKey, time_zone: str, name_of: Callable[[bytes], str]
) -> Traced:
    rows, content = read_leak(path)
    known, without = _exports(db, key_of)
    provinces = {
        int(row[0]): province_code(str(row[1])) for row in db.query("SELECT riding_id, province FROM riding")
    }
    found = trace(
        rows,
        [
            Known(
                one.event.subject,
                one.key,
                one.body.decoys,
                one.body.alike,
                one.body.file,
                provinces.get(one.event.riding_id, ""),
            )
            for one in known.values()
        ],
        content,
    )
    sources = [_source(known[one.export_id], one, time_zone, name_of) for one in found]
    return Traced(sources, len(rows) - 1, len(known), without)


def _exports(db: Connection, key_of: OpenKey) -> tuple[dict[bytes, _Recorded], int]:
    """The exports of the record whose key is to be had, by id; and how many there are without."""
    raws = db.query("SELECT raw FROM event WHERE kind IN ('export.made', 'export.sealed')")
    events = [open_event(bytes(row[0])) for row in raws]
    sealed = {e.subject: e.body.sealed for e in events if isinstance(e.body, ExportSealed)}
    known: dict[bytes, _Recorded] = {}
    without: set[bytes] = set()
    for event in events:
        if not isinstance(event.body, ExportMade):
            continue
        key = key_of(event.subject, event.body.sealed or sealed.get(event.subject, b""))
        if key is not None and proof_of(key) == event.body.proof:
            known[event.subject] = _Recorded(event, event.body, key)
        else:
            without.add(event.subject)
    return known, len(without - known.keys())


def _source(one: _Recorded, finding: Finding, time_zone: str, name_of: Callable[[bytes], str]) -> Source:
    event, body = one.event, one.body
    return Source(
        finding=finding, code=body.code, riding_id=event.riding_id, device_id=event.key.device_id,
        device=name_of(event.key.device_id), author=event.author, wall_ms=event.wall_ms,
        day=local_day(event.wall_ms, time_zone), clock=local_clock(event.wall_ms, time_zone), reason=body.reason,
        what=choice_words(body.what), rows=body.rows, encrypted=body.encrypted,
    )  # fmt: skip


# --- in words ---------------------------------------------------------------------------------------


def traced_words(traced: Traced) -> list[Text]:
    """What was found, in lines for people."""
    lines = [_line(one) for one in traced.sources]
    if not lines:
        lines = [_NOTHING.fill(compared=traced.compared, rows=traced.rows)]
    if traced.without_key:
        lines.append(_WITHOUT.fill(count=traced.without_key))
    return lines


def traced_json(traced: Traced) -> dict[str, object]:
    """What was found, for a machine."""
    return {
        "rows": traced.rows, "compared": traced.compared, "without_key": traced.without_key,
        "sources": [
            {
                "export": one.code, "sure": one.finding.sure, "odds": one.finding.odds, "device": one.device,
                "device_id": one.device_id.hex(), "who": one.author, "day": one.day, "time": one.clock,
                "riding": one.riding_id, "reason": one.reason, "what": {"en": one.what.en, "fr": one.what.fr},
                "exported_rows": one.rows, "encrypted": one.encrypted, "agree": one.finding.agree,
                "cells": one.finding.cells, "invented_rows": one.finding.decoys,
                "invented_names": one.finding.decoy_names, "same_file": one.finding.whole,
            }
            for one in traced.sources
        ],
    }  # fmt: skip


def _line(one: Source) -> Text:
    finding = one.finding
    head = _SURE if finding.sure else _LIKELY
    said = head.fill(
        code=one.code, who=one.author, device=one.device, day=one.day, clock=one.clock,
        number=one.riding_id % 100_000, reason=one.reason,
    )  # fmt: skip
    what = Text(one.what.en, one.what.fr)
    proof = _PROOF.fill(
        agree=finding.agree, cells=finding.cells, decoys=finding.decoys, names=finding.decoy_names
    )
    odds = Text(_WHOLE.en, _WHOLE.fr) if finding.whole else _odds(finding.odds)
    opened = Text("", "") if one.encrypted else _OPEN
    return Text(
        f"{said.en} ({what.en}). {odds.en} {proof.en}{opened.en}",
        f"{said.fr} ({what.fr}). {odds.fr} {proof.fr}{opened.fr}",
    )


def _odds(odds: float) -> Text:
    """ "Less than one in 1,000,000" in words that stay short for what is far smaller."""
    if odds <= 1e-15:
        return Text(
            "Chance alone would agree so well less than once in 10^15 times.",
            "Le seul hasard concorderait aussi bien moins d’une fois sur 10^15.",
        )
    once = int(1 / odds)
    return Text(
        f"Chance alone would agree so well about once in {once:,} times.",
        f"Le seul hasard concorderait aussi bien environ une fois sur {once:,}.".replace(",", "\u00a0"),
    )


_SURE = Text(
    "{code}: exported by {who} on laptop “{device}”, {day} {clock}, riding {number}. Reason given: {reason}",
    "{code} : exportée par {who} sur l’ordinateur « {device} », le {day} à {clock}, circonscription {number}. Motif donné : "
    "{reason}",
)
_LIKELY = Text(
    "Perhaps {code}, too little to be sure: exported by {who} on laptop “{device}”, {day} {clock}, riding {number}. Reason given: "
    "{reason}",
    "Peut-être {code}, trop peu pour en être sûr : exportée par {who} sur l’ordinateur « {device} », le {day} à {clock}, "
    "circonscription {number}. Motif donné : {reason}",
)
_WHOLE = Text("It is that very file, byte for byte.", "C’est ce fichier même, octet pour octet.")
_PROOF = Text(
    "Of {cells:spelling|spellings}, {agree} agree; rows with somebody invented for this copy: {decoys}; invented names: {names}.",
    "graphies qui concordent : {agree} sur {cells}; lignes avec une personne inventée pour cet exemplaire : {decoys}; noms inventés : "
    "{names}.",
)
_OPEN = Text(" The file left unencrypted.", " Le fichier est parti sans chiffrement.")
_NOTHING = Text(
    "No export on record (compared: {compared}) is the source of this part ({rows:row|rows}), or it is too short or too much rewritten to "
    "tell. Trace more rows, with their addresses, if you can get them.",
    "Aucune exportation inscrite (comparées : {compared}) n’est à l’origine de cet extrait ({rows:ligne|lignes}), ou il est trop "
    "court ou trop réécrit pour le dire. Cherchez avec plus de lignes et leurs adresses, si vous pouvez les obtenir.",
)
_WITHOUT = Text(
    "Exports that could not be compared, because their key is not here: {count}. Those of a laptop that has not synced since it "
    "joined can be traced on that laptop.",
    "Exportations impossibles à comparer, faute de leur clé : {count}. Celles d’un ordinateur qui n’a pas synchronisé depuis son "
    "adhésion se retrouvent sur cet ordinateur.",
)
