"""Write resources/schema/present.sql anew: what all migrations together make of an empty SQLite database.

    python tools/present_schema.py

After every new migration; a test says when it was forgotten. New databases are made from it (docs/decisions/0033).
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from canvass_app.storage.database import SqliteDatabase  # noqa: E402
from canvass_app.storage.migrate import HEAD, step_by_step  # noqa: E402

FILE = ROOT / "resources" / "schema" / "present.sql"


def text() -> str:
    """The script, as the migrations of this checkout make it."""
    with tempfile.TemporaryDirectory() as folder:
        database = SqliteDatabase(Path(folder) / "a.db", bytes(32))
        try:
            step_by_step(database)
            db = database.read()
            made = db.query(
                "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
                " ORDER BY rowid"
            )
            filled = [
                str(name)
                for kind, name, _ in made
                if kind == "table" and db.query(f"SELECT 1 FROM {name} LIMIT 1")
            ]
        finally:
            database.close()
    # Rows that a migration puts into an empty database would have to be written here too.
    assert filled == ["alembic_version"], filled
    statements = [str(sql).rstrip("\n") for _, _, sql in made]
    assert not [one for one in statements if "\n\n" in one]
    head = f"-- All migrations together, by tools/present_schema.py, for a new SQLite database: {HEAD}"
    return "\n\n".join([head, *statements, f"INSERT INTO alembic_version VALUES ('{HEAD}')"]) + "\n"


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8", newline="\n")
