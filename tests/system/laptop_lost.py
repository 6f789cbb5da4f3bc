"""A laptop that is used for everything, and then is lost: the battery dies, nothing is closed. A process of its own.

Arguments: what to do ("use", "sync", "shut out"), the data folder, a folder for paper and exports. What there is to type comes on
standard input, so that no file of ours holds it; a line of JSON says how it went, and what must be nowhere either.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from canvass_app.desktop.crash import CrashCatcher
from canvass_app.domain.accesses import Access
from canvass_app.domain.errors import InputError, Withdrawn
from canvass_app.domain.ids import phone_subject
from canvass_app.domain.phones import phone_number
from canvass_app.services.audit import record as record_sight
from canvass_app.services.bars import lift_bar, set_bar
from canvass_app.services.book import Book, open_book
from canvass_app.services.care import look_after
from canvass_app.services.declaring import accept
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.export_people import Choice
from canvass_app.services.exporting import Asked, export_people
from canvass_app.services.pins import WrongPin, check_pin, set_pin
from canvass_app.services.syncing import join, sync_now
from canvass_app.services.teams import (
    GatheringFields,
    MemberFields,
    add_gathering,
    add_member,
    add_team,
    attend,
    describe_member,
    sign_up,
)
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list
from tests.hq.kit import OTHER, PASSPHRASE, RIDING, add_street, street_door, street_person

DOORS = 60


def use(book: Book, told: dict[str, Any], paper: Path) -> list[str]:
    """An autumn on one laptop; what it was told besides that must be nowhere: the passphrases of exports."""
    join(book, told["url"], told["code"], told["device"])
    for name in told["declared"]:
        accept(book, name, "en")
    sync_now(book)
    for riding in (RIDING, OTHER):
        add_street(book, DOORS, riding)
    _teams(book, told)
    _bars(book, told)
    _entry(book, told)
    # Half of what follows stands in headquarters' receipt, half of it is on this laptop alone.
    half = len(told["sights"]) // 2
    _sights(book, told["sights"][:half], 0)
    sync_now(book)
    _sights(book, told["sights"][half:], half)
    secrets = _exports(book, told, paper)
    look_after(book)
    _break(book, told)
    return secrets


def _teams(book: Book, told: dict[str, Any]) -> None:
    teams = [
        add_team(book, RIDING, name, place, remark, author=told["authors"][0]).id
        for name, place, remark in told["teams"]
    ]
    gatherings = [
        add_gathering(
            book,
            RIDING,
            teams[0],
            GatheringFields("canvass", "2015-10-03", "18:00", "20:00", place, "12", remark),
        ).id
        for place, remark in told["gatherings"]
    ]
    pins = iter(told["pins"])
    for number, (name, phone, mail, languages, needs) in enumerate(told["members"]):
        fields = MemberFields(name, phone, mail, languages, needs)
        member = add_member(
            book, RIDING, teams[number % len(teams)], fields, author=told["authors"][number % 5]
        ).id
        sign_up(book, RIDING, gatherings[number % len(gatherings)], member, "coming")
        attend(book, RIDING, gatherings[number % len(gatherings)], member, "came")
        pin = next(pins, "")
        if pin:
            set_pin(book, RIDING, member, pin, author=name)
            check_pin(book, name, pin)
            # A wrong try leaves its trace too: told["wrong"] is nobody's.
            with suppress(WrongPin):
                check_pin(book, name, told["wrong"])
    for number, name in enumerate(told["renamed"]):
        member = book.read().query(
            "SELECT member_id FROM member ORDER BY member_id LIMIT 1 OFFSET ?", (number,)
        )
        describe_member(book, RIDING, bytes(member[0][0]), MemberFields(name))


def _bars(book: Book, told: dict[str, Any]) -> None:
    for number, (reason, phone) in enumerate(told["bars"], 1):
        author = told["authors"][number % 5]
        set_bar(book, RIDING, "door", street_door(number), author=author, reason=reason)
        subject = phone_subject(RIDING, phone_number(phone))
        set_bar(book, RIDING, "number", subject, author=author)
    for number, reason in enumerate(told["lifted"], 1):
        lift_bar(book, RIDING, "door", street_door(number), author=told["authors"][0], reason=reason)
        set_bar(book, OTHER, "person", street_person(number), author=told["authors"][0], reason=reason)


def _entry(book: Book, told: dict[str, Any]) -> None:
    for riding in (RIDING, OTHER):
        doors = [street_door(number) for number in range(31, DOORS + 1)]
        turf = make_turf(
            book, riding, f"{told['authors'][2]} {riding}", doors, author=told["authors"][0]
        ).turf_id
        document = issue_walk_list(book, riding, turf, canvasser=told["authors"][3]).document
        shift = open_shift(book, told["authors"][4], riding, document.number)
        notes = cycle(told["notes"])
        for line in document.lines[:20]:
            record(book, shift, document.number, line.line, Mark(support="2", note=next(notes)))


def _sights(book: Book, sights: list[tuple[str, str]], first: int) -> None:
    for number, (who, reason) in enumerate(sights, first):
        # Of the riding that it keeps, and of the one that it loses.
        riding = OTHER if number % 3 == 0 else RIDING
        people = [street_person(number % DOORS + 1)]
        record_sight(book, Access.EXPORTED, riding, people=people, what="people csv", reason=reason, who=who)


def _exports(book: Book, told: dict[str, Any], paper: Path) -> list[str]:
    found: list[str] = []
    for reason, author in told["exports"]:
        made = export_people(book, Asked(Choice(RIDING), reason, author), paper)
        found += [made.passphrase]
    # What is refused leaves no file behind.
    with suppress(InputError):
        export_people(book, Asked(Choice(RIDING), told["exports"][0][0].split()[0], ""), paper)
    return found


def _break(book: Book, told: dict[str, Any]) -> None:
    """Bugs whose messages hold everybody, in the program and beside it: what is kept and printed of them."""
    app = QCoreApplication.instance() or QCoreApplication([])
    kept: list[Path | None] = []
    catcher = CrashCatcher(book.folder, lambda _, path, __: kept.append(path), lambda _: None)
    catcher.install()
    everybody = " ".join(
        one for name in ("members", "sights", "exports", "teams") for row in told[name] for one in row
    )
    try:
        broken = threading.Thread(target=lambda: _fails(book, everybody), name=everybody)
        broken.start()
        broken.join()
        try:
            _fails(book, everybody)
        except (KeyError, ValueError) as error:
            sys.excepthook(type(error), error, error.__traceback__)
        app.processEvents()
    finally:
        catcher.remove()
    assert kept
    assert None not in kept


def _fails(book: Book, everybody: str) -> None:
    found = {everybody: 1}
    try:
        # Through our own code: the driver says what it could not bind.
        book.read().query("SELECT name FROM member WHERE name = ? AND phone = ?", (everybody, found))
    except Exception as error:
        raise ValueError(everybody) from error


def main(do: str, folder: Path, paper: Path) -> None:
    told: dict[str, Any] = json.loads(sys.stdin.read())
    book = open_book(folder, passphrase=PASSPHRASE)
    said: dict[str, Any] = {}
    if do == "use":
        said["secrets"] = [
            *use(book, told, paper),
            book.meta("hq_token"),
            book.meta("hq_refresh"),
            book.meta("device_seed"),
        ]
    elif do == "sync":
        said["notes"] = [note.en for note in sync_now(book).notes]
    else:
        # What it never sends: results and records that only the sealed file holds.
        _bars(book, told)
        _sights(book, told["sights"], 1)
        try:
            sync_now(book)
        except Withdrawn as word:
            said["withdrawn"] = word.text.en
    print(json.dumps(said), flush=True)
    os._exit(9)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
