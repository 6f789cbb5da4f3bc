"""The small parts of the wire: frames, pace, signatures, addresses."""

from __future__ import annotations

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass_app.domain.errors import Refused
from canvass_app.sync.codec import BadMessage, expand, squeeze, unpack
from canvass_app.sync.http import checked_address
from canvass_app.sync.joining import tidy_code
from canvass_app.sync.messages import Hello, Names, Receipt
from canvass_app.sync.outbox import receipt_name
from canvass_app.sync.pace import MOST_WAIT, Backoff, Size
from canvass_app.sync.signing import open_receipt, public_key, sign_receipt, verifies


@given(st.binary(max_size=5_000), st.sampled_from(["zstd", "gzip"]))
def test_what_is_squeezed_is_expanded_to_itself(data: bytes, encoding: str) -> None:
    assert expand(squeeze(data, encoding), encoding) == data


@given(st.binary(min_size=1, max_size=500), st.data())
def test_a_frame_cut_anywhere_is_no_message(data: bytes, draw: st.DataObject) -> None:
    for encoding in ("zstd", "gzip"):
        frame = squeeze(data, encoding)
        with pytest.raises(BadMessage):
            expand(frame[: draw.draw(st.integers(0, len(frame) - 1))], encoding)


@given(st.binary(max_size=200))
def test_noise_is_no_message(noise: bytes) -> None:
    for kind in (Receipt, Hello):
        with pytest.raises(BadMessage):
            unpack(kind, noise)


def test_a_bomb_is_met_before_it_goes_off() -> None:
    bombs = {"zstd": squeeze(bytes(300 << 20)), "gzip": zlib.compress(bytes(80 << 20), 9, 31)}
    for encoding, bomb in bombs.items():
        with pytest.raises(BadMessage):
            expand(bomb, encoding)
    assert len(expand(squeeze(bytes(1 << 20)), "zstd")) == 1 << 20


def test_a_newer_side_may_say_more() -> None:
    import msgspec

    more = msgspec.msgpack.encode({"hashes": [b"x"], "later": {"a": 1}})
    assert unpack(Names, more) == Names(hashes=[b"x"])


def test_batches_halve_and_double_within_bounds() -> None:
    size = Size()
    sizes = []
    for _ in range(8):
        sizes.append(size.value)
        size.failed()
    assert sizes == [500, 250, 125, 62, 31, 15, 10, 10]
    assert size.at_least
    for _ in range(12):
        size.succeeded()
    assert size.value == 5_000


def test_waits_grow_to_five_minutes_and_are_never_given_up() -> None:
    dice = random.Random(7)
    backoff = Backoff(dice.random)
    waits = [backoff.next_wait() for _ in range(200)]
    assert all(1 <= one <= MOST_WAIT for one in waits)
    assert all(one >= MOST_WAIT / 2 for one in waits[10:])
    assert len(set(waits[10:])) > 100
    backoff.reset()
    assert backoff.next_wait() == 1


def test_a_signature_covers_every_bit() -> None:
    seed = bytes(range(32))
    signed = sign_receipt(seed, Names(hashes=[b"a" * 32]))
    key = public_key(seed)
    assert open_receipt(key, Names, signed).hashes == [b"a" * 32]
    for place in range(len(signed.payload) * 8):
        payload = bytearray(signed.payload)
        payload[place // 8] ^= 1 << place % 8
        with pytest.raises(BadMessage):
            open_receipt(key, Names, type(signed)(payload=bytes(payload), signature=signed.signature))


def test_a_key_under_which_anything_verifies_is_no_key() -> None:
    for key in (bytes(32), b"\x01" + bytes(31), bytes(31) + b"\x80", b"\xec" + b"\xff" * 31, b"", bytes(31)):
        assert not verifies(key, b"anything", bytes(64))
        assert not verifies(key, b"anything", b"\x01" + bytes(63))


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        (" https://hq.example.ca/ ", "https://hq.example.ca"),
        ("https://hq.example.ca:8443/canvass/", "https://hq.example.ca:8443/canvass"),
        ("http://127.0.0.1:8321", "http://127.0.0.1:8321"),
        ("http://[::1]:8321", "http://[::1]:8321"),
        ("http://localhost:8321", "http://localhost:8321"),
    ],
)
def test_an_address_is_made_plain(typed: str, plain: str) -> None:
    assert checked_address(typed) == plain


@pytest.mark.parametrize(
    "typed",
    [
        "http://hq.example.ca", "http://127.0.0.1.example.ca", "http://10.0.0.5", "http://localhost.example.ca",
        "ftp://hq.example.ca", "hq.example.ca", "", "https://", "https://user:secret@hq.example.ca", "http://[::1",
        "https://hq.example.ca:99999", "https://hq.example.ca/?next=1", "file:///etc/hosts",
    ],
)  # fmt: skip
def test_an_address_without_protection_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        checked_address(typed)


def test_codes_and_receipts_can_be_read_out() -> None:
    assert tidy_code(" k7qf 29md") == tidy_code("K7QF-29MD") == "K7QF-29MD"
    name = receipt_name(b"receipt")
    assert len(name) == 4
    assert set(name) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert name != receipt_name(b"another")
