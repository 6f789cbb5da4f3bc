from __future__ import annotations

import itertools
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass_app.ledger.events import BadEvent, Event, Key, open_event, seal
from canvass_app.ledger.fold import fold_subject
from canvass_app.ledger.kinds import (
    AttemptMade,
    BarLifted,
    BarSet,
    Body,
    DoorDescribed,
    NoteWritten,
    SupportMarked,
)

RIDING = 201399001
A, B, C = (bytes([n]) * 16 for n in (1, 2, 3))
SUBJECT = b"s" * 16


def event(device: bytes, seq: int, body: Body, *sees: Event, hlc: int = 0, shift: bytes = b"") -> Event:
    return seal(
        RIDING, Key(device, seq), SUBJECT, body, author="Zoé", shift=shift, hlc=hlc, wall_ms=0,
        sees=[e.key for e in sees], nonce=os.urandom(8),
    )  # fmt: skip


def support(device: bytes, seq: int, level: str, *sees: Event, hlc: int = 0, shift: bytes = b"") -> Event:
    return event(device, seq, SupportMarked(level=level), *sees, hlc=hlc, shift=shift)


def test_what_was_seen_is_replaced_and_what_was_not_is_a_conflict() -> None:
    first = support(A, 1, "3")
    second = support(B, 1, "1", first)
    aside = support(C, 1, "5")
    assert fold_subject([first, second])["support"].value == "1"
    folded = fold_subject([first, second, aside])["support"]
    assert folded.conflict
    assert set(folded.heads) == {second.key, aside.key}


def test_equal_values_are_no_conflict() -> None:
    assert not fold_subject([support(A, 1, "2"), support(B, 1, "2")])["support"].conflict


def test_a_missing_middle_makes_both_ends_heads_until_it_comes() -> None:
    first = support(A, 1, "3")
    middle = support(B, 1, "2", first)
    last = support(C, 1, "1", middle)
    assert set(fold_subject([first, last])["support"].heads) == {first.key, last.key}
    assert fold_subject([first, last, middle])["support"].heads == (last.key,)


def test_a_voided_middle_still_links_its_ends() -> None:
    first = support(A, 1, "3")
    middle = support(B, 1, "2", first, shift=b"v" * 16)
    last = support(C, 1, "1", middle)
    voided = frozenset({b"v" * 16})
    assert fold_subject([first, middle, last], voided)["support"].heads == (last.key,)
    assert fold_subject([first, middle], voided)["support"].value == "3"


def test_a_bar_wins_over_a_lift_that_had_not_seen_it_and_is_never_voided() -> None:
    bar = event(A, 1, BarSet(target="door"), hlc=1, shift=b"v" * 16)
    blind = event(B, 1, BarLifted(target="door"), hlc=9)
    seen = event(B, 1, BarLifted(target="door"), bar, hlc=9)
    assert fold_subject([bar, blind], frozenset({b"v" * 16}))["bar"].value is True
    assert fold_subject([bar, seen])["bar"].value is False


def test_different_fields_of_two_people_both_stay() -> None:
    folded = fold_subject(
        [event(A, 1, DoorDescribed(access="side door")), event(B, 1, DoorDescribed(unit="2"))]
    )
    assert (folded["access"].value, folded["unit"].value) == ("side door", "2")
    assert not folded["access"].conflict


@given(st.data())
def test_any_order_and_any_repeats_fold_to_one_state(data: st.DataObject) -> None:
    events: list[Event] = []
    for number in range(data.draw(st.integers(2, 7))):
        device = data.draw(st.sampled_from((A, B, C)))
        seq = sum(e.key.device_id == device for e in events) + 1
        seen = data.draw(st.lists(st.sampled_from(events), max_size=3)) if events else []
        level = data.draw(st.sampled_from("12345"))
        hlc = data.draw(st.integers(0, 3))
        events.append(support(device, seq, level, *seen, hlc=hlc, shift=bytes([number % 2]) * 16))
    voided = frozenset({b"\0" * 16}) if data.draw(st.booleans()) else frozenset[bytes]()
    once = fold_subject(events, voided)
    again = fold_subject(data.draw(st.permutations(events + events[:2])), voided)
    assert once == again


def test_all_orders_of_five_events_give_one_state() -> None:
    first = support(A, 1, "3", hlc=5)
    events = [
        first,
        support(B, 1, "2", first, hlc=9),
        support(C, 1, "5", hlc=9),
        event(A, 2, AttemptMade(code="not_home")),
        event(B, 2, BarSet(target="person")),
    ]
    states = {repr(sorted(fold_subject(order).items())) for order in itertools.permutations(events)}
    assert len(states) == 1


def test_the_same_content_gives_the_same_bytes_and_reads_back() -> None:
    made = event(A, 1, NoteWritten(target="door", text="Cafe\u0301"), hlc=7)
    again = open_event(made.raw, stamp=9)
    assert (again.body, again.key, again.hash) == (made.body, made.key, made.hash)
    assert isinstance(again.body, NoteWritten)
    assert again.body.text == "Café"  # one form for one text
    assert again.order == 9


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "x" * 20_001])
def test_poisonous_text_is_refused_before_it_is_written(text: str) -> None:
    with pytest.raises(BadEvent):
        event(A, 1, NoteWritten(target="door", text=text))


@given(st.binary(max_size=200))
def test_garbage_is_no_event(raw: bytes) -> None:
    with pytest.raises(BadEvent):
        open_event(raw)


def test_an_event_of_an_unknown_kind_is_kept_and_sets_nothing() -> None:
    made = event(A, 1, AttemptMade(code="refused"))
    raw = made.raw.replace(b"\xacattempt.made", b"\xacattempt.flew")
    future = open_event(raw)
    assert future.kind == "attempt.flew"
    assert future.body is None
    assert fold_subject([future]) == {}
