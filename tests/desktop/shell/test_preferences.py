"""What this laptop remembers about its screen."""

import json
from pathlib import Path

import pytest

from canvass_app.desktop.preferences import FILE_NAME, VERSION, Preferences


def test_what_was_chosen_is_there_the_next_day(tmp_path: Path) -> None:
    first = Preferences(tmp_path)
    first.language, first.theme, first.zoom, first.paper = "fr", "dark", 1.5, "a4"
    first.reduce_motion, first.place, first.riding, first.geometry = True, "enter", 201324001, b"\x01\x02"
    then = Preferences(tmp_path)
    assert (then.language, then.theme, then.zoom, then.paper) == ("fr", "dark", 1.5, "a4")
    assert (then.reduce_motion, then.place, then.riding, then.geometry) == (
        True,
        "enter",
        201324001,
        b"\x01\x02",
    )


def test_a_new_laptop_speaks_the_computers_language() -> None:
    assert Preferences(None, "fr_CA").language == "fr"
    assert Preferences(None, "de_DE").language == "en"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '"x"',
        '{"version": 99, "language": "fr"}',
        '{"version": 2, "language": 7, "zoom": "big"}',
    ],
)
def test_a_damaged_file_costs_the_settings_and_not_the_start(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    read = Preferences(tmp_path)
    assert (read.language, read.theme, read.zoom, read.geometry) == ("en", "system", 1.0, b"")


def test_a_file_of_version_1_is_understood(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"zoom": 125, "theme": "dark"}', "utf-8")
    read = Preferences(tmp_path)
    assert (read.zoom, read.theme) == (1.25, "dark")
    read.paper = "a4"
    assert json.loads((tmp_path / FILE_NAME).read_text("utf-8"))["version"] == VERSION


def test_values_out_of_bounds_become_the_nearest(tmp_path: Path) -> None:
    read = Preferences(tmp_path)
    read.zoom = 40
    assert read.zoom == 2.0
    read.theme = "plaid"
    assert read.theme == "system"


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    read = Preferences(tmp_path / "not there")
    read.language = "fr"
    assert read.language == "fr"
