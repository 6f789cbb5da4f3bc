"""What holds for every test: no screen, no network of the user's, no file of the user's, no surprise left unsaid.

* Qt draws on the offscreen platform unless the caller chose another.
* Each test has an empty home folder of its own, and a keychain that refuses.
* A log record of warning or worse fails the test that did not promise it (`@pytest.mark.expects_log("pattern")`).
* A thread still running at a test's end fails it (`@pytest.mark.leaves_threads("reason")` where it must be so).
* Warnings of Python and of Qt fail tests too: see [tool.pytest.ini_options] in pyproject.toml.

Fixtures for tests: `shared_data`, `virtual_screen`, `home`.
"""

import gc
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any
from weakref import WeakSet

import psutil
import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = Path(os.environ.get("CANVASS_SHARED_DATA") or ROOT.parent / "shared" / "data")

# A thread that was told to stop may need a moment to do so; one that was not told never ends.
SECONDS_TO_END = 5.0

_homes = count(1)


def pytest_configure(config: pytest.Config) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ["LC_ALL"] = "C.UTF-8"
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()
    # The settings of whoever runs the tests are no part of them.
    for name in [
        name for name in os.environ if name.startswith("CANVASS_") and name != "CANVASS_SHARED_DATA"
    ]:
        if not name.startswith("CANVASS_PROOF"):
            del os.environ[name]

    base = Path(tempfile.mkdtemp(prefix="canvass-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(base, ignore_errors=True))
    config.stash[_HOMES] = base
    # For what runs outside a test too: fixtures of a module or of the whole session.
    os.environ.update(_make_home(base))

    import structlog
    from hypothesis import settings

    from canvass_app.hq import logging_in, passwords
    from canvass_app.storage import keys

    # Some two thousand databases are opened: their keys are sealed by the same argon2id at its least cost, which each
    # key's record says for itself. What the program asks for is held by tests/storage/test_keys.py, in its own process.
    keys.SEALING = keys.Cost(time=1, memory_kib=8, lanes=1)
    # So for the passwords of people who log in (held by tests/hq/test_passwords.py), and nobody waits for a held answer.
    passwords.HASHING = keys.SEALING
    logging_in.HOLD_SECONDS = 0.0

    # structlog prints by itself; by way of logging, its warnings are seen by the watch below.
    structlog.configure(
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
    )
    # No deadline: nothing is timed outside benchmarks. The same examples each time: a red run can be run again.
    settings.register_profile("suite", deadline=None, derandomize=True, database=None)
    settings.register_profile("proof", deadline=None, max_examples=1000, database=None, print_blob=True)
    settings.load_profile("proof" if config.option.markexpr == "proof" else "suite")


_HOMES = pytest.StashKey[Path]()


def _make_home(base: Path) -> dict[str, str]:
    """A new, empty home folder and the variables that lead programs of all three systems to it."""
    home = base / f"{next(_homes):05}"
    runtime = home / "run"
    runtime.mkdir(parents=True, mode=0o700)
    places = {
        "HOME": home,
        "USERPROFILE": home,
        "APPDATA": home / "AppData" / "Roaming",
        "LOCALAPPDATA": home / "AppData" / "Local",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_RUNTIME_DIR": runtime,
    }
    return {name: str(path) for name, path in places.items()}


@pytest.fixture(autouse=True)
def home(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home folder for this test alone; HOME, the XDG folders and their Windows kin lead to it."""
    variables = _make_home(pytestconfig.stash[_HOMES])
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    yield Path(variables["HOME"])
    shutil.rmtree(variables["HOME"], ignore_errors=True)


class _Heard(logging.Handler):
    """Keeps the records of warnings and worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    promised = [re.compile(mark.args[0]) for mark in request.node.iter_markers("expects_log")]
    heard = _Heard()
    logging.getLogger().addHandler(heard)
    yield
    logging.getLogger().removeHandler(heard)
    said = [(record, record.getMessage()) for record in heard.records]
    surprises = [
        f"{record.levelname} {record.name}: {text}"
        for record, text in said
        if not any(pattern.search(text) for pattern in promised)
    ]
    if surprises:
        pytest.fail("logged without a promise (expects_log):\n" + "\n".join(surprises), pytrace=False)
    unsaid = [pattern.pattern for pattern in promised if not any(pattern.search(text) for _, text in said)]
    if unsaid:
        pytest.fail(f"promised, but never logged: {', '.join(unsaid)}", pytrace=False)


# So many new objects may lie about before somebody looks for cycles among them.
_LYING_ABOUT = 20_000


@pytest.fixture(autouse=True)
def _cycles_end_on_this_thread() -> Iterator[None]:
    """Python looks for cycles on whatever thread makes objects, and a window's part that ends on another thread than its own
    leaves its timers behind: the next one that is due crashes the process."""
    gc.disable()
    yield
    gc.disable()
    if gc.get_count()[0] > _LYING_ABOUT:
        gc.collect()


@pytest.fixture(autouse=True)
def _no_thread_left(request: pytest.FixtureRequest) -> Iterator[None]:
    before = set(threading.enumerate())
    _qt_threads.know_again(request)
    yield
    if request.node.get_closest_marker("leaves_threads"):
        return
    deadline = time.monotonic() + SECONDS_TO_END
    left = [
        thread
        for thread in threading.enumerate()
        # A thread of Qt that once ran Python keeps a stand-in in this list after its end; Qt's own are looked at below.
        if thread not in before
        and not isinstance(thread, threading._DummyThread)
        and _still_runs(thread, deadline)
    ]
    names = [thread.name for thread in left]
    names += [
        f"QThread {thread.objectName() or type(thread).__name__}"
        for thread in _qt_threads.new(request)
        if not thread.wait(max(0, int((deadline - time.monotonic()) * 1000)))
    ]
    if not _qt_pool_is_idle():
        names.append("a task of the global QThreadPool")
    if names:
        pytest.fail(f"still running at the test's end: {', '.join(names)}", pytrace=False)


def _still_runs(thread: threading.Thread, deadline: float) -> bool:
    thread.join(max(0.0, deadline - time.monotonic()))
    return thread.is_alive()


class _QtThreads:
    """The running threads of Qt that a Python object stands for, and which of them were there before a test.

    They are found by looking at every object there is, which takes longer than most tests: so only when the system has
    threads that it did not have.
    """

    def __init__(self) -> None:
        self._there: set[int] = set()
        self._known: WeakSet[Any] = WeakSet()

    def know_again(self, request: pytest.FixtureRequest) -> None:
        """What runs now is no fault of this test."""
        if _may_run_qt(request):
            here = _system_threads()
            # As many as there were: pytest's own watch over a test that hangs is a new one each time.
            if len(here) > len(self._there):
                self._known = WeakSet(_running_qt_threads())
            self._there = here

    def new(self, request: pytest.FixtureRequest) -> list[Any]:
        """Those that run now and are not known."""
        if not _may_run_qt(request):
            return []
        here, before = _system_threads(), self._there
        self._there = here
        if here <= before:
            return []
        running = _running_qt_threads()
        new = [thread for thread in running if thread not in self._known]
        self._known = WeakSet(running)
        return new


_qt_threads = _QtThreads()


def _system_threads() -> set[int]:
    return {thread.id for thread in psutil.Process().threads()}


def _may_run_qt(request: pytest.FixtureRequest) -> bool:
    return "PySide6.QtCore" in sys.modules and "qapp" in request.fixturenames


def _running_qt_threads() -> list[Any]:
    import shiboken6
    from PySide6.QtCore import QThread

    here = QThread.currentThread()
    threads = [thing for thing in gc.get_objects() if issubclass(type(thing), QThread)]
    return [
        thread
        for thread in threads
        if shiboken6.isValid(thread) and thread.isRunning() and thread is not here
    ]


def _qt_pool_is_idle() -> bool:
    core = sys.modules.get("PySide6.QtCore")
    return core is None or bool(core.QThreadPool.globalInstance().waitForDone(int(SECONDS_TO_END * 1000)))


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """`shared_data("addresses/file.csv")`: a public data file beside the checkout; skips the test where it is absent."""

    def find(name: str) -> Path:
        path = SHARED_DATA / name
        if not path.exists():
            pytest.skip(f"the public data is not beside this checkout: shared/data/{name}")
        return path

    return find


@pytest.fixture(scope="session")
def virtual_screen() -> Iterator[str]:
    """The name of an X display without a monitor, for a program run with `DISPLAY` and `QT_QPA_PLATFORM=xcb`."""
    program = shutil.which("Xvfb")
    if program is None:
        pytest.skip("Xvfb, the virtual screen, is not on this machine")
    read, write = os.pipe()
    command = [
        program,
        "-displayfd",
        str(write),
        "-screen",
        "0",
        "1440x900x24",
        "-nolisten",
        "tcp",
        "-noreset",
    ]
    server = subprocess.Popen(command, pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as answer:
        number = answer.readline().strip()
    try:
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What the proofs came to: figures that tests noted with `record_property("proof", (what, number))`, summed."""
    figures: dict[str, float] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == "proof" and getattr(report, "when", "") == "call":
                    what, number = value
                    figures[what] = figures.get(what, 0) + number
    if figures:
        terminalreporter.section("what was proven")
        width = max(map(len, figures))
        for what, number in sorted(figures.items()):
            terminalreporter.write_line(f"{what:<{width}}  {number:>14,.0f}".replace(",", " "))
