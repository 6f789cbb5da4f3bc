"""Who saw whom, between laptops and headquarters: nothing is lost, nothing is cut quietly, and the question is answered."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import SyncProblem
from canvass_app.hq.answering import export_for
from canvass_app.hq.audit_checks import check_audit
from canvass_app.hq.auditing import own_chain
from canvass_app.hq.backing_up import back_up
from canvass_app.hq.checks import HqHealth
from canvass_app.hq.doctor import examine
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.putting_back import put_back
from canvass_app.hq.sights import Seen, who_saw
from canvass_app.ledger.trail import open_record
from canvass_app.services.audit import record, unsent_records
from canvass_app.services.book import Book, open_book
from canvass_app.services.erasure import erase_person
from canvass_app.services.identity import take_new_identity
from canvass_app.services.syncing import join, replica_of, sync_now
from canvass_app.storage.audit import FOREIGN, FORMER, heads, own_head
from canvass_app.sync.auditing import AuditSent, send_audit
from canvass_app.sync.exchange import greet
from canvass_app.sync.http import Link
from canvass_app.sync.problems import Unreachable
from canvass_app.sync.steps import Answer, Call, drive
from tests.hq.kit import PASSPHRASE, RIDING, Hq, add_street, street_person, talk

ANNE = street_person(1)


def seen(hq: Hq, person: bytes = ANNE) -> Seen:
    """What headquarters answers; the riding knows the person."""
    catch_up(hq.office, RIDING)
    found = who_saw(hq.office, RIDING, person)
    assert found is not None
    return found


def told(hq: Hq, person: bytes = ANNE) -> list[tuple[str, str, str]]:
    """(act, who, device) of headquarters' answer, the oldest first."""
    return [(one.act, one.who, one.device_name) for one in reversed(seen(hq, person).sights)]


def flaws(hq: Hq) -> list[tuple[str, int]]:
    """(what is wrong, from which record), chain by chain."""
    return [(one.why, one.number) for one in check_audit(hq.office, HqHealth()).flaws]


@pytest.fixture
def kitchen(hq: Hq, new_laptop: Any) -> Book:
    book = new_laptop()
    join(book, hq.url, hq.code(label="Kitchen"), "Laptop")
    add_street(book, 100)
    sync_now(book)
    book.set_meta("author", "Ana")
    return book


def look_at(book: Book, *numbers: int, act: Access = Access.SEEN) -> None:
    record(book, act, RIDING, people=map(street_person, numbers), what="door")


# --- arriving ----------------------------------------------------------------------------------------


def test_what_a_laptop_recorded_reaches_headquarters_and_answers_who_saw(hq: Hq, kitchen: Book) -> None:
    look_at(kitchen, 1)
    look_at(kitchen, 2)
    look_at(kitchen, *range(1, 101), act=Access.PRINTED)
    assert unsent_records(kitchen) == 3
    report = sync_now(kitchen)
    assert (report.notes, unsent_records(kitchen)) == ([], 0)
    assert told(hq) == [("seen", "Ana", "Kitchen"), ("printed", "Ana", "Kitchen")]
    assert told(hq, street_person(2)) == [("seen", "Ana", "Kitchen"), ("printed", "Ana", "Kitchen")]
    (_, printed) = reversed(seen(hq).sights)
    assert printed.count == 100
    assert flaws(hq) == []
    # Nothing new: nothing is sent.
    before = hq.rows("SELECT COUNT(*) FROM audit")
    sync_now(kitchen)
    assert hq.rows("SELECT COUNT(*) FROM audit") == before
    # What it anchors is in headquarters' own chain, and what headquarters signed is kept on the laptop.
    ((number, digest),) = kitchen.read().query("SELECT number, hash FROM audit_anchor")
    assert hq.rows("SELECT hash FROM audit WHERE chain = ? AND number = ?", own_chain(hq.office), number) == [
        (digest,)
    ]


def test_a_laptop_that_claims_what_only_headquarters_does_cannot_stop_the_answer(
    hq: Hq, kitchen: Book
) -> None:
    talk(kitchen, 1, "1")
    for what in ("log", "roster", "roster zz", "chain zz", "list"):
        record(kitchen, Access.HANDED, RIDING, people=[ANNE], what=what, who="Eve")
        record(kitchen, Access.ANCHORED, RIDING, people=[ANNE], what=what, numbers=[9], who="Eve")
    assert sync_now(kitchen).notes == []
    assert {who for _, who, _ in told(hq)} == {"Eve"}
    assert flaws(hq) == []


def send(book: Book, hq: Hq, lose: int = 0) -> AuditSent:
    """Send the log alone; the first `lose` answers do not arrive."""
    from canvass_app.services.syncing import pass_of

    link = Link(hq.url, pass_of(book))
    lost = lose

    def over(call: Call) -> Answer:
        nonlocal lost
        answer = link.send(call)
        if call.path.endswith("/audit") and lost:
            lost -= 1
            raise Unreachable("the answer is lost")
        return answer

    me = replica_of(book, None, lambda: False)
    try:
        return drive(send_audit(me, drive(greet(me), over)), over)
    finally:
        link.close()


def test_lost_answers_neither_lose_nor_double_a_record(hq: Hq, kitchen: Book) -> None:
    for number in range(1, 21):
        look_at(kitchen, number)
    for _ in range(3):
        with pytest.raises(SyncProblem):
            send(kitchen, hq, lose=1)
        assert unsent_records(kitchen) == 20
        look_at(kitchen, 1)
        record_count = kitchen.read().query("SELECT COUNT(*) FROM audit")[0][0]
        assert record_count > 20
        send(kitchen, hq)
        assert unsent_records(kitchen) == 0
        for number in range(1, 21):
            look_at(kitchen, number)
    send(kitchen, hq)
    (head,) = [one for _, one in heads(hq.office.read(), RIDING) if one.own == FOREIGN]
    own = own_head(kitchen.read(), RIDING)
    assert own is not None
    assert (head.number, head.hash) == (own.number, own.hash)
    assert hq.rows("SELECT COUNT(*) FROM audit WHERE chain = ?", head.chain) == [(head.number,)]
    assert flaws(hq) == []


def test_more_records_than_go_at_once_arrive_in_turns(
    hq: Hq, kitchen: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("canvass_app.sync.auditing.MOST_RECORDS", 7)
    monkeypatch.setattr("canvass_app.sync.auditing.MOST_SET_BYTES", 1_000)
    for number in range(1, 31):
        look_at(kitchen, *range(number, number + 66))
    sync_now(kitchen)
    assert unsent_records(kitchen) == 0
    assert len(told(hq, street_person(30))) == 30
    assert flaws(hq) == []


# --- what headquarters hands out ---------------------------------------------------------------------


def test_what_headquarters_hands_out_is_recorded(hq: Hq, kitchen: Book, new_laptop: Any) -> None:
    talk(kitchen, 1, "1")
    sync_now(kitchen)
    van = new_laptop()
    join(van, hq.url, hq.code(label="Van"), "Laptop")
    hq.time.pass_ms(1_000)
    sync_now(van)
    found = [(one.act, one.device_name, one.what.partition(" ")[0]) for one in seen(hq).sights]
    assert set(found) == {("handed", "Van", "roster"), ("handed", "Van", "log")}
    # Of somebody of whom nothing was said but in the file, only the file was handed out.
    others = [(one.device_name, one.what.partition(" ")[0]) for one in seen(hq, street_person(50)).sights]
    assert others == [("Van", "roster")]
    count = hq.rows("SELECT COUNT(*) FROM audit")
    sync_now(van)
    assert hq.rows("SELECT COUNT(*) FROM audit") == count, "an exchange without news hands nothing out"
    talk(kitchen, 1, "2")
    sync_now(kitchen)
    sync_now(van)
    (log,) = [one for one in seen(hq).sights if one.what == "log"]
    assert log.times == 2
    assert log.first_ms < hq.time.ms + 1
    assert flaws(hq) == []


def test_what_leaves_on_a_stick_is_recorded_too(
    hq: Hq, kitchen: Book, new_laptop: Any, tmp_path: Path
) -> None:
    talk(kitchen, 1, "1")
    sync_now(kitchen)
    van = new_laptop()
    join(van, hq.url, hq.code(label="Van"), "Laptop")
    export_for(hq.office, "Van", tmp_path)
    found = {(one.device_name, one.what.partition(" ")[0]) for one in seen(hq).sights}
    assert found == {("Van", "roster"), ("Van", "log")}
    assert flaws(hq) == []


def test_an_erased_person_is_asked_about_by_id_and_named_nowhere(
    hq: Hq, kitchen: Book, new_laptop: Any
) -> None:
    talk(kitchen, 1, "1")
    look_at(kitchen, 1)
    sync_now(kitchen)
    van = new_laptop()
    join(van, hq.url, hq.code(label="Van"), "Laptop")
    sync_now(van)
    before = {(one.act, one.device_name, one.what.partition(" ")[0]) for one in seen(hq).sights}
    assert ("handed", "Van", "log") in before
    erase_person(kitchen, RIDING, ANNE, author="Lead")
    sync_now(kitchen)
    after = {(one.act, one.device_name, one.what.partition(" ")[0]) for one in seen(hq).sights}
    assert after == before | {("erased", "Kitchen", "erasure")}
    for raw in hq.rows("SELECT raw FROM audit"):
        assert b"Maple" not in bytes(raw[0])
        assert ANNE not in bytes(raw[0])
    assert examine(hq.office).findings == []
    assert flaws(hq) == []


# --- chains that part --------------------------------------------------------------------------------


def test_a_laptop_that_cuts_its_record_is_found_and_goes_on_in_a_new_one(hq: Hq, kitchen: Book) -> None:
    for number in (1, 2, 3):
        look_at(kitchen, number)
    sync_now(kitchen)
    own = own_head(kitchen.read(), RIDING)
    assert own is not None
    first = open_record(bytes(kitchen.read().query("SELECT raw FROM audit WHERE number = 1")[0][0]))
    with kitchen.database.write() as db:
        # Cleverly: the head, and what headquarters is known to have, go back too.
        db.run("DELETE FROM audit WHERE number > 1")
        db.run("UPDATE audit_head SET number = 1, hash = ?, acked = 1", (first.hash,))
    look_at(kitchen, 4)
    report = sync_now(kitchen)
    assert any("another record of who saw whom" in note.en for note in report.notes)
    assert flaws(hq) == [("cut", 3)]
    health = examine(hq.office)
    assert health.ok
    assert any("Kitchen" in note.en for note in health.notes)
    assert told(hq, street_person(3)) == [("seen", "Ana", "Kitchen")]
    assert told(hq, street_person(4)) == [("seen", "Ana", "Kitchen")]
    assert [one.own for _, one in heads(kitchen.read(), RIDING)].count(FORMER) == 1
    look_at(kitchen, 5)
    assert sync_now(kitchen).notes == []
    assert told(hq, street_person(5)) == [("seen", "Ana", "Kitchen")]


def test_an_unsent_record_that_was_altered_is_not_taken_and_said(hq: Hq, kitchen: Book) -> None:
    look_at(kitchen, 1)
    look_at(kitchen, 2)
    look_at(kitchen, 3)
    with kitchen.database.write() as db:
        ((raw,),) = db.query("SELECT raw FROM audit WHERE number = 2")
        db.run("UPDATE audit SET raw = ? WHERE number = 2", (bytes(raw).replace(b"Ana", b"Eve"),))
    sync_now(kitchen)
    assert flaws(hq) == [("came", 3)]
    assert told(hq, street_person(1)) == [("seen", "Ana", "Kitchen")]
    assert told(hq, street_person(3)) == [("seen", "Ana", "Kitchen")]


def test_a_copied_laptop_and_its_original_keep_a_chain_each(
    hq: Hq, kitchen: Book, tmp_path: Path, new_laptop: Any
) -> None:
    look_at(kitchen, 1)
    sync_now(kitchen)
    look_at(kitchen, 2)
    kitchen.database.checkpoint()
    copy_folder = tmp_path / "copy"
    shutil.copytree(kitchen.folder, copy_folder, ignore=shutil.ignore_patterns("*.lock"))
    copy = open_book(copy_folder, passphrase=PASSPHRASE, now_ms=hq.time)
    try:
        look_at(copy, 3)
        look_at(kitchen, 4)
        assert sync_now(kitchen).notes == []
        # The copy shows other records under the original's numbers: it is told, and says them again in a chain of its own.
        assert any("another record of who saw whom" in note.en for note in sync_now(copy).notes)
        assert flaws(hq) == [("fork", 3)]
        assert examine(hq.office).ok
        look_at(copy, 5)
        take_new_identity(copy)
        join(copy, hq.url, hq.code(label="Copy"), "Copy")
        assert sync_now(copy).notes == []
        assert sync_now(kitchen).notes == []
        assert told(hq, street_person(2)) == [("seen", "Ana", "Kitchen")], "said by both, counted once"
        assert told(hq, street_person(3)) == [("seen", "Ana", "Kitchen")]
        assert told(hq, street_person(4)) == [("seen", "Ana", "Kitchen")]
        assert told(hq, street_person(5)) == [("seen", "Ana", "Copy")]
    finally:
        copy.close()


# --- headquarters ------------------------------------------------------------------------------------


def test_headquarters_that_cuts_its_own_chain_is_found_by_laptops(hq: Hq, kitchen: Book) -> None:
    look_at(kitchen, 1)
    sync_now(kitchen)
    own = own_chain(hq.office)
    ((number,),) = hq.rows("SELECT number FROM audit_head WHERE chain = ?", own)
    ((before,),) = hq.rows("SELECT hash FROM audit WHERE chain = ? AND number = ?", own, number - 1) or [
        (bytes(32),)
    ]
    with hq.office.database.write() as db:
        db.run("DELETE FROM audit_ref WHERE chain = ? AND number = ?", (own, number))
        db.run("DELETE FROM audit WHERE chain = ? AND number = ?", (own, number))
        db.run("UPDATE audit_head SET number = ?, hash = ? WHERE chain = ?", (number - 1, before, own))
    assert flaws(hq) == [], "cut cleverly, nobody at headquarters alone could tell"
    look_at(kitchen, 2)
    report = sync_now(kitchen)
    assert any("not the one that it signed" in note.en for note in report.notes)
    assert ("cut", number) in flaws(hq)
    assert not examine(hq.office).ok


def test_a_devices_chain_that_is_cut_at_headquarters_is_found_by_its_anchor(hq: Hq, kitchen: Book) -> None:
    for number in (1, 2, 3):
        look_at(kitchen, number)
    sync_now(kitchen)
    ((chain,),) = hq.rows("SELECT chain FROM audit_head WHERE own = 0")
    ((before,),) = hq.rows("SELECT hash FROM audit WHERE chain = ? AND number = 2", chain)
    with hq.office.database.write() as db:
        db.run("DELETE FROM audit WHERE chain = ? AND number = 3", (chain,))
        db.run("UPDATE audit_head SET number = 2, hash = ? WHERE chain = ?", (before, chain))
    assert flaws(hq) == [("anchor", 3)]
    with hq.office.database.write() as db:
        db.run("DELETE FROM audit WHERE chain = ?", (chain,))
        db.run("DELETE FROM audit_head WHERE chain = ?", (chain,))
    assert flaws(hq) == [("anchor", 3)]


def test_a_headquarters_put_back_gets_every_record_again_and_says_what_it_lost(
    hq: Hq, kitchen: Book, tmp_path: Path
) -> None:
    look_at(kitchen, 1)
    sync_now(kitchen)
    backup = back_up(hq.settings, tmp_path / "one.backup").path
    for number in range(2, 6):
        look_at(kitchen, number)
        sync_now(kitchen)
    before = own_chain(hq.office)
    hq.stop()
    put_back(hq.settings, backup, overwrite=True)
    port = hq.url
    hq.start()
    kitchen.set_facts({"hq_url": hq.url})
    assert port != hq.url
    assert own_chain(hq.office) != before
    look_at(kitchen, 6)
    assert sync_now(kitchen).notes == []
    sync_now(kitchen)
    for number in range(1, 7):
        assert told(hq, street_person(number)) == [("seen", "Ana", "Kitchen")], number
    ((why, _),) = flaws(hq)
    assert why == "restored"
    assert examine(hq.office).ok
    began = [
        open_record(bytes(raw)).entry
        for (raw,) in hq.rows("SELECT raw FROM audit WHERE chain = ? AND number = 1", own_chain(hq.office))
    ]
    assert [(one.act, one.what) for one in began] == [("began", f"chain {before.hex()}")]
