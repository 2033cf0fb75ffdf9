"""The real pages under AppTest, on a real house in a temporary folder, with an own space or the demo open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from between import bootstrap
from between.bootstrap import House, Space
from between.settings import KdfProfile, Settings
from between.space import Shared

FRONT = str(Path(__file__).resolve().parents[2] / "src" / "between" / "ui" / "front.py")
PASSPHRASE = "lantern orbit maple quiet ferry"


@dataclass
class Visitor:
    """A person with a browser: carries a ticket, opens pages."""

    house: House
    ticket: str = ""
    shared: dict[str, str] = field(default_factory=dict)

    def carried(self) -> str:
        return self.ticket

    @property
    def space(self) -> Space:
        found = self.house.open(self.ticket)
        assert found is not None
        return found

    def open(self, page: str = "chat") -> AppTest:
        """The page, run once."""
        app = AppTest.from_file(FRONT, default_timeout=60)
        app.run()
        if page != "chat":
            app.switch_page(f"../../../pages/{page}.py").run()
        return app


@pytest.fixture(scope="session")
def shared() -> Shared:
    """The read-only parts, loaded once for all tests of a process."""
    return Shared.build()


@pytest.fixture
def house(tmp_path: Path, shared: Shared) -> Iterator[House]:
    built = bootstrap.House(Settings(data_dir=tmp_path / "data", kdf=KdfProfile.CHEAPEST), shared=shared)
    bootstrap.use(built)
    yield built
    built.close()
    bootstrap.use(None)


@pytest.fixture
def stranger(house: House) -> Visitor:
    """Somebody without a ticket."""
    visitor = Visitor(house)
    house.carried_ticket = visitor.carried
    return visitor


@pytest.fixture
def person(stranger: Visitor) -> Visitor:
    """Somebody with an open, empty space of their own."""
    stranger.ticket = stranger.house.create(PASSPHRASE, "GB").token
    return stranger


@pytest.fixture
def guest(stranger: Visitor) -> Visitor:
    """Somebody who looks around in the demo life."""
    stranger.ticket = stranger.house.open_demo("GB")
    return stranger


def texts(app: AppTest) -> str:
    """All that is said on the page."""
    parts = [*app.markdown, *app.caption, *app.header, *app.subheader, *app.text, *app.error, *app.warning]
    return "\n".join(str(part.value) for part in parts)
