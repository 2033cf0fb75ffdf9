"""The safety card on screen: reviewed words, numbers big enough to press, and what the person has of their own."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from between.bootstrap import Space
from between.domain import ItemId, Message, Role
from between.safety.cards import Card
from between.safety.choosing import BESIDE
from between.safety.helplines import Helpline
from between.safety.reviewed import answers
from between.ui import pages, session, wording
from between.ui.leave import leave_html
from between.ui.lines import contact_html

_WORDS_FIRST = BESIDE | {"minor"}
"""Cards that explain themselves before they name somebody."""
_SCRIPT = "/door/card.js"


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
        line(shown, message.id, number=not any(names_somebody(me, one) for one in after))
    else:
        draw(shown, message.id, words=shown.id in BESIDE)
        if "unsave" in shown.offers:
            unsave(me, message.id, wording.CARD_UNSAVE_MESSAGE)


def stands_under(me: Space, messages: Sequence[Message], place: int) -> Message | None:
    """Whose card stands under the message at this place.

    Reviewed words come with their numbers under them, where a chat is looked at; an engine's reply comes under its card.
    """
    here, after = messages[place], messages[place + 1 :]
    if after and after[0].role is Role.COMPANION:
        return here if here.role is Role.PERSON and not follows(me, here) else None
    if here.role is Role.PERSON:
        return here
    asked = next((one for one in reversed(messages[:place]) if one.role is Role.PERSON), None)
    return asked if asked is not None and follows(me, asked) else None


def follows(me: Space, message: Message) -> bool:
    """Whether the card of a message belongs under the reply, which has its words."""
    shown = me.lookout.card(message)
    return shown is not None and shown.id not in BESIDE and not me.lookout.is_row(message)


def names_somebody(me: Space, message: Message) -> bool:
    """Whether the card of a message has somebody to reach."""
    shown = me.lookout.card(message)
    return shown is not None and bool(shown.contacts)


def line(shown: Card, key: str, number: bool = True) -> None:
    """A card in one line: it is still there, with the number to start with unless a later one has it."""
    with st.container(key=f"line_{key}", gap=None):
        st.caption(shown.title)
        reach(shown.contacts[:1] if number else ())


def draw(shown: Card, key: str, words: bool = True, mark: str = "") -> None:
    """Title, whom to reach, a few plain lines, and the person's own plan or a way out where it belongs.

    ``mark``: tells this card from one that stood here before, where the key does not.
    """
    if not (words or shown.contacts):
        return
    with st.container(border=True, key=f"{'urgent' if shown.urgent else 'card'}_{key}"):
        st.subheader(shown.title, anchor=False)
        first = shown.id not in _WORDS_FIRST
        if first:
            ways(shown, key, mark or key)
        for said in (*shown.lines, shown.question) if words else ():
            st.markdown(said)
        if not first:
            ways(shown, key, mark or key)


def ways(shown: Card, key: str, mark: str) -> None:
    """Everything that can be pressed: numbers, a way out, the plan and the people."""
    reach(shown.contacts, mark)
    if "leave" in shown.offers:
        leave(key)
    if "plan" in shown.offers:
        with st.container(key=f"quiet_own_{key}", horizontal=True):
            own_plan(key)


def reach(contacts: Sequence[Helpline], mark: str = "") -> None:
    """Whom to reach, one under the other; where there are several, which to start with. A new one comes into sight."""
    lines = [contact_html(one, session.now(), session.zone()) for one in contacts]
    if len(lines) > 1:
        lines.insert(0, f"<div class='start'>{escape(wording.CARD_START)}</div>")
    if mark:
        lines = [f"<div data-card='{escape(mark)}'>", *lines, f"</div><script src='{_SCRIPT}'></script>"]
    if contacts:
        st.html("".join(lines), unsafe_allow_javascript=bool(mark))


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
