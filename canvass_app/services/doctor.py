"""Examining the record: is the file sound, and does everything on screen follow from the events?"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

import zstandard

from canvass_app.domain.errors import Damaged
from canvass_app.domain.text import Text
from canvass_app.ledger.digest import digest
from canvass_app.ledger.events import NOBODY, BadEvent, open_event
from canvass_app.storage.database import Connection
from canvass_app.storage.journal import EventRecord, Fault
from canvass_app.storage.log import left_behind
from canvass_app.storage.projections import PROJECTED, rebuild
from canvass_app.storage.roster_store import is_whole

from .book import Book
from .differences import explain
from .journalling import fold_pulled, rewrite_journal, settle
from .progress import progress, recount

_HEALTHY = Text("Everything agrees with the events.", "Tout concorde avec les événements.")
_PAGES = Text(
    "The database file is damaged ({what}). Every result saved on this laptop is still in its journal. Run "
    "“canvass-app doctor --repair”: it keeps the damaged file and builds the database again.",
    "Le fichier de la base de données est endommagé ({what}). Chaque résultat enregistré sur cet ordinateur est encore "
    "dans son journal. Lancez « canvass-app doctor --repair », qui conserve le fichier et reconstruit la base.",
)
_MISMATCH = Text("An event does not match its hash.", "Un événement ne correspond pas à son empreinte.")
_UNREADABLE = Text("An event cannot be read: {why}", "Un événement est illisible : {why}")
_GAP = Text(
    "Riding {number}: this laptop’s events have a gap ({count} of {highest}, {logged} noted).",
    "Circonscription {number} : il manque des événements de cet ordinateur ({count} sur {highest}, {logged} notés).",
)
_JOURNAL_LACKS = Text(
    "The journal lacks {count:event|events} of this laptop. The database has everything.",
    "Il manque {count:événement|événements} de cet ordinateur dans le journal. La base de données a tout.",
)
_DATABASE_LACKS = Text(
    "The database lacks {count:event|events} that the journal has.",
    "Il manque dans la base de données {count:événement|événements} que le journal a.",
)
_JOURNAL_HURT = Text(
    "The journal is damaged (damaged stretches: {count}). The database has everything.",
    "Le journal est endommagé (passages touchés : {count}). La base de données a tout.",
)
_DIFFER = Text(
    "Riding {number}: what is shown differs from the events ({tables}).",
    "Circonscription {number} : ce qui est affiché diffère des événements ({tables}).",
)
_WRITTEN_ANEW = Text(
    "Written anew from the events; no event was touched.",
    "Réécrit à partir des événements; aucun événement n’a été touché.",
)
_RUN_REPAIR = Text(
    "Run “canvass-app doctor --repair” to write it anew; no event is touched.",
    "Lancez « canvass-app doctor --repair » pour le réécrire; aucun événement n’est touché.",
)
_COUNTS = Text(
    "Riding {number}: the screen counts {shown:attempt|attempts}, the events {told}.",
    "Circonscription {number} : l’écran compte {shown:tentative|tentatives}, les événements {told}.",
)
_ASSET = Text(
    "Riding {number}: some stored documents do not match their fingerprint ({count}). The next sync fetches them again.",
    "Circonscription {number} : des documents ne correspondent pas à leur empreinte ({count}). La prochaine synchronisation "
    "les rapportera.",
)
_ROSTER = Text(
    "Riding {number}: the imported file “{source}” is not whole any more.",
    "Circonscription {number} : le fichier importé « {source} » n’est plus entier.",
)


class _PutBack(Exception):
    """Undoes a trial rebuild."""


@dataclass(slots=True)
class DoctorReport:
    """What the examination found.

    `damaged`: the file itself is bad, and `services.salvage` can build it again. `repaired`: something was
    written anew.
    """

    ok: bool = True
    findings: list[Text] = field(default_factory=list[Text])
    checked: dict[str, int] = field(default_factory=dict[str, int])
    digests: dict[str, str] = field(default_factory=dict[str, str])
    damaged: bool = False
    repaired: bool = False

    def add(self, finding: Text) -> None:
        """Note something that is wrong."""
        self.ok = False
        self.findings.append(finding)

    def said(self, language: str) -> list[str]:
        """What was found, in words; that all is well when nothing was."""
        return [finding.say(language) for finding in self.findings] or [_HEALTHY.say(language)]

    def as_dict(self, language: str) -> dict[str, object]:
        """For the command line."""
        return {
            "ok": self.ok, "findings": self.said(language), "checked": self.checked, "digests": self.digests,
            "repaired": self.repaired,
        }  # fmt: skip


def examine(book: Book, repair: bool = False) -> DoctorReport:
    """Check every page, every event's hash, the numbering, the journal, documents, and every projection.

    A projection is compared with a rebuild from the events, and each difference explained. With `repair`,
    projections that differ are written anew and journal and database complete each other; no event changes.
    """
    report = DoctorReport(checked={"ridings": 0, "events": 0})
    pages = book.database.damage(thorough=True)
    if pages:
        report.damaged = True
        report.add(_PAGES.fill(what=pages[0].strip()[:120]))
        return report
    try:
        _examine(book, report, repair)
    except Damaged as error:
        report.damaged = True
        report.add(_PAGES.fill(what=error.detail))
    return report


def _examine(book: Book, report: DoctorReport, repair: bool) -> None:
    db = book.read()
    if book.read_only is not None:
        report.add(book.read_only)
    else:
        fold_pulled(book)
    _journal(book, report, repair)
    _events(db, report)
    _numbers(book, report)
    ridings = [int(row[0]) for row in db.query("SELECT DISTINCT riding_id FROM event ORDER BY riding_id")]
    for riding_id in ridings:
        _documents(db, riding_id, report)
        if book.read_only is None:
            _projections(book, riding_id, report, repair)
        shown, again = progress(book, riding_id), recount(book, riding_id)
        if (shown.attempts, shown.contacts) != (again["attempts"], again["contacts"]):
            report.add(_COUNTS.fill(number=riding_id % 100_000, shown=shown.attempts, told=again["attempts"]))
        report.digests[str(riding_id)] = state_digest(db, riding_id).hex()
    report.checked["ridings"] = len(ridings)


def _journal(book: Book, report: DoctorReport, repair: bool) -> None:
    faults: list[Fault] = []
    held = {
        (one.riding_id, one.device_id, one.device_seq)
        for one in book.journal.read(faults)
        if isinstance(one, EventRecord)
    }
    hurt = sum(1 for fault in faults if fault.kind != "torn")
    devices = {device for _, device, _ in held} | {book.device_id}
    stored = {
        (int(riding_id), device, int(seq))
        for device in devices
        for riding_id, seq in book.read().query(
            "SELECT riding_id, device_seq FROM event WHERE device_id = ?", (device,)
        )
    }
    # A number that this laptop had before it took a new one may have gone on elsewhere.
    through = book.journal.through()
    lacking = {
        one for one in stored - held if one[1] == book.device_id or one[2] <= through.get((one[0], one[1]), 0)
    }
    if hurt:
        report.add(_JOURNAL_HURT.fill(count=hurt))
    if held - stored:
        report.add(_DATABASE_LACKS.fill(count=len(held - stored)))
    # Before the first act of an opening the journal may rightly lag: the program that died had no time.
    if book.settled and lacking and not hurt:
        report.add(_JOURNAL_LACKS.fill(count=len(lacking)))
    if repair and book.read_only is None and (hurt or lacking or held - stored):
        settle(book)
        rewrite_journal(book)
        report.repaired = True
        report.findings.append(_WRITTEN_ANEW)


def _events(db: Connection, report: DoctorReport) -> None:
    last, checked, unread = (0, b"", 0), 0, 0
    while True:
        rows = db.query(
            "SELECT riding_id, device_id, device_seq, hash, raw FROM event"
            " WHERE (riding_id, device_id, device_seq) > (?,?,?) ORDER BY riding_id, device_id, device_seq LIMIT 5000",
            last,
        )
        if not rows:
            break
        last = rows[-1][:3]
        for *_, stored, raw in rows:
            checked += 1
            try:
                event = open_event(bytes(raw))
                unread += event.body is None and event.subject != NOBODY
                if event.hash != bytes(stored):
                    report.add(_MISMATCH)
            except BadEvent as error:
                report.add(_UNREADABLE.fill(why=error))
    report.checked["events"] = checked
    report.checked["kept_for_a_newer_version"] = unread


def _numbers(book: Book, report: DoctorReport) -> None:
    for riding, count, highest, logged in book.read().query(
        "SELECT e.riding_id, COUNT(*), MAX(e.device_seq), COALESCE(MAX(l.last_seq), 0) FROM event e"
        " LEFT JOIN device_log l ON l.riding_id = e.riding_id AND l.device_id = e.device_id"
        " WHERE e.device_id = ? GROUP BY e.riding_id",
        (book.device_id,),
    ):
        if left_behind(book.read(), int(riding)):
            # It came back, and its older numbers are still on their way.
            continue
        if count != highest or logged != highest:
            report.add(_GAP.fill(number=riding % 100_000, count=count, highest=highest, logged=logged))


def _documents(db: Connection, riding_id: int, report: DoctorReport) -> None:
    expand = zstandard.ZstdDecompressor().decompress
    bad = 0
    for (name,) in db.query("SELECT hash FROM asset WHERE riding_id = ? AND redacted = 0", (riding_id,)):
        (data,) = db.query("SELECT data FROM asset WHERE riding_id = ? AND hash = ?", (riding_id, name))[0]
        try:
            bad += sha256(expand(bytes(data))).digest() != bytes(name)
        except zstandard.ZstdError:
            bad += 1
    if bad:
        report.add(_ASSET.fill(number=riding_id % 100_000, count=bad))
    for source, name in db.query(
        "SELECT source, name FROM roster WHERE riding_id = ? AND complete = 1", (riding_id,)
    ):
        if not is_whole(db, riding_id, bytes(name)):
            report.add(_ROSTER.fill(number=riding_id % 100_000, source=source))


def _projections(book: Book, riding_id: int, report: DoctorReport, repair: bool) -> None:
    db = book.read()
    before = table_digests(db, riding_id)
    try:
        with book.writing(), book.database.write() as writer:
            rebuild(writer, riding_id, book.time_zone)
            after = table_digests(writer, riding_id)
            differing = [table for table in PROJECTED if before[table] != after[table]]
            if differing:
                report.add(_DIFFER.fill(number=riding_id % 100_000, tables=", ".join(differing)))
                # The reading connection still sees what was shown.
                for table in differing:
                    report.findings += explain(db, writer, table, riding_id)
                report.findings.append(_WRITTEN_ANEW if repair else _RUN_REPAIR)
            if not (differing and repair):
                raise _PutBack
        report.repaired = True
    except _PutBack:
        pass


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
