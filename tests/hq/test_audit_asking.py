"""Who saw somebody: asked over the wire, from a laptop, and from the command line."""

from __future__ import annotations

import json
from typing import Any

from canvass_app.domain.riding import Riding
from canvass_app.domain.roles import Role
from canvass_app.domain.text import Text
from canvass_app.hq.auditing import own_chain
from canvass_app.hq.devices import issue_code
from canvass_app.hq.projecting import catch_up
from canvass_app.hq.ridings import add_ridings
from canvass_app.services.audit import who_saw_here
from canvass_app.services.audit_asking import ask_who_saw
from canvass_app.services.book import Book
from canvass_app.services.syncing import join, sync_now
from canvass_app.storage.audit_check import check_riding
from canvass_app.sync.codec import unpack
from canvass_app.sync.messages import Problem, WhoSaw
from tests.hq.commands import Said, typed_at
from tests.hq.holders import Holder
from tests.hq.kit import OTHER, RIDING, Hq, knock, street_person
from tests.hq.test_audit import ANNE, kitchen, look_at

__all__ = ["kitchen"]


def test_an_organiser_asks_and_everybody_else_learns_nothing(hq: Hq, kitchen: Book) -> None:
    look_at(kitchen, 1)
    sync_now(kitchen)
    catch_up(hq.office, RIDING)
    hq.office.write(lambda db: add_ridings(db, [Riding(OTHER, Text("Elsewhere", "Ailleurs"))]))
    organiser = Holder(hq, 50, Role.ORGANISER, frozenset({RIDING}))
    elsewhere = Holder(hq, 51, Role.ORGANISER, frozenset({OTHER}))
    lead = Holder(hq, 52, Role.LEAD, frozenset({RIDING}))
    hq.time.pass_ms(1_000)
    try:
        path = f"/v1/ridings/{RIDING}/who-saw?person="
        answer = unpack(WhoSaw, organiser.ask("GET", path + ANNE.hex()).body)
        assert [(row.act, row.who, row.device_name) for row in answer.rows] == [("seen", "Ana", "Kitchen")]
        refused = [
            elsewhere.ask("GET", path + ANNE.hex()),
            lead.ask("GET", path + ANNE.hex()),
            elsewhere.ask("GET", path.replace(str(RIDING), str(OTHER)) + ANNE.hex()),
            organiser.ask("GET", path + "ab" * 16),
            organiser.ask("GET", path + "zz" * 16),
            organiser.ask("GET", path),
            organiser.ask("GET", path + ANNE.hex() * 99),
        ]
        assert {(one.status, one.body) for one in refused} == {(404, refused[0].body)}
        assert unpack(Problem, refused[0].body).code == "not_found"
        # The question is on record, and the next answer shows it.
        again = unpack(WhoSaw, organiser.ask("GET", path + ANNE.hex()).body)
        assert [row.act for row in again.rows] == ["asked", "seen"]
        since = unpack(WhoSaw, organiser.ask("GET", f"{path}{ANNE.hex()}&since={hq.time.ms + 1}").body)
        assert since.rows == []
    finally:
        for one in (organiser, elsewhere, lead):
            one.link.close()


def test_a_laptop_asks_headquarters_and_says_when_the_answer_is_its_own_alone(
    hq: Hq, kitchen: Book, new_laptop: Any
) -> None:
    look_at(kitchen, 1)
    sync_now(kitchen)
    office = new_laptop()
    alone = ask_who_saw(office, RIDING, ANNE)
    assert (alone.from_hq, [one.act for one in alone.sights]) == (False, ["asked"])
    code = issue_code(hq.office, frozenset({RIDING}), "Office", Role.ORGANISER).text
    join(office, hq.url, code, "Office")
    sync_now(office)
    look_at(office, 1)
    found = ask_who_saw(office, RIDING, ANNE)
    acts = {(one.act, one.device_name) for one in found.sights}
    assert found.from_hq
    assert {("seen", "Kitchen"), ("seen", ""), ("handed", "Office")} <= acts
    assert "Maple1" in found.name.en
    # A lead's laptop is told nothing by headquarters, and shows what it has itself.
    refused = ask_who_saw(kitchen, RIDING, ANNE)
    assert not refused.from_hq
    assert refused.why is not None
    assert "organiser" in refused.why.en
    assert [one.act for one in refused.sights] == ["asked", "seen"]


def run(hq: Hq, *words: str, language: str = "C.UTF-8") -> Said:
    return typed_at(hq, *words, language=language, USER="cleo")


def test_who_saw_and_audit_verify_from_the_command_line(hq: Hq, kitchen: Book) -> None:
    look_at(kitchen, 1, 99)
    sync_now(kitchen)
    catch_up(hq.office, RIDING)
    said = run(hq, "who-saw", ANNE.hex())
    assert said.returncode == 0, said.stderr
    assert "Ana   Kitchen   looked at" in said.stdout
    by_name = json.loads(
        run(hq, "who-saw", "Maple99 Nobody", "--riding", str(RIDING % 100_000), "--json").stdout
    )
    assert by_name["person"] == street_person(99).hex()
    assert [(one["act"], one["who"]) for one in by_name["seen"]] == [
        ("searched", "cleo"), ("seen", "Ana")
    ]  # fmt: skip
    assert run(hq, "who-saw", ANNE.hex(), "--since", "2099-01-01", "--json").stdout.count('"act"') == 0
    for wrong in (("ab" * 16,), ("Nobody at all",), (ANNE.hex(), "--since", "yesterday")):
        refused = run(hq, "who-saw", *wrong)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "Traceback" not in refused.stderr
    well = run(hq, "audit", "verify", language="fr_CA.UTF-8")
    assert well.returncode == 0
    assert "Le registre est entier" in well.stdout
    with hq.office.database.write() as db:
        db.run(
            "UPDATE audit SET wall_ms = wall_ms + 60000 WHERE number = 1 AND chain <> ?",
            (own_chain(hq.office),),
        )
    bad = run(hq, "audit", "verify", "--json")
    assert bad.returncode == 1
    (flaw,) = json.loads(bad.stdout)["flaws"]
    assert (flaw["device_name"], flaw["record"], flaw["why"]) == ("Kitchen", 1, "altered")
    assert run(hq, "doctor").returncode == 1


def test_the_laptops_own_log_answers_too(hq: Hq, kitchen: Book) -> None:
    look_at(kitchen, 1)
    look_at(kitchen, 2)
    assert [one.act for one in who_saw_here(kitchen, RIDING, ANNE)] == ["seen"]
    sync_now(kitchen)
    assert [one.act for one in who_saw_here(kitchen, RIDING, ANNE)] == ["seen"]
    assert who_saw_here(kitchen, RIDING, ANNE, unsent=True) == []
    assert check_riding(kitchen.read(), RIDING).flaws == []
    knock(kitchen, 1)
