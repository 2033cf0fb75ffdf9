"""The journal: writing entries, changing and deleting them, finding them again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypedDict, Unpack

from between.domain import Entry, Finding, ItemId, Mood, Period, Progress, Recalled
from between.errors import EmptyEntry, EncoderMissing, Forgotten, FutureEntry
from between.journal import finding as by_words
from between.journal.importers import bringing, previewing
from between.journal.importers.draft import ImportOptions, Preview
from between.journal.importers.known import known_in
from between.journal.keeping import is_future, may_be_recalled, screened
from between.journal.ports import Parts
from between.journal.tags import same, tidy
from between.safety import youth

OF_NOW = timedelta(days=7)
"""An entry about an earlier day may well be about being young."""


class Details(TypedDict, total=False):
    """What may be said about an entry beside its words and its time."""

    title: str
    mood: Mood | None
    tags: tuple[str, ...]
    remember: bool
    source: str


class Changes(TypedDict, total=False):
    """What an edit may change; whatever is absent stays as it is."""

    text: str
    at: datetime
    title: str
    mood: Mood | None
    tags: tuple[str, ...]
    remember: bool


@dataclass(frozen=True, slots=True)
class Written:
    """What was saved, and what the screen saw in it."""

    entry: Entry
    finding: Finding
    remembered: bool = True
    """False when it is saved but cannot be recalled now: kept out by choice, by the screen, or for want of files."""


@dataclass(frozen=True, slots=True)
class DaySummary:
    """One day at a glance."""

    count: int
    mood: float | None = field(repr=False)
    """Mean of the moods that the person gave that day, 1 to 5; ``None`` when none was given."""


class Journal:
    """Everything a person can do with entries."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    # Writing ------------------------------------------------------------------------------------

    def write(self, text: str, at: datetime, **details: Unpack[Details]) -> Written:
        """Screen, seal, save and remember a new entry; it may lie in the past, not after today."""
        entry = Entry(id=self._parts.new_id(), at=at, text=text, written_at=self._parts.clock(), **details)
        return self._save(entry)

    def edit(self, id: ItemId, **changes: Unpack[Changes]) -> Written:
        """Change an entry; it is screened and remembered anew."""
        entry = self._parts.diary.get(Entry, id)
        if entry is None:
            raise Forgotten
        edited = self._parts.clock() if changes.keys() - {"remember"} else entry.edited_at
        return self._save(replace(entry, **changes, edited_at=edited), id)

    def delete(self, *ids: ItemId) -> None:
        """Remove entries and everything derived from them; ids that are gone already do no harm."""
        self._parts.memory.forget(*ids)  # first: if this fails, the entry is still there to delete again
        self._parts.diary.forget(*ids)

    def _save(self, entry: Entry, *needed: ItemId) -> Written:
        if not entry.text.strip():
            raise EmptyEntry
        if is_future(entry.at, self._parts.clock()):
            raise FutureEntry
        words = screened(entry.title, entry.text, entry.tags)
        finding = self._parts.screen.look(words, self._parts.clock(), entry.id)
        before = self._parts.diary.get(Entry, entry.id)
        if entry.at > self._parts.clock() - OF_NOW and (before is None or before.text != entry.text):
            youth.refuse(finding)
        entry = replace(entry, title=entry.title.strip(), tags=tidy(entry.tags), tier=finding.tier)
        self._parts.diary.put_beside(needed, entry)  # an edit must not bring back what was deleted meanwhile
        return Written(entry, finding, self._remember(entry))

    def _remember(self, entry: Entry) -> bool:
        if not may_be_recalled(entry):
            self._parts.memory.forget(entry.id)
            return False
        try:
            self._parts.memory.remember(entry)
        except EncoderMissing:
            return False  # the words are safe; they become recallable when the files are back
        return True

    # Reading ------------------------------------------------------------------------------------

    def entry(self, id: ItemId) -> Entry | None:
        """One entry, or ``None`` when it is gone."""
        return self._parts.diary.get(Entry, id)

    def entries(
        self, newest_first: bool = True, tag: str | None = None, period: Period | None = None
    ) -> list[Entry]:
        """Entries in order of when they happened."""
        found = self._parts.diary.all(Entry)
        if tag is not None:
            wanted = same(tag)
            found = [entry for entry in found if any(same(t) == wanted for t in entry.tags)]
        if period is not None:
            found = [entry for entry in found if period.start <= entry.at.date() <= period.end]
        return sorted(found, key=lambda entry: entry.at, reverse=newest_first)

    def on_day(self, day: date) -> list[Entry]:
        """The entries of one day, in the order in which it went."""
        return self.entries(newest_first=False, period=Period(day, day, ""))

    def days(self) -> dict[date, DaySummary]:
        """Every day that has an entry, oldest first."""
        by_day: defaultdict[date, list[Entry]] = defaultdict(list)
        for entry in self.entries(newest_first=False):
            by_day[entry.at.date()].append(entry)
        return {day: _summary(by_day[day]) for day in sorted(by_day)}

    def tags(self) -> dict[str, int]:
        """Each tag in its most used spelling with the number of its entries, most used first."""
        spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for entry in self._parts.diary.all(Entry):
            for tag in entry.tags:
                spellings[same(tag)][tag] += 1
        counted = {names.most_common(1)[0][0]: names.total() for names in spellings.values()}
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0].casefold())))

    def search_words(self, text: str) -> tuple[by_words.Found, ...]:
        """Entries that have these words, as typed or in another form."""
        return by_words.find(self._parts.diary.all(Entry), text)

    def search_meaning(self, text: str, period: Period | None = None) -> tuple[Recalled, ...]:
        """Passages that are close in meaning; entries kept out of memory are not among them."""
        return self._parts.memory.search(text, period=period) if text.strip() else ()

    # Bringing in --------------------------------------------------------------------------------

    def preview(self, filename: str, data: bytes, options: ImportOptions | None = None) -> Preview:
        """What a file holds that is not here yet; nothing is saved."""
        if options is None:
            now = self._parts.clock()
            options = ImportOptions(zone=now.tzinfo or UTC, today=now.date())
        return previewing.preview(filename, data, known_in(self._parts.diary), options)

    def bring_in(
        self,
        seen: Preview,
        on_progress: Callable[[Progress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> bringing.Imported:
        """Save what a preview found."""
        return bringing.bring_in(seen, self._parts, on_progress, cancelled)


def _summary(entries: list[Entry]) -> DaySummary:
    moods = [int(entry.mood) for entry in entries if entry.mood is not None]
    return DaySummary(len(entries), sum(moods) / len(moods) if moods else None)
