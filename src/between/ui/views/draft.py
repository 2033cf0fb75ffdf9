"""Unsaved words on screen: the script that keeps them while they are written, and what it says when it cannot."""

from __future__ import annotations

from html import escape

import streamlit as st

from between.bootstrap import Space
from between.ui import session, wording
from between.ui.door.drafts import bound_to


def keep_typing(me: Space, place: str, key: str) -> None:
    """Have the field with this key posted while it is written; the page works without it."""
    sitting = session.sitting()
    page = sitting.draft_pages[place] = me.drafts.page(sitting.draft_pages.get(place, ""))
    said = {
        "place": place,
        "page": page,
        "bound": bound_to(sitting.bound_to),
        "field": f"st-key-{key}",
        "trying": wording.DRAFT_TRYING,
        "lost": wording.DRAFT_LOST,
        "ended": wording.DRAFT_ENDED,
    }
    marks = " ".join(f'data-{name}="{escape(value)}"' for name, value in said.items())
    st.html(
        f'<div class="draft-keeper" {marks}><p class="draft-state" role="status"></p></div>'
        "<script src='/door/live.js'></script>",
        unsafe_allow_javascript=True,
    )


def end(me: Space, place: str) -> None:
    """The words of a place were saved, sent or let go: what this tab still posts of them is refused."""
    me.drafts.end(place, session.sitting().draft_pages.pop(place, ""))
