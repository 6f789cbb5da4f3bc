"""Case 20: a laptop that is shut out with twenty results unsent. They reach headquarters sealed, the laptop holds nothing
more, and a person decides whether they count. Through real processes where the folder is scanned."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import Refused, SyncProblem, Withdrawn
from canvass_app.hq.devices import revoke
from canvass_app.hq.doctor import examine
from canvass_app.hq.handing_in import accept, all_waiting, leave
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.sights import who_saw
from canvass_app.hq.ward import find
from canvass_app.services.audit import record as record_sight
from canvass_app.services.book import open_book
from canvass_app.services.bundling import write_bundle
from canvass_app.services.farewell import (
    UNSENT,
    empty,
    finish,
    read_farewell,
    start_anew,
    take_on_a_stick,
)
from canvass_app.services.syncing import join, sync_now
from canvass_app.sync.problems import NoLongerWelcome
from tests.hq.commands import Said, typed_at
from tests.hq.kit import PASSPHRASE, RIDING, Hq, add_street, hq_log, knock, street_person

RESULTS = 20


@pytest.fixture
def pending(hq: Hq, new_laptop: Any) -> Any:
    """A laptop with a street that was synced and twenty results that were not."""
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    for number in range(1, RESULTS + 1):
        knock(book, number)
    return book


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def withdraw(hq: Hq, book: Any) -> None:
    revoke(hq.office, book.device_id)
    with pytest.raises(Withdrawn):
        sync_now(book)
    book.close()


def test_case_20_unsent_results_are_at_headquarters_and_the_laptop_holds_nothing(
    hq: Hq, pending: Any
) -> None:
    folder, device = pending.folder, pending.device_id
    withdraw(hq, pending)
    left = finish(folder)
    assert left is not None
    assert (left.results, left.events) == (RESULTS, RESULTS)
    assert left.done
    assert files(folder) == {"canvass.lock", "farewell.json"}
    assert RESULTS * "x" not in (folder / "farewell.json").read_text("utf-8")
    known = find(hq.office, device.hex())
    assert (known.state, known.wipe, known.waiting) == ("revoked", True, 1)
    assert 0 < known.told_ms <= known.emptied_ms
    assert len(hq_log(hq)) == 1  # nothing of it counts yet
    (waiting,) = all_waiting(hq.office)
    assert waiting.kinds == {"attempt.made": RESULTS}
    assert waiting.authors == {"Ana": RESULTS}
    assert waiting.ridings == [RIDING]
    taken = accept(hq.office, waiting)
    assert (taken.events, taken.forks, taken.quarantined) == (RESULTS, 0, 0)
    assert len(hq_log(hq)) == 1 + RESULTS
    catch_up(hq.office, RIDING)
    assert hq.rows("SELECT COUNT(*) FROM attempt") == [(RESULTS,)]
    assert all_waiting(hq.office) == []
    assert hq.numbers() == (RESULTS + 1,) * 3


def test_case_20_what_is_left_counts_for_nothing_and_is_gone(hq: Hq, pending: Any) -> None:
    folder = pending.folder
    withdraw(hq, pending)
    finish(folder)
    (waiting,) = all_waiting(hq.office)
    leave(hq.office, waiting)
    assert all_waiting(hq.office) == []
    assert hq.rows("SELECT COUNT(*) FROM handed_in_part") == [(0,)]
    assert len(hq_log(hq)) == 1


def test_case_20_without_a_network_the_laptop_is_emptied_and_the_sealed_file_waits(
    hq: Hq, pending: Any, tmp_path: Path
) -> None:
    folder = pending.folder
    withdraw(hq, pending)
    url = read_farewell(folder)
    assert url is not None
    hq.stop()
    try:
        left = finish(folder, patience=0.1)
    finally:
        hq.start()
    assert left is not None
    assert (left.emptied, left.handed_in, left.told) == (True, False, False)
    assert files(folder) - {"headquarters-ca.pem"} == {"canvass.lock", "farewell.json", UNSENT}
    with pytest.raises(Withdrawn):
        open_book(folder, passphrase=PASSPHRASE)
    with pytest.raises(Refused, match="Nothing was changed"):
        start_anew(folder)
    # A stick is the other way, and the same results by both ways count once.
    stick = tmp_path / "stick"
    stick.mkdir()
    copied = take_on_a_stick(folder, stick)
    done = canvass_hq(hq, "bundle", "import", str(copied))
    assert "canvass-hq review" in done.stdout + done.stderr
    (waiting,) = all_waiting(hq.office)
    assert accept(hq.office, waiting).events == RESULTS
    start_anew(folder)
    assert files(folder) == {"canvass.lock"}
    assert len(hq_log(hq)) == 1 + RESULTS


def canvass_hq(hq: Hq, *words: str) -> Said:
    return typed_at(hq, *words)


def test_case_20_a_flat_battery_anywhere_in_between_changes_nothing(
    hq: Hq, pending: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step fails once, as if the power went; the next start goes on."""
    from canvass_app.services import farewell

    folder = pending.folder
    withdraw(hq, pending)
    told: list[str] = []
    for name in ("destroy_key", "sync_folder", "say_emptied"):
        whole = getattr(farewell, name)

        def dies(*_: Any, name: str = name, **__: Any) -> Any:
            told.append(name)
            raise KeyboardInterrupt

        monkeypatch.setattr(farewell, name, dies)
        with pytest.raises(KeyboardInterrupt):
            finish(folder)
        monkeypatch.setattr(farewell, name, whole)
    assert told == ["destroy_key", "sync_folder", "say_emptied"]
    left = finish(folder)
    assert left is not None
    assert left.done
    (waiting,) = all_waiting(hq.office)
    assert accept(hq.office, waiting).events == RESULTS


def test_case_20_a_laptop_that_is_only_shut_out_keeps_everything(hq: Hq, pending: Any) -> None:
    revoke(hq.office, pending.device_id, wipe=False)
    with pytest.raises(NoLongerWelcome):
        sync_now(pending)
    assert read_farewell(pending.folder) is None
    knock(pending, 30)
    join(pending, hq.url, hq.code(), "Laptop")
    assert sync_now(pending).pushed == RESULTS + 1


def test_nobody_in_between_can_have_a_laptop_emptied(hq: Hq, pending: Any) -> None:
    """A captive portal, another headquarters, an older answer: none of them is believed."""
    from canvass_app.sync import standing
    from canvass_app.sync.codec import pack, unpack
    from canvass_app.sync.http import Link
    from canvass_app.sync.messages import CONTENT_TYPE, Signed
    from canvass_app.sync.steps import Answer, Call

    revoke(hq.office, pending.device_id)
    seed, key = bytes.fromhex(pending.meta("device_seed")), bytes.fromhex(pending.meta("hq_key"))
    link = Link(hq.url)
    old: list[Answer] = []

    def honest(call: Call) -> Answer:
        old.append(link.send(call))
        return old[-1]

    def ask(send: Any, nonce: bytes) -> Said:
        from canvass_app.sync.steps import drive

        return drive(standing.ask_standing(pending.device_id, seed, key, nonce, ()), send)

    try:
        assert ask(honest, b"1" * 16).wipe
        genuine = unpack(Signed, old[0].body)
        forged = (
            old[0],  # an answer to another question
            Answer(200, CONTENT_TYPE, pack(Signed(payload=genuine.payload, signature=bytes(64)))),
            Answer(
                200, CONTENT_TYPE, pack(Signed(payload=genuine.payload + b"\0", signature=genuine.signature))
            ),
            Answer(200, "text/html", b"<html>"),
        )
        for answer in forged:
            with pytest.raises(SyncProblem):
                ask(lambda _call, answer=answer: answer, b"2" * 16)
    finally:
        link.close()
    assert read_farewell(pending.folder) is None


def test_a_stranger_learns_nothing_and_hands_in_nothing(hq: Hq, pending: Any) -> None:
    from canvass_app.sync import standing
    from canvass_app.sync.http import Link

    key = bytes.fromhex(pending.meta("hq_key"))
    link = Link(hq.url)
    try:
        for device in (pending.device_id, b"?" * 16):
            with pytest.raises(NoLongerWelcome):
                link.run(standing.ask_standing(device, b"s" * 32, key, b"1" * 16, ()))
            with pytest.raises(NoLongerWelcome):
                link.run(standing.hand_in(standing.prove(device, b"s" * 32, b"n" * 32, b"x"), b"x", key))
        assert link.run(standing.say_emptied(pending.device_id, b"c" * 32)) is False
    finally:
        link.close()
    assert hq.rows("SELECT COUNT(*) FROM handed_in") == [(0,)]


_TYPES = """
import os, sys
from pathlib import Path
from canvass_app.services.book import open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.care import look_after
from canvass_app.services.entry import Mark, add_person, open_shift, record
from canvass_app.services.importing import import_file
from canvass_app.services.ridings import list_ridings
from canvass_app.services.syncing import join, sync_now
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from tests.services.conftest import CAMPAIGN

folder, people, url, code = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
book = open_book(folder, passphrase="correct horse")
join(book, url, code, "Lost laptop")
import_file(book, people, "people", riding_id=201399001, author="Leadaname")
riding = list_ridings(book)[0].riding_id
doors = [bytes(row[0]) for row in book.read().query("SELECT door_id FROM door ORDER BY door_id LIMIT 60")]
turf = make_turf(book, riding, "Turfaname", doors, author="Leadaname").turf_id
document = issue_walk_list(book, riding, turf, canvasser="Walkeraname").document
sync_now(book)
shift = open_shift(book, "Walkeraname", riding, document.number)
for line in document.lines[:30]:
    if line.person_id and not line.barred:
        record(book, shift, document.number, line.line, Mark(support="2", note="Noteaname on the porch"))
add_person(book, shift, riding, doors[0], "Addedaname", "Zoe")
look_after(book)
print("typed", book.device_id.hex(), flush=True)
os._exit(9)
"""


def test_case_20_a_withdrawn_laptop_holds_none_of_its_thousand_values(hq: Hq, tmp_path: Path) -> None:
    import random

    from tests.system.scanning import Scan, invented

    chance = random.Random(11)
    seeded = {"Leadaname", "Turfaname", "Walkeraname", "Noteaname", "Addedaname"}
    rows = [
        "last_name,first_name,birth_year,phone,email,civic_number,street_name,street_type,municipality,riding"
    ]
    for number in range(300):
        last, first, street = invented(chance), invented(chance), invented(chance)
        mail, phone = f"{last.lower()}@example.ca", f"613555{number:04d}"
        rows.append(f"{last},{first},1970,{phone},{mail},{number + 1},{street},St,Birch River,99001")
        seeded |= {last, first, street, phone, mail}
    assert len(seeded) > 1_000
    people = tmp_path / "people.csv"
    people.write_text("\n".join(rows) + "\n", "utf-8")
    folder, root = tmp_path / "data", Path(__file__).resolve().parents[2]
    environment = os.environ | {
        "PYTHONPATH": str(root),
        "CANVASS_PASSPHRASE": "correct horse",
        "LC_ALL": "C.UTF-8",
    }

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
            text=True, timeout=120, check=False,
        )  # fmt: skip

    typed = run("-c", _TYPES, str(folder), str(people), hq.url, hq.code())
    assert typed.stdout.startswith("typed"), typed.stderr
    unsent = hq.rows("SELECT COUNT(*) FROM event WHERE kind = 'attempt.made'")
    assert unsent == [(0,)]
    assert json.loads(canvass_hq(hq, "device", "revoke", "Lost laptop", "--json").stdout)["changed"] == 1
    said = run("-m", "canvass_app.cli", "sync", "--data", str(folder), "--lang", "en")
    assert said.returncode == 1
    assert "withdrawn" in said.stderr, said.stderr
    assert "nothing was lost" in said.stderr
    assert files(folder) == {"canvass.lock", "farewell.json"}
    assert Scan(seeded).found_below(folder) == {}
    again = run("-m", "canvass_app.cli", "doctor", "--data", str(folder), "--lang", "fr")
    assert again.returncode == 1
    assert "retiré l’accès" in again.stderr
    (waiting,) = all_waiting(hq.office)
    assert waiting.device_name == "Lost laptop"
    assert canvass_hq(hq, "review", "accept", waiting.number).returncode == 0
    ((results,),) = hq.rows("SELECT COUNT(*) FROM event WHERE kind = 'attempt.made'")
    assert int(results) > 20


def test_case_20_refused_at_the_very_next_request(hq: Hq, pending: Any) -> None:
    """One second on headquarters' clock is the promise; not even one passes here."""
    before = hq.time()
    revoke(hq.office, pending.device_id, wipe=False)
    with pytest.raises(NoLongerWelcome):
        sync_now(pending)
    assert hq.time() == before


def seen_at_headquarters(hq: Hq, number: int) -> list[str]:
    found = who_saw(hq.office, RIDING, street_person(number))
    assert found is not None
    return [one.act for one in found.sights if one.act == Access.SEEN]


def test_whom_a_lost_laptop_saw_is_known_whatever_becomes_of_its_results(hq: Hq, pending: Any) -> None:
    """The record of who saw whom is no result: nobody decides about it."""
    record_sight(pending, Access.SEEN, RIDING, people=[street_person(7)], who="Ana")
    folder = pending.folder
    withdraw(hq, pending)
    finish(folder)
    assert seen_at_headquarters(hq, 7) == [Access.SEEN]
    (waiting,) = all_waiting(hq.office)
    leave(hq.office, waiting)
    assert seen_at_headquarters(hq, 7) == [Access.SEEN]
    assert examine(hq.office).ok


def test_a_laptop_that_only_looked_has_nothing_that_waits_for_a_person(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book)
    sync_now(book)
    record_sight(book, Access.SEEN, RIDING, people=[street_person(7)], who="Ana")
    folder = book.folder
    withdraw(hq, book)
    left = finish(folder)
    assert left is not None
    assert (left.results, left.events, left.done) == (0, 0, True)
    assert all_waiting(hq.office) == []
    assert seen_at_headquarters(hq, 7) == [Access.SEEN]


def test_a_stick_from_a_laptop_that_is_shut_out_waits_for_a_person(
    hq: Hq, pending: Any, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    written = write_bundle(pending, stick)
    revoke(hq.office, pending.device_id)
    for _ in range(2):
        done = canvass_hq(hq, "bundle", "import", str(written.path))
        assert "shut out" in done.stdout + done.stderr
    (waiting,) = all_waiting(hq.office)
    shown = canvass_hq(hq, "review", "show", waiting.number)
    assert "knocks and calls: 20" in shown.stdout
    assert len(hq_log(hq)) == 1
    # A new code for the same laptop is the organiser's word.
    join(pending, hq.url, hq.code(), "Laptop")
    assert all_waiting(hq.office) == []
    assert len(hq_log(hq)) == 1 + RESULTS
    # It says them once more, which is nothing: its receipts are new, what it said is not.
    sync_now(pending)
    assert len(hq_log(hq)) == 1 + RESULTS
    assert empty(pending.folder) is None
