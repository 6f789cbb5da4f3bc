"""The page in hand: its printed lines, what is saved of them, and the cursor."""

from __future__ import annotations

from dataclasses import dataclass, field

from canvass_app.domain.address import fold
from canvass_app.domain.codes import BY_CODE
from canvass_app.domain.walk_list import SheetLine
from canvass_app.services.entry import EntryPage, SavedMark


@dataclass(slots=True)
class PageInHand:
    """A page with a cursor that knows which lines still wait for a result."""

    page: EntryPage | None = None
    marks: dict[int, SavedMark] = field(default_factory=dict[int, SavedMark])
    at: int = 0
    """Index of the current line; the number of lines stands for the end of the page."""
    skipped: set[int] = field(default_factory=set[int])

    @property
    def rows(self) -> list[SheetLine]:
        """The printed lines of the page in hand, in printed order."""
        return [one.line for one in self.page.lines] if self.page else []

    @property
    def current(self) -> SheetLine | None:
        """The line that the next result goes to; None at the end of the page."""
        rows = self.rows
        return rows[self.at] if self.at < len(rows) else None

    @property
    def at_end(self) -> bool:
        """Whether the whole page was gone through."""
        return self.page is not None and self.at >= len(self.page.lines)

    @property
    def done(self) -> int:
        """Lines of the page with a result."""
        return sum(1 for row in self.rows if row.line in self.marks)

    @property
    def talked(self) -> int:
        """Lines of the page at which somebody talked."""
        return sum(1 for row in self.rows if (m := self.marks.get(row.line)) and BY_CODE[m.code].contact)

    @property
    def open_lines(self) -> list[int]:
        """Lines of the page that still wait for a result; barred doors do not."""
        return [row.line for row in self.rows if row.line not in self.marks and not row.barred]

    def to_next(self, index: int) -> None:
        """The next line that waits for a result: not barred, not marked, not skipped; else the end."""
        rows = self.rows
        self.at = len(rows)
        for place in range(index + 1, len(rows)):
            row = rows[place]
            if not row.barred and row.line not in self.marks and row.line not in self.skipped:
                self.at = place
                return

    def step_by(self, by: int) -> None:
        """One line up or down, past barred doors; below the last line is the end."""
        rows = self.rows
        place = self.at + by
        while 0 <= place < len(rows) and rows[place].barred:
            place += by
        if 0 <= place <= len(rows):
            self.at = place

    def to_line(self, line: int) -> None:
        """To a line of this page by its number."""
        self.at = next((i for i, row in enumerate(self.rows) if row.line == line), len(self.rows))

    def find_line(self, text: str) -> SheetLine | None:
        """Go to the next line whose name, number or unit begins with `text`, else contains it."""
        wanted, rows = fold(text), self.rows
        turn = [*range(self.at + 1, len(rows)), *range(min(self.at + 1, len(rows)))] if wanted else []
        for fits in (str.startswith, str.__contains__):
            for index in turn:
                row = rows[index]
                words = (fold(row.name), fold(row.civic), fold(row.unit), fold(f"{row.civic} {row.street}"))
                if any(word and fits(word, wanted) for word in words):
                    self.at = index
                    return row
        return None
