"""English and French, switched while the program runs."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from canvass_app.domain.errors import CanvassError
from canvass_app.resource_path import resource

_installed: list[QTranslator] = []
_language = ["en"]


def set_language(language: str) -> None:
    """Speak `language` ("en" or "fr") from now on: every widget gets a LanguageChange event.

    Qt's own words (file dialogs, context menus) change with ours.
    """
    app = QCoreApplication.instance()
    if app is None or language == current_language():
        return
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    _language[0] = language
    if language == "fr":
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in (("qtbase_fr", qt_folder), ("fr", str(resource("translations")))):
            translator = QTranslator(app)
            if translator.load(name, folder):
                app.installTranslator(translator)
                _installed.append(translator)
    QLocale.setDefault(QLocale("fr_CA" if language == "fr" else "en_CA"))


def current_language() -> str:
    """ "en" or "fr": what the screen speaks now."""
    return _language[0]


def system_language() -> str:
    """ "en" or "fr": what the computer itself speaks."""
    return "fr" if QLocale.system().name().startswith("fr") else "en"


def say_error(error: CanvassError) -> str:
    """A known trouble in the language of the screen; in French a line never breaks inside « » or before a colon."""
    said = error.say(current_language())
    if current_language() == "fr":
        said = said.replace("« ", "«\u00a0").replace(" »", "\u00a0»").replace(" :", "\u00a0:")
    return said


def key_name(key: str) -> str:
    """What is written on a key, as keyboards of this country have it: "Enter" is "Entrée", "Ctrl+K" stays."""
    names = {
        "Enter": QCoreApplication.translate("Keys", "Enter"),
        "Esc": QCoreApplication.translate("Keys", "Esc"),
        "Shift": QCoreApplication.translate("Keys", "Shift"),
    }
    return re.sub(r"[A-Za-z]{3,}", lambda word: names.get(word[0], word[0]), key)


def counted(number: int, one: str, many: str, figures: Callable[[float, str], str]) -> str:
    """`one` or `many` with "%1" replaced by the number; in French 0 takes the singular too."""
    language = current_language()
    singular = number < 2 if language == "fr" else number == 1
    return (one if singular else many).replace("%1", figures(number, language))
