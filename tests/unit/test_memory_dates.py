"""Which days a question names. Today is Monday, 23 November 2026."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from between.domain import Period
from between.memory.dates import period, without

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)

NAMED = [
    ("What did I do yesterday?", "2026-11-22", "2026-11-22", "yesterday"),
    ("How did I sleep last night", "2026-11-22", "2026-11-22", "last night"),
    ("and the day before yesterday?", "2026-11-21", "2026-11-21", "the day before yesterday"),
    ("What did I write today", "2026-11-23", "2026-11-23", "today"),
    ("I was cross this morning", "2026-11-23", "2026-11-23", "this morning"),
    ("242 days ago", "2026-03-26", "2026-03-26", "242 days ago"),
    ("twenty-one days ago", "2026-11-02", "2026-11-02", "twenty-one days ago"),
    ("three nights ago I dreamt", "2026-11-20", "2026-11-20", "three nights ago"),
    ("How was I two weeks ago?", "2026-11-06", "2026-11-12", "two weeks ago"),
    ("a fortnight ago", "2026-11-06", "2026-11-12", "a fortnight ago"),
    ("a couple of days ago", "2026-11-20", "2026-11-22", "a couple of days ago"),
    ("A few days ago, I mentioned the park", "2026-11-17", "2026-11-21", "A few days ago"),
    ("the other day", "2026-11-09", "2026-11-22", "the other day"),
    ("six months ago", "2026-05-08", "2026-06-07", "six months ago"),
    ("half a year ago", "2026-04-25", "2026-06-24", "half a year ago"),
    ("two years ago", "2024-05-25", "2025-05-24", "two years ago"),
    ("this time last year", "2025-11-08", "2025-12-08", "this time last year"),
    ("last week", "2026-11-16", "2026-11-22", "last week"),
    ("the week before last", "2026-11-09", "2026-11-15", "the week before last"),
    ("last weekend", "2026-11-21", "2026-11-22", "last weekend"),
    ("this week", "2026-11-23", "2026-11-29", "this week"),
    ("last month", "2026-10-01", "2026-10-31", "last month"),
    ("this month", "2026-11-01", "2026-11-30", "this month"),
    ("last year", "2025-01-01", "2025-12-31", "last year"),
    ("this year", "2026-01-01", "2026-12-31", "this year"),
    ("over the past two months", "2026-09-23", "2026-11-23", "over the past two months"),
    ("in the last ten days", "2026-11-13", "2026-11-23", "in the last ten days"),
    ("the past week", "2026-11-16", "2026-11-23", "the past week"),
    ("in March", "2026-03-01", "2026-03-31", "in March"),
    ("in december", "2025-12-01", "2025-12-31", "in december"),
    ("in November", "2026-11-01", "2026-11-30", "in November"),
    ("last March", "2026-03-01", "2026-03-31", "last March"),
    ("last November", "2025-11-01", "2025-11-30", "last November"),
    ("in may", "2026-05-01", "2026-05-31", "in may"),
    ("in March 2025", "2025-03-01", "2025-03-31", "in March 2025"),
    ("during Feb 2024", "2024-02-01", "2024-02-29", "during Feb 2024"),
    ("in 2024-05", "2024-05-01", "2024-05-31", "in 2024-05"),
    ("early March", "2026-03-01", "2026-03-11", "early March"),
    ("at the end of June", "2026-06-21", "2026-06-30", "at the end of June"),
    ("mid-April", "2026-04-10", "2026-04-21", "mid-April"),
    ("since March", "2026-03-01", "2026-11-23", "since March"),
    ("since last week", "2026-11-16", "2026-11-23", "since last week"),
    ("on 3 May", "2026-05-03", "2026-05-03", "on 3 May"),
    ("on 3 may", "2026-05-03", "2026-05-03", "on 3 may"),
    ("the 3rd of May", "2026-05-03", "2026-05-03", "the 3rd of May"),
    ("On May 3rd I went out", "2026-05-03", "2026-05-03", "On May 3rd"),
    ("May 3, 2024", "2024-05-03", "2024-05-03", "May 3, 2024"),
    ("on the 1st of January 2025", "2025-01-01", "2025-01-01", "on the 1st of January 2025"),
    ("What was the weather like on April 30th? What did I do?", "2026-04-30", "2026-04-30", "on April 30th"),
    ("on Sept. 3rd", "2026-09-03", "2026-09-03", "on Sept. 3rd"),
    ("24 November", "2025-11-24", "2025-11-24", "24 November"),
    ("on february 29", "2024-02-29", "2024-02-29", "on february 29"),
    ("2024-05-03", "2024-05-03", "2024-05-03", "2024-05-03"),
    ("3.5.2024", "2024-05-03", "2024-05-03", "3.5.2024"),
    ("25/12/2024", "2024-12-25", "2024-12-25", "25/12/2024"),
    ("between May and June", "2026-05-01", "2026-06-30", "between May and June"),
    ("between May and June 2025", "2025-05-01", "2025-06-30", "between May and June 2025"),
    ("between November and February", "2025-11-01", "2026-02-28", "between November and February"),
    ("from 3 May to 10 May", "2026-05-03", "2026-05-10", "from 3 May to 10 May"),
    ("3-10 May", "2026-05-03", "2026-05-10", "3-10 May"),
    ("May 3 to 10, 2025", "2025-05-03", "2025-05-10", "May 3 to 10, 2025"),
    ("from Monday to Wednesday", "2026-11-16", "2026-11-18", "from Monday to Wednesday"),
    ("between 2023 and 2024", "2023-01-01", "2024-12-31", "between 2023 and 2024"),
    ("on Monday", "2026-11-16", "2026-11-16", "on Monday"),
    ("last Thursday", "2026-11-19", "2026-11-19", "last Thursday"),
    ("What happened on Friday evening?", "2026-11-20", "2026-11-20", "on Friday evening"),
    ("What did I do Tuesday?", "2026-11-17", "2026-11-17", "Tuesday"),
    ("on Tuesday last week", "2026-11-17", "2026-11-17", "on Tuesday last week"),
    ("in 2025", "2025-01-01", "2025-12-31", "in 2025"),
    ("back in 2019", "2019-01-01", "2019-12-31", "back in 2019"),
    ("the end of 2025", "2025-09-01", "2025-12-31", "the end of 2025"),
    ("last summer", "2026-06-01", "2026-08-31", "last summer"),
    ("in the summer of 2025", "2025-06-01", "2025-08-31", "in the summer of 2025"),
    ("over the winter", "2025-12-01", "2026-02-28", "over the winter"),
    ("last Christmas", "2025-12-24", "2025-12-26", "last Christmas"),
    ("on New Year’s Eve", "2025-12-31", "2026-01-01", "on New Year’s Eve"),
]  # fmt: skip

NOT_NAMED = """
I may go out later
You may be right about that
those 3 may come
I have 3 may be 4 ideas
may 3 people come
May is my best friend
What did May say about the flat?
April called me again
June and I went swimming
I talked to August about it
an august occasion
March on, I told myself
we march every year for peace
I had to march 3 miles
mark my words
the jury is out
The sun was out
I sat with it
she wed a sailor
give me a second
just a second ago
the second time this happened
I had a bad fall
there was a spring in my step
I will fall for it
summer dresses
winter is hard for me
Christmas songs make me sad
every Monday I feel flat
on Mondays I swim
What happens to me on Sunday evenings?
a Sunday roast
Next Monday I start
one day I will be fine
day in, day out
some day soon
the last day of school
the last week of term was hard
the last time I saw her
at last
long ago
ages ago
years ago we met
I am 25 years old
my 21st birthday
on the 3rd floor
for two weeks I slept badly
in the morning
at night I lie awake
walked 2000 steps
wrote it in 2000 words
call room 2025
version 3.5.2
I give it 3-10 points
from mum to dad
between you and me
tomorrow
next month
What should I do next week?
""".strip().splitlines()


@pytest.mark.parametrize(("text", "start", "end", "said"), NAMED, ids=[row[0] for row in NAMED])
def test_a_named_time_is_understood(text: str, start: str, end: str, said: str) -> None:
    assert period(text, NOW) == Period(date.fromisoformat(start), date.fromisoformat(end), said)


@pytest.mark.parametrize("text", NOT_NAMED)
def test_an_ordinary_word_is_not_a_date(text: str) -> None:
    assert period(text, NOW) is None


@pytest.mark.parametrize(
    "text", ["9999 years ago", "0 days ago", "on 31 June", "on 45 May", "in 2099", "", "ago " * 500]
)
def test_an_impossible_date_is_none_at_all(text: str) -> None:
    found = period(text, NOW)
    assert found is None or found.start <= found.end


def test_days_are_those_of_where_the_person_is() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    found = period("yesterday", late)
    assert found is not None
    assert found.start == date(2026, 11, 22)


def test_the_surest_of_two_times_counts() -> None:
    found = period("Today I thought about 3 May 2024 again", NOW)
    assert found is not None
    assert found.start == date(2024, 5, 3)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("What did I say about Ada in March?", "What did I say about Ada ?"),
        ("On May 3rd I met Ada", "I met Ada"),
        ("yesterday", ""),
        ("nothing about time", "nothing about time"),
    ],
)
def test_the_rest_of_the_question_is_what_is_searched_for(text: str, rest: str) -> None:
    assert without(text, period(text, NOW)) == rest


def test_a_period_from_elsewhere_takes_nothing_away() -> None:
    elsewhere = Period(date(2026, 1, 1), date(2026, 1, 31), "")
    assert without("about Ada", elsewhere) == "about Ada"


def test_what_was_said_is_not_shown_in_a_log() -> None:
    assert "yesterday" not in repr(period("yesterday", NOW))
