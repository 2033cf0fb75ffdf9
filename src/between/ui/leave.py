"""Leaving quickly, for someone who is looked over the shoulder: one button, or Escape three times."""

from __future__ import annotations

from html import escape

from between.ui import wording

SCRIPT = "/door/leave.js"
ADDRESS = "/leave"
BLANK = "/blank"


def leave_html() -> str:
    """The control with its script. Without the script it still locks, through a plain form."""
    return (
        f"<form class='leave' method='post' action='{ADDRESS}' data-leave='{BLANK}'>"
        f"<button title='{escape(wording.LEAVE_HOW)}'>{escape(wording.LEAVE)}</button></form>"
        f"<script src='{SCRIPT}'></script>"
    )
