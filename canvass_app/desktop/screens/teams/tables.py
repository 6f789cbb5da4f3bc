"""The three tables: teams at the left, events and the roll of the chosen one (or the members) in the middle."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from canvass_app.desktop.i18n import current_language
from canvass_app.desktop.screens.review.side import figure, when
from canvass_app.desktop.widgets import Chip, Column, DataTable, RowsModel
from canvass_app.domain.gatherings import ANSWERS, CAME, ROLES, SORTS
from canvass_app.services.field_words import phone_label
from canvass_app.services.team_rows import GatheringRow, RollRow, TeamRow

translate = QCoreApplication.translate


def capital(text: str) -> str:
    """A word of the record at the beginning of a cell or line."""
    return text[:1].upper() + text[1:]


def sort_word(sort: str) -> str:
    """What an event is: a canvass, a call night, a training."""
    return SORTS[sort].say(current_language()) if sort in SORTS else sort


def when_words(row: GatheringRow) -> str:
    """The day and the time at which an event begins."""
    return when(row.day, row.start)


def answer_chip(row: RollRow) -> Chip | None:
    """What a member answered; nothing where they have not, so that the eye finds who is missing."""
    if not row.answer:
        return None
    words = ANSWERS[row.answer].say(current_language()) if row.answer in ANSWERS else row.answer
    if row.answer == "coming":
        return Chip(capital(words), "good")
    return Chip(capital(words), "neutral", "help" if row.answer == "maybe" else "close")


def came_chip(row: RollRow) -> Chip | None:
    """Whether a member came, once somebody has noted it."""
    if not row.came:
        return None
    words = CAME[row.came].say(current_language()) if row.came in CAME else row.came
    return (
        Chip(capital(words), "good", "check") if row.came == "came" else Chip(capital(words), "warn", "close")
    )


def state_chip(row: GatheringRow) -> Chip | None:
    """What has to be known of an event before anything else."""
    if row.cancelled:
        return Chip(translate("Teams", "cancelled"), "bad")
    if row.past:
        return Chip(translate("Teams", "over"), "neutral")
    return Chip(translate("Teams", "full"), "neutral", "teams") if row.full else None


def coming_words(row: GatheringRow) -> str:
    """How many come, of the places there are."""
    if not row.places:
        return figure(row.coming)
    words = translate("Teams", "%1 of %2").replace("%1", figure(row.coming))
    return words.replace("%2", figure(row.places))


def team_table() -> DataTable:
    """The teams; a closed one says so."""

    def name(row: TeamRow) -> str:
        return translate("Teams", "%1 (closed)").replace("%1", row.name) if row.closed else row.name

    return DataTable(
        RowsModel(
            [
                Column[TeamRow](lambda: translate("Teams", "Team"), name, strong=True),
                Column[TeamRow](
                    lambda: translate("Teams", "Members"), lambda row: figure(row.members), align="right", width=88,
                    sort_key=lambda row: row.members,
                ),
            ]
        )
    )  # fmt: skip


def event_table() -> DataTable:
    """The events, the next ones first."""
    return DataTable(
        RowsModel(
            [
                Column[GatheringRow](
                    lambda: translate("Teams", "When"), when_words, width=192, strong=True,
                    sort_key=lambda row: row.start_ms,
                ),
                Column[GatheringRow](lambda: translate("Teams", "What"), lambda row: sort_word(row.sort)),
                Column[GatheringRow](lambda: translate("Teams", "State"), state_chip, width=112),
                Column[GatheringRow](
                    lambda: translate("Teams", "Coming"), coming_words, align="right", width=84,
                    sort_key=lambda row: row.coming,
                ),
                Column[GatheringRow](
                    lambda: translate("Teams", "Came"), lambda row: figure(row.came), align="right", width=76,
                    sort_key=lambda row: row.came,
                ),
            ]
        )
    )  # fmt: skip


def roll_table() -> DataTable:
    """Everybody who can be expected at the chosen event; without one, the members."""
    return DataTable(
        RowsModel(
            [
                Column[RollRow](lambda: translate("Teams", "Name"), lambda row: row.name, strong=True),
                Column[RollRow](lambda: translate("Teams", "Answer"), answer_chip, width=128),
                Column[RollRow](lambda: translate("Teams", "Attendance"), came_chip, width=128),
                Column[RollRow](
                    lambda: translate("Teams", "Telephone"), lambda row: phone_label(row.phone), width=124
                ),
                Column[RollRow](lambda: translate("Teams", "Needs"), lambda row: row.needs, width=132),
            ]
        )
    )


def role_words(role: str) -> str:
    """A member's role in the team, in words."""
    return ROLES[role].say(current_language()) if role in ROLES else role


def fill(table: DataTable, rows: Sequence[Any], ids: Sequence[Hashable], wanted: Hashable | None) -> None:
    """Show these rows. Where they are the same things as before, whoever is at a row stays there."""
    model = table.rows
    before = [model.row_id(at) for at in range(model.rowCount())]
    sorted_by_hand = table.horizontalHeader().sortIndicatorSection() >= 0
    if before == list(ids) or (sorted_by_hand and set(before) == set(ids)):
        for one, row in zip(ids, rows, strict=True):
            model.replace_row(one, row)
        if wanted is not None and table.selected_ids() != [wanted]:
            table.select_id(wanted)
        return
    selected = table.selected_ids()
    at = table.currentIndex().row()
    model.set_rows(rows, ids)
    keep = wanted if wanted is not None else selected[0] if selected else None
    if (keep is None or not table.select_id(keep)) and ids:
        table.select_id(ids[min(max(at, 0), len(ids) - 1)])


def page_that_moves(widget: QWidget) -> QScrollArea:
    """Where what stands side by side does not fit, it keeps its widths, and the page moves."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    return area
