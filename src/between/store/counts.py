"""How often a safety card was shown in this installation, by year and tier; no owner, no moment, no words."""

# Written only where whoever runs Between for others has switched it on. On a computer that one person uses, such
# a count would say something of that person in clear, so it is off there, and nothing is written at all.

from __future__ import annotations

import json
from typing import Protocol

FEW = 5
"""Smaller counts are not shown to those who use the installation: in a small group they would point at somebody."""


class Counted(Protocol):
    """A store that counts."""

    def card_counts(self) -> list[tuple[int, int, int]]:
        """Year, tier, and how often."""


def shown_to_all(store: Counted) -> list[tuple[int, int, str]]:
    """The counts as everybody may see them."""
    return [(year, tier, str(n) if n >= FEW else f"<{FEW}") for year, tier, n in store.card_counts()]


def as_json(store: Counted) -> bytes:
    """``{"cards_shown": [{"year", "tier", "shown"}]}``: counts only."""
    listed = [{"year": year, "tier": tier, "shown": shown} for year, tier, shown in shown_to_all(store)]
    return json.dumps({"format": "between-cards-shown", "cards_shown": listed}, indent=1).encode()
