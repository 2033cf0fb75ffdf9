"""Keeps what the person agreed to, and lets them take it back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from between.companion.ports import Diary
from between.domain import Consent, ItemId


def model_purpose(origin: str, model: str) -> str:
    """The purpose of sending words to one model at one origin.

    Older ones named the host alone; they are another purpose, so that the person is asked again.
    """
    return f"model:{origin} {model}"


def version_of(words: str) -> str:
    """The version of a consent text: one changed letter is another text."""
    return hashlib.sha256(words.encode()).hexdigest()[:16]


class Consents:
    """Every yes is a record of its own; a withdrawn one stays as a record of both days."""

    def __init__(self, diary: Diary, clock: Callable[[], datetime], new_id: Callable[[], ItemId]) -> None:
        self._diary = diary
        self._clock = clock
        self._new_id = new_id

    def given(self, purpose: str, text_version: str | None = None) -> Consent | None:
        """The latest yes that holds, to these exact words or, without a version, to any."""
        for consent in reversed(self._diary.all(Consent)):
            same_words = text_version is None or consent.text_version == text_version
            if consent.purpose == purpose and same_words and consent.withdrawn_at is None:
                return consent
        return None

    def agreed(self, purpose: str, text_version: str | None = None) -> bool:
        """Whether there is a yes that holds."""
        return self.given(purpose, text_version) is not None

    def agree(self, purpose: str, text_version: str) -> Consent:
        """Keep a yes; an older one to other words ends with it."""
        held = self.given(purpose, text_version)
        if held is not None:
            return held
        consent = Consent(self._new_id(), purpose, text_version, self._clock())
        self._diary.put(*self._ended(purpose), consent)
        return consent

    def withdraw(self, purpose: str) -> None:
        """Take every yes to this purpose back, from now on."""
        ended = self._ended(purpose)
        if ended:
            self._diary.put(*ended)

    def _ended(self, purpose: str) -> list[Consent]:
        return [
            replace(consent, withdrawn_at=self._clock())
            for consent in self._diary.all(Consent)
            if consent.purpose == purpose and consent.withdrawn_at is None
        ]
