"""The quiet row under a reply: what it remembered, what left this computer, and what was wrong with it."""

from __future__ import annotations

import streamlit as st

from between.bootstrap import Space
from between.domain import Message, Provenance, Recalled
from between.ui import dates, pages, session, wording
from between.ui.plain import plain
from between.use.reports import REPORTED, comment_of, reported


def show_row(me: Space, message: Message, newest: bool) -> None:
    """All that can be asked of one reply; the full row under the newest, sources under the others."""
    source = message.provenance
    if source is None:
        return
    with st.container(key=f"quiet_{message.id}", horizontal=True, gap="small"):
        if source.passages:
            remembered(source, message)
        what_left(me, source, message)
        if newest:
            # A reported reply stays as it is, so that the report can be read.
            offer(me, message, again=source.engine not in ("safety", "product") and not reported(message))
        report(me, message)
    if source.held_back:
        st.caption(wording.CHAT_HELD_BACK)


def remembered(source: Provenance, message: Message) -> None:
    """The passages that the reply used; a click opens the entry."""
    label = wording.CHAT_REMEMBERED.format(n=len(source.passages))
    with st.popover(label, type="tertiary", icon=":material/history:", help=wording.CHAT_REMEMBERED_HELP):
        today = session.now().date()
        for number, passage in enumerate(source.passages):
            show_passage(passage, today, key=f"{message.id}_{number}")


def show_passage(passage: Recalled, today: object, key: str) -> None:
    """Date, exact words, and why it came back."""
    st.caption(f"{dates.day(passage.at, today)} · {why(passage)}")  # type: ignore[arg-type]  # a date
    st.text(first_words(passage.text))
    if passage.source == "entry" and st.button(wording.CHAT_OPEN_ENTRY, key=f"entry_{key}", type="tertiary"):
        session.sitting().reading = passage.source_id
        pages.go("journal")


def why(passage: Recalled) -> str:
    """The reason, in words."""
    reason, _, detail = passage.why.partition(":")
    return wording.CHAT_WHY.get(reason, wording.CHAT_WHY["meaning"]).format(detail=plain(detail.strip()))


def first_words(text: str, limit: int = 280) -> str:
    """The beginning of a passage, cut at a word."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0] + " …"


def what_left(me: Space, source: Provenance, message: Message) -> None:
    """Exactly what was sent, or that nothing was."""
    with st.popover(wording.CHAT_SENT, type="tertiary", icon=":material/outgoing_mail:"):
        st.caption(plain(f"{source.engine} · {source.model} · {source.prompt[:12]}"))
        if source.opinion in wording.CHAT_OPINION:
            st.markdown(wording.CHAT_OPINION[source.opinion])
        if not source.sent_to:
            st.markdown(wording.CHAT_SENT_NOTHING)
            return
        local = me.stayed_here(source.sent_to)
        said = wording.CHAT_SENT_LOCAL if local else wording.CHAT_SENT_TO
        st.markdown(said.format(origin=plain(source.sent_to)))
        if not source.sent:
            st.markdown(wording.CHAT_SENT_FORGOTTEN)
            return
        st.code(source.sent, language=None, wrap_lines=True, height=320)


def offer(me: Space, message: Message, again: bool) -> None:
    """Say it differently, where an engine spoke; not what I meant."""
    if again and st.button(
        wording.CHAT_REGENERATE, key="regenerate", type="tertiary", icon=":material/refresh:"
    ):
        session.sitting().again = message.id
        st.rerun()
    if st.button(wording.CHAT_NOT_MEANT, key="not_meant", type="tertiary"):
        me.not_meant(message)
        session.sitting().notice = wording.CHAT_NOT_MEANT_DONE
        st.rerun()


def report(me: Space, message: Message) -> None:
    """Say what was wrong with a reply; kept with it, sent to nobody."""
    told = reported(message)
    label = wording.CHAT_REPORTED if told else wording.CHAT_REPORT
    with st.popover(label, type="tertiary", icon=":material/flag:"):
        st.markdown(wording.CHAT_REPORT_HELP)
        key = f"report_text_{message.id}"
        comment = st.text_input(
            wording.CHAT_REPORT_COMMENT, value=comment_of(message), key=key, max_chars=1000
        )
        with st.container(horizontal=True):
            if st.button(wording.CHAT_REPORT_BUTTON, key=f"report_{message.id}"):
                answer(me, message, f"{REPORTED}: {comment}".strip(), wording.CHAT_REPORT_DONE)
            if told and st.button(wording.CHAT_REPORT_BACK, key=f"unreport_{message.id}", type="tertiary"):
                answer(me, message, "", wording.CHAT_REPORT_BACK_DONE)


def answer(me: Space, message: Message, feedback: str, notice: str) -> None:
    """Keep what the person thinks of a reply."""
    me.companion.feedback(message.id, feedback)
    session.sitting().notice = notice
    st.rerun()
