"""The safety card on screen: reviewed words, and numbers big enough to press."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from between.bootstrap import Space
from between.domain import Message, Tier
from between.safety.cards import Card
from between.safety.helplines import Helpline
from between.ui import wording


def show(me: Space, message: Message) -> None:
    """The card that belongs to a message, if there is one; its words, where the reply does not say them."""
    shown = me.lookout.card(message)
    if shown is not None:
        draw(shown, key=message.id, words=not shown.safety_only and message.tier < Tier.PASSIVE)


def draw(shown: Card, key: str, words: bool = True) -> None:
    """Title, a few plain lines, and whom to reach."""
    with st.container(border=True, key=f"{'urgent' if shown.urgent else 'card'}_{key}"):
        st.subheader(shown.title, anchor=False)
        for line in shown.lines if words else ():
            st.markdown(line)
        for contact in shown.contacts:
            st.html(contact_html(contact))


def contact_html(line: Helpline) -> str:
    """One helpline: its name, and buttons to call and to text. All of it comes from our own reviewed file."""
    parts = [f"<strong>{escape(line.name)}</strong>"]
    if line.hours:
        parts.append(f"<span class='hours'>{escape(wording.hours(line.hours))}</span>")
    ways = []
    if line.dial:
        ways.append(f"<a class='call' href='{escape(line.tel_uri)}'>{escape(line.dial)}</a>")
    if line.sms:
        text = (
            wording.HELP_TEXT.format(body=line.sms.body, to=line.sms.to)
            if line.sms.body
            else wording.HELP_TEXT_ONLY.format(to=line.sms.to)
        )
        ways.append(f"<a class='text' href='sms:{escape(line.sms.to)}'>{escape(text)}</a>")
    return f"<div class='contact'>{' '.join(parts)}<div class='ways'>{' '.join(ways)}</div></div>"


def numbers_html(numbers: Sequence[str]) -> str:
    """Emergency numbers that work in most places, when no country was chosen."""
    calls = "".join(f"<a class='call' href='tel:{escape(one)}'>{escape(one)}</a>" for one in numbers)
    return f"<div class='contact'><div class='ways'>{calls}</div></div>"
