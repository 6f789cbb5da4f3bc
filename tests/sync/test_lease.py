"""A laptop that has not met headquarters for longer than the campaign allows locks itself, and nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvass_app.cli.session import Session
from canvass_app.domain.campaign import LEASE_DAYS, load_campaign
from canvass_app.domain.errors import InputError
from canvass_app.hq.bundles import import_bundles
from canvass_app.services.bundling import import_bundle, write_bundle
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.lease import DAY_MS, Locked, lease_of, locked, locks_soon
from canvass_app.services.syncing import join, sync_now, sync_status
from tests.hq.kit import CAMPAIGN, PASSPHRASE, START_MS, Hq, add_street, hq_log, knock


@pytest.fixture
def away(hq: Hq, new_laptop: Any) -> Any:
    """A laptop with a result that headquarters lacks, on the day after its lease."""
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    knock(book, 1)
    assert locked(book) is None
    hq.time.pass_ms(LEASE_DAYS * DAY_MS - 1)
    assert locked(book) is None
    hq.time.pass_ms(1)
    return book


def test_a_locked_laptop_says_what_is_safe_and_a_sync_opens_it(hq: Hq, away: Any) -> None:
    why = locked(away)
    assert why is not None
    assert "30 days" in why.text.en
    assert "1 result is unsent" in why.text.en
    assert "30 jours" in why.text.fr
    assert sync_status(away).pending == 1
    sync_now(away)
    assert locked(away) is None
    assert len(hq_log(hq)) == 2


def test_a_bundle_there_and_back_opens_it_and_an_old_answer_does_not(
    hq: Hq, away: Any, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    written = write_bundle(away, stick, ask=True)
    assert locked(away) is not None
    _, answers = import_bundles(hq.office, [written.path])
    import_bundle(away, answers[0].path)
    assert locked(away) is None
    hq.time.pass_ms(LEASE_DAYS * DAY_MS)
    import_bundle(away, answers[0].path)
    assert locked(away) is not None


def test_a_new_code_opens_it(hq: Hq, away: Any) -> None:
    join(away, hq.url, hq.code(), "Laptop")
    assert locked(away) is None


def test_a_clock_that_is_turned_back_brings_no_time_back(hq: Hq, away: Any) -> None:
    knock(away, 2)
    hq.time.ms = START_MS
    assert locked(away) is not None


def test_it_is_said_days_before(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    assert locks_soon(book) is None
    hq.time.pass_ms((LEASE_DAYS - 5) * DAY_MS - 1)
    assert locks_soon(book) is None
    hq.time.pass_ms(2)
    soon = locks_soon(book)
    assert soon is not None
    assert "5 days" in soon.en
    hq.time.pass_ms(4 * DAY_MS)
    last = locks_soon(book)
    assert last is not None
    assert "dans 1 jour" in last.fr


def test_a_laptop_on_its_own_has_no_lease_and_a_campaign_may_want_none(hq: Hq, new_laptop: Any) -> None:
    alone = new_laptop()
    set_campaign(alone, CAMPAIGN)
    assert lease_of(alone) is None
    joined = new_laptop(hq)
    set_campaign(joined, CAMPAIGN | {"lease_days": 0})
    hq.time.pass_ms(400 * DAY_MS)
    assert locked(joined) is None
    set_campaign(joined, CAMPAIGN | {"lease_days": 400 - 366})
    assert locked(joined) is not None
    for bad in (-1, 367, "soon"):
        with pytest.raises(InputError):
            load_campaign(CAMPAIGN | {"lease_days": bad})


def test_the_command_line_of_a_locked_laptop_only_meets_headquarters(hq: Hq, away: Any) -> None:
    folder = away.folder
    away.close()
    session = Session(folder, None, "en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CANVASS_PASSPHRASE", PASSPHRASE)
        # By the time of day of this very machine the laptop has been away for years.
        with pytest.raises(Locked), session.book():
            pass
        with session.book(even_locked=True) as book:
            sync_now(book)
        with session.book() as book:
            assert sync_status(book).pending == 0
