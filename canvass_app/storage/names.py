"""What the files of a data folder are called."""

from __future__ import annotations

DATABASE = "canvass.db"
JOURNAL = "journal.canvass"
BACKUPS = "backups"
FAREWELL = "farewell.json"
"""What is left of a laptop that headquarters told to hold nothing more."""
