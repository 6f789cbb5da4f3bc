"""Find anything: type a few letters of a name, an address, a list, a turf, a riding or a command; Enter opens it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from canvass_app.desktop.i18n import current_language, key_name
from canvass_app.desktop.screens.base import AppContext, Command
from canvass_app.desktop.seeing import Shown
from canvass_app.desktop.shell.overlay import Overlay
from canvass_app.desktop.theme import font, tokens
from canvass_app.desktop.theme.icons import draw_icon
from canvass_app.desktop.widgets import KeyHints, PlainLabel
from canvass_app.domain.accesses import Access

_HitRole = Qt.ItemDataRole.UserRole + 1
_ICONS = {"person": "user", "door": "door", "turf": "turfs", "list": "lists", "riding": "ridings"}
_COMMANDS_SHOWN = 6
_ROW = 44
# What has a history: Ctrl+H opens it.
_WITH_HISTORY = ("person", "door", "turf", "list")


@dataclass(frozen=True, slots=True)
class _Entry:
    icon: str
    title: str
    detail: str
    key: str
    run: Callable[[], None]
    subject: tuple[int, str, bytes] | None = None


_BETWEEN_WORDS = str.maketrans("’'-\u00a0", "    ")


def plain(text: str) -> str:
    """Lower case without accents, words apart at hyphens and apostrophes: "l'elysee" finds "L’Élysée"."""
    apart = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.translate(_BETWEEN_WORDS)


def matches(words: str, title: str) -> bool:
    """Whether each typed word begins a word of the title."""
    starts = plain(title).split()
    return all(any(start.startswith(word) for start in starts) for word in plain(words).split())


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, tokens().px(_ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look, box = tokens(), option.rect
        entry: _Entry = index.data(_HitRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent_soft))
            painter.drawRoundedRect(QRectF(box), look.px(4), look.px(4))
        side = look.px(18)
        middle = box.center().y()
        tint = look.accent if chosen else look.quiet
        draw_icon(painter, entry.icon, QRectF(box.x() + look.px(12), middle - side / 2, side, side), tint)
        left = box.x() + look.px(12) + side + look.px(12)
        right = box.right() - look.px(12)
        line = Qt.TextFlag.TextSingleLine | Qt.AlignmentFlag.AlignVCenter
        if entry.key:
            painter.setFont(font(look.small))
            painter.setPen(QColor(look.quiet))
            width = QFontMetrics(painter.font()).horizontalAdvance(entry.key)
            painter.drawText(QRect(right - width, box.y(), width + 1, box.height()), line, entry.key)
            right -= width + look.px(12)
        painter.setFont(font(look.text))
        title = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, right - left)
        painter.setPen(QColor(look.ink))
        half = box.height() // 2
        above = QRect(left, box.y() + look.px(3), right - left, half - look.px(2)) if entry.detail else box
        painter.drawText(QRect(left, above.y(), right - left, above.height()), line, title)
        if entry.detail:
            painter.setFont(font(look.small))
            painter.setPen(QColor(look.quiet))
            detail = painter.fontMetrics().elidedText(entry.detail, Qt.TextElideMode.ElideRight, right - left)
            below = QRect(left, box.y() + half, right - left, half - look.px(3))
            painter.drawText(below, line, detail)
        painter.restore()


class Finder(Overlay):
    """The panel of find-anything. `commands` is asked each time it opens."""

    def __init__(
        self, context: AppContext, commands: Callable[[], Sequence[Command]], parent: QWidget
    ) -> None:
        super().__init__(parent, 620)
        self._context = context
        self._commands = commands
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(200)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setItemDelegate(_Delegate(self.list))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        # The panel is its frame.
        self.list.setStyleSheet("QListWidget { border: none; background: transparent; padding: 0; }")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.itemEntered.connect(self.list.setCurrentItem)
        self.list.itemClicked.connect(lambda _: self._run())
        self._nothing = PlainLabel(kind="quiet", wrap=True)
        self._hints = KeyHints()
        self.body.addWidget(self.field)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self._nothing)
        self.body.addWidget(self._hints)
        self._hits: list[Any] = []
        self._answered = ""

    def open_empty(self) -> None:
        """Open with nothing typed: the commands are shown."""
        look = tokens()
        self.body.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        self.body.setSpacing(look.px(8))
        self.field.setPlaceholderText(self.tr("Name, address, list number, turf, or what you want to do"))
        self.field.setAccessibleName(self.tr("Find"))
        self.list.setAccessibleName(self.tr("Found"))
        self._hints.set_hints(
            [
                ("↑ ↓", self.tr("choose")),
                (key_name("Enter"), self.tr("open")),
                ("Ctrl+H", self.tr("history")),
                (key_name("Esc"), self.tr("close")),
            ]
        )
        self._hits, self._answered = [], ""
        self.field.clear()
        self._fill()
        self.open()
        self.field.setFocus()

    def _typed(self, text: str) -> None:
        if not self.isVisible():
            return
        words = text.strip()
        if not words:
            self._hits, self._answered = [], ""
            self._fill()
            return
        self._context.tasks.read(
            lambda: (words, _find(self._context.book, words)), self._found, key="finder", owner=self
        )
        self._fill()

    def _found(self, answer: tuple[str, list[Any]]) -> None:
        self._answered, self._hits = answer
        self._fill()
        if self.isVisible():
            self._context.seen.soon(_people_of(self._hits))

    def close_panel(self) -> None:
        """Go away; what was still shown has been seen."""
        if self.isVisible():
            self._context.seen.settle()
        super().close_panel()

    def _fill(self) -> None:
        words = self.field.text().strip()
        chosen = [command for command in self._commands() if matches(words, command.title())]
        entries = [self._of_hit(hit) for hit in (self._hits if words else [])]
        shown = chosen if not words else chosen[:_COMMANDS_SHOWN]
        entries += [
            _Entry(command.icon, command.title(), "", key_name(command.key), command.run) for command in shown
        ]
        self.list.clear()
        for entry in entries:
            item = QListWidgetItem(self.list)
            item.setData(_HitRole, entry)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                f"{entry.title}, {entry.detail}" if entry.detail else entry.title,
            )
        self.list.setCurrentRow(0)
        searched = words == self._answered or not words
        self._nothing.setText(
            self.tr("Nothing on this laptop goes by that.") if searched else self.tr("Looking…")
        )
        self._nothing.setVisible(not entries)
        self.list.setVisible(bool(entries))
        if self.isVisible():
            self._place()

    def panel_height(self) -> int:
        """Field, rows and hints; the list scrolls when there is no room."""
        look = tokens()
        around = look.px(24) + look.control + look.px(16) + look.px(24)
        room = max(1, (self.height() - look.px(80) - around) // look.px(_ROW))
        rows = min(self.list.count(), 12, room) * look.px(_ROW)
        return around + (rows if self.list.count() else look.px(24))

    def _of_hit(self, hit: Any) -> _Entry:
        title = hit.title.say(current_language())
        subject = (hit.riding_id, hit.kind, hit.id) if hit.kind in _WITH_HISTORY else None
        icon = _ICONS.get(hit.kind, "search")
        return _Entry(icon, title, hit.detail, "", lambda: self._open(hit), subject)

    def history_subject(self) -> tuple[int, str, bytes] | None:
        """(riding, kind, id) of the line that is chosen, where it has a history."""
        item = self.list.currentItem()
        return item.data(_HitRole).subject if item is not None else None

    def _open(self, hit: Any) -> None:
        if hit.riding_id:
            self._context.set_riding(hit.riding_id)
        if hit.kind in ("person", "door"):
            self._context.go("turfs", ("door", hit.id))
        elif hit.kind == "turf":
            self._context.go("turfs", hit.id)
        elif hit.kind == "list":
            self._context.go("lists", hit.number)
        else:
            self._context.go("ridings", hit.riding_id)

    def _run(self) -> None:
        item = self.list.currentItem()
        if item is None:
            return
        entry: _Entry = item.data(_HitRole)
        self.close_panel()
        entry.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt’s name
        """Arrows choose, Enter opens, Esc closes, while the field keeps the focus."""
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._press(event.key()):
                return True
        return super().eventFilter(watched, event)

    def _press(self, key: int) -> bool:
        count, row = self.list.count(), self.list.currentRow()
        if key == Qt.Key.Key_Escape:
            self.close_panel()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run()
        elif key == Qt.Key.Key_Down and count:
            self.list.setCurrentRow((row + 1) % count)
        elif key == Qt.Key.Key_Up and count:
            self.list.setCurrentRow((row - 1) % count)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and count:
            step = 8 if key == Qt.Key.Key_PageDown else -8
            self.list.setCurrentRow(max(0, min(count - 1, row + step)))
        else:
            return False
        return True


def _people_of(hits: list[Any]) -> list[Shown]:
    people: dict[int, list[bytes]] = {}
    for hit in hits:
        if hit.kind == "person":
            people.setdefault(hit.riding_id, []).append(hit.id)
    return [Shown(Access.SEARCHED, riding, tuple(sorted(ids)), what="find") for riding, ids in people.items()]


def _find(book: Any, words: str) -> list[Any]:
    from canvass_app.services.search import find

    return find(book, words)
