"""What a diary shows: only what may be looked at, only with evidence, only when there is enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from between.domain import Entry, ItemId, Mood, Period, Tier
from between.insights.evidence import (
    NotEnough,
    Quote,
    carries,
    enough,
    quote_around,
    sentences,
    shortfall,
    spread,
    usable,
    verified,
)
from between.insights.insights import Insights
from between.insights.mood import GAP_DAYS, calendar, counts, mood_over_time, weekdays
from tests.fakes_insights import FIRST, Plant, entry, kept_apart, life


def on(day: int, mood: Mood | None = None, text: str = "Some words here.") -> Entry:
    return entry(day, text, FIRST + timedelta(days=day), mood)


def insights(entries: list[Entry]) -> Insights:
    return Insights(lambda: entries, lambda: datetime(2024, 6, 1, tzinfo=UTC))


# Enough ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "fine"), [([0, 1, 2, 3, 6], True), ([0, 1, 2, 6], False), ([0, 1, 2, 3, 5], False), ([], False)]
)
def test_five_entries_over_seven_days_are_enough(days: list[int], fine: bool) -> None:
    assert enough([on(day) for day in days]) is fine


def test_what_is_missing_is_said() -> None:
    assert shortfall([on(0), on(3)]) == NotEnough(2, 5, 4, 7)
    assert insights([on(0), on(3)]).patterns() == NotEnough(2, 5, 4, 7)


def test_entries_kept_out_and_acute_ones_count_for_nothing() -> None:
    entries = kept_apart([on(day, Mood.GOOD) for day in range(10)], lambda e: True)
    assert usable(entries) == []
    assert shortfall(entries) == NotEnough(0, 5, 0, 7)
    assert mood_over_time(entries) == []
    assert counts(entries).entries == 0
    assert not any(cell.count for cell in calendar(entries, 2024))
    assert not any(day.n for day in weekdays(entries))


def test_distress_that_is_not_acute_stays_in() -> None:
    assert usable([replace(on(0), tier=Tier.DISTRESS)])


def test_no_pattern_quotes_or_counts_an_entry_that_is_kept_apart() -> None:
    entries = kept_apart(life(3, Plant(sleep=-1.4, loop=True)), lambda e: int(e.id, 16) % 3 == 0)
    apart = {e.id for e in entries} - {e.id for e in usable(entries)}
    found = insights(entries).patterns()
    assert isinstance(found, tuple)
    assert found
    for pattern in found:
        assert not apart & {quote.entry_id for quote in pattern.quotes}
        assert not apart & {*pattern.entries, *pattern.against}


# Evidence -------------------------------------------------------------------------------------------


def test_a_quote_that_is_not_exact_is_dropped() -> None:
    one = on(0, text="I walked. It rained, and I was glad.")
    exact = Quote(one.id, one.at, "It rained, and I was glad.")
    wrong = [
        replace(exact, text="It rained and I was glad."),
        replace(exact, text=" "),
        replace(exact, entry_id=ItemId("f" * 32)),
        replace(exact, at=one.at + timedelta(days=1)),
    ]
    assert verified([exact, *wrong], [one]) == (exact,)


def test_a_pattern_needs_three_quotes_from_three_days_that_are_not_a_form() -> None:
    quotes = [Quote(ItemId(str(n)), on(n).at, f"Line {n} of words") for n in range(3)]
    assert carries(quotes)
    assert not carries(quotes[:2])
    assert not carries([replace(quote, at=on(0).at) for quote in quotes])
    assert not carries([replace(quote, text="What went well today:") for quote in quotes])


def test_quotes_are_spread_over_the_time_and_rather_not_the_same() -> None:
    quotes = [
        Quote(ItemId(str(n)), on(n).at, "The same line here" if n % 2 else f"Line {n} here")
        for n in range(40)
    ]
    kept = spread(quotes)
    assert len(kept) == 5
    assert len({quote.text for quote in kept}) >= 4
    assert [quote.at for quote in kept] == sorted(quote.at for quote in kept)
    assert (kept[-1].at - kept[0].at).days > 30


def test_sentences_do_not_end_at_titles_or_numbers() -> None:
    text = "Met Dr. Lee at 3.5 miles. Then home… Good?\nA line\n\nLast"
    said = [text[a:b] for a, b in sentences(text)]
    assert said == ["Met Dr. Lee at 3.5 miles.", "Then home…", "Good?", "A line", "Last"]


@given(st.text(max_size=400))
def test_every_sentence_is_an_exact_piece_and_none_is_lost(text: str) -> None:
    places = sentences(text)
    assert all(text[a:b].strip() == text[a:b] != "" for a, b in places)
    assert "".join(text[a:b] for a, b in places).split() == text.split() or "".join(
        "".join(text[a:b].split()) for a, b in places
    ) == "".join(text.split())


def test_a_long_sentence_is_quoted_around_its_word_and_exactly() -> None:
    one = on(0, text="word " * 200 + "needle " + "word " * 200)
    start = one.text.index("needle")
    quote = quote_around(one, start, start + 6)
    assert quote is not None
    assert "needle" in quote.text
    assert len(quote.text) <= 260
    assert verified([quote], [one])


def test_a_quote_of_two_words_says_too_little() -> None:
    assert quote_around(on(0, text="So tired."), 0, 2) is None


# Mood -----------------------------------------------------------------------------------------------


def test_mood_is_a_point_a_day_and_gaps_stay_gaps() -> None:
    entries = [
        on(0, Mood.GOOD),
        on(0, Mood.LOW),
        on(1),
        on(GAP_DAYS, Mood.LOW),
        on(GAP_DAYS * 2 + 1, Mood.GOOD),
    ]
    points = mood_over_time(entries)
    assert [(p.day, p.mood, p.count, p.segment) for p in points] == [
        (FIRST, 3.0, 2, 0),
        (FIRST + timedelta(days=GAP_DAYS), 2.0, 1, 0),
        (FIRST + timedelta(days=GAP_DAYS * 2 + 1), 4.0, 1, 1),
    ]


def test_a_mood_is_never_made_from_words() -> None:
    assert mood_over_time([on(0, None, "I feel wonderful, happy, great")]) == []


def test_each_weekday_says_how_many_days_it_stands_on() -> None:
    entries = [on(7 * n, Mood.LOW if n % 2 else Mood.GOOD) for n in range(6)] + [on(1, Mood.GOOD)]
    monday, tuesday, *rest = weekdays(entries)
    assert (monday.n, monday.mood) == (6, 3.0)
    assert monday.low is not None
    assert monday.high is not None
    assert 2.0 <= monday.low < 3.0 < monday.high <= 4.0
    assert (tuesday.n, tuesday.mood, tuesday.low) == (1, 4.0, None)
    assert [day.mood for day in rest] == [None] * 5


def test_the_calendar_has_every_day_of_its_year() -> None:
    cells = calendar([on(0, Mood.GOOD), on(0), on(59), on(400, Mood.LOW)], 2024)
    assert len(cells) == 366
    assert (cells[0].day, cells[0].count, cells[0].mood) == (date(2024, 1, 1), 2, 4.0)
    assert (cells[59].day, cells[59].count, cells[59].mood) == (date(2024, 2, 29), 1, None)
    assert sum(cell.count for cell in cells) == 3


def test_counts_say_what_everything_stands_on() -> None:
    told = counts([on(0, Mood.GOOD), on(0), on(9, None, "One two")])
    assert (told.entries, told.days, told.span_days, told.moods, told.words) == (3, 2, 10, 1, 8)
    assert (told.since, told.until) == (FIRST, FIRST + timedelta(days=9))


# The front ------------------------------------------------------------------------------------------


def test_a_period_looks_at_its_days_only() -> None:
    room = insights(life(1))
    period = Period(FIRST, FIRST + timedelta(days=30), "January")
    assert room.counts(period).until <= FIRST + timedelta(days=30)  # type: ignore[operator]
    assert len(room.mood_over_time(period)) < len(room.mood_over_time())


def test_answers_are_kept_until_an_entry_changes() -> None:
    entries = life(1)
    room = insights(entries)
    first = room.patterns()
    assert room.patterns() is first
    entries.append(on(300, Mood.LOW, "A new line of words"))
    assert room.patterns() is not first


def test_a_deleted_entry_is_in_no_answer_afterwards() -> None:
    entries = life(4, Plant(sleep=-1.4))
    room = insights(entries)
    before = room.patterns()
    assert isinstance(before, tuple)
    gone = before[0].quotes[0].entry_id
    entries[:] = [e for e in entries if e.id != gone]
    after = room.patterns()
    assert isinstance(after, tuple)
    assert gone not in {quote.entry_id for pattern in after for quote in pattern.quotes}
    assert gone not in {id for pattern in after for id in (*pattern.entries, *pattern.against)}


def test_words_of_a_person_are_in_no_repr() -> None:
    found = insights(life(3, Plant(sleep=-1.4, loop=True))).patterns()
    assert "badly" not in repr(found)
    assert "Karen" not in repr(found)
