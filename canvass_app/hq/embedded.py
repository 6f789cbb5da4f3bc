"""A headquarters of one's own on this machine: `canvass-hq serve` as a child process on a free loopback port.

For the demo and for tests. Importing this module loads no server.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.text import Text

START_SECONDS = 60.0
STOP_SECONDS = 30.0
COMMAND = (sys.executable, "-m", "canvass_app.hq.cli")
"""How `canvass-hq` is started; a built program has a way of its own."""

_NOT_STARTED = Text(
    "The headquarters on this computer did not start. Your own data is not affected. Close other copies and try again.",
    "Le quartier général de cet ordinateur n’a pas démarré. Vos données ne sont pas touchées. Fermez les autres copies et "
    "réessayez.",
)


class Embedded:
    """A running headquarters. Stop it, or let it end by itself when this process ends."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        url: str,
        folder: Path,
        environment: dict[str, str],
        command: Sequence[str],
    ) -> None:
        self.process, self.url, self.folder = process, url, folder
        self._environment, self._command = environment, command

    def enrol(self, ridings: Sequence[int] = (), label: str = "") -> str:
        """A one-time code for a laptop. Raises StorageProblem."""
        arguments = ["enrol", "--json", "--label", label]
        for riding in ridings:
            arguments += ["--riding", str(riding)]
        return str(_json(self._command, self.folder, self._environment, arguments)["code"])

    def stop(self) -> None:
        """End it gracefully; at once when it does not."""
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def start_embedded(
    folder: Path,
    passphrase: str,
    *,
    campaign: Path | None = None,
    ridings: Sequence[int] = (),
    command: Sequence[str] = COMMAND,
) -> Embedded:
    """Make headquarters in `folder` where needed, serve it on a free port, and wait until it is ready.

    Raises StorageProblem when it does not start within a minute.
    """
    environment = {**os.environ, "CANVASS_HQ_PASSPHRASE": passphrase}
    environment.pop("CANVASS_HQ_DATABASE_URL", None)
    arguments = ["init", "--json"]
    if campaign is not None:
        arguments += ["--campaign", str(campaign)]
    for riding in ridings:
        arguments += ["--riding", str(riding)]
    _json(command, folder, environment, arguments)
    process = subprocess.Popen(
        [*command, "serve", "--data", str(folder), "--port", "0", "--announce", "--end-with-input"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = _announced(process)
        with build_opener(ProxyHandler({})).open(f"{url}/readyz", timeout=START_SECONDS) as answer:
            answer.read()
    except (URLError, OSError, ValueError, KeyError) as error:
        process.kill()
        process.wait()
        raise StorageProblem(_NOT_STARTED, detail=str(error)) from error
    return Embedded(process, url, folder, environment, command)


def _json(
    command: Sequence[str], folder: Path, environment: dict[str, str], arguments: Sequence[str]
) -> dict[str, Any]:
    done = subprocess.run(
        [*command, arguments[0], "--data", str(folder), *arguments[1:]],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=START_SECONDS,
        check=False,
    )
    if done.returncode:
        raise StorageProblem(_NOT_STARTED, detail=done.stderr.decode("utf-8", "replace")[-500:])
    return json.loads(done.stdout)


def _announced(process: subprocess.Popen[bytes]) -> str:
    """The address that the child prints. A child that says nothing in time is ended, which ends the waiting."""
    assert process.stdout is not None
    watch = threading.Timer(START_SECONDS, process.kill)
    watch.start()
    try:
        return str(json.loads(process.stdout.readline())["url"])
    finally:
        watch.cancel()
        watch.join()
