"""Assets and rosters at headquarters: asked for, taken in when they are what their names say, handed out."""

from __future__ import annotations

from canvass_app.storage.database import Connection
from canvass_app.storage.roster_store import is_whole
from canvass_app.sync.assets import (
    check_asset,
    check_chunk,
    drop_roster,
    load_asset,
    load_part,
    missing_assets,
    roster_index,
    roster_verifies,
    store_asset,
    store_part,
)
from canvass_app.sync.codec import BadMessage
from canvass_app.sync.messages import Asset, Done, Names, RosterCut, RosterIndex, RosterPart

from .devices import Device
from .office import Office
from .projecting import catch_up, roster_came
from .refusals import bad_request, not_found
from .sending import check_scope
from .slicing import cut_roster, slice_of

MOST_NAMES = 10_000
MOST_CHUNKS = 4_000
MOST_CHUNKS_A_PART = 512


def missing(office: Office, device: Device, riding_id: int, asked: Names) -> Names:
    """Which of these assets headquarters lacks. Raises No."""
    check_scope(office, device, riding_id)
    if len(asked.hashes) > MOST_NAMES or any(len(one) != 32 for one in asked.hashes):
        raise bad_request()
    return Names(hashes=missing_assets(office.read(), riding_id, asked.hashes))


def take_asset(office: Office, device: Device, riding_id: int, name: bytes, asset: Asset) -> Done:
    """Keep an asset. Raises No."""
    check_scope(office, device, riding_id)
    try:
        check_asset(name, asset)
    except BadMessage as error:
        raise bad_request("hash") from error
    office.write(lambda db: store_asset(db, riding_id, name, asset))
    return Done()


def give_asset(office: Office, device: Device, riding_id: int, name: bytes) -> Asset:
    """An asset. Raises No (404) when it is not here."""
    check_scope(office, device, riding_id)
    asset = load_asset(office.read(), riding_id, name)
    if asset is None or not _may_have(office, device, riding_id, name, asset):
        raise not_found()
    return asset


def _may_have(office: Office, device: Device, riding_id: int, name: bytes, asset: Asset) -> bool:
    """Of lists, who holds a part has their own; what names nobody is everybody's."""
    if asset.kind != "walk_list" or not device.holds_a_part:
        return True
    catch_up(office, riding_id)
    return name in slice_of(office, device, riding_id).assets


def give_cut(office: Office, device: Device, riding_id: int, name: bytes) -> RosterCut:
    """What a roster says of the device's part, as that is at this moment. Raises No."""
    check_scope(office, device, riding_id)
    if not device.holds_a_part:
        raise not_found()
    catch_up(office, riding_id)
    db = office.read()
    subjects = slice_of(office, device, riding_id).subjects
    cut = cut_roster(db, riding_id, name, subjects, device.role) if is_whole(db, riding_id, name) else None
    if cut is None:
        raise not_found()
    return cut


def give_index(office: Office, device: Device, riding_id: int, name: bytes) -> RosterIndex:
    """Which chunks of a roster are here: none is an answer too. Raises No."""
    check_scope(office, device, riding_id)
    return roster_index(office.read(), riding_id, name)


def take_chunks(office: Office, device: Device, riding_id: int, name: bytes, part: RosterPart) -> Done:
    """Keep chunks of a roster until it is whole. Raises No."""
    check_scope(office, device, riding_id)
    try:
        for chunk in part.chunks:
            check_chunk(chunk)
            if chunk.number >= MOST_CHUNKS:
                raise BadMessage("a roster is too large")
    except BadMessage as error:
        raise bad_request("chunk") from error
    office.write(lambda db: store_part(db, riding_id, name, part.chunks))
    return Done()


def give_chunks(
    office: Office, device: Device, riding_id: int, name: bytes, numbers: list[int]
) -> RosterPart:
    """Chunks by number, as many as fit in an answer. Raises No."""
    check_scope(office, device, riding_id)
    if device.holds_a_part:
        raise not_found()
    part = load_part(office.read(), riding_id, name, numbers[:MOST_CHUNKS_A_PART])
    if not part:
        raise not_found()
    return RosterPart(chunks=part)


def seal_roster(office: Office, device: Device, riding_id: int, name: bytes) -> Done:
    """All chunks were sent: verify them together. What does not verify is dropped and can be sent again. Raises No."""
    check_scope(office, device, riding_id)
    if not roster_verifies(office.read(), riding_id, name):

        def work(db: Connection) -> None:
            # Another device may have sent the true chunks meanwhile.
            if not (is_whole(db, riding_id, name) and roster_verifies(db, riding_id, name)):
                drop_roster(db, riding_id, name)

        office.write(work)
        raise bad_request("roster")
    roster_came(office, riding_id)
    return Done()
