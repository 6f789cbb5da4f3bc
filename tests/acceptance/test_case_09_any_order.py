"""Case 9: five events of one door from three devices, in all 120 orders, with duplicates: one state."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from canvass_app.ledger.events import Event
from canvass_app.ledger.kinds import AttemptCorrected, AttemptMade, BarSet, DoorDescribed
from canvass_app.ledger.rosters import build_roster
from tests.acceptance.evening import Replica, written
from tests.services.conftest import RIDING, door

DOOR = door(4)
ROSTER = build_roster(RIDING, [DOOR], [])


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[Replica]:
    made = Replica(tmp_path / "replica.db")
    yield made
    made.database.close()


def five_events() -> list[Event]:
    """Ana knocks; Bea corrects it; Cem, who knew nothing, corrects it too, later by his clock; Bea bars; Ana describes."""
    knock = written(1, 1, DOOR.door_id, AttemptMade(code="not_home"))
    where = {"device": knock.key.device_id, "seq": knock.key.device_seq}
    return [
        knock,
        written(2, 1, DOOR.door_id, AttemptCorrected(**where, code="refused"), sees=[knock], ms=1_000),
        written(3, 1, DOOR.door_id, AttemptCorrected(**where, code="vacant"), ms=2_000),
        written(2, 2, DOOR.door_id, BarSet(target="door", reason="asked"), ms=3_000),
        written(1, 2, DOOR.door_id, DoorDescribed(access="side door"), sees=[knock], ms=500),
    ]


def test_case_09_all_orders_of_five_events_give_one_state(replica: Replica) -> None:
    events = five_events()
    expected = replica.state(events)
    [attempt] = expected["attempt"]
    assert "vacant" in attempt
    assert [row[2] for row in expected["conflict"]] == [f"attempt:{(bytes([1]) * 16).hex()}:1"]
    orders = 0
    for order in permutations(events):
        orders += 1
        # One at a time, each again after the next one, and at last all of them once more in one portion.
        portions = [[one, *order[max(0, place - 1) : place]] for place, one in enumerate(order)]
        assert replica.state(*portions, list(order[::-1])) == expected
    assert orders == 120


def test_case_09_with_the_file_before_between_and_after(replica: Replica) -> None:
    from canvass_app.ledger.kinds import RosterAdded
    from canvass_app.storage.roster_store import roster_id_of

    added = written(
        3,
        2,
        roster_id_of(ROSTER.name),
        RosterAdded(name=ROSTER.name, source="a.csv", doors=1, people=0),
        ms=4_000,
    )
    events = five_events()
    expected = replica.state([added, *events], rosters=[ROSTER])
    assert len(expected["door"]) == 1
    for place in range(6):
        order = [*events[:place], added, *events[place:]]
        assert replica.state(*([one] for one in order), rosters=[ROSTER]) == expected
        assert replica.state(*([one] for one in order[::-1]), order, rosters=[ROSTER]) == expected
