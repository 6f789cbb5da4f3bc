"""Devices that do nothing but hold a pass, for tests of who is let in."""

from __future__ import annotations

from canvass_app.domain.roles import Role
from canvass_app.hq.devices import issue_code
from canvass_app.sync.http import Link
from canvass_app.sync.joining import ask_to_join
from canvass_app.sync.messages import Renewed
from canvass_app.sync.passes import ask_to_renew, has_expired
from canvass_app.sync.steps import Answer, Call
from tests.hq.kit import Hq


class Holder:
    """A device that does nothing but hold a pass."""

    def __init__(
        self,
        hq: Hq,
        number: int,
        role: Role = Role.LEAD,
        ridings: frozenset[int] | None = None,
        given_to: tuple[str, ...] = (),
    ) -> None:
        self.link = Link(hq.url)
        self.device_id, self.seed = number.to_bytes(16, "big"), number.to_bytes(32, "big")
        code = issue_code(hq.office, ridings, role.value, role, given_to).text
        joined = self.link.run(ask_to_join(code, self.device_id, f"Holder {number}", self.seed))
        self.token, self.refresh = joined.token, joined.refresh

    def renew(self, refresh: str, link: Link | None = None) -> Renewed:
        return (link or self.link).run(ask_to_renew(refresh, self.seed))

    def turn(self) -> str:
        """Renew, keep and show the pass; the refresh token of before."""
        before, renewed = self.refresh, self.renew(self.refresh)
        self.token, self.refresh = renewed.token, renewed.refresh
        assert self.is_let_in(self.token)
        return before

    def is_let_in(self, token: str) -> bool:
        return self.ask("GET", "/v1/ridings", token=token).status == 200

    def has_run_out(self, token: str) -> bool:
        return has_expired(self.ask("GET", "/v1/ridings", token=token))

    def ask(self, method: str, path: str, body: bytes | None = None, *, token: str | None = None) -> Answer:
        """The answer to this pass as it is: nothing is renewed."""
        shown = self.token if token is None else token
        return self.link._send(Call(method, path, body), shown)  # pyright: ignore[reportPrivateUsage]
