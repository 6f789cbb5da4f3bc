"""The open headquarters: its database, its keys and its clock. Everything else here is functions over it."""

from __future__ import annotations

import hmac
import json
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from canvass_app.domain.campaign import load_campaign
from canvass_app.domain.errors import StorageProblem
from canvass_app.domain.text import Text
from canvass_app.services.book import DEFAULT_ZONE
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.keys import Prompt, open_key
from canvass_app.storage.migrate import migrate
from canvass_app.sync.boxes import HQ_BOX, box_key
from canvass_app.sync.replica import fact, keep_fact
from canvass_app.sync.signing import SEED_BYTES, public_key

if TYPE_CHECKING:
    from canvass_app.storage.postgres import PostgresDatabase

PASSPHRASE_VARIABLE = "CANVASS_HQ_PASSPHRASE"
DATABASE_VARIABLE = "CANVASS_HQ_DATABASE_URL"
DATABASE = "headquarters.db"
_SEALED = b"canvass hq key 1"
_T = TypeVar("_T")

_NOT_MADE = Text(
    "There is no headquarters in this folder yet. Nothing was changed. Run “canvass-hq init” first.",
    "Il n’y a pas encore de quartier général dans ce dossier. Rien n’a été modifié. Lancez d’abord « canvass-hq init ».",
)
_OTHER_KEY = Text(
    "This database belongs to a headquarters with another key. Nothing was changed. Use the --data folder it was made with.",
    "Cette base appartient à un quartier général qui a une autre clé. Rien n’a été modifié. Utilisez le dossier --data "
    "avec lequel elle a été créée.",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where headquarters lives. `database_url` empty: an encrypted SQLite file in `folder`."""

    folder: Path
    passphrase: str | None = None
    database_url: str = ""
    prompt: Prompt | None = None
    now_ms: Callable[[], int] | None = None

    @staticmethod
    def from_environment(folder: Path, passphrase: str | None, prompt: Prompt | None = None) -> Settings:
        """With the database that CANVASS_HQ_DATABASE_URL names, when it is set."""
        return Settings(folder, passphrase, os.environ.get(DATABASE_VARIABLE, ""), prompt)


class Taken(NamedTuple):
    """What a push came to, once it was durable: numbers of events."""

    appended: int
    duplicate: int
    forked: int
    quarantined: int


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


class Office:
    """An open headquarters. Safe to use from any thread."""

    def __init__(
        self,
        database: SqliteDatabase | PostgresDatabase,
        seed: bytes,
        epoch: bytes,
        now_ms: Callable[[], int],
    ) -> None:
        self.database = database
        self.seed = seed
        self.epoch = epoch
        self.now_ms = now_ms
        self.on_taken: Callable[[Taken], None] = lambda taken: None
        """Told of every push once it is durable."""
        self.public_key = public_key(seed)
        self.box_key = box_key(seed, HQ_BOX)
        self._cursor_key = hmac.digest(seed, b"canvass cursor 1", "sha256")
        self._code_key = hmac.digest(seed, b"canvass code 1", "sha256")
        self._pass_key = hmac.digest(seed, b"canvass pass 1", "sha256")
        self._console_key = hmac.digest(seed, b"canvass console 1", "sha256")

    def write(self, work: Callable[[Connection], _T]) -> _T:
        """Run `work` in one durable transaction, again when the database says that it lost a race."""

        def attempt() -> _T:
            with self.database.write() as db:
                return work(db)

        if isinstance(self.database, SqliteDatabase):
            return attempt()
        from canvass_app.storage.postgres import write_retrying

        return write_retrying(attempt)

    def read(self) -> Connection:
        """A reading connection for this thread."""
        return self.database.read()

    def cursor_tag(self, data: bytes) -> bytes:
        """What only this headquarters can put on a cursor: 16 bytes."""
        return hmac.digest(self._cursor_key, data, "sha256")[:16]

    def pass_mark(self, data: bytes) -> bytes:
        """What only this headquarters can put on a token: 32 bytes."""
        return hmac.digest(self._pass_key, data, "sha256")

    def console_mark(self, data: bytes) -> bytes:
        """What only this headquarters can put on a form or a browser of its pages: 32 bytes."""
        return hmac.digest(self._console_key, data, "sha256")

    def code_hash(self, code: str) -> bytes:
        """An enrolment code as it is stored."""
        return hmac.digest(self._code_key, code.encode(), "sha256")

    def campaign(self) -> tuple[str, bytes]:
        """The campaign's settings as JSON text ("" when none) and their SHA-256."""
        text = fact(self.read(), "campaign")
        return text, sha256(text.encode()).digest()

    def time_zone(self) -> str:
        """The campaign's IANA time zone."""
        text, _ = self.campaign()
        return load_campaign(json.loads(text)).time_zone if text else DEFAULT_ZONE

    def close(self) -> None:
        """Close the database."""
        self.database.close()


def open_office(settings: Settings, *, make: bool = False) -> Office:
    """Open headquarters; `make` creates what is missing. Raises StorageProblem, NoKey or WrongKey."""
    folder = settings.folder
    if not make and not (folder / "key.json").exists():
        raise StorageProblem(_NOT_MADE)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = open_key(folder, settings.passphrase, settings.prompt)
    now_ms = settings.now_ms or _wall_ms
    database: SqliteDatabase | PostgresDatabase
    if settings.database_url:
        from canvass_app.storage.postgres import PostgresDatabase

        database = PostgresDatabase(settings.database_url)
    else:
        database = SqliteDatabase(folder / DATABASE, key)
    try:
        backups = folder / "backups"
        backups.mkdir(exist_ok=True, mode=0o700)
        migrate(database, backups / f"before-migration-{now_ms()}.db")
        if make:
            _make_identity(database, key)
        return _with_identity(database, key, now_ms)
    except BaseException:
        database.close()
        raise


def _make_identity(database: SqliteDatabase | PostgresDatabase, key: bytes) -> None:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    with database.write() as db:
        if not fact(db, "hq_key"):
            nonce = os.urandom(12)
            sealed = nonce + AESGCM(key).encrypt(nonce, os.urandom(SEED_BYTES), _SEALED)
            keep_fact(db, "hq_key", sealed.hex())
            keep_fact(db, "hq_epoch", os.urandom(16).hex())


def _with_identity(
    database: SqliteDatabase | PostgresDatabase, key: bytes, now_ms: Callable[[], int]
) -> Office:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    sealed = bytes.fromhex(fact(database.read(), "hq_key"))
    if not sealed:
        raise StorageProblem(_NOT_MADE)
    try:
        seed = AESGCM(key).decrypt(sealed[:12], sealed[12:], _SEALED)
    except InvalidTag as error:
        raise StorageProblem(_OTHER_KEY) from error
    return Office(database, seed, bytes.fromhex(fact(database.read(), "hq_epoch")), now_ms)
