"""The demo life is whole, reads true on any date, and carries exactly what its ground truth says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from itertools import pairwise
from statistics import correlation, mean
from zoneinfo import ZoneInfo

import pytest

from between.demo.life import SOURCE, Life, Planted, Truth, load, truth
from between.domain import Conversation, Entry, ItemId, Message, Role

TODAY = date(2026, 3, 4)
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
HALF_ASLEEP = range(0, 5)


def numbered() -> Iterator[ItemId]:
    return (ItemId(f"{n:032x}") for n in range(10_000))


def at(today: date) -> Life:
    return load(today, UTC, numbered().__next__)


@cache
def life() -> Life:
    return at(TODAY)


@cache
def planted() -> Truth:
    return truth()


def lines() -> dict[str, Entry]:
    known = {entry.id: entry for entry in life().entries}
    return {line: known[id] for line, id in life().ids.items() if id in known}


def threads() -> list[tuple[Conversation, list[Message]]]:
    return [
        (one, [m for m in life().messages if m.conversation_id == one.id]) for one in life().conversations
    ]


def companion() -> list[Message]:
    return [message for message in life().messages if message.role is Role.COMPANION]


def pattern(id: str) -> Planted:
    return planted().pattern(id)


def moods(entries: Iterable[Entry]) -> list[int]:
    return [int(entry.mood) for entry in entries if entry.mood is not None]


def of(names: Iterable[str]) -> list[Entry]:
    return [lines()[name] for name in names]


def but(names: Iterable[str]) -> list[Entry]:
    left_out = set(names)
    return [entry for name, entry in lines().items() if name not in left_out]


def rainy() -> list[Entry]:
    return [entry for entry in life().entries if re.search(r"(?i)\brain(?:ed|ing|s|y)?\b|drizzl", entry.text)]


def words(text: str) -> int:
    return len(text.split())


# How much there is -----------------------------------------------------------------------------


def test_there_are_fifteen_weeks_with_empty_days_and_full_ones() -> None:
    entries = life().entries
    days = Counter(entry.at.date() for entry in entries)
    assert len(entries) >= 120
    assert (entries[-1].at.date() - entries[0].at.date()).days + 1 == 105
    assert len(days) < 105
    assert max(days.values()) >= 2
    assert all(b.at > a.at for a, b in pairwise(entries))
    assert {entry.source for entry in entries} == {SOURCE}


def test_entries_run_from_half_a_sentence_to_a_page() -> None:
    lengths = [words(entry.text) for entry in life().entries]
    assert min(lengths) >= 15
    assert max(lengths) <= 260
    assert sum(n < 30 for n in lengths) >= 20
    assert sum(n > 150 for n in lengths) >= 8


def test_about_a_quarter_of_the_entries_have_no_mood() -> None:
    share = sum(entry.mood is None for entry in life().entries) / len(life().entries)
    assert 0.2 <= share <= 0.3
    assert set(moods(life().entries)) == {1, 2, 3, 4, 5}


def test_nothing_is_there_twice() -> None:
    said = [entry.text for entry in life().entries] + [message.text for message in life().messages]
    assert len(set(said)) == len(said)
    openings = [" ".join(entry.text.split()[:6]) for entry in life().entries]
    assert len(set(openings)) == len(openings)
    assert len(set(life().ids.values())) == len(life().ids)


# Dates that float ------------------------------------------------------------------------------


@pytest.mark.parametrize("later", range(8))
def test_the_last_sunday_is_the_newest_that_is_not_after_today(later: int) -> None:
    today = TODAY + timedelta(days=later)
    last = at(today).entries[-1].at.date()
    assert last.weekday() == 6
    assert 0 <= (today - last).days <= 6


def test_weekdays_stay_where_they_are_while_dates_move() -> None:
    then, now = at(TODAY), at(TODAY + timedelta(days=300))
    assert [entry.at.weekday() for entry in then.entries] == [entry.at.weekday() for entry in now.entries]
    assert [entry.at.time() for entry in then.entries] == [entry.at.time() for entry in now.entries]


def test_times_are_the_persons_own_clock() -> None:
    east = timezone(timedelta(hours=9))
    entry = load(TODAY, east, numbered().__next__).entries[0]
    assert entry.at.utcoffset() == timedelta(hours=9)
    assert entry.at.hour == life().entries[0].at.hour


def test_every_time_exists_where_the_clocks_change() -> None:
    zone = ZoneInfo("America/New_York")
    for week in range(15):
        for entry in load(date(2026, 3, 15) + timedelta(weeks=week), zone, numbered().__next__).entries:
            assert datetime.fromtimestamp(entry.at.timestamp(), zone).time() == entry.at.time()


# Names of days ---------------------------------------------------------------------------------

DAY = rf"({'|'.join(DAYS)})"
SAYS_TODAY = [rf"\bit's {DAY}", rf"\bit was our {DAY}", rf"\bour {DAY}(?: again|\.)", rf"\bOn a {DAY}\.",
              rf"\bMy first {DAY}", rf"^{DAY} number two", rf"\ba {DAY} with no"]  # fmt: skip
SAYS_TOMORROW = [rf"\bhours until {DAY}", rf"\bit'll be {DAY} sooner", rf"there's the {DAY} caseload"]


def found(patterns: list[str]) -> list[tuple[Entry, str]]:
    return [
        (entry, name)
        for entry in life().entries
        for one in patterns
        for name in re.findall(one, f"{entry.title}\n{entry.text}", re.IGNORECASE | re.MULTILINE)
    ]


def test_a_day_that_is_called_today_is_the_day_of_the_entry() -> None:
    mentions = found(SAYS_TODAY)
    assert len(mentions) >= 9
    for entry, name in mentions:
        assert DAYS[entry.at.weekday()] == name.title(), entry.title


def test_a_day_that_is_called_tomorrow_is_the_next() -> None:
    mentions = found(SAYS_TOMORROW)
    assert len(mentions) >= 3
    for entry, name in mentions:
        assert DAYS[(entry.at.weekday() + 1) % 7] == name


def weeks(opening: str) -> set[tuple[int, int]]:
    first = life().entries[0].at.date()
    return {
        ((entry.at.date() - first).days // 7, entry.at.weekday())
        for entry in life().entries
        if re.search(opening, entry.text)
    }


def test_what_happens_on_a_fixed_day_happens_on_that_day() -> None:
    assert {day for _, day in weeks(r"\ACaseload")} == {0}
    assert weeks(r"\ACommittee") == {(week, 3) for week in (2, 6, 10, 14)}
    assert weeks(r"\A(?:Judith|(?:Told|Read|Asked) Judith) ?(?:asked|\.|about|the letter|what)") == {
        (week, 2) for week in range(1, 15, 2)
    }
    assert weeks(r"\A(?:First|Second) bookbinding") == {(3, 1), (4, 1)}


def test_nothing_names_a_date_a_month_or_a_season() -> None:
    months = r"January|February|\bMarch\b|April|\bMay\b|\bJune\b|\bJuly\b|August|September|October|November|December"
    seasons = r"(?i:\b(?:springtime|summer|autumn|winter|christmas|easter|bank holiday|snow\w*|frost\w*)\b)"
    dates = r"\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:19|20)\d\d\b"
    for text in all_words():
        assert not re.search(f"{months}|{seasons}|{dates}", text), text


def all_words() -> Iterator[str]:
    for entry in life().entries:
        yield from (entry.title, entry.text)
    for conversation, messages in threads():
        yield conversation.title
        yield from (message.text for message in messages)


def test_there_is_no_diagnosis_no_medication_and_no_crisis() -> None:
    never = r"\b(?:depress\w+|anxiety|diagnos\w+|disorder|trauma\w*|panic attack|pills?|tablets?|dose|medicat\w+|medicines?|prescri\w+|suicid\w+|self-harm|kill\w*|hopeless\w*|worthless|burden)\b"
    for text in all_words():
        assert not re.search(never, text, re.IGNORECASE), text


# The conversations -----------------------------------------------------------------------------


def test_conversations_take_turns_and_never_run_backwards() -> None:
    assert len(threads()) >= 8
    for conversation, messages in threads():
        assert 6 <= len(messages) <= 14, conversation.title
        assert [message.role for message in messages[:2]] == [Role.PERSON, Role.COMPANION]
        assert all(a.role is not b.role and a.at < b.at for a, b in pairwise(messages))
        assert conversation.at == messages[0].at


@pytest.mark.parametrize("message", companion(), ids=lambda m: m.at.isoformat())
def test_the_companion_is_short_and_asks_at_most_one_thing(message: Message) -> None:
    assert 15 <= words(message.text) <= 80
    assert message.text.count("?") <= 1
    assert "!" not in message.text


BANNED = (
    r"\bI understand\b|\bhere for you\b|\bI care\b|\bI feel\b|\bI'm sorry\b|\bproud\b|\bwell done\b|\bamazing\b"
    r"|\bgreat\b|\bgood (?:job|work|for you)\b|\bbrave\b|\bstrong\b|\bthat's (?:normal|okay|valid)\b|\byou should\b"
    r"|\byou must\b|\bmiss(?:ed)? you\b|\blove\b|\balways here\b|\bas your\b|\bhealing\b|\bjourney\b|\bsafe space\b"
    r"|\bI (?:think|hope|wish|want|worry|know|remember|hear)\b|\bit makes sense\b|\bpromise\b|\bsecret\b"
)


@pytest.mark.parametrize("message", companion(), ids=lambda m: m.at.isoformat())
def test_the_companion_claims_no_feelings_gives_no_praise_and_no_orders(message: Message) -> None:
    own = re.sub(r"“[^”]*”", "", message.text)  # the person's words are the person's
    assert not re.search(BANNED, own, re.IGNORECASE)


def test_the_companion_quotes_exactly_what_was_already_written() -> None:
    quotes = 0
    for _, messages in threads():
        for message in messages:
            if message.role is Role.PERSON:
                continue
            before = [e.text for e in life().entries if e.at < message.at]
            before += [m.text for m in messages if m.at < message.at and m.role is Role.PERSON]
            for quote in re.findall(r"“([^”]+)”", message.text):
                quotes += 1
                assert any(quote in text for text in before), quote
    assert quotes >= 20


def test_an_older_entry_that_comes_back_is_shown_with_its_exact_words() -> None:
    by_id = {entry.id: entry for entry in life().entries}
    brought = [m for m in companion() if m.provenance and m.provenance.passages]
    assert len(brought) >= 3
    for message in brought:
        assert message.provenance is not None
        for passage in message.provenance.passages:
            entry = by_id[ItemId(passage.source_id)]
            assert passage.text in entry.text
            assert passage.text in message.text
            assert passage.at == entry.at < message.at - timedelta(days=7)
    weeks_ago = next(m for m in brought if "A few weeks ago you wrote “" in m.text)
    assert weeks_ago.provenance is not None
    assert weeks_ago.at - weeks_ago.provenance.passages[0].at > timedelta(weeks=3)


def test_what_the_companion_said_is_never_remembered_as_the_persons_words() -> None:
    assert not any(message.remember for message in companion())
    assert all(message.provenance and not message.provenance.sent for message in companion())


def test_the_companion_counts_rain_rightly() -> None:
    [message] = [m for m in companion() if "rain comes up in six" in m.text]
    before = [e for e in rainy() if e.at.date() < message.at.date()]
    assert len(before) == 6
    assert [sum(m <= 2 for m in moods(before)), sum(m >= 4 for m in moods(before))] == [2, 4]


def test_a_wrong_guess_is_marked_and_taken_back() -> None:
    [(messages, place)] = [
        (messages, n)
        for _, messages in threads()
        for n, m in enumerate(messages)
        if m.feedback == "not_what_i_meant"
    ]
    assert "taken back" in messages[place + 2].text


def test_at_night_the_companion_is_shorter() -> None:
    night = [m for m in companion() if m.at.hour in HALF_ASLEEP]
    assert night
    assert max(words(m.text) for m in night) <= 45


# What was planted ------------------------------------------------------------------------------


def test_every_kind_of_pattern_is_planted_once_or_more() -> None:
    kinds = Counter(one.kind for one in planted().patterns)
    assert len(planted().patterns) >= 8
    assert {
        "rhythm",
        "association",
        "loop",
        "resolved_conflict",
        "friendship_cools_and_heals",
        "strength",
    } <= set(kinds)
    assert {"begun_and_dropped", "only_seems", "open_question"} <= set(kinds)
    assert len({one.id for one in planted().patterns}) == len(planted().patterns)


@pytest.mark.parametrize("one", truth().patterns, ids=lambda one: one.id)
def test_evidence_is_there_word_for_word(one: Planted) -> None:
    assert len(one.carried_by) >= 3
    assert one.against or one.kind in {"begun_and_dropped", "open_question"}
    assert not set(one.carried_by) & set(one.against)
    assert {*one.carried_by, *one.against} <= set(lines())
    assert len(one.quotes) >= 3
    for quote in one.quotes:
        assert quote.text in lines()[quote.line].text
    for loop in one.loops:
        for step in (loop.situation, loop.thought, loop.feeling, loop.did):
            assert step in lines()[loop.line].text


@pytest.mark.parametrize("one", truth().patterns, ids=lambda one: one.id)
def test_questions_name_lines_that_exist(one: Planted) -> None:
    assert 2 <= len(one.questions) <= 3
    assert 2 <= len(one.blind_questions) <= 3
    for question in (*one.questions, *one.blind_questions):
        assert question.must_return
        assert set(question.must_return) <= set(lines())


def test_sundays_are_lower_and_speak_of_the_week() -> None:
    sundays = [entry for entry in life().entries if entry.at.weekday() == 6]
    others = [entry for entry in life().entries if entry.at.weekday() != 6]
    assert mean(moods(sundays)) <= mean(moods(others)) - 0.7
    for weekday in range(6):
        assert mean(moods(e for e in others if e.at.weekday() == weekday)) > mean(moods(sundays)) + 0.3
    dread = pattern("sunday-dread")
    for entry in of(dread.carried_by):
        assert entry.at.weekday() == 6
        assert entry.at.hour >= 17
        assert re.search(r"\bweek\b|\bMonday\b|\bmeeting\b|\btomorrow\b", entry.text)
    assert min(moods(of(dread.against))) >= 4


def test_short_nights_go_with_low_days_and_not_always() -> None:
    sleep = pattern("short-sleep-low-mood")
    pairs = [
        (hours, int(mood)) for line, hours in sleep.hours.items() if (mood := lines()[line].mood) is not None
    ]
    short = [mood for hours, mood in pairs if hours <= 5]
    long = [mood for hours, mood in pairs if hours >= 7.5]
    assert len(short) >= 10
    assert len(long) >= 10
    assert mean(short) <= mean(long) - 1
    assert correlation([h for h, _ in pairs], [float(m) for _, m in pairs]) >= 0.5
    assert max(short) >= 4
    assert min(long) <= 2
    assert mean(short) <= mean(moods(but(sleep.hours))) - 0.7


def test_hours_of_sleep_are_said_in_the_line() -> None:
    spoken = r"(?i)\bhours?\b|\b(?:slept|awake)\b"
    for line in pattern("short-sleep-low-mood").hours:
        assert re.search(spoken, lines()[line].text)


def test_after_meetings_the_loop_costs_a_mood_and_fine_meetings_do_not() -> None:
    loop = pattern("after-meetings")
    assert {one.line for one in loop.loops} == set(loop.carried_by)
    assert max(moods(of(loop.carried_by))) <= 2
    assert min(moods(of(loop.against))) >= 3


@pytest.mark.parametrize("id", ["bridie", "tamsin"])
def test_a_story_is_told_in_order_and_ends_better_than_its_middle(id: str) -> None:
    stages = [of(names) for names in pattern(id).stages.values()]
    assert len(stages) == 4
    for earlier, later in pairwise(stages):
        assert max(entry.at for entry in earlier) < min(entry.at for entry in later)
    assert mean(moods(stages[-1])) >= mean(moods(stages[1])) + 1


@pytest.mark.parametrize(("id", "better"), [("swimming", 0.8), ("mending", 0.8)])
def test_what_helps_goes_with_better_moods_and_has_an_exception(id: str, better: float) -> None:
    strength = pattern(id)
    assert mean(moods(of(strength.carried_by))) >= mean(moods(but(strength.carried_by))) + better
    assert max(moods(of(strength.against))) <= 2


def test_what_was_begun_is_never_mentioned_again() -> None:
    [last] = of(pattern("bookbinding").stages["last_mention"])
    later = [entry.text for entry in life().entries if entry.at > last.at]
    later += [message.text for message in life().messages if message.at > last.at]
    assert len(later) > 100
    assert not [
        text for text in later if re.search(r"(?i)bookbind|\bLund\b|\bClive\b|evening class|awl\b", text)
    ]


def test_rain_only_seems_to_matter() -> None:
    dry = [entry for entry in life().entries if entry not in rainy()]
    assert len(moods(rainy())) >= 12
    assert abs(mean(moods(rainy())) - mean(moods(dry))) <= 0.15
    low = [sum(mood <= 2 for mood in moods(some)) / len(moods(some)) for some in (rainy(), dry)]
    assert abs(low[0] - low[1]) <= 0.1
    seems = pattern("rain")
    assert max(moods(of(seems.carried_by))) <= 2
    assert min(moods(of(seems.against))) >= 4
    assert {*of(seems.carried_by), *of(seems.against)} <= set(rainy())


def test_the_question_returns_and_stays_open() -> None:
    asked = of(quote.line for quote in pattern("senior-job").quotes)
    assert asked[-1].at - asked[0].at > timedelta(weeks=10)
    assert "I still couldn't tell you" in asked[-1].text
