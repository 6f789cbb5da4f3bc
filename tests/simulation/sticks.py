"""USB sticks: the product's own bundles, byte for byte, carried to headquarters by anybody and back again.

What a stick does wrong is done here: files are imported in any order, twice, years late, cut at any byte, with a bit
changed. Written and read they are by the code that writes and reads real files (sync/bundle*.py, hq/bundles.py).
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from canvass_app.domain.errors import FileProblem, Refused, SyncProblem
from canvass_app.hq.answering import Answering, answer
from canvass_app.hq.bundles import import_bytes
from canvass_app.hq.devices import find_device
from canvass_app.sync.boxes import HQ_BOX, LAPTOP_BOX, box_key, box_secret
from canvass_app.sync.bundle_down import Brought, take_down
from canvass_app.sync.bundle_items import Item, items, pieces, take
from canvass_app.sync.bundle_up import Loaded, ridings_to_ask, up_items
from canvass_app.sync.bundles import (
    UP,
    Broken,
    NotABundle,
    Sizes,
    key_name,
    make_header,
    opened,
    read_header,
    seal,
)
from canvass_app.sync.messages import Batch
from canvass_app.sync.problems import COPIED
from canvass_app.sync.replica import Replica

from .headquarters import Headquarters, keys_of, seed_of
from .laptop import HQ_KEY, Laptop
from .town import ZONE

HQ_SEALED = box_key(bytes(range(32)), HQ_BOX)
FINE = Sizes(chunk_bytes=4096, batch_events=16, page_events=12)
"""So finely divided that a cut stick is good for something."""


@dataclass
class Up:
    """A bundle to headquarters, and the events in it, which nobody but headquarters can see."""

    data: bytes
    raws: list[bytes]


@dataclass
class Stick:
    """Bundles on their way up, and on their way down."""

    up: list[Up] = field(default_factory=list)
    down: list[bytes] = field(default_factory=list)

    def raws(self) -> list[bytes]:
        """Every event on its way up."""
        return [raw for one in self.up for raw in one.raws]


def _replica(laptop: Laptop) -> Replica:
    book = laptop.book
    return Replica(
        database=laptop.memory, device_id=book.device_id, clock=book.clock, time_zone=ZONE, hq_key=HQ_KEY,
        timer=lambda: 0.0,
    )  # fmt: skip


def load(stick: Stick, laptop: Laptop) -> int:
    """Write the laptop's bundle on the stick; how many events that is. With nothing to send it writes none."""
    me = _replica(laptop)
    db, ephemeral, loaded = laptop.memory.read(), os.urandom(32), Loaded()
    ridings = ridings_to_ask(me)
    raws: list[bytes] = []
    header = make_header(
        UP, epoch=me.epoch(db), ridings=ridings, device=me.device_id, recipient=HQ_SEALED, ephemeral=ephemeral,
        made_ms=laptop.now_ms(),
    )  # fmt: skip

    def noted() -> Iterator[Item]:
        for item in up_items(me, ridings, b"", loaded, FINE.batch_events):
            if item.kind == "events":
                raws.extend(take(item, Batch).events)
            yield item

    blocks = seal(header, ephemeral, HQ_SEALED, seed_of(me.device_id), pieces(noted()), FINE.chunk_bytes)
    data = b"".join(blocks)
    if loaded.events:
        stick.up.append(Up(data, raws))
    return loaded.events


def _mistreated(data: bytes, chance: random.Random) -> bytes:
    """A copy that stopped, or of which a bit is another."""
    place = chance.randrange(len(data))
    if chance.random() < 0.7:
        return data[:place]
    return data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]


def deliver(stick: Stick, hq: Headquarters, chance: random.Random, *, cut: bool) -> tuple[int, int]:
    """Import a stick at headquarters, in any order, some files twice; (taken, refused). `cut`: some are not what they were."""
    files = [_mistreated(one.data, chance) if cut else one.data for one in stick.up]
    files += chance.sample(files, chance.randrange(len(files) + 1))
    chance.shuffle(files)
    answering: dict[bytes, Answering] = {}
    taken = 0
    for data in files:
        try:
            header, _ = read_header(BytesIO(data).read)
            hq.meet(header.device)
            taken += not import_bytes(hq.office, "stick", BytesIO(data).read, answering).notes
        except (NotABundle, FileProblem, Refused):
            continue
    for device_id, told in answering.items():
        device = find_device(hq.office, device_id)
        assert device is not None
        stick.down.append(b"".join(answer(hq.office, device, told, FINE)[1]))
    return taken, len(files) - taken


def bring_back(stick: Stick, laptop: Laptop, chance: random.Random | None = None) -> int:
    """Take in every answer that is for this laptop, some of them cut or changed with `chance`; how many events that
    told of. Raises DiskFull or Crash half-way."""
    # One exchange at a time.
    laptop.hang_up()
    used = 0
    for data in list(stick.down):
        if chance is not None and chance.random() < 0.2:
            data = _mistreated(data, chance)
        used += _one(data, laptop)
    return used


def _one(data: bytes, laptop: Laptop) -> int:
    me, brought = _replica(laptop), Brought()
    secret = box_secret(seed_of(me.device_id), LAPTOP_BOX)
    epoch = me.epoch(laptop.memory.read())
    read = BytesIO(data).read
    try:
        header, top = read_header(read)
        if header.box != key_name(keys_of(me.device_id)[1]):
            return 0
        take_down(me, header.epoch, items(opened(read, header, top, secret, HQ_KEY)), brought)
    except (NotABundle, Broken, Refused):
        pass
    except SyncProblem as problem:
        if problem.text != COPIED:
            raise
        laptop.forked = True
    finally:
        laptop.has_cursor &= epoch == me.epoch(laptop.memory.read())
    laptop.forked |= bool(brought.forks)
    return brought.acknowledged + brought.pulled
