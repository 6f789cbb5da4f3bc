"""Make this checkout ready to run: virtual environment, locked packages, the project itself, system libraries.

    python3 tools/prepare.py run      what the program needs
    python3 tools/prepare.py dev      the tests and tools as well
    python3 tools/prepare.py build    and what PyInstaller needs

The Makefile calls it before every target, through tools/bootstrap.sh. It runs on the standard library of Python 3.11
alone. A stamp in .venv remembers what was installed, so that it costs a tenth of a second when nothing changed.
"""

import hashlib
import importlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import system_packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "canvass-ready.json"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
REQUIREMENTS = {"run": "requirements.txt", "dev": "requirements-dev.txt", "build": "requirements-dev.txt"}


class CannotPrepare(Exception):
    """The checkout cannot be made ready. The text says why, in one line, and what to do."""


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in REQUIREMENTS:
        print(f"usage: prepare.py {' | '.join(REQUIREMENTS)}", file=sys.stderr)
        return 2
    try:
        prepare(arguments[0])
    except CannotPrepare as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def prepare(mode: str) -> None:
    """Bring .venv and the system libraries to what `mode` needs. Raises CannotPrepare."""
    stamp = _read_stamp()
    absent = system_packages.missing(mode)
    # What could not be installed last time is not tried again on every run, only after a change.
    untried = set(absent.values()) - set(stamp["refused"])
    up_to_date = _is_whole() and _digest(mode) in stamp["installed"]
    if up_to_date and not untried:
        return

    if untried:
        system_packages.install(absent.values())
        absent = system_packages.missing(mode)
    if not up_to_date:
        # Unreadable until all is done: an interrupted set-up starts again.
        STAMP.unlink(missing_ok=True)
        if not _is_whole():
            _make_environment(absent)
        _install_packages(mode)
    _check_qt(mode, absent)
    if absent:
        line = f"Not on this machine: {', '.join(sorted(absent))}. Canvass starts without; to add it:"
        print(line, system_packages.how_to_install(absent.values()))
    installed = [_digest(mode)] if mode == "run" else [_digest("run"), _digest("dev")]
    kept = stamp["installed"] if up_to_date else []
    state = {"installed": sorted({*kept, *installed}), "refused": sorted({*absent.values()})}
    STAMP.write_text(json.dumps(state, indent=1) + "\n", encoding="utf-8")


def _read_stamp() -> dict[str, list[str]]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return {"installed": list(stamp["installed"]), "refused": list(stamp["refused"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {"installed": [], "refused": []}


def _digest(mode: str) -> str:
    """Names what an environment holds: the locked packages and how the project itself is installed."""
    digest = hashlib.sha256()
    for name in (REQUIREMENTS[mode], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _is_whole() -> bool:
    """Whether .venv was made here, with this Python, and has pip."""
    try:
        settings = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    keys = dict(line.split(" = ", 1) for line in settings.splitlines() if " = " in line)
    made_here = str(VENV) in keys.get("command", str(VENV))
    same_python = keys.get("version", "").startswith("{}.{}.".format(*sys.version_info[:2]))
    return (
        made_here
        and same_python
        and PYTHON.exists()
        and (PYTHON.parent / "pip").with_suffix(PYTHON.suffix).exists()
    )


def _make_environment(absent: dict[str, str]) -> None:
    version = "{}.{}".format(*sys.version_info[:2])
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        # Debian and Ubuntu split this out of Python.
        package = f"python{version}-venv"
        system_packages.install([package])
        importlib.invalidate_caches()
        if importlib.util.find_spec("ensurepip") is None:
            raise CannotPrepare(
                f"Python {version} cannot make a virtual environment here. Run this, then make again: "
                + system_packages.how_to_install([package, *absent.values()])
            )
    print(f"Making .venv with Python {version}", flush=True)
    # From inside an environment its own interpreter would be deleted under our feet.
    base = getattr(sys, "_base_executable", sys.executable)
    if _run([base, "-m", "venv", "--clear", str(VENV)]):
        raise CannotPrepare(f"Python {version} could not make the folder .venv; what it said stands above.")


def _install_packages(mode: str) -> None:
    print(
        f"Installing the locked packages of {REQUIREMENTS[mode]} (the first time takes a few minutes)",
        flush=True,
    )
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    pip += ["--progress-bar", "off"]
    locked = [*pip, "--require-hashes", "--only-binary", ":all:", "-r", REQUIREMENTS[mode]]
    project = [*pip, "--no-build-isolation", "--no-deps", "--editable", "."]
    for command in (locked, project):
        if _run(command):
            raise CannotPrepare(
                "The packages could not be installed; what pip said stands above. Nothing outside .venv was changed. "
                "Check the network, then run make again."
            )


def _check_qt(mode: str, absent: dict[str, str]) -> None:
    """Qt's own import has the last word on the libraries; CannotPrepare names what it lacks."""
    probe = "from PySide6 import QtGui, QtWidgets, QtNetwork, QtPrintSupport, QtSvg"
    done = subprocess.run([str(PYTHON), "-c", probe], capture_output=True, text=True, check=False, cwd=ROOT)
    if done.returncode == 0:
        return
    reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    packages = (absent or system_packages.needs(mode)).values()
    raise CannotPrepare(
        f"Qt does not start on this machine ({reason}). Run this, then make again: "
        + system_packages.how_to_install(packages)
    )


def _run(command: list[str]) -> int:
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
