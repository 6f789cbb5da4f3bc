"""The door under a flood: growing waits, a bounded line, and nobody locked out by a stranger."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from canvass_app.hq import logging_in, passwords
from canvass_app.hq.accounts import set_disabled
from canvass_app.hq.logging_in import Line, Waits, _network  # pyright: ignore[reportPrivateUsage]
from canvass_app.hq.refusals import No
from canvass_app.storage.keys import Cost
from tests.hq.browsers import WORDS, Browser, invite
from tests.hq.kit import Hq, serving

ANA, BEA = b"ana", b"bea"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Hq]:
    with serving(tmp_path / "hq") as hq:
        invite(hq, "ana")
        yield hq


# --- waits ----------------------------------------------------------------------------------------------------


def test_waits_grow_to_their_longest_and_no_further() -> None:
    waits, now = Waits(free=3, longest_ms=60_000), 0
    left: list[int] = []
    for _ in range(12):
        waits.note(ANA, now)
        left.append(waits.left_ms(ANA, now))
        now += left[-1]
        assert waits.left_ms(ANA, now) == 0
    assert left == [0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]
    assert waits.left_ms(BEA, now) == 0


def test_waits_are_forgotten_forgiven_and_taken_back() -> None:
    waits = Waits(free=2, longest_ms=60_000)
    for _ in range(4):
        waits.note(ANA, 0)
    assert waits.left_ms(ANA, 0) == 4_000
    assert waits.left_ms(ANA, Waits.FORGOTTEN_MS) == 0
    waits.note(ANA, Waits.FORGOTTEN_MS)
    assert waits.left_ms(ANA, Waits.FORGOTTEN_MS) == 0
    for _ in range(4):
        waits.note(BEA, 0)
    waits.take_back(BEA)
    waits.note(BEA, 0)
    assert waits.left_ms(BEA, 0) == 4_000
    waits.forgive(BEA)
    assert waits.left_ms(BEA, 0) == 0
    waits.take_back(BEA)
    waits.note(BEA, 0)
    assert waits.left_ms(BEA, 0) == 0


def test_a_clock_that_is_set_back_makes_nobody_wait_longer() -> None:
    waits = Waits(free=1, longest_ms=60_000)
    waits.note(ANA, 10**12)
    assert waits.left_ms(ANA, 0) <= 60_000


def test_the_memory_of_waits_is_bounded() -> None:
    waits = Waits(free=1, longest_ms=1_000)
    for number in range(Waits.MOST_KEYS + 50):
        waits.note(number.to_bytes(4, "big"), 0)
    assert len(waits._tries) == Waits.MOST_KEYS


def test_a_subscriber_of_ipv6_is_one_address() -> None:
    assert _network("2001:db8::1") == _network("2001:db8::ffff:1%eth0")
    assert _network("2001:db8:0:1::1") != _network("2001:db8::1")
    assert _network("192.0.2.1") != _network("192.0.2.2")
    assert _network("") == _network("")


# --- the line -------------------------------------------------------------------------------------------------


def test_one_at_a_time_the_known_first_and_no_more_than_the_line_holds() -> None:
    async def evening() -> tuple[list[str], int, int]:
        line = Line(3)
        done: list[str] = []
        within = most = refused = 0
        gate = asyncio.Event()

        async def one(name: str) -> None:
            nonlocal within, most, refused
            try:
                async with line.turn(known=name.startswith("known")):
                    within += 1
                    most = max(most, within)
                    await gate.wait()
                    done.append(name)
                    within -= 1
            except No as no:
                refused += (no.status, no.retry_after) == (503, 10)

        names = ["first", *(f"stranger{n}" for n in range(5)), *(f"known{n}" for n in range(4))]
        tasks = [asyncio.create_task(one(name)) for name in names]
        await asyncio.sleep(0)
        tasks[1].cancel()
        gate.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        async with line.turn(known=False):
            done.append("later")
        return done, most, refused

    done, most, refused = asyncio.run(evening())
    assert done == ["first", "known0", "known1", "known2", "stranger1", "stranger2", "later"]
    assert (most, refused) == (1, 3)


def test_who_leaves_the_line_takes_nobodys_turn() -> None:
    async def evening() -> list[str]:
        line, done = Line(3), list[str]()

        async def one(name: str) -> None:
            async with line.turn(known=False):
                done.append(name)

        async with line.turn(known=False):
            tasks = [asyncio.create_task(one(name)) for name in ("a", "b", "c")]
            await asyncio.sleep(0)
        # The turn was just handed to "a", who leaves before taking it.
        while not line._strangers or len(line._strangers) == 3:
            await asyncio.sleep(0)
        tasks[0].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return done

    assert asyncio.run(evening())[-2:] == ["b", "c"]


# --- the door -------------------------------------------------------------------------------------------------


def wrong(browser: Browser, login: str, times: int) -> list[int]:
    browser.get("/console/login")
    return [browser.post("/console/login", login=login, password="wrong").status_code for _ in range(times)]


def test_who_guesses_is_made_to_wait_and_told_how_long(served: Hq) -> None:
    browser = Browser(served)
    assert wrong(browser, "ana", 6) == [403] * 5 + [429]
    answer = browser.post("/console/login", login="ana", password=WORDS)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "1"
    assert "Nothing is locked: wait 1 second," in answer.text
    served.time.pass_ms(1_000)
    assert browser.post("/console/login", login="ana", password=WORDS).status_code == 303
    # Once it was right, the count begins again; that of the address goes on.
    other = Browser(served)
    assert wrong(other, "ana", 5) == [403] * 5
    assert wrong(other, "bea", 1) == [429]
    for one in (browser, other):
        one.close()


def test_logins_that_nobody_has_make_wait_in_the_same_way(served: Hq) -> None:
    browser = Browser(served)
    assert wrong(browser, "nobody", 6) == [403] * 5 + [429]
    browser.close()


def test_an_address_that_tries_many_logins_is_made_to_wait(served: Hq) -> None:
    browser = Browser(served)
    browser.get("/console/login")
    said = [browser.post("/console/login", login=f"name{n}", password="wrong").status_code for n in range(11)]
    assert said == [403] * 10 + [429]
    browser.close()


def test_strangers_do_not_lock_out_an_organiser_who_logged_in_before(served: Hq) -> None:
    own = Browser(served, "ana")
    stranger = Browser(served)
    for _ in range(20):
        wrong(stranger, "ana", 3)
        served.time.pass_ms(60_000)
    assert wrong(stranger, "ana", 2)[-1] == 429
    assert own.post("/console/logout").status_code == 303
    assert own.log_in("ana").status_code == 303
    # That mark opens nothing for another login, nor for who invents one.
    stranger.session.cookies.set(
        "canvass_known", own.session.cookies["canvass_known"], domain="127.0.0.1", path="/"
    )
    assert wrong(stranger, "bea", 1) == [429]
    stranger.session.cookies.set("canvass_known", "ab" * 48, domain="127.0.0.1", path="/")
    assert wrong(stranger, "ana", 1) == [429]
    for one in (own, stranger):
        one.close()


def test_a_stolen_mark_of_a_browser_is_made_to_wait_too(served: Hq) -> None:
    own = Browser(served, "ana")
    assert wrong(own, "ana", 11) == [403] * 10 + [429]
    own.close()


def test_a_flood_meets_a_full_line_and_everybody_else_is_served(
    served: Hq, monkeypatch: pytest.MonkeyPatch, record_property: Any
) -> None:
    """At a cost that can be felt: most are refused before any hash, and a laptop's question is answered meanwhile."""
    monkeypatch.setattr(passwords, "HASHING", Cost(time=1, memory_kib=16_384, lanes=1))
    browsers = [Browser(served) for _ in range(24)]
    for one in browsers:
        one.get("/console/login")
    with ThreadPoolExecutor(24) as pool:
        said = list(
            pool.map(
                lambda n: browsers[n].post("/console/login", login=f"name{n}", password="wrong").status_code,
                range(24),
            )
        )
        assert browsers[0].session.get(f"{served.url}/readyz", timeout=30).status_code == 200
    assert set(said) <= {403, 429, 503}
    # What was not hashed does not count against the address: at most ten of the rest were.
    assert said.count(403) <= 10
    assert said.count(429) + said.count(503) >= 14
    for one in browsers:
        one.close()


def test_a_refusal_takes_its_time_but_only_so_many_do(served: Hq, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    real = asyncio.sleep

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await real(0)

    monkeypatch.setattr(logging_in.asyncio, "sleep", sleep)
    monkeypatch.setattr(logging_in, "HOLD_SECONDS", 7.0)
    browser = Browser(served)
    assert wrong(browser, "ana", 7)[5:] == [429, 429]
    assert slept.count(7.0) == 2
    monkeypatch.setattr(logging_in, "HELD", 0)
    assert wrong(browser, "ana", 1) == [429]
    assert slept.count(7.0) == 2
    browser.close()


def test_a_right_password_renews_what_is_kept_at_todays_cost(
    served: Hq, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHING", Cost(time=2, memory_kib=16, lanes=1))
    Browser(served, "ana").close()
    assert "$m=16,t=2,p=1$" in served.rows("SELECT password FROM account")[0][0]


def test_what_was_tried_is_told_to_its_owner_and_bounded(served: Hq) -> None:
    from canvass_app.hq.accounts import note_past, past_of

    browser = Browser(served)
    wrong(browser, "ana", 2)
    browser.log_in("ana")
    page = browser.get("/console/history").text
    assert page.count("Wrong password") == 2
    assert "127.0.0.1" in page
    for at in range(150):
        served.office.write(lambda db, at=at: note_past(db, served.time.ms + at, "ana", "wrong"))
    past = past_of(served.office.read(), "ana", 1_000)
    assert sum(one.what == "wrong" for one in past) == 100
    assert sum(one.what == "in" for one in past) == 1
    served.office.write(lambda db: note_past(db, served.time.ms + 91 * 86_400_000, "ana", "out"))
    assert [one.what for one in past_of(served.office.read(), "ana")] == ["out"]
    browser.close()


def test_a_login_that_nobody_has_costs_a_hash_and_a_transaction_like_any_other(
    served: Hq, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(served, "gone")
    set_disabled(served.office, "gone", True)
    looked: list[str] = []
    real = passwords.fits

    def fits(stored: str, password: str) -> bool:
        looked.append(stored)
        return real(stored, password)

    monkeypatch.setattr(passwords, "fits", fits)
    browser = Browser(served)
    for login in ("ana", "gone", "nobody", "", "x" * 500, "a\tb"):
        assert wrong(browser, login, 1) == [403]
    assert len(looked) == 6
    assert all(one.startswith("$argon2id$v=19$m=8,t=1,p=1$") for one in looked)
    assert served.rows("SELECT COUNT(*) FROM account_past WHERE what = 'wrong'") == [(6,)]
    browser.close()
