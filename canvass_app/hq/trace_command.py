"""`canvass-hq trace`: which export a leaked list came from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .console import AsJson, Data, PassphraseFile, language, settings_of, show, told


def trace(
    file: Annotated[
        Path, typer.Argument(help="The leaked list: text (CSV) or a workbook, whole or in part.")
    ],
    data: Data = None,
    passphrase_file: PassphraseFile = None,
    as_json: AsJson = False,
) -> None:
    """Say which export of which laptop a leaked list came from: who, when, why, and how sure that is."""
    from canvass_app.services.export_tracing import trace_all, traced_json, traced_words
    from canvass_app.sync.boxes import HQ_BOX, box_secret

    from .office import open_office

    with told():
        office = open_office(settings_of(data, passphrase_file))
        try:
            names = {
                bytes(row[0]): str(row[1])
                for row in office.read().query("SELECT device_id, name FROM device")
            }
            traced = trace_all(
                office.read(), file, box_secret(office.seed, HQ_BOX), office.time_zone(),
                lambda device: names.get(device) or device.hex()[:8],
            )  # fmt: skip
        finally:
            office.close()
    report = {"added": 0, "changed": 0, "unchanged": 1, "left_out": [], **traced_json(traced)}
    show(report, as_json, "\n".join(one.say(language()) for one in traced_words(traced)))
