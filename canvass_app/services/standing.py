"""What is not as it should be between this laptop and headquarters, and does not mend itself at the next sync."""

from __future__ import annotations

from dataclasses import dataclass

from .book import Book


@dataclass(frozen=True, slots=True)
class Aside:
    """Entries of this laptop that headquarters could not read, with its reason."""

    reason: str
    entries: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything a person should know that a receipt does not say. All empty: all is well.

    `incomplete` ridings wait for the first sync that finds their slice whole; `elsewhere` are ridings with results
    that headquarters does not take from this laptop. `unread` entries of others are kept for a newer Canvass;
    `forks` counts numbers of ours that something else was known under. `renewed`: this laptop took a new identity
    (it was a copy, or put back from a backup) and has to join again.
    """

    incomplete: tuple[int, ...]
    elsewhere: tuple[int, ...]
    aside: tuple[Aside, ...]
    unread: int
    forks: int
    renewed: bool


def standing(book: Book) -> Standing:
    """How this laptop stands with headquarters. Any thread; quick reads."""
    db = book.read()
    joined = bool(book.meta("hq_token"))
    incomplete = db.query("SELECT riding_id FROM sync_state WHERE verified_ms = 0 ORDER BY riding_id")
    elsewhere = db.query(
        "SELECT l.riding_id FROM device_log l LEFT JOIN sync_state s ON s.riding_id = l.riding_id"
        " WHERE l.device_id = ? AND l.last_seq > l.acked_through AND s.riding_id IS NULL ORDER BY l.riding_id",
        (book.device_id,),
    )
    heard = db.query("SELECT 1 FROM sync_state WHERE last_contact_ms > 0 LIMIT 1")
    aside = db.query(
        "SELECT reason, COUNT(*) FROM quarantine WHERE device_id <> ? GROUP BY reason ORDER BY 2 DESC, 1",
        (b"",),
    )
    unread = db.query("SELECT COUNT(*) FROM quarantine WHERE device_id = ?", (b"",))
    forks = db.query("SELECT COUNT(*) FROM fork WHERE device_id = ?", (book.device_id,))
    return Standing(
        tuple(int(row[0]) for row in incomplete) if joined else (),
        tuple(int(row[0]) for row in elsewhere) if joined and heard else (),
        tuple(Aside(str(reason), int(count)) for reason, count in aside),
        int(unread[0][0]),
        int(forks[0][0]),
        bool(book.meta("hq_url")) and not joined,
    )
