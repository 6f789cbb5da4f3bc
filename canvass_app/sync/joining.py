"""Joining a campaign: a one-time code becomes a token, the campaign's settings and its ridings."""

from __future__ import annotations

from .boxes import LAPTOP_BOX, box_key
from .codec import pack
from .messages import PROTOCOL, Enrol, Enrolled
from .signing import enrol_proof, public_key, sign
from .steps import Call, Steps, read_answer

CODE_SYMBOLS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_HALF = 4


def tidy_code(text: str) -> str:
    """A code as typed, made plain: "k7qf 29md" -> "K7QF-29MD"."""
    plain = "".join(one for one in text.upper() if one.isalnum())
    return f"{plain[:CODE_HALF]}-{plain[CODE_HALF:]}"


def ask_to_join(code: str, device_id: bytes, device_name: str, device_seed: bytes) -> Steps[Enrolled]:
    """Send the code with this device's public key. Raises Refused when headquarters declines, or SyncProblem."""
    key, box = public_key(device_seed), box_key(device_seed, LAPTOP_BOX)
    plain = tidy_code(code)
    request = Enrol(
        protocol=PROTOCOL,
        code=plain,
        device_id=device_id,
        device_name=device_name,
        public_key=key,
        proof=sign(device_seed, enrol_proof(plain, device_id, key, box)),
        box_key=box,
    )
    return read_answer((yield Call("POST", "/v1/enrol", pack(request))), Enrolled)
