"""Records what a release says on the wire, for case 17.

Once for each release, from a checkout of it:

    python -m tests.acceptance.record_release

writes tests/acceptance/data/protocol-1/VERSION.json: every request of two laptops, as its exact bytes, and every answer
of headquarters. Invented people only. The file is kept as it is; later versions must still answer and read it.
"""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from canvass_app import __version__
from canvass_app.services.book import Book, open_book
from canvass_app.services.syncing import join, sync_now
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.sync.codec import squeeze
from canvass_app.sync.http import Link
from canvass_app.sync.steps import Answer, Call
from tests.hq.kit import PASSPHRASE, RIDING, Hq, add_street, knock, serving, street_door, talk

DATA = Path(__file__).parent / "data" / "protocol-1"


def text(data: bytes) -> str:
    return base64.b64encode(data).decode()


class Recorder:
    """Writes down what goes over every link of this process."""

    def __init__(self) -> None:
        self.heard: list[dict[str, Any]] = []
        self.scene = ""
        send = Link.send

        def noted(link: Link, call: Call) -> Answer:
            answer = send(link, call)
            self.heard.append(
                {
                    "scene": self.scene,
                    "method": call.method,
                    "path": call.path,
                    "frame": None if call.body is None else text(squeeze(call.body)),
                    "status": answer.status,
                    "type": answer.content_type,
                    "answer": text(answer.body),
                }
            )
            return answer

        Link.send = noted  # type: ignore[method-assign]


def laptop(folder: Path, hq: Hq) -> Book:
    return open_book(folder, passphrase=PASSPHRASE, now_ms=hq.time)


def record(folder: Path) -> dict[str, Any]:
    """Two laptops join; one sends a file, a turf, a list and results; the other fetches all, adds one, and both sync."""
    recorder = Recorder()
    with serving(folder / "hq") as hq:
        codes = [hq.code(), hq.code()]
        one, two = laptop(folder / "one", hq), laptop(folder / "two", hq)
        recorder.scene = "one joins"
        join(one, hq.url, codes[0], "One")
        add_street(one, 12)
        doors = [street_door(number) for number in range(1, 9)]
        issue_walk_list(one, RIDING, make_turf(one, RIDING, "North", doors).turf_id)
        for number in range(1, 6):
            knock(one, number, "refused" if number % 2 else "not_home")
        talk(one, 7, "2")
        recorder.scene = "one syncs"
        sync_now(one)
        recorder.scene = "two joins"
        join(two, hq.url, codes[1], "Two")
        recorder.scene = "two fetches"
        sync_now(two)
        knock(two, 9, "canvassed", author="Bea")
        recorder.scene = "two sends"
        sync_now(two)
        recorder.scene = "one fetches"
        sync_now(one)
        events = hq.rows(
            "SELECT riding_sequence, hash FROM event WHERE riding_id = ? ORDER BY riding_sequence", RIDING
        )
        kept = {
            "version": __version__,
            "riding": RIDING,
            "codes": codes,
            "time_ms": hq.time.ms,
            "hq_key": hq.office.public_key.hex(),
            "events": [bytes(digest).hex() for _, digest in events],
            "exchanges": recorder.heard,
        }
        one.close()
        two.close()
    return kept


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        kept = record(Path(folder))
    DATA.mkdir(parents=True, exist_ok=True)
    path = DATA / f"{__version__}.json"
    path.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    print(f"{path.name}: {len(kept['exchanges'])} exchanges, {len(kept['events'])} events")
    return 0


if __name__ == "__main__":
    sys.exit(main())
