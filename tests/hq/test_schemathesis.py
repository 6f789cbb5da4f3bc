"""Headquarters under whatever anybody sends, as every role and on both databases: no fault, and no word of its insides.

Schemathesis reads the application's own routes and makes requests that fit them and requests that do not; bodies come from
tests/hq/fuzzing.py. Devices and people keep what they got, so that a request meets a headquarters that the ones before it left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from canvass_app.domain.riding import Riding
from canvass_app.domain.roles import RECORDERS, Role
from canvass_app.domain.text import Text
from canvass_app.hq.app import make_app
from canvass_app.hq.devices import issue_code
from canvass_app.hq.policy import POLICY, People
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.ridings import add_ridings
from canvass_app.services.assets import put_asset
from canvass_app.services.syncing import sync_now
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from canvass_app.sync.codec import pack, unpack
from canvass_app.sync.joining import ask_to_join
from canvass_app.sync.messages import Names, Page, Receipt, Signed
from canvass_app.sync.passes import ask_to_renew
from tests.hq.browsers import Browser, invite
from tests.hq.fuzzing import FORM, framed, own_asset, own_batch, schema_of
from tests.hq.holders import Holder
from tests.hq.kit import OTHER, RIDING, Hq, add_street, street_door, talk

NOBODY = "nobody"
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
DEVICES = (NOBODY, *(role.value for role in Role))
PEOPLE = ("admin", "organiser", "observer")
INSIDES = re.compile(
    rb"Traceback|File \"|\.py\b|site-packages|psycopg|sqlite|sqlcipher|SELECT |INSERT |UPDATE |DELETE FROM|relation \"|"
    rb"constraint|argon2|Error\("
)
# Behind the doors that are invented in this test; only who may fetch them may read them.
NAMES = re.compile(rb"Maple\d|Birch Street|Millbrook")


class Actors:
    """Everybody who asks: a device of each role, one without a pass, and people who log in."""

    def __init__(self, hq: Hq) -> None:
        self.hq = hq
        self.session = requests.Session()
        self.devices = {
            role.value: Holder(
                hq, 50 + place, role, frozenset({RIDING}), ("Ana",) if role in RECORDERS else ()
            )
            for place, role in enumerate(Role)
        }
        # Those that people may shut out.
        self.given_up = [Holder(hq, 80 + n, ridings=frozenset({RIDING})) for n in range(2)]
        for name in PEOPLE:
            invite(hq, name, Role(name), frozenset({RIDING}) if name != "admin" else None)
        self.people = {name: Browser(hq, name) for name in PEOPLE}
        self.cursors: dict[str, str] = {}
        self.sent: Counter[str] = Counter()

    def send(self, actor: str, case: Any, more: dict[str, Any]) -> requests.Response:
        """Send a case as this actor."""
        kind, _, name = actor.partition(" ")
        session, headers = (
            self.session,
            {"Accept-Encoding": "identity", "Connection": "close", **more.pop("headers", {})},
        )
        if kind == "device" and name != NOBODY:
            headers["Authorization"] = f"Bearer {self.devices[name].token}"
        if kind == "person":
            session = self.people[name].session
        if case.path == "/console/login":
            # Tries with a browser that is known would make its owner wait.
            session = self.session
            session.cookies.clear()
        if case.path.startswith("/console") and session is self.session:
            session.get(f"{self.hq.url}/console/login", timeout=60)
        given = case.as_transport_kwargs(base_url=self.hq.url)
        given["headers"] = {**dict(given["headers"]), **headers}
        given |= more
        given.pop("cookies", None)
        given.pop("auth", None)
        answer = session.request(**given, allow_redirects=False, timeout=60)
        if kind == "person" and case.path == "/console/logout" and answer.status_code == 303:
            self.people[name].log_in(name)
        return answer

    def make_fit(self, data: st.DataObject, case: Any, actor: str, names: list[str], ids: list[str]) -> None:
        """Put what is here, and what this actor would send next, in the place of what was made up."""
        here: dict[str, list[Any]] = {
            "riding_id": [RIDING], "name": names, "device": ids, "language": ["en", "fr"], "limit": [1, 500], "skip": [0],
            "cursor": [self.cursors.get(actor, "")], "numbers": ["0", "0,1"], "through": [0, 1, 9], "back": ["/console/codes"],
        }  # fmt: skip
        for values in (case.path_parameters, case.query):
            for name in sorted(set(values) & set(here)):
                values[name] = data.draw(st.sampled_from(here[name]))
        kind, _, name = actor.partition(" ")
        what = case.method, case.path
        if case.path == "/console/codes" and isinstance(case.body, dict):
            role = data.draw(st.sampled_from(["lead", "organiser", "admin", "canvasser", "caller"]))
            where = data.draw(
                st.sampled_from([{"riding": str(RIDING)}, {"riding": str(OTHER)}, {"every": "yes"}])
            )
            given = data.draw(st.sampled_from(["", "Ana", "Ana; Team East", str(case.body.get("given", ""))]))
            case.body = {"label": str(case.body.get("label", "")), "role": role, "given": given, **where}
        elif what == ("POST", "/v1/ridings/{riding_id}/events") and kind == "device" and name != NOBODY:
            # What comes next, what was sent before, or what leaves a hole.
            first = max(1, self.sent[name] + 1 + data.draw(st.sampled_from([0, 0, 0, -2, 2])))
            case.body = own_batch(self.devices[name].device_id, first, data.draw(st.integers(1, 4)))
        elif what == ("POST", "/v1/ridings/{riding_id}/missing"):
            case.body = pack(Names(hashes=[bytes.fromhex(one) for one in names]))
        elif what == ("PUT", "/v1/ridings/{riding_id}/assets/{name}"):
            case.path_parameters["name"], case.body = own_asset(data.draw(st.binary(max_size=40)))
        elif what == ("POST", "/v1/enrol"):
            seed = data.draw(st.integers(200, 204)).to_bytes(32, "big")
            code = issue_code(self.hq.office, frozenset({RIDING}), "").text
            case.body = next(ask_to_join(code, seed[16:], "Another", seed)).body
        elif what == ("POST", "/v1/token"):
            holder = data.draw(st.sampled_from(self.given_up))
            case.body = next(ask_to_renew(holder.refresh, holder.seed)).body

    def learn(self, actor: str, case: Any, answer: requests.Response) -> None:
        """Keep what the answer says of what comes next."""
        _, _, name = actor.partition(" ")
        if answer.status_code != 200 or case.path != "/v1/ridings/{riding_id}/events":
            return
        if case.method == "GET":
            self.cursors[actor] = unpack(Page, answer.content).cursor
        else:
            receipt = msgspec.msgpack.decode(unpack(Signed, answer.content).payload, type=Receipt)
            self.sent[name] = receipt.acked_through

    def form_of(self, actor: str, path: str) -> str:
        """The token that this actor's forms carry."""
        kind, _, name = actor.partition(" ")
        return self.people[name].form if kind == "person" and path != "/console/login" else ""

    def close(self) -> None:
        self.session.close()
        for one in (*self.devices.values(), *self.given_up):
            one.link.close()
        for browser in self.people.values():
            browser.close()


@pytest.fixture
def actors(hq: Hq, new_laptop: Any) -> Iterator[Actors]:
    hq.office.write(lambda db: add_ridings(db, [Riding(OTHER, Text("Elsewhere", "Ailleurs"))]))
    book = new_laptop(hq)
    add_street(book, 5)
    talk(book, 1, "2")
    turf = make_turf(book, RIDING, "Birch", [street_door(1), street_door(2)]).turf_id
    issue_walk_list(book, RIDING, turf, canvasser="Ana")
    sync_now(book)
    catch_up(hq.office, RIDING)
    made = Actors(hq)
    yield made
    made.close()


def known(hq: Hq, actors: Actors) -> tuple[list[str], list[str]]:
    """Names of assets and rosters, and ids of devices, that are here."""
    roster = bytes(hq.rows("SELECT name FROM roster")[0][0]).hex()
    asset = hq.office.write(lambda db: put_asset(db, RIDING, "layer", b"an invented outline")).hex()
    return [roster, asset, "ab" * 32], [one.device_id.hex() for one in actors.given_up]


def may(method: str, path: str) -> list[str]:
    """Which actors may ask for it, by the table; none is named where anybody may."""
    rule = POLICY[method, path]
    if isinstance(rule, People):
        return [f"person {one.value}" for one in sorted(rule.roles or ())]
    return [f"device {one.value}" for one in sorted(rule or ())]


def feed(
    hq: Hq,
    actors: Actors,
    cases: int,
    values: tuple[list[str], list[str]] | None = None,
    *,
    shrink: bool = True,
) -> Counter[int]:
    """Send so many requests, each as somebody; how often each status was answered."""
    names, ids = values or known(hq, actors)
    schema = schema_of(make_app(hq.settings, console=True))
    operations = {one.ok().label: one.ok() for one in schema.get_all_operations()}
    strategies = {
        (label, mode): operation.as_strategy(generation_mode=mode)
        for label, operation in operations.items()
        for mode in (POSITIVE, NEGATIVE)
        if mode is POSITIVE or any(True for _ in operation.iter_parameters())
    }
    everybody = [*(f"device {one}" for one in DEVICES), *(f"person {one}" for one in PEOPLE)]
    allowed = {label: may(one.method.upper(), one.path) or everybody for label, one in operations.items()}
    said: Counter[int] = Counter()

    @settings(
        max_examples=cases, deadline=None, database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
    )  # fmt: skip
    @given(data=st.data())
    def everything(data: st.DataObject) -> None:
        label, fits = (
            data.draw(st.sampled_from(sorted(operations))),
            data.draw(st.sampled_from([True] * 3 + [False])),
        )
        which = (label, POSITIVE if fits or (label, NEGATIVE) not in strategies else NEGATIVE)
        case: Any = data.draw(strategies[which])
        of_pages = case.path.startswith("/console")
        # Half of them by somebody who may, and where there is something: what lies behind the doors is to be met too.
        actor = data.draw(st.one_of(st.sampled_from(allowed[which[0]]), st.sampled_from(everybody)))
        if data.draw(st.booleans()):
            actors.make_fit(data, case, actor, names, ids)
        more: dict[str, Any] = {}
        if isinstance(case.body, bytes) and case.media_type != FORM:
            more["data"], more["headers"] = data.draw(framed(case.body))
        elif isinstance(case.body, dict):
            case.body = {**case.body, "form": actors.form_of(actor, case.path) or "0"}
        answer = actors.send(actor, case, more)
        where = (actor, which[0], answer.status_code, answer.content[:300])
        said[answer.status_code] += 1
        actors.learn(actor, case, answer)
        assert answer.status_code < 500, where
        assert not INSIDES.search(answer.content), where
        if answer.status_code != 200 or of_pages:
            assert not NAMES.search(answer.content), where

    everything()
    return said


def whole_afterwards(hq: Hq) -> None:
    """What was sent left every number in its place, and everybody who was let in before is."""
    for riding in (RIDING, OTHER):
        most, events, counter = hq.numbers(riding)
        assert most == events == counter


def test_whatever_anybody_sends_is_answered_without_a_fault(
    hq: Hq, actors: Actors, record_property: Any
) -> None:
    said = feed(hq, actors, 200)
    whole_afterwards(hq)
    # Every kind of answer: what fits is done, what does not is refused.
    assert {200, 303, 400, 401, 404} <= set(said), said
    record_property("proof", ("requests of all kinds", said.total()))


@pytest.mark.proof
def test_ten_thousand_requests_of_everybody_are_answered_without_a_fault(
    hq: Hq, actors: Actors, record_property: Any
) -> None:
    said = feed(hq, actors, 10_000)
    whole_afterwards(hq)
    assert {200, 303, 400, 401, 403, 404, 409} <= set(said), said
    record_property("proof", ("requests of all kinds", said.total()))


@pytest.mark.expects_log("fault|storage_problem|Exception in ASGI")
def test_a_headquarters_that_has_a_fault_is_found_out(hq: Hq, actors: Actors) -> None:
    """The test itself: a table that is gone shows, whoever asks first for what stood in it."""
    schema_before = known(hq, actors)
    # Every greeting reads the one, every laptop that joins the other.
    for table in ("device_log", "number_block"):
        hq.office.write(lambda db, table=table: db.run(f"DROP TABLE {table}"))
    with pytest.raises(AssertionError):
        feed(hq, actors, 400, schema_before, shrink=False)
    assert INSIDES.search(b'Traceback (most recent call last):\n  File "x.py"')
    assert NAMES.search(b"Maple3")
