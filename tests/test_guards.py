"""What conftest.py promises about every test is kept: each surprise fails, and each promised one passes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent

TESTS = """
import _thread, logging, os, threading, warnings
from pathlib import Path

import keyring, pytest, structlog

waits, kept = threading.Event(), []


def test_bad_log_record(): logging.getLogger("area").warning("disk is full")

def test_bad_structlog_record(): structlog.get_logger("area").warning("disk is full")

@pytest.mark.expects_log("disk is")
def test_good_promised_record(): logging.getLogger("area").warning("disk is full")

@pytest.mark.expects_log("disk is")
def test_bad_promise_not_kept(): pass

def test_good_quiet_record(): logging.getLogger("area").info("opened")

def test_bad_python_warning(): warnings.warn("old", DeprecationWarning)

def test_bad_qt_warning(qtbot):
    from PySide6.QtCore import qWarning
    qWarning("no such slot")

def test_bad_thread(): threading.Thread(target=waits.wait, daemon=True).start()

@pytest.mark.leaves_threads("to see that it may")
def test_good_thread_with_leave(): threading.Thread(target=waits.wait, daemon=True).start()

def test_good_thread_that_ends(): threading.Thread(target=len, args=("",)).start()

def test_bad_qt_thread(qtbot):
    from PySide6.QtCore import QThread
    class Waiting(QThread):
        def run(self): waits.wait()
    kept.append(Waiting())
    kept[-1].start()

def test_bad_second_qt_thread_while_the_first_still_runs(qtbot): test_bad_qt_thread(qtbot)

@pytest.mark.leaves_threads("to see that it may")
def test_good_qt_thread_with_leave(qtbot): test_bad_qt_thread(qtbot)

def test_good_qt_test_while_threads_of_others_still_run(qtbot):
    # A thread of neither kind, which has the others looked at.
    _thread.start_new_thread(waits.wait, ())

def test_good_home_is_empty(home): assert Path.home() == home and not (home / "note").exists() and not (home / "note").touch()

def test_good_home_is_empty_again(home): assert not (home / "note").exists()

def test_good_keychain_refuses():
    with pytest.raises(keyring.errors.NoKeyringError):
        keyring.set_password("service", "name", "word")

def test_good_no_setting_leaks_in(): assert "CANVASS_PASSPHRASE" not in os.environ

def test_good_ends(): waits.set()
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each test of TESTS, run under a copy of our set-up, with its outcome: passed, failed or error."""
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "tests").mkdir()
    shutil.copy(HERE.parent / "pyproject.toml", folder)
    conftest = (HERE / "conftest.py").read_text(encoding="utf-8")
    assert "SECONDS_TO_END = 5.0" in conftest
    patient = conftest.replace("SECONDS_TO_END = 5.0", "SECONDS_TO_END = 0.3")
    (folder / "tests" / "conftest.py").write_text(patient, encoding="utf-8")
    (folder / "tests" / "test_guarded.py").write_text(TESTS, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-v",
        "-rN",
        "--tb=short",
        "-p",
        "no:xdist",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    found: dict[str, str] = {}
    for name, outcome in re.findall(r"::(test_\w+) (PASSED|FAILED|ERROR)", done.stdout):
        # An error after the test itself has passed is the guard's word.
        found[name] = outcome.lower() if found.get(name) in (None, "passed") else found[name]
    assert found, done.stdout + done.stderr
    return found


@pytest.mark.parametrize("name", re.findall(r"def (test_bad_\w+)", TESTS))
def test_a_surprise_fails(name: str, outcomes: dict[str, str]) -> None:
    assert outcomes[name] in ("failed", "error")


@pytest.mark.parametrize("name", re.findall(r"def (test_good_\w+)", TESTS))
def test_what_is_promised_or_quiet_passes(name: str, outcomes: dict[str, str]) -> None:
    assert outcomes[name] == "passed"
