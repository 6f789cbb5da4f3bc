"""What the screen Sync reads."""

from __future__ import annotations

from canvass_app.desktop.screens.sync.background import last_move
from canvass_app.desktop.screens.sync.words import State
from canvass_app.domain.text import Text
from canvass_app.services.arrivals import Arrivals
from canvass_app.services.book import Book


def read_state(book: Book, known: Arrivals | None) -> State:
    """Everything the screen shows, in one go. Any thread."""
    from canvass_app.services.arrivals import arrivals
    from canvass_app.services.declaring import wanted
    from canvass_app.services.losing import losses
    from canvass_app.services.receipts import shift_receipts
    from canvass_app.services.standing import standing
    from canvass_app.services.syncing import sync_status

    rows = book.read().query("SELECT riding_id, name_en, name_fr FROM riding")
    return State(
        sync_status(book),
        standing(book),
        tuple(shift_receipts(book)),
        arrivals(book, known),
        last_move(book),
        {int(riding): Text(str(en), str(fr)) for riding, en, fr in rows if en},
        book.now_ms(),
        book.today(),
        book.time_zone,
        wanted(book),
        tuple(losses(book)),
    )
