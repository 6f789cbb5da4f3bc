"""What a laptop asks that is refused or misses ridings, what it hands in, and how it says that it holds nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from canvass_app.domain.errors import SyncProblem

from .codec import BadMessage, pack
from .messages import PROTOCOL, AskStanding, Done, Emptied, HandedIn, HandIn, Signed, Standing
from .problems import FORGED, NoLongerWelcome
from .signing import hand_in_words, open_order, sign, standing_words
from .steps import Call, Declined, Steps, read_answer

PART_BYTES = 4 << 20
_PATIENCE = 180.0


class Parcel(NamedTuple):
    """A sealed bundle that is handed in: its name, and the proofs of its parts, which may be older than this moment."""

    device_id: bytes
    seal: bytes
    proofs: list[bytes]


def ask_standing(
    device_id: bytes, device_seed: bytes, hq_key: bytes, nonce: bytes, ridings: Sequence[int]
) -> Steps[Standing]:
    """Ask headquarters what it says of this laptop. Nobody else's word is believed.

    Raises NoLongerWelcome when it does not know this laptop at all, SyncProblem for an answer that is not its own.
    """
    asked = AskStanding(
        protocol=PROTOCOL,
        device_id=device_id,
        nonce=nonce,
        ridings=list(ridings),
        proof=sign(device_seed, standing_words(device_id, nonce, ridings)),
    )
    signed = read_answer((yield Call("POST", "/v1/standing", pack(asked))), Signed)
    try:
        told = open_order(hq_key, Standing, signed)
        if (told.device_id, told.nonce) != (device_id, nonce) or not set(told.lost) <= set(ridings):
            raise BadMessage("the answer is to another question")
    except BadMessage as error:
        raise SyncProblem(FORGED, detail=str(error)) from error
    return told


def parts_of(data: bytes) -> Iterator[bytes]:
    """A bundle's bytes in the parts in which it is handed in."""
    for at in range(0, max(len(data), 1), PART_BYTES):
        yield data[at : at + PART_BYTES]


def prove(device_id: bytes, device_seed: bytes, seal: bytes, data: bytes) -> Parcel:
    """The proofs of a bundle's parts, so that it can be handed in when the key is gone."""
    parts = list(parts_of(data))
    return Parcel(
        device_id,
        seal,
        [
            sign(device_seed, hand_in_words(device_id, seal, number, len(parts), one))
            for number, one in enumerate(parts)
        ],
    )


def hand_in(parcel: Parcel, data: bytes, hq_key: bytes) -> Steps[None]:
    """Hand a bundle in until headquarters has signed that it holds all of it. It may be repeated.

    Raises SyncProblem, or NoLongerWelcome when headquarters does not know this laptop.
    """
    told: HandedIn | None = None
    for number, part in enumerate(parts_of(data)):
        message = HandIn(
            protocol=PROTOCOL, device_id=parcel.device_id, seal=parcel.seal, part=number, parts=len(parcel.proofs),
            data=part, proof=parcel.proofs[number],
        )  # fmt: skip
        signed = read_answer((yield Call("POST", "/v1/handed-in", pack(message), _PATIENCE)), Signed)
        try:
            told = open_order(hq_key, HandedIn, signed)
        except BadMessage as error:
            raise SyncProblem(FORGED, detail=str(error)) from error
        if (told.device_id, told.seal) != (parcel.device_id, parcel.seal):
            raise SyncProblem(FORGED, detail="a receipt for something else")
    if told is None or not told.whole:
        raise SyncProblem(FORGED, detail="headquarters does not hold all of it")


def say_emptied(device_id: bytes, confirm: bytes) -> Steps[bool]:
    """Say that nothing is held any more; whether headquarters wanted to know. It may be repeated."""
    message = Emptied(protocol=PROTOCOL, device_id=device_id, confirm=confirm)
    try:
        read_answer((yield Call("POST", "/v1/emptied", pack(message))), Done)
    except (Declined, NoLongerWelcome):
        # The order was withdrawn meanwhile: somebody gave this laptop a code again.
        return False
    return True
