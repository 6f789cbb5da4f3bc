"""Reading teams: who is in them, what is planned, who comes, who has not answered, who came."""

from __future__ import annotations

from typing import NamedTuple

from canvass_app.domain.address import fold
from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.text import Text
from canvass_app.storage.days import local_clock, local_day

from .book import Book

STILL_ON_MS = 12 * 3_600_000
"""An event stays among the next ones this long after its end: attendance is often noted the same night."""

_NO_TEAM = Text(
    "No team here is called “{name}”. Nothing was changed.",
    "Aucune équipe ne s’appelle « {name} » ici. Rien n’a été modifié.",
)
_NO_MEMBER = Text(
    "No member here is called “{name}”. Nothing was changed.",
    "Aucun membre ne s’appelle « {name} » ici. Rien n’a été modifié.",
)
_NO_EVENT = Text(
    "No event here goes by “{name}”. Nothing was changed. “event list” shows their ids.",
    "Aucune activité ne correspond à « {name} » ici. Rien n’a été modifié. « event list » montre leurs identifiants.",
)
_SEVERAL = Text(
    "“{name}” could be several. Nothing was changed. Name one by its id: {ids}",
    "« {name} » peut en désigner plusieurs. Rien n’a été modifié. Désignez-en un par son identifiant : {ids}",
)


class TeamRow(NamedTuple):
    """A team. `came` of `noted`: how often its members came, of the times that somebody noted whether they did."""

    team_id: bytes
    name: str
    place: str
    remark: str
    closed: bool
    members: int
    leads: tuple[str, ...]
    upcoming: int
    came: int
    noted: int


class MemberRow(NamedTuple):
    """A volunteer. `role` is the one in the team asked about; "" where they are not, or no longer, in it."""

    member_id: bytes
    name: str
    phone: str
    email: str
    languages: str
    needs: str
    has_pin: bool
    role: str
    teams: tuple[str, ...]
    signed_up: int
    """To how many events they said that they come; cancelled ones aside."""
    came: int
    absent: int


class GatheringRow(NamedTuple):
    """A team's event, with its answers. `silent`: members of the team who have not answered."""

    gathering_id: bytes
    team_id: bytes
    team: str
    sort: str
    start_ms: int
    end_ms: int
    day: str
    start: str
    end: str
    place: str
    places: int
    remark: str
    cancelled: bool
    past: bool
    coming: int
    maybe: int
    declined: int
    silent: int
    came: int
    absent: int

    @property
    def full(self) -> bool:
        """Whether as many come as there are places."""
        return bool(self.places) and self.coming >= self.places


class RollRow(NamedTuple):
    """One member on the roll of an event: what they answered, and whether they came."""

    member_id: bytes
    name: str
    phone: str
    needs: str
    role: str
    answer: str
    came: str


def list_teams(book: Book, riding_id: int, *, closed: bool = False) -> list[TeamRow]:
    """The teams of a riding in the order in which they were made; closed ones too when asked."""
    db = book.read()
    members: dict[bytes, list[tuple[str, str]]] = {}
    for team, name, role in db.query(
        "SELECT tm.team_id, m.name, tm.role FROM team_member tm JOIN member m ON m.riding_id = tm.riding_id"
        " AND m.member_id = tm.member_id WHERE tm.riding_id = ? ORDER BY m.search, m.member_id",
        (riding_id,),
    ):
        members.setdefault(bytes(team), []).append((name, role))
    ahead = {
        bytes(team): int(count)
        for team, count in db.query(
            "SELECT team_id, COUNT(*) FROM gathering WHERE riding_id = ? AND cancelled = 0 AND end_ms >= ?"
            " GROUP BY team_id",
            (riding_id, book.now_ms()),
        )
    }
    marks = {
        bytes(team): (int(came), int(noted))
        for team, came, noted in db.query(
            "SELECT g.team_id, SUM(CASE WHEN s.came = 'came' THEN 1 ELSE 0 END), COUNT(*) FROM sign_up s"
            " JOIN gathering g ON g.riding_id = s.riding_id AND g.gathering_id = s.gathering_id"
            " WHERE s.riding_id = ? AND s.came <> '' AND g.cancelled = 0 GROUP BY g.team_id",
            (riding_id,),
        )
    }
    rows: list[TeamRow] = []
    for team, name, place, remark, shut in db.query(
        "SELECT team_id, name, place, remark, shut FROM team WHERE riding_id = ? ORDER BY shut, rank, team_id",
        (riding_id,),
    ):
        one, folk = bytes(team), members.get(bytes(team), [])
        if shut and not closed:
            continue
        leads = tuple(who for who, role in folk if role == "lead")
        rows.append(
            TeamRow(
                one, name, place, remark, bool(shut), len(folk), leads, ahead.get(one, 0), *marks.get(one, (0, 0))
            )
        )  # fmt: skip
    return rows


def list_members(book: Book, riding_id: int, team_id: bytes | None = None) -> list[MemberRow]:
    """A team's members, or everybody who is known in the riding (those who left too), by name."""
    db = book.read()
    teams: dict[bytes, list[str]] = {}
    roles: dict[bytes, str] = {}
    for member, team, role, name in db.query(
        "SELECT tm.member_id, tm.team_id, tm.role, COALESCE(t.name, '') FROM team_member tm LEFT JOIN team t"
        " ON t.riding_id = tm.riding_id AND t.team_id = tm.team_id WHERE tm.riding_id = ? ORDER BY t.rank, tm.team_id",
        (riding_id,),
    ):
        if name:
            teams.setdefault(bytes(member), []).append(name)
        if bytes(team) == team_id:
            roles[bytes(member)] = role
    counted = {
        bytes(member): (int(coming), int(came), int(absent))
        for member, coming, came, absent in db.query(
            "SELECT s.member_id, SUM(CASE WHEN s.answer = 'coming' THEN 1 ELSE 0 END),"
            " SUM(CASE WHEN s.came = 'came' THEN 1 ELSE 0 END), SUM(CASE WHEN s.came = 'absent' THEN 1 ELSE 0 END)"
            " FROM sign_up s JOIN gathering g ON g.riding_id = s.riding_id AND g.gathering_id = s.gathering_id"
            " WHERE s.riding_id = ? AND g.cancelled = 0 GROUP BY s.member_id",
            (riding_id,),
        )
    }
    rows = db.query(
        "SELECT member_id, name, phone, email, languages, needs, pin FROM member WHERE riding_id = ?"
        " ORDER BY search, member_id",
        (riding_id,),
    )
    return [
        MemberRow(
            bytes(member), name, phone, email, languages, needs, bool(pin), roles.get(bytes(member), ""),
            tuple(teams.get(bytes(member), ())), *counted.get(bytes(member), (0, 0, 0)),
        )
        for member, name, phone, email, languages, needs, pin in rows
        if team_id is None or bytes(member) in roles
    ]  # fmt: skip


def list_gatherings(book: Book, riding_id: int, team_id: bytes | None = None) -> list[GatheringRow]:
    """The events of a team, or of all: the next ones first, then those that are over, the latest first."""
    db, zone = book.read(), book.time_zone
    answers: dict[bytes, dict[str, int]] = {}
    answered: dict[bytes, set[bytes]] = {}
    for gathering, member, answer, came in db.query(
        "SELECT gathering_id, member_id, answer, came FROM sign_up WHERE riding_id = ?", (riding_id,)
    ):
        tally = answers.setdefault(bytes(gathering), {})
        for said in filter(None, (answer, came)):
            tally[said] = tally.get(said, 0) + 1
        if answer:
            answered.setdefault(bytes(gathering), set()).add(bytes(member))
    members: dict[bytes, set[bytes]] = {}
    for team, member in db.query(
        "SELECT team_id, member_id FROM team_member WHERE riding_id = ?", (riding_id,)
    ):
        members.setdefault(bytes(team), set()).add(bytes(member))
    rows: list[GatheringRow] = []
    over = book.now_ms() - STILL_ON_MS
    for gathering, team, name, sort, start, end, place, places, remark, cancelled in db.query(
        "SELECT g.gathering_id, g.team_id, COALESCE(t.name, ''), g.sort, g.start_ms, g.end_ms, g.place, g.places,"
        " g.remark, g.cancelled FROM gathering g LEFT JOIN team t ON t.riding_id = g.riding_id AND t.team_id = g.team_id"
        " WHERE g.riding_id = ? ORDER BY g.start_ms, g.gathering_id",
        (riding_id,),
    ):
        one = bytes(gathering)
        if team_id is not None and bytes(team) != team_id:
            continue
        tally = answers.get(one, {})
        silent = members.get(bytes(team), set()) - answered.get(one, set())
        rows.append(
            GatheringRow(
                one, bytes(team), name, sort, int(start), int(end), local_day(start, zone), local_clock(start, zone),
                local_clock(end, zone), place, int(places), remark, bool(cancelled), end < over,
                tally.get("coming", 0), tally.get("maybe", 0), tally.get("no", 0), len(silent),
                tally.get("came", 0), tally.get("absent", 0),
            )
        )  # fmt: skip
    return [one for one in rows if not one.past] + [one for one in reversed(rows) if one.past]


def roll_of(book: Book, riding_id: int, gathering_id: bytes) -> list[RollRow]:
    """Everybody who can be expected at an event, by name: the members of its team, and whoever else answered or came."""
    rows = book.read().query(
        "SELECT m.member_id, m.name, m.phone, m.needs, COALESCE(tm.role, ''), COALESCE(s.answer, ''),"
        " COALESCE(s.came, '') FROM gathering g JOIN member m ON m.riding_id = g.riding_id"
        " LEFT JOIN team_member tm ON tm.riding_id = g.riding_id AND tm.team_id = g.team_id AND tm.member_id = m.member_id"
        " LEFT JOIN sign_up s ON s.riding_id = g.riding_id AND s.gathering_id = g.gathering_id AND s.member_id = m.member_id"
        " WHERE g.riding_id = ? AND g.gathering_id = ? AND (tm.role IS NOT NULL OR s.answer IS NOT NULL)"
        " ORDER BY m.search, m.member_id",
        (riding_id, gathering_id),
    )
    return [RollRow(bytes(member), *said) for member, *said in rows]


def silent_members(book: Book, riding_id: int, gathering_id: bytes) -> list[RollRow]:
    """The members of its team who have not answered yet: whom to call."""
    return [one for one in roll_of(book, riding_id, gathering_id) if one.role and not one.answer]


# --- found by name ------------------------------------------------------------------------------


def find_team(book: Book, riding_id: int, name: str) -> TeamRow:
    """The one team of this name, or whose id begins so. Raises NotFound, or InputError that lists the ids."""
    rows = list_teams(book, riding_id, closed=True)
    return rows[_found(name, [(one.team_id, one.name) for one in rows], _NO_TEAM)]


def find_member(book: Book, riding_id: int, name: str) -> MemberRow:
    """The one member of this name, or whose id begins so. Raises NotFound, or InputError that lists the ids."""
    rows = list_members(book, riding_id)
    return rows[_found(name, [(one.member_id, one.name) for one in rows], _NO_MEMBER)]


def find_gathering(book: Book, riding_id: int, name: str) -> GatheringRow:
    """The one event whose id begins so, or that is on this day. Raises NotFound, or InputError that lists the ids."""
    rows = list_gatherings(book, riding_id)
    return rows[_found(name, [(one.gathering_id, one.day) for one in rows], _NO_EVENT)]


def _found(name: str, known: list[tuple[bytes, str]], none: Text) -> int:
    wanted, start = fold(name), name.strip().lower()
    places = [at for at, (_, called) in enumerate(known) if wanted and fold(called) == wanted]
    if not places and len(start) >= 4:
        places = [at for at, (one, _) in enumerate(known) if one.hex().startswith(start)]
    if not places:
        raise NotFound(none.fill(name=name))
    if len(places) > 1:
        raise InputError(_SEVERAL.fill(name=name, ids=", ".join(known[at][0].hex()[:8] for at in places)))
    return places[0]
