"""What the computer says of itself: whether it runs on its battery, and that a network has come back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

_SUPPLIES = Path("/sys/class/power_supply")
_ASK_SECONDS = 2.0


def on_battery(supplies: Path = _SUPPLIES) -> bool:
    """Whether this computer runs on its battery; False where that is not known.

    It may take a moment (macOS is asked by a program of its own): not for the GUI thread.
    """
    if sys.platform == "win32":
        return _windows_on_battery()
    if sys.platform == "darwin":
        return _mac_on_battery()
    return _linux_on_battery(supplies)


def _linux_on_battery(supplies: Path) -> bool:
    mains: list[bool] = []
    draining = False
    try:
        for supply in sorted(supplies.iterdir()):
            kind = _line(supply / "type")
            if kind in ("Mains", "USB"):
                mains.append(_line(supply / "online") == "1")
            # A mouse has a battery too.
            elif kind == "Battery" and _line(supply / "scope") != "Device":
                draining |= _line(supply / "status") == "Discharging"
    except OSError:
        return False
    return draining and not any(mains)


def _line(path: Path) -> str:
    try:
        return path.read_text("ascii", "replace").strip()
    except OSError:
        return ""


def _windows_on_battery() -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    # SYSTEM_POWER_STATUS: six bytes and words; the first byte is ACLineStatus, 0 on battery, 255 unknown.
    status = (ctypes.c_ubyte * 12)()
    return bool(ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status))) and status[0] == 0


def _mac_on_battery() -> bool:
    import subprocess

    try:
        done = subprocess.run(
            ["/usr/bin/pmset", "-g", "ps"], capture_output=True, text=True, timeout=_ASK_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return "'Battery Power'" in done.stdout


def watch_network(owner: QObject, back: Callable[[], None]) -> bool:
    """Call `back` whenever this computer reaches a network again or is let out of a sign-in page.

    False where the system does not tell; then only the timer tries. `owner` ends it with its own end.
    """
    try:
        from PySide6.QtNetwork import QNetworkInformation
    except ImportError:
        return False
    if not QNetworkInformation.loadDefaultBackend():
        return False
    network: Any = QNetworkInformation.instance()
    reached = QNetworkInformation.Reachability

    class Watch(QObject):
        """Holds the connection, so that it ends with its owner."""

        def tell(self, reachability: Any) -> None:
            if reachability in (reached.Online, reached.Site):
                back()

        def let_out(self, captive: bool) -> None:
            if not captive:
                back()

    watch = Watch(owner)
    network.reachabilityChanged.connect(watch.tell)
    network.isBehindCaptivePortalChanged.connect(watch.let_out)
    return True
