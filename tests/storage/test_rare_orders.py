"""The rare moments of a record, each in all its orders: files that come and go, joins, doors that leave."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from canvass_app.ledger.events import Event
from canvass_app.ledger.kinds import (
    AttemptMade,
    Body,
    DoorLeft,
    DoorSameAs,
    PersonSameAs,
    ResidenceBegan,
    RosterAdded,
    RosterWithdrawn,
    ShiftRestored,
    ShiftVoided,
    SupportMarked,
    TurfCut,
)
from canvass_app.ledger.rosters import Roster, build_roster
from canvass_app.storage.roster_store import roster_id_of
from tests.acceptance.evening import Replica, written
from tests.services.conftest import RIDING, door, person

PLAIN, NAMED = [door(n) for n in (2, 4)], [door(4, town="Birch River")]
FOLK = [person(PLAIN[0], "Roy", "Luc"), person(PLAIN[1], "Tremblay", "Anne")]
NAMED_FOLK = [person(NAMED[0], "Tremblay", "Anne", 1970)]
FIRST, SECOND = build_roster(RIDING, PLAIN, FOLK), build_roster(RIDING, NAMED, NAMED_FOLK)
SHIFT, MET = b"s" * 16, b"\xfe" * 16


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    folder: Path = tmp_path_factory.mktemp("rare")
    made = Replica(folder / "replica.db")
    yield made
    made.database.close()


def history(*said: tuple[bytes, Body] | tuple[bytes, Body, bytes]) -> list[Event]:
    """One device says these after each other, and saw what it said before."""
    events: list[Event] = []
    for seq, (subject, body, *shift) in enumerate(said, 1):
        seen = [
            e for e in events if e.subject == subject and e.body and e.body.sets().keys() & body.sets().keys()
        ]
        events.append(
            written(1, seq, subject, body, sees=seen, shift=shift[0] if shift else b"", ms=seq * 1_000)
        )
    return events


def added(roster: Roster) -> tuple[bytes, Body]:
    body = RosterAdded(name=roster.name, source="a.csv", doors=roster.doors, people=roster.people)
    return roster_id_of(roster.name), body


def gone(roster: Roster) -> tuple[bytes, Body]:
    return roster_id_of(roster.name), RosterWithdrawn()


HISTORIES: dict[str, list[Event]] = {
    "a late knock at a door of a withdrawn file": history(
        added(FIRST), gone(FIRST), (PLAIN[0].door_id, AttemptMade(code="not_home"))
    ),
    "a late knock names somebody whom only a withdrawn file lists": history(
        added(FIRST), gone(FIRST), (PLAIN[0].door_id, AttemptMade(code="refused", person=FOLK[0].person_id))
    ),
    "a knock names somebody new at a door that stays already": history(
        added(FIRST), gone(FIRST), (PLAIN[0].door_id, AttemptMade(code="not_home")),
        (PLAIN[0].door_id, AttemptMade(code="refused", person=FOLK[0].person_id)),
    ),
    "what kept a door is voided and restored": history(
        added(FIRST), gone(FIRST), (PLAIN[0].door_id, AttemptMade(code="not_home"), SHIFT),
        (SHIFT, ShiftVoided()), (SHIFT, ShiftRestored()),
    ),
    "what kept a door is voided": history(
        added(FIRST), gone(FIRST), (PLAIN[0].door_id, AttemptMade(code="not_home"), SHIFT), (SHIFT, ShiftVoided())
    ),
    "somebody met keeps the door where the file says they live": history(
        added(FIRST), gone(FIRST), (FOLK[1].person_id, SupportMarked(level="1")),
    ),
    "somebody new keeps the door of a withdrawn file": history(
        added(FIRST), gone(FIRST), (MET, ResidenceBegan(door=PLAIN[1].door_id))
    ),
    "a door that leaves takes its people with it, and its turf follows": history(
        added(FIRST), (PLAIN[0].door_id, DoorLeft(riding=RIDING + 1, link_id=SHIFT)),
        (PLAIN[0].door_id, AttemptMade(code="not_home")), (b"t" * 16, TurfCut(name="T", doors=(PLAIN[0].door_id,))),
    ),
    "a door that comes back": history(
        added(FIRST), (PLAIN[0].door_id, DoorLeft(riding=RIDING + 1, link_id=SHIFT)),
        (PLAIN[0].door_id, DoorLeft(riding=RIDING, link_id=SHIFT)), (FOLK[0].person_id, SupportMarked(level="1")),
    ),
    "two files join a door, a turf holds it under both ids": history(
        added(FIRST), added(SECOND), (NAMED[0].door_id, AttemptMade(code="refused", person=NAMED_FOLK[0].person_id)),
        (b"t" * 16, TurfCut(name="T", doors=(NAMED[0].door_id, PLAIN[0].door_id))),
    ),
    "two said to be apart, then the same": history(
        added(FIRST), added(SECOND), (PLAIN[1].door_id, DoorSameAs(other=NAMED[0].door_id, joined=False)),
        (PLAIN[1].door_id, DoorSameAs(other=NAMED[0].door_id)), (FOLK[1].person_id, SupportMarked(level="2")),
    ),
    "two doors that nothing but a person joins, with people of one name": history(
        added(FIRST), (PLAIN[0].door_id, DoorSameAs(other=PLAIN[1].door_id)),
        (FOLK[0].person_id, PersonSameAs(other=FOLK[1].person_id)), (PLAIN[1].door_id, AttemptMade(code="vacant")),
    ),
    "a joined file goes again, and what happened under its id stays": history(
        added(FIRST), added(SECOND), (NAMED[0].door_id, AttemptMade(code="not_home")), gone(SECOND)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HISTORIES)
def test_all_orders_give_one_state_equal_to_a_fold_from_scratch(replica: Replica, name: str) -> None:
    events = HISTORIES[name]
    expected: dict[str, list[Any]] = {}
    for order in permutations(events):
        # `state` compares with a fold from scratch by itself.
        found = replica.state(*([one] for one in order), rosters=[FIRST, SECOND])
        expected = expected or found
        assert found == expected


def test_of_two_with_one_number_the_smaller_hash_counts_until_headquarters_numbers_the_other(
    replica: Replica,
) -> None:
    pair = [written(1, 1, PLAIN[0].door_id, AttemptMade(code=code)) for code in ("not_home", "refused")]
    less, more = sorted(pair, key=lambda e: e.hash)
    from canvass_app.storage.log import insert_events
    from canvass_app.storage.projections import project

    for order in ((less, more), (more, less)):
        with replica.trial() as db:
            for one in order:
                project(db, insert_events(db, [one]).touched, "America/Toronto")
            assert db.query("SELECT hash FROM event") == [(less.hash,)]
            assert db.query("SELECT hash FROM fork") == [(more.hash,)]
            assert db.query("SELECT code FROM attempt") == [(less.body.code,)]  # type: ignore[union-attr]
            project(db, insert_events(db, [more], [1]).touched, "America/Toronto")
            assert db.query("SELECT hash FROM event") == [(more.hash,)]
            assert db.query("SELECT hash FROM fork") == [(less.hash,)]
            assert db.query("SELECT code FROM attempt") == [(more.body.code,)]  # type: ignore[union-attr]
            project(db, insert_events(db, [less]).touched, "America/Toronto")
            assert db.query("SELECT hash FROM event") == [(more.hash,)]
