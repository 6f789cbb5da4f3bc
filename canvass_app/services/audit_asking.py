"""Who saw somebody: asked at headquarters where there is a network and the device may, else from this laptop's own log.

That it was asked is recorded here, before anything is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import Cancelled, CanvassError
from canvass_app.domain.text import Text
from canvass_app.sync.messages import SightRow, WhoSaw
from canvass_app.sync.steps import Call, Declined, Steps, read_answer

from .audit import Sight, record, who_saw_here
from .book import Book
from .field_words import Words
from .syncing import linked

_NOT_FOR_YOU = Text(
    "Headquarters does not answer this on this computer: only a riding organiser’s laptop may ask, about people it knows.",
    "Le quartier général ne répond pas à cette question sur cet ordinateur : seul celui d’un responsable de circonscription "
    "peut la poser, à propos de personnes qu’il connaît.",
)


@dataclass(frozen=True, slots=True)
class Sights:
    """An answer: the newest first. `from_hq` is false when it is from this laptop alone; `why` then says why."""

    riding_id: int
    person_id: bytes
    name: Text
    sights: list[Sight]
    from_hq: bool
    why: Text | None
    asked_ms: int
    more: bool = False


def ask_who_saw(
    book: Book,
    riding_id: int,
    person_id: bytes,
    *,
    who: str | None = None,
    since_ms: int = 0,
    cancelled: Callable[[], bool] = lambda: False,
) -> Sights:
    """Who saw a person. Raises StorageProblem where the question cannot be recorded, Cancelled."""
    record(book, Access.ASKED, riding_id, people=[person_id], what="who-saw", who=who)
    name = Words(book, riding_id).subject("person", person_id)
    try:
        with linked(book, cancelled) as link:
            answer = link.run(_ask(riding_id, person_id, since_ms))
    except Cancelled:
        raise
    except CanvassError as trouble:
        why = _NOT_FOR_YOU if isinstance(trouble, Declined) and trouble.status == 404 else trouble.text
        here = who_saw_here(book, riding_id, person_id, since_ms=since_ms)
        return Sights(riding_id, person_id, name, here, False, why, book.now_ms())
    # What has not been sent is only here.
    rows = who_saw_here(book, riding_id, person_id, since_ms=since_ms, unsent=True)
    rows += [_sight(row) for row in answer.rows]
    rows.sort(key=lambda one: -one.wall_ms)
    return Sights(riding_id, person_id, name, rows, True, None, book.now_ms(), answer.more)


def _ask(riding_id: int, person_id: bytes, since_ms: int) -> Steps[WhoSaw]:
    path = f"/v1/ridings/{riding_id}/who-saw?person={person_id.hex()}&since={since_ms}"
    return read_answer((yield Call("GET", path)), WhoSaw)


def _sight(row: SightRow) -> Sight:
    return Sight(
        row.wall_ms, row.act, row.who, row.device, row.device_name, row.what, tuple(row.numbers), row.reason,
        row.count, row.times, row.first_ms,
    )  # fmt: skip
