"""Telling headquarters that the campaign's declaration was accepted here."""

from __future__ import annotations

from .codec import pack
from .messages import Declare, Done
from .steps import Call, Steps, read_answer


def say_declared(message: Declare) -> Steps[None]:
    """Say who accepted which text. It may be repeated.

    Raises Declined when it is not the text of the moment, or headquarters is too old to ask; SyncProblem, Refused.
    """
    read_answer((yield Call("POST", "/v1/declaration", pack(message))), Done)
