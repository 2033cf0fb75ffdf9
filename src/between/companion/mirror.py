"""Finds what can be given back of a person's words: exact short pieces, and a few turned from "I" to "you".

A piece is always an exact part of the text. It is turned round only where nothing can go wrong: never
under a negation or an "if", never a harsh name for oneself, never a line that speaks to somebody, never
with words of death. In doubt the exact words are quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from between.companion.phrases import Phrases
from between.companion.tokens import content_words, plain, sentences, words

_SPLIT = re.compile(
    r"\s*[,;:]\s+|\s+[—–-]+\s+|\.{2,}\s*|…\s*"
    r"|\s+(?=(?:but|because|although|though|while|when|until|since|yet|cos|cause)\b)"
    r"|\s+(?=(?:and|so|or) (?!that\b)(?:i|i'm|i’m|he|she|they|we|it|it's|it’s|then|now|my|the|that|this|there|nobody|no one"
    r"|everyone|everybody|people|not|never|nothing|suddenly|im)\b)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s.,;:!?…\-–—)*]|\b(?:lol|tbh|haha|or something|you know|i guess|i think|i suppose|btw|tho)\b)+$",
    re.IGNORECASE,
)
_HANGING = re.compile(
    r"\b(?:the|a|an|of|to|and|or|my|your|his|her|their|our|that|who|which|whose|than|with|for|because|so|but|if|as"
    r"|at|in|on|by|from|about|into|is|was|are|were|be|been|very|too|i|we|he|she|they|when|where|how|what|why|not)$",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"^(?:so that|who|which|whose|whom|of|to|than|by|from|including|until|for|with|as|yet|or|nor|where|when|that)\b",
    re.IGNORECASE,
)
_SECOND = re.compile(r"\b(?:you|your|you're|yours|yourself|u|ur)\b")
_OPENED_BY_I = re.compile(r"^(?:i|i'm|i've|i'd|i'll|my)\b", re.IGNORECASE)
_TURN = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
}  # fmt: skip
_OTHER_SUBJECTS = frozenset(
    "it he she that this there which who what everything nobody nothing everyone".split()
)
_CORE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_BEFORE_LABEL = re.compile(
    r"^(?:maybe|perhaps|i (?:just )?(?:think|guess|know|feel)(?: that| like)?|so|then|just)\s+(?=i\b|i'm|im\b|i’m)",
    re.I,
)
_ASKED_OF_US = re.compile(
    r"^(?:and |so )?(?:do|don't|would|could) you (?:really |honestly )?(?:think|say|agree|believe)(?: that)? ",
    re.I,
)
_UNDER = re.compile(r"(?:while|when|until|since|because|although|though|cos|cause)\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|isn't|was|wasn't|are|were|has|had|have|does|did|do|can|could|will|would|says?|thinks?|wants?|keeps?|gets?"
    r"|got|goes|went|left|came|took|told|makes?|made|gave|knows?|knew|said|found|read|rang|felt|lost|put|\w+ed|\w+n't|\w+'s)\b"
)
_BIOGRAPHY = re.compile(r"^(?:i'm|i am|im|my name is) (?:from|an?|\w+ years|\d+|living)\b")
_NO_VERB = re.compile(r"^i (?:\w+ly |just |still |also )*(?:\w+ing|from|here|there|in|at|with|very|so|too)\b")
"""Grammar that is left alone: "I living here" is quoted as it stands."""
_UNEVEN = re.compile(
    r"\b(?:he|she|it) (?:call|go|want|say|have|do|make|need|like|know|tell|live|think|come|don't|ask|give)\b"
    r"|\b(?:i|he|she|they|we) not (?:\w+)|\b(?:want|need|try) be\b|(?:^|[,.] )is (?:difficult|easy|hard|only|good|bad|not)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|many) (?:year|month|day|week|patient|friend|time|hour)\b(?!-)"
    r"|\bi (?:living|working|coming|going|thinking|feeling)\b|\bfor me (?:make|do|go|find|speak)\b|\bmore (?:better|easy)\b"
    r"|\bthe (?:sister|boss|man|woman|doctor|teacher|manager|girl|boy) (?:say|go|want|tell|make|give|come)\b"
)
"""Grammar of somebody who is learning English."""
_TOLD_STARTS = frozenset(
    "he she they it my the a an his her their nobody everyone everybody people some sometimes when after every last today yesterday tonight then there that this one it's he's she's they're that's there's it’s he’s she’s they’re that’s there’s".split()
)
_NAMED = re.compile(r"^[A-Z][a-zà-ÿ]+ (?:\w+ed|is|was|has|had|said|told|left|went|came|took|gave|made|got)\b")
LONGEST_ECHO = 24
"""Words of a sentence that is echoed and not quoted."""
SHORTEST, LONGEST = 2, 14
"""Words of a piece."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An exact part of a text."""

    text: str = field(repr=False)
    score: float
    sentence: int
    turned: str = field(default="", repr=False)
    """The same said to the person; empty where that might go wrong."""
    after_but: bool = False
    told: str = field(default="", repr=False)
    """A whole sentence said to the person, whoever it is about; empty where that might go wrong."""
    asked: bool = False


def uneven(text: str) -> bool:
    """Whether the grammar looks like a learner's; such words are quoted and left as they are."""
    return bool(_UNEVEN.search(plain(text)))


class Mirror:
    """Finds pieces by the rules in ``prompts/guide/lexicon.toml``."""

    def __init__(self, phrases: Phrases) -> None:
        self._death_parts = phrases.words("death.parts")
        self._death_words = phrases.words("death.words")
        self._label_words = phrases.words("self_label.words")
        self._roles = "|".join(sorted(phrases.words("self_label.roles")))
        self._bad = "|".join(sorted(phrases.words("self_label.bad")))
        names = "|".join(sorted(self._label_words))
        self._named = re.compile(
            rf"\b(?:i'm|im|am|was|like|such|being|sound\w*|look\w*|seem\w*|feel|felt|act\w*) (?:\w+ ){{0,2}}(?:{names})\b"
        )
        heads = sorted(phrases.words("not_said.heads"), key=len, reverse=True)
        self._not_said = re.compile(rf"\b(?:{'|'.join(map(re.escape, heads))})\b")
        fillers = sorted(phrases.words("fillers.words"), key=len, reverse=True)
        paused = sorted(phrases.words("fillers.before_comma"), key=len, reverse=True)
        always, before_comma = ("|".join(map(re.escape, group)) for group in (fillers, paused))
        self._fillers = re.compile(
            rf"^(?:(?:{always})\b[\s,.!:;-]*|(?:{before_comma})\s*[,.!:;…-]+\s*)+", re.IGNORECASE
        )
        self._weight = phrases.words("weight.words") | phrases.words("feelings.words")
        self._coarse = phrases.words("coarse.parts")
        self._mend = phrases.mending()
        self._requests = phrases.patterns("requests.request")

    def grave(self, text: str) -> bool:
        """Whether the text holds words that are never given back."""
        low = plain(text)
        found = {word.lower() for word in words(low)}
        return bool(found & self._death_words) or any(part in low for part in self._death_parts)

    def label(self, text: str) -> str:
        """A sentence in which the person calls themselves something harsh; empty for none."""
        for sentence in sentences(text):
            for part in _SPLIT.split(sentence):
                piece = _BEFORE_LABEL.sub("", self._trimmed(part))
                if self._is_label(plain(piece)) and not self.grave(piece) and len(words(piece)) <= LONGEST:
                    return piece
        return ""

    def _is_label(self, low: str) -> bool:
        begun = re.match(r"(?:i'm|im|i am|i was|i feel like|i must be|i'm just|what) (.*)", low)
        if not begun or re.search(r"\b(?:not|n't|never|sick|tired|afraid|scared|worried)\b|\?", low):
            return False
        rest = begun[1]
        if (
            re.match(r"(?:just |only |really |a |an )*(?:nobody|nothing)\b(?! \w+ing| but| if| to)", rest)
            and "like" not in low
        ):
            return True
        if re.search(rf"\b(?:{self._bad})\b.{{0,12}}\b(?:{self._roles})\b", rest):
            return True
        named = re.match(
            r"(?:just |such |so |nothing but |basically |only |really |totally |a total |a complete )*"
            r"(?:an?|the)? ?(?:total |complete |real |absolute |utter |bloody |fucking |stupid |old )*([a-z]+)",
            rest,
        )
        skill = re.search(r"\b(?:at|with|in) \w+", rest)
        return bool(named and named[1] in self._label_words and len(rest.split()) <= 8 and not skill)

    def pieces(self, text: str) -> list[Piece]:
        """Pieces worth giving back, the best first; none of them grave or a harsh name."""
        cut = sentences(text)
        found: dict[str, Piece] = {}
        for place, sentence in enumerate(cut):
            for span in self._spans(sentence):
                piece = self._trimmed(span)
                made = self._piece(piece, span, sentence, place, place == len(cut) - 1)
                if made and piece.lower() not in found:
                    found[piece.lower()] = made
        if not found:
            found = {piece.text: piece for piece in self._cut(text)}
        return sorted(found.values(), key=lambda piece: -piece.score)

    def _cut(self, text: str) -> list[Piece]:
        """The beginning of a long sentence, when nothing shorter can be had."""
        for place, sentence in enumerate(sentences(text)):
            begun = self._trimmed(sentence).split()[:LONGEST]
            while len(begun) >= 4 and _HANGING.search(plain(" ".join(begun))):
                begun.pop()
            piece = self._piece(" ".join(begun), sentence, sentence, place, False)
            if piece and len(begun) >= 4 and not self._not_said.search(plain(sentence)):
                return [Piece(f"{piece.text} …", 0.0, place)]
        return []

    def _spans(self, sentence: str) -> list[str]:
        if self._not_said.search(plain(sentence)):
            return [sentence]
        parts = [part for part in _SPLIT.split(sentence) if part.strip()]
        return [sentence] if len(parts) < 2 else [sentence, *parts]

    def _trimmed(self, span: str) -> str:
        bare = self._fillers.sub("", span.strip(" \t\"'*-–—•()"))
        bare = _ASKED_OF_US.sub("", bare)
        return _TAIL.sub("", bare).strip()

    def _piece(self, piece: str, span: str, sentence: str, place: int, last: bool) -> Piece | None:
        count, low = len(words(piece)), plain(piece)
        whole = piece == self._trimmed(sentence)
        most = LONGEST + 2 if whole else LONGEST
        if (
            not (SHORTEST <= count <= most)
            or not (content_words(piece) or (whole and count >= 3))
            or re.search(r"[“”\"{}<>@]|http", piece)
        ):
            return None
        if self.grave(piece) or self.label(piece) or re.search(r"(?:^|\s)'", piece):
            return None
        if not whole and (_HANGING.search(low) or _LOOSE.match(low)):
            return None
        if any(pattern.search(low) for pattern in self._requests):
            return None
        if low.startswith(("you ", "you're ", "your ")) or (not whole and count < 3):
            return None
        after_but = not whole and span.strip().lower().startswith("but ")
        asked = sentence.rstrip().endswith("?")
        score = self._score(piece, low, whole, asked) + (0.6 if last else 0.0) + (1.0 if after_but else 0.0)
        under = bool(_UNDER.match(span.strip())) and not whole
        score -= 1.5 if under else 0.0
        turned = "" if asked or under else self._turned(piece)
        told = self._told(piece) if whole and not asked and not turned else ""
        return Piece(piece, score, place, turned, after_but, told, asked)

    def _score(self, piece: str, low: str, whole: bool, asked: bool) -> float:
        found = low.split()
        score = 1.3 * min(3, len(self._weight & {word.strip(".,!'") for word in found}))
        score += 1.0 if _OPENED_BY_I.match(low) and not _BIOGRAPHY.match(low) else 0.0
        score += 0.7 if whole else 0.0
        score += (
            0.5
            if re.search(r"\bmy (?:mum|mom|dad|mother|father|sister|brother|son|daughter|boss)\b", low)
            else 0.0
        )
        score += 0.25 * min(4, len(content_words(piece)))
        score -= 0.3 * max(0, len(found) - 8) + (1.5 if asked else 0.0)
        score -= 1.5 if self._named.search(low) else 0.0
        score -= 1.0 if _SECOND.search(low) else 0.0
        score -= 2.0 if any(part in low for part in self._coarse) else 0.0
        return score

    def whole(self, sentence: str) -> str:
        """A longer sentence said to the person, or empty: for echoes that are too long to quote."""
        piece = self._trimmed(sentence)
        if not SHORTEST < len(words(piece)) <= LONGEST_ECHO or self.grave(piece) or self.label(piece):
            return ""
        return "" if sentence.rstrip().endswith("?") else self._turned(piece) or self._told(piece)

    def _told(self, piece: str) -> str:
        """A sentence about anybody, with "I" and "my" turned round, or empty."""
        start = piece.split()[0]
        if start.lower() not in _TOLD_STARTS and not _NAMED.match(piece):
            return ""
        made = self._said_to_them(piece)
        return made[:1].lower() + made[1:] if start.lower() in _TOLD_STARTS else made

    def _turned(self, piece: str) -> str:
        """A piece that begins with "I" or "my" said to the person, or empty."""
        low = plain(piece)
        if low.startswith("my ") and not (len(low.split()) >= 4 and _VERB.search(low)):
            return ""
        return self._said_to_them(piece) if _OPENED_BY_I.match(low) or low.startswith("im ") else ""

    def _said_to_them(self, piece: str) -> str:
        mended = [self._mend.get(word.lower(), word) for word in piece.split()]
        low = plain(" ".join(mended))
        unsafe = r"\b(?:we|us|our|ours|ourselves|ill|id|wont|ain't|me and|and me|should|must|ought|shouldn't|have to|lol|silly|stupid|dumb|ridiculous|pathetic|childish)\b|[/()*_#;:\"]|(?:^|\s)'"
        if _SECOND.search(low) or self._not_said.search(low) or _UNEVEN.search(low):
            return ""
        if re.search(unsafe, low) or any(part in low for part in self._coarse):
            return ""
        if self._named.search(low) or _NO_VERB.match(low):
            return ""
        said: list[str] = []
        before = ""
        for word in mended:
            core = _CORE.search(word.replace("’", "'"))
            bare = core[0].lower() if core else ""
            turned = _turn(bare, before, low.startswith("my "))
            if turned is None:
                return ""
            said.append(_CORE.sub(turned, word.replace("’", "'"), count=1) if turned != bare else word)
            before = bare
        return " ".join(said)


def _turn(word: str, before: str, of_another: bool) -> str | None:
    """One word said to the person; ``None`` where it takes more grammar than there is here."""
    if word in ("am", "was", "wasn't"):
        if before == "i":
            return {"am": "are", "was": "were", "wasn't": "weren't"}[word]
        return word if of_another or before in _OTHER_SUBJECTS else None
    if word in ("has", "does", "is") and before == "i":
        return None
    return _TURN.get(word, word)
