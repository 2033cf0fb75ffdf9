"""A reply that quoted a forgotten entry no longer carries its words."""

from __future__ import annotations

from between.companion.unquoting import unquoted

ENTRY = "Ana forgot my birthday. I said it was fine and cried over the quokkabread."


def test_a_quote_goes_and_the_rest_of_the_reply_stays() -> None:
    reply = (
        "On 14 November you wrote “I said it was fine and cried over the quokkabread”. What is the same now?"
    )
    assert unquoted(reply, ENTRY) == "On 14 November you wrote “…”. What is the same now?"


def test_words_taken_without_marks_go_too() -> None:
    reply = "Back then you said it was fine and cried over the quokkabread, alone."
    assert "quokkabread" not in unquoted(reply, ENTRY)


def test_a_short_quote_goes_whatever_its_case() -> None:
    assert unquoted("There it is: “ana forgot”.", ENTRY) == "There it is: “…”."


def test_a_reply_that_took_nothing_stays_as_it_is() -> None:
    reply = "What would you like to say to her, “if anything”?"
    assert unquoted(reply, ENTRY) == reply


def test_words_that_two_sources_share_leave_no_piece_of_the_second_behind() -> None:
    reply = "You said that you cried over the quokkabread at lunch was stale, twice."
    first, second = "I cried over the quokkabread at lunch.", "The quokkabread at lunch was stale."
    assert unquoted(reply, first, second) == "You said that you…, twice."


def test_letters_that_grow_in_capitals_do_not_shield_a_quote() -> None:
    assert "quokkabread" not in unquoted("Straße: CRIED OVER the quokkabread, you said.", ENTRY)


def test_line_ends_and_curly_marks_do_not_shield_a_quote() -> None:
    source = "I said it’s\nfine and cried over the quokkabread."
    assert "quokkabread" not in unquoted("Then: said it's fine and cried over the quokkabread.", source)


def test_a_very_long_source_takes_no_time() -> None:
    source = "I went to the market and bought plums. " * 5_000
    assert unquoted("You bought plums. I went", source) == "You…"
    assert unquoted("Nothing of it. " * 500, source) == "Nothing of it. " * 500
