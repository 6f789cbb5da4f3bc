"""Bundles: the wire's messages in a file that anybody may carry and only its recipient can read.

This module is the envelope: sealed chunks, each signed by the sender before it is sealed, so that what was copied
of a file is of use up to its last whole chunk. `bundle_items` says what lies inside. Bytes in, bytes out:
no file is touched here. Format and reasons: docs/decisions/0019-bundles.md.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

from .boxes import agreed, box_key_of, derived
from .codec import BadMessage, pack, unpack
from .messages import Message
from .outbox import receipt_name
from .signing import sign, verifies

MAGIC = b"Canvass bundle\r\n"
VERSION = 1
UP, DOWN = "up", "down"
CHUNK_BYTES = 4 << 20
"""A chunk's bytes before it is sealed."""
_MOST_HEADER = 1 << 16
_SIGNATURE_BYTES, _TAG_BYTES = 64, 16
_MOST_SEALED = CHUNK_BYTES + _SIGNATURE_BYTES + _TAG_BYTES
_LAST = 1 << 31
_SIGNED = b"canvass bundle 1\0"
_WORD = struct.Struct(">I")
_PLACE = struct.Struct(">QB")
_NONCE = struct.Struct(">xxxQB")
_END = struct.Struct(">I8sQ32s")
_END_MAGIC = b"\r\nwhole\n"


class Sizes(NamedTuple):
    """How finely a bundle is divided: a cut costs at most a chunk and the message in it."""

    chunk_bytes: int = CHUNK_BYTES
    batch_events: int = 1_000
    page_events: int = 100
    """A page is one transaction on the laptop, where somebody may be typing."""


USUAL = Sizes()

Read = Callable[[int], bytes]
"""Up to so many of the next bytes; fewer only at the end."""


class NotABundle(BadMessage):
    """These bytes are no bundle, or one of a later version."""


class Broken(BadMessage):
    """A bundle's good part ends. `parts`: how many chunks were good; `cut`: nothing follows them, else it is damaged."""

    def __init__(self, parts: int, *, cut: bool) -> None:
        super().__init__(f"{'cut' if cut else 'damaged'} after {parts} parts")
        self.parts, self.cut = parts, cut


class Header(Message, frozen=True, kw_only=True):
    """What everybody may read: nothing of a person.

    `device`: the laptop that wrote it (up) or that it is for (down). `box`: names the key it is sealed to.
    `ephemeral`: the public half of the key that was made for this file alone.
    """

    version: int
    kind: str
    epoch: bytes
    ridings: list[int]
    device: bytes
    box: bytes
    ephemeral: bytes
    made_ms: int

    @property
    def name(self) -> str:
        """Four symbols that tell one bundle from another: "7F3K"."""
        return receipt_name(self.ephemeral)


class Whole(NamedTuple):
    """What can be seen of a bundle without a key: its header, how many chunks lie well, and whether they are all."""

    header: Header
    parts: int
    whole: bool
    seal: bytes
    """The root of the hash tree over the header and those chunks."""


class Tree:
    """A hash tree over leaves that come one by one (RFC 6962, section 2.1); it keeps one hash a level."""

    def __init__(self) -> None:
        self._peaks: list[tuple[int, bytes]] = []
        self.leaves = 0

    def add(self, leaf: bytes) -> None:
        """One more leaf."""
        size, node = 1, sha256(b"\0" + leaf).digest()
        while self._peaks and self._peaks[-1][0] == size:
            _, left = self._peaks.pop()
            size, node = size * 2, sha256(b"\1" + left + node).digest()
        self._peaks.append((size, node))
        self.leaves += 1

    def root(self) -> bytes:
        """The hash over all leaves so far, in their order."""
        if not self._peaks:
            return sha256(b"").digest()
        *lefts, (_, node) = self._peaks
        for _, left in reversed(lefts):
            node = sha256(b"\1" + left + node).digest()
        return node


def key_name(public: bytes) -> bytes:
    """How a header names a box key: 16 bytes that do not tell the key."""
    return sha256(b"canvass box\0" + public).digest()[:16]


# --- writing --------------------------------------------------------------------------------------


def make_header(
    kind: str,
    *,
    epoch: bytes,
    ridings: Iterable[int],
    device: bytes,
    recipient: bytes,
    ephemeral: bytes,
    made_ms: int,
) -> Header:
    """A header for a bundle to the owner of the box key `recipient`; `ephemeral` is a fresh secret of 32 bytes."""
    return Header(
        version=VERSION, kind=kind, epoch=epoch, ridings=sorted(ridings), device=device, box=key_name(recipient),
        ephemeral=box_key_of(ephemeral), made_ms=made_ms,
    )  # fmt: skip


def seal(
    header: Header,
    ephemeral: bytes,
    recipient: bytes,
    sender_seed: bytes,
    pieces: Iterable[bytes],
    chunk_bytes: int = CHUNK_BYTES,
) -> Iterator[bytes]:
    """The file's bytes: `pieces` in chunks, each signed with the sender's Ed25519 seed, then sealed to `recipient`.

    Never more than a chunk and a piece in memory. Raises ValueError for a recipient's key that is none.
    """
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    clear = pack(header)
    top = MAGIC + _WORD.pack(len(clear)) + clear
    shared = agreed(ephemeral, recipient)
    if shared is None or len(clear) > _MOST_HEADER or not 0 < chunk_bytes <= CHUNK_BYTES:
        raise ValueError("this cannot be sealed")
    cipher = ChaCha20Poly1305(_key(shared, top, recipient))
    tree, chain = Tree(), sha256(top).digest()
    tree.add(top)
    yield top
    for number, (payload, last) in enumerate(_cut(pieces, chunk_bytes)):
        chain = sha256(chain + sha256(payload).digest()).digest()
        signature = sign(sender_seed, _SIGNED + _PLACE.pack(number, last) + chain)
        sealed = cipher.encrypt(_NONCE.pack(number, last), signature + payload, None)
        frame = _WORD.pack(len(sealed) | (_LAST if last else 0)) + sealed
        tree.add(frame)
        yield frame
    yield _END.pack(0, _END_MAGIC, tree.leaves, tree.root())


def _key(shared: bytes, top: bytes, recipient: bytes) -> bytes:
    """The file's own key. The whole header takes part, so a changed bit in it opens nothing."""
    return derived(shared, b"canvass bundle 1" + sha256(top).digest() + recipient)


def _cut(pieces: Iterable[bytes], size: int) -> Iterator[tuple[bytes, bool]]:
    """Chunks of `size` bytes, and whether each is the last; one empty chunk for nothing at all."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        # More must wait than goes out: the last chunk is only known once everything is here.
        while len(waiting) > size:
            chunk = bytes(memoryview(waiting)[:size])
            del waiting[:size]
            yield chunk, False
    yield bytes(waiting), True


# --- reading --------------------------------------------------------------------------------------


def read_header(read: Read) -> tuple[Header, bytes]:
    """A bundle's header and its exact bytes. Raises NotABundle."""
    start = _exactly(read, len(MAGIC) + _WORD.size)
    if start is None or not start.startswith(MAGIC):
        raise NotABundle("these bytes do not begin like a bundle")
    (length,) = _WORD.unpack_from(start, len(MAGIC))
    clear = _exactly(read, length) if length <= _MOST_HEADER else None
    if clear is None:
        raise NotABundle("the header is cut short")
    try:
        header = unpack(Header, clear)
    except BadMessage as error:
        raise NotABundle(str(error)) from error
    if header.version != VERSION or header.kind not in (UP, DOWN) or len(header.ephemeral) != 32:
        raise NotABundle(f"version {header.version}, kind {header.kind[:10]!r}")
    return header, start + clear


def look_at(read: Read) -> Whole:
    """Whether a bundle lies whole, as everybody who carries it can see. Raises NotABundle."""
    header, top = read_header(read)
    tree = Tree()
    tree.add(top)
    parts, last = 0, False
    while not last:
        frame = _frame(read)
        if frame is None:
            return Whole(header, parts, False, tree.root())
        last = frame.last
        tree.add(frame.head + frame.sealed)
        parts += 1
    wanted = _END.pack(0, _END_MAGIC, tree.leaves, tree.root())
    return Whole(header, parts, _exactly(read, _END.size) == wanted and not read(1), tree.root())


def opened(
    read: Read, header: Header, top: bytes, recipient_secret: bytes, sender_key: bytes
) -> Iterator[bytes]:
    """The chunks of a bundle behind its header, in order, each once its seal and its signature were found good.

    Raises Broken after the last good one; a bundle without an end has no last one.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    shared = agreed(recipient_secret, header.ephemeral)
    if shared is None:
        raise Broken(0, cut=False)
    cipher = ChaCha20Poly1305(_key(shared, top, box_key_of(recipient_secret)))
    chain, number, last = sha256(top).digest(), 0, False
    while not last:
        frame = _frame(read)
        if frame is None:
            raise Broken(number, cut=not read(1))
        last = frame.last
        try:
            plain = cipher.decrypt(_NONCE.pack(number, last), frame.sealed, None)
        except InvalidTag as error:
            raise Broken(number, cut=False) from error
        signature, payload = plain[:_SIGNATURE_BYTES], plain[_SIGNATURE_BYTES:]
        chain = sha256(chain + sha256(payload).digest()).digest()
        if not verifies(sender_key, _SIGNED + _PLACE.pack(number, last) + chain, signature):
            raise Broken(number, cut=False)
        number += 1
        yield payload


class _Frame(NamedTuple):
    head: bytes
    sealed: bytes
    last: bool


def _frame(read: Read) -> _Frame | None:
    """The next sealed chunk; None when it is not there whole."""
    head = _exactly(read, _WORD.size)
    if head is None:
        return None
    (word,) = _WORD.unpack(head)
    length = word & (_LAST - 1)
    if not _SIGNATURE_BYTES + _TAG_BYTES <= length <= _MOST_SEALED:
        return None
    sealed = _exactly(read, length)
    return None if sealed is None else _Frame(head, sealed, bool(word & _LAST))


def _exactly(read: Read, size: int) -> bytes | None:
    data = read(size)
    return data if len(data) == size else None
