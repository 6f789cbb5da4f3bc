"""The printed walk list: what stands on it, where it breaks, in which language."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator
from PySide6.QtGui import QGuiApplication

from canvass_app.domain.errors import InputError
from canvass_app.domain.numbers import list_code, page_code
from canvass_app.domain.walk_list import Paper, SheetPage, WalkListDocument, without_people
from canvass_app.printing import page_count, print_walk_list, render_page
from canvass_app.resource_path import resource
from tests.printing import samples
from tests.printing.reading import fonts, page_sizes, page_texts

PAPERS: tuple[Paper, ...] = ("a4", "letter")
SIZES = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}


def printed(
    document: WalkListDocument, folder: Path, paper: Paper = "letter", language: str = "en"
) -> list[str]:
    out = folder / "list.pdf"
    print_walk_list(document, out, paper, language)
    return page_texts(out)


def short(name: str) -> str:
    return name[:16]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_list_has_its_cover_and_its_pages_in_the_size_of_the_paper(tmp_path: Path, paper: Paper) -> None:
    document = samples.mixed()
    out = tmp_path / "list.pdf"
    report = print_walk_list(document, out, paper, "en")
    sizes = page_sizes(out)
    assert len(sizes) == page_count(document) == report.pages == len(document.pages) + 1
    for size in sizes:
        assert size == pytest.approx(SIZES[paper], abs=0.2)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_line_stands_on_its_page_once_and_in_order(tmp_path: Path, paper: Paper, language: str) -> None:
    document = samples.mixed()
    texts = printed(document, tmp_path, paper, language)
    for page, text in zip(document.pages, texts[1:], strict=True):
        names = [short(line.name) for line in page.lines if line.name]
        for name, count in Counter(names).items():
            assert text.count(name) == count, name
        places = [text.index(name) for name in names]
        assert places == sorted(places)


def test_four_hundred_lines_are_all_there_under_their_numbers(tmp_path: Path) -> None:
    document = samples.long()
    texts = printed(document, tmp_path)
    assert len(texts) == len(document.pages) + 1
    for page, text in zip(document.pages, texts[1:], strict=True):
        words = text.split()
        at = 0
        for line in page.lines:
            at = words.index(str(line.line), at) + 1
        for line in page.lines:
            assert line.name in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_both_papers_break_at_the_same_lines(tmp_path: Path, language: str) -> None:
    document = samples.mixed()
    pages = {paper: printed(document, tmp_path, paper, language)[1:] for paper in PAPERS}
    everyone = {short(line.name) for line in document.lines if line.name}
    for a4, letter in zip(pages["a4"], pages["letter"], strict=True):
        assert {name for name in everyone if name in a4} == {name for name in everyone if name in letter}


def test_every_page_bears_its_code_and_its_place_in_the_list(tmp_path: Path) -> None:
    document = samples.mixed()
    cover, *pages = printed(document, tmp_path)
    assert list_code(document.number) in cover
    for n, text in enumerate(pages, start=1):
        assert page_code(document.number, n) in text
        assert f"Page {n} of 4" in text
        assert f"page {n} of 4" in text
        assert document.authorisation.en in text
        assert document.turf_name in text


def test_the_cover_says_whose_list_it_is_how_much_and_what_to_say(tmp_path: Path) -> None:
    document = samples.mixed()
    cover = printed(document, tmp_path)[0]
    for text in (
        "Vote Together 2015",
        "Sainte-Marguerite—Birch Valley",
        "Birch Valley North 3",
        "Abernathy, Wren",
        "Monday, 12 October 2015",
        "May we put a sign on your lawn?",
        "e = economy and jobs",
        "such as Q2 e",
        "address not found",
        "left literature",
        "Bring back to",
        document.authorisation.en,
    ):
        assert text in cover, text
    for figure in ("33 doors", "47 people", "95 minutes", "1.3 km", "4 pages"):
        assert figure in cover


@pytest.mark.parametrize(
    ("metres", "said"), [(0, ""), (49, ""), (50, "50 m "), (999, "999 m "), (1000, "1.0 km ")]
)
def test_a_walk_too_short_to_tell_or_unknown_has_no_length_on_the_cover(
    tmp_path: Path, metres: int, said: str
) -> None:
    cover = printed(replace(samples.mixed(), metres=metres), tmp_path)[0]
    assert (said + "on foot" in cover) if said else ("on foot" not in cover)
    assert "95 minutes" in cover
    assert "4 pages" in cover


def test_a_french_sheet_is_french_throughout(tmp_path: Path) -> None:
    document = samples.mixed()
    texts = printed(document, tmp_path, language="fr")
    whole = " ".join(texts)
    for text in (
        "lundi 12 octobre 2015",
        "Pouvons-nous poser une pancarte",
        "1,3 km",
        "côté impair",
        "Ne pas frapper",
        "Nouvelles personnes",
        "11e étage",
        "absent, 5 oct.",
        "aucun nom connu",
        "adresse introuvable",
        "Autorisé par l’agente officielle",
    ):
        assert text in whole, text
    for english in ("odd side", "not home", "Do not knock", "floor", "Page 1 of", "doors", "Support", "tick"):
        assert english not in whole, english


def test_the_sheet_speaks_its_own_language_whatever_the_application_speaks(
    qapp: QGuiApplication, tmp_path: Path
) -> None:
    translator = QTranslator()
    assert translator.load(str(resource("translations", "fr.qm")))
    document = samples.mixed()
    before = printed(document, tmp_path)
    QCoreApplication.installTranslator(translator)
    try:
        assert printed(document, tmp_path) == before
        assert "Do not knock" in " ".join(before)
    finally:
        QCoreApplication.removeTranslator(translator)


def test_one_door_one_person_one_page_are_singular(tmp_path: Path) -> None:
    cover, page = printed(samples.one_line(), tmp_path)
    for figure in ("1 door 1 person", "1 page of lines", "followed by 1 page"):
        assert figure in cover
    assert "Roy, Luc" in page
    none = replace(samples.one_line(), people=0)
    assert "0 people" in printed(none, tmp_path)[0]
    assert "0 personne 9" in printed(none, tmp_path, language="fr")[0]


def test_a_barred_door_is_shown_with_the_words_and_without_its_history(tmp_path: Path) -> None:
    lines: list[samples.SheetLine] = []
    samples.household(lines, "3", ("Roy, Luc",), barred=True, last=("refused", "2015-10-01"), note="shouted")
    samples.household(lines, "5", ("Haddad, Zoë",), last=("refused", "2015-10-01"), note="side door")
    page = printed(samples.document(lines), tmp_path)[1]
    assert "Roy, Luc Do not knock" in page
    assert page.count("refused, 1 Oct") == 1
    assert "shouted" not in page
    assert "side door" in page


def test_an_erased_persons_line_stays_in_its_place_and_says_so(tmp_path: Path) -> None:
    lines: list[samples.SheetLine] = []
    samples.household(lines, "3", ("Roy, Luc", "Roy, Marie"), support="2")
    samples.household(lines, "5", ("Haddad, Zoë",))
    lines = [replace(line, person_id=bytes([line.line])) for line in lines]
    after = without_people(samples.document(lines), {b"\x02"})
    page = printed(after, tmp_path)[1]
    assert "Marie" not in page
    assert page.index("Roy, Luc") < page.index("erased at the person’s request") < page.index("Haddad, Zoë")
    assert "effacé à la demande de la personne" in printed(after, tmp_path, language="fr")[1]


def test_a_building_names_its_number_once_and_its_units_large(tmp_path: Path) -> None:
    page = printed(samples.mixed(), tmp_path)[3]
    assert "120 Birch St, even side" in page
    assert "Buzzer 12, superintendent in 101" in page
    assert "1201" in page
    assert "floor 12" in page
    assert "12 unit B" in page


def test_a_heading_is_repeated_at_the_top_of_the_next_page(tmp_path: Path) -> None:
    texts = printed(samples.mixed(), tmp_path)
    assert "Birch St, odd side continued" in texts[2]
    assert "continued" not in texts[1]


def test_new_people_have_room_at_the_end_of_the_list_only(tmp_path: Path) -> None:
    *before, last = printed(samples.mixed(), tmp_path)
    assert "New people" in last
    assert "+3" in last
    assert not any("New people" in text for text in before)


def test_a_list_without_places_says_so_instead_of_drawing_a_map(tmp_path: Path) -> None:
    cover = printed(replace(samples.one_line(), route=(), streets=()), tmp_path)[0]
    assert "No map" in cover


def test_the_covers_walk_follows_the_streets_and_old_lists_go_straight() -> None:
    old = samples.mixed()
    ends = (old.route[0], old.route[-1])
    straight = tuple((stop.lon_e6, stop.lat_e6) for stop in old.route)
    around = (
        (ends[0].lon_e6, ends[0].lat_e6),
        (ends[0].lon_e6, ends[1].lat_e6),
        (ends[1].lon_e6, ends[1].lat_e6),
    )
    plain = render_page(old, 0, "letter", "en")
    assert render_page(replace(old, path=straight), 0, "letter", "en") == plain
    assert render_page(replace(old, path=around), 0, "letter", "en") != plain


def test_a_script_too_long_for_the_cover_says_how_many_questions_are_missing(tmp_path: Path) -> None:
    script = samples.SCRIPT._replace(questions=samples.SCRIPT.questions * 4)
    cover = printed(replace(samples.one_line(), script=script), tmp_path)[0]
    shown = max(n for n in range(1, 25) if f"Q{n} " in cover)
    assert f"{24 - shown} more questions are on the campaign’s screen." in cover
    assert "Support levels" in cover


def test_fonts_travel_inside_the_file(tmp_path: Path) -> None:
    out = tmp_path / "list.pdf"
    print_walk_list(samples.mixed(), out, "letter", "fr")
    used = fonts(out)
    assert used
    assert all(embedded for _, embedded in used), used


def test_a_page_of_more_lines_than_a_sheet_can_show_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    document = samples.long()
    crowded = replace(document, pages=(SheetPage(1, document.lines[:30]),))
    with pytest.raises(InputError, match="Page 1 has 30 lines"):
        print_walk_list(crowded, tmp_path / "list.pdf", "letter", "en")
    assert list(tmp_path.iterdir()) == []


def test_a_list_issued_with_a_few_more_lines_a_page_still_prints(tmp_path: Path) -> None:
    document = samples.long()
    fuller = replace(document, pages=(SheetPage(1, document.lines[:18]),))
    text = printed(fuller, tmp_path)[1]
    assert all(line.name in text for line in document.lines[:18])


def test_a_picture_of_a_page_has_the_papers_size_and_unknown_pages_are_refused() -> None:
    document = samples.mixed()
    image = render_page(document, 1, "letter", "fr", 100)
    assert (image.width(), image.height()) == (850, 1100)
    with pytest.raises(InputError, match="no page 5"):
        render_page(document, 5, "letter", "en", 50)
    with pytest.raises(InputError):
        render_page(document, -1, "letter", "en", 50)
