"""`canvass-hq doctor`: is every promise of the log kept, and do projections equal a rebuild? (see `checks` too)"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from canvass_app.domain.text import Text
from canvass_app.ledger.digest import digest
from canvass_app.storage.database import Connection, SqliteDatabase
from canvass_app.storage.projections import PROJECTED, rebuild
from canvass_app.sync.digests import tally_between

from . import checks
from .audit_checks import check_audit
from .checks import HqHealth
from .office import Office
from .projecting import catch_up, rebuild_riding
from .ridings import last_sequence, riding_ids
from .sending import digest_through


class _Undo(Exception):
    pass


@contextmanager
def _rehearsal(office: Office) -> Iterator[Connection]:
    """A transaction that is always undone."""
    try:
        with office.database.write() as db:
            yield db
            raise _Undo
    except _Undo:
        return


def examine(office: Office, *, repair: bool = False) -> HqHealth:
    """Check the database and every riding: numbers, bytes, receipts, digests, erasures, documents, projections, and the
    log of who saw whom.

    `repair` rebuilds projections and digests that are off and removes what is left of erased people; events
    are never changed otherwise.
    """
    health = HqHealth()
    checks.database(office, health)
    if health.findings and isinstance(office.database, SqliteDatabase):
        # Of a damaged file nothing further can be believed.
        return health
    for riding_id in riding_ids(office.read()):
        db = office.read()
        health.ridings[riding_id] = {}
        checks.events(db, riding_id, health)
        if health.ridings[riding_id]["unlike_their_fingerprint"]:
            # An event that is damaged can be neither cleaned nor folded.
            checks.receipts(db, riding_id, health)
            continue
        catch_up(office, riding_id)
        _numbers(office, riding_id, health, repair=repair)
        checks.receipts(db, riding_id, health)
        checks.erased(office, riding_id, health, repair=repair)
        checks.documents(db, riding_id, health)
        _projections(office, riding_id, health, repair=repair)
    check_audit(office, health, repair=repair)
    return health


def _numbers(office: Office, riding_id: int, health: HqHealth, *, repair: bool) -> None:
    db = office.read()
    last = last_sequence(db, riding_id)
    count, most, distinct = db.query(
        "SELECT COUNT(*), COALESCE(MAX(riding_sequence), 0), COUNT(DISTINCT riding_sequence) FROM event"
        " WHERE riding_id = ? AND (riding_sequence <= ? OR riding_sequence IS NULL)",
        (riding_id, last),
    )[0]
    quarantined = db.query("SELECT COUNT(*) FROM quarantine WHERE riding_id = ?", (riding_id,))[0][0]
    forks = db.query("SELECT COUNT(*) FROM fork WHERE riding_id = ?", (riding_id,))[0][0]
    kept = digest_through(db, riding_id, last)
    anew = tally_between(db, riding_id, 0, last)
    health.ridings[riding_id] |= {
        "max": int(most),
        "count": int(count),
        "counter": last,
        "digest": kept.digest.hex(),
        "quarantined": int(quarantined),
        "forks": int(forks),
    }
    number = riding_id % 100_000
    if not int(most) == int(count) == int(distinct) == last:
        health.findings.append(
            Text(
                "Riding {number}: the numbering has a hole (greatest {most}, events {count}, counter {last}). "
                "Restore a backup; laptops send again what it lacks.",
                "Circonscription {number} : la numérotation a un trou (plus grand {most}, événements {count}, "
                "compteur {last}). Restaurez une sauvegarde; les ordinateurs renvoient ce qui manque.",
            ).fill(number=number, most=most, count=count, last=last)
        )
    if (kept.events, kept.digest) != (anew.events, anew.digest):
        if repair:
            zone = office.time_zone()
            office.write(lambda db: rebuild_riding(db, riding_id, zone))
            health.repaired += 1
            return
        health.findings.append(
            Text(
                "Riding {number}: the kept digest differs from a recount of the events. Nothing is lost. Run "
                "“canvass-hq doctor --repair”.",
                "Circonscription {number} : l’empreinte conservée diffère d’un recalcul des événements. Rien n’est "
                "perdu. Lancez « canvass-hq doctor --repair ».",
            ).fill(number=number)
        )


def _projections(office: Office, riding_id: int, health: HqHealth, *, repair: bool) -> None:
    zone = office.time_zone()
    with _rehearsal(office) as db:
        before = projection_digests(db, riding_id)
        rebuild(db, riding_id, zone)
        after = projection_digests(db, riding_id)
    wrong = sorted(table for table in before if before[table] != after[table])
    health.ridings[riding_id]["projections_off"] = wrong
    if not wrong:
        return
    if repair:
        office.write(lambda db: rebuild(db, riding_id, zone))
        health.repaired += 1
        return
    health.findings.append(
        Text(
            "Riding {number}: what is shown differs from a recount of the events ({tables}). Nothing is lost. "
            "Run “canvass-hq doctor --repair”.",
            "Circonscription {number} : ce qui est affiché diffère d’un recalcul des événements ({tables}). "
            "Rien n’est perdu. Lancez « canvass-hq doctor --repair ».",
        ).fill(number=riding_id % 100_000, tables=", ".join(wrong))
    )


def projection_digests(db: Connection, riding_id: int) -> dict[str, str]:
    """A digest of each projection's rows, blind to their order."""
    return {
        table: digest(
            tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
            for row in db.query(f"SELECT * FROM {table} WHERE riding_id = ?", (riding_id,))
        ).hex()
        for table in PROJECTED
    }
