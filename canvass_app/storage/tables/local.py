# SQLModel reads the table name and arguments from plain class attributes, which its declared types deny.
# pyright: reportAssignmentType=false
"""A database's own facts, and what only headquarters keeps."""

from __future__ import annotations

from sqlalchemy import BigInteger
from sqlmodel import SQLModel

from .columns import big_column, flag_column, int_column, key_column, text_column


class MetaRow(SQLModel, table=True):
    """Facts of this database: device, clock, campaign, number block. Not part of the record."""

    __tablename__ = "meta"
    name: str = key_column()
    value: str


class DraftRow(SQLModel, table=True):
    """A cut in the hand, not made yet: `base` is what the cutter gave (services/draft_files.py), and the first `at` of
    its edits stand. One a riding; never synced, and gone with the riding."""

    __tablename__ = "draft"
    riding_id: int = key_column(BigInteger)
    at: int = int_column()
    base: bytes
    begun_ms: int = big_column()


class DraftEditRow(SQLModel, table=True):
    """An edit of the cut in the hand, 1 for the first. Those after the draft's `at` were taken back."""

    __tablename__ = "draft_edit"
    riding_id: int = key_column(BigInteger)
    seq: int = key_column()
    body: bytes


class DeviceRow(SQLModel, table=True):
    """At HQ: an enrolled device. `ridings` is JSON: riding ids, or "*" for all. Bundles for it are sealed to `box_key`.

    `scope_generation` grows when `ridings` changes: cursors of an older scope start over. No token is kept: `family`
    (hex, "" when none holds), the last `turn` of its refresh token, when that was, and through which turn the device
    has `shown` what it got are enough to know them (hq/passes.py).
    """

    __tablename__ = "device"
    device_id: bytes = key_column()
    name: str
    public_key: bytes
    box_key: bytes
    ridings: str
    scope_generation: int = big_column()
    enrolled_ms: int = big_column()
    seen_ms: int = big_column()
    revoked: int = flag_column()
    role: str = text_column("lead")
    family: str = text_column()
    turn: int = int_column()
    turned_ms: int = big_column()
    shown: int = int_column()
    had: str = text_column("[]")
    """JSON: the riding ids that it was ever shown, or "*"."""
    revoked_ms: int = big_column()
    wipe: int = flag_column()
    """It is to hand in what is unsent and hold nothing more. When it was told so, and when it said that it was done:"""
    told_ms: int = big_column()
    emptied_ms: int = big_column()
    declared: str = text_column()
    """The declaration's text that was accepted there (SHA-256, hex); by whom (JSON: names); when it was last said here:"""
    declared_by: str = text_column("[]")
    declared_ms: int = big_column()
    given_to: str = text_column("[]")
    """JSON: the names of those whose turfs and open lists it holds (hq/slicing.py); [] for a lead: whole ridings."""


class EnrolmentRow(SQLModel, table=True):
    """At HQ: a one-time enrolment code, as a hash. `selector` is its first half, which finds it.

    `tries` counts wrong second halves; `used_by` is the device that it enrolled.
    """

    __tablename__ = "enrolment"
    selector: str = key_column()
    code_hash: bytes
    ridings: str
    label: str = text_column()
    expires_ms: int = big_column()
    tries: int = int_column()
    used_by: bytes
    role: str = text_column("lead")
    given_to: str = text_column("[]")


class SliceRow(SQLModel, table=True):
    """At HQ: which subjects of a riding a device was last told of that holds a part of it.

    `subjects` are ids, sorted, joined; own events after number `own_after` are among what the device holds, whatever they
    are about.
    """

    __tablename__ = "slice"
    riding_id: int = key_column(BigInteger)
    device_id: bytes = key_column()
    generation: int = big_column()
    subjects: bytes
    own_after: int = big_column()


class NumberBlockRow(SQLModel, table=True):
    """At HQ: blocks of walk-list numbers leased to devices."""

    __tablename__ = "number_block"
    first: int = key_column(BigInteger)
    device_id: bytes
    leased_ms: int = big_column()


class HandedInRow(SQLModel, table=True):
    """At HQ: a sealed bundle of a device that may not push what is in it. `seal` names it.

    `state`: "coming" until all `parts` are here, then "waiting" for a person, then "taken" or "left".
    """

    __tablename__ = "handed_in"
    device_id: bytes = key_column()
    seal: bytes = key_column()
    parts: int = int_column()
    received_ms: int = big_column()
    state: str = text_column("coming")
    decided_ms: int = big_column()


class HandedInPartRow(SQLModel, table=True):
    """At HQ: a part of such a bundle, until it was decided about."""

    __tablename__ = "handed_in_part"
    device_id: bytes = key_column()
    seal: bytes = key_column()
    part: int = key_column()
    data: bytes


class AccountRow(SQLModel, table=True):
    """At HQ: somebody who logs in to its pages. `login` is lower case; `ridings` is as a device's.

    `password` is argon2id's own text, which says what a guess costs; `disabled` shuts the person out at once.
    """

    __tablename__ = "account"
    login: str = key_column()
    name: str
    role: str
    ridings: str
    password: str
    disabled: int = flag_column()
    added_ms: int = big_column()


class WebSessionRow(SQLModel, table=True):
    """At HQ: somebody is logged in. `hash` is the SHA-256 of what the browser holds, so that a reader of this table has nothing."""

    __tablename__ = "web_session"
    hash: bytes = key_column()
    login: str
    began_ms: int = big_column()
    seen_ms: int = big_column()


class AccountPastRow(SQLModel, table=True):
    """At HQ: what was done with a login, for its owner to look at. Tries with logins that nobody has are under ""."""

    __tablename__ = "account_past"
    login: str = key_column()
    at_ms: int = key_column(BigInteger)
    nonce: bytes = key_column()
    what: str
    detail: str = text_column()
