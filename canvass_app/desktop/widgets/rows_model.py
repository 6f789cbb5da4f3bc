"""Rows for a table of any length: the ids are known, the rows come in blocks of 256 as they scroll into sight.

With the whole list of ids the scroll bar reaches the true end, and nothing is read that nobody looks at. A fetch may
answer at once, or return None and deliver later through `supply` (from a worker, on the GUI thread).
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from canvass_app.desktop.widgets.chips import ChipTone
from canvass_app.desktop.widgets.labels import plain_tip

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
BLOCK = 256
_KEPT_BLOCKS = 64

IdRole = Qt.ItemDataRole.UserRole + 1
PaintRole = Qt.ItemDataRole.UserRole + 2


class Chip(NamedTuple):
    """A cell that is a state: its word, its tone, and an icon where the tone has none of its own."""

    text: str
    tone: ChipTone = "neutral"
    icon_name: str | None = None


class Balance(NamedTuple):
    """A cell that is a length: a value against a target in the same unit."""

    value: float
    target: float


@dataclass(frozen=True)  # slots and a generic call such as Column[Row](...) do not go together on Python 3.11
class Column(Generic[Row]):
    """One column: `value` takes a row and gives text, a number, a `Chip` or a `Balance`; `format` makes the text.

    `width` is in pixels at 100 % (0 = share what is left). `sort_key` is the value to sort by, when the shown one
    would sort wrongly; it works on rows that are in memory. `header` may be a function, asked anew in each language.
    """

    header: str | Callable[[], str]
    value: Callable[[Row], Any]
    format: Callable[[Any], str] = str
    align: Literal["left", "right", "centre"] = "left"
    width: int = 0
    sort_key: Callable[[Row], Any] | None = None
    strong: bool = False

    def title(self) -> str:
        """The header in the language of the moment."""
        return self.header if isinstance(self.header, str) else self.header()


_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight, "centre": Qt.AlignmentFlag.AlignHCenter,
}  # fmt: skip


class RowsModel(QAbstractTableModel):
    """A table model over ids and typed rows. `fetch(ids)` returns the rows of those ids in their order, or None."""

    sort_asked = Signal(int, object)  # column, Qt.SortOrder: for rows that are not all in memory

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        fetch: Callable[[Sequence[Hashable]], Sequence[Any] | None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids: list[Hashable] = []
        self._positions: dict[Hashable, int] | None = None
        self._rows: list[Any] | None = None
        self._blocks: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()

    # what is shown

    def set_ids(self, ids: Sequence[Hashable]) -> None:
        """Show these ids in this order; rows are fetched as they are needed."""
        self.beginResetModel()
        self._ids, self._positions, self._rows = list(ids), None, None
        self._blocks.clear()
        self._asked.clear()
        self.endResetModel()

    def set_rows(self, rows: Sequence[Any], ids: Sequence[Hashable] | None = None) -> None:
        """Show rows that are all in memory; their ids, or their places 0, 1, 2 ... where none are given.

        Raises ValueError when ids and rows are not of one length.
        """
        chosen: Sequence[Hashable] = range(len(rows)) if ids is None else ids
        if len(chosen) != len(rows):
            raise ValueError("every row needs one id")
        self.beginResetModel()
        self._ids, self._positions, self._rows = list(chosen), None, list(rows)
        self._blocks.clear()
        self._asked.clear()
        self.endResetModel()

    def replace_row(self, row_id: Hashable, row: Any) -> None:
        """Show another row in the place of one that is in memory, for the same thing; selection and scroll stay."""
        place = self.position(row_id)
        if self._rows is None or place is None or self._rows[place] == row:
            return
        self._rows[place] = row
        self.dataChanged.emit(self.index(place, 0), self.index(place, self.columnCount() - 1))

    def supply(self, ids: Sequence[Hashable], rows: Sequence[Any]) -> None:
        """Deliver the rows of a block that `fetch` was asked for. Rows of a list no longer shown are ignored."""
        start = self.position(ids[0]) if ids else None
        if start is None or start % BLOCK or self._ids[start : start + BLOCK] != list(ids):
            return
        self._keep(start // BLOCK, rows)
        last = self.index(start + len(rows) - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(start, 0), last)

    def refresh(self, ids: Sequence[Hashable] | None = None) -> None:
        """Forget the rows of these ids (or all), so that they are fetched again when next drawn."""
        if self._rows is not None:
            return
        numbers = range(-(-len(self._ids) // BLOCK)) if ids is None else self._blocks_of(ids)
        for number in numbers:
            self._blocks.pop(number, None)
            self._asked.discard(number)
            if self.columnCount() and number * BLOCK < len(self._ids):
                end = min(len(self._ids), (number + 1) * BLOCK) - 1
                self.dataChanged.emit(self.index(number * BLOCK, 0), self.index(end, self.columnCount() - 1))

    def _blocks_of(self, ids: Sequence[Hashable]) -> list[int]:
        places = (self.position(row_id) for row_id in ids)
        return sorted({place // BLOCK for place in places if place is not None})

    # asking

    def row_id(self, position: int) -> Hashable | None:
        """The id at a place, or None outside the table."""
        return self._ids[position] if 0 <= position < len(self._ids) else None

    def position(self, row_id: Hashable) -> int | None:
        """Where an id stands, or None."""
        if self._positions is None:
            self._positions = {known: place for place, known in enumerate(self._ids)}
        return self._positions.get(row_id)

    def row(self, position: int) -> Any | None:
        """The row at a place; None while it is on its way."""
        if self._rows is not None:
            return self._rows[position]
        number, offset = divmod(position, BLOCK)
        block = self._blocks.get(number)
        if block is None:
            block = self._ask(number)
            if block is None:
                return None
        self._blocks.move_to_end(number)
        return block[offset] if offset < len(block) else None

    def _ask(self, number: int) -> Sequence[Any] | None:
        if self._fetch is None or number in self._asked:
            return None
        self._asked.add(number)
        rows = self._fetch(self._ids[number * BLOCK : (number + 1) * BLOCK])
        if rows is not None:
            self._keep(number, rows)
        return rows

    def _keep(self, number: int, rows: Sequence[Any]) -> None:
        self._asked.discard(number)
        self._blocks[number] = rows
        self._blocks.move_to_end(number)
        while len(self._blocks) > _KEPT_BLOCKS:
            self._blocks.popitem(last=False)

    # what Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """All rows, fetched or not."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """The columns given at the start."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The cell's text, alignment, tool tip, or the chip or bar to paint."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
        if role == IdRole:
            return self._ids[index.row()]
        if role not in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, PaintRole,
        ):  # fmt: skip
            return None
        row = self.row(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole and index.column() == 0 else None
        value = column.value(row)
        if role == PaintRole:
            return value if isinstance(value, Chip | Balance) else None
        text = self._text(column, value)
        return plain_tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    @staticmethod
    def _text(column: Column[Any], value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, Chip):
            return value.text
        if isinstance(value, Balance):
            return column.format(value.value)
        return column.format(value)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The column's title, aligned as its cells are."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self.columns[section].align] | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort rows in memory; with rows fetched in blocks, ask the owner for ids in another order."""
        if not 0 <= column < len(self.columns):
            return
        if self._rows is None:
            if self._ids:
                self.sort_asked.emit(column, order)
            return
        chosen = self.columns[column]
        key = chosen.sort_key or chosen.value
        values = [key(row) for row in self._rows]
        # Cells without a value stay at the end in either direction: nobody looks for them first.
        filled = [place for place, value in enumerate(values) if value is not None]
        empty = [place for place, value in enumerate(values) if value is None]
        filled.sort(key=lambda place: _sortable(values[place]), reverse=order == Qt.SortOrder.DescendingOrder)
        new_order = filled + empty
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        moved = {old: new for new, old in enumerate(new_order)}
        self._rows = [self._rows[place] for place in new_order]
        self._ids = [self._ids[place] for place in new_order]
        self._positions = None
        self.changePersistentIndexList(
            before,
            [
                self.index(moved[index.row()], index.column()) if index.isValid() else index
                for index in before
            ],
        )
        self.layoutChanged.emit()


def _sortable(value: Any) -> Any:
    if isinstance(value, Chip):
        return value.text.casefold()
    if isinstance(value, Balance):
        return value.value
    return value.casefold() if isinstance(value, str) else value
