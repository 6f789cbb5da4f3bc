"""The three steps of an import, and what runs between them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.screens.importing.checking import Checked, check_file, ridings_to_choose
from canvass_app.desktop.screens.importing.street_flow import StreetFlow
from canvass_app.desktop.tasks import LongTask
from canvass_app.desktop.theme import tokens
from canvass_app.storage.changes import ChangeSet

AGAIN_AFTER_MS = 250


class ImportScreen(StreetFlow):
    """Choose, check, take. Nothing is written before the last."""

    place: ClassVar[str] = "importing"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        look = tokens()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(16))
        column.setSpacing(look.px(12))
        column.addWidget(self._heading)
        column.addWidget(self._trouble)
        column.addWidget(self.steps, 1)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_AFTER_MS)
        self._again.timeout.connect(self._read)
        self.choose.chosen.connect(self.open_file)
        for radio in (self.choose.doors, self.choose.people, self.choose.streets):
            radio.toggled.connect(self._kind_changed)
        self._connect_streets()
        self.check.mapping_changed.connect(self._correct)
        self.check.riding_changed.connect(self._choose_riding)
        self.check.agreed.connect(self.take)
        self.check.back.connect(self.start_over)
        self.result.another.connect(self.start_over)
        self.result.map_wanted.connect(self._show_map)
        self.setFocusProxy(self.choose)
        self.retranslate()

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Import")

    def refresh(self) -> None:
        """Read which ridings can be chosen."""
        self.context.tasks.read(
            lambda: ridings_to_choose(self.context.book),
            self.check.show_ridings,
            key="import ridings",
            owner=self,
        )

    def on_changes(self, changes: ChangeSet) -> None:
        """The report of an import stands, whatever else changes."""

    def activate(self, argument: Any) -> None:
        """None, "doors", "people", "streets", or the path of a file."""
        if isinstance(argument, Path):
            self.open_file(argument)
        elif argument in ("doors", "people", "streets"):
            if self.steps.currentWidget() is not self.choose and self._task is None:
                self.start_over()
            self.choose.set_kind(argument)

    # --- the steps ----------------------------------------------------------------------------

    def open_file(self, path: Path) -> None:
        """Read this file as what was chosen."""
        if self._taking:
            return
        self.path, self._mapping = path, None
        if self.choose.kind == "streets":
            self._read_streets(path)
        else:
            self._read()

    def _kind_changed(self) -> None:
        self._tell(None)

    def _correct(self, mapping: Any) -> None:
        self._mapping = mapping
        self.check.set_waiting(True)
        self._again.start()

    def _choose_riding(self, riding_id: int | None) -> None:
        self._riding = riding_id
        self.check.set_waiting(True)
        self._again.start()

    def _read(self) -> None:
        path, kind, mapping, riding = self.path, self.choose.kind, self._mapping, self._riding
        if path is None or kind == "streets":
            return
        if self._task is not None:
            self._task.cancel()
        book = self.context.book
        self._tell(None)
        title = self.tr("Reading %1").replace("%1", path.name)
        self._task = task = self.context.tasks.long(
            title,
            lambda progress, cancelled: check_file(book, path, kind, mapping, riding, progress, cancelled),  # type: ignore[arg-type]
            lambda checked: self._show_checked(checked, task),
            lambda error: self._failed(error, task),
            writes=False,
            owner=self,
        )

    def _show_checked(self, checked: Checked, task: LongTask) -> None:
        if task is not self._task:
            return
        self._task = None
        self.check.show_checked(checked)
        self._turn_to(self.check)

    def take(self) -> None:
        """Import what is shown."""
        checked = self.check.checked
        if checked is None or checked.plan is None or self._task is not None:
            return
        book, plan, author = self.context.book, checked.plan, self.context.author
        self._taking = True
        self.check.set_waiting(True)

        def work(progress: Any, cancelled: Callable[[], bool]) -> Any:
            from canvass_app.services.importing import commit_plan

            return commit_plan(book, plan, author=author, progress=progress, cancelled=cancelled)

        title = self.tr("Importing %1").replace("%1", plan.source_name)
        self._task = task = self.context.tasks.long(
            title, work, self._taken, lambda error: self._failed(error, task), owner=self
        )

    def _taken(self, report: Any) -> None:
        self._task, self._taking = None, False
        self.result.show_report(report)
        self._turn_to(self.result)
        if report.ridings and self.context.riding_id not in report.ridings:
            largest = max(report.ridings, key=lambda riding: report.ridings[riding])
            self.context.set_riding(largest)
        self.context.say(self.tr("Imported: %1").replace("%1", report.source))

    # --- what the shell asks ------------------------------------------------------------------

    def step_back(self) -> bool:
        """Esc goes from the check to the choice of a file."""
        if self.steps.currentWidget() is self.choose or self._taking:
            return self._taking
        self.start_over()
        return True

    def is_busy(self) -> bool:
        """Whether a file is being read or taken."""
        return self._task is not None or self._again.isActive()

    def keys(self) -> list[tuple[str, str]]:
        """For F1."""
        return [
            ("Enter", self.tr("go on")),
            ("Tab", self.tr("next field")),
            ("Esc", self.tr("another file, then back")),
        ]

    def tour_states(self) -> list[tuple[str, Callable[[], None]]]:
        """The check and the report, on the demo's own file."""
        from canvass_app.resource_path import resource

        return [
            ("check", lambda: self.open_file(resource("demo", "doors.csv"))),
            ("remarks", lambda: self.check.tabs.setCurrentIndex(1)),
            ("report", self.take),
            *self.street_states(),
        ]

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._heading.setText(self.tr("Import addresses, people or streets"))
        for step in (self.choose, self.check, self.result, self.streets):
            step.retranslate()
        self._tell(self._error)
