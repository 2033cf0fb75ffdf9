"""The safety card on screen: reviewed words, numbers big enough to press, and what the person has of their own."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from between.bootstrap import Space
from between.domain import ItemId, Message, Role
from between.safety.cards import Card
from between.safety.choosing import BESIDE
from between.safety.reviewed import answers
from between.ui import pages, session, wording
from between.ui.leave import leave_html
from between.ui.lines import contact_html


def show(me: Space, message: Message, later: Sequence[Message] = ()) -> None:
    """The card that belongs to a message, if there is one: whole, or in one line once another one came after it."""
    shown = me.lookout.card(message)
    if shown is None:
        return
    after = [one for one in later if one.role is Role.PERSON]
    if me.lookout.is_row(message):
        if not after:  # the numbers go along with the talk, and are not left behind at every message
            line(shown, message.id)
    elif shown.folded or any(one.card and not me.lookout.is_row(one) for one in after):
        line(shown, message.id)
    else:
        draw(shown, message.id, words=shown.id in BESIDE)
        if "unsave" in shown.offers:
            unsave(me, message.id, wording.CARD_UNSAVE_MESSAGE)


def line(shown: Card, key: str) -> None:
    """A card in one line: it is still there, with the number to start with."""
    with st.container(key=f"line_{key}"):
        st.caption(shown.title)
        for contact in shown.contacts[:1]:
            st.html(contact_html(contact, session.now(), session.zone()))


def draw(shown: Card, key: str, words: bool = True) -> None:
    """Title, a few plain lines, whom to reach, and the person's own plan or a way out where it belongs."""
    if not (words or shown.contacts):
        return
    with st.container(border=True, key=f"{'urgent' if shown.urgent else 'card'}_{key}"):
        st.subheader(shown.title, anchor=False)
        for said in (*shown.lines, shown.question) if words else ():
            st.markdown(said)
        for number, contact in enumerate(shown.contacts):
            if number == 0 and len(shown.contacts) > 1:
                st.caption(wording.CARD_START)
            st.html(contact_html(contact, session.now(), session.zone()))
        if "leave" in shown.offers:
            leave(key)
    if "plan" in shown.offers:
        with st.container(key=f"quiet_own_{key}", horizontal=True):
            own_plan(key)


def asked(me: Space, messages: Sequence[Message]) -> str | None:
    """Three answers under the question that was just put; the one that was pressed, as the person's own words."""
    persons = [one for one in messages if one.role is Role.PERSON]
    if not persons or messages[-1].role is Role.PERSON or not me.lookout.waits():
        return None
    shown = me.lookout.card(persons[-1])
    return buttons(persons[-1].id) if shown is not None and shown.buttons else None


def buttons(key: str) -> str | None:
    """The three answers; none of them is an all-clear, and none is needed."""
    pressed = None
    with st.container(key=f"answers_{key}", horizontal=True):
        for kind, label in answers().buttons.items():
            if st.button(label, key=f"answer_{kind}"):
                pressed = label
    return pressed


def unsave(me: Space, id: ItemId, label: str) -> None:
    """The offer not to keep what was written, where somebody may look at this device."""
    with st.container(key=f"quiet_unsave_{id}"):
        if not st.button(label, key=f"unsave_{id}", type="tertiary", icon=":material/delete:"):
            return
    me.forget(id)
    session.sitting().notice = wording.CARD_UNSAVED
    session.sitting().extra.pop("card", None)
    st.rerun()


def leave(key: str) -> None:
    """The control that locks the space and shows an empty page."""
    with st.container(key=f"leave_{key}"):
        st.html(leave_html(), unsafe_allow_javascript=True)
        if key != "help":
            st.caption(wording.LEAVE_HOW)


def own_plan(key: str) -> None:
    """The ways to the person's own plan and to their people."""
    icons = {"plan": ":material/description:", "people": ":material/person:"}
    labels = {"plan": wording.CARD_PLAN, "people": wording.CARD_REACH}
    for view, label in labels.items():
        if st.button(label, key=f"to_{view}_{key}", type="tertiary", icon=icons[view]):
            session.put("plan_view", view)
            pages.go("plan")
