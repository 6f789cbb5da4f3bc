"""What a check raises."""

from __future__ import annotations


class Broken(AssertionError):
    """An invariant does not hold. `name` says which."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(f"{name}: {text}")
        self.name = name
