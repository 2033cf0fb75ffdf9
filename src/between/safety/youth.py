"""Texts that sound as if someone under eighteen wrote them: nothing of them is kept, and the card says whom to reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from between.domain import Finding, Past
from between.errors import TooYoung

CUE = "minor"
BELIEVED_FOR = timedelta(days=1)
"""How long “I am 18 or older” holds against what only sounds young: a parent, a teacher, a memory."""
_OF_THE_RULE = frozenset({CUE, "child.minor"})


def refuse(finding: Finding) -> None:
    """``TooYoung``, before anything is kept."""
    if CUE in finding.cues:
        raise TooYoung


def unless_adult(finding: Finding, past: Past | None) -> Finding:
    """The finding without the suspicion, when the person has just said that they are of age."""
    if CUE not in finding.cues or past is None or not _believed(past, past.at):
        return finding
    cues = tuple(cue for cue in finding.cues if cue not in _OF_THE_RULE)
    about_children = any(cue.startswith("child.") for cue in cues)
    lanes = finding.lanes if about_children else tuple(lane for lane in finding.lanes if lane != "C")
    return replace(finding, cues=cues, lanes=lanes)


def _believed(past: Past, at: datetime) -> bool:
    said = past.state.adult_at if past.state else None
    return said is not None and timedelta(0) <= at - said < BELIEVED_FOR
