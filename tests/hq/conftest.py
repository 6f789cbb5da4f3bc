"""The fixtures of sync and headquarters."""

from tests.hq.kit import database_url, hq, new_laptop, postgres

__all__ = ["database_url", "hq", "new_laptop", "postgres"]
