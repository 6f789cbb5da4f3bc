"""Decisions, shifts, imports and histories from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.domain.typed_words import HISTORIES, code_of, either_of

from .finding import recorder
from .options import Author, RidingOption, one_riding, outcome, ridings_of, takes_session
from .session import COMMAND_LINE, Session

if TYPE_CHECKING:
    from canvass_app.services.decisions import Decision
    from canvass_app.services.history import HistoryKind, HistoryRow
    from canvass_app.services.voiding import Outing, VoidPreview
    from canvass_app.services.withdrawing import ImportedFile, WithdrawPreview

decisions_app = typer.Typer(help="What waits for a decision.", rich_markup_mode=None)
shifts_app = typer.Typer(help="Shifts, and taking one back.", rich_markup_mode=None)
imports_app = typer.Typer(help="Imported files, and taking one back.", rich_markup_mode=None)

DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would change; change nothing.")]
Reason = Annotated[str, typer.Option("--reason", help="Why.")]
Id = Annotated[str, typer.Argument(help="The id that the list shows, or its beginning.")]


# --- decisions ----------------------------------------------------------------------------------


@decisions_app.command("list")
@takes_session
def decisions_list(
    session: Session,
    riding: RidingOption = None,
) -> None:
    """List what waits for a decision, with every side: what, who, when, from which laptop."""
    from canvass_app.domain.accesses import Access
    from canvass_app.services.audit import record
    from canvass_app.services.decisions import open_decisions

    with session.book() as book:
        rows = open_decisions(book, one_riding(riding))
        for riding_id in sorted({row.riding_id for row in rows}):
            here = [row for row in rows if row.riding_id == riding_id]
            people = {row.subject for row in here if row.target == "person"}
            doors = {row.subject for row in here if row.target == "door"}
            if people or doors:
                record(book, Access.READ, riding_id, people=people, doors=doors, what="decision")
    lines: list[str] = []
    for row in rows:
        lines.append(f"{row.id}  {row.subject_name.say(session.language)}: {row.what.say(session.language)}")
        for number, side in enumerate(_decision(row, session.language)["sides"], 1):
            mark = _STANDS.say(session.language) if side["stands"] else ""
            who = " · ".join(filter(None, (side["author"], side["when"], side["device"], mark)))
            lines.append(f"  {number}  {side['value']}  ({who})")
    session.answer(
        {"decisions": [_decision(row, session.language) for row in rows]},
        lines or [_NO_DECISIONS.say(session.language)],
    )


def _decision(row: Decision, language: str) -> dict[str, Any]:
    return {
        "id": row.id, "kind": row.kind, "riding": row.riding_id, "about": row.subject_name.say(language),
        "what": row.what.say(language), "why": row.why.say(language),
        "sides": [
            {
                "value": side.value.say(language), "author": side.author, "when": f"{side.day} {side.clock}".strip(),
                "device": side.device.say(language) if side.device else "", "stands": side.stands,
            }
            for side in row.sides
        ],
    }  # fmt: skip


@decisions_app.command("close")
@takes_session
def decisions_close(
    session: Session,
    decision: Id,
    choice: Annotated[int, typer.Argument(help="Which side is right: 1, 2, 3 ...")],
    name: Author = COMMAND_LINE,
) -> None:
    """Close one row with the side that is right."""
    from canvass_app.services.decisions import close_decision, find_decision

    with session.book() as book:
        row = find_decision(book, decision)
        close_decision(book, row, choice - 1, name)
    value = row.sides[choice - 1].value.say(session.language)
    session.answer(
        outcome(1, id=row.id, value=value),
        [_DECIDED.fill(about=row.subject_name.say(session.language), value=value).say(session.language)],
    )


# --- shifts -------------------------------------------------------------------------------------


@shifts_app.command("list")
@takes_session
def shifts_list(
    session: Session,
    riding: RidingOption = None,
) -> None:
    """List the shifts: who, when, which list, how many results, whether they count."""
    from canvass_app.services.voiding import list_outings

    with session.book() as book:
        rows = [one for riding_id in ridings_of(book, riding) for one in list_outings(book, riding_id)]
    lines = [
        f"{row.shift_id.hex()[:8]}  {row.day} {row.clock}  {row.volunteer:<24} {row.list_code:<8} {row.results:>4}"
        f"  {row.device.say(session.language)}  {_VOIDED.say(session.language) if row.voided else ''}".rstrip()
        for row in rows
    ]
    said = [_outing(row, session.language) for row in rows]
    session.answer({"shifts": said}, lines or [_NO_SHIFTS.say(session.language)])


def _outing(row: Outing, language: str) -> dict[str, Any]:
    return {
        "id": row.shift_id.hex(), "riding": row.riding_id, "volunteer": row.volunteer, "when": f"{row.day} {row.clock}",
        "list": row.list_code, "results": row.results, "device": row.device.say(language), "closed": row.closed,
        "voided": row.voided,
    }  # fmt: skip


@shifts_app.command("void")
@takes_session
def shifts_void(
    session: Session,
    shift: Id,
    reason: Reason = "",
    dry_run: DryRun = False,
    name: Author = COMMAND_LINE,
) -> None:
    """Make a shift stop counting, after saying what that changes. Bars stand; `restore` undoes it."""
    from canvass_app.services.voiding import find_outing, preview_void, void_shift

    with session.book() as book:
        outing = find_outing(book, shift)
        seen = preview_void(book, outing.riding_id, outing.shift_id)
        changed = not dry_run and not outing.voided
        if changed:
            void_shift(book, outing.riding_id, outing.shift_id, name, reason)
    said = _void_report(seen, session.language)
    head = _WOULD_VOID if not changed else _VOIDED_NOW
    lines = [
        head.fill(who=outing.volunteer, day=outing.day).say(session.language),
        *_void_lines(seen, session),
    ]
    session.answer(
        outcome(int(changed), unchanged=int(not changed), id=outing.shift_id.hex(), dry_run=dry_run, **said),
        lines,
    )


def _void_report(seen: VoidPreview, language: str) -> dict[str, Any]:
    def moved(rows: Any) -> list[dict[str, str]]:
        return [
            {"name": m.name, "before": m.before.say(language), "after": m.after.say(language)} for m in rows
        ]

    return {
        "attempts": seen.attempts, "contacts": seen.contacts, "answers": seen.answers, "notes": seen.notes,
        "doors": moved(seen.doors), "people": moved(seen.people), "people_gone": seen.people_gone,
        "bars_kept": seen.bars_kept, "corrections_standing": [_decision(row, language) for row in seen.stands],
    }  # fmt: skip


def _void_lines(seen: VoidPreview, session: Session) -> list[str]:
    return [
        _VOID_FIGURES.fill(
            attempts=seen.attempts, contacts=seen.contacts, doors=len(seen.doors), people=len(seen.people),
            answers=seen.answers, notes=seen.notes, gone=seen.people_gone, bars=seen.bars_kept,
            stands=len(seen.stands),
        ).say(session.language)
    ]  # fmt: skip


@shifts_app.command("restore")
@takes_session
def shifts_restore(
    session: Session,
    shift: Id,
    name: Author = COMMAND_LINE,
) -> None:
    """Make a voided shift count again."""
    from canvass_app.services.voiding import find_outing, restore_shift

    with session.book() as book:
        outing = find_outing(book, shift)
        if outing.voided:
            restore_shift(book, outing.riding_id, outing.shift_id, name)
    session.answer(
        outcome(int(outing.voided), unchanged=int(not outing.voided), id=outing.shift_id.hex()),
        [_RESTORED.fill(who=outing.volunteer, day=outing.day).say(session.language)],
    )


# --- imports ------------------------------------------------------------------------------------


@imports_app.command("list")
@takes_session
def imports_list(
    session: Session,
    riding: RidingOption = None,
) -> None:
    """List the imported files: when, by whom, how many doors and people, whether they count."""
    from canvass_app.services.withdrawing import list_imports

    with session.book() as book:
        rows = list_imports(book, one_riding(riding))
    lines = [
        f"{row.roster_id.hex()[:8]}  {row.day} {row.clock}  {row.source:<32} {row.doors:>6} {row.people:>6}"
        f"  {row.author}  {_WITHDRAWN.say(session.language) if row.withdrawn else ''}".rstrip()
        for row in rows
    ]
    session.answer({"imports": [_file(row) for row in rows]}, lines or [_NO_IMPORTS.say(session.language)])


def _file(row: ImportedFile) -> dict[str, Any]:
    return {
        "id": row.roster_id.hex(), "riding": row.riding_id, "source": row.source, "when": f"{row.day} {row.clock}",
        "author": row.author, "doors": row.doors, "people": row.people, "withdrawn": row.withdrawn,
        "complete": row.complete,
    }  # fmt: skip


@imports_app.command("withdraw")
@takes_session
def imports_withdraw(
    session: Session,
    file: Id,
    reason: Reason = "",
    dry_run: DryRun = False,
    name: Author = COMMAND_LINE,
) -> None:
    """Make an imported file's rows stop counting, after saying what that changes. `restore` undoes it."""
    from canvass_app.services.withdrawing import find_import, preview_withdraw, withdraw_import

    with session.book() as book:
        found = find_import(book, file)
        seen = preview_withdraw(book, found.riding_id, found.roster_id)
        changed = not dry_run and not found.withdrawn
        if changed:
            withdraw_import(book, found.riding_id, found.roster_id, name, reason)
    head = _WITHDRAWN_NOW if changed else _WOULD_WITHDRAW
    session.answer(
        outcome(
            int(changed),
            unchanged=int(not changed),
            id=found.roster_id.hex(),
            dry_run=dry_run,
            **_withdraw_report(seen),
        ),
        [
            head.fill(source=found.source).say(session.language),
            _WITHDRAW_FIGURES.fill(**_withdraw_report(seen)).say(session.language),
        ],
    )


def _withdraw_report(seen: WithdrawPreview) -> dict[str, int]:
    return {
        "doors_gone": seen.doors_gone, "people_gone": seen.people_gone, "doors_not_on_file": seen.doors_stay,
        "people_not_on_file": seen.people_stay, "doors_changed": seen.doors_changed,
        "people_changed": seen.people_changed,
    }  # fmt: skip


@imports_app.command("restore")
@takes_session
def imports_restore(
    session: Session,
    file: Id,
    name: Author = COMMAND_LINE,
) -> None:
    """Make a withdrawn file count again."""
    from canvass_app.services.withdrawing import find_import, restore_import

    with session.book() as book:
        found = find_import(book, file)
        if found.withdrawn:
            restore_import(book, found.riding_id, found.roster_id, name)
    session.answer(
        outcome(int(found.withdrawn), unchanged=int(not found.withdrawn), id=found.roster_id.hex()),
        [_FILE_RESTORED.fill(source=found.source).say(session.language)],
    )


# --- history ------------------------------------------------------------------------------------


@takes_session
def show_history(
    session: Session,
    kind: Annotated[str, typer.Argument(help="door, person, turf, list, shift, import or phone.")],
    name: Annotated[str, typer.Argument(help="An id, an address, a name, a list's code or a number.")],
    page: Annotated[int, typer.Option("--page", min=1, help="100 events a page, the newest first.")] = 1,
) -> None:
    """Everything that was recorded about one thing: who, when, from where, and whether it counts."""
    from canvass_app.domain.accesses import Access
    from canvass_app.services.audit import record
    from canvass_app.services.finding import find_subject
    from canvass_app.services.history import PAGE, history_of

    wanted = cast("HistoryKind | None", code_of(kind, HISTORIES))
    if wanted is None:
        raise InputError(_NO_KIND.fill(kind=kind, kinds=either_of(HISTORIES)))
    with session.book() as book:
        riding, one = find_subject(book, wanted, name, recorder(book))
        found = history_of(book, riding, wanted, one, offset=(page - 1) * PAGE)
        named = [(wanted, one), *(row.about_what for row in found.rows if row.about_what)]
        people = {each for kind, each in named if kind == "person"}
        doors = {each for kind, each in named if kind == "door"}
        if people or doors:
            record(book, Access.READ, riding, people=people, doors=doors, what="history")
    rows = [_history_row(row, session.language) for row in found.rows]
    lines = [found.name.say(session.language), *(_history_line(row) for row in rows)]
    if len(rows) < found.total:
        shown = _PART.fill(first=found.offset + 1, last=found.offset + len(rows), total=found.total)
        lines.append(shown.say(session.language))
    session.answer(
        {
            "kind": found.kind, "riding": riding, "id": one.decode() if wanted == "phone" else one.hex(),
            "name": found.name.say(session.language), "total": found.total, "page": page, "events": rows,
        },
        lines,
    )  # fmt: skip


def _history_row(row: HistoryRow, language: str) -> dict[str, Any]:
    return {
        "when": f"{row.day} {row.clock}", "author": row.author, "device": row.device.say(language),
        "about": row.about.say(language) if row.about else "", "said": row.said.say(language), "kind": row.kind,
        "standing": row.standing, "standing_words": row.standing_words.say(language),
        "event": f"{row.key.device_id.hex()}:{row.key.device_seq}",
    }  # fmt: skip


def _history_line(row: dict[str, Any]) -> str:
    about = f"{row['about']} · " if row["about"] else ""
    return f"{row['when']}  {about}{row['said']}  ({' · '.join(filter(None, (row['author'], row['device'], row['standing_words'])))})"


_STANDS = Text("stands now", "valeur retenue")
_NO_DECISIONS = Text("Nothing waits for a decision.", "Aucune décision en attente.")
_DECIDED = Text("Decided: {about}: {value}.", "Décidé : {about} : {value}.")
_NO_SHIFTS = Text("No shifts yet.", "Aucun quart pour le moment.")
_VOIDED = Text("voided", "annulé")
_WOULD_VOID = Text(
    "Voiding the shift of {who}, {day}, would change:", "Annuler le quart de {who} ({day}) changerait :"
)
_VOIDED_NOW = Text(
    "The shift of {who}, {day}, no longer counts:", "Le quart de {who} ({day}) ne compte plus :"
)
_VOID_FIGURES = Text(
    "gone: {attempts:attempt|attempts} ({contacts:contact|contacts}), {answers:answer|answers}, {notes:note|notes}; changed: "
    "{doors:door|doors}, {people:person|people}; off the lists: {gone:person|people}; bars that stand: {bars}; corrections by "
    "others that stand, for review: {stands}.",
    "tentatives en moins : {attempts} (contacts : {contacts}), réponses : {answers}, notes : {notes}; portes modifiées : "
    "{doors}, personnes : {people}; personnes retirées des listes : {gone}; interdictions maintenues : {bars}; "
    "corrections d’autrui maintenues, à revoir : {stands}.",
)
_RESTORED = Text("The shift of {who}, {day}, counts.", "Le quart de {who} ({day}) compte.")
_NO_IMPORTS = Text("No imports yet.", "Aucune importation pour le moment.")
_WITHDRAWN = Text("withdrawn", "retiré")
_WOULD_WITHDRAW = Text("Withdrawing {source} would change:", "Retirer {source} changerait :")
_WITHDRAWN_NOW = Text("{source} no longer counts:", "{source} ne compte plus :")
_WITHDRAW_FIGURES = Text(
    "gone: {doors_gone:door|doors}, {people_gone:person|people}; kept, not on file: {doors_not_on_file:door|doors}, "
    "{people_not_on_file:person|people}; changed: {doors_changed:door|doors}, {people_changed:person|people}.",
    "en moins : {doors_gone:porte|portes}, {people_gone:personne|personnes}; maintenues hors fichier : "
    "{doors_not_on_file:porte|portes}, {people_not_on_file:personne|personnes}; modifiées : {doors_changed:porte|portes}, "
    "{people_changed:personne|personnes}.",
)
_FILE_RESTORED = Text("{source} counts.", "{source} compte.")
_NO_KIND = Text(
    "There is no history of a “{kind}”: {kinds}.", "Il n’y a pas d’historique de « {kind} » : {kinds}."
)
_PART = Text(
    "Events {first} to {last} of {total}; --page shows the others.",
    "Saisies {first} à {last} sur {total}; --page montre les autres.",
)
