"""What the reader says of one text: feelings, thinking patterns, people, and when; with and without the encoder."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from between.memory.encoder import Encoder
from between.reading.distortion import DATA
from between.reading.distortion import LABELS as PATTERNS
from between.reading.emotion import LABELS as EMOTIONS
from between.reading.linear import HEADS
from between.reading.people import people
from between.reading.read import Reader
from between.reading.sentences import LONGEST, MOST, pieces

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
ADVERSE = [
    "My wife died in August and I still lay two plates.",
    "The scan shows it has grown and they can't operate.",
    "I owe six thousand and they have sent the bailiffs.",
    "The man at the counter called me a slur and nobody said anything.",
    "We lost our home in the flood and we are in one room at my aunt's.",
    "My benefits were stopped on Monday and there's nothing in the fridge.",
    "He has lied to me for two years, I have seen the bank statements.",
    "Since the stroke I can't hold a pen.",
    "My son is in intensive care and they let us in for an hour a day.",
    "They turned down my asylum claim for the second time.",
    "I was made redundant after the merger, along with forty others.",
    "My mother does not know my name any more.",
    "We buried our daughter on Tuesday.",
    "The landlord has given us two months' notice.",
    "My hours were cut and I can't make the rent this month.",
    "The treatment has stopped working, the consultant told us today.",
    "I have been in pain every day since the accident.",
    "They moved me to another desk after I reported him.",
    "My brother was deported last week.",
    "The neighbours shout at us because of my headscarf.",
    "Our second round of IVF failed.",
    "I am deaf in one ear and they put me by the printer again.",
    "Dad has weeks, the nurse says.",
    "My ex has moved the children to Leeds without telling me.",
    "The shop closed and all eleven of us lost our jobs.",
    "The test came back positive for the gene.",
    "I've had four miscarriages and this was the fourth.",
    "My friend was killed on his bike on Thursday.",
    "They refused me the flat when they heard my name.",
    "I failed the exam and have to repeat the year.",
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(Encoder())


@pytest.fixture(scope="module")
def words_only() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I am so happy, they said yes!", "joy"),
        ("I am furious that he took my idea and I shouted at the wall.", "anger"),
        ("I miss him every morning and the house is quiet.", "sadness"),
        ("I'm scared of the results tomorrow and can't breathe.", "fear"),
        ("I feel so guilty that I lied to my mother.", "guilt"),
        ("There was mould in the bread and I felt sick with disgust.", "disgust"),
        ("They all saw me trip on the stage and I wanted to hide.", "shame"),
        ("Went to the shop and paid the gas bill.", "neutral"),
    ],
)
def test_a_plain_feeling_comes_first(reader: Reader, text: str, label: str) -> None:
    assert reader.read(text, AT).emotions[0][0] == label


def test_guesses_have_known_labels_and_fall(reader: Reader) -> None:
    reading = reader.read("I always ruin everything. I'm such an idiot and they must hate me.", AT)
    assert {label for label, _ in reading.emotions} <= set(EMOTIONS)
    assert {label for label, _ in reading.distortions} <= set(PATTERNS)
    for guesses in (reading.emotions, reading.distortions):
        likely = [value for _, value in guesses]
        assert likely == sorted(likely, reverse=True)
        assert all(0 <= value <= 1 for value in likely)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("I got one answer wrong so the whole exam was a complete failure.", "all_or_nothing"),
        ("He didn't wave back, so he must be angry with me.", "jumping_to_conclusions"),
        ("I feel stupid, so I must be stupid.", "emotional_reasoning"),
        ("I should never be tired, I must always be strong for them.", "should_statements"),
        ("I'm such a loser.", "labeling"),
        (
            "They only gave me the prize because they felt sorry for me, it doesn't count.",
            "discounting_the_positive",
        ),
    ],
)
def test_a_plain_pattern_is_among_the_guesses(reader: Reader, text: str, label: str) -> None:
    assert label in [name for name, _ in reader.read(text, AT).distortions]


def test_hardship_that_is_real_is_left_alone(reader: Reader) -> None:
    flagged = [text for text in ADVERSE if reader.read(text, AT).distortions]
    assert len(flagged) <= len(ADVERSE) * 0.1, f"{len(flagged)} of {len(ADVERSE)}"


def test_the_written_lines_cover_every_pattern_and_as_many_with_none() -> None:
    lines = [json.loads(line) for line in (DATA / "distortions.jsonl").read_text("utf-8").splitlines()]
    for label in PATTERNS:
        assert sum(label in line["labels"] for line in lines) >= 40
    assert sum(not line["labels"] for line in lines) >= 300
    assert len({line["text"] for line in lines}) == len(lines)


def test_words_alone_still_read_something(words_only: Reader) -> None:
    reading = words_only.read("I am so angry with my brother, he lied to me", AT)
    assert reading.emotions[0][0] == "anger"
    assert reading.people == ("my brother",)


def test_an_empty_text_says_nothing(reader: Reader) -> None:
    reading = reader.read("  ", AT)
    assert reading.emotions == ()
    assert reading.distortions == ()
    assert reading.people == ()


def test_a_very_long_text_is_read_in_a_few_pieces() -> None:
    cut = pieces("I walked on and on and thought of nothing much at all today. " * 400)
    assert len(cut) <= MOST
    assert all(len(piece.split()) <= LONGEST for piece in cut)


def test_the_period_in_a_question_is_read(reader: Reader) -> None:
    period = reader.read("What did I write in March?", AT).period
    assert period is not None
    assert (period.start, period.end) == (date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My sister and Ana came for dinner", ("my sister", "Ana")),
        ("I told my best friend about Dad", ("my best friend", "Dad")),
        ("We met on Monday in London after Christmas", ()),
        ("Priya said no. Then Karl laughed.", ("Priya", "Karl")),
        ("My boss told my boss's boss", ("my boss",)),
        ("I had a neighbour called Aoife", ("Aoife",)),
        ("The weather was fine.", ()),
    ],
)
def test_people_are_named_as_the_person_names_them(text: str, found: tuple[str, ...]) -> None:
    assert people(text) == found


def test_the_heads_are_small_and_hold_no_objects() -> None:
    for file in HEADS.glob("*.npz"):
        assert file.stat().st_size < 8_000_000
    assert (HEADS / "NOTICE").read_text("utf-8").count("GoEmotions") >= 2


def test_no_words_of_a_person_stand_in_the_repr(reader: Reader) -> None:
    assert "Marguerite" not in repr(reader.read("I told Marguerite in March", AT))
