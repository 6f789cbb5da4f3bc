"""What the entry screen says: results, notices and keys, in the language of the screen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from canvass_app.desktop.i18n import counted, current_language, key_name
from canvass_app.desktop.screens.enter.answers import NO, YES, AnswerKey, is_given
from canvass_app.desktop.screens.enter.machine import Machine
from canvass_app.desktop.screens.enter.orders import Notice
from canvass_app.desktop.widgets import format_day, format_number
from canvass_app.domain.codes import BY_CODE
from canvass_app.domain.scripts import Script
from canvass_app.domain.support import LEVELS
from canvass_app.domain.walk_list import Section, SheetLine
from canvass_app.services.entry import SavedMark

Hints = list[tuple[str, str]]
translate = QCoreApplication.translate


def result_words(mark: SavedMark, script: Script) -> str:
    """A saved result: "not home"; of a conversation its level's name and answers ("weak support · sign: yes")."""
    language = current_language()
    if mark.code != "canvassed":
        return BY_CODE[mark.code].name.say(language)
    parts = [LEVELS[mark.support].say(language)] if mark.support else []
    for question in script.questions:
        given = mark.answers.get(question.id, ())
        if given:
            names = {choice.id: choice.text.say(language) for choice in question.choices}
            names.update(yes=YES.say(language), no=NO.say(language))
            joint = " " if question.kind in ("text", "number") else ", "
            told = joint.join(names.get(one, one) for one in given)
            parts.append(
                translate("EnterScreen", "%1: %2")
                .replace("%1", question.short.say(language))
                .replace("%2", told)
            )
    return " · ".join(parts) if parts else BY_CODE["canvassed"].name.say(language)


def section_words(section: Section) -> str:
    """The heading over one side of a street, or over a building."""
    if section.civic:
        words = (
            translate("EnterScreen", "%1 %2, building")
            .replace("%1", section.civic)
            .replace("%2", section.street)
        )
        return f"{words} · {section.access}" if section.access else words
    sides = {
        "even": translate("EnterScreen", "%1, even side"),
        "odd": translate("EnterScreen", "%1, odd side"),
        "": "%1",
    }
    return sides[section.side].replace("%1", section.street)


def past_words(row: SheetLine) -> str:
    """What the sheet itself says of the door: the last result and the note."""
    parts: list[str] = []
    language = current_language()
    if row.last_result in BY_CODE:
        told = BY_CODE[row.last_result].name.say(language)
        try:
            told = (
                translate("EnterScreen", "last time %1, %2")
                .replace("%1", told)
                .replace("%2", format_day(date.fromisoformat(row.last_day), language))
            )
        except ValueError:
            told = translate("EnterScreen", "last time %1").replace("%1", told)
        parts.append(told)
    if row.support:
        parts.append(translate("EnterScreen", "known support %1").replace("%1", row.support))
    if row.note:
        parts.append(row.note)
    return " · ".join(parts)


def since_words(row: SheetLine) -> str:
    """That a line asked, after it was printed, not to be contacted."""
    try:
        day = format_day(date.fromisoformat(row.barred_since), current_language())
    except ValueError:
        return translate("EnterScreen", "do not contact")
    return translate("EnterScreen", "do not contact, since %1").replace("%1", day)


def door_words(row: SheetLine) -> str:
    """A door in a sentence: "12 Birch Street, unit 3"."""
    place = f"{row.civic} {row.street}"
    if row.unit:
        return translate("EnterScreen", "%1, unit %2").replace("%1", place).replace("%2", row.unit)
    return place


def enter_key() -> str:
    """What is written on the Enter key."""
    return translate("EnterScreen", "Enter")


def shift_key(letters: str) -> str:
    """A capital: Shift and a letter."""
    return translate("EnterScreen", "Shift+%1").replace("%1", letters)


def key_cap(name: str) -> str:
    """A key's name as it stands on the keyboard."""
    return shift_key(name[6:]) if name.startswith("Shift+") else name


def notice_words(notice: Notice, letters: frozenset[str]) -> tuple[str, str]:
    """The sentence of a notice and its tone ("quiet", "good" or "warn")."""
    line = str(notice.line)
    calm = {
        "saved": translate("EnterScreen", "Line %1 is saved."),
        "household": translate("EnterScreen", "Line %1 is saved, for the whole household (%2 lines)."),
        "moved": translate(
            "EnterScreen", "Line %1 is saved. Somebody new lives there? + adds them at that door."
        ),
        "second": translate("EnterScreen", "The second choice of line %1 is saved."),
        "taken_back": translate("EnterScreen", "Line %1 was taken back. Type what the paper says."),
        "answers_kept": translate("EnterScreen", "The answers of line %1 are saved."),
        "person_added": translate("EnterScreen", "%2 is added at that door."),
    }
    warns = {
        "answers_dropped": translate("EnterScreen", "The answers of line %1 were left as they were."),
        "nothing_to_undo": translate(
            "EnterScreen", "Nothing is left to take back: this is the start of the shift."
        ),
        "no_second": translate(
            "EnterScreen", "A second choice goes right after a support level 2 to 5: Shift and one of %3."
        ),
        "no_answers": translate(
            "EnterScreen",
            "No conversation to add answers to. Type the support level first, or a for answers alone.",
        ),
        "no_line": translate("EnterScreen", "This list has no line %1."),
        "not_found": translate("EnterScreen", "Nobody and no door on this page is called “%2”."),
        "unknown": translate("EnterScreen", "The key “%2” has no meaning here. ? shows all keys."),
        "at_end": translate(
            "EnterScreen", "This is the end of the page. Enter goes on; the arrow up goes back."
        ),
        "barred": translate("EnterScreen", "Line %1 asked not to be contacted: nothing is typed there."),
    }
    said = calm.get(notice.kind) or warns.get(notice.kind, "")
    said = said.replace("%1", line).replace("%2", notice.detail.removeprefix("Shift+"))
    said = said.replace("%3", ", ".join(sorted(letters)) or "-")
    return said, "good" if notice.kind in calm else "warn" if said else "quiet"


def key_hints(machine: Machine) -> Hints:
    """The keys that work now, most used first."""
    if machine.trouble:
        return [
            (enter_key(), translate("EnterScreen", "try again")),
            (key_name("Esc"), translate("EnterScreen", "leave out what was not saved")),
        ]
    if machine.mode == "answers":
        return _answer_hints(machine)
    if machine.at_end:
        last = machine.page is not None and machine.page.page >= machine.page.pages
        hints = [
            (
                enter_key(),
                translate("EnterScreen", "close the list") if last else translate("EnterScreen", "next page"),
            )
        ]
        return [
            *hints,
            ("↑", translate("EnterScreen", "back up")),
            ("g", translate("EnterScreen", "go to a line")),
            ("Ctrl+Z", translate("EnterScreen", "undo")),
        ]
    hints = [
        ("n", code_word("not_home")), ("r", code_word("refused")), ("1–5", translate("EnterScreen", "support")), ("w", level_word("WS")),
        ("o", level_word("NV")),
    ]  # fmt: skip
    if machine.letters:
        hints.append(
            (shift_key("/".join(sorted(machine.letters))), translate("EnterScreen", "second choice"))
        )
    hints += [
        (",", translate("EnterScreen", "answers")), ("m", code_word("moved")), ("x", code_word("do_not_knock")),
        ("+", translate("EnterScreen", "add person")), (enter_key(), translate("EnterScreen", "skip line")), ("Ctrl+Z", translate("EnterScreen", "undo")),
    ]  # fmt: skip
    if not machine.more:
        return [*hints, ("?", translate("EnterScreen", "more keys"))]
    return [*hints, *_more_hints(), ("?", translate("EnterScreen", "fewer keys"))]


def _more_hints() -> Hints:
    codes = [(key, code_word(name)) for key, name in (
        ("b", "come_back"), ("l", "language_barrier"), ("i", "inaccessible"), ("v", "vacant"), ("f", "not_found"),
        ("t", "left_literature"), ("d", "deceased"),
    )]  # fmt: skip
    return [
        *codes, ("a", translate("EnterScreen", "answers alone")), ("g", translate("EnterScreen", "go to a line")), ("/", translate("EnterScreen", "find on this page")),
        ("↑ ↓", translate("EnterScreen", "move")), ("PgUp PgDn", translate("EnterScreen", "other page")), (key_name("Esc"), translate("EnterScreen", "close the page")),
    ]  # fmt: skip


def _answer_hints(machine: Machine) -> Hints:
    language = current_language()
    hints = [(key_cap(option.key), option_words(option, language)) for option in machine.options]
    for index, option in enumerate(machine.options):
        if is_given(machine.draft, option):
            hints[index] = (f"{hints[index][0]} ✓", hints[index][1])
    return [
        *hints,
        (enter_key(), translate("EnterScreen", "keep the answers")),
        (key_name("Esc"), translate("EnterScreen", "leave them as they were")),
    ]


def option_words(option: AnswerKey, language: str) -> str:
    """One answer on the strip: "lawn sign: yes"."""
    title, words = option.title.say(language), option.words.say(language)
    return (
        translate("EnterScreen", "%1: %2").replace("%1", title).replace("%2", words) if words else f"{title}…"
    )


def code_word(code: str) -> str:
    """A result code in words."""
    return BY_CODE[code].name.say(current_language())


def level_word(level: str) -> str:
    """A support level in words."""
    return LEVELS[level].say(current_language())


def progress_words(machine: Machine) -> str:
    """ "18 of 25 done · 3 talked"."""
    language = current_language()
    done = translate("EnterScreen", "%1 of %2 done").replace("%1", format_number(machine.done, language))
    done = done.replace("%2", format_number(len(machine.rows), language))
    talked = counted(
        machine.talked,
        translate("EnterScreen", "%1 talked"),
        translate("EnterScreen", "%1 talked", "several"),
        format_number,
    )
    return f"{done} · {talked}"


def end_words(machine: Machine) -> tuple[str, str]:
    """The two lines that stand where the page ends: how it went, and what Enter does."""
    language = current_language()
    open_lines = machine.open_lines
    if not open_lines:
        first = translate("EnterScreen", "Every line of this page has its result.")
    else:
        told = ", ".join(format_number(line, language) for line in open_lines[:8])
        told = f"{told} …" if len(open_lines) > 8 else told
        first = counted(
            len(open_lines),
            translate("EnterScreen", "One line has no result: line %2."),
            translate("EnterScreen", "%1 lines have no result: %2."),
            format_number,
        ).replace("%2", told)
    assert machine.page is not None
    if machine.page.page < machine.page.pages:
        return first, translate("EnterScreen", "Enter opens page %1.").replace(
            "%1", str(machine.page.page + 1)
        )
    return first, translate("EnterScreen", "This was the last page. Enter closes the list.")


def all_keys() -> Hints:
    """Every key of the screen, for F1."""
    return [
        ("n", code_word("not_home")), ("r", code_word("refused")),
        ("1 … 5", translate("EnterScreen", "support, 1 strong to 5 strong against")),
        (shift_key("A … Z"), translate("EnterScreen", "second choice of the level just typed: a party’s letter")),
        ("w", level_word("WS")), ("o", level_word("NV")),
        (",", translate("EnterScreen", "answers of the last conversation, or of the current line")),
        ("m", code_word("moved")), ("x", code_word("do_not_knock")), *_more_hints(),
        ("+", translate("EnterScreen", "add a person at this door")), (enter_key(), translate("EnterScreen", "skip the line; at the end: next page")),
        ("Backspace", translate("EnterScreen", "undo, back to the start of the shift")),
    ]  # fmt: skip
