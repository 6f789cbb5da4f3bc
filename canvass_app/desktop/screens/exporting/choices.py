"""Whom an export may hold, as a list to choose from, read from the record."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from canvass_app.services.book import Book
from canvass_app.services.export_people import Choice
from canvass_app.services.turfs import list_turfs
from canvass_app.services.walk_lists import list_walk_lists

translate = QCoreApplication.translate


class Known(NamedTuple):
    """What of a riding can be chosen: turfs (id, name), lists (number, code, turf), yes-or-no questions (id, en, fr)."""

    turfs: tuple[tuple[bytes, str], ...]
    lists: tuple[tuple[int, str, str], ...]
    questions: tuple[tuple[str, str, str], ...]


def read_known(book: Book, riding_id: int) -> Known:
    """Turfs, lists and questions of a riding. Not on the GUI thread."""
    script = book.campaign.script if book.campaign else None
    return Known(
        tuple((one.turf_id, one.name) for one in list_turfs(book, riding_id)),
        tuple((one.number, one.code, one.turf_name) for one in list_walk_lists(book, riding_id)),
        tuple((q.id, q.short.en, q.short.fr) for q in script.questions if q.kind == "yes_no")
        if script
        else (),
    )


def choices_of(known: Known, riding_id: int, language: str) -> list[tuple[str, Choice]]:
    """Words for each choice, and the choice."""
    found = [
        (translate("Export", "Everybody in the riding"), Choice(riding_id)),
        (translate("Export", "People with a telephone"), Choice(riding_id, "phone")),
        (translate("Export", "Supporters (1 and 2)"), Choice(riding_id, "support", values=("1", "2"))),
        (translate("Export", "Undecided (3)"), Choice(riding_id, "support", values=("3",))),
    ]
    for name, en, fr in known.questions:
        words = translate("Export", "Said yes: %1").replace("%1", fr if language == "fr" else en)
        found.append((words, Choice(riding_id, "answer", values=("yes",), question=name)))
    for turf, name in known.turfs:
        words = translate("Export", "Turf: %1").replace("%1", name)
        found.append((words, Choice(riding_id, "turf", id=turf, name=name)))
    for number, code, name in known.lists:
        words = translate("Export", "List %1: %2").replace("%1", code).replace("%2", name)
        found.append((words, Choice(riding_id, "list", number=number)))
    return found
