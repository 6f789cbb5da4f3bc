"""The help of both programs, and what they answer to a wrong call, are in the language of whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from canvass_app.cli import help_words as laptop_words
from canvass_app.cli import main as laptop
from canvass_app.cli.commands import app as laptop_app
from canvass_app.cli.places import terminal_language
from canvass_app.hq import help_words as headquarters_words
from canvass_app.hq.cli import app as headquarters_app
from canvass_app.hq.cli import main as headquarters
from canvass_app.services.spoken_help import spoken
from tests.domain.test_typography import set_fault

PROGRAMS = [(laptop_app, laptop_words.FRENCH), (headquarters_app, headquarters_words.FRENCH)]
NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, "C.UTF-8")
    monkeypatch.setenv("CANVASS_DATA", str(tmp_path))


def commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        if not inner.hidden:
            yield from commands(inner, (*path, name))


def helps(app: typer.Typer) -> set[str]:
    found: set[str] = set()
    for _, command in commands(get_command(app)):
        found |= {
            text for text in (command.help, *(getattr(one, "help", None) for one in command.params)) if text
        }
    return found


@pytest.mark.parametrize(("app", "french"), PROGRAMS, ids=["canvass-app", "canvass-hq"])
def test_every_help_has_its_french_and_no_french_is_left_over(
    app: typer.Typer, french: Mapping[str, str]
) -> None:
    assert helps(app) - set(french) == set()
    assert set(french) - helps(app) == set()
    faults = {
        text: fault
        for text in french.values()
        if (
            fault := set_fault(
                text.replace(" :", f"{NBSP}:").replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
            )
        )
    }
    assert faults == {}


@pytest.mark.parametrize("program", [laptop, headquarters], ids=["canvass-app", "canvass-hq"])
def test_help_is_french_to_the_last_word_of_it_where_the_system_is(
    program: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = laptop_app if program is laptop else headquarters_app
    for path, _ in commands(get_command(app)):
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
        assert program([*path, "--help"]) == 0
        english = capsys.readouterr().out
        assert "Show this message and exit." in english
        monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
        assert program([*path, "--help"]) == 0
        french = capsys.readouterr().out
        assert french.startswith(f"Utilisation{NBSP}: "), path
        assert f"Options{NBSP}:" in french
        for word in (
            "Usage",
            "Show this",
            "Arguments:",
            "Options:",
            "Commands",
            "required",
            "default:",
            "env var",
            "<str>",
        ):
            assert word not in french, (path, word)


def test_the_languages_of_two_calls_in_one_process_do_not_mix() -> None:
    french, english = (spoken(laptop_app, language, laptop_words.FRENCH) for language in ("fr", "en"))
    assert french.commands["sync"].help.startswith("Envoyer")
    assert english.commands["sync"].help.startswith("Send")


def test_help_follows_the_word_that_asks_and_the_applications_own_setting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert laptop(["sync", "--lang", "fr", "--help"]) == 0
    assert "Envoyer ce qui manque" in capsys.readouterr().out
    assert laptop(["sync", "--help"]) == 0
    assert "Send what" in capsys.readouterr().out
    (tmp_path / "preferences.json").write_text('{"version": 1, "language": "fr"}', "utf-8")
    assert laptop(["sync", "--help"]) == 0
    assert "Envoyer ce qui manque" in capsys.readouterr().out
    assert laptop(["sync", "--lang=en", "--help"]) == 0
    assert "Send what" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["", "[]", "{", "7", '{"language": 7}', '{"language": "de"}'])
def test_settings_that_say_nothing_leave_the_terminal_as_it_is(tmp_path: Path, text: str) -> None:
    (tmp_path / "preferences.json").write_text(text, "utf-8")
    assert terminal_language(None, tmp_path) == "en"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["zzz"], f"Il n’y a pas de commande «{NBSP}zzz{NBSP}»."),
        (["history", "person"], f"Il manque l’argument «{NBSP}name{NBSP}»."),
        (["progress"], f"Il manque l’option «{NBSP}--riding{NBSP}»."),
        (["sync", "--fast"], f"Il n’y a pas d’option «{NBSP}--fast{NBSP}»."),
        (["sync", "now"], f"De trop{NBSP}: now."),
        (["history", "person", "Roy", "--page", "x"], f"Valeur non valide pour «{NBSP}--page{NBSP}»"),
        (["team"], "Il manque la commande."),
    ],
)
def test_a_wrong_call_is_answered_in_french(
    words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name)
    assert laptop(words) == 2
    answer = capsys.readouterr().err
    assert f"Erreur{NBSP}: {said}" in answer
    assert "--help" in answer


def test_headquarters_called_without_a_word_shows_its_help(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")
    assert headquarters([]) == 2
    assert capsys.readouterr().err.startswith(f"Utilisation{NBSP}: canvass-hq")
    assert headquarters(["--version"]) == 0
