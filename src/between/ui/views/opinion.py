"""The switch for a second opinion on safety: off, with what it would send and why, until the person says yes."""

from __future__ import annotations

import streamlit as st

from between.bootstrap import Space
from between.domain import Endpoint
from between.errors import BetweenError
from between.ui import session, wording
from between.ui.plain import plain


def show(me: Space, endpoint: Endpoint) -> None:
    """Beside the agreement to the model itself; the demo never asks anybody."""
    if me.is_demo:
        return
    session.put("opinion", me.opinions.agreed(endpoint))
    with st.container(border=True, key="second_opinion"):
        st.toggle(wording.SETTINGS_OPINION, key="opinion", on_change=choose, args=(endpoint,))
        st.markdown("\n".join(f"- {line}" for line in words(me, endpoint)))


def words(me: Space, endpoint: Endpoint) -> list[str]:
    """What the person agrees to, for this model."""
    sent = wording.SETTINGS_OPINION_AWAY if me.leaves(endpoint) else wording.SETTINGS_OPINION_LOCAL
    where, name = plain(me.origin(endpoint)), plain(endpoint.model)
    return [sent.format(origin=where, model=name), *wording.SETTINGS_OPINION_WHY]


def choose(endpoint: Endpoint) -> None:
    """For the model whose words were on the screen, and for no other that another tab may have set up since."""
    me = session.space()
    if me is None:
        return
    try:
        if session.value("opinion"):
            me.opinions.agree(endpoint, "\n".join(words(me, endpoint)))
        else:
            me.opinions.withdraw(endpoint)
    except BetweenError as refused:
        session.sitting().notice = refused.says
