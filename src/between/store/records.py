"""How a record becomes bytes inside its seal, and how it is read back."""

# A record is JSON: {"v": 1, "r": {…the fields of its class…}}. A higher "v" means "written by a newer
# version": such a record is counted, never lost. Moments are ISO 8601 with their offset.

from __future__ import annotations

import json
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import PydanticSerializationError

from between.domain import (
    AfterUse,
    Consent,
    Conversation,
    Draft,
    Entry,
    Message,
    Profile,
    RiskState,
    SafetyPlan,
    Trusted,
    Use,
)
from between.errors import Damaged, TooNew

Record = (
    Entry | Conversation | Message | Draft | Profile | Consent | RiskState | SafetyPlan | Trusted
    | Use | AfterUse
)  # fmt: skip
R = TypeVar("R", bound=Record)

VERSION = 1

# ``type[Any]``: a mapping cannot say that its key and its value belong together.
KINDS: dict[type[Any], str] = {
    Entry: "entry",
    Conversation: "conversation",
    Message: "message",
    Draft: "draft",
    Profile: "profile",
    Consent: "consent",
    RiskState: "risk_state",
    SafetyPlan: "safety_plan",
    Trusted: "trusted",
    Use: "use",
    AfterUse: "after_use",
}


class _Envelope(BaseModel, Generic[R]):
    model_config = ConfigDict(frozen=True, ser_json_inf_nan="constants")

    v: Literal[1]
    r: R


# One parser for each class.
_ENVELOPES: dict[type[Any], Any] = {cls: _Envelope[cls] for cls in KINDS}  # type: ignore[valid-type]  # a loop


def pack(record: R) -> tuple[bytes, R]:
    """The bytes to seal, and the record as they will be read back."""
    envelope = _ENVELOPES[type(record)]
    try:
        return _written(envelope, record), record
    except PydanticSerializationError:
        pass  # it quotes the person's words: nothing of it may travel on
    # Half a surrogate pair, which some imports carry, is no text and cannot be written.
    whole: R = envelope.model_validate(_mended(envelope.model_construct(v=VERSION, r=record).model_dump())).r
    return _written(envelope, whole), whole


def unpack(cls: type[R], packed: bytes) -> R:
    """The record, or ``TooNew`` when a later version wrote it, or ``Damaged``."""
    try:
        record: R = _ENVELOPES[cls].model_validate_json(packed).r
    except ValidationError:
        pass  # it holds the person's words: nothing of it may travel on
    else:
        return record
    raise TooNew if _version(packed) > VERSION else Damaged


def _written(envelope: type[_Envelope[R]], record: R) -> bytes:
    return envelope.model_construct(v=VERSION, r=record).model_dump_json().encode()


def _mended(part: object) -> object:
    if isinstance(part, str):
        return part.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(part, dict):
        return {name: _mended(inner) for name, inner in part.items()}
    if isinstance(part, list | tuple):
        return [_mended(inner) for inner in part]
    return part


def _version(packed: bytes) -> int:
    try:
        found = json.loads(packed)["v"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return 0
    return found if type(found) is int else 0
