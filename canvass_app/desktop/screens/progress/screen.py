"""The screen Progress."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.base import AppContext, Command, Screen
from canvass_app.desktop.screens.progress.blank import Blank
from canvass_app.desktop.screens.progress.export import as_csv, as_text, write_csv
from canvass_app.desktop.screens.progress.figures import (
    Figure,
    doubt,
    explanation,
    figures,
    formula,
    label,
)
from canvass_app.desktop.screens.progress.layout import ReflowGrid
from canvass_app.desktop.screens.progress.shapes import Shapes
from canvass_app.desktop.screens.progress.turf_table import TurfTable, rows_of
from canvass_app.desktop.screens.progress.why import WIDTH, WhyPanel
from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.widgets import (
    Heading,
    PlainLabel,
    Tile,
    format_clock,
    make_button,
)
from canvass_app.services.progress import ProgressReport
from canvass_app.storage.changes import ChangeSet

_TILE = 190
# With less room than this the explanation takes the place of the figures instead of standing beside them.
_BESIDE = 700
_NARROW = 900


class ProgressScreen(Screen):
    """The riding's figures; they follow what is saved and what arrives, without a flicker."""

    place: ClassVar[str] = "progress"
    shortcut: ClassVar[int] = 6

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.report: ProgressReport | None = None
        self._busy = False
        self._updated_ms = 0
        self._shown_riding: int | None = None
        self._tiles: dict[str, Tile] = {}
        self._opener = ""
        self._heading = Heading("")
        self._when = PlainLabel(kind="quiet", elide=True)
        self.copy_button = make_button("", "quiet")
        self.copy_button.clicked.connect(self.copy_text)
        self.export_button = make_button("", "", "export")
        self.export_button.clicked.connect(self.ask_export)
        self.tiles = ReflowGrid(_TILE, 4, fill=True)
        self._doubt_mark = QLabel()
        self._doubt = PlainLabel(kind="quiet", wrap=True)
        self.shapes = Shapes()
        self._turf_title = Heading("", "section")
        self._turf_words = PlainLabel(kind="small", wrap=True)
        self.table = TurfTable()
        self.table.row_activated.connect(self._open_turf)
        self.why = WhyPanel()
        self.why.close_wanted.connect(self.close_why)
        self.empty = Blank(context)
        self._build()
        self._bind("Ctrl+C", self.copy_text)
        self._bind("Ctrl+E", self.ask_export)
        self._bind("Ctrl+R", self.refresh)
        self.retranslate()

    # --- building -----------------------------------------------------------------------------

    def _build(self) -> None:
        words = QVBoxLayout()
        words.addWidget(self._heading)
        words.addWidget(self._when)
        top = QHBoxLayout()
        top.addLayout(words, 1)
        top.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(self.export_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self._top = top
        page = QWidget()
        page.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(page)
        self._column.addWidget(self.tiles)
        self._doubt_row = QWidget()
        doubt_row = QHBoxLayout(self._doubt_row)
        doubt_row.setContentsMargins(0, 0, 0, 0)
        doubt_row.addWidget(self._doubt_mark, 0, Qt.AlignmentFlag.AlignTop)
        doubt_row.addWidget(self._doubt, 1)
        self._column.addWidget(self._doubt_row)
        self._column.addWidget(self.shapes)
        self._turf_part = QWidget()
        turf = QVBoxLayout(self._turf_part)
        turf.setContentsMargins(0, 0, 0, 0)
        turf.addWidget(self._turf_title)
        turf.addWidget(self._turf_words)
        turf.addWidget(self.table)
        self._column.addWidget(self._turf_part)
        self._column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.area.setWidget(page)
        self._beside = QWidget()
        across = QHBoxLayout(self._beside)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.area, 1)
        across.addWidget(self.why)
        self._across = across
        self.why.hide()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._beside)
        self._pages.addWidget(self.empty)
        self._waiting = QWidget()
        self._pages.addWidget(self._waiting)
        self._pages.setCurrentWidget(self._waiting)
        self._outer = QVBoxLayout(self)
        self._outer.addLayout(top)
        self._outer.addWidget(self._pages, 1)
        self.setFocusProxy(self.area)
        self._space()

    def _bind(self, key: str, run: Callable[[], object]) -> None:
        # Of the whole window: wherever the keyboard is, the key works while this screen is the one that is shown.
        QShortcut(QKeySequence(key), self).activated.connect(run)

    def _space(self) -> None:
        look = tokens()
        edge = look.px(24 if self.width() >= look.px(_NARROW) else 16)
        self._outer.setContentsMargins(edge, look.px(20), edge - look.px(12), look.px(8))
        self._top.setContentsMargins(0, 0, look.px(12), 0)
        self._top.setSpacing(look.px(8))
        self._outer.setSpacing(look.px(12))
        self._column.setContentsMargins(0, 0, look.px(12), look.px(16))
        self._column.setSpacing(look.px(16))
        self._doubt_mark.setPixmap(icon_pixmap("info", look.px(16), "quiet", self.devicePixelRatioF()))
        # The page keeps room for its scroll bar at the right; what stands in the middle does not need it.
        self.empty.setContentsMargins(0, 0, look.px(12), 0)
        self._across.setContentsMargins(0, 0, look.px(12) if self.why.isVisibleTo(self) else 0, look.px(12))
        beside = self.width() >= look.px(_BESIDE)
        self.why.setMinimumWidth(look.px(WIDTH) if beside else 0)
        self.why.setMaximumWidth(look.px(WIDTH) if beside else 16_777_215)
        self.area.setVisible(beside or self.why.isHidden())

    # --- reading ------------------------------------------------------------------------------

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Progress")

    def refresh(self) -> None:
        """Count again, on a reader thread."""
        from canvass_app.services.progress import progress

        book, riding_id = self.context.book, self.context.riding_id
        if riding_id is None:
            self.report, self._shown_riding = None, None
            self._show()
            return
        self._busy = True
        self.context.tasks.read(
            lambda: progress(book, riding_id), self._take, self._failed, key="progress", owner=self
        )

    def on_changes(self, changes: ChangeSet) -> None:
        """Count again when totals or turfs of this riding moved."""
        concerns = changes.settings or self.context.riding_id in changes.ridings
        if concerns and (changes.totals or changes.bulk or changes.settings or changes.turfs):
            self.refresh()

    def _failed(self, error: Any) -> None:
        self._busy = False
        self.context.error(error)

    def _take(self, report: ProgressReport) -> None:
        self._busy = False
        self._updated_ms = self.context.book.now_ms()
        self._say_when()
        if report == self.report:
            return
        if report.riding_id != self._shown_riding:
            self._shown_riding = report.riding_id
            self.area.verticalScrollBar().setValue(0)
        self.report = report
        self._show()

    # --- showing ------------------------------------------------------------------------------

    def _show(self) -> None:
        report = self.report
        if report is None or not report.attempts:
            self._show_empty()
            return
        self._pages.setCurrentWidget(self._beside)
        self.setFocusProxy(self.area)
        self._buttons(True)
        lang = current_language()
        shown = figures(report, lang)
        for figure in shown:
            tile = self._tile(figure)
            tile.show_value(figure.value, figure.sub, figure.spark)
        self.tiles.set_widgets([self._tiles[figure.key] for figure in shown])
        remark = doubt(report, lang)
        self._doubt.setText(remark)
        self._doubt_row.setVisible(bool(remark))
        turfs = rows_of(report)
        self.table.show_turfs(turfs)
        self._turf_part.setVisible(bool(turfs))
        self._explain(self.why.key())
        self.shapes.show_report(report)

    def _tile(self, figure: Figure) -> Tile:
        tile = self._tiles.get(figure.key)
        if tile is None:
            tile = self._tiles[figure.key] = Tile(figure.label)
            tile.why_clicked.connect(lambda key=figure.key: self.open_why(key))
        tile.set_label(figure.label)
        return tile

    def _show_empty(self) -> None:
        self._buttons(False)
        self.close_why()
        self.empty.teach(self.report)
        self._pages.setCurrentWidget(self.empty)
        self.setFocusProxy(self.empty)

    def _buttons(self, there: bool) -> None:
        self.copy_button.setVisible(there)
        self.export_button.setVisible(there)
        self._when.setVisible(there)

    def _say_when(self) -> None:
        if self._updated_ms:
            clock = format_clock(self._updated_ms, current_language(), seconds=True)
            self._when.setText(self.tr("updated %1").replace("%1", clock))

    # --- why? ---------------------------------------------------------------------------------

    def open_why(self, key: str) -> None:
        """Say beside the figures how one of them is made."""
        self._explain(key)
        self._opener = key
        self.why.show()
        self._space()
        self.why.focus()

    def close_why(self) -> None:
        """Put the explanation away; the keyboard goes back to where it was asked for."""
        if self.why.isHidden():
            return
        self.why.hide()
        self._space()
        tile = self._tiles.get(self._opener)
        if tile is not None and self.isVisible():
            _why_button(tile).setFocus()

    def _explain(self, key: str) -> None:
        report, lang = self.report, current_language()
        if report is None or not key:
            return
        found = {figure.key: figure for figure in figures(report, lang)}.get(key)
        if found is None:
            self.close_why()
            return
        self.why.show_figure(found, formula(key, lang), explanation(key, report, lang))

    def step_back(self) -> bool:
        """Esc: put the explanation away."""
        if self.why.isHidden():
            return False
        self.close_why()
        return True

    # --- taking the figures elsewhere ---------------------------------------------------------

    def _riding_name(self) -> str:
        from canvass_app.services.ridings import get_riding

        riding_id = self.context.riding_id
        return get_riding(self.context.book, riding_id).name.say(current_language()) if riding_id else ""

    def copy_text(self) -> None:
        """Ctrl+C: the figures as plain text, for a message to the team."""
        report, lang = self.report, current_language()
        if report is None or not report.attempts:
            return
        now = self.context.book.now_ms()

        def take(name: str) -> None:
            QGuiApplication.clipboard().setText(as_text(report, name, now, lang))
            self.context.say(self.tr("The figures are copied. Paste them where you like."))

        self.context.tasks.read(self._riding_name, take, key="progress copy", owner=self)

    def ask_export(self) -> None:
        """Ctrl+E: choose where the CSV goes."""
        if self.report is None or not self.report.attempts:
            return
        name = self.tr("progress.csv")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export the figures"), name, self.tr("Table (*.csv)")
        )
        if chosen:
            path = Path(chosen)
            self.export_to(path if path.suffix else path.with_suffix(".csv"))

    def export_to(self, path: Path) -> None:
        """Write the figures as CSV; nobody is named in it."""
        if self.report is None:
            return
        text = as_csv(self.report, current_language())
        done = self.tr("The figures are in %1. Nobody is named in the file.").replace("%1", path.name)
        self.context.tasks.read(
            lambda: write_csv(path, text), lambda _: self.context.say(done), self.context.error, owner=self
        )

    def _open_turf(self, turf_id: bytes) -> None:
        if turf_id:
            self.context.go("turfs", turf_id)

    # --- what the shell asks ------------------------------------------------------------------

    def is_busy(self) -> bool:
        """Whether figures are being counted, or the charts are still to come."""
        return self._busy or not self.shapes.is_ready()

    def keys(self) -> list[tuple[str, str]]:
        """For F1."""
        return [
            ("Tab", self.tr("next figure or table")),
            ("Enter", self.tr("how a figure is made, or open a turf")),
            ("Esc", self.tr("close the explanation")),
            ("Ctrl+C", self.tr("copy the figures as text")),
            ("Ctrl+E", self.tr("export the figures (CSV)")),
            ("Ctrl+R", self.tr("count again")),
        ]

    def commands(self) -> list[Command]:
        """For find-anything."""
        if self.report is None or not self.report.attempts:
            return []
        return [
            Command(lambda: self.tr("Copy the figures as text"), self.copy_text, "Ctrl+C"),
            Command(lambda: self.tr("Export the figures (CSV)"), self.ask_export, "Ctrl+E", "export"),
        ]

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """The explanation, and the lower half."""

        def why() -> None:
            self.area.verticalScrollBar().setValue(0)
            self.open_why("contact_rate")

        def lower() -> None:
            self.close_why()
            self.area.verticalScrollBar().setValue(self.area.verticalScrollBar().maximum())

        return [("why", why), ("by turf", lower)]

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._heading.setText(self.tr("Progress"))
        self._turf_title.setText(self.tr("By turf"))
        self._turf_words.setText(
            self.tr(
                "Attempts and contacts are counted at the doors that are in the turf now. Enter opens a turf."
            )
        )
        self.table.setAccessibleName(self.tr("By turf"))
        self.area.setAccessibleName(self.tr("Figures of the riding"))
        self.copy_button.setText(self.tr("Copy"))
        self.copy_button.setAccessibleName(self.tr("Copy the figures as text"))
        self.copy_button.setToolTip("Ctrl+C")
        self.export_button.setText(self.tr("Export…"))
        self.export_button.setAccessibleName(self.tr("Export the figures (CSV)"))
        self.export_button.setToolTip("Ctrl+E")
        self._say_when()
        for key, tile in self._tiles.items():
            tile.set_label(label(key))
        if self._pages.currentWidget() is not self._waiting:
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the explanation the room there is."""
        super().resizeEvent(event)
        self._space()

    def changeEvent(self, event: QEvent) -> None:
        """Follow zoom, theme and language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_outer"):
            self._space()


def _why_button(tile: Tile) -> QPushButton:
    button: Any = tile.findChild(QPushButton)
    return button
