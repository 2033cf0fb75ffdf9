"""Knows the words that are never given back: those of death, and harsh names, above all for oneself."""

from __future__ import annotations

import re

from between.companion.phrases import Phrases
from between.companion.tokens import plain, words

_SAYS_OF_SELF = re.compile(r"(?:i'm|im|i am|i was|i feel like|i must be|i'm just|what) (.*)")
_TAKEN_BACK = re.compile(r"\b(?:not|n't|never|sick|tired|afraid|scared|worried)\b|\?")
_A_NOBODY = re.compile(r"(?:just |only |really |a |an )*(?:nobody|nothing)\b(?! \w+ing| but| if| to| like)")
_NAME = re.compile(
    r"(?:just |such |so |nothing but |basically |only |really |totally |a total |a complete )*"
    r"(?:an?|the)? ?(?:total |complete |real |absolute |utter |bloody |fucking |stupid |old )*([a-z]+)"
)
_SKILL = re.compile(r"\b(?:at|with|in) \w+")
_COPULA = r"(?:i'm|im|am|is|are|was|were|he's|she's|they're|it's|like|such|being|sound\w*|look\w*|seem\w*|feel|felt|act\w*)"


class Harsh:
    """Finds such words by ``prompts/guide/lexicon.toml``."""

    def __init__(self, phrases: Phrases) -> None:
        self._death_parts = phrases.words("death.parts")
        self._death_words = phrases.words("death.words")
        self._names = phrases.words("self_label.words")
        self._roles = "|".join(sorted(phrases.words("self_label.roles")))
        self._bad = "|".join(sorted(phrases.words("self_label.bad")))
        self._called = re.compile(rf"\b{_COPULA} (?:\w+ ){{0,2}}(?:{'|'.join(sorted(self._names))})\b")

    def grave(self, text: str) -> bool:
        """Whether the text holds words of death or violence."""
        low = plain(text)
        found = {word.lower() for word in words(low)}
        return bool(found & self._death_words) or any(part in low for part in self._death_parts)

    def calls_names(self, low: str) -> bool:
        """Whether anybody is called something harsh."""
        return bool(self._called.search(low))

    def is_label(self, low: str) -> bool:
        """Whether the person calls themselves something harsh, and means it."""
        begun = _SAYS_OF_SELF.match(low)
        if not begun or _TAKEN_BACK.search(low):
            return False
        rest = begun[1]
        if (_A_NOBODY.match(rest) and " like " not in low) or re.search(
            rf"\b(?:{self._bad})\b.{{0,12}}\b(?:{self._roles})\b", rest
        ):
            return True
        named = _NAME.match(rest)
        return bool(named and named[1] in self._names and len(rest.split()) <= 8 and not _SKILL.search(rest))
