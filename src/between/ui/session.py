"""The only door to Streamlit's session state: what one tab remembers, and whether it may see anything."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from between import bootstrap
from between.bootstrap import Space
from between.domain import ItemId
from between.ui.door import cookies
from between.vault.tickets import fingerprint

_KEY = "sitting"


@dataclass
class Sitting:
    """What one open tab is doing. Holds ids and choices; words only until they are sealed."""

    bound_to: str = ""
    """Fingerprint of the ticket that this tab was opened with."""
    conversation: ItemId | None = None
    again: ItemId | None = None
    """A reply that the person wants differently."""
    failed: str = ""
    """Why the last reply did not come, in words."""
    editing: ItemId | None = None
    reading: ItemId | None = None
    """An entry opened from another page."""
    deleting: ItemId | None = None
    page_number: int = 0
    """Counts up when the journal's page is emptied, so that the fields start anew."""
    talk_number: int = 0
    """Counts up when another conversation is shown, so that the field starts anew."""
    draft_pages: dict[str, str] = field(default_factory=dict)
    """For each place that is written at, the page that its drafts are posted under."""
    looks_at_model: bool = False
    """The person opened the model's form here while the guide answers."""
    notice: str = ""
    """Said once, on the next run."""
    preview: object | None = field(default=None, repr=False)
    """An import that waits for the person's yes."""
    extra: dict[str, object] = field(default_factory=dict, repr=False)


def ticket() -> str:
    """The ticket that this browser carries."""
    carried = bootstrap.house().carried_ticket
    return carried() if carried else cookies.token_among(dict(st.context.cookies))


def space() -> Space | None:
    """The open space of this browser, or ``None`` when it is locked; decided anew at every call."""
    held = ticket()
    found = bootstrap.house().open(held) if held else None
    if found is None:
        st.session_state.clear()
        return None
    # A session taken over with its id alone arrives with another cookie, or none: it starts empty.
    if sitting().bound_to != fingerprint(held):
        st.session_state.clear()
        sitting().bound_to = fingerprint(held)
    return found


def unlocked() -> Space:
    """The first line of every page: the open space, or the lock and nothing else."""
    found = space()
    if found is None:
        from between.ui.frame import show_lock  # the lock is drawn by the frame, which knows this module

        show_lock()
        st.stop()
    return found


def still_open() -> bool:
    """Whether the space is open, without counting as use."""
    return bootstrap.house().peek(ticket())


def watched() -> Callable[[], bool]:
    """The same question for something that asks all the time: it is put to the store once a second."""
    asked, answer = 0.0, True

    def ask() -> bool:
        nonlocal asked, answer
        if time.monotonic() - asked >= 1:
            asked, answer = time.monotonic(), still_open()
        return answer

    return ask


def lock() -> None:
    """Lock this browser's space in all its tabs."""
    bootstrap.house().lock(ticket())
    st.session_state.clear()


def sitting() -> Sitting:
    """What this tab is doing."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = Sitting()
    kept: Sitting = st.session_state[_KEY]
    return kept


def visit() -> str:
    """Names this browser's time from unlock to lock."""
    return sitting().bound_to


def put(key: str, value: object) -> None:
    """Set a widget's value before it is drawn."""
    st.session_state[key] = value


def value(key: str, otherwise: object = None) -> object:
    """What a widget holds."""
    return st.session_state.get(key, otherwise)


def zone() -> tzinfo:
    """The person's own time zone, as the browser says it."""
    name = st.context.timezone
    try:
        return ZoneInfo(name) if name else bootstrap.now().tzinfo or ZoneInfo("UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def now() -> datetime:
    """The person's clock."""
    return bootstrap.house().clock().astimezone(zone())


def dark() -> bool:
    """Whether the screen is in the dark theme."""
    return st.context.theme.type == "dark"


def is_drawn(key: str) -> bool:
    """Whether a widget was on the screen of the last run."""
    return key in st.session_state


def begin_again(notice: str) -> None:
    """Forget all that this tab holds; only the notice stays."""
    bound_to = sitting().bound_to
    st.session_state.clear()
    sitting().bound_to, sitting().notice = bound_to, notice


def drop(key: str) -> None:
    """Let a widget start anew."""
    st.session_state.pop(key, None)
