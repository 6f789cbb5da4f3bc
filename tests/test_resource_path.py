"""Resources are found wherever the program stands."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from canvass_app import resource_path
from canvass_app.resource_path import resource

ROOT = Path(__file__).resolve().parent.parent


def test_a_checkout_reads_its_own_folder() -> None:
    assert resource() == ROOT / "resources"
    assert resource("translations") == ROOT / "resources" / "translations"


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/icons/no-such\.svg"):
        resource("icons", "no-such.svg")


@pytest.mark.parametrize(
    "parts", [("..", "pyproject.toml"), ("icons/../../LICENSE",), ("/etc",), ("C:", "x")]
)
def test_nothing_outside_the_folder_is_a_resource(parts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="not a name inside resources"):
        resource(*parts)


def test_an_installed_copy_reads_the_folder_inside_the_package(tmp_path: Path) -> None:
    package = tmp_path / "canvass_app"
    (package / "resources" / "demo").mkdir(parents=True)
    (tmp_path / "resources").mkdir()
    (package / "__init__.py").touch()
    shutil.copy(str(resource_path.__file__), package)
    assert _asked_in(tmp_path, "") == str(package / "resources" / "demo")


def test_a_built_program_reads_the_folder_that_its_loader_names(tmp_path: Path) -> None:
    (tmp_path / "resources" / "demo").mkdir(parents=True)
    found = _asked_in(ROOT, f"import sys; sys._MEIPASS = {str(tmp_path)!r}; ")
    assert found == str(tmp_path / "resources" / "demo")


def _asked_in(folder: Path, before: str) -> str:
    code = before + "from canvass_app.resource_path import resource; print(resource('demo'))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
