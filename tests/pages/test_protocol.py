"""Whoever asks for help can read what the product does in a hard moment (R8)."""

from __future__ import annotations

import pytest

from between.safety.protocol import protocol
from between.ui import wording
from tests.pages.conftest import Visitor, texts


@pytest.mark.parametrize("visitor", ["stranger", "person"])
def test_help_shows_the_protocol_locked_and_unlocked(visitor: str, request: pytest.FixtureRequest) -> None:
    someone: Visitor = request.getfixturevalue(visitor)
    app = someone.open("help_now")
    assert not app.exception
    assert wording.HELP_PROTOCOL in [one.label for one in app.expander]
    assert protocol().strip() in texts(app)
