"""What the person wrote before, kept ready to be found: the face of this folder.

At unlock the sealed vectors are read and answer at once by exact search. A thread of its own then reads the
words of older entries, embeds what has no vectors yet (their words find them meanwhile), and fills a
private Chroma, which takes over when it is complete. Entries are the only truth: all else can be made again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from between.domain import Entry, ItemId, Message, Period, Progress, Recalled
from between.errors import BetweenError, EncoderMissing
from between.memory import dates, fitting
from between.memory.archive import Archive
from between.memory.index import ChromaIndex
from between.memory.nearest import IndexBroken, VectorIndex
from between.memory.ports import Diary, Embedder, Source, Vectors
from between.memory.recall import Passage, Question
from between.memory.serving import Halted
from between.memory.shelf import may_return

AT_ONCE = 200
"""Sources whose words are read before ``open`` returns, newest first; some tenths of a second."""


class Memory:
    """The memory of one unlocked space; any thread may use it."""

    def __init__(
        self,
        diary: Diary,
        encoder: Embedder,
        clock: Callable[[], datetime],
        private_index: Callable[[], VectorIndex] | None = ChromaIndex,
    ) -> None:
        """``private_index`` makes the index that takes over from exact search; ``None`` for none."""
        self._diary, self._encoder, self._clock = diary, encoder, clock
        self._private_index = private_index
        self._archive = Archive(diary, encoder)
        self._halt = threading.Event()
        self._thread: threading.Thread | None = None

    # Opening and closing ---------------------------------------------------------------------------

    def open(self) -> None:
        """Answers from the moment it returns; the rest of the work goes on in a thread."""
        sources = self._archive.load()
        self._archive.read_words(sources[:AT_ONCE])
        self._start(sources[AT_ONCE:])

    def close(self) -> None:
        """Stops the work and gives the memory back; afterwards nothing is found."""
        self._stop()
        self._archive.close()

    @property
    def ready(self) -> Progress:
        """How many sources can be found by meaning, of all that may come back."""
        return self._archive.progress

    def wait(self, timeout: float | None = None) -> bool:
        """Until the work in the background is done; False when it is not in time."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return thread is None or not thread.is_alive()

    def _start(self, unread: Sequence[Source]) -> None:
        self._halt.clear()
        self._thread = threading.Thread(target=self._work, args=(unread,), name="memory", daemon=True)
        self._thread.start()

    def _stop(self) -> None:
        self._halt.set()
        self.wait()
        self._thread = None

    def _work(self, unread: Sequence[Source]) -> None:
        dates.period("yesterday", self._clock())  # the first one costs a third of a second
        with suppress(Halted):
            self._archive.read_words(unread, self._halt.is_set)
            with suppress(
                BetweenError
            ):  # no encoder, or no room on the disk: tried again at the next opening
                for batch in self._archive.batches(self._archive.pending()):
                    self._archive.embed(batch, self._halt.is_set)
            if self._private_index is not None and self._archive.index.is_exact:
                with suppress(IndexBroken):
                    self._archive.index.hand_over_to(self._private_index(), self._halt.is_set)

    # Remembering and forgetting --------------------------------------------------------------------

    def remember(self, record: Source) -> None:
        """Makes it recallable, in place of what was there under its id; what may not come back is forgotten.

        ``EncoderMissing``: it is found by its words only, until the files are back.
        """
        if not may_return(record, self._diary):
            self.forget(record.id)
            return
        self._archive.take_in(record)
        if self._archive.is_pending(record.id):
            self._archive.embed([record])

    def remember_later(self, records: Sequence[Source]) -> None:
        """Many at once: found by their words when it returns, by their meaning as the thread gets to them."""
        self._stop()
        for record in records:
            if may_return(record, self._diary):
                self._archive.take_in(record)
        self._start([])

    def forget(self, *ids: ItemId) -> None:
        """Removes everything derived from these records, sealed or in memory."""
        self._archive.drop(ids)

    def rebuild(
        self, on_progress: Callable[[Progress], None] = lambda _: None, cancel: threading.Event | None = None
    ) -> None:
        """Embeds every source again, from the entries. When it is cancelled, the rest keeps what it has."""
        self._stop()
        try:
            sources = self._archive.renew()
            done = 0
            for batch in self._archive.batches(sources):
                if cancel is not None and cancel.is_set():
                    break
                self._archive.embed(batch)
                done += len(batch)
                on_progress(Progress(done, len(sources)))
        finally:
            self._start([])

    # Finding ---------------------------------------------------------------------------------------

    def period(self, text: str, at: datetime) -> Period | None:
        """The days that a text names, seen from ``at``."""
        return dates.period(text, at)

    def without_days(self, text: str, named: Period) -> str:
        """The text without the words that name these days."""
        return dates.without(text, named)

    def search(self, text: str, k: int = 20, period: Period | None = None) -> tuple[Recalled, ...]:
        """Up to ``k`` passages, best first, one of each source.

        A ``period`` that is given holds: only its days count or, when nothing was written then, those around
        them. Days that the text itself names are preferred, not required.
        """
        if not text.strip() and period is None:
            return ()
        named = period or dates.period(text, self._clock())
        rest = dates.without(text, named)
        question = Question(rest, rest, named, strict=period is not None)
        return tuple(_told(passage, question) for passage in self._find(question, k))

    def recall(self, text: str, at: datetime, history: Sequence[Message] = ()) -> tuple[Recalled, ...]:
        """For a conversation: at most three passages, and none unless they truly fit."""
        asked = fitting.read(text, at, frozenset(message.id for message in history))
        if asked is None:
            return ()
        fit = [
            _told(passage, asked.question)
            for passage in self._find(asked.question, 4 * fitting.MOST)
            if fitting.fits(passage, asked) and not fitting.just_said(passage.record, text, at)
        ]
        return tuple(fit[: fitting.MOST])

    def pieces(self) -> tuple[list[tuple[ItemId, str]], Vectors]:
        """Every piece of an entry that is embedded by now, with its source, and one unit row for each."""
        return self._archive.pieces()

    def _find(self, question: Question, k: int) -> list[Passage]:
        vector = None
        with suppress(EncoderMissing):  # words alone still find a good deal
            vector = self._encoder.embed_query(question.text)
        return self._archive.find(question, vector, k)


def _told(passage: Passage, question: Question) -> Recalled:
    record = passage.record
    kind = "entry" if isinstance(record, Entry) else "message"
    return Recalled(
        record.id, kind, record.at, passage.text, fitting.why(passage, question), passage.one.score
    )
