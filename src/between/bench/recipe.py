"""Synthetic lives of any length: entries of a seeded word recipe, with vectors of the real encoder's geometry.

A stock of sentences is really embedded; the vector of an entry is the mean of those of its sentences with a
little noise. So ten thousand entries lie in themes as real ones do, and cost seconds instead of many minutes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from between.domain import Entry, ItemId
from between.memory import chunks
from between.memory.ports import Embedder, Vectors

HOW = "synthetic: vectors are means of embedded sentences"
PEOPLE = ("Ana", "Mira", "Tomas", "Ines", "Jonas", "Leyla", "Ruth", "Pavel", "Noor", "Sam", "Greta", "Omar")
THINGS = (
    "the rent", "the garden", "the report", "the old piano", "our holiday", "the broken boiler", "the choir",
    "the exam", "my bicycle", "the dog", "the flat", "the phone bill", "supper", "the night shift",
)  # fmt: skip
PLACES = ("the kitchen", "the canal", "work", "the library", "the train", "the clinic", "the allotment")
SENTENCES = (
    "I talked with {person} about {thing} in {place} and went home lighter than I came.",
    "{person} forgot {thing} again, and I said nothing and was cross with myself all evening.",
    "Slept badly, woke at four and thought about {thing} until it was light.",
    "Slept seven hours for once, and {thing} looked smaller in the morning.",
    "The meeting about {thing} went on and on and my chest was tight the whole time.",
    "Walked to {place} with {person} before breakfast, cold hands, clear head.",
    "I keep putting off {thing}, and the longer I wait the bigger it gets.",
    "Mother rang about {thing}, and after ten minutes I was fifteen years old again.",
    "Cooked for {person}, burnt the rice, and we laughed about it in {place}.",
    "Nobody asked how I was today, except {person}, who meant it.",
    "I sat in {place} for an hour and did not look at the telephone once.",
    "{person} and I argued over {thing}, then neither of us wanted to be the first to write.",
    "The doctor says to move more, so I went by way of {place} and back again.",
    "Money is short this month, and {thing} cannot be put off any longer.",
    "Finished {thing} at last and told only {person} about it.",
    "I felt left out when they planned {thing} without me, and then a little foolish for minding.",
)
ASKED = (
    "What did I write about {thing}?",
    "When did {person} and I last argue over {thing}?",
    "How did I sleep last spring?",
    "Did I ever say why I keep putting off {thing}?",
    "I saw {person} in {place} today and did not know what to say about {thing}.",
    "What was going on with {thing} two months ago?",
)
SMALL_TALK = ("Hello", "Thank you, that is enough for tonight.", "It was an ordinary day, nothing much.")
_SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "ki", "lo", "mu", "ne", "pa", "ri", "so", "tu", "va", "ze")
_RARE = 20_000
"""Words beside the common ones; a real diary of ten years has about as many."""
_NOISE = 0.01


@dataclass(frozen=True, slots=True)
class Made:
    """An entry and the vectors of its pieces."""

    entry: Entry
    vectors: Vectors
    spans: tuple[tuple[int, int], ...]


class Recipe:
    """The same seed makes the same life."""

    def __init__(self, encoder: Embedder, seed: int = 7, stock: int = 160) -> None:
        self._dice = random.Random(seed)
        self._noise = np.random.default_rng(seed)
        self._stock = [self._filled(SENTENCES[n % len(SENTENCES)]) for n in range(stock)]
        self._vectors = _embedded(encoder, tuple(self._stock))

    def entries(self, count: int, now: datetime) -> list[Made]:
        """About four a week that end yesterday, each of one piece and some 75 words."""
        return [self._one(now - timedelta(days=1 + (count - n) * 1.75)) for n in range(count)]

    def questions(self, count: int) -> list[str]:
        """What a person may ask or say, some with a time in it."""
        return [self._filled(ASKED[n % len(ASKED)]) for n in range(count)]

    def talk(self, count: int) -> list[str]:
        """A person's side of a conversation: questions, news, and now and then small talk."""
        said: list[str] = []
        for n in range(count):
            if n % 10 == 0:
                said.append(SMALL_TALK[n // 10 % len(SMALL_TALK)])
            else:
                said.append(self._filled(self._dice.choice(ASKED if n % 3 == 0 else SENTENCES)))
        return said

    def texts(self, count: int) -> list[str]:
        """Texts as long as entries."""
        return [self._words(self._dice.sample(range(len(self._stock)), 5)) for _ in range(count)]

    def _one(self, at: datetime) -> Made:
        theme = self._dice.randrange(len(SENTENCES))
        near = range(theme, len(self._stock), len(SENTENCES))  # one template, other people and things
        chosen = [*self._dice.sample(near, min(3, len(near))), *self._dice.sample(range(len(self._stock)), 2)]
        text = self._words(chosen)
        spans = tuple((piece.start, piece.end) for piece in chunks.cut(text))
        middle = self._vectors[chosen].mean(axis=0)
        rows = middle + self._noise.normal(0, _NOISE, (len(spans), len(middle)))
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        id = ItemId(f"{self._dice.getrandbits(128):032x}")
        return Made(Entry(id, at, text, written_at=at), rows.astype(np.float32), spans)

    def _words(self, chosen: Sequence[int]) -> str:
        rare = " ".join(self._rare() for _ in range(4))
        return " ".join((*(self._stock[n] for n in chosen), f"Words of the day: {rare}."))

    def _rare(self) -> str:
        rank = (
            int(_RARE ** self._dice.random()) % _RARE
        )  # as in any language, few words make most of the text
        letters = []
        while True:
            rank, rest = divmod(rank, len(_SYLLABLES))
            letters.append(_SYLLABLES[rest])
            if not rank:
                return "".join(letters) + "n"

    def _filled(self, sentence: str) -> str:
        dice = self._dice
        return sentence.format(
            person=dice.choice(PEOPLE), thing=dice.choice(THINGS), place=dice.choice(PLACES)
        )


_known: dict[tuple[str, tuple[str, ...]], Vectors] = {}


def _embedded(encoder: Embedder, sentences: tuple[str, ...]) -> Vectors:
    """Once in a process: what is measured comes afterwards."""
    place = (encoder.id, sentences)
    if place not in _known:
        _known[place] = encoder.embed(sentences)
    return _known[place]
