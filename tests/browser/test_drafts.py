"""Unsaved words in the real browser: kept through trouble, never revived, offered back."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser import steps
from tests.browser.app import App
from tests.browser.conftest import SHOTS
from tests.openai_server import OpenAIServer

NOT_KEPT = "Not kept yet. Trying again"


def enter(page: Page, app: App, where: str = "Journal") -> None:
    steps.first_run(page, app.url)
    steps.make_space(page)
    if where != "Chat":
        steps.visit(page, where)


def type_and_keep(page: Page, label: str, text: str) -> None:
    """Type, and wait until the server has it."""
    with page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.status == 204):
        page.get_by_label(label, exact=True).press_sequentially(text, delay=5)


def open_first(page: Page) -> None:
    """The newest entry, to read."""
    page.get_by_text("Look back", exact=True).click()
    steps.settle(page)
    page.get_by_test_id("stButton").get_by_role("button", name="Open", exact=True).first.click()
    page.get_by_role("button", name="Edit").wait_for()


def test_a_post_that_fails_is_repeated_with_the_newest_words_and_the_person_sees_it(
    page: Page, context: BrowserContext, app: App
) -> None:
    enter(page, app)
    page.route("**/draft", lambda route: route.abort())
    box = page.get_by_label("Today's page")
    box.press_sequentially("The first words", delay=5)
    expect(page.get_by_text(NOT_KEPT)).to_be_visible()
    expect(page.get_by_text("Saved as you write.")).to_be_hidden()
    steps.shoot(page, "draft-not-kept", SHOTS)
    box.press_sequentially(" and the last", delay=5)
    page.unroute("**/draft")
    with page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.status == 204):
        pass
    expect(page.get_by_text(NOT_KEPT)).to_have_count(0)
    expect(page.get_by_text("Saved as you write.")).to_be_visible()
    again = context.new_page()
    page.close(run_before_unload=False)
    again.goto(app.url + "/journal")
    expect(again.get_by_label("Today's page")).to_have_value("The first words and the last")


def test_after_some_tries_it_is_given_up_and_said_and_the_next_key_tries_again(page: Page, app: App) -> None:
    page.clock.install()
    enter(page, app)
    posts: list[str] = []

    def fail(route: Route) -> None:
        posts.append(route.request.url)
        route.fulfill(status=503)

    page.route("**/draft", fail)
    box = page.get_by_label("Today's page")
    box.press_sequentially("The first words", delay=5)
    given_up = page.get_by_text("What you write is not being kept.")
    for _ in range(30):
        page.clock.fast_forward(31_000)
        page.wait_for_timeout(100)
    expect(given_up).to_be_visible()
    assert len(posts) == 9
    page.unroute("**/draft")
    box.press_sequentially(" and more", delay=5)
    with page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.status == 204):
        page.clock.fast_forward(2_000)
    expect(given_up).to_have_count(0)


def test_a_post_that_arrives_after_the_entry_was_saved_does_not_revive_the_draft(
    page: Page, context: BrowserContext, app: App
) -> None:
    enter(page, app)
    held: list[Route] = []
    page.route("**/draft", lambda route: route.continue_() if held else held.append(route))
    box = page.get_by_label("Today's page")
    box.press_sequentially("Said once and saved.", delay=5)
    page.wait_for_timeout(1500)
    assert held
    page.get_by_role("button", name="Save entry").click()
    expect(box).to_have_value("")
    steps.settle(page)
    with page.expect_response(lambda answer: answer.url.endswith("/draft")) as answered:
        held[0].continue_()
    assert answered.value.status == 409
    expect(page.locator(".draft-state")).to_have_text("")
    again = context.new_page()
    again.goto(app.url + "/journal")
    expect(again.get_by_label("Today's page")).to_have_value("")
    type_and_keep(page, "Today's page", "The next one")


def test_changes_to_an_entry_are_offered_back_and_the_entry_stays_as_it_was(
    page: Page, context: BrowserContext, app: App
) -> None:
    enter(page, app)
    steps.write(page, "As it was.")
    open_first(page)
    page.get_by_role("button", name="Edit").click()
    steps.settle(page)
    type_and_keep(page, "Today's page", " As it should be.")
    address = page.url
    again = context.new_page()
    page.close(run_before_unload=False)
    again.goto(address)
    steps.settle(again)
    open_first(again)
    expect(again.get_by_text("As it was.", exact=True)).to_be_visible()
    again.get_by_role("button", name="Edit").click()
    expect(again.get_by_text("As it should be.")).to_be_visible()
    steps.shoot(again, "edit-draft-offered", SHOTS)
    again.get_by_role("button", name="Go on with it").click()
    expect(again.get_by_label("Today's page")).to_have_value(re.compile("As it should be"))


def test_words_typed_into_the_chat_and_not_sent_are_back_in_the_field(
    page: Page, context: BrowserContext, app: App
) -> None:
    enter(page, app, "Chat")
    field = page.get_by_test_id("stChatInputTextArea")
    with page.expect_response(lambda answer: answer.url.endswith("/draft") and answer.status == 204):
        field.press_sequentially("I never got to say", delay=5)
    steps.visit(page, "Journal")
    steps.visit(page, "Chat")
    expect(field).to_have_value("I never got to say")
    again = context.new_page()
    page.close(run_before_unload=False)
    again.goto(app.url)
    field = again.get_by_test_id("stChatInputTextArea")
    expect(field).to_have_value("I never got to say")
    field.press_sequentially(" goodbye to the garden", delay=5)
    steps.settle(again)
    expect(field).to_have_value("I never got to say goodbye to the garden")
    field.press("Enter")
    expect(again.get_by_test_id("stChatMessage")).to_have_count(1, timeout=30_000)
    steps.settle(again)
    again.wait_for_timeout(1500)
    again.reload()
    again.wait_for_selector("[data-testid=stChatInputTextArea]")
    steps.settle(again)
    expect(again.get_by_test_id("stChatInputTextArea")).to_have_value("")


def test_a_tab_of_one_space_never_writes_into_the_next_one(
    page: Page, context: BrowserContext, app: App
) -> None:
    enter(page, app)
    page.get_by_label("Today's page").press_sequentially("Mine", delay=5)
    other = context.new_page()
    other.goto(app.url)
    other.get_by_role("button", name="Lock").click()
    other.get_by_text("Your space is locked").wait_for()
    steps.first_run(other, app.url + "/welcome")
    steps.make_space(other)
    posted = page.evaluate(
        "() => { const { place, page, bound } = document.querySelector('.draft-keeper')?.dataset ?? {};"
        " return place && fetch('/draft', { method: 'POST',"
        " body: JSON.stringify({ place, page, number: Date.now(), bound, text: 'Mine' }) }).then((a) => a.status); }"
    )
    assert posted in (403, None)  # the tab may have been blanked by now
    steps.visit(other, "Journal")
    expect(other.get_by_label("Today's page")).to_have_value("")


def test_a_lock_from_another_tab_ends_a_reply_and_what_was_said_is_kept(
    page: Page, context: BrowserContext, app: App
) -> None:
    with OpenAIServer() as server:
        steps.first_run(page, app.url)
        name, _ = steps.make_space(page)
        steps.connect_model(page, server.base_url)
        steps.visit(page, "Chat")
        server.will("text", text="One sentence at a time. " * 200, delay=0.15)
        page.get_by_test_id("stChatInputTextArea").fill("Tell me slowly.")
        page.keyboard.press("Enter")
        expect(page.get_by_text("One sentence at a time.").first).to_be_visible()
        other = context.new_page()
        other.goto(app.url + "/help")
        other.evaluate("() => fetch('/lock', { method: 'POST' })")
        expect(page.get_by_text("Your space is locked")).to_be_visible(timeout=10_000)
        expect(page.get_by_text("One sentence at a time.")).to_have_count(0)
        steps.shoot(page, "locked-while-speaking", SHOTS)
        page.get_by_role("link", name="Unlock").click()
        expect(page.get_by_label("Name of your space")).to_have_value(name)
        page.get_by_label("Passphrase", exact=True).fill(steps.PASSPHRASE)
        page.get_by_role("button", name="Unlock").click()
        page.get_by_role("button", name=re.compile("Tell me slowly")).click()
        expect(page.get_by_text("This reply was cut short.")).to_be_visible()
        assert "slowly" not in app.log.read_text()
        assert "One sentence" not in app.log.read_text()
