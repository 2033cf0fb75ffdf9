"""Looks at a person's text first, before and outside any model: rules only, in a few milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from between.domain import Finding, Tier
from between.safety.context import Passage, Sense, Surroundings, hide_idioms, passages
from between.safety.language import Language
from between.safety.lexicon import Combination, Lexicon, Rule

WINDOW = 20
"""How many earlier texts take part in the combination rules."""
_RECENT_CHARACTERS = 2000
_ABOUT_ONESELF = ("", "N", "H")


@dataclass
class _Seen:
    """What one text has shown so far."""

    tier: int = 0
    hard: bool = False
    lanes: set[str] = field(default_factory=set)
    cues: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)
    places: list[tuple[int, str]] = field(default_factory=list)
    """Where in the passage each kind was seen."""

    def add(self, tier: int, lane: str, cue: str, kind: str = "", place: int = 0) -> None:
        self.tier = max(self.tier, tier)
        self.cues.update(cue.split())
        if lane:
            self.lanes.add(lane)
        if kind:
            self.kinds.add(kind)
            self.places.append((place, kind))

    def nearby(self, words: int) -> Iterator[set[str]]:
        """Kinds seen together inside so many words."""
        for start, _ in self.places:
            yield {kind for place, kind in self.places if start <= place < start + words}


class Screen:
    """The rule layer. Keeps nothing of what it looks at; safe to share between spaces and threads."""

    def __init__(self, lexicon: Lexicon | None = None, language: Language | None = None) -> None:
        self._lexicon = lexicon or Lexicon.load()
        self._language = language or Language.load()
        self._surroundings = Surroundings(self._lexicon)
        across = [rule for rule in self._lexicon.combinations if rule.where != "text"]
        self._across_kinds = frozenset(k for rule in across for k in (*rule.kinds, *rule.first, *rule.then))

    @property
    def soft(self) -> frozenset[str]:
        """Names of the rules that ask the gentle question at most, and that others may doubt."""
        rules = self._lexicon.rules.values()
        return frozenset(one.id for one in rules if one.tier <= Tier.PASSIVE and not one.hard)

    def look(self, text: str, recent: Sequence[str] = ()) -> Finding:
        """What the rules find in a text; ``recent`` are the person's texts before it, newest last."""
        seen = self._read(text)
        if recent and seen.kinds & self._across_kinds:
            self._combine_recent(seen, text, [self._read(t[-_RECENT_CHARACTERS:]) for t in recent[-WINDOW:]])
        if self._language.unclear(text):
            seen.add(0, "U", "language.unclear")
        return Finding(
            tier=Tier(seen.tier),
            lanes=tuple(sorted(seen.lanes)),
            cues=tuple(sorted(seen.cues)),
            hard=seen.hard,
        )

    def _read(self, text: str) -> _Seen:
        seen = _Seen()
        for passage in passages(self._lexicon.plain(text)):
            here = self._read_passage(passage)
            self._combine(here, passage)
            seen.tier, seen.hard = max(seen.tier, here.tier), seen.hard or here.hard
            seen.lanes |= here.lanes
            seen.cues |= here.cues
            seen.kinds |= here.kinds
        return seen

    def _read_passage(self, passage: Passage) -> _Seen:
        seen = _Seen()
        bare = hide_idioms(passage, self._lexicon)
        done: set[str] = set()
        for pattern in self._lexicon.index.candidates(bare.tokens):
            rule = self._lexicon.rules[self._lexicon.owner[id(pattern)]]
            if rule.id in done:
                continue
            for match in pattern.regex.finditer(bare.text):
                first, last = passage.at(match.start()), passage.at(match.end() - 1) + 1
                sense = self._surroundings.sense(rule, passage, first, last)
                if self._count(seen, rule, sense, passage, first):
                    done.add(rule.id)
                    break
        return seen

    def _count(self, seen: _Seen, rule: Rule, sense: Sense, passage: Passage, place: int) -> bool:
        """Add one hit as it is meant; true when the rule needs no further look."""
        if self._stands(rule.unless, passage.text):
            return True
        name = f"{rule.id} {rule.cue}"
        match sense:
            case Sense.STANDS:
                seen.add(rule.tier, rule.lane, name, rule.kind, place)
                seen.hard = seen.hard or (rule.hard and rule.tier >= Tier.ACTIVE)
                return True
            case Sense.SOFTENED:
                lowered = rule.tier - 1 if rule.tier == Tier.ACTIVE else rule.tier
                seen.add(lowered, rule.lane, name, rule.kind, place)
            case Sense.JOKE if rule.hard:
                seen.add(
                    min(rule.tier, Tier.PASSIVE) if rule.tier < Tier.IMMEDIATE else rule.tier,
                    rule.lane,
                    name,
                    rule.kind,
                )
            case Sense.FICTION if rule.hard:
                seen.add(min(rule.tier, Tier.PASSIVE), rule.lane, f"{name} fiction", rule.kind)
            case Sense.AMBIVALENT if rule.tier >= Tier.PASSIVE and rule.lane in _ABOUT_ONESELF:
                seen.add(Tier.PASSIVE, rule.lane, f"{name} ambivalent", "wish")
            case Sense.DENIED if rule.tier >= Tier.PASSIVE:
                seen.add(0, "", "denied")
            case Sense.OTHER if rule.tier >= Tier.PASSIVE and rule.lane in _ABOUT_ONESELF:
                seen.add(Tier.DISTRESS, "O", "other_person")
            case Sense.RETURNED if rule.tier >= Tier.PASSIVE:
                seen.add(Tier.PASSIVE, "H", f"{rule.id} past_returning", "wish")
            case Sense.PAST if rule.tier >= Tier.PASSIVE and rule.lane in _ABOUT_ONESELF:
                seen.add(Tier.DISTRESS, "H", "past")
            case _:
                pass
        return False

    def _combine(self, seen: _Seen, passage: Passage) -> None:
        for rule in self._lexicon.combinations:
            if rule.where == "recent":
                continue
            together = seen.nearby(rule.within) if rule.within else [seen.kinds]
            if any(_met(rule, [kinds]) for kinds in together) and not self._stands(rule.unless, passage.text):
                seen.add(rule.tier, rule.lane, f"{rule.id} {rule.cue}")

    def _combine_recent(self, seen: _Seen, text: str, before: Iterable[_Seen]) -> None:
        kinds = [s.kinds for s in before]
        for rule in self._lexicon.combinations:
            if rule.where != "text" and _met(rule, [*kinds, seen.kinds]):
                plain = self._lexicon.plain(text) if rule.unless else ""
                if not self._stands(rule.unless, plain):
                    seen.add(rule.tier, rule.lane, f"{rule.id} {rule.cue}")

    def _stands(self, groups: Iterable[str], plain: str) -> bool:
        """Whether one of the context groups stands in a text."""
        return any(self._lexicon.groups[group].search(plain) for group in groups)


def _met(rule: Combination, texts: Sequence[set[str]]) -> bool:
    """Whether the texts, oldest first, show what the combination asks, the newest taking part."""
    newest, all_kinds = texts[-1], set().union(*texts)
    if rule.kinds:
        wanted = set(rule.kinds)
        return bool(wanted & newest) and len(wanted & all_kinds) >= rule.count
    first, then = set(rule.first), set(rule.then)
    if sum(bool(first & kinds) for kinds in texts) < rule.first_texts:
        return False
    if rule.ordered:
        earlier = set().union(*texts[:-1]) if len(texts) > 1 else newest
        return bool(first & earlier) and bool(then & newest)
    return bool(first & all_kinds) and bool(then & all_kinds) and bool((first | then) & newest)
