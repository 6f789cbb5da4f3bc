"""A laptop's pass: a token that lasts some minutes, and what earns the next one."""

from __future__ import annotations

import threading
from collections.abc import Callable

from .codec import BadMessage, pack, unpack
from .messages import PROBLEM_TYPE, PROTOCOL, Problem, Renew, Renewed
from .problems import NoLongerWelcome
from .signing import renewal_proof, sign
from .steps import Answer, Call, Steps, drive, read_answer

EXPIRED = "expired"
"""The code with which headquarters says that a token's time is over."""


def ask_to_renew(refresh: str, device_seed: bytes) -> Steps[Renewed]:
    """Exchange a refresh token for the next pass. It may be asked for again when the answer was lost.

    Raises NoLongerWelcome when headquarters does not know it any more, or SyncProblem.
    """
    request = Renew(protocol=PROTOCOL, refresh=refresh, proof=sign(device_seed, renewal_proof(refresh)))
    return read_answer((yield Call("POST", "/v1/token", pack(request))), Renewed)


def has_expired(answer: Answer) -> bool:
    """Whether an answer says that the token's time is over, and nothing else."""
    if answer.status != 401 or answer.content_type.partition(";")[0].strip().lower() != PROBLEM_TYPE:
        return False
    try:
        return unpack(Problem, answer.body).code == EXPIRED
    except BadMessage:
        return False


class Pass:
    """What this laptop shows at headquarters. Shared by its connections; safe on any thread."""

    def __init__(
        self,
        token: str,
        refresh: str = "",
        device_seed: bytes = b"",
        keep: Callable[[Renewed], None] | None = None,
    ) -> None:
        """`keep` writes a renewed pass down, durably, before it is used. Without `refresh` it cannot be renewed."""
        self.token = token
        self._refresh, self._seed, self._keep = refresh, device_seed, keep
        self._lock = threading.Lock()

    def renew(self, stale: str, send: Callable[[Call], Answer]) -> None:
        """Get the next pass, unless somebody has done so since `stale` was shown.

        Raises NoLongerWelcome or SyncProblem; then everything is as it was.
        """
        with self._lock:
            if self.token != stale:
                return
            if not self._refresh:
                raise NoLongerWelcome
            renewed = drive(ask_to_renew(self._refresh, self._seed), send)
            if self._keep is not None:
                self._keep(renewed)
            self.token, self._refresh = renewed.token, renewed.refresh
