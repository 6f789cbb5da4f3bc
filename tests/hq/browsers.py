"""A browser without a screen, for headquarters' pages: cookies, the token of the forms, nothing followed by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from canvass_app.domain.riding import Riding
from canvass_app.domain.roles import Role
from canvass_app.domain.text import Text
from canvass_app.hq.accounts import add_account
from canvass_app.hq.ridings import add_ridings
from tests.hq.kit import OTHER, Hq

WORDS = "four invented words here"
"""Everybody's password in these tests."""


def invite(hq: Hq, login: str, role: Role = Role.ORGANISER, ridings: frozenset[int] | None = None) -> None:
    add_account(hq.office, login, login.title(), role, ridings, WORDS)


class Browser:
    """Holds what a browser holds. Not shared between threads; `close` it."""

    def __init__(self, hq: Hq, login: str = "", language: str = "en") -> None:
        self.url = hq.url
        self.session = requests.Session()
        self.session.headers["Accept-Language"] = language
        self.form = ""
        if login:
            assert self.log_in(login).status_code == 303

    def get(self, path: str, **more: Any) -> requests.Response:
        answer = self.session.get(f"{self.url}{path}", allow_redirects=False, timeout=60, **more)
        if found := re.search(r'name="form" value="(\w+)"', answer.text):
            self.form = found[1]
        return answer

    def post(self, path: str, form: str | None = None, **fields: Any) -> requests.Response:
        data = {"form": self.form if form is None else form, **fields}
        return self.session.post(f"{self.url}{path}", data=data, allow_redirects=False, timeout=60)

    def log_in(self, login: str, password: str = WORDS) -> requests.Response:
        """Load the form and send it; then load a page, whose forms are this session's."""
        self.get("/console/login")
        answer = self.post("/console/login", login=login, password=password)
        if answer.status_code == 303:
            self.get("/console/history")
        return answer

    def close(self) -> None:
        self.session.close()


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
