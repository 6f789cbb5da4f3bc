"""Leaving a campaign on headquarters' word: what is unsent is sealed for it, then nothing more is held here.

The order is signed and to this laptop alone (sync/standing.py). It is carried out in an order that a flat battery may cut
anywhere:

1. Nothing more is written. Own events without a receipt are sealed to headquarters' key into a file that this laptop
   cannot read itself, and read back.
2. `farewell.json` is written: from here on the folder opens no more, and the next start goes on where this one stopped.
3. The key goes, and with it everything that it opens; then the files.
4. The sealed file is handed in, now or at any later start, or taken there on a stick. Headquarters signs for it.
5. Headquarters is told that it was done.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from canvass_app.domain.errors import AlreadyOpen, Refused, StorageProblem, SyncProblem, Withdrawn
from canvass_app.domain.text import Text, how_many
from canvass_app.storage.database import disk_trouble
from canvass_app.storage.journal import sync_folder
from canvass_app.storage.keys import destroy_key
from canvass_app.storage.lock import InstanceLock
from canvass_app.storage.names import FAREWELL
from canvass_app.sync.auditing import ridings_with_unsent, unsent_parts
from canvass_app.sync.bundle_items import Item, pieces, put
from canvass_app.sync.bundle_up import Loaded, up_items
from canvass_app.sync.bundles import UP, USUAL, make_header, seal
from canvass_app.sync.http import Link
from canvass_app.sync.messages import Standing
from canvass_app.sync.replica import Replica
from canvass_app.sync.standing import Parcel, hand_in, prove, say_emptied

from .book import WITHDRAWN, Book
from .bundle_files import SUFFIX, keep_bundle, look_at_file
from .trust import CA_FILE, ca_file

UNSENT = "unsent" + SUFFIX[UP]
_VERSION = 1
_LOCK = "canvass.lock"

_HANDED_IN = Text(
    "Headquarters has withdrawn this computer: it holds no people and no results any more. Headquarters has everything; "
    "nothing was lost. Ask your organiser for a code to use Canvass here again.",
    "Le quartier général a retiré l’accès à cet ordinateur : il ne contient plus ni personnes ni résultats. Le quartier "
    "général a tout; rien n’est perdu. Demandez un code à votre responsable pour utiliser Canvass ici de nouveau.",
)
_DECIDES = Text(
    "Headquarters has withdrawn this computer: it holds no people and no results any more. What it had not sent ({what}) is at "
    "headquarters now and waits for your organiser’s decision; nothing was lost. Ask your organiser for a code to use Canvass "
    "here again.",
    "Le quartier général a retiré l’accès à cet ordinateur : il ne contient plus ni personnes ni résultats. Ce qu’il n’avait "
    "pas envoyé ({what}) est maintenant au quartier général et y attend la décision de votre responsable; rien n’est perdu. "
    "Demandez un code à votre responsable pour utiliser Canvass ici de nouveau.",
)
_WAITS = Text(
    "Headquarters has withdrawn this computer: it holds no people and no results any more. What headquarters does not have "
    "yet ({what}) is sealed in “{name}”, which only headquarters can open. It leaves when there is a network, "
    "or take that file there on a stick. Nothing is lost.",
    "Le quartier général a retiré l’accès à cet ordinateur : il ne contient plus ni personnes ni résultats. Ce que le "
    "quartier général n’a pas encore ({what}) est scellé dans « {name} », que lui seul peut ouvrir. Ce fichier "
    "partira dès qu’il y aura un réseau, ou apportez-le au quartier général sur une clé. Rien n’est perdu.",
)
_RESULT, _RESULTS = Text("{n} result", "{n} résultat"), Text("{n} results", "{n} résultats")
_RECORDS = Text("its record of who saw whom", "son registre de consultation")
_STILL_HERE = Text(
    "“{name}” is not at headquarters yet. Nothing was changed. Connect to a network and start Canvass once, or take the file "
    "to headquarters on a stick; then start anew.",
    "« {name} » n’est pas encore au quartier général. Rien n’a été modifié. Connectez-vous à un réseau et lancez Canvass une "
    "fois, ou apportez le fichier au quartier général sur une clé; recommencez ensuite.",
)
_UNREADABLE = Text(
    "What is left of this withdrawn computer’s data cannot be read. Nothing was changed. Take “{name}” to headquarters on a "
    "stick, then choose another data folder.",
    "Ce qui reste des données de cet ordinateur retiré est illisible. Rien n’a été modifié. Apportez « {name} » au quartier "
    "général sur une clé, puis choisissez un autre dossier de données.",
)


@dataclass(frozen=True, slots=True)
class Farewell:
    """What is left of a laptop that was withdrawn. Bytes are hex; nothing of a person.

    `results` and `events` count what was unsent. `seal` is "" when nothing was. `emptied`, `handed_in`, `copied` and
    `told` say how far it has come; once all is done, neither address nor certificate stays.
    """

    url: str
    ca: str
    hq_key: str
    device: str
    confirm: str
    at_ms: int
    results: int = 0
    events: int = 0
    seal: str = ""
    proofs: tuple[str, ...] = ()
    emptied: bool = False
    handed_in: bool = False
    copied: bool = False
    told: bool = False

    @property
    def delivered(self) -> bool:
        """Whether nothing of it is only here."""
        return self.handed_in or not self.seal

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.emptied and self.delivered and self.told

    @property
    def text(self) -> Text:
        """How it stands, for people."""
        what = how_many(self.results, _RESULT, _RESULTS) if self.results else _RECORDS
        if not self.delivered:
            return Text(
                _WAITS.en.format(what=what.en, name=UNSENT), _WAITS.fr.format(what=what.fr, name=UNSENT)
            )
        return (
            Text(_DECIDES.en.format(what=what.en), _DECIDES.fr.format(what=what.fr))
            if self.events
            else _HANDED_IN
        )


# --- 1 and 2: sealing, and the point of no return -----------------------------------------------------


def take_leave(book: Book, me: Replica, standing: Standing) -> Withdrawn:
    """Carry out the order's first half: after it the folder opens no more. `finish` follows once the book is closed.

    Returns what to raise. Raises StorageProblem when the disk refuses; then everything is as it was.
    """
    with book.writing():
        # Whoever types meanwhile is told why it is not saved: what was saved before is in the file.
        before, book.read_only = book.read_only, WITHDRAWN
        try:
            left = _seal(book, me, standing)
            write_farewell(book.folder, left)
        except BaseException:
            book.read_only = before
            raise
    return Withdrawn(left.text)


def _seal(book: Book, me: Replica, standing: Standing) -> Farewell:
    left = Farewell(
        url=book.meta("hq_url"),
        ca=book.meta("hq_ca"),
        hq_key=book.meta("hq_key"),
        device=book.device_id.hex(),
        confirm=standing.confirm.hex(),
        at_ms=book.now_ms(),
    )
    rows = me.database.read().query(
        "SELECT riding_id FROM device_log WHERE device_id = ? AND last_seq > acked_through ORDER BY riding_id",
        (me.device_id,),
    )
    ridings = sorted({int(row[0]) for row in rows} | {*ridings_with_unsent(me.database.read())})
    if not ridings:
        return left
    path, events = seal_ridings(book, me, standing.hq_box, ridings, UNSENT)
    data, seen = path.read_bytes(), look_at_file(path)
    parcel = prove(me.device_id, bytes.fromhex(book.meta("device_seed")), seen.seal, data)
    ((results,),) = me.database.read().query(
        "SELECT COUNT(*) FROM device_log l JOIN attempt a ON a.riding_id = l.riding_id AND a.device_id = l.device_id"
        " AND a.device_seq > l.acked_through WHERE l.device_id = ?",
        (me.device_id,),
    )
    return replace(
        left,
        results=int(results),
        events=events,
        seal=seen.seal.hex(),
        proofs=tuple(one.hex() for one in parcel.proofs),
    )


def seal_ridings(
    book: Book,
    me: Replica,
    hq_box: bytes,
    ridings: list[int],
    name: str,
    after: Mapping[int, int] | None = None,
) -> tuple[Path, int]:
    """Write own events of ridings that have no receipt into a file of the data folder that only headquarters can read.

    `after`: by riding, an earlier number after which to begin. Its path and the number of events. An older file of that name is replaced. Raises StorageProblem.
    """
    ephemeral, loaded = os.urandom(32), Loaded()
    header = make_header(
        UP, epoch=me.epoch(me.database.read()), ridings=ridings, device=me.device_id, recipient=hq_box,
        ephemeral=ephemeral, made_ms=book.clock.now_ms(),
    )  # fmt: skip
    inside = up_items(
        me, ridings, sha256(book.meta("campaign").encode()).digest(), loaded, USUAL.batch_events, after
    )
    seed = bytes.fromhex(book.meta("device_seed"))
    everything = chain(inside, _sights(me, ridings))
    blocks = seal(header, ephemeral, hq_box, seed, pieces(everything), USUAL.chunk_bytes)
    for old in (name, f"{name}.part"):
        (book.folder / old).unlink(missing_ok=True)
    return keep_bundle(book.folder, name, blocks).path, loaded.events


def _sights(me: Replica, ridings: list[int]) -> Iterator[Item]:
    """This laptop's log of who saw whom, as far as headquarters lacks it."""
    for riding_id in ridings:
        for part in unsent_parts(me.database.read(), riding_id):
            yield put("sights", part, riding_id)


def write_farewell(folder: Path, left: Farewell) -> None:
    """Keep how far it has come, whole or not at all. Raises StorageProblem."""
    path = folder / FAREWELL
    unfinished = path.with_suffix(".new")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            json.dump({"version": _VERSION, **asdict(left)}, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_folder(folder)
    except OSError as error:
        raise disk_trouble(error) from error


def read_farewell(folder: Path) -> Farewell | None:
    """What is left of a laptop that was withdrawn; None when this folder was not. Raises StorageProblem."""
    path = folder / FAREWELL
    if not path.exists():
        return None
    try:
        said: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if said.pop("version") != _VERSION:
            raise ValueError("a later version")
        return msgspec.convert(said, Farewell)
    except (OSError, ValueError, LookupError, AttributeError) as error:
        raise StorageProblem(_UNREADABLE.fill(name=UNSENT), detail=str(error)) from error


# --- 3: emptying --------------------------------------------------------------------------------------


def empty(folder: Path) -> Farewell | None:
    """Remove everything of a withdrawn laptop but what is sealed; the key first. May be repeated; no key is needed.

    None when the folder was not withdrawn. Raises AlreadyOpen, StorageProblem.
    """
    left = read_farewell(folder)
    if left is None or left.emptied:
        return left
    lock = InstanceLock(folder)
    try:
        destroy_key(folder)
        for one in folder.iterdir():
            if one.name in (FAREWELL, UNSENT, _LOCK):
                continue
            if one.is_dir() and not one.is_symlink():
                shutil.rmtree(one)
            else:
                one.unlink()
        sync_folder(folder)
    except OSError as error:
        raise disk_trouble(error) from error
    finally:
        lock.release()
    left = replace(left, emptied=True)
    write_farewell(folder, left)
    return left


# --- 4 and 5: handing in and telling ------------------------------------------------------------------


def finish(
    folder: Path, *, patience: float = 1.0, watch: Callable[[Link], None] | None = None
) -> Farewell | None:
    """Do what is left to do: empty, hand in, tell headquarters. How it stands then; None when nothing was withdrawn.

    Without a network it stays as it is, for another time. Raises AlreadyOpen, StorageProblem.
    """
    left = empty(folder)
    if left is None or left.done:
        return left
    link = Link(left.url, ca=ca_file(folder, left.ca), patience=patience)
    if watch is not None:
        watch(link)
    try:
        left = _hand_in(folder, left, link)
        if left.delivered:
            link.run(say_emptied(bytes.fromhex(left.device), bytes.fromhex(left.confirm)))
            left = replace(left, told=True, url="", ca="", proofs=())
            write_farewell(folder, left)
            (folder / CA_FILE).unlink(missing_ok=True)
    except (SyncProblem, Refused):
        # No network, or headquarters does not know it any more: it waits, and a stick is the other way.
        return left
    finally:
        link.close()
    return left


def _hand_in(folder: Path, left: Farewell, link: Link) -> Farewell:
    if left.delivered:
        return left
    try:
        data = (folder / UNSENT).read_bytes()
    except OSError as error:
        raise disk_trouble(error) from error
    parcel = Parcel(
        bytes.fromhex(left.device), bytes.fromhex(left.seal), [bytes.fromhex(one) for one in left.proofs]
    )
    link.run(hand_in(parcel, data, bytes.fromhex(left.hq_key)))
    left = replace(left, handed_in=True)
    write_farewell(folder, left)
    (folder / UNSENT).unlink(missing_ok=True)
    return left


def take_on_a_stick(folder: Path, stick: Path) -> Path:
    """Copy what is sealed onto a stick; it lies there whole. Raises StorageProblem, Refused when nothing waits."""
    left = read_farewell(folder)
    if left is None or left.delivered:
        raise Refused(_HANDED_IN)
    data = (folder / UNSENT).read_bytes()
    kept = keep_bundle(stick, f"canvass-{left.seal[:8]}{SUFFIX[UP]}", [data])
    write_farewell(folder, replace(left, copied=True))
    return kept.path


def start_anew(folder: Path) -> None:
    """Let the folder be used again. Raises Refused while something sealed was neither handed in nor copied."""
    left = empty(folder)
    if left is None:
        return
    if not left.delivered and not left.copied:
        raise Refused(_STILL_HERE.fill(name=UNSENT))
    (folder / UNSENT).unlink(missing_ok=True)
    (folder / FAREWELL).unlink(missing_ok=True)


def see_off(folder: Path) -> Withdrawn:
    """For whoever meets `Withdrawn` with the folder closed: do what can be done now, and say how it stands.

    Raises StorageProblem.
    """
    try:
        left = finish(folder)
    except AlreadyOpen:
        left = read_farewell(folder)
    return Withdrawn(left.text if left is not None else WITHDRAWN)
