"""What one laptop may bring back of another's after a restore, and what it may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.hq.devices import Device
from canvass_app.hq.office import Office, Settings, open_office
from canvass_app.hq.receiving import receive
from canvass_app.hq.refusals import No
from canvass_app.hq.relaying import HOLE, MOST_HOLE, take_relayed
from canvass_app.hq.restoring import RECOVERY_DAYS, begin_recovery
from canvass_app.hq.setting_up import set_up
from canvass_app.ledger.clock import MAX_AHEAD_MS, reading
from canvass_app.ledger.events import Event, Key, seal
from canvass_app.ledger.kinds import AttemptMade
from canvass_app.sync.messages import PROTOCOL, Batch, Receipt, Relay
from canvass_app.sync.signing import open_receipt
from tests.hq.kit import OTHER, PASSPHRASE, RIDING, FakeTime, street_door

WRITER = Device(b"w" * 16, "Lost", None, 1)
CARRIER = Device(b"c" * 16, "Carrier", None, 1)
DAY_MS = 86_400_000


@pytest.fixture
def clock() -> FakeTime:
    return FakeTime()


@pytest.fixture
def office(tmp_path: Path, database_url: str, clock: FakeTime) -> Iterator[Office]:
    """A headquarters that was put back an hour ago and knows both devices."""
    settings = Settings(tmp_path / "hq", PASSPHRASE, database_url, now_ms=clock)
    set_up(settings, names=[Riding(one, Text("", "")) for one in (RIDING, OTHER)])
    made = open_office(settings)

    def work(db: Any) -> None:
        for device in (WRITER, CARRIER):
            db.run(
                "INSERT INTO device (device_id, name, public_key, box_key, ridings) VALUES (?,?,?,?,'*')",
                (device.device_id, device.name, b"", b""),
            )
        begin_recovery(db, made.epoch, clock())

    made.write(work)
    clock.pass_ms(3_600_000)
    yield made
    made.close()


def event(seq: int, code: str = "not_home", device: Device = WRITER) -> Event:
    wall = FakeTime().ms - 1_000_000 + seq
    return seal(
        RIDING, Key(device.device_id, seq), street_door(1), AttemptMade(code=code), author="Ana", shift=b"",
        hlc=reading(wall), wall_ms=wall, sees=(), nonce=bytes(8),
    )  # fmt: skip


def offer(office: Office, *events: Event, riding: int = RIDING, by: Device = CARRIER, **changes: Any) -> Any:
    relay = Relay(
        protocol=PROTOCOL,
        epoch=changes.pop("epoch", office.epoch),
        device_id=changes.pop("device_id", WRITER.device_id),
        events=changes.pop("events", [(e.key.device_seq, e.hlc - 7, e.raw) for e in events]),
    )
    return take_relayed(office, by, riding, relay)


def push(office: Office, *events: Event) -> Receipt:
    batch = Batch(
        protocol=PROTOCOL, device_id=WRITER.device_id, from_seq=events[0].key.device_seq,
        to_seq=events[-1].key.device_seq, events=[e.raw for e in events],
    )  # fmt: skip
    return open_receipt(office.public_key, Receipt, receive(office, WRITER, RIDING, batch))


def held(office: Office) -> list[tuple[int, int, int]]:
    """(number of the device, number of headquarters, stamp) in headquarters' order, which has no holes."""
    rows = office.read().query(
        "SELECT device_seq, riding_sequence, stamp FROM event WHERE riding_id = ? ORDER BY riding_sequence",
        (RIDING,),
    )
    counter = office.read().query("SELECT last_sequence FROM riding_counter WHERE riding_id = ?", (RIDING,))
    assert [int(row[1]) for row in rows] == list(range(1, int(counter[0][0]) + 1))
    return [(int(a), int(b), int(c)) for a, b, c in rows]


def test_what_another_had_sent_is_taken_with_its_stamps_and_who_brought_it(office: Office) -> None:
    push(office, event(1))
    answer = offer(office, event(1), event(2), event(3))
    assert (answer.taken, answer.have) == (2, 3)
    assert held(office) == [(1, 1, event(1).hlc), (2, 2, event(2).hlc - 7), (3, 3, event(3).hlc - 7)]
    rows = office.read().query("SELECT device_id, carrier, from_seq, to_seq, events FROM relayed")
    assert [(bytes(a), bytes(b), c, d, e) for a, b, c, d, e in rows] == [
        (WRITER.device_id, CARRIER.device_id, 1, 3, 2)
    ]
    assert offer(office, event(2), event(3)).taken == 0
    # Its writer comes after all: nothing is new, and nothing is amiss.
    receipt = push(office, event(1), event(2), event(3), event(4))
    assert (receipt.forks, receipt.acked_through) == ([], 4)
    assert len(held(office)) == 4


def test_a_number_that_nobody_else_ever_had_is_left_open_and_filled_later(office: Office) -> None:
    assert offer(office, event(2), event(3), event(6)).have == 6
    assert [seq for seq, _, _ in held(office)] == [2, 3, 6]
    holes = office.read().query("SELECT device_seq, reason, raw FROM quarantine ORDER BY device_seq")
    assert [(int(seq), reason, bytes(raw)) for seq, reason, raw in holes] == [
        (n, HOLE, b"") for n in (1, 4, 5)
    ]
    # Another laptop had one of them; the writer has all. One that headquarters cannot read stays aside, as ever.
    assert offer(office, event(4)).taken == 1
    poison = event(5).raw + b"\xc0"
    batch = Batch(
        protocol=PROTOCOL, device_id=WRITER.device_id, from_seq=1, to_seq=7,
        events=[*(event(n).raw for n in (1, 2, 3, 4)), poison, event(6).raw, event(7).raw],
    )  # fmt: skip
    receipt = open_receipt(office.public_key, Receipt, receive(office, WRITER, RIDING, batch))
    assert (receipt.forks, receipt.acked_through) == ([], 7)
    assert [seq for seq, _ in receipt.quarantined] == [5]
    assert sorted(seq for seq, _, _ in held(office)) == [1, 2, 3, 4, 6, 7]
    aside = office.read().query("SELECT device_seq, raw FROM quarantine")
    assert [(int(seq), bytes(raw)) for seq, raw in aside] == [(5, poison)]


def test_nothing_is_taken_over_what_is_there(office: Office) -> None:
    push(office, event(1), event(2, "refused"))
    before = held(office)
    # Its number is another's; what follows belongs to the same other history.
    answer = offer(office, event(2), event(3))
    assert (answer.taken, answer.have) == (0, 2)
    # Nothing is taken under its numbers; what stands aside is said again under headquarters' own.
    assert [one for one in held(office) if one in before] == before
    assert len(held(office)) == len(before) + 2
    aside = office.read().query("SELECT raw FROM fork ORDER BY device_seq")
    assert [bytes(row[0]) for row in aside] == [event(2).raw, event(3).raw]


def test_poison_in_what_is_brought_back_is_set_aside_like_any(office: Office) -> None:
    good, bad = event(1), event(2)
    answer = offer(
        office, events=[(1, good.hlc, good.raw), (2, bad.hlc, bad.raw + b"\xc0"), (3, 5, event(3).raw)]
    )
    assert (answer.taken, answer.have) == (2, 3)
    assert [seq for seq, _, _ in held(office)] == [1, 3]


def refused(office: Office, *events: Event, **changes: Any) -> tuple[int, str]:
    before = held(office)
    with pytest.raises(No) as no:
        offer(office, *events, **changes)
    assert held(office) == before
    assert not office.read().query("SELECT 1 FROM quarantine")
    return no.value.status, no.value.code


def test_only_a_headquarters_that_recovers_takes_it_and_only_what_was_stamped_before(
    office: Office, clock: FakeTime
) -> None:
    restored = clock() - 3_600_000
    late = reading(restored + MAX_AHEAD_MS + 1)
    assert refused(office, events=[(1, late, event(1).raw)]) == (409, "not_taken")
    assert refused(office, events=[(1, -1, event(1).raw)]) == (409, "not_taken")
    assert refused(office, event(1), epoch=bytes(16)) == (409, "cursor")
    clock.pass_ms(RECOVERY_DAYS * DAY_MS)
    assert refused(office, event(1)) == (409, "not_taken")
    office.write(lambda db: db.run("DELETE FROM meta WHERE name = 'hq_restored_ms'"))
    assert refused(office, event(1)) == (409, "not_taken")


def test_only_under_ids_that_headquarters_knows_and_never_ones_own(office: Office) -> None:
    stranger = Device(b"s" * 16, "", None, 1)
    assert refused(office, event(1, device=stranger), device_id=stranger.device_id) == (409, "not_taken")
    assert refused(office, event(1, device=CARRIER), device_id=CARRIER.device_id) == (400, "request")
    narrow = Device(CARRIER.device_id, "", frozenset({OTHER}), 1)
    assert refused(office, event(1), by=narrow) == (404, "not_found")
    assert refused(office, event(1), riding=201399003) == (404, "not_found")


def test_what_no_laptop_sends_is_refused(office: Office) -> None:
    assert refused(office, event(2), event(1)) == (400, "request")
    assert refused(office, event(1), event(1)) == (400, "request")
    assert refused(office, events=[]) == (400, "request")
    assert refused(office, events=[(0, 1, event(1).raw)]) == (400, "request")
    assert refused(office, event(MOST_HOLE + 2)) == (409, "not_taken")
