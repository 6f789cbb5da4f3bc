"""The fixtures of sync and headquarters."""

from tests.hq.browsers import browse, two_ridings
from tests.hq.kit import database_url, hq, new_laptop, postgres

__all__ = ["browse", "database_url", "hq", "new_laptop", "postgres", "two_ridings"]
