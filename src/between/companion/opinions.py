"""Whether the safety rules may ask for a second opinion: a yes of its own, for the model that answers, and for no other."""

from __future__ import annotations

from collections.abc import Callable

from between.companion.consent import Consents, model_purpose, version_of
from between.companion.ports import Adviser, Engine
from between.domain import Endpoint
from between.engines.address import origin_of
from between.engines.model import ModelEngine
from between.errors import ModelUnreachable


class Opinions:
    """Off until the person says yes; ends with the yes to the model itself."""

    def __init__(self, consents: Consents, barred: Callable[[], bool]) -> None:
        """``barred``: where nobody is ever asked, as in the demo."""
        self._consents = consents
        self._barred = barred

    def agreed(self, endpoint: Endpoint) -> bool:
        """Whether the person wants it from this model."""
        try:
            return self._consents.agreed(_purpose(origin_of(endpoint), endpoint.model))
        except ModelUnreachable:  # an address that is none
            return False

    def agree(self, endpoint: Endpoint, words: str) -> None:
        """The person's yes to these words."""
        self._consents.agree(_purpose(origin_of(endpoint), endpoint.model), version_of(words))

    def withdraw(self, endpoint: Endpoint) -> None:
        """Take it back; from now on nobody is asked."""
        self._consents.withdraw(_purpose(origin_of(endpoint), endpoint.model))

    def adviser(self, engine: Engine) -> Adviser | None:
        """Whom to ask while this engine answers: itself, where the person agreed to both."""
        if self._barred() or not isinstance(engine, ModelEngine):
            return None
        purposes = (model_purpose(engine.origin, engine.model), _purpose(engine.origin, engine.model))
        return engine if all(map(self._consents.agreed, purposes)) else None


def _purpose(origin: str, model: str) -> str:
    return f"opinion:{origin} {model}"
