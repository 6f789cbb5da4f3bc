"""What machines read: page codes and corner markers, compared with the drawn page."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
import segno

from canvass_app.domain.walk_list import Paper
from canvass_app.printing import print_walk_list, render_page
from canvass_app.printing.geometry import QR_QUIET, QR_SIDE
from canvass_app.printing.marks import marker_modules, page_text
from tests.printing import samples
from tests.printing.reading import is_dark, modules, picture

DPI = 150.0


def symbol(text: str) -> list[list[bool]]:
    made = segno.make(text, error="m", boost_error=False, micro=False)
    return [[bool(module) for module in row] for row in made.matrix]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("number", [4127, 412_700_531])
def test_each_page_bears_the_symbol_of_its_own_code(tmp_path: Path, paper: Paper, number: int) -> None:
    document = samples.document(samples.mixed_lines(), number=number)
    report = print_walk_list(document, tmp_path / "list.pdf", paper, "en")
    assert [sheet.page for sheet in report.sheets] == [0, 1, 2, 3, 4]
    for sheet in report.sheets:
        wanted = symbol(f"CANVASS:1:{sheet.code}")
        assert sheet.code.endswith(f"-{sheet.page}")
        image = picture(report.out, sheet.page, DPI)
        assert modules(image, sheet.qr, len(wanted), DPI) == wanted


def test_the_symbol_is_22_mm_wide_with_white_all_around() -> None:
    document = samples.mixed()
    image = render_page(document, 2, "letter", "fr", DPI)
    place = 12 + 8.5 + QR_QUIET
    for step in range(0, 230, 2):
        along = -0.5 + step / 10
        for away in (0.6, 2.0):
            assert not is_dark(image, place - away, 12 + along, DPI)
            assert not is_dark(image, place + QR_SIDE + away, 12 + along, DPI)
            assert not is_dark(image, place + along, 12 - away, DPI)
            assert not is_dark(image, place + along, 12 + QR_SIDE + away, DPI)
    assert is_dark(image, place + 0.2, 12.2, DPI)
    assert is_dark(image, place + QR_SIDE - 0.2, 12.2, DPI)


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_four_corner_markers_stand_in_their_corners_with_a_white_rim(
    tmp_path: Path, paper: Paper
) -> None:
    report = print_walk_list(samples.mixed(), tmp_path / "list.pdf", paper, "fr")
    for sheet in report.sheets[1:]:
        image = picture(report.out, sheet.page, DPI)
        top_left, top_right, bottom_right, bottom_left = sheet.markers
        assert (top_left.x, top_left.y) == (12, 12)
        assert top_right.right == bottom_right.right == pytest.approx(sheet.width_mm - 12)
        assert bottom_left.bottom == bottom_right.bottom == pytest.approx(sheet.height_mm - 12)
        for number, place in enumerate(sheet.markers):
            assert 8 <= place.width == place.height <= 9
            assert modules(image, place, 6, DPI) == [list(row) for row in marker_modules(number)]
            rim = place.width / 6 * 0.8
            for step in range(11):
                x, y = place.x + place.width * step / 10, place.y + place.height * step / 10
                assert not is_dark(image, place.x - rim, y, DPI)
                assert not is_dark(image, place.right + rim, y, DPI)
                assert not is_dark(image, x, place.y - rim, DPI)
                assert not is_dark(image, x, place.bottom + rim, DPI)


def test_no_marker_is_another_one_turned_or_nearly_so() -> None:
    def turned(grid: list[list[bool]]) -> list[list[bool]]:
        return [list(row) for row in zip(*grid[::-1], strict=True)]

    for a, b in combinations(range(4), 2):
        grid = [list(row) for row in marker_modules(a)]
        for _ in range(4):
            grid = turned(grid)
            differing = sum(
                x != y
                for p, q in zip(grid, marker_modules(b), strict=True)
                for x, y in zip(p, q, strict=True)
            )
            assert differing >= 4


def test_the_code_names_its_form_list_and_page() -> None:
    assert page_text(4127, 3) == "CANVASS:1:4127Y-3"


def test_the_markers_are_the_first_four_of_the_dictionary_that_readers_know() -> None:
    # DICT_4X4_50 as OpenCV stores it: two bytes a marker, the rows from the top, 1 = white.
    for number, (upper, lower) in enumerate(((181, 50), (15, 154), (51, 45), (153, 70))):
        inner = [row[1:-1] for row in marker_modules(number)[1:-1]]
        bits = "".join("0" if black else "1" for row in inner for black in row)
        assert (int(bits[:8], 2), int(bits[8:], 2)) == (upper, lower)
