"""A model's text can point nowhere once it is made safe."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from between.safety.markdown import safe_markdown

markdown_it = pytest.importorskip("markdown_it")
LIVE = {"image", "link_open", "html_inline", "html_block"}
PAYLOADS = [
    "![x](https://evil.example/a.png)",
    "[click](https://evil.example)",
    "[click][1]\n\n[1]: https://evil.example",
    "<img src=https://evil.example/a.png>",
    "<https://evil.example>",
    "<script>alert(1)</script>",
    r"\[x](https://evil.example)",
    r"\\[x](https://evil.example)",
    "[![x](https://evil.example/a.png)](https://evil.example)",
    "![x\\]](https://evil.example)",
    "[^1]: https://evil.example",
    "[x](javascript:alert(1))",
    "![x](data:image/png;base64,AAAA)",
    "!\u200b[x](https://evil.example/a.png)",
    "<a href='//evil.example'>x</a>",
]


def live_tokens(text: str) -> set[str]:
    found = set()
    for token in markdown_it.MarkdownIt("commonmark").parse(text):
        found.add(token.type)
        found.update(child.type for child in token.children or ())
    return found & LIVE


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_renders_as_plain_text(payload: str) -> None:
    safe = safe_markdown(payload)
    assert live_tokens(safe) == set()
    assert "://" not in safe
    assert "javascript:" not in safe


@pytest.mark.parametrize(
    "bare",
    [
        "see https://evil.example/x",
        "www.evil.example",
        "mail me@evil.example",
        "//evil.example",
        "httphttps://s://evil.example",
    ],
)
def test_a_bare_address_is_not_linked(bare: str) -> None:
    safe = safe_markdown(bare)
    assert "://" not in safe
    assert "www." not in safe
    assert "@" not in safe


def test_emphasis_and_lists_stay() -> None:
    assert safe_markdown("**bold** and *soft*\n\n- one\n- two") == "**bold** and *soft*\n\n- one\n- two"


def test_invisible_characters_are_dropped() -> None:
    assert safe_markdown("a\u202eb\u200bc\U000e0041d") == "abcd"


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="[]()!<>\\`:/.ahtps*_ \n\"'^", max_size=60))
def test_no_mixture_of_marks_becomes_alive(text: str) -> None:
    assert live_tokens(safe_markdown(text)) == set()
