"""The screen Sync and the sync that runs by itself, against a real headquarters on loopback."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from canvass_app.desktop.i18n import set_language
from canvass_app.desktop.screens.sync.background import REFUSED_MS, last_move
from canvass_app.desktop.screens.sync.telling import cares, did_words, news_words, shift_sentence, who_words
from canvass_app.desktop.screens.sync.words import State, headline
from canvass_app.desktop.tasks import LongTask
from canvass_app.desktop.theme import apply_theme
from canvass_app.domain.errors import Refused
from canvass_app.domain.text import Text
from canvass_app.hq.devices import narrow, revoke
from canvass_app.services.arrivals import TOLD, Arrival, Arrivals
from canvass_app.services.identity import take_new_identity
from canvass_app.services.receipts import ShiftReceipt
from canvass_app.services.standing import Aside, Standing
from canvass_app.services.syncing import SyncStatus, join, sync_now, sync_status
from canvass_app.services.trust import Invitation, write_invitation
from tests.desktop.screens.evenings import START_MS
from tests.desktop.screens.sync_kit import (
    NOWHERE,
    Laptop,
    Show,
    context,
    fill_and_join,
    laptop,
    others_work,
    server,
    settle,
    show,
    street_folder,
)
from tests.desktop.screens.world import RIDING
from tests.hq.kit import OTHER, Hq
from tests.sync.silence import Silence, silence

__all__ = ["context", "laptop", "server", "show", "silence", "street_folder"]


# --- the screen -----------------------------------------------------------------------------------


def test_before_joining_it_says_what_is_only_here_and_that_it_is_safe(laptop: Laptop, show: Show) -> None:
    laptop.type_results(3)
    screen = show()
    assert screen.lead.text() == "3 results are only on this laptop."
    assert "safe" in screen.detail.text()
    assert screen.join_card.isVisible()
    assert not screen.try_button.isVisible()
    (shift,) = screen.state.shifts
    assert (shift.number, shift.volunteer, shift.results, shift.pending) == (1, "Luc Roy", 3, 3)
    assert screen.sentence.text() == (
        "Shift 1 (Luc Roy, Tue, Oct 6): 3 results, only on this laptop so far. Saved and safe here."
    )


def test_joining_by_the_form_sends_everything_and_shows_the_receipt(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    laptop.type_results(4)
    screen = show()
    fill_and_join(qtbot, screen, server.url, server.code())
    receipt = sync_status(laptop.book).receipt
    assert screen.lead.text() == f"All 4 results of tonight are at headquarters. Receipt {receipt}."
    assert len(receipt) == 4
    assert screen.sentence.text() == (
        f"Shift 1 (Luc Roy, Tue, Oct 6): 4 results, all at headquarters, receipt {receipt}."
    )
    assert not screen.join_card.isVisible()
    assert screen.try_button.isVisible()
    assert screen.join_card.code.text() == ""
    assert server.rows("SELECT COUNT(*) FROM event WHERE riding_id = ?", RIDING)[0][0] > 4
    moved = last_move(laptop.book)
    assert moved is not None
    assert moved.sent > 4


def test_a_wrong_code_is_told_beside_the_form_and_changes_nothing(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    laptop.type_results(2)
    screen = show()
    fill_and_join(qtbot, screen, server.url, "AAAA-BBBB")
    assert "code" in screen.join_card._trouble.text()
    assert screen.join_card.address.text() == server.url
    assert screen.join_card.button.isEnabled()
    assert not sync_status(laptop.book).joined
    assert sync_status(laptop.book).pending == 2
    set_language("fr")
    QApplication.processEvents()
    assert "Rien n’a été" in screen.join_card._trouble.text()


def test_an_address_that_nobody_answers_leaves_everything_as_it_was(
    qtbot: QtBot, laptop: Laptop, show: Show
) -> None:
    screen = show()
    fill_and_join(qtbot, screen, NOWHERE, "AAAA-BBBB")
    assert "cannot be reached" in screen.join_card._trouble.text()
    assert not sync_status(laptop.book).joined


def test_without_a_network_results_stay_and_leave_when_it_is_back(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    sync_now(laptop.book)
    laptop.type_results(1)
    laptop.book.set_meta("hq_url", NOWHERE)
    screen = show()
    said: list[str] = []
    screen.background.connection.connect(said.append)
    with qtbot.waitSignal(screen.context.trouble):
        qtbot.keyClick(screen, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, screen)
    assert screen.lead.text() == "1 result is only on this laptop."
    assert "cannot be reached" in screen.trouble.text()
    assert screen.trouble.isVisible()
    assert screen.try_button.text() == "Try now"
    laptop.book.set_meta("hq_url", server.url)
    qtbot.mouseClick(screen.try_button, Qt.MouseButton.LeftButton)
    settle(qtbot, screen)
    assert screen.lead.text().startswith("The 1 result of tonight is at headquarters. Receipt ")
    assert not screen.trouble.isVisible()
    assert said == ["offline", "online"]


def test_what_others_sent_arrives_and_is_told(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show, tmp_path: Path
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    sync_now(laptop.book)
    others_work(laptop, server, tmp_path / "other")
    screen = show()
    with qtbot.waitSignal(screen.context.changed) as told:
        screen.try_now()
    settle(qtbot, screen)
    assert RIDING in told.args[0].ridings
    moved = last_move(laptop.book)
    assert moved is not None
    assert moved.arrived >= 2
    assert screen.news.texts()[:3] == ["Since this laptop joined", "1 result by 1 person.", "Nadia: 1 result"]
    assert f"received {moved.arrived}" in screen.facts_card.facts[3].text()


def test_a_riding_that_was_taken_stays_told_until_it_is_read(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    laptop.type_results(2)
    join(laptop.book, server.url, server.code(), "Laptop 4")
    sync_now(laptop.book)
    narrow(server.office, laptop.book.device_id, frozenset({OTHER}))
    sync_now(laptop.book)
    screen = show()
    assert screen.losses.isVisible()
    (line,) = screen.losses.texts()
    assert "Headquarters took riding" in line
    set_language("fr")
    screen.retranslate()
    assert "a retiré la circonscription" in screen.losses.texts()[0]
    assert screen.losses.button.text() == "C’est lu"
    set_language("en")
    qtbot.mouseClick(screen.losses.button, Qt.MouseButton.LeftButton)
    settle(qtbot, screen)
    assert not screen.losses.isVisible()
    assert screen.losses.texts() == []


def test_a_revoked_laptop_keeps_its_results_and_is_asked_to_join_again(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    sync_now(laptop.book)
    laptop.type_results(2)
    assert revoke(server.office, laptop.book.device_id, wipe=False)
    screen = show()
    refusals: list[Any] = []
    screen.background.refused.connect(refusals.append)
    screen.background.run_now()
    settle(qtbot, screen)
    assert [type(error) for error in refusals if isinstance(error, Refused)] == [type(refusals[0])]
    assert REFUSED_MS - 60_000 < screen.background.next_in_ms() <= REFUSED_MS
    assert screen.lead.text() == "2 results are only on this laptop."
    assert screen.join_card.isVisible()
    assert screen.join_card.address.text() == server.url


def test_everything_speaks_french_at_once(qtbot: QtBot, laptop: Laptop, show: Show) -> None:
    laptop.type_results(1)
    screen = show()
    set_language("fr")
    QApplication.processEvents()
    assert screen.lead.text() == "1 résultat est sur cet ordinateur seulement."
    assert screen.title() == "Synchronisation"
    assert screen.join_card.button.text() == "Se joindre à la campagne"


def test_controls_have_names_and_labels_show_markup_literally(laptop: Laptop, show: Show) -> None:
    laptop.type_results(1, "<b>Nobody</b>")
    screen = show()
    assert all(one.accessibleName() for one in screen.findChildren(QAbstractButton) if one.isVisible())
    card = screen.join_card
    assert all(field.accessibleName() for field in (card.address, card.code, card.name))
    labels = [label for label in screen.findChildren(QLabel) if label.text()]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)


def test_a_small_window_at_double_size_never_scrolls_sideways(
    qtbot: QtBot, qapp: QApplication, laptop: Laptop, show: Show
) -> None:
    laptop.type_results(2, "Marie-Antoinette Desjardins-Vaillancourt de la Rivière")
    screen = show()
    screen.resize(720, 480)
    apply_theme(qapp, "dark", 2.0)
    QApplication.processEvents()
    assert screen.area.widget().width() <= screen.area.viewport().width()
    assert not screen.grab().isNull()


def test_the_tour_shows_every_state(qtbot: QtBot, laptop: Laptop, show: Show) -> None:
    laptop.type_results(2)
    screen = show()
    names: list[str] = []
    for name, prepare in screen.tour_states():
        prepare()
        settle(qtbot, screen)
        names.append(name)
        assert not screen.grab().isNull()
    assert names == [
        "all there", "offline", "to know", "taken away", "renewed", "declaration", "stick", "stick written", "stick back", "join", "by shift",
    ]  # fmt: skip
    assert screen.lead.text() == "2 results are only on this laptop."
    assert screen.background.error is None


def test_past_shifts_keep_their_receipts_and_the_keyboard_copies_them(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    laptop.type_results(2)
    first = sync_now(laptop.book).receipts[RIDING]
    laptop.clock.ms += 86_400_000
    server.time.ms += 86_400_000
    laptop.type_results(3, "Nadia", first=3)
    second = sync_now(laptop.book).receipts[RIDING]
    laptop.clock.ms += 86_400_000
    laptop.type_results(1, "Marc", first=6)
    screen = show()
    said = [(one.number, one.volunteer, one.receipt) for one in screen.state.shifts]
    assert said == [(3, "Marc", ""), (2, "Nadia", second), (1, "Luc Roy", first)]
    screen.table.setFocus()
    qtbot.keyClick(screen.table, Qt.Key.Key_End)
    assert first in screen.sentence.text()
    qtbot.keyClick(screen.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == screen.sentence.text()
    assert "2 results, all at headquarters" in screen.sentence.text()


def test_what_arrived_is_news_until_somebody_looked_away(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show, tmp_path: Path
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    laptop.type_results(1)
    sync_now(laptop.book)
    others_work(laptop, server, tmp_path / "other", (2, 3, 5))
    sync_now(laptop.book)
    screen = show()
    assert screen.news.texts() == ["Since this laptop joined", "3 results by 1 person.", "Nadia: 3 results"]
    screen.hide()
    qtbot.waitUntil(lambda: not screen.context.tasks.busy())
    screen.show()
    screen.refresh()
    settle(qtbot, screen)
    assert screen.news.texts()[0] == "Nothing new since you last looked. What you saw then:"
    assert screen.news.texts()[2:] == ["Nadia: 3 results"]


def test_a_laptop_that_took_a_new_number_is_asked_to_join_again(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    join(laptop.book, server.url, server.code(), "Laptop 4")
    sync_now(laptop.book)
    laptop.type_results(2)
    take_new_identity(laptop.book)
    screen = show()
    assert screen.lead.text() == "2 results are only on this laptop."
    assert "copied, or put back from a backup" in screen.detail.text()
    assert screen.join_card.isVisible()
    assert screen.join_card.address.text() == server.url
    fill_and_join(qtbot, screen, server.url, server.code())
    assert screen.lead.text().startswith("All 2 results of tonight are at headquarters.")


def test_a_riding_says_incomplete_until_its_slice_was_found_whole(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show
) -> None:
    laptop.type_results(1)
    join(laptop.book, server.url, server.code(), "Laptop 4")
    screen = show()
    assert any(text.startswith("Incomplete: ") for text in screen.care.texts())
    assert screen.care.isVisible()
    screen.try_now()
    settle(qtbot, screen)
    assert screen.care.texts() == []
    assert not screen.care.isVisible()


# --- the words ------------------------------------------------------------------------------------


def a_shift(results: int, pending: int = 0, **more: Any) -> ShiftReceipt:
    values: dict[str, Any] = {
        "number": 14, "riding_id": RIDING, "shift_id": b"s" * 16, "volunteer": "Luc", "day": "2015-10-06",
        "clock": "18:40", "list_code": "", "results": results, "pending": pending, "waiting": pending, "aside": 0,
        "receipt": "" if pending else "7F3K", "received_ms": 0, "closed": True, "voided": False,
    }  # fmt: skip
    return ShiftReceipt(**(values | more))


WELL = Standing((), (), (), 0, 0, False)
NOTHING = Arrivals(None, 0, (), False, "")


def a_state(shifts: tuple[ShiftReceipt, ...] = (), **more: Any) -> State:
    values: dict[str, Any] = {
        "joined": True, "hq_url": "https://hq.example.ca", "pending": 0, "pending_by_shift": [],
        "last_contact_ms": START_MS, "receipt": "7F3K", "ridings": [RIDING], "pending_events": 0,
    }  # fmt: skip
    status = SyncStatus(**(values | more))
    return State(status, WELL, shifts, NOTHING, None, {}, START_MS, "2015-10-06", "America/Toronto")


def test_the_sentence_on_top_says_what_is_true(qapp: QApplication) -> None:
    tonight = (a_shift(63),)
    state = a_state(tonight)
    assert headline(state, False).lead == "All 63 results of tonight are at headquarters. Receipt 7F3K."
    morning = replace(state, now_ms=START_MS - 8 * 3_600_000)
    assert headline(morning, False).lead.startswith("All 63 results of today")
    before = replace(state, today="2015-10-07")
    assert headline(before, False).lead.startswith("All results of this laptop are at headquarters.")
    assert headline(a_state(receipt=""), False).lead == "Nothing waits to be sent."
    assert "on their way" in headline(a_state(tonight, pending_events=3), False).detail
    pending = a_state(tonight, pending=12, pending_events=20)
    assert headline(pending, False).lead == "12 results are only on this laptop."
    assert "when there is a network" in headline(pending, False).detail
    assert "on the way" in headline(pending, True).detail
    assert "accepts this laptop again" in headline(pending, False, refused=True).detail
    assert headline(a_state(joined=False, receipt=""), False).lead == "This laptop works on its own."
    again = replace(a_state(joined=False), standing=replace(WELL, renewed=True))
    assert headline(again, False).lead == "This laptop has a new number and has to join again."


def test_a_shift_is_told_in_one_sentence(qapp: QApplication) -> None:
    begin = "Shift 14 (Luc, Tue, Oct 6): 63 results, "
    assert shift_sentence(a_shift(63)) == begin + "all at headquarters, receipt 7F3K."
    assert shift_sentence(a_shift(63, 12)) == begin + "12 of them only on this laptop. Saved and safe here."
    assert shift_sentence(a_shift(63, voided=True)).endswith(
        "taken back: kept in the record, and not counted."
    )
    assert shift_sentence(a_shift(1, number=0, volunteer="")).startswith("Without a shift (no name given, ")
    # Whatever somebody is called, nothing in it is taken for a place.
    assert "(%4 %5, Tue" in shift_sentence(a_shift(63, volunteer="%4 %5"))


def test_what_a_person_should_know_is_told_in_words(qapp: QApplication) -> None:
    stands = Standing((RIDING, 201399002, 3, 4, 5), (201399009,), (Aside("a NUL", 1),), 2, 1, False)
    told = cares(replace(a_state(), standing=stands, ridings={RIDING: Text("Testville", "Villétest")}))
    assert told[0].text.startswith("Incomplete: Testville, 99002, 3 and 2 others.")
    assert "riding 99009" in told[1].text
    assert told[2].text.startswith("Headquarters set 1 entry of this laptop aside")
    assert told[2].more == "a NUL"
    assert told[3].text.startswith("2 entries of others cannot be read")
    assert "takes a new number" in told[4].text
    assert cares(a_state()) == []


def test_what_arrived_is_told_in_words_and_numbers(qapp: QApplication) -> None:
    rows = (
        Arrival("Priya", b"", {"results": 41, "notes": 1}),
        Arrival("", bytes.fromhex("3f2a") * 8, {"turfs": 2, "lists": 1, "files": 1}),
    )
    news = Arrivals(START_MS, 60, rows, True, "")
    assert news_words(news, START_MS + 60_000)[1] == "41 results by 1 person."
    assert [f"{who_words(row)}: {did_words(row)}" for row in rows] == [
        "Priya: 41 results, 1 note",
        "laptop 3F2A: 2 changes to turfs, 1 walk list issued or returned, 1 file of addresses or people",
    ]
    assert news_words(NOTHING, START_MS)[0].startswith("Nothing from others yet.")
    everything = Arrival("Priya", b"", dict.fromkeys(set(TOLD.values()), 2))
    assert did_words(everything).count(",") == len(set(TOLD.values())) - 1


def test_an_enrolment_file_fills_the_form_in_and_brings_its_certificate(
    qtbot: QtBot, laptop: Laptop, server: Hq, show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.type_results(1)
    screen = show()
    card = screen.join_card
    good, bad = tmp_path / "laptop.canvass-join", tmp_path / "bad.canvass-join"
    write_invitation(good, Invitation(server.url, server.code()))
    bad.write_text("{}", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *what: (str(bad), ""))
    qtbot.mouseClick(card.file_button, Qt.MouseButton.LeftButton)
    settle(qtbot, screen)
    assert "is not an enrolment file" in card._trouble.text()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *what: (str(good), ""))
    qtbot.mouseClick(card.file_button, Qt.MouseButton.LeftButton)
    settle(qtbot, screen)
    assert (card.address.text(), card.ca()) == (server.url, "")
    card.name.setText("Laptop 4")
    qtbot.keyClick(card.name, Qt.Key.Key_Return)
    settle(qtbot, screen)
    assert sync_status(laptop.book).joined
    # A certificate goes with the address it came with, and with no other.
    card.take_invitation("https://hq.example.ca", "K7QF-29MD", "a certificate")
    assert card.ca() == "a certificate"
    card.address.setText("https://elsewhere.example.ca")
    assert card.ca() == ""


def test_joining_can_be_stopped_while_nobody_answers(
    qtbot: QtBot, laptop: Laptop, show: Show, silence: Silence
) -> None:
    screen = show()
    card, tasks = screen.join_card, screen.context.tasks
    started: list[LongTask] = []
    tasks.long_started.connect(started.append)
    card.address.setText(silence.url)
    card.code.setText("K7QF-29MD")
    card.name.setText("Laptop 4")
    qtbot.keyClick(card.code, Qt.Key.Key_Return)
    assert silence.asked.wait(30)
    started[0].cancel()
    settle(qtbot, screen)
    assert not sync_status(laptop.book).joined
    assert card.button.isEnabled()
    assert not card._trouble.isVisible()
