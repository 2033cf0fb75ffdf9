"""What the safety rules remember, told plainly: since when, why, how it fades, and a way to say that it was wrong."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from between.bootstrap import Space
from between.ui import dates, session, wording


def show(me: Space) -> None:
    """Folded away; nothing of it is a score."""
    with st.expander(wording.RULES_TITLE, key="rules_remember"):
        st.markdown(wording.RULES_INTRO)
        state = me.lookout.state()
        lines = [told(line) for line in me.lookout.remembered()]
        if not lines and not state.tier:
            st.markdown(wording.RULES_NOTHING)
            return
        st.markdown("\n".join(f"- {line}" for line in lines))
        if state.tier and state.since:
            day = dates.day(state.since.astimezone(session.zone()), session.now().date())
            st.markdown(f"{wording.RULES_SINCE.format(day=day)} {wording.RULES_WHY}")
        st.markdown(wording.RULES_FADES[int(state.tier)])
        if me.lookout.may_take_back() and st.button(
            wording.RULES_WRONG, key="rules_wrong", help=wording.RULES_WRONG_HELP
        ):
            me.lookout.take_back()
            session.sitting().notice = wording.RULES_WRONG_DONE
            st.rerun()


def told(line: str) -> str:
    """A reason with its day as a person would say it."""
    day, colon, what = line.partition(": ")
    try:
        when = dt.date.fromisoformat(day)
    except ValueError:
        return line
    said = dates.heading(when, session.now().date())
    return f"{said}{colon}{what}"
