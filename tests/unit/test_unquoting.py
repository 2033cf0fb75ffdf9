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
