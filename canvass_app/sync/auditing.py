"""Sending this laptop's log of who saw whom: what headquarters lacks of each chain, until it has it.

Nothing but headquarters' signature moves the mark of what it has. The head of headquarters' own chain comes with it and is kept:
a log that is cut there later, end or whole, no longer goes with what was signed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from canvass_app.domain.errors import SyncProblem
from canvass_app.ledger.trail import BadRecord, open_record
from canvass_app.storage.audit import OWN, Head, begin_again, hash_at, own_head, raws, set_of
from canvass_app.storage.database import Connection, query_in, run_in

from .codec import BadMessage, pack
from .messages import PROTOCOL, AuditPart, AuditReceipt, AuditSet, Hello, Signed
from .problems import CONFUSED, FORGED
from .replica import Replica
from .signing import open_receipt
from .steps import Call, Declined, Steps, read_answer

MOST_RECORDS = 500
MOST_SET_BYTES = 4 << 20
PATIENCE = 60.0


@dataclass(slots=True)
class AuditSent:
    """What came of it. `parted`: ridings whose chain was begun anew; `doubtful`: those in which headquarters' own log is not
    what it had signed."""

    records: int = 0
    parted: list[int] = field(default_factory=list[int])
    doubtful: list[int] = field(default_factory=list[int])


def send_audit(me: Replica, hello: Hello) -> Steps[AuditSent]:
    """Send the records of every riding that headquarters shows this device. Raises SyncProblem or Refused."""
    sent = AuditSent()
    for riding in hello.ridings:
        yield from _send_riding(me, riding.riding_id, sent)
    return sent


def _send_riding(me: Replica, riding_id: int, sent: AuditSent) -> Steps[None]:
    turned = rewound = False
    while True:
        me.stop_if_cancelled()
        db = me.database.read()
        head = own_head(db, riding_id)
        if head is None or head.number == head.acked:
            return
        part = _part(db, riding_id, head)
        path = f"/v1/ridings/{riding_id}/audit"
        try:
            signed = read_answer((yield Call("POST", path, pack(part), PATIENCE)), Signed)
        except Declined as declined:
            if declined.status != 404:
                raise
            # A headquarters of an earlier version; the records wait.
            return
        receipt = _believed(me, riding_id, part, signed)
        with me.database.write() as db:
            if not _keep_anchor(db, riding_id, receipt, part, signed) and riding_id not in sent.doubtful:
                sent.doubtful.append(riding_id)
            if receipt.parted:
                if turned:
                    raise SyncProblem(CONFUSED, detail="a chain that has just begun is said to have parted")
                turned = True
                begin_again(db, riding_id, me.device_id, me.clock.now_ms())
                sent.parted.append(riding_id)
                continue
            if receipt.have < part.first - 1:
                # Headquarters was put back, or never had what it is believed to have.
                if rewound:
                    raise SyncProblem(CONFUSED, detail="a chain is not taken from where it was asked for")
                rewound = True
                db.run("UPDATE audit_set SET sent = 0 WHERE riding_id = ?", (riding_id,))
            elif receipt.have <= head.acked:
                raise SyncProblem(CONFUSED, detail="nothing of a chain is taken")
            else:
                run_in(
                    db,
                    "UPDATE audit_set SET sent = 1 WHERE riding_id = ? AND name IN (??)",
                    (riding_id,),
                    [one.name for one in part.sets],
                )
                sent.records += receipt.have - head.acked
            _note_acked(db, riding_id, head.chain, receipt)
            me.heard(db, receipt.server_time)


def _part(db: Connection, riding_id: int, head: Head) -> AuditPart:
    """The next records that headquarters lacks, with the sets that they name."""
    records: list[bytes] = []
    sets: dict[bytes, bytes] = {}
    size = 0
    for raw in raws(db, riding_id, head.chain, head.acked, MOST_RECORDS):
        name = _set_named(raw)
        if name and name not in sets and not _is_sent(db, riding_id, name):
            joined = set_of(db, riding_id, name)
            if records and size + len(joined) > MOST_SET_BYTES:
                break
            sets[name] = joined
            size += len(joined)
        records.append(raw)
    anchors = db.query(
        "SELECT chain, number, payload, signature FROM audit_anchor WHERE riding_id = ?", (riding_id,)
    )
    latest = max(anchors, key=lambda row: int(row[1]), default=None)
    return AuditPart(
        protocol=PROTOCOL,
        chain=head.chain,
        first=head.acked + 1,
        records=records,
        head=head.number,
        sets=[AuditSet(name=name, refs=joined) for name, joined in sets.items()],
        known_chain=bytes(latest[0]) if latest else b"",
        known=int(latest[1]) if latest else 0,
        heads=[Signed(payload=bytes(row[2]), signature=bytes(row[3])) for row in anchors],
    )


def unsent_parts(db: Connection, riding_id: int) -> Iterator[AuditPart]:
    """What headquarters lacks of this laptop's chain, part by part, for a file that is opened there."""
    head = own_head(db, riding_id)
    while head is not None and head.acked < head.number:
        part = _part(db, riding_id, head)
        if not part.records:
            return
        yield part
        head = head._replace(acked=head.acked + len(part.records))


def ridings_with_unsent(db: Connection) -> list[int]:
    """The ridings in which headquarters lacks some of this laptop's chain."""
    rows = db.query(
        "SELECT riding_id FROM audit_head WHERE own = ? AND number > acked ORDER BY riding_id", (OWN,)
    )
    return [int(row[0]) for row in rows]


def _set_named(raw: bytes) -> bytes:
    try:
        return open_record(raw).entry.set_name
    except BadRecord:
        # Altered here: headquarters says so.
        return b""


def _is_sent(db: Connection, riding_id: int, name: bytes) -> bool:
    rows = query_in(
        db,
        "SELECT sent FROM audit_set WHERE riding_id = ? AND part = 0 AND name IN (??)",
        (riding_id,),
        [name],
    )
    return bool(rows) and bool(rows[0][0])


def _believed(me: Replica, riding_id: int, part: AuditPart, signed: Signed) -> AuditReceipt:
    try:
        receipt = open_receipt(me.hq_key, AuditReceipt, signed)
    except BadMessage as error:
        raise SyncProblem(FORGED, detail=str(error)) from error
    db = me.database.read()
    through = part.first + len(part.records) - 1
    fits = (
        receipt.riding_id == riding_id
        and receipt.chain == part.chain
        and receipt.epoch == me.epoch(db)
        and (receipt.parted or receipt.have <= through)
    )
    if fits and not receipt.parted:
        fits = hash_at(db, riding_id, part.chain, receipt.have) == receipt.hash
    if not fits:
        raise SyncProblem(FORGED, detail="a receipt of the log of who saw whom is not for what was sent")
    return receipt


def _note_acked(db: Connection, riding_id: int, chain: bytes, receipt: AuditReceipt) -> None:
    db.run(
        "UPDATE audit_head SET acked = ? WHERE riding_id = ? AND chain = ?", (receipt.have, riding_id, chain)
    )


def _keep_anchor(
    db: Connection, riding_id: int, receipt: AuditReceipt, part: AuditPart, signed: Signed
) -> bool:
    """Keep the head that headquarters signed; False when its log is not what it signed before. Then that stays, as proof."""
    rows = db.query(
        "SELECT number, hash FROM audit_anchor WHERE riding_id = ? AND chain = ?",
        (riding_id, receipt.own_chain),
    )
    if rows:
        number, digest = int(rows[0][0]), bytes(rows[0][1])
        asked = part.known_chain == receipt.own_chain and part.known == number
        if receipt.own_number < number or (asked and receipt.then != digest):
            return False
    db.run(
        "INSERT INTO audit_anchor (riding_id, chain, number, hash, payload, signature) VALUES (?,?,?,?,?,?)"
        " ON CONFLICT (riding_id, chain) DO UPDATE SET number = excluded.number, hash = excluded.hash,"
        " payload = excluded.payload, signature = excluded.signature",
        (
            riding_id, receipt.own_chain, receipt.own_number, receipt.own_hash, signed.payload, signed.signature,
        ),
    )  # fmt: skip
    return True
