"""Teams: at the left the teams, in the middle their events and the roll of the chosen one, at the right what is chosen.

Space takes attendance and goes on to the next row, so that a room of people is done as quickly as they say their names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from canvass_app.desktop.screens.base import AppContext, Command
from canvass_app.desktop.screens.teams.details import Deed
from canvass_app.desktop.screens.teams.erasing import TeamErasing
from canvass_app.desktop.screens.teams.reading import Shown, read_teams
from canvass_app.desktop.screens.teams.tables import (
    event_table,
    fill,
    page_that_moves,
    roll_table,
    team_table,
    when_words,
)
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import EmptyState, Heading, KeyHints, PlainLabel, make_button
from canvass_app.services.team_rows import MemberRow, RollRow
from canvass_app.storage.changes import ChangeSet

About = Literal["team", "event", "member"]
# (teams, details) in pixels at 100 %, where there is room and where there is not.
_WIDE, _NARROW = (224, 280), (152, 248)
_TIGHT, _LEAST, _LOW = 700, 840, 440


class TeamsScreen(TeamErasing):
    """The teams of the riding."""

    place = "teams"
    shortcut = 9

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._shown: Shown | None = None
        self._about: About = "event"
        self._met = False
        self._filling = self._loading = False
        self._title = Heading()
        self._new_team, self._new_member, self._new_event = (make_button("", "", "plus") for _ in range(3))
        self.teams, self.events, self.roll = team_table(), event_table(), roll_table()
        self._events_title, self._roll_title = Heading("", "section"), Heading("", "section")
        self._no_events, self._no_members = (PlainLabel(kind="quiet", wrap=True) for _ in range(2))
        self._hints = KeyHints()
        self._empty = EmptyState(icon_name="teams")
        self._build()
        self.teams.row_selected.connect(self._choose_team)
        self.events.row_selected.connect(self._choose_event)
        self.roll.row_selected.connect(lambda _: self._turn_to("member"))
        for table, about in ((self.teams, "team"), (self.events, "event"), (self.roll, "member")):
            table.clicked.connect(lambda _index, about=about: self._turn_to(about))
            table.row_activated.connect(lambda _id: self.edit())
        self.form.closed.connect(self._form_closed)
        self._empty.action_triggered.connect(self._begin)
        for button, act in (
            (self._new_team, self.new_team), (self._new_member, self.new_member), (self._new_event, self.new_event),
        ):  # fmt: skip
            button.clicked.connect(act)
        for key, act in (
            ("N", self.new_team), ("M", self.new_member), ("E", self.new_event), ("S", self.cycle_answer),
            ("Space", self.toggle_attendance), ("L", self.toggle_lead), ("F2", self.edit), ("Del", self.put_away),
        ):  # fmt: skip
            # Shortcuts, because a table takes letters for a search.
            QShortcut(QKeySequence(key), self, act, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setFocusProxy(self.roll)
        self.retranslate()

    def _build(self) -> None:
        look = tokens()
        top = QHBoxLayout()
        top.setSpacing(look.px(8))
        top.addWidget(self._title, 1)
        for button in (self._new_team, self._new_member, self._new_event):
            top.addWidget(button)
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(look.px(12), 0, 0, 0)
        column.setSpacing(look.px(8))
        column.addWidget(self._events_title)
        column.addWidget(self._no_events)
        column.addWidget(self.events, 2)
        column.addSpacing(look.px(4))
        column.addWidget(self._roll_title)
        column.addWidget(self._no_members)
        column.addWidget(self.roll, 3)
        column.addWidget(self._hints)
        self._side = QStackedWidget()
        self._side.addWidget(self.details)
        self._side.addWidget(self.form)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        for at, widget in enumerate((self.teams, middle, self._side)):
            self._split.addWidget(widget)
            self._split.setStretchFactor(at, int(at == 1))
        self._area = page_that_moves(self._split)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._empty)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(look.px(12))
        self._column.addLayout(top)
        self._column.addWidget(self._stack, 1)

    # the shell asks

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Teams")

    def refresh(self) -> None:
        """Read the teams of the riding, and what belongs to the chosen one."""
        riding, book = self.context.riding_id, self.context.book
        if riding != self._riding:
            self._riding, self._erasing = riding, None
            self._steps.clear()
            self.form.leave()
        if riding is None:
            self._show(Shown(0, [], None, [], None, [], []))
            return
        team = self._wanted_team or (self._team.team_id if self._team else None)
        event = self._wanted_event or (self._event.gathering_id if self._event else None)
        self._loading = True
        self.context.tasks.read(
            lambda: read_teams(book, riding, team, event), self._show, self._failed, key="teams", owner=self
        )

    def _failed(self, error: Any) -> None:
        self._loading = False
        self.context.error(error)

    def on_changes(self, changes: ChangeSet) -> None:
        """Teams changed, here or on another laptop."""
        if changes.teams or changes.settings or changes.forgotten:
            super().on_changes(changes)

    def activate(self, argument: Any) -> None:
        """The roll takes the keyboard, or a team by its id."""
        if isinstance(argument, bytes):
            self._wanted_team = argument
            self.refresh()
        self.roll.setFocus()

    def keys(self) -> list[tuple[str, str]]:
        """The keys of the screen."""
        return [
            (self.tr("Space"), self.tr("came, did not come, not noted; then the next row")),
            ("S", self.tr("the answer: coming, maybe, not coming, none")),
            ("N", self.tr("new team")),
            ("M", self.tr("new member of the team")),
            ("E", self.tr("new event of the team")),
            ("F2", self.tr("change what is chosen")),
            ("L", self.tr("team lead, or member again")),
            ("Del", self.tr("close the team, cancel the event, or leave the team")),
            ("Tab", self.tr("from the teams to the events to the roll")),
            ("Ctrl+Z", self.tr("take back")),
        ]

    def commands(self) -> list[Command]:
        """What find-anything can do here."""
        found = [Command(lambda: self.tr("New team"), self.new_team, "N", "plus")]
        if self._team is not None:
            found += [
                Command(lambda: self.tr("New member"), self.new_member, "M", "plus"),
                Command(lambda: self.tr("New event"), self.new_event, "E", "plus"),
            ]
        return found

    def step_back(self) -> bool:
        """Esc: the form, the question whether to erase."""
        if self.form.is_open:
            self.form.leave()
            return True
        if self._erasing is not None:
            self._let_be()
            return True
        return False

    def can_leave(self) -> bool:
        """What is half-typed in a form stays there."""
        return True

    def is_busy(self) -> bool:
        """While the teams are read."""
        return self._loading

    # what is chosen

    def chosen_roll(self) -> RollRow | None:
        """The row of the roll that has the cursor."""
        ids = self.roll.selected_ids()
        place = self.roll.rows.position(ids[0]) if ids else None
        return None if place is None else self.roll.rows.row(place)

    def chosen_member(self) -> MemberRow | None:
        """The same member, with everything that is known of them."""
        row, shown = self.chosen_roll(), self._shown
        if row is None or shown is None:
            return None
        return next((one for one in shown.members if one.member_id == row.member_id), None)

    def go_down(self) -> None:
        """To the next row of the roll; the last one stays."""
        place = self.roll.currentIndex().row() + 1
        if place < self.roll.rows.rowCount():
            self.roll.setCurrentIndex(self.roll.rows.index(place, 0))

    def _choose_team(self, team: bytes | None) -> None:
        if self._filling or team is None:
            return
        self._about = "team"
        if self._team is None or team != self._team.team_id:
            self._wanted_team, self._event = team, None
            self.refresh()
        else:
            self._write()

    def _choose_event(self, event: bytes | None) -> None:
        if self._filling or event is None:
            return
        self._about = "event"
        if self._event is None or event != self._event.gathering_id:
            self._wanted_event = event
            self.refresh()
        else:
            self._write()

    def _turn_to(self, about: Any) -> None:
        if not self._filling:
            self._about = about
            self._write()

    def edit(self) -> None:
        """F2 or Enter: change the team, event or member that was chosen last."""
        member = self.chosen_member()
        if self._about == "team" and self._team is not None:
            self._ask_team(self._team)
        elif self._about == "event" and self._event is not None:
            self._ask_event(self._event)
        elif member is not None:
            self._ask_member(member)

    def put_away(self) -> None:
        """Del: close the team, cancel the event, or note that the member left, whichever was chosen last."""
        {"team": self.close_team, "event": self.cancel_event, "member": self.leave_team}[self._about]()

    # showing

    def _show(self, shown: Shown) -> None:
        self._loading, self._filling = False, True
        self._shown, self._team, self._event = shown, shown.team, shown.event
        team = shown.team.team_id if shown.team else None
        event = shown.event.gathering_id if shown.event else None
        fill(self.teams, shown.teams, [one.team_id for one in shown.teams], team)
        fill(self.events, shown.events, [one.gathering_id for one in shown.events], event)
        fill(self.roll, shown.roll, [one.member_id for one in shown.roll], self._wanted_member)
        self._wanted_team = self._wanted_event = self._wanted_member = None
        self._filling = False
        self._write()
        held = self.window().focusWidget()
        if not self._met and shown.roll and (held is None or not held.isVisible() or held is self.teams):
            # The first time the roll had no rows yet when the keyboard was given out.
            self._met = True
            self.roll.setFocus()

    def _write(self) -> None:
        """Words and details of what is chosen now."""
        shown = self._shown
        some = bool(shown and shown.teams)
        self._stack.setCurrentWidget(self._area if some or self.form.is_open else self._empty)
        self._new_member.setEnabled(self._team is not None)
        self._new_event.setEnabled(self._team is not None)
        for button in (self._new_team, self._new_member, self._new_event):
            button.setVisible(some)
        event = self._event
        self._no_events.setVisible(event is None)
        self.events.setVisible(event is not None)
        self._no_members.setVisible(not (shown and shown.roll))
        self.roll.setVisible(bool(shown and shown.roll))
        roll = self.tr("Roll: %1").replace("%1", when_words(event)) if event else self.tr("Members")
        self._roll_title.setText(roll)
        if self._erasing is None and not self.form.is_open:
            self._detail()

    def _detail(self) -> None:
        member, about = self.chosen_member(), self._about
        if about == "member" and member is None:
            about = "event"
        if about == "event" and self._event is None:
            about = "team"
        if about == "team" and self._team is not None:
            closing = self.tr("Open it again") if self._team.closed else self.tr("Close the team")
            self.details.show_team(
                self._team,
                [Deed(self.tr("Change"), "F2", self.edit), Deed(closing, "Del", self.close_team)],
            )
        elif about == "event" and self._event is not None and self._shown is not None:
            held = self.tr("Hold it after all") if self._event.cancelled else self.tr("Cancel the event")
            self.details.show_event(
                self._event,
                self._shown.roll,
                [
                    Deed(self.tr("Change"), "F2", lambda: self._ask_event(self._event)),
                    Deed(held, "Del", self.cancel_event),
                ],
            )
        elif member is not None:
            self.details.show_member(member, self._deeds_of(member))
        else:
            self.details.show_nothing()

    def _deeds_of(self, member: MemberRow) -> list[Deed]:
        deeds = [Deed(self.tr("Change"), "F2", lambda: self._ask_member(member))]
        if member.role:
            lead = self.tr("Member again") if member.role == "lead" else self.tr("Make team lead")
            deeds += [
                Deed(lead, "L", self.toggle_lead),
                Deed(self.tr("Leaves the team"), "Del", self.leave_team),
            ]
        if member.has_pin:
            deeds.append(Deed(self.tr("Take the PIN away"), "", self.clear_pin))
        deeds.append(Deed(self.tr("Erase …"), "", self.ask_erasure, "quiet"))
        return deeds

    # forms

    def show_form(self) -> None:
        """Bring the form before the details."""
        self._erasing = None
        self._side.setCurrentWidget(self.form)
        self._stack.setCurrentWidget(self._area)
        self._area.ensureWidgetVisible(self._side)

    def _form_closed(self) -> None:
        self._side.setCurrentWidget(self.details)
        self.show_details()

    def show_details(self) -> None:
        """Write the details of what is chosen, and give the keyboard back to the roll."""
        self._write()
        self.roll.setFocus()

    def _begin(self) -> None:
        if self.context.riding_id is None:
            self.context.go("importing")
        else:
            self.new_team()

    # words and room

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._title.setText(self.tr("Teams"))
        for button, words, key in (
            (self._new_team, self.tr("New team"), "N"),
            (self._new_member, self.tr("New member"), "M"),
            (self._new_event, self.tr("New event"), "E"),
        ):
            button.setAccessibleName(words)
            button.setToolTip(f"{words} ({key})")
        self.teams.setAccessibleName(self.tr("Teams"))
        self._events_title.setText(self.tr("Events"))
        self.events.setAccessibleName(self.tr("Events"))
        self.roll.setAccessibleName(self.tr("Roll"))
        self._no_events.setText(
            self.tr(
                "No event is planned. Press E: a canvass, a call night or a training, with a day and a place."
            )
        )
        self._no_members.setText(
            self.tr("Nobody is in this team yet. Press M: a name is enough, the rest can follow.")
        )
        self._hints.set_hints(
            [(self.tr("Space"), self.tr("came")), ("S", self.tr("answer")), ("F2", self.tr("change")),
             ("F1", self.tr("all keys"))]
        )  # fmt: skip
        if self.context.riding_id is None:
            self._empty.set_texts(
                self.tr("No teams yet"),
                self.tr("Teams belong to a riding. First import the addresses of one, or join a campaign."),
                self.tr("Import addresses"),
            )
        else:
            self._empty.set_texts(
                self.tr("No teams yet"),
                self.tr(
                    "A team is the people who canvass or call together: a name, a meeting place, members. Its events "
                    "take sign-ups, and the roll is called with one key a person."
                ),
                self.tr("New team"),
            )
        if self.form.is_open:
            self.form.retranslate()
        self._space()
        self._write()

    def _space(self) -> None:
        look = tokens()
        edge = look.px(24 if self.width() >= look.px(800) else 16)
        self._column.setContentsMargins(edge, edge - look.px(4), edge, edge // 2)
        room = self.width() - 2 * edge
        teams, details = _WIDE if room >= look.px(1000) else _NARROW
        tight = room < look.px(_TIGHT)
        self._name_buttons(short=tight)
        # A form needs the room more than the teams beside it, which it is not about to leave.
        room = max(room, look.px(_LEAST))
        self._split.setMinimumWidth(look.px(_LEAST) if tight else 0)
        # F1 says them all; two rows of them would leave no row of the roll.
        self._hints.setVisible(self.height() >= look.px(_LOW))
        middle = room - look.px(teams) - look.px(details)
        self.roll.setColumnHidden(4, middle < look.px(760))
        self.roll.setColumnHidden(3, middle < look.px(620))
        self.events.setColumnHidden(4, middle < look.px(640))
        self.events.setColumnHidden(3, middle < look.px(528))
        self.teams.setColumnHidden(1, teams == _NARROW[0])
        self._split.setSizes([look.px(teams), max(middle, look.px(280)), look.px(details)])

    def _name_buttons(self, *, short: bool) -> None:
        self._new_team.setText(self.tr("Team") if short else self.tr("New team"))
        self._new_member.setText(self.tr("Member") if short else self.tr("New member"))
        self._new_event.setText(self.tr("Event") if short else self.tr("New event"))

    def resizeEvent(self, event: object) -> None:
        """Columns go where there is no room for them."""
        self._space()

    def showEvent(self, event: object) -> None:
        """Share the room out once it is known."""
        self._space()

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """A member chosen, and the form of a new event."""

        def member() -> None:
            self.roll.setFocus()
            self.go_down()

        return [("member", member), ("new-event", self.new_event)]
