"""Brings what people type into one plain form, so that a rule is written once and met in every disguise.

The form is a row of lower-case words and marks with one space around each, such as
`` i am going to bed , good night . ``. The marks are ``,`` (a breath), ``.`` and ``?`` (an end) and
``"``. Emoji that can matter here become words (``emojiskull``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

ENDS = frozenset({".", "?"})

_MARKS = {
    ",": ",",
    ";": ".",
    ":": ",",
    "(": ",",
    ")": ",",
    "/": ",",
    "!": ".",
    ".": ".",
    "?": "?",
    '"': '"',
    "—": ",",
    "–": ",",
}
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
)
_LEET = {
    "0": "o",
    "1": "il",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "!": "i",
    "|": "il",
    "+": "t",
}
# Letters that look like Latin ones: the part of the Unicode confusables table that can be typed easily.
_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһӏԛԝвмнктьгпиαεορικνυτχηωγβμσıłøđɑɡɩʟɴʀʏᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢꜱɪʙɢʜ",
    "aeopcyxijsdhlqwbmhktbrnuaeopikvutxnwybuoilodagilnryacdejkmoptuvwzsibgh",
)
_LATIN = re.compile("[a-z]")
_WORD = re.compile(r"[a-z]+")
_PIECES = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[,.;:!?()\"/—–]")
_EDGES = '.,;:!?()"/—–…[]{}<>~#'
_RUN = re.compile(r"([a-z])\1{2,}")
_SPACED = re.compile(r"(?<![^\W_])[a-z](?:(?:[ .\-_*,]|\. )[a-z]){2,}(?![^\W_])")
_DISGUISE = re.compile(r"[0-9@$!|+*#.\-_~^=]")
_DOTS = re.compile(r"\.{2,}|…")
_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n ?(?:\n ?)+")
_NOT_OPENING = ("'cause", "'til", "'em", "'bout", "'cos", "'coz", "'tis", "'n")
_NEGATED = {"ca": "cannot", "wo": "will not", "sha": "will not", "ai": "is not"}
_SUFFIXES = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would", "s": "is"}
_LONGEST_WORD = 40


def folded(text: str) -> str:
    """Lower case, one width, no accents, nothing invisible, look-alike letters made Latin where Latin is meant."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isascii():
        text = "".join(
            c
            for c in unicodedata.normalize("NFD", text)
            if not (unicodedata.category(c) in ("Mn", "Cf", "Me") or 0xFE00 <= ord(c) <= 0xFE0F)
        )
        text = unicodedata.normalize("NFC", text).translate(_QUOTES).lower()
        letters = sum(1 for c in text if c.isalpha())
        if letters and len(_LATIN.findall(text)) * 2 >= letters:
            text = text.translate(_LOOKALIKES)
        else:
            text = " ".join(w.translate(_LOOKALIKES) if _LATIN.search(w) else w for w in text.split(" "))
        return text
    return text.translate(_QUOTES).lower()


@dataclass(frozen=True, slots=True)
class Plain:
    """Makes the plain form, by the spelling table of the lexicon."""

    spelling: Mapping[str, str] = field(repr=False)
    """A typed word and what it stands for."""
    emoji: Mapping[str, str] = field(repr=False)
    """A character and the word that it becomes."""
    watch: frozenset[str] = field(repr=False)
    """Words that people disguise: only these are looked for behind digits, stars and dots."""
    known: frozenset[str] = field(repr=False)
    """Every word that a rule uses, for telling ``kill`` from ``kil`` in ``killlll``."""

    def __call__(self, text: str) -> str:
        words = [*self._words(self._prepared(text)), "."]
        if len(words) > 1 and words[-2] in ENDS:
            words.pop()
        return f" {' '.join(words)} "

    def _prepared(self, text: str) -> str:
        text = folded(text)
        if not text.isascii():
            text = "".join(f" {self.emoji[c]} " if c in self.emoji else c for c in text)
        text = (
            _BREAKS.sub(" . ", _BLANKS.sub(" ", _DOTS.sub(" , ", text)))
            .replace("\n", " , ")
            .replace("—", " , ")
        )
        return _SPACED.sub(self._joined, text) if " " in text or "." in text else text

    def _joined(self, found: re.Match[str]) -> str:
        """Letters set apart (``k m s``) become a word when the word is one that people disguise."""
        letters = re.sub(r"[^a-z]", "", found[0])
        for lead in ("", "i"):
            rest = letters.removeprefix(lead)
            if rest in self.watch:
                return f"{lead} {rest}".strip()
        return found[0]

    def _words(self, text: str) -> Iterator[str]:
        quoted = False
        for chunk in text.split():
            if _WORD.fullmatch(chunk):
                yield from self._spelt(chunk)
                continue
            if (
                chunk[0] == "'"
                and len(chunk) > 2
                and not chunk.startswith(_NOT_OPENING)
                and not chunk[1].isdigit()
            ):
                quoted, chunk = True, chunk[1:]
                yield '"'
            closing = quoted and chunk.rstrip(",.!?;:").endswith("'")
            if closing:
                quoted, chunk = False, chunk.replace("'", '"')
            yield from self._pieces(chunk)

    def _pieces(self, chunk: str) -> Iterator[str]:
        if chunk.startswith("[") and (named := self.spelling.get(chunk.rstrip(".,!?"))):
            yield named
            return
        core = chunk.strip(_EDGES + "*_")
        if _DISGUISE.search(core) and (word := self._undisguised(core)):
            yield from self._spelt(word)
            if chunk[-1] in ".!?":
                yield _MARKS[chunk[-1]]
            return
        for piece in _PIECES.findall(chunk):
            yield from (_MARKS[piece],) if piece in _MARKS else self._expanded(piece)

    def _expanded(self, word: str) -> Iterator[str]:
        if word in self.spelling or "'" not in word:
            yield from self._spelt(word)
            return
        head, _, tail = word.rpartition("'")
        if tail == "t" and head.endswith("n"):
            base = head[:-1]
            yield from _NEGATED.get(base, f"{base} not").split()
        elif tail in _SUFFIXES:
            yield from self._spelt(head)
            yield _SUFFIXES[tail]
        else:
            yield from self._spelt(word.replace("'", ""))

    def _spelt(self, word: str) -> Iterator[str]:
        if len(word) > _LONGEST_WORD:
            yield word[:_LONGEST_WORD]
        elif (meant := self.spelling.get(word)) is not None:
            yield from meant.split()
        elif _RUN.search(word):
            short = _RUN.sub(r"\1\1", word)
            shorter = _RUN.sub(r"\1", word)
            best = next((w for w in (short, shorter) if w in self.known or w in self.spelling), shorter)
            yield from self.spelling.get(best, best).split()
        else:
            yield word

    def _undisguised(self, core: str) -> str:
        """The watched word behind digits, stars and dots, or nothing."""
        if len(core) > _LONGEST_WORD or not _LATIN.search(core):
            return ""
        for joined in (core, re.sub(r"[.\-_~^=*#]", "", core)):
            options = [_LEET.get(c, c) for c in joined]
            for pick in (0, -1):
                if (word := "".join(o[pick] for o in options)) in self.watch:
                    return word
        if "*" in core or "#" in core or "-" in core or "_" in core:
            shape = re.compile("".join("[a-z]" if c in "*#-_" else re.escape(c) for c in core))
            return next((w for w in sorted(self.watch) if len(w) == len(core) and shape.fullmatch(w)), "")
        return ""
