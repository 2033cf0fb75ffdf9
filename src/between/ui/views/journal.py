"""The journal on screen: an empty page for today, and the past one click away."""

from __future__ import annotations

import streamlit as st

from between.bootstrap import Space
from between.ui import session, wording
from between.ui.views import journal_import, journal_past, journal_search, journal_write, young

_VIEWS = {
    "write": journal_write.show,
    "list": journal_past.show,
    "search": journal_search.show,
    "import": journal_import.show,
}


def show(me: Space) -> None:
    """One view at a time; an entry opened from elsewhere comes first."""
    if young.stands(me):
        return
    sitting = session.sitting()
    if sitting.notice:
        st.toast(sitting.notice)
        sitting.notice = ""
    if sitting.reading or sitting.editing:
        journal_past.show_one(me)
        return
    view = st.segmented_control(
        wording.PAGE_JOURNAL,
        list(_VIEWS),
        default="write",
        required=True,
        format_func=wording.JOURNAL_VIEWS.__getitem__,
        key="journal_view",
        label_visibility="collapsed",
    )
    _VIEWS[view or "write"](me)
