"""A riding's progress as headquarters answers it: the figures of `services.progress` in JSON, no people in it."""

from __future__ import annotations

from typing import Any

from canvass_app.services.progress import figures
from canvass_app.storage.database import Connection

from .retention import with_kept


def riding_totals(db: Connection, riding_id: int) -> dict[str, Any]:
    """Attempts, contacts, doors and support, by day too; levels and codes that nobody has are left out."""
    report = figures(db, riding_id)
    by_support = with_kept(report.by_support, db, riding_id)
    return {
        "riding_id": riding_id,
        "attempts": report.attempts,
        "contacts": report.contacts,
        "contact_rate": {"part": report.contact_rate.part, "whole": report.contact_rate.whole},
        "doors": {"part": report.doors.part, "whole": report.doors.whole},
        "people": report.people,
        "by_support": {level: count for level, count in sorted(by_support.items()) if count},
        "by_code": dict(sorted(report.by_code.items())),
        "by_day": [
            {"day": day.day, "attempts": day.attempts, "contacts": day.contacts} for day in report.by_day
        ],
    }
