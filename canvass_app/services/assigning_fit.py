"""How well a turf fits a volunteer, and why, in words."""

from __future__ import annotations

from typing import NamedTuple

from canvass_app.domain.geo import metres_between
from canvass_app.domain.needs import Needs, language_name
from canvass_app.domain.text import Text

Point = tuple[int, int]
"""(lon_e6, lat_e6)."""

# What speaks against a pair, in minutes that a lead would walk to avoid it.
_PER_KM_FROM_HOME = 10.0
_BIKE_FROM_HOME = 0.3
_PER_KM_SHORT = 6.0
_PER_KM = 1.0
_LANGUAGE = 30.0
_FEW = 5
"""Of fewer people whose language is known a share says nothing."""


class TurfFacts(NamedTuple):
    """What a turf asks of who walks it. `floors`: its buildings with floors; `tongues`: people by language code."""

    turf_id: bytes
    name: str
    doors: int
    minutes: int
    metres: int
    floors: int
    middle: Point | None
    tongues: dict[str, int]


class Walker(NamedTuple):
    """A volunteer without a turf. `home`: where they want to be near, if the riding knows it; `start`: when the next
    canvass of their teams begins, minutes after midnight, or -1."""

    member_id: bytes
    name: str
    needs: Needs
    home: Point | None
    start: int


class Fit(NamedTuple):
    """A turf for a volunteer: whether it meets what cannot be bent, what it costs, and why."""

    fits: bool
    cost: float
    reasons: tuple[Text, ...]
    warnings: tuple[Text, ...]


def fit_of(turf: TurfFacts, walker: Walker) -> Fit:
    """How one turf fits one volunteer. Stairs, a short walk and the hour are kept; the rest weighs."""
    needs, reasons, warnings = walker.needs, list[Text](), list[Text]()
    cost = turf.metres / 1000 * (-_PER_KM if needs.by_bike else _PER_KM)
    broken: list[Text] = []
    if needs.no_stairs:
        (broken if turf.floors else reasons).append(
            _STAIRS.fill(floors=turf.floors) if turf.floors else _LEVEL
        )
    if needs.short_metres:
        values = {"far": _far(turf.metres), "most": _far(needs.short_metres)}
        cost += turf.metres / 1000 * _PER_KM_SHORT
        (reasons if turf.metres <= needs.short_metres else broken).append(_SHORT.fill(**values))
    if needs.short_minutes:
        cost += turf.minutes / 10
        ends = reasons if turf.minutes <= needs.short_minutes else broken
        ends.append(_MINUTES.fill(minutes=turf.minutes, most=needs.short_minutes))
    if needs.home_by >= 0:
        cost += turf.minutes / 10
        _home_by(turf, walker, reasons, broken, warnings)
    if needs.by_bike:
        reasons.append(_BIKE.fill(km=_km(turf.metres)))
    if needs.near_home:
        cost += _near(turf, walker, reasons, warnings)
    cost += _languages(turf, needs, reasons)
    warnings += [_OTHER.fill(words=words) for words in needs.other]
    return Fit(not broken, cost, tuple(reasons), (*broken, *warnings))


def unmet(needs: Needs) -> Text:
    """Why none of the turfs fits somebody: what they asked that cannot be bent."""
    asked: list[Text] = []
    if needs.no_stairs:
        asked.append(_NO_STAIRS)
    if needs.short_metres:
        asked.append(_AT_MOST.fill(most=_far(needs.short_metres)))
    if needs.short_minutes:
        asked.append(_AT_MOST_MINUTES.fill(most=needs.short_minutes))
    if needs.home_by >= 0:
        asked.append(_HOME.fill(clock=_clock(needs.home_by)))
    return Text(", ".join(one.en for one in asked), ", ".join(one.fr for one in asked))


def _home_by(
    turf: TurfFacts, walker: Walker, reasons: list[Text], broken: list[Text], warnings: list[Text]
) -> None:
    clock = _clock(walker.needs.home_by)
    if walker.start < 0:
        warnings.append(_NO_START.fill(clock=clock))
        return
    ends = reasons if walker.start + turf.minutes <= walker.needs.home_by else broken
    ends.append(_ENDS.fill(clock=clock, minutes=turf.minutes, start=_clock(walker.start)))


def _near(turf: TurfFacts, walker: Walker, reasons: list[Text], warnings: list[Text]) -> float:
    if walker.home is None or turf.middle is None:
        near = walker.needs.near
        warnings.append(_UNKNOWN_HOME.fill(where=near) if near else _NO_HOME)
        return 0.0
    metres = metres_between(*walker.home, *turf.middle)
    reasons.append(_NEAR.fill(where=walker.needs.near, far=_far(metres)))
    return metres / 1000 * _PER_KM_FROM_HOME * (_BIKE_FROM_HOME if walker.needs.by_bike else 1)


def _languages(turf: TurfFacts, needs: Needs, reasons: list[Text]) -> float:
    known = sum(turf.tongues.values())
    if not needs.languages or known < _FEW:
        return 0.0
    spoken = [(turf.tongues.get(code, 0), code) for code in needs.languages]
    for count, code in sorted(spoken, key=lambda one: -one[0])[:2]:
        if count:
            reasons.append(_SPEAKS.fill(language=language_name(code), share=round(100 * count / known)))
    return _LANGUAGE * (1 - sum(count for count, _ in spoken) / known)


def _km(metres: float) -> Text:
    figures = f"{metres / 1000:.1f}"
    return Text(figures, figures.replace(".", ","))


def _far(metres: float) -> Text:
    if metres < 1000:
        return Text("{m} m", "{m} m").fill(m=str(round(metres, -1)).removesuffix(".0"))
    return Text("{km} km", "{km} km").fill(km=_km(metres))


def _clock(minutes: int) -> Text:
    hour, minute = divmod(minutes, 60)
    return Text(f"{hour}:{minute:02}", f"{hour} h {minute:02}" if minute else f"{hour} h")


_LEVEL = Text(
    "no stairs: no building with floors (steps at houses are not known)",
    "sans escaliers : aucun immeuble à étages (les marches des maisons ne sont pas connues)",
)
_STAIRS = Text(
    "no stairs was asked: {floors:building with floors|buildings with floors} here",
    "sans escaliers, demandé : {floors:immeuble à étages|immeubles à étages} ici",
)
_SHORT = Text("short walk: {far}, at most {most}", "marche courte : {far}, au plus {most}")
_MINUTES = Text("short: {minutes} min, at most {most}", "court : {minutes} min, au plus {most}")
_BIKE = Text("by bike: {km} km", "à vélo : {km} km")
_NEAR = Text("near {where}: {far} away", "près de {where} : à {far}")
_SPEAKS = Text(
    "speaks {language}: {share} % of the people there do", "parle {language} : {share} % des gens aussi"
)
_ENDS = Text(
    "home by {clock}: {minutes} min from {start}", "retour avant {clock} : {minutes} min dès {start}"
)
_NO_START = Text(
    "home by {clock}: no canvass of the team is planned, so its start is not known",
    "retour avant {clock} : aucun porte-à-porte de l’équipe n’est prévu, l’heure du départ n’est pas connue",
)
_UNKNOWN_HOME = Text(
    "near “{where}”: no such address here, not considered",
    "près de « {where} » : adresse inconnue ici, non pris en compte",
)
_NO_HOME = Text(
    "near home: their needs do not say the address, not considered",
    "près de la maison : l’adresse n’est pas dans les besoins, non pris en compte",
)
_OTHER = Text("not considered: “{words}”", "non pris en compte : « {words} »")
_NO_STAIRS = Text("no stairs", "sans escaliers")
_AT_MOST = Text("at most {most}", "au plus {most}")
_AT_MOST_MINUTES = Text("at most {most} min", "au plus {most} min")
_HOME = Text("home by {clock}", "retour avant {clock}")
