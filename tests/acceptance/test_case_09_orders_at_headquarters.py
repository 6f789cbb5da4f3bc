"""Case 9 at headquarters, over real HTTP: the five events in every order in which three devices can deliver them."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

from canvass_app.hq.doctor import examine
from canvass_app.hq.projecting import catch_up
from canvass_app.ledger.clock import reading
from canvass_app.ledger.events import Event, Key, seal
from canvass_app.ledger.kinds import AttemptCorrected, AttemptMade, BarSet, Body, DoorDescribed
from canvass_app.storage.database import Connection
from canvass_app.storage.projections import PROJECTED
from tests.hq.kit import START_MS, serving, street_door
from tests.hq.senders import Sender

DOOR = street_door(4)
ANA, BEA, CEM = 1, 2, 3
PLACES = ((ANA, 1), (ANA, 2), (BEA, 1), (BEA, 2), (CEM, 1))


def orders() -> list[tuple[int, ...]]:
    """Every order in which each device's own events stay in order: 5! / (2! 2!) = 30."""
    return [
        order
        for order in permutations(range(5))
        if order.index(0) < order.index(1) and order.index(2) < order.index(3)
    ]


def events(riding_id: int) -> list[Event]:
    """As in the case on a laptop: a knock, two corrections that knew nothing of each other, a bar, a description."""

    def said(place: int, body: Body, ms: int, sees: tuple[Event, ...] = ()) -> Event:
        device, seq = PLACES[place]
        return seal(
            riding_id, Key(device.to_bytes(16, "big"), seq), DOOR, body, author=f"device {device}", shift=b"",
            hlc=reading(START_MS - 10_000 + ms), wall_ms=START_MS, sees=[one.key for one in sees], nonce=b"12345678",
        )  # fmt: skip

    knock = said(0, AttemptMade(code="not_home"), 0)
    where: dict[str, Any] = {"device": knock.key.device_id, "seq": 1}
    return [
        knock,
        said(1, DoorDescribed(access="side door"), 500, (knock,)),
        said(2, AttemptCorrected(**where, code="refused"), 1_000, (knock,)),
        said(3, BarSet(target="door", reason="asked"), 3_000),
        said(4, AttemptCorrected(**where, code="vacant"), 2_000),
    ]


def state(db: Connection, riding_id: int) -> dict[str, list[str]]:
    """Every projected row of a riding, without its riding's number."""
    return {
        table: sorted(
            repr([bytes(v) if isinstance(v, bytes | memoryview) else v for v in row if v != riding_id])
            for row in db.query(f"SELECT * FROM {table} WHERE riding_id = ?", (riding_id,))
        )
        for table in PROJECTED
    }


def test_case_09_headquarters_comes_to_one_state_in_every_order(tmp_path: Path, database_url: str) -> None:
    every = orders()
    assert len(every) == 30
    ridings = tuple(201_399_001 + place for place in range(len(every)))
    with serving(tmp_path / "hq", database_url, ridings) as hq:
        crew = {number: Sender(hq.url, hq.code(), number) for number in (ANA, BEA, CEM)}
        for riding_id, order in zip(ridings, every, strict=True):
            said = events(riding_id)
            for place in order:
                device, seq = PLACES[place]
                crew[device].push([said[place].raw], seq, riding_id)
                if place % 2:
                    # Once more, together with what came before it: a duplicate within a batch that is new.
                    crew[device].push([said[place - 1].raw, said[place].raw], seq - 1, riding_id)
            assert hq.numbers(riding_id) == (5, 5, 5)
            catch_up(hq.office, riding_id)
        for one in crew.values():
            one.close()
        db = hq.office.read()
        expected = state(db, ridings[0])
        assert "vacant" in expected["attempt"][0]
        assert len(expected["conflict"]) == 1
        for riding_id in ridings[1:]:
            assert state(db, riding_id) == expected
        assert examine(hq.office).ok
