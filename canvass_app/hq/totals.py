"""The figures that headquarters shows of a riding, read from projections."""

from __future__ import annotations

from typing import Any

from canvass_app.storage.database import Connection


def riding_totals(db: Connection, riding_id: int) -> dict[str, Any]:
    """Attempts, contacts, doors and support, by day too. No people in it."""
    attempts, contacts, knocked = db.query(
        "SELECT COUNT(*), COALESCE(SUM(contact), 0), COUNT(DISTINCT door_id) FROM attempt WHERE riding_id = ?",
        (riding_id,),
    )[0]
    doors = db.query("SELECT COUNT(*) FROM door WHERE riding_id = ?", (riding_id,))[0][0]
    people = db.query("SELECT COUNT(*) FROM person WHERE riding_id = ?", (riding_id,))[0][0]
    levels = db.query(
        "SELECT SUBSTR(support, 1, 1), COUNT(*) FROM person WHERE riding_id = ? AND support <> ''"
        " GROUP BY SUBSTR(support, 1, 1) ORDER BY 1",
        (riding_id,),
    )
    codes = db.query(
        "SELECT code, COUNT(*) FROM attempt WHERE riding_id = ? GROUP BY code ORDER BY code", (riding_id,)
    )
    days = db.query(
        "SELECT day, COUNT(*), SUM(contact) FROM attempt WHERE riding_id = ? GROUP BY day ORDER BY day",
        (riding_id,),
    )
    return {
        "riding_id": riding_id,
        "attempts": int(attempts),
        "contacts": int(contacts),
        "contact_rate": {"part": int(contacts), "whole": int(attempts)},
        "doors": {"part": int(knocked), "whole": int(doors)},
        "people": int(people),
        "by_support": {str(level): int(count) for level, count in levels},
        "by_code": {str(code): int(count) for code, count in codes},
        "by_day": [
            {"day": str(day), "attempts": int(count), "contacts": int(talked)} for day, count, talked in days
        ],
    }
