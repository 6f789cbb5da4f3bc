"""The bar above and the places at the left: what gives way, and in which order, when there is little room."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.shell.hq_status import status_words
from canvass_app.desktop.shell.navigation import NavButton, Navigation
from canvass_app.desktop.shell.top_bar import TopBar
from canvass_app.desktop.theme import apply_theme, font, tokens
from canvass_app.desktop.widgets import format_clock
from canvass_app.domain.text import Text
from canvass_app.services.ridings import RidingCard
from canvass_app.services.syncing import SyncStatus

NOW = int(datetime(2015, 10, 1, 19, 42, tzinfo=UTC).timestamp() * 1000)
NAME = "Rivière-aux-Bouleaux—Birch River"


def status(pending: int, *, joined: bool, contact: int | None = None) -> SyncStatus:
    return SyncStatus(
        joined=joined, hq_url="", pending=pending, pending_by_shift=[], last_contact_ms=contact, receipt="",
        ridings=[], pending_events=pending,
    )  # fmt: skip


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light")
    set_language("en")
    yield
    set_language("en")
    apply_theme(qapp, "light")


@pytest.fixture
def bar(qtbot: QtBot, english: None) -> Callable[..., TopBar]:
    def make(width: int, name: str = NAME, campaign: str = "Vote Together 2015") -> TopBar:
        made = TopBar(lambda: NOW)
        qtbot.addWidget(made)
        made.set_campaign(campaign)
        made.set_ridings([RidingCard(1, Text(name, name), 1, "", 0, 0, 0, 0, 0, 0)], 1)
        made.status.show_status(status(1303, joined=False))
        made.resize(width, made.sizeHint().height())
        made.show()
        QApplication.processEvents()
        return made

    return make


def resize(bar: TopBar, width: int) -> None:
    bar.resize(width, bar.height())
    QApplication.processEvents()


def whole_name(bar: TopBar) -> bool:
    return bar.ridings.width() >= bar.ridings.sizeHint().width()


def whole_campaign(bar: TopBar) -> bool:
    words = QFontMetrics(font(tokens().text)).horizontalAdvance(bar.campaign.text())
    return bar.campaign.isVisible() and bar.campaign.width() >= words


@pytest.mark.parametrize(
    ("pending", "joined", "contact", "english_words", "french_words"),
    [
        (1303, False, None, "1,303 only here · no headquarters", "1\u202f303 ici seulement · sans QG"),
        (0, False, None, "no headquarters", "sans QG"),
        (12, True, NOW, "12 not at HQ · {en}", "12 pas au QG · {fr}"),
        (1, True, None, "1 not at HQ · no contact yet", "1 pas au QG · aucun contact pour l’instant"),
        (0, True, NOW, "all at HQ · {en}", "tout est au QG · {fr}"),
    ],
)
def test_the_status_is_short_and_its_sentence_says_what_is_safe(
    english: None, pending: int, joined: bool, contact: int | None, english_words: str, french_words: str
) -> None:
    clocks = {language: format_clock(NOW, language) for language in ("en", "fr")}
    for language, expected in (("en", english_words), ("fr", french_words)):
        set_language(language)
        words = status_words(status(pending, joined=joined, contact=contact), NOW)
        assert words.whole == expected.format(**clocks)
        assert words.sentence.endswith(".")
        assert "%" not in words.sentence
        if pending:
            assert ("safe" if language == "en" else "sécurité") in words.sentence


def test_the_button_shows_the_short_words_and_tells_the_sentence_to_whoever_asks(
    bar: Callable[..., TopBar],
) -> None:
    made = bar(1100)
    button = made.status
    assert button.accessibleName() == "1,303 only here · no headquarters"
    assert button.accessibleDescription() == button.words().sentence
    assert button.words().sentence in button.toolTip()


def test_the_search_shrinks_before_anything_is_cut(bar: Callable[..., TopBar]) -> None:
    made = bar(1100)
    wide = made.find_button.width()
    resize(made, 850)
    assert made.find_button.width() == wide - 250
    assert made.status.text() == made.status.words().whole
    assert whole_name(made)
    assert whole_campaign(made)


def test_then_the_status_leaves_out_its_end_and_then_the_campaign_goes(bar: Callable[..., TopBar]) -> None:
    made = bar(700)
    assert made.status.text() == "1,303 only here"
    assert whole_name(made)
    resize(made, 540)
    assert not made.campaign.isVisible()
    assert whole_name(made)
    resize(made, 1100)
    assert whole_campaign(made)
    assert made.status.text() == made.status.words().whole


def test_a_longer_status_takes_its_room_from_the_search(bar: Callable[..., TopBar]) -> None:
    made = bar(900)
    made.status.show_status(status(0, joined=False))
    QApplication.processEvents()
    before = made.find_button.width()
    made.status.show_status(status(104_000, joined=False))
    QApplication.processEvents()
    assert made.find_button.width() < before
    assert whole_name(made)
    assert whole_campaign(made)


@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)
def test_a_very_long_riding_is_shortened_shown_whole_in_its_tip_and_leaves_room(
    bar: Callable[..., TopBar],
) -> None:
    long = "Leeds—Grenville—Thousand Islands and Rideau Lakes and their many wooded shores"
    made = bar(1100, long)
    assert made.ridings.width() == tokens().px(320)
    assert long in made.ridings.toolTip()
    assert whole_campaign(made)
    made.ridings.showPopup()
    assert made.ridings.view().width() > made.ridings.width()
    made.ridings.hidePopup()


def test_at_double_size_the_riding_is_still_whole_at_1280(
    bar: Callable[..., TopBar], qapp: QApplication
) -> None:
    apply_theme(qapp, "light", 2.0)
    made = bar(1280 - tokens().px(56))
    assert whole_name(made)
    assert made.status.text() == "1,303 only here"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("zoom", [1.0, 1.25])
def test_no_place_is_cut_even_where_one_is(
    qtbot: QtBot, qapp: QApplication, english: None, language: str, zoom: float
) -> None:
    apply_theme(qapp, "light", zoom)
    made = Navigation()
    qtbot.addWidget(made)
    set_language(language)
    made.resize(made.width(), 700)
    made.show()
    QApplication.processEvents()
    for button in made.findChildren(NavButton):
        assert button.wanted_width() <= made.width() <= tokens().px(200), button.text()
