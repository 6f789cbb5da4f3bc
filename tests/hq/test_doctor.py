"""`canvass-hq doctor` finds each thing that can be wrong, on both databases, and mends what can be mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
import zstandard

from canvass_app.hq.doctor import HqHealth, examine
from canvass_app.hq.office import DATABASE, Settings, open_office
from canvass_app.services.book import Book
from canvass_app.services.erasure import erase_person
from canvass_app.services.syncing import sync_now
from canvass_app.storage.database import Connection
from canvass_app.sync.assets import store_asset
from canvass_app.sync.messages import Asset
from tests.hq.commands import typed
from tests.hq.kit import PASSPHRASE, RIDING, Hq, PostgresServer, add_street, knock, street_person, talk


@pytest.fixture
def book(hq: Hq, new_laptop: Any) -> Book:
    """A laptop whose evening is at headquarters."""
    book = new_laptop(hq)
    add_street(book, 9)
    talk(book, 3, "1")
    knock(book, 5)
    sync_now(book)
    return book


def looked(hq: Hq, *, repair: bool = False) -> HqHealth:
    return examine(hq.office, repair=repair)


def spoil(hq: Hq, sql: str, *params: Any) -> None:
    assert hq.office.write(lambda db: db.run(sql, params)) > 0


def words(health: HqHealth) -> str:
    return " ".join(one.en for one in health.findings)


def test_a_sound_headquarters_is_called_so_and_its_figures_are_told(hq: Hq, book: Book) -> None:
    health = looked(hq)
    assert (health.ok, health.findings, health.notes, health.repaired) == (True, [], [], 0)
    facts = health.ridings[RIDING]
    assert facts["max"] == facts["count"] == facts["counter"] == 4
    assert (facts["devices"], facts["files"], facts["documents"]) == (1, 1, 0)
    assert not any(count for name, count in facts.items() if name.endswith(("_off", "_orphaned")) and count)


NOT_MENDED: list[tuple[str, str]] = [
    ("UPDATE event SET raw = substr(raw, 1, 20) WHERE device_seq = 3", "fingerprints"),
    ("UPDATE event SET hash = ? WHERE device_seq = 3", "fingerprints"),
    ("UPDATE event SET subject = ? WHERE device_seq = 3", "fingerprints"),
    ("UPDATE event SET stamp = NULL WHERE device_seq = 2", "fingerprints"),
    ("DELETE FROM event WHERE device_seq = 2", "receipts"),
    ("UPDATE device_log SET last_seq = 9, acked_through = 9", "receipts"),
    ("UPDATE device_log SET last_seq = 2, acked_through = 2", "receipts"),
    ("UPDATE device_log SET acked_through = 3", "receipts"),
    ("DELETE FROM device_log", "receipts"),
    ("UPDATE event SET riding_sequence = NULL WHERE device_seq = 2", "hole"),
    ("UPDATE event SET riding_sequence = 1 WHERE riding_sequence = 2", "hole"),
    ("UPDATE riding_counter SET last_sequence = 7", "hole"),
    ("DELETE FROM roster_chunk WHERE chunk = 0", "imported files"),
]
MENDED: list[tuple[str, str]] = [
    ("DELETE FROM attempt", "what is shown"),
    ("UPDATE person SET last = 'Nobodyelse'", "what is shown"),
    ("UPDATE projector SET digest = ''", "digest"),
    ("UPDATE projector SET events = 3", "digest"),
]
TABLES = ("event", "device_log", "riding_counter", "projector", "roster_chunk")


def put_back(hq: Hq, before: dict[str, list[Any]]) -> None:
    def work(db: Connection) -> None:
        for table, rows in before.items():
            db.run(f"DELETE FROM {table}")
            db.run_many(f"INSERT INTO {table} VALUES ({','.join('?' * len(rows[0]))})", rows)

    hq.office.write(work)


def test_what_only_a_backup_or_a_laptop_can_mend_is_found(hq: Hq, book: Book) -> None:
    assert looked(hq).ok
    before = {table: hq.rows(f"SELECT * FROM {table}") for table in TABLES}
    for sql, word in NOT_MENDED:
        spoil(hq, sql, *[b"\0" * 32] * sql.count("?"))
        health = looked(hq, repair=True)
        assert not health.ok, sql
        assert word in words(health), sql
        put_back(hq, before)
    assert looked(hq, repair=True).ok


def test_what_follows_from_the_events_is_mended(hq: Hq, book: Book) -> None:
    assert looked(hq).ok
    for sql, word in MENDED:
        spoil(hq, sql)
        # Looking changes nothing: the repair finds it still.
        assert word in words(looked(hq)), sql
        repaired = looked(hq, repair=True)
        assert repaired.ok, sql
        assert repaired.repaired >= 1
    again = looked(hq, repair=True)
    assert (again.ok, again.repaired) == (True, 0)


def test_what_is_left_of_an_erased_person_is_found_and_removed(hq: Hq, book: Book) -> None:
    person = street_person(3)
    before = hq.rows("SELECT device_seq, raw, subject FROM event WHERE subject = ?", person)
    chunks = hq.rows("SELECT chunk, data FROM roster_chunk WHERE riding_id = ?", RIDING)
    erase_person(book, RIDING, person, author="Ana")
    sync_now(book)
    assert looked(hq).ok

    def bring_back(db: Connection) -> None:
        for seq, raw, subject in before:
            db.run(
                "UPDATE event SET raw = ?, subject = ? WHERE device_seq = ?",
                (bytes(raw), bytes(subject), seq),
            )
        for chunk, data in chunks:
            db.run("UPDATE roster_chunk SET data = ? WHERE chunk = ?", (bytes(data), chunk))

    hq.office.write(bring_back)
    health = looked(hq)
    assert "erased people" in words(health)
    assert health.ridings[RIDING]["erased_leftovers"] == len(before) + 1
    repaired = looked(hq, repair=True)
    assert repaired.ok, words(repaired)
    assert looked(hq).ok
    held = b"".join(bytes(row[0]) for row in hq.rows("SELECT raw FROM event"))
    expand = zstandard.ZstdDecompressor().decompress
    files = b"".join(expand(bytes(row[0])) for row in hq.rows("SELECT data FROM roster_chunk"))
    assert b"Maple4" in files
    assert b"Maple3" not in files
    assert held.count(person) == 1  # the erasure itself


def test_documents_that_are_not_what_they_were_are_found_and_strays_are_noted(hq: Hq, book: Book) -> None:
    plain = b"a street network"
    name = sha256(plain).digest()
    stored = Asset(kind="layer", size=len(plain), data=zstandard.ZstdCompressor().compress(plain))
    hq.office.write(lambda db: store_asset(db, RIDING, name, stored))
    health = looked(hq)
    assert health.ok
    assert "named by no event" in health.notes[0].en
    assert health.ridings[RIDING]["documents_orphaned"] == 1
    spoil(hq, "UPDATE asset SET data = ?", zstandard.ZstdCompressor().compress(b"another network!"))
    assert "not what their names say" in words(looked(hq))
    spoil(hq, "UPDATE asset SET data = ?", b"no compression")
    assert "not what their names say" in words(looked(hq, repair=True))


def test_a_damaged_file_is_told_before_anything_else(tmp_path: Path) -> None:
    typed(tmp_path / "hq", "init", "--riding", "99001")
    path = tmp_path / "hq" / DATABASE
    content = bytearray(path.read_bytes())
    content[9 * 4096 : 9 * 4096 + 64] = bytes(64)
    path.write_bytes(content)
    done = typed(tmp_path / "hq", "doctor")
    assert done.returncode == 1
    assert "damaged" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_server_that_would_lose_what_was_receipted_is_found(hq: Hq, postgres: PostgresServer) -> None:
    if not hq.settings.database_url:
        pytest.skip("the file has no such settings")

    def change(sql: str, wanted: str) -> None:
        with psycopg.connect(postgres.url, autocommit=True) as db:
            db.execute(sql)  # type: ignore[call-overload]
            db.execute("SELECT pg_reload_conf()")
        # The server tells each of its processes when it can.
        while hq.rows("SELECT setting FROM pg_settings WHERE name = 'full_page_writes'") != [(wanted,)]:
            pass

    change("ALTER SYSTEM SET full_page_writes = off", "off")
    try:
        assert "full_page_writes = off" in words(looked(hq))
    finally:
        change("ALTER SYSTEM RESET full_page_writes", "on")
    assert looked(hq).ok


def test_the_command_says_it_in_words_in_json_and_by_its_exit_code(
    tmp_path: Path, new_laptop: Callable[..., Book]
) -> None:
    folder = tmp_path / "hq"
    typed(folder, "init", "--riding", "99001")
    well = typed(folder, "doctor")
    assert well.returncode == 0
    assert "All is well" in well.stdout
    with closing(open_office(Settings(folder, PASSPHRASE))) as office:
        office.write(lambda db: db.run("UPDATE projector SET digest = 'ff'"))
    off = typed(folder, "doctor", "--json")
    assert off.returncode == 1
    report = json.loads(off.stdout)
    assert report["ok"] is False
    assert "--repair" in report["findings"][0]["en"]
    assert "--repair" in report["findings"][0]["fr"]
    mended = typed(folder, "doctor", "--repair", "--json")
    assert mended.returncode == 0
    assert json.loads(mended.stdout)["changed"] == 1
    assert typed(folder, "doctor").returncode == 0
