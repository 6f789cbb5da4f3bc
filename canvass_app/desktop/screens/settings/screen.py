"""The settings, as cards in one column."""

from __future__ import annotations

from typing import Any, ClassVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.keeping import keeping_text
from canvass_app.desktop.preferences import PAPERS, THEMES, ZOOMS
from canvass_app.desktop.screens.base import AppContext, Screen
from canvass_app.desktop.screens.settings.about import PARTS, data_sources, version_line
from canvass_app.desktop.screens.settings.pace_card import PaceCard
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Card, Heading, PlainLabel, format_percent, make_button
from canvass_app.services.pace_check import measured_pace
from canvass_app.services.retention import Keeping, keeping
from canvass_app.storage.changes import ChangeSet

_WIDTH, _LABEL, _FIELD = 680, 168, 280


class SettingsScreen(Screen):
    """Every change holds at once; there is nothing to save."""

    place: ClassVar[str] = "settings"

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._filling = True
        self.language, self.theme, self.zoom, self.paper = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.motion = QCheckBox()
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self._labels = {
            key: PlainLabel(wrap=False) for key in ("language", "theme", "zoom", "motion", "name", "paper")
        }
        self._headings = {key: Heading("", "section") for key in ("look", "you", "pace", "data", "about")}
        self._words = {
            key: PlainLabel(kind="quiet", wrap=True)
            for key in ("name", "data", "backups", "locked", "kept", "licence", "sources")
        }
        self._folder = PlainLabel(str(context.book.folder), elide=True)
        self._open_folder = make_button("", "")
        self._open_folder.clicked.connect(self._show_folder)
        self._version = PlainLabel(version_line(), wrap=True)
        self._parts = PlainLabel(
            "\n".join(f"{name}: {licence}" for name, licence in PARTS), kind="small", wrap=True
        )
        self._heading = Heading("")
        for text in (self._version, self._parts, self._folder):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._forms: list[QGridLayout] = []
        self._build()
        self._space()
        self.language.activated.connect(self._choose_language)
        self.theme.activated.connect(self._choose_look)
        self.zoom.activated.connect(self._choose_look)
        self.motion.toggled.connect(self._choose_look)
        self.paper.activated.connect(self._choose_paper)
        self.name.editingFinished.connect(self._keep_name)
        context.language_changed.connect(lambda _: self.refresh())
        self.setFocusProxy(self.language)
        self.retranslate()
        self.refresh()

    def _build(self) -> None:
        look = tokens()
        page = QWidget()
        page.setProperty("kind", "scrolled")
        self._page = page
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, look.px(12), 0)
        column.setSpacing(look.px(16))
        form = self._card("look", column)
        for line, (key, field) in enumerate(self._fields().items()):
            if key != "name":
                self._row(form, line, key, field)
        you = self._card("you", column)
        self._row(you, 0, "name", self.name)
        you.addWidget(self._words["name"], 1, 1, 1, 2)
        self.pace = PaceCard(self.context.book, self.context.say, self.context.apply)
        self._card("pace", column).addWidget(self.pace, 0, 0, 1, 3)
        data = self._card("data", column)
        where = QHBoxLayout()
        where.addWidget(self._folder, 1)
        where.addWidget(self._open_folder)
        data.addLayout(where, 0, 0, 1, 3)
        for line, key in enumerate(("data", "backups", "locked", "kept"), 1):
            data.addWidget(self._words[key], line, 0, 1, 3)
        about = self._card("about", column)
        for line, widget in enumerate(
            (self._version, self._words["licence"], self._parts, self._words["sources"])
        ):
            about.addWidget(widget, line, 0, 1, 3)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setProperty("kind", "scrolled")
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(page, 10)
        across.addStretch(1)
        area.setWidget(holder)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(24), look.px(20), look.px(8), look.px(16))
        outer.setSpacing(look.px(16))
        outer.addWidget(self._heading)
        outer.addWidget(area, 1)

    def _space(self) -> None:
        look = tokens()
        self._page.setMaximumWidth(look.px(_WIDTH))
        for form in self._forms:
            form.setColumnMinimumWidth(0, look.px(_LABEL))
        for field in self._fields().values():
            field.setFixedWidth(look.px(_FIELD))
        self.pace.space()

    def _fields(self) -> dict[str, QWidget]:
        return {
            "language": self.language, "theme": self.theme, "zoom": self.zoom, "motion": self.motion,
            "paper": self.paper, "name": self.name,
        }  # fmt: skip

    def _row(self, form: QGridLayout, line: int, key: str, field: QWidget) -> None:
        form.addWidget(self._labels[key], line, 0)
        form.addWidget(field, line, 1)

    def _card(self, key: str, column: QVBoxLayout) -> QGridLayout:
        look = tokens()
        card = Card()
        card.body.setSpacing(look.px(12))
        card.body.addWidget(self._headings[key])
        card.body.addSpacing(look.px(4))
        form = QGridLayout()
        form.setHorizontalSpacing(look.px(16))
        form.setVerticalSpacing(look.px(10))
        self._forms.append(form)
        form.setColumnStretch(2, 1)
        card.body.addLayout(form)
        card.body.addSpacing(look.px(4))
        column.addWidget(card)
        return form

    def title(self) -> str:
        """The screen's name."""
        return self.tr("Settings")

    def refresh(self) -> None:
        """Show the settings as they are."""
        chosen = self.context.preferences
        self._filling = True
        self.language.setCurrentIndex(self.language.findData(chosen.language))
        self.theme.setCurrentIndex(self.theme.findData(chosen.theme))
        nearest = min(ZOOMS, key=lambda zoom: abs(zoom - chosen.zoom))
        self.zoom.setCurrentIndex(self.zoom.findData(nearest))
        self.paper.setCurrentIndex(self.paper.findData(chosen.paper))
        self.motion.setChecked(chosen.reduce_motion)
        if not self.name.hasFocus():
            self.name.setText(self.context.author)
        self._filling = False
        self.pace.refresh()
        self._show_keeping()

    def on_changes(self, changes: ChangeSet) -> None:
        """Of the record, only until when people's data is kept."""
        if changes.settings or changes.forgotten:
            self.pace.refresh()
            self._show_keeping()

    def _show_keeping(self) -> None:
        book = self.context.book

        def show(found: Keeping) -> None:
            words = keeping_text(found).say(current_language())
            self._words["kept"].setText(words)
            self._words["kept"].setVisible(bool(words))
            self._words["kept"].setProperty("kind", "bad" if found.state in ("over", "unheard") else "quiet")
            self._words["kept"].style().polish(self._words["kept"])

        self.context.tasks.read(lambda: keeping(book), show, key="settings.keeping", owner=self)
        riding = self.context.riding_id
        if riding is not None:
            self.context.tasks.read(
                lambda: measured_pace(book, riding), self.pace.show_found, key="settings.pace", owner=self
            )

    def _choose_language(self) -> None:
        window: Any = self.window()
        language = str(self.language.currentData())
        if hasattr(window, "set_language"):
            window.set_language(language)

    def _choose_look(self) -> None:
        if self._filling:
            return
        chosen, window = self.context.preferences, self.window()
        chosen.theme = str(self.theme.currentData())
        chosen.zoom = float(self.zoom.currentData())
        chosen.reduce_motion = self.motion.isChecked()
        apply_look: Any = getattr(window, "apply_look", None)
        if apply_look is not None:
            apply_look()

    def _choose_paper(self) -> None:
        self.context.preferences.paper = str(self.paper.currentData())

    def _keep_name(self) -> None:
        name = " ".join(self.name.text().split())
        if name != self.context.author:
            self.context.set_author(name)
            self.context.say(self.tr("Your name is kept, locked with the rest of your data."))

    def show_folder(self, words: str) -> None:
        """Write where the data is."""
        self._folder.setText(words)

    def _show_folder(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.book.folder)))

    def can_leave(self) -> bool:
        """A half-typed name is kept, not lost."""
        self._keep_name()
        self.pace.keep_all()
        return True

    def keys(self) -> list[tuple[str, str]]:
        """For F1."""
        return [("Tab", self.tr("next setting")), ("Esc", self.tr("back to where you were"))]

    def _fill_combo(self, combo: QComboBox, items: list[tuple[str, Any]]) -> None:
        place = combo.currentIndex()
        combo.clear()
        for words, value in items:
            combo.addItem(words, value)
        combo.setCurrentIndex(place)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self._filling = True
        self._heading.setText(self.tr("Settings"))
        headings = {
            "look": self.tr("Screen and paper"), "you": self.tr("You"), "pace": self.tr("Walks and minutes"),
            "data": self.tr("Your data"), "about": self.tr("About Canvass"),
        }  # fmt: skip
        labels = {
            "language": self.tr("Language"), "theme": self.tr("Theme"), "zoom": self.tr("Size of text"),
            "motion": self.tr("Motion"), "name": self.tr("Your name"), "paper": self.tr("Paper for walk lists"),
        }  # fmt: skip
        for key, words in headings.items():
            self._headings[key].setText(words)
        fields = self._fields()
        for key, words in labels.items():
            self._labels[key].setText(words)
            fields[key].setAccessibleName(words)
        themes = {"system": self.tr("As the computer"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        papers = {"letter": self.tr("Letter (8½ × 11 in)"), "a4": self.tr("A4 (210 × 297 mm)")}
        self._fill_combo(self.language, [("English", "en"), ("Français", "fr")])
        self._fill_combo(self.theme, [(themes[name], name) for name in THEMES])
        self._fill_combo(self.zoom, [(format_percent(zoom, current_language()), zoom) for zoom in ZOOMS])
        self._fill_combo(self.paper, [(papers[name], name) for name in PAPERS])
        self.motion.setText(self.tr("Keep everything still"))
        self._words["name"].setText(
            self.tr("It stands beside the results you enter, so that your team knows whom to ask.")
        )
        self._words["data"].setText(
            self.tr("Everything Canvass knows is in this folder on this laptop. Headquarters has its own copy of "
                    "what was synced.")
        )  # fmt: skip
        self._words["backups"].setText(
            self.tr("A backup is made once a day; the last seven are kept in the folder “backups”.")
        )
        self._words["locked"].setText(
            self.tr("Data and backups are encrypted. Without the key in your keychain, or your passphrase, nobody "
                    "can read them.")
        )  # fmt: skip
        self._words["licence"].setText(
            self.tr("Free software under the Apache License 2.0. It is made with:")
        )
        sources = data_sources()
        self._words["sources"].setText(
            self.tr("Public data that travels with it:") + "\n" + "\n".join(sources) if sources else ""
        )
        self._words["sources"].setVisible(bool(sources))
        self._open_folder.setText(self.tr("Open the folder"))
        self._open_folder.setAccessibleName(self.tr("Open the folder"))
        self.pace.retranslate()
        self._filling = False

    def changeEvent(self, event: QEvent) -> None:
        """Show the language, theme and size that were switched elsewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_forms"):
            self._space()
            self.refresh()
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_parts"):
            self.refresh()
