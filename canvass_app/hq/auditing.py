"""Headquarters' part of the log of who saw whom: its own chain of what it handed out, and taking in those of devices.

Headquarters has one chain in each riding, and another one after a restore, so that no number is given twice: the new one begins
by naming how far the one before had come in the backup. Whatever a route hands out is recorded before the answer leaves.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple

import msgspec

from canvass_app.domain.accesses import Access
from canvass_app.domain.walk_list import WalkListDocument
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.ledger.rosters import Chunk, chunk_kind, person_rows
from canvass_app.ledger.trail import (
    BadRecord,
    Draft,
    Record,
    are_sorted,
    concerning,
    handed_chunks,
    handed_log,
    open_record,
    people_refs,
    set_name,
    words,
)
from canvass_app.storage.audit import (
    FOREIGN,
    FORMER,
    OWN,
    Head,
    append,
    hash_at,
    head_of,
    keep,
    keep_set,
    make_head,
    note_trouble,
)
from canvass_app.storage.database import Connection
from canvass_app.storage.roster_store import roster_id_of
from canvass_app.sync.auditing import MOST_RECORDS
from canvass_app.sync.bundle_items import Item, take
from canvass_app.sync.codec import BadMessage, expand
from canvass_app.sync.inbox import open_page
from canvass_app.sync.messages import (
    PROTOCOL,
    Asset,
    AuditPart,
    AuditReceipt,
    Page,
    RosterCut,
    RosterPart,
    Signed,
)
from canvass_app.sync.signing import open_receipt, sign_receipt

from .devices import Device
from .office import Office
from .refusals import bad_request, not_found
from .ridings import has_riding

HEADQUARTERS = bytes(16)
"""The device that stands in records of what was done at headquarters itself."""
MOST_HEADS = 50
_CUT, _FORK, _CAME, _RESTORED = "cut", "fork", "came", "restored"


class Saying(NamedTuple):
    """What is to be recorded in headquarters' own chain of a riding."""

    riding_id: int
    drafts: Sequence[Draft]
    sets: Mapping[bytes, bytes]


# --- headquarters' own chain -----------------------------------------------------------------------


def own_chain(office: Office) -> bytes:
    """The name of headquarters' chains since it was made, or restored."""
    return blake2b(office.epoch, key=office.seed, person=b"canvass hq audit", digest_size=16).digest()


def own_head(office: Office, db: Connection, riding_id: int) -> Head:
    """The head of headquarters' own chain, held until the commit; begun where there is none."""
    head = make_head(db, riding_id, own_chain(office), HEADQUARTERS, OWN)
    if head.number:
        return head
    before = db.query(
        "SELECT chain, number, hash FROM audit_head WHERE riding_id = ? AND own = ? AND chain <> ?",
        (riding_id, OWN, head.chain),
    )
    db.run(
        "UPDATE audit_head SET own = ? WHERE riding_id = ? AND own = ? AND chain <> ?",
        (FORMER, riding_id, OWN, head.chain),
    )
    began = [
        Draft(
            Access.BEGAN, office.now_ms(), HEADQUARTERS, what=f"chain {bytes(chain).hex()}", numbers=(int(number),),
            link=bytes(digest),
        )
        for chain, number, digest in before
    ]  # fmt: skip
    return append(db, riding_id, head, began)


def say(office: Office, db: Connection, said: Saying) -> Head:
    """Append to headquarters' own chain within a transaction."""
    for name, joined in said.sets.items():
        keep_set(db, said.riding_id, name, joined)
    return append(db, said.riding_id, own_head(office, db, said.riding_id), said.drafts)


def say_now(office: Office, said: Saying) -> None:
    """Append to headquarters' own chain, durably."""
    office.write(lambda db: say(office, db, said))


class Scribe:
    """Records what is handed out, durably, before it is. Whoever comes while one writes is written by the next, together:
    a thousand laptops that pull at once do not wait for a thousand commits."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._turn = threading.Lock()
        self._lock = threading.Lock()
        self._waiting: list[tuple[Saying, Future[None]]] = []

    def write(self, said: Saying) -> None:
        """Record; returns when it is durable. Raises what the database raises: then nothing may be handed out."""
        done: Future[None] = Future()
        with self._lock:
            self._waiting.append((said, done))
        with self._turn:
            if not done.done():
                with self._lock:
                    batch, self._waiting = self._waiting, []
                self._write(batch)
        done.result()

    def _write(self, batch: list[tuple[Saying, Future[None]]]) -> None:
        # One order everywhere: no two transactions wait for each other's ridings.
        ordered = sorted(batch, key=lambda one: one[0].riding_id)

        def work(db: Connection) -> None:
            for said, _ in ordered:
                say(self._office, db, said)

        try:
            self._office.write(work)
        except BaseException as error:
            for _, done in batch:
                done.set_exception(error)
        else:
            for _, done in batch:
                done.set_result(None)


# --- what was handed out -----------------------------------------------------------------------------


def handed_page(office: Office, device: Device, riding_id: int, page: Page) -> Saying | None:
    """That a device was given events; None for a page without any.

    Of whoever holds a part, those whom its events are about: between their numbers lies what others did.
    """
    if not page.events:
        return None
    if device.holds_a_part:
        return _handed_part(office, device, riding_id, _people_of(page))
    parts = handed_log([sequence for sequence, _, _ in page.events])
    return Saying(riding_id, [_handed(office, device, *part) for part in parts], {})


def handed_rows(office: Office, device: Device, riding_id: int, name: bytes, part: RosterPart) -> Saying:
    """That a device was given chunks of an imported file."""
    told = handed_chunks(roster_id_of(name), (chunk.number for chunk in part.chunks))
    return Saying(riding_id, [_handed(office, device, *told)], {})


def handed_cut(office: Office, device: Device, riding_id: int, cut: RosterCut) -> Saying | None:
    """That a device was given what an imported file says of its part; None for nobody."""
    chunks = [Chunk(one.first_key, one.leaves, one.rows) for one in cut.chunks]
    rows = (person_rows(chunk) for chunk in chunks if chunk_kind(chunk) == "people")
    return _handed_part(office, device, riding_id, {row.person_id for row in chain(*rows) if row})


def _handed_part(office: Office, device: Device, riding_id: int, people: Collection[bytes]) -> Saying | None:
    if not people:
        return None
    draft, joined = concerning(_handed(office, device, "part", ()), people_refs(riding_id, people))
    return Saying(riding_id, [draft], {draft.set_name: joined} if joined else {})


def _people_of(page: Page) -> set[bytes]:
    events, _, _ = open_page(page)
    found = {event.subject for event in events if event.body is None or event.body.entity == "person"}
    return found | {
        event.body.person for event in events if isinstance(event.body, AttemptMade) and event.body.person
    }


def handed_asset(office: Office, device: Device, riding_id: int, asset: Asset) -> Saying | None:
    """That a device was given a frozen list; None for what names nobody."""
    if asset.kind != "walk_list":
        return None
    number: tuple[int, ...] = ()
    people: list[bytes] = []
    try:
        document = msgspec.msgpack.decode(expand(asset.data, "zstd"), type=WalkListDocument)
    except (BadMessage, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        # Whatever it is, it left.
        document = None
    if document is not None:
        number = (document.number,)
        people = sorted(document.person_ids)
    draft, joined = concerning(_handed(office, device, "list", number), people_refs(riding_id, people))
    return Saying(riding_id, [draft], {draft.set_name: joined} if joined else {})


def handed_items(office: Office, device: Device, riding_id: int, items: Iterable[Item]) -> Iterator[Item]:
    """The items of a bundle, each recorded before it is written into it."""
    for item in items:
        said: Saying | None = None
        if item.kind == "page":
            said = handed_page(office, device, riding_id, take(item, Page))
        elif item.kind == "asset":
            said = handed_asset(office, device, riding_id, take(item, Asset))
        elif item.kind == "roster":
            said = handed_rows(office, device, riding_id, item.name, take(item, RosterPart))
        elif item.kind == "cut":
            said = handed_cut(office, device, riding_id, take(item, RosterCut))
        if said is not None:
            say_now(office, said)
        yield item


def asked_about(office: Office, device_id: bytes, riding_id: int, person_id: bytes, who: str = "") -> Saying:
    """That somebody asked who saw a person: at headquarters itself, or by the device."""
    draft = Draft(Access.ASKED, office.now_ms(), device_id, words(who), what="who-saw")
    return Saying(riding_id, [concerning(draft, people_refs(riding_id, [person_id]))[0]], {})


def found_by_name(office: Office, riding_id: int, people: Sequence[bytes], who: str) -> Saying:
    """That a name asked for at headquarters itself showed these people."""
    draft = Draft(Access.SEARCHED, office.now_ms(), HEADQUARTERS, words(who), what="find")
    draft, joined = concerning(draft, people_refs(riding_id, people))
    return Saying(riding_id, [draft], {draft.set_name: joined} if joined else {})


def _handed(office: Office, device: Device, what: str, numbers: tuple[int, ...]) -> Draft:
    return Draft(Access.HANDED, office.now_ms(), device.device_id, what=what, numbers=numbers)


# --- chains of devices -------------------------------------------------------------------------------


def take_records(office: Office, device: Device, riding_id: int, part: AuditPart) -> Signed:
    """Keep a device's records and answer how far its chain has come here, signed. Raises No; then nothing was changed.

    What does not follow from what is here is not taken: the chain is marked, headquarters says so in its own, and the device
    begins another chain, in which it says again what is left.
    """
    if (
        part.protocol != PROTOCOL
        or len(part.chain) != 16
        or not 1 <= part.first < 1 << 62
        or not 0 <= part.head < 1 << 62
        or not 0 <= part.known < 1 << 62
        or len(part.records) > MOST_RECORDS
        or len(part.heads) > MOST_HEADS
    ):
        raise bad_request()
    if not device.may_see(riding_id):
        raise not_found()
    sets = {one.name: one.refs for one in part.sets}
    if any(not refs or not are_sorted(refs) or set_name(refs) != name for name, refs in sets.items()):
        raise bad_request("set")
    records, altered = _opened(part, riding_id, device)

    def work(db: Connection) -> AuditReceipt:
        if not has_riding(db, riding_id):
            raise not_found()
        known = head_of(db, riding_id, part.chain)
        if known is not None and (known.own != FOREIGN or known.device_id != device.device_id):
            raise not_found()
        head = make_head(db, riding_id, part.chain, device.device_id, FOREIGN)
        for name, joined in sets.items():
            keep_set(db, riding_id, name, joined)
        head, first, trouble = _follow(office, db, riding_id, part, records, altered, head)
        own = _answer(office, db, riding_id, part, known, head, (first, trouble))
        return AuditReceipt(
            riding_id=riding_id,
            chain=part.chain,
            have=head.number,
            hash=head.hash,
            parted=bool(trouble),
            own_chain=own.chain,
            own_number=own.number,
            own_hash=own.hash,
            then=hash_at(db, riding_id, own.chain, part.known) if part.known_chain == own.chain else b"",
            epoch=office.epoch,
            server_time=office.now_ms(),
        )

    return sign_receipt(office.seed, office.write(work))


def _opened(part: AuditPart, riding_id: int, device: Device) -> tuple[list[Record], bool]:
    """The part's records up to the first that does not follow the one before it, and whether there is one."""
    records: list[Record] = []
    for number, raw in enumerate(part.records, part.first):
        try:
            record = open_record(raw)
        except BadRecord:
            return records, True
        e = record.entry
        fits = (e.riding_id, e.chain, e.number, e.device) == (riding_id, part.chain, number, device.device_id)
        if not fits or (records and e.before != records[-1].hash):
            return records, True
        records.append(record)
    return records, False


def _follow(
    office: Office, db: Connection, riding_id: int, part: AuditPart, records: list[Record], altered: bool, head: Head
) -> tuple[Head, int, str]:  # fmt: skip
    """Take what follows from the chain as it is here; the head afterwards, and from which record in which way it has parted."""
    if head.broken:
        return head, head.broken, head.trouble
    if part.head < head.number:
        return head, part.head + 1, _CUT
    if part.first > head.number + 1:
        # It is asked for from where it ends here.
        return head, 0, ""
    for one in records:
        if one.entry.number <= head.number and one.hash != hash_at(
            db, riding_id, head.chain, one.entry.number
        ):
            return head, one.entry.number, _FORK
    fresh = [one for one in records if one.entry.number > head.number]
    if fresh and fresh[0].entry.before != head.hash:
        return head, part.first, _FORK
    head = keep(db, riding_id, head, fresh, office.now_ms())
    return head, part.first + len(records), _CAME if altered else ""


def _answer(
    office: Office, db: Connection, riding_id: int, part: AuditPart, before: Head | None, head: Head,
    found: tuple[int, str],
) -> Head:  # fmt: skip
    """Say in headquarters' own chain how far a device's has come and what is wrong; the head of the own chain."""
    drafts: list[Draft] = []
    first, trouble = found
    now, owner = office.now_ms(), head.device_id
    if head.number > (before.number if before is not None else 0):
        drafts.append(
            Draft(
                Access.ANCHORED, now, owner, what=f"chain {head.chain.hex()}", numbers=(head.number,), link=head.hash
            )
        )  # fmt: skip
    if trouble and note_trouble(db, riding_id, head.chain, first, trouble):
        drafts.append(_broken(now, owner, head.chain, trouble, head.number, head.hash))
    own = own_head(office, db, riding_id)
    for signed in part.heads:
        drafts += _compare(office, db, riding_id, own, signed, now)
    return append(db, riding_id, own, drafts)


def _broken(now: int, owner: bytes, chain: bytes, trouble: str, number: int, digest: bytes) -> Draft:
    return Draft(
        Access.BROKEN, now, owner, what=f"chain {chain.hex()} {trouble}", numbers=(number,), link=digest
    )


def _compare(
    office: Office, db: Connection, riding_id: int, own: Head, signed: Signed, now: int
) -> list[Draft]:
    """What a laptop holds of headquarters' own chains, signed by it, against what is here."""
    try:
        told = open_receipt(office.public_key, AuditReceipt, signed)
    except BadMessage:
        return []
    if told.riding_id != riding_id:
        return []
    if hash_at(db, riding_id, told.own_chain, told.own_number) == told.own_hash:
        return []
    current = told.own_chain == own.chain
    make_head(db, riding_id, told.own_chain, HEADQUARTERS, OWN if current else FORMER)
    trouble = _CUT if current else _RESTORED
    if not note_trouble(db, riding_id, told.own_chain, told.own_number, trouble):
        return []
    return [_broken(now, HEADQUARTERS, told.own_chain, trouble, told.own_number, told.own_hash)]
