"""Anki's own sync server and client on this machine: the peer of push and pull. Runs in the environment of
requirements-bench.txt, never in the product's.

    python sync_anki.py FOLDER

serves on loopback, takes one JSON command a line ({"do": "push" or "pull", "count": N}) and answers each with seconds.
"""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from anki.collection import AddNoteRequest, Collection  # pyright: ignore[reportMissingImports]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the sync server did not start")


class Peer:
    """Two collections of one account."""

    def __init__(self, folder: Path, endpoint: str) -> None:
        self.here, self.there = (Collection(str(folder / f"{name}.anki2")) for name in ("here", "there"))
        self.auth = self.here.sync_login("bench", "bench", endpoint)
        self._whole(self.here, upload=True)
        self._whole(self.there, upload=False)

    def _whole(self, collection: Collection, upload: bool) -> None:
        collection.sync_collection(self.auth, False)
        collection.close_for_full_sync()
        collection.full_upload_or_download(auth=self.auth, server_usn=None, upload=upload)
        collection.reopen(after_full_sync=True)

    def _timed(self, collection: Collection) -> float:
        begun = time.perf_counter()
        done = collection.sync_collection(self.auth, False)
        seconds = time.perf_counter() - begun
        if done.required != done.NO_CHANGES:
            raise SystemExit(f"the sync asked for something else: {done.required}")
        return seconds

    def push(self, count: int) -> float:
        """Seconds to push `count` new notes."""
        kind = self.here.models.by_name("Basic")
        requests = []
        for n in range(count):
            note = self.here.new_note(kind)
            note.fields = [f"{time.time_ns()} {n}", "not_home"]
            requests.append(AddNoteRequest(note, 1))
        self.here.add_notes(requests)
        return self._timed(self.here)

    def pull(self, _count: int) -> float:
        """Seconds to pull what the other pushed."""
        before = self.there.note_count()
        seconds = self._timed(self.there)
        if self.there.note_count() - before != _count:
            raise SystemExit("not every note came")
        return seconds


def main() -> None:
    folder = Path(sys.argv[1])
    port = _free_port()
    environment = {
        **os.environ, "SYNC_USER1": "bench:bench", "SYNC_BASE": str(folder / "server"), "SYNC_HOST": "127.0.0.1",
        "SYNC_PORT": str(port), "RUST_LOG": "error",
    }  # fmt: skip
    server = subprocess.Popen(
        [sys.executable, "-m", "anki.syncserver"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait(port)
        peer = Peer(folder, f"http://127.0.0.1:{port}/")
        for line in sys.stdin:
            asked = json.loads(line)
            print(json.dumps({"seconds": getattr(peer, asked["do"])(asked["count"])}), flush=True)
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    main()
