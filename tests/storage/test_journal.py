"""The journal keeps what it was given: whole, sealed, in order; and says what it lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from canvass_app.storage.journal import (
    AssetRecord,
    ChunkRecord,
    EventRecord,
    FactsRecord,
    Fault,
    Journal,
    MarksRecord,
    Record,
    RidingRecord,
)

KEY = b"k" * 32
DEVICE = b"d" * 16


def event(seq: int, raw: bytes = b"", riding: int = 7) -> EventRecord:
    return EventRecord(riding, DEVICE, seq, bytes([seq % 256]) * 32, raw or b"event %d " % seq * 8)


def content(journal: Journal) -> tuple[list[Record], list[Fault]]:
    faults: list[Fault] = []
    return [r for r in journal.read(faults) if not isinstance(r, MarksRecord)], faults


def is_damaged(path: Path) -> bool:
    journal = Journal(path, KEY)
    found = journal.damaged
    journal.close()
    return found


def written(path: Path, count: int = 20) -> Journal:
    journal = Journal(path, KEY)
    for seq in range(1, count + 1):
        journal.append([event(seq)])
    journal.close()
    return journal


def frame_places(path: Path) -> list[int]:
    blob = path.read_bytes()
    places: list[int] = []
    at = blob.find(b"CvJ")
    while at >= 0:
        places.append(at)
        at = blob.find(b"CvJ", at + 1)
    return [*places, len(blob)]


def test_every_sort_of_record_comes_back_as_it_was(tmp_path: Path) -> None:
    records: list[Record] = [
        FactsRecord({"device_id": "ab", "author": "Zoé"}),
        RidingRecord(7, "Birch", "Bouleau", "ON"),
        ChunkRecord(7, b"r" * 16, 0, "doors", b"a" * 16, b"l" * 64, b"\x00data"),
        AssetRecord(7, b"h" * 32, "walk_list", 5, b"bytes", 0),
        event(1),
    ]
    journal = Journal(tmp_path / "j", KEY)
    journal.append(records)
    journal.close()
    assert content(Journal(tmp_path / "j", KEY)) == (records, [])


def test_nothing_of_it_can_be_read_without_the_key(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j", KEY)
    journal.append([event(1, b"Anne Tremblay, 4 Birch St")])
    journal.close()
    assert b"Tremblay" not in (tmp_path / "j").read_bytes()
    assert content(Journal(tmp_path / "j", b"x" * 32))[0] == []


@pytest.mark.parametrize("clean", [True, False])
def test_the_next_program_knows_how_far_it_came(tmp_path: Path, clean: bool) -> None:
    journal = Journal(tmp_path / "j", KEY)
    journal.append([event(1), event(2), event(1, riding=8)])
    journal.note_facts({"a": "b"}, b"digest")
    if clean:
        journal.close()
    again = Journal(tmp_path / "j", KEY)
    assert again.through() == {(7, DEVICE): 2, (8, DEVICE): 1}
    # Without a clean end it is not known whether all facts were told: they are told again.
    assert again.facts_digest == (b"digest" if clean else b"")
    again.append([event(3)])
    again.close()
    journal._drop()  # pyright: ignore[reportPrivateUsage] # as a killed program leaves it
    last = Journal(tmp_path / "j", KEY)
    assert last.through() == {(7, DEVICE): 3, (8, DEVICE): 1}
    last.close()


@pytest.mark.parametrize("left", [1, 20, 31, 60])
def test_a_torn_end_costs_only_itself_and_writing_goes_on(tmp_path: Path, left: int) -> None:
    path = tmp_path / "j"
    written(path, 5)
    places = frame_places(path)
    path.write_bytes(path.read_bytes()[: places[4] + left])
    journal = Journal(path, KEY)
    assert content(journal) == ([event(n) for n in range(1, 5)], [Fault("torn", places[4])])
    assert journal.through() == {(7, DEVICE): 4}
    assert not journal.damaged
    journal.append([event(5)])
    journal.close()
    assert content(Journal(path, KEY)) == ([event(n) for n in range(1, 6)], [])


def test_any_flipped_bit_costs_one_frame_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "j"
    written(path, 4)
    whole = path.read_bytes()
    places = frame_places(path)
    for at in range(places[1], places[2]):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        journal = Journal(path, KEY)
        assert content(journal) == ([event(1), event(3), event(4)], [Fault("damaged", places[1])])


def test_a_damaged_stretch_is_known_at_the_opening_and_what_follows_it_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "j"
    written(path)
    blob = bytearray(path.read_bytes())
    places = frame_places(path)
    blob[places[3] : places[6] + 9] = bytes(places[6] + 9 - places[3])
    path.write_bytes(bytes(blob[: places[20]]))  # and it was not closed in order
    journal = Journal(path, KEY)
    assert journal.damaged
    assert journal.through() == {(7, DEVICE): 20}
    journal.append([event(21)])
    journal.close()
    assert [r.device_seq for r in content(journal)[0] if isinstance(r, EventRecord)] == [
        1, 2, 3, *range(8, 22),
    ]  # fmt: skip


def test_a_frame_that_was_taken_out_or_moved_is_missed(tmp_path: Path) -> None:
    path = tmp_path / "j"
    written(path, 4)
    whole = path.read_bytes()
    p = frame_places(path)
    path.write_bytes(whole[: p[1]] + whole[p[2] :])
    assert content(Journal(path, KEY))[1] == [Fault("missing", p[1])]
    assert is_damaged(path)
    path.write_bytes(whole[: p[1]] + whole[p[2] : p[3]] + whole[p[1] : p[2]] + whole[p[3] :])
    assert {fault.kind for fault in content(Journal(path, KEY))[1]} == {"missing"}
    assert is_damaged(path)


def test_writing_it_anew_replaces_all_of_it_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "j"
    journal = written(path)
    before = path.read_bytes()

    def failing() -> object:
        yield event(1)
        raise RuntimeError("the disk")

    with pytest.raises(RuntimeError):
        journal.rewrite(failing())  # type: ignore[arg-type]
    assert path.read_bytes() == before
    journal.rewrite([event(1), event(20)], b"facts")
    assert content(journal) == ([event(1), event(20)], [])
    assert journal.facts_digest == b"facts"
    assert [found.name for found in tmp_path.iterdir()] == ["j"]
    journal.append([event(21)])
    journal.close()
    assert content(Journal(path, KEY)) == ([event(1), event(20), event(21)], [])


def test_a_big_content_is_written_anew_in_frames_of_a_moderate_size(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j", KEY)
    records = [ChunkRecord(7, b"r" * 16, n, "doors", b"", b"", bytes([n]) * 400_000) for n in range(8)]
    journal.rewrite(iter(records))
    assert content(journal) == (records, [])
    places = frame_places(tmp_path / "j")
    assert max(b - a for a, b in pairwise(places)) < 2_000_000
    journal.close()


def test_what_is_written_after_a_rewrite_that_read_the_journal_is_in_the_new_file(tmp_path: Path) -> None:
    journal = written(tmp_path / "j", 3)

    def records() -> Iterator[Record]:
        assert journal.through()
        yield event(1)

    journal.rewrite(records())
    journal.append([event(2)])
    journal.close()
    assert [one.device_seq for one in content(journal)[0] if isinstance(one, EventRecord)] == [1, 2]
