"""Makes a model's text safe to render as Markdown: nothing in it can fetch, link or inject."""

from __future__ import annotations

import html
import re
import unicodedata

_SCHEME = re.compile(
    r"\b(?:[a-z][a-z0-9+.\-]{0,20}:)?//|\b(?:https?|ftp|mailto|tel|sms|data|javascript|file):|\bwww\.",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<=[\w.+\-])@(?=[\w\-]+\.\w)")
_KEPT_CONTROLS = frozenset("\n\t")


def visible(text: str) -> str:
    """The text without characters that are not seen: zero width, direction marks, tags, controls."""
    return "".join(
        c
        for c in text
        if c in _KEPT_CONTROLS
        or not (unicodedata.category(c) in ("Cf", "Cc", "Co", "Cn", "Cs") and c != "\u200d")
    )


def safe_markdown(text: str) -> str:
    """Raw model text with images, links, references, HTML and bare addresses made plain; apply once, to all of it.

    Bold, italics, lists and quotes stay. Every construct that can point somewhere needs a square bracket, an
    angle bracket or an address with a scheme: the brackets become literal characters and the scheme is dropped.
    """
    text = visible(html.unescape(visible(text))).replace("\\", "\\\\").replace("&", "&amp;")
    text = text.replace("[", "\\[").replace("]", "\\]").replace("<", "&lt;").replace("$", "\\$")
    while _SCHEME.search(text):
        text = _SCHEME.sub("", text)
    return _MAIL.sub(" at ", text)
