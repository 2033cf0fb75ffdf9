"""Insights on screen: the sentence first, then the quotes, then the chart; nothing without its evidence."""

from __future__ import annotations

import streamlit as st

from between.bootstrap import Space
from between.insights.evidence import NotEnough, Pattern, Quote
from between.ui import charts, dates, pages, session, wording
from between.ui.plain import plain
from between.ui.views import insight_charts


def show(me: Space) -> None:
    """What returns, with the person's own words; then mood and days."""
    st.header(wording.INSIGHTS_TITLE, anchor=False)
    if me.lookout.rests_patterns():
        st.markdown(wording.INSIGHTS_PAUSED)
        return
    st.markdown(wording.INSIGHTS_INTRO)
    missing = me.insights.shortfall()
    if missing is not None:
        not_enough(missing)
        return
    view = st.segmented_control(
        wording.INSIGHTS_TITLE,
        list(wording.INSIGHTS_VIEWS),
        default="patterns",
        required=True,
        format_func=wording.INSIGHTS_VIEWS.__getitem__,
        key="insights_view",
        label_visibility="collapsed",
    )
    if view == "mood":
        insight_charts.mood(me)
    elif view == "days":
        insight_charts.days(me)
    else:
        patterns(me)


def not_enough(missing: NotEnough) -> None:
    """How much is there, and the way to more."""
    entries = wording.counted(missing.have_entries, "entry", "entries")
    days = wording.counted(missing.have_days, "day", "days")
    st.markdown(wording.INSIGHTS_NOT_ENOUGH.format(have=entries, days=days))
    if st.button(wording.INSIGHTS_NOT_ENOUGH_ACTION, key="write_more", type="primary"):
        pages.go("journal")


def patterns(me: Space) -> None:
    """Every pattern with its quotes, its count and what speaks against it."""
    found = me.looking.patterns()
    if found is None:
        waiting(me)
        return
    if not found:
        st.markdown(wording.INSIGHTS_NONE)
        return
    st.caption(wording.INSIGHTS_THEMES_NOTE)
    for number, pattern in enumerate(found):
        one(me, pattern, number)


@st.fragment(run_every=1)
def waiting(me: Space) -> None:
    """A line until the search has ended; then the whole page is drawn anew, and asks the lock like any other."""
    st.markdown(wording.INSIGHTS_LOOKING)
    if not session.still_open() or not me.looking.is_going_on:
        st.rerun(scope="app")


def one(me: Space, pattern: Pattern, number: int) -> None:
    """One pattern."""
    today = session.now().date()
    with st.container(border=True, key=f"pattern_{number}"):
        st.subheader(wording.PATTERNS[pattern.says_key].format(**said(pattern)), anchor=False)
        st.caption(
            wording.PATTERN_COUNTS.get(pattern.kind, wording.INSIGHTS_IN_OF).format(
                n=pattern.in_count,
                of=pattern.of_count,
                since=dates.day(pattern.since, today),
                until=dates.day(pattern.until, today),
            )
        )
        for place, quote in enumerate(pattern.quotes[:3]):
            show_quote(quote, f"{number}_{place}")
        rest(me, pattern, number)


def said(pattern: Pattern) -> dict[str, object]:
    """The values of the sentence, in words."""
    values: dict[str, object] = {
        key: plain(one) if isinstance(one, str) else one for key, one in pattern.values.items()
    }
    if "weekday" in values:
        values["weekday"] = dates.WEEKDAYS[int(str(values["weekday"]))]
    if "strength" in values:
        values["strength"] = wording.STRENGTHS.get(str(values["strength"]), str(values["strength"]))
    return values


def show_quote(quote: Quote, key: str) -> None:
    """The person's words with their date; a click opens the entry."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"quiet_q{key}"):
        st.text(f"“{quote.text}”", width="stretch")
        if st.button(dates.day(quote.at, session.now().date()), key=f"quote_{key}", type="tertiary"):
            session.sitting().reading = quote.entry_id
            pages.go("journal")


def rest(me: Space, pattern: Pattern, number: int) -> None:
    """The other quotes, and the entries that point the other way."""
    if len(pattern.quotes) <= 3 and not pattern.against:
        return
    with st.expander(wording.INSIGHTS_MORE):
        for place, quote in enumerate(pattern.quotes[3:], start=3):
            show_quote(quote, f"{number}_{place}")
        if pattern.against:
            st.caption(wording.INSIGHTS_AGAINST.format(n=len(pattern.against)))
            for place, id in enumerate(pattern.against[:3]):
                entry = me.journal.entry(id)
                if entry is not None:
                    show_quote(Quote(id, entry.at, charts.first_words(entry.text)), f"{number}_a{place}")
