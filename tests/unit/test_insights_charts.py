"""Charts: the house's colours in both themes, words for every mark, gaps left as gaps, every day in its place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from between.domain import Mood
from between.insights.mood import calendar as cells_of
from between.insights.mood import mood_over_time as points_of
from between.insights.mood import weekdays as week_of
from between.ui import charts
from between.ui.chart_words import ChartWords
from tests.fakes_insights import FIRST, Plant, entry, life

WORDS = ChartWords(
    moods=("Very low", "Low", "So-so", "Good", "Very good"),
    weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    no_mood="no mood given",
    no_entry="no entry",
    day="{day} {month} {year}",
    point="{date}: {mood}",
    days="n {n}",
    entries="{n} entries",
    mood_summary="{n} days, {first} to {last}; lowest {lowest} on {lowest_day}, highest {highest} on {highest_day}; {gaps} gaps",
    weekday_summary="lowest {lowest} ({lowest_n}), highest {highest} ({highest_n})",
    calendar_summary="{year}: {entries} entries, {days} days, {moods} moods",
    nothing="nothing yet",
)
ENTRIES = [
    entry(0, "One two three", FIRST, Mood.LOW),
    entry(1, "One two three", FIRST + timedelta(days=1), Mood.GOOD),
    entry(2, "One two three", FIRST + timedelta(days=2)),
    entry(3, "One two three", FIRST + timedelta(days=20), Mood.VERY_GOOD),
]


def specs(dark: bool) -> list[dict[str, Any]]:
    entries = life(1, Plant(days=60))
    return [
        charts.mood_over_time(points_of(entries), WORDS, dark).to_dict(),
        charts.weekday_profile(week_of(entries), WORDS, dark).to_dict(),
        charts.calendar(cells_of(entries, 2024), WORDS, dark).to_dict(),
    ]


def values(spec: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = spec["datasets"][spec["data"]["name"]]
    return rows


@pytest.mark.parametrize("dark", [False, True])
def test_every_chart_says_itself_in_words_and_names_every_mark(dark: bool) -> None:
    for spec in specs(dark):
        assert spec["description"]
        assert "nothing yet" not in spec["description"]
        assert all(row["says"] for row in values(spec))
        assert spec["background"] == "transparent"


def test_dark_and_light_differ_in_colour_only() -> None:
    for light, dark in zip(specs(False), specs(True), strict=True):
        assert values(light) == values(dark)
        assert light["config"] != dark["config"]


def test_the_line_is_broken_where_days_are_missing() -> None:
    spec = charts.mood_over_time(points_of(ENTRIES), WORDS).to_dict()
    assert [row["segment"] for row in values(spec)] == [0, 0, 1]
    assert spec["layer"][0]["encoding"]["detail"]["field"] == "segment"
    assert "1 gaps" in spec["description"]


def test_days_stay_the_persons_days_in_every_time_zone() -> None:
    spec = charts.mood_over_time(points_of(ENTRIES), WORDS).to_dict()
    assert (
        values(spec)[0]["day"] == "2024-01-01T12:00:00"
    )  # read as local time, never as midnight in Greenwich


def test_the_calendar_holds_the_year_and_a_day_can_be_picked() -> None:
    spec = charts.calendar(cells_of(ENTRIES, 2024), WORDS).to_dict()
    rows = values(spec)
    assert len(rows) == 366
    assert (rows[0]["date"], rows[0]["week"], rows[0]["weekday"], rows[0]["level"]) == (
        "2024-01-01",
        0,
        "Mon",
        "Low",
    )
    assert [rows[2]["level"], rows[3]["level"]] == ["no mood given", "no entry"]
    assert len({(row["week"], row["weekday"]) for row in rows}) == 366
    assert [p["name"] for p in spec["params"]] == [charts.DAY_PICKED]
    assert spec["params"][0]["select"]["fields"] == ["date"]


def test_a_weekday_without_a_mood_is_not_drawn() -> None:
    spec = charts.weekday_profile(week_of(ENTRIES), WORDS).to_dict()
    assert [row["weekday"] for row in values(spec)] == ["Mon|n 1", "Tue|n 1", "Sun|n 1"]


def test_the_words_of_the_charts_are_right() -> None:
    assert charts.describe_mood(points_of(ENTRIES), WORDS) == (
        "3 days, 1 Jan 2024 to 21 Jan 2024; lowest Low on 1 Jan 2024, highest Very good on 21 Jan 2024; 1 gaps"
    )
    assert charts.describe_weekdays(week_of(ENTRIES), WORDS) == "lowest Mon (1), highest Sun (1)"
    assert charts.describe_calendar(cells_of(ENTRIES, 2024), WORDS) == "2024: 4 entries, 4 days, 3 moods"


def test_empty_charts_draw_and_say_that_there_is_nothing() -> None:
    assert charts.mood_over_time([], WORDS).to_dict()["description"] == "nothing yet"
    assert charts.weekday_profile(week_of([]), WORDS).to_dict()["description"] == "nothing yet"
    assert charts.calendar(cells_of([], 2024), WORDS).to_dict()["description"] == "nothing yet"


def test_words_with_quotes_in_them_break_no_chart() -> None:
    odd = ChartWords(
        **{**{f: getattr(WORDS, f) for f in WORDS.__slots__}, "moods": ('"a', "b'", "c\\", "d", "e")}
    )  # type: ignore[arg-type]
    axis = charts.mood_over_time(points_of(ENTRIES), odd).to_dict()["layer"][0]["encoding"]["y"]["axis"]
    assert axis["labelExpr"] == '["\\"a", "b\'", "c\\\\", "d", "e"][datum.value - 1]'


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("dark", "ground"), [(False, "#FBFAF7"), (True, "#14201D")])
def test_labels_and_marks_can_be_read_on_their_ground(dark: bool, ground: str) -> None:
    spec = specs(dark)[0]
    assert contrast(spec["config"]["axis"]["labelColor"], ground) >= 4.5
    assert contrast(spec["layer"][1]["mark"]["color"], ground) >= 3
    steps = specs(dark)[2]["encoding"]["color"]["scale"]["range"][2:]
    away = [contrast(step, ground) for step in steps]
    assert away == sorted(away)  # one hue, further from the ground with every step
