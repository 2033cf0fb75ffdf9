"""A person's words inside a label, a headline or a caption, which Streamlit reads as Markdown."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:^=&])")


def plain(text: str) -> str:
    """The text so that Markdown shows it letter for letter: no link, image, icon, colour or formula."""
    return _MARKUP.sub(r"\\\1", text)
