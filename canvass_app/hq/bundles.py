"""Bundles at headquarters: taken in the way pushes are, and answered with receipts and pages for each laptop."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from canvass_app.domain.errors import FileProblem, NotFound, Refused, StorageProblem
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Key
from canvass_app.services.bundle_files import Kept, file_name, keep_bundle, reading
from canvass_app.services.bundling import CUT, DAMAGED_AFTER
from canvass_app.storage.roster_store import is_whole
from canvass_app.sync.assets import named_assets, named_rosters
from canvass_app.sync.boxes import HQ_BOX, box_secret
from canvass_app.sync.bundle_items import (
    Acknowledgement,
    Ask,
    Item,
    PlaceNow,
    Refusal,
    Run,
    event_name,
    items,
    names_digest,
    pieces,
    put,
    take,
)
from canvass_app.sync.bundle_up import files_of
from canvass_app.sync.bundles import (
    DOWN,
    UP,
    USUAL,
    Broken,
    Header,
    Read,
    Sizes,
    key_name,
    make_header,
    opened,
    read_header,
    seal,
)
from canvass_app.sync.codec import BadMessage
from canvass_app.sync.inbox import open_page
from canvass_app.sync.messages import (
    PROTOCOL,
    Asset,
    Batch,
    CampaignSettings,
    Hello,
    Receipt,
    Relay,
    RosterPart,
)
from canvass_app.sync.signing import open_receipt

from . import auditing, filing, sending
from .devices import Device, find_device, keys_of
from .office import Office
from .projecting import catch_up
from .receiving import called_here, hear_out, receive
from .refusals import No
from .relaying import take_relayed
from .ridings import riding_states

_FOR_LAPTOP = Text(
    "“{name}” is an answer of headquarters to a laptop. Nothing was changed. Import it on that laptop.",
    "« {name} » est une réponse du quartier général à un ordinateur. Rien n’a été modifié. Importez-la sur cet ordinateur.",
)
_OTHER_HQ = Text(
    "“{name}” is sealed for another headquarters. Nothing was changed; the laptop keeps everything. Take the stick there.",
    "« {name} » est scellé pour un autre quartier général. Rien n’a été modifié; l’ordinateur conserve tout. Apportez-y la "
    "clé.",
)
_NOT_ACCEPTED = Text(
    "“{name}” comes from a laptop that headquarters does not accept (any more). Nothing was changed; the laptop keeps "
    "everything. Let it join again with a new code, then write a new bundle there.",
    "« {name} » vient d’un ordinateur que le quartier général n’accepte pas (ou plus). Rien n’a été modifié; l’ordinateur "
    "conserve tout. Faites-le se joindre de nouveau avec un nouveau code, puis écrivez-y un nouveau lot.",
)
TAMPERED = Text(
    "“{name}” is damaged, or was not written by the laptop that it names. Nothing of it was taken; the laptop keeps "
    "everything. Copy the file again, or write a new bundle there.",
    "« {name} » est endommagé, ou n’a pas été écrit par l’ordinateur qu’il nomme. Rien n’en a été pris; l’ordinateur "
    "conserve tout. Copiez le fichier de nouveau, ou écrivez-y un nouveau lot.",
)
_STRANGE = Text(
    "“{name}” holds something that this headquarters does not understand; what came before it was taken. Check for an "
    "update of Canvass.",
    "« {name} » contient quelque chose que ce quartier général ne comprend pas; ce qui précède a été pris. Vérifiez s’il "
    "existe une mise à jour de Canvass.",
)
_NO_DEVICE = Text(
    "No laptop “{name}” has joined this headquarters, or it is no longer accepted. Nothing was written. Give the number "
    "that the laptop shows, or its label.",
    "Aucun ordinateur « {name} » ne s’est joint à ce quartier général, ou il n’est plus accepté. Rien n’a été écrit. Donnez "
    "le numéro que montre l’ordinateur, ou son étiquette.",
)


@dataclass(slots=True)
class Taken:
    """What a bundle came to: events that are new here, that were here already, that were set aside."""

    file: str
    device: bytes = b""
    device_name: str = ""
    events: int = 0
    already: int = 0
    quarantined: int = 0
    forks: int = 0
    whole: bool = False
    notes: list[Text] = field(default_factory=list[Text])
    refused: Text | None = None
    """Why nothing at all was taken."""
    answered: bool = True
    """False when its answer could not be written; importing it again writes one."""


@dataclass(slots=True)
class Answering:
    """What a laptop is to be told: what it asked, and the answers to its batches."""

    campaign_hash: bytes = b""
    places: dict[int, PlaceNow] = field(default_factory=dict[int, PlaceNow])
    answers: list[Item] = field(default_factory=list[Item])
    through: dict[int, int] = field(default_factory=dict[int, int])
    """By riding, the laptop's number through which a receipt is among the answers."""
    asked_ms: int = -1
    touched: set[int] = field(default_factory=set[int])
    """Ridings in which something new came."""


# --- taking in --------------------------------------------------------------------------------------


def import_bundles(
    office: Office, paths: Iterable[Path], out: Path | None = None, sizes: Sizes = USUAL
) -> tuple[list[Taken], list[Kept]]:
    """Take in bundles of laptops, in any order, and write an answer for each laptop into `out` (else beside its bundle).

    A file that cannot be used, or an answer that cannot be written, is told in its `Taken`; the others are taken all the
    same. Raises StorageProblem when headquarters' own database cannot be written to.
    """
    answering: dict[bytes, Answering] = {}
    folders: dict[bytes, Path] = {}
    taken: list[Taken] = []
    for path in paths:
        try:
            one = import_file(office, path, answering)
        except (FileProblem, Refused) as error:
            one = Taken(path.name, refused=error.text)
        taken.append(one)
        if one.refused is None:
            folders[one.device] = out or path.parent
    written: list[Kept] = []
    for device_id, folder in folders.items():
        device = find_device(office, device_id)
        assert device is not None
        try:
            written.append(write_answer(office, device, answering[device_id], folder, sizes))
        except StorageProblem as trouble:
            # What was taken stays taken; the answer can be written again, elsewhere.
            for one in taken:
                if one.device == device_id:
                    one.notes.append(trouble.text)
                    one.answered = False
    for riding_id in sorted({riding for one in answering.values() for riding in one.touched}):
        catch_up(office, riding_id)
    return taken, written


def import_file(office: Office, path: Path, answering: dict[bytes, Answering]) -> Taken:
    """Take in one bundle; what is to be answered joins `answering`. Raises FileProblem, Refused."""
    from .handing_in import kept_for_review

    kept = kept_for_review(office, path)
    if kept is not None:
        return kept
    with reading(path) as read:
        return import_bytes(office, path.name, read, answering)


def import_bytes(
    office: Office, name: str, read: Read, answering: dict[bytes, Answering], *, sender: Device | None = None
) -> Taken:
    """Take in a bundle's bytes; `name` is what people call it. Raises NotABundle, FileProblem, Refused.

    `sender`: somebody decided that what this laptop wrote is taken, whether it is let in or not.
    """
    header, top = read_header(read)
    taken = Taken(name, header.device)
    device = sender or _sender(office, header, name)
    taken.device_name = device.name
    chunks = opened(
        read, header, top, box_secret(office.seed, HQ_BOX), keys_of(office, header.device).signing
    )
    told = Answering()
    try:
        take_up(office, device, items(chunks), told, taken, before_restore=header.epoch != office.epoch)
        taken.whole = True
    except Broken as broken:
        if not broken.parts:
            raise FileProblem(TAMPERED.fill(name=name), detail=str(broken)) from broken
        taken.notes.append((CUT if broken.cut else DAMAGED_AFTER).fill(name=name, parts=broken.parts))
    except BadMessage:
        taken.notes.append(_STRANGE.fill(name=name))
    _join(answering.setdefault(header.device, Answering()), told, header.made_ms)
    return taken


def _sender(office: Office, header: Header, name: str) -> Device:
    if header.kind != UP:
        raise Refused(_FOR_LAPTOP.fill(name=name))
    if header.box != key_name(office.box_key):
        raise Refused(_OTHER_HQ.fill(name=name))
    device = find_device(office, header.device)
    if device is None:
        raise Refused(_NOT_ACCEPTED.fill(name=name))
    return device


def _join(all_told: Answering, told: Answering, made_ms: int) -> None:
    """Several bundles of one laptop have one answer; where it is, the youngest of them says."""
    if made_ms > all_told.asked_ms:
        all_told.asked_ms, all_told.campaign_hash = made_ms, told.campaign_hash
        all_told.places |= told.places
    all_told.answers += told.answers
    all_told.touched |= told.touched
    for riding_id, through in told.through.items():
        all_told.through[riding_id] = max(through, all_told.through.get(riding_id, 0))


def take_up(
    office: Office,
    device: Device,
    found: Iterable[Item],
    told: Answering,
    taken: Taken,
    *,
    before_restore: bool = False,
) -> None:
    """Take in the items of a laptop's bundle, each the way HTTP would. Raises BadMessage and what `found` raises.

    `before_restore`: it was written for an earlier headquarters. What that one knew before it may come back with another
    sync, or never; so what it brings is heard out even where something before it is lacking.
    """
    parted: dict[int, _Parted] = {}
    for item in found:
        riding_id = item.riding_id
        try:
            match item.kind:
                case "ask":
                    told.campaign_hash = take(item, Ask).campaign_hash
                case "place":
                    told.places[riding_id] = take(item, PlaceNow)
                case "asset":
                    filing.take_asset(office, device, riding_id, item.name, take(item, Asset))
                case "roster":
                    filing.take_chunks(office, device, riding_id, item.name, take(item, RosterPart))
                case "sealed":
                    if not is_whole(office.read(), riding_id, item.name):
                        filing.seal_roster(office, device, riding_id, item.name)
                case "relay":
                    taken.events += take_relayed(office, device, riding_id, take(item, Relay)).taken
                    told.touched.add(riding_id)
                case "events":
                    batch = take(item, Batch)
                    _events(office, device, riding_id, batch, told, taken, parted, before_restore)
                case _:
                    pass
        except No as no:
            taken.notes.append(no.text)


@dataclass(slots=True)
class _Parted:
    """A riding in which a file's events do not follow what headquarters has any more.

    `heard_out`: what comes is kept all the same, and said again; `names`: under which numbers that stands here.
    """

    heard_out: bool
    names: dict[Key, Key] = field(default_factory=dict[Key, Key])


def _events(
    office: Office,
    device: Device,
    riding_id: int,
    batch: Batch,
    told: Answering,
    taken: Taken,
    parted: dict[int, _Parted],
    before_restore: bool,
) -> None:
    way, refusal = parted.get(riding_id), None
    if way is None:
        try:
            if not _batch(office, device, riding_id, batch, told, taken):
                return
            # The other half of a copy speaks.
            way = parted[riding_id] = _Parted(True)
        except No as no:
            # What follows begins after this one and would be refused for that.
            way, refusal = _Parted(before_restore and no.code == "gap"), no
            parted[riding_id] = way
            if way.heard_out:
                taken.forks += hear_out(office, device, riding_id, batch, way.names)
    elif way.heard_out:
        taken.forks += hear_out(office, device, riding_id, batch, way.names)
    if way.heard_out:
        way.names |= called_here(office, riding_id, batch)
        told.touched.add(riding_id)
    if refusal is not None:
        raise refusal


def _batch(
    office: Office, device: Device, riding_id: int, batch: Batch, told: Answering, taken: Taken
) -> bool:
    """Take in a batch as a push; whether it forked. Raises No."""
    had = _watermark(office, riding_id, device.device_id)
    try:
        signed = receive(office, device, riding_id, batch)
    except No as no:
        told.answers.append(
            put(
                "refusal",
                Refusal(
                    from_seq=batch.from_seq, to_seq=batch.to_seq, code=no.code, en=no.text.en, fr=no.text.fr,
                    have=no.have,
                ),
                riding_id,
            )
        )  # fmt: skip
        raise
    receipt = open_receipt(office.public_key, Receipt, signed)
    names = names_digest(event_name(raw) for raw in batch.events)
    told.answers.append(put("receipt", Acknowledgement(signed=signed, events=names), riding_id))
    new = max(0, _watermark(office, riding_id, device.device_id) - had)
    taken.events += new
    taken.already += max(0, len(batch.events) - new - len(receipt.forks))
    taken.quarantined += len(receipt.quarantined)
    taken.forks += len(receipt.forks)
    if not receipt.forks:
        told.through[riding_id] = max(batch.to_seq, told.through.get(riding_id, 0))
    told.touched.add(riding_id)
    return bool(receipt.forks)


def _watermark(office: Office, riding_id: int, device_id: bytes) -> int:
    rows = office.read().query(
        "SELECT last_seq FROM device_log WHERE riding_id = ? AND device_id = ?", (riding_id, device_id)
    )
    return int(rows[0][0]) if rows else 0


# --- answering --------------------------------------------------------------------------------------


def write_answer(office: Office, device: Device, told: Answering, folder: Path, sizes: Sizes = USUAL) -> Kept:
    """Write a laptop's answer into `folder`, sealed to it, and read it back. Raises StorageProblem, DiskFull."""
    header, blocks = answer(office, device, told, sizes)
    return keep_bundle(folder, file_name(header, office.time_zone()), blocks)


def answer(
    office: Office, device: Device, told: Answering, sizes: Sizes = USUAL
) -> tuple[Header, Iterator[bytes]]:
    """A laptop's answer as bytes, with its header."""
    keys, ephemeral = keys_of(office, device.device_id), os.urandom(32)
    ridings = [one.riding_id for one in riding_states(office, device.device_id, device.ridings)]
    header = make_header(
        DOWN, epoch=office.epoch, ridings=ridings, device=device.device_id, recipient=keys.box, ephemeral=ephemeral,
        made_ms=office.now_ms(),
    )  # fmt: skip
    inside = pieces(down_items(office, device, told, sizes.page_events))
    return header, seal(header, ephemeral, keys.box, office.seed, inside, sizes.chunk_bytes)


def down_items(office: Office, device: Device, told: Answering, page_events: int) -> Iterator[Item]:
    """The items of a bundle to a laptop: HQ's greeting, the answers to what it sent, and what others did since."""
    states = riding_states(office, device.device_id, device.ridings)
    text, campaign_hash = office.campaign()
    yield put(
        "hello",
        Hello(
            protocol=PROTOCOL, epoch=office.epoch, server_time=office.now_ms(), campaign_hash=campaign_hash,
            ridings=states, hq_box=office.box_key, role=device.role.value,
        ),
    )  # fmt: skip
    if text and told.campaign_hash != campaign_hash:
        yield put("campaign", CampaignSettings(text=text, hash=sha256(text.encode()).digest()))
    yield from told.answers
    for state in states:
        pages = _pages(office, device, state.riding_id, told, page_events)
        yield from auditing.handed_items(office, device, state.riding_id, pages)


def _pages(
    office: Office, device: Device, riding_id: int, told: Answering, page_events: int
) -> Iterator[Item]:
    place = told.places.get(riding_id, PlaceNow(cursor="", acked_through=0))
    cursor, stale = place.cursor, ""
    try:
        after = sending.read_cursor(office, cursor, riding_id, device.scope_generation)
    except No:
        after, cursor, stale = 0, "", cursor
    # A laptop at the beginning is sent its own events too: it may lack some.
    skip = max(place.acked_through, told.through.get(riding_id, 0)) if cursor else 0
    sent: set[bytes] = set()
    yield from files_of(office.read(), riding_id, place.assets, place.rosters, sent)
    yield put("run", Run(after=after, skip=skip, stale=stale), riding_id)
    more = True
    while more:
        page = sending.page(office, device, riding_id, cursor, page_events, skip)
        events, _, _ = open_page(page)
        yield from files_of(office.read(), riding_id, named_assets(events), named_rosters(events), sent)
        yield put("page", page, riding_id)
        cursor, more = page.cursor, page.more


def export_for(office: Office, name: str, out: Path) -> Kept:
    """Write everything in a laptop's scope into `out`, sealed to it. `name`: its id, the id's beginning, or its label.

    Raises NotFound, StorageProblem, DiskFull.
    """
    rows = office.read().query("SELECT device_id, name FROM device WHERE revoked = 0")
    plain = name.strip().lower()
    found = [
        bytes(device_id)
        for device_id, label in rows
        if str(label).lower() == plain or (len(plain) >= 4 and bytes(device_id).hex().startswith(plain))
    ]
    device = find_device(office, found[0]) if len(found) == 1 else None
    if device is None:
        raise NotFound(_NO_DEVICE.fill(name=name.strip()))
    return write_answer(office, device, Answering(), out)
