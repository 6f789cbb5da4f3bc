"""Undoing what a history shows: the compensating event of any event that still counts. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from canvass_app.domain.errors import InputError, NotFound
from canvass_app.domain.support import LEVELS
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Event, Key
from canvass_app.ledger.fold import fold_subject
from canvass_app.ledger.kinds import (
    AnswerGiven,
    AttemptCorrected,
    AttemptMade,
    BarLifted,
    BarSet,
    Body,
    ConflictClosed,
    DoorDescribed,
    DoorSameAs,
    NoteWithdrawn,
    NoteWritten,
    PersonDescribed,
    PersonSameAs,
    ResidenceBegan,
    ResidenceEnded,
    RosterRestored,
    RosterWithdrawn,
    ShiftRestored,
    ShiftVoided,
    SupportMarked,
    TurfAssigned,
    TurfChanged,
    TurfCut,
    TurfRetired,
    WalkListReturned,
)
from canvass_app.storage.changes import ChangeSet
from canvass_app.storage.log import voided_shifts
from canvass_app.storage.projections.doors import DOOR_COLUMNS
from canvass_app.storage.roster_store import door_entries, person_entries

from .book import Book
from .decision_rows import subject_events
from .entry_undo import take_back

_NOT_NOW = Text(
    "This cannot be taken back any more: something newer stands instead. Nothing was changed.",
    "Ceci ne peut plus être annulé : une saisie plus récente compte à sa place. Rien n’a été modifié.",
)
_WHY = Text(
    "Say why the bar is lifted. Nothing was changed.",
    "Dites pourquoi l’interdiction est levée. Rien n’a été modifié.",
)

# What an undo is called, and of which kinds.
_LABELS: dict[type[Body], Text] = {
    AttemptMade: Text("Take this result back", "Annuler ce résultat"),
    AttemptCorrected: Text("Undo this correction", "Annuler cette correction"),
    NoteWritten: Text("Withdraw this note", "Retirer cette note"),
    BarSet: Text("Lift “do not contact”", "Lever « ne pas contacter »"),
    BarLifted: Text("Set “do not contact” again", "Remettre « ne pas contacter »"),
    TurfCut: Text("Take the turf out of use", "Mettre le secteur hors d’usage"),
    TurfChanged: Text("Change the turf back", "Revenir au secteur d’avant"),
    ShiftVoided: Text("Restore the shift", "Rétablir le quart"),
    RosterWithdrawn: Text("Restore the file", "Rétablir le fichier"),
    ConflictClosed: Text("Open this decision again", "Rouvrir cette décision"),
}
_PLAIN = Text("Take this back", "Annuler ceci")


def undo_label(book: Book, event: Event, group: Sequence[Event]) -> Text | None:
    """What taking this event back is called; None where it cannot be. `group`: every event of its subject."""
    body = event.body
    if body is None:
        return None
    if not isinstance(body, AttemptMade) and _reversal(book, event, body, group, "") is None:
        return None
    return _LABELS.get(type(body), _PLAIN)


def asks_reason(event: Event) -> bool:
    """Whether taking it back needs a reason: a bar is never lifted without one."""
    return isinstance(event.body, BarSet)


def undo_event(book: Book, riding_id: int, key: Key, author: str, reason: str = "") -> ChangeSet:
    """Take back one event that counts. Raises NotFound, InputError (superseded by now, or a reason is missing)."""
    from .history import counting, event_at

    event = event_at(book, riding_id, key)
    if event is None or event.body is None:
        raise NotFound(_NOT_NOW)
    reason = " ".join(reason.split())
    if asks_reason(event) and not reason:
        raise InputError(_WHY)
    with book.act(author) as act:
        group = next(iter(subject_events(book, riding_id, [event.subject]).values()))
        if not counting(
            event, fold_subject(group, voided_shifts(act.db, riding_id)), voided_shifts(act.db, riding_id)
        ):
            raise InputError(_NOT_NOW)
        if isinstance(event.body, AttemptMade):
            take_back(act, riding_id, key.device_seq, device=key.device_id)
        else:
            reversal = _reversal(book, event, event.body, group, reason)
            if reversal is None:
                raise InputError(_NOT_NOW)
            act.add(riding_id, *reversal)
    return act.changes


def _reversal(
    book: Book, event: Event, body: Body, group: Sequence[Event], reason: str
) -> tuple[bytes, Body] | None:
    """The subject and body of the compensating event, or None."""
    db = book.read()
    folded = fold_subject([e for e in group if e.key != event.key], voided_shifts(db, event.riding_id))
    before: dict[str, object] = {name: folded[name].value for name in body.sets() if name in folded}
    if isinstance(body, ConflictClosed):
        return _reopened(event, body, group, before)
    answer = _switch(body, event, reason) or _fields(book, body, event, before, group)
    return None if answer is None else (event.subject, answer)


def _reopened(
    event: Event, body: ConflictClosed, group: Sequence[Event], before: Mapping[str, object]
) -> tuple[bytes, Body] | None:
    # A closing stands in a shift of its own: without it both sides are there again.
    if event.shift:
        return event.shift, ShiftVoided()
    if body.field not in before:
        return None
    return event.subject, ConflictClosed(target=body.target, field=body.field, value=before[body.field])


def _switch(body: Body, event: Event, reason: str) -> Body | None:
    """What is simply the other way round."""
    if isinstance(body, BarSet):
        return BarLifted(target=body.target, reason=reason)
    if isinstance(body, BarLifted):
        return BarSet(target=body.target)
    if isinstance(body, NoteWritten):
        return NoteWithdrawn(target=body.target, device=event.key.device_id, seq=event.key.device_seq)
    if isinstance(body, NoteWithdrawn):
        return NoteWithdrawn(
            target=body.target, device=body.device, seq=body.seq, withdrawn=not body.withdrawn
        )
    if isinstance(body, ShiftVoided):
        return ShiftRestored()
    if isinstance(body, RosterWithdrawn):
        return RosterRestored()
    if isinstance(body, DoorSameAs):
        return DoorSameAs(other=body.other, joined=not body.joined)
    if isinstance(body, PersonSameAs):
        return PersonSameAs(other=body.other, joined=not body.joined)
    if isinstance(body, TurfCut):
        return TurfRetired()
    if isinstance(body, TurfRetired):
        return TurfRetired(retired=not body.retired)
    if isinstance(body, WalkListReturned):
        return WalkListReturned(returned=not body.returned)
    return None


def _fields(
    book: Book, body: Body, event: Event, before: Mapping[str, object], group: Sequence[Event]
) -> Body | None:
    """What goes back to the value it had."""
    if isinstance(body, SupportMarked):
        support = str(before.get("support") or "")
        level = support if support in LEVELS or not support else support[:1]
        return SupportMarked(level=level, second=support[len(level) :])
    if isinstance(body, AnswerGiven):
        value = before.get(f"answer:{body.question}")
        answers = tuple(map(str, cast("tuple[object, ...]", value))) if isinstance(value, tuple) else ()
        return AnswerGiven(question=body.question, answers=answers)
    if isinstance(body, ResidenceEnded):
        if body.witness:
            said = next(iter(before.values()), False) is True
            return ResidenceEnded(reason="deceased" if said else "", witness=body.witness)
        gone = before.get("gone")
        return ResidenceEnded(reason="moved" if gone == "moved" else "deceased" if gone == "deceased" else "")
    if isinstance(body, ResidenceBegan):
        home = before.get("home") or _listed(book, event, group, "people").get("door_id")
        return ResidenceBegan(door=home) if isinstance(home, bytes) and home else None
    if isinstance(body, AttemptCorrected):
        return _uncorrected(body, before, group)
    if isinstance(body, TurfAssigned):
        return TurfAssigned(to=str(before.get("assigned") or ""))
    if isinstance(body, TurfChanged):
        return TurfChanged(**cast("dict[str, Any]", before)) if set(before) == set(body.sets()) else None
    if isinstance(body, DoorDescribed):
        return DoorDescribed(**_described(body, before, _listed(book, event, group, "doors")))
    if isinstance(body, PersonDescribed):
        return PersonDescribed(**_described(body, before, _listed(book, event, group, "people")))
    return None


def _uncorrected(body: AttemptCorrected, before: Mapping[str, object], group: Sequence[Event]) -> Body | None:
    original = next((e.body for e in group if e.key == Key(body.device, body.seq)), None)
    code = next(iter(before.values()), original.code if isinstance(original, AttemptMade) else None)
    return None if code is None else AttemptCorrected(device=body.device, seq=body.seq, code=str(code))


def _described(body: Body, before: Mapping[str, object], listed: Mapping[str, object]) -> dict[str, Any]:
    """For each field it set: what people said before, else what the files say, else nothing."""
    told: dict[str, Any] = {}
    for name, value in body.sets().items():
        nothing: object = 0 if isinstance(value, int) else (0, 0) if name == "point" else ""
        told[name] = before.get(name, listed.get(name, nothing))
    return told


def _listed(book: Book, event: Event, group: Sequence[Event], kind: str) -> dict[str, object]:
    db, ids = book.read(), {event.subject, *(e.subject for e in group)}
    values: dict[str, object] = {}
    if kind == "doors":
        for rows in door_entries(db, event.riding_id, ids).values():
            for _, row in rows:
                named = dict(zip(DOOR_COLUMNS, row[1:], strict=True))
                values.update({name: value for name, value in named.items() if value})
        if "lon_e6" in values:
            values["point"] = (values["lon_e6"], values["lat_e6"])
        return values
    for rows in person_entries(db, event.riding_id, ids).values():
        for _, row in rows:
            values.update({name: value for name, value in row._asdict().items() if value})
    return values
