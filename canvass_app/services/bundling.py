"""Headquarters by stick: writing what it lacks into a file, and taking in what it sent back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from canvass_app.domain.errors import Cancelled, CanvassError, FileProblem, Refused, SyncProblem
from canvass_app.domain.text import Text
from canvass_app.storage.changes import ChangeSet
from canvass_app.sync.boxes import LAPTOP_BOX, box_key, box_secret
from canvass_app.sync.bundle_down import Brought, take_down
from canvass_app.sync.bundle_items import items, pieces
from canvass_app.sync.bundle_up import Loaded, has_relays, ridings_to_ask, up_items
from canvass_app.sync.bundles import (
    UP,
    USUAL,
    Broken,
    Sizes,
    key_name,
    make_header,
    opened,
    read_header,
    seal,
)
from canvass_app.sync.outbox import read_mark
from canvass_app.sync.problems import COPIED, UNDECLARED, SyncStopped
from canvass_app.sync.replica import Replica

from .book import Book
from .bundle_files import file_name, keep_bundle, look_at_file, reading
from .declaring import declare_message, untold, wanted
from .erasure import forget_read
from .identity import has_forked, say_displaced_again, take_new_identity
from .losing import lose_by_stick
from .syncing import QUARANTINED, RENEWED, Progress, after_parting, in_turn, replica_of, take_campaign

_NOTHING = Text(
    "Headquarters has everything of this computer. There is nothing to write.",
    "Le quartier général a tout de cet ordinateur. Il n’y a rien à écrire.",
)
_NO_BOX = Text(
    "This computer does not know headquarters’ key for bundles yet. Everything is saved here. Sync once, then write the "
    "bundle.",
    "Cet ordinateur ne connaît pas encore la clé du quartier général pour les lots. Tout est enregistré ici. Synchronisez "
    "une fois, puis écrivez le lot.",
)
_FOR_HQ = Text("the headquarters at {url}", "le quartier général à {url}")
_OWN = Text(
    "“{name}” is what this computer wrote for headquarters. It is read there. Nothing was changed. Take the stick to "
    "headquarters.",
    "« {name} » est ce que cet ordinateur a écrit pour le quartier général; c’est là qu’il se lit. Rien n’a été modifié. "
    "Apportez la clé au quartier général.",
)
_ANOTHERS = Text(
    "“{name}” is another computer’s bundle for headquarters. It is sealed: this computer can carry it, not read it. Nothing "
    "was changed. Take the stick to headquarters.",
    "« {name} » est le lot d’un autre ordinateur pour le quartier général. Il est scellé : cet ordinateur peut le porter, "
    "pas le lire. Rien n’a été modifié. Apportez la clé au quartier général.",
)
_FOR_ANOTHER = Text(
    "“{name}” is headquarters’ answer to another computer. It is sealed: this computer can carry it, not read it. Nothing "
    "was changed. Take the stick to that computer.",
    "« {name} » est la réponse du quartier général à un autre ordinateur. Elle est scellée : cet ordinateur peut la porter, "
    "pas la lire. Rien n’a été modifié. Apportez la clé à cet ordinateur.",
)
_TAMPERED = Text(
    "“{name}” is damaged, or was not written by this campaign’s headquarters. Nothing of it was taken; everything is kept "
    "here. Copy the file again, or ask headquarters for a new one.",
    "« {name} » est endommagé, ou n’a pas été écrit par le quartier général de cette campagne. Rien n’en a été pris; tout "
    "est conservé ici. Copiez le fichier de nouveau ou demandez-en un autre au quartier général.",
)
CUT = Text(
    "“{name}” was only half copied: its beginning ({parts:part|parts}) was taken, the rest is missing. Copy it again and import "
    "it once more; nothing counts twice.",
    "« {name} » n’a été copié qu’à moitié : le début ({parts:partie|parties}) a été pris, le reste manque. Copiez-le de nouveau et "
    "importez-le encore; rien ne compte deux fois.",
)
DAMAGED_AFTER = Text(
    "“{name}” is damaged; its beginning ({parts:part|parts}) was taken. Copy it again and import it once more; nothing "
    "counts twice.",
    "« {name} » est endommagé; son début ({parts:partie|parties}) a été pris. Copiez-le de nouveau et importez-le "
    "encore; rien ne compte deux fois.",
)
_NOT_JOINING = Text(
    "What others did begins after what this computer has, so it was not taken. Write a new bundle, or sync.",
    "Le travail des autres commence après ce que cet ordinateur possède; il n’a donc pas été pris. Écrivez un nouveau lot ou "
    "synchronisez.",
)


@dataclass(frozen=True, slots=True)
class Written:
    """A bundle that lies whole on the stick and reads back: the stick is safe to remove.

    `results` counts attempts, `events` all that is in it, `shifts` is (volunteer, ISO day, results), oldest first;
    `size` in bytes.
    """

    path: Path
    results: int
    events: int
    shifts: list[tuple[str, str, int]]
    size: int
    for_whom: Text


@dataclass(frozen=True, slots=True)
class Described:
    """What anybody sees of a bundle. `kind` "up" (to headquarters) or "down"; `device`: the laptop that wrote it, or
    that it is for. `for_us`: this computer can take it in; `ours`: this computer wrote it. `whole`: all of its
    `parts` lie well."""

    kind: str
    device: bytes
    for_us: bool
    made_ms: int
    whole: bool
    parts: int
    name: str
    ours: bool


@dataclass(frozen=True, slots=True)
class Imported:
    """What a bundle from headquarters brought. `receipts`: the last one of each riding; `acknowledged` and `pulled`
    count events; `notes` say what else there is to know."""

    receipts: dict[int, str]
    acknowledged: int
    pulled: int
    changes: ChangeSet
    notes: list[Text] = field(default_factory=list[Text])


# --- writing --------------------------------------------------------------------------------------


def write_bundle(
    book: Book,
    folder: Path,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    ask: bool = False,
    sizes: Sizes = USUAL,
) -> Written:
    """Write what headquarters has not acknowledged into a new file in `folder`, and read it back.

    `ask` writes one even with nothing to send: headquarters then answers with what others did.
    Raises Refused (not joined, nothing to send), DiskFull, StorageProblem or Cancelled; then no file is left.
    """
    stop = cancelled or (lambda: False)
    with in_turn(book, stop):
        me = replica_of(book, progress, stop)
        recipient, seed = bytes.fromhex(book.meta("hq_box")), bytes.fromhex(book.meta("device_seed"))
        if not recipient or not seed:
            raise Refused(_NO_BOX)
        db = me.database.read()
        ridings = ridings_to_ask(me)
        pending = [one for one in ridings if read_mark(db, one, me.device_id).pending]
        declared = [declare_message(one) for one in untold(book)]
        if not pending and not ask and not declared and not has_relays(me, ridings):
            raise Refused(_NOTHING)
        ephemeral = os.urandom(32)
        header = make_header(
            UP, epoch=me.epoch(db), ridings=pending, device=me.device_id, recipient=recipient, ephemeral=ephemeral,
            made_ms=book.clock.now_ms(),
        )  # fmt: skip
        loaded = Loaded()
        inside = up_items(
            me, ridings, sha256(book.meta("campaign").encode()).digest(), loaded, sizes.batch_events,
            declared=declared,
        )  # fmt: skip
        blocks = seal(header, ephemeral, recipient, seed, pieces(inside), sizes.chunk_bytes)
        try:
            kept = keep_bundle(folder, file_name(header, book.time_zone), blocks)
        except SyncStopped as stopped:
            raise Cancelled from stopped
    shifts = _shifts(me, loaded)
    return Written(
        path=kept.path,
        results=sum(count for _, _, count in shifts),
        events=loaded.events,
        shifts=shifts,
        size=kept.size,
        for_whom=_FOR_HQ.fill(url=book.meta("hq_url")),
    )


def _shifts(me: Replica, loaded: Loaded) -> list[tuple[str, str, int]]:
    counts: dict[tuple[str, str], int] = {}
    for riding_id, (after, through) in loaded.ridings.items():
        rows = me.database.read().query(
            "SELECT COALESCE(s.volunteer, a.author), a.day, COUNT(*) FROM attempt a"
            " LEFT JOIN shift s ON s.riding_id = a.riding_id AND s.shift_id = a.shift"
            " WHERE a.riding_id = ? AND a.device_id = ? AND a.device_seq > ? AND a.device_seq <= ?"
            " GROUP BY COALESCE(s.volunteer, a.author), a.day",
            (riding_id, me.device_id, after, through),
        )
        for volunteer, day, count in rows:
            counts[str(day), str(volunteer)] = counts.get((str(day), str(volunteer)), 0) + int(count)
    return [(volunteer, day, count) for (day, volunteer), count in sorted(counts.items())]


# --- reading --------------------------------------------------------------------------------------


def describe_bundle(book: Book, path: Path) -> Described:
    """What a bundle's file says of itself, and whether it lies whole. Raises FileProblem."""
    seen = look_at_file(path)
    header = seen.header
    ours = header.kind == UP and header.device == book.device_id
    return Described(
        kind=header.kind, device=header.device, for_us=header.box == _own_box(book), made_ms=header.made_ms,
        whole=seen.whole, parts=seen.parts, name=header.name, ours=ours,
    )  # fmt: skip


def _own_box(book: Book) -> bytes:
    seed = bytes.fromhex(book.meta("device_seed"))
    return key_name(box_key(seed, LAPTOP_BOX)) if seed else b""


def import_bundle(
    book: Book,
    path: Path,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    changed: Callable[[ChangeSet], None] | None = None,
) -> Imported:
    """Take in headquarters' answer. Twice, in any order, half-copied: what is good of it is taken once.

    Raises FileProblem (no bundle, damaged), Refused (for somebody else, from before a restore, not joined, this
    computer was copied), SyncProblem or Cancelled. Whatever was taken before a failure stays; `changed` is told of it.
    """
    stop = cancelled or (lambda: False)
    with in_turn(book, stop):
        me = replica_of(book, progress, stop)
        brought = Brought()
        broken: Broken | None = None
        try:
            broken = _take(book, me, path, brought)
            if brought.campaign:
                take_campaign(book, brought.campaign, me.changes)
        except CanvassError as error:
            copied = isinstance(error, SyncProblem) and error.text == COPIED
            if copied:
                me.changes.add(take_new_identity(book).changes)
            if changed is not None and me.changes:
                changed(me.changes)
            if copied:
                raise Refused(RENEWED) from error
            raise
        finally:
            if me.changes.forgotten:
                forget_read(book)
        brought.notes += [one.text for one in lose_by_stick(book, me, brought.taken)]
        brought.notes += after_parting(book, me)
        if brought.forks or has_forked(book):
            me.changes.add(take_new_identity(book).changes)
        if broken is None and not brought.waiting:
            me.changes.add(say_displaced_again(book).changes)
    return Imported(
        brought.receipts,
        brought.acknowledged,
        brought.pulled,
        me.changes,
        _notes(book, path, brought, broken),
    )


def _take(book: Book, me: Replica, path: Path, brought: Brought) -> Broken | None:
    """Where the file's good part ended before its end did."""
    with reading(path) as read:
        header, top = read_header(read)
        if header.box != _own_box(book):
            words = (
                _FOR_ANOTHER if header.kind != UP else _OWN if header.device == book.device_id else _ANOTHERS
            )
            raise Refused(words.fill(name=path.name))
        secret = box_secret(bytes.fromhex(book.meta("device_seed")), LAPTOP_BOX)
        try:
            take_down(me, header.epoch, items(opened(read, header, top, secret, me.hq_key)), brought)
        except Broken as broken:
            if not broken.parts:
                raise FileProblem(_TAMPERED.fill(name=path.name), detail=str(broken)) from broken
            return broken
    return None


def _notes(book: Book, path: Path, brought: Brought, broken: Broken | None) -> list[Text]:
    notes = [Text(one.en, one.fr) for one in brought.refusals] + brought.notes
    if brought.waiting:
        notes.append(_NOT_JOINING)
    if brought.quarantined:
        notes.append(QUARANTINED.fill(count=brought.quarantined))
    if broken is not None:
        notes.append((CUT if broken.cut else DAMAGED_AFTER).fill(name=path.name, parts=broken.parts))
    if wanted(book) is not None:
        notes.append(UNDECLARED)
    if not book.meta("hq_token"):
        notes.append(RENEWED)
    return list(dict.fromkeys(notes))
