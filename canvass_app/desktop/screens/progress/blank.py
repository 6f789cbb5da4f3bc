"""What stands on the screen while there is nothing to count yet: what belongs here, and how it begins."""

from __future__ import annotations

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.widgets import EmptyState, PlainLabel
from canvass_app.services.progress import ProgressReport


class Blank(EmptyState):
    """Leads to the next step: addresses, a turf, or the first results."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(icon_name="progress")
        self._next = ""
        self.action_triggered.connect(lambda: context.go(self._next))

    def teach(self, report: ProgressReport | None) -> None:
        """Say what is missing; None: there is no riding."""
        if report is None:
            self._next = "importing"
            self.set_texts(
                self.tr("No riding yet"),
                self.tr(
                    "Progress counts what happened at the doors of a riding. Import its addresses first: a file of "
                    "your municipality’s addresses, or of your electors."
                ),
                self.tr("Import addresses or people"),
            )
        elif not report.by_turf:
            self._next = "turfs"
            self.set_texts(
                self.tr("Nobody has knocked yet"),
                self.tr(
                    "It begins with a turf: draw around some doors on the map, print the walk list, knock. What is "
                    "typed in afterwards is counted here, by evening and by turf."
                ),
                self.tr("Cut a turf"),
            )
        else:
            self._next = "enter"
            self.set_texts(
                self.tr("No results yet"),
                self.tr(
                    "The turfs are cut. Type in the results of the first walk list, or sync with headquarters: "
                    "attempts, contacts and support appear here as soon as one is saved."
                ),
                self.tr("Enter results"),
            )
        self._make_room()

    def _make_room(self) -> None:
        # Where a label wraps at a greatest width of its own, the layout asks for its height at another one.
        for words in self.findChildren(PlainLabel):
            if words.wordWrap():
                room = min(words.maximumWidth(), max(160, self.width() - 32))
                words.setMinimumHeight(max(0, words.heightForWidth(room)))

    def resizeEvent(self, event: object) -> None:
        """Room for the whole sentence, however it wraps."""
        super().resizeEvent(event)
        self._make_room()
