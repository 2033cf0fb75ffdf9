"""How long somebody has been here, and which pause is due; pure, so that any clock can be held against it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from between.domain import Tier, Use

GAP = timedelta(minutes=30)
"""Without use for so long, a stretch is over."""
SOFT_MINUTES, SOFT_TURNS, CLOSING_MINUTES, DAY_MINUTES = 30, 30, 60, 90
NIGHTS, NIGHT_DAYS, NIGHT_ENDS = 3, 7, 5
"""So many nights in so many days; a night is from midnight to five."""


def at_night(at: datetime) -> bool:
    """Whether it is between midnight and five for the person."""
    return at.hour < NIGHT_ENDS


def seen(use: Use, at: datetime) -> Use:
    """After the person did something at this moment, by their own clock."""
    since_last = at - use.seen_at if use.seen_at else GAP
    if since_last >= GAP or use.since is None:
        use = replace(use, since=at, turns=0, said=())
    if use.day != at.date():
        use = replace(use, day=at.date(), day_seconds=0, day_said=False)
    elif timedelta(0) < since_last < GAP:
        use = replace(use, day_seconds=use.day_seconds + round(since_last.total_seconds()))
    return replace(use, seen_at=at)


def wrote(use: Use, at: datetime) -> Use:
    """After the person sent something."""
    nights = _nights(use, at.date())
    if at_night(at):
        nights = tuple(sorted({*nights, at.date()}))
    return replace(use, turns=use.turns + 1, nights=nights)


def due(use: Use, at: datetime, tier: Tier) -> str:
    """``soft``, ``closing``, ``day`` or ``nights``; empty for none, and always in a hard time."""
    if tier >= Tier.ACTIVE or use.since is None:
        return ""
    here = at - use.since
    asked = use.nights_said is not None and (at.date() - use.nights_said).days < NIGHT_DAYS
    if len(_nights(use, at.date())) >= NIGHTS and not asked:
        return "nights"
    if here >= timedelta(minutes=CLOSING_MINUTES) and "closing" not in use.said:
        return "closing"
    if use.day_seconds >= DAY_MINUTES * 60 and use.day == at.date() and not use.day_said:
        return "day"
    long = here >= timedelta(minutes=SOFT_MINUTES) or use.turns >= SOFT_TURNS
    return "soft" if long and not {"soft", "closing"} & set(use.said) else ""


def said(use: Use, pause: str, at: datetime) -> Use:
    """After a pause was offered; it is not offered again."""
    if pause == "nights":
        return replace(use, nights_said=at.date())
    if pause == "day":
        return replace(use, day_said=True)
    return replace(use, said=tuple(sorted({*use.said, pause})))


def _nights(use: Use, today: date) -> tuple[date, ...]:
    return tuple(night for night in use.nights if 0 <= (today - night).days < NIGHT_DAYS)
