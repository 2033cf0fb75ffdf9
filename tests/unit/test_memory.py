"""What is remembered comes back, and what is forgotten does not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from between.domain import Conversation, Period, Progress, Recalled, Role, Tier
from between.errors import EncoderMissing, StoreFull
from between.memory.memory import Memory
from between.memory.nearest import IndexBroken, VectorIndex
from tests.fakes_memory import NOW, BrittleIndex, FakeDiary, FakeEncoder, at_now, entry, item, message

ACCORDION = "My sister has sold the accordion that stood in the attic since our childhood."
HERON = "A heron stood on the weir this morning and did not move for half an hour."
MEETING = "The budget meeting overran and nobody let the new colleague finish a sentence."


def opened(
    diary: FakeDiary, encoder: FakeEncoder | None = None, private: VectorIndex | None = None
) -> Memory:
    memory = Memory(diary, encoder or FakeEncoder(), at_now, None if private is None else lambda: private)
    memory.open()
    assert memory.wait(20)
    return memory


def ids(found: tuple[Recalled, ...]) -> list[str]:
    return [passage.source_id for passage in found]


@pytest.fixture
def diary() -> FakeDiary:
    return FakeDiary(
        entry("accordion", ACCORDION, 30), entry("heron", HERON, 3), entry("meeting", MEETING, 100)
    )


@pytest.fixture
def memory(diary: FakeDiary) -> Iterator[Memory]:
    memory = opened(diary)
    yield memory
    memory.close()


# Remembering and forgetting ------------------------------------------------------------------------


def test_what_fits_best_comes_first(memory: Memory) -> None:
    assert ids(memory.search("the sister's accordion"))[0] == item("accordion")
    assert ids(memory.search("herons"))[0] == item("heron")


def test_a_passage_is_an_exact_piece_of_its_source() -> None:
    long = (
        " ".join(f"Line {i} says that the lighthouse was number {i}." for i in range(60)) + " A heron came."
    )
    memory = opened(FakeDiary(entry("long", long, title="Lights")))
    found = memory.search("heron")
    assert len(found) == 1
    assert found[0].text in long
    assert "heron" in found[0].text
    assert len(found[0].text) < len(long) / 2


def test_each_source_comes_back_once() -> None:
    memory = opened(
        FakeDiary(entry("long", "The heron came again to the weir. " * 80), entry("other", HERON))
    )
    assert sorted(ids(memory.search("heron weir"))) == sorted([item("long"), item("other")])


def test_a_forgotten_entry_is_never_recalled(memory: Memory, diary: FakeDiary) -> None:
    memory.forget(item("heron"))
    assert item("heron") not in ids(memory.search("heron weir morning"))
    assert item("heron") not in diary.kept
    memory.close()
    diary.forget(item("heron"))
    assert item("heron") not in ids(opened(diary).search("heron weir morning"))


def test_an_entry_that_left_the_diary_does_not_come_back_even_if_memory_was_not_told(
    memory: Memory, diary: FakeDiary
) -> None:
    diary.forget(item("heron"))
    assert item("heron") not in ids(memory.search("heron weir morning"))


def test_a_new_entry_is_found_at_once(memory: Memory, diary: FakeDiary) -> None:
    new = entry("violin", "I carried the violin to Tamsin on foot.", 0)
    diary.put(new)
    memory.remember(new)
    assert ids(memory.search("violins"))[0] == new.id
    assert new.id in diary.kept


def test_an_edited_entry_is_found_by_its_new_words_only(memory: Memory, diary: FakeDiary) -> None:
    edited = replace(entry("heron", HERON), text="A kingfisher, at last, below the bridge.")
    diary.put(edited)
    memory.remember(edited)
    assert memory.search("kingfisher")[0].text == edited.text
    assert not [one for one in memory.search("heron weir") if "heron" in one.text]


def test_an_edit_that_memory_was_not_told_of_never_shows_a_wrong_piece(
    memory: Memory, diary: FakeDiary
) -> None:
    diary.put(replace(entry("heron", HERON), text="Short now."))
    assert item("heron") not in ids(memory.search("heron weir morning"))


def test_words_of_title_and_tags_find_an_entry() -> None:
    memory = opened(
        FakeDiary(entry("a", ACCORDION, title="Bridie", tags=("grandfather",)), entry("b", HERON))
    )
    assert ids(memory.search("Bridie"))[0] == item("a")
    assert ids(memory.search("grandfather"))[0] == item("a")


@pytest.mark.parametrize(
    "kept_out",
    [
        entry("out", HERON, remember=False),
        entry("out", HERON, tier=Tier.PASSIVE),
        entry("out", HERON, tier=Tier.IMMEDIATE),
        entry("out", "   "),
        message("out", HERON, role=Role.COMPANION),
        message("out", HERON, remember=False),
        message("out", HERON, tier=Tier.ACTIVE),
    ],
    ids=["kept out", "crisis", "acute crisis", "blank", "companion", "message kept out", "crisis message"],
)
def test_what_may_not_come_back_is_never_taken_in(kept_out: object) -> None:
    diary, encoder = FakeDiary(kept_out, entry("other", ACCORDION)), FakeEncoder()  # type: ignore[arg-type]
    memory = opened(diary, encoder)
    memory.remember(kept_out)  # type: ignore[arg-type]  # an entry or a message
    assert item("out") not in ids(memory.search("heron on the weir"))
    assert item("out") not in diary.kept
    assert not [text for text in encoder.embedded if "heron" in text]


def test_keeping_an_entry_out_later_forgets_it(memory: Memory, diary: FakeDiary) -> None:
    out = replace(entry("heron", HERON), remember=False)
    diary.put(out)
    memory.remember(out)
    assert item("heron") not in ids(memory.search("heron weir"))
    assert item("heron") not in diary.kept


def test_messages_of_a_conversation_that_is_kept_out_stay_out() -> None:
    secret = Conversation(item("secret"), NOW, remember=False)
    diary = FakeDiary(secret, message("m", HERON, conversation_id=secret.id), message("n", HERON + " Again."))
    assert ids(opened(diary).search("heron")) == [item("n")]


def test_messages_come_back_as_messages() -> None:
    found = opened(FakeDiary(message("m", HERON))).search("heron")
    assert [one.source for one in found] == ["message"]


# Opening, background work, closing -----------------------------------------------------------------


def test_the_second_opening_embeds_nothing(memory: Memory, diary: FakeDiary) -> None:
    memory.close()
    encoder = FakeEncoder()
    again = opened(diary, encoder)
    assert encoder.embedded == []
    assert ids(again.search("heron"))[0] == item("heron")


def test_words_find_an_entry_before_its_vectors_are_made(diary: FakeDiary) -> None:
    encoder = FakeEncoder()
    encoder.gate.clear()
    memory = Memory(diary, encoder, at_now, None)
    memory.open()
    assert memory.ready == Progress(0, 3)
    assert ids(memory.search("heron"))[0] == item("heron")
    encoder.gate.set()
    assert memory.wait(20)
    assert memory.ready == Progress(3, 3)
    memory.close()


@pytest.mark.parametrize(
    ("other", "damage"),
    [
        (FakeEncoder("fake/2"), None),
        (FakeEncoder("fake/1", 32), None),
        (FakeEncoder(), lambda blob: blob[:-7]),
        (FakeEncoder(), lambda blob: b"BTV9" + blob[4:]),
    ],
    ids=["another encoder", "another length", "damaged", "from a newer version"],
)
def test_vectors_that_do_not_fit_are_made_again(diary: FakeDiary, other: FakeEncoder, damage: object) -> None:
    opened(diary).close()
    if damage is not None:
        diary.kept[item("heron")] = damage(diary.kept[item("heron")])  # type: ignore[operator]  # a function
    memory = opened(diary, other)
    embedded = [text for text in other.embedded if "heron" in text]
    assert len(embedded) == 1
    assert memory.ready == Progress(3, 3)
    assert ids(memory.search("heron"))[0] == item("heron")


def test_vectors_of_a_text_that_was_changed_elsewhere_are_made_again(diary: FakeDiary) -> None:
    opened(diary).close()
    diary.put(replace(entry("heron", HERON, 3), text="A kingfisher below the bridge."))
    encoder = FakeEncoder()
    memory = opened(diary, encoder)
    assert len(encoder.embedded) == 1
    assert memory.search("kingfisher")[0].source_id == item("heron")


def test_bytes_without_a_source_are_thrown_away(diary: FakeDiary) -> None:
    diary.kept[item("gone")] = b"left over"
    opened(diary)
    assert item("gone") not in diary.kept


def test_an_entry_forgotten_while_it_is_embedded_stays_forgotten(diary: FakeDiary) -> None:
    encoder = FakeEncoder()
    encoder.gate.clear()
    memory = Memory(diary, encoder, at_now, None)
    memory.open()
    assert encoder.started.wait(10)
    memory.forget(item("heron"))
    encoder.gate.set()
    assert memory.wait(20)
    assert item("heron") not in diary.kept
    assert item("heron") not in ids(memory.search("heron weir"))
    assert memory.ready == Progress(2, 2)


def test_an_entry_edited_while_it_is_embedded_keeps_the_later_text(diary: FakeDiary) -> None:
    encoder = FakeEncoder()
    encoder.gate.clear()
    memory = Memory(diary, encoder, at_now, None)
    memory.open()
    assert encoder.started.wait(10)
    edited = replace(entry("heron", HERON, 3), text="A kingfisher below the bridge.")
    diary.put(edited)
    later = threading.Thread(target=memory.remember, args=(edited,))
    later.start()
    encoder.gate.set()
    later.join(20)
    assert memory.wait(20)
    assert memory.search("kingfisher")[0].source_id == item("heron")
    again = FakeEncoder()
    memory.close()
    opened(diary, again)
    assert again.embedded == []


def test_without_its_files_words_still_find_and_the_caller_is_told(diary: FakeDiary) -> None:
    encoder = FakeEncoder()
    encoder.missing = True
    memory = opened(diary, encoder)
    assert ids(memory.search("heron"))[0] == item("heron")
    new = entry("violin", "The violin is gone.", 0)
    diary.put(new)
    with pytest.raises(EncoderMissing):
        memory.remember(new)
    assert ids(memory.search("violin"))[0] == new.id
    assert memory.ready == Progress(0, 4)


def test_a_full_disk_does_not_stop_finding(diary: FakeDiary) -> None:
    diary.trouble = StoreFull()
    memory = opened(diary)
    assert ids(memory.search("heron"))[0] == item("heron")
    new = entry("violin", "The violin is gone.", 0)
    diary.put(new)
    with pytest.raises(StoreFull):
        memory.remember(new)
    assert ids(memory.search("violin"))[0] == new.id


def test_the_private_index_takes_over_and_may_break(diary: FakeDiary) -> None:
    private = BrittleIndex()
    memory = opened(diary, private=private)
    assert len(private) == 3
    private.broken = True
    assert ids(memory.search("heron"))[0] == item("heron")
    assert private.closed


def test_where_there_is_no_private_index_exact_search_stays(diary: FakeDiary) -> None:
    def unavailable() -> VectorIndex:
        raise IndexBroken

    memory = Memory(diary, FakeEncoder(), at_now, unavailable)
    memory.open()
    assert memory.wait(20)
    assert ids(memory.search("heron"))[0] == item("heron")


def test_a_closed_memory_finds_nothing_and_its_thread_is_gone(diary: FakeDiary) -> None:
    encoder, private = FakeEncoder(), BrittleIndex()
    memory = opened(diary, encoder, private)
    memory.close()
    assert memory.search("heron") == ()
    assert private.closed
    assert not [thread for thread in threading.enumerate() if thread.name == "memory"]
    memory.close()


def test_closing_does_not_wait_for_a_long_import() -> None:
    diary = FakeDiary(*(entry(i, f"{HERON} {i}") for i in range(500)))
    encoder = FakeEncoder()
    encoder.gate.clear()
    memory = Memory(diary, encoder, at_now, None)
    memory.open()
    assert encoder.started.wait(10)
    threading.Timer(0.1, encoder.gate.set).start()
    memory.close()
    assert len(encoder.embedded) < 400


def test_many_threads_may_write_and_search_at_once() -> None:
    diary = FakeDiary(*(entry(i, f"Note {i} about the heron and the weir.") for i in range(40)))
    memory = Memory(diary, FakeEncoder(), at_now, BrittleIndex)
    memory.open()
    trouble: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for i in range(15):
                new = entry(f"{number}-{i}", f"Violin {number} {i} in the attic.")
                diary.put(new)
                memory.remember(new)
                memory.search("violin heron")
                if i % 3 == 0:
                    memory.forget(new.id)
        except BaseException as error:  # noqa: BLE001  # carried to the main thread
            trouble.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert memory.wait(20)
    assert trouble == []
    assert memory.ready == Progress(80, 80)
    found = ids(memory.search("violin attic", k=200))
    assert item("0-1") in found
    assert item("0-3") not in found
    memory.close()


# Rebuilding ----------------------------------------------------------------------------------------


def test_a_rebuild_embeds_everything_again_and_says_how_far_it_is(diary: FakeDiary) -> None:
    encoder = FakeEncoder()
    memory = opened(diary, encoder)
    encoder.embedded.clear()
    seen: list[Progress] = []
    memory.rebuild(seen.append)
    assert len(encoder.embedded) == 3
    assert seen[-1] == Progress(3, 3)
    assert ids(memory.search("heron"))[0] == item("heron")


def test_a_rebuild_heals_what_is_missing_or_too_much(memory: Memory, diary: FakeDiary) -> None:
    memory.forget(item("heron"))
    diary.records.pop(item("meeting"))
    memory.rebuild()
    assert ids(memory.search("heron"))[0] == item("heron")
    assert set(diary.kept) == {item("heron"), item("accordion")}


def test_a_cancelled_rebuild_stops_and_loses_nothing() -> None:
    diary = FakeDiary(*(entry(i, f"{HERON} {i}") for i in range(100)))
    encoder, cancel = FakeEncoder(), threading.Event()
    memory = opened(diary, encoder)
    encoder.embedded.clear()
    memory.rebuild(lambda _: cancel.set(), cancel)
    assert 0 < len(encoder.embedded) < 100
    assert memory.ready == Progress(100, 100)
    assert len(ids(memory.search("heron", k=200))) == 100


def test_a_rebuild_that_its_page_breaks_off_leaves_memory_whole(memory: Memory) -> None:
    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        memory.rebuild(stop)
    assert memory.wait(20)
    assert ids(memory.search("heron"))[0] == item("heron")


# Periods -------------------------------------------------------------------------------------------


def test_a_given_period_holds(memory: Memory) -> None:
    month = Period(date(2026, 10, 20), date(2026, 10, 28), "")
    assert ids(memory.search("heron", period=month)) == [item("accordion")]


def test_a_given_period_in_which_nothing_was_written_is_widened_a_little(memory: Memory) -> None:
    nearly = Period(date(2026, 10, 26), date(2026, 10, 26), "")
    assert ids(memory.search("anything", period=nearly)) == [item("accordion")]
    long_ago = Period(date(2020, 1, 1), date(2020, 1, 1), "")
    assert memory.search("anything", period=long_ago) == ()


def test_days_that_the_text_names_are_preferred_and_not_required() -> None:
    memory = opened(FakeDiary(entry("old", HERON, 200), entry("new", HERON + " Really.", 3)))
    assert ids(memory.search("the heron three days ago")) == [item("new"), item("old")]
    day = NOW - timedelta(days=200)
    assert ids(memory.search(f"the heron on {day:%d %B %Y}"))[0] == item("old")


def test_memory_says_which_days_a_question_names(memory: Memory) -> None:
    named = memory.period("What was in March?", NOW)
    assert named is not None
    assert (named.start, named.end) == (date(2026, 3, 1), date(2026, 3, 31))


def test_a_blank_search_finds_nothing(memory: Memory) -> None:
    assert memory.search("  ") == ()


def test_pieces_are_those_of_entries_row_by_row(memory: Memory, diary: FakeDiary) -> None:
    diary.put(said := message("said", "A message is not a piece of an entry."))
    memory.remember(said)
    pieces, vectors = memory.pieces()
    assert {id for id, _ in pieces} == {item("accordion"), item("heron"), item("meeting")}
    assert vectors.shape == (len(pieces), 96)
