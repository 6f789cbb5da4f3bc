"""Examining the record: does everything on screen follow from the events?"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from canvass_app.domain.text import Text
from canvass_app.ledger.digest import digest
from canvass_app.ledger.events import BadEvent, open_event
from canvass_app.storage.database import Connection
from canvass_app.storage.projections import PROJECTED, rebuild

from .book import Book
from .progress import progress, recount

_HEALTHY = Text("Everything agrees with the events.", "Tout concorde avec les événements.")


class _PutBack(Exception):
    """Undoes a trial rebuild."""


@dataclass(slots=True)
class DoctorReport:
    """What the examination found; `repaired` when projections were written anew."""

    ok: bool = True
    findings: list[Text] = field(default_factory=list[Text])
    checked: dict[str, int] = field(default_factory=dict[str, int])
    digests: dict[str, str] = field(default_factory=dict[str, str])
    repaired: bool = False

    def add(self, finding: Text) -> None:
        """Note something that is wrong."""
        self.ok = False
        self.findings.append(finding)

    def as_dict(self, language: str) -> dict[str, object]:
        """For the command line."""
        findings = [finding.say(language) for finding in self.findings] or [_HEALTHY.say(language)]
        return {
            "ok": self.ok, "findings": findings, "checked": self.checked, "digests": self.digests,
            "repaired": self.repaired,
        }  # fmt: skip


def examine(book: Book, repair: bool = False) -> DoctorReport:
    """Check the database's pages, every event's hash, the numbering, and every projection against a rebuild.

    With `repair`, projections that differ are written anew from the events; events are never touched.
    """
    report = DoctorReport()
    db = book.read()
    for (line,) in db.query("PRAGMA integrity_check"):
        if line != "ok":
            report.add(Text(f"Database page check: {line}", f"Vérification des pages : {line}"))
    _events(db, report)
    _numbers(book, report)
    ridings = [int(row[0]) for row in db.query("SELECT DISTINCT riding_id FROM event ORDER BY riding_id")]
    for riding in ridings:
        before = table_digests(db, riding)
        after = before
        try:
            with book.database.write() as writer:
                rebuild(writer, riding, book.time_zone)
                after = table_digests(writer, riding)
                if not repair or before == after:
                    raise _PutBack
            report.repaired = True
        except _PutBack:
            pass
        differing = [table for table in PROJECTED if before[table] != after[table]]
        if differing:
            report.add(
                Text(
                    f"Riding {riding % 100_000}: these tables differ from the events: {', '.join(differing)}."
                    + (
                        " They were written anew."
                        if repair
                        else " Run “doctor --repair”; no event is touched."
                    ),
                    f"Circonscription {riding % 100_000} : ces tables diffèrent des événements : "
                    f"{', '.join(differing)}."
                    + (
                        " Elles ont été réécrites."
                        if repair
                        else " Lancez « doctor --repair »; aucun événement n’est touché."
                    ),
                )
            )
        shown = progress(book, riding)
        again = recount(book, riding)
        if (shown.attempts, shown.contacts) != (again["attempts"], again["contacts"]):
            report.add(
                Text(
                    f"Riding {riding % 100_000}: the screen counts {shown.attempts} attempts, the events {again['attempts']}.",
                    f"Circonscription {riding % 100_000} : l’écran compte {shown.attempts} tentatives, "
                    f"les événements {again['attempts']}.",
                )
            )
        report.digests[str(riding)] = state_digest(db, riding).hex()
    report.checked["ridings"] = len(ridings)
    return report


def _events(db: Connection, report: DoctorReport) -> None:
    checked = 0
    for stored, raw in db.query("SELECT hash, raw FROM event"):
        checked += 1
        if sha256(bytes(raw)).digest() != bytes(stored):
            report.add(
                Text("An event does not match its hash.", "Un événement ne correspond pas à son empreinte.")
            )
            continue
        try:
            open_event(bytes(raw))
        except BadEvent as error:
            report.add(Text(f"An event cannot be read: {error}", f"Un événement est illisible : {error}"))
    report.checked["events"] = checked


def _numbers(book: Book, report: DoctorReport) -> None:
    for riding, _, count, highest, logged in book.read().query(
        "SELECT e.riding_id, e.device_id, COUNT(*), MAX(e.device_seq), COALESCE(MAX(l.last_seq), 0) FROM event e"
        " LEFT JOIN device_log l ON l.riding_id = e.riding_id AND l.device_id = e.device_id"
        " WHERE e.device_id = ? GROUP BY e.riding_id, e.device_id",
        (book.device_id,),
    ):
        if count != highest or logged != highest:
            report.add(
                Text(
                    f"Riding {riding % 100_000}: this laptop’s events have a gap ({count} of {highest}, {logged} noted).",
                    f"Circonscription {riding % 100_000} : il manque des événements de cet ordinateur "
                    f"({count} sur {highest}, {logged} notés).",
                )
            )


def table_digests(db: Connection, riding_id: int) -> dict[str, bytes]:
    """A digest of each projection table of a riding."""
    return {
        table: digest(
            tuple(row) for row in db.query(f"SELECT * FROM {table} WHERE riding_id = ?", (riding_id,))
        )
        for table in PROJECTED
    }


def state_digest(db: Connection, riding_id: int) -> bytes:
    """One digest of everything folded in a riding: equal on every replica that has folded the same events."""
    tables = table_digests(db, riding_id)
    return sha256(b"".join(tables[table] for table in PROJECTED)).digest()


def log_digest(db: Connection, riding_id: int) -> bytes:
    """One digest of a riding's events by their hashes."""
    return digest(
        (bytes(row[0]),) for row in db.query("SELECT hash FROM event WHERE riding_id = ?", (riding_id,))
    )
