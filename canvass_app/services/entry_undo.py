"""Taking an act back: compensating events, nothing is deleted."""

from __future__ import annotations

from typing import cast

from canvass_app.domain.support import LEVELS
from canvass_app.ledger.events import Event, open_event
from canvass_app.ledger.fold import fold_subject
from canvass_app.ledger.kinds import (
    AnswerGiven,
    AttemptCorrected,
    AttemptMade,
    BarLifted,
    BarSet,
    Body,
    NoteWithdrawn,
    NoteWritten,
    ResidenceEnded,
    SupportMarked,
)
from canvass_app.storage.log import events_of, members, resolve, voided_shifts

from .book import Act

# An act writes at most this many events after its attempt: marks, answers, residence, bars, a note.
ACT_SPAN = 64


def take_back(act: Act, riding_id: int, token: int) -> None:
    """Write the compensating events of an act: the attempt and everything that it said."""
    rows = act.db.query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND device_id = ? AND device_seq >= ? AND device_seq < ?"
        " ORDER BY device_seq",
        (riding_id, act.book.device_id, token, token + ACT_SPAN),
    )
    events = [open_event(bytes(raw), stamp) for raw, stamp in rows]
    later = act.db.query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND device_id = ? AND device_seq >= ? AND kind = ?",
        (riding_id, act.book.device_id, token + ACT_SPAN, SupportMarked.KIND),
    )
    events.extend(open_event(bytes(raw), stamp) for raw, stamp in later)
    for event in events:
        body = event.body
        if event.key.device_seq == token and isinstance(body, AttemptMade):
            act.add(riding_id, event.subject, AttemptCorrected(device=act.book.device_id, seq=token, code=""))
        elif body is not None and getattr(body, "act", 0) == token:
            answer = _compensation(act, riding_id, event, body, token)
            if answer is not None:
                act.add(riding_id, event.subject, answer)


def _compensation(act: Act, riding_id: int, event: Event, body: Body, token: int) -> Body | None:
    if isinstance(body, SupportMarked):
        before = _value_before(act, riding_id, event.subject, "support", token)
        level, second = _split(str(before or ""))
        return SupportMarked(level=level, second=second)
    if isinstance(body, AnswerGiven):
        before = _value_before(act, riding_id, event.subject, f"answer:{body.question}", token)
        answers = tuple(map(str, cast("tuple[object, ...]", before))) if isinstance(before, tuple) else ()
        return AnswerGiven(question=body.question, answers=answers)
    if isinstance(body, ResidenceEnded):
        return ResidenceEnded(reason="")
    if isinstance(body, BarSet):
        return BarLifted(target=body.target, reason="taken back")
    if isinstance(body, NoteWritten):
        return NoteWithdrawn(target=body.target, device=event.key.device_id, seq=event.key.device_seq)
    return None


def _split(support: str) -> tuple[str, str]:
    return (support, "") if support in LEVELS or not support else (support[:1], support[1:])


def _value_before(act: Act, riding_id: int, subject: bytes, name: str, token: int) -> object:
    """A field's value as if the act had not been."""
    group = {
        one
        for ids in members(act.db, riding_id, resolve(act.db, riding_id, [subject]).values()).values()
        for one in ids
    }
    group.add(subject)
    known = [e for found in events_of(act.db, riding_id, group).values() for e in found]
    without = [
        e for e in known if not (e.key.device_id == act.book.device_id and getattr(e.body, "act", 0) == token)
    ]
    folded = fold_subject(without, voided_shifts(act.db, riding_id)).get(name)
    return folded.value if folded else None
