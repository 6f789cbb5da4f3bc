"""A person as somebody at a terminal names them."""

from __future__ import annotations

from canvass_app.services.finding import find_person

__all__ = ["find_person"]
