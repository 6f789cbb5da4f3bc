"""Joining a campaign's headquarters and syncing with it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from canvass_app.domain.errors import CanvassError, Refused, SyncProblem
from canvass_app.domain.text import Text
from canvass_app.storage.changes import ChangeSet
from canvass_app.sync.auditing import send_audit
from canvass_app.sync.exchange import Exchanged, exchange_ridings, fetch_campaign, greet
from canvass_app.sync.http import Link, checked_address
from canvass_app.sync.inbox import HEARD, MET, adopt_epoch, note_ridings
from canvass_app.sync.joining import ask_to_join
from canvass_app.sync.messages import Enrolled, Hello, Renewed
from canvass_app.sync.passes import Pass
from canvass_app.sync.problems import COPIED, NoLongerWelcome, SyncStopped, Undeclared
from canvass_app.sync.replica import Replica
from canvass_app.sync.standing import ask_standing

from .audit import audit_notes
from .book import Book, put_meta
from .campaigns import set_campaign
from .declaring import tell_again, tell_headquarters, wanted
from .erasure import finish_erasures, forget_read
from .export_keys import seal_what_is_owed
from .identity import has_forked, say_displaced_again, take_new_identity
from .journalling import rewrite_journal
from .losing import (
    OTHERS,
    hand_in_sealed,
    lose_what_was_taken,
    note_taken_up,
    seal_before_parting,
    take_up_again,
)
from .trust import ca_file
from .walk_lists import add_number_block

Progress = Callable[[Text, int, int], None]

_NOT_JOINED = Text(
    "This computer has not joined a campaign yet. Everything is saved here. Join with the code of your organiser first.",
    "Cet ordinateur ne s’est pas encore joint à une campagne. Tout est enregistré ici. Joignez-vous d’abord avec le code "
    "de votre responsable.",
)
_OTHER_HQ = Text(
    "This data already belongs to another headquarters ({url}). Nothing was changed. Use another data folder for another "
    "campaign.",
    "Ces données appartiennent déjà à un autre quartier général ({url}). Rien n’a été modifié. Utilisez un autre dossier "
    "de données pour une autre campagne.",
)
QUARANTINED = Text(
    "Headquarters set {count:entry|entries} aside because it could not be read there. Everything else arrived. It is all kept "
    "here; tell your organiser.",
    "Le quartier général a mis {count:saisie|saisies} de côté, faute de pouvoir lire. Tout le reste est arrivé. Rien n’est "
    "perdu ici; prévenez votre responsable.",
)
_ELSEWHERE = Text(
    "Headquarters has no riding {number} for this computer, so its results stay here, unsent. Tell your organiser.",
    "Le quartier général n’a pas de circonscription {number} pour cet ordinateur; ses résultats restent donc ici, non "
    "envoyés. Prévenez votre responsable.",
)
RENEWED = Text(
    "Headquarters knew this computer’s number from another one: it was copied, or put back from a backup. It has a new "
    "number now. Everything is saved here and nothing counts twice. Ask your organiser for a code and join again, so "
    "that what was not sent is sent.",
    "Le quartier général connaissait le numéro de cet ordinateur par un autre : il a été copié ou rétabli à partir d’une "
    "sauvegarde. Il a maintenant un nouveau numéro. Tout est enregistré ici et rien ne compte deux fois. Demandez un "
    "code à votre responsable et joignez-vous de nouveau, pour envoyer ce qui ne l’a pas été.",
)


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """What a status bar says of headquarters. `pending` counts results (attempts), `pending_events` all that is unsent."""

    joined: bool
    hq_url: str
    pending: int
    pending_by_shift: list[tuple[str, str, int]]
    """(volunteer, ISO day, results), oldest day first."""
    last_contact_ms: int | None
    receipt: str
    ridings: list[int]
    pending_events: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did."""

    pushed: int
    pulled: int
    assets: int
    receipts: dict[int, str]
    changes: ChangeSet
    ridings: list[int] = field(default_factory=list[int])
    notes: list[Text] = field(default_factory=list[Text])
    folding: float = 0.0
    """Seconds, at the end, in which all was here and kept, and was being folded."""


@dataclass(frozen=True, slots=True)
class JoinReport:
    """What joining brought."""

    hq_url: str
    ridings: list[int]
    campaign: bool
    changes: ChangeSet


# --- status ---------------------------------------------------------------------------------------


def sync_status(book: Book) -> SyncStatus:
    """What headquarters does not have yet, and when it was last heard of. Any thread; one quick read."""
    db = book.read()
    rows = db.query(
        "SELECT COALESCE(s.volunteer, a.author), a.day, COUNT(*) FROM device_log l"
        " JOIN attempt a ON a.riding_id = l.riding_id AND a.device_id = l.device_id AND a.device_seq > l.acked_through"
        " LEFT JOIN shift s ON s.riding_id = a.riding_id AND s.shift_id = a.shift"
        " WHERE l.device_id = ? GROUP BY COALESCE(s.volunteer, a.author), a.day ORDER BY a.day, 1",
        (book.device_id,),
    )
    events = db.query(
        "SELECT COALESCE(SUM(last_seq - acked_through), 0) FROM device_log WHERE device_id = ?",
        (book.device_id,),
    )
    contacts = db.query("SELECT riding_id, last_contact_ms, last_receipt FROM sync_state ORDER BY riding_id")
    latest = max((row for row in contacts if row[2]), key=lambda row: row[1], default=None)
    heard = max((int(row[1]) for row in contacts), default=0)
    shifts = [(str(volunteer), str(day), int(count)) for volunteer, day, count in rows]
    return SyncStatus(
        joined=bool(book.meta("hq_token")),
        hq_url=book.meta("hq_url"),
        pending=sum(count for _, _, count in shifts),
        pending_by_shift=shifts,
        last_contact_ms=heard or None,
        receipt=str(latest[2]) if latest else "",
        ridings=[int(row[0]) for row in contacts],
        pending_events=int(events[0][0]),
    )


# --- joining --------------------------------------------------------------------------------------


def join(
    book: Book,
    url: str,
    code: str,
    device_name: str,
    *,
    ca: str = "",
    cancelled: Callable[[], bool] | None = None,
) -> JoinReport:
    """Join the campaign whose headquarters is at `url` with a one-time code.

    `ca`: the certificates (PEM) of the campaign's own authority, believed instead of the public ones; who joins
    the same headquarters again without keeps those it has.

    Raises Refused (a wrong code, an unprotected address, data of another headquarters), SyncProblem or Cancelled
    (`stop_sync`, once `cancelled` says so); then nothing was changed.
    """
    address = checked_address(url)
    seed = bytes.fromhex(book.meta("device_seed"))
    if not seed:
        seed = os.urandom(32)
        # Kept before it is used: an answer that is lost can then be asked for again with the same key.
        book.set_meta("device_seed", seed.hex())
    if not ca and address == book.meta("hq_url"):
        ca = book.meta("hq_ca")
    link = _links[book.folder] = Link(address, ca=ca_file(book.folder, ca))
    if cancelled is not None and cancelled():
        link.stop()
    try:
        answer = link.run(ask_to_join(code, book.device_id, device_name.strip(), seed))
    finally:
        _links.pop(book.folder, None)
        link.close()
    known = book.meta("hq_key")
    if known and known != answer.hq_key.hex():
        raise Refused(_OTHER_HQ.fill(url=book.meta("hq_url")))
    return _keep(book, address, ca, answer, device_name)


def _keep(book: Book, address: str, ca: str, answer: Enrolled, device_name: str) -> JoinReport:
    changes = ChangeSet(settings=True)
    if answer.campaign:
        take_campaign(book, answer.campaign, changes)
    if answer.numbers_count:
        add_number_block(book, answer.numbers_first, answer.numbers_count)
    with book.database.write() as db:
        if book.meta("hq_epoch") != answer.epoch.hex():
            adopt_epoch(db, book.device_id, answer.epoch)
        changes.ridings |= note_ridings(db, answer.ridings)
        put_meta(db, "hq_url", address)
        put_meta(db, "hq_ca", ca)
        put_meta(db, "hq_key", answer.hq_key.hex())
        put_meta(db, "hq_box", answer.hq_box.hex())
        put_meta(db, HEARD, str(answer.server_time))
        put_meta(db, MET, str(book.now_ms()))
        put_meta(db, "hq_token", answer.token)
        put_meta(db, "hq_refresh", answer.refresh)
        put_meta(db, "role", answer.role)
        put_meta(db, "device_name", answer.device_name or device_name.strip())
    changes.add(seal_what_is_owed(book))
    return JoinReport(address, [one.riding_id for one in answer.ridings], bool(answer.campaign), changes)


def take_campaign(book: Book, text: str, changes: ChangeSet) -> None:
    """Follow headquarters' settings."""
    import json

    if book.meta("campaign") != text:
        changes.add(set_campaign(book, json.loads(text)))


# --- syncing --------------------------------------------------------------------------------------

_links: dict[Path, Link] = {}
_turns: dict[Path, threading.Lock] = {}
_turns_lock = threading.Lock()
_TURN_SECONDS = 0.1


def sync_now(
    book: Book,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    changed: Callable[[ChangeSet], None] | None = None,
    patience: float = 1.0,
    typing: Callable[[], bool] | None = None,
) -> SyncReport:
    """Send what headquarters lacks and fetch what others did, riding by riding. Safe while somebody types.

    One at a time: a second call waits for the first. Whatever was done before a failure stays done;
    `changed` is told of it then. `patience` times how long each answer is waited for; `typing` says whether
    somebody types at this moment, so that what arrives is kept in small transactions. `stop_sync` ends it at once.
    Raises Refused (not joined, revoked), Undeclared (all was sent, nothing fetched), SyncProblem or Cancelled.
    """
    stop = cancelled or (lambda: False)
    with in_turn(book, stop):
        return _sync(book, progress, stop, changed, patience, typing or (lambda: False))


@contextmanager
def in_turn(book: Book, cancelled: Callable[[], bool]) -> Generator[None]:
    """One exchange with headquarters at a time, over the network or on a stick. Raises SyncStopped."""
    with _turns_lock:
        turn = _turns.setdefault(book.folder, threading.Lock())
    while not turn.acquire(timeout=_TURN_SECONDS):
        if cancelled():
            raise SyncStopped
    try:
        yield
    finally:
        turn.release()


def replica_of(book: Book, progress: Progress | None, cancelled: Callable[[], bool]) -> Replica:
    """This laptop's side of an exchange. Raises Refused when it has not joined."""
    if not book.meta("hq_token"):
        raise Refused(RENEWED if book.meta("hq_url") else _NOT_JOINED)
    me = Replica(
        database=book.database,
        device_id=book.device_id,
        clock=book.clock,
        time_zone=book.time_zone,
        hq_key=bytes.fromhex(book.meta("hq_key")),
        timer=time.monotonic,
        cancelled=cancelled,
    )
    if progress is not None:
        me.progress = progress
    me.parting = lambda riding_id, acked: seal_before_parting(book, me, riding_id, acked)
    return me


def after_parting(book: Book, me: Replica) -> list[Text]:
    """What is no longer given to this laptop leaves its journal and backups too, and own entries that came back stand in the
    journal again; what to tell people of it."""
    if me.let_go:
        forget_read(book)
        finish_erasures(book)
    elif me.came_back:
        try:
            rewrite_journal(book)
        except OSError:
            book.journal_behind = True
    return [OTHERS.fill(number=one % 100_000) for one in sorted(me.let_go)]


def pass_of(book: Book) -> Pass:
    """What this laptop shows at headquarters; each one that follows is written down before it is used."""

    def keep(renewed: Renewed) -> None:
        book.set_facts({"hq_token": renewed.token, "hq_refresh": renewed.refresh})

    seed = bytes.fromhex(book.meta("device_seed"))
    return Pass(book.meta("hq_token"), book.meta("hq_refresh"), seed, keep)


def stop_sync(book: Book) -> None:
    """From any thread: a sync under way does not wait for its answer any longer and ends with Cancelled.

    `cancelled` must say so first; what was done so far stays done.
    """
    link = _links.get(book.folder)
    if link is not None:
        link.stop()


def _sync(
    book: Book,
    progress: Progress | None,
    cancelled: Callable[[], bool],
    changed: Callable[[ChangeSet], None] | None,
    patience: float,
    typing: Callable[[], bool],
) -> SyncReport:
    me = replica_of(book, progress, cancelled)
    me.typing = typing
    link = _open_link(book, cancelled, patience)
    me.ahead = link.ahead
    try:
        hello = link.run(greet(me))
        me.changes.add(seal_what_is_owed(book))
        _follow_campaign(book, link, hello, me.changes)
        me.time_zone = book.time_zone
        tell_headquarters(book, link)
        undeclared = wanted(book) is not None
        lost = lose_what_was_taken(book, me, link, hello)
        if hand_in_sealed(book, me, link):
            # Headquarters may have taken it at once.
            hello = link.run(greet(me))
        take_up_again(me, hello)
        done = link.run(exchange_ridings(me, hello, only_send=undeclared))
        note_taken_up(me, [one for one in done.ridings if one not in done.unverified])
        parted = after_parting(book, me)
        audited = link.run(send_audit(me, hello))
    except CanvassError as error:
        if isinstance(error, SyncProblem) and error.text == COPIED:
            me.changes.add(take_new_identity(book).changes)
            if changed is not None:
                changed(me.changes)
            raise Refused(RENEWED) from error
        if changed is not None and me.changes:
            changed(me.changes)
        if isinstance(error, NoLongerWelcome):
            _leave_if_told(book, me, link, error)
        if isinstance(error, Undeclared):
            tell_again(book)
        raise
    finally:
        if me.changes.forgotten:
            forget_read(book)
        _links.pop(book.folder, None)
        link.close()
    if done.forks or has_forked(book):
        me.changes.add(take_new_identity(book).changes)
    me.changes.add(say_displaced_again(book, done.unrelayed).changes)
    if undeclared:
        if changed is not None and me.changes:
            changed(me.changes)
        raise Undeclared
    return SyncReport(
        done.pushed, done.pulled, done.assets, done.receipts, me.changes, done.ridings,
        [*(one.text for one in lost), *parted, *_notes(book, done), *audit_notes(audited)], done.folding,
    )  # fmt: skip


def _leave_if_told(book: Book, me: Replica, link: Link, refused: NoLongerWelcome) -> None:
    """A refused laptop asks what it is to do. Raises Withdrawn when it is to hold nothing more, StorageProblem."""
    seed = bytes.fromhex(book.meta("device_seed"))
    try:
        standing = link.run(ask_standing(me.device_id, seed, me.hq_key, os.urandom(16), ()))
    except (SyncProblem, NoLongerWelcome):
        # What it has to say of this laptop is not known: it stays refused, and keeps everything.
        return
    if standing.wipe:
        from .farewell import take_leave

        raise take_leave(book, me, standing) from refused


def _open_link(book: Book, cancelled: Callable[[], bool], patience: float) -> Link:
    link = _links[book.folder] = Link(
        book.meta("hq_url"),
        pass_of(book),
        ca=ca_file(book.folder, book.meta("hq_ca")),
        patience=patience,
    )
    if cancelled():
        link.stop()
    return link


@contextmanager
def linked(book: Book, cancelled: Callable[[], bool]) -> Generator[Link]:
    """A connection to headquarters for one question, when no sync is under way. `stop_sync` ends it. Raises Refused
    (not joined), SyncStopped."""
    replica_of(book, None, cancelled)
    with in_turn(book, cancelled):
        link = _open_link(book, cancelled, 1.0)
        try:
            yield link
        finally:
            _links.pop(book.folder, None)
            link.close()


def _follow_campaign(book: Book, link: Link, hello: Hello, changes: ChangeSet) -> None:
    here = sha256(book.meta("campaign").encode()).digest()
    if hello.campaign_hash not in (here, sha256(b"").digest()):
        settings = link.run(fetch_campaign())
        if settings.text:
            take_campaign(book, settings.text, changes)


def _notes(book: Book, done: Exchanged) -> list[Text]:
    notes: list[Text] = []
    waiting = book.read().query(
        "SELECT riding_id FROM device_log WHERE device_id = ? AND last_seq > acked_through ORDER BY riding_id",
        (book.device_id,),
    )
    notes.extend(
        _ELSEWHERE.fill(number=int(row[0]) % 100_000) for row in waiting if int(row[0]) not in done.ridings
    )
    if done.quarantined:
        notes.append(QUARANTINED.fill(count=done.quarantined))
    if not book.meta("hq_token"):
        notes.append(RENEWED)
    return notes
