"""The composition root: the one place that names real parts and joins them into a house.

A ``House`` lives as long as the process: settings, store, encoder, and the spaces that are unlocked now.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from between.demo.furnishing import DemoLife
from between.domain import Endpoint, ItemId, OwnerId, Tier
from between.errors import BetweenError, Locked
from between.opening import OpenSpaces
from between.safety.helplines import Helplines
from between.settings import KdfProfile, Settings, read_settings
from between.spaces.spaces import Created, Spaces
from between.store.diary import Diary
from between.store.store import Store
from between.vault.passphrase import suggest
from between.vault.seal import Key

# The rooms and what they need (Chroma, onnxruntime, LangChain …) take seconds to import; the door needs none of
# it, so they are named where they are used, and the warm-up brings them in beside the first page.
if TYPE_CHECKING:
    from between.space import Shared, Space

__all__ = ["House", "Space", "house", "new_id", "now", "settings", "use"]

Clock = Callable[[], datetime]


def __getattr__(name: str) -> type[Space]:
    """``bootstrap.Space``, for those who only need its name."""
    if name != "Space":
        raise AttributeError(name)
    from between.space import Space

    return Space


def now() -> datetime:
    """The computer's clock, aware."""
    return datetime.now(UTC).astimezone()


def new_id() -> ItemId:
    """A fresh opaque id."""
    return ItemId(uuid.uuid4().hex)


class House:
    """Everything that the process shares, and the spaces that are open in it."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock = now,
        carried_ticket: Callable[[], str] | None = None,
        shared: Shared | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.carried_ticket = carried_ticket
        """How a run finds its ticket; ``None`` means the browser's cookie."""
        self.helplines = Helplines.load()
        self.store = Store(store_url(settings))
        self.store.migrate()
        self.spaces = Spaces(self.store, settings.kdf, clock, new_id, settings.idle_minutes)
        # Demo lives: the same code on a database that was never on a disk.
        self._demo_store = Store("sqlite://")
        self._demo_store.migrate()
        self._demo_life = DemoLife()
        self._demos = Spaces(self._demo_store, KdfProfile.CHEAPEST, clock, new_id)
        self._shared = shared
        self._open = OpenSpaces(settings.max_open_spaces)
        self._loading = threading.Lock()

    # Parts that take a while ------------------------------------------------------------------------

    @property
    def shared(self) -> Shared:
        """Encoder, reader, rules and guide; loaded at the first call, used by every space."""
        with self._loading:
            if self._shared is None:
                from between.space import Shared

                self._shared = Shared.build()
            return self._shared

    def warm(self) -> None:
        """Load what the first conversation would wait for."""
        from between.engines.model import ModelEngine

        self.shared.reader.read("Yesterday was fine.", self.clock())
        self.shared.rules.look("Yesterday was fine.")
        ModelEngine.import_client()
        if self.store.is_empty():  # a newcomer: the demo is likely the next thing to be opened
            self._demo_life.read(self.shared.encoder, self.clock, passing_diary())

    # Tickets ----------------------------------------------------------------------------------------

    def create(self, passphrase: str, country: str = "") -> Created:
        """A new space, open in this browser."""
        made = self.spaces.create(passphrase)
        self._choose_country(made.token, country)
        return made

    def unlock(self, code_name: str, passphrase: str, old_token: str = "") -> str:
        """A new ticket for an existing space; the one that the browser had is dropped."""
        token = self.spaces.unlock(code_name, passphrase)
        if old_token:
            self.lock(old_token)
        space = self.open(token)
        if space is not None:
            self.set_idle(token, space.profile().idle_minutes)
        return token

    def recover(self, code_name: str, code: str, passphrase: str) -> Created:
        """Open with the recovery code; all other browsers are locked."""
        made = self.spaces.recover(code_name, code, passphrase)
        self.sweep()
        space = self.open(made.token)
        if space is not None:
            self.set_idle(made.token, space.profile().idle_minutes)
        return made

    def change_passphrase(self, token: str, old: str, new: str) -> None:
        """Wrap the key again; other browsers are locked."""
        self.spaces.change_passphrase(token, old, new)

    def open_demo(self, country: str = "") -> str:
        """A ticket for a fresh demo life, in memory only."""
        made = self._demos.create(suggest())
        found = self._demos.open(made.token)
        if found is None:
            raise Locked
        owner, key = found
        self._demo_life.furnish(Diary(self._demo_store, key, owner), self.clock())
        self._choose_country(made.token, country)
        return made.token

    def _choose_country(self, token: str, country: str) -> None:
        space = self.open(token)
        if space is not None and country:
            space.save_profile(country=country)

    def open(self, token: str) -> Space | None:
        """The open space of a ticket; counts as use."""
        for spaces, store in self._sides():
            found = spaces.open(token)
            if found is not None:
                return self._open.find(found[0]) or self._space(token, spaces, found, store)
        return None

    def peek(self, token: str) -> bool:
        """Whether a ticket is still good, without counting as use."""
        return any(spaces.peek(token) for spaces, _ in self._sides())

    def set_idle(self, token: str, minutes: int) -> None:
        """How long this ticket lives without use."""
        for spaces, _ in self._sides():
            spaces.set_idle(token, minutes)

    def lock(self, token: str) -> None:
        """Drop a ticket; a space that nobody holds any more is shut, a demo is gone."""
        if not token:
            return
        found = self._demos.open(token)
        if found is not None:
            self._demos.delete(token)
        else:
            self.spaces.lock(token)
        self.sweep()

    def delete(self, token: str) -> None:
        """Destroy a space: the key first, then everything."""
        found = self.spaces.open(token)
        if found is None:
            raise Locked
        self._open.shut(found[0])
        self.spaces.delete(token)
        self._open.shut(found[0])  # it may have been opened again meanwhile

    def _sides(self) -> list[tuple[Spaces, Store]]:
        return [(self.spaces, self.store), (self._demos, self._demo_store)]

    # Open spaces ------------------------------------------------------------------------------------

    def _space(self, token: str, spaces: Spaces, found: tuple[OwnerId, Key], store: Store) -> Space | None:
        owner, key = found
        space = self._open.get(owner, lambda: self._opened(owner, key, store), lambda: spaces.held(owner))
        return space if spaces.peek(token) else None  # it took a while: this browser may be locked by now

    def _opened(self, owner: OwnerId, key: Key, store: Store) -> Space:
        from between.space import Space

        code_name, shared = store.code_name(owner), self.shared
        diary = Diary(store, key, owner)
        diary.load()
        space = Space(diary, shared, self.clock, new_id)  # last: from here on it has to be closed
        space.owner = owner
        space.code_name = code_name
        space.is_demo = store is self._demo_store
        space.timeout = self.settings.model_timeout
        if self.settings.count_cards and not space.is_demo:
            space.lookout.count = self._count
        space.looking.look_soon()
        return space

    def _count(self, tier: Tier) -> None:
        with suppress(BetweenError):  # a count may be missed; the card must not be
            self.store.count_card(self.clock().year, int(tier))

    def sweep(self) -> None:
        """Shut every space whose time has run out, so that nothing of it stays in memory; a demo is wiped."""
        for owner, space in self._open.all():
            spaces = self._demos if space.is_demo else self.spaces
            if not spaces.held(owner):
                self._open.shut(owner)
                if space.is_demo:
                    self._demo_store.wipe(owner)

    def offered_endpoint(self) -> Endpoint | None:
        """The model that whoever runs this server offers, if any."""
        if not self.settings.model_base_url:
            return None
        key = self.settings.model_api_key.get_secret_value()
        return Endpoint(self.settings.model_base_url, self.settings.model_name, key)

    def close(self) -> None:
        """Shut every space and let go of the data folder."""
        self._open.close()
        self.store.close()
        self._demo_store.close()


def passing_space(clock: Clock = now) -> Space:
    """A space of its own that was never on a disk; for the yardsticks."""
    from between.space import Space

    return Space(passing_diary(), house().shared, clock, new_id)


def passing_diary() -> Diary:
    """A diary under a key that nobody keeps, on a database that was never on a disk."""
    store = Store("sqlite://")
    store.migrate()
    owner = OwnerId(new_id())
    store.add_space(owner, "passing", [])
    return Diary(store, Key.fresh(), owner)


def store_url(settings: Settings) -> str:
    """The database address: the one that was set, or SQLite in the data folder."""
    return settings.database_url or f"sqlite:///{settings.data_dir / 'between.db'}"


_house: House | None = None
_lock = threading.Lock()


def settings() -> Settings:
    """The settings of the house, or those that it would be built with."""
    return _house.settings if _house else read_settings()


def house() -> House:
    """The house of this process, built at the first call."""
    global _house
    with _lock:
        if _house is None:
            _house = House(read_settings())
        return _house


def use(other: House | None) -> None:
    """Put another house in place; tests and the command lines do."""
    global _house
    _house = other
