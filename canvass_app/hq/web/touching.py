"""What somebody who is logged in may see and touch: devices, roles of codes, ridings."""

from __future__ import annotations

from canvass_app.domain.riding import Riding
from canvass_app.domain.roles import Role
from canvass_app.domain.text import Text
from canvass_app.hq.accounts import Account
from canvass_app.hq.office import Office
from canvass_app.hq.refusals import bad_request, not_found
from canvass_app.hq.ward import Known, every_device
from canvass_app.storage.database import Connection

_ROLES = {
    Role.ADMIN: (Role.LEAD, Role.CANVASSER, Role.CALLER, Role.ORGANISER, Role.ADMIN),
    Role.ORGANISER: (Role.LEAD, Role.CANVASSER, Role.CALLER, Role.ORGANISER),
}


def roles_given_by(account: Account) -> tuple[Role, ...]:
    """For which roles this person may give out codes: none above one's own."""
    return _ROLES.get(account.role, ())


def touches(account: Account, device: Known) -> bool:
    """Whether a device is this person's to see and to shut out: all of its ridings are, and its role is not above."""
    return account.covers(device.ridings) and (account.role is Role.ADMIN or device.role is not Role.ADMIN)


def devices_for(office: Office, account: Account) -> list[Known]:
    """The devices that are this person's, the last seen first."""
    return [one for one in every_device(office) if touches(account, one)]


def device_for(office: Office, account: Account, number: str) -> Known:
    """One of them, by its whole id. Raises No (404): foreign, unknown and impossible are the same."""
    for one in every_device(office):
        if one.device_id.hex() == number and touches(account, one):
            return one
    raise not_found()


def ridings_for(db: Connection, account: Account) -> list[Riding]:
    """The ridings of headquarters that are this person's."""
    rows = db.query(
        "SELECT c.riding_id, r.name_en, r.name_fr, r.province FROM riding_counter c"
        " JOIN riding r ON r.riding_id = c.riding_id ORDER BY c.riding_id"
    )
    return [
        Riding(int(riding_id), Text(str(en), str(fr)), str(province))
        for riding_id, en, fr, province in rows
        if account.may_see(int(riding_id))
    ]


def scope_of_code(
    office: Office, account: Account, role: str, every: bool, chosen: list[str]
) -> tuple[Role, frozenset[int] | None]:
    """The role and ridings of a code that this person asks for.

    Raises No: 404 for a riding that is not this person's, is unknown or is none; 400 for a role that is not offered.
    """
    if role not in [one.value for one in roles_given_by(account)]:
        raise bad_request("role")
    if every:
        if account.ridings is not None:
            raise not_found()
        return Role(role), None
    own = {str(one.riding_id): one.riding_id for one in ridings_for(office.read(), account)}
    if not all(one in own for one in chosen):
        raise not_found()
    return Role(role), frozenset(own[one] for one in chosen)
