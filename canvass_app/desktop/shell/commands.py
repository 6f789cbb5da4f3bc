"""What find-anything can do beside finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from canvass_app.desktop.screens.base import Command

if TYPE_CHECKING:
    from canvass_app.desktop.shell.window import MainWindow

# What these commands lead to, a laptop that only records has not.
_PREPARING = frozenset({"import", "export", "review", "teams"})


def shell_commands(window: MainWindow) -> list[Command]:
    """The commands that work everywhere; those of the screen come before them."""
    translate = QCoreApplication.translate
    go = window.context.go
    every = [
        Command(
            lambda: translate("Commands", "Import addresses"),
            lambda: go("importing", "doors"),
            "Ctrl+I",
            "import",
        ),
        Command(
            lambda: translate("Commands", "Import people"), lambda: go("importing", "people"), "", "import"
        ),
        Command(
            lambda: translate("Commands", "Import streets"), lambda: go("importing", "streets"), "", "import"
        ),
        Command(
            lambda: translate("Commands", "Enter results of a list"), lambda: go("enter"), "Ctrl+4", "enter"
        ),
        Command(
            lambda: translate("Commands", "Cut and assign turfs"), lambda: go("turfs"), "Ctrl+2", "turfs"
        ),
        Command(
            lambda: translate("Commands", "Export people"), lambda: go("exporting"), "Ctrl+Shift+E", "export"
        ),
        Command(lambda: translate("Commands", "Print walk lists"), lambda: go("lists"), "Ctrl+3", "print"),
        Command(
            lambda: translate("Commands", "Progress of the riding"),
            lambda: go("progress"),
            "Ctrl+6",
            "progress",
        ),
        Command(
            lambda: translate("Commands", "Sync with headquarters"), lambda: go("sync"), "Ctrl+7", "sync"
        ),
        Command(
            lambda: translate("Commands", "What needs a decision"),
            lambda: go("review", "decisions"),
            "Ctrl+8",
            "review",
        ),
        Command(
            lambda: translate("Commands", "Take a shift back"), lambda: go("review", "shifts"), "", "review"
        ),
        Command(
            lambda: translate("Commands", "Take an import back"),
            lambda: go("review", "imports"),
            "",
            "review",
        ),
        Command(
            lambda: translate("Commands", "Teams and their events"), lambda: go("teams"), "Ctrl+9", "teams"
        ),
        Command(lambda: translate("Commands", "All ridings"), lambda: go("ridings"), "Ctrl+1", "ridings"),
        Command(window.other_language_words, window.switch_language, "Ctrl+L", "edit"),
        Command(lambda: translate("Commands", "Light theme"), lambda: window.set_theme("light"), "", "sun"),
        Command(lambda: translate("Commands", "Dark theme"), lambda: window.set_theme("dark"), "", "moon"),
        Command(lambda: translate("Commands", "Larger text"), lambda: window.step_zoom(1), "Ctrl++", "plus"),
        Command(
            lambda: translate("Commands", "Smaller text"), lambda: window.step_zoom(-1), "Ctrl+-", "minus"
        ),
        Command(lambda: translate("Commands", "Settings"), lambda: go("settings"), "Ctrl+,", "settings"),
        Command(lambda: translate("Commands", "Keys of this screen"), window.show_keys, "F1", "help"),
    ]
    return [one for one in every if not (window.navigation.left_out and one.icon in _PREPARING)]
