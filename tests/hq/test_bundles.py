"""Bundles over real files: a laptop without a network, a stick, a headquarters on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from canvass_app.hq.bundles import import_bundles
from canvass_app.services.bundling import describe_bundle, import_bundle, write_bundle
from canvass_app.services.syncing import sync_now, sync_status
from tests.hq.kit import RIDING, Hq, add_street, hq_log, knock, knock_often, laptop_log


def test_a_stick_brings_results_up_and_receipts_and_the_others_work_down(
    hq: Hq, new_laptop: Any, tmp_path: Path
) -> None:
    alone, other = new_laptop(hq), new_laptop(hq)
    add_street(other, 20)
    knock(other, 1)
    sync_now(other)
    knock_often(alone, 30)
    written = write_bundle(alone, tmp_path)
    assert (written.results, written.events) == (30, 30)
    seen = describe_bundle(other, written.path)
    assert (seen.kind, seen.whole, seen.for_us, seen.ours) == ("up", True, False, False)
    taken, answers = import_bundles(hq.office, [written.path])
    assert [(one.events, one.already, one.whole, one.notes) for one in taken] == [(30, 0, True, [])]
    (answer,) = answers
    assert answer.path.parent == tmp_path
    brought = import_bundle(alone, answer.path)
    assert (brought.acknowledged, brought.pulled, brought.notes) == (30, 2, [])
    assert list(brought.receipts) == [RIDING]
    assert sync_status(alone).pending_events == 0
    assert laptop_log(alone) == hq_log(hq)
    assert hq.numbers() == (32, 32, 32)
    assert sync_now(alone).pulled == 0
