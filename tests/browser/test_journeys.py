"""What a newcomer does, in the real browser on the real app, from the first screen to the last byte."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.app import App, running
from tests.browser.conftest import PHONE, SHOTS
from tests.openai_server import OpenAIServer


def test_a_newcomer_explores_the_demo_life(page: Page, app: App) -> None:
    steps.first_run(page, app.url)
    steps.explore_demo(page)
    expect(page.get_by_text("Demo life: an invented person")).to_be_visible()
    steps.say(page, "What did I write about Bridie?")
    steps.shoot(page, "demo-chat", SHOTS)
    expect(page.get_by_text(re.compile("Remembered [1-3]")).first).to_be_visible()
    steps.visit(page, "Insights")
    expect(page.get_by_text("What returns").first).to_be_visible()
    page.wait_for_selector("text=“", timeout=60_000)
    steps.shoot(page, "demo-insights", SHOTS)
    page.get_by_role("button", name="Leave the demo").click()
    expect(page.get_by_role("link", name="Unlock")).to_be_visible()


def test_three_entries_a_chat_a_memory_and_forgetting_it_to_the_last_byte(page: Page, app: App) -> None:
    steps.first_run(page, app.url)
    steps.make_space(page)
    steps.visit(page, "Journal")
    steps.write(page, "Ana forgot my birthday. I said it was fine and cried over the quokkabread.", "Low", 9)
    steps.write(page, "Long walk by the canal after work. Slept well for once.", "Good", 4)
    steps.write(page, "Team meeting. I said nothing again and was cross all afternoon.", "So-so")
    steps.shoot(page, "journal", SHOTS)
    steps.visit(page, "Chat")
    steps.say(page, "I keep thinking about how Ana forgot my birthday.")
    page.get_by_text(re.compile("Remembered [1-3]")).first.click()
    expect(page.get_by_text("quokkabread").first).to_be_visible()
    steps.shoot(page, "remembered", SHOTS)
    assert b"quokkabread" not in steps.bytes_of(app.data)
    page.get_by_role("button", name="Open the entry").first.click()
    expect(page.get_by_role("button", name="Edit")).to_be_visible()
    page.wait_for_timeout(1000)
    steps.settle(page)
    page.get_by_role("button", name="Delete").first.click()
    steps.settle(page)
    page.get_by_role("button", name="Delete for good").click()
    steps.settle(page)
    steps.visit(page, "Memory")
    page.get_by_label("What would come back for").fill("birthday quokkabread")
    page.keyboard.press("Enter")
    steps.settle(page)
    expect(page.get_by_text("cried over")).to_have_count(0)
    steps.visit(page, "Chat")
    expect(page.get_by_text("quokkabread")).to_have_count(0)
    raw = steps.bytes_of(app.data)
    for form in ("quokkabread", "birthday"):
        assert form.encode() not in raw
        assert form.encode("utf-16-le") not in raw


def test_the_same_through_a_model_on_this_computer(page: Page, app: App) -> None:
    with OpenAIServer() as server:
        server.will("text", text="You wrote that the meeting went quiet. What would you have said?")
        steps.first_run(page, app.url)
        steps.make_space(page)
        steps.connect_model(page, server.base_url, SHOTS)
        steps.visit(page, "Chat")
        expect(page.get_by_text("test-model, stays on this computer")).to_be_visible()
        steps.say(page, "The meeting went quiet and so did I.")
        expect(page.get_by_text("What would you have said?")).to_be_visible()
        page.get_by_text("What left this computer").first.click()
        expect(page.get_by_text("word for word")).to_be_visible()
        steps.shoot(page, "what-left", SHOTS)
        page.keyboard.press("Escape")
        server.will("status", status=401)
        page.get_by_test_id("stChatInputTextArea").fill("One more thing about that meeting.")
        page.keyboard.press("Enter")
        expect(page.get_by_text("did not accept the key")).to_be_visible()
        expect(page.get_by_text("One more thing about that meeting.", exact=True)).to_be_visible()
        page.get_by_role("button", name="Answer with the guide").click()
        expect(page.get_by_test_id("stChatMessage")).to_have_count(2, timeout=20_000)


def test_a_lock_in_one_tab_blanks_the_other_and_a_reload_keeps_the_space_open(
    page: Page, context: BrowserContext, app: App
) -> None:
    steps.first_run(page, app.url)
    name, _ = steps.make_space(page)
    page.reload()
    page.wait_for_selector("[data-testid=stChatInputTextArea]")
    assert page.evaluate("document.cookie").find("ticket") == -1
    second = context.new_page()
    second.goto(app.url + "/journal")
    second.get_by_label("Today's page").wait_for()
    page.get_by_role("button", name="Lock").click()
    expect(page.get_by_text("Your space is locked")).to_be_visible()
    expect(second.get_by_text("Your space is locked")).to_be_visible(timeout=20_000)
    expect(second.get_by_label("Today's page")).to_have_count(0)
    second.get_by_role("link", name="Unlock").click()
    expect(second.get_by_label("Name of your space")).to_have_value(name)
    second.get_by_label("Passphrase", exact=True).fill("not the passphrase at all")
    second.get_by_role("button", name="Unlock").click()
    expect(second.get_by_role("alert")).to_contain_text("does not open this space")
    second.get_by_label("Passphrase", exact=True).fill(steps.PASSPHRASE)
    second.get_by_role("button", name="Unlock").click()
    second.wait_for_selector("[data-testid=stChatInputTextArea]")


def test_a_draft_survives_a_closed_tab(page: Page, context: BrowserContext, app: App) -> None:
    steps.first_run(page, app.url)
    steps.make_space(page)
    steps.visit(page, "Journal")
    box = page.get_by_label("Today's page")
    with page.expect_response(lambda answer: "/draft" in answer.url and answer.status == 204):
        box.press_sequentially("Half a sentence about the", delay=5)
    again = context.new_page()
    page.close(run_before_unload=False)
    again.goto(app.url + "/journal")
    expect(again.get_by_label("Today's page")).to_have_value("Half a sentence about the")


def test_a_hard_message_shows_people_to_reach_at_once(page: Page, app: App) -> None:
    steps.first_run(page, app.url)
    steps.make_space(page)
    page.get_by_test_id("stChatInputTextArea").fill("I want to end my life tonight.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="116 123").first).to_be_visible(timeout=5_000)
    steps.settle(page)
    steps.shoot(page, "hard-message", SHOTS)


def test_help_is_one_click_away_locked_and_unlocked(page: Page, app: App) -> None:
    page.goto(app.url)
    page.get_by_role("link", name="Get help now").click()
    expect(page.get_by_role("heading", name="Get help now")).to_be_visible()
    expect(page.get_by_role("link", name="999")).to_be_visible()
    steps.first_run(page, app.url)
    steps.explore_demo(page)
    for name in ("Journal", "Insights", "Memory", "Settings"):
        steps.visit(page, name)
        expect(page.get_by_role("link", name="Get help now")).to_be_visible()
    page.get_by_role("link", name="Get help now").click()
    expect(page.get_by_role("link", name="116 123").first).to_be_visible()


def test_a_cold_address_shows_the_door_and_leads_back_after_unlocking(page: Page, app: App) -> None:
    page.goto(app.url + "/insights")
    expect(page).to_have_url(re.compile(r"/welcome\?next=/insights"))


def test_the_phone_shows_every_page_without_sideways_scrolling(browser: Browser, app: App) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme="dark", locale="en-GB")
    page = context.new_page()
    steps.first_run(page, app.url)
    steps.explore_demo(page)
    for address in ("", "journal", "insights", "memory", "settings", "help-now"):
        page.goto(f"{app.url}/{address}")
        steps.settle(page)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, address
        steps.shoot(page, f"phone-dark-{address or 'chat'}", SHOTS)
    context.close()


def test_words_survive_a_killed_server(browser: Browser, tmp_path_factory: object) -> None:
    folder = tmp_path_factory.mktemp("killed")  # type: ignore[attr-defined]
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    with running(folder) as first:
        port = int(first.url.rsplit(":", 1)[1])
        steps.first_run(page, first.url)
        steps.make_space(page)
        steps.say(page, "Remember the plum tree behind the school.")
        first.process.kill()
        first.process.wait(10)
    with running(folder, port) as again:
        page.goto(again.url)
        page.wait_for_selector("[data-testid=stChatInputTextArea]")
        page.get_by_role("button", name=re.compile("Remember the plum tree")).click()
        expect(page.get_by_text("Remember the plum tree behind the school.", exact=True)).to_be_visible()
    context.close()


def test_a_stopped_reply_keeps_what_was_said_so_far(page: Page, app: App) -> None:
    with OpenAIServer() as server:
        steps.first_run(page, app.url)
        steps.make_space(page)
        steps.connect_model(page, server.base_url)
        steps.visit(page, "Chat")
        server.will("text", text="One sentence at a time. " * 60, delay=0.15)
        page.get_by_test_id("stChatInputTextArea").fill("Tell me slowly.")
        page.keyboard.press("Enter")
        expect(page.get_by_text("One sentence at a time.").first).to_be_visible()
        page.get_by_test_id("stChatInput").get_by_role("button").last.click()
        page.wait_for_timeout(1500)
        page.reload()
        page.wait_for_selector("[data-testid=stChatInputTextArea]")
        page.get_by_role("button", name=re.compile("Tell me slowly")).click()
        expect(page.get_by_text("This reply was cut short.")).to_be_visible()
        expect(page.get_by_text("One sentence at a time.").first).to_be_visible()
