"""Case 29 over real HTTP: a turf is cut again while its list is out; the page still opens, with its names, everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from canvass_app.domain.errors import NotFound
from canvass_app.services.entry import Mark, open_shift, record
from canvass_app.services.progress import progress
from canvass_app.services.syncing import sync_now
from canvass_app.services.turfs import make_turf, retire_turf
from canvass_app.services.walk_lists import issue_walk_list, load_document
from tests.acceptance.bad_network import all_is_everywhere
from tests.hq.kit import RIDING, Hq, add_street, street_door


def test_case_29_a_page_opens_with_its_names_after_the_turf_was_cut_again(hq: Hq, new_laptop: Any) -> None:
    lead, other, typist = new_laptop(hq), new_laptop(hq), new_laptop(hq)
    add_street(lead, 20)
    doors = [street_door(number) for number in range(1, 13)]
    turf = make_turf(lead, RIDING, "North", doors, author="Lea").turf_id
    issue_walk_list(lead, RIDING, turf, author="Lea")
    number = int(lead.read().query("SELECT number FROM walk_list")[0][0])
    printed = load_document(lead, number)
    for book in (lead, other):
        sync_now(book)
    # Somebody else cuts it again while it is out, and retires what is left.
    make_turf(other, RIDING, "South", doors[:8], author="Tom", take=True, anyway=True)
    retire_turf(other, RIDING, turf, author="Tom")
    for book in (other, typist, lead):
        sync_now(book)
    for book in (lead, other, typist):
        page = load_document(book, number)
        assert page.lines == printed.lines
        assert len({one.name for one in page.lines if one.name}) == 12
    with pytest.raises(NotFound):
        load_document(typist, number + 1)
    shift = open_shift(typist, "Zoé", RIDING, number)
    lines = [one.line for one in printed.lines if one.name]
    for line in lines[:5]:
        record(typist, shift, number, line, Mark(code="not_home"))
    all_is_everywhere(hq, typist, lead, other)
    assert [progress(book, RIDING).attempts for book in (lead, other, typist)] == [5, 5, 5]
