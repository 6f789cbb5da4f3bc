"""Exports of people: whom, which columns, why; then the archive's passphrase, shown once."""

from canvass_app.desktop.screens.exporting.screen import ExportScreen

__all__ = ["ExportScreen"]
