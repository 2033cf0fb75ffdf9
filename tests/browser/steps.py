"""What a person does in the browser, in words that the journeys can be read in."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

PASSPHRASE = "lantern orbit maple quiet ferry"


def settle(page: Page) -> None:
    """Until Streamlit has drawn what it was asked for."""
    page.wait_for_selector("[data-testid=stApp]")
    page.wait_for_function(
        "() => { const app = document.querySelector('[data-testid=stApp]');"
        " return app && app.getAttribute('data-test-script-state') !== 'running'"
        " && !document.querySelector('[data-stale=true]'); }"
    )
    page.wait_for_timeout(150)


def shoot(page: Page, name: str, folder: Path) -> None:
    """A picture to look at."""
    folder.mkdir(exist_ok=True)
    page.screenshot(path=str(folder / f"{name}.png"))


def first_run(page: Page, url: str) -> None:
    """The short screens up to the choice between demo and own space."""
    page.goto(url)
    page.get_by_label("I am 18 or older").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Continue").click()
    page.get_by_role("link", name="Skip").click()
    page.get_by_label("Country").select_option("GB")
    page.get_by_role("button", name="Continue").click()


def make_space(page: Page) -> tuple[str, str]:
    """An own space; returns its code name and recovery code."""
    page.get_by_role("link", name="Make my space").click()
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE)
    page.get_by_role("button", name="Make my space").click()
    name = page.get_by_test_id("space-name").inner_text()
    code = page.get_by_test_id("recovery-code").inner_text()
    page.get_by_label("I have kept it safe").check()
    page.get_by_role("button", name="Open my space").click()
    page.wait_for_selector("[data-testid=stChatInputTextArea]")
    return name, code


def explore_demo(page: Page) -> None:
    """Into the demo life."""
    page.get_by_role("button", name="Explore the demo").click()
    page.wait_for_selector("[data-testid=stChatInputTextArea]")


def visit(page: Page, name: str) -> None:
    """Another page, by the menu of wide screens."""
    page.get_by_test_id("stTopNavLink").filter(has_text=name).click()
    settle(page)


def say(page: Page, text: str) -> None:
    """A message in chat; waits for the reply."""
    before = page.get_by_test_id("stChatMessage").count()
    page.get_by_test_id("stChatInputTextArea").fill(text)
    page.keyboard.press("Enter")
    expect(page.get_by_text(text, exact=True).first).to_be_visible()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(before + 1, timeout=30_000)
    settle(page)


def connect_model(page: Page, address: str, shots: Path | None = None) -> None:
    """A model on this computer, tried and agreed to."""
    visit(page, "Settings")
    page.get_by_text("A language model", exact=True).click()
    page.get_by_label("Address", exact=True).fill(address)
    page.get_by_label("Model", exact=True).fill("test-model")
    page.get_by_role("button", name="Save and test").click()
    expect(page.get_by_text("The model answered.")).to_be_visible()
    expect(page.get_by_text("Before the first word leaves")).to_be_visible()
    if shots:
        shoot(page, "consent", shots)
    page.get_by_role("button", name="I agree, use test-model").click()
    settle(page)


def write(page: Page, text: str, mood: str = "", days_ago: int = 0) -> None:
    """An entry, today or earlier."""
    box = page.get_by_label("Today's page")
    box.fill(text)
    box.press("Control+Enter")
    settle(page)
    if mood:
        page.get_by_test_id("stButtonGroup").get_by_role("radio", name=mood, exact=True).or_(
            page.get_by_test_id("stButtonGroup").get_by_role("button", name=mood, exact=True)
        ).first.click()
        settle(page)
    if days_ago:
        put_back(page, days_ago)
    page.get_by_role("button", name="Save entry").click()
    expect(box.last).to_have_value("", timeout=20_000)  # the old page fades beside the new one
    settle(page)


def put_back(page: Page, days: int) -> None:
    """Back-date the entry that is being written."""
    import datetime as dt

    day = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=days)
    page.get_by_text("Day, tags and more").click()
    settle(page)
    parts = page.get_by_test_id("stDateInput").get_by_role("spinbutton")
    for place, typed in enumerate((f"{day:%d}", f"{day:%m}", f"{day:%Y}")):
        parts.nth(place).focus()
        page.keyboard.type(typed)
    page.keyboard.press("Tab")
    settle(page)


def bytes_of(folder: Path) -> bytes:
    """Every byte of the data folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
