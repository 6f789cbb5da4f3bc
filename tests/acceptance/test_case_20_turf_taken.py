"""Case 20 for a canvasser: a turf is given to somebody else with twenty results of it pending. They count; the laptop
forgets the people, in every file of its folder, and goes on with what it still has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.roles import Role
from canvass_app.hq.bundles import import_bundles
from canvass_app.hq.devices import issue_code
from canvass_app.hq.doctor import examine
from canvass_app.hq.projecting import catch_up
from canvass_app.ledger.kinds import AttemptMade, NoteWritten
from canvass_app.services import syncing
from canvass_app.services.backups import keep_daily_backup
from canvass_app.services.book import Book, open_book
from canvass_app.services.bundling import import_bundle, write_bundle
from canvass_app.services.care import look_after
from canvass_app.services.doctor import examine as doctor
from canvass_app.services.syncing import join, sync_now
from canvass_app.services.turfs import assign_turf, make_turf
from canvass_app.services.walk_lists import issue_walk_list
from tests.hq.kit import PASSPHRASE, RIDING, Hq, add_street, street_door
from tests.services.erasure_scan import places_with

PENDING, KEPT = 20, 4


class Two:
    """A lead's laptop, and Ana's with a turf that is about to be taken and a list that is not."""

    def __init__(self, hq: Hq, lead: Book, ana: Book) -> None:
        self.hq, self.lead, self.ana = hq, lead, ana
        add_street(lead)
        doors = [street_door(number) for number in range(1, PENDING + KEPT + 1)]
        self.turf = make_turf(lead, RIDING, "Taken", doors[:PENDING]).turf_id
        kept = make_turf(lead, RIDING, "Kept", doors[PENDING:]).turf_id
        assign_turf(lead, RIDING, self.turf, "Ana")
        issue_walk_list(lead, RIDING, self.turf, canvasser="Ana")
        issue_walk_list(lead, RIDING, kept, canvasser="Ana")
        sync_now(lead)
        join(
            ana, hq.url, issue_code(hq.office, frozenset({RIDING}), "", Role.CANVASSER, ("Ana",)).text, "Ana"
        )
        sync_now(ana)
        for number in range(1, PENDING + 1):
            with ana.act("Ana") as act:
                act.add(RIDING, street_door(number), AttemptMade(code="not_home"))
                act.add(
                    RIDING,
                    street_door(number),
                    NoteWritten(target="door", text=f"Gravelpath{number} said so"),
                )
        keep_daily_backup(ana.database, ana.folder, ana.today())

    def take(self) -> None:
        """The turf and its list are somebody else's now."""
        from canvass_app.services.walk_lists import list_walk_lists, mark_returned

        assign_turf(self.lead, RIDING, self.turf, "Ben")
        first = min(list_walk_lists(self.lead, RIDING), key=lambda one: one.number)
        mark_returned(self.lead, RIDING, first.list_id)
        sync_now(self.lead)

    @property
    def secrets(self) -> set[str]:
        gone = range(1, PENDING + 1)
        return {f"Maple{n}" for n in gone if n > 4} | {f"Gravelpath{n}" for n in gone}

    def forgotten(self, ana: Book) -> None:
        folder = ana.folder
        look_after(ana)
        assert doctor(ana).findings == []
        assert sorted(
            row[0] for row in ana.read().query("SELECT last FROM person WHERE riding_id = ?", (RIDING,))
        ) == [f"Maple{n}" for n in range(PENDING + 1, PENDING + KEPT + 1)]
        ana.close()
        assert places_with(folder, PASSPHRASE, self.secrets) == {}

    def counted(self) -> None:
        catch_up(self.hq.office, RIDING)
        assert self.hq.rows("SELECT COUNT(*) FROM attempt") == [(PENDING,)]
        assert self.hq.rows("SELECT COUNT(*) FROM note") == [(PENDING,)]
        assert examine(self.hq.office).findings == []


@pytest.fixture
def two(hq: Hq, new_laptop: Any) -> Two:
    return Two(hq, new_laptop(hq), new_laptop())


def test_case_20_what_was_pending_of_a_turf_that_is_taken_counts_and_its_people_are_forgotten(
    two: Two,
) -> None:
    assert places_with(two.ana.folder, PASSPHRASE, two.secrets)
    two.take()
    sync_now(two.ana)
    two.counted()
    two.forgotten(two.ana)


def test_case_20_a_turf_is_taken_by_stick(two: Two, tmp_path: Path) -> None:
    """Both ways on a stick, no network at all; what is typed between the two bundles stays until it is received."""
    two.take()
    up, down = tmp_path / "up", tmp_path / "down"
    up.mkdir()
    down.mkdir()
    import_bundles(two.hq.office, [write_bundle(two.ana, up).path], down)
    with two.ana.act("Ana") as act:
        act.add(RIDING, street_door(1), NoteWritten(target="door", text="Latethought"))
    (answer,) = down.iterdir()
    brought = import_bundle(two.ana, answer)
    assert any("no longer yours" in note.en for note in brought.notes)
    assert two.ana.read().query("SELECT COUNT(*) FROM event WHERE kind = 'note.written'") == [(1,)]
    two.counted()
    sync_now(two.ana)
    sync_now(two.ana)
    assert two.hq.rows("SELECT COUNT(*) FROM event WHERE kind = 'note.written'") == [(PENDING + 1,)]
    two.forgotten(two.ana)


def test_case_20_power_that_goes_once_the_people_are_gone_brings_nobody_back(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the transaction, before journal and backups are clean: the next start goes on."""
    two.take()

    def dies(*_: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(syncing, "after_parting", dies)
        with pytest.raises(KeyboardInterrupt):
            sync_now(two.ana)
    folder = two.ana.folder
    two.ana.close()
    assert places_with(folder, PASSPHRASE, two.secrets)
    again = open_book(folder, passphrase=PASSPHRASE, now_ms=two.hq.time)
    try:
        sync_now(again)
        two.counted()
        two.forgotten(again)
    finally:
        again.close()
