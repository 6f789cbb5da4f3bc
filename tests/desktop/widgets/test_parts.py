"""Tiles, strips, chips and bars: literal text, accessible, both languages, both themes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from canvass_app.desktop.theme import apply_theme, tokens
from canvass_app.desktop.widgets import (
    Badge,
    BalanceBar,
    EmptyState,
    KeyHints,
    MessageLine,
    PlainLabel,
    SupportBar,
    TaskStrip,
    Tile,
    make_button,
    plain_tip,
)

MARKUP = ["<b>Luc</b>", "<img src=x.png>", "a & b < c"]


def shown(qtbot: QtBot, widget: QWidget, width: int = 400, height: int = 160) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    return widget


def pixels(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def colours(widget: QWidget) -> set[str]:
    image = pixels(widget)
    return {
        QColor(image.pixel(x, y)).name().upper() for x in range(image.width()) for y in range(image.height())
    }


@pytest.mark.parametrize("text", MARKUP)
def test_labels_show_markup_literally(qtbot: QtBot, text: str) -> None:
    label = PlainLabel(text)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance(text)


@pytest.mark.parametrize("text", MARKUP)
def test_every_label_inside_the_widgets_is_plain(qtbot: QtBot, text: str) -> None:
    message, strip = MessageLine(), TaskStrip()
    message.show_message(text)
    strip.start(text)
    for widget in (Tile(text, text, text), EmptyState(text, text, "Go"), message, strip):
        qtbot.addWidget(widget)
        labels = [label for label in widget.findChildren(QLabel) if label.text()]
        assert any(label.text() == text for label in labels)
        assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    strip.finish()


def test_tool_tips_escape_markup() -> None:
    assert plain_tip("<img src=x>") == "<span>&lt;img src=x&gt;</span>"
    assert plain_tip("") == ""


def test_a_long_name_is_shortened_and_whole_in_the_tool_tip(qtbot: QtBot) -> None:
    name = "Anne-Marie Tremblay-Beauchesne de la Rivière du Nord"
    label = PlainLabel(name, elide=True)
    shown(qtbot, label, 90, 24)
    assert label.toolTip() == plain_tip(name)
    label.resize(900, 24)
    assert label.toolTip() == ""


@pytest.mark.parametrize("why", [True, False])
def test_a_tile_opens_no_window_of_its_own_while_it_is_made(qtbot: QtBot, why: bool) -> None:
    class Watch(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.shown: list[str] = []

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
                self.shown.append(type(watched).__name__)
            return False

    watch, app = Watch(), QApplication.instance()
    assert isinstance(app, QApplication)
    before = set(app.topLevelWidgets())
    app.installEventFilter(watch)
    try:
        tile = Tile("Attempts", "1,630", "of 2,000", [1, 2, 3], why=why)
    finally:
        app.removeEventFilter(watch)
    qtbot.addWidget(tile)
    assert watch.shown == []
    assert set(app.topLevelWidgets()) == before | {tile}
    (button,) = tile.findChildren(QPushButton)
    assert button.isVisibleTo(tile) == why


def test_a_tile_says_what_it_shows_and_asks_why(qtbot: QtBot) -> None:
    tile = Tile("Contact rate", "25%", "412 of 1,630 attempts", [0.2, 0.3, 0.25])
    shown(qtbot, tile)
    assert tile.accessibleName() == "Contact rate · 25% · 412 of 1,630 attempts"
    why = tile.findChild(QPushButton)
    assert why.accessibleName() == "Why? Contact rate"
    with qtbot.waitSignal(tile.why_clicked):
        qtbot.keyClick(why, Qt.Key.Key_Space)


def test_texts_follow_the_language_while_shown(qtbot: QtBot, to_french: Callable[[], None]) -> None:
    tile, strip, support = Tile("Essais"), TaskStrip(), SupportBar([1200, 2, 3, 4, 5])
    for widget in (tile, strip, support):
        shown(qtbot, widget)
    strip.start("Import", 12984)
    strip.advance(8123)
    to_french()
    assert tile.findChild(QPushButton).text() == "pourquoi?"
    assert strip.findChild(QPushButton).text() == "Annuler"
    assert strip.accessibleDescription() == "8\u202f123 sur 12\u202f984"
    assert support.accessibleName().startswith("Appui\u00a0: 1 fort 1\u202f200")
    strip.finish()


def test_the_message_line_offers_one_action_and_shows_its_key(qtbot: QtBot) -> None:
    line = MessageLine()
    shown(qtbot, line, 600, 40)
    line.show_message("saved 19:44:07", "good", action="Undo", key="Ctrl+Z")
    assert line.text() == line.accessibleName() == "saved 19:44:07"
    undo = line.findChild(QPushButton)
    assert undo.isVisible()
    assert line.findChild(KeyHints).isVisible()
    with qtbot.waitSignal(line.action_triggered):
        undo.click()
    line.clear()
    assert line.text() == ""
    assert not undo.isVisible()


def test_what_can_be_undone_says_so_right_beside_the_words(qtbot: QtBot) -> None:
    line = MessageLine()
    qtbot.addWidget(line)
    line.resize(900, 36)
    line.show_message("Quai Nord is assigned", "good", action="Undo", key="Ctrl+Z")
    line.show()
    QApplication.processEvents()
    assert line._action.x() - line._text.geometry().right() <= tokens().px(12)
    assert line._text.toolTip() == ""


def test_a_sentence_in_the_middle_has_no_last_line_of_one_word(qtbot: QtBot) -> None:
    empty = EmptyState("No riding yet", "A riding begins with its addresses. " * 4 + "Go.", "Import")
    qtbot.addWidget(empty)
    empty.resize(900, 600)
    empty.show()
    QApplication.processEvents()
    words, width = empty._sentence, empty._sentence.width()
    words.setMinimumWidth(0)  # a label never answers for less
    assert words.heightForWidth(width) == words.heightForWidth(tokens().px(400))
    assert words.heightForWidth(width - tokens().px(16)) > words.heightForWidth(width)


def test_short_work_never_shows_the_strip(qtbot: QtBot) -> None:
    strip = TaskStrip(delay_ms=0)
    qtbot.addWidget(strip)
    strip.start("Import", 10)
    strip.finish()
    QApplication.processEvents()
    assert not strip.isVisible()


def test_long_work_shows_how_far_it_is_and_can_be_cancelled(qtbot: QtBot) -> None:
    strip = TaskStrip(delay_ms=0)
    qtbot.addWidget(strip)
    strip.start("Importing addresses", 12984)
    qtbot.waitUntil(strip.isVisible)
    strip.advance(8123)
    assert "8,123 of 12,984" in [label.text() for label in strip.findChildren(QLabel)]
    cancel = strip.findChild(QPushButton)
    with qtbot.waitSignal(strip.cancel_requested):
        cancel.click()
    assert not cancel.isEnabled()
    strip.finish()
    assert not strip.isVisible()


def test_the_empty_state_teaches_and_begins(qtbot: QtBot) -> None:
    empty = EmptyState("No turf yet", "Draw around some doors on the map.", "Cut turfs", "turfs")
    shown(qtbot, empty, 500, 300)
    assert (empty.accessibleName(), empty.accessibleDescription()) == (
        "No turf yet", "Draw around some doors on the map.",
    )  # fmt: skip
    with qtbot.waitSignal(empty.action_triggered):
        empty.findChild(QPushButton).click()
    empty.set_texts("Nothing here", "All done.")
    assert not empty.findChild(QPushButton).isVisible()


def test_support_segments_are_as_long_as_their_counts(qtbot: QtBot) -> None:
    bar = SupportBar([100, 50, 25, 20, 5])
    shown(qtbot, bar, 408, 42)
    image = pixels(bar)
    row = [QColor(image.pixel(x, 2)).name().upper() for x in range(image.width())]
    lengths = [row.count(colour) for colour in tokens().support]
    assert lengths == pytest.approx([200, 100, 50, 40, 10], abs=4)


@pytest.mark.parametrize("counts", [[1, 2, 3], [1, 2, 3, 4, -5]])
def test_a_support_bar_refuses_what_is_not_five_counts(qtbot: QtBot, counts: list[int]) -> None:
    with pytest.raises(ValueError, match="five counts"):
        SupportBar(counts)


def test_a_turf_out_of_balance_is_marked_by_colour_and_by_a_notch(qtbot: QtBot) -> None:
    even, uneven = BalanceBar(118, 120), BalanceBar(160, 120)
    for bar in (even, uneven):
        shown(qtbot, bar, 160, 16)
    assert tokens().accent in colours(even)
    assert tokens().warn not in colours(even)
    assert tokens().warn in colours(uneven)
    assert uneven.accessibleName() == "160 of a target of 120"


def test_badges_and_key_hints_speak(qtbot: QtBot) -> None:
    badge, keys = Badge("done", "good"), KeyHints([("n", "not home"), ("r", "refused")])
    for widget in (badge, keys):
        shown(qtbot, widget)
    assert badge.accessibleName() == "done"
    assert keys.accessibleName() == "n: not home, r: refused"
    badge.set_state("uneven", "warn")
    assert badge.accessibleName() == "uneven"


def test_key_hints_wrap_instead_of_being_cut(qtbot: QtBot) -> None:
    keys = KeyHints([(str(n), "a word of some length") for n in range(8)])
    qtbot.addWidget(keys)
    one_line = keys.heightForWidth(10_000)
    assert keys.heightForWidth(400) > 2 * one_line
    assert keys.minimumSizeHint().width() < 400


@pytest.mark.parametrize(
    "make",
    [
        lambda: Badge("done", "good"),
        lambda: KeyHints([("n", "not home")]),
        lambda: SupportBar([0, 0, 0, 0, 0]),
        lambda: BalanceBar(100, 120),
        lambda: Tile("Attempts", "1,630"),
        lambda: EmptyState("Nothing yet", "Begin here."),
    ],
)
def test_every_part_takes_the_dark_theme_and_grows_with_the_zoom(
    qapp: QApplication, qtbot: QtBot, make: Callable[[], QWidget]
) -> None:
    widget = make()
    shown(qtbot, widget)
    light, size = colours(widget), QSize(widget.sizeHint())
    apply_theme(qapp, "dark")
    assert colours(widget) != light
    apply_theme(qapp, "light", 2.0)
    QApplication.processEvents()
    assert widget.sizeHint().height() > 1.4 * size.height()


def test_a_button_has_a_name_and_shows_its_key(qtbot: QtBot) -> None:
    button = make_button("&Cut turfs", "primary", "turfs", key="Ctrl+Return")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Cut turfs"
    assert button.toolTip() == "Ctrl+Return"
    assert not button.icon().isNull()
