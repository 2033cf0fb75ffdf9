"""What the safety rules remember across chats: rises at once, falls slowly and only on the person's own word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from between.domain import Finding, Past, RiskState, Tier
from between.safety.reviewed import causes as cause_words

TURNS_TO_FALL = 10
"""Turns of the person, since the last rise, before the tier may fall at all."""
HOLD_AT_TOP = timedelta(hours=24)
SAFE_CUE = "talk.safe_now"
"""The rule for a plain statement of safety or of being with someone."""
_LANE_LASTS = {"P": timedelta(days=7)}
_LANE_LASTS_OTHERWISE = timedelta(days=1)
_PASSING = frozenset({"U", "R", "Z", "X"})
_CAUSES_KEPT = 12
_NO_DANGER = ("heard.", "hint.", "talk.", "stress.", "denied", "past", "other_person")
"""How cues begin that no rule for danger gave."""
LOW_CUE = "heard.low"
"""The second look finds a text low, though not acute by itself."""
LOW_TEXTS, LOW_DAYS, LOW_APART = 3, timedelta(days=7), timedelta(hours=1)
"""C5: so many low texts, each some time after the last, in so many days call for the gentle question."""
C5_CUE = "c5.low_days"
REFUSALS = 3
"""C7: after so many refusals at tier 3 another route is offered, and someone's company."""


def step(state: RiskState, finding: Finding, at: datetime, text: str) -> RiskState:
    """The state after one more turn of the person; a turn without words changes nothing."""
    if not text.strip():
        return state
    state = _with_lows(_with_lanes(_by_this_clock(state, at), finding, at), finding, at)
    state = replace(state, refusals=state.refusals + ("Z" in finding.lanes), firm=state.firm or finding.hard)
    if finding.tier > state.tier:
        raised = replace(state, tier=finding.tier, since=at, turns_since=0, asked=False, refusals=0)
        return _with_causes(raised, finding, at)
    if finding.tier == state.tier and finding.tier >= Tier.PASSIVE and not _says_safe(finding):
        return _with_causes(replace(state, since=at, turns_since=0), finding, at)
    state = replace(state, turns_since=state.turns_since + 1)
    if _may_fall(state, finding, at):
        lower = Tier(state.tier - 1)
        since = at if lower else None
        firm = state.firm and lower >= Tier.PASSIVE
        return replace(state, tier=lower, since=since, turns_since=0, asked=True, refusals=0, firm=firm)
    return state


def add_up(finding: Finding, past: Past) -> Finding:
    """The finding, raised to the gentle question where it is one low text too many within days (C5)."""
    state = past.state
    if state is None or finding.tier >= Tier.PASSIVE or state.tier >= Tier.PASSIVE:
        return finding
    if LOW_CUE not in finding.cues or len(_lows(state, past.at)) + 1 < LOW_TEXTS:
        return finding
    return replace(finding, tier=Tier.PASSIVE, cues=tuple(sorted({*finding.cues, C5_CUE})))


def at_top(state: RiskState) -> bool:
    """Whether only safety is spoken of: for a day after the last sign of danger in these hours."""
    if state.tier is not Tier.IMMEDIATE:
        return False
    return state.since is None or state.seen is None or state.seen - state.since < HOLD_AT_TOP


def holds(state: RiskState, lane: str, at: datetime) -> bool:
    """Whether a lane is still remembered at that moment."""
    times = [seen for name, seen in state.lane_times if name == lane]
    return any(at - seen < _LANE_LASTS.get(lane, _LANE_LASTS_OTHERWISE) for seen in times)


def tired_of_lines(state: RiskState) -> bool:
    """Whether help was refused so often that the same offer would only be in the way (C7)."""
    return state.tier >= Tier.ACTIVE and state.refusals >= REFUSALS


def question_due(state: RiskState) -> bool:
    """Whether the one safety question of this escalation is still to be asked (tiers 2 and 3)."""
    return state.tier in (Tier.PASSIVE, Tier.ACTIVE) and not state.asked


def mark_asked(state: RiskState) -> RiskState:
    """The state after the safety question was shown."""
    return replace(state, asked=True)


def not_meant(before: RiskState, finding: Finding, now: RiskState) -> RiskState:
    """After “that is not what I meant”: back to the earlier state, unless a hard rule had fired."""
    return now if finding.hard or now.firm or now.tier == Tier.IMMEDIATE else before


def forgotten(state: RiskState) -> RiskState:
    """After everything that was written was forgotten: as alert as before, without what it was about."""
    # Tier, lanes and times stay, and the state is not deleted: the tier falls only after ten turns and on the
    # person's own word of safety, never by silence (clinical R56), and forgetting is a silence. The causes say
    # by category and day what the forgotten words were about, so they go. One stays that says nothing of it,
    # because whoever asks must be told in plain text that something is remembered (R55).
    since = state.since.date().isoformat() if state.since else ""
    return replace(state, causes=(f"{since} other",) if state.causes and since else ())


def explain(state: RiskState) -> tuple[str, ...]:
    """What the rules remember, in plain sentences for the person."""
    words = cause_words()
    lines = []
    for cause in state.causes:
        day, _, key = cause.partition(" ")
        lines.append(words.line.format(date=day, what=words.words.get(key, words.words["other"])))
    return tuple(lines)


def _may_fall(state: RiskState, finding: Finding, at: datetime) -> bool:
    if state.tier == Tier.NONE or state.turns_since < TURNS_TO_FALL:
        return False
    if state.tier == Tier.IMMEDIATE and state.since is not None and at - state.since < HOLD_AT_TOP:
        return False
    return state.tier == Tier.DISTRESS or _says_safe(finding)


def _says_safe(finding: Finding) -> bool:
    """Whether a text is a word of safety: “I am with her, and I want to die” is none; a mere guess takes none away."""
    if SAFE_CUE not in finding.cues:
        return False
    guessed = all(
        cue.startswith(_NO_DANGER) for cue in finding.cues
    )  # the second look is often deaf to “no longer”
    return finding.tier < Tier.PASSIVE or (guessed and not finding.hard)


def _by_this_clock(state: RiskState, at: datetime) -> RiskState:
    """The state without moments that have not come yet: a clock that was set back must not stretch what it measures."""
    times = tuple((lane, min(seen, at)) for lane, seen in state.lane_times)
    since = min(state.since, at) if state.since else None
    return replace(state, since=since, lane_times=times, lows=tuple(min(low, at) for low in state.lows))


def _with_lanes(state: RiskState, finding: Finding, at: datetime) -> RiskState:
    times = {
        lane: seen
        for lane, seen in state.lane_times
        if at - seen < _LANE_LASTS.get(lane, _LANE_LASTS_OTHERWISE)
    }
    times |= {lane: at for lane in finding.lanes if lane not in _PASSING}
    return replace(state, lanes=tuple(sorted(times)), lane_times=tuple(sorted(times.items())))


def _with_lows(state: RiskState, finding: Finding, at: datetime) -> RiskState:
    if C5_CUE in finding.cues:
        return replace(state, lows=())
    lows = _lows(state, at)
    if LOW_CUE in finding.cues and (not lows or at - lows[-1] >= LOW_APART):
        lows = (*lows, at)
    return replace(state, lows=lows)


def _lows(state: RiskState, at: datetime) -> tuple[datetime, ...]:
    return tuple(low for low in state.lows if at - low < LOW_DAYS)


def _with_causes(state: RiskState, finding: Finding, at: datetime) -> RiskState:
    if finding.tier < Tier.PASSIVE:
        return state
    new = [f"{at.date().isoformat()} {key}" for key in _cause_keys(finding.cues)]
    kept = dict.fromkeys([*state.causes, *new])
    return replace(state, causes=tuple(kept)[-_CAUSES_KEPT:])


def _cause_keys(cues: Iterable[str]) -> list[str]:
    words = cause_words().words
    groups = dict.fromkeys(cue.partition(".")[0] for cue in sorted(cues))
    return [g for g in groups if g in words and g != "other"] or ["other"]
