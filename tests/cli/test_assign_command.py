"""Giving turfs to members by their needs from the command line, in both languages."""

from __future__ import annotations

from tests.cli.test_turf_commands import Run, run

__all__ = ["run"]


def _people(run: Run) -> None:
    run("turfs", "cut", "--turfs", "3")
    for team, *members in (
        ("North", ("Ana Roy", "no stairs, brings her dog")),
        ("South", ("Bo Singh", "calls only")),
    ):
        assert run("team", "add", team)[0] == 0
        for name, needs in members:
            assert run("team", "member", team, name, "--needs", needs)[0] == 0


def test_turfs_are_proposed_rehearsed_and_given(run: Run) -> None:
    _people(run)
    code, said, _ = run("turfs", "assign", "--riding", "99001", "--dry-run")
    assert (code, said["changed"]) == (0, 0)
    assert all(not turf["assigned"] for turf in run("turfs", "list")[1]["turfs"])
    code, said, _ = run("turfs", "assign")
    assert (code, said["changed"], len(said["proposed"])) == (0, 1, 4)
    [given] = [one for one in said["proposed"] if one["turf"] and one["member"]]
    assert given["member"] == "Ana Roy"
    assert given["reasons"] == ["no stairs: no building with floors (steps at houses are not known)"]
    assert given["warnings"] == ["not considered: “brings her dog”"]
    assert [turf["assigned"] for turf in run("turfs", "list")[1]["turfs"]].count("Ana Roy") == 1


def test_a_team_alone_is_given_turfs_and_that_is_told_in_french(run: Run) -> None:
    _people(run)
    code, text, _ = run("turfs", "assign", "--team", "North", "--lang", "fr")
    assert code == 0
    assert "1 secteur confié." in text
    assert "sans escaliers\u00a0: aucun immeuble à étages" in text
    assert "Bo Singh" not in text


def test_a_team_that_is_not_there_and_a_riding_without_turfs_are_told(run: Run) -> None:
    code, _, told = run("turfs", "assign", "--team", "West")
    assert (code, "No team here is called “West”" in told) == (1, True)
    code, _, told = run("turfs", "assign")
    assert (code, "No turf is waiting" in told) == (1, True)
