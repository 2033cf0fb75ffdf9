"""The safety card on screen: reviewed words, numbers big enough to press, and what the person has of their own."""

from __future__ import annotations

import streamlit as st

from between.bootstrap import Space
from between.domain import Message, Tier
from between.safety.cards import Card
from between.ui import pages, session, wording
from between.ui.leave import leave_html
from between.ui.lines import contact_html


def show(me: Space, message: Message) -> None:
    """The card that belongs to a message, if there is one; its words, where the reply does not say them."""
    shown = me.lookout.card(message)
    if shown is not None:
        draw(shown, key=message.id, words=not shown.safety_only and message.tier < Tier.PASSIVE)


def draw(shown: Card, key: str, words: bool = True) -> None:
    """Title, a few plain lines, whom to reach, and the person's own plan or a way out where it belongs."""
    with st.container(border=True, key=f"{'urgent' if shown.urgent else 'card'}_{key}"):
        st.subheader(shown.title, anchor=False)
        for line in shown.lines if words else ():
            st.markdown(line)
        for contact in shown.contacts:
            st.html(contact_html(contact, session.now(), session.zone()))
        if "leave" in shown.offers:
            leave(key)
    if "plan" in shown.offers:
        with st.container(key=f"quiet_own_{key}", horizontal=True):
            own_plan(key)


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
