"""How long work says how far it is, and learns that it is to stop."""

from __future__ import annotations

from collections.abc import Callable

from canvass_app.domain.text import Text

Progress = Callable[[Text, int, int], None]
"""What is being done, how much of it is done, of how much."""
Stop = Callable[[], bool]
"""Whether the person wants it stopped."""


def steps(progress: Progress | None, what: Text) -> Callable[[int, int], None] | None:
    """The same for a part of the work that knows only numbers."""
    if progress is None:
        return None
    return lambda done, total: progress(what, done, total)
