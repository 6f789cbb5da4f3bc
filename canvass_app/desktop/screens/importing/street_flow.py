"""What runs between the choice of a street file and its report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvass_app.desktop.screens.importing.steps import ImportSteps
from canvass_app.domain.errors import CanvassError, InputError
from canvass_app.domain.text import Text

if TYPE_CHECKING:
    from canvass_app.services.streets import StreetsReport


class StreetFlow(ImportSteps):
    """Read, look, take; and Undo. The screen of imports shows the steps."""

    def _connect_streets(self) -> None:
        self.streets.agreed.connect(self.take_streets)
        self.streets.another.connect(self.start_over)
        self.streets.map_wanted.connect(self._show_map)

    def _read_streets(self, path: Path) -> None:
        """Read the file and see how the doors fit; a second file calls the first one off."""
        if self._task is not None:
            self._task.cancel()
        riding, book = self.context.riding_id, self.context.book
        if riding is None:
            self._tell(InputError(_NO_RIDING))
            return
        self._tell(None)

        def work(progress: Any, cancelled: Callable[[], bool]) -> Any:
            from canvass_app.services.streets import read_street_plan

            return read_street_plan(book, riding, path, progress=progress, cancelled=cancelled)

        def done(plan: Any) -> None:
            if task is self._task:
                self._task = None
                self.streets.show_plan(plan)
                self._turn_to(self.streets)

        self._task = task = self.context.tasks.long(
            self.tr("Reading %1").replace("%1", path.name),
            work,
            done,
            lambda error: self._failed(error, task),
            writes=False,
            owner=self,
        )

    def take_streets(self) -> None:
        """Make the streets that are shown the riding's."""
        plan = self.streets.plan
        if plan is None or self._taking or self.streets.report is not None:
            return
        book, author, thanks = self.context.book, self.context.author, self.streets.thanks.text()
        self._taking = True
        self.streets.set_waiting(True)

        def work() -> Any:
            from canvass_app.services.streets import take_streets

            return take_streets(book, plan, author=author, attribution=thanks)

        def failed(error: CanvassError) -> None:
            self._taking = False
            self.streets.set_waiting(False)
            self._tell(error)

        self.context.tasks.write(work, self._streets_taken, failed, owner=self)

    def _streets_taken(self, report: StreetsReport) -> None:
        self._taking = False
        self.streets.show_report(report)
        self._turn_to(self.streets)
        before = report.before
        words = self.tr("The streets are in.")
        if before is None:
            self.context.say(words)
            return
        book, author = self.context.book, self.context.author

        def back() -> None:
            def work() -> Any:
                from canvass_app.services.streets import put_back_streets

                return put_back_streets(book, report.riding_id, before, author=author)

            self.start_over()
            self.context.tasks.write(work)

        self.context.say(words, back)

    # pictures

    def street_states(self) -> list[tuple[str, Callable[[], None]]]:
        """The choice, and how the doors fit on the demo's own streets."""
        from canvass_app.resource_path import resource

        def choose() -> None:
            self.start_over()
            self.choose.set_kind("streets")

        return [
            ("streets", choose),
            ("streets check", lambda: self._read_streets(resource("demo", "streets.geojson"))),
            ("streets report", self.take_streets),
        ]


_NO_RIDING = Text(
    "Streets are those of a riding, and there is none on this laptop yet. Nothing was changed. Import its addresses first.",
    "Les rues sont celles d’une circonscription, et cet ordinateur n’en contient encore aucune. Rien n’a été modifié. "
    "Importez d’abord ses adresses.",
)
