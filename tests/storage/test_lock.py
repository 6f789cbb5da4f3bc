"""One program at a time on a data folder; a killed one's hold ends with it, and that it was killed is known."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from canvass_app.domain.errors import AlreadyOpen
from canvass_app.storage.lock import InstanceLock

ROOT = Path(__file__).resolve().parents[2]

_HOLDS = """
import sys
from pathlib import Path
from canvass_app.storage.lock import InstanceLock

lock = InstanceLock(Path(sys.argv[1]))
print("held", lock.unclean, flush=True)
sys.stdin.readline()
lock.release()
print("released", flush=True)
"""


def holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _HOLDS, str(folder)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().startswith("held")
    return process


def end(process: subprocess.Popen[str], *, kill: bool) -> None:
    if kill:
        process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    process.communicate("\n")


def test_a_second_program_is_told_that_the_first_has_the_folder(tmp_path: Path) -> None:
    first = holder(tmp_path)
    with pytest.raises(AlreadyOpen) as told:
        InstanceLock(tmp_path)
    assert "already open" in told.value.say("en")
    assert "Rien n’a été modifié" in told.value.say("fr")
    end(first, kill=False)
    lock = InstanceLock(tmp_path)
    assert not lock.unclean
    lock.release()


def test_a_killed_program_holds_nothing_and_its_end_is_known_until_the_data_was_checked(
    tmp_path: Path,
) -> None:
    end(holder(tmp_path), kill=True)
    lock = InstanceLock(tmp_path)
    assert lock.unclean
    lock.abandon()  # the check did not come to its end
    lock = InstanceLock(tmp_path)
    assert lock.unclean
    lock.release()
    lock = InstanceLock(tmp_path)
    assert not lock.unclean
    lock.release()


def test_being_refused_leaves_the_first_program_s_mark_alone(tmp_path: Path) -> None:
    first = holder(tmp_path)
    with pytest.raises(AlreadyOpen):
        InstanceLock(tmp_path)
    end(first, kill=True)
    lock = InstanceLock(tmp_path)
    assert lock.unclean
    lock.release()
