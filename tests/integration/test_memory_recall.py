"""Recall in a conversation with the real encoder: it answers questions about the past and keeps quiet otherwise.

The lines here were written after the thresholds were set; nothing is tuned to them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from between.domain import Recalled, Role, Tier
from between.evaluate.recall import recall, when
from between.memory.encoder import Encoder
from between.memory.memory import Memory
from tests.fakes_memory import NOW, FakeDiary, at_now, entry, item, message

MEMORYBANK = Path(__file__).resolve().parents[3] / "shared" / "data" / "memorybank" / "recall.jsonl"

DIARY = {
    "choir": "First rehearsal with the new choir. I sat in the second row of the altos, next to a woman called Petra who sight-reads everything. I lost my place twice and nobody minded.",
    "petra": "Petra gave me a lift home after choir. She told me about her divorce, quite calmly, as if it were weather. I wanted to say something useful and asked about the car instead.",
    "concert": "The concert. My knees shook through the whole Fauré and then stopped. Dad came with his good coat on and clapped in the wrong place, and I loved him for it.",
    "dad": "Dad rang about the scan. They want to look again in six weeks. He talked mostly about the parking at the hospital. I wrote down the date and then cleaned the oven.",
    "scan": "Sat with Dad in the waiting room for the second scan. He did the crossword in pen. The result is fine, nothing has grown. I cried in the car park where he couldn't see.",
    "boss": "Marit moved the deadline forward again in front of everybody. I said of course. Then I sat in the stairwell for ten minutes being angry with myself for saying of course.",
    "review": "Yearly review. Marit said I am reliable, which I heard as boring. She also offered the training in Ghent. I said I would think about it.",
    "ghent": "Booked the training in Ghent after all. Three days, a small hotel by the canal. I am more pleased than I let on at work.",
    "flat": "The damp is back behind the wardrobe. The landlord came, put his hand on the wall and said it was dry. It was not dry.",
    "move": "Looked at a flat on the fourth floor with a view of the railway. Too small for the piano. I keep measuring the piano as if it might have shrunk.",
    "sleep": "Awake at four again. The list went round: damp, deadline, Dad. Got up, ate cereal standing, watched the street sweeper do its slow turn.",
    "running": "Ran as far as the lock and back without stopping, the first time since spring. Afterwards the whole evening was lighter.",
    "brother": "Argument with Jonas about who takes Dad to the hospital. He said I always make myself the good one. It stung because of the small true bit in it.",
    "jonas": "Jonas came round with soup. Neither of us said sorry, but he did the washing-up and stayed to watch the football.",
    "piano": "Played the piano for an hour with the soft pedal down. The same eight bars. By the end they sounded like somebody else's hands, in a good way.",
    "therapy": "Talked with my therapist about saying of course. She asked what I would have liked to say. I did not know, and that is what I took home.",
    "letter": "Wrote a letter to Mum, eleven years late. I put it in the piano stool. It says mostly that I still make her plum cake and still burn the edge.",
    "cake": "Plum cake for Petra's birthday, edge burnt as tradition demands. Six people round a table for four.",
    "holiday": "Last day at the sea. I swam before breakfast with nobody else in the water and thought of nothing at all for perhaps a minute.",
    "bike": "The bicycle was stolen from outside the library. I stood there with the helmet on my head like an extra in a film.",
}

PAST = [
    ("What did I write about Petra?", {"choir", "petra", "cake"}),
    ("When did my knees shake?", {"concert"}),
    ("How did the second scan go?", {"scan"}),
    ("What did Marit say in my review?", {"review"}),
    ("Did I ever book the training in Ghent?", {"ghent", "review"}),
    ("What was wrong with the wall behind the wardrobe?", {"flat"}),
    ("Why did I not take the flat by the railway?", {"move"}),
    ("What went round in my head when I was awake at four?", {"sleep"}),
    ("When did I last run to the lock?", {"running"}),
    ("What was the argument with Jonas about?", {"brother"}),
    ("How did my brother and I make up?", {"jonas", "brother"}),
    ("Do you remember what I wrote about saying of course?", {"boss", "therapy"}),
    ("Where did I put the letter to Mum?", {"letter"}),
    ("What cake did I bake for the birthday?", {"cake"}),
    ("What happened to my bicycle?", {"bike"}),
    ("Have I written about swimming in the sea?", {"holiday"}),
    ("What did I say about playing the piano?", {"piano", "move"}),
    ("How did I feel at the concert?", {"concert"}),
]

SMALL_TALK = """
Good afternoon
Hello again
Hiya
Evening
How have you been?
How are things?
Nice to see you
Thanks for that
Thank you so much
Cheers
That was helpful
Okay, good
Yes please
No thanks
Mm
I suppose
Probably not
Hard to say
I'm not sure what you mean
Could you put that differently?
Sorry, I don't follow
Say that once more please
Go ahead
Let me see
Hold on a moment
I need a minute
You could be right
That's one way of seeing it
Fair point
Good question
Let's leave it there
Let's move on
What now?
Anything else?
I'm off to bed
Catch you later
Have a good one
See you soon
Happy New Year
Are you a machine?
Which model are you?
Can you hear me?
Can anyone else read this?
Is this private?
What are you able to do?
How do I export this?
Where are the settings?
How do I turn on dark mode?
Can I use this on my phone?
What is cognitive therapy?
How many people live in Canada?
Why is the sky blue?
What's seven times eight?
Tell me a fun fact
Do you like music?
Who wrote Hamlet?
What should I cook tonight?
It's windy out
The kettle is on
I'm eating a biscuit
My screen is dirty
I've got five minutes
The neighbours are noisy
It's nearly lunchtime
I am on a tram
Typing with one hand here
Oops, wrong button
Haha yes
Brilliant
Ugh
""".strip().splitlines()

UNRELATED = """
My guinea pig needs a dentist
The election results surprised everybody in the office canteen
I am learning to juggle with five clubs
We are adopting a greyhound from a rescue centre
I have chickenpox at the age of forty
The allotment committee wants to ban sheds
I lost my passport at the airport in Lisbon
My daughter starts school in September and is excited
I failed my driving theory test by one point
Our sourdough starter exploded in the cupboard
""".strip().splitlines()

MOMENTS = [
    (
        "Dad has another hospital appointment and I can't stop thinking about the scan",
        {"dad", "scan", "brother"},
    ),
    ("Marit moved the deadline again and I said of course", {"boss", "therapy"}),
    ("Petra asked me to sing at the next choir concert", {"choir", "concert", "petra"}),
    ("The damp behind the wardrobe has come back and the landlord says nothing", {"flat"}),
    ("Jonas says I always make myself the good one", {"brother"}),
    ("I baked Mum's plum cake and burnt the edge", {"letter", "cake"}),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture(scope="module")
def memory(encoder: Encoder) -> Iterator[Memory]:
    entries = [entry(name, text, 10 + 12 * i) for i, (name, text) in enumerate(DIARY.items())]
    memory = Memory(FakeDiary(*entries), encoder, at_now, None)
    memory.open()
    assert memory.wait(120)
    yield memory
    memory.close()


def of(*names: str) -> set[str]:
    return {item(name) for name in names}


def ids(found: tuple[Recalled, ...]) -> list[str]:
    return [passage.source_id for passage in found]


def opened(encoder: Encoder, *records: object) -> Memory:
    memory = Memory(FakeDiary(*records), encoder, at_now, None)  # type: ignore[arg-type]  # entries and messages
    memory.open()
    assert memory.wait(60)
    return memory


# When it speaks, and when it does not --------------------------------------------------------------


def test_questions_about_the_past_are_answered_from_what_was_written(memory: Memory) -> None:
    answered = {text: bool(of(*names) & set(ids(memory.recall(text, NOW)))) for text, names in PAST}
    missed = [text for text, right in answered.items() if not right]
    assert len(missed) <= 1, missed


def test_small_talk_brings_nothing_back(memory: Memory) -> None:
    spoke = [text for text in SMALL_TALK if memory.recall(text, NOW)]
    assert len(spoke) <= 0.05 * len(SMALL_TALK), spoke


def test_news_that_has_nothing_to_do_with_the_past_mostly_brings_nothing_back(memory: Memory) -> None:
    spoke = [text for text in UNRELATED if memory.recall(text, NOW)]
    assert len(spoke) <= 2, spoke


def test_what_returns_in_a_life_brings_the_past_back_unasked(memory: Memory) -> None:
    right = [text for text, names in MOMENTS if of(*names) & set(ids(memory.recall(text, NOW)))]
    assert len(right) >= 4, right


def test_never_more_than_three_and_each_source_once(memory: Memory) -> None:
    for text, _ in PAST:
        found = ids(memory.recall(text, NOW))
        assert len(found) <= 3
        assert len(found) == len(set(found))


def test_a_new_diary_answers_too(encoder: Encoder) -> None:
    memory = opened(encoder, entry("one", "My sister has sold the accordion from the attic.", 2))
    assert ids(memory.recall("What did I write about my sister?", NOW)) == [item("one")]
    assert memory.recall("Hello there", NOW) == ()


def test_an_empty_diary_says_nothing(encoder: Encoder) -> None:
    assert opened(encoder).recall("What did I write about my sister?", NOW) == ()


# Dates ---------------------------------------------------------------------------------------------


def test_a_question_about_a_day_brings_back_that_day(memory: Memory) -> None:
    assert set(ids(memory.recall("What did I write 34 days ago?", NOW))) == of("concert")
    assert set(ids(memory.recall("What was on my mind last week?", NOW))) <= of("choir", "petra")


def test_a_question_about_a_month_stays_in_that_month(memory: Memory) -> None:
    found = memory.recall("What did I write in October about Dad?", NOW)
    assert found
    assert all((passage.at.year, passage.at.month) == (2026, 10) for passage in found)


# What never comes back -----------------------------------------------------------------------------


def test_what_was_just_said_is_not_a_memory(encoder: Encoder) -> None:
    text = "Do you remember what Petra told me about her divorce?"
    now = message("now", text, 0)
    before = message("before", "Petra told me about her divorce in the car, quite calmly.", 0.003)
    old = message("old", "Petra and her divorce: she told me everything over plum cake.", 40)
    memory = opened(encoder, now, before, old)
    assert ids(memory.recall(text, NOW)) == [old.id]


def test_what_this_conversation_shows_is_not_a_memory(encoder: Encoder) -> None:
    shown = message("shown", "Petra told me about her divorce in the car, quite calmly.", 2)
    memory = opened(encoder, shown)
    assert ids(memory.recall("What did Petra tell me about her divorce?", NOW)) == [shown.id]
    assert memory.recall("What did Petra tell me about her divorce?", NOW, history=(shown,)) == ()


def test_an_entry_made_from_this_conversation_is_not_a_memory(encoder: Encoder) -> None:
    just = entry(
        "just", "Petra told me about her divorce in the car, quite calmly.", 0.002, source="conversation"
    )
    assert opened(encoder, just).recall("What did Petra tell me about her divorce?", NOW) == ()


@pytest.mark.parametrize("tier", [Tier.PASSIVE, Tier.ACTIVE, Tier.IMMEDIATE])
def test_a_turn_in_crisis_never_comes_back(encoder: Encoder, tier: Tier) -> None:
    text = "The night after the argument with Jonas was the worst one in years."
    memory = opened(encoder, message("bad", text, 20, tier=tier), entry("bad entry", text, 20, tier=tier))
    assert memory.recall("What happened after the argument with Jonas?", NOW) == ()
    assert memory.search("argument with Jonas") == ()


def test_replies_of_the_companion_never_come_back(encoder: Encoder) -> None:
    reply = message(
        "reply", "The argument with Jonas about the hospital sounds sore.", 20, role=Role.COMPANION
    )
    assert opened(encoder, reply).recall("What was the argument with Jonas about?", NOW) == ()


def test_small_talk_of_the_past_never_comes_back(encoder: Encoder) -> None:
    greetings = [message(text, text, 5 + i) for i, text in enumerate(SMALL_TALK)]
    memory = opened(encoder, *greetings)
    spoke = [
        text
        for text in ("Hello", "Thanks a lot", "What did I say?", "Did I say thanks?")
        if memory.recall(text, NOW)
    ]
    assert spoke == []


# Why -----------------------------------------------------------------------------------------------


def test_each_passage_says_why_it_came(memory: Memory) -> None:
    assert memory.recall("What did I write about Petra?", NOW)[0].why == "person:Petra"
    assert memory.recall("What happened to my bicycle?", NOW)[0].why == "words:bicycle"
    assert memory.recall("What did I write 34 days ago?", NOW)[0].why == "date:20 October 2026"
    meaning = memory.search("an ensemble of singers practising together")[0]
    assert meaning.source_id == item("choir")
    assert meaning.why == "meaning:"


def test_passages_keep_the_persons_words_out_of_logs(memory: Memory) -> None:
    passage = memory.recall("What did I write about Petra?", NOW)[0]
    assert passage.text not in repr(passage)
    assert "Petra" not in repr(passage)


# The yardstick -------------------------------------------------------------------------------------

LIFE = {
    "user": "x",
    "now": "2023/05/06 (Sat) 10:00",
    "memories": [
        {"id": 1, "date": "2023/04/27 (Thu) 10:13", "text": "User: I went rowing.\nCompanion: How was it?"},
        {"id": 2, "date": "1:56 pm on 2 May, 2023", "text": "User: I baked a rye loaf. Companion: Good."},
        {"id": 3, "date": None, "text": "User: My cat is called Bailiff."},
    ],
    "queries": [
        {"qid": "a", "q": "What did I bake?", "evidence_ids": [2]},
        {"qid": "b", "q": "What did I do on April 27th?", "evidence_ids": [1]},
        {"qid": "c", "q": "What is the name of my cat?", "evidence_ids": ["3", "1"]},
    ],
}


def test_the_yardstick_scores_and_writes_what_it_found(encoder: Encoder) -> None:
    out = StringIO()
    metrics = recall([LIFE], out, encoder)
    assert metrics["n"] == 3
    assert metrics["recall@1"] == pytest.approx(2.5 / 3, abs=1e-3)
    assert metrics["any@1"] == metrics["mrr"] == 1
    assert metrics["recall@5"] == 1
    written = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["qid"] for line in written] == ["a", "b", "c"]
    assert written[0]["ranked"][0] == "2"
    assert sorted(written[0]["ranked"]) == ["1", "2", "3"]


def test_the_yardstick_of_nothing_is_nothing(encoder: Encoder) -> None:
    assert recall([], None, encoder) == {"n": 0}


@pytest.mark.parametrize("said", [None, "", "session 3", 7, float("nan")])
def test_a_date_that_is_none_is_taken_as_none(said: object) -> None:
    assert when(said) is None


def test_evidence_is_found_in_the_public_set(encoder: Encoder) -> None:
    if not MEMORYBANK.is_file():
        pytest.skip("the memorybank set is not on this machine")
    lines = [json.loads(line) for line in MEMORYBANK.read_text("utf-8").splitlines()]
    metrics = recall(lines, None, encoder)
    assert metrics["n"] == 93
    assert metrics["recall@5"] >= 0.92
