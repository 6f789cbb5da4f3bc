"""Messages of protocol 1: msgpack maps inside a zstd or gzip frame (see `codec`).

Unknown fields are ignored, so that a newer side may say more. Ids and hashes are bytes, times
milliseconds UTC. Events travel as their exact stored bytes.
"""

from __future__ import annotations

import msgspec

PROTOCOL = 1
CONTENT_TYPE = "application/vnd.canvass.sync+msgpack"
PROBLEM_TYPE = "application/vnd.canvass.problem+msgpack"
JSON_PROBLEM_TYPE = "application/problem+json"
UNDECLARED_CODE = "declaration"
"""A problem's code: nothing is handed out before the campaign's declaration is accepted."""

MAX_BATCH_EVENTS = 5_000
MAX_BATCH_BYTES = 4 << 20
MAX_MESSAGE_BYTES = 64 << 20
"""A message's most bytes, expanded."""
MAX_FRAME_BYTES = 24 << 20
"""A message's most bytes on the wire."""


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all messages share."""


class Problem(Message, frozen=True, kw_only=True):
    """Why headquarters did not do it. `code` is for programs, the texts are for people."""

    code: str
    en: str
    fr: str
    have: int = 0
    """With code "gap": through which number headquarters has this device's events."""


class RidingName(Message, frozen=True, kw_only=True):
    """A riding's names, as its owner knows them."""

    en: str = ""
    fr: str = ""
    province: str = ""


class Enrol(Message, frozen=True, kw_only=True):
    """A laptop asks to join. `proof` signs `enrol_proof(...)` with the laptop's own key; `box_key` seals bundles to it."""

    protocol: int
    code: str
    device_id: bytes
    device_name: str
    public_key: bytes
    proof: bytes
    box_key: bytes = b""


class Enrolled(Message, frozen=True, kw_only=True):
    """The laptop has joined. `token` is shown for some minutes, then `refresh` earns the next; `campaign` is the
    settings' JSON, "" when none."""

    token: str
    hq_key: bytes
    epoch: bytes
    campaign: str
    ridings: list[RidingState]
    numbers_first: int
    numbers_count: int
    server_time: int
    hq_box: bytes = b""
    """Headquarters' box key: what bundles for it are sealed to."""
    refresh: str = ""
    role: str = ""
    """What the laptop's owner does (domain.roles); "" from a headquarters that does not say."""
    device_name: str = ""
    """What headquarters calls this laptop."""


class Renew(Message, frozen=True, kw_only=True):
    """A laptop's pass has run out. `proof` signs `renewal_proof(refresh)` with the laptop's own key."""

    protocol: int
    refresh: str
    proof: bytes


class Renewed(Message, frozen=True, kw_only=True):
    """The next pass, and what earns the one after it."""

    token: str
    refresh: str


class AskStanding(Message, frozen=True, kw_only=True):
    """A laptop whose pass is refused, or that misses ridings, asks what it is to do.

    `ridings`: those that it holds and was not shown. `proof` signs `standing_words(...)` with the laptop's own key.
    """

    protocol: int
    device_id: bytes
    nonce: bytes
    ridings: list[int]
    proof: bytes


class Standing(Message, frozen=True, kw_only=True):
    """What headquarters says of a laptop; always signed, so that nobody in between can have it emptied.

    `state`: "in", "ended" (it needs a code) or "revoked". `wipe`: it is to hand in what is unsent and hold nothing more;
    `confirm` says later that it was done. `lost`: of the ridings asked about, those that were taken from it.
    """

    device_id: bytes
    nonce: bytes
    state: str
    wipe: bool
    confirm: bytes
    lost: list[int]
    epoch: bytes
    hq_box: bytes
    server_time: int


class HandIn(Message, frozen=True, kw_only=True):
    """A part of a sealed bundle from a laptop that may no longer push what is in it.

    `seal` is the root over the bundle's chunks (`bundles.look_at`), `part` counts from 0. `proof` signs
    `hand_in_words(...)`; it may have been made before the laptop was emptied.
    """

    protocol: int
    device_id: bytes
    seal: bytes
    part: int
    parts: int
    data: bytes
    proof: bytes


class HandedIn(Message, frozen=True, kw_only=True):
    """What of a handed-in bundle is durable; signed. `whole`: all of it, and it lies well."""

    device_id: bytes
    seal: bytes
    have: int
    whole: bool
    server_time: int


class Emptied(Message, frozen=True, kw_only=True):
    """A laptop says that it holds nothing more. `confirm` is what it was told with the order."""

    protocol: int
    device_id: bytes
    confirm: bytes


class Declare(Message, frozen=True, kw_only=True):
    """Somebody at this laptop accepted the campaign's declaration. `hash`: SHA-256 of its text in `language`, as it was
    shown; `by`: who."""

    protocol: int
    hash: bytes
    language: str
    by: str


class RidingState(Message, frozen=True, kw_only=True):
    """A riding that a device may see: its names, how far it goes, and what HQ has of this device."""

    riding_id: int
    name: RidingName
    last_sequence: int
    acked_through: int


class Hello(Message, frozen=True, kw_only=True):
    """The first answer of every exchange."""

    protocol: int
    epoch: bytes
    server_time: int
    campaign_hash: bytes
    ridings: list[RidingState]
    hq_box: bytes = b""
    role: str = ""
    scope: int = 0
    """How often what this device may hold was changed by headquarters."""
    taken: tuple[int, ...] = ()
    """On a stick, where nothing can be asked: the ridings that were taken from this device."""
    device_name: str = ""
    """What headquarters calls this laptop."""


class CampaignSettings(Message, frozen=True, kw_only=True):
    """The campaign's settings as JSON text, with their SHA-256."""

    text: str
    hash: bytes


class Batch(Message, frozen=True, kw_only=True):
    """A device's events from_seq..to_seq, without a hole.

    `stamps` holds (seq, stamp) of events that an earlier HQ, since restored, had stamped.
    """

    protocol: int
    device_id: bytes
    from_seq: int
    to_seq: int
    events: list[bytes]
    stamps: list[tuple[int, int]] = []
    riding: RidingName | None = None


class Relay(Message, frozen=True, kw_only=True):
    """Another device's events, which this laptop pulled before headquarters was restored and misses there now.

    `events` are (seq, stamp, bytes), seq ascending; a number may be missing that nobody but its writer ever had.
    """

    protocol: int
    epoch: bytes
    device_id: bytes
    events: list[tuple[int, int, bytes]]


class Relayed(Message, frozen=True, kw_only=True):
    """What became of a relay: `taken` are new at headquarters, which now goes through `have`."""

    taken: int
    have: int


class Receipt(Message, frozen=True, kw_only=True):
    """What HQ holds durably after a push.

    An event's stamp is its own clock reading unless `stamps` says otherwise; `sequences` holds runs
    (first seq, first riding_sequence, length). Quarantined and forked events have neither.
    """

    riding_id: int
    device_id: bytes
    from_seq: int
    to_seq: int
    acked_through: int
    stamps: list[tuple[int, int]]
    sequences: list[tuple[int, int, int]]
    quarantined: list[tuple[int, str]]
    forks: list[int]
    epoch: bytes
    server_time: int


class Signed(Message, frozen=True, kw_only=True):
    """A message and HQ's Ed25519 signature over its exact bytes."""

    payload: bytes
    signature: bytes


class Digest(Message, frozen=True, kw_only=True):
    """The digest of a riding's events up to a number, and how many they are."""

    through: int
    events: int
    digest: bytes


class Part(Message, frozen=True, kw_only=True):
    """The part of a riding that a device holds: the ids that it is about, in order, joined.

    Own events through number `own_through` that are about others are headquarters' alone from now on.
    """

    subjects: bytes
    own_through: int


class Page(Message, frozen=True, kw_only=True):
    """Events in HQ's order, each (riding_sequence, stamp, bytes), and the cursor after them.

    `digest` is there on the last page.
    """

    epoch: bytes
    cursor: str
    through: int
    more: bool
    events: list[tuple[int, int, bytes]]
    server_time: int
    digest: Digest | None = None
    part: Part | None = None
    """On the first page of a device that holds a part of the riding."""


class Names(Message, frozen=True, kw_only=True):
    """Hashes of assets: those asked about, or those that are missing."""

    hashes: list[bytes]


class Asset(Message, frozen=True, kw_only=True):
    """Immutable bytes, zstd-compressed; named by the SHA-256 of the plain bytes.

    `redacted`: a frozen list from which an erasure took somebody. Its bytes no longer make its name.
    """

    kind: str
    size: int
    data: bytes
    redacted: bool = False


class ChunkName(Message, frozen=True, kw_only=True, array_like=True):
    """A roster chunk's place, the hash of its leaves (which makes the roster's name) and of its rows."""

    number: int
    leaves: bytes
    rows: bytes


class RosterIndex(Message, frozen=True, kw_only=True):
    """The chunks of a roster that are there. `whole`: together they have the roster's name."""

    whole: bool
    chunks: list[ChunkName]


class RosterChunk(Message, frozen=True, kw_only=True, array_like=True):
    """A chunk on its way: `ledger.rosters.Chunk` with its place."""

    number: int
    first_key: bytes
    leaves: bytes
    rows: bytes


class RosterPart(Message, frozen=True, kw_only=True):
    """Some chunks of a roster, in order."""

    chunks: list[RosterChunk]


class RosterCut(Message, frozen=True, kw_only=True):
    """What a roster says of the part that a device holds: a roster by itself, of the name `cut`."""

    cut: bytes
    chunks: list[RosterChunk]


class AuditSet(Message, frozen=True, kw_only=True):
    """A set of references that records of the log of who saw whom name: eight bytes each, sorted, joined."""

    name: bytes
    refs: bytes


class AuditPart(Message, frozen=True, kw_only=True):
    """Records first.. of one chain of a device's log of who saw whom, whose head is `head`, and the sets that they name.

    `heads` are what headquarters signed of its own chains for this device before; `known` the last of them.
    """

    protocol: int
    chain: bytes
    first: int
    records: list[bytes]
    head: int
    sets: list[AuditSet] = []
    known_chain: bytes = b""
    known: int = 0
    heads: list[Signed] = []


class AuditReceipt(Message, frozen=True, kw_only=True):
    """What headquarters holds durably of a chain (through record `have`, whose hash it is), and how far its own has come.

    `parted`: the chain shows something else than headquarters holds under its numbers, or less; it is marked, and the device
    begins another. `then` is the hash of the record of headquarters' own chain that the device asked about as known.
    """

    riding_id: int
    chain: bytes
    have: int
    hash: bytes
    parted: bool
    own_chain: bytes
    own_number: int
    own_hash: bytes
    then: bytes
    epoch: bytes
    server_time: int


class SightRow(Message, frozen=True, kw_only=True):
    """A line of an answer to "who saw"."""

    wall_ms: int
    act: str
    who: str
    device: bytes
    device_name: str
    what: str
    numbers: list[int]
    reason: str
    count: int
    times: int
    first_ms: int


class WhoSaw(Message, frozen=True, kw_only=True):
    """Who saw one person, the newest first. `more`: there are older ones that are left out."""

    rows: list[SightRow]
    more: bool
    server_time: int


class Done(Message, frozen=True, kw_only=True):
    """It is durable."""

    protocol: int = PROTOCOL
