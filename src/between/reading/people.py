"""Finds who a text speaks of: relations as the person names them, and names by their capital letter."""

from __future__ import annotations

import re

MOST = 8

_RELATION = (
    r"(?:step)?(?:mother|father|mum|mom|mam|dad|daddy|mummy|sister|brother|son|daughter)(?:-in-law)?"
    r"|parents|grand(?:mother|father|ma|pa|son|daughter|parents)|gran|granny|nan|aunt|auntie|uncle|cousin"
    r"|niece|nephew|twin|husband|wife|partner|fianc[eé]e?|girlfriend|boyfriend|ex(?:-(?:wife|husband|partner))?"
    r"|(?:best )?friend|mate|flatmate|housemate|room-?mate|neighbours?|neighbors?|boss|manager|supervisor"
    r"|colleagues?|co-?workers?|team ?(?:lead|mate)|therapist|counsell?or|doctor|gp|teacher|tutor|professor"
    r"|coach|landlord|landlady|kids?|children|boys|girls|baby|family|in-laws|friends|team|class"
)
_OWNED = re.compile(rf"\b(?:my|our)\s+(?:\w+\s+)?(?:{_RELATION})\b", re.IGNORECASE)
_BARE = re.compile(r"\b(Mum|Mom|Dad|Mama|Papa|Gran|Grandma|Grandpa|Nan|Nana)\b")
_CALLED = re.compile(r"\b(?:called|named|name is|name's)\s+([A-Z][a-zà-ÿ'’-]+)")
_NAME = re.compile(r"(?<![.!?…“\"\n]\s)(?<![.!?…“\"\n])(?<!^)\b([A-Z][a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)?)\b")
_FIRST = re.compile(
    r"(?:^|[.!?…]\s+|\n)([A-Z][a-zà-ÿ]+)(?=\s+(?:and I\b|says?\b|said\b|told\b|asked\b|called\b|rang\b|texted\b"
    r"|wrote\b|phoned\b|thinks\b|thought\b|wants\b|laughed\b|left\b|came\b|cried\b|shouted\b|hasn't\b|didn't\b"
    r"|never\b|always\b|forgot\b|promised\b|cancelled\b))"
)
_NO_NAMES = frozenset(
    """I I'm Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July
    August September October November December Christmas Easter Eid Ramadan Diwali Hanukkah Halloween God Allah
    Jesus English German French Spanish Italian Polish Arabic Hindi Urdu Chinese Japanese Russian Turkish Dutch
    London Paris Berlin Leeds England Scotland Wales Ireland Britain America India Nigeria Europe Africa Asia
    Canada Australia Germany France Spain Italy Poland Peru Japan China Russia Ukraine Brazil Mexico Kenya Ghana
    Netflix Instagram Facebook Twitter Google WhatsApp Zoom Teams Slack TikTok YouTube Reddit Spotify Amazon Uber
    Mr Mrs Ms Miss Dr Prof Sir Madam Monday's Sunday's Black White Asian Muslim Christian Jewish Hindu Sikh
    Catholic Buddhist Mum Mom Dad Mama Papa Gran Grandma Grandpa Nan Nana He She They We You It The This That
    There Then When What Why How Who Where And But So Or If Because Maybe Perhaps Yes No Not Now Today Tomorrow
    Yesterday Everyone Everybody Nobody Someone Somebody People Nothing Everything Something Anyway Also Just Even
    Still Sometimes Always Never Once My Our His Her Their Its Another All Some Most Both Each Either""".split()  # noqa: SIM905  # words read best as words
)


def _once(found: list[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for person in found:
        seen.setdefault(person.lower().replace("my ", "").replace("our ", ""), person)
    return tuple(seen.values())[:MOST]


def people(text: str) -> tuple[str, ...]:
    """People in the order in which they come up: “my sister”, “Ana”, “Mum”."""
    found: list[tuple[int, str]] = []
    for match in _OWNED.finditer(text):
        words = match[0].split()
        found.append((match.start(), " ".join([words[0].lower(), *words[1:]])))
    found += [(match.start(), match[1]) for match in _BARE.finditer(text)]
    names = [*_CALLED.finditer(text), *_NAME.finditer(text), *_FIRST.finditer(text)]
    found += [(match.start(1), match[1]) for match in names if match[1] not in _NO_NAMES]
    return _once([person for _, person in sorted(found)])
