"""A riding that headquarters took from this laptop: nothing of its people stays, and nothing that was typed is lost.

What headquarters does not have, and own results of the last 90 days, are sealed to headquarters' key into a file that this
laptop cannot read itself. Then everything of the riding goes from the record, the journal and the backups. The file is
handed in, and kept until it is old: a headquarters that is put back from a backup is offered it again.

This laptop remembers how far its own numbers went (`left_` facts), so that none is given twice should the riding come back.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from canvass_app.domain.errors import SyncProblem
from canvass_app.domain.text import Text
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection
from canvass_app.storage.erasing import DUE
from canvass_app.storage.log import LEFT, left_behind
from canvass_app.sync.auditing import ridings_with_unsent
from canvass_app.sync.http import Link
from canvass_app.sync.messages import Hello
from canvass_app.sync.outbox import read_mark
from canvass_app.sync.parts import holds_a_part
from canvass_app.sync.problems import COPIED
from canvass_app.sync.replica import Replica, fact, keep_fact
from canvass_app.sync.standing import Parcel, ask_standing, hand_in, prove

from .book import Book
from .bundle_files import SUFFIX, look_at_file
from .erasure import finish_erasures, forget_read
from .farewell import UP, seal_ridings

KEPT_DAYS = 90
_DAY_MS = 86_400_000
_SEALED = "handed_in"

_GONE = Text(
    "Headquarters took riding {number} from this computer: its people and results were removed here. {what} Nothing was lost.",
    "Le quartier général a retiré la circonscription {number} de cet ordinateur : ses personnes et ses résultats n’y sont plus. "
    "{what} Rien n’est perdu.",
)
_ALL_THERE = Text("Headquarters has everything.", "Le quartier général a tout.")
_SEALED_FOR_IT = Text(
    "{n:result that it did not have is sealed for it, and waits|results that it did not have are sealed for it, and wait} there "
    "for your organiser.",
    "{n:résultat qu’il n’avait pas est scellé pour lui et y attend|résultats qu’il n’avait pas sont scellés pour lui et y "
    "attendent} votre responsable.",
)
TOLD_DAYS = 30
"""So long a loss is told of, unless somebody said that they have read it."""
_LOSSES = "losses"


class Sealed(msgspec.Struct, frozen=True):
    """A sealed file of a riding that was taken from this laptop. Bytes are hex.

    `proofs` are by the device that it was then. `epoch`: of the headquarters that holds it; "" when none.
    """

    name: str
    riding_id: int
    device: str
    seal: str
    proofs: tuple[str, ...]
    at_ms: int
    epoch: str = ""


OTHERS = Text(
    "Headquarters gave this computer other turfs or lists in riding {number}: what is no longer yours was removed here. "
    "Headquarters has everything; nothing was lost.",
    "Le quartier général a confié à cet ordinateur d’autres secteurs ou d’autres listes dans la circonscription {number} : ce "
    "qui n’est plus à vous n’y est plus. Le quartier général a tout; rien n’est perdu.",
)


class Loss(msgspec.Struct, frozen=True):
    """A riding that headquarters took from this laptop. `results`: those that headquarters did not have."""

    riding_id: int
    results: int
    at_ms: int

    @property
    def text(self) -> Text:
        """What became of it, for people."""
        what = _SEALED_FOR_IT.fill(n=self.results) if self.results else _ALL_THERE
        return _GONE.fill(number=self.riding_id % 100_000, what=what)


# --- losing -------------------------------------------------------------------------------------------


def lose_what_was_taken(book: Book, me: Replica, link: Link, hello: Hello) -> list[Loss]:
    """Ask about ridings that headquarters does not show any more, and let go of those that it took.

    Only headquarters' signed word counts: a riding that it does not know is none that was taken. Raises StorageProblem;
    then that riding is as it was.
    """
    shown = {one.riding_id for one in hello.ridings}
    rows = me.database.read().query(
        "SELECT riding_id FROM sync_state UNION SELECT riding_id FROM device_log WHERE device_id = ?"
        " AND last_seq > acked_through ORDER BY riding_id",
        (me.device_id,),
    )
    missing = [int(row[0]) for row in rows if int(row[0]) not in shown]
    if not missing:
        return []
    seed = bytes.fromhex(book.meta("device_seed"))
    standing = link.run(ask_standing(me.device_id, seed, me.hq_key, os.urandom(16), missing))
    return [_lose(book, me, standing.hq_box, riding_id) for riding_id in standing.lost]


def lose_by_stick(book: Book, me: Replica, taken: Sequence[int]) -> list[Loss]:
    """Let go of ridings that headquarters' signed answer on a stick says were taken. Raises StorageProblem."""
    db = me.database.read()
    here = {int(row[0]) for row in db.query("SELECT riding_id FROM sync_state")}
    box = bytes.fromhex(book.meta("hq_box"))
    return [_lose(book, me, box, riding_id) for riding_id in taken if riding_id in here]


def _lose(book: Book, me: Replica, hq_box: bytes, riding_id: int) -> Loss:
    with book.writing():
        db = me.database.read()
        mark = read_mark(db, riding_id, me.device_id)
        ((results,),) = db.query(
            "SELECT COUNT(*) FROM attempt WHERE riding_id = ? AND device_id = ? AND device_seq > ?",
            (riding_id, me.device_id, mark.acked_through),
        )
        sealed = (
            _seal(book, me, hq_box, riding_id, mark.acked_through)
            if mark.last_seq or riding_id in ridings_with_unsent(db)
            else None
        )
        with me.database.write() as write:
            if sealed is not None:
                _keep(write, [*_kept(write), sealed])
            _remove(write, riding_id, me.device_id, mark.last_seq)
            keep_fact(write, DUE, "1")
            loss = Loss(riding_id, int(results), book.now_ms())
            _keep_losses(write, [*(one for one in _losses(write) if one.riding_id != riding_id), loss])
        me.changes.add(ChangeSet(ridings={riding_id}, settings=True, totals=True, bulk=True, forgotten=True))
        forget_read(book)
    finish_erasures(book)
    return loss


def seal_before_parting(book: Book, me: Replica, riding_id: int, acked: int) -> None:
    """Own results of the last 90 days are about to leave because what they are about is given to others now: a
    headquarters that is put back from a backup is offered them again. Raises StorageProblem."""
    sealed = _seal(book, me, bytes.fromhex(book.meta("hq_box")), riding_id, acked)
    there = msgspec.structs.replace(sealed, epoch=me.epoch(me.database.read()).hex())
    with book.writing(), me.database.write() as write:
        _keep(write, [*_kept(write), there])


def _seal(book: Book, me: Replica, hq_box: bytes, riding_id: int, acked: int) -> Sealed:
    ((old,),) = me.database.read().query(
        "SELECT COALESCE(MAX(device_seq), 0) FROM event WHERE riding_id = ? AND device_id = ? AND wall_ms < ?",
        (riding_id, me.device_id, book.now_ms() - KEPT_DAYS * _DAY_MS),
    )
    name = f"riding-{riding_id}-{os.urandom(4).hex()}{SUFFIX[UP]}"
    path, _ = seal_ridings(book, me, hq_box, [riding_id], name, after={riding_id: min(int(old), acked)})
    seal = look_at_file(path).seal
    parcel = prove(me.device_id, bytes.fromhex(book.meta("device_seed")), seal, path.read_bytes())
    proofs = tuple(one.hex() for one in parcel.proofs)
    return Sealed(name, riding_id, me.device_id.hex(), seal.hex(), proofs, book.now_ms())


def _remove(db: Connection, riding_id: int, device_id: bytes, last: int) -> None:
    """Everything of the riding, but for how far the own numbers went."""
    tables = [str(row[0]) for row in db.query("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        columns = {str(row[1]) for row in db.query(f"PRAGMA table_info({table})")}
        if "riding_id" in columns:
            db.run(f"DELETE FROM {table} WHERE riding_id = ?", (riding_id,))
    if last:
        db.run(
            "INSERT INTO device_log (riding_id, device_id, last_seq, acked_through) VALUES (?,?,?,?)",
            (riding_id, device_id, last, last),
        )
        keep_fact(db, f"{LEFT}{riding_id}", str(last))


# --- telling of it ------------------------------------------------------------------------------------


def losses(book: Book) -> list[Loss]:
    """What was taken in the last thirty days and nobody said they have read, the latest first. Any thread."""
    since = book.now_ms() - TOLD_DAYS * _DAY_MS
    return sorted((one for one in _losses(book.read()) if one.at_ms > since), key=lambda one: -one.at_ms)


def note_read(book: Book, told: Iterable[Loss]) -> None:
    """Somebody has read of these losses: they are told no more."""
    read = set(told)
    with book.writing(), book.database.write() as db:
        _keep_losses(db, [one for one in _losses(db) if one not in read])


def _losses(db: Connection) -> list[Loss]:
    return msgspec.json.decode(fact(db, _LOSSES, "[]"), type=list[Loss])


def _keep_losses(db: Connection, told: list[Loss]) -> None:
    keep_fact(db, _LOSSES, msgspec.json.encode(told).decode())


# --- handing in ---------------------------------------------------------------------------------------


def _kept(db: Connection) -> list[Sealed]:
    return msgspec.json.decode(fact(db, _SEALED, "[]"), type=list[Sealed])


def _keep(db: Connection, sealed: list[Sealed]) -> None:
    keep_fact(db, _SEALED, json.dumps([msgspec.structs.asdict(one) for one in sealed]))


def hand_in_sealed(book: Book, me: Replica, link: Link) -> int:
    """Hand in what is sealed and this headquarters does not hold yet; remove what it holds and is old. How many were.

    Raises SyncProblem or NoLongerWelcome; what was handed in stays so.
    """
    db = me.database.read()
    epoch, sealed, done = me.epoch(db).hex(), _kept(db), 0
    for place, one in enumerate(sealed):
        path = book.folder / one.name
        if one.epoch != epoch and path.exists():
            proofs = [bytes.fromhex(proof) for proof in one.proofs]
            parcel = Parcel(bytes.fromhex(one.device), bytes.fromhex(one.seal), proofs)
            link.run(hand_in(parcel, path.read_bytes(), me.hq_key))
            sealed[place] = msgspec.structs.replace(one, epoch=epoch)
            done += 1
            with book.writing(), me.database.write() as write:
                _keep(write, sealed)
    old = [one for one in sealed if one.epoch and book.now_ms() - one.at_ms > KEPT_DAYS * _DAY_MS]
    if old:
        with book.writing(), me.database.write() as write:
            _keep(write, [one for one in sealed if one not in old])
        for one in old:
            Path(book.folder / one.name).unlink(missing_ok=True)
    return done


# --- having it back -----------------------------------------------------------------------------------


def take_up_again(me: Replica, hello: Hello) -> None:
    """Ridings that came back: go on with the numbers where they stopped. Raises SyncProblem.

    What was sealed was handed in before this, and taken, because this laptop may send it again. If headquarters lacks some
    of it all the same (a person left it), this laptop needs new numbers.
    """
    for one in hello.ridings:
        last = left_behind(me.database.read(), one.riding_id)
        if not last:
            continue
        if holds_a_part(me.database.read(), one.riding_id):
            # What left stays at headquarters; what is here goes on from its own mark.
            continue
        if one.acked_through < last:
            raise SyncProblem(
                COPIED, detail=f"riding {one.riding_id}: {one.acked_through} of {last} came back"
            )
        with me.database.write() as db:
            db.run(
                "INSERT INTO device_log (riding_id, device_id, last_seq, acked_through) VALUES (?,?,?,?)"
                " ON CONFLICT (riding_id, device_id) DO UPDATE SET last_seq = MAX(last_seq, excluded.last_seq)",
                (one.riding_id, me.device_id, last, last),
            )


def note_taken_up(me: Replica, verified: list[int]) -> None:
    """These ridings are whole here again: nothing of them is left behind."""
    db = me.database.read()
    back = [one for one in verified if left_behind(db, one) and not holds_a_part(db, one)]
    if back:
        with me.database.write() as db:
            for one in back:
                db.run("DELETE FROM meta WHERE name = ?", (f"{LEFT}{one}",))
            _keep_losses(db, [one for one in _losses(db) if one.riding_id not in back])
