"""The log of who saw whom: whatever is altered, dropped, swapped or cut is found, and nobody is named in it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass_app.domain.accesses import Access
from canvass_app.ledger.trail import (
    INLINE,
    MOST_NUMBERS,
    BadRecord,
    Draft,
    concerning,
    handed_log,
    holds,
    index_refs,
    log_refs,
    open_record,
    people_refs,
    person_ref,
    seal,
)
from canvass_app.storage.audit import OWN, append, head_of, keep_set, make_head, set_of
from canvass_app.storage.audit_check import check_chain, check_riding, index_again
from canvass_app.storage.audit_finding import records_with
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.migrate import migrate

RIDING = 201399001
DEVICE = b"d" * 16
SMALL, PROOF, CHAIN_LENGTH = 300, 10_000, 25


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqliteDatabase]:
    made = SqliteDatabase(tmp_path / "a.db", b"k" * 32)
    migrate(made)
    yield made
    made.close()


def somebody(number: int) -> bytes:
    return number.to_bytes(16, "big")


def note(db: Connection, chain: bytes, number: int, people: list[bytes]) -> None:
    """Record something of people in a chain."""
    bare = Draft(Access.SEEN, 1_000 * number, DEVICE, "Ana", what="door", numbers=(number,))
    draft, joined = concerning(bare, people_refs(RIDING, people))
    if joined:
        keep_set(db, RIDING, draft.set_name, joined)
    append(db, RIDING, make_head(db, RIDING, chain, DEVICE, OWN), [draft])


def chains(database: SqliteDatabase, records: int) -> list[bytes]:
    """Chains of twenty-five records, now and then one with more people than stand in a record."""
    names = [place.to_bytes(16, "big") for place in range(1, records // CHAIN_LENGTH + 1)]
    with database.write() as db:
        for chain in names:
            for number in range(1, CHAIN_LENGTH + 1):
                many = 90 if number % 20 == 7 else 1 + number % 3
                note(db, chain, number, [somebody(number * 1_000 + place) for place in range(many)])
    return names


class Undone(Exception):
    pass


def found_after(database: SqliteDatabase, chain: bytes, harm: Callable[[Connection], object]) -> str:
    """What the check of a chain says after some harm, which is taken back again."""
    said = ""
    try:
        with database.write() as db:
            harm(db)
            head = head_of(db, RIDING, chain)
            flaw = check_chain(db, RIDING, head) if head is not None else None
            said = f"{flaw.why} {flaw.number}" if flaw is not None else ""
            raise Undone
    except Undone:
        return said


def flip(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8 % len(changed)] ^= 1 << bit % 8
    return bytes(changed)


WHERE = "WHERE riding_id = ? AND chain = ? AND number = ?"


def harms(db_read: Connection, chain: bytes, number: int, bit: int) -> dict[str, Callable[[Connection], Any]]:
    """What can be done to one record by somebody who may write to the database."""
    ((raw, digest),) = db_read.query(f"SELECT raw, hash FROM audit {WHERE}", (RIDING, chain, number))
    other = number % CHAIN_LENGTH + 1
    ((other_raw, other_hash, other_ms),) = db_read.query(
        f"SELECT raw, hash, wall_ms FROM audit {WHERE}", (RIDING, chain, other)
    )

    def alter(db: Connection) -> None:
        db.run(f"UPDATE audit SET raw = ? {WHERE}", (flip(bytes(raw), bit), RIDING, chain, number))

    def alter_with_its_hash(db: Connection) -> None:
        """A clever one: sound bytes of another person's, and the hash that belongs to them."""
        e = open_record(bytes(raw)).entry
        forged = seal(
            RIDING, chain, number, e.before, Draft(e.act, e.wall_ms, DEVICE, "Bea", 1, person_ref(RIDING, b"z" * 16))
        )  # fmt: skip
        db.run(
            f"UPDATE audit SET raw = ?, hash = ? {WHERE}", (forged.raw, forged.hash, RIDING, chain, number)
        )

    def drop(db: Connection) -> None:
        db.run(f"DELETE FROM audit {WHERE}", (RIDING, chain, number))

    def swap(db: Connection) -> None:
        for at, one in ((number, (other_raw, other_hash, other_ms)), (other, (raw, digest, 1_000 * number))):
            db.run(f"UPDATE audit SET raw = ?, hash = ?, wall_ms = ? {WHERE}", (*one, RIDING, chain, at))

    def cut(db: Connection) -> None:
        db.run("DELETE FROM audit WHERE riding_id = ? AND chain = ? AND number >= ?", (RIDING, chain, number))

    def move_in_time(db: Connection) -> None:
        db.run(f"UPDATE audit SET wall_ms = wall_ms + 1 {WHERE}", (RIDING, chain, number))

    return {
        "alter": alter, "forge": alter_with_its_hash, "drop": drop, "swap": swap, "cut": cut, "move": move_in_time
    }  # fmt: skip


def _everything_is_found(database: SqliteDatabase, records: int) -> dict[str, int]:
    chance = random.Random(27)
    found: dict[str, int] = {}
    for chain in chains(database, records):
        head = head_of(database.read(), RIDING, chain)
        assert head is not None
        assert check_chain(database.read(), RIDING, head) is None
        for number in range(1, CHAIN_LENGTH + 1):
            bit = chance.randrange(1 << 12)
            for name, harm in harms(database.read(), chain, number, bit).items():
                said = found_after(database, chain, harm)
                # A forged last record, and a chain that was cut whole, are found by their heads.
                assert said, (name, number)
                first = min(number, number % CHAIN_LENGTH + 1) if name == "swap" else number
                assert int(said.split()[1]) in (first, first + 1), (name, number, said)
                found[name] = found.get(name, 0) + 1
    assert not check_riding(database.read(), RIDING).flaws
    return found


def test_whatever_is_altered_dropped_swapped_or_cut_is_found(database: SqliteDatabase) -> None:
    found = _everything_is_found(database, SMALL)
    assert set(found.values()) == {SMALL}
    assert len(found) == 6


@pytest.mark.proof
@pytest.mark.timeout(1200)
def test_whatever_is_done_to_any_of_10_000_records_is_found(
    database: SqliteDatabase, record_property: Any
) -> None:
    for name, count in _everything_is_found(database, PROOF).items():
        assert count == PROOF
        record_property("proof", (f"audit records: {name}, found", count))


@given(bit=st.integers(0, 1 << 14), people=st.integers(0, INLINE))
def test_no_bit_of_a_record_can_be_turned_without_its_hash_saying_so(bit: int, people: int) -> None:
    draft, _ = concerning(
        Draft(Access.PRINTED, 5, DEVICE, "Zoé", what="list", numbers=(4127,)),
        people_refs(RIDING, map(somebody, range(people))),
    )
    record = seal(RIDING, b"c" * 16, 1, bytes(32), draft)
    changed = flip(record.raw, bit)
    try:
        assert open_record(changed).hash != record.hash
    except BadRecord:
        return


def test_a_chain_whose_rows_are_all_gone_is_found_and_so_is_one_without_its_head(
    database: SqliteDatabase,
) -> None:
    chain = chains(database, CHAIN_LENGTH)[0]
    assert found_after(database, chain, lambda db: db.run("DELETE FROM audit")) == "end 1"
    with database.write() as db:
        db.run("DELETE FROM audit_head")
    (flaw,) = check_riding(database.read(), RIDING).flaws
    assert (flaw.why, flaw.chain) == ("head", chain)


def test_a_set_whose_people_were_changed_is_found(database: SqliteDatabase) -> None:
    chain = chains(database, CHAIN_LENGTH)[0]

    def change(db: Connection) -> None:
        ((name, data),) = db.query("SELECT name, data FROM audit_set LIMIT 1")
        db.run("UPDATE audit_set SET data = ? WHERE name = ?", (bytes(data)[8:], name))

    def hide(db: Connection) -> None:
        db.run("UPDATE audit_set SET high = low")

    assert found_after(database, chain, change).startswith("set")
    assert found_after(database, chain, hide).startswith("set")
    assert found_after(database, chain, lambda db: db.run("DELETE FROM audit_set")).startswith("set")


def test_records_that_were_hidden_from_the_question_are_found_and_can_be_asked_for_again(
    database: SqliteDatabase,
) -> None:
    chains(database, CHAIN_LENGTH)
    ref = person_ref(RIDING, somebody(5_000))
    assert len(records_with(database.read(), RIDING, {ref})) == 1
    with database.write() as db:
        db.run("DELETE FROM audit_ref WHERE ref = ?", (ref,))
    assert records_with(database.read(), RIDING, {ref}) == []
    (flaw,) = check_riding(database.read(), RIDING).flaws
    assert flaw.why == "index"
    with database.write() as db:
        index_again(db, RIDING)
    assert not check_riding(database.read(), RIDING).flaws
    assert len(records_with(database.read(), RIDING, {ref})) == 1


def test_a_hundred_thousand_people_are_kept_once_however_often_they_are_exported(
    database: SqliteDatabase,
) -> None:
    people = [somebody(number) for number in range(100_000)]
    with database.write() as db:
        for number in range(3):
            note(db, b"c" * 16, number, people)
    db = database.read()
    assert db.query("SELECT COUNT(*) FROM audit_ref")[0][0] == 3
    assert db.query("SELECT COUNT(*) FROM audit_set")[0][0] == 98
    assert len(records_with(db, RIDING, {person_ref(RIDING, somebody(77_777))})) == 3
    assert records_with(db, RIDING, {person_ref(RIDING, somebody(100_001))}) == []
    assert not check_riding(db, RIDING).flaws
    name = open_record(bytes(db.query("SELECT raw FROM audit LIMIT 1")[0][0])).entry.set_name
    assert len(set_of(db, RIDING, name)) == 800_000


def test_nobody_who_was_looked_at_stands_in_the_log(database: SqliteDatabase) -> None:
    person = bytes(range(16))
    with database.write() as db:
        note(db, b"c" * 16, 1, [person])
    everything = b"".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for table in ("audit", "audit_ref", "audit_set", "audit_head")
        for row in database.read().query(f"SELECT * FROM {table}")
        for value in row
    )
    assert person not in everything
    assert person.hex().encode() not in everything
    # One riding's reference says nothing in another.
    assert person_ref(RIDING, person) != person_ref(RIDING + 1, person)


def test_a_reference_is_found_only_where_it_begins() -> None:
    refs = people_refs(RIDING, map(somebody, range(200)))
    joined = b"".join(refs)
    assert all(holds(joined, one) for one in refs)
    assert not holds(joined, joined[3:11])


def test_pages_that_reach_far_are_told_in_as_many_records_as_they_need() -> None:
    sequences = list(range(1, 300_000, 200))
    parts = handed_log(sequences)
    assert len(parts) == 2
    assert all(len(numbers) <= MOST_NUMBERS for _, numbers in parts)
    told = [
        index_refs(seal(RIDING, b"c" * 16, 1, bytes(32), Draft(Access.HANDED, 1, DEVICE, what=what, numbers=numbers)).entry)
        for what, numbers in parts
    ]  # fmt: skip
    assert set().union(*told) == log_refs(sequences)
    assert [parts[0][1][0], parts[-1][1][1]] == [sequences[0], sequences[-1]]
