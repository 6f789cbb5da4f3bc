"""What is told below the sentence on top: a shift and its receipt, what arrived, and what a person should know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from canvass_app.desktop.i18n import counted, current_language
from canvass_app.desktop.screens.sync.words import State, moment
from canvass_app.desktop.theme.icons import Tone
from canvass_app.desktop.widgets import format_day, format_number
from canvass_app.services.arrivals import Arrival, Arrivals
from canvass_app.services.receipts import ShiftReceipt


@dataclass(frozen=True, slots=True)
class Care:
    """One thing a person should know: in whole sentences, with a mark; `more` for whoever is asked for it."""

    text: str
    icon: str
    tone: Tone
    more: str = ""


def day_words(day: str) -> str:
    """An ISO day as people say it."""
    return format_day(date.fromisoformat(day), current_language())


def volunteer(name: str) -> str:
    """Who recorded it, also where nobody gave a name."""
    return name or QCoreApplication.translate("Sync", "no name given")


def shift_sentence(shift: ShiftReceipt, joined: bool = True) -> str:
    """ "Shift 14: 63 results, all at headquarters, receipt 7F3K." """
    translate = QCoreApplication.translate
    if shift.number:
        which = translate("Sync", "Shift %1").replace("%1", format_number(shift.number, current_language()))
    else:
        which = translate("Sync", "Without a shift")
    results = counted(
        shift.results, translate("Sync", "%1 result"), translate("Sync", "%1 results"), format_number
    )
    if shift.voided:
        words = translate("Sync", "%1 (%2, %3): %4, taken back: kept in the record, and not counted.")
    elif shift.pending:
        only = translate("Sync", "only on this laptop so far")
        if shift.pending < shift.results:
            only = translate("Sync", "%1 of them only on this laptop").replace(
                "%1", format_number(shift.pending, current_language())
            )
        words = translate("Sync", "%1 (%2, %3): %4, %5. Saved and safe here.").replace("%5", only)
    elif not joined or not shift.receipt:
        words = translate("Sync", "%1 (%2, %3): %4. Saved and safe here; no receipt yet.")
    else:
        words = translate("Sync", "%1 (%2, %3): %4, all at headquarters, receipt %5.")
        words = words.replace("%5", shift.receipt)
    words = words.replace("%1", which).replace("%3", day_words(shift.day)).replace("%4", results)
    # The name last: whatever somebody is called, nothing in it is taken for a place.
    return words.replace("%2", volunteer(shift.volunteer))


# --- what arrived ---------------------------------------------------------------------------------


def _things(what: str, number: int) -> str:
    translate = QCoreApplication.translate
    words = {
        "results": (translate("Sync", "%1 result"), translate("Sync", "%1 results")),
        "corrections": (translate("Sync", "%1 correction"), translate("Sync", "%1 corrections")),
        "notes": (translate("Sync", "%1 note"), translate("Sync", "%1 notes")),
        "people": (translate("Sync", "%1 person added"), translate("Sync", "%1 people added")),
        "turfs": (translate("Sync", "%1 turf changed"), translate("Sync", "%1 changes to turfs")),
        "lists": (
            translate("Sync", "%1 walk list issued or returned"),
            translate("Sync", "%1 walk lists issued or returned"),
        ),
        "files": (translate("Sync", "%1 file of addresses or people"), translate("Sync", "%1 files of addresses or people")),
        "maps": (translate("Sync", "%1 map"), translate("Sync", "%1 maps")),
        "decisions": (translate("Sync", "%1 question decided"), translate("Sync", "%1 questions decided")),
        "shifts": (
            translate("Sync", "%1 shift taken back or restored"),
            translate("Sync", "%1 shifts taken back or restored"),
        ),
        "erasures": (translate("Sync", "%1 person forgotten"), translate("Sync", "%1 people forgotten")),
    }  # fmt: skip
    one, many = words[what]
    return counted(number, one, many, format_number)


_ORDER = (
    "results", "corrections", "notes", "people", "turfs", "lists", "files", "maps", "decisions", "shifts", "erasures",
)  # fmt: skip


def who_words(row: Arrival) -> str:
    """Who it was, or which laptop where only that is known."""
    if row.who:
        return row.who
    short = row.device_id.hex()[:4].upper()
    return QCoreApplication.translate("Sync", "laptop %1").replace("%1", short)


def did_words(row: Arrival) -> str:
    """What they did: "41 results, 3 notes"."""
    return ", ".join(_things(what, row.counts[what]) for what in _ORDER if row.counts.get(what))


def news_words(news: Arrivals, now_ms: int) -> tuple[str, str]:
    """Since when, and how much in all; the second is empty where nothing arrived."""
    translate = QCoreApplication.translate
    if not news.rows:
        return translate("Sync", "Nothing from others yet. What they send appears here by itself."), ""
    if news.since_ms is None:
        since = translate("Sync", "Since this laptop joined")
    else:
        since = translate("Sync", "Since %1").replace("%1", moment(news.since_ms, now_ms, current_language()))
    if not news.fresh:
        since = translate("Sync", "Nothing new since you last looked. What you saw then:")
    if not news.results:
        return since, ""
    results = _things("results", news.results)
    people = sum(1 for row in news.rows if row.results)
    by = counted(
        people, translate("Sync", "%2 by %1 person."), translate("Sync", "%2 by %1 people."), format_number
    )
    return since, by.replace("%2", results)


# --- what a person should know --------------------------------------------------------------------


def cares(state: State) -> list[Care]:
    """What does not mend itself, or not yet: what happened, what is safe, what to do."""
    translate = QCoreApplication.translate
    stands, lang = state.standing, current_language()
    found: list[Care] = []
    if stands.incomplete and state.declaration is None:
        names = ", ".join(
            state.ridings[one].say(lang) if one in state.ridings else str(one % 100_000)
            for one in stands.incomplete[:3]
        )
        more = len(stands.incomplete) - 3
        if more > 0:
            others = counted(
                more,
                translate("Sync", "%2 and %1 other"),
                translate("Sync", "%2 and %1 others"),
                format_number,
            )
            names = others.replace("%2", names)
        words = translate(
            "Sync",
            "Incomplete: %1. What others did there is still being fetched, so figures and lists may lack something. "
            "What you type is saved as ever.",
        )
        found.append(Care(words.replace("%1", names), "clock", "warn"))
    for riding_id in stands.elsewhere:
        words = translate(
            "Sync",
            "Headquarters takes nothing of riding %1 from this laptop, so its results stay here, saved and unsent. Tell "
            "your organiser.",
        )
        found.append(Care(words.replace("%1", str(riding_id % 100_000)), "warning", "warn"))
    aside = sum(one.entries for one in stands.aside)
    if aside:
        words = counted(
            aside,
            translate(
                "Sync",
                "Headquarters set %1 entry of this laptop aside because it could not read it. It is kept here; the "
                "others arrived. Tell your organiser.",
            ),
            translate(
                "Sync",
                "Headquarters set %1 entries of this laptop aside because it could not read them. They are kept here; "
                "the others arrived. Tell your organiser.",
            ),
            format_number,
        )
        found.append(Care(words, "warning", "warn", "; ".join(one.reason for one in stands.aside[:5])))
    if stands.unread:
        words = counted(
            stands.unread,
            translate(
                "Sync",
                "%1 entry of others cannot be read by this version of Canvass. It is kept and shown after an update.",
            ),
            translate(
                "Sync",
                "%1 entries of others cannot be read by this version of Canvass. They are kept and shown after an "
                "update.",
            ),
            format_number,
        )
        found.append(Care(words, "info", "quiet"))
    if stands.forks:
        words = translate(
            "Sync",
            "Another copy of this laptop has written under its number. Both are kept and nothing counts twice; at the "
            "next sync this laptop takes a new number.",
        )
        found.append(Care(words, "warning", "warn"))
    return found
