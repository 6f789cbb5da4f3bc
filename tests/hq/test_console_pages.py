"""What every page of headquarters is: its headers, its languages, no script, and nothing at all where it is switched off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from canvass_app.domain.roles import Role
from canvass_app.hq.policy import POLICY
from canvass_app.hq.web.showing import HEADERS
from canvass_app.hq.web.words import WORDS as SAID
from canvass_app.resource_path import resource
from tests.hq.browsers import Browser, Browsing, invite
from tests.hq.holders import Holder
from tests.hq.kit import RIDING, Hq, serving


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
