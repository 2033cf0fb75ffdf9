"""The script that Streamlit runs: which pages there are, and the lock before all of them."""

import streamlit as st

from between.ui import frame, pages, session

frame.configure()
me = session.space()

# All pages stay registered while locked, so that an address survives the unlocking.
chosen = st.navigation(pages.screens(), position="top" if me else "hidden")
frame.guarded(lambda: frame.notice(me))
frame.guarded(lambda: frame.show_top(me))

if me is None and chosen.url_path != "help-now":
    frame.show_lock()
else:
    frame.guarded(chosen.run)
    if me is not None:
        frame.watch_lock()
