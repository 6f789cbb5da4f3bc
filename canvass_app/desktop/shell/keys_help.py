"""F1: the keys that work on this screen, and those that work everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from canvass_app.desktop.i18n import key_name
from canvass_app.desktop.shell.overlay import Overlay
from canvass_app.desktop.theme import tokens
from canvass_app.desktop.widgets import Heading, KeyHints, PlainLabel, make_button

Keys = Sequence[tuple[str, str]]


class KeysHelp(Overlay):
    """Two columns of keys over the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, 760)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close = make_button("", "quiet", "close")
        self._close.clicked.connect(self.close_panel)
        self.body.addWidget(self._area, 1)
        self.body.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)

    def show_keys(self, title: str, here: Keys) -> None:
        """Show the keys of the screen called `title` and those of the shell."""
        look = tokens()
        page = QWidget()
        page.setProperty("kind", "scrolled")
        across = QHBoxLayout(page)
        across.setContentsMargins(look.px(8), look.px(8), look.px(8), look.px(8))
        across.setSpacing(look.px(32))
        everywhere = (self.tr("Everywhere"), self._shell_keys())
        columns = [(self.tr("Keys of “%1”").replace("%1", title), here), everywhere] if here else [everywhere]
        for heading, keys in columns:
            across.addLayout(self._column(heading, keys), 1)
        self._area.setWidget(page)
        self._close.setText(self.tr("Close"))
        self._close.setAccessibleName(self.tr("Close"))
        self.setAccessibleName(self.tr("Keyboard"))
        self.body.setContentsMargins(look.px(16), look.px(12), look.px(16), look.px(12))
        self.open()
        self.setFocus()

    @staticmethod
    def _column(heading: str, keys: Keys) -> QVBoxLayout:
        look = tokens()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(8))
        for line, (key, words) in enumerate(keys):
            cap = KeyHints([(key_name(key), "")])
            cap.setMinimumWidth(cap.sizeHint().width())
            label = PlainLabel(words, wrap=True)
            label.setMinimumHeight(look.px(24))
            grid.addWidget(cap, line, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label, line, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout()
        column.setSpacing(look.px(12))
        column.addWidget(Heading(heading, "section"))
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def panel_height(self) -> int:
        """Enough for the longer column."""
        look, page = tokens(), self._area.widget()
        layout = page.layout() if page is not None else None
        inside = min(look.px(760), self.width() - look.px(32)) - look.px(32)
        return (layout.totalHeightForWidth(inside) if layout is not None else 0) + look.control + look.px(36)

    def _shell_keys(self) -> Keys:
        return [
            ("Ctrl+1 … 8", self.tr("go to a place")),
            ("Ctrl+H", self.tr("the history of what is chosen")),
            ("Ctrl+K", self.tr("find people, addresses, lists, turfs and commands")),
            ("Ctrl+Z", self.tr("take back the last thing")),
            ("Esc", self.tr("step back")),
            ("Ctrl+I", self.tr("import addresses or people")),
            ("Ctrl+Shift+E", self.tr("export people")),
            ("Ctrl+L", self.tr("English or French")),
            ("Ctrl+,", self.tr("settings")),
            ("Ctrl++ / Ctrl+−", self.tr("larger or smaller")),
            ("Ctrl+0", self.tr("ordinary size")),
            ("F1", self.tr("these keys")),
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, Enter or F1 close."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F1):
            self.close_panel()
        else:
            super().keyPressEvent(event)
