"""Fixtures of the acceptance cases: headquarters modelled in memory, and real ones over HTTP on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.acceptance.evening import Desk
from tests.acceptance.served import NewDesk, Served
from tests.hq.kit import PostgresServer, database_url, hq, new_laptop, postgres, serving
from tests.services.conftest import FakeTime

__all__ = ["database_url", "hq", "new_laptop", "postgres"]

RIDINGS = (201399001, 201399002, 201399003)


# SQLite behind real HTTP runs with the proof: the model already folds on SQLite, and PostgreSQL is served here.
@pytest.fixture(params=["modelled", pytest.param("sqlite", marks=pytest.mark.proof), "postgresql"])
def new_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDesk]:
    """`new_desk(time)`: whom laptops meet, in memory or over real HTTP with a real database."""
    with ExitStack() as ends:

        def make(time: FakeTime) -> Desk:
            if request.param == "modelled":
                return Desk(time)
            url = ""
            if request.param == "postgresql":
                server: PostgresServer = request.getfixturevalue("postgres")
                url = server.make_database()
                ends.callback(server.drop_database, url)
            return Served(ends.enter_context(serving(tmp_path / "hq", url, RIDINGS, time, campaign=False)))

        yield make
