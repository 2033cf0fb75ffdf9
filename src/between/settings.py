"""What the person who runs Between may choose, and the only place that reads the environment."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from between.errors import UnknownSetting


class KdfProfile(StrEnum):
    """How costly it is to try one passphrase."""

    STRONG = "strong"
    CHEAPEST = "cheapest"  # Only for testing!


class Settings(BaseSettings):
    """Read once at start from ``BETWEEN_…``, passed down, never a global."""

    model_config = SettingsConfigDict(env_prefix="BETWEEN_", extra="forbid", frozen=True)

    data_dir: Path = Field(default_factory=lambda: user_data_path("between", appauthor=False))
    """Folder for the database; made with access for its owner only."""
    database_url: str = ""
    """SQLAlchemy address; empty for SQLite in the data folder."""
    port: int = Field(default=8501, ge=1, le=65535)
    """Port that ``make run`` serves on."""
    public_host: str = ""
    """Host name under which a proxy serves Between; empty for this computer only."""
    kdf: KdfProfile = KdfProfile.STRONG
    """Cost of the key derivation."""
    model_base_url: str = ""
    """An OpenAI-compatible endpoint to offer to every space."""
    model_name: str = ""
    """The model to ask for there."""
    model_api_key: SecretStr = SecretStr("")
    """Its key."""
    model_timeout: float = Field(default=60.0, gt=0)
    """Seconds to wait for a model."""
    idle_minutes: int = Field(default=15, ge=1, le=240)
    """Minutes without use after which a space locks, unless the person chose otherwise."""
    count_cards: bool = False
    """Count how often a safety card is shown, by year and tier; for whoever runs Between for others."""
    max_open_spaces: int = Field(default=64, ge=1)
    """Unlocked spaces held in memory at once; the least recently used is put away first."""


def read_settings() -> Settings:
    """The settings of this process; a misspelt ``BETWEEN_…`` name is refused rather than ignored."""
    known = {f"BETWEEN_{name.upper()}" for name in Settings.model_fields}
    for name in os.environ:
        if name.startswith("BETWEEN_") and name not in known:
            raise UnknownSetting(name)
    return Settings()
