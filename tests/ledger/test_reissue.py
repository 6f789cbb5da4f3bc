"""What is said again under a new number stays the same word, and whoever pointed at it still does."""

from __future__ import annotations

from itertools import permutations

from canvass_app.ledger.events import Event, Key, Origin, open_event, redacted, seal
from canvass_app.ledger.fold import attempts, fold_subject
from canvass_app.ledger.kinds import AttemptCorrected, AttemptMade, Body, SupportMarked
from canvass_app.ledger.reissue import said_again

RIDING, DOOR = 201399001, b"d" * 16
OLD, NEW, NEWER, BEA = (bytes([n]) * 16 for n in (1, 2, 3, 4))


def written(device: bytes, seq: int, body: Body, *sees: Event, shift: bytes = b"s" * 16) -> Event:
    return seal(
        RIDING, Key(device, seq), DOOR, body, author="Ana", shift=shift, hlc=100 + seq, wall_ms=50 + seq,
        sees=[e.key for e in sees], nonce=b"12345678",
    )  # fmt: skip


def codes(*events: Event) -> list[str]:
    none = frozenset[bytes]()
    return sorted(code for _, code in attempts(events, fold_subject(events), none))


def test_author_shift_clock_and_words_stay() -> None:
    first = written(OLD, 7, AttemptMade(code="refused"))
    again = said_again(first, Key(NEW, 1), {}, b"87654321")
    for name in ("riding_id", "kind", "subject", "author", "shift", "hlc", "wall_ms", "body"):
        assert getattr(again, name) == getattr(first, name)
    assert again.reissue_of == Origin(OLD, 7, first.hash)
    assert again.identity == first.identity == first.hash
    assert open_event(again.raw) == again


def test_said_a_third_time_it_still_names_the_first() -> None:
    first = written(OLD, 7, AttemptMade(code="refused"))
    second = said_again(first, Key(NEW, 1), {}, b"2" * 8)
    third = said_again(second, Key(NEWER, 1), {}, b"3" * 8)
    assert third.reissue_of == Origin(OLD, 7, first.hash)
    for events in permutations((first, second, third)):
        assert codes(*events) == ["refused"]
    assert codes(second, third) == codes(third) == ["refused"]


def test_two_true_knocks_that_look_alike_are_two() -> None:
    one, other = written(OLD, 1, AttemptMade(code="not_home")), written(OLD, 2, AttemptMade(code="not_home"))
    again = said_again(other, Key(NEW, 1), {}, b"2" * 8)
    assert codes(one, again) == codes(one, other, again) == ["not_home", "not_home"]


def test_what_it_points_at_follows_even_at_a_door_where_the_old_number_means_something_else() -> None:
    mine = written(OLD, 1, AttemptMade(code="not_home"))
    correction = written(OLD, 2, AttemptCorrected(device=OLD, seq=1, code="vacant"), mine)
    theirs = written(
        OLD, 1, AttemptMade(code="refused"), shift=b"t" * 16
    )  # the other half's, same number, same door
    names = {mine.key: Key(NEW, 1), correction.key: Key(NEW, 2)}
    again = [said_again(e, names[e.key], names, b"2" * 8) for e in (mine, correction)]
    assert again[1].sees == (Key(NEW, 1),)
    for events in permutations((theirs, *again)):
        assert codes(*events) == ["refused", "vacant"]


def test_a_third_persons_correction_under_the_old_number_still_counts() -> None:
    mine = written(OLD, 1, AttemptMade(code="not_home"))
    correction = written(
        BEA, 1, AttemptCorrected(device=OLD, seq=1, code="vacant")
    )  # heard of it over a stick
    again = said_again(mine, Key(NEW, 1), {mine.key: Key(NEW, 1)}, b"2" * 8)
    for events in permutations((again, correction)):
        assert codes(*events) == ["vacant"]
    assert codes(mine, again, correction) == ["vacant"]


def test_an_act_follows_its_attempt_and_is_none_without_it() -> None:
    mark = written(OLD, 2, SupportMarked(level="1", act=1))
    follows = said_again(mark, Key(NEW, 9), {Key(OLD, 1): Key(NEW, 8)}, b"2" * 8).body
    alone = said_again(mark, Key(NEW, 9), {}, b"2" * 8).body
    assert isinstance(follows, SupportMarked)
    assert isinstance(alone, SupportMarked)
    assert (follows.act, alone.act) == (8, 0)


def test_what_an_erasure_took_a_part_of_is_said_again_without_it() -> None:
    first = written(OLD, 7, AttemptMade(code="refused", person=b"p" * 16))
    cleaned = redacted(first, AttemptMade(code="refused"))
    again = said_again(cleaned, Key(NEW, 1), {}, b"2" * 8)
    assert again.identity == first.hash
    assert b"p" * 16 not in again.raw
    assert codes(first, again) == ["refused"]


def test_two_things_that_copies_said_under_one_number_are_told_apart_by_no_order() -> None:
    """Both halves of a copy used the number 1; a correction of it reached nobody's log under a new name."""
    gone = bytes(15) + b"\x09"
    said = [
        seal(
            1, Key(bytes(15) + bytes([device]), 1), b"d" * 16, AttemptMade(code=code), author="", shift=b"", hlc=device,
            wall_ms=0, sees=[], nonce=b"", reissue_of=Origin(gone, 1, bytes([device]) * 32),
        )
        for device, code in ((1, "not_home"), (2, "refused"))
    ]  # fmt: skip
    fix = seal(
        1, Key(bytes(15) + b"\x03", 1), b"d" * 16, AttemptCorrected(device=gone, seq=1, code="vacant"), author="",
        shift=b"", hlc=9, wall_ms=0, sees=[], nonce=b"",
    )  # fmt: skip
    for order in permutations([*said, fix]):
        fields = fold_subject(order)
        codes = {event.key: code for event, code in attempts(order, fields, frozenset())}
        assert codes == {said[0].key: "vacant", said[1].key: "refused"}
