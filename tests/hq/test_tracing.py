"""Headquarters traces a leak of any of its laptops, and tells each laptop what its owner may do."""

from __future__ import annotations

import csv
import os
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from canvass_app.domain.errors import Refused
from canvass_app.domain.riding import Riding
from canvass_app.domain.roles import Role
from canvass_app.domain.text import Text
from canvass_app.hq.devices import issue_code
from canvass_app.services.book import Book
from canvass_app.services.export_people import Choice, Column
from canvass_app.services.export_tracing import Traced, trace_all, trace_own
from canvass_app.services.exporting import Asked, Exported, export_people, role_here
from canvass_app.services.ridings import note_riding
from canvass_app.services.syncing import join, sync_now
from canvass_app.sync.boxes import HQ_BOX, LAPTOP_BOX, box_key, box_secret, open_sealed, seal_to
from tests.hq.kit import RIDING, Hq, add_street

COLUMNS: tuple[Column, ...] = ("last", "first", "address", "town")


def export(book: Book, folder: Path, reason: str) -> Exported:
    asked = Asked(Choice(RIDING), reason, "Ana Lead", COLUMNS, plain=True, plain_confirmed=True)
    return export_people(book, asked, folder)


def leak(done: Exported, path: Path, rows: slice) -> Path:
    with ZipFile(done.path) as archive:
        text = archive.read(f"people-{done.code}.csv").decode("utf-8-sig")
    table = list(csv.reader(StringIO(text, newline="")))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([table[0], *table[1:][rows]])
    return path


def at_headquarters(hq: Hq, path: Path) -> Traced:
    return trace_all(
        hq.office.read(),
        path,
        box_secret(hq.office.seed, HQ_BOX),
        hq.office.time_zone(),
        lambda one: one.hex(),
    )


def test_a_leak_is_traced_to_its_laptop_with_who_when_and_why(
    hq: Hq, new_laptop: Any, tmp_path: Path
) -> None:
    one, two = new_laptop(hq), new_laptop(hq)
    add_street(one, 200)
    sync_now(one)
    sync_now(two)
    first, second = export(one, tmp_path, "Signs for Sunday"), export(two, tmp_path, "Calls for Monday")
    sync_now(one)
    sync_now(two)
    traced = at_headquarters(hq, leak(second, tmp_path / "leak.csv", slice(20, 80)))
    (source,) = traced.sources
    assert (source.code, source.device_id, source.author, source.reason) == (
        second.code, two.device_id, "Ana Lead", "Calls for Monday",
    )  # fmt: skip
    assert source.finding.sure
    assert (traced.compared, traced.without_key) == (2, 0)
    # Each laptop received the other's event, and learned nothing from it that would undo the other's marks.
    assert trace_own(one, tmp_path / "leak.csv").sources == []
    sync_now(one)
    assert trace_own(one, tmp_path / "leak.csv").compared == 1
    (own,) = trace_own(one, leak(first, tmp_path / "own.csv", slice(0, 60))).sources
    assert own.code == first.code


def test_what_a_laptop_exported_before_it_joined_is_traced_too(
    hq: Hq, new_laptop: Any, tmp_path: Path
) -> None:
    book = new_laptop()
    with book.act("") as act:
        note_riding(act.db, Riding(RIDING, Text("Invented", "Inventée"), "Ontario"))
    add_street(book, 200)
    done = export(book, tmp_path, "Signs for Sunday")
    assert role_here(book) is None
    join(book, hq.url, hq.code(), "Kitchen")
    # Already now: what leaves next may leave on a stick.
    assert book.read().query("SELECT COUNT(*) FROM event WHERE kind = 'export.sealed'") == [(1,)]
    sync_now(book)
    (source,) = at_headquarters(hq, leak(done, tmp_path / "leak.csv", slice(0, 80))).sources
    assert source.code == done.code


def test_a_laptop_that_was_seized_or_lost_is_not_needed(hq: Hq, new_laptop: Any, tmp_path: Path) -> None:
    book = new_laptop(hq)
    add_street(book, 200)
    done = export(book, tmp_path, "Signs for Sunday")
    sync_now(book)
    book.set_meta("export_secret", os.urandom(32).hex())
    path = leak(done, tmp_path / "leak.csv", slice(0, 80))
    assert trace_own(book, path).compared == 0
    assert [one.code for one in at_headquarters(hq, path).sources] == [done.code]


@pytest.mark.parametrize(
    "role", [Role.ORGANISER, Role.LEAD, Role.ADMIN, Role.CANVASSER, Role.CALLER, Role.OBSERVER]
)
def test_a_laptop_learns_its_role_when_it_joins_and_when_it_changes(
    hq: Hq, new_laptop: Any, tmp_path: Path, role: Role
) -> None:
    book = new_laptop()
    add_street(book, 20)
    join(book, hq.url, issue_code(hq.office, None, "", role).text, "Kitchen")
    assert role_here(book) is role
    if role in (Role.CANVASSER, Role.CALLER, Role.OBSERVER):
        with pytest.raises(Refused, match="may not export"):
            export(book, tmp_path, "Signs for Sunday")
        assert not list(tmp_path.glob("*.zip"))
        return
    export(book, tmp_path, "Signs for Sunday")
    hq.office.write(lambda db: db.run("UPDATE device SET role = 'lead'"))
    sync_now(book)
    assert role_here(book) is Role.LEAD


def test_only_the_box_it_was_sealed_to_opens_a_key() -> None:
    seed, other, about = b"s" * 32, b"o" * 32, b"export one"
    sealed = seal_to(box_key(seed, HQ_BOX), b"k" * 32, about, os.urandom(32))
    assert open_sealed(box_secret(seed, HQ_BOX), sealed, about) == b"k" * 32
    wrong = [
        (box_secret(other, HQ_BOX), sealed, about), (box_secret(seed, LAPTOP_BOX), sealed, about),
        (box_secret(seed, HQ_BOX), sealed, b"export two"), (box_secret(seed, HQ_BOX), b"", about),
        (box_secret(seed, HQ_BOX), sealed[:-1] + bytes([sealed[-1] ^ 1]), about),
        (box_secret(seed, HQ_BOX), bytes(32) + sealed[32:], about),
    ]  # fmt: skip
    assert [open_sealed(*one) for one in wrong] == [None] * len(wrong)
    with pytest.raises(ValueError, match="small order"):
        seal_to(bytes(32), b"k" * 32, about, os.urandom(32))
