"""The journal's file as a list in memory: the face of `storage.journal.Journal`, on a disk that keeps its word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from canvass_app.storage.journal import EventRecord, FactsRecord, Record


class PaperJournal:
    """What was appended stays; frames, sealing and torn ends have their own tests (tests/storage)."""

    damaged = False
    is_open = True

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._records: list[Record] = []
        self._through: dict[tuple[int, bytes], int] = {}
        self.facts_digest = b""
        self.append(list(records))

    def copy(self) -> PaperJournal:
        """The same file on another machine."""
        return PaperJournal(self._records)

    def raws(self) -> set[bytes]:
        """The events in it."""
        return {record.raw for record in self._records if isinstance(record, EventRecord)}

    def through(self) -> dict[tuple[int, bytes], int]:
        return dict(self._through)

    def read(self, faults: object = None) -> Iterator[Record]:
        yield from self._records

    def open(self) -> None:
        return

    def append(self, records: Sequence[Record]) -> None:
        for record in records:
            self._records.append(record)
            if isinstance(record, EventRecord):
                place = (record.riding_id, record.device_id)
                self._through[place] = max(record.device_seq, self._through.get(place, 0))
            elif isinstance(record, FactsRecord):
                self.facts_digest = b""

    def note_facts(self, facts: dict[str, str], digest: bytes) -> None:
        self.append([FactsRecord(facts)])
        self.facts_digest = digest

    def rewrite(self, records: Iterable[Record], facts_digest: bytes = b"") -> None:
        fresh = PaperJournal(list(records))
        self._records, self._through, self.facts_digest = fresh._records, fresh._through, facts_digest

    def sync(self) -> None:
        return

    def rest(self) -> None:
        return

    def close(self) -> None:
        return
