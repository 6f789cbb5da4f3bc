"""How fast a file of 100,000 doors becomes roster rows (aim: 1.0 s; the whole import has 2 s)."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

ROWS = 100_000
REPEATS = 5


def write_doors(path: Path, rows: int = ROWS, seed: int = 1) -> None:
    """A file in the shared Vancouver layout: invented doors on 480 invented streets."""
    chance = random.Random(seed)
    names = ["BIRCH", "CEDAR", "RIVER", "PRINCIPALE", "DU MOULIN", "12TH", "34TH", "MCALLISTER"]
    streets = [
        f"{direction}{name} {number} {kind}"
        for name in names
        for number in range(1, 16)
        for direction, kind in (("", "ST"), ("W ", "AV"), ("E ", "AV"), ("", "CRES"))
    ]
    each = rows // len(streets) + 1
    lines = ["civic_number,std_street,neighbourhood_name,lon,lat,on_street,side,n_trees,fed_num,postal_code"]
    for number in range(rows):
        street = streets[number // each]
        lon, lat = -123.2 + chance.random() / 10, 49.2 + chance.random() / 10
        civic = 100 + number % each * 2
        lines.append(f"{civic},{street},MIDTOWN,{lon:.6f},{lat:.6f},{street},EVEN,1,59036,V5Y 1T5")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run() -> dict[str, Any]:
    """Median seconds of read, map and check, and entries for 100,000 rows, and rows a second for all three."""
    from canvass_app.imports import check_mapping, guess_mapping, plan_import, read_table

    reads, maps, plans = [], [], []
    doors = 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "doors.csv"
        write_doors(path)
        for _ in range(REPEATS):
            start = perf_counter()
            table = read_table(path)
            read = perf_counter()
            mapping = guess_mapping(table, "doors")
            check_mapping(mapping, "doors")
            mapped = perf_counter()
            plan = plan_import(table, mapping, kind="doors")
            reads.append(read - start)
            maps.append(mapped - read)
            plans.append(perf_counter() - mapped)
            doors = plan.doors
    middle = REPEATS // 2
    totals = sorted(sum(parts) for parts in zip(reads, maps, plans, strict=True))
    return {
        "rows": ROWS,
        "doors": doors,
        "read_s": round(sorted(reads)[middle], 3),
        "map_s": round(sorted(maps)[middle], 4),
        "entries_s": round(sorted(plans)[middle], 3),
        "total_s": round(totals[middle], 3),
        "rows_per_s": round(ROWS / totals[middle]),
    }


if __name__ == "__main__":
    print(run())
