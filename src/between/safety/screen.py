"""Looks at a person's text first, before and outside any model: rules only, in a few milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from between.domain import Finding, Tier
from between.safety.context import Passage, Sense, Surroundings, hide_idioms, passages
from between.safety.language import Language
from between.safety.lexicon import Combination, Lexicon, Rule

WINDOW = 20
"""How many earlier texts take part in the combination rules."""
_RECENT_CHARACTERS = 2000
_ABOUT_ONESELF = ("", "N", "H")
_OPENING_KINDS = frozenset(
    {
        "wish",
        "burden",
        "hopeless",
        "trapped",
        "absence",
        "ideation",
        "farewell",
        "handover",
        "prepared",
        "stressor",
        "means_query",
        "urge",
        "selfharm",
        "calm",
        "intoxicated",
        "refusal",
    }
)


@dataclass
class _Seen:
    """What one text has shown so far."""

    tier: int = 0
    hard: bool = False
    lanes: set[str] = field(default_factory=set)
    cues: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def add(self, tier: int, lane: str, cue: str, kind: str = "") -> None:
        self.tier = max(self.tier, tier)
        self.cues.update(cue.split())
        if lane:
            self.lanes.add(lane)
        if kind:
            self.kinds.add(kind)


class Screen:
    """The rule layer. Keeps nothing of what it looks at; safe to share between spaces and threads."""

    def __init__(self, lexicon: Lexicon | None = None, language: Language | None = None) -> None:
        self._lexicon = lexicon or Lexicon.load()
        self._language = language or Language.load()
        self._surroundings = Surroundings(self._lexicon)

    def look(self, text: str, recent: Sequence[str] = ()) -> Finding:
        """What the rules find in a text; ``recent`` are the person's texts before it, newest last."""
        seen = self._read(text)
        if recent and seen.kinds & _OPENING_KINDS:
            self._combine_recent(seen, [self._read(t[-_RECENT_CHARACTERS:]) for t in recent[-WINDOW:]])
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
                if self._count(seen, rule, self._surroundings.sense(rule, passage, first, last), passage):
                    done.add(rule.id)
                    break
        return seen

    def _count(self, seen: _Seen, rule: Rule, sense: Sense, passage: Passage) -> bool:
        """Add one hit as it is meant; true when the rule needs no further look."""
        if any(self._lexicon.groups[g].search(passage.text) for g in rule.unless):
            return True
        name = f"{rule.id} {rule.cue}"
        match sense:
            case Sense.STANDS:
                seen.add(rule.tier, rule.lane, name, rule.kind)
                seen.hard = seen.hard or (rule.hard and rule.tier >= Tier.ACTIVE)
                return True
            case Sense.SOFTENED:
                lowered = rule.tier - 1 if rule.tier == Tier.ACTIVE else rule.tier
                seen.add(lowered, rule.lane, name, rule.kind)
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
            if (
                rule.where == "text"
                and _met(rule, [seen.kinds])
                and not any(self._lexicon.groups[g].search(passage.text) for g in rule.unless)
            ):
                seen.add(rule.tier, rule.lane, f"{rule.id} {rule.cue}")

    def _combine_recent(self, seen: _Seen, before: Iterable[_Seen]) -> None:
        kinds = [s.kinds for s in before]
        for rule in self._lexicon.combinations:
            if rule.where == "recent" and _met(rule, [*kinds, seen.kinds]):
                seen.add(rule.tier, rule.lane, f"{rule.id} {rule.cue}")


def _met(rule: Combination, texts: Sequence[set[str]]) -> bool:
    """Whether the texts, oldest first, show what the combination asks, the newest taking part."""
    newest, all_kinds = texts[-1], set().union(*texts)
    if rule.kinds:
        wanted = set(rule.kinds)
        return bool(wanted & newest) and len(wanted & all_kinds) >= rule.count
    first, then = set(rule.first), set(rule.then)
    if rule.ordered:
        earlier = set().union(*texts[:-1]) if len(texts) > 1 else newest
        return bool(first & earlier) and bool(then & newest)
    return bool(first & all_kinds) and bool(then & all_kinds) and bool((first | then) & newest)
