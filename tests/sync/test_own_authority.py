"""A campaign with a certificate authority of its own: believed by those who joined with it, and nobody else's is."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from canvass_app.cli import main
from canvass_app.domain.errors import Refused, SyncProblem
from canvass_app.hq.embedded import COMMAND
from canvass_app.services.syncing import join, sync_now, sync_status
from canvass_app.services.trust import (
    CA_FILE,
    Invitation,
    checked_ca,
    read_ca,
    read_invitation,
    write_invitation,
)
from canvass_app.sync.problems import UNTRUSTED
from tests.hq.commands import typed
from tests.hq.kit import PASSPHRASE, add_street, knock

Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


def certificate(name: str, issuer: Pair | None = None, host: str = "") -> Pair:
    """An authority, or with an issuer the certificate of a server."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = issuer[1] if issuer else key
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[0].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    if host:
        built = built.add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False
        )
    return built.sign(signer, hashes.SHA256()), key


def pem(pair: Pair) -> str:
    return pair[0].public_bytes(serialization.Encoding.PEM).decode()


def key_pem(pair: Pair) -> str:
    plain = serialization.NoEncryption()
    return pair[1].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
    ).decode()  # fmt: skip


@dataclass
class Secure:
    folder: Path
    url: str
    ca: Path


@pytest.fixture
def secure(tmp_path: Path) -> Iterator[Secure]:
    """`canvass-hq serve` with a certificate of the campaign's own authority."""
    authority = certificate("Invented Campaign")
    server = certificate("headquarters", authority, "127.0.0.1")
    for name, text in (("ca.pem", pem(authority)), ("hq.pem", pem(server)), ("hq.key", key_pem(server))):
        (tmp_path / name).write_text(text, "utf-8")
    folder = tmp_path / "hq"
    typed(folder, "init", "--riding", "99001")
    process = subprocess.Popen(
        [
            *COMMAND, "serve", "--data", str(folder), "--port", "0", "--announce", "--tls-cert",
            str(tmp_path / "hq.pem"), "--tls-key", str(tmp_path / "hq.key"),
        ],
        env=os.environ | {"CANVASS_HQ_PASSPHRASE": PASSPHRASE},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        yield Secure(folder, json.loads(process.stdout.readline())["url"], tmp_path / "ca.pem")
    finally:
        process.terminate()
        process.communicate(timeout=60)


def test_who_joins_with_the_enrolment_file_syncs_and_nobody_else_is_believed(
    secure: Secure, tmp_path: Path, new_laptop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert secure.url.startswith("https://")
    file = tmp_path / "kitchen.canvass-join"
    made = typed(secure.folder, "enrol", "--url", secure.url, "--ca", str(secure.ca), "--out", str(file))
    assert made.returncode == 0, made.stderr
    given = read_invitation(file)
    assert (given.url, given.code) == (secure.url, made.stdout.split()[0])
    assert file.stat().st_mode & 0o077 == 0

    # What the surroundings say of authorities and proxies is not the campaign's.
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(secure.ca))
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.ca))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    book = new_laptop()
    with pytest.raises(SyncProblem) as refused:
        join(book, given.url, given.code, "Laptop")
    assert refused.value.text == UNTRUSTED
    with pytest.raises(SyncProblem) as refused:
        join(book, given.url, given.code, "Laptop", ca=pem(certificate("Somebody Else")))
    assert refused.value.text == UNTRUSTED
    assert not sync_status(book).joined

    join(book, given.url, given.code, "Laptop", ca=given.ca)
    add_street(book, 5)
    knock(book, 2)
    assert sync_now(book).pushed == 2
    # Kept in the encrypted database: the file beside it can be lost or changed.
    (book.folder / CA_FILE).write_text(pem(certificate("Somebody Else")), "utf-8")
    knock(book, 3)
    assert sync_now(book).pushed == 1
    (book.folder / CA_FILE).unlink()
    knock(book, 4)
    assert sync_now(book).pushed == 1


def test_the_command_line_joins_by_file(
    secure: Secure, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kitchen.canvass-join"
    typed(secure.folder, "enrol", "--url", secure.url, "--ca", str(secure.ca), "--out", str(file))
    monkeypatch.setenv("CANVASS_PASSPHRASE", "p")
    assert main(["join", str(file), "--data", str(tmp_path / "laptop"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["joined"] is True


def test_an_enrolment_file_carries_certificates_only_and_says_when_it_is_none(tmp_path: Path) -> None:
    authority = certificate("Invented Campaign")
    both = tmp_path / "both.pem"
    both.write_text(key_pem(authority) + pem(authority), "utf-8")
    assert "PRIVATE KEY" not in read_ca(both)
    assert read_ca(both).split() == pem(authority).split()
    for text in ("", "no certificate", key_pem(authority)):
        with pytest.raises(Refused, match="holds no certificate"):
            checked_ca(text)
    good = tmp_path / "a.canvass-join"
    write_invitation(good, Invitation("https://hq.example.ca", "2222-3333", read_ca(both)))
    assert read_invitation(good) == Invitation("https://hq.example.ca", "2222-3333", read_ca(both))
    for content in (b"", b"{}", b"\xff", b'{"canvass": "join 2"}', good.read_bytes()[:40]):
        bad = tmp_path / "b.canvass-join"
        bad.write_bytes(content)
        with pytest.raises(Refused, match="not an enrolment file"):
            read_invitation(bad)


def test_a_file_is_refused_before_a_code_is_spent(tmp_path: Path) -> None:
    typed(tmp_path / "hq", "init", "--riding", "99001")
    for arguments, word in (
        (["--out", str(tmp_path / "a.canvass-join")], "--url"),
        (["--out", str(tmp_path / "a.txt"), "--url", "https://hq.example.ca"], ".canvass-join"),
        (["--out", str(tmp_path / "a.canvass-join"), "--url", "http://hq.example.ca"], "not protected"),
        (
            ["--out", str(tmp_path / "a.canvass-join"), "--url", "https://hq.example.ca", "--ca", "none.pem"],
            "none.pem",
        ),
    ):
        done = typed(tmp_path / "hq", "enrol", *arguments)
        assert done.returncode == 1
        assert word in done.stderr
        assert not list(tmp_path.glob("*.canvass-join"))
