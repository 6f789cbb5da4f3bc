"""Sync end to end: encrypted laptop database, real HTTP on loopback, real PostgreSQL, and back; beside its peers.

Sizes: CANVASS_BENCH_SYNC_EVENTS ("10000,50000"), _RUNS (3), _DEVICES (1000), _RIDINGS (338) and _PARTS
("push,eight,cold,ridings,devices"), each with that prefix. Variants take turns within a run, figures are medians over
runs, and what has a peer is a ratio to it. On a busy machine believe only the ratios.
CANVASS_BENCH_PROFILE=1 prints where each laptop's time went.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from statistics import median
from typing import Any

from canvass_app.services.book import open_book
from canvass_app.services.syncing import join, sync_now

from .entry import fill
from .sync_parts import DOORS, PASSPHRASE, Headquarters, Laptop, database, laptops, postgres
from .sync_peers import AnkiPeer, CopyPeer, anki, newest, newest_attempts, sqlcipher_seconds
from .sync_scale import many_devices, many_ridings

RIDING = 201399001
"""The riding of `entry.fill`."""
AT_ONCE = 8
_NO_OPS = 20
# What a first sync writes, besides events.
_COLD_TABLES = ("roster", "roster_chunk", "door", "person", "alias", "riding", "sync_state")


def _size(name: str, default: str) -> str:
    return os.environ.get(f"CANVASS_BENCH_SYNC_{name}", default)


def _rate(count: int, seconds: list[float]) -> float:
    return round(count / median(seconds))


class _Rounds:
    """Seconds by what was measured."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def note(self, what: str, seconds: float) -> None:
        self.seconds.setdefault(what, []).append(seconds)

    def rate(self, what: str, count: int) -> float:
        return _rate(count, self.seconds[what])


def _push_and_pull(
    folder: Path, hq: Headquarters, copy: CopyPeer, peer: AnkiPeer | None, count: int, runs: int
) -> dict[str, Any]:
    """One laptop pushes, another pulls, `runs` times, each in turn with its peers."""
    rounds = _Rounds()
    riding = RIDING + count % 89_999
    hq.add([riding])
    with laptops(folder, 2, hq, [riding]) as (one, two):
        one.ask(do="street", riding=riding, doors=DOORS)
        for laptop in (one, two):
            laptop.ask(do="sync")
        for run in range(runs):
            one.ask(do="record", riding=riding, count=count, first=run * count)
            hq.folded(riding)
            done = one.ask(do="sync")
            assert done["pushed"] == count, done
            rounds.note("push", done["seconds"])
            if peer is not None:
                rounds.note("anki_push", peer.seconds("push", count))
            rows = newest(hq.office.read(), riding, count)
            rounds.note("copy", copy.seconds(rows))
            hq.folded(riding)
            done = two.ask(do="sync")
            assert done["pulled"] == count, done
            # Here, kept and verified; a moment later it is shown too.
            rounds.note("pull", done["seconds"] - done["folding"])
            rounds.note("pull_shown", done["seconds"])
            if peer is not None:
                rounds.note("anki_pull", peer.seconds("pull", count))
            rounds.note("sqlcipher", sqlcipher_seconds(folder / f"raw{run}.db", rows))
            shown = [("attempt", newest_attempts(hq.office.read(), riding, count))]
            rounds.note("shown", sqlcipher_seconds(folder / f"shown{run}.db", rows, shown))
        for _ in range(_NO_OPS):
            rounds.note("no_op", one.ask(do="sync")["seconds"])
    most, events, counter = hq.numbers(riding)
    assert most == events == counter == runs * count + 1
    n = f"{count // 1000}k"
    found: dict[str, Any] = {
        f"{what}_{n}": rounds.rate(what, count)
        for what in ("push", "pull", "pull_shown", "copy", "sqlcipher", "anki_push", "anki_pull")
        if what in rounds.seconds
    }
    found[f"push_over_copy_{n}"] = round(found[f"push_{n}"] / found[f"copy_{n}"], 3)
    found[f"pull_over_sqlcipher_{n}"] = round(found[f"pull_{n}"] / found[f"sqlcipher_{n}"], 3)
    found[f"pull_shown_over_events_and_attempts_{n}"] = round(
        found[f"pull_shown_{n}"] / rounds.rate("shown", count), 3
    )
    found["no_op_ms"] = round(median(rounds.seconds["no_op"]) * 1000, 1)
    if peer is not None:
        found[f"push_over_anki_{n}"] = round(found[f"push_{n}"] / found[f"anki_push_{n}"], 2)
        found[f"pull_over_anki_{n}"] = round(found[f"pull_{n}"] / found[f"anki_pull_{n}"], 2)
    return found


def _at_once(folder: Path, hq: Headquarters, count: int, runs: int) -> dict[str, Any]:
    """Eight laptops push `count` events each at once, beside one that pushes as many alone; then both ways of pulling."""
    rounds = _Rounds()
    riding = RIDING + 1
    hq.add([riding])
    with laptops(folder, AT_ONCE + 1, hq, [riding]) as (alone, *others):
        alone.ask(do="street", riding=riding, doors=DOORS)
        for run in range(runs):
            for place, laptop in enumerate((alone, *others)):
                laptop.ask(do="sync")
                laptop.ask(do="record", riding=riding, count=count, first=(run * 9 + place) * count)
            hq.folded(riding)
            rounds.note("one", alone.ask(do="push", riding=riding)["seconds"])
            hq.folded(riding)
            rounds.note("eight", _together(others, "push", riding))
            hq.folded(riding)
            rounds.note("pull_one", alone.ask(do="sync")["seconds"])
            rounds.note("pull_eight", _together(others, "sync", riding))
        expected = runs * count * (AT_ONCE + 1) + 1
        most, events, counter = hq.numbers(riding)
        assert most == events == counter == expected, (most, events, counter, expected)
    one, eight = rounds.rate("one", count), rounds.rate("eight", AT_ONCE * count)
    pulled = AT_ONCE * count
    pull_one, pull_eight = rounds.rate("pull_one", pulled), rounds.rate("pull_eight", AT_ONCE * pulled)
    return {
        "push_one": one,
        "push_eight": eight,
        "eight_over_one": round(eight / one, 2),
        "pull_one": pull_one,
        "pull_eight": pull_eight,
        "pull_eight_over_one": round(pull_eight / pull_one, 2),
    }


def _together(others: list[Laptop], what: str, riding: int) -> float:
    """Seconds until the last of them has done it."""
    begun = time.perf_counter()
    for laptop in others:
        laptop.tell(do=what, riding=riding)
    for laptop in others:
        laptop.answer()
    return time.perf_counter() - begun


def _cold(folder: Path, hq: Headquarters, runs: int) -> dict[str, Any]:
    """A laptop's first sync of a riding of 100,000 people, beside raw inserts of the rows that it wrote."""
    riding = RIDING
    hq.add([riding])
    folder.mkdir()
    book = open_book(folder / "first", passphrase=PASSPHRASE)
    fill(book)
    join(book, hq.url, hq.code([riding]), "Bench")
    sync_now(book)
    book.close()
    hq.folded(riding)
    rounds = _Rounds()
    rows = people = 0
    for run in range(runs):
        with laptops(folder / f"cold{run}", 1, hq, [riding]) as (laptop,):
            rounds.note("cold", laptop.ask(do="sync")["seconds"])
        book = open_book(folder / f"cold{run}" / "0", passphrase=PASSPHRASE)
        written = [(name, book.read().query(f"SELECT * FROM {name}")) for name in _COLD_TABLES]
        events = newest(book.read(), riding, 1_000)
        people = int(book.read().query("SELECT COUNT(*) FROM person")[0][0])
        rows = sum(len(one) for _, one in written)
        book.close()
        rounds.note("raw", sqlcipher_seconds(folder / f"raw{run}.db", events, written))
    cold, raw = median(rounds.seconds["cold"]), median(rounds.seconds["raw"])
    return {
        "cold_people": people,
        "cold_rows": rows,
        "cold_seconds": round(cold, 2),
        "cold_raw_seconds": round(raw, 2),
        "cold_over_raw": round(raw / cold, 3),
    }


def run() -> dict[str, Any]:
    """Rates (events a second), ratios, milliseconds. Raises AssertionError when a count is not exact."""
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="canvass-bench-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        with postgres() as server, database(server, "hq") as url, database(server, "copy") as other:
            copy = CopyPeer(other)
            hq = Headquarters(folder / "hq", url, [])
            try:
                for part in _parts(folder, hq, copy):
                    results |= part
                    print("sync:", part, f"load {os.getloadavg()[0]:.1f}", file=sys.stderr, flush=True)
            finally:
                hq.close()
                copy.close()
    return results


def _parts(folder: Path, hq: Headquarters, copy: CopyPeer) -> Generator[dict[str, Any]]:
    runs = int(_size("RUNS", "3"))
    counts = [int(one) for one in _size("EVENTS", "10000,50000").split(",")]
    wanted = _size("PARTS", "push,eight,cold,ridings,devices").split(",")
    if "push" in wanted:
        with anki(folder / "anki") as peer:
            for count in counts:
                yield _push_and_pull(folder / f"n{count}", hq, copy, peer, count, runs)
    if "eight" in wanted:
        yield _at_once(folder / "eight", hq, counts[0] // 5, runs)
    if "cold" in wanted:
        yield _cold(folder / "cold", hq, runs)
    if "ridings" in wanted:
        yield many_ridings(hq, int(_size("RIDINGS", "338")), runs)
    if "devices" in wanted:
        yield many_devices(folder / "devices", hq, int(_size("DEVICES", "1000")))


if __name__ == "__main__":
    print(run())
