"""Campaign settings: parties, rules and texts. The product itself serves any campaign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple, cast

from .declaration import NONE, checked
from .errors import InputError
from .pace import USUAL, Pace, changed, from_door_seconds
from .riding import DEFAULT_MAP_YEAR, Riding, riding_id
from .scripts import Choice, Question, Script
from .text import Text


class Party(NamedTuple):
    """A party: `letter` writes second choices, `color` is used only where the party itself is meant."""

    key: str
    letter: str
    name: Text
    color: str


LEASE_DAYS, LIST_DAYS, MOST_DAYS = 30, 30, 366
COVERS = ("people", "contacts", "notes")


class Retention(NamedTuple):
    """Until when the campaign keeps what it knows of people: `until` is the last day, ISO. Totals stay after it.

    `covers`: "people" and "contacts" (who they are, what they said, who was met) go together; "notes" are words about doors.
    """

    until: str
    covers: tuple[str, ...] = COVERS


class Campaign(NamedTuple):
    """What makes the product this campaign's."""

    name: Text
    map_year: int
    time_zone: str
    parties: tuple[Party, ...]
    script: Script
    greeting: Text
    authorisation: Text
    pace: Pace = USUAL
    """How long walking and doors take; a laptop may know better for its own team."""
    lease_days: int = LEASE_DAYS
    """How many days a laptop opens without having met headquarters; 0: for ever."""
    list_days: int = LIST_DAYS
    """How many days after its issue a walk list stays on the laptop of whoever walks it; 0: until it is returned."""
    declaration: Text = NONE
    """What whoever holds the people's data accepts by name before anything is fetched; empty: nothing is asked for."""
    ridings: tuple[Riding, ...] = ()
    """Ridings whose names the campaign brings along (a demo riding, a provincial one)."""
    retention: Retention | None = None
    """None: the campaign has not said how long it keeps people's data."""

    @property
    def party_letters(self) -> frozenset[str]:
        """The letters that a second choice may have."""
        return frozenset(party.letter for party in self.parties if party.letter)


def _text(value: Any) -> Text:
    if isinstance(value, Mapping):
        pair = cast("Mapping[str, Any]", value)
        return Text(str(pair["en"]), str(pair["fr"]))
    return Text(str(value), str(value))


def _days(raw: Mapping[str, Any], name: str, usual: int) -> int:
    days = int(raw.get(name, usual))
    if not 0 <= days <= MOST_DAYS:
        raise ValueError(f"{name} {days}")
    return days


def _question(raw: Mapping[str, Any]) -> Question:
    choices = tuple(
        Choice(str(c["id"]), str(c.get("key", "")), _text(c["text"]))
        for c in cast("list[Any]", raw.get("choices", []))
    )
    return Question(raw["id"], raw["kind"], _text(raw["text"]), _text(raw.get("short", raw["text"])), choices)


def _pace(raw: Mapping[str, Any]) -> Pace:
    """Its figures; campaigns of before said only how long a door takes."""
    pace = from_door_seconds(int(raw["seconds_per_door"])) if "seconds_per_door" in raw else USUAL
    return changed(pace, cast("Mapping[str, Any]", raw.get("pace", {})))


def _retention(raw: Any) -> Retention | None:
    if raw is None:
        return None
    said = cast("Mapping[str, Any]", raw)
    until = date.fromisoformat(str(said["until"])).isoformat()
    covers = tuple(str(one) for one in said.get("covers", COVERS))
    if not set(covers) <= set(COVERS):
        raise ValueError(f"retention covers {', '.join(sorted(set(covers) - set(COVERS)))}")
    if not {"people", "contacts"} <= set(covers):
        raise ValueError("retention covers people and contacts, and notes if you say so")
    return Retention(until, tuple(one for one in COVERS if one in covers))


def load_campaign(raw: Mapping[str, Any]) -> Campaign:
    """Build the settings from their JSON form (see resources/demo/campaign.json). Raises InputError."""
    try:
        script = raw["script"]
        map_year = int(raw.get("map_year", DEFAULT_MAP_YEAR))
        return Campaign(
            name=_text(raw["name"]),
            map_year=map_year,
            time_zone=str(raw["time_zone"]),
            parties=tuple(
                Party(str(p["key"]), str(p["letter"]), _text(p["name"]), str(p["color"]))
                for p in raw["parties"]
            ),
            script=Script(
                id=str(script["id"]),
                version=int(script["version"]),
                name=_text(script["name"]),
                greeting=_text(script.get("greeting", "")),
                questions=tuple(_question(q) for q in script["questions"]),
            ),
            greeting=_text(raw.get("greeting", "")),
            authorisation=_text(raw.get("authorisation", "")),
            pace=_pace(raw),
            lease_days=_days(raw, "lease_days", LEASE_DAYS),
            list_days=_days(raw, "list_days", LIST_DAYS),
            declaration=checked(_text(raw.get("declaration", ""))),
            ridings=tuple(
                Riding(riding_id(int(r["number"]), map_year), _text(r["name"]), str(r.get("province", "")))
                for r in raw.get("ridings", [])
            ),
            retention=_retention(raw.get("retention")),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            Text(
                f"The campaign settings are incomplete or damaged: {error}. Nothing was changed.",
                f"Les paramètres de campagne sont incomplets ou endommagés : {error}. Rien n’a été modifié.",
            )
        ) from error
