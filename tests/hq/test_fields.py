"""What a role is told, field by field: the answers of every route that hands something out equal the table below.

Read by a person whenever it changes: a new field is seen here before it is seen by anybody else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from canvass_app.domain.roles import Role
from canvass_app.hq.devices import RECORDERS
from canvass_app.hq.policy import POLICY, People
from canvass_app.services.book import open_book
from canvass_app.services.syncing import join, sync_now
from canvass_app.sync.codec import pack
from canvass_app.sync.messages import CONTENT_TYPE, Names
from canvass_app.sync.steps import Answer
from tests.hq.holders import Holder
from tests.hq.kit import PASSPHRASE, RIDING, Hq, talk
from tests.hq.test_policy import actors, filled, path_to

__all__ = ["actors", "filled"]

# A riding's events and rosters are what a lead prepares turfs from, names and all; whoever only watches gets
# counts. `*` stands for every name of a map that is data (a result code, a support level), `[]` for every item of a list.
EXPECTED = """
GET  /healthz      ok
GET  /readyz       ok
GET  /v1/campaign  hash text
GET  /v1/ridings   campaign_hash device_name epoch hq_box protocol ridings[].acked_through ridings[].last_sequence
                   ridings[].name.en ridings[].name.fr ridings[].name.province ridings[].riding_id role scope server_time
GET  /v1/ridings/{riding_id}/events    cursor digest.digest digest.events digest.through epoch events[][] more
                   server_time through
GET  /v1/ridings/{riding_id}/digest    digest events through
GET  /v1/ridings/{riding_id}/progress  attempts by_code.* by_day[].attempts by_day[].contacts by_day[].day by_support.*
                   contact_rate.part contact_rate.whole contacts doors.part doors.whole people riding_id
GET  /v1/ridings/{riding_id}/assets/{name}          data kind size
GET  /v1/ridings/{riding_id}/who-saw   more rows[].act rows[].count rows[].device rows[].device_name rows[].first_ms
                   rows[].numbers rows[].numbers[] rows[].reason rows[].times rows[].wall_ms rows[].what rows[].who server_time
GET  /v1/ridings/{riding_id}/rosters/{name}         chunks[][] whole
GET  /v1/ridings/{riding_id}/rosters/{name}/chunks  chunks[][]
GET  /v1/ridings/{riding_id}/rosters/{name}/part    chunks[][] cut
POST /v1/ridings/{riding_id}/missing                hashes[]
"""
# Whoever holds a part is told, besides, what it is about.
_PART = {"part.own_through", "part.subjects"}
_OPEN = {"by_code", "by_support"}


def expected() -> dict[tuple[str, str], set[str]]:
    table: dict[tuple[str, str], set[str]] = {}
    place = ("", "")
    for line in EXPECTED.strip().splitlines():
        words = line.split()
        if words[0] in ("GET", "POST"):
            place = (words[0], words[1])
            words = words[2:]
        table.setdefault(place, set()).update(words)
    return table


def fields(value: Any, path: str = "") -> Iterator[str]:
    """The names of everything in a message."""
    if isinstance(value, dict) and value:
        for name, inside in value.items():
            called = "*" if path in _OPEN else str(name)
            yield from fields(inside, f"{path}.{called}" if path else called)
    elif isinstance(value, list) and value:
        for inside in value:
            yield from fields(inside, f"{path}[]")
    else:
        yield path


def with_support(hq: Hq) -> None:
    book = open_book(Path(hq.settings.folder).parent / "talker", passphrase=PASSPHRASE, now_ms=hq.time)
    try:
        join(book, hq.url, hq.code(), "Talker")
        sync_now(book)
        talk(book, 2, "2")
        sync_now(book)
    finally:
        book.close()


def told(answer: Answer) -> set[str]:
    if answer.content_type.startswith(CONTENT_TYPE):
        return set(fields(msgspec.msgpack.decode(answer.body)))
    return set(fields(json.loads(answer.body or b"{}")))


def test_every_role_is_told_these_fields_and_no_others(
    hq: Hq, actors: dict[str, Holder], filled: tuple[str, str], record_property: Any
) -> None:
    # Support is among the totals once somebody said something.
    with_support(hq)
    table, looked = expected(), 0
    # Figures are text for machines, looked at in test_figures; pages for people are looked at in test_console.
    handing_out = {one for one, roles in POLICY.items() if one[0] == "GET" and not isinstance(roles, People)}
    handing_out |= {("POST", "/v1/ridings/{riding_id}/missing")}
    assert table.keys() == handing_out - {("GET", "/metrics")}
    for (method, path), wanted in table.items():
        for role in Role:
            roles = POLICY[method, path]
            body = pack(Names(hashes=[bytes(32)])) if method == "POST" else None
            holder = actors[role.value]
            answer = holder.ask(method, path_to(path, RIDING, filled), body)
            assert not isinstance(roles, People)
            if roles is not None and role not in roles:
                assert answer.status == 404
                continue
            if path.endswith("/part") and role is Role.LEAD:
                # This one holds the whole.
                assert answer.status == 404
                continue
            assert answer.status == 200
            if role in RECORDERS and path.endswith("/events"):
                wanted = wanted | _PART
            if answer.content_type.startswith("application/json"):
                # The laptop's own connection passes over what is not a message.
                plain = requests.get(
                    hq.url + path_to(path, RIDING, filled), headers={"Authorization": f"Bearer {holder.token}"},
                    timeout=30,
                )  # fmt: skip
                seen = set(fields(plain.json()))
            else:
                seen = told(answer)
            # A field at its default is left out on the wire: an answer may say less, never more.
            assert seen <= wanted if "who-saw" in path else seen == wanted, (
                method,
                path,
                role,
                seen - wanted,
            )
            looked += 1
    record_property("proof", ("answers looked at field by field", looked))
    assert looked > 30


@pytest.mark.parametrize("sort", ["device", "not_found", "expired"])
def test_a_refusal_says_no_more_than_what_it_is(hq: Hq, sort: str) -> None:
    holder = Holder(hq, 70, Role.OBSERVER, frozenset({RIDING}))
    path = "/v1/ridings" if sort != "not_found" else f"/v1/ridings/{RIDING}/events"
    if sort == "expired":
        hq.time.pass_ms(16 * 60_000)
    answer = holder.ask("GET", path, token="x" if sort == "device" else None)
    assert answer.status == (404 if sort == "not_found" else 401)
    assert set(fields(msgspec.msgpack.decode(answer.body))) == {"code", "en", "fr"}
    holder.link.close()
