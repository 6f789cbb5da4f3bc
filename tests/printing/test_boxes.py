"""Tick boxes: where they are, what they mean, and that nothing stands in them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter

from canvass_app.domain.scripts import Choice, Question, Script
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import Paper, WalkListDocument
from canvass_app.printing import PlacedBox, Rect, boxes_of, print_walk_list, tick_groups
from canvass_app.printing.canvas import Canvas, PlacedText
from canvass_app.printing.sheet_plan import plan_sheet
from canvass_app.printing.walk_list import draw_page
from canvass_app.printing.words import sheet_words
from tests.printing import samples
from tests.printing.reading import is_dark, picture

PAPERS: tuple[Paper, ...] = ("a4", "letter")


def texts_on(document: WalkListDocument, page: int, paper: Paper, language: str) -> list[PlacedText]:
    """Every text on a page with the place of its ink."""
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    canvas = Canvas(painter, keep_texts=True)
    draw_page(canvas, document, plan_sheet(document, paper), page, sheet_words(language))
    painter.end()
    return canvas.texts


def place(box: PlacedBox) -> Rect:
    return Rect(box.x_mm, box.y_mm, box.size_mm, box.size_mm)


@pytest.mark.parametrize("paper", PAPERS)
def test_the_reported_boxes_are_where_the_ink_is(tmp_path: Path, paper: Paper) -> None:
    report = print_walk_list(samples.mixed(), tmp_path / "list.pdf", paper, "en")
    dpi = 300.0
    for sheet in report.sheets[1:]:
        image = picture(report.out, sheet.page, dpi)
        boxes = [box for box in report.boxes if box.page == sheet.page]
        assert boxes
        for box in boxes:
            middle_x, middle_y, edge = box.x_mm + 2, box.y_mm + 2, 0.125
            for x, y in (
                (box.x_mm + edge, middle_y),
                (box.x_mm + 4 - edge, middle_y),
                (middle_x, box.y_mm + edge),
                (middle_x, box.y_mm + 4 - edge),
            ):
                assert is_dark(image, x, y, dpi), (box, x, y)
            for dx in (-1.4, 0.0, 1.4):
                for dy in (-1.4, 0.0, 1.4):
                    assert not is_dark(image, middle_x + dx, middle_y + dy, dpi), box


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_text_touches_a_box_or_another_text_or_the_margin(paper: Paper, language: str) -> None:
    document = replace(
        samples.mixed(),
        number=412_700_531,
        turf_name="Vallée-du-Bouleau-Nord, entre la voie ferrée et la rivière",
        canvasser=samples.LONG_NAME,
        riding=Text(*["Rosemont—La Petite-Patrie—Villeray—Saint-Michel"] * 2),
    )
    boxes = boxes_of(document, paper)
    width = plan_sheet(document, paper).sheet.width
    height = plan_sheet(document, paper).sheet.height
    for page in range(len(document.pages) + 1):
        texts = texts_on(document, page, paper, language)
        assert len(texts) > 20
        for text in texts:
            ink = text.ink
            assert ink.x >= 11.9, text
            assert ink.right <= width - 11.9, text
            assert ink.y >= 11.5, text
            assert ink.bottom <= height - 11.5, text
            for box in boxes:
                assert box.page != page or not place(box).overlaps(ink), (box, text)
        for n, text in enumerate(texts):
            for other in texts[n + 1 :]:
                assert not text.ink.overlaps(other.ink), (text, other)


@pytest.mark.parametrize("paper", PAPERS)
def test_names_keep_a_readable_size_and_door_numbers_are_large(paper: Paper) -> None:
    document = samples.mixed()
    texts = [text for page in range(1, 5) for text in texts_on(document, page, paper, "fr")]
    sizes = {text.text: text.size for text in texts}
    for line in document.lines:
        if line.name and not line.barred and line.name != samples.LONG_NAME:
            assert sizes[line.name] >= 11
    assert min(text.size for text in texts if text.text.startswith("Beauchemin")) >= 9
    assert any(text.text == "37" and text.size == 16 for text in texts)
    assert any(text.text == "1201" and text.size == 16 for text in texts)


@pytest.mark.parametrize("paper", PAPERS)
def test_boxes_are_4_mm_with_gaps_of_3_5_mm_and_rows_apart_for_writing(paper: Paper) -> None:
    rows: dict[tuple[int, int], list[PlacedBox]] = {}
    for box in boxes_of(samples.mixed(), paper):
        assert box.size_mm == 4
        rows.setdefault((box.page, box.line), []).append(box)
    for row in rows.values():
        assert len(row) <= 14
        assert len({box.y_mm for box in row}) == 1
        for left, right in pairwise(row):
            assert right.x_mm - left.x_mm >= 7.5 - 1e-6
    by_page: dict[int, list[float]] = {}
    for (page, _), row in rows.items():
        by_page.setdefault(page, []).append(row[0].y_mm)
    for tops in by_page.values():
        tops.sort()
        assert min(b - a for a, b in pairwise(tops)) >= 4 + 9


def test_every_open_line_has_all_boxes_a_barred_one_none_a_new_person_no_results() -> None:
    document = samples.mixed()
    columns = [column.id for group in tick_groups(document.script) for column in group.columns]
    found: dict[int, list[str]] = {}
    for box in boxes_of(document, "letter"):
        found.setdefault(box.line, []).append(box.id)
    for line in document.lines:
        assert found.pop(line.line, []) == ([] if line.barred else columns)
    assert set(found) == {-1, -2, -3, -4}
    assert found[-1] == [column for column in columns if not column.startswith("result.")]


def test_ticks_are_five_results_five_levels_and_the_questions_that_fit() -> None:
    ids = [column.id for group in tick_groups(samples.SCRIPT) for column in group.columns]
    assert ids == [
        *(f"result.{code}" for code in ("not_home", "refused", "moved", "come_back", "do_not_knock")),
        *(f"support.{level}" for level in "12345"),
        *(f"answer.{question}.yes" for question in ("pledge", "sign", "volunteer")),
    ]


def test_a_question_of_few_answers_gets_a_box_for_each_and_never_more_than_14_in_all() -> None:
    choices = tuple(Choice(key, key, Text(key, key)) for key in "abc")
    questions = tuple(Question(f"q{n}", "single", Text("?", "?"), Text("s", "s"), choices) for n in range(4))
    groups = tick_groups(Script("s", 1, Text("", ""), Text("", ""), questions))
    assert [column.id for column in groups[2].columns] == ["answer.q0.a", "answer.q0.b", "answer.q0.c"]
    assert sum(len(group.columns) for group in groups) == 13


def test_the_place_of_a_box_does_not_depend_on_the_language(tmp_path: Path) -> None:
    document = samples.mixed()
    english = print_walk_list(document, tmp_path / "en.pdf", "a4", "en")
    french = print_walk_list(document, tmp_path / "fr.pdf", "a4", "fr")
    assert english.boxes == french.boxes == boxes_of(document, "a4")
