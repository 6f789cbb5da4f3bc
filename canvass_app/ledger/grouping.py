"""Which ids mean one door, and which mean one person. A pure function, so that order cannot matter.

1. Members that files describe alike are one, unless what else is known tells them apart:
   doors of one address are one door unless two municipalities are named; people of one name at one door
   are one person unless birth years, ids of one source, or two rows without any tell them apart.
2. Two that a person said are not the same (`same_as` with joined=False) stay apart.
3. Two that a person said are the same are joined, unless that would bring two together that were said to
   be apart.

A group's subject is its smallest id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple


class Member(NamedTuple):
    """An id that files list, with what the rule compares."""

    id: bytes
    detail: str
    """Of a door: the folded municipality. Of a person: "birth year|source|external id"."""


Rule = Callable[[Sequence[Member]], list[list[Member]]]
Pair = tuple[bytes, bytes]
"""Two ids, the smaller first."""


def subjects(alike: Iterable[Sequence[Member]], rule: Rule, same: Mapping[Pair, bool]) -> dict[bytes, bytes]:
    """The subject of every id that is grouped with another; an id that stands alone is not in it.

    `alike`: the members that files describe alike, thing by thing; one that is like no other may be left out.
    """
    apart = {pair for pair, joined in same.items() if not joined}
    part_of: dict[bytes, list[bytes]] = {}
    for group in alike:
        for one in rule(sorted(group)):
            for part in _split([member.id for member in one], apart):
                part_of.update(dict.fromkeys(part, part))
    for first, second in sorted(pair for pair, joined in same.items() if joined):
        here, there = part_of.get(first, [first]), part_of.get(second, [second])
        if here is there or any(_pair(a, b) in apart for a in here for b in there):
            continue
        whole = [*here, *there]
        part_of.update(dict.fromkeys(whole, whole))
    return {one: min(part) for one, part in part_of.items() if len(part) > 1}


def _pair(one: bytes, other: bytes) -> Pair:
    return (one, other) if one < other else (other, one)


def _split(ids: list[bytes], apart: set[Pair]) -> list[list[bytes]]:
    """Each id joins the first part in which nobody is apart from it."""
    parts: list[list[bytes]] = []
    for one in sorted(ids):
        for part in parts:
            if not any(_pair(one, other) in apart for other in part):
                part.append(one)
                break
        else:
            parts.append([one])
    return parts


def door_groups(members: Sequence[Member]) -> list[list[Member]]:
    """Which doors of one address are one door."""
    named = sorted({member.detail for member in members if member.detail})
    if len(named) <= 1:
        return [list(members)]
    blank = [m for m in members if not m.detail]
    groups = [[m for m in members if m.detail == town] for town in named]
    return [group for group in (*groups, blank) if group]


def person_groups(members: Sequence[Member]) -> list[list[Member]]:
    """Which people of one name at one door are one person."""
    if _one_person(members):
        return [list(members)]
    years = sorted({_year(m) for m in members} - {""})
    groups: list[list[Member]] = []
    rest = [m for m in members if not _year(m)]
    for year in years:
        same = [m for m in members if _year(m) == year]
        if _one_person(same):
            groups.append(same)
        else:
            rest.extend(same)
    return [*groups, *([m] for m in rest)]


def _year(member: Member) -> str:
    return member.detail.split("|", 1)[0]


def _one_person(members: Sequence[Member]) -> bool:
    years: set[str] = set()
    sources: dict[str, set[str]] = {}
    for member in members:
        year, source, external = member.detail.split("|", 2)
        if year:
            years.add(year)
        # Rows without an external id are told apart by their own id: two of one year are two people.
        sources.setdefault(source or f"listed {year}", set()).add(external or member.id.hex())
    return len(years) <= 1 and all(len(ids) <= 1 for ids in sources.values())
