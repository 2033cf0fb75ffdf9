"""Bringing in a diary from elsewhere: look first, then save, with progress and a way to stop."""

from __future__ import annotations

import streamlit as st

from between.bootstrap import Space
from between.domain import Progress
from between.errors import BetweenError
from between.journal.importers.draft import ImportOptions, Preview
from between.ui import dates, session, wording

TYPES = ["md", "markdown", "txt", "csv", "json", "jsonl", "zip", "gz"]


def show(me: Space) -> None:
    """A file in; what it holds; a clear yes."""
    st.subheader(wording.IMPORT_TITLE, anchor=False)
    st.markdown(wording.IMPORT_INTRO)
    file = st.file_uploader(wording.IMPORT_FILE, type=TYPES, key="import_file")
    if file is None:
        return
    try:
        seen = me.journal.preview(file.name, file.getvalue(), options())
    except BetweenError as refused:
        st.error(refused.says)
        return
    describe(seen)
    if seen.found and st.button(
        wording.IMPORT_BUTTON.format(n=len(seen.found)), key="import_go", type="primary"
    ):
        bring_in(me, seen)


def options() -> ImportOptions:
    """Where and when the person is, for dates that do not say."""
    return ImportOptions(zone=session.zone(), today=session.now().date())


def describe(seen: Preview) -> None:
    """What the file holds, and what stays out and why."""
    if seen.found:
        days = sorted(draft.at.date() for draft in seen.found if draft.at)
        today = session.now().date()
        st.markdown(
            wording.IMPORT_FOUND.format(
                n=len(seen.found), start=dates.heading(days[0], today), end=dates.heading(days[-1], today)
            )
        )
        for draft in seen.found[:3]:
            with st.container(border=True):
                if draft.at:
                    st.caption(dates.heading(draft.at, today))
                st.text(draft.text[:200])
    else:
        st.markdown(wording.IMPORT_NONE)
    if seen.ambiguous_dates:
        st.caption(wording.IMPORT_AMBIGUOUS)
    if seen.duplicates:
        st.caption(wording.IMPORT_DUPLICATES.format(n=seen.duplicates))
    if seen.undated:
        st.caption(wording.IMPORT_UNDATED.format(n=len(seen.undated)))
    if seen.skipped:
        st.caption(wording.IMPORT_SKIPPED.format(n=len(seen.skipped)))
        with st.expander(wording.IMPORT_SKIPPED_WHY):
            for one in seen.skipped[:20]:
                place = " ".join(str(part) for part in (one.where, one.row or "") if part)
                st.text(f"{wording.IMPORT_SKIP_REASONS[one.reason_key]} · {place}")


def bring_in(me: Space, seen: Preview) -> None:
    """Save it, batch by batch. A press on cancel stops the script at the next step; what is in stays in."""
    bar = st.progress(0.0)

    def tell(progress: Progress) -> None:
        said = wording.IMPORT_RUNNING.format(done=progress.done, total=progress.total)
        bar.progress(progress.done / max(1, progress.total), text=said)

    st.button(wording.CANCEL, key="import_stop")
    done = me.journal.bring_in(seen, tell)
    session.sitting().notice = wording.IMPORT_DONE.format(n=done.count)
    st.rerun()
