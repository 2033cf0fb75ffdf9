"""How a text is cut."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from between.memory.chunks import OVERLAP, WORDS, cut

SENTENCE = "I walked along the canal with Ada and we said very little. "


def test_every_piece_is_an_exact_part_of_the_text() -> None:
    text = "  A short start…\n\n" + SENTENCE * 40 + "“Is it over?” she asked.  \n"
    for piece in cut(text):
        assert text[piece.start : piece.end] == piece.text


def test_a_short_text_is_one_piece_without_the_blanks_around_it() -> None:
    assert [piece.text for piece in cut("  Slept badly. Got up at five. \n")] == [
        "Slept badly. Got up at five."
    ]


def test_a_blank_text_has_no_pieces() -> None:
    assert cut("") == []
    assert cut(" \n\t ") == []


def test_pieces_end_at_sentences_and_share_a_little() -> None:
    pieces = cut(SENTENCE * 40)
    assert len(pieces) > 3
    for one, following in itertools.pairwise(pieces):
        assert one.text.endswith("little.")
        assert 0 < one.end - following.start < len(SENTENCE) * 3
        assert len(one.text.split()) <= WORDS


def test_a_sentence_without_an_end_is_cut_between_words() -> None:
    words = [f"word{number}" for number in range(500)]
    pieces = cut(" ".join(words))
    assert all(len(piece.text.split()) <= WORDS for piece in pieces)
    assert {word for piece in pieces for word in piece.text.split()} == set(words)
    assert len(pieces) < 500 / (WORDS - 2 * OVERLAP)


def test_a_text_without_spaces_is_cut_too() -> None:
    assert max(len(piece.text) for piece in cut("日記を書いた" * 200)) <= WORDS
    assert len(cut("x" * 20_000)) > 3


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab é.!?\n\t…日“”"), max_size=1500))
def test_no_word_is_lost_whatever_the_text(text: str) -> None:
    pieces = cut(text)
    covered = set()
    for piece in pieces:
        assert text[piece.start : piece.end] == piece.text
        covered.update(range(piece.start, piece.end))
    assert {i for i, sign in enumerate(text) if not sign.isspace()} <= covered
    assert [piece.start for piece in pieces] == sorted({piece.start for piece in pieces})
