"""What is done with teams, members and events: each verb is saved at once, and Ctrl+Z takes back the last one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, cast

from PySide6.QtWidgets import QWidget

from canvass_app.desktop.i18n import current_language, say_error
from canvass_app.desktop.screens.base import AppContext, Screen
from canvass_app.desktop.screens.teams.forms import Answers, Field, Form
from canvass_app.desktop.screens.teams.tables import when_words
from canvass_app.domain.errors import CanvassError
from canvass_app.domain.gatherings import ANSWERS, CAME, next_answer
from canvass_app.ledger.kinds.teams import Answer, Came
from canvass_app.services import teams as verbs
from canvass_app.services.pins import clear_pin
from canvass_app.services.team_rows import GatheringRow, MemberRow, RollRow, TeamRow
from canvass_app.services.teams import GatheringFields, Made, MemberFields

_NEXT_CAME: dict[str, Came] = {"": "came", "came": "absent", "absent": ""}


class Step(NamedTuple):
    """One thing done here: what taking it back is, and the member whose row it was about."""

    words: str
    back: Callable[[], object]
    member: bytes | None


class TeamVerbs(Screen):
    """The verbs of the screen; `TeamsScreen` shows what they did."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.form = Form()
        self._riding: int | None = None
        self._team: TeamRow | None = None
        self._event: GatheringRow | None = None
        self._wanted_team: bytes | None = None
        self._wanted_event: bytes | None = None
        self._wanted_member: bytes | None = None
        self._steps: list[Step] = []
        self._written: dict[tuple[str, bytes, bytes], str] = {}

    # what the screen knows

    def chosen_roll(self) -> RollRow | None:
        """The row of the roll that has the cursor."""
        return None

    def chosen_member(self) -> MemberRow | None:
        """The same member, with everything that is known of them."""
        return None

    def go_down(self) -> None:
        """To the next row of the roll."""

    # doing and taking back

    def _do(
        self,
        work: Callable[[], Any],
        words: str,
        back: Callable[[Any], object] | None,
        *,
        member: bytes | None = None,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[CanvassError], None] | None = None,
    ) -> None:
        def saved(result: Any) -> None:
            if done is not None:
                done(result)
            if back is not None:
                self._steps.append(Step(words, partial(back, result), member))
            self.context.overtake()
            self.context.say(words)

        self.context.tasks.write(work, saved, failed, owner=self)

    def undo(self) -> bool:
        """Ctrl+Z: take back the last thing done here."""
        if not self._steps:
            return False
        step = self._steps.pop()
        self._wanted_member = step.member
        words = self.tr("Taken back: %1").replace("%1", step.words)
        self.context.tasks.write(step.back, lambda _: self.context.say(words), owner=self)
        return True

    # attendance and answers

    def toggle_attendance(self) -> None:
        """Space: came, did not come, not noted; then the next row."""
        event, row, riding = self._event, self.chosen_roll(), self._riding
        if event is None or row is None or riding is None:
            self._say_why_not()
            return
        before = self._before("came", event.gathering_id, row.member_id, row.came)
        self._mark("came", event.gathering_id, row, before, _NEXT_CAME.get(before, "came"))
        self.go_down()

    def cycle_answer(self) -> None:
        """S: coming, maybe, not coming, no answer."""
        event, row, riding = self._event, self.chosen_roll(), self._riding
        if event is None or row is None or riding is None:
            self._say_why_not()
            return
        before = self._before("answer", event.gathering_id, row.member_id, row.answer)
        self._mark(
            "answer", event.gathering_id, row, before, next_answer(before if before in ANSWERS else "")
        )

    def _before(self, what: str, event: bytes, member: bytes, shown: str) -> str:
        """What stands, with what is on its way to the disk: keys may be quicker than it."""
        return self._written.get((what, event, member), shown)

    def _mark(self, what: str, event: bytes, row: RollRow, before: str, now: str) -> None:
        book, riding, author = self.context.book, self._riding, self.context.author
        assert riding is not None
        key = (what, event, row.member_id)
        self._written[key] = now

        def write(value: str) -> object:
            if what == "came":
                return verbs.attend(book, riding, event, row.member_id, cast("Came", value), author=author)
            return verbs.sign_up(book, riding, event, row.member_id, cast("Answer", value), author=author)

        def saved(_: object) -> None:
            if self._written.get(key) == now:
                del self._written[key]

        def failed(error: CanvassError) -> None:
            self._written.pop(key, None)
            self.context.error(error)

        said = (CAME if what == "came" else ANSWERS)[now].say(current_language())
        words = self.tr("%1: %2").replace("%2", said).replace("%1", row.name)
        self._do(
            lambda: write(now),
            words,
            lambda _: write(before),
            member=row.member_id,
            done=saved,
            failed=failed,
        )

    def _say_why_not(self) -> None:
        if self._riding is not None and self._event is None:
            self.context.say(self.tr("Plan an event first (E); then its roll is here."), tone="quiet")

    # teams

    def new_team(self) -> None:
        """N: a new team."""
        if self._riding is not None:
            self._ask_team(None)

    def _ask_team(self, row: TeamRow | None) -> None:
        fields = [
            Field("name", self.tr("Name of the team"), row.name if row else ""),
            Field("place", self.tr("Where it meets"), row.place if row else ""),
            Field("remark", self.tr("Note"), row.remark if row else ""),
        ]
        self._ask(self.tr("Change the team") if row else self.tr("New team"), fields, self._save_team, row)

    def _save_team(self, row: TeamRow | None, said: Answers) -> None:
        book, riding, author = self.context.book, self._riding, self.context.author
        assert riding is not None
        name = " ".join(said["name"].split())
        if row is None:
            self._save(
                lambda: verbs.add_team(book, riding, name, said["place"], said["remark"], author=author),
                self.tr("%1 is made.").replace("%1", name),
                lambda made: verbs.close_team(book, riding, made.id, author=author),
                lambda made: setattr(self, "_wanted_team", made.id),
            )
            return

        def describe(name: str, place: str, remark: str) -> object:
            return verbs.describe_team(book, riding, row.team_id, name, place, remark, author=author)

        self._save(
            lambda: describe(name, said["place"], said["remark"]),
            self.tr("%1 is changed.").replace("%1", name),
            lambda _: describe(row.name, row.place, row.remark),
        )

    def close_team(self) -> None:
        """The chosen team meets no more, or again."""
        team, riding, book, author = self._team, self._riding, self.context.book, self.context.author
        if team is None or riding is None:
            return
        words = self.tr("%1 is open again.") if team.closed else self.tr("%1 is closed.")
        self._do(
            lambda: verbs.close_team(book, riding, team.team_id, not team.closed, author=author),
            words.replace("%1", team.name),
            lambda _: verbs.close_team(book, riding, team.team_id, team.closed, author=author),
        )

    # members

    def new_member(self) -> None:
        """M: somebody joins the chosen team."""
        if self._team is not None:
            self._ask_member(None)

    def _ask_member(self, row: MemberRow | None) -> None:
        fields = [
            Field("name", self.tr("Name"), row.name if row else ""),
            Field("phone", self.tr("Telephone"), row.phone if row else "", "613-555-0142"),
            Field("email", self.tr("E-mail"), row.email if row else ""),
            Field(
                "languages", self.tr("Languages"), row.languages if row else "", self.tr("English, French")
            ),
            Field("needs", self.tr("Needs"), row.needs if row else "", self.tr("no stairs")),
        ]
        title = self.tr("Change the member") if row else self.tr("New member")
        self._ask(title, fields, self._save_member, row)

    def _save_member(self, row: MemberRow | None, said: Answers) -> None:
        book, riding, team, author = self.context.book, self._riding, self._team, self.context.author
        assert riding is not None
        fields = MemberFields(said["name"], said["phone"], said["email"], said["languages"], said["needs"])
        name = " ".join(said["name"].split())
        if row is not None:
            was = MemberFields(row.name, row.phone, row.email, row.languages, row.needs)
            self._save(
                lambda: verbs.describe_member(book, riding, row.member_id, fields, author=author),
                self.tr("%1 is changed.").replace("%1", name),
                lambda _: verbs.describe_member(book, riding, row.member_id, was, author=author),
            )
        elif team is not None:
            self._save(
                lambda: verbs.add_member(book, riding, team.team_id, fields, author=author),
                self.tr("%1 is in %2.").replace("%2", team.name).replace("%1", name),
                lambda made: verbs.set_role(book, riding, team.team_id, made.id, "", author=author),
                lambda made: setattr(self, "_wanted_member", made.id),
            )

    def toggle_lead(self) -> None:
        """L: lead of the team, or member again."""
        row = self.chosen_member()
        if row is not None and row.role:
            lead = row.role == "lead"
            words = self.tr("%1 is a member.") if lead else self.tr("%1 is a team lead.")
            self._role(row, "member" if lead else "lead", words)

    def leave_team(self) -> None:
        """The chosen member leaves the team; what they answered and where they came stays."""
        row = self.chosen_member()
        if row is not None and row.role:
            self._role(row, "", self.tr("%1 left the team."))

    def _role(self, row: MemberRow, role: Any, words: str) -> None:
        book, riding, team, author = self.context.book, self._riding, self._team, self.context.author
        if riding is None or team is None:
            return

        def write(role: Any) -> object:
            return verbs.set_role(book, riding, team.team_id, row.member_id, role, author=author)

        self._do(
            lambda: write(role),
            words.replace("%1", row.name),
            lambda _: write(row.role),
            member=row.member_id,
        )

    def clear_pin(self) -> None:
        """Take the chosen member's forgotten PIN away. There is nothing to put back: they choose another."""
        row, riding, book, author = (
            self.chosen_member(),
            self._riding,
            self.context.book,
            self.context.author,
        )
        if row is not None and row.has_pin and riding is not None:
            words = self.tr("%1 has no PIN now, and chooses another at the next shift.")
            self._do(
                lambda: clear_pin(book, riding, row.member_id, author=author),
                words.replace("%1", row.name),
                None,
            )

    # events

    def new_event(self) -> None:
        """E: plan an event of the chosen team."""
        if self._team is not None:
            self._ask_event(None)

    def _ask_event(self, row: GatheringRow | None) -> None:
        team = self._team
        place = row.place if row else team.place if team else ""
        fields = [
            Field("sort", self.tr("What"), row.sort if row else "canvass", sorts=True),
            Field("day", self.tr("Day"), row.day if row else self.context.book.today(), "2015-10-14"),
            Field("start", self.tr("Begins"), row.start if row else "18:00", "18:00"),
            Field("end", self.tr("Ends"), row.end if row else "21:00", "21:00"),
            Field("place", self.tr("Where"), place),
            Field("places", self.tr("Places"), str(row.places or "") if row else "", self.tr("no limit")),
            Field("remark", self.tr("Note"), row.remark if row else ""),
        ]
        self._ask(self.tr("Change the event") if row else self.tr("New event"), fields, self._save_event, row)

    def _save_event(self, row: GatheringRow | None, said: Answers) -> None:
        book, riding, team, author = self.context.book, self._riding, self._team, self.context.author
        assert riding is not None
        fields = GatheringFields(**said)
        if row is not None:
            was = GatheringFields(
                row.sort, row.day, row.start, row.end, row.place, str(row.places), row.remark
            )
            self._save(
                lambda: verbs.change_gathering(book, riding, row.gathering_id, fields, author=author),
                self.tr("The event is changed."),
                lambda _: verbs.change_gathering(book, riding, row.gathering_id, was, author=author),
            )
        elif team is not None:
            self._save(
                lambda: verbs.add_gathering(book, riding, team.team_id, fields, author=author),
                self.tr("The event is planned."),
                lambda made: verbs.cancel_gathering(book, riding, made.id, author=author),
                lambda made: setattr(self, "_wanted_event", made.id),
            )

    def cancel_event(self) -> None:
        """The chosen event does not take place, or does after all."""
        event, riding, book, author = self._event, self._riding, self.context.book, self.context.author
        if event is None or riding is None:
            return
        words = (
            self.tr("It takes place after all: %1.") if event.cancelled else self.tr("It is cancelled: %1.")
        )
        self._do(
            lambda: verbs.cancel_gathering(
                book, riding, event.gathering_id, not event.cancelled, author=author
            ),
            words.replace("%1", when_words(event)),
            lambda _: verbs.cancel_gathering(
                book, riding, event.gathering_id, event.cancelled, author=author
            ),
        )

    # forms

    def _ask(self, title: str, fields: list[Field], save: Callable[[Any, Answers], None], row: Any) -> None:
        self.show_form()
        self.form.ask(title, fields, lambda said: save(row, said))

    def show_form(self) -> None:
        """Bring the form before the details."""

    def _save(
        self,
        work: Callable[[], Any],
        words: str,
        back: Callable[[Any], object],
        made: Callable[[Made], None] | None = None,
    ) -> None:
        def done(result: Any) -> None:
            if made is not None:
                made(result)
            self.form.close_form()

        self._do(work, words, back, done=done, failed=lambda error: self.form.show_trouble(say_error(error)))
