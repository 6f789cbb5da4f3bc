"""Teams reach headquarters and every laptop, and what was done apart is all there: on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from canvass_app.hq.doctor import examine
from canvass_app.hq.projecting import catch_up
from canvass_app.services.doctor import examine as examine_book
from canvass_app.services.doctor import state_digest
from canvass_app.services.member_erasure import erase_member
from canvass_app.services.syncing import sync_now
from canvass_app.services.team_rows import list_gatherings, list_members, list_teams
from canvass_app.services.teams import (
    GatheringFields,
    MemberFields,
    add_gathering,
    add_member,
    add_team,
    attend,
    sign_up,
)
from tests.hq.kit import RIDING, Hq, database_url, hq, hq_log, laptop_log, new_laptop, postgres

__all__ = ["database_url", "hq", "new_laptop", "postgres"]

MAIL = "qzvokum@example.ca"


def test_two_laptops_plan_and_note_attendance_apart_and_agree_everywhere(hq: Hq, new_laptop: Any) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    team = add_team(one, RIDING, "North", author="Ana").id
    names = [f"Volunteer {number}" for number in range(6)]
    members = [add_member(one, RIDING, team, MemberFields(name), author="Ana").id for name in names]
    asked = add_member(one, RIDING, team, MemberFields("Somebody", email=MAIL), author="Ana").id
    event = add_gathering(
        one, RIDING, team, GatheringFields("canvass", "2015-10-14", "18:00", "21:00"), author="Ana"
    ).id
    for book in (one, two):
        sync_now(book)
    # Both are offline and take the roll of different members of the same evening.
    for at, member in enumerate(members):
        book = (one, two)[at % 2]
        sign_up(book, RIDING, event, member, "coming", author="Ana")
        attend(book, RIDING, event, member, "came", author="Ana")
    add_member(two, RIDING, team, MemberFields("Late Comer"), author="Bea")
    for book in (one, two, one):
        sync_now(book)
    catch_up(hq.office, RIDING)
    for book in (one, two):
        [row] = list_gatherings(book, RIDING)
        assert (row.coming, row.came, row.silent) == (6, 6, 2)
        assert (list_teams(book, RIDING)[0].members, list_teams(book, RIDING)[0].noted) == (8, 6)
        assert examine_book(book).findings == []
    assert state_digest(one.read(), RIDING) == state_digest(two.read(), RIDING)
    assert laptop_log(one) == laptop_log(two) == hq_log(hq)
    assert hq.rows("SELECT COUNT(*) FROM sign_up WHERE came = 'came'") == [(6,)]
    assert hq.rows("SELECT COUNT(*) FROM member") == [(8,)]
    assert examine(hq.office).ok

    erase_member(one, RIDING, asked, author="Ana")
    for book in (one, two):
        sync_now(book)
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT COUNT(*) FROM member") == [(7,)]
    assert len(list_members(two, RIDING)) == 7
    for db in (one.read(), two.read(), hq.office.read()):
        assert MAIL.encode() not in b"".join(bytes(row[0]) for row in db.query("SELECT raw FROM event"))
    assert examine(hq.office).ok
