"""The host of one open space: says what this is, notices when a pause may do good, and sees people out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from between.domain import AfterUse, Entry, ItemId, Message, Profile, RiskState, Role, Tier, Use
from between.errors import StoreFull, StoreUnreachable
from between.safety import honesty
from between.safety.reviewed import honest_use
from between.store.diary import Diary
from between.use import closing, pace

SAVE_EVERY = timedelta(minutes=1)
"""How far the sealed record may lag behind, when nothing but time has passed."""
REAL_TALK = 2
"""Messages of the person in a conversation before it is asked how it left them."""


@dataclass
class Visit:
    """One browser from unlock to lock; in memory only."""

    began: datetime
    shown_at: datetime | None = None
    line: str = field(default="", repr=False)
    """What this is, as long as it stands on the page."""
    pause: str = ""
    """The pause that stands on the page."""
    follow_up: str = ""
    asked_after: bool = False
    """How it left them was asked, or there is nothing to ask any more."""
    written: int = 0
    young: bool = False
    """A text sounded as if someone under eighteen wrote it; the pages to write on are closed."""


class Host:
    """Looks after the visits to one open space."""

    def __init__(self, diary: Diary, state: Callable[[], RiskState], new_id: Callable[[], ItemId]) -> None:
        self._diary, self._state, self._new_id = diary, state, new_id
        self._visits: dict[str, Visit] = {}
        self._turn = threading.Lock()
        self._use: Use | None = None
        self._zone: tzinfo | None = None

    def by_their_clock(self, at: datetime) -> datetime:
        """A moment in the person's own time zone, as the last page knew it."""
        return at.astimezone(self._zone) if self._zone else at

    # Coming and staying ------------------------------------------------------------------------------

    def arrive(self, visit: str, at: datetime) -> None:
        """Once for each page that is drawn: ``visit`` names the browser's ticket, ``at`` is the person's clock."""
        with self._turn:
            self._zone = at.tzinfo
            use = self._known()
            here = self._visits.get(visit)
            first = here is None
            if here is None:
                here = self._visits[visit] = Visit(at)
            away = honesty.due(here.shown_at, use.seen_at, at)
            now = self._noticed(pace.seen(use, at))
            if first or away:
                here.line = honesty.reminder(first=first, seed=at.day)
                here.shown_at = at
                now = replace(now, disclosed_at=at)
            if first:
                now = self._follow_up(here, now, at)
            if not here.pause and not here.follow_up and self._profile().pauses:
                now = self._pause(here, now, at)
            self._keep(now)

    def wrote(self, visit: str, at: datetime) -> None:
        """The person sent something: what stood on the page has been read, and goes."""
        with self._turn:
            here = self._visits.get(visit)
            if here is not None:
                here.line = here.pause = here.follow_up = ""
                here.written += 1
            self._keep(pace.wrote(self._known(), at))

    def dismiss(self, visit: str) -> None:
        """The person wants the pause, or the question after a hard time, out of the way."""
        here = self._visits.get(visit)
        if here is not None:
            here.pause = here.follow_up = ""

    def line(self, visit: str) -> str:
        """What this is, while it stands on the page."""
        here = self._visits.get(visit)
        return here.line if here else ""

    def pause(self, visit: str) -> tuple[str, str]:
        """The pause that stands on the page, and its words; two empty strings for none, and in a hard time."""
        here = self._visits.get(visit)
        if here is None or not here.pause or self._state().tier >= Tier.ACTIVE:
            return "", ""
        return here.pause, self._line(honest_use().pause[here.pause], here)

    def look_back(self) -> str:
        """What was written in this stretch, from its first words to its last; nothing of a hard moment."""
        since = self._known().since
        if since is None:
            return ""
        said = [
            (one.at, one.text)
            for one in self._diary.all(Message)
            if one.role is Role.PERSON and one.at >= since and one.tier < Tier.PASSIVE
        ]
        said += [
            (one.written_at, one.text)
            for one in self._diary.all(Entry)
            if one.written_at and one.written_at >= since and one.tier < Tier.PASSIVE
        ]
        return closing.look_back([text for _, text in sorted(said)])

    def follow_up(self, visit: str) -> str:
        """One line for the first page after a hard time; empty otherwise."""
        here = self._visits.get(visit)
        return here.follow_up if here else ""

    def stop_for_the_young(self, visit: str, *, stop: bool) -> None:
        """Close the pages to write on in this browser, or open them again."""
        here = self._visits.get(visit)
        if here is not None:
            here.young = stop

    def stopped_for_the_young(self, visit: str) -> bool:
        """Whether they are closed."""
        here = self._visits.get(visit)
        return here is not None and here.young

    # Leaving -----------------------------------------------------------------------------------------

    def asks_after(self, visit: str, talk: Sequence[Message]) -> bool:
        """Whether to ask how it left them: after a goodbye, once a session, never in a hard time."""
        here = self._visits.get(visit)
        if here is None or here.asked_after or self._state().tier >= Tier.ACTIVE or not talk:
            return False
        source, theirs = talk[-1].provenance, [one for one in talk if one.role is Role.PERSON]
        left = source is not None and source.move == "goodbye" and talk[-1].at >= here.began
        return left and len(theirs) >= REAL_TALK

    def asked_after(self, visit: str) -> None:
        """The question was answered or skipped; it does not come again in this session."""
        here = self._visits.get(visit)
        if here is not None:
            here.asked_after = True

    def keep_after(self, visit: str, left: str, bring: str, at: datetime) -> None:
        """Keep the answer, sealed."""
        self._diary.put(AfterUse(self._new_id(), at, left, bring.strip()))
        self.asked_after(visit)

    def afters(self) -> list[AfterUse]:
        """What was answered, newest first."""
        return self._diary.all(AfterUse)[::-1]

    def forget_afters(self) -> None:
        """Remove all answers."""
        self._diary.forget(*(one.id for one in self._diary.all(AfterUse)))

    # -------------------------------------------------------------------------------------------------

    def _noticed(self, use: Use) -> Use:
        state = self._state()
        acute = state.tier >= Tier.ACTIVE and state.since is not None
        done = use.acute_done is not None and state.since is not None and state.since <= use.acute_done
        return replace(use, acute_at=state.since) if acute and not done else use

    def _follow_up(self, here: Visit, use: Use, at: datetime) -> Use:
        """Ask after a hard time in the next session, once; that it was not asked counts as asked too."""
        if use.acute_at is None or at - use.acute_at < pace.GAP:
            return use
        if self._profile().follow_up:
            lines = honest_use().follow_up["lines"]
            here.follow_up = lines[at.day % len(lines)]
        return replace(use, acute_at=None, acute_done=use.acute_at)

    def _pause(self, here: Visit, use: Use, at: datetime) -> Use:
        here.pause = pace.due(use, at, self._state().tier)
        return pace.said(use, here.pause, at) if here.pause else use

    def _line(self, options: Sequence[str], here: Visit) -> str:
        return options[here.written % len(options)]

    def _profile(self) -> Profile:
        return self._diary.one(Profile) or Profile(self._new_id())

    def _known(self) -> Use:
        kept = self._diary.one(Use)
        if kept is None:  # a new space, or everything was forgotten
            return Use(self._new_id())
        return self._use if self._use is not None and self._use.id == kept.id else kept

    def _keep(self, use: Use) -> None:
        kept = self._diary.one(Use)
        self._use = use
        if kept is None or _differs(kept, use):
            with suppress(StoreFull, StoreUnreachable):  # nobody's words: it is kept in memory till the lock
                self._diary.put(use)


def _differs(kept: Use, use: Use) -> bool:
    """Whether it is worth a write: something was said or written, or a while has passed."""
    if replace(kept, seen_at=use.seen_at, day_seconds=use.day_seconds) != use:
        return True
    return kept.seen_at is None or use.seen_at is None or use.seen_at - kept.seen_at >= SAVE_EVERY
