"""A network that takes everything and answers nothing."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest


class Silence:
    """A listener that takes a connection and its request and never answers."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.gone = threading.Event()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen, name="silence")
        self._thread.start()

    def _listen(self) -> None:
        line, _ = self._socket.accept()
        with line:
            line.recv(1 << 16)
            self.asked.set()
            while line.recv(1 << 16):
                pass
        self.gone.set()

    def close(self) -> None:
        self._thread.join()
        self._socket.close()


@pytest.fixture
def silence() -> Iterator[Silence]:
    made = Silence()
    yield made
    made.close()
