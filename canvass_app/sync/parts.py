"""The part of a riding that this laptop holds, when headquarters gives it no whole one (hq/slicing.py).

Headquarters says which ids the part is about on the first page of a pull from the beginning. Whatever else lies here goes
then: events of others, own ones that have their receipt, rows of imported files, frozen lists. What was typed and not
received stays until it is. An imported file comes cut to the part, as a roster by itself under the file's id.
"""

from __future__ import annotations

from canvass_app.ledger.events import Key
from canvass_app.ledger.rosters import (
    Chunk,
    Roster,
    build_roster,
    chunk_kind,
    door_rows,
    name_of,
    person_rows,
    rows_are_sound,
)
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.database import Connection, run_in
from canvass_app.storage.erasing import DUE
from canvass_app.storage.log import LEFT, left_behind
from canvass_app.storage.projections import rebuild
from canvass_app.storage.roster_store import keep_cut, load_chunks, roster_id_of

from .assets import check_chunk
from .codec import BadMessage
from .messages import Part, RosterCut
from .outbox import read_mark
from .problems import LATER, SyncLater
from .replica import Replica, fact, keep_fact

PART = "part_"
"""Facts "part_<riding>": this laptop holds a part of that riding."""
_ID_BYTES = 16


def holds_a_part(db: Connection, riding_id: int) -> bool:
    """Whether this laptop holds a part of the riding only."""
    return bool(fact(db, f"{PART}{riding_id}"))


def settle(me: Replica, riding_id: int, part: Part | None) -> None:
    """Before the first page of a pull from the beginning: hold this part, or the whole (None).

    What does not belong to it leaves, in one transaction. Raises SyncLater while somebody types, BadMessage, and what
    `me.parting` raises: then everything is as it was.
    """
    db = me.database.read()
    if part is None:
        if holds_a_part(db, riding_id):
            _hold_all(me, riding_id)
        return
    if len(part.subjects) % _ID_BYTES or part.own_through < 0:
        raise BadMessage("a part that names no ids")
    keep = {part.subjects[at : at + _ID_BYTES] for at in range(0, len(part.subjects), _ID_BYTES)}
    own_through = min(part.own_through, read_mark(db, riding_id, me.device_id).acked_through)
    gone = [
        Key(bytes(device), int(seq))
        for device, seq, subject in db.query(
            "SELECT device_id, device_seq, subject FROM event WHERE riding_id = ?", (riding_id,)
        )
        if bytes(subject) not in keep and not (bytes(device) == me.device_id and int(seq) > own_through)
    ]
    cut = _cut_rosters(db, riding_id, keep)
    if not gone and not cut:
        if not holds_a_part(db, riding_id):
            with me.database.write() as write:
                keep_fact(write, f"{PART}{riding_id}", "1")
        return
    if me.typing():
        raise SyncLater(LATER)
    own = [key.device_seq for key in gone if key.device_id == me.device_id]
    if own:
        me.parting(riding_id, own_through)
    with me.database.write() as write:
        keep_fact(write, f"{PART}{riding_id}", "1")
        if own:
            keep_fact(write, f"{LEFT}{riding_id}", str(max(left_behind(write, riding_id), own_through)))
        write.run_many(
            "DELETE FROM event WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
            [(riding_id, *key) for key in gone],
        )
        for roster_id, roster in cut.items():
            keep_cut(write, riding_id, roster_id, roster)
        me.changes.add(_fold_anew(me, write, riding_id))
        _drop_lists(write, riding_id)
        keep_fact(write, DUE, "1")
    me.let_go.add(riding_id)


def _fold_anew(me: Replica, db: Connection, riding_id: int) -> ChangeSet:
    changes = rebuild(db, riding_id, me.time_zone)
    changes.add(
        ChangeSet(ridings={riding_id}, totals=True, bulk=True, forgotten=True, teams=True, layers=True)
    )
    return changes


def _drop_lists(db: Connection, riding_id: int) -> None:
    """Frozen lists that no list here names any more."""
    here = {
        bytes(row[0]) for row in db.query("SELECT asset FROM walk_list WHERE riding_id = ?", (riding_id,))
    }
    stored = db.query("SELECT hash FROM asset WHERE riding_id = ? AND kind = 'walk_list'", (riding_id,))
    gone = [bytes(row[0]) for row in stored if bytes(row[0]) not in here]
    run_in(db, "DELETE FROM asset WHERE riding_id = ? AND hash IN (??)", (riding_id,), gone)


def _hold_all(me: Replica, riding_id: int) -> None:
    """The whole riding comes: what was cut of imported files is fetched whole."""
    with me.database.write() as db:
        db.run("DELETE FROM meta WHERE name = ?", (f"{PART}{riding_id}",))
        rosters = db.query("SELECT DISTINCT roster_id FROM roster WHERE riding_id = ?", (riding_id,))
        for (roster_id,) in rosters:
            keep_cut(db, riding_id, bytes(roster_id), None)
        me.changes.add(_fold_anew(me, db, riding_id))


# --- imported files -----------------------------------------------------------------------------------


def _cut_rosters(db: Connection, riding_id: int, keep: set[bytes]) -> dict[bytes, Roster]:
    """What is left of the rosters here that say something of others."""
    cut: dict[bytes, Roster] = {}
    for (roster_id,) in db.query(
        "SELECT DISTINCT roster_id FROM roster_chunk WHERE riding_id = ?", (riding_id,)
    ):
        chunks = load_chunks(db, riding_id, bytes(roster_id))
        doors = [
            row for one in chunks if chunk_kind(one) == "doors" for row in door_rows(one) if row is not None
        ]
        people = [
            row
            for one in chunks
            if chunk_kind(one) == "people"
            for row in person_rows(one)
            if row is not None
        ]
        left = [row for row in doors if row.door_id in keep], [row for row in people if row.person_id in keep]
        if (len(left[0]), len(left[1])) != (len(doors), len(people)):
            cut[bytes(roster_id)] = build_roster(riding_id, *left)
    return cut


def take_cut(me: Replica, riding_id: int, name: bytes, told: RosterCut) -> None:
    """Keep what a roster says of the part, and fold it when the roster was folded already. Raises BadMessage."""
    for number, chunk in enumerate(told.chunks):
        check_chunk(chunk)
        if chunk.number != number:
            raise BadMessage("a chunk is missing")
    chunks = tuple(Chunk(one.first_key, one.leaves, one.rows) for one in told.chunks)
    if name_of(riding_id, chunks) != told.cut or not rows_are_sound(riding_id, chunks):
        raise BadMessage("a part of a roster is not what its name says")
    roster_id = roster_id_of(name)
    with me.database.write() as db:
        before = load_chunks(db, riding_id, roster_id)
        keep_cut(db, riding_id, roster_id, Roster(told.cut, 0, 0, chunks))
        known = db.query(
            "SELECT complete FROM roster WHERE riding_id = ? AND roster_id = ?", (riding_id, roster_id)
        )
        if known and (not known[0][0] or [one.rows for one in before] != [one.rows for one in chunks]):
            me.changes.add(_fold_anew(me, db, riding_id))
