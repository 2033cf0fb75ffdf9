"""Choices on screen: the profile leads, so that a tab with old values never switches anything back.

A widget is given the profile's value before it is drawn, and only its own change, in a callback, is saved.
"""

from __future__ import annotations

# Any: one of the profile's own fields; ``Space.save_profile`` checks the names.
from typing import Any

from between.errors import BetweenError
from between.ui import session


def keep(**changes: Any) -> None:
    """Save what was just chosen, unless the space was locked meanwhile; what fails is said on the page."""
    me = session.space()
    if me is None:
        return
    try:
        me.save_profile(**changes)
    except BetweenError as refused:
        session.sitting().notice = refused.says
