"""Who may ask headquarters for what: every role at every route that the application has, and things of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from fastapi import APIRouter, FastAPI

from canvass_app.domain.riding import Riding
from canvass_app.domain.roles import Role
from canvass_app.domain.text import Text
from canvass_app.hq.app import make_app
from canvass_app.hq.policy import HANDING_OUT, POLICY, People, Undeclared, declared, routes_of
from canvass_app.hq.ridings import add_ridings
from canvass_app.services.assets import put_asset
from canvass_app.services.syncing import sync_now
from canvass_app.services.turfs import assign_turf, make_turf
from canvass_app.sync.codec import pack, unpack
from canvass_app.sync.messages import PROBLEM_TYPE, Names, Problem
from tests.hq.browsers import Browser, invite
from tests.hq.holders import Holder
from tests.hq.kit import OTHER, RIDING, Hq, add_street, knock, street_door, street_person

NOBODY = "nobody"
SOMEBODY = street_person(1).hex()
ACTORS = (NOBODY, *(role.value for role in Role))

# What each may do, read by a person whenever it changes. "open": without any token; "+": only once the campaign's
# declaration was accepted on the device that asks.
EXPECTED = """
GET  /healthz                                         open
GET  /metrics                                         open
GET  /readyz                                          open
GET  /v1/campaign                                     admin organiser lead canvasser caller observer
GET  /v1/ridings                                      admin organiser lead canvasser caller observer
GET  /v1/ridings/{riding_id}/assets/{name}            admin organiser lead canvasser caller +
GET  /v1/ridings/{riding_id}/digest                   admin organiser lead canvasser caller +
GET  /v1/ridings/{riding_id}/events                   admin organiser lead canvasser caller +
GET  /v1/ridings/{riding_id}/progress                 admin organiser lead observer +
GET  /v1/ridings/{riding_id}/rosters/{name}           admin organiser lead
GET  /v1/ridings/{riding_id}/rosters/{name}/chunks    admin organiser lead +
GET  /v1/ridings/{riding_id}/rosters/{name}/part      lead canvasser caller +
GET  /v1/ridings/{riding_id}/who-saw                  admin organiser +
POST /v1/declaration                                  admin organiser lead canvasser caller observer
POST /v1/emptied                                      open
POST /v1/enrol                                        open
POST /v1/handed-in                                    open
POST /v1/ridings/{riding_id}/audit                    admin organiser lead canvasser caller observer
POST /v1/ridings/{riding_id}/events                   admin organiser lead canvasser caller
POST /v1/ridings/{riding_id}/missing                  admin organiser lead
POST /v1/ridings/{riding_id}/relay                    admin organiser lead
POST /v1/ridings/{riding_id}/rosters/{name}/seal      admin organiser lead
POST /v1/standing                                     open
POST /v1/token                                        open
PUT  /v1/ridings/{riding_id}/assets/{name}            admin organiser lead
PUT  /v1/ridings/{riding_id}/rosters/{name}/chunks    admin organiser lead
"""

# What people who log in may do, on the pages. "door": whoever stands before it. No device opens any of it.
EXPECTED_OF_PEOPLE = """
GET  /console                                         admin organiser observer
GET  /console/codes                                   admin organiser
GET  /console/devices                                 admin organiser
GET  /console/devices/{device}                        admin organiser
GET  /console/devices/{device}/revoke                 admin organiser
GET  /console/history                                 admin organiser observer
GET  /console/language/{language}                     door
GET  /console/login                                   door
GET  /console/style.css                               door
GET  /console/totals                                  admin organiser observer
GET  /console/totals/{riding_id}                      admin organiser observer
POST /console/codes                                   admin organiser
POST /console/devices/{device}/revoke                 admin organiser
POST /console/login                                   door
POST /console/logout                                  admin organiser observer
"""


def expected(table: str = EXPECTED) -> dict[tuple[str, str], set[str]]:
    lines = [line.split() for line in table.strip().splitlines()]
    return {(method, path): {*actors} - {"+"} for method, path, *actors in lines}


def after_declaration() -> set[tuple[str, str]]:
    lines = [line.split() for line in EXPECTED.strip().splitlines()]
    return {(method, path) for method, path, *actors in lines if "+" in actors}


def routes(hq: Hq) -> list[tuple[str, str]]:
    """Every (method, path) that the application serves."""
    return sorted(routes_of(make_app(hq.settings)))


@pytest.fixture
def actors(hq: Hq) -> Iterator[dict[str, Holder]]:
    """One device for each role, and one that shows nothing."""
    hq.office.write(lambda db: add_ridings(db, [Riding(OTHER, Text("Elsewhere", "Ailleurs"))]))
    made = {
        role.value: Holder(
            hq,
            50 + place,
            role,
            frozenset({RIDING}),
            ("Ana",) if role in (Role.CANVASSER, Role.CALLER) else (),
        )
        for place, role in enumerate(Role)
    }
    made[NOBODY] = Holder(hq, 90, Role.LEAD, frozenset())
    made[NOBODY].token = ""
    yield made
    for one in made.values():
        one.link.close()


@pytest.fixture
def filled(hq: Hq, new_laptop: Any) -> tuple[str, str]:
    """A riding with a roster and results, two doors of it Ana's; the names of the roster and of an asset."""
    book = new_laptop(hq)
    add_street(book, 5)
    knock(book, 1)
    turf = make_turf(book, RIDING, "Birch", [street_door(1), street_door(2)]).turf_id
    assign_turf(book, RIDING, turf, "Ana")
    sync_now(book)
    roster = bytes(book.read().query("SELECT name FROM roster")[0][0])
    asset = hq.office.write(lambda db: put_asset(db, RIDING, "layer", b"an invented outline"))
    return roster.hex(), asset.hex()


def path_to(path: str, riding: int | str, filled: tuple[str, str]) -> str:
    roster, asset = filled
    path = path.replace("{riding_id}", str(riding)).replace("{name}", roster if "rosters" in path else asset)
    ends = {"digest": "?through=1", "chunks": "?numbers=0", "who-saw": f"?person={SOMEBODY}"}
    return path + ends.get(path.rpartition("/")[2], "")


def test_the_table_and_the_routes_are_the_same_and_everybody_can_read_it(hq: Hq) -> None:
    assert set(routes(hq)) == set(POLICY) == set(expected()) | set(expected(EXPECTED_OF_PEOPLE))
    of_people = {one: rule for one, rule in POLICY.items() if isinstance(rule, People)}
    said = {
        one: {"open"} if roles is None else {r.value for r in roles}
        for one, roles in POLICY.items()
        if not isinstance(roles, People)
    }
    assert said == expected()
    said = {
        one: {"door"} if rule.roles is None else {r.value for r in rule.roles}
        for one, rule in of_people.items()
    }
    assert said == expected(EXPECTED_OF_PEOPLE)
    assert after_declaration() == HANDING_OUT


def test_a_route_that_nobody_declared_ends_the_start(hq: Hq) -> None:
    app: FastAPI = make_app(hq.settings)
    more = APIRouter()

    @more.get("/v1/people")
    async def people() -> list[str]:
        return ["everybody"]

    app.include_router(more)
    with pytest.raises(Undeclared, match="/v1/people"):
        declared(app)
    with pytest.raises(Undeclared, match="no such route"):
        declared(FastAPI(docs_url=None, redoc_url=None, openapi_url=None))
    app = make_app(hq.settings)
    app.mount("/files", FastAPI())
    with pytest.raises(Undeclared, match="/files"):
        declared(app)


def test_every_role_at_every_route(
    hq: Hq, actors: dict[str, Holder], filled: tuple[str, str], record_property: Any
) -> None:
    asked = 0
    for method, path in sorted(expected()):
        for actor in ACTORS:
            body = None if method == "GET" else b"\xc1"
            answer = actors[actor].ask(method, path_to(path, RIDING, filled), body)
            allowed = expected()[method, path]
            asked += 1
            where = (method, path, actor, answer.status)
            if "open" in allowed:
                # Each asks for something of its own; a token is not it.
                assert answer.status in (200, 400, 404), where
            elif actor == NOBODY:
                assert answer.status == 401, where
            elif actor == "lead" and path.endswith("/part"):
                # This one holds the whole.
                assert answer.status == 404, where
            elif actor in allowed:
                # What reads a body refuses this one; nothing else does.
                assert answer.status == (200 if method == "GET" or "seal" in path else 400), where
            else:
                assert answer.status == 404, where
                assert answer.content_type.startswith(PROBLEM_TYPE), where
                assert unpack(Problem, answer.body).code == "not_found", where
    assert asked == len(expected()) * 7
    record_property("proof", ("roles at routes", asked))


def test_every_person_and_every_device_at_every_page(
    hq: Hq, actors: dict[str, Holder], record_property: Any
) -> None:
    """Whoever may not is told 404, whoever is not logged in is led to the door; a device's token is nothing there."""
    people = ("admin", "organiser", "observer")
    for name in people:
        invite(hq, name, Role(name), frozenset({RIDING}))
    device = actors["lead"].device_id.hex()
    asked = 0
    for method, path in sorted(expected(EXPECTED_OF_PEOPLE)):
        allowed = expected(EXPECTED_OF_PEOPLE)[method, path]
        filled = path.format(device=device, riding_id=RIDING, language="fr") if "{" in path else path
        for name in ("", *people):
            browser = Browser(hq, name)
            # A form that says nothing: what acts on it refuses it, or logs out.
            answer = (
                browser.get(filled)
                if method == "GET"
                else browser.post(filled, form="" if not name else None)
            )
            where = (method, path, name, answer.status_code)
            asked += 1
            if "door" in allowed:
                assert answer.status_code in (200, 303, 403), where
            elif not name:
                assert (answer.status_code, answer.headers["Location"]) == (303, "/console/login"), where
            elif name in allowed:
                assert answer.status_code in (200, 303, 400), where
                assert answer.headers.get("Location") != "/console/login" or "logout" in path, where
            else:
                assert answer.status_code == 404, where
            browser.close()
        for actor in actors.values():
            answer = requests.request(
                method, hq.url + filled, headers={"Authorization": f"Bearer {actor.token}"}, allow_redirects=False,
                timeout=60,
            )  # fmt: skip
            asked += 1
            assert answer.status_code in (200, 303, 400, 403), (method, path, answer.status_code)
            if "door" not in allowed:
                assert answer.headers["Location"] == "/console/login", (method, path)
    record_property("proof", ("people and devices at pages", asked))


def test_a_log_in_opens_nothing_of_the_devices(hq: Hq, filled: tuple[str, str]) -> None:
    invite(hq, "keeper", Role.ADMIN)
    browser = Browser(hq, "keeper")
    secret = browser.session.cookies["canvass_session"]
    for method, path in sorted(expected()):
        if "open" in expected()[method, path]:
            continue
        answer = browser.session.request(
            method,
            hq.url + path_to(path, RIDING, filled),
            headers={"Authorization": f"Bearer {secret}"},
            timeout=60,
        )
        assert answer.status_code == 401, (method, path)
    browser.close()


def test_what_is_anothers_and_what_does_not_exist_are_the_same(
    hq: Hq, actors: dict[str, Holder], filled: tuple[str, str]
) -> None:
    """Another riding, an unknown one, a number that is none; a guessed name in one's own: never told from nothing."""
    for method, path in sorted(expected()):
        if "{riding_id}" not in path:
            continue
        for role in Role:
            if role.value not in expected()[method, path]:
                continue
            body = None if method == "GET" else pack(Names(hashes=[])) if "missing" in path else b"\xc1"
            answers = {
                (answer.status, answer.body)
                for riding in (OTHER, 201399077, 0, 1 << 70)
                for answer in [actors[role.value].ask(method, path_to(path, riding, filled), body)]
            }
            assert len(answers) == 1, (method, path, role, answers)
            assert next(iter(answers))[0] in (400, 404), (method, path, role)
        if "{name}" in path and method == "GET":
            guessed = path_to(path, RIDING, ("ab" * 32, "cd" * 32))
            assert actors["lead"].ask(method, guessed).status in (200, 404)
    # An asset of another riding is missing in one's own, and the other way round.
    asset = bytes.fromhex(filled[1])
    for holder, riding in ((actors["lead"], RIDING), (Holder(hq, 91, ridings=frozenset({OTHER})), OTHER)):
        answer = holder.ask("POST", f"/v1/ridings/{riding}/missing", pack(Names(hashes=[asset])))
        assert unpack(Names, answer.body).hashes == ([] if riding == RIDING else [asset])
