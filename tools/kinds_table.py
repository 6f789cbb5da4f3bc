"""Write docs/kinds.md: every kind of event, from the code itself."""

from __future__ import annotations

import sys
from pathlib import Path

from canvass_app.ledger.kinds import KINDS
from canvass_app.ledger.kinds.base import ADDED, LEARNED, ROSTER_STRENGTH, SAFETY

TABLE = Path(__file__).parents[1] / "docs" / "kinds.md"
_STRENGTHS = {ROSTER_STRENGTH: "file", ADDED: "added", LEARNED: "learned", SAFETY: "safety"}
_HEAD = """# Kinds of events

Written by `python tools/kinds_table.py` from `canvass_app/ledger/kinds/`; a test keeps the two equal.
The rules by which they are folded stand in `canvass_app/ledger/fold.py`.

*Strength*: what wins when two people set one field without knowing of each other (file, added, learned, safety).
*Audience*: how far an event travels (hq, organisers, team, scope: everybody whose work it touches).
*Voided*: whether it stops counting when its shift is voided.

| Kind | Subject | Says | Strength | Audience | Voided | Version |
|---|---|---|---|---|---|---|
"""


def table() -> str:
    """The whole document."""
    lines = [
        f"| `{name}` | {kind.ENTITY} | {_first_sentence(kind)} | {_STRENGTHS[kind.STRENGTH]} | {kind.AUDIENCE} |"
        f" {'yes' if kind.VOIDED else 'never'} | {kind.VERSION} |"
        for name, kind in sorted(KINDS.items())
    ]
    return _HEAD + "\n".join(lines) + "\n"


def _first_sentence(kind: type) -> str:
    words = " ".join((kind.__doc__ or "").split())
    return words.replace("|", "\\|")


if __name__ == "__main__":
    TABLE.write_text(table(), "utf-8")
    sys.stdout.write(f"{len(KINDS)} kinds\n")
