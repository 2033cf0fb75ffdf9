"""Hears that somebody is leaving, and answers without holding them back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from between.domain import RiskState, Tier
from between.safety.reviewed import honest_use

LONGEST = 60
"""Words; a longer text that ends in a farewell is a story first."""

_LEAD = (
    r"(?:(?:ok(?:ay)?|k|right|well|anyway|al(?:l )?right|so|and|but|yeah|yes|yep|no|cool|great|fine|sorry|oh|um|hm+"
    r"|(?:many )?thanks?(?: you| u)?(?: so much| a lot| again| very much)?(?: for (?:listening|this|that|today|tonight"
    r"|your (?:help|time)|the (?:chat|talk|help)|everything))?|cheers|ta|it(?:'s| is) (?:very |so |getting )?late"
    r"|i(?:'m| am)? (?:so |really )?(?:tired|sleepy|knackered|exhausted)|i think|i guess|i suppose"
    r"|i just wanted to say)[ ,;:–-]*)*"
)
_WHEN = r"(?: (?:now|then|here|for (?:now|today|tonight|the (?:day|night|evening|moment))|tonight|today))*"
_AGAIN = (
    r"(?: (?:again|tomorrow|later|soon|around|then|next (?:week|time)|another (?:day|time)|in the morning))+"
)
# What may also be a wish is left out here: "I want to go" is for the safety rules to hear.
_REST = (
    r"(?:go to (?:bed|sleep)|go and sleep|stop (?:here|now|writing|there)|log off|sign off|log out"
    r"|get (?:some )?(?:sleep|rest)|turn in|sleep now|leave it (?:here|there|at that)"
    r"|call it a (?:day|night)|hit the (?:sack|hay)|try (?:to|and) sleep)"
)
_GO = rf"(?:go(?: (?:to work|home|offline))?|run|dash|head off|head out|get going|be (?:off|going)|leave (?:now|soon)|{_REST})"
_FAREWELLS = (
    rf"(?:good ?bye|(?:bye[ -]?)+|cya|c ya|see (?:you|ya|u)|good ?night|night(?: night)?|nighty night|nite|ciao"
    rf"|farewell|ttyl|cheerio|ta-?ra|toodle-?oo|adios|so long|laters|take care|until next time|over and out)"
    rf"(?:{_WHEN}|{_AGAIN})",
    rf"(?:i(?:'ve| have)? )?(?:have|need|got|gotta|must|should|(?:had |'d )?better|ought)(?: to)? {_GO}{_WHEN}(?: soon)?",
    rf"(?:i(?:'d| had) better|i(?:'ll| will)) {_GO}{_WHEN}",
    rf"(?:let me|i want to|i(?:'d| would) like to) {_REST}{_WHEN}",
    rf"(?:i'm|im|i am)? ?(?:going|gonna|about) (?:to )?{_GO}{_WHEN}",
    r"gtg|g2g|brb|gotta go|must dash|bedtime",
    rf"(?:i'm|im|i am|i'll be)? ?(?:off|heading|going)(?: off)?(?: (?:to (?:bed|sleep)|offline))?"
    rf"{_WHEN}",
    rf"(?:i'm|im|i am) off to (?:work|lunch|dinner|bed|sleep){_WHEN}|off to (?:work|bed|sleep){_WHEN}",
    rf"(?:it(?:'s| is) )?time (?:for me )?(?:for bed|for sleep|to (?:go|sleep|stop))(?: to bed)?{_WHEN}",
    r"(?:that|this)(?:'s| is| will be|'ll be) (?:all|it|enough|me|me done)(?: from me| for me)?(?: then)?"
    r" (?:for (?:now|today|tonight|the (?:day|night)))",
    r"(?:that(?:'s| is) )?(?:quite )?enough(?: for (?:me|now|today|tonight|one (?:day|night|sitting)))?(?: now)?",
    r"that(?:'s| is) (?:all|it)(?: for (?:now|today|tonight))?,? (?:thanks|thank you)",
    r"(?:i'm|im|i am|we're)? ?(?:all )?(?:done|finished) (?:here|now|for (?:now|today|tonight|the (?:day|night)))",
    r"(?:(?:let's|can we|could we|we can|i'll|i will|i want to|i would like to|i'd like to|i'd rather|please)? ?"
    r"(?:stop|end|finish|pause|leave it|leave this|close|wrap up)(?: it| this)?"
    r" (?:here|there|at that|now|for (?:now|today|tonight|the (?:day|night))))",
    rf"(?:i'm|im|i am)? ?(?:signing|logging|checking|dropping) (?:off|out){_WHEN}",
    rf"(?:i'm|im|i am) (?:closing|leaving) (?:this|the app|the page|now|it here){_WHEN}",
    rf"(?:i(?:'ll| will) )?(?:talk|speak|chat|write|be back|come back|check in|catch (?:you|u)|until|see (?:you|ya))"
    rf"(?: to you| more)?{_AGAIN}",
)
_TAIL = r"(?:[ ,]+(?:(?:and )?(?:thanks?|thank you)(?: for [a-z' ]{3,30})?|it's (?:very |so )?late|x+))*"
_FAREWELL = re.compile(rf"{_LEAD}(?:{'|'.join(f'(?:{one})' for one in _FAREWELLS)}){_TAIL}")
_ONLY_LEAD = re.compile(_LEAD)
# A farewell of another kind: the safety rules hear it, and nobody answers it with "good night".
_FOR_GOOD = re.compile(
    r"\b(?:forever|for good|last time|final|ever again|never|world|everyone|everybody|you all)\b"
)


def leaving(text: str) -> bool:
    """Whether somebody says goodbye for today, to nobody but this page."""
    plain = "\n".join(text.replace("’", "'").casefold().splitlines())
    if len(plain.split()) > LONGEST or _FOR_GOOD.search(plain):
        return False
    said = [
        " ".join(part.split()).strip(" ,;:–-\"'()*") for part in re.split(r"[.!?\n…]+|\s[:;][)(D]", plain)
    ]
    told = [part for part in said if part and not _ONLY_LEAD.fullmatch(part)]
    return bool(told) and _FAREWELL.fullmatch(told[-1]) is not None


def goodbye(at: datetime, state: RiskState, said: Sequence[str]) -> str:
    """Two sentences at most, no question; other words than those of the last replies, where there are some."""
    words = honest_use().goodbye
    late = at.hour >= 21 or at.hour < 5
    options = words["careful"] if state.tier >= Tier.PASSIVE else words["night" if late else "any"]
    return fresh(options, said)


def fresh(options: Sequence[str], said: Sequence[str]) -> str:
    """One of several reviewed lines: the next one that was not said lately."""
    lately = [text for text in said if any(option in text for option in options)]
    used = next((n for n, option in enumerate(options) if lately and option in lately[-1]), len(said) - 1)
    return options[(used + 1) % len(options)]
