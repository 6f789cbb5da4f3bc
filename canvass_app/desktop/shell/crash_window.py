"""Shows a problem report: all of it, and what to do with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from canvass_app.desktop.crash import CrashReport
from canvass_app.desktop.theme import font, tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button


class CrashWindow(QDialog):
    """One bug's report. Further occurrences of the same bug only count up."""

    def __init__(self, report: CrashReport, path: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.report = report
        look = tokens()
        self.setWindowTitle(self.tr("Something went wrong"))
        self.setModal(False)
        self.resize(look.px(620), look.px(520))
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(20))
        column.setSpacing(look.px(12))
        column.addWidget(Heading(self.tr("Something went wrong inside Canvass")))
        self._sentence = PlainLabel(
            self.tr(
                "Everything that was marked as saved is safe. The last thing you did may not have worked: "
                "look whether it did, and do it again if not."
            ),
            wrap=True,
        )
        column.addWidget(self._sentence)
        column.addWidget(
            PlainLabel(
                self.tr(
                    "This is the whole report. It holds no names, addresses or results. Send it to the person who "
                    "looks after Canvass in your campaign; nothing is sent by itself."
                ),
                kind="quiet",
                wrap=True,
            )
        )
        self._text = QPlainTextEdit(report.text())
        self._text.setReadOnly(True)
        self._text.setFont(font(look.small))
        self._text.setAccessibleName(self.tr("Problem report"))
        column.addWidget(self._text, 1)
        if path is not None:
            kept = self.tr("Also kept in the data folder: %1").replace(
                "%1", f"{path.parent.name}/{path.name}"
            )
            column.addWidget(PlainLabel(kept, kind="small", wrap=True))
        self._times = PlainLabel(kind="small")
        self._copy = make_button(self.tr("&Copy the report"), "")
        self._copy.clicked.connect(self._copied)
        on = make_button(self.tr("C&arry on"), "primary")
        on.setDefault(True)
        on.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(self._times, 1)
        row.addWidget(self._copy)
        row.addWidget(on)
        column.addLayout(row)
        on.setFocus()

    def count(self, times: int) -> None:
        """Say how often it happened."""
        self._times.setText(self.tr("Happened %1 times").replace("%1", str(times)) if times > 1 else "")

    def _copied(self) -> None:
        QApplication.clipboard().setText(self.report.text())
        self._copy.setText(self.tr("Copied"))
