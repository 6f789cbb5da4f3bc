"""What a write changed: the shell broadcasts it, and only views that show those things refresh."""

from __future__ import annotations

from dataclasses import dataclass, field


def _ids() -> set[bytes]:
    return set()


@dataclass(slots=True)
class ChangeSet:
    """Ids of what changed. `bulk` means more than is worth naming: refresh everything of these ridings."""

    ridings: set[int] = field(default_factory=lambda: set[int]())
    doors: set[bytes] = field(default_factory=_ids)
    people: set[bytes] = field(default_factory=_ids)
    turfs: set[bytes] = field(default_factory=_ids)
    lists: set[bytes] = field(default_factory=_ids)
    shifts: set[bytes] = field(default_factory=_ids)
    layers: bool = False
    teams: bool = False
    selections: bool = False
    settings: bool = False
    totals: bool = False
    bulk: bool = False
    forgotten: bool = False
    """People were erased: whatever was read before and is still in memory must go too."""

    def __bool__(self) -> bool:
        return bool(self.ridings or self.settings)

    def add(self, other: ChangeSet) -> None:
        """Take another write's changes into this one."""
        self.ridings |= other.ridings
        self.doors |= other.doors
        self.people |= other.people
        self.turfs |= other.turfs
        self.lists |= other.lists
        self.shifts |= other.shifts
        self.layers |= other.layers
        self.teams |= other.teams
        self.selections |= other.selections
        self.settings |= other.settings
        self.totals |= other.totals
        self.bulk |= other.bulk
        self.forgotten |= other.forgotten
