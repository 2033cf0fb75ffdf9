"""Planted patterns are found, chance is not, and every pattern carries its evidence."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from between.domain import Entry, Mood
from between.insights.associations import hard_on_self_links, mood_links
from between.insights.chance import (
    difference_interval,
    discoveries,
    interval,
    permutation_p,
    weekday_p,
    whitened,
)
from between.insights.evidence import SAYS_KEYS, Pattern, verified
from between.insights.lexis import Lexis, patterns_in
from between.insights.nights import GOOD, POOR, night
from between.insights.weekday_patterns import weekday_patterns
from between.insights.words import recurring, recurring_patterns, said
from tests.fakes_insights import FIRST, Plant, entry, life


def honest(patterns: tuple[Pattern, ...], entries: list[Entry]) -> bool:
    """Every pattern has three exact quotes from three days, a count within its total, known entries and a sentence."""
    ids = {e.id for e in entries}
    return all(
        verified(p.quotes, entries) == p.quotes
        and len({quote.at.date() for quote in p.quotes}) >= 3
        and 0 < p.in_count <= p.of_count
        and p.since <= min(q.at.date() for q in p.quotes) + timedelta(days=1)
        and {*p.entries, *p.against} <= ids
        and not set(p.entries) & set(p.against)
        and p.says_key in SAYS_KEYS
        for p in patterns
    )


def chance_patterns(entries: list[Entry]) -> tuple[Pattern, ...]:
    lexis = Lexis(entries)
    return (*weekday_patterns(entries), *mood_links(lexis), *hard_on_self_links(lexis))


# Null lives -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "plant",
    [Plant(), Plant(drift=0.9, spells=0.9), Plant(days=45, writes=0.6)],
    ids=["usual", "long drifts and spells", "short and sparse"],
)
def test_a_life_without_a_pattern_shows_hardly_any(plant: Plant) -> None:
    wrong = sum(bool(chance_patterns(life(seed, plant))) for seed in range(12))
    assert wrong <= 1


def test_a_life_that_was_shuffled_loses_its_patterns() -> None:
    entries = life(5, Plant(sunday=-1.4, sleep=-1.4))
    assert chance_patterns(entries)
    moods = np.random.default_rng(0).permutation([int(e.mood or 3) for e in entries])
    shuffled = [
        entry(n, e.text, e.at.date(), Mood(int(m)))
        for n, (e, m) in enumerate(zip(entries, moods, strict=True))
    ]
    assert not chance_patterns(shuffled)


# Planted --------------------------------------------------------------------------------------------


def test_low_sundays_are_found() -> None:
    hits = 0
    for seed in range(8):
        entries = life(seed, Plant(sunday=-1.3))
        found = weekday_patterns(entries)
        assert honest(found, entries)
        hits += any(p.values["weekday"] == 6 and p.says_key == "insights.weekday_lower" for p in found)
    assert hits >= 7


def test_a_weekday_pattern_shows_its_exceptions_and_its_size() -> None:
    entries = life(0, Plant(days=200, sunday=-1.3))
    (pattern,) = weekday_patterns(entries)
    assert (
        float(pattern.values["low"]) < float(pattern.values["difference"]) < float(pattern.values["high"]) < 0
    )
    assert pattern.values["strength"] in {"clear", "strong"}
    days = {e.at.date() for e in entries if e.at.weekday() == 6}
    assert pattern.of_count == len(days)
    assert pattern.in_count + len(pattern.against) == pattern.of_count


def test_poor_nights_before_low_days_are_found() -> None:
    hits = 0
    for seed in range(8):
        entries = life(seed, Plant(sleep=-1.2))
        found = mood_links(Lexis(entries))
        assert honest(found, entries)
        hits += any(p.says_key == "insights.lower_poor_night" for p in found)
        assert all("slept badly" in q.text.lower() for p in found[:1] for q in p.quotes)
    assert hits >= 7


def test_a_word_that_goes_with_low_days_is_found_as_the_person_writes_it() -> None:
    hits = 0
    for seed in range(8):
        entries = life(seed, Plant(landlord=-1.3))
        found = mood_links(Lexis(entries))
        assert honest(found, entries)
        hits += any(p.values["word"] == "Voss" and p.says_key == "insights.lower_with" for p in found)
    assert hits >= 7


def test_a_finding_is_told_once() -> None:
    entries = life(10, Plant(sleep=-1.2))  # "slept badly" and its heat stand on the same days
    (pattern,) = mood_links(Lexis(entries))
    assert pattern.says_key == "insights.lower_poor_night"
    assert (
        pattern.in_count + len({e.at.date() for e in entries if e.id in pattern.against}) == pattern.of_count
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Slept four hours. Work.", POOR),
        ("Four hours. Awake from ten to three.", POOR),
        ("about 4.5 hours", POOR),
        ("Three and a half hours, in two pieces.", POOR),
        ("Awake till nearly three. Four hours in all.", POOR),
        ("I hardly slept.", POOR),
        ("Couldn’t sleep again", POOR),
        ("Another bad night.", POOR),
        ("Slept eight hours and I keep wanting to tell people.", GOOD),
        ("7h sleep", GOOD),
        ("Slept well.", GOOD),
        ("A good night's sleep at last.", GOOD),
        ("Slept six hours.", None),
        ("Worked for four hours.", None),
        ("Four hours of meetings.", None),
        ("Three hours late.", None),
        ("Slept badly, then slept well after five.", None),
        ("Good night, diary.", None),
        ("I put up three shelves.", None),
        ("", None),
    ],
)
def test_a_night_is_read_as_it_is_said_and_never_guessed(text: str, kind: str | None) -> None:
    assert [one for one in (POOR, GOOD) if night(text, one)] == ([kind] if kind else [])
    for one in (POOR, GOOD):
        place = night(text, one)
        assert place is None or text[slice(*place)]


def test_a_tag_can_go_with_mood_on_the_day_after() -> None:
    dice = np.random.default_rng(1)
    entries, late = [], False
    for n in range(150):
        mood = int(np.clip(round(3.6 + float(dice.normal(0, 0.6)) - (1.5 if late else 0)), 1, 5))
        late = bool(dice.random() < 0.3)
        tags = ("late night",) if late else ()
        day = FIRST + timedelta(days=n)
        entries.append(entry(n, f"On {day} some things were done.", day, Mood(mood), tags))
    (pattern,) = mood_links(Lexis(entries))
    assert pattern.says_key == "insights.lower_after"
    assert pattern.values["word"] == "late night"
    assert pattern.values["tag"] == 1
    assert honest((pattern,), entries)


def test_being_hard_on_oneself_after_an_event_is_found() -> None:
    hits = 0
    for seed in range(8):
        entries = life(seed, Plant(loop=True))
        found = hard_on_self_links(Lexis(entries))
        assert honest(found, entries)
        hits += any(str(p.values["word"]) in {"Karen", "review"} for p in found)
        hard = patterns_in("hard_on_self")
        assert all(hard.search(quote.text) for p in found for quote in p.quotes)
    assert hits >= 7


def test_the_words_of_hard_sentences_are_not_their_own_cause() -> None:
    entries = life(2, Plant(loop=True))
    words = {str(p.values["word"]) for p in hard_on_self_links(Lexis(entries))}
    assert not words & {"fault", "wrong", "stupid", "prepared better", "prepared"}


def test_words_that_only_name_a_mood_are_no_finding() -> None:
    entries = []
    for n in range(120):
        low = n % 3 == 0
        text = "A sad and anxious day indoors." if low else "A happy day in the park."
        entries.append(
            entry(n, f"{text} Line {n}.", FIRST + timedelta(days=n), Mood.LOW if low else Mood.GOOD)
        )
    words = {str(p.values["word"]) for p in mood_links(Lexis(entries))}
    assert not {"sad", "anxious", "happy"} & words


def test_few_days_say_nothing() -> None:
    entries = life(1, Plant(days=25, sunday=-2, sleep=-2))
    assert not weekday_patterns(entries)
    assert not mood_links(Lexis(entries[:15]))


# Words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "hard"),
    [
        ("I'm so stupid.", True),
        ("I’m such a mess", True),
        ("It was all my fault again", True),
        ("I should have known better", True),
        ("I always mess it up", True),
        ("I was so lazy on holiday, lovely", True),
        ("He is so stupid.", False),
        ("It was not a question of fault", False),
        ("I should have lunch", False),
        ("The weakness of the tea", False),
    ],
)
def test_hard_words_are_those_about_oneself(text: str, hard: bool) -> None:
    assert bool(patterns_in("hard_on_self").search(text)) is hard


def recurring_words(lines: list[str]) -> list[str]:
    entries = [entry(n, text, FIRST + timedelta(days=n)) for n, text in enumerate(lines)]
    lexis = Lexis(entries)
    return [said(lexis, term.stems) for term in recurring(lexis)]


def test_words_that_come_back_win_over_words_that_everybody_uses() -> None:
    lines = [f"I really think that I know what people want, and {x} happened." for x in "abcdefghij"]
    lines = [f"{line} The harbour was there." if n % 2 else line for n, line in enumerate(lines)]
    words = recurring_words(lines)
    assert "harbour" in words
    assert not {"really", "think", "know", "people", "want"} & set(words)


def test_forms_of_a_word_are_one_and_names_keep_their_capital() -> None:
    words = recurring_words(
        [
            "We quarrelled with Maya.",
            "A quarrel, and Maya left.",
            "Quarrelling with Maya again.",
            "I miss Maya.",
        ]
    )
    assert "Maya" in words
    assert len([word for word in words if word.startswith("quarrel")]) == 1


def test_a_phrase_stands_for_its_words() -> None:
    words = recurring_words(
        [f"The bus stop at {x} was wet." for x in ("Hill", "Mill", "Rill", "Till", "Pill")]
    )
    assert "bus stop" in words
    assert "bus" not in words


def test_a_phrase_does_not_reach_over_a_full_stop() -> None:
    words = recurring_words(
        [f"{x} at the harbour. Maya was late." for x in ("Fog", "Rain", "Snow", "Hail", "Sun")]
    )
    assert "harbour Maya" not in words


def test_a_word_of_one_day_does_not_recur() -> None:
    assert "zebra" not in recurring_words(["zebra zebra zebra and zebra", "Other words", "More of them"])


def test_recurring_words_are_shown_with_their_quotes() -> None:
    entries = life(1)
    found = recurring_patterns(entries)
    assert found
    assert honest(found, entries)
    assert all(len({quote.text for quote in p.quotes}) > 1 for p in found)


# Chance ---------------------------------------------------------------------------------------------


def test_benjamini_and_hochberg_believe_the_clear_ones_only() -> None:
    p = np.array([0.001, 0.9, 0.019, 0.3, 0.004])
    assert discoveries(p, 0.05).tolist() == [True, False, True, False, True]
    assert not discoveries(np.array([0.04] + [0.5] * 30), 0.05).any()
    assert not discoveries(np.array([]), 0.05).any()


def test_what_is_left_of_moods_that_drift_no_longer_drifts() -> None:
    dice = np.random.default_rng(3)
    values = [0.0]
    for _ in range(600):
        values.append(0.8 * values[-1] + float(dice.normal()))
    days = [FIRST + timedelta(days=n) for n in range(len(values))]
    left = whitened(days, np.array(values))
    assert np.corrcoef(values[:-1], values[1:])[0, 1] > 0.7
    assert abs(np.corrcoef(left[:-1], left[1:])[0, 1]) < 0.1


def test_chance_figures_are_even_when_there_is_nothing() -> None:
    dice = np.random.default_rng(4)
    flags = dice.random((80, 200)) < 0.3
    p = permutation_p(dice.normal(size=80), flags, rounds=1000)
    assert 0.4 < p.mean() < 0.6
    assert (p < 0.05).mean() < 0.12


def test_a_weekday_is_compared_within_its_weeks() -> None:
    days = [FIRST + timedelta(days=n) for n in range(84)]
    weeks = np.array([float(n // 7) for n in range(84)])  # better from week to week is not a weekday
    assert weekday_p(days, weeks, rounds=400).min() == 1.0
    sundays = np.array([d.weekday() == 6 for d in days])
    p = weekday_p(days, weeks - 2.0 * sundays, rounds=400)
    assert p[6] < 0.02
    assert int(np.argmin(p)) == 6


def test_intervals_hold_the_figure_and_narrow_with_more_days() -> None:
    dice = np.random.default_rng(5)
    few, many = dice.normal(3, 1, 10), dice.normal(3, 1, 400)
    assert interval(few)[1] - interval(few)[0] > interval(many)[1] - interval(many)[0]
    days = [FIRST + timedelta(days=n) for n in range(400)]
    flags = dice.random(400) < 0.3
    low, high = difference_interval(days, many - flags, flags)
    assert low < -1 + 0.3
    assert high > -1 - 0.3
    assert high < 0


def test_the_same_diary_gives_the_same_answer() -> None:
    entries = life(7, Plant(sunday=-1.3, sleep=-1.3))
    assert chance_patterns(entries) == chance_patterns(list(entries))
