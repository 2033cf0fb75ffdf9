"""What stands in place of a page to write on when a text sounded younger than eighteen: people to reach, and a way back."""

from __future__ import annotations

import streamlit as st

from between.bootstrap import Space
from between.domain import Tier
from between.journal.drafts import JOURNAL
from between.ui import session, wording
from between.ui.views import card, draft

_WORDS = "too_young"


def stop(me: Space, place: str, text: str) -> None:
    """Let go of the draft, close the pages of this browser, and say why."""
    if place:
        draft.end(me, place)
    # In this tab's memory only, so that a misreading loses nothing.
    session.sitting().extra[_WORDS] = (place, text)
    session.drop("journal_text")
    me.host.stop_for_the_young(session.visit(), stop=True)
    me.lookout.count(Tier.NONE)
    st.rerun()


def stands(me: Space) -> bool:
    """Whether this stands in place of the page; then it was drawn."""
    if not me.host.stopped_for_the_young(session.visit()):
        return False
    shown = me.lookout.young_card()
    if shown is not None:
        card.draw(shown, key="young")
    st.caption(wording.YOUNG_NOTE)
    st.markdown(wording.YOUNG_WRONG)
    st.button(wording.DOOR_ADULT, key="of_age", on_click=go_on, args=(me,))
    return True


def go_on(me: Space) -> None:
    """The person says that they are of age: the same words are back in the field."""
    me.lookout.of_age()
    me.host.stop_for_the_young(session.visit(), stop=False)
    sitting = session.sitting()
    held = sitting.extra.pop(_WORDS, None)
    if not isinstance(held, tuple):
        return
    place, text = held
    if place == JOURNAL:
        session.put("journal_text", text)
    elif not place.startswith("edit:"):
        sitting.talk_number += 1
        session.put(f"say_{sitting.talk_number}", text)
