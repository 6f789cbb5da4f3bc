"""Headquarters' pages: who gets in and how it ends, whose laptops one touches, what a page never does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from canvass_app.domain.riding import Riding
from canvass_app.domain.roles import Role
from canvass_app.domain.text import Text
from canvass_app.hq.accounts import change_password, set_disabled
from canvass_app.hq.policy import POLICY
from canvass_app.hq.ridings import add_ridings
from canvass_app.hq.sessions import IDLE_MS, LASTS_MS
from canvass_app.hq.web.showing import HEADERS
from canvass_app.hq.web.words import WORDS as SAID
from canvass_app.resource_path import resource
from canvass_app.services.syncing import join, sync_now
from canvass_app.sync.problems import NoLongerWelcome
from tests.hq.browsers import WORDS, Browser, invite
from tests.hq.holders import Holder
from tests.hq.kit import OTHER, RIDING, Hq, add_street, serving, talk

Browsing = Callable[..., Browser]


@pytest.fixture
def browse(hq: Hq) -> Iterator[Browsing]:
    """`browse()`: a browser at the door; `browse("ana")`: one that is logged in."""
    made: list[Browser] = []

    def make(login: str = "", **more: Any) -> Browser:
        made.append(Browser(hq, login, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def two_ridings(hq: Hq) -> None:
    hq.office.write(lambda db: add_ridings(db, [Riding(OTHER, Text("Elsewhere", "Ailleurs"))]))


# --- the door ---------------------------------------------------------------------------------------------


def test_the_right_password_opens_and_a_wrong_one_does_not(hq: Hq, browse: Browsing) -> None:
    invite(hq, "ana@example.ca")
    browser = browse()
    assert browser.get("/console").headers["Location"] == "/console/login"
    for login, password in (
        ("ana@example.ca", "wrong"),
        ("nobody", WORDS),
        ("", ""),
        ("ana@example.ca", WORDS + "x"),
    ):
        answer = browser.log_in(login, password)
        assert answer.status_code == 403
        assert "do not fit together" in answer.text
        assert password not in answer.text or not password
        assert browser.get("/console/devices").status_code == 303
    answer = browser.log_in("  Ana@Example.CA ")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/console")
    assert browser.get("/console").headers["Location"] == "/console/devices"
    assert browser.get("/console/devices").status_code == 200


def test_who_is_known_and_who_is_not_are_told_the_same(hq: Hq, browse: Browsing) -> None:
    invite(hq, "ana")
    invite(hq, "gone")
    set_disabled(hq.office, "gone", True)
    pages = {
        re.sub(r'value="[^"]*"', "", browse().log_in(login, password).text)
        for login, password in (("ana", "wrong"), ("gone", WORDS), ("nobody", "wrong"), ("no\tbody", "wrong"))
    }
    assert len(pages) == 1


def test_nothing_that_the_browser_shows_is_kept_in_clear(hq: Hq, browse: Browsing) -> None:
    invite(hq, "ana")
    browser = browse("ana")
    secret = browser.session.cookies["canvass_session"]
    assert len(secret) >= 43
    kept = str([hq.rows(f"SELECT * FROM {table}") for table in ("account", "web_session", "account_past")])
    assert secret not in kept
    assert secret.encode().hex() not in kept
    assert WORDS not in kept
    assert "$argon2id$" in kept


def test_cookies_are_for_the_server_alone(hq: Hq, browse: Browsing) -> None:
    invite(hq, "ana")
    browser = browse()
    given = [browser.get("/console/login").headers["Set-Cookie"]]
    given += re.split(
        r", (?=canvass)", browser.post("/console/login", login="ana", password=WORDS).headers["Set-Cookie"]
    )
    given += [browser.get("/console/language/fr").headers["Set-Cookie"]]
    assert len(given) == 5
    for cookie in given:
        assert "httponly" in cookie.lower()
        assert "samesite=strict" in cookie.lower()
    assert "Max-Age=43200" in given[1]


def test_over_https_cookies_never_leave_it(tmp_path: Path) -> None:
    with serving(tmp_path / "hq", secure=True) as hq:
        invite(hq, "ana")
        answer = requests.get(f"{hq.url}/console/login", timeout=60)
        for cookie in (answer.headers["Set-Cookie"], requests.get(
            f"{hq.url}/console/language/fr", allow_redirects=False, timeout=60
        ).headers["Set-Cookie"]):  # fmt: skip
            assert "; Secure" in cookie
        assert answer.headers["Set-Cookie"].startswith("__Host-canvass_form=")
        assert "Path=/;" in answer.headers["Set-Cookie"]


def test_a_log_in_gives_a_new_session_and_ends_the_one_before(hq: Hq, browse: Browsing) -> None:
    invite(hq, "ana")
    browser = browse("ana")
    first = browser.session.cookies["canvass_session"]
    browser.log_in("ana")
    second = browser.session.cookies["canvass_session"]
    assert second != first
    assert len(hq.rows("SELECT hash FROM web_session")) == 1
    # Somebody planted a session of their own choice in the browser.
    victim = browse()
    victim.session.cookies.set("canvass_session", "planted" * 6, domain="127.0.0.1", path="/")
    assert victim.get("/console/devices").status_code == 303
    victim.log_in("ana")
    assert victim.session.cookies["canvass_session"] not in (first, second, "planted" * 6)


def test_logging_out_ends_it_at_headquarters_too(hq: Hq, browse: Browsing) -> None:
    invite(hq, "ana")
    browser, copy = browse("ana"), browse()
    copy.session.cookies.update(browser.session.cookies)
    assert copy.get("/console/devices").status_code == 200
    assert browser.post("/console/logout").status_code == 303
    for one in (browser, copy):
        assert one.get("/console/devices").headers["Location"] == "/console/login"
    assert hq.rows("SELECT login FROM web_session") == []


def test_a_session_ends_by_idleness_and_by_age(hq: Hq, browse: Browsing) -> None:
    invite(hq, "ana")
    idle = browse("ana")
    hq.time.pass_ms(IDLE_MS - 1)
    assert idle.get("/console/devices").status_code == 200
    hq.time.pass_ms(IDLE_MS)
    assert idle.get("/console/devices").status_code == 303
    used = browse("ana")
    for _ in range(LASTS_MS // (IDLE_MS // 2) - 1):
        hq.time.pass_ms(IDLE_MS // 2)
        assert used.get("/console/devices").status_code == 200
    hq.time.pass_ms(IDLE_MS // 2)
    assert used.get("/console/devices").status_code == 303


@pytest.mark.parametrize("end", ["disabled", "password"])
def test_who_is_shut_out_is_out_at_once(hq: Hq, browse: Browsing, end: str) -> None:
    invite(hq, "ana")
    browser = browse("ana")
    if end == "disabled":
        assert set_disabled(hq.office, "ana", True)
    else:
        change_password(hq.office, "ana", "five other invented words here")
    assert browser.get("/console/devices").status_code == 303
    assert browser.log_in("ana").status_code == 403
    if end == "disabled":
        assert set_disabled(hq.office, "ana", False)
        assert browser.log_in("ana").status_code == 303
        assert not set_disabled(hq.office, "ana", False)


def test_a_form_of_another_site_or_another_log_in_does_nothing(hq: Hq, browse: Browsing) -> None:
    invite(hq, "ana")
    invite(hq, "bea")
    holder = Holder(hq, 70)
    ana, bea = browse("ana"), browse("bea")
    path = f"/console/devices/{holder.device_id.hex()}/revoke"
    for form in ("", "0" * 64, bea.form, "é"):
        assert ana.post(path, form=form).status_code == 403
    assert ana.post("/console/logout", form="").status_code == 403
    elsewhere = ana.session.post(
        hq.url + path,
        data={"form": ana.form},
        headers={"Sec-Fetch-Site": "cross-site"},
        allow_redirects=False,
        timeout=60,
    )
    assert elsewhere.status_code == 403
    assert holder.is_let_in(holder.token)
    stranger = browse()
    stranger.get("/console/login")
    assert stranger.post("/console/login", form=ana.form, login="ana", password=WORDS).status_code == 403
    assert stranger.get("/console/devices").status_code == 303
    assert ana.post(path).status_code == 303
    assert not holder.is_let_in(holder.token)
    holder.link.close()


# --- laptops and codes --------------------------------------------------------------------------------------


def test_a_lost_laptop_is_shut_out_from_the_page(hq: Hq, browse: Browsing, new_laptop: Any) -> None:
    book = new_laptop()
    join(book, hq.url, hq.code(frozenset({RIDING}), "Kitchen table"), "x")
    add_street(book, 5)
    talk(book, 1, "2")
    sync_now(book)
    invite(hq, "ana", ridings=frozenset({RIDING}))
    browser = browse("ana")
    assert "Kitchen table" in browser.get("/console/devices").text
    place = f"/console/devices/{book.device_id.hex()}"
    report = browser.get(place).text
    assert "Kitchen table" in report
    assert "Maple" not in report
    assert "99001" in report
    asked = browser.get(f"{place}/revoke").text
    assert "Shut “Kitchen table” out?" in asked
    sync_now(book)
    assert browser.post(f"{place}/revoke").headers["Location"] == place
    assert "This laptop is shut out" in browser.get(place).text
    with pytest.raises(NoLongerWelcome):
        sync_now(book)
    assert book.device_id.hex()[:8] in browser.get("/console/history").text


def test_a_code_from_the_page_lets_a_laptop_join(
    hq: Hq, browse: Browsing, new_laptop: Any, two_ridings: None
) -> None:
    invite(hq, "ana", ridings=frozenset({RIDING, OTHER}))
    browser = browse("ana", language="fr")
    assert "Quelles circonscriptions" in browser.get("/console/codes").text
    page = browser.post("/console/codes", role="lead", riding=[str(RIDING)], label="Chez Zoé").text
    (code,) = re.findall(r'<p class="code">(\S+)</p>', page)
    assert "dans 15 minutes" in page
    assert "<svg" in page
    assert "Chez Zoé" in page
    join(new_laptop(), hq.url, code, "x")
    assert hq.rows("SELECT name, role, ridings FROM device") == [("Chez Zoé", "lead", f"[{RIDING}]")]
    assert code not in browser.get("/console/history").text
    assert "chef d’équipe, 99001" in browser.get("/console/history").text


def test_codes_are_given_within_ones_own_scope_and_role(hq: Hq, browse: Browsing, two_ridings: None) -> None:
    invite(hq, "keeper", Role.ADMIN)
    invite(hq, "all")
    invite(hq, "one", ridings=frozenset({RIDING}))
    keeper, everywhere, one = browse("keeper"), browse("all"), browse("one")

    def ask(browser: Browser, role: str, **more: Any) -> int:
        return browser.post("/console/codes", role=role, **more).status_code

    here, elsewhere = [str(RIDING)], [str(RIDING), str(OTHER)]
    assert [ask(keeper, role, every="yes") for role in ("lead", "organiser", "admin")] == [200, 200, 200]
    assert [ask(everywhere, role, every="yes") for role in ("lead", "organiser", "admin")] == [200, 200, 400]
    assert [ask(one, role, riding=here) for role in ("lead", "organiser", "admin", "observer", "")] == [
        200, 200, 400, 400, 400,
    ]  # fmt: skip
    before = len(hq.rows("SELECT selector FROM enrolment"))
    # Foreign, unknown and impossible: one and the same.
    answers = {
        (answer.status_code, answer.text)
        for chosen in (elsewhere, ["201399077"], ["0"], ["x"], [f"{RIDING} "], ["9" * 40])
        for answer in [one.post("/console/codes", role="lead", riding=chosen)]
    }
    assert [status for status, _ in answers] == [404]
    assert ask(one, "lead", every="yes") == 404
    assert ask(one, "lead") == 400
    assert len(hq.rows("SELECT selector FROM enrolment")) == before


def test_organisers_touch_the_laptops_of_their_ridings_alone(
    hq: Hq, browse: Browsing, two_ridings: None
) -> None:
    holders = {
        "mine": Holder(hq, 60, ridings=frozenset({RIDING})),
        "theirs": Holder(hq, 61, ridings=frozenset({OTHER})),
        "both": Holder(hq, 62, ridings=frozenset({RIDING, OTHER})),
        "every": Holder(hq, 63),
        "keeper": Holder(hq, 64, Role.ADMIN, frozenset({RIDING})),
    }
    invite(hq, "one", ridings=frozenset({RIDING}))
    invite(hq, "all")
    invite(hq, "keeper", Role.ADMIN)
    touched = {
        "one": {"mine"}, "all": {"mine", "theirs", "both", "every"},
        "keeper": {"mine", "theirs", "both", "every", "keeper"},
    }  # fmt: skip
    for login, own in touched.items():
        browser = browse(login)
        listed = browser.get("/console/devices").text
        answers = set()
        for name, holder in holders.items():
            number = holder.device_id.hex()
            assert (number in listed) == (name in own), (login, name)
            for path in (f"/console/devices/{number}", f"/console/devices/{number}/revoke"):
                answer = browser.get(path)
                assert answer.status_code == (200 if name in own else 404), (login, name, path)
            if name not in own:
                answers |= {answer.text, browser.post(f"/console/devices/{number}/revoke").text}
                assert holder.is_let_in(holder.token)
        for impossible in ("0" * 32, "x", holders["mine"].device_id.hex()[:8], "%00", "é" * 40):
            answers.add(browser.get(f"/console/devices/{impossible}").text)
        assert len(answers) == 1, login
    for holder in holders.values():
        holder.link.close()


def test_observers_see_totals_and_nothing_else(
    hq: Hq, browse: Browsing, new_laptop: Any, two_ridings: None
) -> None:
    book = new_laptop(hq)
    add_street(book, 5)
    talk(book, 1, "2")
    sync_now(book)
    invite(hq, "obs", Role.OBSERVER, frozenset({RIDING}))
    browser = browse("obs")
    assert browser.get("/console").headers["Location"] == "/console/totals"
    assert "99002" not in browser.get("/console/totals").text
    page = browser.get(f"/console/totals/{RIDING}").text
    assert "1 of 1" in page
    assert "Maple" not in page
    refused = {browser.get(f"/console/totals/{one}").text for one in (OTHER, 201399077, 0, "x", 1 << 70)}
    refused |= {
        browser.get(f"/console/{path}").text
        for path in ("devices", "codes", f"devices/{book.device_id.hex()}")
    }
    refused |= {browser.post("/console/codes", role="lead", riding=str(RIDING)).text}
    assert len(refused) == 1
    assert SAID["devices"].en not in browser.get("/console/history").text


def test_strangers_text_is_text(hq: Hq, browse: Browsing) -> None:
    holder = Holder(hq, 60, ridings=frozenset({RIDING}))
    evil = "<script>alert(1)</script>{{ 7*7 }}&\u202e\"'"
    hq.office.write(lambda db: db.run("UPDATE device SET name = ?", (evil,)))
    invite(hq, "ana")
    browser = browse("ana")
    for path in ("devices", f"devices/{holder.device_id.hex()}", f"devices/{holder.device_id.hex()}/revoke"):
        page = browser.get(f"/console/{path}").text
        assert "<script" not in page
        assert "&lt;script&gt;alert(1)" in page
        assert "{{ 7*7 }}" in page
    page = browser.post("/console/codes", role="lead", every="yes", label=evil).text
    assert "<script" not in page
    assert "<script" not in browser.log_in(evil, "wrong").text
    holder.link.close()


# --- what every page is -------------------------------------------------------------------------------------


def pages(hq: Hq, browser: Browser) -> Iterator[tuple[str, requests.Response]]:
    """Every page of the table that is asked for without a form, and refusals."""
    holder = Holder(hq, 60, ridings=frozenset({RIDING}))
    holder.link.close()
    for method, path in sorted(POLICY):
        if method == "GET" and path.startswith("/console"):
            filled = (
                path.format(device=holder.device_id.hex(), riding_id=RIDING, language="fr")
                if "{" in path
                else path
            )
            yield path, browser.get(filled)
    for path in ("/console/none", "/console/devices/x", "/console/totals/1"):
        yield path, browser.get(path)


def test_every_answer_has_the_headers_and_no_page_has_a_script_or_anything_from_elsewhere(
    hq: Hq, browse: Browsing
) -> None:
    invite(hq, "ana", Role.ADMIN)
    seen = 0
    for browser in (browse(), browse("ana")):
        for path, answer in pages(hq, browser):
            seen += 1
            for name, value in HEADERS.items():
                if not (path.endswith(".css") and name == "Cache-Control"):
                    assert answer.headers[name] == value, (path, name)
            for word in (
                "<script",
                "javascript:",
                " on",
                " style=",
                "http://",
                "https://",
                "//",
                "<img",
                "<iframe",
            ):
                found = re.findall(
                    rf"<[^>]*{re.escape(word)}[^>]*>" if word == " on" else re.escape(word), answer.text
                )
                found = [one for one in found if word != " on" or re.search(r"\son\w+=", one)]
                assert not found or path.endswith(".css"), (path, word)
            assert "url(" not in answer.text
            assert "@import" not in answer.text
    assert seen == 28


def test_every_page_speaks_both_languages(hq: Hq, browse: Browsing) -> None:
    invite(hq, "ana", Role.ADMIN)
    english, french = (
        browse("ana", language="en-CA,en;q=0.9,fr;q=0.5"),
        browse("ana", language="de,fr-CA;q=0.8,en;q=0.1"),
    )
    for browser, language in ((english, "en"), (french, "fr")):
        for path, answer in pages(hq, browser):
            if "language" not in path and answer.status_code == 200 and not path.endswith(".css"):
                assert f'<html lang="{language}-CA">' in answer.text, path
            if path == "/console/language/{language}":
                browser.session.cookies.pop("canvass_language")
    switched = english.get("/console/language/fr?back=/console/history")
    assert switched.headers["Location"] == "/console/history"
    assert "Mes connexions" in english.get("/console/history").text


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example", "//elsewhere.example", "/console/../../x", "/console\n", "x"]
)
def test_the_language_leads_to_our_own_pages_only(hq: Hq, browse: Browsing, back: str) -> None:
    answer = browse().get("/console/language/en", params={"back": back})
    assert answer.headers["Location"] == "/console"


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    used = set()
    for page in resource("console").glob("*.html"):
        used |= set(re.findall(r"\bt\.(\w+)", page.read_text("utf-8")))
    code = "".join(
        path.read_text("utf-8") for path in (Path(__file__).parents[2] / "canvass_app/hq/web").glob("*.py")
    )
    used |= set(re.findall(r'WORDS\[["\'](\w+)["\']\]', code))
    assert used <= set(SAID)
    by_pattern = {name for name in SAID if name.startswith(("past_", "state_"))}
    assert set(SAID) - used - by_pattern == set()
    for name, text in SAID.items():
        assert text.en, name
        assert text.fr, name
        assert "!" not in text.en + text.fr, name


def test_without_the_pages_switched_on_there_is_nothing(tmp_path: Path) -> None:
    with serving(tmp_path / "hq", console=False) as hq:
        invite(hq, "ana")
        answers = {
            (answer.status_code, answer.text, answer.headers.get("Content-Type"))
            for method, path in POLICY
            if path.startswith("/console")
            for answer in [requests.request(method, hq.url + path, timeout=60, allow_redirects=False)]
        }
        assert [status for status, _, _ in answers] == [404]
        assert requests.get(f"{hq.url}/nothing", timeout=60).status_code == 404
