"""Taking an act back: compensating events, nothing is deleted.

An act is an attempt and the events that carry its number in `act`. Taking it back sets every field
that it set to what the field would be without it; what the act itself had replaced stands again.
"""

from __future__ import annotations

from typing import cast

from canvass_app.domain.support import LEVELS
from canvass_app.ledger.events import Event, Key, open_event
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

from .act import Act

# An act writes fewer events than this after its attempt: marks, answers, residence, bars, notes, and
# what it replaces for a household. Second choices typed later are looked for beyond it.
ACT_SPAN = 256


def take_back(act: Act, riding_id: int, token: int, *, by: int = 0, device: bytes = b"") -> None:
    """Write the compensating events of the act `token` of this device, or of another one.

    `by` is the act that replaces it: taking that one back lets this one stand again.
    """
    device = device or act.book.device_id
    undone = _with_replaced(act, riding_id, Key(device, token)) if by else frozenset({Key(device, token)})
    for event in _events_of_act(act, riding_id, Key(device, token)):
        body = event.body
        if event.key.device_seq == token and isinstance(body, AttemptMade):
            act.add(riding_id, event.subject, AttemptCorrected(device=device, seq=token, code="", act=by))
        elif body is not None and getattr(body, "act", 0) == token:
            answer = _compensation(act, riding_id, event, body, undone, by)
            if answer is not None:
                act.add(riding_id, event.subject, answer)


def _events_of_act(act: Act, riding_id: int, made: Key) -> list[Event]:
    rows = act.db.query(
        "SELECT raw, stamp FROM event WHERE riding_id = ? AND device_id = ? AND device_seq >= ?"
        " AND (device_seq < ? OR kind = ?) ORDER BY device_seq",
        (riding_id, made.device_id, made.device_seq, made.device_seq + ACT_SPAN, SupportMarked.KIND),
    )
    return [open_event(bytes(raw), stamp) for raw, stamp in rows]


def _with_replaced(act: Act, riding_id: int, made: Key) -> frozenset[Key]:
    """An act and all that it had replaced, and what those had: none of them stands again when it is replaced itself."""
    found: set[Key] = set()
    waiting = [made]
    while waiting:
        one = waiting.pop()
        found.add(one)
        for event in _events_of_act(act, riding_id, one):
            body = event.body
            if isinstance(body, AttemptCorrected) and body.act == one.device_seq and not body.code:
                waiting.extend({Key(body.device, body.seq)} - found)
    return frozenset(found)


def _compensation(
    act: Act, riding_id: int, event: Event, body: Body, undone: frozenset[Key], by: int
) -> Body | None:
    def before(name: str) -> object:
        return _value_before(act, riding_id, event.subject, name, undone)

    def settled(name: str) -> bool:
        # An earlier replacement did it: saying it again would hide from an undo what that one had replaced.
        now = _value_before(act, riding_id, event.subject, name, frozenset())
        return bool(by) and (before(name) or "") == (now or "")

    if by and isinstance(body, AttemptCorrected | NoteWithdrawn):
        # What the act had replaced was typed before it: it stays replaced.
        return None
    if isinstance(body, SupportMarked | AnswerGiven | ResidenceEnded) and all(map(settled, body.sets())):
        return None
    if isinstance(body, SupportMarked):
        level, second = _split(str(before("support") or ""))
        return SupportMarked(level=level, second=second, act=by)
    if isinstance(body, AnswerGiven):
        value = before(f"answer:{body.question}")
        answers = tuple(map(str, cast("tuple[object, ...]", value))) if isinstance(value, tuple) else ()
        return AnswerGiven(question=body.question, answers=answers, act=by)
    if isinstance(body, AttemptCorrected):
        code = before(f"attempt:{body.device.hex()}:{body.seq}")
        original = _original_code(act, riding_id, Key(body.device, body.seq))
        return AttemptCorrected(
            device=body.device, seq=body.seq, code=original if code is None else str(code), act=by
        )
    if isinstance(body, ResidenceEnded):
        if body.witness:
            stands = before(f"deceased:{body.witness.hex()}") is True
            return ResidenceEnded(reason="deceased" if stands else "", witness=body.witness, act=by)
        gone = before("gone")
        return ResidenceEnded(reason=gone if gone in ("moved", "deceased") else "", act=by)
    if isinstance(body, BarSet | BarLifted):
        if before("bar") is True:
            return BarSet(target=body.target, reason=body.reason, act=by)
        return BarLifted(target=body.target, act=by)
    if isinstance(body, NoteWritten):
        return NoteWithdrawn(target=body.target, device=event.key.device_id, seq=event.key.device_seq, act=by)
    if isinstance(body, NoteWithdrawn):
        return NoteWithdrawn(target=body.target, device=body.device, seq=body.seq, withdrawn=False, act=by)
    return None


def _original_code(act: Act, riding_id: int, key: Key) -> str:
    rows = act.db.query(
        "SELECT raw FROM event WHERE riding_id = ? AND device_id = ? AND device_seq = ?",
        (riding_id, *key),
    )
    body = open_event(bytes(rows[0][0])).body if rows else None
    return body.code if isinstance(body, AttemptMade) else ""


def _split(support: str) -> tuple[str, str]:
    return (support, "") if support in LEVELS or not support else (support[:1], support[1:])


def _value_before(act: Act, riding_id: int, subject: bytes, name: str, undone: frozenset[Key]) -> object:
    """A field's value as if these acts had not been."""
    subjects = resolve(act.db, riding_id, [subject]).values()
    group = {subject, *(one for ids in members(act.db, riding_id, subjects).values() for one in ids)}
    known = [e for found in events_of(act.db, riding_id, group).values() for e in found]
    without = [e for e in known if Key(e.key.device_id, getattr(e.body, "act", 0)) not in undone]
    folded = fold_subject(without, voided_shifts(act.db, riding_id)).get(name)
    return folded.value if folded else None
