"""Reads one text: what it wants, what is felt, which thinking patterns it may hold, whom and when it names."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from between.domain import Intent, Reading
from between.memory.dates import period
from between.reading.distortion import Distortions
from between.reading.emotion import Emotions
from between.reading.intent import Encoder, Intents
from between.reading.linear import Floats
from between.reading.people import people
from between.reading.sentences import pieces

MOST_WORDS = 60
"""Words of one text that the encoder reads, which take it about 25 milliseconds."""

SHORTEST_VENT = 5
"""Words from which an angry text that nothing else fits is taken for venting."""


def _whole(rows: Floats) -> Floats:
    """One unit row for a text out of the rows of its pieces."""
    mean: Floats = rows.mean(axis=0)
    whole: Floats = (mean / max(float(np.linalg.norm(mean)), 1e-9)).astype(np.float32)
    return whole


class Reader:
    """The heads, loaded once; safe to use from any thread. Works on words alone without an encoder."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder
        self._intents = Intents(encoder)
        self._emotions = Emotions()
        self._distortions = Distortions()

    def read(self, text: str, at: datetime) -> Reading:
        """What the text says; every part of it is a guess until the person confirms it."""
        cut = pieces(text)
        rows = self._rows(cut)
        known = [row for row in rows if row is not None]
        row = _whole(np.stack(known)) if known else None
        emotions = self._emotions.read(cut, rows)
        intent = self._intents.read(text, row)
        if intent is None:
            angry = bool(emotions) and emotions[0][0] == "anger" and len(text.split()) >= SHORTEST_VENT
            intent = Intent.VENT if angry else Intent.THINK
        return Reading(
            intent=intent,
            emotions=emotions,
            distortions=self._distortions.read(cut, rows),
            people=people(text),
            period=period(text, at),
        )

    def _rows(self, cut: list[str]) -> list[Floats | None]:
        """Rows of the pieces that say most, as far as the time for one text goes."""
        rows: list[Floats | None] = [None] * len(cut)
        if self._encoder is None or not cut:
            return rows
        chosen: list[int] = []
        words = 0
        for place in sorted(range(len(cut)), key=lambda place: -self._distortions.any_at_all(cut[place])):
            words += len(cut[place].split())
            if chosen and words > MOST_WORDS:
                break
            chosen.append(place)
        for place, row in zip(chosen, self._encoder.embed([cut[i] for i in chosen]), strict=True):
            rows[place] = row
        return rows
