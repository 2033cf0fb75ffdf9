"""Stands between a model and the person: passes each sentence on, or says a reviewed line in its place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from between.domain import Tier
from between.safety import numbers
from between.safety.disguise import bare, unreadable, without_marks
from between.safety.guard_rules import ALWAYS, RISK, SAID, GuardRule, rules
from between.safety.markdown import visible
from between.safety.sentences import Cut, Sentences

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)|«[^»]*»")
_WORD = re.compile(r"[^\W\d_]+")
# Forms that no reply to someone in danger needs, and that say in pieces what a sentence would not: code, tables,
# headings, scripts, lists.
_FORMAT = re.compile(
    r"```|^\s*(?:\||#{1,6}\s|[-*•+]\s+\S|\d{1,2}[.)]\s+\S|\{\s*\"|<[a-z])|^\s*(?:INT|EXT)\.\s"
    r"|^\s*(?:def|const|let|var|print|import|class|function)\b.*[=(:]",
    re.MULTILINE | re.IGNORECASE,
)
AFTER_SOFT = "T2"
"""Stands among the lanes while a soft tier is remembered and the text itself shows nothing."""
FAREWELL, BELIEF, BELIEF_LANE, NOTE = "farewell", "belief", "P", "note"
_LAST = (FAREWELL, "medicine_asked", "about_you")
"""What only the text that is answered can switch on."""
_HEARD = {"danger": RISK, "medicine": "medicine"}
"""What is noticed in anybody's words, and what it switches on."""
# The rest of a thought whose beginning was held back.
_CONTINUES = re.compile(
    r"\W*(?:of|with|and|or|like|plus|then|also|namely|especially|such as|including|by|from|at|in)\b[^.?!]{0,60}[.?!\s]*$",
    re.IGNORECASE,
)
_TAIL = 160
"""How much of what was said before is read again with the next sentence."""
_SHORT = 4
_WAITS = 200
"""A row of fragments is judged together up to this length."""


class Guard:
    """Watches one reply. ``said`` are the person's own texts as the engine knew them, the one answered last."""

    def __init__(
        self, tier: Tier = Tier.NONE, seed: int = 0, said: Sequence[str] = (), lanes: Sequence[str] = ()
    ) -> None:
        self._rules = rules()
        self._seed = seed
        self._held: list[str] = []
        self._stopped = False
        self._dropped = False
        self._tail = ""
        self._reviewed = self._soft = False
        self._waiting, self._before = "", ""
        plain = [self._rules.reader.plain(text) for text in said]
        self._said = frozenset(" ".join(plain).split())
        self._when = {ALWAYS} | ({RISK} if tier >= Tier.PASSIVE else set()) | ({SAID} if said else set())
        for form in plain:
            self._hear(form)
            self._when.update(name for name in (BELIEF, NOTE) if self._rules.speaks_of(name, form))
        if plain:
            self._when.update(name for name in _LAST if self._rules.speaks_of(name, plain[-1]))
        if BELIEF_LANE in lanes:
            self._when.add(BELIEF)
        self._soft = AFTER_SOFT in lanes and RISK not in self._when
        if self._soft:
            self._when.add(RISK)

    @property
    def held_back(self) -> tuple[str, ...]:
        """Reasons for which sentences were replaced so far, each once, in order."""
        return tuple(dict.fromkeys(self._held))

    def pass_on(self, pieces: Iterable[str]) -> Iterator[str]:
        """The reply, sentence by sentence, with reviewed lines in place of what must not be said."""
        source = iter(pieces)
        sentences = Sentences()
        try:
            for piece in source:
                for cut in sentences.add(piece):
                    yield from self._next(cut)
                    if self._stopped:
                        return
            for cut in sentences.rest():
                yield from self._next(cut)
                if self._stopped:
                    return
            yield from self._judged()
        finally:
            close = getattr(source, "close", None)
            if close is not None:
                close()

    def pass_reviewed(self, pieces: Iterable[str]) -> Iterator[str]:
        """The same for a reply out of reviewed lines: in danger, only what the person's own words put in it is judged."""
        self._reviewed = True
        yield from self.pass_on(pieces)

    def _next(self, cut: Cut) -> Iterator[str]:
        """One more cut: fragments wait for what follows, so that a sentence told in bits is judged as one."""
        short = _is_fragment(self._rules.reader.joined(cut.text)) and len(self._waiting) < _WAITS
        if self._waiting and not short and self.check(self._waiting, self._before):
            yield from self._judged()
            if self._stopped:
                return
        self._before = self._before if self._waiting else cut.before
        self._waiting += cut.text
        if not short:
            yield from self._judged()

    def _judged(self) -> Iterator[str]:
        """What was waiting, or the words in its place."""
        sentence, self._waiting = self._waiting, ""
        if sentence:
            yield from self._one(sentence, self._before)

    def check(self, sentence: str, before: str = "") -> tuple[str, ...]:
        """Reasons against a sentence, none when it may pass; ``before`` is the unfinished text ahead of it."""
        return tuple(dict.fromkeys(reason for reason, _ in self._against(sentence, before)))

    def _against(self, sentence: str, before: str) -> list[tuple[str, bool]]:
        """Each reason, and whether it ends the reply."""
        whole = before + sentence
        text = bare(whole)
        reader = self._rules.reader
        self._hear(reader.plain(text))
        careful = RISK in self._when
        every = reader.forms(text, careful=careful)
        unquoted = _without_quotes(text)
        outside = every if unquoted == text else reader.forms(unquoted, careful=careful)
        broken = [rule for form in every for rule in self._broken(form) if rule.quoted]
        if not self._reviewed:  # what is no matter in a quotation is no matter in a reviewed line either
            broken += [rule for form in outside for rule in self._broken(form) if not rule.quoted]
        if careful and not self._reviewed:
            broken += self._across(every[0])
        # After a soft sign any subject may be talked of; what would be dangerous may not.
        if not (self._reviewed or self._soft) and len(_WORD.findall(text)) >= _SHORT and "?" not in text:
            broken += self._rules.lacks(every[0], frozenset(self._when))
        broken = [rule for rule in broken if not rule.otherwise] or broken
        broken.sort(key=lambda rule: self._rules.places[rule.id])
        return [*self._by_shape(whole, text, careful), *((rule.reason, rule.ends) for rule in broken)]

    def _by_shape(self, whole: str, text: str, careful: bool) -> Iterator[tuple[str, bool]]:
        """Reasons that lie in how a text looks, not in its words."""
        joined = self._rules.reader.joined(text)
        written = dict.fromkeys((visible(html.unescape(whole)), text, joined))
        if any(numbers.strange(one, self._rules.numbers) for one in written):
            yield "number", False
        if careful and (_FORMAT.search(whole) or unreadable(joined, self._rules.little)):
            yield (NOTE if NOTE in self._when else "method"), True
        if FAREWELL in self._when and "?" in text and not self._reviewed:
            yield "hook", False

    def _broken(self, form: str, since: int = 0) -> list[GuardRule]:
        return self._rules.broken(form, frozenset(self._when), self._said, since, self._reviewed)

    def _across(self, form: str) -> list[GuardRule]:
        """Rules that show only when a sentence is read on from the one before it."""
        ahead = without_marks(self._tail).removesuffix(". ")
        return self._broken(ahead + without_marks(form).lstrip(), since=len(ahead))

    def _hear(self, form: str) -> None:
        """Notice what a text speaks of."""
        for name, when in _HEARD.items():
            if (when not in self._when or (self._soft and when == RISK)) and self._rules.speaks_of(
                name, form
            ):
                self._when.add(when)
                self._soft = self._soft and when != RISK

    def _one(self, sentence: str, before: str) -> Iterator[str]:
        against = self._against(sentence, before)
        reasons = list(dict.fromkeys(reason for reason, _ in against))
        self._stopped = any(ends for _, ends in against)
        self._tail = (self._tail + self._rules.reader.plain(bare(sentence)))[-_TAIL:]
        if not reasons and self._dropped and _CONTINUES.match(bare(sentence)):
            return
        self._dropped = bool(reasons)
        if not reasons:
            yield sentence
            return
        first = reasons[0]
        said_before = first in self._held
        self._held.extend(reasons)
        if said_before:
            return
        options = self._rules.instead[first]
        tail = sentence[len(sentence.rstrip()) :] or " "
        lead = sentence[: len(sentence) - len(sentence.lstrip())]
        yield lead + options[self._seed % len(options)] + tail


def _is_fragment(text: str) -> bool:
    """Too short to be judged alone: words may be handed out one by one."""
    return not text.rstrip().endswith("?") and len(_WORD.findall(text)) < _SHORT


def _without_quotes(text: str) -> str:
    """The text without what it quotes; a text that is nothing but a quotation is no quotation."""
    outside = _QUOTED.sub(" ", text)
    return outside if len(_WORD.findall(outside)) >= 2 else text
