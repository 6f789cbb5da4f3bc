"""The libraries and programs that Canvass needs from the operating system, and how to get the missing ones.

Only Linux is looked at: on Windows and macOS the PySide6 packages bring all they need. The check reads the loader's
cache and a few folders, a few milliseconds; apt-get is called only when something is missing.
Sources: `ldd` over the plugins of PySide6-Essentials 6.11.3, and a run on a bare Debian 12.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

# What to look for -> the package of Debian and Ubuntu that holds it. Names that end in .so.N are shared libraries,
# names that end in .ttf are fonts, all others are programs.
QT = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "DejaVuSans.ttf": "fonts-dejavu-core",
}
WINDOWS_ON_A_SCREEN = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
A_VIRTUAL_SCREEN = {"Xvfb": "xvfb", "xauth": "xauth"}
BUILDING = {"objdump": "binutils", "objcopy": "binutils", "strip": "binutils"}

# Ubuntu 24.04 and Debian 13 renamed packages when time became 64 bits wide.
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}

FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
ADMIN_FOLDERS = "/usr/local/sbin:/usr/sbin:/sbin"


def needs(mode: str) -> dict[str, str]:
    """What `make run` ("run"), the tests ("dev") or `make build` ("build") look for, each with its package."""
    if sys.platform != "linux":
        return {}
    found = dict(QT)
    if mode != "run" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        found |= WINDOWS_ON_A_SCREEN
    if mode != "run":
        found |= A_VIRTUAL_SCREEN
    if mode == "build":
        found |= BUILDING
        # PyInstaller copies the interpreter's shared library, which Debian keeps in a package of its own.
        library = sysconfig.get_config_var("INSTSONAME")
        if library and ".so" in library and sys.base_prefix == "/usr":
            found[library] = f"libpython{sysconfig.get_python_version()}"
    return found


def missing(mode: str) -> dict[str, str]:
    """Those of `needs(mode)` that this machine does not have."""
    wanted = needs(mode)
    if not wanted:
        return {}
    path = f"{os.environ.get('PATH', '')}:{ADMIN_FOLDERS}"
    loader = shutil.which("ldconfig", path=path)
    libraries = _output([loader, "-p"]) if loader else None
    absent: dict[str, str] = {}
    for name, package in wanted.items():
        if name.endswith(".ttf"):
            there = _has_font(name)
        elif ".so" in name:
            # Without the loader's list (musl, for one) nothing can be said, and Qt's own import decides.
            there = libraries is None or f"\t{name} " in libraries
        else:
            there = shutil.which(name, path=path) is not None
        if not there:
            absent[name] = package
    return absent


def install(packages: Iterable[str]) -> bool:
    """Install Debian or Ubuntu packages as root or by a sudo that asks nothing. False when that cannot be done here.

    Nothing is raised: what is still missing afterwards is for the caller to look at and to name.
    """
    names = sorted(set(packages))
    prefix = _administrator()
    if not names or prefix is None or not shutil.which("apt-get"):
        return False
    print(f"Installing system packages: {' '.join(names)}", flush=True)
    apt = [
        *prefix,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-o",
        "DPkg::Lock::Timeout=120",
    ]
    _quietly([*apt, "update"])
    known = [name for name in map(_name_here, names) if name]
    if not known:
        return False
    return _quietly([*apt, "install", "-y", "--no-install-recommends", *known])


def how_to_install(packages: Iterable[str]) -> str:
    """One line that tells a person how to install these packages."""
    names = " ".join(sorted({_name_here(name) or name for name in packages}))
    if shutil.which("apt-get"):
        return f"sudo apt-get install {names}"
    return f"install what your system calls these Debian packages: {names}"


def _has_font(file_name: str) -> bool:
    return any(next(Path(folder).expanduser().rglob(file_name), None) for folder in FONT_FOLDERS)


def _administrator() -> list[str] | None:
    """The start of a command that runs as root: empty for root, `sudo -n` where it asks nothing, else None."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and _output([sudo, "-n", "true"]) is not None:
        return [sudo, "-n"]
    return None


def _name_here(package: str) -> str | None:
    """The package's name in this distribution, None where it has no such package."""
    for name in (RENAMED.get(package), package):
        if name and "Package:" in (_output(["apt-cache", "show", "--no-all-versions", name]) or ""):
            return name
    return None


def _output(command: list[str]) -> str | None:
    """What the command prints, None when it is not there or fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _quietly(command: list[str]) -> bool:
    """Run a command and show what it said only when it failed."""
    done = subprocess.run(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout.rstrip(), file=sys.stderr)
    return done.returncode == 0
