"""The pages of a list as pictures, drawn as they are printed, one in sight at a time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from canvass_app.desktop.screens.base import AppContext
from canvass_app.desktop.theme import icon, tokens
from canvass_app.desktop.widgets import PlainLabel
from canvass_app.desktop.widgets.labels import restyles
from canvass_app.domain.walk_list import Paper, WalkListDocument

# How tall a page is, in widths.
_TALL: dict[Paper, float] = {"letter": 11 / 8.5, "a4": 297 / 210}


class _Sheet(QWidget):
    """Shows one picture of a page, as large as there is room."""

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(tokens().px(120), tokens().px(120))

    def show_image(self, image: QImage | None) -> None:
        """Show another page."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """The shape of paper."""
        return QSize(tokens().px(340), tokens().px(440))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the page with a quiet edge."""
        look = tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image is not None:
            size = QSize(self._image.width(), self._image.height())
            size = size.scaled(self.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio)
            box = QRectF((self.width() - size.width()) / 2, 1, size.width(), size.height())
            painter.drawImage(box, self._image)
            painter.setPen(QPen(QColor(look.edge), 1))
            painter.drawRect(box)
        painter.end()

    def resizeEvent(self, event: QEvent) -> None:
        """A sharper picture for the new size."""
        self.resized.emit()


class Preview(QWidget):
    """Pages of a document; PageUp and PageDown turn them."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._document: WalkListDocument | None = None
        self._paper: Paper = "letter"
        self._language = "en"
        self._page = 0
        self._asked: tuple[object, ...] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sheet = _Sheet()
        self._before, self._after = QToolButton(), QToolButton()
        self._before.setIcon(icon("chevron-left"))
        self._after.setIcon(icon("chevron-right"))
        self._before.clicked.connect(lambda: self.turn(-1))
        self._after.clicked.connect(lambda: self.turn(1))
        self._where = PlainLabel(kind="quiet")
        row = QHBoxLayout()
        row.addStretch(1)
        for widget in (self._before, self._where, self._after):
            row.addWidget(widget)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens().px(8))
        column.addWidget(self.sheet, 1000)
        column.addLayout(row)
        column.addStretch(1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self._draw)
        self.sheet.resized.connect(self._later.start)
        self.retranslate()

    def show_document(self, document: WalkListDocument | None, paper: Paper, language: str) -> None:
        """Show a list's pages on that paper; the page in sight stays when it is the same list."""
        same = (
            document is not None and self._document is not None and document.number == self._document.number
        )
        self._document, self._paper, self._language = document, paper, language
        self._fit()
        if not same:
            self._page = min(1, len(document.pages)) if document else 0
        self._draw()

    def turn(self, by: int) -> None:
        """Another page: 0 is the cover."""
        if self._document is not None:
            self._page = max(0, min(self._page + by, len(self._document.pages)))
            self._draw()

    def image(self) -> QImage | None:
        """The picture in sight."""
        return self.sheet._image

    def _draw(self) -> None:
        self._write()
        document, page, paper, language = self._document, self._page, self._paper, self._language
        if document is None:
            self._asked = None
            self.sheet.show_image(None)
            return
        high = max(self.sheet.height(), 240) * self.devicePixelRatioF()
        dpi = min(220.0, max(40.0, high / (11.0 if paper == "letter" else 11.69)))
        wanted = (document.number, page, paper, language, round(dpi))
        if wanted == self._asked:
            return
        self._asked = wanted

        def work() -> QImage:
            from canvass_app.printing import render_page

            return render_page(document, page, paper, language, dpi)

        self._context.tasks.read(work, self.sheet.show_image, key="lists.preview", owner=self)

    def _write(self) -> None:
        pages = len(self._document.pages) if self._document else 0
        words = self.tr("cover") if self._page == 0 else self.tr("page %1 of %2")
        words = words.replace("%1", str(self._page)).replace("%2", str(pages))
        self._where.setText(words if self._document else "")
        self._before.setEnabled(self._page > 0)
        self._after.setEnabled(self._page < pages)
        for button in (self._before, self._after):
            button.setVisible(self._document is not None)
        self.setAccessibleDescription(self._where.text())

    def resizeEvent(self, event: QEvent) -> None:
        """What turns the pages stands right below them."""
        self._fit()

    def _fit(self) -> None:
        self.sheet.setMaximumHeight(max(tokens().px(120), round(self.width() * _TALL[self._paper]) + 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the page."""
        by = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = by.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turn(step)

    def retranslate(self) -> None:
        """Words in the language of the moment."""
        self.setAccessibleName(self.tr("Pages of the list"))
        for button, words in ((self._before, self.tr("Page before")), (self._after, self.tr("Next page"))):
            button.setAccessibleName(words)
            button.setToolTip(words)
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        """Follow theme and zoom."""
        if restyles(event) and hasattr(self, "_later"):
            self._later.start()
        super().changeEvent(event)
