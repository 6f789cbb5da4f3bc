"""Headquarters' pages: who gets in and how it ends, whose laptops one touches, what a page never does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import requests

from canvass_app.domain.errors import Withdrawn
from canvass_app.domain.roles import Role
from canvass_app.hq.accounts import change_password, set_disabled
from canvass_app.hq.sessions import IDLE_MS, LASTS_MS
from canvass_app.hq.web.words import WORDS as SAID
from canvass_app.services.farewell import finish
from canvass_app.services.syncing import join, sync_now
from tests.hq.browsers import WORDS, Browser, Browsing, invite
from tests.hq.holders import Holder
from tests.hq.kit import OTHER, RIDING, Hq, add_street, serving, talk

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
    with pytest.raises(Withdrawn):
        sync_now(book)
    page = browser.get(place).text
    assert "has not said yet" in page
    book.close()
    finish(book.folder)
    page = browser.get(place).text
    assert "It holds nothing more" in page
    assert "What it held before" in page
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


def test_a_canvasser_s_code_says_whose_lists(
    hq: Hq, browse: Browsing, new_laptop: Any, two_ridings: None
) -> None:
    invite(hq, "ana", ridings=frozenset({RIDING}))
    browser = browse("ana")
    refused = browser.post(
        "/console/codes", role="canvasser", riding=[str(RIDING)], label="Hers", given=" ; "
    )
    assert refused.status_code == 400
    assert "say to whom" in refused.text
    assert 'value="Hers"' in refused.text
    assert hq.rows("SELECT COUNT(*) FROM enrolment") == [(0,)]
    page = browser.post(
        "/console/codes", role="canvasser", riding=[str(RIDING)], given="Zoé <b>B</b>; Team East"
    ).text
    (code,) = re.findall(r'<p class="code">(\S+)</p>', page)
    assert "Zoé &lt;b&gt;B&lt;/b&gt;; Team East" in page
    book = new_laptop()
    join(book, hq.url, code, "x")
    assert hq.rows("SELECT role, given_to FROM device") == [("canvasser", '["Zoé <b>B</b>", "Team East"]')]
    assert "Team East" in browser.get(f"/console/devices/{book.device_id.hex()}").text


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
