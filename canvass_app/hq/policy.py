"""Who may ask headquarters for what: every route stands in this table, and one that does not ends the start.

The table is looked at before a route's own code runs (`admit`), so that no route can forget to ask. Whoever may not is told
what whoever asks for nothing is told: 404. Which ridings a device or a person may see is asked by the routes themselves.
Devices show a token, people the session of their log-in; neither opens what is the other's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from fastapi.routing import APIRoute, iter_route_contexts
from starlette.requests import Request

from canvass_app.domain.roles import Role

from .declaring import may_be_handed
from .devices import MAY_FETCH, RECORDERS, Device, authenticate
from .refusals import not_found, undeclared
from .web.asking import PLACE, let_in

if TYPE_CHECKING:
    from fastapi import FastAPI

Roles = frozenset[Role]


class People(NamedTuple):
    """A page for people who log in: their roles, or None for the door itself. Only where the pages are served."""

    roles: Roles | None


ANYBODY: Final = None
"""No token is asked for: the route itself asks for what it needs (a code, a proof, this machine), or tells nothing."""
EVERY_ROLE: Final = frozenset(Role)
ORGANISERS: Final = frozenset({Role.ADMIN, Role.ORGANISER})
LEADS: Final = frozenset({Role.ADMIN, Role.ORGANISER, Role.LEAD})
# A canvasser and a caller hold what they were given, not the riding: what they fetch is cut to that (slicing.py), and
# of kinds of events they send those alone that somebody at a door or on the telephone says (receiving.py).
ONLOOKERS: Final = LEADS | {Role.OBSERVER}

KEEPERS: Final = People(frozenset({Role.ADMIN, Role.ORGANISER}))
LOGGED_IN: Final = People(frozenset({Role.ADMIN, Role.ORGANISER, Role.OBSERVER}))
THE_DOOR: Final = People(None)

_RIDING = "/v1/ridings/{riding_id}"
POLICY: Final[Mapping[tuple[str, str], Roles | People | None]] = {
    ("GET", "/healthz"): ANYBODY,
    ("GET", "/readyz"): ANYBODY,
    ("GET", "/metrics"): ANYBODY,  # this machine alone; see watching.may_see_figures
    ("POST", "/v1/enrol"): ANYBODY,  # a one-time code
    ("POST", "/v1/token"): ANYBODY,  # a refresh token, and a proof by the device's key
    ("POST", "/v1/standing"): ANYBODY,  # a proof by the device's key
    ("POST", "/v1/handed-in"): ANYBODY,  # a proof by the device's key, over every part
    ("POST", "/v1/emptied"): ANYBODY,  # what the order to empty itself gave it
    ("GET", "/v1/ridings"): EVERY_ROLE,
    ("GET", "/v1/campaign"): EVERY_ROLE,
    ("POST", "/v1/declaration"): EVERY_ROLE,
    ("POST", f"{_RIDING}/events"): MAY_FETCH,
    ("POST", f"{_RIDING}/audit"): EVERY_ROLE,
    ("GET", f"{_RIDING}/who-saw"): ORGANISERS,
    ("POST", f"{_RIDING}/relay"): LEADS,
    ("GET", f"{_RIDING}/events"): MAY_FETCH,
    ("GET", f"{_RIDING}/digest"): MAY_FETCH,
    ("GET", f"{_RIDING}/progress"): ONLOOKERS,
    ("POST", f"{_RIDING}/missing"): LEADS,
    ("PUT", f"{_RIDING}/assets/{{name}}"): LEADS,
    ("GET", f"{_RIDING}/assets/{{name}}"): MAY_FETCH,
    ("GET", f"{_RIDING}/rosters/{{name}}"): LEADS,
    ("PUT", f"{_RIDING}/rosters/{{name}}/chunks"): LEADS,
    ("GET", f"{_RIDING}/rosters/{{name}}/chunks"): LEADS,
    ("GET", f"{_RIDING}/rosters/{{name}}/part"): RECORDERS
    | {Role.LEAD},  # a lead whose device is given to a team
    ("POST", f"{_RIDING}/rosters/{{name}}/seal"): LEADS,
    ("GET", PLACE): LOGGED_IN,
    ("GET", f"{PLACE}/style.css"): THE_DOOR,
    ("GET", f"{PLACE}/language/{{language}}"): THE_DOOR,
    ("GET", f"{PLACE}/login"): THE_DOOR,
    ("POST", f"{PLACE}/login"): THE_DOOR,  # login and password; see logging_in.py
    ("POST", f"{PLACE}/logout"): LOGGED_IN,
    ("GET", f"{PLACE}/devices"): KEEPERS,
    ("GET", f"{PLACE}/devices/{{device}}"): KEEPERS,
    ("GET", f"{PLACE}/devices/{{device}}/revoke"): KEEPERS,
    ("POST", f"{PLACE}/devices/{{device}}/revoke"): KEEPERS,
    ("GET", f"{PLACE}/codes"): KEEPERS,
    ("POST", f"{PLACE}/codes"): KEEPERS,
    ("GET", f"{PLACE}/totals"): LOGGED_IN,
    ("GET", f"{PLACE}/totals/{{riding_id}}"): LOGGED_IN,
    ("GET", f"{PLACE}/history"): LOGGED_IN,
}
"""(method, path) of every route: the roles of devices, or of people, that may ask."""

SENDING: Final = frozenset({("GET", f"{_RIDING}/rosters/{{name}}")})
"""Reading that sending needs: which chunks of a roster, whose name the laptop knows, are here. Fingerprints, nobody's data."""
HANDING_OUT: Final = frozenset(
    one for one in POLICY if one[0] == "GET" and one[1].startswith(_RIDING) and one not in SENDING
)
"""What is handed out of a riding: to nobody on whose laptop the campaign's declaration was not accepted. What a laptop
sends is never kept waiting for it."""


class Undeclared(RuntimeError):
    """A route that is not in the table, or a line of it without a route: headquarters does not start."""


def routes_of(app: FastAPI) -> set[tuple[str, str]]:
    """(method, path) of every route that an application answers. Raises Undeclared for what is no plain route."""
    served: set[tuple[str, str]] = set()
    for route in iter_route_contexts(app.routes):
        if not isinstance(route.original_route, APIRoute) or not route.path:
            raise Undeclared(f"no route that the table can hold: {route.name} {route.path}")
        served |= {(method, route.path) for method in route.methods or ()}
    return served


def declared(app: FastAPI) -> None:
    """Raises Undeclared unless the application's routes and the table are the same."""
    served = routes_of(app)
    odd = [*(f"not in the table: {one}" for one in served - POLICY.keys())]
    odd += [f"no such route: {one}" for one in POLICY.keys() - served]
    if odd:
        raise Undeclared("; ".join(sorted(odd)))


async def admit(request: Request) -> None:
    """Before every route: the device or the person that asks, if the role may, and it may be handed what it asks for.

    Raises No (401, 404; 403: the declaration) or LogInFirst.
    """
    roles = POLICY[request.method, request.scope["route"].path]
    if roles is None:
        return
    if isinstance(roles, People):
        await let_in(request, roles.roles)
        return
    desk = request.app.state.desk
    device: Device = await desk.work(authenticate, desk.office, request.headers.get("authorization", ""))
    if device.role not in roles:
        raise not_found()
    handing_out = (request.method, request.scope["route"].path) in HANDING_OUT
    if handing_out and not await desk.work(may_be_handed, desk.office, device):
        raise undeclared()
    request.state.device = device
