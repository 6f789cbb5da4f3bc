"""The first step: which file, and what it holds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from canvass_app.desktop.theme import icon_pixmap, tokens
from canvass_app.desktop.widgets import Heading, PlainLabel, make_button
from canvass_app.desktop.widgets.labels import restyles


class DropZone(QWidget):
    """Takes a file that is dropped, or opens the file dialog."""

    dropped = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(True)
        self._over = False
        self.title = Heading("", "section")
        self.words = PlainLabel(kind="quiet", wrap=True)
        self.button = make_button("", "primary", "import")
        look = tokens()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(24))
        column.setSpacing(look.px(8))
        column.addStretch(1)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setPixmap(icon_pixmap("import", look.px(40), "accent", self.devicePixelRatioF()))
        column.addWidget(self._picture)
        for widget in (self.title, self.words):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget)
        column.addSpacing(look.px(8))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.setMinimumHeight(look.px(260))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome a single local file."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not this time."""
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the file."""
        self._over = False
        self.update()
        event.acceptProposedAction()
        self.dropped.emit(Path(event.mimeData().urls()[0].toLocalFile()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dashed edge, as of something that wants to be filled."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(look.accent if self._over else look.edge), look.px(1.5), Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(look.accent_soft if self._over else look.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), look.px(10), look.px(10))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new theme's colour."""
        if restyles(event) and hasattr(self, "_picture"):
            picture = icon_pixmap("import", tokens().px(40), "accent", self.devicePixelRatioF())
            self._picture.setPixmap(picture)
        super().changeEvent(event)


class ChooseStep(QWidget):
    """The kind of file, the drop zone, and what files are understood."""

    chosen = Signal(object)  # Path

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.doors, self.people, self.streets = QRadioButton(), QRadioButton(), QRadioButton()
        self._group = QButtonGroup(self)
        for radio in (self.doors, self.people, self.streets):
            self._group.addButton(radio)
        self.doors.setChecked(True)
        self._doors_words, self._people_words, self._streets_words = (
            PlainLabel(kind="quiet", wrap=True),
            PlainLabel(kind="quiet", wrap=True),
            PlainLabel(kind="quiet", wrap=True),
        )
        self.zone = DropZone()
        self.zone.dropped.connect(self.chosen)
        self.zone.button.clicked.connect(self._browse)
        self._formats = PlainLabel(kind="small", wrap=True)
        self._group.buttonToggled.connect(lambda: self._write_formats())
        look = tokens()
        kinds = QHBoxLayout()
        kinds.setSpacing(look.px(32))
        for radio, words in (
            (self.doors, self._doors_words),
            (self.people, self._people_words),
            (self.streets, self._streets_words),
        ):
            side = QVBoxLayout()
            side.setSpacing(look.px(2))
            words.setContentsMargins(look.px(28), 0, 0, 0)
            side.addWidget(radio)
            side.addWidget(words)
            side.addStretch(1)
            kinds.addLayout(side, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(16))
        column.addLayout(kinds)
        column.addWidget(self.zone)
        column.addWidget(self._formats)
        column.addStretch(1)
        self.setMaximumWidth(look.px(900))
        self.setFocusProxy(self.zone.button)

    @property
    def kind(self) -> str:
        """ "doors", "people" or "streets"."""
        if self.streets.isChecked():
            return "streets"
        return "people" if self.people.isChecked() else "doors"

    def set_kind(self, kind: str) -> None:
        """Choose what the file holds."""
        {"people": self.people, "streets": self.streets}.get(kind, self.doors).setChecked(True)

    def _browse(self) -> None:
        if self.kind == "streets":
            title, kinds = (
                self.tr("Street file to import"),
                "*.osm.pbf *.osm *.osm.gz *.osm.bz2 *.geojson *.json",
            )
            known = self.tr("Street files (%1);;All files (*)")
        else:
            title, kinds = self.tr("File to import"), "*.csv *.tsv *.tab *.txt *.xlsx *.xlsb *.xls *.ods"
            known = self.tr("Tables (%1);;All files (*)")
        name, _ = QFileDialog.getOpenFileName(self, title, "", known.replace("%1", kinds))
        if name:
            self.chosen.emit(Path(name))

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.doors.setText(self.tr("&Addresses"))
        self.people.setText(self.tr("&People"))
        self._doors_words.setText(
            self.tr("Doors without names: a municipal address file, the National Address Register.")
        )
        self._people_words.setText(
            self.tr("Electors or contacts with their address: an export of VAN or NationBuilder, a list.")
        )
        self.zone.title.setText(self.tr("Drop a file here"))
        self.zone.words.setText(self.tr("Nothing is changed before you have seen what was understood."))
        self.zone.button.setText(self.tr("Choose a file…"))
        self.zone.button.setAccessibleName(self.tr("Choose a file…"))
        self.streets.setText(self.tr("&Streets"))
        self._streets_words.setText(
            self.tr(
                "For the map and for walks: an extract of OpenStreetMap, the road network of the province."
            )
        )
        self._write_formats()

    def _write_formats(self) -> None:
        self._formats.setText(
            self.tr("OpenStreetMap (.osm.pbf, .osm) of any size, a whole province too, or GeoJSON lines up to 256 MB. Only what lies around the riding’s doors is kept.")
            if self.kind == "streets" else
            self.tr("CSV, TSV, Excel or OpenDocument, up to 200 MB. Canvass finds encoding, delimiter, header and columns by itself.")
        )  # fmt: skip
