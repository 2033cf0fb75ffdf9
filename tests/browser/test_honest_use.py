"""Honest use in the real browser: what this is, what to know, a goodbye, and a report."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser import steps
from tests.browser.app import App
from tests.browser.conftest import PHONE, SHOTS

WHAT_THIS_IS = re.compile("not a person")


def test_a_newcomer_is_told_what_this_is_and_leaves_without_being_held(page: Page, app: App) -> None:
    page.goto(app.url)
    expect(page.get_by_text("It cannot feel, and it can be wrong.").first).to_be_visible()
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Continue").click()
    page.get_by_label("A person").check()
    page.get_by_label("Calling people who answer").check()
    page.get_by_role("button", name="See the answers").click()
    expect(page.get_by_text("Not quite, and good to know now.")).to_have_count(1)
    steps.shoot(page, "honest-know", SHOTS)
    page.get_by_role("link", name="Continue").click()
    page.get_by_label("Country").select_option("GB")
    page.get_by_role("button", name="Continue").click()
    steps.make_space(page)
    steps.settle(page)
    expect(page.get_by_text(WHAT_THIS_IS)).to_have_count(2)  # in the head, and once
    steps.say(page, "The tram was late and I read on the steps.")
    steps.say(page, "Are you a real person?")
    steps.say(page, "Enough for today, thank you.")
    page.get_by_text("Heavier", exact=True).click()
    steps.settle(page)
    expect(page.get_by_text("People who answer now")).to_be_visible()
    steps.shoot(page, "honest-after-use", SHOTS)
    page.get_by_role("button", name="Skip").click()
    steps.settle(page)
    expect(page.get_by_text("How did using this leave you?")).to_have_count(0)
    page.get_by_text("Report", exact=True).first.click()
    page.get_by_label("What was wrong, if you like").fill("It missed the point")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Keep this report").click()
    steps.settle(page)
    steps.visit(page, "Settings")
    page.get_by_text("Replies you reported (1)").click()
    expect(page.get_by_text("It missed the point")).to_be_visible()
    assert b"missed the point" not in steps.bytes_of(app.data)


def test_the_questions_fit_on_one_screen_of_a_phone(browser: Browser, app: App) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme="dark")
    tab = context.new_page()
    tab.goto(app.url + "/welcome?step=3")
    expect(tab.get_by_role("button", name="See the answers")).to_be_in_viewport()
    expect(tab.get_by_role("link", name="Skip")).to_be_in_viewport()
    context.close()
