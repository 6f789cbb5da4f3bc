"""The small parts screens are made of. Each shows text literally, has an accessible name, and follows theme, zoom and
language while it is on the screen. They know nothing of canvassing beyond words and numbers handed to them."""

from canvass_app.desktop.widgets.bars import BalanceBar, SparkLine, SupportBar
from canvass_app.desktop.widgets.cards import Card, EmptyState, Tile
from canvass_app.desktop.widgets.chips import Badge, KeyHints
from canvass_app.desktop.widgets.data_table import CellDelegate, DataTable
from canvass_app.desktop.widgets.format import (
    format_clock,
    format_day,
    format_duration,
    format_number,
    format_percent,
    ui_language,
    use_zone,
)
from canvass_app.desktop.widgets.labels import Heading, PlainLabel, make_button, plain_tip
from canvass_app.desktop.widgets.rows_model import Balance, Chip, Column, RowsModel
from canvass_app.desktop.widgets.strips import MessageLine, TaskStrip

__all__ = [
    "Badge",
    "Balance",
    "BalanceBar",
    "Card",
    "CellDelegate",
    "Chip",
    "Column",
    "DataTable",
    "EmptyState",
    "Heading",
    "KeyHints",
    "MessageLine",
    "PlainLabel",
    "RowsModel",
    "SparkLine",
    "SupportBar",
    "TaskStrip",
    "Tile",
    "format_clock",
    "format_day",
    "format_duration",
    "format_number",
    "format_percent",
    "make_button",
    "plain_tip",
    "ui_language",
    "use_zone",
]
