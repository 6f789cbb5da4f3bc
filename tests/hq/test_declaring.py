"""Headquarters hands out nothing of a riding before the declaration is accepted, and takes everything all the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from canvass_app.domain.declaration import MOST_NAME, fingerprint
from canvass_app.domain.errors import Refused
from canvass_app.domain.roles import Role
from canvass_app.hq.answering import export_for
from canvass_app.hq.bundles import import_bundles
from canvass_app.hq.console import Times
from canvass_app.hq.device_commands import _declared, _who_declared  # pyright: ignore[reportPrivateUsage]
from canvass_app.hq.ward import every_device, find
from canvass_app.services.bundling import import_bundle, write_bundle
from canvass_app.services.declaring import accept, wanted
from canvass_app.services.syncing import join, sync_now, sync_status
from canvass_app.sync.codec import pack, unpack
from canvass_app.sync.messages import PROTOCOL, Declare, Problem
from tests.hq.holders import Holder
from tests.hq.kit import DECLARATION, OTHER, RIDING, Hq, add_street, hq_log, knock, laptop_log
from tests.hq.test_policy import actors, after_declaration, expected, filled, path_to, routes
from tests.hq.test_ward import run

__all__ = ["actors", "filled"]

TIMES = Times("America/Toronto")
CHANGED = {"en": "I also lock the door.", "fr": "Je ferme aussi la porte à clé."}


def said(text: str = DECLARATION["en"], language: str = "en", by: str = "Ana Roy", **more: Any) -> bytes:
    values: dict[str, Any] = {"protocol": PROTOCOL, "hash": fingerprint(text), "language": language, "by": by}
    return pack(Declare(**(values | more)))


def declare(holder: Holder, *text: str, **more: Any) -> int:
    return holder.ask("POST", "/v1/declaration", said(*text, **more)).status


def who(hq: Hq, name: str) -> tuple[bool, tuple[str, ...]]:
    found = find(hq.office, name)
    return found.declared, found.declared_by


@pytest.fixture
def lead(hq: Hq) -> Iterator[Holder]:
    hq.ask_for(DECLARATION)
    holder = Holder(hq, 7)
    yield holder
    holder.link.close()


# --- what is handed out ---------------------------------------------------------------------------------


OF_A_RIDING = "/v1/ridings/{riding_id}"


def test_who_has_not_accepted_gets_nothing_of_a_riding_by_any_route(
    hq: Hq, actors: dict[str, Holder], filled: tuple[str, str]
) -> None:
    hq.ask_for(DECLARATION)
    refused = 0
    for method, path in routes(hq):
        for role in Role:
            holder, body = actors[role.value], None if method == "GET" else b"\xc1"
            answer = holder.ask(method, path_to(path, RIDING, filled), body)
            where = (method, path, role, answer.status)
            assert b"Maple" not in answer.body, where
            assert b"Birch" not in answer.body, where
            if not path.startswith(OF_A_RIDING):
                continue
            if role.value not in expected()[method, path]:
                assert answer.status == 404, where
            elif (method, path) in after_declaration():
                assert (answer.status, unpack(Problem, answer.body).code) == (403, "declaration"), where
                # Neither does it say what there is: another's riding, or none, is the same.
                for riding in (OTHER, 201399077, 0):
                    assert holder.ask(method, path_to(path, riding, filled)).body == answer.body, where
                refused += 1
            else:
                # What sends is only told that this body is none.
                assert answer.status == (200 if method == "GET" or "seal" in path else 400), where
    assert refused == sum(len(expected()[one]) for one in after_declaration()) >= 16
    for role in Role:
        assert declare(actors[role.value]) == 200
        for method, path in after_declaration():
            if role.value in expected()[method, path]:
                # A lead that holds the whole riding is given no part of it.
                wanted = 404 if role is Role.LEAD and path.endswith("/part") else 200
                assert actors[role.value].ask(method, path_to(path, RIDING, filled)).status == wanted


def test_everything_that_hands_out_of_a_riding_waits_but_for_what_sending_needs(hq: Hq) -> None:
    reading = {
        (method, path) for method, path in routes(hq) if method == "GET" and path.startswith(OF_A_RIDING)
    }
    assert reading - after_declaration() == {("GET", "/v1/ridings/{riding_id}/rosters/{name}")}


def test_a_campaign_that_asks_for_none_hands_out_as_ever(hq: Hq, filled: tuple[str, str]) -> None:
    holder = Holder(hq, 8)
    assert holder.ask("GET", f"/v1/ridings/{RIDING}/events").status == 200
    assert declare(holder) == 409
    assert who(hq, "lead") == (True, ())
    holder.link.close()


# --- what is kept ---------------------------------------------------------------------------------------


def test_accepting_twice_is_once_and_two_people_are_two(hq: Hq, lead: Holder) -> None:
    assert declare(lead) == 200
    first = find(hq.office, "lead").declared_ms
    hq.time.pass_ms(60_000)
    assert declare(lead) == 200
    assert (who(hq, "lead"), find(hq.office, "lead").declared_ms) == ((True, ("Ana Roy",)), first)
    assert declare(lead, DECLARATION["fr"], "fr", by="  Zoé   Côté ") == 200
    assert who(hq, "lead") == (True, ("Ana Roy", "Zoé Côté"))
    assert find(hq.office, "lead").declared_ms == first + 60_000


def test_a_changed_text_asks_again_and_an_old_one_is_not_taken(hq: Hq, lead: Holder) -> None:
    assert declare(lead) == 200
    events = f"/v1/ridings/{RIDING}/events"
    assert lead.ask("GET", events).status == 200
    # The same sense in better French asks nobody who read the English.
    hq.ask_for(DECLARATION | {"fr": "Je m’en sers pour cette campagne seulement."})
    assert lead.ask("GET", events).status == 200
    hq.ask_for(CHANGED)
    assert lead.ask("GET", events).status == 403
    assert declare(lead) == 409
    assert who(hq, "lead") == (False, ("Ana Roy",))
    assert declare(lead, CHANGED["fr"], "fr", by="Luc Roy") == 200
    assert who(hq, "lead") == (True, ("Luc Roy",))
    assert lead.ask("GET", events).status == 200


def test_what_is_no_acceptance_is_refused_and_changes_nothing(hq: Hq, lead: Holder) -> None:
    nobody = ["", "   ", "...", "a" * (MOST_NAME + 1), "A\0na", "Ana\u202eRoy"]
    for more in (
        *({"by": by} for by in nobody), {"hash": b"short"}, {"language": "de"}, {"protocol": 9},
    ):  # fmt: skip
        assert declare(lead, **more) == 400, more
    # The hash is that of the language which it names.
    assert declare(lead, DECLARATION["en"], "fr") == 409
    assert who(hq, "lead") == (False, ())
    assert lead.ask("POST", "/v1/declaration", b"\xc1").status == 400


def test_a_new_code_does_not_ask_again(hq: Hq, lead: Holder) -> None:
    assert declare(lead) == 200
    again = Holder(hq, 7)
    assert again.ask("GET", f"/v1/ridings/{RIDING}/events").status == 200
    again.link.close()


# --- sticks ---------------------------------------------------------------------------------------------


def test_an_answer_on_a_stick_holds_receipts_but_nothing_of_others_until_it_was_accepted(
    hq: Hq, new_laptop: Any, tmp_path: Path
) -> None:
    other = new_laptop(hq)
    add_street(other, 5)
    sync_now(other)
    hq.ask_for(DECLARATION)
    alone = new_laptop()
    join(alone, hq.url, hq.code(label="Kitchen"), "Laptop")
    knock(alone, 1)
    taken, (answer,) = import_bundles(hq.office, [write_bundle(alone, tmp_path).path])
    assert [(one.events, one.whole) for one in taken] == [(1, True)]
    assert "receipts and nothing of others" in taken[0].notes[0].en
    brought = import_bundle(alone, answer.path)
    assert (brought.acknowledged, brought.pulled) == (1, 0)
    assert "declaration is to be accepted here" in brought.notes[0].en
    assert sync_status(alone).pending_events == 0
    assert alone.read().query("SELECT COUNT(*) FROM roster")[0][0] == 0
    with pytest.raises(Refused, match="declaration"):
        export_for(hq.office, "Kitchen", tmp_path)
    # Accepted without a network: the bundle says so, and there is something to write again.
    url = alone.meta("hq_url")
    alone.set_meta("hq_url", "http://127.0.0.1:9")
    assert not accept(alone, "Ana Roy", "fr").told
    taken, (answer,) = import_bundles(hq.office, [write_bundle(alone, tmp_path).path])
    assert [(one.events, one.notes) for one in taken] == [(0, [])]
    assert who(hq, "Kitchen") == (True, ("Ana Roy",))
    brought = import_bundle(alone, answer.path)
    assert (brought.pulled, brought.notes) == (1, [])
    assert laptop_log(alone) == hq_log(hq)
    export_for(hq.office, "Kitchen", tmp_path)
    alone.set_meta("hq_url", url)
    sync_now(alone)
    assert wanted(alone) is None


# --- who accepted ---------------------------------------------------------------------------------------


def test_the_operator_sees_who_accepted_and_when(hq: Hq, lead: Holder) -> None:
    report = run(hq, "report", "lead").stdout
    assert "declaration not accepted" in report
    assert "sends and is handed nothing" in report
    declare(lead)
    assert "déclaration acceptée par Ana Roy, " in run(hq, "list", language="fr_CA.UTF-8").stdout
    (one,) = json.loads(run(hq, "list", "--json").stdout)["devices"]
    assert (one["declared"], one["declared_by"], bool(one["declared_at"])) == (True, ["Ana Roy"], True)


def test_the_words_for_a_device_follow_the_text(hq: Hq, lead: Holder) -> None:
    declare(lead)
    assert "Ana Roy" in _who_declared(find(hq.office, "lead"), TIMES)
    hq.ask_for(CHANGED)
    changed = find(hq.office, "lead")
    assert len(_declared(changed)) == 1
    assert _who_declared(changed, TIMES) != _who_declared(replace(changed, declared_by=()), TIMES)
    hq.ask_for(None)
    assert [(found.declared, _declared(found)) for found in every_device(hq.office)] == [(True, [])]
