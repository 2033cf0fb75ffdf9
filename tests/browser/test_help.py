"""Help by keyboard, a plan and a message for somebody, and leaving quickly, in the real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import steps
from tests.browser.app import App
from tests.browser.conftest import PHONE, SHOTS

SIGN = "I stop answering the door."


def focused(page: Page) -> str:
    """What the keyboard is at."""
    return str(page.evaluate("(document.activeElement.textContent || '').trim()"))


def tab_to(page: Page, words: str) -> None:
    """Forward by the tab key until something with these words has the focus, visibly."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"{words} does not show that it has the focus"
            return
    raise AssertionError(f"{words} cannot be reached with the tab key")


def three_times_escape(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Escape")


def expect_nothing_but_a_blank_page(page: Page) -> None:
    expect(page).to_have_url(re.compile(r"/blank$"))
    expect(page).to_have_title("New tab")
    assert page.locator("body").inner_text().strip() == ""


def test_locked_help_works_by_keyboard_and_is_left_by_keyboard(page: Page, app: App) -> None:
    page.goto(app.url + "/help")
    tab_to(page, "Leave quickly")
    tab_to(page, "999")
    tab_to(page, "Eating")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="People who know about this")).to_be_visible()
    expect(page).to_have_url(app.url + "/help")
    tab_to(page, "0808 801 0677")
    steps.shoot(page, "help-locked", SHOTS)
    before = page.evaluate("history.length")
    three_times_escape(page)
    expect_nothing_but_a_blank_page(page)
    assert page.evaluate("history.length") == before


def test_hours_are_said_in_the_reader_s_own_time(browser: Browser, app: App) -> None:
    context = browser.new_context(locale="en-GB", timezone_id="Europe/Helsinki")
    page = context.new_page()
    page.goto(app.url + "/help")
    page.get_by_label("Numbers for").select_option("IT")
    page.get_by_role("button", name="Show").click()
    line = page.locator(".contact", has_text="Telefono Amico")
    expect(line).to_contain_text(re.compile(r"until (\w+ )?01:00|opens 10:00"))
    expect(line).not_to_contain_text("Rome")
    context.close()


def test_a_plan_is_saved_printed_and_a_message_copied(page: Page, context: BrowserContext, app: App) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    steps.first_run(page, app.url)
    steps.make_space(page)
    page.get_by_role("link", name="Get help now").click()
    page.get_by_role("button", name="My safety plan").click()
    page.get_by_label("Signs that it is getting hard").fill(SIGN)
    page.get_by_role("button", name="Save my plan").click()
    expect(page.get_by_text("Your plan is saved")).to_be_visible()
    with context.expect_page() as opened:
        page.get_by_role("link", name="View to print").click()
    paper = opened.value
    expect(paper.get_by_text(SIGN)).to_be_visible()
    expect(paper).to_have_title("Between")
    paper.emulate_media(media="print")
    expect(paper.get_by_role("button", name="Print this page")).to_be_hidden()
    expect(paper.get_by_role("link", name="Get help now")).to_be_hidden()
    steps.shoot(paper, "plan-printed", SHOTS)
    paper.close()
    page.get_by_test_id("stButtonGroup").get_by_text("Write to someone").click()
    page.get_by_label("Name", exact=True).fill("Ana")
    page.get_by_label("Telephone or e-mail").fill("+44 7700 900123")
    page.get_by_role("button", name="Add to my list").click()
    message = page.get_by_label("Your message")
    expect(message).to_have_value(re.compile("^Hi Ana, "))
    message.fill("Hi Ana, could you ring me?")
    page.get_by_role("button", name="Copy the message").click()
    expect(page.get_by_text("Copied. Nothing was sent.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Hi Ana, could you ring me?"
    link = page.get_by_role("link", name="Open in text messages")
    steps.settle(page)
    expect(link).to_have_attribute("href", "sms:+447700900123?&body=Hi%20Ana%2C%20could%20you%20ring%20me%3F")
    steps.shoot(page, "message", SHOTS)
    assert SIGN.encode() not in steps.bytes_of(app.data)


@pytest.mark.parametrize("how", ["button", "escape"])
def test_leaving_quickly_locks_and_going_back_shows_nothing(page: Page, app: App, how: str) -> None:
    steps.first_run(page, app.url)
    steps.make_space(page)
    page.goto(app.url)  # so that going back leads to a page, and not to a form that was sent
    steps.settle(page)
    steps.say(page, "My husband hit me again last night and I am scared of him.")
    expect(page.get_by_role("button", name="Leave quickly")).to_be_visible()
    steps.shoot(page, "way-out", SHOTS)
    if how == "button":
        page.get_by_role("button", name="Leave quickly").click()
    else:
        three_times_escape(page)
    expect_nothing_but_a_blank_page(page)
    page.go_back()
    way_in = page.get_by_role("button", name="Unlock").or_(page.get_by_role("link", name="Unlock"))
    expect(way_in).to_be_visible()  # the door, or the same page from the browser's own store, locked
    expect(page.get_by_text("My husband")).to_have_count(0)
    page.goto(app.url + "/chat")
    expect(page).to_have_url(re.compile("/unlock"))


def test_two_presses_of_escape_leave_everything_as_it_is(page: Page, app: App) -> None:
    page.goto(app.url + "/help")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.keyboard.press("Escape")
    page.wait_for_timeout(600)
    expect(page.get_by_role("heading", name="Get help now")).to_be_visible()


def test_every_tab_says_the_same_and_the_phone_never_scrolls_sideways(browser: Browser, app: App) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme="dark", locale="en-GB")
    page = context.new_page()
    page.goto(app.url + "/help")
    expect(page).to_have_title("Between")
    wide = {"/help": sideways(page)}
    steps.first_run(page, app.url)
    steps.explore_demo(page)
    for address in ("chat", "journal", "insights", "memory", "settings", "plan", "help-now"):
        page.goto(f"{app.url}/{address}")
        steps.settle(page)
        expect(page).to_have_title("Between")
        wide[address] = sideways(page)
    steps.shoot(page, "phone-dark-help", SHOTS)
    assert set(wide.values()) == {0}
    context.close()


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
