"""The whole import of 100,000 addresses: file, checks, roster, encrypted database, durable."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from canvass_app.services.book import open_book
from canvass_app.services.importing import import_file

ROWS = 100_000
RIDING = 201399001


def write_addresses(path: Path, rows: int = ROWS) -> None:
    """Invented addresses in the layout of a city's address file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("civic_number,std_street,neighbourhood_name,lon,lat,postal_code\n")
        for n in range(rows):
            file.write(
                f"{n % 500 * 2 + 1},W {n // 500 + 1}TH AV,RIVERSIDE,{-75 + n / 1e6:.6f},{45 + n / 1e6:.6f},\n"
            )


def run() -> dict[str, Any]:
    """Rows per second, the best of three runs into new books (the machine is shared), and the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "addresses.csv"
        write_addresses(path)
        seconds: list[float] = []
        for number in range(3):
            book = open_book(Path(folder) / f"book{number}", passphrase="bench")
            start = time.perf_counter()
            report = import_file(book, path, "doors", riding_id=RIDING)
            seconds.append(time.perf_counter() - start)
            book.close()
            assert report.main.added == ROWS, report.main
    middle = sorted(seconds)[1]
    return {"rows_per_second": round(ROWS / middle), "seconds": [round(s, 2) for s in seconds]}
