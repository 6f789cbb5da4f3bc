"""The line that says how far long work is: for people at a terminal, and for nobody else."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from canvass_app.cli.progress_line import progress_line
from canvass_app.cli.session import Session
from canvass_app.domain.text import Text

READING = Text("Reading the streets", "Lecture des rues")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, session: Session) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    with progress_line(session) as progress:
        if progress is not None:
            progress(READING, 1, 4)
            progress(READING, 4, 4)
    return stream.getvalue()


def test_a_person_at_a_terminal_sees_how_far_it_is_and_then_a_clean_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = told(monkeypatch, Terminal(), Session(tmp_path, None, "fr"))
    assert "Lecture des rues\u00a0: 25\u00a0%" in said
    assert said.endswith("\r\x1b[K")


def test_a_pipe_and_a_program_that_reads_json_are_told_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert told(monkeypatch, io.StringIO(), Session(tmp_path, None, "en")) == ""
    assert told(monkeypatch, Terminal(), Session(tmp_path, None, "en", as_json=True)) == ""
