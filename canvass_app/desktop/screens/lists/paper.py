"""Walk lists on paper: where the PDF goes, and writing it away from the window's own thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from canvass_app.desktop.screens.base import AppContext
from canvass_app.domain.accesses import Access
from canvass_app.domain.numbers import list_code
from canvass_app.domain.walk_list import Paper, WalkListDocument

if TYPE_CHECKING:
    from canvass_app.printing import PrintReport

PAPERS: tuple[Paper, ...] = ("letter", "a4")
translate = QCoreApplication.translate


def ask_for_pdf(parent: QWidget, number: int, turf_name: str) -> Path | None:
    """Where the list's PDF should be saved; None when the person thinks better of it."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    plain = "".join(c if c.isalnum() or c in " -_" else " " for c in turf_name)
    name = " ".join(f"{list_code(number)} {plain}".split())
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        translate("WalkListPaper", "Save the walk list"),
        str(Path(folder) / f"{name}.pdf"),
        translate("WalkListPaper", "PDF (*.pdf)"),
    )
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")


def open_folder(path: Path) -> None:
    """Show the folder of a file that was just saved, in the computer's own way."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def save_pdf(
    context: AppContext,
    load: Callable[[], WalkListDocument],
    out: Path,
    paper: Paper,
    language: str,
    show_folder: Callable[[Path], None],
    owner: QWidget,
) -> None:
    """Write the PDF of the document that `load` reads, with a strip at the foot of the window; then say where it is."""

    book, author = context.book, context.author

    def work(progress: object, cancelled: object) -> PrintReport:
        from canvass_app.printing import print_walk_list
        from canvass_app.services.audit import record

        document = load()
        record(
            book, Access.PRINTED, document.riding_id, people=document.person_ids, what="list pdf",
            numbers=(document.number,), who=author,
        )  # fmt: skip
        return print_walk_list(document, out, paper, language)

    def done(report: PrintReport) -> None:
        pages = report.pages - 1
        words = (
            translate("WalkListPaper", "Saved “%1” (a cover and %2 page). Print it on %3.")
            if pages == 1
            else translate("WalkListPaper", "Saved “%1” (a cover and %2 pages). Print it on %3.")
        )
        names = {
            "letter": translate("WalkListPaper", "Letter paper"),
            "a4": translate("WalkListPaper", "A4 paper"),
        }
        for mark, value in (("%1", out.name), ("%2", str(pages)), ("%3", names[paper])):
            words = words.replace(mark, value)
        context.say(words)
        show_folder(out)

    title = translate("WalkListPaper", "Making the walk list’s pages")
    context.tasks.long(title, work, done, writes=False, owner=owner)
