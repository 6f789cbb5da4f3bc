"""Teams and their members from the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.domain.typed_words import TEAM_ROLES, code_of, either_of

from .options import Author, RidingOption, outcome, ridings_of, takes_session
from .session import COMMAND_LINE, Session

if TYPE_CHECKING:
    from canvass_app.ledger.kinds.teams import Role
    from canvass_app.services.book import Book
    from canvass_app.services.team_rows import MemberRow, TeamRow

team_app = typer.Typer(help="Teams and their members.", rich_markup_mode=None)

Team = Annotated[str, typer.Argument(help="The team's name, or its id's beginning.")]
Member = Annotated[str, typer.Argument(help="The member's name, or their id's beginning.")]
Place = Annotated[str, typer.Option("--place", help="Where.")]
Note = Annotated[str, typer.Option("--note", help="A note for the team.")]


def riding_meant(book: Book, riding: str | None) -> int:
    """The riding named, or the only one here. Raises InputError."""
    found = ridings_of(book, riding)
    if len(found) != 1:
        raise InputError(_WHICH_RIDING)
    return found[0]


# --- teams and members --------------------------------------------------------------------------


@team_app.command("list")
@takes_session
def team_list(
    session: Session,
    riding: RidingOption = None,
    closed: Annotated[bool, typer.Option("--closed", help="Closed teams too.")] = False,
) -> None:
    """List the teams with their members: leads, sign-ups, how often they came."""
    from canvass_app.services.team_rows import list_members, list_teams

    said: list[dict[str, Any]] = []
    lines: list[str] = []
    with session.book() as book:
        for riding_id in ridings_of(book, riding):
            for team in list_teams(book, riding_id, closed=closed):
                members = list_members(book, riding_id, team.team_id)
                said.append(_team(riding_id, team, members))
                lines += _team_lines(team, members, session.language)
    session.answer({"teams": said}, lines or [_NO_TEAMS.say(session.language)])


def _team(riding_id: int, team: TeamRow, members: list[MemberRow]) -> dict[str, Any]:
    return {
        "id": team.team_id.hex(), "riding": riding_id, "name": team.name, "place": team.place, "note": team.remark,
        "closed": team.closed, "upcoming": team.upcoming, "came": team.came, "noted": team.noted,
        "members": [
            {
                "id": one.member_id.hex(), "name": one.name, "phone": one.phone, "email": one.email,
                "languages": one.languages, "needs": one.needs, "role": one.role, "pin": one.has_pin,
                "signed_up": one.signed_up, "came": one.came, "absent": one.absent,
            }
            for one in members
        ],
    }  # fmt: skip


def _team_lines(team: TeamRow, members: list[MemberRow], language: str) -> list[str]:
    from canvass_app.domain.gatherings import ROLES

    mark = f"  ({_CLOSED.say(language)})" if team.closed else ""
    head = f"{team.team_id.hex()[:8]}  {team.name}{mark}  {team.place}".rstrip()
    figures = _TEAM_FIGURES.fill(upcoming=team.upcoming, came=team.came, noted=team.noted).say(language)
    rows = [
        f"  {one.member_id.hex()[:8]}  {one.name:<28} {ROLES[one.role].say(language):<12} {one.phone:<12}"
        f" {_MEMBER_FIGURES.fill(coming=one.signed_up, came=one.came, absent=one.absent).say(language)}"
        for one in members
    ]
    return [head, f"  {figures}", *rows]


@team_app.command("add")
@takes_session
def team_add(
    session: Session,
    team: Annotated[str, typer.Argument(help="The new team's name.")],
    riding: RidingOption = None,
    place: Place = "",
    note: Note = "",
    name: Author = COMMAND_LINE,
) -> None:
    """Make a team."""
    from canvass_app.services.teams import add_team

    with session.book() as book:
        made = add_team(book, riding_meant(book, riding), team, place, note, author=name)
    session.answer(
        outcome(0, added=1, id=made.id.hex()),
        [_ADDED.fill(what=" ".join(team.split())).say(session.language)],
    )


@team_app.command("close")
@takes_session
def team_close(
    session: Session,
    team: Team,
    riding: RidingOption = None,
    again: Annotated[bool, typer.Option("--again", help="Open a closed team again.")] = False,
    name: Author = COMMAND_LINE,
) -> None:
    """Close a team, or open it again; its members and events stay on record."""
    from canvass_app.services.team_rows import find_team
    from canvass_app.services.teams import close_team

    with session.book() as book:
        riding_id = riding_meant(book, riding)
        found = find_team(book, riding_id, team)
        changed = found.closed == again
        if changed:
            close_team(book, riding_id, found.team_id, not again, author=name)
    words = _OPEN_NOW if again else _CLOSED_NOW
    session.answer(
        outcome(int(changed), unchanged=int(not changed), id=found.team_id.hex()),
        [words.fill(what=found.name).say(session.language)],
    )


@team_app.command("member")
@takes_session
def team_member(
    session: Session,
    team: Team,
    member: Annotated[str, typer.Argument(help="A new member's name, or a known one's name or id.")],
    riding: RidingOption = None,
    phone: Annotated[str, typer.Option("--phone", help="Ten digits.")] = "",
    email: Annotated[str, typer.Option("--email", help="E-mail address.")] = "",
    languages: Annotated[str, typer.Option("--languages", help="With commas between.")] = "",
    needs: Annotated[str, typer.Option("--needs", help="Such as “no stairs”.")] = "",
    role: Annotated[str, typer.Option("--role", help="member, lead, or left.")] = "member",
    name: Author = COMMAND_LINE,
) -> None:
    """Take somebody into a team, change their role in it, or note that they left."""
    from canvass_app.services.team_rows import find_team, list_members
    from canvass_app.services.teams import MemberFields, add_member, set_role

    wanted = cast("Role | None", code_of(role, TEAM_ROLES))
    if wanted is None:
        raise InputError(_ROLE_WORDS.fill(words=either_of(TEAM_ROLES)))
    with session.book() as book:
        riding_id = riding_meant(book, riding)
        found = find_team(book, riding_id, team)
        known = _member_of(list_members(book, riding_id), member, found.name, phone or email)
        if known is None and wanted:
            fields = MemberFields(member, phone, email, languages, needs)
            made = add_member(book, riding_id, found.team_id, fields, wanted, author=name)
            report = outcome(0, added=1, id=made.id.hex())
        elif known is None:
            raise InputError(_NOT_IN_IT.fill(name=member))
        else:
            before = next(
                (one.role for one in list_members(book, riding_id, found.team_id) if one.member_id == known),
                "",
            )
            if before != wanted:
                set_role(book, riding_id, found.team_id, known, wanted, author=name)
            report = outcome(int(before != wanted), unchanged=int(before == wanted), id=known.hex())
    session.answer(report, [_MEMBER_NOW.fill(name=member, team=found.name).say(session.language)])


def _member_of(rows: list[MemberRow], name: str, team: str, told_apart: str) -> bytes | None:
    """Who is meant: an id's beginning, or the name of somebody in the team; with a number or mail, somebody new."""
    from canvass_app.domain.address import fold

    start = name.strip().lower()
    hits = [one for one in rows if len(start) >= 8 and one.member_id.hex().startswith(start)]
    if not hits and not told_apart:
        hits = [one for one in rows if fold(one.name) == fold(name) and team in one.teams] or [
            one for one in rows if fold(one.name) == fold(name)
        ]
    if len(hits) > 1:
        raise InputError(_SEVERAL.fill(ids=", ".join(one.member_id.hex()[:8] for one in hits)))
    return hits[0].member_id if hits else None


@team_app.command("clear-pin")
@takes_session
def team_clear_pin(
    session: Session, member: Member, riding: RidingOption = None, name: Author = COMMAND_LINE
) -> None:
    """Take a member's forgotten PIN away; they choose another when they open a shift."""
    from canvass_app.services.pins import clear_pin
    from canvass_app.services.team_rows import find_member

    with session.book() as book:
        riding_id = riding_meant(book, riding)
        found = find_member(book, riding_id, member)
        if found.has_pin:
            clear_pin(book, riding_id, found.member_id, author=name)
    session.answer(
        outcome(int(found.has_pin), unchanged=int(not found.has_pin), id=found.member_id.hex()),
        [_NO_PIN.fill(name=found.name).say(session.language)],
    )


@team_app.command("erase-member")
@takes_session
def team_erase_member(
    session: Session,
    member: Member,
    riding: RidingOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
    reason: Annotated[str, typer.Option("--reason", help="How they asked, without their name.")] = "",
    name: Author = "",
) -> None:
    """Erase a volunteer for good: on this laptop, and at headquarters and on others with the next sync."""
    from canvass_app.services.member_erasure import STAYS, erase_member, preview_member_erasure
    from canvass_app.services.team_rows import find_member

    with session.book() as book:
        riding_id = riding_meant(book, riding)
        found = preview_member_erasure(book, riding_id, find_member(book, riding_id, member).member_id)
        if yes:
            erase_member(book, riding_id, found.members[0], author=name, reason=reason)
    shown = [
        _WOULD_ERASE.fill(name=found.name, events=found.events, backups=found.backups).say(session.language),
        STAYS.say(session.language),
    ]
    session.answer(
        outcome(
            int(yes), unchanged=int(not yes), erased=yes, records=len(found.members), events=found.events,
            backups=found.backups, lines=[] if yes else shown,
        ),
        [_ERASED.say(session.language)] if yes else [*shown, _ADD_YES.say(session.language)],
    )  # fmt: skip


_WHICH_RIDING = Text(
    "Which riding? Name it with --riding. Nothing was changed.",
    "Quelle circonscription? Indiquez-la avec --riding. Rien n’a été modifié.",
)
_NO_TEAMS = Text(
    "No teams yet. “canvass-app team add NAME” makes one.",
    "Aucune équipe pour le moment. « canvass-app team add NOM » en crée une.",
)
_TEAM_FIGURES = Text(
    "events to come: {upcoming}; came: {came} of {noted}",
    "activités à venir : {upcoming}; présences : {came} sur {noted}",
)
_MEMBER_FIGURES = Text(
    "signed up: {coming}, came: {came}, absent: {absent}",
    "inscriptions : {coming}, présences : {came}, absences : {absent}",
)
_ADDED = Text("Added: {what}.", "Ajouté : {what}.")
_CLOSED_NOW = Text("{what} is closed.", "{what} est fermée.")
_OPEN_NOW = Text("{what} is open.", "{what} est ouverte.")
_MEMBER_NOW = Text("Noted: {name}, team {team}.", "Noté : {name}, équipe {team}.")
_NO_PIN = Text("{name} has no PIN now.", "{name} n’a plus de NIP.")
_NOT_IN_IT = Text(
    "“{name}” is in no team here. Nothing was changed.",
    "« {name} » n’est dans aucune équipe ici. Rien n’a été modifié.",
)
_SEVERAL = Text(
    "Several members have this name. Nothing was changed. Name one by its id: {ids}",
    "Plusieurs membres portent ce nom. Rien n’a été modifié. Désignez-en un par son identifiant : {ids}",
)
_ROLE_WORDS = Text(
    "The role is {words}. Nothing was changed.",
    "Le rôle est {words}. Rien n’a été modifié.",
)
_WOULD_ERASE = Text(
    "Erasing {name} would empty {events:entry|entries} and replace {backups:backup|backups}.",
    "Effacer {name} viderait {events:saisie|saisies} et remplacerait {backups:sauvegarde|sauvegardes}.",
)
_ERASED = Text(
    "Erased on this laptop: record, journal and backups. Sync, so that headquarters and the other laptops erase too.",
    "Effacé sur cet ordinateur : registre, journal et sauvegardes. Synchronisez pour que le quartier général et les "
    "autres ordinateurs effacent aussi.",
)
_ADD_YES = Text(
    "Nothing was changed. Add --yes to erase.", "Rien n’a été modifié. Ajoutez --yes pour effacer."
)
_CLOSED = Text("closed", "fermée")
