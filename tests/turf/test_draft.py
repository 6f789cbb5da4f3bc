"""A cut in the hand: no edit loses or doubles a door, each says what it breaks, all can be taken back."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvass_app.turf.draft import (
    FREE,
    Draft,
    Edit,
    apply,
    broken,
    neighbour_turfs,
    new_draft,
    pieces,
    turf_code,
)
from canvass_app.turf.draft_edits import (
    Change,
    change_turf,
    draw,
    left_over,
    merge,
    move,
    remove,
    split,
    take_rebalanced,
    take_recut,
    whole,
)
from canvass_app.turf.halving import halve
from canvass_app.turf.refining import refine
from tests.turf.draft_kit import DOORS, doors_at, grid_area, striped


def whole_and_once(draft: Draft) -> None:
    """Every door is in one turf that is there, or free; the lists of doors hold each once."""
    held = [door for number in (*draft.turfs, FREE) for door in draft.doors_of(number).tolist()]
    assert sorted(held) == np.flatnonzero(~draft.gone).tolist()
    assert sum(draft.counts().values()) + len(draft.doors_of(FREE)) == int((~draft.gone).sum())


def test_a_block_moves_to_the_turf_beside_it() -> None:
    draft = striped(6, 4, 2)
    change = move(draft, doors_at(draft, 2), 0)
    assert not change.breaks
    after = apply(draft, change.edit)
    assert after.counts() == {0: 9 * DOORS, 1: 7 * DOORS, 2: 8 * DOORS}
    assert not broken(after)


def test_half_a_block_moves_and_both_turfs_still_hang_together() -> None:
    draft = striped(6, 4, 2)
    after = apply(draft, move(draft, doors_at(draft, 2)[:2], 0).edit)
    assert after.counts() == {0: 8 * DOORS + 2, 1: 8 * DOORS - 2, 2: 8 * DOORS}
    assert not broken(after)


def test_an_edit_that_would_break_a_turf_says_so_and_mends_it() -> None:
    # One column a turf: without its second block, the first block of turf 1 hangs in the air.
    draft = striped(3, 4, 1)
    change = move(draft, doors_at(draft, 4), 0)
    assert [(cut.turf, cut.doors) for cut in change.breaks] == [(1, DOORS)]
    assert change.mended is not None
    after = apply(draft, change.mended)
    assert not broken(after)
    assert set(after.owner[doors_at(draft, 1)].tolist()) == {0}
    anyway = apply(draft, change.edit)
    assert broken(anyway) == {1: 2}


def test_doors_that_do_not_touch_a_turf_are_no_way_to_mend() -> None:
    draft = striped(6, 4, 2)
    change = move(draft, doors_at(draft, 5), 0)
    assert [cut.turf for cut in change.breaks] == [0]
    assert change.mended is None


def test_a_locked_turf_keeps_its_doors_and_takes_none() -> None:
    draft = striped(6, 4, 2)
    draft = apply(draft, change_turf(draft, 1, locked=True).edit)
    change = move(draft, doors_at(draft, 2, 4), 0)
    assert change.kept == DOORS
    assert set(change.edit.doors.tolist()) == set(doors_at(draft, 4))
    assert not move(draft, doors_at(draft, 1), 1)
    assert not split(draft, 1, "New", 0)
    assert not merge(draft, [0, 1])
    assert not remove(draft, 1)


def test_a_split_makes_two_even_halves_that_hang_together() -> None:
    draft = striped(6, 5, 3)
    change = split(draft, 0, "Turf 9", 8)
    after = apply(draft, change.edit)
    assert not change.breaks
    assert not broken(after)
    assert sorted(after.counts().values()) == [7 * DOORS, 8 * DOORS, 15 * DOORS]
    assert after.turfs[2].name == "Turf 9"


def test_a_tower_is_split_by_its_doors() -> None:
    area = grid_area(1, 1)
    draft = striped(1, 1, 1)
    after = apply(draft, split(draft, 0, "B", 1).edit)
    assert len(area.unit) == DOORS
    assert sorted(after.counts().values()) == [2, 3]


def test_two_neighbours_become_one_and_far_ones_are_warned_of() -> None:
    draft = striped(6, 4, 2)
    near, far = merge(draft, [0, 1]), merge(draft, [0, 2])
    assert not near.breaks
    assert list(apply(draft, near.edit).turfs) == [0, 2]
    assert [cut.turf for cut in far.breaks] == [0]
    assert neighbour_turfs(draft, 1) == [0, 2]


def test_a_turf_that_is_given_up_frees_its_doors_or_shares_them_out() -> None:
    draft = striped(6, 4, 2, placeless=3)
    assert len(apply(draft, remove(draft, 1).edit).doors_of(FREE)) == 8 * DOORS + 3
    shared = apply(draft, remove(draft, 1, to_neighbours=True).edit)
    assert shared.counts() == {0: 12 * DOORS, 2: 12 * DOORS}
    assert not broken(shared)


def test_a_turf_is_drawn_by_hand() -> None:
    draft = striped(6, 4, 2)
    after = apply(draft, draw(draft, doors_at(draft, 1, 2), "Hill", 5).edit)
    assert after.counts()[3] == 2 * DOORS
    assert (after.turfs[3].name, after.turfs[3].color, after.turfs[3].code) == ("Hill", 5, "D")


def test_doors_without_a_place_are_put_into_turfs_by_hand() -> None:
    draft = striped(4, 2, 2, placeless=2)
    placeless = draft.placeless()
    assert len(placeless) == 2
    change = move(draft, placeless, 1)
    assert not change.breaks
    assert apply(draft, change.edit).counts()[1] == 4 * DOORS + 2


def test_doors_that_are_gone_count_nowhere_and_do_not_move() -> None:
    draft = striped(4, 2, 2)
    gone = np.zeros(len(draft), bool)
    gone[:3] = True
    draft = replace(draft, gone=gone)
    whole_and_once(draft)
    assert 0 not in move(draft, [0, 5], 1).edit.doors.tolist()


def test_a_name_a_colour_and_a_lock_can_be_taken_back() -> None:
    draft = striped(4, 2, 2)
    for change in (
        change_turf(draft, 0, name="Mill"),
        change_turf(draft, 0, color=7),
        change_turf(draft, 0, locked=True),
    ):
        assert change
        back = apply(apply(draft, change.edit), change.edit.back())
        assert back.turfs == draft.turfs


def test_an_edit_of_another_draft_is_refused() -> None:
    draft = striped(4, 2, 2)
    edit = move(draft, doors_at(draft, 1), 1).edit
    moved = apply(draft, edit)
    with pytest.raises(ValueError, match="another draft"):
        apply(moved, edit)
    with pytest.raises(ValueError, match="in one of the turfs"):
        new_draft(draft.area, draft.owner + 5, draft.turfs.values())


def test_letters_go_on_after_z() -> None:
    assert [turf_code(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_a_shared_block_becomes_two_units_for_the_cutter() -> None:
    draft = striped(6, 4, 2)
    draft = apply(draft, move(draft, doors_at(draft, 2)[:2], 0).edit)
    pool = whole(draft)
    area = pool.area
    assert len(area.doors) == 25
    assert area.doors.sum() == len(draft)
    assert area.work.sum() == draft.area.work.sum()
    twice = [u for u in range(25) if area.doors[u] < DOORS]
    assert len(twice) == 2
    assert twice[1] in area.near[area.starts[twice[0]] : area.starts[twice[0] + 1]]
    for unit in range(25):
        beside = area.near[area.starts[unit] : area.starts[unit + 1]].tolist()
        assert beside == sorted(set(beside))
        assert unit not in beside
        assert all(unit in area.near[area.starts[v] : area.starts[v + 1]] for v in beside)
    # What comes back unchanged changes nothing.
    assert not take_rebalanced(draft, pool, pool.owner)


def test_an_untouched_area_is_the_same_after_refining() -> None:
    area = grid_area(5, 3, placeless=2)
    same, _ = refine(area, np.zeros(len(area.unit), np.int32))
    for name in ("unit", "doors", "work", "walk", "starts", "near", "gap", "part"):
        assert np.array_equal(getattr(same, name), getattr(area, name)), name


def test_one_volunteer_fewer_leaves_what_is_walked_and_what_is_locked() -> None:
    draft = striped(8, 4, 2)  # four turfs
    draft = apply(draft, change_turf(draft, 0, locked=True).edit)
    walked = doors_at(draft, 2)
    pool = left_over(draft, walked)
    # Two of what is left: columns 2-4 and 5-7.
    first = np.flatnonzero(pool.area.unit >= 0)
    owner = np.zeros(len(pool.area.doors), np.int32)
    owner[pool.area.unit[first]] = (draft.area.unit[first] % 8 >= 5).astype(np.int32)
    after = apply(draft, take_recut(draft, pool, owner, ["N1", "N2"], [9, 10]).edit)
    whole_and_once(after)
    assert after.counts()[0] == 8 * DOORS
    assert after.owner[walked].tolist() == [1] * DOORS
    assert after.counts()[1] == DOORS
    assert sorted(after.counts()) == [0, 1, 2, 3]
    assert after.turfs[2].name == "Turf 3"


@given(st.integers(1, 6), st.integers(1, 6), st.data())
def test_halves_hang_together_and_are_even(wide: int, high: int, data: st.DataObject) -> None:
    area = grid_area(wide, high)
    weight = {u: float(data.draw(st.integers(1, 9))) for u in range(wide * high)}
    first, second = halve(area, weight)
    assert sorted(first + second) == list(range(wide * high))
    if wide * high > 1:
        assert first
        assert second
        draft = new_draft(area, np.isin(area.unit, second).astype(np.int32), striped(2, 1, 1).turfs.values())
        assert not broken(draft)


def _random_change(draft: Draft, data: st.DataObject) -> Change:
    turf = st.sampled_from(sorted(draft.turfs) or [FREE])
    doors = st.lists(st.integers(0, len(draft) - 1), max_size=25)
    kind = data.draw(
        st.sampled_from(["move", "free", "draw", "split", "merge", "remove", "share", "lock", "units"])
    )
    one, other = data.draw(turf), data.draw(turf)
    if kind in ("split", "merge", "remove", "share", "lock") and not draft.turfs:
        kind = "draw"
    match kind:
        case "move":
            return move(draft, data.draw(doors), one)
        case "units":
            units = data.draw(st.lists(st.integers(0, 23), max_size=4))
            return move(draft, doors_at(draft, *units), one)
        case "free":
            return move(draft, data.draw(doors), FREE)
        case "draw":
            return draw(draft, data.draw(doors), "New", 3)
        case "split":
            return split(draft, one, "Half", 4)
        case "merge":
            return merge(draft, [one, other])
        case "lock":
            return change_turf(draft, one, locked=not draft.turfs[one].locked)
        case _:
            return remove(draft, one, to_neighbours=kind == "share")


@settings(max_examples=60)
@given(st.data())
def test_random_edits_lose_no_door_double_none_and_break_no_turf_unsaid(data: st.DataObject) -> None:
    start = draft = striped(6, 4, 2, placeless=2)
    done: list[Edit] = []
    warned = False
    for _ in range(data.draw(st.integers(1, 12))):
        change = _random_change(draft, data)
        locked = {n: draft.doors_of(n).tolist() for n in draft.locked()}
        before = broken(draft)
        if change.mended is not None and data.draw(st.booleans()):
            edit = change.mended
            after = apply(draft, edit)
            assert set(broken(after)) <= set(before)
        else:
            edit = change.edit
            after = apply(draft, edit)
            new = {n for n, count in broken(after).items() if count > before.get(n, 1)}
            assert new == {cut.turf for cut in change.breaks}
            warned = warned or bool(new)
        whole_and_once(after)
        if edit.what != "lock":
            assert {n: after.doors_of(n).tolist() for n in locked} == locked
        if not warned:
            assert all(len(pieces(after, n)) <= 1 for n in after.turfs)
        done.append(edit)
        draft = after
    end = draft
    for edit in reversed(done):
        draft = apply(draft, edit.back())
    assert np.array_equal(draft.owner, start.owner)
    assert draft.turfs == start.turfs
    for edit in done:
        draft = apply(draft, edit)
    assert np.array_equal(draft.owner, end.owner)
    assert draft.turfs == end.turfs
