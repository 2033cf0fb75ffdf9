"""What stands around a conversation: what this is, a pause, a way to close, and one question after a hard time."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from between.bootstrap import Space
from between.domain import Message, Role
from between.errors import BetweenError
from between.ui import pages, session, wording
from between.ui.plain import plain
from between.ui.views import after_use, card


def show_line(me: Space) -> None:
    """What this is, at the start of a session, after three hours and after days away; then the question, if any."""
    line = me.host.line(session.visit())
    if line:
        with st.container(key="what_this_is"):
            st.markdown(line)
    asked = me.host.follow_up(session.visit())
    if asked:
        with st.container(key="after_hard_time", horizontal=True, vertical_alignment="center"):
            st.markdown(asked, width="stretch")
            wave_away(me, "follow_up_away")


def show_under(me: Space, messages: Sequence[Message]) -> None:
    """All of it that stands under what was said last; nothing while a message waits for its reply."""
    if messages and messages[-1].role is Role.COMPANION:
        show_line(me)
        show_pause(me, messages)
        after_use.show(me, messages)


def show_pause(me: Space, messages: Sequence[Message] = ()) -> None:
    """A pause, in one quiet line; never beside a card for a hard moment."""
    kind, words = me.host.pause(session.visit())
    if not kind or any(one.card for one in messages[-2:]):
        return
    if kind == "closing":
        closing(me, words)
        return
    with st.container(key="pause", horizontal=True, vertical_alignment="center"):
        st.markdown(words, width="stretch")
        if kind == "nights":
            st.page_link(pages.screen("help-now"), label=wording.PAUSE_PEOPLE)
        wave_away(me, "pause_away")


def wave_away(me: Space, key: str) -> None:
    """Out of the way, with one click."""
    if st.button(wording.PAUSE_AWAY, key=key, type="tertiary"):
        me.host.dismiss(session.visit())
        st.rerun()


def closing(me: Space, words: str) -> None:
    """A look back in the person's own words, one small step, one person; all of it may be left out."""
    with st.container(key="pause"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(words, width="stretch")
            wave_away(me, "pause_away")
        with st.expander(wording.CLOSING):
            back = me.host.look_back()
            if back:
                st.markdown(plain(back))
            step = st.text_input(wording.CLOSING_STEP, key="closing_step", max_chars=200)
            person = st.text_input(wording.CLOSING_PERSON, key="closing_person", max_chars=200)
            if st.button(wording.CLOSING_KEEP, key="closing_keep"):
                keep_closing(me, step.strip(), person.strip())


def keep_closing(me: Space, step: str, person: str) -> None:
    """Both lines as an entry of the journal, looked at like any other."""
    lines = [(wording.CLOSING_STEP_KEPT, step), (wording.CLOSING_PERSON_KEPT, person)]
    text = "\n".join(f"{name} {said}" for name, said in lines if said)
    sitting = session.sitting()
    if text:
        try:
            _, shown = me.write_entry(text, at=session.now(), source="exercise", title=wording.CLOSING)
        except BetweenError as refused:
            st.error(refused.says)
            return
        sitting.notice = wording.CLOSING_KEPT
        if shown is not None:
            card.draw(shown, key="closing")
            return
    me.host.dismiss(session.visit())
    st.rerun()
