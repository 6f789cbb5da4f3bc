"""The key of the local database: in the operating system's keychain, or wrapped by a passphrase.

The data key is 256 random bits, used raw by SQLCipher. `key.json` beside the database says how to
get at it: either "keychain" (the key itself is in the keychain), or "passphrase" (the key is sealed
with AES-256-GCM under an argon2id hash of the passphrase). Never both, and never in the clear.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple, cast

from canvass_app.domain.errors import NoKey, StorageProblem, WrongKey
from canvass_app.domain.text import Text

KEY_FILE = "key.json"
KEY_BYTES = 32
_SERVICE = "canvass-app"


class Cost(NamedTuple):
    """What a guess at a passphrase costs: argon2id's passes, memory and lanes. Written beside each key that it seals."""

    time: int
    memory_kib: int
    lanes: int


# RFC 9106, section 4, second recommended option: 64 MiB, 3 passes; one lane, so that it takes one core
# while the other opens the window.
SEALING = Cost(time=3, memory_kib=65_536, lanes=1)

PASSPHRASE_VARIABLE = "CANVASS_PASSPHRASE"

_NO_KEY = Text(
    "This computer has no keychain that can hold the key of your data. Give a passphrase: type it when asked, "
    "put it in CANVASS_PASSPHRASE, or name a file with --passphrase-file. Nothing is ever stored unencrypted.",
    "Cet ordinateur n’a pas de trousseau pour garder la clé de vos données. Donnez une phrase de passe : tapez-la, "
    "mettez-la dans CANVASS_PASSPHRASE ou indiquez un fichier avec --passphrase-file. "
    "Rien n’est jamais enregistré en clair.",
)
_WRONG = Text(
    "The passphrase does not fit. Your data is untouched. Check capitals and keyboard language, then try again.",
    "La phrase de passe ne convient pas. Vos données sont intactes. Vérifiez les majuscules et la langue du clavier, "
    "puis réessayez.",
)
_LOST = Text(
    "The key of this data is not in this computer’s keychain. The data is untouched but stays closed. "
    "Open it as the user who made it, or restore it on its own computer.",
    "La clé de ces données n’est pas dans le trousseau de cet ordinateur. Les données sont intactes mais restent "
    "fermées. Ouvrez-les avec la session qui les a créées.",
)
_KEPT = Text(
    "This computer’s keychain does not let go of the key. Unlock the keychain, then start Canvass again.",
    "Le trousseau de cet ordinateur ne libère pas la clé. Déverrouillez-le, puis relancez Canvass.",
)
_DAMAGED = Text(
    "The file key.json in the data folder is damaged or of a newer version. Nothing was changed.",
    "Le fichier key.json du dossier de données est endommagé ou trop récent. Rien n’a été modifié.",
)
_EMPTY = Text(
    "The passphrase is empty. Nothing was changed.", "La phrase de passe est vide. Rien n’a été modifié."
)

Prompt = Callable[[bool], str | None]
"""Asks the person for a passphrase; the argument says whether it is a new one. None = they declined."""


def given_passphrase(file: Path | None, variable: str = PASSPHRASE_VARIABLE) -> str | None:
    """The passphrase from `--passphrase-file` or the environment; None when neither is given.

    Raises NoKey when the file cannot be read or the passphrase is empty.
    """
    if file is not None:
        try:
            text = file.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise NoKey(
                Text(
                    f"The passphrase file “{file.name}” cannot be read. Nothing was changed.",
                    f"Le fichier de phrase de passe « {file.name} » est illisible. Rien n’a été modifié.",
                )
            ) from error
    else:
        text = os.environ.get(variable)
    if text is not None and not text.strip():
        raise NoKey(_EMPTY)
    return text


def open_key(folder: Path, passphrase: str | None = None, prompt: Prompt | None = None) -> bytes:
    """The data key of `folder`; made on first use. Raises NoKey, WrongKey or StorageProblem.

    With a passphrase given, a new folder is sealed by it; otherwise by the keychain when there is
    one, otherwise by the passphrase that `prompt` returns. There is no fourth way.
    """
    path = folder / KEY_FILE
    if not path.exists():
        return _make(path, passphrase, prompt)
    return key_of(key_record(folder), passphrase, prompt)


def key_record(folder: Path) -> Mapping[str, Any]:
    """What `key.json` of a folder says: a sealed key, or where it is. Raises StorageProblem when it cannot be read."""
    try:
        record = json.loads((folder / KEY_FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StorageProblem(_DAMAGED, detail=str(error)) from error
    if not isinstance(record, dict):
        raise StorageProblem(_DAMAGED)
    return cast("Mapping[str, Any]", record)


def key_of(record: Mapping[str, Any], passphrase: str | None = None, prompt: Prompt | None = None) -> bytes:
    """The data key of a `key.json`, wherever that lies. Raises NoKey, WrongKey or StorageProblem."""
    try:
        kind = record["kind"]
        if kind == "keychain":
            return _from_keychain(str(record["name"]))
        if kind == "passphrase":
            secret = passphrase if passphrase is not None else (prompt(False) if prompt else None)
            if secret is None:
                raise NoKey(_NO_KEY)
            return _unseal(record, secret)
    except (ValueError, KeyError, TypeError) as error:
        raise StorageProblem(_DAMAGED, detail=str(error)) from error
    raise StorageProblem(_DAMAGED, detail=str(kind))


def _make(path: Path, passphrase: str | None, prompt: Prompt | None) -> bytes:
    key = os.urandom(KEY_BYTES)
    if passphrase is None:
        name = os.urandom(8).hex()
        if _into_keychain(name, key):
            _write(path, {"kind": "keychain", "name": name})
            return key
        passphrase = prompt(True) if prompt else None
    if passphrase is None:
        raise NoKey(_NO_KEY)
    if not passphrase.strip():
        raise NoKey(_EMPTY)
    _write(path, _seal(key, passphrase))
    return key


def _hash(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=cost.time, lanes=cost.lanes, memory_cost=cost.memory_kib
    )
    return kdf.derive(passphrase.encode())


def _seal(key: bytes, passphrase: str) -> dict[str, Any]:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = os.urandom(16), os.urandom(12)
    wrapped = AESGCM(_hash(passphrase, salt, SEALING)).encrypt(nonce, key, b"canvass key 1")
    return {
        "kind": "passphrase",
        "argon2id": SEALING._asdict() | {"salt": salt.hex()},
        "nonce": nonce.hex(),
        "wrapped": wrapped.hex(),
    }


def _unseal(record: Mapping[str, Any], passphrase: str) -> bytes:
    kdf = record["argon2id"]
    # Hashing first: it runs outside of Python, while other threads import; then the library it needs next.
    cost = Cost(kdf["time"], kdf["memory_kib"], kdf["lanes"])
    hashed = _hash(passphrase, bytes.fromhex(kdf["salt"]), cost)

    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(hashed).decrypt(
            bytes.fromhex(record["nonce"]), bytes.fromhex(record["wrapped"]), b"canvass key 1"
        )
    except InvalidTag as error:
        raise WrongKey(_WRONG) from error


def _into_keychain(name: str, key: bytes) -> bool:
    import keyring
    import keyring.errors

    try:
        keyring.set_password(_SERVICE, name, key.hex())
        return keyring.get_password(_SERVICE, name) == key.hex()
    except keyring.errors.KeyringError:
        return False


def _from_keychain(name: str) -> bytes:
    import keyring
    import keyring.errors

    try:
        stored = keyring.get_password(_SERVICE, name)
    except keyring.errors.KeyringError as error:
        raise NoKey(_LOST) from error
    if stored is None:
        raise NoKey(_LOST)
    return bytes.fromhex(stored)


def keep_record(folder: Path, record: Mapping[str, Any]) -> None:
    """Write a folder's `key.json`, whole or not at all. Raises OSError."""
    _write(folder / KEY_FILE, record)


def destroy_key(folder: Path) -> None:
    """Make everything that the key of a folder opens unreadable for good: the key goes first. May be repeated.

    Raises OSError when the disk refuses, StorageProblem when the keychain does.
    """
    path = folder / KEY_FILE
    if not path.exists():
        return
    try:
        record: Mapping[str, Any] = key_record(folder)
    except StorageProblem:
        record = {}
    if record.get("kind") == "keychain":
        _out_of_keychain(str(record.get("name", "")))
    with path.open("r+b") as file:
        # Over the very bytes, as far as a disk still does that.
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _out_of_keychain(name: str) -> None:
    import keyring
    import keyring.errors

    try:
        keyring.delete_password(_SERVICE, name)
    except keyring.errors.PasswordDeleteError:
        # It is not there: that is what was wanted.
        return
    except keyring.errors.KeyringError as error:
        raise StorageProblem(_KEPT, detail=str(error)) from error


def _write(path: Path, record: Mapping[str, Any]) -> None:
    temporary = path.with_suffix(".new")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(record, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
