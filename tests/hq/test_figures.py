"""The figures of headquarters are right, name nobody, and are for this machine alone."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.hq.app import Desk, make_app
from canvass_app.hq.embedded import COMMAND
from canvass_app.hq.meters import Meters
from canvass_app.hq.office import Settings, open_office
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.receiving import receive
from canvass_app.hq.ridings import add_ridings
from canvass_app.hq.watching import look
from tests.hq.commands import typed
from tests.hq.kit import OTHER, PASSPHRASE, RIDING, FakeTime
from tests.hq.test_receiving import ANA, BEA, batch, event, events

LABELS = {"method", "route", "status", "code", "riding", "reason", "version", "database", "le"}


def read(text: bytes) -> dict[tuple[str, str], float]:
    """(name, labels as text) -> value."""
    return {
        (
            sample.name,
            ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items())),
        ): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[Desk]:
    office = open_office(Settings(tmp_path, PASSPHRASE, database_url, now_ms=FakeTime()), make=True)
    names = [Riding(one, Text("Invented", "Inventée")) for one in (RIDING, OTHER)]
    office.write(lambda db: add_ridings(db, names))
    desk = Desk(office, Meters("postgresql" if database_url else "sqlite"))
    desk.projector.start()
    yield desk
    desk.close()


def figures(desk: Desk) -> dict[tuple[str, str], float]:
    return read(desk.meters.text())


def test_pushes_are_counted_by_what_came_of_their_events(desk: Desk) -> None:
    office = desk.office
    receive(office, ANA, RIDING, batch(*events(1, 5)))
    receive(office, ANA, RIDING, batch(*events(1, 5)))
    receive(office, ANA, RIDING, batch(*events(4, 9), first=4))
    receive(office, BEA, RIDING, batch(*events(1, 2, BEA), b"no event", device=BEA))
    receive(office, BEA, RIDING, batch(*events(1, 2, BEA), b"no event", device=BEA))
    receive(office, ANA, RIDING, batch(event(9, code="refused").raw, first=9))
    now = figures(desk)
    assert now["canvass_hq_pushes_total", ""] == 6
    assert now["canvass_hq_events_appended_total", ""] == 11
    assert now["canvass_hq_events_duplicate_total", ""] == 5 + 2 + 3
    assert now["canvass_hq_events_quarantined_total", ""] == 1
    assert now["canvass_hq_events_forked_total", ""] == 1


def test_the_lag_of_the_projector_is_told_by_riding(desk: Desk, tmp_path: Path) -> None:
    receive(desk.office, ANA, RIDING, batch(*events(1, 7)))
    app = make_app(Settings(tmp_path))
    app.state.desk, app.state.ready = desk, True
    desk.meters.watch(lambda: look(app, tmp_path))
    lag = "canvass_hq_projector_lag_events"
    before = figures(desk)
    assert before[lag, f"riding={RIDING}"] == before["canvass_hq_projector_lag_all_events", ""] == 7
    assert before[lag, f"riding={OTHER}"] == 0
    assert before["canvass_hq_riding_events", f"riding={RIDING}"] == 7
    assert before["canvass_hq_database_connections", ""] >= 2
    catch_up(desk.office, RIDING)
    after = figures(desk)
    assert after[lag, f"riding={RIDING}"] == after["canvass_hq_projector_lag_all_events", ""] == 0
    assert after["canvass_hq_ready", ""] == after["canvass_hq_database_up", ""] == 1
    app.state.draining = True
    assert (figures(desk)["canvass_hq_ready", ""], figures(desk)["canvass_hq_database_up", ""]) == (0, 1)


def test_labels_have_few_values_and_none_is_a_person() -> None:
    meters = Meters("sqlite")
    for number in range(500):
        meters.answered(f"VERB{number}", "", 404, 0.1)
        meters.answered("GET", "", 404, 0.1)
        meters.answered("GET", "/v1/ridings/{riding_id}/events", 200 + number % 5, 0.01)
    samples = list(read(meters.text()))
    assert len([one for one in samples if "http" in one[0]]) < 60
    assert not [one for one in samples if "VERB" in one[1]]
    labels = set(re.findall(r'(\w+)="', meters.text().decode()))
    assert labels <= LABELS


@pytest.fixture
def made(tmp_path: Path) -> Path:
    assert typed(tmp_path / "hq", "init", "--riding", "99001").returncode == 0
    return tmp_path / "hq"


def serve(folder: Path, *arguments: str) -> tuple[subprocess.Popen[bytes], dict[str, str]]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--data", str(folder), "--port", "0", "--announce", *arguments],
        env=os.environ | {"CANVASS_HQ_PASSPHRASE": PASSPHRASE},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())


def end(process: subprocess.Popen[bytes]) -> int:
    process.terminate()
    process.communicate(timeout=60)
    return process.returncode


def get(url: str, **headers: str) -> requests.Response:
    return requests.get(url, headers=headers, timeout=30)


@pytest.mark.parametrize("proxy", [False, True], ids=["alone", "behind a proxy"])
def test_the_world_learns_no_figures(made: Path, proxy: bool) -> None:
    process, said = serve(made, *(["--behind-proxy", "--metrics-port", "0"] if proxy else []))
    try:
        metrics = f"{said['url']}/metrics"
        if proxy:
            # Whoever comes by way of the proxy comes from this machine too: only the port of its own answers.
            assert get(metrics).status_code == 404
            direct: Any = get(said["metrics_url"])
        else:
            assert "metrics_url" not in said
            direct = get(metrics)
        assert direct.status_code == 200
        assert direct.headers["Content-Type"].startswith("text/plain; version=")
        now = read(direct.content)
        assert now["canvass_hq_ready", ""] == 1
        assert now["canvass_hq_riding_events", "riding=201399001"] == 0
        assert any(name == "canvass_hq_build_info" for name, _ in now)
        for headers in (
            {"X-Forwarded-For": "192.0.2.7"}, {"Forwarded": "for=192.0.2.7"}, {"Via": "1.1 proxy"},
            {"Host": "hq.example.ca"},
        ):  # fmt: skip
            answer = get(metrics, **headers)
            assert answer.status_code == 404
            assert b"canvass_hq" not in answer.content
    finally:
        assert end(process) == 0


def test_a_port_for_figures_that_is_taken_is_told_in_words(made: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*COMMAND, "serve", "--data", str(made), "--port", "0", "--metrics-port", str(port)],
            env=os.environ | {"CANVASS_HQ_PASSPHRASE": PASSPHRASE},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert f"Port {port}" in done.stderr
