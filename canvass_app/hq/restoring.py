"""Headquarters after it was put back: a new epoch, and for how long laptops may bring back what others had sent."""

from __future__ import annotations

from canvass_app.storage.database import Connection
from canvass_app.sync.replica import fact, keep_fact

RECOVERY_DAYS = 90
"""As long as a laptop keeps its own events past their receipt."""
_DAY_MS = 86_400_000


def begin_recovery(db: Connection, epoch: bytes, now_ms: int) -> None:
    """Note within the restore's transaction that headquarters went back in time: its numbers mean something new."""
    keep_fact(db, "hq_epoch", epoch.hex())
    keep_fact(db, "hq_restored_ms", str(now_ms))


def recovering_since(db: Connection, now_ms: int) -> int | None:
    """When headquarters was put back (milliseconds UTC), while it still asks for what it lost; else None."""
    restored = int(fact(db, "hq_restored_ms", "0"))
    return restored if restored and now_ms <= restored + RECOVERY_DAYS * _DAY_MS else None
