"""What a laptop hands in that it may no longer push: kept sealed, looked at by a person, then taken or left.

Each part comes with a proof by the laptop's own key; inside, every chunk is signed by it as well. Nothing of it counts
until somebody decides, except where the laptop may send it after all: then it is taken at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from canvass_app.domain.errors import CanvassError, FileProblem, InputError, NotFound
from canvass_app.domain.text import Text
from canvass_app.ledger.events import BadEvent, open_event
from canvass_app.services.bundle_files import reading
from canvass_app.storage.database import Connection
from canvass_app.sync.boxes import HQ_BOX, box_secret
from canvass_app.sync.bundle_items import Item, items, take
from canvass_app.sync.bundles import UP, Broken, NotABundle, key_name, look_at, opened, read_header
from canvass_app.sync.codec import BadMessage
from canvass_app.sync.messages import PROTOCOL, AuditPart, Batch, HandedIn, HandIn, Signed
from canvass_app.sync.signing import hand_in_words, sign_order, verifies

from .answering import Answering
from .auditing import take_records
from .bundles import TAMPERED, Taken, import_bytes
from .devices import Device, device_of_old, keys_of
from .office import Office
from .projecting import catch_up
from .refusals import No, bad_request, too_large, unknown_device

PART_BYTES = 4 << 20
MOST_PARTS = 64
"""256 MiB: more than any laptop has to say."""
MOST_WAITING = 8
"""Bundles of one laptop that wait for a decision."""
_SEAL_BYTES = 32
_NO_KEY = bytes(32)

_FOR_REVIEW = Text(
    "“{name}” comes from a laptop that is shut out. It is kept here and counts for nothing until you decide: “canvass-hq "
    "review show {number}”, then accept or leave.",
    "« {name} » vient d’un ordinateur qui n’a plus accès. Il est conservé ici et ne compte pas avant votre décision : "
    "« canvass-hq review show {number} », puis accept ou leave.",
)
_NONE = Text(
    "Nothing with the number “{text}” waits for a decision. Nothing was changed. “canvass-hq review list” shows what does.",
    "Rien ne porte le numéro « {text} » parmi ce qui attend une décision. Rien n’a été modifié. « canvass-hq review list » "
    "montre ce qui attend.",
)
_BROKEN = Text(
    "What was handed in cannot be read: it is damaged, or was not sealed for this headquarters. It stays where it is.",
    "Ce qui a été remis est illisible : c’est endommagé, ou scellé pour un autre quartier général. Rien n’a bougé.",
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A bundle that waits for a person. Times are milliseconds UTC."""

    number: str
    """What people call it by: the beginning of its seal."""
    device_id: bytes
    device_name: str
    seal: bytes
    received_ms: int
    revoked_ms: int
    """When the laptop was shut out; 0: it only lost a riding."""
    kinds: dict[str, int]
    """Events by kind."""
    authors: dict[str, int]
    ridings: list[int]
    first_ms: int
    last_ms: int
    after: int
    """How many were written after the laptop was shut out, by its own clock."""


# --- taking in --------------------------------------------------------------------------------------


def hand_in(office: Office, part: HandIn) -> Signed:
    """Keep a part. It may come again, in any order. Raises No (400, 401, 413)."""
    if part.protocol != PROTOCOL:
        raise bad_request("protocol")
    if len(part.seal) != _SEAL_BYTES or not 0 <= part.part < part.parts or part.parts < 1:
        raise bad_request()
    if part.parts > MOST_PARTS or len(part.data) > PART_BYTES:
        raise too_large()
    rows = office.read().query("SELECT public_key FROM device WHERE device_id = ?", (part.device_id,))
    key = bytes(rows[0][0]) if rows else _NO_KEY
    words = hand_in_words(part.device_id, part.seal, part.part, part.parts, part.data)
    if not verifies(key, words, part.proof):
        raise unknown_device()
    have = office.write(lambda db: _keep(office, db, part))
    whole = have == part.parts and _is_whole(office, part.device_id, part.seal)
    if whole:
        _settle(office, part.device_id, part.seal)
    elif have == part.parts:
        # Every part is here and they do not make what the seal names: the laptop begins again.
        office.write(lambda db: _drop(db, part.device_id, part.seal))
        have = 0
    return sign_order(
        office.seed,
        HandedIn(
            device_id=part.device_id, seal=part.seal, have=have, whole=whole, server_time=office.now_ms()
        ),
    )


def _keep(office: Office, db: Connection, part: HandIn) -> int:
    """Keep it unless it is here; how many parts are."""
    where = (part.device_id, part.seal)
    known = db.query("SELECT parts, state FROM handed_in WHERE device_id = ? AND seal = ?", where)
    if not known:
        ((others,),) = db.query(
            "SELECT COUNT(*) FROM handed_in WHERE device_id = ? AND state IN ('coming', 'waiting')",
            (part.device_id,),
        )
        if int(others) >= MOST_WAITING:
            raise too_large()
        db.run(
            "INSERT INTO handed_in (device_id, seal, parts, received_ms, state) VALUES (?,?,?,?,'coming')"
            " ON CONFLICT DO NOTHING",
            (*where, part.parts, office.now_ms()),
        )
    elif known[0][1] != "coming":
        return int(known[0][0])
    elif int(known[0][0]) != part.parts:
        raise bad_request()
    db.run(
        "INSERT INTO handed_in_part (device_id, seal, part, data) VALUES (?,?,?,?) ON CONFLICT DO NOTHING",
        (*where, part.part, part.data),
    )
    ((have,),) = db.query("SELECT COUNT(*) FROM handed_in_part WHERE device_id = ? AND seal = ?", where)
    return int(have)


def _drop(db: Connection, device_id: bytes, seal: bytes) -> None:
    for table in ("handed_in_part", "handed_in"):
        db.run(f"DELETE FROM {table} WHERE device_id = ? AND seal = ?", (device_id, seal))


def _is_whole(office: Office, device_id: bytes, seal: bytes) -> bool:
    ((state,),) = office.read().query(
        "SELECT state FROM handed_in WHERE device_id = ? AND seal = ?", (device_id, seal)
    )
    if state != "coming":
        return True
    try:
        seen = look_at(BytesIO(_bytes_of(office, device_id, seal)).read)
    except NotABundle:
        return False
    mine = seen.header.device == device_id and seen.header.kind == UP
    return seen.whole and seen.seal == seal and mine and seen.header.box == key_name(office.box_key)


def _bytes_of(office: Office, device_id: bytes, seal: bytes) -> bytes:
    rows = office.read().query(
        "SELECT data FROM handed_in_part WHERE device_id = ? AND seal = ? ORDER BY part", (device_id, seal)
    )
    return b"".join(bytes(row[0]) for row in rows)


def kept_for_review(office: Office, path: Path) -> Taken | None:
    """What a laptop that is shut out had to say, brought on a stick, waits for a person as if it had been handed in.

    None when the file is anything else. Raises FileProblem when it is not whole, or not that laptop's own.
    """
    with reading(path) as read:
        header, _ = read_header(read)
    ours = header.kind == UP and header.box == key_name(office.box_key)
    former = device_of_old(office, header.device) if ours else None
    if former is None or not former.revoked:
        return None
    with reading(path) as read:
        seen = look_at(read)
    secret, key = box_secret(office.seed, HQ_BOX), keys_of(office, header.device).signing
    with reading(path) as read:
        again, top = read_header(read)
        try:
            for _ in opened(read, again, top, secret, key):
                pass
        except Broken as broken:
            raise FileProblem(TAMPERED.fill(name=path.name), detail=str(broken)) from broken
    data = path.read_bytes()
    office.write(lambda db: _keep_whole(office, db, header.device, seen.seal, data))
    said = _FOR_REVIEW.fill(name=path.name, number=seen.seal.hex()[:8])
    return Taken(path.name, header.device, former.now.name, refused=said)


def _keep_whole(office: Office, db: Connection, device_id: bytes, seal: bytes, data: bytes) -> None:
    known = "SELECT 1 FROM handed_in WHERE device_id = ? AND seal = ? AND state <> 'coming'"
    if db.query(known, (device_id, seal)):
        return
    _drop(db, device_id, seal)
    parts = [data[at : at + PART_BYTES] for at in range(0, len(data), PART_BYTES)]
    db.run(
        "INSERT INTO handed_in (device_id, seal, parts, received_ms, state) VALUES (?,?,?,?,'waiting')",
        (device_id, seal, len(parts), office.now_ms()),
    )
    db.run_many(
        "INSERT INTO handed_in_part (device_id, seal, part, data) VALUES (?,?,?,?)",
        [(device_id, seal, number, one) for number, one in enumerate(parts)],
    )


def _settle(office: Office, device_id: bytes, seal: bytes) -> None:
    """It is all here: take it where the laptop may send it after all, else it waits.

    Its log of who saw whom is no result: that is taken at once, whatever a person decides about the rest.
    """
    if not _take_sights(office, device_id, seal):
        _decided(office, device_id, seal, "taken")
        return
    office.write(
        lambda db: db.run(
            "UPDATE handed_in SET state = 'waiting' WHERE device_id = ? AND seal = ? AND state = 'coming'",
            (device_id, seal),
        )
    )
    take_what_may_be_sent(office, device_id)


def _take_sights(office: Office, device_id: bytes, seal: bytes) -> bool:
    """Take a bundle's records of who saw whom. Whether there is anything else in it that somebody has to decide about."""
    former = device_of_old(office, device_id)
    assert former is not None
    others = False
    for item in _items_of(office, device_id, seal):
        if item.kind == "sights":
            # A riding that is not here any more has no log to put it into.
            with suppress(No):
                take_records(office, former.ever, item.riding_id, take(item, AuditPart))
        others = others or item.kind in ("events", "relay")
    return others


def _items_of(office: Office, device_id: bytes, seal: bytes) -> Iterator[Item]:
    """What lies in a bundle, as far as it can be read: that is what would be taken."""
    read = BytesIO(_bytes_of(office, device_id, seal)).read
    header, top = read_header(read)
    secret, key = box_secret(office.seed, HQ_BOX), keys_of(office, device_id).signing
    with suppress(Broken, BadMessage):
        yield from items(opened(read, header, top, secret, key))


def take_what_may_be_sent(office: Office, device_id: bytes) -> int:
    """Take what waits of a laptop that may send it (again): a new code is an organiser's word. How many bundles."""
    device = device_of_old(office, device_id)
    if device is None or device.revoked:
        return 0
    taken = 0
    for seal in [
        bytes(row[0])
        for row in office.read().query(
            "SELECT seal FROM handed_in WHERE device_id = ? AND state = 'waiting' ORDER BY received_ms, seal",
            (device_id,),
        )
    ]:
        header, _ = read_header(BytesIO(_bytes_of(office, device_id, seal)).read)
        if all(device.now.may_see(riding) for riding in header.ridings):
            _take(office, device.now, seal)
            taken += 1
    return taken


# --- deciding ---------------------------------------------------------------------------------------


def all_waiting(office: Office) -> list[Waiting]:
    """What waits for a decision, the oldest first."""
    rows = office.read().query(
        "SELECT h.device_id, h.seal, h.received_ms, d.name, d.revoked_ms FROM handed_in h"
        " JOIN device d ON d.device_id = h.device_id WHERE h.state = 'waiting' ORDER BY h.received_ms, h.seal"
    )
    return [_describe(office, *row) for row in rows]


def _describe(office: Office, device: Any, seal: Any, received: Any, name: Any, revoked: Any) -> Waiting:
    device_id, mark = bytes(device), bytes(seal)
    kinds: Counter[str] = Counter()
    authors: Counter[str] = Counter()
    ridings: set[int] = set()
    walls: list[int] = []
    # What cannot be read is told by the numbers: it would not be taken either.
    with suppress(BadEvent, BadMessage):
        for item in _items_of(office, device_id, mark):
            for raw in take(item, Batch).events if item.kind == "events" else ():
                event = open_event(raw)
                kinds[event.kind] += 1
                authors[event.author] += 1
                ridings.add(event.riding_id)
                walls.append(event.wall_ms)
    late = sum(1 for one in walls if int(revoked) and one >= int(revoked))
    return Waiting(
        mark.hex()[:8], device_id, str(name), mark, int(received), int(revoked), dict(kinds.most_common()),
        dict(authors.most_common()), sorted(ridings), min(walls, default=0), max(walls, default=0), late,
    )  # fmt: skip


def find_waiting(office: Office, text: str) -> Waiting:
    """What waits under this number, or under the beginning of it. Raises NotFound, InputError."""
    wanted = text.strip().lower()
    found = [one for one in all_waiting(office) if len(wanted) >= 4 and one.seal.hex().startswith(wanted)]
    if len(found) != 1:
        raise (InputError if found else NotFound)(_NONE.fill(text=text))
    return found[0]


def accept(office: Office, waiting: Waiting) -> Taken:
    """Take it: it counts from now on, as if it had been pushed in time. Raises InputError when it cannot be read."""
    device = device_of_old(office, waiting.device_id)
    assert device is not None
    return _take(office, device.ever, waiting.seal)


def _take(office: Office, device: Device, seal: bytes) -> Taken:
    data = _bytes_of(office, device.device_id, seal)
    told: dict[bytes, Answering] = {}
    try:
        taken = import_bytes(office, seal.hex()[:8], BytesIO(data).read, told, sender=device)
    except (CanvassError, BadMessage) as error:
        raise InputError(_BROKEN, detail=str(error)) from error
    _decided(office, device.device_id, seal, "taken")
    for answering in told.values():
        for riding_id in sorted(answering.touched):
            catch_up(office, riding_id)
    return taken


def leave(office: Office, waiting: Waiting) -> None:
    """Do not take it: it is removed, and nothing of it ever counts."""
    _decided(office, waiting.device_id, waiting.seal, "left")


def _decided(office: Office, device_id: bytes, seal: bytes, state: str) -> None:
    def work(db: Connection) -> None:
        db.run(
            "UPDATE handed_in SET state = ?, decided_ms = ? WHERE device_id = ? AND seal = ?",
            (state, office.now_ms(), device_id, seal),
        )
        db.run("DELETE FROM handed_in_part WHERE device_id = ? AND seal = ?", (device_id, seal))

    office.write(work)
