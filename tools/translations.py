"""Compile the French of all areas, `resources/translations/*_fr.ts`, into the one file that the program loads, fr.qm.

    python tools/translations.py          (or `make translations`)

It refuses an unfinished or empty translation, a place marker (%1, %n, {name}) that the French lost or gained, and a
string that two areas translate differently: the program would show one of them everywhere. The work of compiling is
done by Qt's own lrelease, from the PySide6 package, on Linux, Windows and macOS alike.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
COMPILED = FOLDER / "fr.qm"

_MARKER = re.compile(r"%L?\d+|%n|\{[^{}]*\}")


@dataclass(frozen=True, slots=True)
class Message:
    """One string of a .ts file: where it is used, what it says, and its French (several for a plural)."""

    file: str
    context: str
    source: str
    comment: str
    state: str
    french: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.context, self.source, self.comment)

    def __str__(self) -> str:
        return f"{self.file}: {self.context}: {self.source!r}"


def messages(path: Path) -> Iterator[Message]:
    """The strings of one .ts file that the program still uses. Raises ElementTree.ParseError on a broken file."""
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            state = "unfinished" if translation is None else translation.get("type", "")
            if state in ("vanished", "obsolete"):
                continue
            forms = [] if translation is None else (translation.findall("numerusform") or [translation])
            yield Message(
                file=path.name,
                context=context.findtext("name") or "",
                source=message.findtext("source") or "",
                comment=message.findtext("comment") or "",
                state=state,
                french=tuple("".join(form.itertext()) for form in forms),
            )


def faults(paths: list[Path]) -> list[str]:
    """What is wrong with these .ts files, one line each; empty when they can be compiled."""
    found: list[str] = []
    said: dict[tuple[str, str, str], Message] = {}
    for path in paths:
        try:
            read = list(messages(path))
        except ElementTree.ParseError as error:
            found.append(f"{path.name}: not a translation file ({error})")
            continue
        for message in read:
            if message.state == "unfinished" or not message.french or not all(message.french):
                found.append(f"{message}: not translated")
            elif not _keeps_markers(message):
                found.append(f"{message}: the place markers differ in the French")
            twin = said.setdefault(message.key, message)
            if twin.french != message.french:
                found.append(f"{message}: translated otherwise in {twin.file}")
    return found


def _keeps_markers(message: Message) -> bool:
    wanted = set(_MARKER.findall(message.source))
    plural = len(message.french) > 1
    for position, form in enumerate(message.french):
        has = set(_MARKER.findall(form))
        # The singular of a plural may leave the number out: "un résultat".
        if has != wanted and not (plural and position == 0 and has == wanted - {"%n"}):
            return False
    return True


def lrelease() -> Path:
    """Qt's compiler of translations, out of the PySide6 package. Raises FileNotFoundError when it is not installed."""
    spec = importlib.util.find_spec("PySide6")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        tool = Path(folder) / ("lrelease.exe" if os.name == "nt" else "lrelease")
        if tool.exists():
            return tool
    found = shutil.which("pyside6-lrelease") or shutil.which("lrelease")
    if found is None:
        raise FileNotFoundError("lrelease is not here: install the packages of requirements.txt")
    return Path(found)


def compile_all(folder: Path = FOLDER, target: Path = COMPILED) -> list[str]:
    """Compile every *_fr.ts of the folder into the target. Returns the faults; nothing is written when there is one."""
    paths = sorted(folder.glob("*_fr.ts"))
    if not paths:
        return []
    found = faults(paths)
    if found:
        return found
    # Under a name of its own first: a program that starts meanwhile never reads half a file.
    fresh = target.with_suffix(f".{os.getpid()}.tmp")
    command = [str(lrelease()), "-silent", "-fail-on-unfinished", *map(str, paths), "-qm", str(fresh)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not fresh.exists():
        fresh.unlink(missing_ok=True)
        return [
            f"lrelease: {line}"
            for line in (done.stderr or done.stdout or "wrote nothing").strip().splitlines()
        ]
    os.replace(fresh, target)
    return []


def main() -> int:
    found = compile_all()
    for fault in found:
        print(fault, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
