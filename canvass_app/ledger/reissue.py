"""Saying an event again under a new number, because its own had two owners: a copied or restored laptop."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import msgspec

from .events import FORMAT, Event, Key, Origin, envelope_of, open_event, packed
from .kinds import AttemptCorrected, Body, NoteWithdrawn


def said_again(event: Event, key: Key, names: Mapping[Key, Key], nonce: bytes) -> Event:
    """The event under the number `key`: same author, shift, clock and words, and `reissue_of` the first of its kind.

    `names` gives the new numbers of all that are said again: what the event points at follows.
    """
    envelope = envelope_of(event.raw)
    body: Any = envelope.body
    version = event.version
    if event.body is not None:
        mapped = _mapped(event.body, event.key.device_id, names)
        if mapped is not event.body:
            body, version = msgspec.to_builtins(mapped, builtin_types=(bytes,)), mapped.VERSION
    again = envelope._replace(
        format=FORMAT,
        device_id=key.device_id,
        device_seq=key.device_seq,
        version=version,
        sees=tuple(sorted(names.get(one, one) for one in event.sees)),
        reissue_of=event.reissue_of or Origin(*event.key, event.hash),
        body=body,
        nonce=nonce,
    )
    return open_event(packed(again))


def _mapped(body: Body, device: bytes, names: Mapping[Key, Key]) -> Body:
    """The body with the numbers in it as they are now. An act whose attempt keeps its number is without one."""
    act = cast("int", getattr(body, "act", 0))
    if act:
        body = msgspec.structs.replace(body, act=names.get(Key(device, act), Key(b"", 0)).device_seq)
    if isinstance(body, AttemptCorrected | NoteWithdrawn):
        about = names.get(Key(body.device, body.seq))
        if about is not None:
            body = msgspec.structs.replace(body, device=about.device_id, seq=about.device_seq)
    return body
