"""`canvass-hq init`: keys, database, campaign settings and ridings. Running it again adds what is new."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from canvass_app.domain.errors import Refused
from canvass_app.domain.riding import DEFAULT_MAP_YEAR, Riding, parse_riding
from canvass_app.domain.text import Text
from canvass_app.services.campaigns import read_campaign_file
from canvass_app.services.trust import SUFFIX, Invitation, read_ca, write_invitation
from canvass_app.storage.database import Connection
from canvass_app.sync.http import checked_address
from canvass_app.sync.replica import fact, keep_fact

from .office import Settings, open_office
from .ridings import add_ridings, has_riding, riding_ids


@dataclass(frozen=True, slots=True)
class SetUp:
    """What `init` did."""

    added: int
    unchanged: int
    campaign_changed: bool
    ridings: list[int]


def set_up(
    settings: Settings,
    campaign: Path | None = None,
    ridings: Iterable[str] = (),
    names: Iterable[Riding] = (),
) -> SetUp:
    """Make headquarters, or add to it. `ridings` are numbers as typed; `names` gives names to some of them.

    Raises InputError for a bad number or campaign file, and then changes nothing but the keys.
    """
    raw = read_campaign_file(campaign) if campaign else None
    year = int(raw.get("map_year", DEFAULT_MAP_YEAR)) if raw else DEFAULT_MAP_YEAR
    wanted: dict[int, Riding] = {}
    for one in [*(raw.get("ridings", []) if raw else []), *ridings]:
        riding = _riding(one, year)
        wanted[riding.riding_id] = riding
    for riding in names:
        wanted[riding.riding_id] = riding
    office = open_office(settings, make=True)
    try:

        def work(db: Connection) -> SetUp:
            changed = False
            if raw is not None:
                text = json.dumps(raw, ensure_ascii=False, sort_keys=True)
                changed = fact(db, "campaign") != text
                keep_fact(db, "campaign", text)
            known = sum(has_riding(db, one) for one in wanted)
            added = add_ridings(db, wanted.values())
            return SetUp(added, known, changed, riding_ids(db))

        return office.write(work)
    finally:
        office.close()


_NO_ADDRESS = Text(
    "An enrolment file needs --url, the address that laptops reach headquarters by, and a name that ends in {suffix}. "
    "Nothing was changed.",
    "Un fichier d’adhésion demande --url, l’adresse par laquelle les ordinateurs joignent le quartier général, et un nom "
    "qui finit par {suffix}. Rien n’a été modifié.",
)


def invitation(url: str, ca: Path | None, out: Path | None) -> Invitation:
    """What an enrolment file will say, but for the code. Raises Refused before any code is made."""
    if out is not None and (not url or out.suffix != SUFFIX):
        raise Refused(_NO_ADDRESS.fill(suffix=SUFFIX))
    return Invitation(checked_address(url) if url else "", "", read_ca(ca) if ca else "")


def invite(out: Path, told: Invitation, code: str) -> None:
    """Write the enrolment file. Raises StorageProblem."""
    write_invitation(out, replace(told, code=code))


def spread(settings: Settings, engine: str) -> int:
    """Spread the tables over the machines of a distributed PostgreSQL; how many statements ran.

    Raises Refused or StorageProblem; then nothing was spread.
    """
    from .spreading import apply

    office = open_office(settings)
    try:
        return apply(office.database, engine, riding_ids(office.read()))
    finally:
        office.close()


def _riding(one: Any, map_year: int) -> Riding:
    """A riding as a number, or as an object of the campaign file: {number, name: {en, fr}, province}."""
    if isinstance(one, Mapping):
        name = one.get("name", {})
        text = Text(str(name.get("en", "")), str(name.get("fr", name.get("en", ""))))
        return Riding(parse_riding(str(one.get("number", "")), map_year), text, str(one.get("province", "")))
    return Riding(parse_riding(str(one), map_year), Text("", ""))
