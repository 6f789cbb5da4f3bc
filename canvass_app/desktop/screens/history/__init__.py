"""History: everything that was recorded about one thing, and whether it counts."""

from .screen import HistoryScreen

__all__ = ["HistoryScreen"]
