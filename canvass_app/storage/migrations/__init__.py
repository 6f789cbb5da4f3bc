"""Alembic's migrations: forward only, one history for laptops and headquarters."""
