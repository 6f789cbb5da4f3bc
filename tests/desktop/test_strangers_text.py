"""What strangers wrote is shown as they wrote it, in every widget of every screen: nothing of it is ever markup.

Qt takes a text that looks like HTML for HTML in labels, tool tips and message boxes (`Qt.mightBeRichText`): it would hide a part,
load pictures from the disk and, on a long note, stop the window. Here everything that a person can have written anywhere
(files, other laptops, headquarters, this keyboard) is such a text, and every widget that there is is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QMessageBox,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from canvass_app.desktop.first_run.locked import LockedWindow
from canvass_app.desktop.first_run.withdrawn import WithdrawnWindow
from canvass_app.desktop.preferences import Preferences
from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.enter import EnterScreen
from canvass_app.desktop.screens.importing import ImportScreen
from canvass_app.desktop.screens.sync import SyncScreen
from canvass_app.desktop.screens.sync.tour_states import evening
from canvass_app.desktop.screens.teams import TeamsScreen
from canvass_app.desktop.screens.turfs import TurfsScreen
from canvass_app.desktop.screens.turfs.door_panel import DoorPanel
from canvass_app.desktop.shell.window import PLACES, MainWindow
from canvass_app.desktop.tasks import Tasks
from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import CanvassError, Refused
from canvass_app.domain.numbers import page_code
from canvass_app.domain.riding import Riding
from canvass_app.domain.selections import And, InDivision, OnStreet, Selection, Speaks
from canvass_app.domain.text import Text
from canvass_app.ledger.events import MAX_TEXT
from canvass_app.ledger.kinds import (
    AttemptMade,
    BarSet,
    DoorAdded,
    DoorDescribed,
    GatheringAdded,
    MemberAdded,
    MemberJoined,
    NoteWritten,
    PersonAdded,
    ResidenceBegan,
    ShiftOpened,
    SupportMarked,
    TeamAdded,
)
from canvass_app.services.audit import record
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.importing import import_file
from canvass_app.services.lease import Locked
from canvass_app.services.ridings import note_riding
from canvass_app.services.saved_selections import save_selection
from canvass_app.services.turfs import assign_turf, make_turf
from canvass_app.services.walk_lists import issue_walk_list
from tests.desktop.screens.world import CAMPAIGN, RIDING, an_id

Wait = Callable[[AppContext], None]
PAYLOADS = [
    "<b>bold</b>", "<img src='/etc/hostname'>", "<img src=x.png onerror=alert(1)>", "<a href='http://x'>go</a>",
    "<h1>loud</h1>", "<script>alert(1)</script>", "<style>*{color:red}</style>", "<!-- hidden -->", "<br/>broken",
    "<table><tr><td>cell</td></tr></table>", "<p style='display:none'>gone</p>", "<span>plain</span>", "<hr>", "<ul><li>one",
    "<!DOCTYPE html><html>page", "<font color=white>unseen</font>", "<u>&amp;</u>", "<i>a & b</i>", "<qt>rich</qt>",
    "<pre>%1 %2 {0}</pre>",
]  # fmt: skip
# No event holds more; a text of two megabytes never gets as far as a widget (tests/ledger/test_fold.py).
LONG = ("<p>" + "a long story <img src=/etc/hostname> " * 1_000)[:MAX_TEXT]


def fill(book: Book) -> int:
    """Every text that somebody can have written is one of the payloads. The number of the walk list."""
    set_campaign(book, CAMPAIGN)
    doors: list[bytes] = []
    with book.act(PAYLOADS[0]) as act:
        note_riding(act.db, Riding(RIDING, Text(PAYLOADS[1], PAYLOADS[1]), "ON"))
        shift = an_id("shift")
        for n, text in enumerate(PAYLOADS):
            door, person = an_id(f"door {n}"), an_id(f"person {n}")
            doors.append(door)
            act.add(
                RIDING, door,
                DoorAdded(
                    number=2 * n + 1, suffix="", street="X", street_type="", street_direction="", street_label=text,
                    unit="", floor=0, municipality=text, postal_code="K1A0A1", point=(-75_700_000 + 260 * n, 45_400_000),
                ),
            )  # fmt: skip
            act.add(RIDING, person, PersonAdded(last=text, first=text))
            act.add(RIDING, person, ResidenceBegan(door=door))
            act.add(RIDING, door, DoorDescribed(access=text))
            act.add(RIDING, person, NoteWritten(target="person", text=text))
        act.add(RIDING, doors[0], NoteWritten(target="door", text=LONG))
        act.add(RIDING, doors[3], BarSet(target="door", reason=PAYLOADS[3]))
    with book.act(PAYLOADS[4], shift) as act:
        act.add(RIDING, shift, ShiftOpened(volunteer=PAYLOADS[4]))
        act.add(RIDING, doors[1], AttemptMade(code="canvassed", person=an_id("person 1")))
        act.add(RIDING, an_id("person 1"), SupportMarked(level="1"))
    with book.act(PAYLOADS[4]) as act:
        for n, text in enumerate(PAYLOADS):
            team, member = an_id(f"team {n}"), an_id(f"member {n}")
            act.add(RIDING, team, TeamAdded(name=text, place=text, remark=text))
            act.add(
                RIDING, member, MemberAdded(name=text, phone=text, email=text, languages=(text,), needs=text)
            )
            act.add(RIDING, member, MemberJoined(team=an_id("team 0"), role="lead"))
            when = (24_000_000 + n * 1_440, 24_000_060 + n * 1_440)
            act.add(
                RIDING, an_id(f"event {n}"),
                GatheringAdded(team=an_id("team 0"), sort="calls", when=when, place=text, remark=text),
            )  # fmt: skip
    turf = make_turf(book, RIDING, PAYLOADS[5], doors, author=PAYLOADS[6]).turf_id
    assign_turf(book, RIDING, turf, PAYLOADS[7])
    return issue_walk_list(book, RIDING, turf, canvasser=PAYLOADS[8]).document.number


@pytest.fixture
def own_book(tmp_path: Path) -> Iterator[Book]:
    opened = open_book(tmp_path / "data", passphrase="test")
    yield opened
    opened.close()


@pytest.fixture
def strangers(own_book: Book, tmp_path: Path, qapp: QApplication) -> Iterator[tuple[AppContext, int, Path]]:
    number = fill(own_book)
    # A file whose name, headings and cells are such texts too.
    file = tmp_path / "<b>people<b>.csv"
    rows = [f'"{text}","{text}",{2 * n + 1},"{text}",Testville,"{text}"' for n, text in enumerate(PAYLOADS)]
    file.write_text(
        "last name,first name,number,street,municipality,<h1>remark</h1>\n" + "\n".join(rows), "utf-8"
    )
    import_file(own_book, file, "people", riding_id=RIDING, author=PAYLOADS[2])
    tasks = Tasks()
    context = AppContext(own_book, tasks, Preferences(None))
    context.set_riding(RIDING)
    yield context, number, file
    tasks.close()


def wrong(widget: QWidget) -> list[str]:
    """Where this widget would take what it shows for markup."""
    found: list[str] = []
    rich = GuiQt.mightBeRichText
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText and rich(widget.text()):
        found.append(f"label: {widget.text()[:60]}")
    if isinstance(widget, QMessageBox) and widget.textFormat() != Qt.TextFormat.PlainText:
        found.append(f"box: {widget.text()[:60]}")
    if isinstance(widget, QMenu) and widget.toolTipsVisible():
        found += [f"tip in a menu: {one.toolTip()[:60]}" for one in widget.actions() if rich(one.toolTip())]
    if isinstance(widget, QTextEdit):
        found.append(f"a rich text field: {widget.toPlainText()[:60]}")
    tips = [tip for tip in (widget.toolTip(), widget.whatsThis()) if rich(tip)]
    found += [f"tip: {tip[:60]}" for tip in tips if not _is_escaped(tip)]
    model: QAbstractItemModel | None = None
    if isinstance(widget, QAbstractItemView | QComboBox):
        model = widget.model()
    if model is not None:
        found += [f"tip of a cell: {tip[:60]}" for tip in _tips(model) if rich(tip) and not _is_escaped(tip)]
    return [f"{type(widget).__name__} {widget.objectName()}: {one}" for one in found]


def _is_escaped(tip: str) -> bool:
    """As `plain_tip` makes it: one span, and nothing but text in it."""
    return tip.startswith("<span>") and "<" not in tip.removeprefix("<span>").removesuffix("</span>")


def _tips(model: QAbstractItemModel) -> Iterator[str]:
    root = QModelIndex()
    for row in range(min(model.rowCount(root), 50)):
        # A list's model hides its columnCount: it has one.
        columns = model.columnCount(root) if isinstance(model, QAbstractTableModel) else 1
        for column in range(columns):
            tip: Any = model.index(row, column, root).data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(tip, str):
                yield tip


def test_no_widget_takes_a_strangers_text_for_markup(
    strangers: tuple[AppContext, int, Path], qtbot: QtBot, wait_idle: Wait
) -> None:
    context, number, file = strangers
    window = MainWindow(context)
    window.resize(1280, 800)
    window.show()
    window.start("ridings")
    looked, seen, faults = 0, set[str](), list[str]()

    def look(where: str) -> None:
        nonlocal looked
        wait_idle(context)
        QApplication.processEvents()
        window.grab()
        for widget in [*QApplication.topLevelWidgets(), *window.findChildren(QWidget)]:
            looked += 1
            if isinstance(widget, QLabel):
                seen.add(widget.text())
            if isinstance(widget, QMenu):
                seen.update(one.text().replace("&&", "&") for one in widget.actions())
            faults.extend(f"{where}: {one}" for one in wrong(widget))

    for place in PLACES:
        window.show_place(place.name)
        look(place.name)
    for kind, one in (("door", "door 0"), ("door", "door 3"), ("person", "person 1")):
        window.show_place("history", (RIDING, kind, an_id(one)))
        look(f"history of {one}")
    window.show_place("teams")
    teams = window.shown_screen()
    assert isinstance(teams, TeamsScreen)
    for about in ("team", "event", "member"):
        teams._turn_to(about)
        look(f"details of a {about}")
    for ask in (teams.ask_erasure, teams.new_event, teams.edit):
        ask()
        look("a question on teams")
    teams.step_back()
    record(
        context.book, Access.EXPORTED, RIDING, people=[an_id("person 1")], what=PAYLOADS[2], reason=PAYLOADS[3],
        who=PAYLOADS[4],
    )  # fmt: skip
    window.show_place("sights", (RIDING, an_id("person 1")))
    look("who saw person 1")
    window.show_place("turfs")
    turfs = window.shown_screen()
    assert isinstance(turfs, TurfsScreen)
    for text in PAYLOADS:
        save_selection(context.book, RIDING, text, Selection(InDivision((text,))), author=text)
        turfs.selecting.start(Selection(And((Speaks((text,)), OnStreet("X"), InDivision((text,))))), text)
        look("choosing doors")
    assert any(PAYLOADS[1] in text and "polling division" in text for text in seen)
    turfs.selecting.close()
    window.show_place("turfs", ("door", an_id("door 0")))
    look("a door")
    (panel,) = window.findChildren(DoorPanel)
    menu = panel.bar.menu()
    assert menu is not None
    # Off screen: this platform lends no keyboard to a menu.
    menu.grab()
    look("what can be barred at a door")
    assert any(PAYLOADS[0] in action.text() for action in menu.actions())
    window.show_place("sync")
    sync = window.shown_screen()
    assert isinstance(sync, SyncScreen)
    for text in PAYLOADS:
        state = evening(context.book.now_ms(), context.book.today())
        asked = Text(f"{text} {LONG[:2_000]}", text)
        sync.show_invented(
            replace(state, declaration=asked, ridings={RIDING: Text(text, text)}), Refused(asked)
        )
        sync.declaration.form.show_error(Refused(Text(text, text)))
        look("the declaration")
    assert any(text.startswith(PAYLOADS[-1]) and "a long story" in text for text in seen)
    sync.show_invented(None)
    window.show_place("lists", number)
    look("a list")
    window.show_place("enter")
    enter = window.shown_screen()
    assert isinstance(enter, EnterScreen)
    enter.desk.name.setText(PAYLOADS[9])
    enter.open_code(page_code(number, 1))
    qtbot.waitUntil(lambda: enter.machine.page is not None and not enter.is_busy())
    look("a page")
    window.show_place("importing")
    importing = window.shown_screen()
    assert isinstance(importing, ImportScreen)
    importing.activate(file)
    qtbot.waitUntil(lambda: importing.check.isVisible() and not importing.is_busy(), timeout=20_000)
    look("a file")
    context.say(PAYLOADS[10], lambda: None)
    window.find_anything()
    assert window.finder is not None
    window.finder.field.setText("b")
    look("find anything")
    window.close()
    window.deleteLater()
    assert faults == []
    assert looked > 2_000
    assert {text for text in PAYLOADS if any(text in one for one in seen)} >= {PAYLOADS[5], PAYLOADS[10]}


def test_the_windows_of_a_locked_and_of_a_withdrawn_laptop_take_no_text_for_markup(
    own_book: Book, qtbot: QtBot
) -> None:
    for text in PAYLOADS:
        front = LockedWindow(own_book, Locked(Text(text, text)))
        # What headquarters answers, and what somebody called a folder or a file.
        front.tell(CanvassError(Text(text, text)))
        withdrawn = WithdrawnWindow(own_book.folder)
        withdrawn.tell(CanvassError(Text(text, text)))
        copied = WithdrawnWindow(own_book.folder)
        copied.tell_copied(Path(text.replace("/", "")))
        for window in (front, withdrawn, copied):
            qtbot.addWidget(window)
            window.show()
            shown = [one.text() for one in window.findChildren(QLabel)]
            assert any(text.replace("/", "") in one.replace("/", "") for one in shown)
            faults = [fault for widget in (window, *window.findChildren(QWidget)) for fault in wrong(widget)]
            assert faults == []
            window.tasks.close()


def test_the_look_would_notice(qtbot: QtBot) -> None:
    """Each way in which Qt takes a text for markup is one that `wrong` sees."""
    from canvass_app.desktop.widgets import PlainLabel, plain_tip

    label, tip, fine = QLabel(PAYLOADS[0]), PlainLabel("a"), PlainLabel(PAYLOADS[0])
    tip.setToolTip(PAYLOADS[1])
    fine.setToolTip(plain_tip(PAYLOADS[1]))
    field = QTextEdit()
    combo = QComboBox()
    combo.addItem("a")
    combo.setItemData(0, PAYLOADS[2], Qt.ItemDataRole.ToolTipRole)
    menu, quiet = QMenu(), QMenu()
    menu.setToolTipsVisible(True)
    for one in (menu, quiet):
        one.addAction(PAYLOADS[0])
    for widget in (label, tip, fine, field, combo, menu, quiet):
        qtbot.addWidget(widget)
    assert [len(wrong(one)) for one in (label, tip, field, combo, menu, fine, quiet)] == [1, 1, 1, 1, 1, 0, 0]
