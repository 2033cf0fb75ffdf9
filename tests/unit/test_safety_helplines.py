"""The registry of help lines, and the guess of a country."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from between.errors import UnreadableRule
from between.evaluate import helplines
from between.evaluate.helplines import report
from between.safety.country import guess_country
from between.safety.helplines import AGEING, FILE, OLDEST, TOPICS, Helplines, closedness, registry

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
"""A Wednesday."""
CODES = [code for code, _ in registry().countries()]
CORE = {
    "US": "988", "GB": "116 123", "DE": "0800 111 0 111", "FR": "3114", "ES": "024", "JP": "0120-279-338",
    "IN": "14416", "BR": "188", "CL": "*4141", "FI": "09 2525 0111", "SE": "90390", "AU": "13 11 14",
}  # fmt: skip

CORE_TOPICS: dict[str, set[str]] = {
    "US": set(), "GB": set(), "AU": set(), "CA": {"loss"}, "NZ": {"loss", "veterans"}, "DE": {"lgbtq"},
    "IE": {"veterans", "perinatal"}, "IN": {"eating", "loss", "lgbtq", "veterans", "perinatal"},
}  # fmt: skip
"""What is not known for each: the page then says so and shows the lines for anyone."""


def test_thirty_six_countries_each_have_an_emergency_number_and_a_line_to_reach() -> None:
    assert len(CODES) >= 36
    for code in CODES:
        assert registry().emergency(code)[0].tel_uri.startswith("tel:")
        first = registry().for_country(code, NOON)[0]
        assert first.tel_uri or first.sms
        assert first.country == code


@pytest.mark.parametrize(("code", "number"), CORE.items())
def test_the_core_numbers_are_those_of_the_clinical_list(code: str, number: str) -> None:
    assert number in [line.dial for line in registry().for_country(code, NOON)]


def test_short_codes_are_never_written_as_international_numbers() -> None:
    for line in registry().helplines:
        digits = re.sub(r"\D", "", line.tel_uri)
        assert not (line.tel_uri.startswith("tel:+") and len(digits) <= 6), line.id


def test_every_record_says_where_it_is_from_and_when_to_look_again() -> None:
    for line in registry().helplines:
        assert line.source_url, line.id
        assert line.verified_on is not None, line.id
        assert line.review_by is not None, line.id
        assert line.verified_by.startswith("listed"), line.id


def test_an_unknown_country_gets_no_line_of_another_country() -> None:
    for code in ("", "XX", "KE"):
        assert registry().for_country(code, NOON) == []
        assert registry().emergency(code) == ()
    assert registry().fallback.emergency == ("112", "911")
    assert set(registry().fallback.links) == {"findahelpline.com", "befrienders.org"}


def test_a_topic_has_its_own_lines() -> None:
    assert registry().for_country("US", NOON, "domestic_violence")[0].dial == "1-800-799-7233"
    assert registry().for_country("gb", NOON, "child")[0].country == "GB"
    assert registry().for_country("GB", NOON, "no such topic") == []


def test_lines_that_are_always_open_come_first() -> None:
    hours = [line.hours for line in registry().for_country("JP", NOON)]
    assert hours[0] == "24/7"


def test_opening_hours_are_read_in_the_line_s_own_time() -> None:
    line = next(h for h in registry().helplines if h.id == "it-amico")
    assert line.opening(datetime(2026, 1, 10, 11, tzinfo=UTC)).is_open is True
    assert line.opening(datetime(2026, 1, 10, 4, tzinfo=UTC)).is_open is False
    assert registry().for_country("US", NOON)[0].opening(NOON.replace(hour=4)).is_open is True


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("topic", ["", *TOPICS])
def test_no_closed_line_comes_before_an_open_one(code: str, topic: str) -> None:
    for hour in range(0, 24, 3):
        at = NOON.replace(hour=hour)
        order = [closedness(line, at) for line in registry().for_help(code, at, topic)]
        assert order == sorted(order)


@pytest.mark.parametrize("code", CORE_TOPICS)
def test_core_countries_have_lines_for_what_a_person_may_choose(code: str) -> None:
    missing = {topic for topic in TOPICS if not registry().for_help(code, NOON, topic)}
    assert missing == CORE_TOPICS[code]


def test_what_was_not_tried_by_calling_says_so() -> None:
    general = [h for h in registry().helplines if "general knowledge" in h.verified_by]
    assert general
    assert all(h.confidence == "B" and "dial-check" in h.source_url for h in general)


def test_every_record_was_looked_at_within_half_a_year_of_the_version() -> None:
    written = date.fromisoformat(registry().version)
    assert registry().stale(written, AGEING) == []


def test_a_record_that_nobody_looked_at_for_a_year_stops_the_release() -> None:
    newest = max(h.verified_on for h in registry().helplines if h.verified_on)
    oldest = min(h.verified_on for h in registry().helplines if h.verified_on)
    fresh, said = report(registry(), oldest + timedelta(days=AGEING))
    assert fresh
    assert len(said) == 1
    fresh, said = report(registry(), newest + timedelta(days=AGEING + 1))
    assert fresh
    assert len(said) == len(registry().helplines) + 1
    assert report(registry(), oldest + timedelta(days=OLDEST))[0]
    assert not report(registry(), oldest + timedelta(days=OLDEST + 1))[0]
    assert helplines.main(["--on", (oldest + timedelta(days=OLDEST + 1)).isoformat()]) == 1


def test_a_record_that_was_never_looked_at_is_too_old() -> None:
    line = registry().helplines[0].model_copy(update={"verified_on": None})
    assert line.age(NOON.date()) > OLDEST


def test_paired_services_point_at_each_other() -> None:
    flemish = next(h for h in registry().helplines if h.id == "be-1813")
    assert flemish.paired_with == ("be-fr",)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tel_uri", "tel:+988"),
        ("tel_uri", "http://x"),
        ("country", "usa"),
        ("dialled", "988"),
        ("paired_with", ["nowhere"]),
        ("hours", "nine to five"),
        ("hours", "09:00-25:00"),
        ("tz", "Europe/Nowhere"),
        ("chat_url", "http://example.org"),
    ],
)
def test_a_malformed_record_is_refused(tmp_path: Path, field: str, value: object) -> None:
    content = json.loads(FILE.read_text(encoding="utf-8"))
    content["helplines"][0][field] = value
    broken = tmp_path / "helplines.json"
    broken.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(UnreadableRule):
        Helplines.load(broken)


@pytest.mark.parametrize(
    ("locale", "timezone", "country"),
    [
        ("en-GB", "Europe/London", "GB"),
        ("en-US", "Europe/Berlin", "DE"),
        ("de-CH", "", "CH"),
        ("zh-Hant-TW", "", "TW"),
        ("en_US", "Etc/UTC", "US"),
        ("en", "Asia/Calcutta", "IN"),
        ("en", "America/Indiana/Indianapolis", "US"),
        ("en", "", ""),
        ("", "", ""),
        ("fr-FR", "Africa/Dakar", ""),
        ("en-KE", "Africa/Nairobi", ""),
        ("nonsense", "Mars/Base", ""),
    ],
)
def test_a_country_is_suggested_only_where_help_is_known(locale: str, timezone: str, country: str) -> None:
    assert guess_country(locale, timezone) == country
