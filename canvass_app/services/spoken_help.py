"""The two programs in a terminal: their help, and what they answer to a wrong call, in the language of whoever asks."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import typer
from typer.main import get_command

from canvass_app.domain.text import Text, set_french

_HEADINGS = {"Options": "Options", "Arguments": "Arguments", "Commands": "Commandes"}
_OWN = {"Show this message and exit.": "Afficher ce message et quitter."}
_TYPES = {
    "COMMAND": "COMMANDE", "PERSON": "PERSONNE", "DEVICE": "ORDINATEUR", "NUMBER": "NUMÉRO", "LOGIN": "NOM",
    "<str>": "<texte>", "<path>": "<chemin>", "<int>": "<entier>", "<int range>": "<entier>", "<float range>": "<nombre>",
}  # fmt: skip
_EXTRAS = (("default: ", "par défaut : "), ("env var: ", "variable : "), ("required", "obligatoire"))
_DEFAULTS = {
    "member": "membre", "coming": "vient", "came": "présence", "lead": "chef", "organiser": "responsable",
}  # fmt: skip
_WRONG_CALLS = (
    (r"Missing argument '(.+)'\.", r"Il manque l’argument « \1 »."),
    (r"Missing option '(.+)'\.", r"Il manque l’option « \1 »."),
    (r"Missing command\.", "Il manque la commande."),
    (r"No such command '(.+)'\.", r"Il n’y a pas de commande « \1 »."),
    (r"No such option: (\S+).*", r"Il n’y a pas d’option « \1 »."),
    (r"Option '(.+)' requires an argument\.", r"L’option « \1 » exige une valeur."),
    (r"Got unexpected extra argument\(s\) \((.+)\)", r"De trop : \1."),
    (r"Invalid value for '?([^':]+)'?: (.*)", r"Valeur non valide pour « \1 » : \2"),
)


def run(
    app: typer.Typer, name: str, arguments: Sequence[str], language: str, french: Mapping[str, str]
) -> int:
    """Run one command of a program; its exit code: what the command returned, or 2 for a wrong call.

    `french` has the French of each English help. What a command raises of its own goes on to the caller.
    """
    try:
        outcome: Any = spoken(app, language, french).main(
            args=list(arguments), prog_name=name, standalone_mode=False
        )
    except typer.Exit as leave:
        return leave.exit_code
    except typer.Abort:
        print(_ABORTED.say(language), file=sys.stderr)
        return 1
    except Exception as error:
        # Typer's usage errors know how to show themselves.
        show = getattr(error, "show", None)
        if show is None:
            raise
        if language == "fr" and getattr(error, "ctx", None) is not None:
            print(_wrong_call(error), file=sys.stderr)
        else:
            show(file=sys.stderr)
        return int(getattr(error, "exit_code", 2))
    return outcome if isinstance(outcome, int) else 0


def spoken(app: typer.Typer, language: str, french: Mapping[str, str]) -> Any:
    """The program as a command whose help is in `language`; `french` has the French of each English help."""
    command = get_command(app)
    if language == "fr":
        _translate(command, french)
    return command


def _translate(command: Any, french: Mapping[str, str]) -> None:
    command.context_class = _FrenchContext
    command.help = _said(command.help, french)
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = _said(parameter.help, french)
    for inner in getattr(command, "commands", {}).values():
        _translate(inner, french)


def _said(text: str | None, french: Mapping[str, str]) -> str | None:
    return set_french(french.get(text, text)) if text else text


# Typer brings its own and names it nowhere else.
_Formatter: Any = typer.Context.formatter_class


class _FrenchFormatter(_Formatter):
    """Writes what typer itself says in French."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        _Formatter.write_usage(self, prog, _types(args), "Utilisation\u00a0: " if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        _Formatter.write_heading(self, f"{_HEADINGS.get(heading, heading)}\u00a0")

    def write_dl(self, rows: Sequence[tuple[str, str]], *more: Any, **named: Any) -> None:
        _Formatter.write_dl(
            self, [(_types(first), _described(second)) for first, second in rows], *more, **named
        )


class _FrenchContext(typer.Context):
    formatter_class = _FrenchFormatter


def _types(text: str) -> str:
    return re.sub(r"\b[A-Z]+\b|<[a-z ]+>", lambda found: _TYPES.get(found[0], found[0]), text)


def _described(text: str) -> str:
    """The help of an option: typer's own option, and what typer adds in brackets at the end."""
    text = _OWN.get(text, text)
    words, bracket, extra = text.rpartition("  [") if "  [" in text else ("", text[:1], text[1:])
    if bracket in ("  [", "["):
        extra = re.sub(r"(?<=default: )\w+", lambda found: _DEFAULTS.get(found[0], found[0]), extra)
        for english, french in _EXTRAS:
            extra = extra.replace(english, set_french(french))
    return f"{words}{bracket}{extra}"


def _wrong_call(error: Any) -> str:
    """How it is called, and what is wrong with this call."""
    message, help_option = str(error.format_message()), f"{error.ctx.command_path} --help"
    if message.startswith(error.ctx.get_usage()):
        # Called without a word: what it would say is its help.
        return message
    for english, french in _WRONG_CALLS:
        if re.fullmatch(english, message):
            message = re.sub(english, french, message)
            break
    return set_french(f"{error.ctx.get_usage()}\n« {help_option} » montre l’aide.\n\nErreur : {message}")


_ABORTED = Text("Stopped. Nothing was changed.", "Arrêté. Rien n’a été modifié.")
