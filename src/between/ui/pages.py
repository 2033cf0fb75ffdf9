"""Which screens there are, and the way from one to another."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from between.ui import wording

_FOLDER = Path(__file__).resolve().parents[3] / "pages"

_SCREENS = {
    "chat": ("chat.py", wording.PAGE_CHAT, ":material/forum:"),
    "journal": ("journal.py", wording.PAGE_JOURNAL, ":material/edit_note:"),
    "insights": ("insights.py", wording.PAGE_INSIGHTS, ":material/insights:"),
    "memory": ("memory.py", wording.PAGE_MEMORY, ":material/history:"),
    "settings": ("settings.py", wording.PAGE_SETTINGS, ":material/tune:"),
    "plan": ("plan.py", wording.PAGE_PLAN, ":material/description:"),
    "help-now": ("help_now.py", wording.PAGE_HELP, ":material/support:"),
}


BESIDE_THE_MENU = frozenset({"help-now", "plan"})
"""Help has its own place in the corner of every screen; the plan is reached from help and from its cards."""


def screen(name: str) -> StreamlitPage:
    """One screen by name; chat is the first one."""
    file, title, icon = _SCREENS[name]
    shown: Literal["visible", "hidden"] = "hidden" if name in BESIDE_THE_MENU else "visible"
    return st.Page(
        _FOLDER / file, title=title, icon=icon, url_path=name, default=name == "chat", visibility=shown
    )


def screens() -> list[StreamlitPage]:
    """All of them, in the order of the menu."""
    return [screen(name) for name in _SCREENS]


def go(name: str) -> None:
    """Leave this screen for another."""
    st.switch_page(screen(name))
