"""Making and changing teams, their members and their events. Each verb says what changed; the opposite verb undoes it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from canvass_app.domain.address import fold, normalise_phone
from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.domain.typed_words import ANSWERS, CAME, SORTS, either_of
from canvass_app.ledger.kinds import (
    GatheringAdded,
    GatheringCancelled,
    GatheringChanged,
    MemberAdded,
    MemberAttended,
    MemberDescribed,
    MemberJoined,
    MemberSignedUp,
    TeamAdded,
    TeamClosed,
    TeamDescribed,
)
from canvass_app.ledger.kinds.teams import Answer, Came, Role, Sort
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.days import moment_of

from .book import Book

MAX_NAME, MAX_WORDS, MAX_PLACES, MAX_LANGUAGES = 80, 400, 10_000, 8
MINUTE_MS = 60_000

_NO_TEAM_NAME = Text(
    "The team needs a name. Nothing was saved.", "L’équipe doit avoir un nom. Rien n’a été enregistré."
)
_NO_MEMBER_NAME = Text(
    "The member needs a name. Nothing was saved.", "Le membre doit avoir un nom. Rien n’a été enregistré."
)
_BAD_PHONE = Text(
    "“{phone}” is not a telephone number of ten digits. Nothing was saved.",
    "« {phone} » n’est pas un numéro de téléphone à dix chiffres. Rien n’a été enregistré.",
)
_BAD_EMAIL = Text(
    "“{email}” is not an e-mail address. Nothing was saved.",
    "« {email} » n’est pas une adresse de courriel. Rien n’a été enregistré.",
)
_BAD_TIME = Text(
    "“{day} {clock}” is no time of day here. Write the day as 2015-10-14 and the time as 18:30. Nothing was saved.",
    "« {day} {clock} » n’est pas une heure ici. Écrivez le jour ainsi : 2015-10-14, et l’heure ainsi : 18:30. "
    "Rien n’a été enregistré.",
)
_BACKWARDS = Text(
    "The event would end before it begins. Nothing was saved.",
    "L’activité finirait avant de commencer. Rien n’a été enregistré.",
)
_BAD_PLACES = Text(
    "The number of places is a whole number from 0 (no limit) to 10,000. Nothing was saved.",
    "Le nombre de places est un nombre entier de 0 (sans limite) à 10 000. Rien n’a été enregistré.",
)
_UNKNOWN_WORD = Text(
    "“{word}” is not one of: {words}. Nothing was saved.",
    "« {word} » ne fait pas partie de : {words}. Rien n’a été enregistré.",
)
_IN_IT = Text(
    "{name} is in this team already. Nothing was saved.",
    "{name} est déjà dans cette équipe. Rien n’a été enregistré.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """Something new, by its id."""

    id: bytes
    changes: ChangeSet


@dataclass(frozen=True, slots=True)
class MemberFields:
    """What is known of a member, as somebody typed it."""

    name: str
    phone: str = ""
    email: str = ""
    languages: str = ""
    """With commas between."""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class GatheringFields:
    """A team's event, as somebody typed it: the day in ISO, times of day in the campaign's time zone."""

    sort: str
    day: str
    start: str
    end: str
    place: str = ""
    places: str = ""
    """"" or "0": as many as want to."""
    remark: str = ""


# --- teams --------------------------------------------------------------------------------------


def add_team(
    book: Book, riding_id: int, name: str, place: str = "", remark: str = "", *, author: str = ""
) -> Made:
    """Make a team. Raises InputError without a name."""
    team_id = os.urandom(16)
    body = TeamAdded(name=_name(name, _NO_TEAM_NAME), place=_words(place), remark=_words(remark))
    with book.act(author) as act:
        act.add(riding_id, team_id, body)
    return Made(team_id, act.changes)


def describe_team(
    book: Book, riding_id: int, team_id: bytes, name: str, place: str, remark: str, *, author: str = ""
) -> ChangeSet:
    """Give a team other words; only what differs is written. Raises InputError without a name."""
    wanted = {"name": _name(name, _NO_TEAM_NAME), "place": _words(place), "remark": _words(remark)}
    with book.act(author) as act:
        rows = act.db.query(
            "SELECT name, place, remark FROM team WHERE riding_id = ? AND team_id = ?", (riding_id, team_id)
        )
        said = _other(wanted, rows)
        if said:
            act.add(riding_id, team_id, TeamDescribed(**said))
    return act.changes


def close_team(
    book: Book, riding_id: int, team_id: bytes, closed: bool = True, *, author: str = ""
) -> ChangeSet:
    """A team meets no more, or again. Its members and events stay on record."""
    with book.act(author) as act:
        act.add(riding_id, team_id, TeamClosed(closed=closed))
    return act.changes


# --- members ------------------------------------------------------------------------------------


def add_member(
    book: Book, riding_id: int, team_id: bytes, fields: MemberFields, role: Role = "member", *, author: str = ""
) -> Made:  # fmt: skip
    """Take somebody into a team. Whoever is known in the riding by the same name and number or mail joins under
    the same record. Raises InputError (no name, a bad number or address, in the team already)."""
    tidy = _tidy(fields)
    with book.act(author) as act:
        known = _known_member(act.db.query(
            "SELECT member_id, phone, email FROM member WHERE riding_id = ? AND search = ? ORDER BY member_id",
            (riding_id, fold(tidy["name"])),
        ), tidy)  # fmt: skip
        member_id = known or os.urandom(16)
        if known and act.db.query(
            "SELECT 1 FROM team_member WHERE riding_id = ? AND team_id = ? AND member_id = ?",
            (riding_id, team_id, known),
        ):
            raise InputError(_IN_IT.fill(name=tidy["name"]))
        if known is None:
            act.add(riding_id, member_id, MemberAdded(**tidy, languages=_languages(fields.languages)))
        act.add(riding_id, member_id, MemberJoined(team=team_id, role=role or "member"))
    return Made(member_id, act.changes)


def _known_member(rows: list[tuple[bytes, str, str]], tidy: dict[str, str]) -> bytes | None:
    """Who has this name and the same number or mail; a name alone may be anybody's."""
    for member, phone, email in rows:
        if (phone and phone == tidy["phone"]) or (email and email == tidy["email"]):
            return bytes(member)
    return None


def describe_member(
    book: Book, riding_id: int, member_id: bytes, fields: MemberFields, *, author: str = ""
) -> ChangeSet:
    """Say something else about a member; only what differs is written. Raises InputError as add_member does."""
    wanted, languages = _tidy(fields), _languages(fields.languages)
    with book.act(author) as act:
        rows = act.db.query(
            "SELECT name, phone, email, needs, languages FROM member WHERE riding_id = ? AND member_id = ?",
            (riding_id, member_id),
        )
        said = _other(wanted, [row[:4] for row in rows])
        spoken = languages if not rows or rows[0][4] != ", ".join(languages) else None
        if said or spoken is not None:
            act.add(riding_id, member_id, MemberDescribed(**said, languages=spoken))
    return act.changes


def set_role(
    book: Book, riding_id: int, team_id: bytes, member_id: bytes, role: Role, *, author: str = ""
) -> ChangeSet:
    """Be a team's lead or member; "" leaves the team, and a role returns to it."""
    with book.act(author) as act:
        act.add(riding_id, member_id, MemberJoined(team=team_id, role=role))
    return act.changes


# --- events -------------------------------------------------------------------------------------


def add_gathering(
    book: Book, riding_id: int, team_id: bytes, fields: GatheringFields, *, author: str = ""
) -> Made:
    """Plan a team's event. Raises InputError (no such time of day, it would end before it begins, a bad number)."""
    gathering_id = os.urandom(16)
    when, places = _when(book, fields), _places(fields.places)
    body = GatheringAdded(
        team=team_id, sort=_sort(fields.sort), when=when, place=_words(fields.place), places=places,
        remark=_words(fields.remark),
    )  # fmt: skip
    with book.act(author) as act:
        act.add(riding_id, gathering_id, body)
    return Made(gathering_id, act.changes)


def change_gathering(
    book: Book, riding_id: int, gathering_id: bytes, fields: GatheringFields, *, author: str = ""
) -> ChangeSet:
    """Change a team's event; only what differs is written. Raises InputError as add_gathering does."""
    when, places, sort = _when(book, fields), _places(fields.places), _sort(fields.sort)
    wanted = {"place": _words(fields.place), "remark": _words(fields.remark)}
    with book.act(author) as act:
        rows = act.db.query(
            "SELECT place, remark, sort, start_ms, end_ms, places FROM gathering WHERE riding_id = ?"
            " AND gathering_id = ?",
            (riding_id, gathering_id),
        )
        said = _other(wanted, [row[:2] for row in rows])
        sort_before, start, end, places_before = rows[0][2:] if rows else ("", 0, 0, 0)
        body = GatheringChanged(
            place=said.get("place"),
            remark=said.get("remark"),
            sort=sort if sort != sort_before else None,
            when=when if when != (start // MINUTE_MS, end // MINUTE_MS) else None,
            places=places if places != places_before else None,
        )
        if body.sets():
            act.add(riding_id, gathering_id, body)
    return act.changes


def cancel_gathering(
    book: Book, riding_id: int, gathering_id: bytes, cancelled: bool = True, *, author: str = ""
) -> ChangeSet:
    """A team's event does not take place, or does after all. Its answers stay."""
    with book.act(author) as act:
        act.add(riding_id, gathering_id, GatheringCancelled(cancelled=cancelled))
    return act.changes


def sign_up(
    book: Book, riding_id: int, gathering_id: bytes, member_id: bytes, answer: Answer, *, author: str = ""
) -> ChangeSet:
    """What a member answers; "" withdraws it. Raises InputError for another word."""
    if answer not in ANSWERS:
        raise InputError(_unknown(answer, ANSWERS))
    with book.act(author) as act:
        act.add(riding_id, member_id, MemberSignedUp(gathering=gathering_id, answer=answer))
    return act.changes


def attend(
    book: Book, riding_id: int, gathering_id: bytes, member_id: bytes, came: Came, *, author: str = ""
) -> ChangeSet:
    """Whether a member came; "" takes the mark back. Raises InputError for another word."""
    if came not in CAME:
        raise InputError(_unknown(came, CAME))
    with book.act(author) as act:
        act.add(riding_id, member_id, MemberAttended(gathering=gathering_id, came=came))
    return act.changes


# --- what was typed -----------------------------------------------------------------------------


def _words(text: str) -> str:
    return " ".join(text.split())[:MAX_WORDS]


def _name(text: str, missing: Text) -> str:
    tidy = " ".join(text.split())[:MAX_NAME]
    if not tidy:
        raise InputError(missing)
    return tidy


def _tidy(fields: MemberFields) -> dict[str, str]:
    phone, email = normalise_phone(fields.phone), fields.email.strip()
    if fields.phone.strip() and not phone:
        raise InputError(_BAD_PHONE.fill(phone=_words(fields.phone)))
    before, at, after = email.partition("@")
    if email and not (before and at and "." in after and " " not in email and len(email) <= MAX_WORDS):
        raise InputError(_BAD_EMAIL.fill(email=_words(email)))
    name = _name(fields.name, _NO_MEMBER_NAME)
    return {"name": name, "phone": phone, "email": email, "needs": _words(fields.needs)}


def _languages(text: str) -> tuple[str, ...]:
    spoken = (" ".join(one.split())[:MAX_NAME] for one in text.split(","))
    return tuple(dict.fromkeys(one for one in spoken if one))[:MAX_LANGUAGES]


def _other(wanted: dict[str, str], rows: list[tuple[str, ...]]) -> dict[str, str]:
    """Those of the fields that say something else than the row, in the row's order."""
    before = rows[0] if rows else ("",) * len(wanted)
    return {name: value for (name, value), had in zip(wanted.items(), before, strict=True) if value != had}


def _when(book: Book, fields: GatheringFields) -> tuple[int, int]:
    found: list[int] = []
    for clock in (fields.start, fields.end):
        moment = moment_of(fields.day.strip(), clock.strip(), book.time_zone)
        if moment is None:
            raise InputError(_BAD_TIME.fill(day=_words(fields.day), clock=_words(clock)))
        found.append(moment)
    if found[1] <= found[0]:
        raise InputError(_BACKWARDS)
    return found[0] // MINUTE_MS, found[1] // MINUTE_MS


def _places(text: str) -> int:
    typed = text.strip() or "0"
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 6 and int(typed) <= MAX_PLACES):
        raise InputError(_BAD_PLACES)
    return int(typed)


def _sort(word: str) -> Sort:
    if word == "canvass" or word == "calls" or word == "training":
        return word
    raise InputError(_unknown(word, SORTS))


def _unknown(word: str, known: Mapping[str, Text]) -> Text:
    return _UNKNOWN_WORD.fill(word=_words(word), words=either_of(known))
