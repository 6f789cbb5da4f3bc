"""`canvass-hq bundle`: laptops that come by stick."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from .console import AsJson, Data, PassphraseFile, language, say, settings_of, show, told

bundle_app = typer.Typer(
    help="Laptops that come by stick: bundles in, answers out.", no_args_is_help=True, rich_markup_mode=None
)


@bundle_app.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(help="Bundles (.canvass-up), or folders that hold some.")],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the answers; without it beside each bundle.")
    ] = None,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Take in bundles of laptops and write an answer for each laptop. Importing one again changes nothing."""
    from canvass_app.services.bundle_files import bundles_in
    from canvass_app.sync.bundles import UP

    from .bundles import import_bundles
    from .office import open_office

    with told():
        paths = [one for file in files for one in (bundles_in(file, UP) if file.is_dir() else [file])]
        office = open_office(settings_of(data, passphrase_file))
        try:
            taken, written = import_bundles(office, paths, out)
        finally:
            office.close()
    lines: list[str] = []
    for one in taken:
        if one.refused is not None:
            lines.append(one.refused.say(language()))
            continue
        lines.append(
            say(
                "{file}: {events:new event|new events} from “{name}”; here already: {already}.",
                "{file} : {events:nouvel événement|nouveaux événements} de « {name} »; déjà ici : {already}.",
                file=one.file,
                events=one.events,
                name=one.device_name,
                already=one.already,
            )
        )
        lines += [note.say(language()) for note in dict.fromkeys(one.notes)]
    lines += [_safe(kept.path) for kept in written] or [
        say(
            "Nothing was taken, so no answer was written.",
            "Rien n’a été pris; aucune réponse n’a été écrite.",
        )
    ]
    report: dict[str, Any] = {
        "added": sum(one.events for one in taken),
        "changed": 0,
        "unchanged": sum(one.already for one in taken),
        "left_out": [
            {"file": one.file, "reason": one.refused.say(language())}
            for one in taken
            if one.refused is not None
        ],
        "bundles": [
            {
                "file": one.file, "device": one.device.hex(), "name": one.device_name, "new": one.events,
                "already": one.already, "set_aside": one.quarantined + one.forks, "whole": one.whole,
                "notes": [note.say(language()) for note in dict.fromkeys(one.notes)],
            }
            for one in taken
            if one.refused is None
        ],
        "answers": [str(kept.path) for kept in written],
    }  # fmt: skip
    show(report, as_json, "\n".join(lines))
    if any(one.refused is not None or not one.whole or not one.answered for one in taken) or not taken:
        raise typer.Exit(1)


@bundle_app.command("export")
def export_file(
    folder: Annotated[Path, typer.Argument(help="Where the bundle goes: a stick, a folder.")],
    device: Annotated[str, typer.Option("--device", help="The laptop: its number or its label.")],
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Write all that one laptop may see into a bundle that only it can read."""
    from .answering import export_for
    from .office import open_office

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            kept = export_for(office, device, folder)
        finally:
            office.close()
    show(
        {
            "added": 1,
            "changed": 0,
            "unchanged": 0,
            "left_out": [],
            "file": str(kept.path),
            "bytes": kept.size,
        },
        as_json,
        _safe(kept.path),
    )


def _safe(path: Path) -> str:
    return say(
        f"{path} is written and reads back. The stick is safe to remove once your system has ejected it.",
        f"{path} est écrit et se relit. La clé peut être retirée dès que votre système l’a éjectée.",
    )
