"""Memory on screen: what may come back, forgetting one thing, forgetting everything."""

from __future__ import annotations

import streamlit as st

from between.bootstrap import Space
from between.domain import Progress, Recalled
from between.ui import choices, dates, session, wording
from between.ui.views import remembered
from between.ui.views.reply import first_words


def show(me: Space) -> None:
    """What is kept, a way to look into it, and the ways to forget."""
    sitting = session.sitting()
    if sitting.notice:
        st.toast(sitting.notice)
        sitting.notice = ""
    st.header(wording.MEMORY_TITLE, anchor=False)
    st.markdown(wording.MEMORY_INTRO)
    # The profile leads: another tab may have switched it, and this tab must not switch it back.
    session.put("memory_on", me.profile().memory_on)
    st.toggle(
        wording.MEMORY_ON,
        key="memory_on",
        on_change=lambda: choices.keep(memory_on=session.value("memory_on")),
    )
    counts(me)
    find(me)
    remembered.show(me)
    rebuild(me)
    forget_all(me)


def counts(me: Space) -> None:
    """How much can come back, how much is kept out, and what could not be read."""
    of_entries, of_messages, kept_out = me.memorable()
    if not of_entries + of_messages + kept_out:
        st.markdown(wording.MEMORY_EMPTY)
        return
    st.markdown(wording.MEMORY_COUNT.format(entries=of_entries, messages=of_messages))
    if kept_out:
        st.caption(wording.MEMORY_NOT.format(n=kept_out))
    if me.diary.damaged:
        st.warning(wording.MEMORY_DAMAGED.format(n=me.diary.damaged))


def find(me: Space) -> None:
    """Try a sentence and see what it would bring back; forget from there."""
    text = st.text_input(
        wording.MEMORY_FIND, key="memory_find", placeholder=wording.MEMORY_FIND_PLACEHOLDER, max_chars=400
    )
    if not text.strip():
        return
    found = me.passages(text, k=8)
    if not found:
        st.markdown(wording.JOURNAL_SEARCH_NONE)
    for number, passage in enumerate(found):
        one(me, passage, number)


def one(me: Space, passage: Recalled, number: int) -> None:
    """A passage with its date, and what can be done about it."""
    today = session.now().date()
    with st.container(border=True, key=f"passage_{number}"):
        st.caption(f"{dates.day(passage.at, today)} · {wording.MEMORY_SOURCES[passage.source]}")
        st.text(first_words(passage.text))
        with st.container(horizontal=True):
            if st.button(wording.MEMORY_KEEP_OUT, key=f"keep_out_{number}", type="tertiary"):
                me.keep_out(passage.source_id)
                session.sitting().notice = wording.MEMORY_KEPT_OUT
                st.rerun()
            with st.popover(wording.MEMORY_FORGET, type="tertiary"):
                st.markdown(wording.MEMORY_FORGET_SURE)
                if st.button(wording.JOURNAL_DELETE_YES, key=f"forget_{number}", type="primary"):
                    me.forget(passage.source_id)
                    session.sitting().notice = wording.MEMORY_FORGOTTEN
                    st.rerun()


def rebuild(me: Space) -> None:
    """Make the index anew from the entries, with a bar."""
    with st.expander(wording.MEMORY_REBUILD):
        st.markdown(wording.MEMORY_REBUILD_WHY)
        if st.button(wording.MEMORY_REBUILD, key="rebuild"):
            bar = st.progress(0.0)

            def tell(progress: Progress) -> None:
                said = wording.MEMORY_REBUILDING.format(done=progress.done, total=progress.total)
                bar.progress(progress.done / max(1, progress.total), text=said)

            me.memory.rebuild(tell)
            bar.empty()
            st.success(wording.MEMORY_REBUILT)


def forget_all(me: Space) -> None:
    """Everything that was written goes; the space itself stays."""
    with st.expander(wording.MEMORY_FORGET_ALL):
        st.markdown(wording.MEMORY_FORGET_ALL_SURE)
        typed = st.text_input(wording.MEMORY_FORGET_ALL_TYPE, key="forget_all_word")
        sure = typed.strip().lower() == wording.MEMORY_FORGET_ALL_WORD
        if st.button(wording.MEMORY_FORGET_ALL, key="forget_all", disabled=not sure):
            me.forget_everything()
            session.begin_again(wording.MEMORY_FORGOTTEN)
            st.rerun()
