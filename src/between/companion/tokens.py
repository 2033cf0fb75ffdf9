"""Words and sentences of a text, for the guide and for the checks on replies."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_QUOTED = re.compile(r"“[^”]*”")
_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\n+")
EMPTY_WORDS = frozenset(
    """a about above after again all also am an and any anyone anything are aren't as at be because been before
    being below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down
    each even ever every few for from further get gets getting go goes going gone got had hadn't has hasn't have
    haven't having he he's her here hers herself him himself his how i i'd i'll i'm i've if in into is isn't it
    it's its itself just know let lot make makes may maybe me might more most much must my myself no nor not now
    of off on once one only or other our ours out over own really said same say says she she's should shouldn't
    so some something still such than that that's the their theirs them then there there's these they they're
    thing things think this those though through to too under until up us very was wasn't we we're were weren't
    what what's when where which while who whom why will with won't would wouldn't yes you you'd you'll you're
    you've your yours yourself im ive dont didnt cant ok okay yeah like well quite bit kind sort put way want
    back come came see seen tell told take took give gave around yet ago else been us u lol oh ah um""".split()  # noqa: SIM905  # words read best as words
)


def words(text: str) -> list[str]:
    """The words of a text, as written."""
    return _WORD.findall(text)


def plain(text: str) -> str:
    """Lower case, straight apostrophes, single spaces: what patterns are tried on."""
    return " ".join(text.lower().replace("’", "'").replace("‘", "'").split())


def unquoted(text: str) -> str:
    """The text without what stands in quotation marks."""
    return " ".join(_QUOTED.sub(" ", text).split())


def stem(word: str) -> str:
    """A word without its commonest endings, so that “argued” meets “argue”."""
    for ending in ("'s", "ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def content_words(text: str) -> list[str]:
    """The words that say what a text is about, in lower case and in order."""
    low = [word.lower().replace("’", "'") for word in words(text)]
    return [word for word in low if word not in EMPTY_WORDS and len(word) > 2]


def content_stems(text: str) -> set[str]:
    """The stems of the content words."""
    return {stem(word) for word in content_words(text)}


def sentences(text: str) -> list[str]:
    """The sentences of a text, as written."""
    return [piece.strip() for piece in _END.split(text) if piece.strip()]


def openers(text: str) -> set[str]:
    """How a reply begins: its first three words, with and without what it quotes."""
    found = {" ".join(words(version.lower())[:3]) for version in (text, unquoted(text))}
    return found - {""}
