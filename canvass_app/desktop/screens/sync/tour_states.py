"""States of the screen Sync for pictures: an invented evening of invented people, no headquarters needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from canvass_app.desktop.screens.sync.background import LastMove
from canvass_app.desktop.screens.sync.bring_page import Found
from canvass_app.desktop.screens.sync.places import Place
from canvass_app.desktop.screens.sync.words import State
from canvass_app.domain.campaign import load_campaign
from canvass_app.domain.errors import CanvassError
from canvass_app.domain.text import Text
from canvass_app.services.arrivals import Arrival, Arrivals
from canvass_app.services.bundling import Written
from canvass_app.services.demo.settings import demo_settings
from canvass_app.services.losing import Loss
from canvass_app.services.receipts import ShiftReceipt
from canvass_app.services.standing import Aside, Standing
from canvass_app.services.syncing import SyncStatus
from canvass_app.sync.problems import NotHeadquarters, Undeclared, Unreachable

if TYPE_CHECKING:
    from canvass_app.desktop.screens.sync.screen import SyncScreen

_HQ = "https://hq.example.ca"
_WELL = Standing((), (), (), 0, 0, False)
_NO_NEWS = Arrivals(None, 0, (), False, "")
_RIDING = 201359036


def _shift(number: int, who: str, day: str, results: int, pending: int, receipt: str) -> ShiftReceipt:
    return ShiftReceipt(
        number, _RIDING, bytes([number]) * 16, who, day, "18:40", "4127Y", results, pending, pending, 0, receipt, 0,
        closed=True, voided=False,
    )  # fmt: skip


def evening(now_ms: int, today: str) -> State:
    """A laptop after a good evening: all 63 results are at headquarters, and two others were out too."""
    shifts = (
        _shift(14, "Luc Roy", today, 63, 0, "7F3K"),
        _shift(13, "Nadia Belkacem-Desrochers de la Rivière-aux-Saumons", "2015-09-27", 41, 0, "QX02"),
        replace(_shift(12, "Marc Tremblay", "2015-09-27", 18, 0, "QX02"), voided=True),
        _shift(11, "", "2015-09-20", 77, 0, "B8MD"),
    )
    news = Arrivals(
        now_ms - 10_800_000,
        140,
        (
            Arrival("Priya Nair", b"", {"results": 41, "notes": 3}),
            Arrival("Jean-Baptiste Vaillancourt", b"", {"results": 22, "corrections": 1}),
            Arrival("Ana Invented", b"", {"turfs": 2, "lists": 2}),
        ),
        True,
        "",
    )
    status = SyncStatus(True, _HQ, 0, [], now_ms - 120_000, "7F3K", [_RIDING], 0)
    return State(
        status, _WELL, shifts, news, LastMove(now_ms - 120_000, 71, 140), {}, now_ms, today, "America/Toronto"
    )


def _offline(state: State) -> State:
    first = replace(state.shifts[0], pending=12, waiting=14, receipt="")
    status = replace(
        state.status, pending=12, pending_events=14, pending_by_shift=[("Luc Roy", state.today, 12)],
        last_contact_ms=state.now_ms - 5_400_000, receipt="QX02",
    )  # fmt: skip
    return replace(state, status=status, shifts=(first, *state.shifts[1:]))


def states(screen: SyncScreen) -> list[tuple[str, Callable[[], None]]]:
    """(name, prepare) of each state, in the order of the pictures."""
    now_ms, today = screen.context.book.now_ms(), screen.context.book.today()
    well = evening(now_ms, today)
    away = _offline(well)
    stick = Place(Path("/media") / "stick", "KINGSTON", 14_200_000_000, True)
    desk = Place(Path("~") / QCoreApplication.translate("Tour", "Desktop"), "", 91_000_000_000, False)

    def form() -> None:
        screen.show_invented(None)
        screen.join_card.address.setText(_HQ)
        screen.join_card.code.setText("K7QF-29MD")
        screen.join_card.name.setText(QCoreApplication.translate("Tour", "Kitchen laptop"))

    def show(state: State, error: CanvassError | None = None) -> None:
        screen.show_invented(state, error)

    def troubled() -> None:
        stands = Standing((_RIDING,), (), (Aside("", 2),), 1, 0, False)
        names = {_RIDING: Text("Demo riding", "Circonscription de démonstration")}
        show(replace(away, standing=stands, ridings=names), NotHeadquarters())

    def taken_away() -> None:
        losses = (Loss(201359037, 3, now_ms - 7_200_000), Loss(201324012, 0, now_ms - 900_000_000))
        show(replace(well, losses=losses))

    def renewed() -> None:
        status = replace(away.status, joined=False)
        show(replace(away, status=status, standing=replace(_WELL, renewed=True)))
        screen.join_card.name.setText(QCoreApplication.translate("Tour", "Kitchen laptop"))

    def declaration() -> None:
        asked = load_campaign(demo_settings()).declaration
        show(replace(well, declaration=asked, news=_NO_NEWS, shifts=(), moved=None), Undeclared())
        screen.declaration.form.name.setText("Camille Desjardins")

    def take() -> None:
        show(away, Unreachable())
        screen.take.show_invented(([stick], desk))
        screen.take_on_a_stick()

    def taken() -> None:
        written = Written(
            stick.path / "canvass-20150929-2110-K3F7.canvass-up", 12, 14, [("Luc Roy", today, 12)], 9_400,
            Text(f"the headquarters at {_HQ}", f"le quartier général à {_HQ}"),
        )  # fmt: skip
        screen.take.outcome = written
        screen.take.show_state()
        screen.take.take_keyboard()

    def bring() -> None:
        show(away)
        screen.bring.show_invented(
            [
                Found(
                    stick.path / "canvass-20150929-2140-9WQ2.canvass-down", "answer", now_ms - 600_000, now_ms
                ),
                Found(
                    stick.path / "canvass-20150929-2130-M4TD.canvass-down", "half", now_ms - 1_200_000, now_ms
                ),
                Found(
                    stick.path / "canvass-20150929-2110-C0AX.canvass-up", "other", now_ms - 2_400_000, now_ms
                ),
            ]
        )
        screen.bring_a_stick()

    def table() -> None:
        screen.show_invented(None)
        screen.show_table()

    joined = screen.state is not None and screen.state.status.joined
    return [
        ("all there", lambda: show(well)),
        ("offline", lambda: show(away, Unreachable())),
        ("to know", troubled),
        ("taken away", taken_away),
        ("renewed", renewed),
        ("declaration", declaration),
        ("stick", take),
        ("stick written", taken),
        ("stick back", bring),
        *([] if joined else [("join", form)]),
        ("by shift", table),
    ]
