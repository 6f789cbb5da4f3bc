"""A real book in a temporary folder and the context that screens are given."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.tasks import Tasks
from canvass_app.desktop.theme import apply_theme
from canvass_app.resource_path import resource
from canvass_app.services.book import Book, open_book

PASSPHRASE = "test"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """An empty book of the demo campaign: no ridings yet."""
    from canvass_app.services.campaigns import set_campaign

    opened = open_book(tmp_path / "data", passphrase=PASSPHRASE)
    set_campaign(opened, json.loads(resource("demo", "campaign.json").read_text("utf-8")))
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo campaign, loaded once for the session. Tests copy it."""
    from canvass_app.services.demo.loading import load_demo

    folder = tmp_path_factory.mktemp("demo")
    opened = open_book(folder, passphrase=PASSPHRASE)
    load_demo(opened)
    opened.close()
    return folder


@pytest.fixture
def demo_book(demo_folder: Path, tmp_path: Path) -> Iterator[Book]:
    """A book of one's own with the demo campaign and its evenings of results."""
    shutil.copytree(demo_folder, tmp_path / "demo", ignore=shutil.ignore_patterns("*.lock"))
    opened = open_book(tmp_path / "demo", passphrase=PASSPHRASE)
    yield opened
    opened.close()


def _context(book: Book, qapp: object) -> Iterator[AppContext]:
    from canvass_app.services.ridings import list_ridings

    apply_theme(qapp, "light")  # type: ignore[arg-type]
    set_language("en")
    tasks = Tasks()
    made = AppContext(book, tasks, Preferences(None))
    ridings = list_ridings(book)
    made.set_riding(ridings[0].riding_id if ridings else None)
    yield made
    tasks.close()
    set_language("en")


@pytest.fixture
def context(book: Book, qapp: object) -> Iterator[AppContext]:
    """A context over the empty book, in English."""
    yield from _context(book, qapp)


@pytest.fixture
def demo_context(demo_book: Book, qapp: object) -> Iterator[AppContext]:
    """A context over the demo campaign, turned to its first riding, in English."""
    yield from _context(demo_book, qapp)


@pytest.fixture
def wait_idle(qtbot: QtBot) -> Callable[[AppContext], None]:
    """Waits until nothing is under way any more."""
    return lambda context: qtbot.waitUntil(lambda: not context.tasks.busy(), timeout=20_000)
