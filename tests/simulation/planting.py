"""How a fault is planted: patched into the product of this process only, for the length of one history."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

Plant = Callable[[], Any]


@dataclass(frozen=True)
class Fault:
    """`what` is the mistake, `caught_by` the invariants of which one must break."""

    name: str
    what: str
    caught_by: tuple[str, ...]
    plant: Plant


FAULTS: dict[str, Fault] = {}


def plants(
    what: str, *caught_by: str
) -> Callable[[Callable[[], Iterator[None]]], Callable[[], Iterator[None]]]:
    """Register a fault under the name of the function that plants it."""

    def register(plant: Callable[[], Iterator[None]]) -> Callable[[], Iterator[None]]:
        FAULTS[plant.__name__] = Fault(plant.__name__, what, caught_by, contextmanager(plant))
        return plant

    return register


@contextmanager
def patched(*changes: tuple[Any, str, Any]) -> Iterator[None]:
    """Replace attributes of modules and classes for a while."""
    before = [(place, name, place.__dict__[name]) for place, name, _ in changes]
    for place, name, value in changes:
        setattr(place, name, value)
    try:
        yield
    finally:
        for place, name, value in before:
            setattr(place, name, value)


@contextmanager
def everywhere(function: Any, instead: Any) -> Iterator[None]:
    """Replace a function in every module that imported it."""
    places = [
        (module, name, instead)
        for path, module in sorted(sys.modules.items())
        if path.startswith("canvass_app") and module is not None
        for name, value in list(vars(module).items())
        if value is function
    ]
    with patched(*places):
        yield
