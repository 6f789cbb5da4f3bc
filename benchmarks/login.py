"""A flood of log-ins while eight laptops sync: how much longer the slowest syncs take, in one run.

A real headquarters on PostgreSQL, its passwords at their full cost; eight laptops, each a process, sync one after the other
with five new results each time. Quiet and flooded stretches take turns. The flood is a process of its own: 32 connections, half
of the logins known, all passwords wrong, every try from another address (as a proxy passes it on), so that no wait for an
address stops it. CANVASS_BENCH_LOGIN_SECONDS (10) and _ROUNDS (4) give the lengths.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from canvass_app.domain.roles import Role
from canvass_app.hq.accounts import add_account
from canvass_app.hq.web.asking import FORM_TYPE, PLACE

from .sync_parts import Headquarters, Laptop, database, laptops, postgres

RIDING = 201399700
AT_ONCE = 8
CONNECTIONS = 32
KNOWN = 8
_DOORS = 500


def _size(name: str, default: int) -> int:
    return int(os.environ.get(f"CANVASS_BENCH_LOGIN_{name}", default))


# --- the flood, in a process of its own -------------------------------------------------------------------


def _tries(url: str, number: int, stop: threading.Event, answers: Counter[int]) -> None:
    chance = random.Random(number)
    where = urlsplit(url).netloc
    link = http.client.HTTPConnection(where, timeout=120)
    link.request("GET", f"{PLACE}/login")
    page = link.getresponse()
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    found = re.search(r'name="form" value="(\w+)"', page.read().decode())
    assert found is not None
    while not stop.is_set():
        known = chance.random() < 0.5
        login = f"known{chance.randrange(KNOWN)}" if known else f"stranger{chance.getrandbits(40)}"
        body = urlencode({"form": found[1], "login": login, "password": f"wrong {chance.getrandbits(60)}"})
        address = ".".join(str(chance.randrange(1, 255)) for _ in range(4))
        headers = {"Cookie": cookie, "Content-Type": FORM_TYPE, "X-Forwarded-For": address}
        link.request("POST", f"{PLACE}/login", body, headers)
        answer = link.getresponse()
        answer.read()
        answers[answer.status] += 1
    link.close()


def flood(url: str) -> int:
    """Try to log in from many connections until standard input ends; how often each status was answered, as JSON."""
    stop, answers = threading.Event(), Counter[int]()
    threads = [
        threading.Thread(target=_tries, args=(url, number, stop, answers)) for number in range(CONNECTIONS)
    ]
    for one in threads:
        one.start()
    print("{}", flush=True)
    sys.stdin.read()
    stop.set()
    for one in threads:
        one.join()
    print(json.dumps(answers), flush=True)
    return 0


class _Flood:
    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.login", url],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self._process.stdout is not None
        self._process.stdout.readline()

    def end(self) -> Counter[int]:
        out, _ = self._process.communicate("")
        return Counter({int(status): count for status, count in json.loads(out).items()})


# --- the measure ------------------------------------------------------------------------------------------


def _stretch(others: list[Laptop], lasting: float, first: int) -> list[float]:
    for place, laptop in enumerate(others):
        laptop.tell(do="loop", riding=RIDING, first=first + place * 10_000, **{"for": lasting})
    return [one for laptop in others for one in laptop.answer()["seconds"]]


def _at(part: float, seconds: list[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * part))]


def run() -> dict[str, Any]:
    """Milliseconds and ratios. Raises AssertionError when an event is missing or nothing was flooded."""
    lasting, rounds = _size("SECONDS", 10), _size("ROUNDS", 4)
    quiet: list[float] = []
    flooded: list[float] = []
    answers: Counter[int] = Counter()
    with tempfile.TemporaryDirectory(prefix="canvass-bench-", ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        with postgres() as server, database(server, "login") as url:
            hq = Headquarters(
                folder / "hq", url, [RIDING], "--console", "--behind-proxy", "--metrics-port", "0"
            )
            try:
                for number in range(KNOWN):
                    add_account(
                        hq.office,
                        f"known{number}",
                        "",
                        Role.ORGANISER,
                        None,
                        f"words {number} nobody guesses",
                    )
                with laptops(folder / "laptops", AT_ONCE, hq, [RIDING]) as others:
                    others[0].ask(do="street", riding=RIDING, doors=_DOORS)
                    for laptop in others:
                        laptop.ask(do="sync")
                    _stretch(others, 2, 0)
                    for number in range(rounds):
                        quiet += _stretch(others, lasting, (2 * number + 1) * 100_000)
                        fills = _Flood(hq.url)
                        try:
                            flooded += _stretch(others, lasting, (2 * number + 2) * 100_000)
                        finally:
                            answers += fills.end()
                        # Whoever still stands in the line is served, and what came is folded, before the next quiet stretch.
                        hq.idle()
                        hq.folded(RIDING)
                most, events, counter = hq.numbers(RIDING)
                assert most == events == counter, (most, events, counter)
            finally:
                hq.close()
    # 403: a hash was made. 429 and 503: refused without one.
    assert answers[403] > 0, answers
    assert set(answers) <= {403, 429, 503}, answers
    return {
        "p99_over_quiet": round(_at(0.99, flooded) / _at(0.99, quiet), 2),
        "p50_over_quiet": round(_at(0.50, flooded) / _at(0.50, quiet), 2),
        "quiet_p50_ms": round(_at(0.50, quiet) * 1000, 1),
        "quiet_p99_ms": round(_at(0.99, quiet) * 1000, 1),
        "flooded_p50_ms": round(_at(0.50, flooded) * 1000, 1),
        "flooded_p99_ms": round(_at(0.99, flooded) * 1000, 1),
        "syncs_quiet": len(quiet),
        "syncs_flooded": len(flooded),
        "log_ins_hashed": answers[403],
        "log_ins_refused": answers[429] + answers[503],
    }


if __name__ == "__main__":
    raise SystemExit(flood(sys.argv[1]))
