"""Get help now: people who answer, the emergency number first; opens locked or unlocked."""

from __future__ import annotations

import streamlit as st

from between import bootstrap
from between.bootstrap import Space
from between.safety.country import guess_country
from between.safety.protocol import protocol
from between.ui import choices, session, wording
from between.ui.lines import contact_html, elsewhere_html, numbers_html
from between.ui.views import card


def show(me: Space | None) -> None:
    """Numbers, what happens when you call, and one minute that needs nothing."""
    card.leave("help")
    lines = bootstrap.house().helplines
    st.header(wording.HELP_TITLE, anchor=False)
    st.markdown(wording.HELP_INTRO)
    urgent = st.container(
        border=True, key="urgent_help"
    )  # first on the page; its numbers follow the choice below
    own = st.container(key="own_help", horizontal=True)
    code = country(me)
    now = session.now()
    with urgent:
        st.subheader(wording.HELP_EMERGENCY, anchor=False)
        for line in lines.emergency(code):
            st.html(contact_html(line, now))
        if not lines.emergency(code):
            st.html(numbers_html(lines.fallback.emergency))
    if me is not None:
        with own:
            card.own_plan("help")
    if code:
        people(code)
    else:
        st.markdown(wording.HELP_NO_COUNTRY)
    st.html(elsewhere_html(lines.fallback.links))
    bullets(wording.HELP_WHAT_TITLE, wording.HELP_WHAT)
    st.subheader(wording.HELP_PERSON_TITLE, anchor=False)
    st.markdown(wording.HELP_PERSON)
    bullets(wording.HELP_GROUND_TITLE, wording.HELP_GROUND)
    st.caption(wording.HELP_AI)
    st.caption(wording.LEAVE_HOW)
    with st.expander(wording.HELP_PROTOCOL):
        st.markdown(protocol())


def country(me: Space | None) -> str:
    """The country whose numbers are shown: the person's choice, or a guess that they can change."""
    names = dict(bootstrap.house().helplines.countries())
    start = me.profile().country if me else ""
    start = start or guess_country(st.context.locale or "", st.context.timezone or "")
    codes = ["", *names]
    return st.selectbox(
        wording.HELP_COUNTRY,
        codes,
        index=codes.index(start) if start in codes else 0,
        format_func=lambda one: names.get(one, wording.DOOR_COUNTRY_NONE),
        key="help_country",
        on_change=lambda: choices.keep(country=session.value("help_country")),
    )


def people(code: str) -> None:
    """Lines for what it is about, if the person says so, and then those for anyone."""
    lines, now = bootstrap.house().helplines, session.now()
    chosen = st.pills(
        wording.HELP_TOPIC,
        list(wording.HELP_TOPICS),
        default="",
        format_func=wording.HELP_TOPICS.__getitem__,
        key="help_topic",
    )
    own = lines.for_help(code, now, chosen) if chosen else []
    general = [line for line in lines.for_help(code, now) if line not in own]
    if chosen and not own:
        st.markdown(wording.HELP_TOPIC_NONE)
    for title, found in ((wording.HELP_TOPIC_LINES, own), (wording.HELP_LINES, general)):
        if found:
            st.subheader(title, anchor=False)
        for line in found:
            st.html(contact_html(line, now, session.zone(), full=True))
    st.caption(wording.HELP_UNSURE)


def bullets(title: str, lines: tuple[str, ...]) -> None:
    """A headline and a short list."""
    st.subheader(title, anchor=False)
    st.markdown("\n".join(f"- {line}" for line in lines))
