"""The search by words."""

from __future__ import annotations

import math

import pytest

from between.memory.words import K1, B, Words, telling, tokens


def words(**chunks: str) -> Words:
    found = Words()
    found.add(chunks.items())
    return found


def best(index: Words, text: str) -> list[str]:
    return index.match(text).top(10)


def test_other_forms_of_a_word_are_found() -> None:
    index = words(a="My sister's wedding was lovely", b="We swam in the lake", c="Nothing about it")
    assert best(index, "weddings") == ["a"]
    assert best(index, "swam in lakes") == ["b"]


def test_accents_and_curly_apostrophes_make_no_difference() -> None:
    index = words(a="A café in Málaga", b="I didn’t go")
    assert best(index, "cafe malaga") == ["a"]
    assert tokens("Didn’t") == ["didn't"]


def test_stop_words_find_nothing() -> None:
    assert best(words(a="and then I was there with you"), "what was it that you did then?") == []


@pytest.mark.parametrize(
    "text", ['"', "NEAR(", "a* OR b", "'; drop table", "()", "-", "", "x" * 5000, "\x00\ud800", "🙂"]
)
def test_any_text_may_be_asked(text: str) -> None:
    assert isinstance(best(words(a="plain words"), text), list)


def test_scores_are_bm25() -> None:
    index = words(
        **{f"n{i}": "meadow grass" for i in range(60)}, a="heron heron meadow", b="heron meadow meadow lake"
    )
    n, df = 62, 2
    mean = (60 * 2 + 3 + 4) / 62
    weight = math.log1p((n - df + 0.5) / (df + 0.5))
    expected = weight * 2 * (K1 + 1) / (2 + K1 * (1 - B + B * 3 / mean))
    match = index.match("heron")
    assert match.score("a") == pytest.approx(expected, rel=1e-4)
    assert match.top(10) == ["a", "b"]
    assert match.score("n1") == match.score("unknown") == 0


def test_a_removed_chunk_is_gone_and_counts_no_more() -> None:
    index = words(a="heron", b="heron lake", c="lake")
    index.remove(["a", "unknown"])
    fresh = words(b="heron lake", c="lake")
    assert best(index, "heron") == ["b"]
    assert index.match("heron").score("b") == pytest.approx(fresh.match("heron").score("b"))
    assert len(index) == 2


def test_adding_again_replaces() -> None:
    index = words(a="heron")
    index.add([("a", "lake")])
    assert best(index, "heron") == []
    assert best(index, "lake") == ["a"]
    assert len(index) == 1


def test_many_small_additions_answer_as_one_large_one() -> None:
    texts = {f"c{i}": f"word{i % 7} word{i % 11} filler" for i in range(200)}
    slowly, at_once = Words(), Words()
    for pair in texts.items():
        slowly.add([pair])
    at_once.add(texts.items())
    for text in ("word3", "word5 word10", "filler"):
        a, b = slowly.match(text), at_once.match(text)
        assert [a.score(name) for name in texts] == pytest.approx([b.score(name) for name in texts])


def test_the_best_of_some_are_only_of_those() -> None:
    match = words(a="heron", b="heron heron", c="lake").match("heron")
    assert match.top(10, ["a", "c", "unknown"]) == ["a"]


def test_an_empty_index_finds_nothing() -> None:
    assert Words().match("heron").top(5) == []


def test_telling_words_are_neither_small_nor_chatter() -> None:
    assert telling("Hello, thanks, I think I would like to talk about my sister’s accordion") == [
        "sister's",
        "accordion",
    ]
    assert telling("OK, that makes sense. Good night!") == ["night"]


def test_shared_words_are_said_as_the_question_says_them() -> None:
    index = words(a="She was swimming with friends")
    assert index.shared(["swim", "friend", "heron"], "Swimming! My friends came.") == ["swim", "friend"]
