"""People the person could reach: who they are, and a message to one of them that nobody but the person sends."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import quote

import streamlit as st

from between.bootstrap import Space
from between.domain import ItemId, Trusted
from between.errors import BetweenError, EmptyEntry
from between.safety.cards import Card
from between.safety.plan import LONGEST, drafted, plan_words, ways
from between.ui import session, wording
from between.ui.plain import plain

CARD = "plan_card"
FRAME = "message_words"
"""Key of the frame around the message, which the copying script looks for."""


def show(me: Space) -> None:
    """Somebody to write to first; the list itself below."""
    st.markdown(wording.PEOPLE_INTRO)
    known = me.plan.people()
    if not known:
        st.markdown(wording.PEOPLE_NONE)
    else:
        write_to(me, known)
    with st.expander(wording.PEOPLE_ADD, expanded=not known, icon=":material/person_add:"):
        add(me)
    for one in known:
        with st.expander(wording.PEOPLE_CHANGE.format(name=plain(one.name))):
            change(me, one)


# A message ------------------------------------------------------------------------------------------


def write_to(me: Space, known: list[Trusted]) -> None:
    """Choose a person and what to say; then copy it, or open one's own app with it."""
    names = {one.id: one for one in known}
    chosen = st.selectbox(
        wording.PEOPLE_WHO, list(names), format_func=lambda id: names[id].name, key="message_to"
    )
    kinds = {one.id: one.label for one in plan_words().message}
    kind = st.pills(
        wording.MESSAGE_KIND,
        list(kinds),
        default=next(iter(kinds)),
        format_func=kinds.__getitem__,
        key="message_kind",
    )
    person = names[chosen]
    key = f"message_{person.id}_{kind}"
    if session.value(key) is None:
        session.put(key, drafted(kind, person.name) if kind else "")
    with st.container(key=FRAME):
        text = st.text_area(
            wording.MESSAGE_TEXT,
            key=key,
            height=150,
            max_chars=LONGEST,
            on_change=lambda: keep_looking(lambda: me.plan.typed(str(session.value(key, "")))),
        )
    st.html(message_html(person, text), unsafe_allow_javascript=True)
    if person.note:
        st.caption(plain(person.note))
    st.caption(wording.MESSAGE_NOTE)


def message_html(person: Trusted, text: str) -> str:
    """One tap to copy, and links into the person's own apps where the contact allows."""
    reach = ways(person.reach)
    parts = [f"<button class='as-button' type='button' data-copy>{escape(wording.MESSAGE_COPY)}</button>"]
    if reach.number:
        parts.append(link(f"sms:{reach.number}?&body=", text, wording.MESSAGE_SMS))
        said = wording.MESSAGE_CALL.format(number=person.reach)
        parts.append(f"<a class='as-button second' href='tel:{escape(reach.number)}'>{escape(said)}</a>")
    if reach.mail:
        parts.append(link(f"mailto:{quote(reach.mail, safe='@')}?body=", text, wording.MESSAGE_MAIL))
    return (
        f"<div class='message' data-message='st-key-{FRAME}' data-copied='{escape(wording.MESSAGE_COPIED)}' "
        f"data-failed='{escape(wording.MESSAGE_NOT_COPIED)}'>{''.join(parts)}"
        "<span role='status'></span></div><script src='/door/copy.js'></script>"
    )


def link(start: str, text: str, label: str) -> str:
    """Opens the person's own app; the script puts in what stands in the field at that moment."""
    address = escape(start + quote(text))
    return f"<a class='as-button second' href='{address}' data-to='{escape(start)}'>{escape(label)}</a>"


# The list -------------------------------------------------------------------------------------------


def add(me: Space) -> None:
    """Somebody new."""
    with st.form("add_person", clear_on_submit=True, border=False):
        name, reach, note = fields("", "", "", "new")
        if st.form_submit_button(wording.PEOPLE_SAVE_NEW, type="primary"):
            kept(lambda: me.plan.add(name, reach, note))


def change(me: Space, one: Trusted) -> None:
    """What is kept about someone, and the way to remove it."""
    with st.form(f"change_{one.id}", border=False):
        name, reach, note = fields(one.name, one.reach, one.note, one.id)
        if st.form_submit_button(wording.SAVE):
            kept(lambda: me.plan.change(one.id, name, reach, note))
    if st.button(wording.PEOPLE_REMOVE, key=f"remove_{one.id}", type="tertiary"):
        remove(me, one.id)


def fields(name: str, reach: str, note: str, key: str) -> tuple[str, str, str]:
    """Name, how to reach them, and a note."""
    return (
        st.text_input(
            wording.PEOPLE_NAME, value=name, max_chars=80, key=f"person_name_{key}", autocomplete="off"
        ),
        st.text_input(
            wording.PEOPLE_REACH,
            value=reach,
            max_chars=160,
            key=f"person_reach_{key}",
            placeholder=wording.PEOPLE_REACH_HELP,
            autocomplete="off",
        ),
        st.text_input(
            wording.PEOPLE_NOTE,
            value=note,
            max_chars=400,
            key=f"person_note_{key}",
            placeholder=wording.PEOPLE_NOTE_HELP,
            autocomplete="off",
        ),
    )


def kept(save: Callable[[], Card | None]) -> None:
    """Save, show a card where the words call for one, and say what went wrong."""
    try:
        keep_looking(save)
    except EmptyEntry:
        st.error(wording.PEOPLE_NO_NAME)
        return
    except BetweenError as refused:
        st.error(refused.says)
        return
    session.sitting().notice = wording.PEOPLE_SAVED
    st.rerun()


def keep_looking(save: Callable[[], Card | None]) -> None:
    """The card that these words call for stays on the page until other words are typed."""
    session.sitting().extra[CARD] = save()


def remove(me: Space, id: ItemId) -> None:
    """Off the list, and whatever was drafted to them off this tab."""
    me.plan.remove_person(id)
    for message in plan_words().message:
        session.drop(f"message_{id}_{message.id}")
    session.sitting().notice = wording.PEOPLE_REMOVED
    st.rerun()
