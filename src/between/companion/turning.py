"""Says a sentence back to the one who wrote it: "I" becomes "you", and nothing else may change.

Only where the grammar is sure. In doubt the answer is empty, and the exact words are quoted instead.
"""

from __future__ import annotations

import re

from between.companion.harsh import Harsh
from between.companion.phrases import Phrases
from between.companion.tokens import plain

_TURN = {
    "i": "you", "me": "you", "my": "your", "mine": "yours", "myself": "yourself",
    "i'm": "you're", "i've": "you've", "i'd": "you'd", "i'll": "you'll",
}  # fmt: skip
_OTHER_SUBJECTS = frozenset(
    (
        "it",
        "he",
        "she",
        "that",
        "this",
        "there",
        "which",
        "who",
        "what",
        "everything",
        "nobody",
        "nothing",
        "everyone",
    )
)
_STARTS = re.compile(
    r"(?:he|she|they|it|my|the|an?|his|her|their|nobody|everyone|everybody|people|some|sometimes|when|after|every|last"
    r"|today|yesterday|tonight|then|there|that|this|one|(?:it|he|she|they|that|there)['’](?:s|re|ll|d|ve))\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[A-Z][a-zà-ÿ]+ (?:\w+ed|is|was|has|had|said|told|left|went|came|took|gave|made|got)\b")
_BY_SELF = re.compile(r"(?:i|i'm|im|i've|i'd|i'll|my)\b")
_SECOND = re.compile(r"\b(?:you|your|you're|yours|yourself|u|ur)\b")
_VERB = re.compile(
    r"\b(?:is|isn't|was|wasn't|are|were|has|had|have|does|did|do|can|could|will|would|says?|thinks?|wants?|keeps?|gets?"
    r"|got|goes|went|left|came|took|told|makes?|made|gave|knows?|knew|said|found|read|rang|felt|lost|put|\w+ed|\w+n't"
    r"|\w+'s)\b"
)
_UNSAFE = re.compile(
    r"\b(?:we|us|our|ours|ourselves|ill|id|wont|ain't|me and|and me|should|must|ought|shouldn't|have to|lol|silly|stupid"
    r"|dumb|ridiculous|pathetic|childish)\b|[/()*_#;:\"]|(?:^|\s)'"
)
_NO_VERB = re.compile(r"i (?:\w+ly |just |still |also )*(?:\w+ing|from|here|there|in|at|with|very|so|too)\b")
_UNEVEN = re.compile(
    r"\b(?:he|she|it) (?:call|go|want|say|have|do|make|need|like|know|tell|live|think|come|don't|ask|give)\b"
    r"|\b(?:i|he|she|they|we) not \w+|\b(?:want|need|try) be\b"
    r"|(?:^|[,.] )is (?:difficult|easy|hard|only|good|bad|not)\b"
    r"|\b(?:two|three|four|five|six|seven|eight|many) (?:year|month|day|week|patient|friend|time|hour)\b(?!-)"
    r"|\bi (?:living|working|coming|going|thinking|feeling)\b|\bfor me (?:make|do|go|find|speak)\b"
    r"|\bmore (?:better|easy)\b"
    r"|\bthe (?:sister|boss|man|woman|doctor|teacher|manager|girl|boy) (?:say|go|want|tell|make|give|come)\b"
)
_CORE = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def uneven(text: str) -> bool:
    """Whether the grammar looks like a learner's; such words are quoted and left as they are."""
    return bool(_UNEVEN.search(plain(text)))


class Turning:
    """Turns sentences round by the rules in ``prompts/guide/lexicon.toml``."""

    def __init__(self, phrases: Phrases, harsh: Harsh) -> None:
        self._harsh = harsh
        self._mend = phrases.mending()
        self._coarse = phrases.words("coarse.parts")
        heads = sorted(phrases.words("not_said.heads"), key=len, reverse=True)
        self._not_said = re.compile(rf"\b(?:{'|'.join(map(re.escape, heads))})\b")

    def not_said(self, text: str) -> bool:
        """Whether the text stands under an "if", a "not that" or the like: then its parts are not facts."""
        return bool(self._not_said.search(plain(text)))

    def of_self(self, piece: str) -> str:
        """A piece that begins with "I" or "my", said to the person; or empty."""
        low = plain(piece)
        if not _BY_SELF.match(low):
            return ""
        a_thing_only = low.startswith("my ") and not (len(low.split()) >= 4 and _VERB.search(low))
        return "" if a_thing_only else self._turned(piece)

    def of_anybody(self, sentence: str) -> str:
        """A whole sentence, whoever it is about, said to the person; or empty."""
        begun = _STARTS.match(sentence)
        if not begun and not _NAMED.match(sentence):
            return ""
        made = self._turned(sentence)
        return made[:1].lower() + made[1:] if begun else made

    def _turned(self, piece: str) -> str:
        mended = [self._mend.get(word.lower(), word) for word in piece.replace("’", "'").split()]
        low = plain(" ".join(mended))
        doubtful = (_SECOND, _UNSAFE, _UNEVEN, self._not_said)
        if any(rule.search(low) for rule in doubtful) or _NO_VERB.match(low):
            return ""
        if self._harsh.calls_names(low) or any(part in low for part in self._coarse):
            return ""
        said: list[str] = []
        before = ""
        for word in mended:
            core = _CORE.search(word)
            bare = core[0].lower() if core else ""
            turned = _turn(bare, before, low.startswith("my "))
            if turned is None:
                return ""
            said.append(_CORE.sub(turned, word, count=1) if turned != bare else word)
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
