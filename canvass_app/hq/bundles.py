"""Bundles at headquarters: taken in the way pushes are; their answers are written by hq/answering.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from canvass_app.domain.errors import FileProblem, Refused, StorageProblem
from canvass_app.domain.roles import Role
from canvass_app.domain.text import Text
from canvass_app.ledger.events import Key
from canvass_app.services.bundle_files import Kept, reading
from canvass_app.services.bundling import CUT, DAMAGED_AFTER
from canvass_app.storage.roster_store import is_whole
from canvass_app.sync.boxes import HQ_BOX, box_secret
from canvass_app.sync.bundle_items import (
    Acknowledgement,
    Ask,
    Item,
    PlaceNow,
    Refusal,
    event_name,
    items,
    names_digest,
    put,
    take,
)
from canvass_app.sync.bundles import (
    UP,
    USUAL,
    Broken,
    Header,
    Read,
    Sizes,
    key_name,
    opened,
    read_header,
)
from canvass_app.sync.codec import BadMessage
from canvass_app.sync.messages import (
    Asset,
    AuditPart,
    Batch,
    Declare,
    Receipt,
    Relay,
    RosterPart,
)
from canvass_app.sync.signing import open_receipt

from . import auditing, filing
from .answering import Answering, write_answer
from .declaring import may_be_handed, note_declared
from .devices import MAY_FETCH, RECORDERS, Device, find_device, keys_of
from .office import Office
from .projecting import catch_up
from .receiving import called_here, hear_out, receive
from .refusals import No, not_found
from .relaying import take_relayed

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

_RECEIPTS_ONLY = Text(
    "“{name}” has not accepted the campaign’s declaration: its answer holds receipts and nothing of others. It is accepted "
    "there under Sync; the next bundle says so here.",
    "« {name} » n’a pas accepté la déclaration de la campagne : sa réponse contient des reçus et rien des autres. Elle "
    "s’accepte là-bas, sous Synchronisation; le prochain lot le dira ici.",
)


# As by the routes (policy.py): a stick opens nothing that they do not.
_ANYBODY = frozenset(Role)
_LEADS = MAY_FETCH - RECORDERS
_BRINGS = {
    "events": MAY_FETCH, "relay": _LEADS, "asset": _LEADS, "roster": _LEADS, "sealed": _LEADS
}  # fmt: skip


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
        # Read anew: its bundle may have said that the declaration was accepted.
        device = find_device(office, device_id)
        assert device is not None
        if not may_be_handed(office, device):
            for one in taken:
                if one.device == device_id:
                    one.notes.append(_RECEIPTS_ONLY.fill(name=device.name))
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
            if device.role not in _BRINGS.get(item.kind, _ANYBODY):
                raise not_found()
            match item.kind:
                case "ask":
                    told.campaign_hash = take(item, Ask).campaign_hash
                case "declared":
                    note_declared(office, device.device_id, take(item, Declare))
                case "place":
                    told.places[riding_id] = take(item, PlaceNow)
                case "asset":
                    filing.take_asset(office, device, riding_id, item.name, take(item, Asset))
                case "roster":
                    filing.take_chunks(office, device, riding_id, item.name, take(item, RosterPart))
                case "sealed":
                    if not is_whole(office.read(), riding_id, item.name):
                        filing.seal_roster(office, device, riding_id, item.name)
                case "sights":
                    auditing.take_records(office, device, riding_id, take(item, AuditPart))
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
