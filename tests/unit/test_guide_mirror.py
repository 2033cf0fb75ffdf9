"""Giving words back: exact pieces, and "I" turned to "you" only where nothing can go wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from between.companion.mirror import Mirror
from between.companion.phrases import Phrases

MIRROR = Mirror(Phrases())


@pytest.mark.parametrize(
    ("said", "echo"),
    [
        ("I cried in the car.", "you cried in the car"),
        ("i was late and my boss shouted at me", "you were late and your boss shouted at you"),
        ("im so tired", "you're so tired"),
        ("I’ve never told my mother", "you've never told your mother"),
        ("She took the plants, even the dead one.", ""),
        ("She took the plants, even the small one.", "she took the plants, even the small one"),
        ("Karl rolled his eyes when I asked", "Karl rolled his eyes when you asked"),
        ("I don't think I was rude.", ""),
        ("When I wasn't there, he told my sister.", "when you weren't there, he told your sister"),
    ],
)
def test_i_becomes_you_with_its_verb(said: str, echo: str) -> None:
    assert MIRROR.echo(said) == echo


@pytest.mark.parametrize(
    "said",
    [
        "If I told him he would leave me.",
        "It's not like I'm out hurting people or anything.",
        "I wish I had stayed.",
        "You never listen to me.",
        "We had a fight.",
        "I should be better by now.",
        "I know it's silly.",
        "I'm a failure.",
        "I just stood there like an idiot.",
        "My boss is an idiot.",
        "I wish I was dead.",
        "I want to kill myself.",
        "My mother and me was fighting.",
        "I living here since two year.",
        "I not cry in front of family.",
        "work, my father, my own cowardice",
        "Was I wrong to leave?",
    ],
)
def test_what_might_go_wrong_is_never_turned_round(said: str) -> None:
    assert MIRROR.echo(said) == ""
    assert not any(piece.turned for piece in MIRROR.pieces(said))


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("I failed at work, so I'm a failure.", "I'm a failure"),
        ("I'm such an idiot", "I'm such an idiot"),
        ("Maybe I'm just a bad daughter.", "I'm just a bad daughter"),
        ("honestly i am worthless", "i am worthless"),
        ("I'm nothing", "I'm nothing"),
        ("I'm a nurse", ""),
        ("I'm terrible at presentations", ""),
        ("I'm not a failure", ""),
        ("I'm sick of being called stupid", ""),
        ("I feel like nobody would notice", ""),
        ("He says I'm useless", ""),
    ],
)
def test_a_harsh_name_for_oneself_is_recognised(said: str, label: str) -> None:
    assert MIRROR.label(said) == label


@pytest.mark.parametrize(
    "said",
    [
        "I want to end it all tonight.",
        "My gran died on Monday.",
        "sometimes I think about suicide",
        "I thought about hurting myself, I wanted to cut myself",
    ],
)
def test_words_of_death_are_never_quoted(said: str) -> None:
    for piece in MIRROR.pieces(said):
        assert not MIRROR.harsh.grave(piece.text)


@pytest.mark.parametrize(
    ("said", "piece"),
    [
        ("ugh well honestly nobody asked how I am", "nobody asked how I am"),
        ("I love my job but I am so tired of the drive", "I am so tired of the drive"),
        ("My mum died in March and the house is so quiet.", "the house is so quiet"),
        ("do you think I push people away?", "I push people away"),
    ],
)
def test_the_piece_that_carries_most_comes_first(said: str, piece: str) -> None:
    assert MIRROR.pieces(said)[0].text == piece


@pytest.mark.parametrize(
    "said", ["Give me another way to see this.", "please just listen", "What should I do?"]
)
def test_a_request_is_not_given_back_as_if_it_were_told(said: str) -> None:
    assert MIRROR.pieces(said) == []


WORDS = st.sampled_from(
    [
        "I",
        "my",
        "me",
        "was",
        "am",
        "the",
        "sister",
        "boss",
        "never",
        "said",
        "and",
        "but",
        "because",
        "if",
        "not",
        "you",
        "she",
        "he",
        "tired",
        ",",
        ".",
        "?",
        "!",
        ";",
        "“",
        "”",
        "'",
        "-",
        "…",
        "died",
        "nobody",
        "cried",
        "house",
        "12",
        "we",
        "again",
        "so",
        "that",
        "who",
        "ok",
        "lol",
    ]
)


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_a_piece_is_always_an_exact_part_of_the_text(text: str) -> None:
    for piece in MIRROR.pieces(text):
        assert piece.text.removesuffix(" …") in text
        assert "“" not in piece.text
        assert "”" not in piece.text


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    MIRROR.pieces(text)
    MIRROR.label(text)
    MIRROR.echo(text)
