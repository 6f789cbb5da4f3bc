"""From a key event to the name by which the machine knows the key."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_Key = Qt.Key
_NAMED = {
    _Key.Key_Return: "Enter", _Key.Key_Enter: "Enter", _Key.Key_Space: "Space", _Key.Key_Backspace: "Backspace",
    _Key.Key_Escape: "Esc", _Key.Key_Up: "Up", _Key.Key_Down: "Down", _Key.Key_PageUp: "PageUp",
    _Key.Key_PageDown: "PageDown", _Key.Key_Home: "Home", _Key.Key_End: "End",
}  # fmt: skip
_ASIDE = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


def key_name(event: QKeyEvent) -> str:
    """ "n", "2", "+", "Shift+L", "Enter" ...; "" for keys that mean nothing here.

    A letter counts as a capital only with Shift held: Caps Lock left on by accident changes nothing.
    """
    modifiers = event.modifiers()
    if event.key() == _Key.Key_Z and modifiers == Qt.KeyboardModifier.ControlModifier:
        return "Ctrl+Z"
    # AltGr, by which some keyboards reach "/" or "+", arrives as Ctrl and Alt together.
    alt_graph = modifiers & _ASIDE == Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    if modifiers & _ASIDE and not alt_graph:
        return ""
    named = _NAMED.get(_Key(event.key()))
    if named is not None:
        return named
    text = event.text()
    if len(text) != 1 or not text.isprintable():
        return ""
    if text.isalpha():
        return f"Shift+{text.upper()}" if modifiers & Qt.KeyboardModifier.ShiftModifier else text.lower()
    return text
