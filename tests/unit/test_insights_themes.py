"""Themes: groups of passages close in meaning, named and quoted in the person's own words, or not shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from between.domain import Entry
from between.insights.clusters import groups
from between.insights.evidence import verified
from between.insights.insights import Insights
from between.insights.ports import Vectors
from between.insights.themes import Passage, passages_of, themes
from between.memory.encoder import Encoder
from tests.fakes_insights import FIRST, TOPICS, entry, kept_apart

HARBOUR = (
    "Watched the boats in the harbour before work.",
    "The harbour was full of small boats.",
    "Sat by the harbour until it got cold.",
    "Fog over the harbour and the boats again.",
)
QUARREL = (
    "Another quarrel with my brother about money.",
    "My brother and I had the same quarrel again.",
    "No word from my brother since the quarrel.",
    "The quarrel with my brother is on my mind.",
)
OTHERS = tuple(line for lines in TOPICS.values() for line in lines[:2] if len(line.split()) >= 5)


def diary() -> list[Entry]:
    """One line a day: two themes among many other things."""
    lines = [*HARBOUR, *OTHERS[:10], *QUARREL, *OTHERS[10:20]]
    order = np.random.default_rng(1).permutation(len(lines))
    return [entry(n, lines[i], FIRST + timedelta(days=3 * n)) for n, i in enumerate(order)]


def vectors(texts: list[str]) -> Vectors:
    """Each theme has a direction of its own; every other text another."""
    dice = np.random.default_rng(2)
    rows = dice.normal(size=(len(texts), 48))
    for direction, lines in ((0, HARBOUR), (1, QUARREL)):
        for row, text in zip(rows, texts, strict=True):
            if text in lines:
                row[direction] += 14
    rows += 3.0  # what all texts of one person share
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def found(entries: list[Entry]) -> dict[str, int]:
    passages = passages_of(entries)
    patterns = themes(passages, vectors([p.text for p in passages]), entries)
    for pattern in patterns:
        assert verified(pattern.quotes, entries) == pattern.quotes
        assert len({quote.at.date() for quote in pattern.quotes}) >= 3
        assert pattern.in_count == len(pattern.entries)
        assert pattern.of_count == len(entries)
        assert pattern.since <= min(q.at.date() for q in pattern.quotes)
        assert max(q.at.date() for q in pattern.quotes) <= pattern.until
    return {str(pattern.values["words"]): pattern.in_count for pattern in patterns}


def test_themes_are_found_and_named_in_the_persons_words() -> None:
    names = found(diary())
    assert any("harbour" in name and count == 4 for name, count in names.items())
    assert any("quarrel" in name and "brother" in name and count == 4 for name, count in names.items())
    assert len(names) == 2


def test_closeness_without_a_common_word_has_no_name_and_is_not_shown() -> None:
    entries = diary()
    passages = passages_of(entries)
    strangers = iter(
        ("Zinnias bloom quite early", "Plumbers whistle very loudly", "Maps fold badly", "Kites rip")
    )
    texts = [next(strangers) if p.text in HARBOUR else p.text for p in passages]
    other = [replace(e, text=t) for e, t in zip(entries, texts, strict=True)]
    rows = vectors([p.text for p in passages])
    names = themes([Passage(e.id, e.text) for e in other], rows, other)
    assert [str(p.values["words"]).split(", ")[0] for p in names] in (["quarrel"], ["brother"])


def test_two_days_are_no_theme() -> None:
    entries = [e for e in diary() if e.text not in HARBOUR[2:]]
    assert not any("harbour" in name for name in found(entries))


def test_entries_kept_apart_are_in_no_theme() -> None:
    entries = kept_apart(diary(), lambda e: e.text in HARBOUR)
    passages = [Passage(e.id, e.text) for e in entries]
    names = themes(passages, vectors([p.text for p in passages]), entries)
    assert not any("harbour" in str(p.values["words"]) for p in names)
    assert not any(p.text in HARBOUR for p in passages_of(entries))


def test_passages_that_no_longer_stand_in_their_entry_are_ignored() -> None:
    entries = diary()
    passages = [Passage(e.id, e.text) for e in entries]
    edited = [replace(e, text="Now it says something else.") if e.text in HARBOUR else e for e in entries]
    names = themes(passages, vectors([p.text for p in passages]), edited)
    assert not any("harbour" in str(p.values["words"]) for p in names)


def test_a_theme_in_most_entries_is_the_diary_and_not_a_theme() -> None:
    entries = [e for e in diary() if e.text in HARBOUR or e.text in QUARREL[:3]]
    assert not any("harbour" in name for name in found(entries))


def test_texts_without_anything_in_common_make_no_theme() -> None:
    entries = [e for e in diary() if e.text not in HARBOUR and e.text not in QUARREL]
    assert found(entries) == {}


def test_passages_are_thinned_over_the_whole_time() -> None:
    some = passages_of(diary(), most=6)
    assert len(some) == 6
    days = {e.id: e.at for e in diary()}
    assert days[some[0].entry_id] == diary()[0].at
    assert days[some[-1].entry_id] == diary()[-1].at


def test_average_linkage_agrees_with_a_known_implementation() -> None:
    from sklearn.cluster import AgglomerativeClustering

    from between.insights.clusters import centred

    dice = np.random.default_rng(6)
    rows = np.concatenate([dice.normal(dice.normal(0, 4, 8), 1, (12, 8)) for _ in range(5)]).astype(
        np.float32
    )
    middle = centred(rows)
    known = (
        AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=0.6)
        .fit(middle)
        .labels_
    )
    ours = groups(rows, 0.4)
    theirs = [np.flatnonzero(known == label).tolist() for label in set(known)]
    assert sorted(map(sorted, ours)) == sorted(t for t in theirs if len(t) > 1)


def test_nothing_comes_of_nothing() -> None:
    none = np.zeros((0, 4), dtype=np.float32)
    assert themes([], none, []) == ()
    assert groups(none, 0.3) == []
    assert groups(np.ones((5, 4), dtype=np.float32), 0.3) == []


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_the_real_encoder_finds_the_themes_of_a_diary(encoder: Encoder) -> None:
    entries = diary()
    passages = passages_of(entries)
    room = Insights(lambda: entries, lambda: entries[-1].at)
    patterns = room.themes(passages, encoder.embed([p.text for p in passages]))
    assert isinstance(patterns, tuple)
    names = [str(p.values["words"]) for p in patterns]
    assert any("harbour" in name for name in names)
    assert any("quarrel" in name or "brother" in name for name in names)
