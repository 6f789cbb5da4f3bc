"""Review: what waits for a decision, and what can be taken back: shifts and imports."""

from .screen import ReviewScreen

__all__ = ["ReviewScreen"]
