"""Printing needs a Qt application; the one of the widget tests serves, Qt allows no second."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication


@pytest.fixture(autouse=True)
def _application(qapp: QGuiApplication) -> None:
    """Every test of this room runs under the session's application."""
