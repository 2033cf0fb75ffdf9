"""The conversation on screen: what was said, where each reply came from, and the field to write in."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from between.bootstrap import Space
from between.companion.heard import Heard
from between.companion.turn import LONGEST_MESSAGE
from between.domain import Conversation, ItemId, Message, Role, Stance
from between.errors import BetweenError, EngineError, Locked, TooYoung
from between.journal.drafts import chat_place
from between.ui import choices, dates, session, wording
from between.ui.plain import plain
from between.ui.views import around, card, draft, reply, young


def show(me: Space) -> None:
    """The whole screen."""
    if young.stands(me):
        return
    sitting = session.sitting()
    beside(me)
    if sitting.notice:
        st.toast(sitting.notice)
        sitting.notice = ""
    conversation = sitting.conversation
    messages = me.companion.messages(conversation) if conversation else []
    start = st.empty()
    with start.container():
        if not messages:
            around.show_line(me)
        chosen = None if messages else empty()
    answers = None
    for place, _ in enumerate(messages):
        answers = show_message(me, messages, place)
    notes = st.empty()
    answered = None
    if answers is not None:
        with answers.container():
            answered = card.asked(me, messages)
    with notes.container():
        around.show_under(me, messages)
    draft_at = chat_place(conversation)
    typed = field(me, draft_at)
    written = typed or chosen or answered
    if sitting.again:
        again, sitting.again = sitting.again, None
        notes.empty()
        speak(me, me.companion.hear_again(again))
    elif written and written.strip():
        for gone in filter(None, (start, notes, answers)):
            gone.empty()
        take(me, written, draft_at if typed else "")
    elif messages and messages[-1].role is Role.PERSON:
        unanswered(me, messages[-1])


def field(me: Space, place: str) -> str | None:
    """The field to write in, with what was typed here and not sent."""
    key = f"say_{session.sitting().talk_number}"
    waiting = None if session.is_drawn(key) else me.drafts.find(place)
    if waiting is not None and len(waiting.text) <= LONGEST_MESSAGE:
        session.put(key, waiting.text)
    else:
        too_long(me, place)
    draft.keep_typing(me, place, key)
    return st.chat_input(wording.CHAT_INPUT, key=key, max_chars=LONGEST_MESSAGE, submit_mode="stop")


def too_long(me: Space, place: str) -> None:
    """Words that were kept and do not fit into one message."""
    waiting = me.drafts.find(place)
    if waiting is None or len(waiting.text) <= LONGEST_MESSAGE:
        return
    st.markdown(wording.CHAT_TOO_LONG)
    with st.container(border=True, height=240):
        st.text(waiting.text)
    if st.button(wording.CHAT_DRAFT_LET_GO, key="drop_draft"):
        draft.end(me, place)
        st.rerun()


def empty() -> str | None:
    """A quiet start with a few ways in; the answer is the sentence that a chip stands for."""
    st.header(wording.CHAT_EMPTY, anchor=False)
    st.markdown(wording.CHAT_EMPTY_LINE)
    picked = st.pills(
        wording.CHAT_EMPTY,
        list(wording.CHAT_CHIPS),
        format_func=lambda chip: wording.CHAT_CHIPS[chip][0],
        key="chips",
        label_visibility="collapsed",
    )
    return wording.CHAT_CHIPS[picked][1] if picked else None


def show_message(me: Space, messages: Sequence[Message], place: int) -> DeltaGenerator | None:
    """One message with its card; under a reply, where it came from. The place for answers to the newest one."""
    message, newest, answers = messages[place], place == len(messages) - 1, None
    if message.role is Role.PERSON:
        person(message)
    else:
        with st.chat_message("companion", avatar=":material/ink_pen:"):
            st.markdown(me.safe(message.text))
            if message.partial:
                st.caption(wording.CHAT_PARTIAL)
        answers = st.empty() if newest else None
    owner = card.stands_under(me, messages, place)
    if owner is not None:
        card.show(me, owner, messages[place + 1 :])
    if message.role is Role.COMPANION:
        reply.show_row(me, message, newest)
    return answers


def person(message: Message) -> None:
    """The person's own words, as they were typed."""
    with (
        st.container(key=f"said_{message.id}", horizontal=True),
        st.container(border=True, width="content"),
    ):
        st.text(message.text)


def take(me: Space, written: str, place: str) -> None:
    """Hear a new message and answer it, in this run; what waited at its place is sent now."""
    try:
        heard = hear(me, written)
    except TooYoung:
        young.stop(me, place, written)
    except BetweenError as refused:
        not_kept(me, written, refused)
        return
    if place:
        draft.end(me, place)
    me.host.wrote(session.visit(), session.now())
    if heard.message.card:
        me.lookout.count(heard.finding.tier)
    person(heard.message)
    words = st.container()
    card.show(me, heard.message)
    with words if card.follows(me, heard.message) else st.container():
        speak(me, heard)


def hear(me: Space, written: str) -> Heard:
    """Into the open conversation, or into a new one when it was deleted elsewhere."""
    sitting = session.sitting()
    if sitting.conversation is None or not me.companion.exists(sitting.conversation):
        sitting.conversation = me.companion.start().id
    return me.companion.hear(sitting.conversation, written)


def not_kept(me: Space, written: str, refused: BetweenError) -> None:
    """What could not be kept is still on the screen, and so is help."""
    shown = me.lookout.card_for_text(written)
    if shown is not None:
        card.draw(shown, key="not_kept")
    st.error(refused.says)
    st.text(written)


def speak(me: Space, heard: Heard, offline: bool = False) -> None:
    """Stream the reply. A stop, a closed tab or a broken line leaves what was said so far, kept."""
    engine = me.guide if offline else me.engine()
    still_open = session.watched()
    try:
        with (
            st.chat_message("companion", avatar=":material/ink_pen:"),
            contextlib.closing(me.companion.answer(heard, engine)) as pieces,
        ):
            place, text = st.empty(), ""
            for piece in pieces:
                if not still_open():
                    raise Locked
                text += piece
                if me.profile().streaming:
                    place.markdown(me.safe(text))
            place.markdown(me.safe(text))
    except EngineError as failed:
        session.sitting().failed = failed.says
    st.rerun()


def unanswered(me: Space, message: Message) -> None:
    """A message without a reply: say why, and offer both ways on."""
    sitting = session.sitting()
    if sitting.failed:
        st.warning(wording.CHAT_ENGINE_FAILED.format(reason=sitting.failed))
    with st.container(horizontal=True):
        again = st.button(wording.CHAT_AGAIN, key="again", type="primary")
        offline = me.endpoint_in_use() is not None and st.button(wording.CHAT_USE_GUIDE, key="use_guide")
    if again or offline:
        sitting.failed = ""
        speak(me, me.companion.hear_again(message.id), offline=offline)


# Beside the conversation -----------------------------------------------------------------------------


def beside(me: Space) -> None:
    """Past conversations and the stance, out of the way."""
    with st.sidebar:
        if st.button(wording.CHAT_NEW, key="new", icon=":material/add:", width="stretch"):
            open_conversation(None)
        if st.button(
            wording.CHAT_NEW_PRIVATE, key="new_private", help=wording.CHAT_NEW_PRIVATE_HELP, width="stretch"
        ):
            open_conversation(me.companion.start(remember=False).id)
        stance(me)
        if session.sitting().conversation:
            keep_as_entry(me)
            delete(me)
        st.subheader(wording.CHAT_PAST, anchor=False)
        today = session.now().date()
        with st.container(key="conversations", gap="xxsmall"):
            for conversation in me.companion.conversations()[:300]:
                past(conversation, today)


def stance(me: Space) -> None:
    """How it should answer, changed at once."""
    session.put("stance", me.profile().stance)
    st.selectbox(
        wording.CHAT_STANCE,
        list(Stance),
        format_func=lambda one: wording.CHAT_STANCES[one.value],
        key="stance",
        on_change=lambda: choices.keep(stance=session.value("stance")),
    )


def past(conversation: Conversation, today: object) -> None:
    """One line of the list."""
    title = plain(conversation.title) or wording.CHAT_UNTITLED
    here = conversation.id == session.sitting().conversation
    label = f"{title} · {dates.day(conversation.at, today)}"  # type: ignore[arg-type]  # a date, see beside()
    if st.button(
        label, key=f"open_{conversation.id}", type="secondary" if here else "tertiary", width="stretch"
    ):
        open_conversation(conversation.id)


def open_conversation(which: ItemId | None) -> None:
    """Show another conversation, or an empty one."""
    session.sitting().conversation = which
    session.sitting().talk_number += 1
    session.sitting().failed = ""
    st.rerun()


def keep_as_entry(me: Space) -> None:
    """The person's side of the open conversation, as a page of the journal."""
    held = session.sitting().conversation
    if held and st.button(
        wording.CHAT_TO_ENTRY, key="to_entry", icon=":material/edit_note:", type="tertiary", width="stretch"
    ):
        me.conversation_to_entry(held)
        session.sitting().notice = wording.CHAT_TO_ENTRY_DONE
        st.rerun()


def delete(me: Space) -> None:
    """Remove the open conversation, after a clear yes."""
    with st.popover(wording.CHAT_DELETE, icon=":material/delete:", type="tertiary", width="stretch"):
        st.markdown(wording.CHAT_DELETE_SURE)
        if st.button(wording.JOURNAL_DELETE_YES, key="delete_conversation", type="primary"):
            held = session.sitting().conversation
            if held:
                me.companion.forget_conversation(held)
            session.sitting().notice = wording.CHAT_DELETED
            open_conversation(None)
