"""The table of ridings."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.base import AppContext, Screen
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import (
    Column,
    DataTable,
    EmptyState,
    Heading,
    PlainLabel,
    RowsModel,
    format_number,
    format_percent,
    make_button,
)
from canvass_app.storage.changes import ChangeSet


def _number(value: float) -> str:
    return format_number(value, current_language())


class RidingsScreen(Screen):
    """Each riding with its doors, people, attempts and contact rate; Enter opens its map."""

    place: ClassVar[str] = "ridings"
    shortcut: ClassVar[int] = 1

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._busy = False
        self._heading = Heading("")
        self._lead = PlainLabel(kind="quiet", wrap=True)
        self.import_button = make_button("", "primary", "import")
        self.import_button.clicked.connect(lambda: context.go("importing"))
        self.model = RowsModel(self._columns())
        self.table = DataTable(self.model)
        self.table.keep_short()
        self.table.row_activated.connect(self._open)
        self.empty = EmptyState(icon_name="ridings")
        self.empty.action_triggered.connect(lambda: context.go("importing"))
        self._pages = QStackedWidget()
        held = QWidget()
        whole = QVBoxLayout(held)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens().px(12))
        whole.addWidget(self.table, 1)
        whole.addWidget(self._lead)
        whole.addStretch(0)
        self._pages.addWidget(held)
        self._pages.addWidget(self.empty)
        look = tokens()
        top = QHBoxLayout()
        top.setSpacing(look.px(16))
        top.addWidget(self._heading, 1)
        top.addWidget(self.import_button, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(24))
        column.setSpacing(look.px(12))
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        self.setFocusProxy(self.table)
        self.retranslate()

    def _columns(self) -> list[Column[Any]]:
        def share(card: Any) -> float | None:
            return card.contacts / card.attempts if card.attempts else None

        def rate(card: Any) -> str:
            if not card.attempts:
                return "–"
            percent = format_percent(card.contacts / card.attempts, current_language())
            of = self.tr("%1 (%2 of %3)").replace("%1", percent).replace("%2", _number(card.contacts))
            return of.replace("%3", _number(card.attempts))

        return [
            Column(lambda: self.tr("Riding"), lambda c: c.name.say(current_language()), strong=True),
            Column(lambda: self.tr("Number"), lambda c: c.number, align="right", width=84),
            Column(lambda: self.tr("Doors"), lambda c: c.doors, _number, "right", 76),
            Column(lambda: self.tr("People"), lambda c: c.people, _number, "right", 92),
            Column(lambda: self.tr("Turfs"), lambda c: c.turfs, _number, "right", 80),
            Column(lambda: self.tr("Lists out"), lambda c: c.open_lists, _number, "right", 108),
            Column(lambda: self.tr("Attempts"), lambda c: c.attempts, _number, "right", 92),
            Column(lambda: self.tr("Contact rate"), rate, align="right", width=170, sort_key=share),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a small window the number leaves its room to the riding's name."""
        self.table.setColumnHidden(1, self.width() < tokens().px(1040))
        super().resizeEvent(event)

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Ridings")

    def refresh(self) -> None:
        """Read the ridings."""
        from canvass_app.services.ridings import list_ridings

        self._busy = True
        self.context.tasks.read(lambda: list_ridings(self.context.book), self._show, key="ridings")

    def _show(self, cards: list[Any]) -> None:
        self._busy = False
        kept = self.table.selected_ids()
        self.model.set_rows(cards, [card.riding_id for card in cards])
        self._pages.setCurrentIndex(0 if cards else 1)
        self.setFocusProxy(self.table if cards else self.empty)
        self.import_button.setVisible(bool(cards) and not self.context.only_records)
        self._say_lead()
        self.table.select_id(kept[0] if kept else self.context.riding_id)

    def on_changes(self, changes: ChangeSet) -> None:
        """Any riding may have changed."""
        self.refresh()

    def activate(self, argument: Any) -> None:
        """Show a riding: its id."""
        self.table.select_id(argument)

    def _open(self, riding_id: int) -> None:
        self.context.set_riding(riding_id)
        self.context.go("turfs")

    def is_busy(self) -> bool:
        """Whether the table is being read."""
        return self._busy

    def keys(self) -> list[tuple[str, str]]:
        """For F1."""
        return [
            ("↑ ↓", self.tr("choose a riding")),
            ("Enter", self.tr("open its map")),
            ("Ctrl+I", self.tr("import addresses or people")),
        ]

    def _say_lead(self) -> None:
        given = self.tr(
            "You hold what was given to you: your turfs and your open lists. Enter opens the map."
        )
        whole = self.tr("Enter opens a riding’s map. People: those known who have neither moved nor died.")
        self._lead.setText(given if self.context.only_records else whole)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._heading.setText(self.tr("Ridings on this laptop"))
        self._say_lead()
        self.import_button.setText(self.tr("Import addresses or people"))
        self.import_button.setAccessibleName(self.tr("Import addresses or people"))
        self.import_button.setToolTip("Ctrl+I")
        self.table.setAccessibleName(self.tr("Ridings"))
        self.empty.set_texts(
            self.tr("No riding yet"),
            self.tr(
                "A riding begins with its addresses. Import a file of your municipality’s addresses or of your "
                "electors: Canvass reads it, shows what it understood, and changes nothing until you agree."
            ),
            self.tr("Import addresses or people"),
        )
