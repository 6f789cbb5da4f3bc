"""Teams fold like everything else: two leads who work apart both keep what they said, whoever syncs first."""

from __future__ import annotations

import itertools
import os

from canvass_app.ledger.events import Event, Key, seal
from canvass_app.ledger.fold import fold_subject
from canvass_app.ledger.kinds import (
    Body,
    GatheringAdded,
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

A, B = b"a" * 16, b"b" * 16
SUBJECT, TEAM, TONIGHT, TOMORROW = b"s" * 16, b"t" * 16, b"g" * 16, b"h" * 16
SHIFT = b"z" * 16


def said(
    device: bytes,
    seq: int,
    body: Body,
    *sees: Event,
    hlc: int = 0,
    shift: bytes = b"",
    subject: bytes = SUBJECT,
) -> Event:
    return seal(
        201399001, Key(device, seq), subject, body, author="Zoé", shift=shift, hlc=hlc, wall_ms=0,
        sees=[e.key for e in sees], nonce=os.urandom(8),
    )  # fmt: skip


def test_two_leads_who_change_different_fields_of_a_member_both_stay() -> None:
    added = said(A, 1, MemberAdded(name="Anne Roy", languages=("en",)))
    phone = said(A, 2, MemberDescribed(phone="6135550142"), added)
    needs = said(B, 1, MemberDescribed(needs="no stairs", languages=("en", "fr")), added)
    for order in itertools.permutations([added, phone, needs]):
        folded = fold_subject(order)
        values = {name: state.value for name, state in folded.items()}
        assert values == {
            "name": "Anne Roy", "phone": "6135550142", "needs": "no stairs", "languages": ("en", "fr"),
        }  # fmt: skip
        assert not any(state.conflict for state in folded.values())


def test_sign_ups_of_one_member_to_two_events_never_meet() -> None:
    tonight = said(A, 1, MemberSignedUp(gathering=TONIGHT, answer="coming"))
    tomorrow = said(B, 1, MemberSignedUp(gathering=TOMORROW, answer="no"))
    came = said(B, 2, MemberAttended(gathering=TONIGHT, came="came"))
    for order in itertools.permutations([tonight, tomorrow, came]):
        folded = fold_subject(order)
        assert {name: state.value for name, state in folded.items()} == {
            f"signup:{TONIGHT.hex()}": "coming", f"signup:{TOMORROW.hex()}": "no", f"came:{TONIGHT.hex()}": "came",
        }  # fmt: skip
        assert not any(state.conflict for state in folded.values())


def test_two_answers_that_knew_nothing_of_each_other_wait_for_a_decision() -> None:
    one = said(A, 1, MemberSignedUp(gathering=TONIGHT, answer="coming"), hlc=1)
    other = said(B, 1, MemberSignedUp(gathering=TONIGHT, answer="no"), hlc=2)
    after = said(A, 2, MemberSignedUp(gathering=TONIGHT, answer="maybe"), one, other, hlc=3)
    field = f"signup:{TONIGHT.hex()}"
    for order in itertools.permutations([one, other]):
        state = fold_subject(order)[field]
        assert (state.value, state.conflict) == ("no", True)
    for order in itertools.permutations([one, other, after]):
        state = fold_subject(order)[field]
        assert (state.value, state.conflict) == ("maybe", False)


def test_who_leaves_a_team_stays_in_another_and_can_return() -> None:
    joined = said(A, 1, MemberJoined(team=TEAM, role="lead"))
    elsewhere = said(A, 2, MemberJoined(team=B, role="member"))
    left = said(A, 3, MemberJoined(team=TEAM, role=""), joined)
    back = said(B, 1, MemberJoined(team=TEAM), left)
    for order in itertools.permutations([joined, elsewhere, left]):
        folded = fold_subject(order)
        assert (folded[f"team:{TEAM.hex()}"].value, folded[f"team:{B.hex()}"].value) == ("", "member")
    for order in itertools.permutations([joined, left, back]):
        assert fold_subject(order)[f"team:{TEAM.hex()}"].value == "member"


def test_a_start_and_an_end_are_moved_together_or_not_at_all() -> None:
    added = said(A, 1, GatheringAdded(team=TEAM, sort="calls", when=(10, 20), place="Hall"))
    later = said(A, 2, GatheringChanged(when=(30, 40)), added, hlc=2)
    earlier = said(B, 1, GatheringChanged(when=(1, 5), place="Library"), added, hlc=1)
    for order in itertools.permutations([added, later, earlier]):
        folded = fold_subject(order)
        assert folded["when"].value == (30, 40)
        assert folded["when"].conflict
        assert folded["place"].value == "Library"


def test_a_voided_shift_takes_nothing_from_a_team() -> None:
    events = [
        said(A, 1, TeamAdded(name="North"), shift=SHIFT),
        said(A, 2, TeamDescribed(name="South"), shift=SHIFT),
        said(A, 3, TeamClosed(), shift=SHIFT),
        said(A, 4, MemberAttended(gathering=TONIGHT, came="came"), shift=SHIFT),
    ]
    assert fold_subject(events, frozenset({SHIFT})) == fold_subject(events)


def test_every_kind_of_a_team_passes_headquarters_bounds() -> None:
    from canvass_app.hq.vetting import vet

    for seq, body in enumerate(
        (
            GatheringAdded(
                team=TEAM, sort="calls", when=(24_000_000, 24_000_120), place="Hall", places=10_000
            ),
            MemberAdded(name="Anne Roy", languages=("en", "fr")),
        ),
        1,
    ):
        event = said(A, seq, body)
        assert vet(event.raw, event.riding_id, A, seq) == event
