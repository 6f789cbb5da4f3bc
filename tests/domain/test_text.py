"""Numbers in sentences."""

import pytest

from canvass_app.domain.text import Text, how_many

ONE, MANY = Text("{n} riding", "{n} circonscription"), Text("{n} ridings", "{n} circonscriptions")


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (0, "0 ridings", "0 circonscription"),
        (1, "1 riding", "1 circonscription"),
        (2, "2 ridings", "2 circonscriptions"),
        (1204, "1,204 ridings", "1\u00a0204 circonscriptions"),
    ],
)
def test_each_language_has_its_own_singular(count: int, english: str, french: str) -> None:
    assert how_many(count, ONE, MANY) == Text(english, french)
