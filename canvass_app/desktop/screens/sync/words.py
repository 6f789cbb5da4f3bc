"""What the screen Sync says, in whole sentences. A state goes in, words come out; nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from canvass_app.desktop.i18n import counted
from canvass_app.desktop.screens.sync.background import LastMove
from canvass_app.desktop.theme.icons import Tone
from canvass_app.desktop.widgets import format_clock, format_day, format_number
from canvass_app.domain.text import Text
from canvass_app.services.arrivals import Arrivals
from canvass_app.services.losing import Loss
from canvass_app.services.receipts import ShiftReceipt
from canvass_app.services.standing import Standing
from canvass_app.services.syncing import SyncStatus

# From four in the afternoon on, the day's results are those of "tonight".
_EVENING = 16


@dataclass(frozen=True, slots=True)
class State:
    """Everything the screen shows, read in one go. `today` is the campaign's ISO day."""

    status: SyncStatus
    standing: Standing
    shifts: tuple[ShiftReceipt, ...]
    news: Arrivals
    moved: LastMove | None
    ridings: dict[int, Text]
    """Names of the ridings that headquarters shows this laptop."""
    now_ms: int
    today: str
    time_zone: str
    declaration: Text | None = None
    """What somebody has to accept before headquarters hands anything out; None when nothing is in the way."""
    losses: tuple[Loss, ...] = ()
    """Ridings that headquarters took from this laptop, until somebody has read it."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The sentence on top, what follows from it, and its mark."""

    lead: str
    detail: str
    icon: str
    tone: Tone


def headline(state: State, running: bool, refused: bool = False) -> Headline:
    """The state in plain words; `refused`: headquarters no longer accepts this laptop."""
    status = state.status
    if not status.joined:
        return _renewed(status) if state.standing.renewed else _alone(status)
    if status.pending:
        return _pending(status, running, refused)
    detail = QCoreApplication.translate(
        "Sync",
        "They are safe there, even if something happens to this laptop. What others send arrives here by itself.",
    )
    if not state.shifts:
        detail = QCoreApplication.translate("Sync", "What others send arrives here by itself.")
    if state.declaration is not None:
        detail = QCoreApplication.translate(
            "Sync", "What others did arrives once the campaign’s declaration is accepted here."
        )
    if status.pending_events:
        detail = QCoreApplication.translate(
            "Sync",
            "Other changes, such as turfs and walk lists, are still on their way; they leave with the next sync.",
        )
    lead = _all_there(state)
    if status.receipt:
        receipt = QCoreApplication.translate("Sync", "Receipt %1.").replace("%1", status.receipt)
        lead = f"{lead} {receipt}"
    return Headline(lead, detail, "check", "good")


def _all_there(state: State) -> str:
    tonight = sum(one.results for one in state.shifts if one.day == state.today and not one.voided)
    if not state.shifts:
        return QCoreApplication.translate("Sync", "Nothing waits to be sent.")
    if not tonight:
        return QCoreApplication.translate("Sync", "All results of this laptop are at headquarters.")
    local = datetime.fromtimestamp(state.now_ms / 1000, UTC).astimezone(ZoneInfo(state.time_zone))
    if local.hour >= _EVENING:
        one = QCoreApplication.translate("Sync", "The %1 result of tonight is at headquarters.")
        many = QCoreApplication.translate("Sync", "All %1 results of tonight are at headquarters.")
    else:
        one = QCoreApplication.translate("Sync", "The %1 result of today is at headquarters.")
        many = QCoreApplication.translate("Sync", "All %1 results of today are at headquarters.")
    return counted(tonight, one, many, format_number)


def _only_here(pending: int) -> str:
    one = QCoreApplication.translate("Sync", "%1 result is only on this laptop.")
    many = QCoreApplication.translate("Sync", "%1 results are only on this laptop.")
    return counted(pending, one, many, format_number)


def _pending(status: SyncStatus, running: bool, refused: bool) -> Headline:
    if running:
        detail = QCoreApplication.translate("Sync", "Saved here, and on the way to headquarters now.")
    elif refused:
        detail = QCoreApplication.translate(
            "Sync", "Saved here and safe, until headquarters accepts this laptop again."
        )
    else:
        detail = QCoreApplication.translate(
            "Sync", "Saved here and safe; they leave when there is a network."
        )
    return Headline(_only_here(status.pending), detail, "sync", "warn")


def _alone(status: SyncStatus) -> Headline:
    if status.pending:
        detail = QCoreApplication.translate(
            "Sync", "Saved here and safe; they leave once this laptop has joined its campaign’s headquarters."
        )
        return Headline(_only_here(status.pending), detail, "home", "quiet")
    return Headline(
        QCoreApplication.translate("Sync", "This laptop works on its own."),
        QCoreApplication.translate(
            "Sync", "Turfs, lists and results are saved here, encrypted. Nothing leaves this laptop."
        ),
        "home",
        "quiet",
    )


def _renewed(status: SyncStatus) -> Headline:
    detail = QCoreApplication.translate(
        "Sync",
        "Headquarters knew this laptop’s number from another one: it was copied, or put back from a backup. Everything "
        "is saved here and nothing counts twice. Ask your organiser for a code and join again.",
    )
    lead = (
        _only_here(status.pending)
        if status.pending
        else QCoreApplication.translate("Sync", "This laptop has a new number and has to join again.")
    )
    return Headline(lead, detail, "warning", "warn")


def moment(wall_ms: int | None, now_ms: int, lang: str) -> str:
    """A moment as a clock time, with its day when it is not close."""
    if wall_ms is None:
        return QCoreApplication.translate("Sync", "not yet")
    clock = format_clock(wall_ms, lang)
    return clock if abs(now_ms - wall_ms) < 43_200_000 else f"{format_day(wall_ms, lang)} {clock}"


def exchange(moved: LastMove | None, now_ms: int, lang: str) -> str:
    """What the last sync that moved something moved."""
    if moved is None:
        return QCoreApplication.translate("Sync", "nothing yet")
    words = QCoreApplication.translate("Sync", "%1: entries sent %2, received %3")
    words = words.replace("%1", moment(moved.wall_ms, now_ms, lang))
    return words.replace("%2", format_number(moved.sent, lang)).replace(
        "%3", format_number(moved.arrived, lang)
    )
