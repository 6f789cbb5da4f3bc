"""`canvass-hq person`: who may log in to headquarters' pages. A password is asked for, or read from a file, never typed
among the words of a command, where others on the machine see it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from canvass_app.domain.errors import InputError
from canvass_app.domain.roles import NAMES, Role
from canvass_app.domain.text import Text

from .console import AsJson, Data, PassphraseFile, language, role_option, say, settings_of, show, told

person_app = typer.Typer(
    help="People who log in to headquarters' pages (see serve --console).", no_args_is_help=True
)
PASSWORD_VARIABLE = "CANVASS_HQ_PERSON_PASSWORD_FILE"
Login = Annotated[str, typer.Argument(help="What this person logs in with.", metavar="LOGIN")]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        help="File that holds the password; otherwise it is asked for.",
        envvar=PASSWORD_VARIABLE,
    ),
]

_NO_PASSWORD = Text(
    "No password was given. Nothing was changed. Type it when asked, or name a file with --password-file.",
    "Aucun mot de passe n’a été donné. Rien n’a été modifié. Tapez-le quand on vous le demande, ou indiquez un fichier avec "
    "--password-file.",
)
_UNREADABLE = Text(
    "The password file “{name}” cannot be read. Nothing was changed.",
    "Le fichier de mot de passe « {name} » est illisible. Rien n’a été modifié.",
)


_ENTITLED = (Role.ADMIN, Role.ORGANISER, Role.OBSERVER)
"""The roles of people who log in."""


def _password(file: Path | None) -> str:
    if file is not None:
        try:
            return file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(_UNREADABLE.fill(name=file.name)) from error
    if not sys.stdin.isatty():
        raise InputError(_NO_PASSWORD)
    words = say("New password (twelve symbols or more)", "Nouveau mot de passe (douze caractères ou plus)")
    return typer.prompt(words, hide_input=True, confirmation_prompt=True)


@person_app.command("add")
def add(
    login: Login,
    name: Annotated[str, typer.Option(help="What people call this person.")] = "",
    role: Annotated[
        Role, role_option(_ENTITLED, "Keeps headquarters, answers for ridings, or sees totals only.")
    ] = Role.ORGANISER,
    riding: Annotated[
        list[str] | None, typer.Option(help="A riding of this person; several times for several. None: all.")
    ] = None,
    password_file: PasswordFile = None,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Let somebody log in."""
    from .accounts import add_account
    from .office import open_office
    from .ridings import scope_named

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            scope = scope_named(office, riding)
            made = add_account(office, login, name, role, scope, _password(password_file))
        finally:
            office.close()
    report = {
        **_counts(added=1),
        "login": made.login,
        "name": made.name,
        "role": made.role.value,
        "ridings": _scope(scope),
    }
    show(
        report,
        as_json,
        say(
            "“{login}” can log in as {role}, where headquarters runs with --console.",
            "« {login} » peut se connecter ({role}), là où le quartier général tourne avec --console.",
            login=made.login,
            role=NAMES[made.role],
        ),
    )


@person_app.command("list")
def list_people(data: Data = None, passphrase_file: PassphraseFile = None, as_json: AsJson = False) -> None:
    """Everybody who may log in, or could before."""
    from .accounts import every_account
    from .office import open_office

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            people = every_account(office.read())
        finally:
            office.close()
    report = {
        **_counts(unchanged=len(people)),
        "people": [
            {
                "login": one.login, "name": one.name, "role": one.role.value, "ridings": _scope(one.ridings),
                "disabled": one.disabled,
            }
            for one in people
        ],
    }  # fmt: skip
    lines = [
        "   ".join(
            (
                one.login, one.name, NAMES[one.role].say(language()),
                say("shut out", "n’a plus accès") if one.disabled else say("let in", "a accès"),
                say("every riding", "toutes les circonscriptions") if one.ridings is None
                else ", ".join(str(riding % 100_000) for riding in sorted(one.ridings)),
            )
        )
        for one in people
    ]  # fmt: skip
    show(
        report,
        as_json,
        "\n".join(lines) or say("Nobody may log in yet.", "Personne ne peut encore se connecter."),
    )


@person_app.command("password")
def password(
    login: Login,
    password_file: PasswordFile = None,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Give somebody a new password; every log-in of this person ends."""
    from .accounts import change_password, known_login
    from .office import open_office

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            known_login(office.read(), login)
            change_password(office, login, _password(password_file))
        finally:
            office.close()
    show(
        _counts(changed=1),
        as_json,
        say(
            f"“{login}” has a new password. Every log-in under the old one has ended.",
            f"« {login} » a un nouveau mot de passe. Toute connexion sous l’ancien est terminée.",
        ),
    )


@person_app.command("disable")
def disable(
    login: Login,
    undo: Annotated[bool, typer.Option("--undo", help="Let this person in again.")] = False,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Shut somebody out at once, logged in or not."""
    from .accounts import set_disabled
    from .office import open_office

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            changed = set_disabled(office, login, not undo)
        finally:
            office.close()
    out = say(f"“{login}” is shut out.", f"« {login} » n’a plus accès.")
    back = say(f"“{login}” can log in again.", f"« {login} » peut de nouveau se connecter.")
    nothing = say(" Nothing was changed.", " Rien n’a été modifié.")
    show(
        _counts(changed=int(changed), unchanged=int(not changed)),
        as_json,
        (back if undo else out) + ("" if changed else nothing),
    )


def _counts(added: int = 0, changed: int = 0, unchanged: int = 0) -> dict[str, Any]:
    return {"added": added, "changed": changed, "unchanged": unchanged, "left_out": []}


def _scope(ridings: frozenset[int] | None) -> Any:
    return "*" if ridings is None else sorted(ridings)
