"""Devices without a database: they enrol over HTTP and push bytes that they were given, for tests of many at once."""

from __future__ import annotations

from canvass_app.sync.codec import pack
from canvass_app.sync.http import Link
from canvass_app.sync.joining import ask_to_join
from canvass_app.sync.messages import PROTOCOL, Batch, Page, Receipt, Signed
from canvass_app.sync.passes import Pass
from canvass_app.sync.signing import open_receipt
from canvass_app.sync.steps import Call, read_answer
from tests.hq.kit import RIDING


class Sender:
    """One enrolled device. Not shared between threads; `close` it."""

    def __init__(self, url: str, code: str, number: int) -> None:
        self.device_id = number.to_bytes(16, "big")
        link = Link(url)
        joined = link.run(ask_to_join(code, self.device_id, f"Sender {number}", self.device_id * 2))
        link.close()
        self.key = joined.hq_key
        self.link = Link(url, Pass(joined.token, joined.refresh, self.device_id * 2))
        self.cursor = ""

    def push(self, raws: list[bytes], first: int, riding_id: int = RIDING) -> Receipt:
        """Send events numbered from `first`; the receipt, whose signature was checked."""
        batch = Batch(
            protocol=PROTOCOL,
            device_id=self.device_id,
            from_seq=first,
            to_seq=first + len(raws) - 1,
            events=raws,
        )
        answer = self.link.send(Call("POST", f"/v1/ridings/{riding_id}/events", pack(batch)))
        return open_receipt(self.key, Receipt, read_answer(answer, Signed))

    def pull(self, limit: int = 500, riding_id: int = RIDING) -> Page:
        """The next page after the last one."""
        path = f"/v1/ridings/{riding_id}/events?limit={limit}&skip=0&cursor={self.cursor}"
        page = read_answer(self.link.send(Call("GET", path)), Page)
        self.cursor = page.cursor
        return page

    def close(self) -> None:
        self.link.close()
