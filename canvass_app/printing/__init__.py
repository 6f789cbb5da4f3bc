"""Paper: walk lists as PDF and as pictures of pages.

Here belongs what turns a frozen document of `domain.walk_list` into ink, with Qt's painter. What stands on the
list, in which order and on which page, is decided below and is never changed here. No screens, no database.

Millimetres throughout, from the page's top left corner. A sheet speaks its own language, whatever the
application's is.
"""

from .application import ensure_gui_application
from .columns import TickColumn, TickGroup, tick_groups
from .geometry import Rect
from .sheet_plan import PlacedBox, boxes_of
from .walk_list import PagePrint, PrintReport, page_count, print_walk_list, render_page

__all__ = [
    "PagePrint",
    "PlacedBox",
    "PrintReport",
    "Rect",
    "TickColumn",
    "TickGroup",
    "boxes_of",
    "ensure_gui_application",
    "page_count",
    "print_walk_list",
    "render_page",
    "tick_groups",
]
