"""Steps of bad luck: clocks, disks, dying programs, restored and copied machines, and the passing of time."""

from __future__ import annotations

from canvass_app.hq.projecting import rebuild_riding

from .steps import Step, op
from .town import RIDING, ZONE
from .world import DAY, MINUTE, World

MOST_LAPTOPS = 5
_PAUSES = (MINUTE, 60 * MINUTE, 60 * MINUTE, DAY, 7 * DAY, 60 * DAY)
_YEAR = 365 * DAY
_JUMPS = (
    0,
    0,
    2 * MINUTE,
    -2 * MINUTE,
    20 * MINUTE,
    -60 * MINUTE,
    60 * MINUTE,
    DAY,
    _YEAR,
    -_YEAR,
    10 * _YEAR,
    -10 * _YEAR,
    -57 * _YEAR,
)


@op(3)
def wait(world: World, step: Step) -> str:
    """Time passes: minutes or weeks."""
    world.ms += _PAUSES[step.a % len(_PAUSES)]
    return f"{_PAUSES[step.a % len(_PAUSES)] // MINUTE} minutes"


@op(0.8)
def clock(world: World, step: Step) -> str:
    """A laptop's clock jumps, or is put right."""
    laptop = world.laptop(step)
    laptop.skew_ms = _JUMPS[step.a % len(_JUMPS)]
    return f"{laptop.skew_ms / DAY:+.2f} days from the truth"


@op(1)
def crash(world: World, step: Step) -> str:
    """The next commit of a laptop is its last, before or after it is durable."""
    world.laptop(step).memory.crash_at = ("before", "after")[step.a % 2]
    return f"will die {('before', 'after')[step.a % 2]} its next commit"


@op(0.7)
def restart(world: World, step: Step) -> str:
    """The program is closed and opened again."""
    world.laptop(step).start()
    return "started again"


@op(0.8)
def fill_disk(world: World, step: Step) -> str:
    """The disk fills up, in the middle of something or at once; or somebody makes room."""
    laptop = world.laptop(step)
    if step.b % 3 == 0:
        laptop.memory.leave_room(None)
        return "room again"
    laptop.memory.leave_room(step.a % 5)
    return f"{step.a % 5} pages left"


@op(0.5)
def lie(world: World, step: Step) -> str:
    """From now on a laptop's disk says "flushed" and keeps the database only in its cache; the journal's file is well."""
    laptop = world.laptop(step)
    if laptop.lied_at is None:
        laptop.lied_at = laptop.memory.copy()
    return "the disk lies"


@op(0.7)
def power_cut(world: World, step: Step) -> str:
    """Power goes: what the disk only said it kept is gone. The journal brings it back at the start."""
    laptop = world.laptop(step)
    if laptop.lied_at is None:
        laptop.start()
        return "nothing was lost"
    before = laptop.own_last()
    laptop.memory.go_back_to(laptop.lied_at)
    laptop.lied_at, laptop.has_cursor = None, False
    world.stamps.clear()
    kept = laptop.own_last()
    laptop.start()
    world.count_losses(spared=laptop.book.device_id)
    return f"own events: {before} before, {kept} on the disk, {laptop.own_last()} after the start"


@op(0.5)
def back_up(world: World, step: Step) -> str:
    """A laptop's daily backup."""
    laptop = world.laptop(step)
    laptop.backup = laptop.memory.copy()
    return f"{laptop.own_last()} own events in it"


@op(0.25)
def restore_laptop(world: World, step: Step) -> str:
    """A laptop is stolen; its backup is opened on a new one. What was in neither is lost."""
    laptop = world.laptop(step)
    if laptop.backup is None:
        return "no backup"
    before = laptop.own_last()
    laptop.replace(laptop.backup)
    world.stamps.clear()
    world.count_losses()
    return f"own events: {before} before, {laptop.own_last()} in the backup"


@op(0.2)
def clone(world: World, step: Step) -> str:
    """A laptop's folder is copied to another one, and both go on."""
    if len(world.laptops) >= MOST_LAPTOPS:
        return "enough laptops"
    twin = world.laptop(step).twin(len(world.laptops))
    world.laptops.append(twin)
    return f"laptop {twin.index} is a copy"


@op(0.3)
def revoke(world: World, step: Step) -> str:
    """Headquarters refuses a laptop."""
    world.hq.revoked.add(world.laptop(step).book.device_id)
    return "revoked"


@op(0.6)
def readmit(world: World, step: Step) -> str:
    """Headquarters takes everybody in again."""
    world.hq.revoked.clear()
    return "readmitted"


# --- headquarters ---------------------------------------------------------------------------------


@op(3)
def project_hq(world: World, step: Step) -> str:
    """Headquarters' projector does its work."""
    world.hq.catch_up()
    return "caught up"


@op(0.3)
def rebuild_hq(world: World, step: Step) -> str:
    """Headquarters throws its projections away and folds everything again."""
    with world.hq.memory.write() as db:
        rebuild_riding(db, RIDING, ZONE)
    return "rebuilt"


@op(0.5)
def back_up_hq(world: World, step: Step) -> str:
    """Headquarters' nightly backup."""
    world.hq_backups.append(world.hq.memory.copy())
    return f"backup {len(world.hq_backups)}"


@op(0.2)
def restore_hq(world: World, step: Step) -> str:
    """Headquarters goes back to a backup and says so by a new epoch."""
    if not world.hq_backups:
        return "no backup"
    chosen = step.a % len(world.hq_backups)
    world.check_deliveries()
    world.note_stamps()
    world.hq.restore(world.hq_backups[chosen])
    for laptop in world.laptops:
        laptop.has_cursor = False
    world.count_losses()
    return f"backup {chosen + 1}"
