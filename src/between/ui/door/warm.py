"""Start and stop of the server: the house is opened, heavy imports happen beside the first page, not in it."""

from __future__ import annotations

import contextlib
import gc
import importlib
import sys
import threading
from collections.abc import AsyncIterator
from typing import Any

from streamlit import net_util

from between import bootstrap
from between.errors import BetweenError

SWEEP_SECONDS = 15


def _import_heavy_parts() -> None:
    """Load what the first conversation needs, then take it out of the collector's sight.

    Without the freeze every rerun walks all imported objects: 20 times slower for one person.
    """
    bootstrap.house().warm()
    importlib.import_module("between.ui.views.journal")  # brings the charts along
    importlib.import_module("between.ui.views.insights")
    gc.collect()
    gc.freeze()


def _sweep(house: bootstrap.House, stop: threading.Event) -> None:
    """Put away what nobody holds any more: an idle lock must also empty the memory."""
    while not stop.wait(SWEEP_SECONDS):
        with contextlib.suppress(BetweenError):  # a busy or unreachable database: tried again soon
            house.sweep()


@contextlib.asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:  # Any: streamlit.App, whose type says nothing here
    """Open the house, serve, close the house."""
    # Streamlit would ask an outside server for its own address as soon as a foreign origin connects.
    net_util._external_ip = net_util._internal_ip = "127.0.0.1"
    try:
        house = bootstrap.house()
    except BetweenError as refused:
        sys.stderr.write(f"{refused.says}\n")
        raise SystemExit(1) from None
    threading.Thread(target=_import_heavy_parts, name="warm-up", daemon=True).start()
    stop = threading.Event()
    sweeper = threading.Thread(target=_sweep, args=(house, stop), name="sweep", daemon=True)
    sweeper.start()
    try:
        yield
    finally:
        stop.set()
        sweeper.join()
        house.close()
