"""Suggests a country from what a browser says about itself; never from an address on the network."""

from __future__ import annotations

import re
import zoneinfo
from functools import lru_cache
from importlib import resources
from pathlib import Path

from between.safety.helplines import registry

# For systems without a time-zone table.
_ZONES = {
    "America/New_York": "US", "America/Chicago": "US", "America/Denver": "US", "America/Los_Angeles": "US",
    "America/Toronto": "CA", "America/Vancouver": "CA", "Europe/London": "GB", "Europe/Dublin": "IE",
    "Australia/Sydney": "AU", "Australia/Melbourne": "AU", "Australia/Brisbane": "AU", "Australia/Perth": "AU",
    "Pacific/Auckland": "NZ", "Europe/Berlin": "DE", "Europe/Vienna": "AT", "Europe/Zurich": "CH",
    "Europe/Paris": "FR", "Europe/Madrid": "ES", "Europe/Lisbon": "PT", "Europe/Rome": "IT",
    "Europe/Amsterdam": "NL", "Europe/Brussels": "BE", "Europe/Copenhagen": "DK", "Europe/Stockholm": "SE",
    "Europe/Oslo": "NO", "Europe/Helsinki": "FI", "Europe/Warsaw": "PL", "Europe/Riga": "LV", "Asia/Tokyo": "JP",
    "Asia/Seoul": "KR", "Asia/Kolkata": "IN", "Asia/Singapore": "SG", "Asia/Hong_Kong": "HK",
    "Asia/Taipei": "TW", "Asia/Shanghai": "CN", "Asia/Manila": "PH", "Asia/Kuala_Lumpur": "MY",
    "Africa/Johannesburg": "ZA", "America/Sao_Paulo": "BR", "America/Mexico_City": "MX", "America/Santiago": "CL",
    "America/Argentina/Buenos_Aires": "AR", "Asia/Jerusalem": "IL",
}  # fmt: skip
# Names that browsers still send and the table no longer lists.
_OLD_NAMES = {
    "Asia/Calcutta": "IN",
    "Asia/Tel_Aviv": "IL",
    "Asia/Katmandu": "NP",
    "Europe/Kiev": "UA",
    "America/Buenos_Aires": "AR",
}
_REGION = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})(?![A-Za-z0-9])")


@lru_cache(maxsize=1)
def _zones() -> dict[str, str]:
    """Zone -> country, from the time-zone database of the system or of the ``tzdata`` package."""
    text = ""
    for folder in zoneinfo.TZPATH:
        table = Path(folder) / "zone.tab"
        if table.is_file():
            text = table.read_text(encoding="utf-8")
            break
    else:
        try:
            text = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
        except (ModuleNotFoundError, FileNotFoundError):
            return _OLD_NAMES | _ZONES
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return _OLD_NAMES | {row[2]: row[0] for row in rows if len(row) > 2}


def guess_country(locale: str, timezone: str) -> str:
    """The likely country, only when help lines for it are known; otherwise empty, and the person chooses.

    The time zone speaks first, since it says where a computer is; a locale says what its owner speaks.
    """
    known = {code for code, _ in registry().countries()}
    region = _REGION.match(locale)
    country = _zones().get(timezone) or (region[1].upper() if region else "")
    return country if country in known else ""
