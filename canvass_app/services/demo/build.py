"""`python -m canvass_app.services.demo.build [--seed N] [--out DIR]`: writes the demo's generated files anew.

doors.csv, people.csv, streets.geojson, areas.geojson and evenings.json come from the seed alone, byte for byte the
same on every platform; campaign.json and teams.json are written by hand.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from .people import PEOPLE_COLUMNS, build_people
from .people_evenings import build_evenings
from .town import DOOR_COLUMNS, SEED, areas_geojson, build_town, door_rows, streets_geojson

FILES = ("doors.csv", "people.csv", "streets.geojson", "areas.geojson", "evenings.json")
_NOT_OF_PEOPLE = ("latitude", "longitude")


def build(out: Path, seed: int = SEED) -> dict[str, int]:
    """Write the files into a folder (made if need be); returns how much is in them. Raises OSError."""
    town = build_town(seed)
    people = build_people(len(town.doors), seed)
    rows = door_rows(town)
    kept = [i for i, column in enumerate(DOOR_COLUMNS) if column not in _NOT_OF_PEOPLE]
    columns = (*PEOPLE_COLUMNS, *(DOOR_COLUMNS[i] for i in kept))
    evenings = build_evenings(town, people, seed)
    out.mkdir(parents=True, exist_ok=True)
    texts = {
        "doors.csv": _table(DOOR_COLUMNS, rows),
        "people.csv": _table(columns, ([*p.row(), *(rows[p.door][i] for i in kept)] for p in people)),
        "streets.geojson": streets_geojson(town),
        "areas.geojson": areas_geojson(town),
        "evenings.json": _outings(evenings),
    }
    for name, text in texts.items():
        (out / name).write_bytes(text.encode())
    return {
        "doors": len(rows), "people": len(people), "segments": len(town.segments),
        "divisions": len(town.divisions), "outings": len(evenings["outings"]),
        "knocks": sum(len(outing["doors"]) for outing in evenings["outings"]),
    }  # fmt: skip


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _outings(evenings: dict[str, object]) -> str:
    """JSON with one door a line, so that a person can read it and a change shows in a diff."""
    text = json.dumps(evenings, ensure_ascii=False, separators=(",", ":"))
    return text.replace('{"date":', '\n{"date":').replace('{"civic":', '\n {"civic":') + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the demo's generated files anew."""
    import argparse

    parser = argparse.ArgumentParser(prog="canvass_app.services.demo.build", description=main.__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--out", type=Path, default=Path("resources/demo"))
    given = parser.parse_args(arguments)
    print(", ".join(f"{key}: {value}" for key, value in build(given.out, given.seed).items()))
    return 0


if __name__ == "__main__":
    import sys

    sys.exit(main())
