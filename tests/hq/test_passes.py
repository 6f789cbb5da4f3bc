"""What a device shows at headquarters: short passes, the tokens that renew them, and those of the past."""

from __future__ import annotations

import base64
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from canvass_app.hq.devices import revoke
from canvass_app.hq.passes import ACCESS_MS, GRACE_MS
from canvass_app.services.syncing import join, pass_of, sync_now
from canvass_app.sync.codec import pack
from canvass_app.sync.http import Link
from canvass_app.sync.messages import PROTOCOL, Renew, Renewed
from canvass_app.sync.passes import ask_to_renew
from canvass_app.sync.problems import NoLongerWelcome, TimedOut
from canvass_app.sync.signing import renewal_proof, sign
from canvass_app.sync.steps import Answer, Call
from tests.hq.holders import Holder
from tests.hq.kit import Hq, add_street, knock

DAY = 86_400_000
SIZES = [25, pytest.param(1_000, marks=pytest.mark.proof)]


@pytest.fixture
def holder(hq: Hq) -> Iterator[Holder]:
    made = Holder(hq, 7)
    yield made
    made.link.close()


def test_a_pass_lasts_a_quarter_of_an_hour_and_is_renewed_unasked(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book, 5)
    knock(book, 1)
    sync_now(book)
    first = book.meta("hq_token"), book.meta("hq_refresh")
    hq.time.pass_ms(ACCESS_MS - 1)
    sync_now(book)
    assert (book.meta("hq_token"), book.meta("hq_refresh")) == first
    hq.time.pass_ms(1)
    knock(book, 2)
    assert sync_now(book).pushed == 1
    assert book.meta("hq_token") != first[0]
    assert book.meta("hq_refresh") != first[1]


def test_a_renewed_pass_is_written_down_before_it_is_used(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    hq.time.pass_ms(ACCESS_MS)
    used: list[str] = []

    def watched(call: Call, token: str = "") -> Answer:
        if call.path == "/v1/ridings" and token:
            used.append(token)
            assert token == book.meta("hq_token")
        return sent(call, token)

    link = Link(hq.url, pass_of(book))
    sent, link._send = link._send, watched  # type: ignore[method-assign]
    assert link.send(Call("GET", "/v1/ridings")).status == 200
    link.close()
    assert len(set(used)) == 2


def test_headquarters_keeps_no_token(hq: Hq, holder: Holder) -> None:
    holder.turn()
    kept = str(hq.rows("SELECT * FROM device"))
    for token in (holder.token, holder.refresh):
        name, _, rest = token.partition(".")
        assert bytes.fromhex(name) == holder.device_id
        data = base64.urlsafe_b64decode(rest)
        assert rest not in kept
        assert str(data[-32:]) not in kept
        assert data[-32:].hex() not in kept


def test_a_token_is_neither_forged_nor_exchanged(hq: Hq, holder: Holder) -> None:
    """One bit anywhere, the other sort of token, or another device's name: refused, and the device stays."""
    name, _, rest = holder.token.partition(".")
    data = base64.urlsafe_b64decode(rest)
    for at in range(len(data)):
        wrong = bytearray(data)
        wrong[at] ^= 1
        assert not holder.is_let_in(f"{name}.{base64.urlsafe_b64encode(wrong).decode()}")
    other = Holder(hq, 8)
    assert not holder.is_let_in(f"{other.device_id.hex()}.{rest}")
    assert not holder.is_let_in(holder.refresh)
    for refresh in (
        holder.token,
        f"{other.device_id.hex()}.{holder.refresh.partition('.')[2]}",
        "",
        ".",
        "zz.zz",
    ):
        with pytest.raises(NoLongerWelcome):
            holder.renew(refresh)
    holder.turn()
    other.turn()
    other.link.close()


def test_a_refresh_token_is_of_no_use_without_the_key_of_its_device(hq: Hq, holder: Holder) -> None:
    for seed in (bytes(32), b"\1" * 32):
        with pytest.raises(NoLongerWelcome):
            holder.link.run(ask_to_renew(holder.refresh, seed))
    proof = sign(holder.seed, renewal_proof("something else"))
    request = Renew(protocol=PROTOCOL, refresh=holder.refresh, proof=proof)
    assert holder.link.send(Call("POST", "/v1/token", pack(request))).status == 401
    holder.turn()


@pytest.mark.parametrize("count", SIZES)
def test_lost_answers_log_nobody_out(hq: Hq, holder: Holder, count: int, record_property: Any) -> None:
    """However late the laptop asks again, and though the answer is lost more than once."""
    chance = random.Random(count)
    for _ in range(count):
        hq.time.pass_ms(ACCESS_MS + chance.choice((0, DAY, 60 * DAY)))
        for _ in range(chance.choice((1, 1, 2, 3))):
            holder.renew(holder.refresh)
            hq.time.pass_ms(chance.choice((0, 1_000, GRACE_MS, GRACE_MS + 1, DAY, 60 * DAY)))
        holder.turn()
    record_property("proof", ("passes whose answer was lost", count))


@pytest.mark.parametrize("count", SIZES)
def test_two_that_renew_at_once_both_go_on(hq: Hq, holder: Holder, count: int, record_property: Any) -> None:
    """At once, or one within half a minute of the other, which has shown its new pass already."""
    chance = random.Random(count)
    links = [Link(hq.url), Link(hq.url)]
    together = Barrier(2)

    def ask(link: Link) -> Renewed:
        together.wait(30)
        return holder.renew(holder.refresh, link)

    with ThreadPoolExecutor(2) as threads:
        for number in range(count):
            if number % 2:
                first, second = threads.map(ask, links)
            else:
                first = holder.renew(holder.refresh, links[0])
                assert holder.is_let_in(first.token)
                hq.time.pass_ms(chance.randint(0, GRACE_MS))
                second = holder.renew(holder.refresh, links[1])
            assert first.refresh == second.refresh
            assert holder.is_let_in(first.token)
            assert holder.is_let_in(second.token)
            holder.token, holder.refresh = second.token, second.refresh
            hq.time.pass_ms(ACCESS_MS)
    for link in links:
        link.close()
    record_property("proof", ("passes renewed by two at once", count))


@pytest.mark.expects_log("pass_of_the_past")
@pytest.mark.parametrize("count", SIZES)
def test_a_token_of_the_past_ends_its_family_and_no_other(
    hq: Hq, holder: Holder, count: int, record_property: Any
) -> None:
    chance = random.Random(count)
    for number in range(count):
        victim = Holder(hq, 100 + number)
        past = [victim.turn() for _ in range(chance.randint(1, 4))]
        hq.time.pass_ms(GRACE_MS + 1)
        with pytest.raises(NoLongerWelcome):
            victim.renew(chance.choice(past))
        # The thief and the owner are both out, whoever of them it was: with their passes and what renews them.
        assert not victim.is_let_in(victim.token)
        with pytest.raises(NoLongerWelcome):
            victim.renew(victim.refresh)
        victim.link.close()
    holder.turn()
    record_property("proof", ("tokens of the past, stopped", count))


@pytest.mark.expects_log("pass_of_the_past")
def test_who_was_thrown_out_joins_again_with_a_code_and_nothing_is_lost(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book, 5)
    knock(book, 1)
    sync_now(book)
    stolen = book.meta("hq_refresh")
    for _ in range(2):
        hq.time.pass_ms(ACCESS_MS)
        sync_now(book)
    knock(book, 2)
    with pytest.raises(NoLongerWelcome):
        Link(hq.url).run(ask_to_renew(stolen, bytes.fromhex(book.meta("device_seed"))))
    with pytest.raises(NoLongerWelcome) as refused:
        sync_now(book)
    assert "kept here" in refused.value.text.en
    join(book, hq.url, hq.code(), "Again")
    assert sync_now(book).pushed == 1
    assert hq.numbers() == (3, 3, 3)


def test_who_is_revoked_is_out_at_once_with_all_that_he_holds(hq: Hq, holder: Holder) -> None:
    assert holder.is_let_in(holder.token)
    assert revoke(hq.office, holder.device_id)
    assert not holder.is_let_in(holder.token)
    assert not holder.has_run_out(holder.token)
    with pytest.raises(NoLongerWelcome):
        holder.renew(holder.refresh)


def test_a_headquarters_that_was_put_back_knows_the_passes_it_gave_out_since(hq: Hq, holder: Holder) -> None:
    yesterday = hq.rows("SELECT turn, turned_ms, shown FROM device WHERE device_id = ?", holder.device_id)[0]
    for _ in range(3):
        hq.time.pass_ms(ACCESS_MS)
        holder.turn()
    hq.office.write(
        lambda db: db.run(
            "UPDATE device SET turn = ?, turned_ms = ?, shown = ? WHERE device_id = ?",
            (*yesterday, holder.device_id),
        )
    )
    assert holder.is_let_in(holder.token)
    hq.time.pass_ms(ACCESS_MS)
    assert holder.has_run_out(holder.token)
    holder.turn()
    holder.turn()


def test_a_renewal_that_gets_no_answer_changes_nothing_here(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    before = book.meta("hq_token"), book.meta("hq_refresh")
    own = pass_of(book)

    def lost(call: Call) -> Answer:
        link.send(call)
        raise TimedOut("the answer is lost")

    link = Link(hq.url)
    with pytest.raises(TimedOut):
        own.renew(own.token, lost)
    assert (book.meta("hq_token"), book.meta("hq_refresh")) == before
    hq.time.pass_ms(60 * DAY)
    sync_now(book)
    link.close()


def test_an_identity_that_was_left_behind_takes_its_pass_along(hq: Hq, new_laptop: Any) -> None:
    from canvass_app.services.identity import take_new_identity

    book = new_laptop(hq)
    take_new_identity(book)
    assert (book.meta("hq_token"), book.meta("hq_refresh"), book.meta("device_seed")) == ("", "", "")
