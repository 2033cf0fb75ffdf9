"""A helpline on screen, the same before and after unlocking: when it answers, and every way to reach it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo
from html import escape
from urllib.parse import quote

from between.safety.helplines import EMERGENCY, Helpline
from between.safety.hours import ALWAYS
from between.ui import dates, wording

ELSEWHERE = "noopener noreferrer"
"""What every link that leaves carries, so that the other side learns nothing of this page."""


def contact_html(line: Helpline, at: datetime, zone: tzinfo | None = None, full: bool = False) -> str:
    """A line with its buttons; ``full`` with what else is known. All of it comes from our own reviewed file."""
    said = [] if EMERGENCY in line.topics else [f"<span class='hours'>{opening_html(line, at, zone)}</span>"]
    if full and EMERGENCY not in line.topics:
        said += [f"<span class='about'>{escape(text)}</span>" for text in _about(line)]
    name = escape(f"{line.name}, {line.region}" if line.region else line.name)
    return (
        f"<div class='contact'><div class='who'><strong>{name}</strong>{''.join(said)}</div>"
        f"<div class='ways'>{''.join(_ways(line))}</div></div>"
    )


def numbers_html(numbers: Sequence[str]) -> str:
    """Emergency numbers that work in most places, when no country was chosen."""
    calls = "".join(_link("call", f"tel:{one}", one) for one in numbers)
    return f"<div class='contact'><div class='ways'>{calls}</div></div>"


def elsewhere_html(hosts: Iterable[str]) -> str:
    """The directories that list lines in most countries."""
    links = ", ".join(_link("", f"https://{host}", host, away=True) for host in hosts)
    return f"<p class='elsewhere'>{escape(wording.HELP_ELSEWHERE)} {links}</p>"


def opening_html(line: Helpline, at: datetime, zone: tzinfo | None = None) -> str:
    """Whether it is open, and until or from when.

    In the person's zone where that is known; else in the line's own, marked so that a script can say it in theirs.
    """
    now = line.opening(at)
    if now.changes is None:
        return escape(wording.HELP_ALWAYS if line.hours == ALWAYS else wording.HELP_SOME_HOURS)
    said = wording.HELP_UNTIL if now.is_open else wording.HELP_OPENS
    if zone is not None:
        return escape(said.format(time=_moment(now.changes.astimezone(zone), at.astimezone(zone))))
    place = line.tz.rsplit("/", 1)[-1].replace("_", " ")
    local = _moment(now.changes, at.astimezone(now.changes.tzinfo))
    shown = escape(wording.HELP_PLACE_TIME.format(time=local, place=place))
    return escape(said).replace(
        "{time}", f"<time datetime='{now.changes.isoformat()}' data-local>{shown}</time>"
    )


def _moment(when: datetime, now: datetime) -> str:
    """``17:00``, or ``Monday 09:00`` when it is on another day."""
    time = dates.clock(when)
    if when.date() == now.date():
        return time
    return wording.HELP_DAY_TIME.format(day=dates.WEEKDAYS[when.weekday()], time=time)


def _about(line: Helpline) -> Iterable[str]:
    if line.audience != "anyone":
        yield wording.HELP_FOR.format(audience=line.audience)
    if line.notes:
        yield line.notes
    if not line.free:
        yield wording.HELP_COSTS
    if line.verified_on:
        said = wording.HELP_CHECKED if line.confidence == "A" else wording.HELP_LISTED
        yield said.format(month=dates.month(line.verified_on))


def _ways(line: Helpline) -> Iterable[str]:
    if line.dial:
        yield _link("call", line.tel_uri, line.dial)
    if line.sms:
        body = f"?&body={quote(line.sms.body)}" if line.sms.body else ""
        words = wording.HELP_TEXT if line.sms.body else wording.HELP_TEXT_ONLY
        yield _link("text", f"sms:{line.sms.to}{body}", words.format(body=line.sms.body, to=line.sms.to))
    if line.whatsapp:
        number = "".join(filter(str.isdigit, line.whatsapp))
        shown = wording.HELP_WHATSAPP.format(number=line.whatsapp)
        yield _link("text", f"https://wa.me/{number}", shown, away=True)
    if line.chat_url:
        yield _link("text", line.chat_url, wording.HELP_CHAT, away=True)


def _link(kind: str, address: str, words: str, away: bool = False) -> str:
    out = f" target='_blank' rel='{ELSEWHERE}' title='{escape(wording.HELP_NEW_TAB)}'" if away else ""
    return f"<a class='{kind}' href='{escape(address)}'{out}>{escape(words)}</a>"
