"""Every way the house can refuse, one class each. Messages are constants: no foreign text, no words of a person."""


class BetweenError(Exception):
    """Root of all; never raised itself."""

    says = ""

    def __init__(self) -> None:
        super().__init__(self.says)


# vault
class WrongPassphrase(BetweenError):
    says = "That passphrase does not open this space."


class WrongRecoveryCode(BetweenError):
    says = "That recovery code does not open this space."


class WeakPassphrase(BetweenError):
    says = "That passphrase is too easy to guess."


class TooManyTries(BetweenError):
    """Carries how many seconds to wait."""

    says = "Too many tries. Please wait a little."

    def __init__(self, wait_seconds: int) -> None:
        super().__init__()
        self.wait_seconds = wait_seconds


class Busy(BetweenError):
    says = "Many people are unlocking at once. Please try again in a moment."


class Locked(BetweenError):
    says = "This space is locked."


class Damaged(BetweenError):
    says = "This could not be read: it was changed or cut short."


class TooNew(BetweenError):
    says = "This was written by a newer version of Between."


# store
class StoreInUse(BetweenError):
    says = "Another Between is already using this data folder."


class StoreUnwritable(BetweenError):
    says = "The data folder cannot be written to."


class StoreFull(BetweenError):
    says = "There is no room left on the disk. Nothing was lost, and nothing new was saved."


class StoreUnreachable(BetweenError):
    says = "The database cannot be reached."


class Forgotten(BetweenError):
    says = "This is no longer here."


# memory
class EncoderMissing(BetweenError):
    says = "The packaged language files are missing or were changed; install the requirements again."


# engines
class EngineError(BetweenError):
    """Root of what can go wrong with a model; the guide is offered instead."""


class NoKey(EngineError):
    says = "No key is set for this model."


class WrongKey(EngineError):
    says = "The model's server did not accept the key."


class NoSuchModel(EngineError):
    says = "The server does not know this model."


class RateLimited(EngineError):
    """Carries how many seconds the server asks to wait; 0 when it does not say."""

    says = "The model's server asks to wait: too many requests, or the credit is used up."

    def __init__(self, wait_seconds: int = 0) -> None:
        super().__init__()
        self.wait_seconds = wait_seconds


class ModelTimeout(EngineError):
    says = "The model took too long to answer."


class ModelUnreachable(EngineError):
    says = "The model's server could not be reached."


class StreamCut(EngineError):
    says = "The connection to the model broke in the middle of the reply."


class BadReply(EngineError):
    says = "The model's server sent something that could not be read."


class ModelFailed(EngineError):
    says = "The model's server reports a problem of its own."


class RequestRefused(EngineError):
    says = "The model's server did not accept what was sent, perhaps because it is too long for this model."


class WouldLeak(EngineError):
    says = "Something on this computer would have passed your words on elsewhere, so nothing was sent."


class NotAgreed(EngineError):
    says = "Nothing is sent until you have agreed to what is sent."


class BrokenPrompt(BetweenError):
    """Carries the name of the prompt file, for the person who edits it."""

    says = "A prompt file is broken: its header or its inputs do not fit."

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


# companion
class TooLong(BetweenError):
    """Carries the id of the safety card that the text calls for; empty for none."""

    says = "That is too long for one message. Nothing was lost: it is kept as a draft."

    def __init__(self, card: str = "") -> None:
        super().__init__()
        self.card = card


class TooYoung(BetweenError):
    says = "It sounds as if you may be under 18. Nothing of what you wrote was kept."


# journal
class EmptyEntry(BetweenError):
    says = "There is nothing written yet."


class FutureEntry(BetweenError):
    says = "That day has not come yet. An entry can be for today or for any day before."


class UnreadableImport(BetweenError):
    says = "This file could not be read in that format."


class ImportTooLarge(BetweenError):
    says = "This file is too large to bring in at once."


# safety
class UnreadableRule(BetweenError):
    says = "A safety rule is written in a way that cannot be read."


# settings
class UnknownSetting(BetweenError):
    """Carries the name that nobody knows."""

    says = "There is no such setting:"

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
