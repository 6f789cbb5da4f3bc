"""The two choices of paper: which size, and in which language the sheet speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from canvass_app.desktop.theme import tokens

if TYPE_CHECKING:
    from canvass_app.domain.walk_list import Paper


class PaperChoice(QWidget):
    """Paper size and language, as the next page printed will have them."""

    changed = Signal()

    def __init__(self, paper: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paper, self._language = QComboBox(), QComboBox()
        for value in ("letter", "a4"):
            self._paper.addItem("", value)
        for name, value in (("English", "en"), ("Français", "fr")):
            self._language.addItem(name, value)
        self._paper.setCurrentIndex(self._paper.findData(paper))
        self.set_language(language)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens().px(8))
        row.addWidget(self._language, 1)
        row.addWidget(self._paper, 1)
        self._paper.currentIndexChanged.connect(self.changed)
        self._language.currentIndexChanged.connect(self.changed)
        self.retranslate()

    @property
    def paper(self) -> Paper:
        """ "letter" or "a4"."""
        return cast("Paper", self._paper.currentData())

    @property
    def language(self) -> str:
        """ "en" or "fr"."""
        return str(self._language.currentData())

    def set_language(self, language: str) -> None:
        """Choose the sheet's language."""
        self._language.setCurrentIndex(max(0, self._language.findData(language)))

    def set_paper(self, paper: str) -> None:
        """Choose the paper."""
        self._paper.setCurrentIndex(max(0, self._paper.findData(paper)))

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._paper.setItemText(0, self.tr("Letter"))
        self._paper.setItemText(1, self.tr("A4"))
        self._paper.setAccessibleName(self.tr("Paper"))
        self._paper.setToolTip(self.tr("Paper"))
        self._language.setAccessibleName(self.tr("Language of the sheet"))
        self._language.setToolTip(self.tr("Language of the sheet"))
