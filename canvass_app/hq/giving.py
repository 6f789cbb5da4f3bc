"""To whom a device is given: the names whose turfs and open lists it holds."""

from __future__ import annotations

import json
from collections.abc import Sequence

from canvass_app.domain.address import fold
from canvass_app.domain.errors import InputError
from canvass_app.domain.roles import NAMES as ROLE_NAMES
from canvass_app.domain.roles import RECORDERS, Role
from canvass_app.domain.text import Text
from canvass_app.storage.database import Connection

from .office import Office

MOST_NAMES, MOST_LETTERS = 20, 100
_FOR_WHOM = Text(
    "A device of this role ({role}) holds what is given to somebody: say to whom (--for), as the turf or the list names them. "
    "Nothing was changed.",
    "Un appareil de ce rôle ({role}) contient ce qui est confié à quelqu’un : dites à qui (--for), comme le nomme le secteur ou "
    "la liste. Rien n’a été modifié.",
)
_WHOLE = Text(
    "A device of this role ({role}) holds whole ridings: nothing is given to it by name. Nothing was changed.",
    "Un appareil de ce rôle ({role}) contient des circonscriptions entières : rien ne lui est confié par nom. Rien n’a été modifié.",
)
_OBSERVERS = Text(
    "Observers see totals on headquarters’ pages, and hold nobody’s data: “canvass-hq person add --role observer” gives them a "
    "login. Nothing was changed.",
    "Les observateurs voient les totaux sur les pages du quartier général et n’ont les données de personne : « canvass-hq "
    "person add --role observer » leur donne un accès. Rien n’a été modifié.",
)


def checked_names(role: Role, names: Sequence[str]) -> list[str]:
    """The names whose turfs and lists a device of this role is to hold. Raises InputError where they do not fit it."""
    tidy = list(dict.fromkeys(" ".join(one.split())[:MOST_LETTERS] for one in names if fold(one)))[
        :MOST_NAMES
    ]
    if role is Role.OBSERVER:
        raise InputError(_OBSERVERS)
    word = ROLE_NAMES[role]
    if role in RECORDERS and not tidy:
        raise InputError(Text(_FOR_WHOM.en.format(role=word.en), _FOR_WHOM.fr.format(role=word.fr)))
    if tidy and role not in RECORDERS | {Role.LEAD}:
        raise InputError(Text(_WHOLE.en.format(role=word.en), _WHOLE.fr.format(role=word.fr)))
    return tidy


def give_to(office: Office, device_id: bytes, names: Sequence[str]) -> bool:
    """Have a device hold what is given to these names from now on; whether that changed anything. Raises InputError.

    What it holds no more leaves it at its next sync.
    """

    def work(db: Connection) -> bool:
        rows = db.query("SELECT role, given_to FROM device WHERE device_id = ?", (device_id,))
        if not rows:
            return False
        wanted = json.dumps(checked_names(Role(rows[0][0]), names), ensure_ascii=False)
        if rows[0][1] == wanted:
            return False
        db.run(
            "UPDATE device SET given_to = ?, scope_generation = scope_generation + 1 WHERE device_id = ?",
            (wanted, device_id),
        )
        return True

    return office.write(work)
