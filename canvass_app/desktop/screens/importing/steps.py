"""The steps of an import as pages, and how one goes from one to the other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget

from canvass_app.desktop.screens.base import AppContext, Screen
from canvass_app.desktop.screens.importing.check import CheckStep
from canvass_app.desktop.screens.importing.choose import ChooseStep
from canvass_app.desktop.screens.importing.result import ResultStep
from canvass_app.desktop.screens.importing.streets import StreetsStep
from canvass_app.desktop.tasks import LongTask
from canvass_app.desktop.widgets import Heading, PlainLabel
from canvass_app.domain.errors import Cancelled, CanvassError


class ImportSteps(Screen):
    """Pages, the one under way, and what went wrong."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.path: Path | None = None
        self._mapping: Any = None
        self._riding: int | None = None
        self._task: LongTask | None = None
        self._taking = False
        self._heading = Heading("")
        self._trouble = PlainLabel(kind="bad", wrap=True)
        self._trouble.setVisible(False)
        self._error: CanvassError | None = None
        self.choose, self.check, self.result = ChooseStep(), CheckStep(context), ResultStep(context)
        self.streets = StreetsStep()
        self.steps = QStackedWidget()
        for step in (self.choose, self.check, self.result, self.streets):
            self.steps.addWidget(step)

    def start_over(self) -> None:
        """Back to choosing a file."""
        if self._taking:
            return
        if self._task is not None:
            self._task.cancel()
        self._mapping, self.path = None, None
        self._turn_to(self.choose)

    def _failed(self, error: CanvassError, task: LongTask) -> None:
        if task is not self._task:
            return
        self._task, self._taking = None, False
        self.streets.set_waiting(False)
        if isinstance(error, Cancelled):
            self.context.error(error)
        else:
            self._tell(error)
        self.check.set_waiting(False)

    def _show_map(self) -> None:
        self.start_over()
        self.context.go("turfs")

    def _turn_to(self, step: Any) -> None:
        self._tell(None)
        self.steps.setCurrentWidget(step)
        self.setFocusProxy(step)
        step.setFocus()

    def _tell(self, error: CanvassError | None) -> None:
        self._error = error
        self._trouble.setText(error.say(self.context.language) if error is not None else "")
        self._trouble.setVisible(error is not None)
