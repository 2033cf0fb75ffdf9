"""Everything that the guide can tell about one turn before it chooses what to do."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from between.companion.days import Days
from between.companion.mirror import LONGEST_ECHO, Mirror, Piece
from between.companion.phrases import Phrases, Situation
from between.companion.tokens import EMPTY_WORDS, content_words, plain, sentences, stem, unquoted, words
from between.companion.turning import uneven
from between.domain import Message, Role, Stance, Tier, Turn
from between.reading.people import people

WINDOW = 12
"""Companion turns within which nothing is said twice."""
SURE, SURE_ANGER = 0.8, 0.9
"""How likely a feeling must be before a reply takes it for granted."""
DARK = 0.5
"""How likely it must be to choose graver words without naming it."""
GRAVE = frozenset("PACVU")
"""Lanes of the safety rules that ask for care whatever the tier."""
STEADY_FOR = 6
"""Replies for which level words need not be said again."""
_STILL_GOOD = ("good", "summary", "recall", "short.agree", "short.yes", "questions.advice", "thanks")
NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TONES = {
    "anger": "angry", "fear": "afraid", "sadness": "sad", "shame": "ashamed", "guilt": "ashamed",
    "disgust": "hard",
}  # fmt: skip
_PAST = re.compile(
    r"\b(?:was|were|had|did|didn't|went|said|came|got|left|told|took|found|made|saw|felt|gave|rang|\w{3,}ed|lost|forgot)\b"
)
_AHEAD = re.compile(r"\b(?:will|i'll|going to|tomorrow|next week|thinking of|might|could|if)\b")
_PLURAL = re.compile(
    r"(?:parents|friends|kids|children|boys|girls|neighbou?rs|colleagues|co-?workers|in-laws)$", re.I
)


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known when a reply is chosen; nothing here outlives the turn."""

    turn: Turn = field(repr=False)
    low: str = field(repr=False)
    """The text as patterns are tried on it."""
    pieces: tuple[Piece, ...] = field(repr=False)
    """What can be given back of the text, best first, not yet quoted before."""
    echo: str = field(repr=False)
    """The text, or its last sentence, said to the person; empty where that might go wrong."""
    learner: bool
    """The grammar is a learner's: their words are quoted and never turned round."""
    earlier: str = field(repr=False)
    """The best piece of what the person wrote before; empty for none."""
    label: str = field(repr=False)
    situation: Situation | None
    carried: bool
    """The situation comes from an earlier message, so nothing more is said of it, only asked."""
    tone: str
    """``angry``, ``afraid``, ``sad``, ``ashamed``, ``hard``, ``good`` or ``plain``."""
    person: str = field(repr=False)
    person_is_many: bool
    company: str = field(repr=False)
    """The person spoken of, in this text or lately."""
    topic: str = field(repr=False)
    feeling: str = field(repr=False)
    noticed: tuple[tuple[str, str], ...] = field(repr=False)
    """Tables of ``notice`` that fit, each with the words that were noticed."""
    material: str = field(repr=False)
    """The best piece of what was last told, quoted before or not; empty for none."""
    word: str = field(repr=False)
    said: tuple[str, ...] = field(repr=False)
    """What the companion said, oldest first."""
    theirs: tuple[str, ...] = field(repr=False)
    """What the person wrote before, oldest first, without what the safety rules saw danger in: it is not brought up."""
    moves: tuple[str, ...]
    """What the companion did, oldest first; empty where it is not known."""
    careful: bool
    """The safety rules have seen something grave: no other views, no past, no pressing."""
    steadied: bool
    """Level words were said a short while ago, by the guide or by the safety rules."""
    asked: int
    """How many of its last turns in a row ended in a question."""
    happened: bool
    """The text tells of something that took place."""
    no_questions: bool
    night: bool

    @property
    def turns(self) -> int:
        """Which of the messages that may be brought up this is, counted from one."""
        return len(self.theirs) + 1

    @property
    def bank(self) -> str:
        """Which of the three reflection tables suits the tone."""
        return self.tone if self.tone in ("good", "plain") else "hard"

    @property
    def last_move(self) -> str:
        """What the companion did last."""
        return self.moves[-1] if self.moves else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _said_by(history: tuple[Message, ...], role: Role) -> list[Message]:
    return [message for message in history if message.role is role]


def _to_them(person: str) -> str:
    """ "my sister" as the companion says it."""
    return re.sub(r"^(?:my|our)\b", "your", person, flags=re.IGNORECASE)


class Onlooker:
    """Makes scenes out of turns."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases
        self.mirror = Mirror(phrases)
        self._feelings = phrases.words("feelings.words")
        lists = ("weight.words", "feelings.words", "topics.named", "topics.mass")
        self._telling = frozenset().union(*(phrases.words(name) for name in lists))
        self._days = Days(phrases)
        nouns = "|".join(sorted(phrases.words("topics.named"), key=len, reverse=True))
        mass = "|".join(sorted(phrases.words("topics.mass"), key=len, reverse=True))
        self._named = re.compile(rf"\b(my|our|the|this|that|a|an|his|her|their) (?:\w+ )?({nouns})\b")
        self._mass = re.compile(rf"\b({mass})\b")

    def look(self, turn: Turn) -> Scene:
        """The scene of a turn."""
        theirs = [one.text for one in _said_by(turn.history, Role.PERSON) if one.tier < Tier.PASSIVE]
        answers = _said_by(turn.history, Role.COMPANION)
        said = tuple(message.text for message in answers)
        low = plain(turn.text)
        situation, carried = self._days.now(low, theirs, turn.reading.emotions)
        moves = tuple(self._move(message) for message in answers)
        if carried and situation is not None and situation.tone == "good" and moves[-1] not in _STILL_GOOD:
            situation = None  # the mood of the talk has turned
        person = self._person(turn)
        learner = any(uneven(text) for text in (*theirs[-6:], turn.text))
        return Scene(
            turn=turn,
            low=low,
            pieces=self._fresh(self.mirror.pieces(turn.text), said),
            echo="" if learner else self._echo(turn.text),
            learner=learner,
            earlier=self._earlier(theirs, said),
            label=self.mirror.label(turn.text),
            situation=situation,
            carried=carried,
            tone=self._tone(turn, situation),
            person=person,
            person_is_many=bool(_PLURAL.search(person)),
            company=person or self._company(theirs),
            topic=self._topic(low),
            feeling=self._feeling(low),
            word=self._word(turn.text),
            noticed=tuple(
                (key, seen) for key, seen in self._phrases.noticed(low) if not self.mirror.harsh.grave(seen)
            ),
            material=self._material([*theirs, turn.text]),
            said=said,
            theirs=tuple(theirs),
            moves=moves,
            careful=turn.finding.tier >= Tier.PASSIVE or bool(GRAVE & set(turn.finding.lanes)),
            steadied=any(_level(message) for message in answers[-STEADY_FOR:]),
            asked=_in_a_row(said),
            happened=bool(_PAST.search(low)) and not _AHEAD.search(low),
            no_questions=self._no_questions([*theirs, turn.text], turn),
            night=turn.at.hour < 5,
        )

    def _move(self, message: Message) -> str:
        """What a reply did: as kept with it, or as its words tell for replies of another engine."""
        if message.provenance and message.provenance.move:
            return message.provenance.move
        if any(line.rsplit(". ", 1)[-1] in message.text for line in self._phrases.lines("summary.three")):
            return "summary"
        return "recall" if re.search(r"\b(?:On \d+ \w+|Yesterday)[^.]* you wrote “", message.text) else ""

    def _tone(self, turn: Turn, situation: Situation | None) -> str:
        if situation is not None and situation.tone == "good":
            return "good"
        for label, likely in turn.reading.emotions:
            if likely >= (SURE_ANGER if label == "anger" else SURE) and label in _TONES:
                return _TONES[label]
        dark = any(likely >= DARK and label in _TONES for label, likely in turn.reading.emotions)
        return "hard" if situation is not None or dark else "plain"

    def _person(self, turn: Turn) -> str:
        found = turn.reading.people or people(turn.text)
        return _to_them(found[0]) if found else ""

    def _echo(self, text: str) -> str:
        """The last one or two sentences said to the person, as far as both can be."""
        cut = sentences(text)[-2:]
        made = [self.mirror.echo(sentence) for sentence in cut]
        if len(made) == 2 and all(made) and len(words(text)) <= LONGEST_ECHO:
            return f"{made[0]}. {_capital(made[1])}"
        return made[-1] if made else ""

    def _company(self, theirs: list[str]) -> str:
        found = next((named for text in reversed(theirs[-4:]) if (named := people(text))), ())
        return _to_them(found[0]) if found else ""

    def about_us(self, text: str) -> bool:
        """Whether the text speaks of these replies rather than of the person's life."""
        return self._phrases.first("repair", plain(text)) is not None

    def _aside(self, text: str) -> bool:
        """Whether the text is only an answer to these replies: nothing to go back to."""
        return self.about_us(text) or self._phrases.first("short", plain(text)) is not None

    def _topic(self, low: str) -> str:
        match = self._named.search(low)
        if match:
            owner = {"my": "your", "our": "your", "his": "his", "her": "her", "their": "their"}.get(
                match[1], "the"
            )
            return f"{owner} {match[2]}"
        mass = self._mass.search(low)
        return mass[1] if mass else ""

    def _feeling(self, low: str) -> str:
        for word in sorted(self._feelings, key=lambda word: low.find(word)):
            match = re.search(
                rf"\b(?:i'm|im|i am|i feel|i felt|feeling|so|i was) (?:\w+ ){{0,2}}{re.escape(word)}\b", low
            )
            if match and not re.search(
                r"\b(?:not|n't|never|no|didn't|don't|he|she|they|was she|was he)\b", match[0]
            ):
                return word
        return ""

    def _word(self, text: str) -> str:
        for word in sorted(content_words(text), key=lambda word: -len(word)):
            if word in self._telling and not self.mirror.harsh.grave(word):
                return word
        return ""

    def _fresh(self, pieces: list[Piece], said: tuple[str, ...]) -> tuple[Piece, ...]:
        quoted = " ".join(said[-WINDOW:])
        return tuple(piece for piece in pieces if f"“{piece.text}”" not in quoted)

    def _earlier(self, theirs: list[str], said: tuple[str, ...]) -> str:
        lately = plain(" ".join(said[-3:]))
        for text in reversed(theirs[-6:]):
            if self._aside(text):
                continue
            for piece in self.mirror.pieces(text):
                end = " ".join(plain(piece.text).split()[-2:])
                if end not in lately and not piece.asked and len(content_words(piece.text)) >= 2:
                    return piece.text
        return ""

    def _material(self, texts: list[str]) -> str:
        for text in reversed(texts[-6:]):
            pieces = [piece for piece in self.mirror.pieces(text) if not piece.asked]
            told = [piece.text for piece in pieces if len(content_words(piece.text)) >= 2]
            if told and not self._aside(text):
                return told[0]
        return ""

    def _no_questions(self, texts: list[str], turn: Turn) -> bool:
        """Asked not to ask, in this conversation; or the person only wants to be listened to."""
        patterns = self._phrases.patterns("repair.no_questions")
        return turn.stance is Stance.LISTEN or any(p.search(plain(text)) for text in texts for p in patterns)

    def returning(self, scene: Scene) -> tuple[str, int]:
        """A telling word of this text that the person keeps using, and in how many messages; else nothing."""
        counts = Counter(stem(word) for text in scene.theirs[-7:] for word in set(content_words(text)))
        people_too = set(plain(scene.person).split())
        for word in content_words(scene.turn.text):
            times = counts[stem(word)] + 1
            plain_word = word not in people_too and word not in EMPTY_WORDS and len(word) >= 4
            if times >= 4 and plain_word and not self.mirror.harsh.grave(word):
                return word, min(times, 9)
        return "", 0


def _level(message: Message) -> bool:
    source = message.provenance
    return source is not None and (source.engine == "safety" or source.move.startswith("steady"))


def _in_a_row(said: tuple[str, ...]) -> int:
    asked = 0
    for text in reversed(said):
        if "?" not in unquoted(text):
            break
        asked += 1
    return asked
