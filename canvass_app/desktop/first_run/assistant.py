"""The first window: join a campaign, try the demo, or start on this laptop alone."""

from __future__ import annotations

import platform
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimeZone, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.first_run.campaign_file import plain_campaign
from canvass_app.desktop.first_run.cards import WIDTH, ChoiceCard, Mark
from canvass_app.desktop.first_run.language import LanguageSwitch
from canvass_app.desktop.i18n import current_language, say_error
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.tasks import LongTask
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, format_number, make_button
from canvass_app.desktop.widgets.declaration import DeclarationForm
from canvass_app.domain.errors import Cancelled, CanvassError
from canvass_app.domain.text import Text
from canvass_app.sync.problems import Undeclared


class FirstRun(QWidget):
    """Shown while the book has no campaign. `ready` is sent once it has one."""

    ready = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._task: LongTask | None = None
        self._error: CanvassError | None = None
        self._file: Path | None = None
        self.setProperty("kind", "page")
        self.setWindowTitle("Canvass")
        look = tokens()
        self.resize(look.px(860), look.px(640))
        self.pages = QStackedWidget()
        for page in (self._welcome(), self._join(), self._alone(), self._work(), self._declaration()):
            self.pages.addWidget(page)
        self._problem = PlainLabel(kind="bad", wrap=True)
        self._problem.setMaximumWidth(look.px(WIDTH))
        top = QHBoxLayout()
        top.addStretch(1)
        top.addWidget(LanguageSwitch(context.preferences))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(16), look.px(24), look.px(24))
        column.addLayout(top)
        column.addStretch(2)
        column.addWidget(self.pages, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._problem, 10)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
        context.tasks.long_moved.connect(self._moved)
        self._retranslate()
        self.show_page(0)

    # --- pages --------------------------------------------------------------------------------

    def _page(self) -> tuple[QWidget, QVBoxLayout]:
        page = QWidget()
        page.setFixedWidth(tokens().px(WIDTH))
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().px(10))
        return page, column

    def _welcome(self) -> QWidget:
        page, column = self._page()
        self._mark = Mark()
        self._hello = Heading("")
        self._lead = PlainLabel(kind="lead", wrap=True)
        self.join_card, self.demo_card, self.alone_card = (
            ChoiceCard(name) for name in ("teams", "flag", "home")
        )
        self.join_card.clicked.connect(lambda: self.show_page(1))
        self.demo_card.clicked.connect(self.load_demo)
        self.alone_card.clicked.connect(lambda: self.show_page(2))
        column.addWidget(self._mark)
        for widget in (self._hello, self._lead):
            column.addWidget(widget)
        column.addSpacing(tokens().px(12))
        for card in (self.join_card, self.demo_card, self.alone_card):
            column.addWidget(card)
        return page

    def _join(self) -> QWidget:
        page, column = self._page()
        self._join_title, self._join_lead = Heading(""), PlainLabel(kind="quiet", wrap=True)
        self.address, self.code, self.device = QLineEdit(), QLineEdit(), QLineEdit()
        self._address_label, self._code_label, self._device_label = PlainLabel(), PlainLabel(), PlainLabel()
        self.address.setPlaceholderText("https://hq.example.ca")
        self.address.setMaxLength(300)
        self.code.setMaxLength(60)
        self.device.setMaxLength(60)
        self.device.setText(platform.node().split(".")[0][:40])
        for field in (self.address, self.code, self.device):
            field.textChanged.connect(self._check_join)
            field.returnPressed.connect(self._join_now)
        self.join_button = make_button("", "primary")
        self.join_button.clicked.connect(self._join_now)
        for widget in (self._join_title, self._join_lead):
            column.addWidget(widget)
        column.addSpacing(tokens().px(8))
        for widget in (
            self._address_label, self.address, self._code_label, self.code, self._device_label, self.device,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addLayout(self._buttons(self.join_button))
        column.addStretch(1)
        self._check_join()
        return page

    def _alone(self) -> QWidget:
        page, column = self._page()
        self._alone_title, self._alone_lead = Heading(""), PlainLabel(kind="quiet", wrap=True)
        self.name, self._name_label = QLineEdit(), PlainLabel()
        self.name.setMaxLength(80)
        self.name.textChanged.connect(self._check_alone)
        self.name.returnPressed.connect(self._start_alone)
        self._or, self._file_label = PlainLabel(kind="quiet", wrap=True), PlainLabel(elide=True)
        self._choose = make_button("", "")
        self._choose.clicked.connect(self._choose_file)
        self.start_button = make_button("", "primary")
        self.start_button.clicked.connect(self._start_alone)
        row = QHBoxLayout()
        row.addWidget(self._choose)
        row.addWidget(self._file_label, 1)
        for widget in (self._alone_title, self._alone_lead):
            column.addWidget(widget)
        column.addSpacing(tokens().px(8))
        for widget in (self._name_label, self.name):
            column.addWidget(widget)
        column.addSpacing(tokens().px(8))
        column.addWidget(self._or)
        column.addLayout(row)
        column.addLayout(self._buttons(self.start_button))
        column.addStretch(1)
        self._check_alone()
        return page

    def _declaration(self) -> QWidget:
        page, column = self._page()
        self.declaration = DeclarationForm()
        self.declaration.accepted.connect(self._accept)
        self.later_button = make_button("", "quiet")
        self.later_button.clicked.connect(self._finished)
        self.declaration.buttons.addWidget(self.later_button)
        column.addWidget(self.declaration)
        column.addStretch(1)
        return page

    def _buttons(self, primary: QWidget) -> QHBoxLayout:
        back = make_button("", "", "chevron-left")
        back.clicked.connect(lambda: self.show_page(0))
        self._backs = [*getattr(self, "_backs", []), back]
        row = QHBoxLayout()
        row.setContentsMargins(0, tokens().px(16), 0, 0)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(primary)
        return row

    def _work(self) -> QWidget:
        page, column = self._page()
        self._work_title = Heading("")
        self._what, self._how_far = PlainLabel(kind="quiet"), PlainLabel(kind="small")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._stop = make_button("", "")
        self._stop.clicked.connect(self._cancel)
        for widget in (self._work_title, self._what, self._bar, self._how_far):
            column.addWidget(widget)
        column.addSpacing(tokens().px(8))
        column.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def show_page(self, number: int) -> None:
        """0 the choice, 1 join, 2 alone, 3 work under way, 4 the declaration."""
        self._tell(None)
        self.pages.setCurrentIndex(number)
        firsts = (self.join_card, self.address, self.name, self._stop, self.declaration.name)
        firsts[number].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- what it does -------------------------------------------------------------------------

    def load_demo(self) -> None:
        """Load the demo campaign, with progress and a way out."""
        book = self.context.book

        def work(progress: Any, cancelled: Any) -> Any:
            from canvass_app.services.demo.loading import load_demo

            return load_demo(book, progress=progress, cancelled=cancelled)

        self._begin(self.tr("Loading the demo campaign"), work, writes=True)

    def _join_now(self) -> None:
        if not self.join_button.isEnabled():
            return
        book, url = self.context.book, self.address.text().strip()
        code, device = self.code.text().strip(), self.device.text().strip()
        if "://" not in url:
            url = f"https://{url}"

        def work(progress: Any, cancelled: Any) -> Any:
            from canvass_app.services.syncing import join, sync_now

            join(book, url, code, device)
            return sync_now(book, progress=progress, cancelled=cancelled)

        self._begin(self.tr("Joining the campaign"), work, writes=False)

    def _accept(self, name: str, language: str, text: Text) -> None:
        book = self.context.book

        def work(progress: Any, cancelled: Any) -> Any:
            from canvass_app.services.declaring import accept
            from canvass_app.services.syncing import sync_now

            accept(book, name, language, read=text, cancelled=cancelled)
            return sync_now(book, progress=progress, cancelled=cancelled)

        self._begin(self.tr("Fetching the campaign"), work, writes=False)

    def ask_for_declaration(self, text: Text) -> None:
        """This laptop has joined: show what is to be accepted before anything is fetched."""
        self.declaration.show_text(text)
        self._fit()
        self.show_page(4)

    def _begin(self, title: str, work: Any, *, writes: bool) -> None:
        back = self.pages.currentIndex()
        self._work_title.setText(title)
        self._what.setText("")
        self._how_far.setText("")
        self._bar.setRange(0, 0)
        self._stop.setEnabled(True)
        self.show_page(3)
        self._task = self.context.tasks.long(
            title,
            work,
            lambda _: self._finished(),
            lambda error: self._failed(error, back),
            writes=writes,
            owner=self,
        )

    def _moved(self, task: LongTask) -> None:
        if task is not self._task or task.what is None:
            return
        self._what.setText(task.what.say(current_language()))
        self._bar.setRange(0, max(0, task.total))
        self._bar.setValue(min(task.done, task.total))
        if task.total:
            words = self.tr("%1 of %2").replace("%1", format_number(task.done, current_language()))
            self._how_far.setText(words.replace("%2", format_number(task.total, current_language())))

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._stop.setEnabled(False)

    def _finished(self) -> None:
        self._task = None
        self.ready.emit()

    def _failed(self, error: CanvassError, back: int) -> None:
        from canvass_app.services.declaring import wanted

        self._task = None
        text = wanted(self.context.book) if back in (1, 4) else None
        if isinstance(error, Undeclared) and text is not None:
            self.ask_for_declaration(text)
            return
        if back == 4 and text is None:
            # It was accepted and is kept; the rest follows by itself.
            self._finished()
            return
        self.show_page(back)
        if not isinstance(error, Cancelled):
            self._tell(error)

    def _choose_file(self) -> None:
        title = self.tr("Campaign file")
        name, _ = QFileDialog.getOpenFileName(self, title, "", self.tr("Campaign file (*.json)"))
        if name:
            self.take_file(Path(name))

    def take_file(self, path: Path) -> None:
        """Use this campaign file."""
        self._file = path
        self._file_label.setText(path.name)
        self._check_alone()

    def _check_join(self) -> None:
        fields = (self.address, self.code, self.device)
        self.join_button.setEnabled(all(field.text().strip() for field in fields))

    def _check_alone(self) -> None:
        self.start_button.setEnabled(bool(self.name.text().strip() or self._file))

    def _start_alone(self) -> None:
        if not self.start_button.isEnabled():
            return
        book, file, name = self.context.book, self._file, self.name.text().strip()
        zone = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")

        def work() -> Any:
            from canvass_app.services.campaigns import read_campaign_file, set_campaign

            raw = read_campaign_file(file) if file is not None else plain_campaign(name, zone)
            return set_campaign(book, raw)

        self.context.tasks.write(work, lambda _: self.ready.emit(), self._tell, owner=self)

    def _tell(self, error: CanvassError | None) -> None:
        self._error = error
        self._problem.setText(say_error(error) if error is not None else "")
        self._problem.setVisible(error is not None)

    # --- words --------------------------------------------------------------------------------

    def _retranslate(self) -> None:
        self._hello.setText(self.tr("Welcome to Canvass"))
        self._lead.setText(
            self.tr("Turfs, walk lists and results for your riding. How do you want to begin?")
        )
        self.join_card.set_words(
            self.tr("&Join a campaign"),
            self.tr("Your organiser gave you the address of a headquarters and a code that works once."),
        )
        self.demo_card.set_words(
            self.tr("Try the &demo"),
            self.tr("An invented riding with three evenings of results. Look around; nothing in it is real."),
        )
        self.alone_card.set_words(
            self.tr("&Start on this laptop alone"),
            self.tr("Import your own addresses and work without a headquarters. You can join one later."),
        )
        self._join_title.setText(self.tr("Join a campaign"))
        self._join_lead.setText(
            self.tr("Your organiser has the address and the code. A code works once, for 15 minutes.")
        )
        self._address_label.setText(self.tr("Address of the headquarters"))
        self._code_label.setText(self.tr("One-time code"))
        self._device_label.setText(self.tr("What to call this laptop"))
        self.address.setAccessibleName(self.tr("Address of the headquarters"))
        self.code.setAccessibleName(self.tr("One-time code"))
        self.device.setAccessibleName(self.tr("What to call this laptop"))
        self.join_button.setText(self.tr("Join"))
        self._alone_title.setText(self.tr("Start on this laptop alone"))
        self._alone_lead.setText(
            self.tr(
                "Give the campaign a name. Parties, questions and texts can come later with a campaign file."
            )
        )
        self._name_label.setText(self.tr("Name of the campaign"))
        self.name.setAccessibleName(self.tr("Name of the campaign"))
        self._or.setText(self.tr("Or take everything from the campaign file your team was given:"))
        self._choose.setText(self.tr("Choose a file…"))
        self._choose.setAccessibleName(self.tr("Choose a file…"))
        self.start_button.setText(self.tr("Start"))
        for back in self._backs:
            back.setText(self.tr("Back"))
            back.setAccessibleName(self.tr("Back"))
        self.later_button.setText(self.tr("Later, under Sync"))
        self.later_button.setAccessibleName(self.later_button.text())
        self._stop.setText(self.tr("Cancel"))
        self._stop.setAccessibleName(self.tr("Cancel"))
        self._tell(self._error)
        self._fit()

    def _fit(self) -> None:
        """Give each page the height that its wrapped words need in this language."""
        for number in range(self.pages.count()):
            page = self.pages.widget(number)
            layout = page.layout() if page is not None else None
            if page is not None and layout is not None:
                page.setMinimumHeight(max(0, layout.totalHeightForWidth(page.width())))

    def changeEvent(self, event: QEvent) -> None:
        """Speak the other language."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_problem"):
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: Any) -> None:
        """Esc steps back."""
        if event.key() == Qt.Key.Key_Escape and self.pages.currentIndex() in (1, 2):
            self.show_page(0)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop what is under way; nothing stays half-written."""
        self._cancel()
        super().closeEvent(event)
