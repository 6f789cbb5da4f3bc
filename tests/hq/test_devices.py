"""Joining, and who is let in: one-time codes, tokens, ridings."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
import requests

from canvass_app.domain.errors import Refused
from canvass_app.hq.devices import CODE_MINUTES, MOST_TRIES, WrongCodes, revoke
from canvass_app.hq.refusals import No
from canvass_app.services.syncing import join, sync_now, sync_status
from canvass_app.sync.codec import expand, pack, squeeze, unpack
from canvass_app.sync.joining import CODE_SYMBOLS
from canvass_app.sync.messages import CONTENT_TYPE, PROBLEM_TYPE, Names, Problem
from tests.hq.kit import OTHER, RIDING, Hq, add_street, knock


def test_a_code_reads_like_a_code_and_is_not_stored(hq: Hq) -> None:
    code = hq.code()
    assert len(code) == 9
    assert code[4] == "-"
    assert set(code) <= set(CODE_SYMBOLS + "-")
    stored = hq.rows("SELECT * FROM enrolment")
    assert code.encode() not in b"".join(
        bytes(v) for row in stored for v in row if not isinstance(v, str | int)
    )
    assert code not in str(stored)


def test_a_code_is_forgiving_about_case_and_blanks(hq: Hq, new_laptop: Any) -> None:
    code = hq.code()
    report = join(new_laptop(), hq.url, f" {code.lower().replace('-', ' ')} ", "Kitchen laptop")
    assert report.ridings == [RIDING]


def test_a_code_serves_one_laptop(hq: Hq, new_laptop: Any) -> None:
    code = hq.code()
    join(new_laptop(), hq.url, code, "First")
    second = new_laptop()
    with pytest.raises(Refused) as refused:
        join(second, hq.url, code, "Second")
    assert "15 minutes" in refused.value.text.en
    assert not sync_status(second).joined


def test_a_code_ends_after_fifteen_minutes(hq: Hq, new_laptop: Any) -> None:
    code, other = hq.code(), hq.code()
    book = new_laptop()
    hq.time.pass_ms(CODE_MINUTES * 60_000 - 1)
    join(book, hq.url, code, "In time")
    hq.time.pass_ms(1)
    with pytest.raises(Refused):
        join(new_laptop(), hq.url, other, "Late")


def test_a_code_is_dead_after_five_wrong_tries(hq: Hq, new_laptop: Any) -> None:
    code = hq.code()
    wrong = code[:8] + ("2" if code[8] != "2" else "3")
    book = new_laptop()
    for _ in range(MOST_TRIES):
        with pytest.raises(Refused):
            join(book, hq.url, wrong, "Guess")
    with pytest.raises(Refused):
        join(book, hq.url, code, "Too late")
    assert hq.rows("SELECT device_id FROM device") == []


def test_wrong_codes_are_bounded_for_an_address_and_altogether() -> None:
    wrong = WrongCodes()
    for now in range(wrong.PER_ADDRESS):
        wrong.check("one", now)
        wrong.note("one", now)
    with pytest.raises(No) as refused:
        wrong.check("one", 20)
    assert refused.value.status == 429
    assert 0 < refused.value.retry_after <= 60
    wrong.check("two", 20)
    for number in range(wrong.ALTOGETHER):
        wrong.note(f"other {number}", 30)
    with pytest.raises(No):
        wrong.check("yet another", 31)
    wrong.check("one", 31 + wrong.WINDOW_MS)


def test_too_many_wrong_codes_are_said_in_words(hq: Hq, new_laptop: Any) -> None:
    from canvass_app.domain.errors import SyncProblem

    book = new_laptop()
    said = []
    for _ in range(WrongCodes.PER_ADDRESS + 1):
        with pytest.raises((Refused, SyncProblem)) as refused:
            join(book, hq.url, "2222-2222", "Guess")
        said.append(refused.value.text.fr)
    assert "Attendez une minute" in said[-1]
    assert "Attendez" not in said[-2]


def test_an_answer_that_was_lost_can_be_asked_for_again(hq: Hq, new_laptop: Any) -> None:
    code = hq.code()
    book = new_laptop()
    join(book, hq.url, code, "First try")
    token = book.meta("hq_token")
    join(book, hq.url, code, "Second try")
    assert book.meta("hq_token") != token
    assert len(hq.rows("SELECT first FROM number_block")) == 1
    sync_now(book)


def test_a_copy_with_another_key_cannot_take_a_laptops_identity(hq: Hq, new_laptop: Any) -> None:
    from canvass_app.domain.errors import SyncProblem

    book = new_laptop(hq)
    thief = new_laptop()
    thief.set_meta("device_id", book.device_id.hex())
    thief.device_id = book.device_id
    with pytest.raises(SyncProblem) as refused:
        join(thief, hq.url, hq.code(), "Thief")
    assert "copy" in refused.value.text.en
    sync_now(book)


def test_a_code_is_of_no_use_without_the_key_that_signed_it(hq: Hq) -> None:
    from canvass_app.sync.messages import PROTOCOL, Enrol

    request = Enrol(
        protocol=PROTOCOL, code=hq.code(), device_id=bytes(16), device_name="", public_key=bytes(32), proof=bytes(64),
        box_key=bytes(32),
    )  # fmt: skip
    answer = _post(hq, "/v1/enrol", pack(request))
    assert answer.status_code == 400


def test_joining_exchanges_the_keys_that_bundles_are_sealed_to(hq: Hq, new_laptop: Any) -> None:
    from canvass_app.sync.boxes import HQ_BOX, LAPTOP_BOX, box_key

    book = new_laptop(hq)
    own = box_key(bytes.fromhex(book.meta("device_seed")), LAPTOP_BOX)
    assert [bytes(row[0]) for row in hq.rows("SELECT box_key FROM device")] == [own]
    assert book.meta("hq_box") == hq.office.box_key.hex() == box_key(hq.office.seed, HQ_BOX).hex()
    book.set_meta("hq_box", "")
    sync_now(book)
    assert book.meta("hq_box") == hq.office.box_key.hex()


def test_a_box_key_that_somebody_exchanged_on_the_way_is_not_taken(hq: Hq) -> None:
    from canvass_app.sync.joining import ask_to_join
    from canvass_app.sync.messages import Enrol

    call = next(ask_to_join(hq.code(), bytes(16), "Laptop", bytes(range(32))))
    assert call.body is not None
    honest = unpack(Enrol, call.body)
    assert (
        _post(hq, "/v1/enrol", pack(msgspec.structs.replace(honest, box_key=bytes(31) + b"\1"))).status_code
        == 400
    )
    assert _post(hq, "/v1/enrol", pack(honest)).status_code == 200


def test_a_revoked_laptop_is_refused_and_keeps_its_unsent_results(hq: Hq, new_laptop: Any) -> None:
    book = new_laptop(hq)
    add_street(book, 5)
    knock(book, 1)
    sync_now(book)
    knock(book, 2)
    assert revoke(hq.office, book.device_id, wipe=False)
    with pytest.raises(Refused) as refused:
        sync_now(book)
    assert "kept here" in refused.value.text.en
    status = sync_status(book)
    assert (status.pending, status.pending_events) == (1, 1)
    assert hq.numbers() == (2, 2, 2)
    join(book, hq.url, hq.code(), "Back again")
    assert sync_now(book).pushed == 1
    assert hq.numbers() == (3, 3, 3)


def test_without_a_token_nothing_is_said(hq: Hq) -> None:
    for header in (
        "",
        "Bearer",
        "Bearer x",
        "Basic abc",
        "Bearer zz.zz",
        f"Bearer {'ab' * 16}.AAAA",
        "Bearer é.é",
    ):
        headers = {"Accept": CONTENT_TYPE, **({"Authorization": header.encode()} if header else {})}
        for path in ("", f"/{RIDING}/events", f"/{RIDING}/progress"):
            answer = requests.get(f"{hq.url}/v1/ridings{path}", headers=headers, timeout=30)
            assert answer.status_code == 401, header
            assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_foreign_riding_and_an_unknown_one_are_the_same_404(hq: Hq, new_laptop: Any) -> None:
    from canvass_app.domain.riding import Riding
    from canvass_app.domain.text import Text
    from canvass_app.hq.ridings import add_ridings

    hq.office.write(lambda db: add_ridings(db, [Riding(OTHER, Text("Elsewhere", "Ailleurs"))]))
    book = new_laptop(hq, ridings=frozenset({RIDING}))
    headers = {"Authorization": f"Bearer {book.meta('hq_token')}", "Accept": CONTENT_TYPE}
    name = "ab" * 32
    answers = set()
    for riding in (OTHER, 201399077, 1 << 70):
        for path in (
            "events", "digest?through=1", "progress", f"assets/{name}", f"rosters/{name}",
            f"rosters/{name}/chunks?numbers=0",
        ):  # fmt: skip
            answer = requests.get(f"{hq.url}/v1/ridings/{riding}/{path}", headers=headers, timeout=30)
            answers.add((answer.status_code, answer.headers["Content-Type"], _code(answer)))
        body = _post(hq, f"/v1/ridings/{riding}/missing", pack(Names(hashes=[bytes(32)])), headers)
        answers.add((body.status_code, body.headers["Content-Type"], _code(body)))
    assert answers == {(404, PROBLEM_TYPE, "not_found")}


def _post(hq: Hq, path: str, body: bytes, headers: Any = None) -> requests.Response:
    return requests.post(
        hq.url + path,
        data=squeeze(body),
        headers={
            **(headers or {}),
            "Content-Type": CONTENT_TYPE,
            "Content-Encoding": "zstd",
            "Accept": CONTENT_TYPE,
        },
        timeout=30,
    )


def _code(answer: requests.Response) -> str:
    body = answer.content
    if answer.headers["Content-Encoding"] == "zstd" and body[:4] == b"\x28\xb5\x2f\xfd":
        body = expand(body, "zstd")
    return unpack(Problem, body).code
