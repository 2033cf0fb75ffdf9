"""The door over real HTTP calls: headers, hosts, origins, cookies, and what a locked browser may see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from between import bootstrap
from between.safety.helplines import registry
from between.settings import KdfProfile, Settings
from between.ui import wording
from between.ui.door import gate, routes

PASSPHRASE = "lantern orbit maple quiet ferry"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[bootstrap.House]:
    built = bootstrap.House(Settings(data_dir=tmp_path / "data", kdf=KdfProfile.CHEAPEST))
    bootstrap.use(built)
    yield built
    built.close()
    bootstrap.use(None)


@pytest.fixture
def browser(house: bootstrap.House) -> TestClient:
    """A browser in front of the door, with a plain page where Streamlit would be."""

    async def inside(_request: object) -> PlainTextResponse:
        return PlainTextResponse("inside")

    app = Starlette(
        routes=[*routes.all_routes(), Route("/", inside), Route("/journal", inside)],
        middleware=gate.middleware(),
    )
    return TestClient(app, base_url="http://localhost", headers={"origin": "http://localhost"})


def make_space(browser: TestClient) -> tuple[str, str]:
    page = browser.post("/create", data={"passphrase": PASSPHRASE, "again": PASSPHRASE, "adult": "yes"})
    assert page.status_code == 200, page.text
    name = re.search(r'data-testid="space-name">([^<]+)<', page.text)
    code = re.search(r'data-testid="recovery-code">([^<]+)<', page.text)
    assert name
    assert code
    return name.group(1), code.group(1)


def test_a_new_browser_is_sent_to_the_first_run(browser: TestClient) -> None:
    answer = browser.get("/journal", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/welcome?next=/journal")


def test_a_browser_that_knows_a_space_is_sent_to_unlock_it(browser: TestClient) -> None:
    make_space(browser)
    browser.post("/lock")
    answer = browser.get("/journal", follow_redirects=False)
    assert answer.headers["location"] == "/unlock?next=/journal"


def test_making_a_space_opens_it_and_shows_a_code_name_and_a_recovery_code_once(browser: TestClient) -> None:
    name, code = make_space(browser)
    assert re.fullmatch(r"[a-z]+-[a-z]+-\d+", name)
    assert len(code.replace("-", "").replace(" ", "")) >= 32
    assert browser.get("/").text == "inside"


def test_the_ticket_is_out_of_reach_of_scripts(browser: TestClient) -> None:
    page = browser.post("/create", data={"passphrase": PASSPHRASE, "again": PASSPHRASE, "adult": "yes"})
    ticket = next(v for k, v in page.headers.multi_items() if k == "set-cookie" and "ticket" in v)
    assert "httponly" in ticket.lower()
    assert "samesite=strict" in ticket.lower()


def test_two_spellings_or_a_weak_passphrase_make_nothing(browser: TestClient) -> None:
    assert (
        browser.post("/create", data={"passphrase": PASSPHRASE, "again": "x", "adult": "yes"}).status_code
        == 400
    )
    assert (
        browser.post(
            "/create", data={"passphrase": "password", "again": "password", "adult": "yes"}
        ).status_code
        == 400
    )
    assert browser.get("/", follow_redirects=False).status_code == 303


def test_unlocking_goes_where_the_person_wanted_but_never_to_another_site(browser: TestClient) -> None:
    name, _ = make_space(browser)
    browser.post("/lock")
    for wanted, there in [("/journal", "/journal"), ("https://evil.example", "/"), ("//evil.example", "/")]:
        answer = browser.post(
            "/unlock", data={"space": name, "passphrase": PASSPHRASE, "next": wanted}, follow_redirects=False
        )
        assert answer.headers["location"] == there


def test_a_wrong_passphrase_and_an_unknown_space_look_the_same(browser: TestClient) -> None:
    name, _ = make_space(browser)
    browser.post("/lock")
    wrong = browser.post("/unlock", data={"space": name, "passphrase": "not this one at all"})
    unknown = browser.post("/unlock", data={"space": "no-such-1", "passphrase": "not this one at all"})
    assert wrong.status_code == unknown.status_code == 403
    said = re.compile(r'role="alert">\s*<p>([^<]+)<')
    assert said.findall(wrong.text) == said.findall(unknown.text) != []


def test_the_recovery_code_opens_with_a_new_passphrase_and_then_is_used_up(browser: TestClient) -> None:
    name, code = make_space(browser)
    browser.post("/lock")
    new = "harbour velvet thunder kettle moss"
    form = {"space": name, "code": code, "passphrase": new, "again": new}
    assert "recovery-code" in browser.post("/recover", data=form).text
    browser.post("/lock")
    assert browser.post("/recover", data=form).status_code == 403
    assert browser.post("/unlock", data={"space": name, "passphrase": PASSPHRASE}).status_code == 403
    answer = browser.post("/unlock", data={"space": name, "passphrase": new}, follow_redirects=False)
    assert answer.status_code == 303


@pytest.mark.parametrize("origin", ["http://evil.example", "null", ""])
def test_a_form_from_another_site_is_refused(browser: TestClient, origin: str) -> None:
    for path in ("/create", "/unlock", "/demo", "/lock", "/recover", "/draft"):
        answer = browser.post(path, data={"passphrase": PASSPHRASE}, headers={"origin": origin})
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers


def test_another_host_name_is_refused(browser: TestClient) -> None:
    assert browser.get("/unlock", headers={"host": "evil.example"}).status_code == 400


def test_every_answer_carries_the_security_headers(browser: TestClient) -> None:
    for path in ("/welcome", "/unlock", "/help", "/door/door.css"):
        headers = browser.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe-inline" not in headers["content-security-policy"].split("script-src")[1].split(";")[0]
        assert headers["x-frame-options"] == "DENY"
        assert headers["x-content-type-options"] == "nosniff"


def test_help_is_there_without_a_space_and_in_the_country_of_the_browser(browser: TestClient) -> None:
    page = browser.get("/help", headers={"accept-language": "en-GB,en;q=0.9"})
    assert page.status_code == 200
    assert "116 123" in page.text
    assert "999" in page.text
    assert "112" in browser.get("/help?country=ZZ").text


def ask(browser: TestClient, **form: str) -> str:
    answer = browser.post("/help", data=form)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("country", [code for code, _ in registry().countries()])
def test_help_of_every_country_has_its_emergency_number_first_and_numbers_of_the_registry_only(
    browser: TestClient, country: str
) -> None:
    page = ask(browser, country=country)
    numbers = re.findall(r"href='(?:tel|sms):([^'?]+)", page)
    assert numbers[0] == registry().emergency(country)[0].dial
    assert {re.sub(r"\D", "", one) for one in numbers} <= registry().numbers() | {
        re.sub(r"\D", "", line.tel_uri) for line in registry().helplines
    }


def test_what_it_is_about_is_chosen_without_an_address_that_tells_it(browser: TestClient) -> None:
    page = ask(browser, country="GB", topic="hurt", next="/journal")
    assert "0808 2000 247" in page
    assert "116 123" in page
    assert page.index("0808 2000 247") < page.index("116 123")
    assert 'value="/journal"' in page
    assert 'action="/help"' in page
    assert "0808 2000 247" not in browser.get("/help?country=GB&topic=hurt").text
    assert wording.HELP_TOPIC_NONE in ask(browser, country="IN", topic="eating")
    assert browser.post("/help", data={"country": "GB"}, headers={"origin": "http://evil"}).status_code == 403


def test_hours_are_marked_for_the_reader_s_own_clock_and_a_closed_line_is_not_first(
    house: bootstrap.House, browser: TestClient
) -> None:
    night = house.clock().replace(2026, 11, 25, 4, 0, tzinfo=UTC)
    house.clock = lambda: night
    page = ask(browser, country="GB", topic="lgbtq")
    assert "<time datetime='2026-11-25T10:00:00+00:00' data-local>10:00, London time</time>" in page
    assert page.index("Galop") < page.index("Switchboard")
    house.clock = lambda: night.replace(hour=12)
    page = ask(browser, country="GB", topic="lgbtq")
    assert "Open now, until" in page
    assert page.index("Switchboard") < page.index("Galop")


def test_links_that_leave_open_apart_and_tell_nothing(browser: TestClient) -> None:
    page = ask(browser, country="SG") + ask(browser, country="US", topic="hurt")
    away = re.findall(r"<a[^>]*href='https?://[^>]*>", page)
    assert len(away) >= 5
    assert all("target='_blank'" in one and "rel='noopener noreferrer'" in one for one in away)
    assert "https://wa.me/6591511767" in page


def test_leaving_quickly_locks_and_shows_a_page_that_says_nothing(browser: TestClient) -> None:
    make_space(browser)
    assert "data-leave" in browser.get("/help").text
    answer = browser.post("/leave", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/blank")
    assert 'between_ticket=""' in answer.headers["set-cookie"]
    assert browser.get("/journal", follow_redirects=False).status_code == 303
    page = browser.get("/blank").text
    assert "<title>New tab</title>" in page
    assert "<body></body>" in page
    assert "Between" not in page
    assert not re.search(r'(?:src|href)="(?!data:,")', page)
    assert browser.get("/leave").status_code == 405
    assert browser.post("/leave", headers={"origin": "http://evil.example"}).status_code == 403


def test_the_plan_to_print_needs_the_cookie_and_is_kept_nowhere(
    house: bootstrap.House, browser: TestClient
) -> None:
    answer = browser.get("/plan-to-print", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/unlock?next=/plan")
    make_space(browser)
    space = house.open(browser.cookies["between_ticket"])
    assert space is not None
    assert "Nothing is saved yet" in browser.get("/plan-to-print").text
    space.plan.save({"signs": "<b>I stop answering.</b>"})
    space.plan.add("Ana", "next door")
    page = browser.get("/plan-to-print")
    assert "&lt;b&gt;I stop answering." in page.text
    assert "Ana" in page.text
    assert page.headers["cache-control"] == "no-store"


def test_every_door_page_leads_to_help_and_says_that_it_is_an_ai(browser: TestClient) -> None:
    for path in (
        "/welcome",
        "/welcome?step=2",
        "/welcome?step=3",
        "/welcome?step=4",
        "/welcome?step=5",
        "/create",
        "/unlock",
        "/recover",
    ):
        page = browser.get(path).text
        assert "Get help now" in page
        assert "An AI, not a person" in page


def test_export_needs_the_cookie(browser: TestClient) -> None:
    assert browser.get("/export", follow_redirects=False).status_code == 303
    make_space(browser)
    answer = browser.get("/export")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    browser.post("/lock")
    assert browser.get("/export", follow_redirects=False).status_code == 303


def test_the_demo_needs_no_passphrase_and_leaves_nothing(browser: TestClient, house: bootstrap.House) -> None:
    before = (house.settings.data_dir / "between.db").read_bytes()
    browser.post("/demo")
    token = browser.cookies["between_ticket"]
    space = house.open(token)
    assert space is not None
    assert space.is_demo
    assert len(space.journal.entries()) >= 90
    browser.post("/lock")
    assert house.open(token) is None
    assert (house.settings.data_dir / "between.db").read_bytes() == before


def test_locking_one_browser_leaves_the_other_open_and_the_space_is_shut_after_the_last(
    browser: TestClient, house: bootstrap.House
) -> None:
    name, _ = make_space(browser)
    first = browser.cookies["between_ticket"]
    second = house.unlock(name, PASSPHRASE)
    browser.post("/lock")
    assert house.open(first) is None
    assert house.peek(second)
    house.lock(second)
    assert not house.peek(second)


@pytest.mark.parametrize(
    "wanted", ["/%09/evil.example", "/\t/evil.example", "/export", "/\\evil.example", "javascript:x"]
)
def test_no_address_leads_out_or_to_the_export(browser: TestClient, wanted: str) -> None:
    page = browser.get("/help", params={"next": wanted}).text
    assert 'href="/"' in page
    assert "evil" not in page
    assert 'href="/export"' not in page


def test_an_uploaded_diary_never_touches_the_temporary_folder(browser: TestClient) -> None:
    from starlette.formparsers import MultiPartParser

    assert MultiPartParser.spool_max_size >= 25 * 1024 * 1024


def test_what_nobody_holds_any_more_is_put_away(house: bootstrap.House) -> None:
    demo, kept = house.open_demo(), house.create(PASSPHRASE).token
    assert len(house._open) == 2
    house._demos.lock(demo)
    house.spaces.lock(kept)
    house.sweep()
    assert len(house._open) == 0


def test_the_idle_time_of_the_settings_is_used(tmp_path: Path) -> None:
    now = [bootstrap.now()]
    settings = Settings(data_dir=tmp_path / "idle", kdf=KdfProfile.CHEAPEST, idle_minutes=3)
    built = bootstrap.House(settings, clock=lambda: now[0])
    token = built.spaces.create(PASSPHRASE).token
    now[0] += timedelta(minutes=4)
    assert not built.peek(token)
    built.close()


def test_a_space_is_made_only_for_somebody_who_says_they_are_of_age(browser: TestClient) -> None:
    asked = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
    refused = browser.post("/create", data=asked)
    assert refused.status_code == 400
    assert "made for adults" in refused.text
    assert "I am 18 or older" in browser.get("/create").text
    browser.get("/welcome?step=2&adult=yes")
    assert "I am 18 or older" not in browser.get("/create").text
    assert "recovery-code" in browser.post("/create", data=asked).text


def test_before_the_first_access_it_is_said_what_this_is(browser: TestClient) -> None:
    for path in ("/welcome", "/welcome?step=5", "/unlock"):  # wherever a space or the demo can be opened
        assert (
            "You are writing with an AI, not a person. It cannot feel, and it can be wrong."
            in browser.get(path).text
        )


def test_three_questions_are_corrected_kindly_and_can_be_skipped(browser: TestClient) -> None:
    page = browser.get("/welcome?step=3").text
    assert page.count("<legend>") == 3
    assert 'href="/welcome?step=4">Skip' in page
    told = browser.get("/welcome?step=3&who=person&wrong=yes&danger=<script>").text
    assert told.count("Not quite") == 1
    assert told.count("That&#39;s right") == 1
    assert "<script>" not in told.replace("<script src", "")
    assert "Calling people" not in told
    assert "Get help now” shows who answers" in told


def test_reports_and_counts_need_the_cookie(browser: TestClient) -> None:
    for path in ("/export/reports", "/export/counts"):
        assert browser.get(path, follow_redirects=False).status_code == 303
    make_space(browser)
    for path in ("/export/reports", "/export/counts"):
        answer = browser.get(path)
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["cache-control"] == "no-store"
