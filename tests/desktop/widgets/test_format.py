"""Figures, times and days as they are written in Canada, in both languages."""

from datetime import UTC, date, timedelta, timezone

import pytest

from canvass_app.desktop.widgets import (
    format_clock,
    format_day,
    format_duration,
    format_number,
    format_percent,
    use_zone,
)

# 2015-10-06 19:42:07 in Toronto (UTC-4)
EVENING = 1_444_174_927_000
TORONTO = timezone(timedelta(hours=-4))


@pytest.mark.parametrize(
    ("number", "digits", "english", "french"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1630, 0, "1,630", "1\u202f630"),
        (1234567.891, 1, "1,234,567.9", "1\u202f234\u202f567,9"),
        (-4.1, 1, "\u22124.1", "\u22124,1"),
        (-0.01, 0, "0", "0"),
    ],
)
def test_numbers(number: float, digits: int, english: str, french: str) -> None:
    assert format_number(number, "en", digits) == english
    assert format_number(number, "fr", digits) == french


def test_percentages() -> None:
    assert format_percent(0.253, "en") == "25%"
    assert format_percent(0.253, "fr", 1) == "25,3\u00a0%"


def test_times_of_day() -> None:
    assert format_clock(EVENING, "en", zone=TORONTO) == "19:42"
    assert format_clock(EVENING, "fr", zone=TORONTO) == "19\u00a0h\u00a042"
    assert format_clock(EVENING, "en", seconds=True, zone=UTC) == "23:42:07"
    assert (
        format_clock(EVENING, "fr", seconds=True, zone=TORONTO) == "19\u00a0h\u00a042\u00a0min\u00a007\u00a0s"
    )


def test_days() -> None:
    assert format_day(EVENING, "en", zone=TORONTO) == "Tue, Oct 6"
    assert format_day(EVENING, "fr", zone=TORONTO, year=True) == "mar. 6 oct. 2015"
    assert format_day(date(2015, 8, 1), "fr") == "sam. 1er août"
    assert format_day(date(2015, 10, 19), "en", year=True) == "Mon, Oct 19, 2015"


def test_lengths_of_time() -> None:
    space = "\u00a0"
    assert format_duration(44.6, "en") == f"45{space}s"
    assert format_duration(170, "fr") == f"3{space}min"
    assert format_duration(7500, "en") == f"2{space}h{space}5{space}min"
    assert format_duration(7500, "fr") == f"2{space}h{space}05"
    assert format_duration(7200, "fr") == f"2{space}h"


def test_a_laptop_elsewhere_tells_the_campaigns_time() -> None:
    moment = 1_443_000_000_000
    use_zone(lambda: "America/Toronto")
    try:
        assert format_clock(moment, "en") == "05:20"
        use_zone(lambda: "Asia/Tokyo")
        assert (format_clock(moment, "en"), format_day(moment, "en")) == ("18:20", "Wed, Sep 23")
    finally:
        use_zone(None)
