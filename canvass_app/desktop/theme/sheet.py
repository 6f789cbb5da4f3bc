"""The application's style sheet, generated from the tokens.

Qt's Fusion style stays underneath; the sheet replaces the look of everything a person sees. Dynamic properties
choose variants: `role` on buttons (primary, quiet, danger, link), `kind` on frames and labels.
"""

from __future__ import annotations

from functools import lru_cache
from string import Template

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from canvass_app.desktop.theme.colours import mix
from canvass_app.desktop.theme.icons import draw_icon
from canvass_app.desktop.theme.memory_files import register_files
from canvass_app.desktop.theme.tokens import Tokens

_registered: set[str] = set()


@lru_cache(maxsize=4)
def style_sheet(look: Tokens) -> str:
    """The whole sheet for one theme at one zoom. Needs a QGuiApplication (it draws the sheet's small arrows)."""
    sizes = {f"p{n}": f"{look.px(n)}px" for n in range(1, 65)}
    fonts = {
        "f12": f"{look.small}px", "f13": f"{look.text}px", "f15": f"{look.large}px",
        "f20": f"{look.title}px", "f28": f"{look.display}px",
    }  # fmt: skip
    colours = {
        name: getattr(look, name)
        for name in (
            "paper", "surface", "line", "edge", "ink", "quiet", "accent", "on_accent", "accent_soft", "hover",
            "pressed", "good", "warn", "bad", "on_bad", "good_soft", "warn_soft", "bad_soft",
        )
    }  # fmt: skip
    extra = {
        "accent_hover": mix(look.ink, look.accent, 0.14),
        "accent_pressed": mix(look.ink, look.accent, 0.28),
        "bad_hover": mix(look.ink, look.bad, 0.14),
        "bad_pressed": mix(look.ink, look.bad, 0.28),
        "disabled": mix(look.quiet, look.surface, 0.62),
        "handle": mix(look.quiet, look.surface, 0.42),
        "pics": _pictures(look),
        # a ring keeps its box: the border grows by what the padding gives up
        "button_h": f"{look.control - 2}px",
        "ring_h": f"{look.control - 2 * look.ring}px",
        "ring_gap": f"{look.ring - 1}px",
        "pad": f"{look.px(14)}px",
        "pad_ring": f"{look.px(14) - (look.ring - 1)}px",
        "quiet_ring": f"{look.px(10) - (look.ring - 1)}px",
        "in_pad": f"{look.px(8)}px",
        "in_pad_ring": f"{look.px(8) - (look.ring - 1)}px",
    }
    return Template(_SHEET).substitute(**sizes, **fonts, **colours, **extra)


def _pictures(look: Tokens) -> str:
    """The folder with this theme's arrows and ticks, drawn on first use."""
    folder = f"canvass-{look.mode}-{round(look.zoom * 100)}"
    if folder not in _registered:
        wanted = {
            "down": ("chevron-down", look.quiet, 16), "up": ("chevron-up", look.quiet, 16),
            "right": ("chevron-right", look.quiet, 16), "left": ("chevron-left", look.quiet, 16),
            "down-ink": ("chevron-down", look.ink, 16), "tick": ("check", look.on_accent, 16),
            "dash": ("minus", look.on_accent, 16), "tick-ink": ("check", look.ink, 16),
            "tick-off": ("check", look.surface, 16), "close": ("close", look.quiet, 16),
        }  # fmt: skip
        files: dict[str, bytes] = {}
        for name, (shape, colour, size) in wanted.items():
            files[f"{name}.png"] = _png(shape, colour, look.px(size))
            files[f"{name}@2x.png"] = _png(shape, colour, look.px(size) * 2)
        register_files(folder, files)
        _registered.add(folder)
    return f":/{folder}"


def _png(shape: str, colour: str, pixels: int) -> bytes:
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_icon(painter, shape, QRectF(0, 0, pixels, pixels), colour)
    painter.end()
    store = QByteArray()
    buffer = QBuffer(store)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # The type stub asks for bytes, the call itself for text. Quality 100 does not compress: these are made at each start.
    image.save(buffer, "PNG", 100)  # pyright: ignore[reportCallIssue, reportArgumentType]
    buffer.close()
    return bytes(store.data())


_SHEET = """
* { outline: none; }
QWidget { color: $ink; font-size: $f13; selection-background-color: $accent; selection-color: $on_accent; }
QMainWindow, QDialog, QWidget[kind="page"] { background: $paper; }
QLabel { background: transparent; }
QLabel:disabled { color: $disabled; }
QLabel[kind="quiet"] { color: $quiet; }
QLabel[kind="small"] { color: $quiet; font-size: $f12; }
QLabel[kind="lead"] { font-size: $f15; }
QLabel[kind="title"] { font-size: $f20; font-weight: 600; padding-top: $p2; }
QLabel[kind="section"] { font-size: $f15; font-weight: 600; padding-top: $p2; }
QLabel[kind="display"] { font-size: $f28; font-weight: 600; }
QLabel[kind="bad"] { color: $bad; }

QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: $p6; }
QFrame[kind="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[kind="bar"] { background: $surface; border: none; border-top: 1px solid $line; }

QPushButton, QToolButton[role] {
  background: $surface; border: 1px solid $edge; border-radius: $p6; padding: 0 $pad;
  min-height: $button_h; max-height: $button_h; icon-size: $p16;
}
QPushButton[beside="true"] { icon-size: $p20; }
QPushButton:hover, QToolButton[role]:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked, QToolButton[role]:pressed { background: $pressed; }
QPushButton:focus, QToolButton[role]:focus {
  border: $p2 solid $accent; padding: 0 $pad_ring; min-height: $ring_h; max-height: $ring_h;
}
QPushButton:disabled { color: $disabled; border-color: $line; background: transparent; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[role="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[role="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[role="danger"] { color: $bad; border-color: $bad; }
QPushButton[role="danger"]:hover { background: $bad_soft; }
QPushButton[role="danger"]:pressed { background: $bad; color: $on_bad; }
QPushButton[role="danger"]:focus { border-color: $accent; }
QPushButton[role="primary"]:focus { border: $p2 solid $ink; }
QPushButton[role="primary"]:disabled { background: $pressed; color: $quiet; border-color: $pressed; }
QPushButton[role="danger"]:disabled { color: $disabled; border-color: $line; background: transparent; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; padding: 0 $p10; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:pressed, QPushButton[role="quiet"]:checked { background: $accent_soft; }
QPushButton[role="quiet"]:focus { border-color: $accent; padding: 0 $quiet_ring; }
QPushButton[role="choice"] { text-align: left; padding: 0 $in_pad; }
QPushButton[role="choice"]:focus { padding: 0 $in_pad_ring; }
QPushButton[role="link"] {
  background: transparent; border: $p2 solid transparent; border-radius: $p4; color: $accent;
  padding: 0 $p2; text-decoration: underline; min-height: $p20; max-height: $p20;
}
QPushButton[role="link"]:hover { color: $accent_hover; }
QPushButton[role="link"]:focus { border-color: $accent; padding: 0 $p2; min-height: $p20; max-height: $p20; }
QPushButton::menu-indicator { image: url($pics/down.png); subcontrol-position: right center; right: $p8; width: $p16; height: $p16; }

QToolButton { background: transparent; border: $p2 solid transparent; border-radius: $p6; padding: $p4; icon-size: $p20; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $accent_soft; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }
QToolButton[kind="map"] { background: $surface; border: 1px solid $line; padding: $p6; icon-size: $p16; }
QToolButton[kind="map"]:hover { background: $hover; border-color: $edge; }
QToolButton[kind="map"]:pressed { background: $pressed; }
QToolButton[kind="map"]:focus { border: $p2 solid $accent; padding: $p5; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox {
  background: $surface; border: 1px solid $edge; border-radius: $p6; padding: 0 $in_pad; placeholder-text-color: $quiet;
}
QLineEdit, QComboBox, QAbstractSpinBox { min-height: $button_h; max-height: $button_h; }
QPlainTextEdit, QTextEdit { padding: $p4 $in_pad; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $quiet; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus {
  border: $p2 solid $accent; padding: 0 $in_pad_ring; min-height: $ring_h; max-height: $ring_h;
}
QPlainTextEdit:focus, QTextEdit:focus { border: $p2 solid $accent; padding: $p3 $in_pad_ring; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
  background: transparent; border-color: $line; color: $disabled;
}
QLineEdit:read-only { background: transparent; border-color: $line; }
QLineEdit[state="bad"] { border-color: $bad; }
QLineEdit[state="bad"]:focus { border-color: $bad; }
QComboBox::drop-down, QComboBox::drop-down:focus { border: none; width: $p28; }
QComboBox::down-arrow { image: url($pics/down.png); width: $p16; height: $p16; }
QComboBox::down-arrow:on, QComboBox::down-arrow:hover { image: url($pics/down-ink.png); }
QComboBox QAbstractItemView {
  background: $surface; border: 1px solid $edge; border-radius: 0; padding: $p4 0; selection-background-color: $accent_soft;
  selection-color: $ink;
}
QComboBox QAbstractItemView::item { min-height: $p28; padding: 0 $p10; border: none; }
QComboBox QAbstractItemView::item:hover { background: $hover; }
QComboBox QAbstractItemView::item:selected { background: $accent_soft; color: $ink; }
QAbstractSpinBox > QLineEdit, QAbstractSpinBox > QLineEdit:focus, QComboBox > QLineEdit, QComboBox > QLineEdit:focus {
  border: none; background: transparent; padding: 0; min-height: 0; border-radius: 0;
}
QAbstractSpinBox { padding-right: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: $p24; background: transparent; }
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-arrow { image: url($pics/up.png); width: $p12; height: $p12; }
QAbstractSpinBox::down-arrow { image: url($pics/down.png); width: $p12; height: $p12; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }

QCheckBox, QRadioButton {
  spacing: $p8; min-height: $p24; background: transparent; border: $p2 solid transparent; border-radius: $p4;
}
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator {
  width: $p16; height: $p16; border: 1px solid $edge; background: $surface; border-radius: $p4;
}
QRadioButton::indicator { border-radius: $p9; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $ink; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($pics/tick.png); }
QCheckBox::indicator:indeterminate { background: $accent; border-color: $accent; image: url($pics/dash.png); }
QRadioButton::indicator:checked { border: $p5 solid $accent; width: $p8; height: $p8; background: $surface; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled { border-color: $line; background: transparent; }
QCheckBox::indicator:checked:disabled { background: $handle; image: url($pics/tick-off.png); }

QGroupBox { border: 1px solid $line; border-radius: $p6; margin-top: $p20; padding: $p12 $p8 $p8 $p8; background: $surface; }
QGroupBox::title { subcontrol-origin: margin; left: 0; padding: 0; color: $quiet; font-size: $f12; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
  background: transparent; color: $quiet; padding: 0 $p14; min-height: $p32; border: $p2 solid transparent;
  border-top-left-radius: $p4; border-top-right-radius: $p4;
}
QTabBar::tab:hover { color: $ink; background: $hover; }
QTabBar::tab:selected { color: $ink; border-bottom-color: $accent; }
QTabBar::tab:focus { border-color: $accent; }
QTabBar::tab:disabled { color: $disabled; }

QAbstractItemView { background: $surface; border: 1px solid $line; border-radius: $p6; padding: $ring_gap; }
QAbstractItemView:focus { border: $p2 solid $accent; padding: 0; }
QTableView, QTreeView, QListView {
  alternate-background-color: $surface; selection-background-color: $accent_soft; selection-color: $ink;
  gridline-color: $line;
}
QTableView::item { padding: 0 $p8; border: none; }
QTableView::item:selected { background: $accent_soft; color: $ink; }
QListView::item, QTreeView::item { min-height: $p28; padding: 0 $p8; border: none; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $ink; }
QHeaderView, QHeaderView:focus { background: $surface; border: none; padding: 0; }
QHeaderView::section {
  background: $surface; color: $quiet; font-size: $f12; border: none; border-bottom: 1px solid $line;
  padding: 0 $p12; min-height: $p31;
}
QHeaderView::section:hover { color: $ink; }
QHeaderView::down-arrow { image: url($pics/down.png); width: $p12; height: $p12; subcontrol-position: right center; right: $p2; }
QHeaderView::up-arrow { image: url($pics/up.png); width: $p12; height: $p12; subcontrol-position: right center; right: $p2; }
QTableCornerButton::section { background: $surface; border: none; border-bottom: 1px solid $line; }

QScrollArea, QScrollArea > QWidget > QWidget[kind="scrolled"] { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: $p12; }
QScrollBar:horizontal { height: $p12; }
QScrollBar::handle { background: $handle; border-radius: $p3; margin: $p3; }
QScrollBar::handle:vertical { min-height: $p32; }
QScrollBar::handle:horizontal { min-width: $p32; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QMenuBar { background: $surface; border-bottom: 1px solid $line; }
QMenuBar::item { padding: $p6 $p10; background: transparent; border-radius: $p4; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $surface; border: 1px solid $edge; padding: $p4 0; }
QMenu::item { padding: 0 $p24 0 $p12; min-height: $p28; }
QMenu::item:selected { background: $accent_soft; color: $ink; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: $p8; }
QMenu::separator { height: 1px; background: $line; margin: $p4 0; }
QMenu::indicator { width: $p16; height: $p16; margin-left: $p6; }
QMenu::indicator:checked { image: url($pics/tick-ink.png); }
QMenu::right-arrow { image: url($pics/right.png); width: $p16; height: $p16; }

QToolTip { background: $ink; color: $paper; border: none; padding: $p4 $p8; font-size: $f12; }
QProgressBar {
  background: $pressed; border: none; border-radius: $p2; min-height: $p4; max-height: $p4; text-align: center;
}
QProgressBar::chunk { background: $accent; border-radius: $p2; }
QSlider { min-height: $p24; }
QSlider::groove:horizontal { height: $p4; background: $pressed; border-radius: $p2; }
QSlider::sub-page:horizontal { background: $accent; border-radius: $p2; }
QSlider::handle:horizontal {
  width: $p12; margin: -$p6 0; border-radius: $p8; background: $surface; border: $p2 solid $accent;
}
QSlider::handle:horizontal:focus { background: $accent; }
QStatusBar { background: $surface; border-top: 1px solid $line; color: $quiet; }
QStatusBar::item { border: none; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent; selection-color: $on_accent; }
"""
