"""A laptop on which the declaration was not accepted sends everything and fetches nothing; nothing is lost for a form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from canvass_app.domain.campaign import load_campaign
from canvass_app.domain.errors import InputError, Refused
from canvass_app.services.book import open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.declaring import accept, accepted, declaration_of, untold, wanted
from canvass_app.services.identity import take_new_identity
from canvass_app.services.lease import DAY_MS, locked
from canvass_app.services.salvage import repair_folder
from canvass_app.services.syncing import join, sync_now, sync_status
from canvass_app.storage.roster_store import is_whole
from canvass_app.sync.problems import Undeclared
from canvass_app.sync.replica import keep_fact
from tests.hq.kit import CAMPAIGN, DECLARATION, PASSPHRASE, RIDING, Hq, add_street, hq_log, knock, laptop_log
from tests.hq.test_declaring import CHANGED, who
from tests.sync.proxy import Asked, Fate, Proxy

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def pair(hq: Hq, new_laptop: Any) -> tuple[Any, Any]:
    """Two laptops: the first has accepted and sent a street, the second has a result of its own and has accepted nothing."""
    hq.ask_for(DECLARATION)
    first, second = new_laptop(hq), new_laptop(hq)
    assert accept(first, "Luc Roy", "en").told
    add_street(first, 5)
    knock(first, 1)
    sync_now(first)
    knock(second, 2)
    return first, second


def test_what_is_pending_is_sent_and_nothing_is_fetched_until_somebody_accepts(
    hq: Hq, pair: tuple[Any, Any]
) -> None:
    first, second = pair
    for _ in range(2):
        with pytest.raises(Undeclared) as asked:
            sync_now(second)
    assert "canvass-app declare" in asked.value.text.en
    assert sync_status(second).pending_events == 0
    assert len(hq_log(hq)) == 3
    assert len(laptop_log(second)) == 1
    assert second.read().query("SELECT COUNT(*) FROM person")[0][0] == 0
    assert wanted(second) == DECLARATION_TEXT
    assert accept(second, "Ana Roy", "fr").told
    assert wanted(second) is None
    report = sync_now(second)
    assert report.pulled == 2
    assert laptop_log(second) == hq_log(hq)
    # Nobody else was in the way.
    sync_now(first)
    assert laptop_log(first) == hq_log(hq)


DECLARATION_TEXT = load_campaign(CAMPAIGN | {"declaration": DECLARATION}).declaration


def test_a_laptop_that_has_not_accepted_does_not_even_ask(hq: Hq, pair: tuple[Any, Any]) -> None:
    second = pair[1]
    with Proxy(hq.url) as proxy:
        second.set_meta("hq_url", proxy.url)
        with pytest.raises(Undeclared):
            sync_now(second)
        asked = {(one.method, one.path.partition("?")[0]) for one, _ in proxy.done}
    assert asked == {("GET", "/v1/ridings"), ("POST", f"/v1/ridings/{RIDING}/events")}


def test_an_import_and_more_arrives_whole_from_a_laptop_that_has_not_accepted(
    hq: Hq, new_laptop: Any
) -> None:
    hq.ask_for(DECLARATION)
    book = new_laptop(hq)
    name = add_street(book, 300)
    with pytest.raises(Undeclared):
        sync_now(book)
    assert is_whole(hq.office.read(), RIDING, name)
    knock(book, 7)
    with pytest.raises(Undeclared):
        sync_now(book)
    assert hq.numbers() == (2, 2, 2)


def test_what_is_accepted_without_a_network_is_kept_and_told_at_the_next_sync(
    hq: Hq, pair: tuple[Any, Any]
) -> None:
    second = pair[1]
    url = second.meta("hq_url")
    second.set_meta("hq_url", NOWHERE)
    assert not accept(second, "Ana Roy", "en").told
    assert not accept(second, "Marc Roy", "fr").told
    assert not accept(second, "Ana  Roy", "fr").told
    assert wanted(second) is None
    assert [one.by for one in untold(second)] == ["Ana Roy", "Marc Roy"]
    second.set_meta("hq_url", url)
    sync_now(second)
    assert laptop_log(second) == hq_log(hq)
    assert untold(second) == []
    assert second.device_id in {
        row[0] for row in hq.rows("SELECT device_id FROM device WHERE declared <> ''")
    }
    assert who(hq, "Laptop 2") == (True, ("Ana Roy", "Marc Roy"))


def test_a_lost_answer_is_told_again_and_counts_once(hq: Hq, pair: tuple[Any, Any]) -> None:
    second, lost = pair[1], 0

    def plan(asked: Asked) -> Fate:
        nonlocal lost
        if asked.path != "/v1/declaration" or lost == 2:
            return Fate()
        lost += 1
        return Fate("lose")

    with Proxy(hq.url, plan) as proxy:
        second.set_meta("hq_url", proxy.url)
        assert not accept(second, "Ana Roy", "en").told
        assert who(hq, "Laptop 2") == (True, ("Ana Roy",))
        sync_now(second)
        assert [one.path for one, _ in proxy.done].count("/v1/declaration") == 3
    assert untold(second) == []
    assert who(hq, "Laptop 2") == (True, ("Ana Roy",))


def test_a_changed_text_asks_again_and_sends_meanwhile(hq: Hq, pair: tuple[Any, Any]) -> None:
    first, second = pair
    hq.ask_for(CHANGED)
    knock(first, 3)
    # Accepted while headquarters had changed it: kept, not taken, and the sync brings the new one.
    assert not accept(second, "Ana Roy", "en").told
    told: list[Any] = []
    for book in pair:
        with pytest.raises(Undeclared):
            sync_now(book, changed=told.append)
    # Whoever looks at the screen sees the new one.
    assert [one.settings for one in told] == [True, True]
    assert hq.numbers() == (4, 4, 4)
    assert wanted(first) == wanted(second) == load_campaign(CAMPAIGN | {"declaration": CHANGED}).declaration
    with pytest.raises(InputError, match="changed its declaration"):
        accept(first, "Luc Roy", "en", read=DECLARATION_TEXT)
    assert accept(first, "Luc Roy", "en", read=declaration_of(first)).told
    sync_now(first)
    assert laptop_log(first) == hq_log(hq)
    assert [one.by for one in accepted(first)] == ["Luc Roy"]


def test_a_headquarters_that_was_put_back_or_forgot_is_told_again(hq: Hq, pair: tuple[Any, Any]) -> None:
    first = pair[0]
    forget = "UPDATE device SET declared = '', declared_by = '[]', declared_ms = 0"
    hq.office.write(lambda db: db.run(forget))
    knock(pair[1], 4)
    with pytest.raises(Undeclared):
        sync_now(pair[1])
    # Its own word said that this one had been told.
    with pytest.raises(Undeclared):
        sync_now(first)
    sync_now(first)
    assert who(hq, "Laptop 1") == (True, ("Luc Roy",))

    def put_back(db: Any) -> None:
        db.run(forget)
        keep_fact(db, "hq_epoch", bytes(range(16)).hex())

    hq.office.write(put_back)
    hq.stop()
    hq.start()
    first.set_meta("hq_url", hq.url)
    sync_now(first)
    assert who(hq, "Laptop 1") == (True, ("Luc Roy",))
    assert laptop_log(first) == hq_log(hq)


def test_a_new_number_of_the_same_laptop_says_it_again(hq: Hq, pair: tuple[Any, Any]) -> None:
    first = pair[0]
    take_new_identity(first)
    assert wanted(first) is None
    join(first, hq.url, hq.code(label="Anew"), "Laptop")
    sync_now(first)
    assert who(hq, "Anew") == (True, ("Luc Roy",))


def test_what_was_accepted_outlives_a_damaged_database(hq: Hq, pair: tuple[Any, Any]) -> None:
    first = pair[0]
    sync_now(first)
    folder = first.folder
    first.close()
    repair_folder(folder, passphrase=PASSPHRASE, from_journal=True)
    again = open_book(folder, passphrase=PASSPHRASE, now_ms=hq.time)
    try:
        assert wanted(again) is None
        assert [one.by for one in accepted(again)] == ["Luc Roy"]
    finally:
        again.close()


def test_nobody_is_asked_alone_or_where_the_campaign_wants_none(hq: Hq, new_laptop: Any) -> None:
    alone = new_laptop()
    set_campaign(alone, CAMPAIGN | {"declaration": DECLARATION})
    assert declaration_of(alone) is None
    joined = new_laptop(hq)
    sync_now(joined)
    for book in (alone, joined):
        with pytest.raises(Refused, match="asks for no declaration"):
            accept(book, "Ana Roy", "en")
    hq.ask_for(DECLARATION)
    with pytest.raises(Undeclared):
        sync_now(joined)
    for name in ("", " ", "12", "a" * 81, "A\0na"):
        with pytest.raises(InputError, match="first and last name"):
            accept(joined, name, "en")
    assert accepted(joined) == []


def test_a_laptop_that_locked_opens_although_it_has_to_accept(hq: Hq, pair: tuple[Any, Any]) -> None:
    second = pair[1]
    hq.time.pass_ms(31 * DAY_MS)
    assert locked(second) is not None
    with pytest.raises(Undeclared):
        sync_now(second)
    assert locked(second) is None


def test_the_settings_want_both_languages_or_none() -> None:
    assert load_campaign(CAMPAIGN | {"declaration": {"en": " ", "fr": ""}}).declaration == ("", "")
    assert load_campaign(CAMPAIGN | {"declaration": "  I do. "}).declaration == ("I do.", "I do.")
    for bad in ({"en": "I do", "fr": " "}, "a" * 4_001, "a\0b", "\ud800", {"en": "I do"}):
        with pytest.raises(InputError):
            load_campaign(CAMPAIGN | {"declaration": bad})


def test_the_demo_and_a_campaign_of_its_own_ask_for_one() -> None:
    from canvass_app.desktop.first_run.campaign_file import plain_campaign
    from canvass_app.services.demo.settings import demo_settings

    for raw in (demo_settings(), plain_campaign("Maple", "America/Toronto")):
        declaration = load_campaign(raw).declaration
        assert "Vote Together" not in declaration.en
        assert "this campaign only" in declaration.en
        assert "à toute heure" in declaration.fr
    assert json.loads(json.dumps(demo_settings()))["declaration"]["fr"]
