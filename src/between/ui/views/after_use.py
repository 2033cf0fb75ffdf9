"""After a goodbye: how using this left the person, and what they want to bring to somebody. Skipped with one click."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from between.bootstrap import Space
from between.domain import Message
from between.ui import pages, session, wording
from between.ui.views import card


def show(me: Space, messages: Sequence[Message]) -> None:
    """The question, once a session, under a goodbye; it stands in nobody's way."""
    if not me.host.asks_after(session.visit(), messages):
        return
    with st.container(border=True, key="after_use"):
        left = st.pills(
            wording.AFTER_USE,
            list(wording.AFTER_USE_LEFT),
            format_func=wording.AFTER_USE_LEFT.__getitem__,
            key="after_use_left",
        )
        if left == "heavier":
            heavier()
        bring = st.text_input(wording.AFTER_USE_BRING, key="after_use_bring", max_chars=500) if left else ""
        with st.container(horizontal=True):
            if left and st.button(wording.AFTER_USE_KEEP, key="after_use_keep"):
                keep(me, left, bring)
            if st.button(wording.AFTER_USE_SKIP, key="after_use_skip", type="tertiary"):
                me.host.asked_after(session.visit())
                st.rerun()


def heavier() -> None:
    """People, and one minute that needs nothing."""
    st.markdown(wording.AFTER_USE_HEAVIER)
    st.page_link(pages.screen("help-now"), label=wording.PAUSE_PEOPLE)
    with st.expander(wording.HELP_GROUND_TITLE):
        st.markdown("\n".join(f"- {line}" for line in wording.HELP_GROUND))


def keep(me: Space, left: str, bring: str) -> None:
    """Keep the answer sealed; what is written there is looked at like anything else."""
    shown = me.lookout.hear(bring)
    me.host.keep_after(session.visit(), left, bring, session.now())
    if shown is not None:
        card.draw(shown, key="after_use")
        return
    session.sitting().notice = wording.AFTER_USE_KEPT
    st.rerun()
