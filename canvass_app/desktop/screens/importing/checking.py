"""Reading and checking a file off the GUI thread. No Qt here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from canvass_app.domain.errors import MappingProblem
from canvass_app.services.book import Book

Kind = Literal["doors", "people"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What a reading came to: a plan, or the mapping that does not say enough and why."""

    path: Path
    kind: Kind
    mapping: Any
    plan: Any
    error: MappingProblem | None


def check_file(
    book: Book, path: Path, kind: Kind, mapping: Any, riding_id: int | None, progress: Any,
    cancelled: Callable[[], bool],
) -> Checked:  # fmt: skip
    """Read the file and check every row. A mapping that says too little comes back to be corrected.

    Raises FileProblem and Cancelled.
    """
    from canvass_app.services.importing import preview_file

    try:
        plan = preview_file(
            book, path, kind, mapping=mapping, riding_id=riding_id, progress=progress, cancelled=cancelled
        )
    except MappingProblem as error:
        if mapping is None:
            from canvass_app.imports import guess_mapping, read_table

            mapping = guess_mapping(read_table(path, cancelled=cancelled), kind)
        return Checked(path, kind, mapping, None, error)
    return Checked(path, kind, plan.mapping, plan, None)


def ridings_to_choose(book: Book) -> list[tuple[int, Any, str]]:
    """(riding_id, name, province) of the ridings on this laptop, then of all that the product knows."""
    from canvass_app.domain.text import Text
    from canvass_app.services.ridings import list_ridings

    here = [(card.riding_id, card.name, card.province) for card in list_ridings(book)]
    seen = {row[0] for row in here}
    from canvass_app.imports.reference import ridings as reference

    rest = [
        (r.riding_id, Text(r.name_en, r.name_fr), r.province) for r in reference() if r.riding_id not in seen
    ]
    return [*here, *rest]
