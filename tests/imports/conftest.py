"""Files for the imports room's tests, written by hand so that every byte is known."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from canvass_app.imports import guess_mapping, plan_import, read_table

RIDING = 201359036


@pytest.fixture
def write(tmp_path):
    """write(text_or_bytes, name="list.csv", encoding="utf-8") -> Path, line ends untouched."""

    def write_file(content, name="list.csv", encoding="utf-8"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write_file


@pytest.fixture
def plan(write):
    """plan(text, kind="doors", **options) -> ImportPlan of a file with that text, into riding 59036 unless told."""

    def make(content, kind="doors", name="list.csv", **options):
        path = content if isinstance(content, Path) else write(content, name)
        table = read_table(path)
        options.setdefault("riding_id", RIDING)
        return plan_import(table, guess_mapping(table, kind), kind=kind, **options)

    return make


def column_name(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet_xml(rows, *, formulas=False) -> str:
    lines = []
    for at, row in enumerate(rows, 1):
        cells = []
        for number, value in enumerate(row, 1):
            ref = f"{column_name(number)}{at}"
            if value is None:
                continue
            if isinstance(value, (int, float)):
                cells.append(f'<c r="{ref}"><v>{value}</v></c>')
            elif formulas and at > 1:
                cells.append(f'<c r="{ref}"><f>{escape(value)}</f></c>')
            else:
                cells.append(f'<c r="{ref}" t="inlineStr"><is><t>{escape(value)}</t></is></c>')
        lines.append(f'<row r="{at}">{"".join(cells)}</row>')
    return (
        '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{''.join(lines)}</sheetData></worksheet>"
    )


def write_xlsx(path: Path, sheets: dict[str, str]) -> Path:
    """A minimal XLSX: sheet name -> its XML (see sheet_xml)."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, 1)
    )
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{related}</Relationships>',
        )
        for number, xml in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", xml)
    return path


def write_ods(path: Path, table_xml: str) -> Path:
    """A minimal ODS around the rows of one table."""
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{office}" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="Doors">{table_xml}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return path


def ods_row(cells, repeated=0) -> str:
    made = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
        for cell in cells
    )
    more = f' table:number-rows-repeated="{repeated}"' if repeated else ""
    return f"<table:table-row{more}>{made}</table:table-row>"


@pytest.fixture
def files():
    """The hand-made spreadsheet writers."""

    class Files:
        xlsx = staticmethod(write_xlsx)
        sheet = staticmethod(sheet_xml)
        ods = staticmethod(write_ods)
        ods_row = staticmethod(ods_row)

    return Files
