"""Case 2: a laptop killed at every step of a pull has everything after its next sync."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvass_app.services.book import open_book
from canvass_app.services.doctor import examine
from canvass_app.services.syncing import sync_now
from tests.acceptance.bad_network import all_is_everywhere
from tests.acceptance.killing import PYTHON_PATH, ROOT
from tests.hq.kit import PASSPHRASE, Hq, add_street, knock, knock_often, talk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")


def pull(folder: Path, fatal: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.acceptance.laptop_pulling", str(folder), str(fatal)],
        cwd=ROOT, env={**os.environ, **PYTHON_PATH}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture
def waiting(hq: Hq, new_laptop: Any) -> tuple[Any, Path]:
    """Somebody whose work is at headquarters, and the folder of a laptop with two results that has none of it."""
    lead, late = new_laptop(hq), new_laptop(hq)
    add_street(lead)
    knock_often(lead, 700)
    for number in range(1, 8):
        talk(lead, number, "2")
    sync_now(lead)
    knock(late, 30, "refused", author="Bea")
    knock(late, 31, author="Bea")
    late.close()
    return lead, late.folder


def kill_at(hq: Hq, lead: Any, folder: Path, copy: Path, fatal: int) -> None:
    shutil.copytree(folder, copy)
    ended = pull(copy, fatal)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    mended = open_book(copy, passphrase=PASSPHRASE, now_ms=hq.time)
    try:
        sync_now(mended)
        assert all_is_everywhere(hq, lead, mended) == 717
        assert examine(mended).ok
    finally:
        mended.close()
    shutil.rmtree(copy)


def steps_of(folder: Path, copy: Path) -> int:
    """How many steps there are, counted on a laptop that lives; the record at headquarters then has its two results."""
    shutil.copytree(folder, copy)
    lived = pull(copy, 0)
    assert lived.returncode == 0, lived.stderr
    return int(lived.stdout)


# After an answer, before the commit of its page, after it.
@pytest.mark.parametrize("fatal", [10, 17, 18])
def test_case_02_a_laptop_killed_at_a_step_of_a_pull_is_complete_after_the_next(
    hq: Hq, waiting: tuple[Any, Path], tmp_path: Path, fatal: int
) -> None:
    lead, folder = waiting
    kill_at(hq, lead, folder, tmp_path / "copy", fatal)


@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_case_02_a_laptop_killed_at_every_step_of_a_pull_is_complete_after_the_next(
    hq: Hq, waiting: tuple[Any, Path], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    lead, folder = waiting
    steps = steps_of(folder, tmp_path / "whole")
    assert steps > 16
    for fatal in range(1, steps + 1):
        kill_at(hq, lead, folder, tmp_path / "copy", fatal)
    record_property("proof", ("kills at a step of a pull", steps))
