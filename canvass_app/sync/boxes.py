"""Box keys: the X25519 keys to which bundles are sealed. Each is derived from its owner's own seed, never stored."""

from __future__ import annotations

from .signing import SEED_BYTES

HQ_BOX = b"canvass hq box 1"
LAPTOP_BOX = b"canvass laptop box 1"
BOX_BYTES = 32
_SECRET = b"canvass small secret 1\0"


def derived(secret: bytes, info: bytes, salt: bytes | None = None, length: int = 32) -> bytes:
    """`length` bytes that follow from `secret` and `info` (RFC 5869, HKDF-SHA256)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt, info).derive(secret)


def box_key(seed: bytes, purpose: bytes) -> bytes:
    """The public half (32 bytes) of the box made from a 32-byte seed; `purpose` is HQ_BOX or LAPTOP_BOX."""
    return box_key_of(box_secret(seed, purpose))


def box_key_of(secret: bytes) -> bytes:
    """The public half of a box's private one."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def box_secret(seed: bytes, purpose: bytes) -> bytes:
    """The private half (32 bytes). Raises ValueError for a seed of another length."""
    if len(seed) != SEED_BYTES:
        raise ValueError("a seed has 32 bytes")
    return derived(seed, purpose)


def agreed(secret: bytes, public: bytes) -> bytes | None:
    """What two boxes have in common (RFC 7748); None for a public key of small order, under which anybody could read."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    try:
        return X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        return None


def seal_to(public: bytes, secret: bytes, about: bytes, ephemeral: bytes) -> bytes:
    """A small secret that only the owner of a box can read: an ephemeral public key and AES-256-GCM.

    `about` is bound to it: opened for anything else, it does not open. `ephemeral`: 32 random bytes, used once.
    Raises ValueError for a box under which anybody could read.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    shared = agreed(ephemeral, public)
    if shared is None:
        raise ValueError("a box of small order")
    mine = box_key_of(ephemeral)
    key = derived(shared, _SECRET + about, mine + public)
    # The key serves once, so a fixed nonce does too.
    return mine + AESGCM(key).encrypt(bytes(12), secret, about)


def open_sealed(secret: bytes, sealed: bytes, about: bytes) -> bytes | None:
    """What `seal_to` sealed for this box's private half; None when it is something else."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    theirs = sealed[:BOX_BYTES]
    shared = agreed(secret, theirs) if len(theirs) == BOX_BYTES else None
    if shared is None:
        return None
    key = derived(shared, _SECRET + about, theirs + box_key_of(secret))
    try:
        return AESGCM(key).decrypt(bytes(12), sealed[BOX_BYTES:], about)
    except InvalidTag:
        return None
