"""How long a laptop opens without having met headquarters: a lost one that nobody brings back locks itself.

Nothing goes when it locks, and what is unsent stays safe: a sync, a bundle from headquarters or a new code opens it again.
Whoever holds the laptop and its passphrase can turn its clock back to before its last entry, not further; the lease is for
laptops that lie about, not against their owners.
"""

from __future__ import annotations

from dataclasses import dataclass

from canvass_app.domain.errors import Refused
from canvass_app.domain.text import Text, how_many
from canvass_app.ledger.clock import milliseconds
from canvass_app.sync.inbox import MET

from .book import Book

DAY_MS = 86_400_000
SOON_DAYS = 5

_LOCKED = Text(
    "This computer has not met headquarters for {days}, so it is locked. Everything on it is safe: {results}. To go on: sync "
    "over a network, or take a bundle to headquarters and bring its answer back, or ask your organiser for a new code.",
    "Cet ordinateur n’a pas rencontré le quartier général depuis {days}; il est donc verrouillé. Tout y est en sécurité : "
    "{results}. Pour continuer : synchronisez par un réseau, ou apportez un lot au quartier général et rapportez sa "
    "réponse, ou demandez un nouveau code à votre responsable.",
)
_SOON = Text(
    "This computer has not met headquarters for a while and locks in {days}. Sync before then.",
    "Cet ordinateur n’a pas rencontré le quartier général depuis un moment et se verrouillera dans {days}. Synchronisez avant.",
)
_DAY, _DAYS = Text("{n} day", "{n} jour"), Text("{n} days", "{n} jours")
_RESULT = Text("{n} result is unsent", "{n} résultat n’est pas envoyé")
_RESULTS = Text("{n} results are unsent", "{n} résultats ne sont pas envoyés")
_NONE = Text("headquarters has every result", "le quartier général a tous les résultats")


class Locked(Refused):
    """The lease ran out. Whatever is here stays, and headquarters opens it again."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Until when this laptop opens by itself. Times are milliseconds UTC by this laptop's clock."""

    met_ms: int
    ends_ms: int
    now_ms: int

    @property
    def over(self) -> bool:
        """Whether it is locked."""
        return self.now_ms >= self.ends_ms

    @property
    def soon(self) -> bool:
        """Whether it locks within days."""
        return not self.over and self.ends_ms - self.now_ms <= SOON_DAYS * DAY_MS


def lease_of(book: Book) -> Lease | None:
    """The laptop's lease; None where there is none: it never joined, or the campaign wants none. One quick read."""
    campaign, joined = book.campaign, book.meta("hq_key")
    if campaign is None or not joined or not campaign.lease_days:
        return None
    # A clock that was turned back does not bring time back.
    now = max(book.now_ms(), milliseconds(book.clock.last))
    met = int(book.meta(MET, "0"))
    if not met:
        # From before there were leases, or rebuilt from the journal: it begins now.
        met = now
        if book.read_only is None:
            book.set_meta(MET, str(met))
    return Lease(met, met + campaign.lease_days * DAY_MS, now)


def locked(book: Book) -> Locked | None:
    """Why this laptop does not open, in words; None when it does."""
    from .syncing import sync_status

    lease = lease_of(book)
    if lease is None or not lease.over:
        return None
    return Locked(locked_words((lease.now_ms - lease.met_ms) // DAY_MS, sync_status(book).pending))


def locked_words(days: int, pending: int) -> Text:
    """What a laptop says that has not met headquarters for so many days, with so many results unsent."""
    results = how_many(pending, _RESULT, _RESULTS) if pending else _NONE
    return _LOCKED.fill(days=how_many(days, _DAY, _DAYS), results=results)


def locks_soon(book: Book) -> Text | None:
    """What to say while there are only days left; None while there are more."""
    lease = lease_of(book)
    if lease is None or not lease.soon:
        return None
    left = -(-(lease.ends_ms - lease.now_ms) // DAY_MS)
    return _SOON.fill(days=how_many(left, _DAY, _DAYS))
