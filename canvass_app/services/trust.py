"""Which headquarters a laptop believes: the campaign's own certificate authority, and the file that brings it.

An enrolment file holds the address, the one-time code and, where the campaign has one, the certificate of its own
authority. A laptop that joined with one believes that authority for this headquarters and no other.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from canvass_app.domain.errors import Refused
from canvass_app.domain.text import Text
from canvass_app.storage.database import disk_trouble

SUFFIX = ".canvass-join"
CA_FILE = "headquarters-ca.pem"
_KIND = "canvass join 1"
_MOST_BYTES = 1 << 18

_NO_CA = Text(
    "“{name}” holds no certificate. Nothing was changed. Ask your organiser for the file again.",
    "« {name} » ne contient aucun certificat. Rien n’a été modifié. Redemandez le fichier à votre responsable.",
)
_NO_INVITATION = Text(
    "“{name}” is not an enrolment file. Nothing was changed. Ask your organiser for a new one.",
    "« {name} » n’est pas un fichier d’adhésion. Rien n’a été modifié. Demandez-en un nouveau à votre responsable.",
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an enrolment file says. `ca`: certificates as PEM text, "" where the public authorities serve."""

    url: str
    code: str
    ca: str = ""


def read_ca(path: Path) -> str:
    """The certificates of a PEM file, and nothing else that may be in it. Raises Refused."""
    return checked_ca(_read(path, _NO_CA), path.name)


def checked_ca(text: str, name: str = CA_FILE) -> str:
    """The certificates in `text` as PEM. Raises Refused when there is none that can be read."""
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=text)
    except (ssl.SSLError, ValueError) as error:
        raise Refused(_NO_CA.fill(name=name)) from error
    found = context.get_ca_certs(binary_form=True)
    if not found:
        raise Refused(_NO_CA.fill(name=name))
    # Written anew: a private key that somebody left in the file goes no further.
    return "".join(ssl.DER_cert_to_PEM_cert(one) for one in found)


def write_invitation(path: Path, invitation: Invitation) -> None:
    """Write an enrolment file that only its owner can read. Raises StorageProblem."""
    record = {"canvass": _KIND, "url": invitation.url, "code": invitation.code, "ca": invitation.ca}
    _write(path, json.dumps(record, indent=1) + "\n")


def read_invitation(path: Path) -> Invitation:
    """What an enrolment file says. Raises Refused."""
    try:
        record = json.loads(_read(path, _NO_INVITATION))
        if record["canvass"] != _KIND:
            raise ValueError(record["canvass"])
        url, code, ca = str(record["url"]), str(record["code"]), str(record.get("ca", ""))
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(_NO_INVITATION.fill(name=path.name)) from error
    return Invitation(url, code, checked_ca(ca, path.name) if ca else "")


def ca_file(folder: Path, ca: str) -> str:
    """The path of a file in the data folder that holds these certificates; "" for none. Raises StorageProblem."""
    if not ca:
        return ""
    path = folder / CA_FILE
    if not path.exists() or path.read_text("utf-8") != ca:
        _write(path, ca)
    return str(path)


def _read(path: Path, trouble: Text) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(trouble.fill(name=path.name)) from error


def _write(path: Path, text: str) -> None:
    temporary = path.with_name(path.name + ".new")
    try:
        with open(
            os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise disk_trouble(error) from error
