"""How long canvassing takes: the figures behind every estimate of minutes, each with where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, NamedTuple

from .errors import InputError
from .text import Text


class Figure(NamedTuple):
    """A figure of the pace: what it is called, its unit, within what it makes sense, and its source."""

    name: str
    label: Text
    unit: Text
    sign: Text
    """The unit as it stands beside the field."""
    low: int
    high: int
    source: Text


@dataclass(frozen=True, slots=True)
class Pace:
    """How a team walks and how long its doors take. Whole seconds, metres, per cent; walking in centimetres a second."""

    walking_cm_s: int = 130
    not_home_s: int = 60
    conversation_s: int = 120
    contact_percent: int = 25
    set_back_m: int = 10
    building_s: int = 90
    building_door_s: int = 15
    mid_block_s: int = 6
    intersection_s: int = 8
    one_side: bool = False
    """Down one side of a street and back up the other, instead of both sides as they come."""
    back: bool = False
    """The walk ends where it began."""

    @property
    def metres_per_second(self) -> float:
        """Walking speed."""
        return self.walking_cm_s / 100

    @property
    def door_s(self) -> float:
        """Seconds spent at a door on average, whether somebody answers or not; without the way to it."""
        return self.not_home_s + (self.conversation_s - self.not_home_s) * self.contact_percent / 100

    def stop_seconds(self, doors: int) -> int:
        """Seconds at a stop with that many doors: to the door and back, and in a building (3 doors or more) through it."""
        way = 2 * self.set_back_m / self.metres_per_second
        inside = self.building_s + doors * self.building_door_s if doors >= 3 else 0
        return round(way + inside + doors * self.door_s) if doors else 0

    def as_dict(self) -> dict[str, Any]:
        """For settings files."""
        return asdict(self)


USUAL = Pace()
MODES = ("one_side", "back")


def changed(pace: Pace, raw: Mapping[str, Any]) -> Pace:
    """A pace with some figures replaced. Raises InputError for one that is unknown or makes no sense."""
    known = {one.name for one in fields(Pace)}
    for name, value in raw.items():
        if name not in known:
            raise InputError(_UNKNOWN.fill(name=str(name)))
        if name in MODES:
            if not isinstance(value, bool):
                raise InputError(_UNKNOWN.fill(name=str(name)))
            continue
        figure = FIGURE[name]
        if isinstance(value, bool) or not isinstance(value, int) or not figure.low <= value <= figure.high:
            raise InputError(
                _RANGE.fill(label=figure.label, low=figure.low, high=figure.high, unit=figure.unit)
            )
    return replace(pace, **{str(name): value for name, value in raw.items()})


def from_door_seconds(seconds: int) -> Pace:
    """The usual pace of a campaign that says only how long a door takes. Raises InputError when that makes no sense."""
    share = seconds / USUAL.door_s
    return changed(
        USUAL,
        {
            "not_home_s": round(USUAL.not_home_s * share),
            "conversation_s": round(USUAL.conversation_s * share),
        },
    )


_UNKNOWN = Text(
    "“{name}” is no figure of the walking pace, or its value cannot be used. Nothing was changed.",
    "« {name} » n’est pas une donnée du rythme de marche, ou sa valeur est inutilisable. Rien n’a été modifié.",
)
_RANGE = Text(
    "{label}: a whole number between {low} and {high} ({unit}). Nothing was changed.",
    "{label} : un nombre entier entre {low} et {high} ({unit}). Rien n’a été modifié.",
)
_SECONDS, _S = Text("seconds", "secondes"), Text("s", "s")
_METRES, _PERCENT = Text("metres", "mètres"), Text("per cent", "pour cent")
_ASSUMED = Text(
    "An assumption of Canvass, until your own results say better.",
    "Une hypothèse de Canvass, jusqu’à ce que vos propres résultats en disent plus.",
)
_INSIDE = Text(
    "An assumption of Canvass: buzzer, lobby, stairs and corridors.",
    "Une hypothèse de Canvass : interphone, hall, escaliers et couloirs.",
)
FIGURES = (
    Figure(
        "walking_cm_s",
        Text("Walking speed", "Vitesse de marche"),
        Text("centimetres a second", "centimètres par seconde"),
        Text("cm/s", "cm/s"),
        40,
        250,
        Text(
            "Field studies of people on foot find means of 133 to 158; canvassers look for numbers.",
            "Les études sur le terrain donnent des moyennes de 133 à 158; on cherche ici des numéros.",
        ),
    ),
    Figure(
        "not_home_s",
        Text("Nobody answers", "Personne ne répond"),
        _SECONDS,
        _S,
        5,
        900,
        Text(
            "An assumption of Canvass: ring, wait, leave a flyer, write it down.",
            "Une hypothèse de Canvass : sonner, attendre, laisser un dépliant, noter.",
        ),
    ),
    Figure("conversation_s", Text("Conversation", "Conversation"), _SECONDS, _S, 10, 3600, _ASSUMED),
    Figure(
        "contact_percent",
        Text("Doors that answer", "Portes qui répondent"),
        _PERCENT,
        Text("%", " %"),
        0,
        100,
        Text(
            "Published field reports: 10 to 30 of 100 doors.",
            "Bilans de terrain publiés : de 10 à 30 portes sur 100.",
        ),
    ),
    Figure(
        "set_back_m",
        Text("From the sidewalk to the door", "Du trottoir à la porte"),
        _METRES,
        Text("m", "m"),
        0,
        500,
        Text(
            "An assumption of Canvass for town lots; it is walked there and back.",
            "Une hypothèse de Canvass pour des terrains urbains; on fait l’aller et le retour.",
        ),
    ),
    Figure(
        "building_s", Text("Entering a building", "Entrée dans un immeuble"), _SECONDS, _S, 0, 3600, _INSIDE
    ),
    Figure(
        "building_door_s",
        Text("From door to door inside", "D’une porte à l’autre à l’intérieur"),
        _SECONDS,
        _S,
        0,
        600,
        _INSIDE,
    ),
    Figure(
        "mid_block_s",
        Text("Crossing between intersections", "Traversée entre deux intersections"),
        _SECONDS,
        _S,
        0,
        300,
        Text(
            "An assumption of Canvass: 8 m of roadway at walking speed.",
            "Une hypothèse de Canvass : 8 m de chaussée à la vitesse de marche.",
        ),
    ),
    Figure(
        "intersection_s",
        Text("Crossing at an intersection", "Traversée à une intersection"),
        _SECONDS,
        _S,
        0,
        300,
        Text(
            "An assumption of Canvass: the roadway, and a short wait.",
            "Une hypothèse de Canvass : la chaussée et une courte attente.",
        ),
    ),
)
"""What the settings show, in their order."""
FIGURE = {one.name: one for one in FIGURES}
