"""The nouns of the house, all from one door.

Everything here is a frozen value. Fields that hold a person's words are ``repr=False``, so that no log,
traceback or debugger line can carry them by accident.
"""

from between.domain.kept import (
    Consent,
    Conversation,
    Draft,
    Endpoint,
    Entry,
    Intent,
    ItemId,
    Message,
    Mood,
    OwnerId,
    Profile,
    Provenance,
    Recalled,
    RiskState,
    Role,
    Sealed,
    Stance,
    Tier,
)
from between.domain.passed import (
    Finding,
    Period,
    Progress,
    Reading,
    Reviewed,
    Speech,
    Turn,
)

__all__ = [
    "Consent",
    "Conversation",
    "Draft",
    "Endpoint",
    "Entry",
    "Finding",
    "Intent",
    "ItemId",
    "Message",
    "Mood",
    "OwnerId",
    "Period",
    "Profile",
    "Progress",
    "Provenance",
    "Reading",
    "Recalled",
    "Reviewed",
    "RiskState",
    "Role",
    "Sealed",
    "Speech",
    "Stance",
    "Tier",
    "Turn",
]
