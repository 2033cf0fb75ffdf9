"""How long each page takes to draw again, beside a page of bare Streamlit that says one word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from streamlit.testing.v1 import AppTest

from between.bench.houses import COUNTRY, PASSPHRASE, Visitor, house, settle
from between.bench.measure import Figure, Scale, median, milliseconds
from between.bench.recipe import Recipe
from between.bootstrap import now
from between.settings import KdfProfile

ROOT = Path(__file__).resolve().parents[3]
FRONT = ROOT / "src" / "between" / "ui" / "front.py"
BARE = "import streamlit as st\nst.markdown('word')\n"
PATIENCE = 120
"""Seconds before a run counts as stuck."""


def front() -> AppTest:
    """The app as Streamlit runs it."""
    return AppTest.from_file(str(FRONT), default_timeout=PATIENCE)


def run(scale: Scale) -> Iterator[Figure]:
    """The demo life, and a space of three thousand entries."""
    with house(KdfProfile.CHEAPEST) as built:
        visitor = Visitor(built)
        visitor.ticket = built.open_demo(COUNTRY)
        yield from measure(visitor, "demo life")
        visitor.lock()
        yield from of_a_long_life(visitor, 3_000)


def of_a_long_life(visitor: Visitor, entries: int, times: int = 5) -> Iterator[Figure]:
    """Every page of a space with so many entries, when its work in the background is done."""
    lived = Recipe(visitor.house.shared.encoder).entries(entries, now())
    visitor.ticket = visitor.house.unlock(settle(visitor.house, lived), PASSPHRASE)
    yield from measure(visitor, f"{entries:,} entries", times)
    visitor.lock()


def names() -> list[str]:
    """The pages by name; chat is the first one."""
    found = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
    return sorted(found, key=lambda name: name != "chat")


def measure(visitor: Visitor, case: str, times: int = 5) -> Iterator[Figure]:
    """First run and the median of some reruns of every page, each beside a rerun of the bare one."""
    visitor.space.memory.wait()
    bare = AppTest.from_string(BARE, default_timeout=PATIENCE).run()
    for name in names():
        app = front().run()
        if name != "chat":
            app.switch_page(f"../../../pages/{name}.py")
        first = milliseconds(app.run)
        laps = [(milliseconds(app.run), milliseconds(bare.run)) for _ in range(times)]
        again, floor = (median(lap) for lap in zip(*laps, strict=True))
        note = f"first time {first:.0f} ms" + trouble(app)
        yield Figure("pages", case, f"{name}, again", "ms", again, {"bare Streamlit": floor}, note)


def trouble(app: AppTest) -> str:
    """A page that failed is quick, and must not be taken for one that works."""
    return "; the page shows an error" if app.exception or app.error else ""
