"""Reading: encoding, delimiter, header row, sheets and line numbers are found by themselves."""

from __future__ import annotations

import pytest

from canvass_app.domain.errors import Cancelled
from canvass_app.imports import read_table

HEADER = "No civique,Nom de rue,Ville"
ROWS = "12,rue du Bouleau,Trois-Rivières\n14,chemin de la Côte,Québec\n"
CSV = f"{HEADER}\n{ROWS}"
EXPECTED = [["12", "rue du Bouleau", "Trois-Rivières"], ["14", "chemin de la Côte", "Québec"]]


@pytest.mark.parametrize(
    ("codec", "bom", "shown"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "UTF-8 (BOM)"),
        ("cp1252", b"", "Windows-1252"),
        ("utf-16-le", b"\xff\xfe", "UTF-16LE"),
        ("utf-16-le", b"", "UTF-16LE"),
        ("utf-16-be", b"\xfe\xff", "UTF-16BE"),
        ("utf-16-be", b"", "UTF-16BE"),
    ],
)
def test_every_encoding_met_in_the_wild_is_read(write, codec, bom, shown):
    table = read_table(write(bom + CSV.encode(codec)))
    assert (table.rows, table.encoding) == (EXPECTED, shown)


def test_bytes_that_windows_1252_leaves_out_are_read_as_iso_8859_1(write):
    table = read_table(write(CSV.encode("latin-1").replace(b"12,", b"12\x81,")))
    assert table.encoding == "ISO-8859-1"
    assert table.rows[1] == EXPECTED[1]


def test_a_windows_line_inside_a_utf8_file_is_read_by_itself_and_noted(write):
    text = f"{CSV}16,rue Éloïse,Lévis\n".encode() + "18,rue Élie,Montréal\n".encode("cp1252")
    table = read_table(write(text))
    assert table.rows[-1] == ["18", "rue Élie", "Montréal"]
    assert [(p.line, p.severity) for p in table.problems] == [(5, "changed")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_is_found(write, delimiter):
    table = read_table(write(CSV.replace(",", delimiter)))
    assert (table.rows, table.delimiter) == (EXPECTED, delimiter)


def test_semicolons_win_over_decimal_commas(write):
    table = read_table(
        write("no civique;rue;latitude;longitude\n12;Main St;49,25;-123,1\n14;Main St;49,25;-123,2\n")
    )
    assert table.delimiter == ";"
    assert table.rows[0][2:] == ["49,25", "-123,1"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_read_and_counted(write, end):
    table = read_table(write(CSV.replace("\n", end)))
    assert (table.rows, table.lines, table.header_line) == (EXPECTED, [2, 3], 1)


@pytest.mark.parametrize(
    "above",
    [
        "Liste des portes\n",
        "Exported 2015-10-02,,\n\n",
        "StandardText,v2,12000\n",
        "A title; with a mark\n\n",
    ],
)
def test_titles_and_metadata_above_the_header_are_skipped(write, above):
    table = read_table(write(above + CSV))
    assert table.headers == ("No civique", "Nom de rue", "Ville")
    assert table.header_line == above.count("\n") + 1
    assert table.lines[0] == table.header_line + 1
    assert table.rows == EXPECTED


@pytest.mark.parametrize(
    "text", ["Liste\nAdresse;Remarque\n12, rue X;a\n", "sep=;\nAdresse;Remarque\n12, rue X;a\n"]
)
def test_a_header_with_one_known_word_is_found_under_a_title(write, text):
    table = read_table(write(text))
    assert table.headers == ("Adresse", "Remarque")
    assert table.rows == [["12, rue X", "a"]]


def test_duplicate_and_blank_headers_get_numbered_names(write):
    table = read_table(write("civic number,street,,Phone,Phone\n12,Main St,x,1,2\n"))
    assert table.headers == ("civic number", "street", "#3", "Phone", "Phone (2)")


def test_a_line_break_inside_quotes_keeps_line_numbers_right(write):
    table = read_table(
        write(f'{HEADER}\n12,"rue du\nBouleau",Lévis\n14,"a\r\nb\r\nc",Lévis\n16,rue X,Lévis\n')
    )
    assert table.lines == [2, 4, 7]
    assert table.rows[2] == ["16", "rue X", "Lévis"]


def test_short_rows_are_filled_and_long_rows_reported(write):
    table = read_table(write(f"{HEADER}\n12,rue A\n14,rue B,Lévis,,\n16,rue C,Lévis,extra\n"))
    assert table.rows == [["12", "rue A", ""], ["14", "rue B", "Lévis"], ["16", "rue C", "Lévis"]]
    assert [(p.line, p.value) for p in table.problems] == [(4, "extra")]


def test_blank_rows_are_dropped_wherever_they_stand(write):
    table = read_table(write(f"{HEADER}\n\n12,rue A,Lévis\n,,\n\n14,rue B,Lévis\n , ,\n,,\n\n"))
    assert [row[0] for row in table.rows] == ["12", "14"]
    assert table.lines == [3, 6]


def test_control_and_invisible_characters_are_taken_out(write):
    table = read_table(write(f"{HEADER}\n12,Ma\x07in\u200b St\u202e,Lévis\n" + "14,Main St,Lévis\n" * 30))
    assert table.rows[0][1] == "Ma in St"
    assert [p.line for p in table.problems] == [2]


def test_decomposed_accents_are_composed(write):
    table = read_table(write(f"{HEADER}\n12,Rue E\u0301lie,Que\u0301bec\n"))
    assert table.rows[0][1:] == ["Rue Élie", "Québec"]


def test_a_spreadsheet_is_read_from_its_first_sheet_with_a_table(tmp_path, files):
    path = files.xlsx(
        tmp_path / "list.xlsx",
        {
            "About": files.sheet([["Made by hand"]]),
            "Portes": files.sheet(
                [
                    ["Liste"],
                    ["No civique", "Rue", "Latitude"],
                    [12, "rue du Bouleau", 46.5],
                    ["14B", "rue C", None],
                ]
            ),
        },
    )
    table = read_table(path)
    assert (table.kind, table.sheet, table.sheets) == ("xlsx", "Portes", ("About", "Portes"))
    assert table.rows == [["12", "rue du Bouleau", "46.5"], ["14B", "rue C", ""]]
    assert (table.header_line, table.lines) == (2, [3, 4])


def test_an_opendocument_sheet_is_read(tmp_path, files):
    path = files.ods(
        tmp_path / "list.ods", files.ods_row(["civic number", "street"]) + files.ods_row(["12", "Main St"])
    )
    table = read_table(path)
    assert (table.kind, table.rows, table.lines) == ("ods", [["12", "Main St"]], [2])


def test_a_long_read_can_be_stopped(write):
    path = write(f"{HEADER}\n" + "12,rue A,Lévis\n" * 3000)
    asked = []

    def cancelled():
        asked.append(1)
        return len(asked) > 2

    with pytest.raises(Cancelled):
        read_table(path, cancelled=cancelled)
    assert len(asked) == 3


def test_progress_ends_at_the_number_of_rows_it_announced(write):
    seen = []
    read_table(
        write(f"{HEADER}\n" + "12,rue A,Lévis\n" * 2500),
        progress=lambda done, total: seen.append((done, total)),
    )
    assert len(seen) == 3
    assert all(done <= total for done, total in seen)
    assert seen[-1][0] > 2400
