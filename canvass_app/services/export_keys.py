"""The key of each exported copy: by it the copy's marks and decoys were made, and by it they are known again.

A laptop derives the key of an export from a secret of its own and seals it to headquarters in the export's event; so headquarters
can trace any copy of any of its laptops, and a laptop its own. Whoever else receives the event learns nothing of the key.
"""

from __future__ import annotations

import hmac
import json
import os
from typing import TYPE_CHECKING

from canvass_app.ledger.kinds import ExportSealed
from canvass_app.storage.changes import ChangeSet
from canvass_app.sync.boxes import open_sealed, seal_to

if TYPE_CHECKING:
    from .act import Act
    from .book import Book

KEY_BYTES, PROOF_BYTES = 32, 8
_SECRET, _UNSEALED = "export_secret", "exports_unsealed"


def export_key(book: Book, export_id: bytes) -> bytes:
    """The key of an export of this laptop. Its secret is made at the first one. Raises StorageProblem."""
    secret = book.meta(_SECRET)
    if not secret:
        with book.writing():
            secret = book.meta(_SECRET) or os.urandom(KEY_BYTES).hex()
            book.set_meta(_SECRET, secret)
    return hmac.digest(bytes.fromhex(secret), b"canvass export 1\0" + export_id, "sha256")


def has_exported(book: Book) -> bool:
    """Whether this laptop has made an export of its own."""
    return bool(book.meta(_SECRET))


def proof_of(key: bytes) -> bytes:
    """By this the owner of a key knows that it is the one of an export."""
    return hmac.digest(key, b"canvass export proof 1", "sha256")[:PROOF_BYTES]


def seal_key(book: Book, export_id: bytes, key: bytes) -> bytes:
    """The key sealed to the headquarters that this laptop knows; b"" when it knows none."""
    box = bytes.fromhex(book.meta("hq_box"))
    return seal_to(box, key, export_id, os.urandom(KEY_BYTES)) if box else b""


def open_key(box_secret: bytes, sealed: bytes, export_id: bytes) -> bytes | None:
    """At headquarters: the key of an export, or None when it was not sealed to this box."""
    return open_sealed(box_secret, sealed, export_id) if sealed else None


def note_unsealed(act: Act, riding_id: int, export_id: bytes) -> None:
    """An export was made before this laptop knew a headquarters: its key is owed."""
    owed = [*_owed(act.book), [riding_id, export_id.hex()]]
    act.set_meta(_UNSEALED, json.dumps(owed))


def seal_what_is_owed(book: Book) -> ChangeSet:
    """Give headquarters, once it is known, the keys of exports that were made before. Quick when there are none."""
    owed = _owed(book)
    if not owed or not book.meta("hq_box") or book.read_only is not None:
        return ChangeSet()
    with book.act(book.meta("author")) as act:
        for riding_id, name in owed:
            export_id = bytes.fromhex(name)
            sealed = seal_key(book, export_id, export_key(book, export_id))
            act.add(int(riding_id), export_id, ExportSealed(sealed=sealed))
        act.set_meta(_UNSEALED, "[]")
    return act.changes


def _owed(book: Book) -> list[tuple[int, str]]:
    return [(int(riding), str(name)) for riding, name in json.loads(book.meta(_UNSEALED, "[]"))]
