"""Walks and minutes among the settings: figures with their sources, kept when they make sense."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.settings import SettingsScreen
from canvass_app.domain.pace import FIGURES
from canvass_app.services.pace import own_figures, pace_of
from canvass_app.services.pace_check import PaceFound

Wait = Callable[[AppContext], None]


def shown(context: AppContext, qtbot: QtBot, wait_idle: Wait) -> SettingsScreen:
    screen = SettingsScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    wait_idle(context)
    return screen


def write(qtbot: QtBot, screen: SettingsScreen, name: str, text: str) -> None:
    field = screen.pace.fields[name]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_figure_holds_as_soon_as_it_is_typed_and_can_be_given_back(
    context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    screen = shown(context, qtbot, wait_idle)
    assert not screen.pace.back.isVisibleTo(screen)
    write(qtbot, screen, "conversation_s", "200")
    assert pace_of(context.book).conversation_s == 200
    assert screen.pace.back.isVisibleTo(screen)
    qtbot.mouseClick(screen.pace.back, Qt.MouseButton.LeftButton)
    assert own_figures(context.book) == {}
    assert screen.pace.fields["conversation_s"].text() == "120"


def test_a_figure_that_makes_no_sense_is_refused_in_words_and_put_back(
    context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    screen = shown(context, qtbot, wait_idle)
    write(qtbot, screen, "walking_cm_s", "9000")
    assert "40" in screen.pace.trouble.text()
    assert "250" in screen.pace.trouble.text()
    assert screen.pace.trouble.isVisibleTo(screen)
    assert screen.pace.fields["walking_cm_s"].text() == "130"
    assert own_figures(context.book) == {}
    write(qtbot, screen, "walking_cm_s", "110")
    assert not screen.pace.trouble.isVisibleTo(screen)


def test_every_figure_says_where_it_comes_from_in_both_languages(
    context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    screen = shown(context, qtbot, wait_idle)
    for language in ("en", "fr"):
        set_language(language)
        screen.retranslate()
        words = {label.text() for label in screen.pace.findChildren(type(screen.pace.trouble))}
        for figure in FIGURES:
            assert figure.label.say(language) in words
            assert figure.source.say(language) in words
            assert figure.unit.say(language) in screen.pace.fields[figure.name].accessibleName()
    set_language("en")


def test_the_teams_own_pace_is_offered_and_used_only_when_asked_for(
    context: AppContext, qtbot: QtBot, wait_idle: Wait
) -> None:
    screen = shown(context, qtbot, wait_idle)
    screen.pace.show_found(PaceFound(1204, 0, {"conversation_s": 190}, 90, 108))
    told = " ".join(label.text() for label in screen.pace.findChildren(type(screen.pace.trouble)))
    assert "108 seconds a house instead of 90, from 1,204 doors" in told
    assert pace_of(context.book).conversation_s == 120
    qtbot.mouseClick(screen.pace.use, Qt.MouseButton.LeftButton)
    assert pace_of(context.book).conversation_s == 190
    screen.pace.show_found(PaceFound(0, 240, {}, 90, 90))
    assert not screen.pace.use.isVisibleTo(screen)


def test_a_mode_is_kept_at_once(context: AppContext, qtbot: QtBot, wait_idle: Wait) -> None:
    screen = shown(context, qtbot, wait_idle)
    screen.pace.modes["one_side"].setChecked(True)
    assert pace_of(context.book).one_side
    write(qtbot, screen, "not_home_s", "45")
    assert (pace_of(context.book).one_side, pace_of(context.book).not_home_s) == (True, 45)
