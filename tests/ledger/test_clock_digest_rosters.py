from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass_app.ledger.clock import MAX_AHEAD_MS, Clock, milliseconds, reading, stamp
from canvass_app.ledger.digest import digest
from canvass_app.ledger.rosters import (
    Chunk,
    DoorEntry,
    PersonEntry,
    build_roster,
    door_rows,
    name_of,
    rows_are_sound,
)

RIDING = 201399001


def test_the_clock_never_runs_backwards() -> None:
    times = iter([1_000, 5, 5, 2_000, -7])
    clock = Clock(lambda: next(times))
    readings = [clock.tick() for _ in range(5)]
    assert readings == sorted(set(readings))
    assert milliseconds(readings[3]) == 2_000


def test_a_clock_ten_years_ahead_never_enters_ours() -> None:
    clock = Clock(lambda: 1_000_000)
    clock.learn(reading(1_000_000 + MAX_AHEAD_MS + 1))
    assert clock.last == 0
    clock.learn(reading(1_000_000 + MAX_AHEAD_MS))
    assert milliseconds(clock.tick()) == 1_000_000 + MAX_AHEAD_MS


def test_a_reading_of_any_year_fits_the_database() -> None:
    assert reading(10**18, 65_535) < 2**63
    assert reading(-5) == 0


def test_headquarters_stamps_no_event_far_ahead_of_its_arrival() -> None:
    assert stamp(reading(10), 5_000) == reading(10)
    assert stamp(reading(10**12), 5_000) == reading(5_000 + MAX_AHEAD_MS)


@given(st.lists(st.tuples(st.integers(0, 2**63), st.text()), max_size=8), st.randoms())
def test_a_digest_does_not_depend_on_order_but_on_every_row(
    rows: list[tuple[int, str]], chance: object
) -> None:
    shuffled = sorted(rows, key=lambda row: hash((row, id(chance))))
    assert digest(rows) == digest(shuffled)
    assert digest([*rows, (1, "x")]) != digest(rows)


def entry(n: int) -> DoorEntry:
    return DoorEntry(n.to_bytes(16, "big"), n, "", "BIRCH", "ST", "", "Birch St", "", 0, "", "", 0, 0, "", "")


def test_a_roster_is_named_by_its_content_whatever_the_order() -> None:
    rows = [entry(n) for n in range(1, 1200)]
    one, two = build_roster(RIDING, rows, []), build_roster(RIDING, rows[::-1], [])
    assert one.name == two.name
    assert len(one.chunks) == 3
    assert build_roster(RIDING + 1, rows, []).name != one.name
    assert build_roster(RIDING, rows[1:], []).name != one.name
    assert [row for chunk in one.chunks for row in door_rows(chunk)] == rows


def test_one_row_can_be_removed_without_breaking_the_name() -> None:
    roster = build_roster(RIDING, [entry(n) for n in range(1, 10)], [])
    chunk = roster.chunks[0]
    emptied = Chunk(chunk.first_key, chunk.leaves, b"")
    assert name_of(RIDING, [emptied]) == roster.name


def test_an_id_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="once"):
        build_roster(RIDING, [entry(1), entry(1)], [])


def somebody(n: int) -> PersonEntry:
    return PersonEntry(n.to_bytes(16, "big"), b"d" * 16, f"Nom{n}", "", "", 0, "", "", "", "", "", "", "")


@pytest.mark.parametrize(("doors", "people"), [(0, 1), (1, 0), (15, 16), (512, 513), (65_540, 3)])
def test_the_rows_of_a_roster_are_those_of_its_leaves(doors: int, people: int) -> None:
    """At each length that MessagePack writes otherwise, and where a chunk is just full."""
    roster = build_roster(RIDING, [entry(n) for n in range(doors)], [somebody(n) for n in range(people)])
    assert rows_are_sound(RIDING, roster.chunks)
    assert not rows_are_sound(RIDING + 1, roster.chunks)


def test_rows_that_are_not_those_of_the_leaves_are_found() -> None:
    first, second, third = build_roster(
        RIDING, [entry(n) for n in range(600)], [somebody(n) for n in range(9)]
    ).chunks
    rows = door_rows(second)
    encode = msgspec.msgpack.encode

    def holding(*more: DoorEntry | None) -> Chunk:
        return Chunk(second.first_key, second.leaves, encode((0, more)))

    assert rows_are_sound(RIDING, [first, second, third])
    assert not rows_are_sound(RIDING, [second, first, third])
    assert not rows_are_sound(RIDING, [third, first, second])
    assert not rows_are_sound(RIDING, [first, third])
    assert not rows_are_sound(RIDING, [first, replace(second, leaves=second.leaves[::-1]), third])
    for other in (rows[:-1], [*rows, entry(600)], [entry(599), *rows[1:]], rows[::-1], [*rows[:-1], rows[0]]):
        assert not rows_are_sound(RIDING, [first, holding(*other), third])
    assert not rows_are_sound(RIDING, [first, replace(second, rows=encode((7, rows))), third])
    # Nothing can be said of rows of which one was erased, nor does anything need to be.
    assert rows_are_sound(RIDING, [first, holding(None, *rows[1:]), third])


def test_a_roster_whose_leaves_are_cut_otherwise_is_not_sound() -> None:
    whole = build_roster(RIDING, [entry(n) for n in range(600)], [])
    rows = [row for chunk in whole.chunks for row in door_rows(chunk) if row is not None]
    leaves = b"".join(chunk.leaves for chunk in whole.chunks)
    cut = [
        Chunk(
            rows[start].door_id, leaves[32 * start : 32 * end], msgspec.msgpack.encode((0, rows[start:end]))
        )
        for start, end in ((0, 300), (300, 600))
    ]
    assert not rows_are_sound(RIDING, cut)
