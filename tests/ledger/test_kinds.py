"""Kinds grow: what is unknown is kept and folded later, what is old is read as the present, and the table is true."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from canvass_app.ledger.events import BadEvent, Event, Key, open_event, seal
from canvass_app.ledger.fold import fold_subject
from canvass_app.ledger.kinds import KINDS, AttemptMade, BarSet, Body, ConflictClosed, Value, kind
from canvass_app.storage.database import SqliteDatabase
from canvass_app.storage.log import insert_events
from canvass_app.storage.migrate import migrate
from canvass_app.storage.projections import project
from canvass_app.storage.projections.grown import fold_grown_kinds, not_understood

ROOT = Path(__file__).parents[2]
RIDING, DOOR, ZONE = 201399001, b"d" * 16, "America/Toronto"


def written(seq: int, body: Body) -> Event:
    return seal(
        RIDING, Key(b"a" * 16, seq), DOOR, body, author="Ana", shift=b"", hlc=seq, wall_ms=seq, sees=(), nonce=b"12345678"
    )  # fmt: skip


def as_if(event: Event, *, name: str, version: int, body: Any) -> bytes:
    """The bytes as another version of the program writes them."""
    values = msgspec.msgpack.decode(event.raw)
    values[4], values[5], values[12 + 1] = name, version, body
    return msgspec.msgpack.encode(values, order="sorted")


@pytest.fixture
def parrot() -> Iterator[type[Body]]:
    """A kind that only this test knows, in its third version; taken away again."""

    def split(fields: dict[str, Any]) -> dict[str, Any]:
        return {"words": fields["word"].split(" ")}

    def louder(fields: dict[str, Any]) -> dict[str, Any]:
        return {**fields, "loud": 1}

    @kind("parrot.taught", "door", version=3, up_casts={1: split, 2: louder})
    class ParrotTaught(Body, frozen=True, kw_only=True):
        """A parrot at the door says something."""

        words: tuple[str, ...]
        loud: int

        def sets(self) -> dict[str, Value]:
            return {"parrot": self.words, "loud": self.loud}

    yield ParrotTaught
    del KINDS["parrot.taught"]


def test_an_old_version_is_read_as_the_present_one(parrot: type[Body]) -> None:
    any_event = written(1, AttemptMade(code="not_home"))
    first = open_event(as_if(any_event, name="parrot.taught", version=1, body={"word": "hello there"}))
    second = open_event(as_if(any_event, name="parrot.taught", version=2, body={"words": ["hello"]}))
    third = open_event(as_if(any_event, name="parrot.taught", version=3, body={"words": ["hi"], "loud": 0}))
    assert [fold_subject([e])["parrot"].value for e in (first, second, third)] == [
        ("hello", "there"),
        ("hello",),
        ("hi",),
    ]
    assert [fold_subject([e])["loud"].value for e in (first, second, third)] == [1, 1, 0]
    assert first.version == 1
    assert isinstance(first.body, parrot)


def test_a_newer_version_is_kept_and_not_guessed_at(parrot: type[Body]) -> None:
    event = open_event(
        as_if(written(1, AttemptMade(code="x")), name="parrot.taught", version=4, body={"words": 7})
    )
    assert event.body is None
    assert fold_subject([event]) == {}


def test_an_old_body_that_lies_about_its_version_is_poison(parrot: type[Body]) -> None:
    raw = as_if(written(1, AttemptMade(code="x")), name="parrot.taught", version=1, body={"words": ["hello"]})
    with pytest.raises(BadEvent):
        open_event(raw)


def test_every_step_between_versions_is_asked_for() -> None:
    with pytest.raises(TypeError, match="up-cast"):

        @kind("parrot.lost", "door", version=2)
        class ParrotLost(Body, frozen=True, kw_only=True):  # pyright: ignore[reportUnusedClass]
            """Never registered."""

    assert "parrot.lost" not in KINDS


def test_what_was_kept_unread_is_folded_once_the_program_knows_it(tmp_path: Path) -> None:
    database = SqliteDatabase(tmp_path / "a.db", b"k" * 32)
    migrate(database)
    # Written by a program of tomorrow, with a kind that sets what a present one shows.
    raw = as_if(written(1, AttemptMade(code="x")), name="door.sealed", version=1, body={"target": "door"})
    with database.write() as db:
        fold_grown_kinds(db, ZONE)
        project(db, insert_events(db, [open_event(raw)]).touched, ZONE)
        assert db.query("SELECT * FROM note") == []
        assert not_understood(db) == {(RIDING, "door.sealed", 1): 1}
        assert not fold_grown_kinds(db, ZONE)

    @kind("door.sealed", "door")
    class DoorSealed(AttemptMade, frozen=True, kw_only=True):  # pyright: ignore[reportUnusedClass]
        """What tomorrow's program calls a knock."""

        code: str = "vacant"
        target: str = ""

    try:
        with database.write() as db:
            assert not_understood(db) == {}
            assert fold_grown_kinds(db, ZONE).totals
            assert db.query("SELECT code FROM attempt") == [("vacant",)]
            assert not fold_grown_kinds(db, ZONE)
    finally:
        del KINDS["door.sealed"]
        database.close()


def test_bars_erasures_and_voiding_are_never_voided_with_a_shift() -> None:
    never = {name for name, one in KINDS.items() if not one.VOIDED}
    assert never == {
        "bar.set", "bar.lifted", "person.erased", "shift.voided", "shift.restored", "roster.withdrawn", "roster.restored",
        "team.added", "team.described", "team.closed", "member.added", "member.described", "member.joined",
        "member.pin_set", "member.signed_up", "member.attended", "gathering.added", "gathering.changed",
        "gathering.cancelled",
        "export.made", "export.sealed", "selection.saved", "selection.removed",
    }  # fmt: skip


def test_a_decision_cannot_lift_a_bar_or_an_erasure() -> None:
    for field in ("bar", "erased", "voided", "withdrawn"):
        assert ConflictClosed(target="door", field=field, value=False).sets() == {}
    bar = written(1, BarSet(target="door"))
    lie = written(2, ConflictClosed(target="door", field="bar", value=False))
    assert fold_subject([bar, lie])["bar"].value is True


def test_the_table_of_kinds_is_true() -> None:
    spec = importlib.util.spec_from_file_location("kinds_table", ROOT / "tools" / "kinds_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (ROOT / "docs" / "kinds.md").read_text("utf-8") == module.table()
