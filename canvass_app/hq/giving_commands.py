"""`canvass-hq device give`: whose turfs and lists a device holds."""

from __future__ import annotations

from typing import Annotated

import typer

from canvass_app.domain.text import Text

from .console import AsJson, Data, PassphraseFile, say, settings_of, show, told
from .device_commands import Which, device_app

_WHICH = Text(
    "Say to whom (--for NAME), or --whole. Nothing was changed.",
    "Indiquez à qui (--for NOM), ou --whole. Rien n’a été modifié.",
)


@device_app.command("give")
def give(
    device: Which,
    to: Annotated[
        list[str] | None,
        typer.Option("--for", help="A name, as turfs and lists name them; again for more.", metavar="NAME"),
    ] = None,
    whole: Annotated[bool, typer.Option("--whole", help="Whole ridings again (a lead’s laptop).")] = False,
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Have a device hold what is given to somebody: their turfs, and their lists until they are back.

    What it holds no more leaves it at its next sync, with nothing lost.
    """
    from canvass_app.domain.errors import InputError
    from canvass_app.domain.roles import RECORDERS

    from .giving import give_to
    from .office import open_office
    from .ward import find

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            found = find(office, device)
            if bool(to) == whole and found.role not in RECORDERS:
                raise InputError(_WHICH)
            changed = int(give_to(office, found.device_id, to or []))
            names = list(find(office, found.device_id.hex()).given_to)
        finally:
            office.close()
    report = {
        "added": 0, "changed": changed, "unchanged": 1 - changed, "left_out": [], "device": found.device_id.hex(),
        "name": found.name, "given_to": names,
    }  # fmt: skip
    said = ", ".join(names)
    now = (
        say(
            f"“{found.name}” ({found.number}) holds what is given to {said}, from its next sync on.",
            f"« {found.name} » ({found.number}) contient ce qui est confié à {said}, dès sa prochaine synchronisation.",
        )
        if names
        else say(
            f"“{found.name}” ({found.number}) holds whole ridings, from its next sync on.",
            f"« {found.name} » ({found.number}) contient des circonscriptions entières, dès sa prochaine synchronisation.",
        )
    )
    show(report, as_json, now if changed else say("Nothing was changed.", "Rien n’a été modifié."))
