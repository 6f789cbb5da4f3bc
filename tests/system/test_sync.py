"""Laptops and a headquarters on loopback, end to end, on SQLite and on PostgreSQL."""

from typing import Any

import pytest
import requests

from canvass_app.hq.doctor import examine, projection_digests
from canvass_app.hq.projecting import catch_up
from canvass_app.ledger.kinds import AttemptMade, ResidenceEnded
from canvass_app.services.progress import figures, progress
from canvass_app.services.syncing import sync_now, sync_status
from canvass_app.storage.changes import ChangeSet
from canvass_app.sync.inbox import read_place
from tests.hq.kit import (
    OTHER,
    RIDING,
    Hq,
    add_street,
    database_url,
    hq,
    hq_log,
    knock,
    knock_often,
    laptop_log,
    new_laptop,
    postgres,
    street_door,
    street_person,
    talk,
)

__all__ = ["database_url", "hq", "new_laptop", "postgres"]


def test_results_entered_on_two_laptops_while_offline_arrive_on_both(hq: Hq, new_laptop: Any) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one)
    sync_now(one)
    first = sync_now(two)
    assert first.assets == 1
    assert two.read().query("SELECT COUNT(*) FROM door WHERE riding_id = ?", (RIDING,)) == [(40,)]
    assert two.read().query("SELECT COUNT(*) FROM person WHERE riding_id = ?", (RIDING,)) == [(40,)]
    hq.stop()

    for number in range(1, 16):
        knock(one, number)
        knock(two, number + 20, "refused", author="Bea")
    talk(one, 30, "1")
    talk(two, 30, "2", author="Bea")
    assert sync_status(one).pending == 16
    assert sync_status(two).pending == 16

    hq.start()
    for book in (one, two):
        book.set_meta("hq_url", hq.url)
    for book in (one, two, one):
        sync_now(book)
    assert laptop_log(one) == laptop_log(two) == hq_log(hq)
    places = [read_place(book.read(), RIDING) for book in (one, two)]
    assert places[0].tally == places[1].tally
    catch_up(hq.office, RIDING)
    shown = projection_digests(hq.office.read(), RIDING)
    assert projection_digests(one.read(), RIDING) == projection_digests(two.read(), RIDING) == shown
    assert sync_status(one).pending == sync_status(two).pending == 0

    totals = _progress(hq, one)
    assert totals["attempts"] == 32
    recount = [
        kind == AttemptMade.KIND for (kind,) in hq.rows("SELECT kind FROM event WHERE riding_id = ?", RIDING)
    ]
    assert sum(recount) == totals["attempts"]
    assert totals["by_code"] == {"canvassed": 2, "not_home": 15, "refused": 15}
    health = examine(hq.office)
    assert health.ok, health.findings
    most, events, counter = hq.numbers()
    assert most == events == counter == len(hq_log(hq))


def _progress(hq: Hq, book: Any, riding_id: int = RIDING) -> dict[str, Any]:
    answer = requests.get(
        f"{hq.url}/v1/ridings/{riding_id}/progress",
        headers={"Authorization": f"Bearer {book.meta('hq_token')}"},
        timeout=30,
    )
    assert answer.status_code == 200
    return answer.json()


def test_laptop_and_headquarters_give_the_same_figures_of_people_who_moved_or_died(
    hq: Hq, new_laptop: Any
) -> None:
    one = new_laptop(hq)
    add_street(one, 12)
    for number, level in ((1, "1"), (2, "1"), (3, "2L"), (4, "5"), (5, "2")):
        talk(one, number, level)
    knock(one, 6, "moved")
    with one.act("Ana") as act:
        act.add(RIDING, street_person(1), ResidenceEnded(reason="deceased"))
        act.add(RIDING, street_person(5), ResidenceEnded(reason="moved"))
    sync_now(one)

    totals = _progress(hq, one)
    assert totals == {
        "riding_id": RIDING,
        "attempts": 6,
        "contacts": totals["contacts"],
        "contact_rate": {"part": totals["contacts"], "whole": 6},
        "doors": {"part": 6, "whole": 12},
        "people": 10,
        "by_support": {"1": 1, "2": 1, "5": 1},
        "by_code": {"canvassed": 5, "moved": 1},
        "by_day": [{"day": "2015-10-01", "attempts": 6, "contacts": totals["contacts"]}],
    }
    assert figures(hq.office.read(), RIDING) == progress(one, RIDING)


def test_the_campaign_and_the_numbers_of_walk_lists_come_with_joining(hq: Hq, new_laptop: Any) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    assert one.campaign_name("fr") == "Campagne inventée"
    blocks = [book.meta("number_blocks") for book in (one, two)]
    assert blocks == ["[[1000, 1100]]", "[[1100, 1200]]"]
    assert one.read().query("SELECT name_fr FROM riding") == [("Inventée 1",)]


def test_changed_campaign_settings_reach_a_laptop_at_its_next_sync(hq: Hq, new_laptop: Any) -> None:
    import json

    book = new_laptop(hq)
    raw = json.loads(hq.office.campaign()[0]) | {"name": {"en": "Second Round", "fr": "Deuxième tour"}}
    text = json.dumps(raw, ensure_ascii=False, sort_keys=True)
    hq.office.write(lambda db: db.run("UPDATE meta SET value = ? WHERE name = 'campaign'", (text,)))
    assert sync_now(book).changes.settings
    assert book.campaign_name("en") == "Second Round"
    assert not sync_now(book).changes.settings


def test_a_sync_without_news_changes_nothing(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book, 10)
    knock(book, 1)
    assert sync_now(book).pushed == 2
    again = sync_now(book)
    assert (again.pushed, again.pulled, again.assets, bool(again.changes)) == (0, 0, 0, False)


def test_a_laptop_that_may_see_one_riding_never_hears_of_another(hq: Hq, new_laptop: Any) -> None:
    from canvass_app.domain.riding import Riding
    from canvass_app.domain.text import Text
    from canvass_app.hq.ridings import add_ridings

    hq.office.write(lambda db: add_ridings(db, [Riding(OTHER, Text("Elsewhere", "Ailleurs"))]))
    all_of_it, mine = new_laptop(hq), new_laptop(hq, ridings=frozenset({RIDING}))
    for riding in (RIDING, OTHER):
        add_street(all_of_it, 5, riding)
        knock(all_of_it, 1, riding_id=riding)
    assert sync_now(all_of_it).ridings == [RIDING, OTHER]
    assert sync_now(mine).ridings == [RIDING]
    assert {row[0] for row in mine.read().query("SELECT DISTINCT riding_id FROM event")} == {RIDING}
    assert mine.read().query("SELECT riding_id FROM riding") == [(RIDING,)]


def test_typing_goes_on_between_the_pages_of_a_pull(hq: Hq, new_laptop: Any) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one, 60)
    knock_often(one, 600, 60)
    sync_now(one)
    knocks = iter(range(1, 61))

    def type_meanwhile(*_: object) -> None:
        if (number := next(knocks, None)) is not None:
            knock(two, number, "refused", author="Bea")

    sync_now(two, type_meanwhile)
    sync_now(two)
    sync_now(one)
    assert laptop_log(one) == laptop_log(two) == hq_log(hq)
    assert projection_digests(one.read(), RIDING) == projection_digests(two.read(), RIDING)


def test_a_pull_that_is_stopped_goes_on_where_it_was(hq: Hq, new_laptop: Any) -> None:
    from canvass_app.domain.errors import Cancelled

    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one, 30)
    knock_often(one, 600, 30)
    sync_now(one)
    arrived: list[ChangeSet] = []
    with pytest.raises(Cancelled):
        sync_now(two, cancelled=lambda: bool(laptop_log(two)), changed=arrived.append)
    assert arrived[0].bulk
    assert 0 < len(laptop_log(two)) < 601
    sync_now(two)
    assert laptop_log(two) == hq_log(hq)
    assert two.read().query("SELECT attempts FROM door WHERE door_id = ?", (street_door(7),)) == [(20,)]


def test_walk_lists_and_layers_travel_with_the_events_that_name_them(hq: Hq, new_laptop: Any) -> None:
    from canvass_app.ledger.kinds import LayerAdded
    from canvass_app.services.assets import get_asset, put_asset

    one, two = new_laptop(hq), new_laptop(hq)
    streets = b"[" + b"1," * 50_000 + b"1]"
    with one.act("Lead") as act:
        name = put_asset(act.db, RIDING, "layer", streets)
        act.add(RIDING, b"L" * 16, LayerAdded(layer="streets", asset=name))
    assert sync_now(one).assets == 1
    report = sync_now(two)
    assert report.assets == 1
    assert report.changes.layers
    assert get_asset(two.read(), RIDING, name) == streets


def test_a_restored_headquarters_gets_back_what_the_laptops_still_have(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book, 10)
    for number in range(1, 11):
        knock(book, number)
    hq.time.pass_ms(60_000)
    sync_now(book)
    stamps = set(book.read().query("SELECT device_seq, stamp FROM event"))
    before = hq_log(hq)

    def forget(db: Any) -> None:
        for table in ("event", "device_log"):
            db.run(f"DELETE FROM {table}")
        db.run("UPDATE riding_counter SET last_sequence = 0")
        db.run("UPDATE projector SET through = 0, events = 0, digest = ''")
        db.run("UPDATE meta SET value = ? WHERE name = 'hq_epoch'", ("ab" * 16,))

    hq.stop()
    hq.start()
    hq.office.write(forget)
    hq.stop()
    hq.start()
    hq.time.pass_ms(86_400_000)
    book.set_meta("hq_url", hq.url)
    report = sync_now(book)
    assert report.pushed == 11
    assert hq_log(hq) == before == laptop_log(book)
    assert set(hq.rows("SELECT device_seq, stamp FROM event")) == stamps
    assert sync_now(book).pushed == 0


def test_results_of_a_riding_that_headquarters_does_not_have_stay_and_are_said(
    hq: Hq, new_laptop: Any
) -> None:
    book = new_laptop(hq)
    knock(book, 1)
    knock(book, 1, riding_id=OTHER)
    report = sync_now(book)
    assert report.pushed == 1
    assert [note.en for note in report.notes if "99002" in note.en and "stay here" in note.en]
    assert sync_status(book).pending == 1


def test_what_is_unsent_is_counted_in_results_by_volunteer_and_evening(hq: Hq, new_laptop: Any) -> None:
    from canvass_app.ledger.kinds import ShiftOpened

    book = new_laptop(hq)
    add_street(book)
    with book.act("Ana") as act:
        act.add(RIDING, b"S" * 16, ShiftOpened(volunteer="Ana Invented"))
    with book.act("Ana", b"S" * 16) as act:
        for number in range(1, 4):
            act.add(RIDING, street_door(number), AttemptMade(code="not_home"))
    hq.time.pass_ms(86_400_000)
    talk(book, 9, "1", author="Bea Invented")
    status = sync_status(book)
    assert status.pending_by_shift == [("Ana Invented", "2015-10-01", 3), ("Bea Invented", "2015-10-02", 1)]
    assert (status.pending, status.pending_events) == (4, 7)
    assert status.last_contact_ms is None
    report = sync_now(book)
    status = sync_status(book)
    assert (status.pending, status.pending_events, status.pending_by_shift) == (0, 0, [])
    assert status.last_contact_ms == hq.time.ms
    assert status.receipt == report.receipts[RIDING]
