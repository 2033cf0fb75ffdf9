"""Opening hours: read in the line's own zone, through nights, weekends and the change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from between.safety.hours import Opening, are_readable, opening

LONDON = "Europe/London"
WEDNESDAY = datetime(2026, 11, 25, tzinfo=UTC)


def at(hour: int, minute: int = 0, day: int = 25) -> datetime:
    return WEDNESDAY.replace(day=day, hour=hour, minute=minute)


def test_a_line_that_never_closes_is_open_and_nothing_changes() -> None:
    assert opening("24/7", LONDON, at(3)) == Opening(True)


def test_unknown_hours_stay_unknown() -> None:
    assert opening("", LONDON, at(12)) == Opening(None)


@pytest.mark.parametrize(
    ("hours", "moment", "is_open", "changes"),
    [
        ("10:00-22:00", at(9, 59), False, at(10)),
        ("10:00-22:00", at(10), True, at(22)),
        ("10:00-22:00", at(22), False, at(10, day=26)),
        ("08:00-24:00", at(23, 59), True, at(0, day=26)),
        ("20:00-06:00", at(3), True, at(6)),
        ("20:00-06:00", at(12), False, at(20)),
        ("Mon-Fri 09:00-17:00", at(12), True, at(17)),
        ("Mon-Fri 09:00-17:00", at(18, day=27), False, at(9, day=30)),
        ("Mon-Fri 09:00-17:00; Sat 10:00-12:00", at(18, day=27), False, at(10, day=28)),
        ("Mon,Wed,Fri 09:00-14:00; Tue,Thu 15:00-20:00", at(14), False, at(15, day=26)),
        ("Fri-Mon 09:00-10:00", at(9, 30), False, at(9, day=27)),
        ("10:00-24:00; 00:00-02:00", at(23), True, at(2, day=26)),
    ],
)
def test_whether_it_is_open_and_when_that_changes(
    hours: str, moment: datetime, is_open: bool, changes: datetime
) -> None:
    assert opening(hours, LONDON, moment) == Opening(is_open, changes)


def test_the_zone_is_the_line_s() -> None:
    assert opening("10:00-22:00", "Pacific/Auckland", at(21)).is_open is True  # ten in the morning there
    assert opening("10:00-22:00", "Pacific/Auckland", at(12)).is_open is False


def test_ten_stays_ten_when_the_clocks_change() -> None:
    before = datetime(2026, 3, 28, 23, tzinfo=UTC)  # the night in which London loses an hour
    changes = opening("10:00-22:00", LONDON, before).changes
    assert changes is not None
    assert changes.hour == 10
    assert changes.astimezone(UTC) - before == timedelta(hours=10)


@pytest.mark.parametrize(
    ("hours", "fine"),
    [
        ("", True),
        ("24/7", True),
        ("Mon-Sat 14:00-20:00", True),
        ("mon 09:00-10:00", False),
        ("9-5", False),
        ("10:00-24:30", False),
        ("10:00-22:00;11:00-12:00", False),
    ],
)
def test_hours_in_another_form_are_refused(hours: str, fine: bool) -> None:
    assert are_readable(hours) is fine
