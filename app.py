"""The front door: an ASGI app with its own routes for the lock, and Streamlit behind it."""

from between import quiet  # isort: skip  # first: switches every library's telemetry off

quiet.hush()

from pathlib import Path

import streamlit as st

from between.ui.door import gate, routes, warm

app = st.App(
    Path(__file__).parent / "src/between/ui/front.py",
    routes=routes.all_routes(),
    middleware=gate.middleware(),
    lifespan=warm.lifespan,
)
