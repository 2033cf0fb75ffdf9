"""Get help now: people who answer, the emergency number first; opens locked or unlocked."""

from __future__ import annotations

import streamlit as st

from between import bootstrap
from between.bootstrap import Space
from between.safety.country import guess_country
from between.ui import choices, session, wording
from between.ui.views import card


def show(me: Space | None) -> None:
    """Numbers, what happens when you call, and one minute that needs nothing."""
    lines = bootstrap.house().helplines
    st.header(wording.HELP_TITLE, anchor=False)
    st.markdown(wording.HELP_INTRO)
    names = dict(lines.countries())
    start = me.profile().country if me else ""
    start = start or guess_country(st.context.locale or "", st.context.timezone or "")
    codes = ["", *names]
    code = st.selectbox(
        wording.HELP_COUNTRY,
        codes,
        index=codes.index(start) if start in codes else 0,
        format_func=lambda one: names.get(one, wording.DOOR_COUNTRY_NONE),
        key="help_country",
        on_change=lambda: choices.keep(country=session.value("help_country")),
    )
    if not code:
        st.markdown(wording.HELP_NO_COUNTRY)
    with st.container(border=True, key="urgent_help"):
        st.subheader(wording.HELP_EMERGENCY, anchor=False)
        for line in lines.emergency(code):
            st.html(card.contact_html(line))
        if not lines.emergency(code):
            st.html(card.numbers_html(lines.fallback.emergency))
    found = lines.for_country(code)
    if found:
        st.subheader(wording.HELP_LINES, anchor=False)
        for line in found:
            st.html(card.contact_html(line))
        st.caption(wording.HELP_ELSEWHERE)
    bullets(wording.HELP_WHAT_TITLE, wording.HELP_WHAT)
    st.subheader(wording.HELP_PERSON_TITLE, anchor=False)
    st.markdown(wording.HELP_PERSON)
    bullets(wording.HELP_GROUND_TITLE, wording.HELP_GROUND)
    st.caption(wording.HELP_AI)


def bullets(title: str, lines: tuple[str, ...]) -> None:
    """A headline and a short list."""
    st.subheader(title, anchor=False)
    st.markdown("\n".join(f"- {line}" for line in lines))
