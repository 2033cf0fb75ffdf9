"""Each hard moment as a person sees it: the right card in the same turn, the number first, and a chat that goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from between.safety.reviewed import template
from tests.browser import steps
from tests.browser.app import App
from tests.browser.conftest import PHONE, SHOTS
from tests.browser.test_help import tab_to

WIDE = {"width": 1280, "height": 900}
ORDINARY = "The bus was late and I missed the start of the film."
LOW = "I feel sad and tired of everything at work today."
PASSIVE = "Sometimes I wish I could just disappear and not wake up."
ACTIVE = "I keep having thoughts of killing myself."
TONIGHT = "I'm going to kill myself tonight."
TAKEN = "I took an overdose an hour ago."
HIT = "My husband hit me again last night and I am scared of him."
REFUSED = "Stop giving me hotlines."
YOUNG = "I'm 14 and I hate school."
BESIDE = {
    "X": "I'm having a panic attack right now.",
    "H": "I self-harmed as a teenager, the scars are old.",
    "B": "Two years since my brother took his life.",
    "O": "My friend told me she's suicidal, how do I help?",
}
LANES = {
    "N": "I cut myself again last night.",
    "V": "I'm planning how to hurt my boss.",
    "P": "The TV is sending messages meant for me.",
    "E": "I binge and purge every night.",
    "S": "I can't stop drinking.",
    "C": "He hits my son when he's drunk.",
    "U": "je veux mourir",
}
GROUPS = (("N", "U"), ("V", "C"), ("E",), ("S", "P"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=WIDE, locale="en-GB", timezone_id="Europe/London")
    yield opened
    opened.close()


@pytest.fixture
def mine(page: Page, context: BrowserContext, app: App) -> Page:
    """An own space that remembers nothing yet, at its chat; the first screens were seen another time."""
    seen = {"between_adult": "yes", "between_country": "GB"}
    context.add_cookies([{"name": name, "value": value, "url": app.url} for name, value in seen.items()])
    page.goto(f"{app.url}/welcome?step=5")
    steps.make_space(page)
    steps.settle(page)
    return page


def cards(page: Page) -> Locator:
    """Cards that stand open."""
    return page.locator("[class*='st-key-urgent_'], [class*='st-key-card_']")


def expect_card(page: Page, id: str) -> Locator:
    """This one card, once."""
    shown = cards(page)
    expect(shown).to_have_count(1)
    expect(shown.get_by_role("heading", name=template(id).title)).to_be_visible()
    return shown


def expect_asked(page: Page, id: str, times: int = 1) -> None:
    """One of the ways to put the question of this card, so often."""
    said = page.get_by_test_id("stApp").inner_text()
    assert sum(said.count(way) for way in template(id).question) == times, id


def expect_engine(page: Page, *, silent: bool) -> None:
    """A reply of an engine can be asked for differently; reviewed words cannot."""
    expect(page.get_by_role("button", name="Say it differently")).to_have_count(0 if silent else 1)


def expect_help(page: Page) -> None:
    expect(page.get_by_role("link", name="Get help now")).to_be_in_viewport(ratio=1)


def first_number(shown: Locator) -> str:
    return shown.locator(".contact a").first.inner_text()


def numbers(page: Page) -> Locator:
    return page.locator(".contact a.call")


def anew(page: Page) -> None:
    """Another conversation."""
    page.get_by_role("button", name="New conversation").first.click()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0)
    steps.settle(page)


def answer(page: Page, label: str) -> None:
    """One of the three buttons under a question."""
    before = page.get_by_test_id("stChatMessage").count()
    page.locator("[class*='st-key-answers_']").get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(before + 1)
    steps.settle(page)


def look(page: Page, name: str, *, phone: bool = False) -> None:
    """Pictures to look at: a wide one in light, and one as a phone in the dark."""
    steps.shoot(page, f"hard-{name}-wide", SHOTS)
    if phone:
        with_phone(page, name)


def with_phone(page: Page, name: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    steps.settle(page)
    steps.shoot(page, f"hard-{name}-phone", SHOTS)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    steps.settle(page)


def test_ordinary_and_low_words_are_answered_and_help_is_on_every_screen(mine: Page) -> None:
    for text in (ORDINARY, LOW):
        steps.say(mine, text)
        expect(cards(mine)).to_have_count(0)
        expect_engine(mine, silent=False)
    look(mine, "t1")
    for name in ("Journal", "Insights", "Memory", "Settings"):
        steps.visit(mine, name)
        expect_help(mine)


def test_beside_a_quiet_card_the_usual_answer_comes(mine: Page) -> None:
    for id, text in BESIDE.items():
        steps.say(mine, text)
        shown = expect_card(mine, id)
        expect(shown).to_contain_text(re.compile("|".join(map(re.escape, template(id).slots[0]))))
        expect_engine(mine, silent=False)
        look(mine, id.lower(), phone=id == "O")
        anew(mine)


@pytest.mark.parametrize("group", GROUPS, ids="".join)
def test_each_topic_has_its_own_card_in_the_same_turn(mine: Page, group: tuple[str, ...]) -> None:
    for id in group:
        steps.say(mine, LANES[id])
        shown = expect_card(mine, id)
        expect(shown.locator(".contact a.call").first).to_be_visible()
        expect_engine(mine, silent=True)
        if template(id).question:
            expect_asked(mine, id)
        expect_help(mine)
        look(mine, id.lower(), phone=id == "N")
        anew(mine)


def test_who_is_hurt_at_home_can_leave_and_need_not_keep_the_words(mine: Page) -> None:
    steps.visit(mine, "Journal")
    steps.write(mine, HIT)
    expect_card(mine, "A")
    expect(mine.get_by_role("button", name="Leave quickly")).to_be_visible()
    look(mine, "journal-a", phone=True)
    mine.get_by_role("button", name="Do not keep this entry").click()
    expect(cards(mine)).to_have_count(0)
    steps.visit(mine, "Chat")
    steps.say(mine, HIT)
    expect_card(mine, "A")
    expect_engine(mine, silent=True)
    expect(mine.get_by_role("button", name="Leave quickly")).to_be_visible()
    look(mine, "a", phone=True)
    mine.get_by_role("button", name="Do not keep this message").click()
    expect(mine.get_by_text(HIT, exact=True)).to_have_count(0)
    expect(cards(mine)).to_have_count(0)


def test_a_wish_to_be_gone_is_asked_about_once_and_folds_when_it_is_taken_back(mine: Page) -> None:
    steps.say(mine, PASSIVE)
    expect_card(mine, "T2")
    expect_asked(mine, "T2")
    expect_engine(mine, silent=True)
    look(mine, "t2")
    steps.say(mine, "just kidding, forget it")
    expect(cards(mine)).to_have_count(0)
    expect(mine.get_by_role("link", name="116 123").last).to_be_in_viewport(ratio=1)
    expect_engine(mine, silent=True)
    look(mine, "r")
    anew(mine)
    steps.say(mine, PASSIVE)
    expect_card(mine, "T2")
    expect_asked(mine, "T2", times=0)


def test_a_no_keeps_the_numbers_and_a_refused_line_is_not_the_first_again(mine: Page) -> None:
    steps.say(mine, ACTIVE)
    shown = expect_card(mine, "T3")
    expect_asked(mine, "T3")
    expect_engine(mine, silent=True)
    was_first = first_number(shown)
    for label in ("My safety plan", "Write to someone"):
        expect(mine.get_by_role("button", name=label)).to_be_visible()
    look(mine, "t3", phone=True)
    answer(mine, "No")
    no = expect_card(mine, "T3_no")
    expect(no.get_by_role("link", name=was_first)).to_be_visible()
    expect(mine.locator("[class*='st-key-answers_']")).to_have_count(0)
    look(mine, "t3-no")
    steps.say(mine, REFUSED)
    expect_engine(mine, silent=True)
    look(mine, "z")
    steps.say(mine, ACTIVE)
    assert first_number(expect_card(mine, "T3")) != was_first
    look(mine, "z-swapped")
    mine.get_by_role("button", name="Write to someone").click()
    expect(mine.get_by_role("heading", name="Plan and people")).to_be_visible()
    steps.settle(mine)
    look(mine, "people", phone=True)


def test_a_yes_brings_the_number_first_and_it_stays_on_every_page(mine: Page, app: App) -> None:
    steps.say(mine, ACTIVE)
    answer(mine, "Yes")
    expect_emergency(mine, "T4")
    look(mine, "t4-yes")
    steps.say(mine, "it rains")
    expect_emergency(mine, "T4_stay")
    look(mine, "t4-stay")
    mine.reload()
    mine.wait_for_selector("[data-testid=stChatInputTextArea]")
    mine.locator("[class*='st-key-conversations']").get_by_role("button").first.click()
    expect_emergency(mine, "T4_stay")
    expect(mine.get_by_text("it rains", exact=True)).to_be_visible()
    anew(mine)
    steps.say(mine, "hello again")
    expect_emergency(mine, "T4_stay")
    steps.visit(mine, "Journal")
    expect_help(mine)
    steps.write(mine, TONIGHT)
    expect_emergency(mine, "T4")
    look(mine, "journal-t4", phone=True)
    mine.get_by_role("link", name="Get help now").click()
    expect(mine.get_by_role("link", name="999")).to_be_in_viewport(ratio=1)


def test_danger_tonight_is_reached_by_keyboard_on_a_phone_too(mine: Page, app: App) -> None:
    steps.say(mine, TONIGHT)
    expect_emergency(mine, "T4")
    look(mine, "t4", phone=True)
    tab_to(mine, "999")
    mine.set_viewport_size(PHONE)  # type: ignore[arg-type]
    steps.settle(mine)
    expect(mine.locator(".contact a", has_text="999").first).to_be_in_viewport(ratio=1)
    steps.say(mine, TAKEN)
    expect_emergency(mine, "T4_act")
    with_phone(mine, "t4-act")


def expect_emergency(page: Page, id: str) -> None:
    """The emergency number before any other, in sight; no engine; and words are still taken."""
    shown = expect_card(page, id)
    assert first_number(shown) == "999"
    expect(shown.get_by_role("link", name="999")).to_be_in_viewport(ratio=1)
    expect_engine(page, silent=True)
    expect_help(page)


def test_the_journal_shows_the_same_cards_and_leads_on_to_the_chat(mine: Page) -> None:
    steps.visit(mine, "Journal")
    steps.write(mine, PASSIVE)
    expect_card(mine, "T2")
    look(mine, "journal-t2")
    mine.get_by_test_id("stMainBlockContainer").get_by_role("button", name="Close").click()
    expect(cards(mine)).to_have_count(0)
    steps.write(mine, ACTIVE)
    expect_card(mine, "T3")
    expect_asked(mine, "T3")
    look(mine, "journal-t3", phone=True)
    mine.locator("[class*='st-key-answers_']").get_by_role("button", name="Yes", exact=True).click()
    expect(mine).to_have_url(re.compile(r"/(chat)?$"))
    expect_emergency(mine, "T4")
    look(mine, "journal-yes")


def test_who_sounds_younger_is_shown_who_can_help(mine: Page) -> None:
    mine.get_by_test_id("stChatInputTextArea").fill(YOUNG)
    mine.keyboard.press("Enter")
    shown = expect_card(mine, "minor")
    expect(shown.locator(".contact a.call").first).to_be_in_viewport()
    steps.settle(mine)
    look(mine, "minor", phone=True)
    mine.get_by_role("button", name="I am 18 or older").click()
    expect(mine.get_by_test_id("stChatInputTextArea")).to_have_value(YOUNG)
