"""The rules of the house that a machine can keep."""

import ast
import importlib.util
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import translations

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "canvass_app"
ROOMS = (
    "domain",
    "ledger",
    "storage",
    "imports",
    "turf",
    "sync",
    "services",
    "printing",
    "desktop",
    "hq",
    "cli",
)
COMMAND_LINES = {"canvass-app": "canvass_app.cli.commands", "canvass-hq": "canvass_app.hq.cli"}
MOST_LINES = 450

# Loaded inside the functions that use them: the window must be there in a moment.
HEAVY = (
    "sqlmodel",
    "sqlalchemy",
    "pydantic",
    "requests",
    "qtawesome",
    "pyqtgraph",
    "shapely",
    "scipy",
    "osmium",
    "fast_tsp",
    "alembic",
)


def project_files() -> list[Path]:
    """The files that belong to the project: what git tracks, or all that is not made by a tool where there is no git."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    made = {"__pycache__", "build", "dist", "out"}

    def kept(path: Path) -> bool:
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part not in (".ci", ".gitignore") for part in parts)
        return not hidden and made.isdisjoint(parts) and not any(part.endswith(".egg-info") for part in parts)

    return [path for path in ROOT.rglob("*") if path.is_file() and kept(path)]


def python_files() -> list[Path]:
    return [path for path in project_files() if path.suffix == ".py"]


# --- rooms and floors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_belongs_in_it(room: str) -> None:
    docstring = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text(encoding="utf-8")))
    assert docstring
    assert len(docstring.split()) >= 8, "say what belongs in the room and what does not"


def test_the_house_has_no_room_without_a_floor() -> None:
    standing = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert standing == set(ROOMS)


def test_a_module_has_one_reason_to_change() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in python_files()
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert not long, f"modules over {MOST_LINES} lines: {long}"


# Where it is planted, what it imports, and the contract of pyproject.toml that must object.
BAD_IMPORTS = (
    ("domain", "canvass_app.ledger", "floors"),
    ("ledger", "canvass_app.storage", "floors"),
    ("storage", "canvass_app.sync", "floors"),
    ("imports", "canvass_app.turf", "floors"),
    ("turf", "canvass_app.sync", "floors"),
    ("sync", "canvass_app.services", "floors"),
    ("services", "canvass_app.printing", "floors"),
    ("printing", "canvass_app.desktop", "floors"),
    ("desktop", "canvass_app.cli", "floors"),
    ("desktop", "canvass_app.hq", "desktop-apart"),
    ("desktop", "fastapi", "desktop-apart"),
    ("hq", "canvass_app.desktop", "hq-apart"),
    ("hq", "canvass_app.printing", "hq-apart"),
    ("hq", "PySide6.QtCore", "qt"),
    ("services", "PySide6.QtCore", "qt"),
    ("storage", "pyqtgraph", "qt"),
    ("cli", "PySide6.QtWidgets", "cli-qt"),
    ("domain", "sqlite3", "pure"),
    ("domain", "pathlib", "pure"),
    ("ledger", "sqlcipher3", "pure"),
    ("ledger", "requests", "pure"),
    ("ledger", "time", "pure"),
)


def _skeleton(folder: Path) -> None:
    """The rooms of the house, empty, under the project's own contracts."""
    for room in ROOMS:
        (folder / "canvass_app" / room).mkdir(parents=True)
        (folder / "canvass_app" / room / "__init__.py").touch()
    for module in ("__init__", "resource_path"):
        (folder / "canvass_app" / f"{module}.py").touch()
    shutil.copy(ROOT / "pyproject.toml", folder)


def _lint_imports(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-logo", "--no-cache", "--config", "pyproject.toml", "--contract", contract]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("contract", sorted({contract for _, _, contract in BAD_IMPORTS}))
def test_an_import_against_the_floors_is_caught(contract: str, tmp_path: Path) -> None:
    _skeleton(tmp_path)
    clean = _lint_imports(tmp_path, contract)
    assert clean.returncode == 0, clean.stdout + clean.stderr

    planted: list[tuple[str, str]] = []
    # A file of its own for each, so that one finding cannot stand for another.
    for number, (room, imported, _) in enumerate(row for row in BAD_IMPORTS if row[2] == contract):
        name = f"canvass_app.{room}.planted_{number}"
        path = (tmp_path / Path(*name.split("."))).with_suffix(".py")
        path.write_text(f"def late() -> None:\n    import {imported}\n", encoding="utf-8")
        planted.append((name, imported.partition(".")[0] if "PySide6" in imported else imported))
    found = _lint_imports(tmp_path, contract)
    assert found.returncode == 1
    report = " ".join(found.stdout.split())
    for name, imported in planted:
        assert re.search(rf"{re.escape(name)} -> {re.escape(imported)}\b", report), (
            f"{name} -> {imported}: {report}"
        )


@pytest.mark.parametrize("module", ["canvass_app.desktop.app", "canvass_app.cli"])
def test_starting_loads_no_heavy_library(module: str) -> None:
    code = f"import {module}, sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    "page", sorted(str(path.relative_to(ROOT)) for path in project_files() if path.suffix == ".md")
)
def test_a_page_leads_only_to_files_that_exist(page: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", (ROOT / page).read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not ((ROOT / page).parent / link).exists()]
    assert not broken


# --- commands and documents -------------------------------------------------------------------------------------


def _commands(program: str, module_name: str) -> Iterator[tuple[str, set[str]]]:
    """Every command of a typer application in the form that a person types, with its options."""
    import typer
    from typer.main import get_command

    module = importlib.import_module(module_name)
    applications = [value for value in vars(module).values() if isinstance(value, typer.Typer)]
    inner = {
        id(group.typer_instance) for application in applications for group in application.registered_groups
    }
    outermost = {id(application): application for application in applications if id(application) not in inner}
    assert len(outermost) == 1, f"{module_name} has no typer application, or several"

    def walk(name: str, command: object) -> Iterator[tuple[str, set[str]]]:
        below = getattr(command, "commands", {})
        for word, inner in below.items():
            if not inner.hidden:
                yield from walk(f"{name} {word}", inner)
        if not below:
            options = {
                option for parameter in command.params for option in parameter.opts if option.startswith("--")
            }  # type: ignore[attr-defined]
            yield name, options - {"--help", "--install-completion", "--show-completion"}

    yield from walk(program, get_command(next(iter(outermost.values()))))


@pytest.mark.parametrize("program", COMMAND_LINES)
def test_every_command_and_option_is_documented(program: str) -> None:
    name = "commands-hq.md" if program == "canvass-hq" else "commands.md"
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for command, options in _commands(program, COMMAND_LINES[program]):
        assert command in text, f"docs/{name} does not show `{command}`"
        missing = {option for option in options if not re.search(rf"{re.escape(option)}\b", text)}
        assert not missing, f"docs/{name} does not explain {sorted(missing)} of `{command}`"


# --- translations -----------------------------------------------------------------------------------------------


def test_the_french_is_whole() -> None:
    assert translations.faults(sorted(translations.FOLDER.glob("*_fr.ts"))) == []


def test_every_string_of_the_screens_has_its_french(tmp_path: Path) -> None:
    sources = [
        path for path in python_files() if path.is_relative_to(PACKAGE) and "tr" in path.read_text("utf-8")
    ]
    found = tmp_path / "found.ts"
    command = [str(Path(sys.executable).with_name("pyside6-lupdate")), "-silent", *map(str, sources)]
    done = subprocess.run([*command, "-ts", str(found)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    known = {
        message.key for path in translations.FOLDER.glob("*_fr.ts") for message in translations.messages(path)
    }
    lacking = [str(message) for message in translations.messages(found) if message.key not in known]
    assert not lacking, "strings without French (run pyside6-lupdate for their area):\n" + "\n".join(lacking)


@pytest.mark.parametrize(
    ("translation", "fault"),
    [
        ('<translation type="unfinished"></translation>', "not translated"),
        ("<translation></translation>", "not translated"),
        ("<translation>Il en reste</translation>", "place markers"),
        ("<translation>Il en reste %1 sur %2</translation>", "place markers"),
    ],
)
def test_a_faulty_translation_is_refused(translation: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "area_fr.ts").write_text(_ts("Shell", "%1 left", translation), encoding="utf-8")
    found = translations.compile_all(tmp_path, tmp_path / "fr.qm")
    assert len(found) == 1
    assert fault in found[0]
    assert not (tmp_path / "fr.qm").exists()


def test_two_areas_cannot_translate_one_string_differently(tmp_path: Path) -> None:
    for area, french in (("one", "Enregistré"), ("two", "Sauvegardé")):
        text = _ts("Shell", "Saved", f"<translation>{french}</translation>")
        (tmp_path / f"{area}_fr.ts").write_text(text, encoding="utf-8")
    assert "translated otherwise in one_fr.ts" in translations.compile_all(tmp_path, tmp_path / "fr.qm")[0]


def test_all_areas_end_in_one_file_that_qt_reads(tmp_path: Path) -> None:
    from PySide6.QtCore import QTranslator

    for area, context, source, french in (
        ("one", "Shell", "Saved", "Enregistré"),
        ("two", "Map", "Pan", "Déplacer"),
    ):
        text = _ts(context, source, f"<translation>{french}</translation>")
        (tmp_path / f"{area}_fr.ts").write_text(text, encoding="utf-8")
    assert translations.compile_all(tmp_path, tmp_path / "fr.qm") == []
    translator = QTranslator()
    assert translator.load(str(tmp_path / "fr.qm"))
    assert translator.translate("Shell", "Saved") == "Enregistré"
    assert translator.translate("Map", "Pan") == "Déplacer"


def _ts(context: str, source: str, translation: str) -> str:
    message = f"<message><source>{source}</source>{translation}</message>"
    return f'<TS version="2.1" language="fr_CA"><context><name>{context}</name>{message}</context></TS>'


# --- packages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "least"), [("requirements.txt", 40), ("requirements-dev.txt", 60), ("requirements-bench.txt", 1)]
)
def test_requirements_are_pinned_with_hashes_and_name_no_index(name: str, least: int) -> None:
    lines = [
        line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    assert not [line for line in lines if line.startswith("-") or "://" in line or " @ " in line]
    blocks = re.split(r"\n(?=\S)", "\n".join(lines))
    assert len(blocks) > least
    for block in blocks:
        assert re.match(r"[a-z0-9._-]+==\S+", block), f"not pinned: {block[:60]}"
        assert "--hash=sha256:" in block, f"no hash: {block[:60]}"


def test_every_dependency_is_locked() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    project = settings["project"]
    wanted = {"requirements.txt": project["dependencies"] + settings["build-system"]["requires"]}
    wanted["requirements-dev.txt"] = wanted["requirements.txt"] + project["optional-dependencies"]["dev"]
    for name, dependencies in wanted.items():
        locked = set(
            re.findall(r"^([a-z0-9._-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        )
        names = {re.split(r"[\[<>=;! ]", text)[0].lower().replace("_", "-") for text in dependencies}
        assert names <= locked, f"run `make lock`: {sorted(names - locked)} not in {name}"


def test_a_void_call_of_qt_keeps_its_hands_off_none() -> None:
    # PySide6 6.12.0 on CPython 3.11 dropped a reference to None on each call that returns nothing, and aborted.
    code = "from PySide6.QtCore import QObject\nthing = QObject()\n"
    code += "for _ in range(1_000_000): thing.setObjectName('')\nprint('whole')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "whole", done.stderr[-500:]


# --- what must not be written down ------------------------------------------------------------------------------

# Put together here, so that this file does not find itself.
UNWANTED = {
    "a path of somebody's machine": r"/(?:work|farm|root)"
    r"/|/home/[a-z]|/Users/[A-Za-z]|[A-Z]:\\Users\\|/tmp"
    r"/[a-z]",
    "a package index": r"//[a-z.]*(?:npm|py)[a-z]*"
    r"\.(?:org|com)|--(?:extra-)?index"
    r"-url|find"
    r"-links\s*=",
}


@pytest.mark.parametrize("what", UNWANTED)
def test_no_file_names(what: str) -> None:
    found: list[str] = []
    for path in project_files():
        text = path.read_bytes()
        if b"\0" in text[:4096] or path.suffix == ".svg":
            continue
        for number, line in enumerate(text.decode("utf-8", "replace").splitlines(), 1):
            if re.search(UNWANTED[what], line) and "no-emit" not in line:
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    assert not found, f"{what}:\n" + "\n".join(found)
