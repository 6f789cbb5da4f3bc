"""The first schema"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "20261122_first"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alias",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("alias_id", sa.LargeBinary(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "alias_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("alias_subject", "alias", ["riding_id", "subject"], unique=False)
    op.create_table(
        "answer",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "person_id", "question"),
        sqlite_with_rowid=False,
    )
    op.create_index("answer_question", "answer", ["riding_id", "question", "answer"], unique=False)
    op.create_table(
        "asset",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("redacted", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "hash"),
    )
    op.create_table(
        "attempt",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("device_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("door_id", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("contact", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("channel", sa.Text(), server_default="", nullable=False),
        sa.Column("wall_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("day", sa.Text(), server_default="", nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("shift", sa.LargeBinary(), nullable=False),
        sa.Column("walk_list", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("line", sa.Integer(), server_default="0", nullable=False),
        sa.Column("turf_id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "device_id", "device_seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("attempt_day", "attempt", ["riding_id", "day", "turf_id", "code"], unique=False)
    op.create_index("attempt_door", "attempt", ["riding_id", "door_id"], unique=False)
    op.create_index("attempt_list", "attempt", ["riding_id", "walk_list", "line"], unique=False)
    op.create_index("attempt_person", "attempt", ["riding_id", "person_id"], unique=False)
    op.create_table(
        "conflict",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("opened_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "subject", "field"),
    )
    op.create_table(
        "device",
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("box_key", sa.LargeBinary(), nullable=False),
        sa.Column("ridings", sa.Text(), nullable=False),
        sa.Column("scope_generation", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("enrolled_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("seen_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("revoked", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("device_id"),
    )
    op.create_table(
        "device_log",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("last_seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("acked_through", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "device_id"),
    )
    op.create_table(
        "door",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("door_id", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("suffix", sa.Text(), server_default="", nullable=False),
        sa.Column("street", sa.Text(), server_default="", nullable=False),
        sa.Column("street_type", sa.Text(), server_default="", nullable=False),
        sa.Column("street_direction", sa.Text(), server_default="", nullable=False),
        sa.Column("street_label", sa.Text(), server_default="", nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("floor", sa.Integer(), server_default="0", nullable=False),
        sa.Column("municipality", sa.Text(), server_default="", nullable=False),
        sa.Column("postal_code", sa.Text(), server_default="", nullable=False),
        sa.Column("lon_e6", sa.Integer(), server_default="0", nullable=False),
        sa.Column("lat_e6", sa.Integer(), server_default="0", nullable=False),
        sa.Column("polling_division", sa.Text(), server_default="", nullable=False),
        sa.Column("building_use", sa.Text(), server_default="", nullable=False),
        sa.Column("access", sa.Text(), server_default="", nullable=False),
        sa.Column("on_file", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("barred", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("contacts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_code", sa.Text(), server_default="", nullable=False),
        sa.Column("last_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "door_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "enrolment",
        sa.Column("selector", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("ridings", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("used_by", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("selector"),
    )
    op.create_table(
        "erased",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("match_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "salt", "match_key"),
        sqlite_with_rowid=False,
    )
    op.create_index("erased_match", "erased", ["riding_id", "match_key"], unique=False)
    op.create_table(
        "event",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("device_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("shift", sa.LargeBinary(), nullable=False),
        sa.Column("hlc", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("wall_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=True),
        sa.Column("riding_sequence", sa.BigInteger(), nullable=True),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "device_id", "device_seq"),
        sqlite_with_rowid=True,
    )
    op.create_index(
        "event_sequence", "event", ["riding_id", "riding_sequence"], unique=False,
        sqlite_where=sa.text("riding_sequence IS NOT NULL"), postgresql_where=sa.text("riding_sequence IS NOT NULL"),
    )  # fmt: skip
    op.create_index("event_shift", "event", ["riding_id", "shift"], unique=False)
    op.create_index("event_subject", "event", ["riding_id", "subject"], unique=False)
    op.create_table(
        "fork",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("device_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "device_id", "device_seq", "hash"),
    )
    op.create_table(
        "layer",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("asset", sa.LargeBinary(), nullable=False),
        sa.Column("attribution", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "layer"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "note",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("device_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("wall_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "device_id", "device_seq"),
        sqlite_with_rowid=False,
    )
    op.create_index("note_subject", "note", ["riding_id", "subject"], unique=False)
    op.create_table(
        "number_block",
        sa.Column("first", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("leased_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("first"),
    )
    op.create_table(
        "off_file",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "entity", "id"),
    )
    op.create_table(
        "person",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.LargeBinary(), nullable=False),
        sa.Column("door_id", sa.LargeBinary(), nullable=False),
        sa.Column("last", sa.Text(), server_default="", nullable=False),
        sa.Column("first", sa.Text(), server_default="", nullable=False),
        sa.Column("middle", sa.Text(), server_default="", nullable=False),
        sa.Column("birth_year", sa.Integer(), server_default="0", nullable=False),
        sa.Column("phone", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("sex", sa.Text(), server_default="", nullable=False),
        sa.Column("source", sa.Text(), server_default="", nullable=False),
        sa.Column("external_id", sa.Text(), server_default="", nullable=False),
        sa.Column("search", sa.Text(), server_default="", nullable=False),
        sa.Column("support", sa.Text(), server_default="", nullable=False),
        sa.Column("listed_support", sa.Text(), server_default="", nullable=False),
        sa.Column("gone", sa.Text(), server_default="", nullable=False),
        sa.Column("barred", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("on_file", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "person_id"),
        sqlite_with_rowid=False,
    )
    op.create_index("person_door", "person", ["riding_id", "door_id"], unique=False)
    op.create_table(
        "projector",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("through", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("events", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("riding_id"),
    )
    op.create_table(
        "quarantine",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("device_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "device_id", "device_seq"),
    )
    op.create_table(
        "receipt",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("through_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "device_id", "through_seq"),
    )
    op.create_table(
        "relayed",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("from_seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("carrier", sa.LargeBinary(), nullable=False),
        sa.Column("received_ms", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("to_seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("events", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "device_id", "from_seq", "carrier", "received_ms"),
    )
    op.create_table(
        "riding",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name_en", sa.Text(), server_default="", nullable=False),
        sa.Column("name_fr", sa.Text(), server_default="", nullable=False),
        sa.Column("province", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("riding_id"),
    )
    op.create_table(
        "riding_counter",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last_sequence", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id"),
    )
    op.create_table(
        "roster",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("roster_id", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("doors", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("rank", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("added_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("author", sa.Text(), server_default="", nullable=False),
        sa.Column("withdrawn", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("complete", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "roster_id"),
    )
    op.create_table(
        "roster_chunk",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("roster_id", sa.LargeBinary(), nullable=False),
        sa.Column("chunk", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first_key", sa.LargeBinary(), nullable=False),
        sa.Column("leaves", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "roster_id", "chunk"),
    )
    op.create_table(
        "same_as",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entity", sa.Text(), nullable=False),
        sa.Column("low", sa.LargeBinary(), nullable=False),
        sa.Column("high", sa.LargeBinary(), nullable=False),
        sa.Column("joined", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "entity", "low", "high"),
    )
    op.create_table(
        "shift",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shift_id", sa.LargeBinary(), nullable=False),
        sa.Column("device_id", sa.LargeBinary(), nullable=False),
        sa.Column("volunteer", sa.Text(), server_default="", nullable=False),
        sa.Column("walk_list", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("opened_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("closed", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("voided", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "shift_id"),
    )
    op.create_table(
        "sync_state",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cursor", sa.Text(), server_default="", nullable=False),
        sa.Column("pulled_through", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("events", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("digest", sa.Text(), server_default="", nullable=False),
        sa.Column("last_contact_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_receipt", sa.Text(), server_default="", nullable=False),
        sa.Column("verified_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id"),
    )
    op.create_table(
        "turf",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("turf_id", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("assigned", sa.Text(), server_default="", nullable=False),
        sa.Column("color", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seconds", sa.Integer(), server_default="0", nullable=False),
        sa.Column("metres", sa.Integer(), server_default="0", nullable=False),
        sa.Column("retired", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("rank", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "turf_id"),
    )
    op.create_table(
        "turf_door",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("turf_id", sa.LargeBinary(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("door_id", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "turf_id", "position"),
        sqlite_with_rowid=False,
    )
    op.create_index("turf_door_door", "turf_door", ["riding_id", "door_id"], unique=False)
    op.create_table(
        "walk_list",
        sa.Column("riding_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("list_id", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("turf_id", sa.LargeBinary(), nullable=False),
        sa.Column("asset", sa.LargeBinary(), nullable=False),
        sa.Column("canvasser", sa.Text(), server_default="", nullable=False),
        sa.Column("lines", sa.Integer(), server_default="0", nullable=False),
        sa.Column("pages", sa.Integer(), server_default="0", nullable=False),
        sa.Column("doors", sa.Integer(), server_default="0", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("issued_ms", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("returned", sa.SmallInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("riding_id", "list_id"),
    )
    op.create_index("walk_list_number", "walk_list", ["riding_id", "number"], unique=False)
