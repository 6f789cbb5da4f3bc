"""Bad input: one clear problem in English and French, nothing half-taken, nothing else raised."""

from __future__ import annotations

import gzip
import os
import stat
import sys
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canvass_app.domain.errors import CanvassError, FileProblem, MappingProblem
from canvass_app.imports import MAX_BYTES, check_mapping, guess_mapping, plan_import, read_table

GOOD = "civic number,street\n12,Main St\n"


def refused(path, word_en, word_fr):
    with pytest.raises(FileProblem) as caught:
        read_table(path)
    text = caught.value.text
    assert word_en in text.en
    assert word_fr in text.fr
    assert text.en != text.fr
    return text


@pytest.mark.parametrize(
    ("content", "en", "fr"),
    [
        (b"%PDF-1.7\n1 0 obj", "PDF", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture", "image"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "picture", "image"),
        (gzip.compress(GOOD.encode(), mtime=0), "compressed", "compressé"),
        (b"SQLite format 3\x00" + bytes(100), "database", "base de données"),
        (b"[{\"street\": \"Main St\"}]", "JSON", "JSON"),
        (b"{\n  \"rows\": []\n}", "JSON", "JSON"),
        (b"<!DOCTYPE html><html><body>Please sign in</body></html>", "web page", "page Web"),
        (b"civic number,street\n12,Ma\x00in St\n" * 40, "binary", "binaire"),
        (bytes(range(1, 32)) * 100, "binary", "binaire"),
        (b"", "empty", "vide"),
        (b"\n\n  \n", "empty", "vide"),
        (b"\xef\xbb\xbf", "empty", "vide"),
        (GOOD.split("\n")[0].encode() + b"\n", "no rows", "aucune ligne"),
        (b"Dear friend\nwe met at the door\nof my house\n", "without columns", "sans colonnes"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_named_for_what_it_is(write, content, en, fr):
    refused(write(content), en, fr)


def test_a_folder_and_a_missing_file_are_said_so(tmp_path):
    refused(tmp_path, "is a folder", "est un dossier")
    refused(tmp_path / "gone.csv", "no file", "n’existe pas")


def test_a_file_of_300_megabytes_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(300 * 1024 * 1024)  # a sparse file: no disk is used
    text = refused(path, "300 MB", "300 Mo")
    assert str(MAX_BYTES // 1024 // 1024) in text.en


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs an ordinary user on POSIX")
def test_a_file_without_permission_is_said_so(write):
    path = write(GOOD)
    path.chmod(0)
    refused(path, "cannot be opened", "ne s’ouvre pas")
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a privilege on Windows")
def test_a_link_that_leads_to_itself_cannot_be_opened(tmp_path):
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    refused(tmp_path / "loop.csv", "cannot be opened", "ne s’ouvre pas")


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes are POSIX")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    refused(tmp_path / "pipe.csv", "device", "périphérique")


def test_an_archive_that_is_no_spreadsheet_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "list.zip", "w") as archive:
        archive.writestr("list.csv", GOOD)
    refused(tmp_path / "list.zip", "archive", "archive")


def test_damaged_spreadsheets_are_refused(tmp_path, files, write):
    good = files.xlsx(
        tmp_path / "good.xlsx", {"A": files.sheet([["civic number", "street"], [12, "Main St"]])}
    )
    data = good.read_bytes()
    refused(write(data[: len(data) // 2], "half.xlsx"), "damaged", "endommagé")
    refused(write(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "old.xls"), "damaged", "endommagé")
    refused(files.xlsx(tmp_path / "broken.xlsx", {"A": "<worksheet><sheetData><row"}), "", "")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, files):
    text = "x" * 20_000_000
    path = files.xlsx(tmp_path / "bomb.xlsx", {"A": files.sheet([["civic number", text]])})
    assert path.stat().st_size < 100_000
    refused(path, "too large", "trop volumineux")


def test_a_stray_cell_in_the_far_corner_is_refused_before_memory_is_taken(tmp_path, files):
    xml = files.sheet([["civic number", "street"], [12, "Main St"]])
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    refused(
        files.xlsx(tmp_path / "far.xlsx", {"A": xml.replace("</sheetData>", far)}),
        "too many cells",
        "trop de cellules",
    )


def test_an_opendocument_sheet_that_repeats_a_row_a_million_times_is_refused(tmp_path, files):
    rows = files.ods_row(["civic number", "street"]) + files.ods_row(["12", "Main St"], repeated=1_048_000)
    refused(files.ods(tmp_path / "repeat.ods", rows), "too many cells", "trop de cellules")


def test_formulas_without_results_are_refused(tmp_path, files):
    xml = files.sheet([["civic number", "street"], ["A1+1", "B1&B2"]], formulas=True)
    refused(files.xlsx(tmp_path / "formulas.xlsx", {"A": xml}), "formulas", "formules")


def test_a_column_of_formulas_in_text_is_refused(write):
    table = read_table(write('civic number,street\n12,"=B1&"" St"""\n14,=B2\n'))
    with pytest.raises(MappingProblem) as caught:
        plan_import(table, guess_mapping(table, "doors"), kind="doors")
    assert "formulas" in caught.value.text.en
    assert "formules" in caught.value.text.fr


def test_a_quotation_mark_that_is_never_closed_names_its_line(write):
    refused(write(GOOD + '14,"Main St\n' + "16,Main St\n" * 500), "line 3", "ligne 3")
    refused(write(GOOD + '14,"Main St\n' + "16,Main St\n" * 5), "line 3", "ligne 3")


def test_a_cell_of_10_000_characters_names_its_line(write):
    refused(write(GOOD + f"14,{'x' * 10_001}\n"), "line 3", "ligne 3")
    refused(write(GOOD + f"14,{'x' * 200_000}\n"), "line 3", "ligne 3")


def test_a_file_of_millions_of_rows_is_refused(write):
    refused(write(GOOD + "1,A\n" * 2_000_001), "2,000,000 rows", "2 millions")


def test_a_table_without_a_street_names_its_columns(write):
    table = read_table(write("Prénom,Couleur préférée\nAnne,bleu\n"))
    with pytest.raises(MappingProblem) as caught:
        check_mapping(guess_mapping(table, "people"), "people")
    for text in (caught.value.text.en, caught.value.text.fr):
        assert "Prénom, Couleur préférée" in text
        assert "street_name" in text


def test_people_without_a_name_column_are_refused_and_doors_are_not(write):
    table = read_table(write("civic number,street\n12,Main St\n"))
    with pytest.raises(MappingProblem):
        check_mapping(guess_mapping(table, "people"), "people")
    check_mapping(guess_mapping(table, "doors"), "doors")


def test_lone_surrogates_become_readable_text(write):
    data = b"\xff\xfe" + GOOD.encode("utf-16-le") + b"1\x004\x00,\x00\x00\xd8M\x00\n\x00"
    table = read_table(write(data))
    assert [p.severity for p in table.problems] == ["changed"]
    "".join("".join(row) for row in table.rows).encode()  # encodable: no lone surrogate is left


def _import_anything(path):
    known = None
    try:
        for kind in ("doors", "people"):
            table = read_table(path)
            plan = plan_import(table, guess_mapping(table, kind), kind=kind, riding_id=201359036)
            for problem in plan.problems:
                assert problem.reason.en
                assert problem.reason.fr
    except CanvassError as error:
        known = error.text
    assert known is None or (known.en and known.fr)


_garbage = st.binary(max_size=400)
_headed = st.builds(lambda body: GOOD.encode() + body, st.binary(max_size=200))
_cells = st.lists(st.text(max_size=20), min_size=3, max_size=3)
_rows = st.builds(
    lambda rows: ("address,last name,dob\n" + "\n".join(",".join(row) for row in rows)).encode(
        "utf-8", "replace"
    ),
    st.lists(_cells, max_size=8),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.one_of(_garbage, _headed, _rows))
def test_no_bytes_at_all_raise_anything_but_a_known_trouble(tmp_path, content):
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    _import_anything(path)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_no_damage_to_a_spreadsheet_raises_anything_but_a_known_trouble(tmp_path, files, data):
    path = files.xlsx(
        tmp_path / "any.xlsx", {"A": files.sheet([["civic number", "street"], [12, "Main St"]])}
    )
    content = bytearray(path.read_bytes())
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    path.write_bytes(bytes(content))
    _import_anything(path)
