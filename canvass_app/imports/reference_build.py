"""Builds the shipped reference data from public originals, and its packed form of outlines.

Packed outlines (`outlines-YEAR.bin`): zstandard around msgpack of
`{"format": 1, "map_year": 2013, "numbers": [10001, ...], "rings": [[137, ...], ...], "lon": bytes, "lat": bytes}`:
for each riding the vertex counts of its rings, then the coordinates of all rings one after the other as little-endian
int32 micro-degrees, each the difference from the vertex before (the very first from 0). Rings are closed by repeating
their first vertex. Facts only: no attribute of the originals but number and shape is kept.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import msgspec
import numpy as np
import zstandard
from numpy.typing import NDArray

from canvass_app.domain.errors import FileProblem
from canvass_app.domain.text import Text

Int32 = NDArray[np.int32]
_COLUMNS = ("number", "name_en", "name_fr", "province", "population", "electors")
_FORMAT = 1

SOURCES: list[dict[str, str]] = [
    {
        "name": "Federal electoral districts, 2013 Representation Order",
        "name_fr": "Circonscriptions fédérales, décret de représentation de 2013",
        "publisher": "Natural Resources Canada; Elections Canada",
        "attribution": "Contains information licensed under the Open Government Licence – Canada.",
        "attribution_fr": "Contient de l’information visée par la Licence du gouvernement ouvert – Canada.",
        "licence": "Open Government Licence – Canada",
        "licence_url": "https://open.canada.ca/en/open-government-licence-canada",
        "files": "outlines-2013.bin",
        "changed": "Simplified outlines, rounded to micro-degrees and packed; for orientation, not for legal use.",
        "changed_fr": "Contours simplifiés, arrondis au millionième de degré et compactés; à titre indicatif seulement.",
    },
    {
        "name": "Names, populations (2011 Census) and electors (2015) of the 338 federal ridings",
        "name_fr": "Noms, populations (Recensement de 2011) et électeurs (2015) des 338 circonscriptions fédérales",
        "publisher": "Elections Canada; Statistics Canada",
        "attribution": "Source: Elections Canada and Statistics Canada; reproduced without their endorsement.",
        "attribution_fr": "Source : Élections Canada et Statistique Canada; reproduit sans leur aval.",
        "licence": "Facts, reproduced with attribution",
        "licence_url": "https://www.elections.ca",
        "files": "ridings-2013.csv",
        "changed": "Joined into one table; names written with an em dash as on the official maps.",
        "changed_fr": "Réunis en un seul tableau; noms écrits avec un tiret cadratin comme sur les cartes officielles.",
    },
]


def pack_outlines(map_year: int, outlines: Mapping[int, Sequence[Int32]]) -> bytes:
    """The packed form of rings by riding number (see the module)."""
    numbers = sorted(outlines)
    rings = [ring for number in numbers for ring in outlines[number]]
    points = np.concatenate(rings).astype(np.int64)
    steps = np.diff(points, axis=0, prepend=np.zeros((1, 2), np.int64)).astype("<i4")
    document = {
        "format": _FORMAT,
        "map_year": map_year,
        "numbers": numbers,
        "rings": [[len(ring) for ring in outlines[number]] for number in numbers],
        "lon": steps[:, 0].tobytes(),
        "lat": steps[:, 1].tobytes(),
    }
    return zstandard.ZstdCompressor(level=19).compress(msgspec.msgpack.encode(document))


def unpack_outlines(packed: bytes) -> dict[int, list[Int32]]:
    """Rings by riding number from their packed form. Raises FileProblem when it is damaged or of a later format."""
    try:
        document = cast(
            "dict[str, Any]", msgspec.msgpack.decode(zstandard.ZstdDecompressor().decompress(packed))
        )
        if document["format"] != _FORMAT:
            raise ValueError(f"format {document['format']}")
        columns = [np.frombuffer(document[key], dtype="<i4").astype(np.int64) for key in ("lon", "lat")]
        points = np.cumsum(np.stack(columns, axis=1), axis=0).astype(np.int32)
        counts = cast("list[list[int]]", document["rings"])
        cuts = np.cumsum([count for rings in counts for count in rings])
        if int(cuts[-1]) != len(points):
            raise ValueError("vertex counts")
        pieces = iter(np.split(points, cuts[:-1]))
        return {
            int(n): [next(pieces) for _ in rings]
            for n, rings in zip(document["numbers"], counts, strict=True)
        }
    except (zstandard.ZstdError, msgspec.DecodeError, ValueError, KeyError, IndexError, TypeError) as error:
        raise FileProblem(
            Text(
                f"The riding outlines that came with Canvass are damaged: {error}. Your data is safe. Install it again.",
                f"Les contours de circonscriptions fournis avec Canvass sont endommagés : {error}. Vos données sont "
                "intactes. Réinstallez le logiciel.",
            )
        ) from error


def build(data: Path, out: Path) -> dict[str, int]:
    """Write the reference files of the 2013 map into `out`; returns counts. Raises OSError, KeyError, ValueError."""
    out.mkdir(parents=True, exist_ok=True)
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_COLUMNS)
    rows = list(csv.DictReader((data / "ridings" / "ridings_2013_basic.csv").read_text("utf-8").splitlines()))
    for row in sorted(rows, key=lambda r: int(r["fed_num"])):
        names = [row[key].replace("--", "—") for key in ("name_en", "name_fr")]
        writer.writerow([row["fed_num"], *names, row["prov"], row["population_2011"], row["electors_2015"]])
    outlines = _outlines(data / "boundaries-2013" / "fed2013.geojson")
    known = {int(row["fed_num"]) for row in rows}
    if set(outlines) != known:
        raise ValueError(f"table and outlines differ: {sorted(set(outlines) ^ known)}")
    (out / "ridings-2013.csv").write_bytes(table.getvalue().encode())
    (out / "outlines-2013.bin").write_bytes(pack_outlines(2013, outlines))
    (out / "sources.json").write_bytes(
        (json.dumps({"sources": SOURCES}, ensure_ascii=False, indent=1) + "\n").encode()
    )
    (out / "SOURCES.md").write_bytes(sources_page().encode())
    return {
        "ridings": len(rows),
        "outlines": len(outlines),
        "vertices": sum(len(r) for o in outlines.values() for r in o),
    }


def _outlines(path: Path) -> dict[int, list[Int32]]:
    outlines: dict[int, list[Int32]] = {}
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        rings = outlines.setdefault(int(feature["properties"]["FEDNUM"]), [])
        rings += [
            np.rint(np.array(ring, float)[:, :2] * 1e6).astype(np.int32) for part in polygons for ring in part
        ]
    return outlines


def sources_page() -> str:
    """SOURCES.md: where each shipped file comes from, in English and French."""
    lines = ["# Sources of the reference data / Sources des données de référence", ""]
    for source in SOURCES:
        lines += [
            f"## {source['name']} / {source['name_fr']}", "", f"- `{source['files']}`", f"- {source['publisher']}",
            f"- {source['attribution']} / {source['attribution_fr']}", f"- {source['licence']}: <{source['licence_url']}>",
            f"- {source['changed']} / {source['changed_fr']}", "",
        ]  # fmt: skip
    lines += [
        "Built by `python -m canvass_app.imports.reference DATA_DIR`; none of the originals is part of this folder.",
        "Produits par `python -m canvass_app.imports.reference DOSSIER`; aucun original n’est dans ce dossier.", "",
    ]  # fmt: skip
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command `python -m canvass_app.imports.reference`."""
    import argparse

    parser = argparse.ArgumentParser(prog="canvass_app.imports.reference", description=main.__doc__)
    parser.add_argument("data", type=Path, metavar="DATA_DIR", help="folder with the public originals")
    parser.add_argument("--out", type=Path, default=Path("resources/reference"))
    given = parser.parse_args(arguments)
    counts = build(given.data, given.out)
    print(", ".join(f"{key}: {value}" for key, value in counts.items()))
    return 0
