"""Lists of people that left Canvass as a file."""

from __future__ import annotations

from .base import Body, Value, kind


@kind("export.made", "export", audience="organisers", voided=False)
class ExportMade(Body, frozen=True, kw_only=True):
    """A list of people left as a file. The subject is the export's random id; nobody's name is in this."""

    code: str
    """What people call the export by: "X-7K3F2Q"."""
    reason: str
    role: str
    """The device's role at that time; "" on a laptop that had joined no headquarters."""
    what: str
    """Which people, as JSON: riding, turf, list or filter."""
    columns: tuple[str, ...]
    rows: int
    """Real people in it."""
    held_back: int
    """People of that choice who do not want to be contacted, and stayed."""
    encrypted: bool
    people: bytes
    """SHA-256 over the export's id and the sorted ids of those in it."""
    file: bytes
    """SHA-256 of the table as it left."""
    decoys: tuple[bytes, ...]
    """Tags of invented people, by name and address and by name alone; they say nothing without the export's key."""
    alike: tuple[int, int]
    """How likely a given one of them, by name and by name and address, is one of another copy too, in parts of a
    thousand million."""
    proof: bytes
    """By this the owner of the export's key knows it."""
    sealed: bytes = b""
    """The export's key, sealed to headquarters; b"" before the laptop joined one."""


@kind("export.sealed", "export", audience="hq", voided=False)
class ExportSealed(Body, frozen=True, kw_only=True):
    """The key of an export that was made before the laptop joined, sealed to headquarters."""

    sealed: bytes

    def sets(self) -> dict[str, Value]:
        return {"sealed": self.sealed}
