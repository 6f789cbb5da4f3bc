"""Box keys against the vectors of RFC 5869 and RFC 7748, and what they promise."""

from __future__ import annotations

import pytest

from canvass_app.sync.boxes import HQ_BOX, LAPTOP_BOX, agreed, box_key, box_secret, derived

_HEX = bytes.fromhex


def test_keys_follow_as_rfc_5869_says() -> None:
    made = derived(b"\x0b" * 22, bytes(range(0xF0, 0xFA)), bytes(range(13)), 42)
    assert made.hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_two_boxes_agree_as_rfc_7748_says() -> None:
    bob = _HEX("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
    alice = _HEX("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
    shared = agreed(bob, alice)
    assert shared is not None
    assert shared.hex() == "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"


def test_a_seed_has_one_box_for_each_purpose() -> None:
    seed = bytes(range(32))
    keys = {box_key(seed, HQ_BOX), box_key(seed, LAPTOP_BOX), box_key(bytes(32), HQ_BOX)}
    assert len(keys) == 3
    assert seed not in {box_secret(seed, HQ_BOX), box_secret(seed, LAPTOP_BOX)}
    other = box_secret(bytes(32), LAPTOP_BOX)
    assert agreed(other, box_key(seed, HQ_BOX)) == agreed(
        box_secret(seed, HQ_BOX), box_key(bytes(32), LAPTOP_BOX)
    )
    with pytest.raises(ValueError):
        box_key(b"short", HQ_BOX)


def test_a_key_that_everybody_agrees_with_is_no_key() -> None:
    secret = box_secret(bytes(range(32)), HQ_BOX)
    for public in (bytes(32), b"\1" + bytes(31), b"", bytes(33)):
        assert agreed(secret, public) is None
