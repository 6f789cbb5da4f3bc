"""Telephone numbers, as two spellings of one number are told to be the same."""

from __future__ import annotations

from .address import normalise_phone

_SHORTEST, _LONGEST = 8, 15
# What is dialled before a country's code instead of "+": from North America, and from most other countries.
_ABROAD = ("011", "00")


def phone_number(text: str) -> str:
    """The number in E.164: "+1" and ten digits where the North American plan has it, else "+" and the digits given
    behind "+", "011" or "00". "" when it cannot be one (E.164: at most 15 digits).

    Frozen for ever: the ids of bars on numbers are made from it.
    """
    raw = text.strip().lower()
    ten = normalise_phone(raw)
    if ten and not (raw.startswith("+") and not raw.startswith("+1")):
        return f"+1{ten}"
    digits = "".join(one for one in raw.split("x")[0] if one in "0123456789")
    if not raw.startswith("+"):
        before = next((one for one in _ABROAD if digits.startswith(one)), "")
        if not before:
            return ""
        digits = digits.removeprefix(before)
    whole = _SHORTEST <= len(digits) <= _LONGEST and digits[0] not in "01"
    return f"+{digits}" if whole else ""
