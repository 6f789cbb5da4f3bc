"""What a push promises: durable before the receipt, exact under repetition, one poison event alone set aside."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest

from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.hq.aside import own_device
from canvass_app.hq.devices import Device
from canvass_app.hq.doctor import examine
from canvass_app.hq.office import Office, Settings, open_office
from canvass_app.hq.projecting import catch_up, rebuild_riding
from canvass_app.hq.receiving import receive
from canvass_app.hq.refusals import No
from canvass_app.hq.ridings import add_ridings
from canvass_app.hq.sending import digest_through, page, read_cursor
from canvass_app.hq.totals import riding_totals
from canvass_app.ledger.clock import MAX_AHEAD_MS, reading
from canvass_app.ledger.events import Event, Key, Origin, open_event, seal
from canvass_app.ledger.kinds import AttemptMade, DoorAdded, NoteWritten
from canvass_app.sync.codec import BadMessage
from canvass_app.sync.messages import PROTOCOL, Batch, Receipt, Signed
from canvass_app.sync.signing import open_receipt, public_key
from tests.hq.kit import OTHER, PASSPHRASE, RIDING, START_MS, FakeTime, street_door

ANA, BEA = Device(b"A" * 16, "Ana", None, 1), Device(b"B" * 16, "Bea", frozenset({RIDING}), 1)


@pytest.fixture
def time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def office(tmp_path: Any, database_url: str, time: FakeTime) -> Any:
    made = open_office(Settings(tmp_path / "hq", PASSPHRASE, database_url, now_ms=time), make=True)
    made.write(lambda db: add_ridings(db, [Riding(RIDING, Text("Invented", "Inventée"))]))
    yield made
    made.close()


def event(
    seq: int, *, device: Device = ANA, code: str = "not_home", hlc: int | None = None, door: int = 1
) -> Event:
    return seal(
        RIDING,
        Key(device.device_id, seq),
        street_door(door),
        AttemptMade(code=code),
        author="Ana",
        shift=b"",
        hlc=reading(START_MS, seq) if hlc is None else hlc,
        wall_ms=START_MS,
        sees=(),
        nonce=b"nonce%03d" % (seq % 1000),
    )


def batch(*raws: bytes, first: int = 1, device: Device = ANA, stamps: Any = ()) -> Batch:
    return Batch(
        protocol=PROTOCOL,
        device_id=device.device_id,
        from_seq=first,
        to_seq=first + len(raws) - 1,
        events=list(raws),
        stamps=list(stamps),
    )


def events(first: int, last: int, device: Device = ANA) -> list[bytes]:
    return [event(seq, device=device, door=seq % 40 + 1).raw for seq in range(first, last + 1)]


def opened(office: Office, signed: Signed) -> Receipt:
    return open_receipt(office.public_key, Receipt, signed)


def push(office: Office, one: Batch, device: Device = ANA) -> Receipt:
    return opened(office, receive(office, device, RIDING, one))


def numbers(office: Office) -> tuple[int, int, int]:
    db = office.read()
    most, count = db.query(
        "SELECT COALESCE(MAX(riding_sequence), 0), COUNT(*) FROM event WHERE riding_id = ?", (RIDING,)
    )[0]
    counter = db.query("SELECT last_sequence FROM riding_counter WHERE riding_id = ?", (RIDING,))[0][0]
    return int(most), int(count), int(counter)


def test_a_receipt_says_what_is_held_and_in_which_order(office: Office) -> None:
    receipt = push(office, batch(*events(1, 3)))
    assert receipt.acked_through == 3
    assert receipt.sequences == [(1, 1, 3)]
    assert receipt.stamps == receipt.quarantined == receipt.forks == []
    assert push(office, batch(*events(1, 2, BEA), device=BEA), BEA).sequences == [(1, 4, 2)]
    assert push(office, batch(*events(4, 5), first=4)).sequences == [(4, 6, 2)]
    assert numbers(office) == (7, 7, 7)


def test_case_8_the_same_batch_posted_five_times_at_once_counts_once(office: Office) -> None:
    start = threading.Barrier(5)

    def post(one: Batch) -> Receipt:
        start.wait()
        return push(office, one)

    # The second time the device's watermark is there already, and is what they take turns at.
    for first, last in ((1, 200), (201, 400), (401, 600)):
        one = batch(*events(first, last), first=first)
        with ThreadPoolExecutor(5) as pool:
            receipts = list(pool.map(post, [one] * 5))
        assert {(r.acked_through, tuple(r.sequences)) for r in receipts} == {(last, ((first, first, 200),))}
        assert numbers(office) == (last, last, last)
    catch_up(office, RIDING)
    assert riding_totals(office.read(), RIDING)["attempts"] == 600


def test_a_repeat_that_overlaps_adds_only_what_is_new(office: Office) -> None:
    push(office, batch(*events(1, 10)))
    receipt = push(office, batch(*events(6, 15), first=6))
    assert receipt.sequences == [(6, 6, 10)]
    assert receipt.acked_through == 15
    assert numbers(office) == (15, 15, 15)


def test_a_gap_is_refused_with_what_headquarters_has(office: Office) -> None:
    push(office, batch(*events(1, 4)))
    with pytest.raises(No) as refused:
        push(office, batch(*events(6, 8), first=6))
    assert (refused.value.status, refused.value.code, refused.value.have) == (409, "gap", 4)
    assert numbers(office) == (4, 4, 4)


def test_the_same_number_with_other_bytes_is_a_fork_kept_aside(office: Office) -> None:
    push(office, batch(event(1).raw, event(2).raw))
    other = event(2, code="refused")
    receipt = push(office, batch(event(1).raw, other.raw, event(3).raw))
    # What follows is the other half's too: the half that was first goes on with its third.
    assert receipt.forks == [2, 3]
    assert receipt.acked_through == 2
    assert receipt.sequences == [(1, 1, 1)]
    kept = office.read().query("SELECT device_seq, raw FROM fork ORDER BY device_seq")
    assert [(int(seq), bytes(raw)) for seq, raw in kept] == [(2, other.raw), (3, event(3).raw)]
    # The other half may never come back: headquarters says what it said under numbers of its own, once.
    assert numbers(office) == (4, 4, 4)
    again = [
        open_event(bytes(raw))
        for (raw,) in office.read().query(
            "SELECT raw FROM event WHERE device_id = ? ORDER BY device_seq", (own_device(office),)
        )
    ]
    assert [one.reissue_of for one in again] == [Origin(*one.key, one.hash) for one in (other, event(3))]
    assert [one.body for one in again] == [other.body, event(3).body]
    push(office, batch(event(1).raw, other.raw, event(3).raw))
    assert numbers(office) == (4, 4, 4)
    assert push(office, batch(event(3, code="moved").raw, first=3)).forks == []
    assert numbers(office) == (5, 5, 5)


def _with(raw: bytes, **changes: Any) -> bytes:
    names = ("format", "riding", "device", "seq", "kind", "version", "subject", "author", "shift", "hlc", "wall_ms", "sees", "reissue_of", "body", "nonce")  # fmt: skip
    values = dict(zip(names, msgspec.msgpack.decode(raw), strict=True)) | changes
    return msgspec.msgpack.encode([values[name] for name in names], order="sorted")


def _note(text: str) -> bytes:
    good = seal(
        RIDING, Key(ANA.device_id, 2), street_door(1), NoteWritten(target="door", text="x"), author="Ana", shift=b"",
        hlc=1, wall_ms=START_MS, sees=(), nonce=b"12345678",
    )  # fmt: skip
    return _with(good.raw, body={"target": "door", "text": text})


def _repeated_key() -> bytes:
    return event(2).raw.replace(b"\x81\xa4code\xa8not_home", b"\x82\xa4code\xa8not_home\xa4code\xa8not_home")


POISON = {
    "a NUL in a text": _note("before\0after"),
    "a NUL in an author": _with(event(2).raw, author="A\0na"),
    "half a character": _note("MARK").replace(b"\xa4MARK", b"\xa3\xed\xa0\x80"),
    "a text that is not normalised": _note("e\u0301"),
    "a text too long": _note("x" * 20_001),
    "not a number": _with(event(2).raw, body={"code": "not_home", "line": float("nan")}),
    "a fraction where no type forbids it": _with(event(2).raw, body={"code": "not_home", "other": 1.5}),
    "a repeated key": _repeated_key(),
    "a number no column holds": _with(event(2).raw, body={"code": "not_home", "line": 1 << 40}),
    "a day no calendar has": _with(event(2).raw, wall_ms=1 << 60),
    "a clock no column holds": _with(event(2).raw, hlc=1 << 63),
    "another riding": _with(event(2).raw, riding=OTHER),
    "another device": event(2, device=BEA).raw,
    "another number": event(3).raw,
    "oversized": _with(event(2).raw, nonce=bytes(1 << 20)),
    "noise": os.urandom(40),
    "nothing": b"",
    "a body nested without end": _with(event(2).raw, kind="later.kind", body=[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]),
    "bytes after the end": event(2).raw + b"\x00",
}


def test_case_7_a_poison_event_is_quarantined_and_the_rest_lands(office: Office) -> None:
    for place, (what, poison) in enumerate(POISON.items()):
        device = Device(bytes([place + 1]) * 16, "", None, 1)
        good = [event(seq, device=device).raw for seq in (1, 3)]
        poison = poison.replace(ANA.device_id, device.device_id)
        one = batch(good[0], poison, good[1], device=device)
        receipt = push(office, one, device)
        assert receipt.acked_through == 3, what
        assert [seq for seq, _ in receipt.quarantined] == [2], what
        first = 2 * place + 1
        assert receipt.sequences == [(1, first, 1), (3, first + 1, 1)], what
        kept = office.read().query(
            "SELECT device_seq, raw FROM quarantine WHERE device_id = ?", (device.device_id,)
        )
        assert [(int(seq), bytes(raw)) for seq, raw in kept] == [(2, poison)], what
        assert push(office, one, device) == receipt, what
    assert numbers(office) == (2 * len(POISON),) * 3
    catch_up(office, RIDING)
    assert examine(office).ok


def test_what_the_poison_was_made_from_is_taken(office: Office) -> None:
    receipt = push(office, batch(event(1).raw, _note("plain"), _with(event(3).raw)))
    assert receipt.quarantined == []
    assert numbers(office) == (3, 3, 3)


def test_an_event_of_a_kind_from_the_future_is_kept_and_passed_on(office: Office) -> None:
    future = _with(event(1).raw, kind="parrot.taught", version=9, body={"words": ["hello"]})
    assert push(office, batch(future)).quarantined == []
    catch_up(office, RIDING)
    assert page(office, BEA, RIDING, "", 10, 0).events[0][2] == future


def test_a_door_that_cannot_be_folded_stops_nobody(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    import structlog

    # A fault of a later version's fold, planted: one kind of body that the projection stumbles over.
    bad = seal(
        RIDING, Key(ANA.device_id, 2), street_door(1), DoorAdded(number=5, street="BIRCH"), author="Ana", shift=b"",
        hlc=1, wall_ms=START_MS, sees=(), nonce=b"12345678",
    )  # fmt: skip
    from canvass_app.storage.projections import doors

    def stumble(*_: Any) -> Any:
        raise ValueError("planted")

    monkeypatch.setattr(doors, "_place", stumble)
    push(office, batch(event(1).raw, bad.raw, event(3, door=9).raw))
    with structlog.testing.capture_logs() as logs:
        catch_up(office, RIDING)
    assert [one["event"] for one in logs] == ["event_not_folded"]
    assert riding_totals(office.read(), RIDING)["attempts"] == 2


def test_no_clock_is_refused_and_none_runs_ahead(office: Office, time: FakeTime) -> None:
    year = 365 * 86_400_000
    clocks = [reading(START_MS + 10 * year), reading(START_MS - 10 * year), 0, reading(START_MS)]
    raws = [event(seq, hlc=hlc).raw for seq, hlc in enumerate(clocks, 1)]
    receipt = push(office, batch(*raws))
    assert receipt.quarantined == []
    assert receipt.stamps == [(1, reading(time.ms + MAX_AHEAD_MS))]
    stamps = [int(row[0]) for row in office.read().query("SELECT stamp FROM event ORDER BY device_seq")]
    assert stamps == [reading(time.ms + MAX_AHEAD_MS), *clocks[1:]]


def test_an_earlier_stamp_is_kept_and_cannot_lift_an_event(office: Office) -> None:
    early, late = reading(START_MS - 5_000), reading(START_MS + 60_000)
    push(office, batch(*events(1, 2), stamps=[(1, early), (2, late)]))
    stamps = [int(row[0]) for row in office.read().query("SELECT stamp FROM event ORDER BY device_seq")]
    assert stamps == [early, reading(START_MS, 2)]


def test_a_device_speaks_for_itself_and_for_its_ridings_only(office: Office) -> None:
    for device, riding, one in (
        (BEA, OTHER, batch(*events(1, 1, BEA), device=BEA)),
        (BEA, RIDING, batch(*events(1, 1))),
        (ANA, OTHER, batch(*events(1, 1))),
    ):
        with pytest.raises(No) as refused:
            receive(office, device, riding, one)
        assert refused.value.status == 404
    assert numbers(office) == (0, 0, 0)


def test_a_receipt_by_anybody_else_is_not_believed(office: Office) -> None:
    signed = receive(office, ANA, RIDING, batch(*events(1, 1)))
    changed = Signed(
        payload=signed.payload[:-1] + bytes([signed.payload[-1] ^ 1]), signature=signed.signature
    )
    for key, one in ((public_key(b"another headquarters' own seed.."), signed), (office.public_key, changed)):
        with pytest.raises(BadMessage):
            open_receipt(key, Receipt, one)


# --- pulling ----------------------------------------------------------------------------------------


def test_pages_hold_every_event_once_in_order(office: Office) -> None:
    push(office, batch(*events(1, 57)))
    push(office, batch(*events(1, 31, BEA), device=BEA), BEA)
    cursor, got = "", []
    while True:
        one = page(office, BEA, RIDING, cursor, 10, 0)
        got.extend(number for number, _, _ in one.events)
        cursor = one.cursor
        if not one.more:
            break
        assert one.digest is None
    assert got == list(range(1, 89))
    assert one.through == 88
    assert one.digest == digest_through(office.read(), RIDING, 88)
    assert one.digest.events == 88


def test_what_a_device_has_is_not_sent_to_it_again(office: Office) -> None:
    push(office, batch(*events(1, 20)))
    push(office, batch(*events(1, 3, BEA), device=BEA), BEA)
    one = page(office, ANA, RIDING, "", 100, 15)
    assert [number for number, _, _ in one.events] == [16, 17, 18, 19, 20, 21, 22, 23]
    assert one.through == 23


def test_a_cursor_that_was_changed_or_is_anothers_is_not_in_force(office: Office) -> None:
    push(office, batch(*events(1, 3)))
    good = page(office, ANA, RIDING, "", 100, 0).cursor
    assert read_cursor(office, good, RIDING, 1) == 3
    flipped = ("B" if good[10] != "B" else "C").join((good[:10], good[11:]))
    for text, riding, generation in (
        (flipped, RIDING, 1), (good, OTHER, 1), (good, RIDING, 2), ("AAAA", RIDING, 1), ("not base 64!", RIDING, 1),
        (good[:-4], RIDING, 1), ("é", RIDING, 1),
    ):  # fmt: skip
        with pytest.raises(No) as refused:
            read_cursor(office, text, riding, generation)
        assert (refused.value.status, refused.value.code) == (409, "cursor")


def test_a_digest_as_of_any_number_is_that_of_a_recount(office: Office) -> None:
    from canvass_app.sync.digests import tally_between

    push(office, batch(*events(1, 20)))
    catch_up(office, RIDING)
    push(office, batch(*events(21, 30), first=21))
    db = office.read()
    for through in (0, 7, 20, 25, 30):
        told = digest_through(db, RIDING, through)
        counted = tally_between(db, RIDING, 0, through)
        assert (told.events, told.digest) == (through, counted.digest)


def test_projections_thrown_away_and_rebuilt_are_the_same(office: Office) -> None:
    push(office, batch(*events(1, 50)))
    catch_up(office, RIDING)
    before = riding_totals(office.read(), RIDING)
    office.write(lambda db: db.run("DELETE FROM attempt WHERE device_seq < 20"))
    health = examine(office)
    assert not health.ok
    assert health.ridings[RIDING]["projections_off"] == ["attempt"]
    office.write(lambda db: rebuild_riding(db, RIDING, office.time_zone()))
    assert riding_totals(office.read(), RIDING) == before
    assert examine(office).ok


def test_the_doctor_finds_a_hole_in_the_numbers(office: Office) -> None:
    push(office, batch(*events(1, 5)))
    catch_up(office, RIDING)
    office.write(lambda db: db.run("DELETE FROM event WHERE riding_sequence = 3"))
    health = examine(office)
    assert "hole" in health.findings[0].en
    assert health.ridings[RIDING]["max"] == 5
    assert health.ridings[RIDING]["count"] == 4
