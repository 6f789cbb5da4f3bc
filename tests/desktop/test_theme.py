"""The look's promises: readable in both themes, one place for colours, switched while the program runs."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from canvass_app.desktop.theme import (
    ICON_NAMES,
    SUPPORT_COLOURS,
    apply_theme,
    contrast,
    current_mode,
    font,
    icon,
    make_tokens,
    mix,
    set_role,
    theme_bus,
    tokens,
)
from canvass_app.desktop.theme.apply import mode_for

MODES = ("light", "dark")


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, "light")
    yield
    apply_theme(qapp, "light")


def test_contrast_agrees_with_the_published_examples() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#5B3E96", "#5B3E96") == 1.0


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent", "good", "warn", "bad"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_text_is_readable_on_every_ground(mode: str, ink: str, ground: str) -> None:
    look = make_tokens(mode)  # type: ignore[arg-type]
    assert contrast(getattr(look, ink), getattr(look, ground)) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_text_on_coloured_grounds_is_readable(mode: str) -> None:
    look = make_tokens(mode)  # type: ignore[arg-type]
    grounds = ("accent_soft", "good_soft", "warn_soft", "bad_soft", "hover", "pressed")
    pairs = [(look.ink, getattr(look, ground)) for ground in grounds]
    pairs += [(look.quiet, look.hover), (look.quiet, look.pressed), (look.bad, look.bad_soft)]
    pairs += [(look.on_accent, look.accent), (look.on_bad, look.bad), (look.paper, look.ink)]
    pairs += [(look.on_accent, mix(look.ink, look.accent, share)) for share in (0.14, 0.28)]
    pairs += list(zip(look.on_support, look.support, strict=True))
    pairs += [(look.map.label, look.map.halo), (look.ink, look.map.land)]
    too_faint = [
        (ink, ground, round(contrast(ink, ground), 2)) for ink, ground in pairs if contrast(ink, ground) < 4.5
    ]
    assert too_faint == []


@pytest.mark.parametrize("mode", MODES)
def test_edges_of_controls_and_the_focus_ring_stand_out(mode: str) -> None:
    look = make_tokens(mode)  # type: ignore[arg-type]
    for ground in (look.paper, look.surface):
        assert contrast(look.edge, ground) >= 3
        assert contrast(look.accent, ground) >= 3


def test_support_colours_are_the_same_in_both_themes() -> None:
    assert make_tokens("light").support == make_tokens("dark").support == SUPPORT_COLOURS


def test_sizes_follow_the_zoom_and_the_zoom_has_limits() -> None:
    look = make_tokens("light", 2.0)
    assert (look.small, look.text, look.large, look.title, look.display) == (24, 26, 30, 40, 56)
    assert (look.control, look.radius, look.ring) == (64, 12, 4)
    assert make_tokens("light", 9).zoom == 2.0
    assert make_tokens("light", 0.1).zoom == 0.75
    assert make_tokens("light", 0.75).px(1) == 1


def test_reduced_motion_means_none() -> None:
    assert make_tokens("light").motion_ms == 120
    assert make_tokens("light", reduce_motion=True).motion_ms == 0


def _pixels(widget: QWidget) -> QImage:
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_switching_the_theme_repaints_open_windows_and_tells_once(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    window.setProperty("kind", "page")
    button = QPushButton("Save", window)
    qtbot.addWidget(window)
    window.resize(200, 80)
    window.show()
    before = _pixels(window)
    with qtbot.waitSignal(theme_bus().theme_changed) as told:
        apply_theme(qapp, "dark")
    assert told.args[0] is tokens()
    assert tokens().is_dark
    assert current_mode() == "dark"
    after = _pixels(window)
    assert QColor(before.pixel(180, 70)).name().upper() == make_tokens("light").paper
    assert QColor(after.pixel(180, 70)).name().upper() == make_tokens("dark").paper
    assert button.palette().buttonText().color().name().upper() == make_tokens("dark").ink
    with qtbot.assertNotEmitted(theme_bus().theme_changed):
        apply_theme(qapp, "dark")


def test_the_system_choice_follows_the_desktop_and_others_do_not(qapp: QApplication) -> None:
    schemes = (Qt.ColorScheme.Unknown, Qt.ColorScheme.Light, Qt.ColorScheme.Dark)
    assert [mode_for("system", scheme) for scheme in schemes] == ["light", "light", "dark"]
    assert {mode_for("dark", scheme) for scheme in schemes} == {"dark"}
    assert {mode_for("light", scheme) for scheme in schemes} == {"light"}
    apply_theme(qapp, "system")
    assert tokens().mode == mode_for("system", qapp.styleHints().colorScheme())
    assert current_mode() == "system"


@pytest.mark.parametrize("zoom", [1.0, 1.5, 2.0])
def test_controls_are_32_pixels_high_at_every_zoom_with_and_without_focus(
    qapp: QApplication, qtbot: QtBot, zoom: float
) -> None:
    apply_theme(qapp, "light", zoom)
    window = QWidget()
    qtbot.addWidget(window)
    controls = [QPushButton("Save", window), QLineEdit(window)]
    window.show()
    for control in controls:
        assert control.sizeHint().height() == tokens().control
        control.setFocus()
        assert control.sizeHint().height() == tokens().control


def test_the_focus_ring_is_two_pixels_of_accent(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    field = QLineEdit(window)
    other = QLineEdit(window)
    other.move(0, 60)
    window.resize(220, 120)
    window.show()
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    shot = _pixels(field)
    middle = shot.height() // 2
    ring = [QColor(shot.pixel(x, middle)).name().upper() for x in (0, 1, 2)]
    assert ring == [tokens().accent, tokens().accent, tokens().surface]
    assert QColor(_pixels(other).pixel(0, middle)).name().upper() == tokens().edge


def test_a_button_takes_another_role_while_shown(qtbot: QtBot) -> None:
    button = QPushButton("Cut")
    qtbot.addWidget(button)
    button.resize(100, 32)
    button.show()
    plain = QColor(_pixels(button).pixel(8, 16)).name().upper()
    set_role(button, "primary")
    assert plain == tokens().surface
    assert QColor(_pixels(button).pixel(8, 16)).name().upper() == tokens().accent


@pytest.mark.parametrize("name", ICON_NAMES)
def test_every_icon_draws_something_inside_its_grid(qtbot: QtBot, name: str) -> None:
    image = icon(name).pixmap(QSize(48, 48)).toImage()
    inked = [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 40
    ]
    assert len(inked) > 20
    edge = image.width() - 1
    assert all(0 < x < edge and 0 < y < edge for x, y in inked)


def test_an_icon_made_before_the_theme_changed_is_right_after_it(qapp: QApplication) -> None:
    check = icon("check")

    def darkest() -> str:
        image = check.pixmap(QSize(32, 32)).toImage()
        pixels = [image.pixelColor(x, y) for x in range(32) for y in range(32)]
        return max(pixels, key=lambda colour: colour.alpha()).name().upper()

    assert darkest() == make_tokens("light").ink
    apply_theme(qapp, "dark")
    assert darkest() == make_tokens("dark").ink


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(KeyError):
        icon("no-such-icon")


def test_the_icons_the_shell_needs_are_all_there() -> None:
    needed = {
        "ridings", "turfs", "lists", "enter", "phone", "progress", "sync", "settings", "search", "undo", "check",
        "warning", "offline", "online", "close", "plus", "select", "lasso", "pan", "zoom-fit", "print", "import",
        "user", "door",
    }  # fmt: skip
    assert needed <= set(ICON_NAMES)


def test_figures_have_one_width_so_that_columns_line_up(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(font(28))
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_the_ground_of_the_desktop_loads_nothing_heavy() -> None:
    program = (
        "import sys, canvass_app.desktop.theme, canvass_app.desktop.widgets, canvass_app.desktop.map;"
        "heavy = {'qtawesome', 'pyqtgraph', 'shapely', 'scipy', 'sqlmodel', 'sqlalchemy', 'pydantic', 'requests'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
