"""A count in a text brings the words that fit it, in each language by its own rule."""

from __future__ import annotations

import pytest

from canvass_app.domain.text import Text

DOORS = Text("{doors:door goes|doors go}", "{doors:porte part|portes partent}")


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (0, "0 doors go", "0 porte part"),
        (1, "1 door goes", "1 porte part"),
        (2, "2 doors go", "2 portes partent"),
        (1234, "1,234 doors go", "1\u00a0234 portes partent"),
    ],
)
def test_one_door_goes_and_two_doors_go(count: int, english: str, french: str) -> None:
    assert DOORS.fill(doors=count) == Text(english, french)


def test_a_number_without_words_stands_as_it_is() -> None:
    assert Text("riding {n}, {m:,}", "circonscription {n}").fill(n=59036, m=1200) == Text(
        "riding 59036, 1,200", "circonscription 59036"
    )


def test_a_text_in_a_text_speaks_the_same_language() -> None:
    inner = Text("laptop", "ordinateur")
    assert Text("on the {what}", "sur l’{what}").fill(what=inner) == Text("on the laptop", "sur l’ordinateur")
