"""`canvass-hq`: headquarters' command line. Each command parses, asks one function, prints."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from canvass_app import __version__
from canvass_app.domain.roles import Role
from canvass_app.services import spoken_help

from .audit_commands import add_to as _add_audit
from .backup_commands import add_to as _add_backups
from .bundle_commands import bundle_app
from .console import AsJson, Data, PassphraseFile, Times, role_option
from .console import language as _language
from .console import say as _say
from .console import settings_of as _settings
from .console import show as _print
from .console import told as _told
from .giving_commands import device_app
from .help_words import FRENCH
from .person_commands import person_app
from .retention_commands import retention_app
from .review_commands import review_app
from .trace_command import trace as _trace

_ENROLLED = (Role.ADMIN, Role.ORGANISER, Role.LEAD, Role.CANVASSER, Role.CALLER)
"""The roles that devices have; observers log in to the pages."""

app = typer.Typer(
    name="canvass-hq",
    help="Headquarters of a canvass: the server that laptops sync with.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(bundle_app, name="bundle")
app.add_typer(device_app, name="device")
app.add_typer(review_app, name="review")
app.add_typer(person_app, name="person")
app.add_typer(retention_app, name="retention")
_add_backups(app)
_add_audit(app)
app.command("trace")(_trace)


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    """Headquarters of a canvass: the server that laptops sync with."""
    if version:
        typer.echo(f"canvass-hq {__version__}")
        raise typer.Exit


@app.command()
def init(
    campaign: Annotated[Path | None, typer.Option(help="Campaign settings (JSON).")] = None,
    riding: Annotated[
        list[str] | None, typer.Option(help="A riding's number; may be given several times.")
    ] = None,
    distributed: Annotated[
        str | None,
        typer.Option(help="Print how tables are spread: citus, cockroachdb or yugabytedb."),
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="With --distributed: make headquarters and spread its tables.")
    ] = False,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Make headquarters, or add a campaign's settings and ridings to it."""
    from .setting_up import set_up, spread

    if distributed is not None and not apply:
        from .spreading import statements

        with _told():
            lines = statements(distributed)
        text = "\n".join(one if one.startswith("--") else f"{one};" for one in lines)
        _print({"added": 0, "changed": 0, "unchanged": 0, "left_out": [], "statements": lines}, as_json, text)
        return
    with _told():
        settings = _settings(data, passphrase_file)
        done = set_up(settings, campaign, riding or [])
        ran = spread(settings, distributed) if distributed is not None else 0
    report = {
        "added": done.added,
        "changed": int(done.campaign_changed) + ran,
        "unchanged": done.unchanged,
        "left_out": [],
        "ridings": done.ridings,
    }
    numbers = ", ".join(str(one) for one in done.ridings)
    _print(
        report,
        as_json,
        _say(
            "Headquarters is ready with {n:riding|ridings}: {numbers}.",
            "Le quartier général est prêt avec {n:circonscription|circonscriptions} : {numbers}.",
            n=len(done.ridings),
            numbers=numbers,
        )
        if done.ridings
        else _say(
            "Headquarters is ready. It has no riding yet: add one with --riding.",
            "Le quartier général est prêt. Il n’a pas encore de circonscription : ajoutez-en une avec --riding.",
        ),
    )


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)
    ] = 8321,
    tls_cert: Annotated[Path | None, typer.Option(help="Certificate chain (PEM).")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="Private key of the certificate (PEM).")] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy on this machine does the encryption.")
    ] = False,
    announce: Annotated[
        bool, typer.Option("--announce", help="Print the address as JSON on standard output once it listens.")
    ] = False,
    end_with_input: Annotated[
        bool, typer.Option("--end-with-input", help="Stop when standard input ends.")
    ] = False,
    metrics_port: Annotated[
        int | None,
        typer.Option(help="Port that serves /metrics alone; 0 takes a free one.", min=0, max=65535),
    ] = None,
    metrics_host: Annotated[str, typer.Option(help="Address of that port.")] = "127.0.0.1",
    console: Annotated[
        bool, typer.Option("--console", help="Serve the pages for people who log in, under /console.")
    ] = False,
    drain_seconds: Annotated[
        float, typer.Option(help="Say “not ready” for so long before accepting no more.", min=0, max=600)
    ] = 0.0,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
) -> None:
    """Serve laptops until interrupted (SIGTERM finishes what runs)."""
    from . import serving
    from .logs import log_as_json

    with _told():
        settings = _settings(data, passphrase_file)
        log_as_json()
        code = serving.serve(
            settings,
            serving.Where(host, port, tls_cert, tls_key, behind_proxy, metrics_host, metrics_port, console),
            drain_seconds=drain_seconds,
            announce=announce,
            end_with_input=end_with_input,
        )
    raise typer.Exit(code)


@app.command()
def enrol(
    riding: Annotated[
        list[str] | None,
        typer.Option(help="A riding the laptop may see; several times for several. None: all."),
    ] = None,
    role: Annotated[
        Role,
        role_option(
            _ENROLLED, "What its owner does: keeps headquarters, a riding, leads a canvass, walks or calls."
        ),
    ] = Role.LEAD,
    given_to: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            help="Hold only what is given to this name, as turfs and lists name them; again for more.",
            metavar="NAME",
        ),
    ] = None,
    label: Annotated[str, typer.Option(help="Whose laptop it is, for your own list.")] = "",
    out: Annotated[
        Path | None, typer.Option(help="Write an enrolment file (.canvass-join) too; needs --url.")
    ] = None,
    url: Annotated[str, typer.Option(help="The address that laptops reach headquarters by.")] = "",
    ca: Annotated[
        Path | None, typer.Option(help="Certificate (PEM) of your own authority, for that file.")
    ] = None,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Print a one-time code with which one laptop joins within 15 minutes."""
    from .devices import issue_code
    from .giving import checked_names
    from .office import open_office
    from .ridings import scope_named
    from .setting_up import invitation, invite

    with _told():
        invited = invitation(url, ca, out)
        office = open_office(_settings(data, passphrase_file))
        try:
            scope = scope_named(office, riding)
            names = checked_names(role, given_to or [])
            code = issue_code(office, scope, label[:200] or ", ".join(names)[:200], role, names)
            times = Times(office.time_zone())
            if out is not None:
                invite(out, invited, code.text)
        finally:
            office.close()
    end = datetime.fromtimestamp(code.expires_ms / 1000, UTC)
    report = {
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "left_out": [],
        "code": code.text,
        "expires": end.isoformat(timespec="seconds"),
        "ridings": sorted(scope) if scope is not None else "*",
        "role": role.value,
        "given_to": names,
    }
    _print(
        report,
        as_json,
        _say(
            "{code}   (one laptop, until {clock}, {zone})",
            "{code}   (un seul ordinateur, jusqu’à {clock}, {zone})",
            code=code.text,
            clock=times.clock(code.expires_ms),
            zone=times.zone,
        ),
    )


@app.command()
def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Rebuild what is shown from the events.")] = False,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Check that no event is missing or doubled and that every total equals its recount."""
    from .doctor import examine
    from .office import open_office

    with _told():
        office = open_office(_settings(data, passphrase_file))
        try:
            health = examine(office, repair=repair)
        finally:
            office.close()
    report: dict[str, Any] = {
        "added": 0,
        "changed": health.repaired,
        "unchanged": len(health.ridings),
        "left_out": [],
        "ok": health.ok,
        "findings": [{"en": one.en, "fr": one.fr} for one in health.findings],
        "notes": [{"en": one.en, "fr": one.fr} for one in health.notes],
        "ridings": {str(riding): facts for riding, facts in health.ridings.items()},
    }
    lines = [one.say(_language()) for one in health.findings]
    notes = [one.say(_language()) for one in health.notes]
    if health.repaired:
        notes.append(_say("Repaired: what was off was put right.", "Réparé : ce qui clochait a été corrigé."))
    events = sum(facts["count"] for facts in health.ridings.values())
    well = _say(
        "All is well: {ridings:riding|ridings}, {events:event|events}, none missing, none doubled.",
        "Tout va bien : {ridings:circonscription|circonscriptions}, {events:événement|événements}, aucun manquant, aucun en "
        "double.",
        ridings=len(health.ridings),
        events=events,
    )
    _print(report, as_json, "\n".join([*(lines or [well]), *notes]))
    if not health.ok:
        raise typer.Exit(1)


def main(arguments: list[str] | None = None) -> int:
    """The entry point; the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    return spoken_help.run(app, "canvass-hq", given, _language(), FRENCH)


if __name__ == "__main__":
    raise SystemExit(main())
