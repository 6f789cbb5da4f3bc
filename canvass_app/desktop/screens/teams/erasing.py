"""Erasing a member from the screen: what would go, the one button, and the way back before it is pressed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.teams.details import Details
from canvass_app.desktop.screens.teams.verbs import TeamVerbs
from canvass_app.services.member_erasure import MemberErasure, erase_member, preview_member_erasure


class TeamErasing(TeamVerbs):
    """The question stands in the details until it is answered or left."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.details = Details()
        self._erasing: MemberErasure | None = None

    def show_details(self) -> None:
        """Write the details of what is chosen, and give the keyboard back to the roll."""

    def ask_erasure(self) -> None:
        """Show what erasing the chosen member would take."""
        member, riding, book = self.chosen_member(), self._riding, self.context.book
        if member is None or riding is None:
            return

        def asked(found: MemberErasure) -> None:
            self._erasing = found
            self.details.show_erasure(found, self.erase, self._let_be)

        self.context.tasks.read(
            lambda: preview_member_erasure(book, riding, member.member_id),
            asked,
            key="teams.erase",
            owner=self,
        )

    def erase(self) -> None:
        """Erase the member asked about, for good."""
        found, riding, context = self._erasing, self._riding, self.context
        if found is None or riding is None:
            return
        book, author, reason = context.book, context.author, self.details.reason.text()

        def done(_: object) -> None:
            # What could be taken back here may hold words of the person.
            self._steps.clear()
            self._let_be()
            context.say(self.tr("The member was erased, here and wherever this laptop’s events go."))

        context.tasks.long(
            self.tr("Erasing a member"),
            lambda _progress, _stop: erase_member(
                book, riding, found.members[0], author=author, reason=reason
            ),
            done,
            context.error,
            owner=self,
        )

    def _let_be(self) -> None:
        self._erasing = None
        self.show_details()
