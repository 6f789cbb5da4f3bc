"""Case 24: what copies of one laptop said under the same numbers, as every laptop folds it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from canvass_app.ledger.kinds import AttemptCorrected, AttemptMade, SupportMarked
from canvass_app.ledger.reissue import said_again
from canvass_app.ledger.rosters import build_roster
from tests.acceptance.evening import Replica, written
from tests.services.conftest import RIDING, door, person

DOOR = door(4)
ANNE = person(DOOR, "Tremblay", "Anne", 1970)
ROSTER = build_roster(RIDING, [DOOR], [ANNE])


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    made = Replica(tmp_path / "replica.db")
    yield made
    made.database.close()


def test_case_24_two_that_seem_to_have_seen_each_other_both_stand(replica: Replica) -> None:
    """Bea heard over a stick what the laptop said under its number 5. Its copy, put back from a backup, heard Bea and
    said something else under that number, and then took a new name. To a laptop that does not know the first 5 yet,
    Bea seems to have seen the copy, and the copy has seen Bea: neither may vanish."""
    lost = written(1, 5, ANNE.person_id, SupportMarked(level="2"))
    bea = written(2, 1, ANNE.person_id, SupportMarked(level="1"), sees=[lost], ms=1_000)
    copys = written(1, 5, ANNE.person_id, SupportMarked(level="4"), sees=[bea], ms=2_000)
    again = said_again(copys, lost.key._replace(device_id=bytes([3]) * 16), {}, b"87654321")

    for order in permutations((bea, again)):
        state = replica.state(*([one] for one in order), rosters=[ROSTER])
        assert [row[1:3] for row in state["conflict"]] == [(ANNE.person_id, "support")]
        assert "4" in state["person"][0]
    # With the first 5 known, each has seen exactly what it had seen, and the copy's is the last word.
    expected = replica.state([lost, bea, again], rosters=[ROSTER])
    assert expected["conflict"] == []
    for order in permutations((lost, bea, again)):
        assert replica.state(*([one] for one in order), rosters=[ROSTER]) == expected


def test_case_24_a_correction_finds_the_attempt_under_its_new_number(replica: Replica) -> None:
    """Bea corrected over a stick what the copy had said as its number 5; the copy says it again as somebody else."""
    knock = written(1, 5, DOOR.door_id, AttemptMade(code="not_home"))
    fix = AttemptCorrected(device=knock.key.device_id, seq=knock.key.device_seq, code="vacant")
    bea = written(2, 1, DOOR.door_id, fix, sees=[knock], ms=1_000)
    again = said_again(knock, knock.key._replace(device_id=bytes([3]) * 16), {}, b"87654321")

    for known in ((bea, again), (knock, bea, again)):
        for order in permutations(known):
            [attempt] = replica.state(*([one] for one in order), rosters=[ROSTER])["attempt"]
            assert "vacant" in attempt
            assert "not_home" not in attempt
