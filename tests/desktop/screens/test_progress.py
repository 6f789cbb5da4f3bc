"""The screen Progress keeps its promises, on a real book with three evenings of results."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.progress import ProgressScreen
from canvass_app.desktop.screens.progress.figures import doubt, figures
from canvass_app.desktop.tasks import Tasks
from canvass_app.desktop.theme import apply_theme
from canvass_app.domain.metrics import FORMULAS, Ratio
from canvass_app.services.book import Book, open_book
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.progress import ProgressReport, progress
from canvass_app.storage.changes import ChangeSet
from tests.desktop.screens.evenings import Clock, add_street, cut, open_evenings, three_evenings
from tests.desktop.screens.world import FIRST, LAST, RIDING

Wait = Callable[[AppContext], None]


@pytest.fixture(scope="session")
def evenings_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three evenings, made once; tests copy them."""
    folder = tmp_path_factory.mktemp("evenings")
    three_evenings(folder, Clock()).close()
    return folder


@pytest.fixture
def book(evenings_folder: Path, tmp_path: Path) -> Iterator[Book]:
    shutil.copytree(evenings_folder, tmp_path / "book", ignore=shutil.ignore_patterns("*.lock"))
    opened = open_book(tmp_path / "book", passphrase="test")
    yield opened
    opened.close()


def make_context(book: Book, riding_id: int | None) -> AppContext:
    made = AppContext(book, Tasks(), Preferences(None))
    made.set_riding(riding_id)
    return made


@pytest.fixture
def context(book: Book, qapp: QApplication) -> Iterator[AppContext]:
    apply_theme(qapp, "light")
    set_language("en")
    made = make_context(book, RIDING)
    yield made
    made.tasks.close()
    set_language("en")
    apply_theme(qapp, "light")


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., ProgressScreen]:
    """Shows the screen over a context and waits until everything is drawn."""

    def make(context: AppContext, width: int = 1060, height: int = 720) -> ProgressScreen:
        screen = ProgressScreen(context)
        qtbot.addWidget(screen)
        context.changed.connect(screen.on_changes)
        screen.resize(width, height)
        with qtbot.waitActive(screen):
            screen.show()
            screen.activateWindow()
        screen.setFocus()
        screen.refresh()
        settle(qtbot, screen)
        return screen

    return make


def settle(qtbot: QtBot, screen: ProgressScreen) -> None:
    qtbot.waitUntil(lambda: not screen.context.tasks.busy() and not screen.is_busy(), timeout=20_000)


def tile_words(screen: ProgressScreen, key: str) -> list[str]:
    return [label.text() for label in screen._tiles[key].findChildren(QLabel)]


def why_button(screen: ProgressScreen, key: str) -> QAbstractButton:
    return screen._tiles[key].findChild(QPushButton)


def test_each_number_stands_with_what_it_is_a_part_of(
    context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context)
    report = progress(context.book, RIDING)
    assert tile_words(screen, "attempts") == ["Attempts", str(report.attempts), "in 3 evenings"]
    assert f"{report.contacts} of {report.attempts} attempts" in tile_words(screen, "contact_rate")
    share = round(100 * report.doors.value)
    assert f"of {report.doors.whole} doors on file ({share}%)" in tile_words(screen, "doors")
    assert f"of {report.people} people known" in " ".join(tile_words(screen, "pledges"))


def test_why_opens_the_formula_and_what_was_counted_and_esc_gives_the_keyboard_back(
    qtbot: QtBot, context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context)
    button = why_button(screen, "contacts")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    words = screen.why.words()
    assert screen.why.isVisible()
    assert FORMULAS["contacts"].en in words
    assert "refused" in words
    assert "not home" not in words
    report = screen.report
    assert report is not None
    assert words[words.index("together") + 1] == str(report.contacts)
    assert screen.step_back()
    assert not screen.why.isVisible()
    assert screen.window().focusWidget() is button
    assert not screen.step_back()


@pytest.mark.parametrize("key", sorted(FORMULAS))
def test_every_figure_has_an_explanation(
    context: AppContext, show: Callable[..., ProgressScreen], key: str
) -> None:
    screen = show(context)
    screen.open_why(key)
    words = screen.why.words()
    assert FORMULAS[key].en in words
    assert "What was counted" in words


def test_a_result_saved_elsewhere_moves_the_numbers_and_leaves_the_rest_in_place(
    qtbot: QtBot, context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context, 1060, 500)
    before = progress(context.book, RIDING)
    turf = before.by_turf[3]
    screen.table.select_id(turf.turf_id)
    screen.open_why("attempts")
    screen.area.verticalScrollBar().setValue(120)
    number = context.book.read().query("SELECT number FROM walk_list ORDER BY number DESC LIMIT 1")[0][0]
    shift = open_shift(context.book, "Nadia", RIDING, number)
    context.tasks.write(lambda: record(context.book, shift, number, 1, Mark(code="refused")))
    qtbot.waitUntil(lambda: screen.report is not None and screen.report.attempts == before.attempts + 1)
    assert tile_words(screen, "attempts")[1] == str(before.attempts + 1)
    assert str(before.attempts + 1) in screen.why.words()
    assert screen.table.selected_ids() == [turf.turf_id]
    assert screen.area.verticalScrollBar().value() == 120
    shown = next(row for row in screen.table._shown if row.turf_id == turf.turf_id)
    assert shown.attempts == turf.attempts + 1
    assert "updated" in screen._when.text()


def test_what_happens_in_another_riding_is_not_counted_here(
    context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context)
    screen.on_changes(ChangeSet(ridings={RIDING + 1}, totals=True))
    assert not screen.is_busy()
    screen.on_changes(ChangeSet(ridings={RIDING}, totals=True))
    assert screen.is_busy()


def test_the_bars_are_as_long_as_the_counts_from_zero(
    context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context)
    report = progress(context.book, RIDING)
    import pyqtgraph as pg

    def bars(chart: Any) -> list[Any]:
        return [item for item in chart.getPlotItem().items if isinstance(item, pg.BarGraphItem)]

    attempts, contacts = bars(screen.shapes.evenings)
    assert attempts.opts["height"] == [day.attempts for day in report.by_day]
    assert contacts.opts["height"] == [day.contacts for day in report.by_day]
    assert screen.shapes.evenings.getPlotItem().viewRange()[1][0] == 0
    (results,) = bars(screen.shapes.results)
    assert results.opts["x0"] == [0] * len(report.by_code)
    assert results.opts["width"] == sorted(report.by_code.values(), reverse=True)
    (support,) = bars(screen.shapes.support)
    assert support.opts["width"] == list(report.by_support.values())


def test_charts_have_no_menu_and_leave_the_wheel_to_the_page(
    context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context)
    for chart in (screen.shapes.evenings, screen.shapes.results, screen.shapes.support):
        assert not chart.getPlotItem().menuEnabled()
        assert chart.getPlotItem().getViewBox().state["mouseEnabled"] == [False, False]
        before = chart.getPlotItem().viewRange()
        turn = QWheelEvent(
            QPointF(50, 50), QPointF(50, 50), QPoint(0, 120), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        chart.wheelEvent(turn)
        assert not turn.isAccepted()
        assert chart.getPlotItem().viewRange() == before


def test_the_copied_text_holds_the_figures_and_nobody(
    qtbot: QtBot, context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context)
    with qtbot.waitSignal(context.message):
        qtbot.keyClick(screen, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    report = progress(context.book, RIDING)
    assert "Testville" in text
    assert (
        f"Contact rate: {round(100 * report.contact_rate.value)}% · {report.contacts} of {report.attempts}"
        in text
    )
    assert not any(name in text for name in (*LAST, *FIRST, "Luc Roy", "Priya"))


def test_the_exported_table_has_every_count_no_person_and_no_formula(
    qtbot: QtBot, context: AppContext, show: Callable[..., ProgressScreen], tmp_path: Path
) -> None:
    screen = show(context)
    target = tmp_path / "figures.csv"
    with qtbot.waitSignal(context.message):
        screen.export_to(target)
    raw = target.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(raw.decode("utf-8-sig").splitlines()))
    report = progress(context.book, RIDING)
    assert ["Riding", "", "Attempts", str(report.attempts)] in rows
    assert ["Turf", "'=Turf 3", "Doors on file", "40"] in rows
    assert sum(int(row[3]) for row in rows if row[0] == "Result") == report.attempts
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    text = raw.decode("utf-8-sig")
    assert not any(name in text for name in (*LAST, *FIRST, "Sandhu"))


def test_a_folder_that_cannot_be_written_is_told_in_words(
    qtbot: QtBot, context: AppContext, show: Callable[..., ProgressScreen], tmp_path: Path
) -> None:
    screen = show(context)
    with qtbot.waitSignal(context.trouble) as told:
        screen.export_to(tmp_path / "missing" / "figures.csv")
    assert "figures.csv" in told.args[0].say("fr")


def test_turfs_can_be_sorted_by_share_and_enter_opens_one(
    qtbot: QtBot, context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context)
    screen.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    names = [screen.table.rows.row(n).name for n in range(screen.table.rows.rowCount())]
    assert names[0] == "Turf 4"
    turf_id = screen.table.rows.row_id(0)
    screen.table.select_id(turf_id)
    with qtbot.waitSignal(context.place_wanted) as asked:
        qtbot.keyClick(screen.table, Qt.Key.Key_Return)
    assert asked.args == ["turfs", turf_id]


def test_everything_speaks_french_at_once(
    qtbot: QtBot, context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context)
    screen.open_why("contact_rate")
    set_language("fr")
    QApplication.processEvents()
    assert tile_words(screen, "attempts")[0] == "Tentatives"
    assert FORMULAS["contact_rate"].fr in screen.why.words()
    assert screen.shapes.results.accessibleName() == "Issue des tentatives"
    assert "absent" in screen.shapes.results.accessibleDescription()
    assert screen.title() == "Avancement"


def test_another_theme_and_double_size_redraw_without_a_word_from_qt(
    qtbot: QtBot, qapp: QApplication, context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context, 820, 560)
    columns = screen.tiles.columns()
    height = screen.shapes.results.height()
    apply_theme(qapp, "dark", 2.0)
    QApplication.processEvents()
    assert screen.tiles.columns() < columns
    assert screen.shapes.results.height() == 2 * height
    assert screen.area.horizontalScrollBar().maximum() == 0
    screen.open_why("doors")
    assert not screen.area.isVisible()
    screen.grab()


@pytest.mark.parametrize("width", [560, 820, 1060, 1600])
def test_the_page_never_scrolls_sideways(
    context: AppContext, show: Callable[..., ProgressScreen], width: int
) -> None:
    screen = show(context, width)
    page = screen.area.widget()
    assert page.width() <= screen.area.viewport().width()
    assert all(tile.geometry().right() <= screen.tiles.width() for tile in screen._tiles.values())


def test_controls_have_names_and_labels_show_markup_literally(
    context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context)
    screen.open_why("doors")
    assert all(
        button.accessibleName() for button in screen.findChildren(QAbstractButton) if button.isVisible()
    )
    assert screen.table.accessibleName()
    assert screen.shapes.evenings.accessibleName()
    labels = [label for label in screen.findChildren(QLabel) if label.pixmap().isNull()]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels if label.text())


def test_without_a_riding_the_screen_leads_to_the_import(
    qtbot: QtBot, context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    context.set_riding(None)
    screen = show(context)
    with qtbot.waitSignal(context.place_wanted) as asked:
        screen.empty._button.click()
    assert asked.args[0] == "importing"


def test_without_results_the_screen_leads_to_the_next_step(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, show: Callable[..., ProgressScreen]
) -> None:
    apply_theme(qapp, "light")
    empty = open_evenings(tmp_path / "new", Clock())
    context = make_context(empty, RIDING)
    try:
        doors = add_street(empty, "Birch Street", 4)
        screen = show(context)
        with qtbot.waitSignal(context.place_wanted) as asked:
            screen.empty._button.click()
        assert asked.args[0] == "turfs"
        cut(empty, "Turf 1", doors)
        screen.refresh()
        settle(qtbot, screen)
        with qtbot.waitSignal(context.place_wanted) as asked:
            screen.empty._button.click()
        assert asked.args[0] == "enter"
    finally:
        context.tasks.close()
        empty.close()


def with_rate(report: ProgressReport, contacts: int, attempts: int) -> ProgressReport:
    return replace(report, attempts=attempts, contacts=contacts, contact_rate=Ratio(contacts, attempts))


def test_an_unusual_contact_rate_gets_a_quiet_remark_and_a_usual_one_none(context: AppContext) -> None:
    report = progress(context.book, RIDING)
    assert "higher" in doubt(with_rate(report, 90, 200), "en")
    assert "lower" in doubt(with_rate(report, 10, 200), "en")
    assert doubt(with_rate(report, 40, 200), "en") == ""
    assert doubt(with_rate(report, 9, 10), "en") == ""


def test_doors_per_hour_is_shown_only_when_a_walk_was_timed(context: AppContext) -> None:
    from canvass_app.services.progress import Walked

    report = progress(context.book, RIDING)
    assert "doors_per_hour" in [figure.key for figure in figures(report, "en")]
    untimed = replace(report, walked=Walked())
    assert "doors_per_hour" not in [figure.key for figure in figures(untimed, "en")]


def test_the_tour_shows_every_state(
    qtbot: QtBot, context: AppContext, show: Callable[..., ProgressScreen]
) -> None:
    screen = show(context)
    names = []
    for name, prepare in screen.tour_states():
        prepare()
        settle(qtbot, screen)
        names.append(name)
        assert not screen.grab().isNull()
    assert names == ["why", "by turf"]


@pytest.mark.parametrize(
    ("width", "lang", "zoom"),
    [
        (560, "fr", 1.0),
        (820, "en", 1.0),
        (820, "fr", 1.0),
        (968, "fr", 1.25),
        (1060, "fr", 1.0),
        (1168, "fr", 2.0),
        (1600, "en", 1.0),
    ],
)
def test_every_number_at_a_bar_has_room_in_its_chart(
    qapp: QApplication,
    context: AppContext,
    show: Callable[..., ProgressScreen],
    width: int,
    lang: str,
    zoom: float,
) -> None:
    screen = show(context, width)
    set_language(lang)
    apply_theme(qapp, "dark", zoom)
    QApplication.processEvents()
    import pyqtgraph as pg

    for chart in (screen.shapes.evenings, screen.shapes.results, screen.shapes.support):
        # Texts take their place when they are painted.
        chart.grab()
    for chart in (screen.shapes.evenings, screen.shapes.results, screen.shapes.support):
        plot = chart.getPlotItem()
        ground = plot.getViewBox().sceneBoundingRect()
        texts = [item for item in plot.items if isinstance(item, pg.TextItem)]
        assert texts
        for item in texts:
            box = item.mapRectToScene(item.boundingRect())
            assert box.left() >= ground.left() - 1
            assert box.right() <= ground.right() + 1
            assert box.top() >= ground.top() - 1
            assert box.bottom() <= ground.bottom() + 1
