"""`canvass-hq backup` and `canvass-hq restore`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from .console import AsJson, Data, PassphraseFile, Times, say, settings_of, show, told


def backup(
    target: Annotated[
        Path, typer.Argument(help="A folder, in which it gets a name of its own, or the file to write.")
    ],
    keep: Annotated[
        int, typer.Option(help="In a folder: how many backups to keep, the newest.", min=1, max=10_000)
    ] = 7,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over a file of that name.")] = False,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Back headquarters up into one encrypted file, also while it serves; the file is read back before it counts."""
    from .backing_up import back_up

    with told():
        done = back_up(settings_of(data, passphrase_file), target, keep=keep, overwrite=overwrite)
    report = {
        "added": 1,
        "changed": 0,
        "unchanged": 0,
        "left_out": [],
        "file": str(done.path),
        "bytes": done.size,
        "events": done.events,
        "ridings": done.ridings,
        "removed": done.removed,
        "seconds": round(done.seconds, 3),
        "portable": done.portable,
    }
    words = say(
        "{file}: {events:event|events} of {ridings:riding|ridings}, {size:byte|bytes}, read back and equal.",
        "{file} : {events:événement|événements}, {ridings:circonscription|circonscriptions}, {size:octet|octets}; relue et "
        "identique.",
        file=done.path.name,
        events=done.events,
        ridings=len(done.ridings),
        size=done.size,
    )
    if done.removed:
        words += "\n" + say(
            f"Older backups removed: {len(done.removed)}.",
            f"Sauvegardes plus anciennes retirées : {len(done.removed)}.",
        )
    if not done.portable:
        words += "\n" + say(
            "Only this computer can open it: its key is in this computer's keychain. A headquarters made with a "
            "passphrase can be restored anywhere.",
            "Seul cet ordinateur peut l’ouvrir : sa clé est dans son trousseau. Un quartier général créé avec une phrase "
            "de passe se rétablit n’importe où.",
        )
    show(report, as_json, words)


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite", help="Put it in the place of the headquarters that is here, which is set aside."
        ),
    ] = False,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup back. Headquarters must not be running. Laptops then bring back what it lacks, by themselves."""
    from .office import open_office
    from .putting_back import put_back

    with told():
        settings = settings_of(data, passphrase_file)
        done = put_back(settings, file, overwrite=overwrite)
        office = open_office(settings)
        try:
            times = Times(office.time_zone())
        finally:
            office.close()
    made = datetime.fromtimestamp(done.made_ms / 1000, UTC)
    report = {
        "added": done.events,
        "changed": 0,
        "unchanged": 0,
        "left_out": [],
        "made": made.isoformat(timespec="seconds"),
        "events": done.events,
        "ridings": done.ridings,
        "epoch": done.epoch,
        "aside": done.aside,
    }
    aside = ", ".join(done.aside)
    lines = [
        say(
            "Headquarters is back as it was at {when}: {events:event|events} of {ridings:riding|ridings}.",
            "Le quartier général est de nouveau tel qu’au {when} : {events:événement|événements}, "
            "{ridings:circonscription|circonscriptions}.",
            when=f"{times.when(done.made_ms)} ({times.zone})",
            events=done.events,
            ridings=len(done.ridings),
        )
    ]
    if done.aside:
        lines.append(say(f"Set aside: {aside}.", f"Mis de côté : {aside}."))
    lines += [
        say(
            "Next: 1. “canvass-hq serve”. 2. Let every laptop sync once: it sends again what headquarters lacks, its own "
            "results and those of others that it holds; nothing counts twice. 3. Laptops that joined since need a new code "
            "(“canvass-hq enrol”), and what was revoked since must be revoked again. 4. “canvass-hq doctor”.",
            "Ensuite : 1. « canvass-hq serve ». 2. Synchronisez chaque ordinateur une fois : il renvoie ce qui manque, ses "
            "résultats et ceux des autres qu’il détient; rien ne compte deux fois. 3. Les ordinateurs joints depuis ont "
            "besoin d’un nouveau code (« canvass-hq enrol »), et ce qui a été révoqué depuis doit l’être de nouveau. "
            "4. « canvass-hq doctor ».",
        )
    ]
    show(report, as_json, "\n".join(lines))


def add_to(app: typer.Typer) -> None:
    """Make both commands part of `canvass-hq`."""
    app.command()(backup)
    app.command()(restore)
