"""The envelope of bundles: what is copied of it is good up to its last whole part, and nobody changes a bit unseen."""

from __future__ import annotations

import io
import os
import tracemalloc
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvass_app.sync.boxes import HQ_BOX, box_key, box_secret
from canvass_app.sync.bundle_items import Item, items, pieces, put, take
from canvass_app.sync.bundles import (
    DOWN,
    UP,
    Broken,
    Header,
    NotABundle,
    Tree,
    look_at,
    make_header,
    opened,
    read_header,
    seal,
)
from canvass_app.sync.codec import BadMessage
from canvass_app.sync.messages import Names
from canvass_app.sync.signing import public_key

SENDER, HQ, STRANGER = bytes(range(32)), bytes(range(32, 64)), bytes(range(64, 96))
TEXT = b"Eleven doors were not home, two were not asked, one said maybe; and so on, street by street."
CHUNK = 16


def header_of(kind: str = UP, ephemeral: bytes = STRANGER) -> Header:
    return make_header(
        kind, epoch=bytes(16), ridings=[201399001], device=b"d" * 16, recipient=box_key(HQ, HQ_BOX),
        ephemeral=ephemeral, made_ms=1_443_700_000_000,
    )  # fmt: skip


@cache
def bundle(chunk_bytes: int = CHUNK) -> bytes:
    made = seal(header_of(), STRANGER, box_key(HQ, HQ_BOX), SENDER, [TEXT[:40], TEXT[40:]], chunk_bytes)
    return b"".join(made)


def read_all(data: bytes, owner: bytes = HQ, sender: bytes = SENDER) -> tuple[bytes, Broken | None]:
    """What can be had of a bundle, and where it broke."""
    read = io.BytesIO(data).read
    header, top = read_header(read)
    got = b""
    try:
        for part in opened(read, header, top, box_secret(owner, HQ_BOX), public_key(sender)):
            got += part
    except Broken as broken:
        return got, broken
    return got, None


def test_its_owner_reads_what_the_sender_wrote() -> None:
    assert read_all(bundle()) == (TEXT, None)
    assert read_all(bundle(4096)) == (TEXT, None)
    seen = look_at(io.BytesIO(bundle()).read)
    assert (seen.whole, seen.parts, seen.header) == (True, -(-len(TEXT) // CHUNK), header_of())


def test_an_empty_bundle_is_a_bundle() -> None:
    made = b"".join(seal(header_of(), STRANGER, box_key(HQ, HQ_BOX), SENDER, []))
    assert read_all(made) == (b"", None)
    assert look_at(io.BytesIO(made).read).whole


def test_nobody_else_reads_it_and_nobody_else_can_have_written_it() -> None:
    for owner, sender in ((STRANGER, SENDER), (SENDER, SENDER), (HQ, STRANGER)):
        got, broken = read_all(bundle(), owner, sender)
        assert got == b""
        assert broken is not None
        assert (broken.parts, broken.cut) == (0, False)


def test_cut_at_any_byte_its_good_beginning_is_whole_parts_and_it_says_so() -> None:
    whole = bundle()
    seen = set[int]()
    for end in range(len(whole)):
        try:
            got, broken = read_all(whole[:end])
        except NotABundle:
            assert end < 200
            continue
        if broken is None:
            # Only the public proof of wholeness behind the last part was cut off.
            assert got == TEXT
            assert not look_at(io.BytesIO(whole[:end]).read).whole
            continue
        assert broken.cut
        assert got == TEXT[: broken.parts * CHUNK]
        assert look_at(io.BytesIO(whole[:end]).read).parts == broken.parts
        assert not look_at(io.BytesIO(whole[:end]).read).whole
        seen.add(broken.parts)
    assert seen == set(range(len(TEXT) // CHUNK + 1))


def test_a_changed_byte_anywhere_is_never_believed() -> None:
    whole = bundle()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1 << place % 8
        try:
            got, broken = read_all(bytes(changed))
            seen = look_at(io.BytesIO(bytes(changed)).read)
        except NotABundle:
            continue
        assert not seen.whole
        if broken is None:
            assert got == TEXT
        else:
            assert got == TEXT[: broken.parts * CHUNK]


def test_parts_cannot_be_exchanged_left_out_repeated_or_ended_early() -> None:
    whole = bundle()
    read = io.BytesIO(whole).read
    _, top = read_header(read)
    frames = list(_frames(whole[len(top) :]))
    other = b"".join(seal(header_of(), STRANGER, box_key(HQ, HQ_BOX), SENDER, [TEXT.upper()], CHUNK))
    strange = list(_frames(other[len(top) :]))
    for mixed in (
        frames[1:],
        [frames[0], *frames[2:]],
        [frames[1], frames[0], *frames[2:]],
        [frames[0], frames[0], *frames[1:]],
        [frames[0], strange[1], *frames[2:]],
        [*frames[:2], frames[-1]],
    ):
        got, broken = read_all(top + b"".join(mixed))
        assert broken is not None
        assert TEXT.startswith(got)
        assert len(got) <= 2 * CHUNK


def _frames(data: bytes) -> Iterator[bytes]:
    while data:
        length = int.from_bytes(data[:4], "big")
        if not length:
            return
        end = 4 + (length & 0x7FFFFFFF)
        yield data[:end]
        data = data[end:]


def test_a_key_under_which_everybody_could_read_is_no_recipient() -> None:
    with pytest.raises(ValueError):
        list(seal(header_of(), STRANGER, bytes(32), SENDER, [TEXT]))


def test_noise_and_later_versions_are_no_bundle() -> None:
    for noise in (
        b"",
        b"PK\3\4",
        bundle()[:20],
        os.urandom(4096),
        b"Canvass bundle\r\n\xff\xff\xff\xff" + bytes(99),
    ):
        with pytest.raises(NotABundle):
            look_at(io.BytesIO(noise).read)


@given(st.lists(st.binary(max_size=40), max_size=40))
def test_the_tree_is_that_of_rfc_6962(leaves: list[bytes]) -> None:
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    assert tree.root() == _root(leaves)


def _root(leaves: list[bytes]) -> bytes:
    """Section 2.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\0" + leaves[0]).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + _root(leaves[:half]) + _root(leaves[half:])).digest()


@given(st.lists(st.binary(max_size=300), max_size=12), st.integers(1, 97))
def test_messages_come_out_as_they_went_in_however_they_are_cut(bodies: list[bytes], size: int) -> None:
    sent = [put("asset", Names(hashes=[body]), 7, b"n") for body in bodies]
    stream = b"".join(pieces(sent))
    chunks = [stream[at : at + size] for at in range(0, len(stream), size)]
    got = list(items(chunks))
    assert got == sent
    assert [take(one, Names).hashes for one in got] == [[body] for body in bodies]


def test_what_ends_inside_a_message_or_claims_too_much_is_not_believed() -> None:
    stream = b"".join(pieces([Item(kind="page", body=b"x" * 50)]))
    with pytest.raises(BadMessage):
        list(items([stream[:-1]]))
    with pytest.raises(BadMessage):
        list(items([b"\xff\xff\xff\xff" + stream]))


def test_a_large_bundle_needs_no_more_memory_than_a_small_one() -> None:
    def block(_: Any = None) -> bytes:
        return os.urandom(1 << 20)

    class Pipe:
        """Reads what seal makes as it is made: neither side ever holds the whole."""

        def __init__(self, made: Iterator[bytes]) -> None:
            self.made, self.rest = made, b""

        def read(self, size: int) -> bytes:
            while len(self.rest) < size and (more := next(self.made, b"")):
                self.rest += more
            out, self.rest = self.rest[:size], self.rest[size:]
            return out

    key = box_key(HQ, HQ_BOX)
    tracemalloc.start()
    try:
        pipe = Pipe(seal(header_of(DOWN), STRANGER, key, SENDER, map(block, range(80))))
        header, top = read_header(pipe.read)
        secret = box_secret(HQ, HQ_BOX)
        size = sum(len(part) for part in opened(pipe.read, header, top, secret, public_key(SENDER)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size == 80 << 20
    assert peak < 48 << 20
