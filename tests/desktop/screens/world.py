"""An invented street for the tests of screens: nobody here exists."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from canvass_app.domain.riding import Riding
from canvass_app.domain.text import Text
from canvass_app.domain.walk_list import WalkListDocument
from canvass_app.ledger.kinds import DoorAdded, PersonAdded, ResidenceBegan
from canvass_app.services.book import Book, open_book
from canvass_app.services.campaigns import set_campaign
from canvass_app.services.ridings import note_riding
from canvass_app.services.turfs import make_turf
from canvass_app.services.walk_lists import issue_walk_list

RIDING = 201359999
LAST = "Tremblay Roy Okafor McAllister Nguyen Gagnon Bélanger Sandhu O’Brien Lévesque Kowalski Haddad".split()
FIRST = "Anne Luc Marie-Ève Desmond Priya Zoë Gurpreet Siobhán Émile Nadia Thérèse".split()

CAMPAIGN: dict[str, Any] = {
    "name": {"en": "Test campaign", "fr": "Campagne d’essai"},
    "map_year": 2013,
    "time_zone": "America/Toronto",
    "parties": [
        {"key": "lib", "letter": "L", "name": "Liberal", "color": "#aa3333"},
        {"key": "ndp", "letter": "N", "name": "NDP", "color": "#cc7722"},
        {"key": "grn", "letter": "G", "name": "Green", "color": "#339944"},
    ],
    "authorisation": "Authorised by nobody",
    "script": {
        "id": "door", "version": 1, "name": "Doorstep",
        "questions": [
            {"id": "support", "kind": "single", "text": "Whom do you support?"},
            {"id": "pledge", "kind": "yes_no", "text": {"en": "Will you pledge?", "fr": "Vous engagez-vous ?"},
             "short": {"en": "pledge", "fr": "engagement"}},
            {"id": "sign", "kind": "yes_no", "text": {"en": "A lawn sign?", "fr": "Une pancarte ?"},
             "short": {"en": "lawn sign", "fr": "pancarte"}},
            {"id": "issue", "kind": "single", "text": {"en": "What matters most?", "fr": "Quel enjeu ?"},
             "short": {"en": "issue", "fr": "enjeu"},
             "choices": [
                 {"id": "health", "key": "h", "text": {"en": "health care", "fr": "santé"}},
                 {"id": "climate", "key": "c", "text": {"en": "climate", "fr": "climat"}},
             ]},
            {"id": "reach", "kind": "text", "text": {"en": "How may we reach you?", "fr": "Comment vous joindre ?"},
             "short": {"en": "contact", "fr": "coordonnées"}},
        ],
    },
}  # fmt: skip


def an_id(text: str) -> bytes:
    """Sixteen bytes that belong to a text."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def new_book(folder: Path) -> Book:
    """A book with the campaign and a riding, and nothing else."""
    book = open_book(folder, passphrase="test")
    set_campaign(book, CAMPAIGN)
    with book.act("") as act:
        note_riding(act.db, Riding(RIDING, Text("Testville", "Villétest"), "ON"))
    return book


def add_doors(
    book: Book, count: int, *, people: tuple[int, ...] = (1,), street: str = "Birch Street", north: int = 0
) -> list[bytes]:
    """`count` doors on one side of a street, with so many people each, in turn."""
    doors: list[bytes] = []
    with book.act("") as act:
        for n in range(count):
            number = 2 * n + 1
            door = an_id(f"{street} {number}")
            act.add(
                RIDING, door,
                DoorAdded(
                    number=number, suffix="", street=street.split()[0].upper(), street_type="ST", street_direction="",
                    street_label=street, unit="", floor=0, municipality="Testville", postal_code="K1A0A1",
                    point=(-75_700_000 + 260 * n, 45_400_000 + north),
                ),
            )  # fmt: skip
            for at in range(people[n % len(people)]):
                person = an_id(f"{street} {number} {at}")
                last, first = LAST[n % len(LAST)], FIRST[(n + at) % len(FIRST)]
                act.add(RIDING, person, PersonAdded(last=last, first=first))
                act.add(RIDING, person, ResidenceBegan(door=door))
            doors.append(door)
    return doors


def issue(
    book: Book, doors: list[bytes], name: str = "Turf 1", canvasser: str = "Luc Roy"
) -> WalkListDocument:
    """A turf of these doors and its walk list."""
    made = make_turf(book, RIDING, name, doors)
    return issue_walk_list(book, RIDING, made.turf_id, canvasser=canvasser).document
