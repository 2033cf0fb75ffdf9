"""One person's open space: the diary, and the rooms around it, from unlock to lock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from between.companion.consent import Consents, model_purpose, version_of
from between.companion.guide import Guide
from between.companion.opinions import Opinions
from between.companion.ports import Engine, Parts
from between.companion.turn import Companion
from between.domain import (
    Consent,
    Endpoint,
    Entry,
    ItemId,
    Message,
    OwnerId,
    Profile,
    Recalled,
    RiskState,
    Role,
    Tier,
)
from between.engines.address import leaves_computer, origin_of, stayed_here
from between.engines.model import ModelEngine
from between.errors import ModelUnreachable
from between.insights.evidence import Pattern
from between.insights.insights import Insights
from between.insights.looking import Looking, find_patterns
from between.insights.ports import Wanted
from between.journal.drafts import Drafts, entry_place
from between.journal.export import export_all
from between.journal.journal import Journal, Written
from between.journal.ports import Parts as JournalParts
from between.lookout import Lookout
from between.memory.encoder import Encoder
from between.memory.memory import Memory
from between.reading.read import Reader
from between.safety.cards import Card
from between.safety.plan import Plan
from between.safety.rules import Rules
from between.store.diary import Diary
from between.use.host import Host


@dataclass(frozen=True)
class Shared:
    """Read-only parts that all spaces of a process use together."""

    encoder: Encoder
    reader: Reader
    rules: Rules
    guide: Guide

    @classmethod
    def build(cls) -> Shared:
        """Load them; takes a second or two."""
        encoder = Encoder()
        return cls(encoder, Reader(encoder), Rules(encoder), Guide())


class Space:
    """Everything that a person can do while their space is open."""

    def __init__(
        self,
        diary: Diary,
        shared: Shared,
        clock: Callable[[], datetime],
        new_id: Callable[[], ItemId],
    ) -> None:
        self.owner = OwnerId("")
        self.code_name = ""
        self.is_demo = False
        self.timeout = 60.0
        self.diary = diary
        self.guide = shared.guide
        self._rules = shared.rules
        self._clock, self._new_id = clock, new_id
        self.lookout = Lookout(shared.rules, diary, clock, new_id)
        self.host = Host(diary, self.lookout.state, new_id)
        self.memory = Memory(diary, shared.encoder, clock)
        self.journal = Journal(
            JournalParts(diary, self.memory, self.lookout, clock, new_id, later=self._remember_later)
        )
        their_clock = lambda: self.host.by_their_clock(clock())  # noqa: E731  # a night is theirs
        self.opinions = Opinions(Consents(diary, clock, new_id), lambda: self.is_demo)
        rules = shared.rules
        self.companion = Companion(
            Parts(
                *(diary, self.memory, shared.reader, rules, rules.guard, their_clock, new_id),
                adviser=self.opinions.adviser,
                count=lambda tier: self.lookout.count(tier),
            )
        )
        self.drafts = Drafts(diary, clock, new_id)
        self.plan = Plan(diary, self.lookout.hear, clock, new_id)
        self.insights = Insights(lambda: diary.all(Entry), clock)
        self._model: tuple[Endpoint, ModelEngine] | None = None
        self.looking = Looking(lambda: diary.all(Entry), lambda: self.memory.ready, self._find_patterns)
        self.memory.open()

    def close(self) -> None:
        """Keep what is being said; then nothing can be read or written any more, and nothing readable stays."""
        self.companion.hush()
        self.diary.close()
        self.looking.close()
        self.memory.close()
        self._drop_derived()
        self._drop_model()

    # What was chosen --------------------------------------------------------------------------------

    def profile(self) -> Profile:
        """The person's choices."""
        return self.diary.one(Profile) or Profile(self._new_id())

    # Any: one of the profile's own fields; dataclasses.replace checks the names.
    def save_profile(self, **changes: Any) -> None:
        """Change some of them."""
        self.diary.put(replace(self.profile(), **changes))

    # Engines ----------------------------------------------------------------------------------------

    def endpoint_in_use(self) -> Endpoint | None:
        """The model that answers, or ``None`` for the guide."""
        profile = self.profile()
        ready = profile.engine == "model" and profile.endpoint is not None
        return profile.endpoint if ready and self.consent_given(profile.endpoint) else None

    def engine(self) -> Engine:
        """Who answers now."""
        endpoint = self.endpoint_in_use()
        if endpoint is None:
            return self.guide
        if self._model is None or self._model[0] != endpoint:
            self._drop_model()
            self._model = (endpoint, ModelEngine(endpoint, self.timeout))
        return self._model[1]

    def probe(self, endpoint: Endpoint) -> None:
        """Try a model with a request that holds no word of the person."""
        engine = ModelEngine(endpoint, min(self.timeout, 20.0))
        try:
            engine.probe()
        finally:
            engine.close()

    def origin(self, endpoint: Endpoint) -> str:
        """Where the words would go."""
        return origin_of(endpoint)

    def leaves(self, endpoint: Endpoint) -> bool:
        """Whether words would leave this computer."""
        return leaves_computer(endpoint)

    def stayed_here(self, sent_to: str) -> bool:
        """Whether what was sent there stayed on this computer."""
        return stayed_here(sent_to)

    def agree(self, endpoint: Endpoint, words: str) -> None:
        """The person's yes to these words; the model answers from now on."""
        self.companion.consents.agree(_purpose(endpoint), version_of(words))
        self.save_profile(engine="model")

    def consent_given(self, endpoint: Endpoint | None) -> Any:  # Any: Consent | None
        """The yes that holds for this model at this origin."""
        if endpoint is None:
            return None
        try:
            return self.companion.consents.given(_purpose(endpoint))
        except ModelUnreachable:  # an address that is none: the guide answers, and settings can mend it
            return None

    def withdraw(self, endpoint: Endpoint) -> None:
        """Take the yes back; the guide answers from now on."""
        self.companion.consents.withdraw(_purpose(endpoint))
        self.opinions.withdraw(endpoint)
        self.save_profile(engine="guide")

    def _drop_model(self) -> None:
        if self._model is not None:
            self._model[1].close()
            self._model = None

    # Safety -----------------------------------------------------------------------------------------

    def safe(self, text: str) -> str:
        """A reply as Markdown that can load nothing and link nowhere."""
        return self._rules.safe_markdown(text)

    def write_entry(self, text: str, **details: Any) -> tuple[Written, Card | None]:  # Any: journal.Details
        """Write an entry; what the safety rules see in it is kept across chats, and may show a card."""
        written = self.journal.write(text, details.pop("at"), **details)
        self.looking.look_soon()
        return written, self.lookout.note(written.finding, written.entry)

    def edit_entry(self, id: ItemId, **changes: Any) -> tuple[Written, Card | None]:  # Any: journal.Changes
        """Change an entry, looked at anew; the words that it no longer has go everywhere."""
        before = self.journal.entry(id)
        written = self.journal.edit(id, **changes)
        if before is None or before.text != written.entry.text:
            self.companion.unquote(id)
            self._drop_derived()
        self.looking.look_soon()
        return written, self.lookout.note(written.finding, written.entry, before)

    def answer(self, asked: Card, said: str) -> ItemId:
        """An answer to a card's question, given outside the chat: both stand in a conversation, with the reply."""
        conversation = self.companion.start(remember=False)
        self.lookout.put(asked, conversation)
        list(self.companion.answer(self.companion.hear(conversation.id, said), self.guide))
        return conversation.id

    def not_meant(self, reply: Message) -> None:
        """The person says that a reply missed them."""
        self.lookout.not_meant(reply, self.companion)

    # Finding and forgetting -------------------------------------------------------------------------

    def conversation_to_entry(self, conversation_id: ItemId) -> Written:
        """The person's side of a conversation as a journal entry."""
        said = [one for one in self.companion.messages(conversation_id) if one.role is Role.PERSON]
        text = "\n\n".join(one.text for one in said)
        at = said[0].at if said else self._clock()
        remember = all(one.remember for one in said)
        return self.write_entry(text, at=at, source="conversation", remember=remember)[0]

    def keep_out(self, id: ItemId) -> None:
        """Keep it, but never bring it back."""
        if self.diary.get(Entry, id) is not None:
            self.journal.edit(id, remember=False)
            return
        message = self.diary.get(Message, id)
        if message is not None:
            self.diary.put_beside((id,), replace(message, remember=False))
            self.memory.forget(id)

    def forget(self, id: ItemId) -> None:
        """Remove an entry or a message, and everything made from it: a message with the replies to it."""
        self.memory.forget(id)
        answers = self.companion.answers(id)
        self.companion.unquote(id)
        self.diary.forget(id, *answers)
        self.drafts.clear(entry_place(id))
        self.memory.forget(id)  # a reply that just ended may have had its message read meanwhile
        self._drop_derived()

    def forget_everything(self) -> None:
        """Remove everything that was written, also what could not be read; choices stay.

        The safety rules keep how alert they are and let go of the reasons (see ``safety.state.forgotten``).
        """
        self.drafts.end_all()
        written = [one.id for kind in (Entry, Message) for one in self.diary.all(kind)]
        self.memory.forget(*written)
        self.lookout.let_go_of_reasons()
        self.diary.forget_all_but(Profile, Consent, RiskState)
        self.memory.forget(*written)
        self._drop_derived()

    def _remember_later(self, records: Sequence[Entry | Message]) -> None:
        self.memory.remember_later(records)
        self.looking.look_soon()

    def _drop_derived(self) -> None:
        """What was made from the entries is made anew when somebody asks."""
        self.looking.let_go()
        self.insights = Insights(lambda: self.diary.all(Entry), self._clock)

    def memorable(self) -> tuple[int, int, int]:
        """How many entries and messages can come back, and how many are kept out."""
        entries = self.diary.all(Entry)
        said = [one for one in self.diary.all(Message) if one.role is Role.PERSON]
        of_entries = sum(one.remember and one.tier < Tier.PASSIVE for one in entries)
        of_said = sum(one.remember and one.tier < Tier.PASSIVE for one in said)
        return of_entries, of_said, len(entries) + len(said) - of_entries - of_said

    def passages(self, text: str, k: int = 20) -> tuple[Recalled, ...]:
        """Passages close to a text, days that it names included."""
        return self.memory.search(text, k=k, period=self.memory.period(text, self._clock()))

    def patterns(self) -> tuple[Pattern, ...]:
        """What returns in the diary as it is now, however long the search takes."""
        return self.looking.wait()

    def _find_patterns(self, entries: Sequence[Entry], wanted: Wanted) -> tuple[Pattern, ...]:
        return find_patterns(entries, self.memory.pieces, self._clock, wanted)

    def export(self) -> bytes:
        """Everything in one zip."""
        return export_all(self.diary, self._clock())


def _purpose(endpoint: Endpoint) -> str:
    return model_purpose(origin_of(endpoint), endpoint.model)
