"""What stands around every page: the state line, help, the lock, and the watch that blanks a locked tab."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from between.bootstrap import Space
from between.errors import Locked
from between.ui import pages, session, wording
from between.ui.plain import plain

log = logging.getLogger("between")
ICON = str(Path(__file__).parent / "door" / "static" / "icon.png")

_STYLE = Path(__file__).parent / "style.css"


def configure() -> None:
    """Title, icon and style of every page. The title is neutral: a glance at the tab tells nothing."""
    st.set_page_config(
        page_title=wording.NAME, page_icon=ICON, layout="centered", initial_sidebar_state="auto"
    )
    st.html(_STYLE)


def notice(me: Space | None) -> None:
    """Let the host of an open space know that somebody is here, by the person's own clock."""
    if me is not None:
        me.host.arrive(session.visit(), session.now())


def show_top(me: Space | None) -> None:
    """Help in its corner and what this is; then who answers, whether memory is on, and the lock."""
    with st.container(key="help"):
        st.page_link(pages.screen("help-now"), label=wording.HELP)
    if me is None:
        with st.container(key="frame"):
            st.markdown(wording.AI_LINE)
        return
    # On a phone Streamlit folds its menu away; this row, hidden on wide screens, keeps every page one tap away.
    with st.container(key="menu", horizontal=True, gap="xxsmall"):
        for page in pages.screens():
            if page.url_path not in pages.BESIDE_THE_MENU:
                st.page_link(page)
    with st.container(key="frame", horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(f"{wording.AI_LINE} {state_line(me)}", width="stretch")
        label = wording.LEAVE_DEMO if me.is_demo else wording.LOCK
        if st.button(label, key="lock", type="tertiary", icon=":material/lock:"):
            session.lock()
            st.rerun()
    notes = [wording.STATE_DEMO] if me.is_demo else []
    if me.profile().engine == "model" and me.endpoint_in_use() is None:
        notes.append(wording.STATE_MODEL_WAITS)
    progress = me.memory.ready
    if progress.done < progress.total:
        notes.append(wording.STATE_FILLING.format(done=progress.done, total=progress.total))
    if notes:
        st.caption(" · ".join(notes))


def state_line(me: Space) -> str:
    """Memory and engine, in half a line."""
    profile = me.profile()
    memory = wording.STATE_MEMORY_ON if profile.memory_on else wording.STATE_MEMORY_OFF
    endpoint = me.endpoint_in_use()
    if endpoint is None:
        engine = wording.STATE_GUIDE
    elif me.leaves(endpoint):
        where = plain(me.origin(endpoint))
        engine = wording.STATE_MODEL_AWAY.format(model=plain(endpoint.model), origin=where)
    else:
        engine = wording.STATE_MODEL_LOCAL.format(model=plain(endpoint.model))
    return f"{memory} · {engine}"


def show_lock() -> None:
    """All that a locked tab shows."""
    st.header(wording.LOCKED_TITLE, anchor=False)
    st.markdown(wording.LOCKED)
    # A plain link in the same tab: the door is no Streamlit page.
    st.html(f'<a href="/unlock" target="_self" class="as-button">{wording.LOCKED_UNLOCK}</a>')
    st.caption(wording.AI_LINE_LONG)


@st.fragment(run_every=10)
def watch_lock() -> None:
    """Blank this tab soon after another one locked, or the time ran out."""
    if not session.still_open():
        st.rerun(scope="app")


def guarded(run: Callable[[], None]) -> None:
    """The one place that catches everything: says that something failed, logs where, never what."""
    try:
        run()
    except Locked:  # while this page was being drawn; the next run decides anew what may be seen
        st.rerun()
    except Exception as problem:  # noqa: BLE001 the boundary: nothing may reach Streamlit's own error page
        ref = secrets.token_hex(3)
        place = traceback.extract_tb(problem.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        log.error("%s %s at %s", ref, type(problem).__name__, where)  # noqa: TRY400 a message may hold words
        st.error(f"{wording.ERROR_TITLE}. {wording.ERROR.format(ref=ref)}")
