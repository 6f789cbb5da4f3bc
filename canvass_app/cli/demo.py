"""`canvass-app demo`: the desktop on the demo campaign, its headquarters and a second laptop beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from canvass_app.domain.errors import InputError
from canvass_app.domain.text import Text
from canvass_app.hq.embedded import Embedded, start_embedded
from canvass_app.services.book import open_book
from canvass_app.services.declaring import accept, wanted
from canvass_app.services.demo.loading import load_demo
from canvass_app.services.demo.settings import DEMO_LEAD, DEMO_PASSPHRASE, DEMO_RIDING, demo_file
from canvass_app.services.syncing import join, sync_now, sync_status

from .places import default_folder

_MARK = "canvass-demo"

_PREPARING = Text("Preparing the demo campaign …", "Préparation de la campagne de démonstration…")
_NOT_DEMO = Text(
    "This folder holds something other than the demo. Nothing was removed. Choose another one with --data.",
    "Ce dossier contient autre chose que la démonstration. Rien n’a été supprimé. Choisissez-en un autre avec --data.",
)


def run_demo(folder: Path | None, language: str | None, fresh: bool) -> int:
    """Open the demo; the exit code of the desktop. Headquarters and second laptop end with it."""
    home = folder or default_folder().with_name("Canvass demo")
    if fresh and home.exists():
        if not (home / _MARK).exists():
            raise InputError(_NOT_DEMO)
        shutil.rmtree(home)
    home.mkdir(parents=True, exist_ok=True)
    (home / _MARK).touch()
    print(_PREPARING.say(language or "en"), flush=True)
    with ExitStack() as running:
        headquarters = prepare(home)
        running.callback(headquarters.stop)
        running.enter_context(second_laptop(home / "second", headquarters))
        from canvass_app.desktop.app import run

        return run(home / "laptop", passphrase=DEMO_PASSPHRASE, language=language)


def prepare(home: Path) -> Embedded:
    """The demo's laptop, loaded and joined to a running headquarters of its own."""
    headquarters = start_embedded(
        home / "hq",
        DEMO_PASSPHRASE,
        campaign=demo_file("campaign.json"),
        ridings=[DEMO_RIDING],
        command=[*_program(), "hq"],
    )
    try:
        book = open_book(home / "laptop", passphrase=DEMO_PASSPHRASE)
        try:
            if book.campaign is None:
                load_demo(book)
                # The second laptop sends a result every few seconds: look as often, so that the figures move.
                book.set_meta("sync_every_ms", "5000")
            if not sync_status(book).joined or sync_status(book).hq_url != headquarters.url:
                join(book, headquarters.url, headquarters.enrol([DEMO_RIDING], "Demo"), "Demo laptop")
            if wanted(book) is not None:
                # Whoever tries the demo answers for nobody's data: one of its invented people does.
                accept(book, DEMO_LEAD, "en")
            sync_now(book)
        finally:
            book.close()
    except BaseException:
        headquarters.stop()
        raise
    return headquarters


def _program() -> list[str]:
    """How this program starts itself: built, or from Python."""
    return [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "canvass_app.cli"]


@contextmanager
def second_laptop(folder: Path, headquarters: Embedded) -> Generator[None]:
    """A second laptop as a program of its own; it ends when its input is closed."""
    # A new laptop each time: a joined one would still know the address of an earlier demo.
    shutil.rmtree(folder, ignore_errors=True)
    code = headquarters.enrol([DEMO_RIDING], "Second laptop")
    process = subprocess.Popen(
        [*_program(), "second-laptop", headquarters.url, code, "--data", str(folder)],
        env=os.environ | {"CANVASS_PASSPHRASE": DEMO_PASSPHRASE},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
