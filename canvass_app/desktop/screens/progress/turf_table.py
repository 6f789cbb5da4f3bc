"""The riding by turf: how many of its doors were attempted, as a length and in numbers."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from canvass_app.desktop.theme import font, tokens
from canvass_app.desktop.widgets import (
    CellDelegate,
    Column,
    RowsModel,
    format_number,
    format_percent,
    ui_language,
)
from canvass_app.desktop.widgets.short_table import ShortTable
from canvass_app.services.progress import TurfProgress

DOORS = 1
_CONTACTS = 3
_MOST_ROWS = 14
_NARROW = 620


def _of(part: int, whole: int) -> str:
    words = QCoreApplication.translate("Progress", "%1 of %2")
    words = words.replace("%1", format_number(part, ui_language()))
    return words.replace("%2", format_number(whole, ui_language()))


def _number(value: float) -> str:
    return format_number(value, ui_language())


class _ShareDelegate(CellDelegate):
    """Draws the column of doors as a bar from zero to all of the turf's doors."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the cell."""
        model = index.model()
        row = model.row(index.row()) if isinstance(model, RowsModel) and index.column() == DOORS else None
        if row is None:
            super().paint(painter, option, index)
            return
        look, box = tokens(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(
            box, QColor(look.accent_soft if selected else look.hover if hovered else look.surface)
        )
        painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), QColor(look.line))
        cell = box.adjusted(look.px(12), 0, -look.px(12), -1)
        painter.setFont(font(look.text))
        words = look.px(92)
        painter.setPen(QColor(look.ink))
        text = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, words)
        flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(QRect(cell.x(), cell.y(), words, cell.height()), flags, text)
        left = cell.x() + words + look.px(10)
        height = look.px(6)
        groove = QRectF(left, cell.center().y() - height / 2 + 0.5, cell.right() - left, height)
        if groove.width() > look.px(16):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.pressed))
            painter.drawRoundedRect(groove, height / 2, height / 2)
            if row.attempted and row.doors:
                groove.setWidth(max(height, groove.width() * row.attempted / row.doors))
                painter.setBrush(QColor(look.accent))
                painter.drawRoundedRect(groove, height / 2, height / 2)
        painter.restore()


class TurfTable(ShortTable):
    """One row a turf, and one for the doors that are in none; sortable; Enter opens the turf."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(RowsModel(self._made_columns()), _MOST_ROWS, parent)
        self.setItemDelegate(_ShareDelegate(self))
        self._shown: list[TurfProgress] = []

    @staticmethod
    def _made_columns() -> list[Column[TurfProgress]]:
        translate = QCoreApplication.translate

        def name(row: TurfProgress) -> str:
            return row.name if row.turf_id else translate("Progress", "in no turf")

        def rate(row: TurfProgress) -> float | None:
            return row.contacts / row.attempts if row.attempts else None

        def say_rate(row: TurfProgress) -> str:
            return (
                format_percent(row.contacts / row.attempts, ui_language())
                + f" ({_of(row.contacts, row.attempts)})"
                if row.attempts
                else "–"
            )

        def say_doors(row: TurfProgress) -> str:
            return _of(row.attempted, row.doors)

        def share(row: TurfProgress) -> float:
            return row.attempted / row.doors if row.doors else 0.0

        return [
            Column(lambda: translate("Progress", "Turf"), name, strong=True),
            Column(lambda: translate("Progress", "Doors attempted"), say_doors, width=260, sort_key=share),
            Column(lambda: translate("Progress", "Attempts"), lambda r: r.attempts, _number, "right", 100),
            Column(lambda: translate("Progress", "Contacts"), lambda r: r.contacts, _number, "right", 100),
            Column(
                lambda: translate("Progress", "Contact rate"),
                say_rate,
                align="right",
                width=170,
                sort_key=rate,
            ),
        ]

    def show_turfs(self, turfs: list[TurfProgress]) -> None:
        """Show these rows; the order, the selection and the place in the list stay as they were."""
        if turfs == self._shown:
            return
        self._shown = list(turfs)
        self.replace_rows(turfs, [turf.turf_id for turf in turfs])

    def fit_columns(self, width: int) -> None:
        """Contacts go first, then attempts; the bar of doors takes a third."""
        look = tokens()
        self.setColumnHidden(_CONTACTS, width < look.px(_NARROW))
        self.setColumnHidden(_CONTACTS - 1, width < look.px(_NARROW - 130))
        self.setColumnWidth(DOORS, max(look.px(124), min(look.px(300), int(width * 0.3))))


def rows_of(report: Any) -> list[TurfProgress]:
    """The report's turfs; the doors in no turf stand last, when something happened there."""
    return [*report.by_turf, *([report.no_turf] if report.no_turf.attempts else [])]
