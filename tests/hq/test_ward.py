"""`canvass-hq device`: who is let in, shutting one out, and what a lost one held."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.errors import InputError, NotFound, Withdrawn
from canvass_app.hq.answering import export_for
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.ward import every_device, find, held_by
from canvass_app.services.farewell import finish
from canvass_app.services.syncing import join, sync_now
from canvass_app.storage.days import local_clock, local_day
from canvass_app.sync.problems import NoLongerWelcome
from tests.hq.commands import Said, typed_at
from tests.hq.kit import OTHER, RIDING, Hq, add_street, knock


def run(hq: Hq, *words: str, language: str = "C.UTF-8") -> Said:
    return typed_at(hq, "device", *words, language=language)


@pytest.fixture
def kitchen(hq: Hq, new_laptop: Any) -> Any:
    book = new_laptop()
    join(book, hq.url, hq.code(frozenset({RIDING}), label="Kitchen table"), "Laptop")
    add_street(book, 5)
    knock(book, 1)
    knock(book, 2)
    sync_now(book)
    return book


def test_what_headquarters_knows_of_its_devices(hq: Hq, kitchen: Any, new_laptop: Any) -> None:
    hq.time.pass_ms(3_600_000)
    other = new_laptop()
    join(other, hq.url, hq.code(), "Van")
    first, second = every_device(hq.office)
    assert (first.name, first.ridings, first.state, first.events) == ("Van", None, "in", 0)
    assert (second.name, second.ridings, second.state) == ("Kitchen table", frozenset({RIDING}), "in")
    assert second.events == 3
    assert second.joined_ms <= second.seen_ms < first.seen_ms
    assert [one.device_id for one in (first, second)] == [other.device_id, kitchen.device_id]


def test_a_device_is_found_by_name_or_by_the_beginning_of_its_number(
    hq: Hq, kitchen: Any, new_laptop: Any
) -> None:
    number = kitchen.device_id.hex()
    for text in ("kitchen TABLE ", number[:6], number.upper(), number[:8]):
        assert find(hq.office, text).device_id == kitchen.device_id
    for text in ("", "kitchen", number[:5], "000000000000"):
        with pytest.raises(NotFound):
            find(hq.office, text)
    join(new_laptop(), hq.url, hq.code(label="Kitchen table"), "Second")
    with pytest.raises(InputError) as several:
        find(hq.office, "Kitchen table")
    assert number[:8] in several.value.text.fr
    assert find(hq.office, number[:8]).device_id == kitchen.device_id


def test_a_straight_apostrophe_finds_a_curly_one(hq: Hq, new_laptop: Any, tmp_path: Path) -> None:
    book = new_laptop()
    join(book, hq.url, hq.code(label="L’ordinateur d’Élise"), "Laptop")
    assert book.meta("device_name") == "L’ordinateur d’Élise"
    assert find(hq.office, "l'ordinateur d'elise").device_id == book.device_id
    assert export_for(hq.office, "L'ordinateur d'Élise", tmp_path).path.exists()


def test_what_a_lost_laptop_held(hq: Hq, kitchen: Any, new_laptop: Any) -> None:
    catch_up(hq.office, RIDING)
    (held,) = held_by(hq.office, find(hq.office, "Kitchen table"))
    assert (held.riding_id, held.doors, held.attempts, held.lists_out) == (RIDING, 5, 2, [])
    assert held.last_ms > 0
    join(new_laptop(), hq.url, hq.code(frozenset({OTHER}), label="Elsewhere"), "Other")
    assert held_by(hq.office, find(hq.office, "Elsewhere")) == []


def test_a_lost_laptop_is_shut_out_from_the_command_line(hq: Hq, kitchen: Any) -> None:
    catch_up(hq.office, RIDING)
    listed = json.loads(run(hq, "list", "--json").stdout)
    assert [(one["name"], one["state"], one["ridings"]) for one in listed["devices"]] == [
        ("Kitchen table", "in", [RIDING])
    ]
    said = run(hq, "revoke", "Kitchen table", language="fr_CA.UTF-8")
    assert said.returncode == 0
    assert "n’a plus accès" in said.stdout
    again = json.loads(run(hq, "revoke", kitchen.device_id.hex()[:8], "--json").stdout)
    assert (again["changed"], again["unchanged"]) == (0, 1)
    report = run(hq, "report", "Kitchen table")
    assert "shut out" in report.stdout
    assert "5 doors" in report.stdout
    lost = run(hq, "revoke", "No such laptop")
    assert lost.returncode == 1
    assert "Nothing was changed" in lost.stderr
    kept = json.loads(run(hq, "revoke", "Kitchen table", "--keep", "--json").stdout)
    assert kept["changed"] == 1
    with pytest.raises(NoLongerWelcome):
        sync_now(kitchen)
    run(hq, "revoke", "Kitchen table")
    assert "still holds" in run(hq, "report", "Kitchen table").stdout
    with pytest.raises(Withdrawn):
        sync_now(kitchen)
    assert "has not said yet" in run(hq, "report", "Kitchen table").stdout
    kitchen.close()
    finish(kitchen.folder)
    assert "done on" in run(hq, "report", "Kitchen table").stdout
    (now,) = json.loads(run(hq, "list", "--json").stdout)["devices"]
    assert (now["to_be_emptied"], bool(now["told"]), bool(now["emptied"]), now["waiting"]) == (
        True,
        True,
        True,
        0,
    )


def test_headquarters_tells_the_campaigns_time_and_names_it_wherever_its_machine_stands(
    hq: Hq, kitchen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    zone = hq.office.time_zone()
    [known] = every_device(hq.office)
    lines = run(hq, "list").stdout.splitlines()
    assert f"{local_day(known.seen_ms, zone)} {local_clock(known.seen_ms, zone)}" in lines[0]
    assert lines[1:] == [f"Times: {zone}."]
    assert run(hq, "list", language="fr_CA.UTF-8").stdout.splitlines()[-1] == f"Heures\u00a0: {zone}."
