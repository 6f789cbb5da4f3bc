"""What `canvass-hq doctor` looks at one by one: the events' bytes, receipts, erased people, documents, the database itself.

Each check appends to the health it is given. A finding is something wrong; a note is worth knowing and no fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from canvass_app.domain.text import Text
from canvass_app.ledger.events import NOBODY, BadEvent, Event, open_event
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.erasing import clean_rosters, clean_stored, cleaned_list, salts_of, without_erased
from canvass_app.sync.assets import check_asset, lacking, load_asset, named_assets, roster_verifies
from canvass_app.sync.codec import BadMessage

from .office import Office

_PAGE = 2_000

_PAGES = Text(
    "The database file is damaged ({what}). Stop headquarters and restore the last backup with “canvass-hq restore”; "
    "laptops send again what it lacks.",
    "Le fichier de la base de données est endommagé ({what}). Arrêtez le quartier général et rétablissez la dernière "
    "sauvegarde avec « canvass-hq restore »; les ordinateurs renvoient ce qui manque.",
)
_UNSAFE = Text(
    "PostgreSQL runs with “{setting} = {value}”: a power cut can lose what was receipted. Set it to “on”.",
    "PostgreSQL fonctionne avec « {setting} = {value} » : une panne de courant peut perdre ce qui a reçu un accusé. "
    "Mettez « on ».",
)
_BYTES = Text(
    "Riding {number}: some events are not what their fingerprints say ({count}). Restore a backup; laptops send again what it "
    "lacks.",
    "Circonscription {number} : des événements ne correspondent pas à leur empreinte ({count}). Rétablissez une sauvegarde; "
    "les ordinateurs renvoient ce qui manque.",
)
_RECEIPTS = Text(
    "Riding {number}: receipts say more, or less, than is here (computers: {count}). Restore a backup; laptops send "
    "again what it lacks.",
    "Circonscription {number} : les accusés disent plus ou moins que ce qui est ici (ordinateurs : {count}). "
    "Rétablissez une sauvegarde; les ordinateurs renvoient ce qui manque.",
)
_LEFTOVERS = Text(
    "Riding {number}: something of erased people is still here ({events:event|events}, {documents:document|documents}, {rows:row|rows} of "
    "files). Run “canvass-hq doctor --repair” to remove it.",
    "Circonscription {number} : il reste ici quelque chose de personnes effacées ({events:événement|événements}, "
    "{documents:document|documents}, {rows:ligne|lignes} de fichiers). Lancez « canvass-hq doctor --repair » pour l’enlever.",
)
_DOCUMENTS = Text(
    "Riding {number}: some stored documents are not what their names say ({count}). Restore a backup.",
    "Circonscription {number} : des documents ne correspondent pas à leur nom ({count}). Rétablissez une sauvegarde.",
)
_ROSTER = Text(
    "Riding {number}: some imported files are not whole any more ({count}). Restore a backup.",
    "Circonscription {number} : des fichiers importés ne sont plus entiers ({count}). Rétablissez une sauvegarde.",
)
_ORPHANS = Text(
    "Riding {number}: some documents are named by no event yet ({count}). They may be on their way; they only take room.",
    "Circonscription {number} : des documents ne sont encore nommés par aucun événement ({count}). Ils sont peut-être "
    "en route; ils ne font qu’occuper de la place.",
)
_WANTED = Text(
    "Riding {number}: documents or files are announced and not here yet ({count}); their laptops bring them.",
    "Circonscription {number} : des documents ou fichiers sont annoncés et pas encore ici ({count}); leurs ordinateurs "
    "les apporteront.",
)
_NEWER = Text(
    "Riding {number}: some events are of a newer version ({count}). They are kept, and counted after an update.",
    "Circonscription {number} : des événements sont d’une version plus récente ({count}). Ils sont conservés et comptés "
    "après une mise à jour.",
)


@dataclass(slots=True)
class HqHealth:
    """What the examination found. `findings` is empty when all is well."""

    findings: list[Text] = field(default_factory=list[Text])
    notes: list[Text] = field(default_factory=list[Text])
    ridings: dict[int, dict[str, Any]] = field(default_factory=dict[int, dict[str, Any]])
    repaired: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing was found, or all of it was repaired."""
        return not self.findings


def _number(riding_id: int) -> int:
    return riding_id % 100_000


def database(office: Office, health: HqHealth) -> None:
    """The file's pages, or the server's settings that a receipt's promise rests on."""
    if isinstance(office.database, SqliteDatabase):
        if pages := office.database.damage(thorough=True):
            health.findings.append(_PAGES.fill(what=pages[0].strip()[:120]))
        return
    rows = office.read().query(
        "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes')"
    )
    for setting, value in rows:
        if value != "on":
            health.findings.append(_UNSAFE.fill(setting=setting, value=value))


def events(db: Connection, riding_id: int, health: HqHealth) -> None:
    """Every event is what its fingerprint says, and is found by what it is."""
    bad = newer = 0
    for event, row in _every_event(db, riding_id):
        if event is None or row != (
            event.kind, event.subject, event.shift, event.hlc, event.wall_ms, event.hash, *event.key,
        ):  # fmt: skip
            bad += 1
        elif event.body is None and event.subject != NOBODY:
            newer += 1
    health.ridings[riding_id] |= {"unlike_their_fingerprint": bad, "of_a_newer_version": newer}
    if bad:
        health.findings.append(_BYTES.fill(number=_number(riding_id), count=bad))
    if newer:
        health.notes.append(_NEWER.fill(number=_number(riding_id), count=newer))


def _every_event(db: Connection, riding_id: int) -> Iterator[tuple[Event | None, tuple[Any, ...]]]:
    last: tuple[bytes, int] = (b"", 0)
    while rows := db.query(
        "SELECT raw, kind, subject, shift, hlc, wall_ms, hash, device_id, device_seq, stamp FROM event WHERE riding_id = ?"
        f" AND (device_id, device_seq) > (?,?) ORDER BY device_id, device_seq LIMIT {_PAGE}",
        (riding_id, *last),
    ):
        last = bytes(rows[-1][7]), int(rows[-1][8])
        for raw, kind, subject, shift, hlc, wall_ms, digest, device, seq, stamp in rows:
            row = kind, bytes(subject), bytes(shift), hlc, wall_ms, bytes(digest), bytes(device), seq
            try:
                # One without a stamp cannot have been receipted.
                yield (None if stamp is None else open_event(bytes(raw), stamp)), row
            except BadEvent:
                yield None, row


def receipts(db: Connection, riding_id: int, health: HqHealth) -> None:
    """What was acknowledged is here: each device's numbers 1..n, every one an event or kept aside, and no more.

    One statement, so that pushes that arrive meanwhile do not look like a fault.
    """
    rows = db.query(
        "SELECT d.device_id, COALESCE(l.last_seq, -1), COALESCE(l.acked_through, -1),"
        " (SELECT COUNT(*) FROM (SELECT e.device_seq FROM event e WHERE e.riding_id = ? AND e.device_id = d.device_id"
        "  UNION SELECT q.device_seq FROM quarantine q WHERE q.riding_id = ? AND q.device_id = d.device_id) AS one),"
        " (SELECT COALESCE(MAX(e.device_seq), 0) FROM event e WHERE e.riding_id = ? AND e.device_id = d.device_id)"
        " FROM (SELECT device_id FROM device_log WHERE riding_id = ?"
        "  UNION SELECT device_id FROM event WHERE riding_id = ?) AS d"
        " LEFT JOIN device_log l ON l.riding_id = ? AND l.device_id = d.device_id",
        (riding_id,) * 6,
    )
    wrong = sum(not (last == acked == held and most <= last) for _, last, acked, held, most in rows)
    health.ridings[riding_id] |= {"devices": len(rows), "receipts_off": wrong}
    if wrong:
        health.findings.append(_RECEIPTS.fill(number=_number(riding_id), count=wrong))


def erased(office: Office, riding_id: int, health: HqHealth, *, repair: bool) -> None:
    """Nothing of an erased person lies here; `repair` removes what does."""
    if not salts_of(office.read(), riding_id):
        return
    counts = office.write(lambda db: _leftovers(db, riding_id)) if repair else _counted(office, riding_id)
    health.ridings[riding_id]["erased_leftovers"] = sum(counts)
    if not any(counts):
        return
    if not repair:
        of, documents, rows = counts
        health.findings.append(
            _LEFTOVERS.fill(number=_number(riding_id), events=of, documents=documents, rows=rows)
        )
        return
    health.repaired += 1
    if isinstance(office.database, SqliteDatabase):
        office.database.leave_no_trace()


class _Undo(Exception):
    pass


def _counted(office: Office, riding_id: int) -> tuple[int, int, int]:
    """The same as a repair would find, and nothing of it done."""
    counts = (0, 0, 0)
    try:
        with office.database.write() as db:
            counts = _leftovers(db, riding_id)
            raise _Undo
    except _Undo:
        return counts


def _leftovers(db: Connection, riding_id: int) -> tuple[int, int, int]:
    """Clean whatever is not clean: how many events, documents and rows of files."""
    import zstandard

    stale: list[Event] = []
    page: list[Event] = []

    def look() -> None:
        stale.extend(old for old, new in zip(page, without_erased(db, page), strict=True) if new is not old)
        page.clear()

    for event, _ in _every_event(db, riding_id):
        if event is not None:
            page.append(event)
        if len(page) >= _PAGE:
            look()
    look()
    clean_stored(db, stale)
    documents = 0
    expand, squeeze = zstandard.ZstdDecompressor().decompress, zstandard.ZstdCompressor(level=9).compress
    for (name,) in db.query(
        "SELECT hash FROM asset WHERE riding_id = ? AND kind = 'walk_list'", (riding_id,)
    ):
        data = db.query("SELECT data FROM asset WHERE riding_id = ? AND hash = ?", (riding_id, name))[0][0]
        try:
            after = cleaned_list(db, riding_id, expand(bytes(data)))
        except zstandard.ZstdError:
            # Damaged, which `documents` tells.
            continue
        if after is not None:
            documents += 1
            db.run(
                "UPDATE asset SET size = ?, data = ?, redacted = 1 WHERE riding_id = ? AND hash = ?",
                (len(after), squeeze(after), riding_id, name),
            )
    return len(stale), documents, len(clean_rosters(db, riding_id))


def documents(db: Connection, riding_id: int, health: HqHealth) -> None:
    """Documents and imported files are what their names say; which are named by nobody, or named and not here."""
    bad = 0
    here = [bytes(row[0]) for row in db.query("SELECT hash FROM asset WHERE riding_id = ?", (riding_id,))]
    for name in here:
        asset = load_asset(db, riding_id, name)
        try:
            if asset is not None:
                check_asset(name, asset)
        except BadMessage:
            bad += 1
    told = db.query(
        "SELECT raw FROM event WHERE riding_id = ? AND kind IN ('layer.added', 'walk_list.issued')",
        (riding_id,),
    )
    named = set(named_assets(open_event(bytes(row[0])) for row in told))
    orphans = sum(name not in named for name in here)
    wanted = sum(map(len, lacking(db, riding_id)))
    whole = db.query("SELECT name FROM roster WHERE riding_id = ? AND complete = 1", (riding_id,))
    broken = sum(not roster_verifies(db, riding_id, bytes(row[0])) for row in whole)
    health.ridings[riding_id] |= {
        "documents": len(here), "documents_off": bad, "documents_orphaned": orphans, "not_here_yet": wanted,
        "files": len(whole), "files_off": broken,
    }  # fmt: skip
    number = _number(riding_id)
    for count, text, to in (
        (bad, _DOCUMENTS, health.findings), (broken, _ROSTER, health.findings), (orphans, _ORPHANS, health.notes),
        (wanted, _WANTED, health.notes),
    ):  # fmt: skip
        if count:
            to.append(text.fill(number=number, count=count))
