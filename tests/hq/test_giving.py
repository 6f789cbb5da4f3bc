"""`canvass-hq enrol --for` and `canvass-hq device give`: whose turfs and lists a device holds."""

from __future__ import annotations

import json
from typing import Any

import pytest

from canvass_app.hq.cli import main
from canvass_app.hq.office import DATABASE_VARIABLE
from canvass_app.hq.ward import find
from canvass_app.services.syncing import join
from tests.hq.kit import PASSPHRASE, RIDING, Hq


@pytest.fixture
def ask(hq: Hq, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Run a command of this headquarters: (exit code, what it printed, what it complained of)."""
    monkeypatch.setenv("CANVASS_HQ_PASSPHRASE", PASSPHRASE)
    if hq.settings.database_url:
        monkeypatch.setenv(DATABASE_VARIABLE, hq.settings.database_url)

    def run(*words: str, language: str = "C.UTF-8") -> tuple[int, str, str]:
        monkeypatch.setenv("LC_ALL", language)
        capsys.readouterr()
        code = main([*words, "--data", str(hq.settings.folder)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_a_code_for_a_canvasser_says_whose_lists(hq: Hq, ask: Any, new_laptop: Any) -> None:
    code, out, _ = ask(
        "enrol", "--riding", "99001", "--role", "canvasser", "--for", " Ana   Invented", "--for", "ANA INVENTED ", "--json"
    )  # fmt: skip
    told = json.loads(out)
    assert (code, told["role"], told["given_to"]) == (0, "canvasser", ["Ana Invented", "ANA INVENTED"])
    book = new_laptop()
    join(book, hq.url, told["code"], "Whatever it calls itself")
    known = find(hq.office, book.device_id.hex())
    assert (known.name, known.given_to) == ("Ana Invented, ANA INVENTED", ("Ana Invented", "ANA INVENTED"))
    assert known.ridings == frozenset({RIDING})
    _, out, _ = ask("device", "list")
    assert "99001, of it what is given to Ana Invented" in out
    code, out, _ = ask("device", "give", known.number, "--for", "Équipe Est", language="fr_CA.UTF-8")
    assert code == 0
    assert "contient ce qui est confié à Équipe Est, dès sa prochaine synchronisation" in out
    assert find(hq.office, known.number).given_to == ("Équipe Est",)
    _, out, _ = ask("device", "give", known.number, "--for", "Équipe Est", "--json")
    assert json.loads(out)["unchanged"] == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("enrol", "--role", "canvasser"), "say to whom"),
        (("enrol", "--role", "caller", "--for", " .,"), "say to whom"),
        (("enrol", "--role", "organiser", "--for", "Ana"), "holds whole ridings"),
    ],
)
def test_a_code_that_fits_no_role_is_not_given_out(
    hq: Hq, ask: Any, words: tuple[str, ...], says: str
) -> None:
    code, _, complaint = ask(*words)
    assert code == 1
    assert says in complaint.replace("\n", " ")
    assert "Nothing was changed" in complaint.replace("\n", " ")
    assert hq.rows("SELECT COUNT(*) FROM enrolment") == [(0,)]


def test_a_lead_s_laptop_is_given_to_a_team_and_is_whole_again(hq: Hq, ask: Any, new_laptop: Any) -> None:
    number = new_laptop(hq).device_id.hex()[:8]
    code, _, complaint = ask("device", "give", number)
    assert (code, "--whole" in complaint) == (1, True)
    assert ask("device", "give", number, "--for", "Team East")[0] == 0
    assert find(hq.office, number).given_to == ("Team East",)
    code, out, _ = ask("device", "give", number, "--whole")
    assert "holds whole ridings" in out
    assert find(hq.office, number).given_to == ()
