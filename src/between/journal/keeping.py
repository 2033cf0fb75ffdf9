"""The rules under which an entry is kept, the same for one that is written and one that is brought in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from between.domain import Entry, Message, Tier


def is_future(at: datetime, now: datetime) -> bool:
    """Whether its day has not come yet, where the person is; any hour of today is fine."""
    return at.date() > now.astimezone(at.tzinfo).date()


def may_be_recalled(record: Entry | Message) -> bool:
    """Neither kept out by the person nor, being acute, by the house."""
    return record.remember and record.tier < Tier.PASSIVE


def screened(title: str, text: str, tags: Sequence[str] = ()) -> str:
    """Everything of an entry that the screen must see: a title or a tag can say what the text does not."""
    titled = f"{title}\n{text}" if title.strip() else text
    return "\n\n".join([titled, *tags])
