"""The column at the right: the team, event or member that was chosen last, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from canvass_app.desktop.i18n import counted, current_language, key_name
from canvass_app.desktop.screens.review.side import Side, figure, unbroken, when
from canvass_app.desktop.screens.teams.tables import capital, coming_words, role_words, sort_word
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import PlainLabel, make_button
from canvass_app.desktop.widgets.format import format_number
from canvass_app.desktop.widgets.labels import Role
from canvass_app.services.field_words import phone_label
from canvass_app.services.member_erasure import STAYS, MemberErasure
from canvass_app.services.team_rows import GatheringRow, MemberRow, RollRow, TeamRow

translate = QCoreApplication.translate


class Deed(NamedTuple):
    """Something to be done: its words, its key, and the doing."""

    words: str
    key: str
    run: Callable[[], object]
    role: Role = ""


class Details(Side):
    """Writes the side anew for a team, an event, a member, or the question whether to erase one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reason = QLineEdit()
        self.confirm = QPushButton()

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        self.begin()
        self.end()

    def show_team(self, row: TeamRow, deeds: Sequence[Deed]) -> None:
        """A team: where it meets, who leads it, how it does."""
        self.begin()
        self.heading(row.name)
        if row.closed:
            self.line(translate("Teams", "This team is closed."), "quiet")
        self._named(translate("Teams", "Meets at"), row.place)
        self._named(translate("Teams", "Team leads"), ", ".join(row.leads))
        self.line(row.remark)
        people = counted(
            row.members, translate("Teams", "%1 member"), translate("Teams", "%1 members"), format_number
        )
        ahead = counted(
            row.upcoming,
            translate("Teams", "%1 event to come"),
            translate("Teams", "%1 events to come"),
            format_number,
        )
        self.line(f"{people} · {ahead}", "quiet")
        if row.noted:
            words = translate("Teams", "%1 of %2").replace("%1", figure(row.came))
            self._named(translate("Teams", "Attendance"), words.replace("%2", figure(row.noted)))
        self._deeds(deeds)

    def show_event(self, row: GatheringRow, roll: Sequence[RollRow], deeds: Sequence[Deed]) -> None:
        """An event: when, where, who comes, and who has not answered."""
        self.begin()
        self.heading(sort_word(row.sort))
        until = translate("Teams", "%1 to %2").replace("%1", when(row.day, row.start))
        self.line(until.replace("%2", when(row.day, row.end).rpartition(", ")[2]))
        if row.cancelled:
            self.line(translate("Teams", "This event is cancelled."), "bad")
        self.line(row.team, "quiet")
        self._named(translate("Teams", "Where"), row.place)
        self.line(row.remark)
        self._named(translate("Teams", "Coming"), coming_words(row))
        if row.full:
            self.line(translate("Teams", "Every place is taken."), "quiet")
        if row.maybe:
            self._named(translate("Teams", "Maybe"), figure(row.maybe))
        if row.came or row.absent:
            words = translate("Teams", "%1 came, %2 did not").replace("%1", figure(row.came))
            self._named(translate("Teams", "Attendance"), words.replace("%2", figure(row.absent)))
        if not row.past:
            silent = [one.name for one in roll if one.role and not one.answer]
            self.names(translate("Teams", "No answer yet"), silent)
        self._deeds(deeds)

    def show_member(self, row: MemberRow, deeds: Sequence[Deed]) -> None:
        """A member: how to reach them, what they need, how often they came."""
        self.begin()
        self.heading(row.name)
        self.line(capital(role_words(row.role)), "quiet")
        self._named(translate("Teams", "Telephone"), phone_label(row.phone))
        self._named(translate("Teams", "E-mail"), row.email)
        self._named(translate("Teams", "Languages"), row.languages)
        self._named(translate("Teams", "Needs"), row.needs)
        if len(row.teams) > 1:
            self._named(translate("Teams", "Teams"), ", ".join(row.teams))
        words = translate("Teams", "came %1, did not come %2").replace("%1", figure(row.came))
        self._named(translate("Teams", "Attendance"), words.replace("%2", figure(row.absent)))
        self._named(translate("Teams", "Said that they come"), figure(row.signed_up))
        if row.has_pin:
            self.line(translate("Teams", "Opens shifts with a PIN."), "quiet")
        self._deeds(deeds)

    def show_erasure(
        self, found: MemberErasure, erase: Callable[[], object], leave: Callable[[], object]
    ) -> None:
        """What erasing a member would take, and the one button that does it."""
        self.begin()
        self.heading(translate("Teams", "Erase %1 for good?").replace("%1", found.name))
        words = translate("Teams", "Entries that are emptied: %1").replace("%1", figure(found.events))
        self.line(words)
        if len(found.members) > 1:
            words = translate("Teams", "Records that mean this person: %1")
            self.line(words.replace("%1", figure(len(found.members))))
        if found.backups:
            words = translate("Teams", "Backups that a new one replaces: %1")
            self.line(words.replace("%1", figure(found.backups)))
        self.column.addWidget(PlainLabel(unbroken(STAYS.say(current_language())), kind="bad", wrap=True))
        ask = translate("Teams", "How did they ask? Leave their name out: this is kept.")
        self.foot.addWidget(PlainLabel(ask, kind="small", wrap=True))
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.setAccessibleName(ask)
        self.foot.addWidget(self.reason)
        self.confirm = make_button(translate("Teams", "Erase for good"), "danger", "close")
        self.confirm.clicked.connect(erase)
        # Enter goes to the button and presses nothing: this is the one thing that has no way back.
        self.reason.returnPressed.connect(self.confirm.setFocus)
        self.foot.addWidget(self.confirm)
        away = make_button(translate("Teams", "Leave everything as it is"), "quiet")
        away.setToolTip(key_name("Esc"))
        away.clicked.connect(leave)
        self.foot.addWidget(away)
        self.end()
        self.reason.setFocus()

    def _named(self, name: str, text: str) -> None:
        """A quiet name, and what it is; nothing where there is nothing."""
        if text:
            self.column.addSpacing(tokens().px(4))
            self.line(name, "small")
            self.line(text)

    def _deeds(self, deeds: Sequence[Deed]) -> None:
        space, room = tokens().px(8), self.width()
        row, left = QHBoxLayout(), 0
        for at, deed in enumerate(deeds):
            button = make_button(deed.words, deed.role)
            button.setToolTip(key_name(deed.key))
            button.clicked.connect(deed.run)
            button.ensurePolished()
            # Two beside each other where both can be read.
            left -= space + button.sizeHint().width()
            if at % 2 == 0 or left < 0:
                row, left = QHBoxLayout(), room - button.sizeHint().width()
                row.setSpacing(space)
                self.foot.addLayout(row)
            row.addWidget(button, 1)
        self.end()
