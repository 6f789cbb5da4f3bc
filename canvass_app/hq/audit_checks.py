"""Whether the log of who saw whom is whole at headquarters: for `canvass-hq audit verify` and `canvass-hq doctor`."""

from __future__ import annotations

from canvass_app.domain.text import Text
from canvass_app.services.audit_words import flaw_words
from canvass_app.storage.audit_check import Checked, Flaw, check_riding, index_again

from .auditing import HEADQUARTERS
from .checks import HqHealth
from .office import Office
from .ridings import riding_ids

_FLAW = Text(
    "Riding {number}, record of who saw whom of {device}: {what}. What comes before is sound. Keep this database as it "
    "is, ask who could write to it, and compare with a backup.",
    "Circonscription {number}, registre de consultation de {device} : {what}. Ce qui précède est intact. Conservez cette "
    "base telle quelle, demandez-vous qui pouvait y écrire et comparez avec une sauvegarde.",
)
_TOLD = Text(
    "Riding {number}, record of who saw whom of {device}: {what}. Headquarters noted it; a new record was begun.",
    "Circonscription {number}, registre de consultation de {device} : {what}. Le quartier général l’a noté; un nouveau "
    "registre a commencé.",
)
_OWN = Text("headquarters", "quartier général")


def check_audit(office: Office, health: HqHealth, *, repair: bool = False) -> Checked:
    """Walk every chain of every riding. A chain that a laptop broke, or a restore cut short, is a note; the rest findings.

    `repair` writes anew what finds the records. The records are never changed.
    """
    every = Checked()
    for riding_id in riding_ids(office.read()):
        found = check_riding(office.read(), riding_id)
        if repair and any(one.why == "index" for one in found.flaws):
            office.write(lambda db, riding_id=riding_id: index_again(db, riding_id))
            health.repaired += 1
            found = check_riding(office.read(), riding_id)
        every.records += found.records
        every.chains += found.chains
        every.flaws += found.flaws
    names = {
        bytes(device): str(name) for device, name in office.read().query("SELECT device_id, name FROM device")
    }
    for flaw in every.flaws:
        _tell(flaw, names, health)
    return every


def _tell(flaw: Flaw, names: dict[bytes, str], health: HqHealth) -> None:
    name = names.get(flaw.device_id) or flaw.device_id.hex()[:8]
    device = _OWN if flaw.device_id == HEADQUARTERS else Text(name, name)
    what = flaw_words(flaw)
    noted = flaw.why in ("fork", "came", "restored") or (flaw.why == "cut" and flaw.device_id != HEADQUARTERS)
    text = _TOLD if noted else _FLAW
    told = Text(
        text.en.format(number=flaw.riding_id % 100_000, device=device.en, what=what.en),
        text.fr.format(number=flaw.riding_id % 100_000, device=device.fr, what=what.fr),
    )
    (health.notes if noted else health.findings).append(told)
