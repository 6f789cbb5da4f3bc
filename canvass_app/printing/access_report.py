"""What is held about one person, on paper: for that person, who is no specialist."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import Paper
from canvass_app.services.access import AccessReport

from .application import ensure_gui_application
from .canvas import sheet_family
from .files import write_whole

_SIZES = {"letter": QPageSize.PageSizeId.Letter, "a4": QPageSize.PageSizeId.A4}
_QUIET = QColor(0x55, 0x55, 0x55)
_RULE = QColor(0xC8, 0xC8, 0xC8)
_DPI = 300
# Qt takes a document's margins for a screen's dots and scales them to the paper's.
_MM = 96 / 25.4

_WORDS = {
    "title": Text("What we hold about you", "Ce que nous détenons sur vous"),
    "made": Text("{campaign}, {riding}, {day}", "{campaign}, {riding}, {day}"),
    "intro": Text(
        "This is everything about you in the record of this campaign, as it stood on this computer that day. You may ask for "
        "corrections, or to be erased: then it is removed here, at headquarters, on every other computer of the "
        "campaign and from its backups, and you stay out of later files.",
        "Voici tout ce qui vous concerne dans le registre de cette campagne, tel qu’il était sur cet ordinateur ce jour-là. Vous "
        "pouvez demander des corrections, ou d’être effacé : tout est alors retiré d’ici, du quartier général, de chaque "
        "autre ordinateur de la campagne et de ses sauvegardes, et vous restez hors des fichiers suivants.",
    ),
    "stands": Text("What stands now", "Ce qui vaut maintenant"),
    "files": Text("What files said of you", "Ce que des fichiers disent de vous"),
    "file": Text("“{file}”, imported on {day}", "« {file} », importé le {day}"),
    "withdrawn": Text("withdrawn since, does not count", "retiré depuis, ne compte pas"),
    "recorded": Text("What was recorded", "Ce qui a été noté"),
    "lists": Text("Printed lists that name you", "Listes imprimées où figure votre nom"),
    "list": Text(
        "List {code}, line {line}, printed on {day}", "Liste {code}, ligne {line}, imprimée le {day}"
    ),
    "back": Text("the paper is back", "le papier est revenu"),
    "out": Text("the paper is still out", "le papier est encore dehors"),
    "nothing": Text("Nothing.", "Rien."),
    "mentions_one": Text(
        "One note about a door or another person may mention you. It is about somebody else too; ask to see it.",
        "Une note sur une porte ou une autre personne vous mentionne peut-être. Elle concerne aussi quelqu’un d’autre; "
        "demandez à la voir.",
    ),
    "mentions": Text(
        "{count} notes about doors or other people may mention you. They are about others too; ask to see them.",
        "{count} notes sur des portes ou d’autres personnes vous mentionnent peut-être. Elles concernent aussi d’autres "
        "personnes; demandez à les voir.",
    ),
}


def print_access_report(report: AccessReport, out: Path, paper: Paper, language: str) -> Path:
    """Write the report as PDF to `out`, whole or not at all, in "en" or "fr".

    Raises DiskFull or FileProblem when the file cannot be written, StorageProblem when the computer has no font.
    """
    ensure_gui_application()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(_WORDS["title"].say(language))
    writer.setResolution(_DPI)
    none = QMarginsF(0, 0, 0, 0)
    writer.setPageLayout(QPageLayout(QPageSize(_SIZES[paper]), QPageLayout.Orientation.Portrait, none))
    sheet = _Sheet(report, language, writer)
    sheet.write()
    sheet.paint(writer)
    buffer.close()
    write_whole(out, bytes(buffer.data().data()))
    return out


class _Sheet:
    """The report as a document. All text goes in as text: nothing that somebody wrote is ever markup."""

    def __init__(self, report: AccessReport, language: str, writer: QPdfWriter) -> None:
        self._report, self._language = report, language
        self.document = QTextDocument()
        self.document.documentLayout().setPaintDevice(writer)
        self.document.setPageSize(QSizeF(writer.width(), writer.height()))
        self.document.setDefaultFont(QFont(sheet_family(), 10))
        frame = QTextFrameFormat()
        frame.setMargin(18 * _MM)
        self.document.rootFrame().setFrameFormat(frame)
        self._cursor = QTextCursor(self.document)
        self._heads: list[QTextBlock] = []

    def _say(self, word: str, **values: object) -> str:
        return _WORDS[word].say(self._language).format(**values)

    def paint(self, writer: QPdfWriter) -> None:
        """Every page, with whom it is about and its number at the foot."""
        width, height = writer.width(), writer.height()
        pages = self.document.pageCount()
        foot = QFont(sheet_family(), 8)
        painter = QPainter(writer)
        try:
            for page in range(pages):
                if page:
                    writer.newPage()
                painter.save()
                painter.translate(0, -page * height)
                self.document.drawContents(painter, QRectF(0, page * height, width, height))
                painter.restore()
                painter.setFont(foot)
                painter.setPen(_QUIET)
                edge = 18 / 25.4 * _DPI
                line = QRectF(edge, height - edge * 0.75, width - 2 * edge, edge * 0.4)
                painter.drawText(line, Qt.AlignmentFlag.AlignLeft, self._report.name)
                painter.drawText(line, Qt.AlignmentFlag.AlignRight, f"{page + 1} / {pages}")
        finally:
            painter.end()

    def write(self) -> None:
        """Lay the report out."""
        report, say = self._report, self._language
        where = (report.campaign.say(say), report.riding.say(say), report.made_day)
        self._line(self._say("title"), size=20, bold=True, below=1)
        self._line(", ".join(one for one in where if one), quiet=True, below=5)
        self._line(report.name, size=14, bold=True, below=1)
        for place in report.places:
            self._line(place, below=0.5)
        self._line(self._say("intro"), quiet=True, above=4, below=4)
        self._head("stands")
        self._table([(one.label.say(say), one.value.say(say)) for one in report.stands])
        self._head("files")
        for row in report.files:
            name = self._say("file", file=row.file, day=row.day)
            self._line(
                name if row.counts else f"{name} ({self._say('withdrawn')})", bold=True, above=2, below=1
            )
            self._table([(one.label.say(say), one.value.say(say)) for one in row.facts])
        if not report.files:
            self._line(self._say("nothing"))
        self._head("recorded")
        self._table(
            [
                (
                    f"{one.day} {one.clock}",
                    one.what.say(say) if one.counts else f"{one.what.say(say)} ({one.standing.say(say)})",
                )
                for one in report.recorded
            ]
        )
        self._head("lists")
        self._table(
            [
                (self._say("list", code=one.code, line=one.line, day=one.day), self._say("back" if one.returned else "out"))
                for one in report.lists
            ],
            first=60,
        )  # fmt: skip
        if report.mentions:
            word = "mentions_one" if report.mentions == 1 else "mentions"
            self._line(self._say(word, count=report.mentions), quiet=True, above=4)
        self._keep_heads()

    def _keep_heads(self) -> None:
        """A heading whose section begins on the next page goes there too."""
        layout, height = self.document.documentLayout(), self.document.pageSize().height()
        for head in self._heads:
            here, below = layout.blockBoundingRect(head), layout.blockBoundingRect(head.next())
            if int(here.top() // height) != int(below.top() // height):
                broken = head.blockFormat()
                broken.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(head).setBlockFormat(broken)

    def _head(self, word: str) -> None:
        self._line(self._say(word), size=13, bold=True, above=6, below=1.5)
        self._heads.append(self._cursor.block())

    def _line(
        self, text: str, *, size: float = 10, bold: bool = False, quiet: bool = False, above: float = 0, below: float = 0,
    ) -> None:  # fmt: skip
        block, char = QTextBlockFormat(), QTextCharFormat()
        block.setTopMargin(above * _MM)
        block.setBottomMargin(below * _MM)
        char.setFontPointSize(size)
        char.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        char.setForeground(_QUIET if quiet else QColor("black"))
        if self._cursor.block().length() > 1 or self._cursor.position() > 0:
            self._cursor.insertBlock()
        self._cursor.setBlockFormat(block)
        self._cursor.setCharFormat(char)
        self._cursor.insertText(self._tied(text), char)

    def _tied(self, text: str) -> str:
        """French marks stay with their word at a line's end."""
        if self._language != "fr":
            return text
        for mark in ("« ", " »", " :", " ?", " !"):
            text = text.replace(mark, mark.replace(" ", "\N{NO-BREAK SPACE}"))
        return text

    def _table(self, rows: Sequence[tuple[str, str]], first: int = 32) -> None:
        if not rows:
            self._line(self._say("nothing"))
            return
        form = QTextTableFormat()
        form.setBorder(0)
        form.setCellSpacing(0)
        form.setCellPadding(0.9 * _MM)
        form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        percent = QTextLength.Type.PercentageLength
        form.setColumnWidthConstraints([QTextLength(percent, first), QTextLength(percent, 100 - first)])
        table = self._cursor.insertTable(len(rows), 2, form)
        quiet, normal = QTextCharFormat(), QTextCharFormat()
        quiet.setForeground(_QUIET)
        for format_ in (quiet, normal):
            format_.setFontPointSize(10)
        for at, (name, value) in enumerate(rows):
            for column, (text, look) in enumerate(((name, quiet), (value, normal))):
                cell = table.cellAt(at, column)
                edge = cell.format().toTableCellFormat()
                edge.setBottomBorder(0.15 * _MM)
                edge.setBottomBorderBrush(_RULE)
                edge.setBottomBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                cell.setFormat(edge)
                cell.firstCursorPosition().insertText(self._tied(text), look)
        self._cursor.movePosition(QTextCursor.MoveOperation.End)
