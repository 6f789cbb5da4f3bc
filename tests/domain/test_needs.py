"""What volunteers' own words mean for a turf, in both languages; what is not understood is kept."""

from __future__ import annotations

import pytest

from canvass_app.domain.needs import SHORT_METRES, Needs, language_code, language_name, read_needs


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", Needs()),
        ("no stairs", Needs(no_stairs=True)),
        ("NO STAIRS PLEASE", Needs(no_stairs=True)),
        ("Can’t do stairs", Needs(no_stairs=True)),
        ("sans escaliers", Needs(no_stairs=True)),
        ("Pas d’escaliers svp", Needs(no_stairs=True)),
        ("pas d'étages", Needs(no_stairs=True)),
        ("aucun escalier", Needs(no_stairs=True)),
        ("short walks", Needs(short_metres=SHORT_METRES)),
        ("short walks only, at most 2 km", Needs(short_metres=2000)),
        ("short distance (max 800 m)", Needs(short_metres=800)),
        ("courtes distances", Needs(short_metres=SHORT_METRES)),
        ("au plus 1,5 km", Needs(short_metres=1500)),
        ("45 minutes max", Needs(short_minutes=45)),
        ("pas plus de 1 heure", Needs(short_minutes=60)),
        ("by bike", Needs(by_bike=True)),
        ("comes by bicycle", Needs(by_bike=True)),
        ("à vélo", Needs(by_bike=True)),
        ("vient en velo", Needs(by_bike=True)),
        ("calls only", Needs(calls_only=True)),
        ("appels seulement", Needs(calls_only=True)),
        ("home by eight", Needs(home_by=20 * 60)),
        ("home by 20:30", Needs(home_by=20 * 60 + 30)),
        ("must be home by 8:30 p.m.", Needs(home_by=20 * 60 + 30)),
        ("back by 11 am", Needs(home_by=11 * 60)),
        ("avant 20 h", Needs(home_by=20 * 60)),
        ("rentrer avant 20 h 30", Needs(home_by=20 * 60 + 30)),
        ("à la maison avant huit heures", Needs(home_by=20 * 60)),
        ("near 45 Birch St", Needs(near_home=True, near="45 Birch St")),
        ("lives at 45A Élan Rd", Needs(near_home=True, near="45A Élan Rd")),
        ("près du 12, rue des Érables", Needs(near_home=True, near="12, rue des Érables")),
        ("near home", Needs(near_home=True)),
        ("Près de chez elle", Needs(near_home=True)),
        ("speaks Punjabi and French", Needs(languages=("pa", "fr"))),
        ("No stairs, also: brings her dog", Needs(no_stairs=True, other=("also: brings her dog",))),
        ("no stairs and home by 9", Needs(no_stairs=True, home_by=21 * 60)),
        ("à vélo et pas d’escaliers; amène son chien",
         Needs(by_bike=True, no_stairs=True, other=("amène son chien",))),
        ("no stairs because of her knee", Needs(no_stairs=True, other=("no stairs because of her knee",))),
    ],
)  # fmt: skip
def test_words_are_understood_in_both_languages(said: str, meant: Needs) -> None:
    assert read_needs(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "no dogs", "brings a car", "stairs no problem", "does not mind stairs", "no bike", "pas de vélo", "home by bus",
        "brings her dog and a friend", "home by 27:00", "at most 900 km", "speaks her mind", "1.5", "Näh · ½",
    ],
)  # fmt: skip
def test_what_is_not_surely_meant_is_kept_as_it_was_typed(said: str) -> None:
    assert read_needs(said) == Needs(other=(said,))


def test_languages_have_one_code_however_they_are_named() -> None:
    assert read_needs("", "French,  ANGLAIS, français, Klingon").languages == ("fr", "en", "klingon")
    assert [language_code(one) for one in ("FR", "Francais", "pendjabi", "Farsi", "")] == [
        "fr",
        "fr",
        "pa",
        "fa",
        "",
    ]
    assert language_name("fr") == ("French", "français")
    assert language_name("klingon") == ("Klingon", "klingon")
