"""The export of people: whom, which columns, why; then where it lies, and its passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QCoreApplication, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import counted, current_language, key_name
from canvass_app.desktop.screens.base import AppContext, Screen
from canvass_app.desktop.screens.exporting.choices import Known, choices_of, read_known
from canvass_app.desktop.screens.exporting.done import DonePanel
from canvass_app.desktop.screens.lists.paper import open_folder
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Card, EmptyState, Heading, PlainLabel, make_button
from canvass_app.desktop.widgets.format import format_number
from canvass_app.domain.errors import CanvassError
from canvass_app.services.export_people import COLUMNS, USUAL, Choice, Column
from canvass_app.services.exporting import (
    LEAST_WORDS,
    MOST_REASON,
    Asked,
    Exported,
    Preview,
    export_people,
    preview_export,
)
from canvass_app.storage.changes import ChangeSet

_WIDTH, _NAME, _DOWN = 720, 280, 4
_MOST_NAME = 60
_KEY = "Ctrl+Return"


def ask_for_folder(parent: QWidget) -> Path | None:
    """Where the archive should go; None when the person thinks better of it."""
    start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    name = QFileDialog.getExistingDirectory(
        parent, QCoreApplication.translate("Export", "Folder for the list"), start
    )
    return Path(name) if name else None


class ExportScreen(Screen):
    """A form of one page; when it is done, the passphrase, until the person says that they have it."""

    place: ClassVar[str] = "exporting"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.choose_folder: Callable[[QWidget], Path | None] = ask_for_folder
        self._known: Known | None = None
        self._wanted: int | None = None
        self._preview: Preview | None = None
        self._refused: CanvassError | None = None
        self._working = False
        self.whom = QComboBox()
        self.columns: dict[Column, QCheckBox] = {name: QCheckBox() for name in COLUMNS}
        for name, box in self.columns.items():
            box.setChecked(name in USUAL)
        self.reason, self.name = QLineEdit(), QLineEdit()
        self.reason.setMaxLength(MOST_REASON)
        self.name.setMaxLength(_MOST_NAME)
        self.name.setText(context.author)
        self.plain, self.sure = QCheckBox(), QCheckBox()
        self.go = make_button("", "primary", "lock")
        self._heading = Heading("")
        self._parts = {key: Heading("", "section") for key in ("whom", "why", "columns", "file")}
        self._words = {
            key: PlainLabel(kind="quiet", wrap=True)
            for key in ("lead", "columns", "reason", "name", "closed")
        }
        self._count = PlainLabel(wrap=True)
        self._danger = PlainLabel(kind="bad", wrap=True)
        self._missing = PlainLabel(kind="quiet", wrap=True)
        self.done = DonePanel(open_folder)
        self._empty = EmptyState(icon_name="export")
        self._build()
        self.whom.currentIndexChanged.connect(self._look)
        self.plain.toggled.connect(self._write)
        for box in (self.sure, *self.columns.values()):
            box.toggled.connect(self._write)
        for field in (self.reason, self.name):
            field.textChanged.connect(self._write)
            field.returnPressed.connect(self._on_return)
        self.go.clicked.connect(self.export)
        self.done.over.connect(self.begin_again)
        self._empty.action_triggered.connect(lambda: context.go("importing", "people"))
        QShortcut(
            QKeySequence(_KEY), self, self.export, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self.setFocusProxy(self.whom)
        self.retranslate()

    def _build(self) -> None:
        look = tokens()
        page = QWidget()
        page.setProperty("kind", "scrolled")
        self._page = page
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, look.px(12), 0)
        column.setSpacing(look.px(16))
        column.addWidget(self._words["lead"])
        column.addWidget(self._card("whom", self.whom, self._count))
        why = (self._words["reason"], self.reason, self._words["name"], self.name)
        column.addWidget(self._card("why", *why))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(24))
        grid.setVerticalSpacing(look.px(4))
        for at, box in enumerate(self.columns.values()):
            grid.addWidget(box, at % _DOWN, at // _DOWN)
        grid.setColumnStretch(len(self.columns) // _DOWN + 1, 1)
        column.addWidget(self._card("columns", self._words["columns"], grid))
        file = (self._words["closed"], self.plain, self._danger, self.sure)
        column.addWidget(self._card("file", *file))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(look.px(12))
        foot.addWidget(self.go)
        foot.addWidget(self._missing, 1)
        form = QWidget()
        down = QVBoxLayout(form)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(look.px(12))
        down.addWidget(area, 1)
        down.addLayout(foot)
        self._form = form
        self._stack = QStackedWidget()
        for one in (form, self.done, self._empty):
            self._stack.addWidget(one)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(24), look.px(20), look.px(8), look.px(16))
        outer.setSpacing(look.px(16))
        outer.addWidget(self._heading)
        outer.addWidget(self._stack, 1)
        self._space()

    def _card(self, key: str, *parts: QWidget | QGridLayout) -> Card:
        card = Card()
        card.body.addWidget(self._parts[key])
        for part in parts:
            card.body.addSpacing(tokens().px(4))
            if isinstance(part, QGridLayout):
                card.body.addLayout(part)
            elif part is self.name:
                card.body.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                card.body.addWidget(part)
        return card

    def _space(self) -> None:
        look = tokens()
        self._page.setMaximumWidth(look.px(_WIDTH))
        self.name.setFixedWidth(look.px(_NAME))

    # the shell asks

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Export people")

    def refresh(self) -> None:
        """Read the turfs, lists and questions of the riding."""
        riding, book = self.context.riding_id, self.context.book
        if not self.name.text():
            self.name.setText(self.context.author)
        if riding is None:
            self._show()
            return
        self.context.tasks.read(
            lambda: read_known(book, riding), self._show_known, key="export.known", owner=self
        )

    def activate(self, argument: Any) -> None:
        """Begin with a walk list, by its number."""
        self._wanted = argument if isinstance(argument, int) else None
        if self._wanted is not None:
            self._fill()
            self._look()
        self.whom.setFocus()

    def on_changes(self, changes: ChangeSet) -> None:
        """A turf more or a bar set changes who would leave."""
        if self.context.riding_id in changes.ridings or changes.settings:
            self.refresh()

    def keys(self) -> list[tuple[str, str]]:
        """For F1."""
        return [
            ("Tab", self.tr("next field")),
            (_KEY, self.tr("export")),
            ("Esc", self.tr("back to where you were")),
        ]

    def is_busy(self) -> bool:
        """While people are counted or written."""
        return self._working or (self.context.riding_id is not None and self._known is None)

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """A form that is filled in."""

        def filled() -> None:
            self.whom.setCurrentIndex(min(2, self.whom.count() - 1))
            self.columns["phone"].setChecked(True)
            self.reason.setText(self.tr("Calls about lawn signs on Saturday, for the phone team"))

        return [("filled", filled)]

    # showing

    def _show_known(self, known: Known) -> None:
        self._known = known
        self._fill()
        self._look()

    def _fill(self) -> None:
        riding, known = self.context.riding_id, self._known
        if riding is None or known is None:
            return
        before = self._choice()
        self.whom.blockSignals(True)
        self.whom.clear()
        for words, choice in choices_of(known, riding, current_language()):
            self.whom.addItem(words, choice)
            wanted = choice.part == "list" and choice.number == self._wanted
            if wanted or (choice == before and self._wanted is None):
                self.whom.setCurrentIndex(self.whom.count() - 1)
        self.whom.blockSignals(False)
        self._wanted = None

    def _choice(self) -> Choice | None:
        choice = self.whom.currentData()
        return choice if isinstance(choice, Choice) else None

    def _look(self) -> None:
        choice, book = self._choice(), self.context.book
        if choice is None:
            return
        self._preview, self._refused, self._working = None, None, True
        self._write()

        def counted_people(preview: Preview) -> None:
            self._preview, self._working = preview, False
            self._show()

        def refused(error: CanvassError) -> None:
            self._refused, self._working = error, False
            self._show()

        self.context.tasks.read(
            lambda: preview_export(book, choice), counted_people, refused, key="export.preview", owner=self
        )

    def _show(self) -> None:
        if self.done.exported is not None:
            shown: QWidget = self.done
        else:
            shown = self._empty if self.context.riding_id is None else self._form
        self._stack.setCurrentWidget(shown)
        self._write()

    def _write(self) -> None:
        preview, refused = self._preview, self._refused
        words = ""
        if refused is not None:
            words = refused.say(current_language())
        elif preview is not None:
            words = counted(preview.people, self.tr("%1 person"), self.tr("%1 people"), format_number)
            if preview.held_back:
                held = counted(
                    preview.held_back,
                    self.tr("%1 stays: marked “do not contact”"),
                    self.tr("%1 stay: marked “do not contact”"),
                    format_number,
                )
                words = f"{words} · {held}"
        self._count.setText(words)
        plain = self.plain.isChecked()
        self._danger.setVisible(plain)
        self.sure.setVisible(plain)
        missing = self._what_is_missing()
        self._missing.setText(missing)
        self.go.setEnabled(not missing and not self._working)

    def _what_is_missing(self) -> str:
        """What must still be done before anything can leave; "" when nothing."""
        if self._preview is None or self._refused is not None:
            return " "
        if not self._preview.people:
            return self.tr("Nobody is in this choice who may be contacted.")
        if len(self.reason.text().split()) < LEAST_WORDS:
            return self.tr("Give a reason, in a few words.")
        if not self.name.text().strip():
            return self.tr("Give your name.")
        if not any(box.isChecked() for box in self.columns.values()):
            return self.tr("Choose a column.")
        if self.plain.isChecked() and not self.sure.isChecked():
            return self.tr("Say that the file must be open, or encrypt it.")
        return ""

    def _on_return(self) -> None:
        (self.name if self.reason.hasFocus() and not self.name.text() else self.go).setFocus()

    # doing

    def export(self) -> None:
        """Ask where, write the archive, then show its passphrase."""
        choice, book = self._choice(), self.context.book
        if choice is None or self._working or self._what_is_missing() or self.done.exported is not None:
            return
        out = self.choose_folder(self)
        if out is None:
            return
        asked = Asked(
            choice, self.reason.text(), self.name.text(),
            tuple(name for name, box in self.columns.items() if box.isChecked()), self.plain.isChecked(),
            self.sure.isChecked(), current_language(),
        )  # fmt: skip
        self._working = True

        def failed(error: Any) -> None:
            self._working = False
            self._write()
            self.context.error(error)

        self.context.tasks.long(
            self.tr("Exporting people"), lambda _progress, _stop: export_people(book, asked, out), self._finished, failed,
            owner=self,
        )  # fmt: skip

    def _finished(self, exported: Exported) -> None:
        self._working = False
        self.done.show_export(exported)
        self._show()
        self.done.setFocus()
        self.context.say(self.tr("The list is written: export %1.").replace("%1", exported.code))

    def begin_again(self) -> None:
        """Forget the passphrase and begin a new export."""
        self.reason.clear()
        self.plain.setChecked(False)
        self.sure.setChecked(False)
        self._show()
        QTimer.singleShot(0, self, self.whom.setFocus)

    # words and room

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        language = current_language()
        self._heading.setText(self.tr("Export people"))
        for key, words in (
            ("whom", self.tr("Whom")), ("why", self.tr("Why, and who")), ("columns", self.tr("Columns")),
            ("file", self.tr("The file")),
        ):  # fmt: skip
            self._parts[key].setText(words)
        self._words["lead"].setText(
            self.tr("A list leaves in an encrypted archive, and the record says who took it and why. Each copy is marked, with a "
                    "few invented people in it, so that a leak can be traced.")
        )  # fmt: skip
        self._words["columns"].setText(self.tr("Only what the task needs. What does not leave cannot leak."))
        reason = self.tr("What is it for, and who gets it? It is kept: leave voters’ names out.")
        name = self.tr("Your name")
        self._words["reason"].setText(reason)
        self.reason.setAccessibleName(reason)
        self._words["name"].setText(name)
        self.name.setAccessibleName(name)
        self.whom.setAccessibleName(self.tr("Whom"))
        self._words["closed"].setText(
            self.tr("7-Zip, WinZip, WinRAR and Keka open the archive, with a passphrase that you see once.")
        )
        self.plain.setText(self.tr("Leave it open, without a passphrase"))
        self._danger.setText(
            self.tr("Whoever finds the file can read it. The record says that it left open.")
        )
        self.sure.setText(self.tr("I know, and it must be so"))
        for column, box in self.columns.items():
            box.setText(COLUMNS[column].say(language))
        self.go.setText(self.tr("Export…"))
        self.go.setAccessibleName(self.tr("Export…"))
        self.go.setToolTip(key_name(_KEY))
        self._empty.set_texts(
            self.tr("Nobody to export yet"),
            self.tr(
                "An export is a list of people as a file, for a task outside of Canvass. First import the people of a riding."
            ),
            self.tr("Import people"),
        )
        self.done.retranslate()
        self._fill()
        self._write()
