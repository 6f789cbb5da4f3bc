"""The tour, in one of its looks: the same code takes the others."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from canvass_app.desktop import tour
from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens import PLACES
from canvass_app.services.book import open_book
from canvass_app.services.decisions import open_decisions


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> list[Path]:
    monkeypatch.setattr(tour, "_LOOKS", [look for look in tour._LOOKS if look.name == "fr-dark"])
    return tour.run_tour(tmp_path / "out", tmp_path / "demo")


def test_every_place_has_its_picture_none_is_blank_and_something_waits_for_a_decision(
    pictures: list[Path],
) -> None:
    names = " ".join(path.stem for path in pictures)
    for wanted in (
        *(place.name for place in PLACES),
        "first-run",
        "locked",
        "withdrawn",
        "withdrawn-unsent",
        "withdrawn-done",
        "passphrase",
        "keys",
        "crash-report",
        "find",
    ):
        assert wanted in names
    for path in pictures:
        image = QImage(str(path))
        spots = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(spots) > 3, path.name
    page = (pictures[0].parent.parent / "index.html").read_text("utf-8")
    assert all(f"fr-dark/{path.name}" in page for path in pictures)
    assert current_language() == "en"
    book = open_book(pictures[0].parent.parent.parent / "demo", passphrase=tour._PASSPHRASE)
    assert {row.kind for row in open_decisions(book)} == {"conflict", "turfs"}
    book.close()
