"""Talks through scripted dialogues with the real turn pipeline, and counts what the reply checks say.

Lines ``{"id", "memories"?: [{"id", "date", "text"}], "now"?, "stance"?, "turns": [the
person's texts]}``; predictions ``{"id", "replies": [{"text", "engine", "move", "passages", "card", "checks"}]}``.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from between import bootstrap
from between.bootstrap import House, Space
from between.companion import checks
from between.domain import ItemId, Recalled, Role, Stance
from between.errors import BetweenError
from between.evaluate.recall import when
from between.settings import KdfProfile, Settings

GAP = timedelta(minutes=2)
"""Between a person's turns."""
UNDATED = timedelta(days=30)
"""How long ago a memory without a date is said to be."""

Line = Mapping[str, Any]  # Any: nested JSON in, nested JSON out
Names = Mapping[ItemId, str]


class Clock:
    """A clock that stands where the dialogue says, and moves on with it."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def converse(lines: Iterable[Line], predictions: TextIO | None) -> dict[str, Any]:
    """Run every dialogue; the metrics are shares over all replies of the guide."""
    every: list[checks.Checks] = []
    repeats = dialogues = turns = 0
    with passing_house():
        for line in lines:
            dialogues += 1
            replies = talk(line)
            turns += len(replies)
            counted = [reply.pop("counted") for reply in replies if "counted" in reply]
            texts = [reply["text"] for reply in replies if reply["engine"] == "guide"]
            repeats += len(texts) - len(set(texts))
            every += counted
            if predictions is not None:
                row = {"id": line.get("id", str(dialogues)), "replies": replies}
                predictions.write(json.dumps(row, ensure_ascii=False) + "\n")
    return {
        "n": dialogues,
        "turns": turns,
        "replies": len(every),
        "exact_repeats": repeats,
        **summary(every),
    }


def summary(every: Sequence[checks.Checks]) -> dict[str, Any]:
    """What the checks say of all replies: shares, and the mean length in words."""
    if not every:
        return {}

    def share(of: Callable[[checks.Checks], bool]) -> float:
        return round(sum(map(of, every)) / len(every), 4)

    return {
        "words": round(sum(one.words for one in every) / len(every), 1),
        "too_long": share(lambda one: one.words > checks.MOST_WORDS),
        "reflection": share(lambda one: one.reflection),
        "reuse": share(lambda one: one.reuse),
        "open_question": share(lambda one: one.open_questions > 0),
        "closed_question": share(lambda one: one.closed_questions > 0),
        "several_questions": share(lambda one: one.questions > 1),
        "banned": share(lambda one: bool(one.banned)),
        "advice": share(lambda one: one.advice),
        "lists": share(lambda one: one.lists),
        "different_openers": len({one.opener for one in every}),
    }


@contextmanager
def passing_house() -> Iterator[None]:
    """A house in a folder that goes away, so that the person's own is neither opened nor locked."""
    with tempfile.TemporaryDirectory(prefix="between-evaluate-") as folder:
        house = House(Settings(data_dir=Path(folder), database_url="", kdf=KdfProfile.CHEAPEST))
        bootstrap.use(house)
        try:
            yield
        finally:
            bootstrap.use(None)
            house.close()


def talk(line: Line) -> list[dict[str, Any]]:
    """One dialogue from its first to its last turn, in a space of its own that was never on a disk."""
    clock = Clock(when(line.get("now")) or bootstrap.now())
    space = bootstrap.passing_space(clock)
    try:
        if line.get("stance"):
            space.save_profile(stance=Stance(line["stance"]))
        names = remember(space, line.get("memories") or (), clock.at)
        conversation = space.companion.start()
        return [turn(space, clock, conversation.id, str(text), names) for text in line["turns"]]
    finally:
        space.close()


def remember(space: Space, memories: Iterable[Line], now: datetime) -> dict[ItemId, str]:
    """Writes them as entries, screened like any other; returns what the set calls each."""
    names: dict[ItemId, str] = {}
    for memory in memories:
        at = when(memory.get("date")) or now - UNDATED
        if str(memory["text"]).strip():
            written = space.journal.write(str(memory["text"]), min(at, now))
            names[written.entry.id] = str(memory["id"])
    return names


def turn(space: Space, clock: Clock, conversation: ItemId, text: str, names: Names) -> dict[str, Any]:
    """One turn: what was shown, and what the checks say of it."""
    clock.at += GAP
    before = len(space.companion.messages(conversation))
    shown: dict[str, Any] = {"text": "", "engine": "", "move": "", "passages": [], "card": ""}
    try:
        heard = space.companion.hear(conversation, text)
        with closing(space.companion.answer(heard, space.guide)) as pieces:
            reply = "".join(pieces)
    except BetweenError as refused:  # no words, too many, or no reply: told, and the dialogue goes on
        return shown | {"refused": refused.says}
    shown |= {"text": reply, "card": heard.message.card}
    said = space.companion.messages(conversation)[before:]
    source = next((one.provenance for one in said if one.role is Role.COMPANION), None)
    if source is not None:
        passages = [passage(one, names) for one in source.passages]
        shown |= {"engine": source.engine, "move": source.move, "passages": passages}
    if source is not None and source.engine == "guide":
        counted = checks.check(reply, heard.turn)
        shown |= {"checks": asdict(counted), "counted": counted}
    return shown


def passage(one: Recalled, names: Names) -> dict[str, str]:
    """A passage for the predictions; one without an id was said in this dialogue."""
    told = {"id": names.get(one.source_id, ""), "date": one.at.date().isoformat()}
    return told | {"text": one.text, "why": one.why}
