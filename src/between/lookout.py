"""The safety rules over one open diary: the same look for chat, journal, exercises and imports, and what is remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from between.companion import threads
from between.companion.turn import Companion
from between.domain import (
    Conversation,
    Entry,
    Finding,
    ItemId,
    Message,
    Past,
    Profile,
    Provenance,
    RiskState,
    Role,
    Tier,
)
from between.safety.cards import Card
from between.safety.choosing import BELIEFS
from between.safety.rules import Rules
from between.safety.state import holds
from between.store.diary import Diary
from between.use.reports import reported

STAY = frozenset({"R", "T2"})
"""Cards that stay in one line where they were shown: what was taken back, and what a second opinion doubted."""
LATELY = timedelta(days=7)
"""What was written so long before the state last rose may stand behind it."""


class Lookout:
    """Sees every text of one person, whatever page it was written on."""

    def __init__(
        self, rules: Rules, diary: Diary, clock: Callable[[], datetime], new_id: Callable[[], ItemId]
    ) -> None:
        self._rules = rules
        self._diary = diary
        self._clock, self._new_id = clock, new_id
        self.count: Callable[[Tier], None] = lambda _tier: None
        """Told the tier of each card that is shown for the first time; nobody is told unless the house says so."""

    def state(self) -> RiskState:
        """What is remembered."""
        return self._diary.one(RiskState) or RiskState(self._new_id())

    def look(self, text: str, at: datetime | None = None, of: ItemId | None = None) -> Finding:
        """What is seen in a text: written now, after all that was said lately, or long ago; ``of`` is its entry."""
        if at is None:
            return self._rules.look_back(text)
        return self._rules.look(text, Past(at, threads.lately(self._diary, at, but=of), self.state()))

    def note(self, finding: Finding, entry: Entry, before: Entry | None = None) -> Card | None:
        """Remember what was seen in an entry that was written now; the card to show, if any."""
        if before is not None and _words(before) == _words(entry):
            return None  # another day, mood or place in memory: nothing was said
        return self._noted(finding, entry.text)

    def hear(self, text: str) -> Card | None:
        """Look at words that were typed now, remember what was seen, and give the card to show, if any."""
        return self._noted(self.look(text, self._clock()), text) if text.strip() else None

    def _noted(self, finding: Finding, text: str) -> Card | None:
        state = self._rules.step(self.state(), finding, self._clock(), text)
        self._diary.put(state)
        if finding.tier < Tier.PASSIVE and not finding.lanes:
            return None
        found = self._rules.card(finding, state)
        if found:
            self.count(finding.tier)
        return self._shown(found)

    def card(self, message: Message) -> Card | None:
        """The safety card of a message."""
        return self._shown(message.card)

    def is_row(self, message: Message) -> bool:
        """Whether its card is only the numbers that go along while an engine answers again."""
        shown = self.card(message)
        return shown is not None and shown.folded and shown.id not in STAY

    def waits(self) -> bool:
        """Whether the one question of a card still waits for its answer."""
        return self._rules.waits(self.state(), self._clock())

    def put(self, asked: Card, conversation: Conversation) -> None:
        """The question of a card that was shown on another page, as it was put, at the head of a conversation."""
        source = Provenance("safety", "reviewed", self._rules.words_hash)
        self._diary.put(
            Message(
                id=self._new_id(),
                conversation_id=conversation.id,
                at=self._clock(),
                role=Role.COMPANION,
                text=asked.question,
                provenance=source,
                remember=False,
            )
        )

    def rests_patterns(self) -> bool:
        """Whether nothing may be read into what was written, for a week after beliefs that others do not share."""
        return holds(self.state(), BELIEFS, self._clock())

    def card_for_text(self, text: str) -> Card | None:
        """The card for words that could not be kept: help does not wait for a disk."""
        finding = self._rules.look(text)
        state = RiskState(self._new_id(), tier=finding.tier, lanes=finding.lanes)
        return self._shown(self._rules.card(finding, state))

    def not_meant(self, reply: Message, companion: Companion) -> None:
        """The person says that a reply missed them; where it was a soft safety reply, the rules step back."""
        if not reported(reply):  # a report says more, and stays
            companion.feedback(reply.id, "not_what_i_meant")
        state = self._diary.one(RiskState)
        said = [one for one in companion.messages(reply.conversation_id) if one.role is Role.PERSON]
        asked = [one for one in said if one.at <= reply.at]
        if state is not None and asked and reply.provenance and reply.provenance.engine == "safety":
            self._diary.put(self._rules.not_meant(state, asked[-1].text))

    def remembered(self) -> tuple[str, ...]:
        """What the rules remember, in plain sentences for the person."""
        return self._rules.explain(self.state())

    def may_take_back(self) -> bool:
        """Whether “this was wrong” can lower the state: the words behind it are there, and none of them is plain."""
        state = self.state()
        if not Tier.PASSIVE <= state.tier < Tier.IMMEDIATE or state.since is None:
            return False
        behind = self._behind(state.since - LATELY)
        raised_it = any(tier == state.tier for _, tier in behind)
        if not raised_it or any(self._rules.look(text).hard for text, _ in behind):
            return False
        return self._rules.not_meant(state, "").tier < state.tier

    def take_back(self) -> None:
        """The person says that the rules were wrong; they step back, and help stays where it is."""
        if self.may_take_back():
            self._diary.put(replace(self._rules.not_meant(self.state(), ""), causes=()))

    def _behind(self, since: datetime) -> list[tuple[str, Tier]]:
        said = [one for one in self._diary.all(Message) if one.role is Role.PERSON and one.at >= since]
        entries = [one for one in self._diary.all(Entry) if (one.written_at or one.at) >= since]
        texts = [*((one.text, one.tier) for one in said), *((one.text, one.tier) for one in entries)]
        return [(text, tier) for text, tier in texts if tier >= Tier.PASSIVE]

    def young_card(self) -> Card | None:
        """Whom someone under eighteen can reach."""
        return self._shown("minor")

    def of_age(self) -> None:
        """The person says that they are 18 or older, after a text that sounded younger."""
        self._diary.put(replace(self.state(), adult_at=self._clock()))

    def let_go_of_reasons(self) -> None:
        """After everything was forgotten."""
        state = self._diary.one(RiskState)
        if state is not None:
            self._diary.put(self._rules.forgotten(state))

    def _shown(self, card_id: str) -> Card | None:
        return self._rules.shown(card_id, self._country(), self._clock()) if card_id else None

    def _country(self) -> str:
        profile = self._diary.one(Profile)
        return profile.country if profile else ""


def _words(entry: Entry) -> tuple[str, str, frozenset[str]]:
    return entry.text, entry.title, frozenset(entry.tags)
