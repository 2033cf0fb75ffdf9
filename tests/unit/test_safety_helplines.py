"""The registry of help lines, and the guess of a country."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from between.errors import UnreadableRule
from between.safety.country import guess_country
from between.safety.helplines import FILE, Helplines, registry

CODES = [code for code, _ in registry().countries()]
CORE = {
    "US": "988", "GB": "116 123", "DE": "0800 111 0 111", "FR": "3114", "ES": "024", "JP": "0120-279-338",
    "IN": "14416", "BR": "188", "CL": "*4141", "FI": "09 2525 0111", "SE": "90390", "AU": "13 11 14",
}  # fmt: skip


def test_thirty_six_countries_each_have_an_emergency_number_and_a_line_to_reach() -> None:
    assert len(CODES) >= 36
    for code in CODES:
        assert registry().emergency(code)[0].tel_uri.startswith("tel:")
        first = registry().for_country(code)[0]
        assert first.tel_uri or first.sms
        assert first.country == code


@pytest.mark.parametrize(("code", "number"), CORE.items())
def test_the_core_numbers_are_those_of_the_clinical_list(code: str, number: str) -> None:
    assert number in [line.dial for line in registry().for_country(code)]


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
        assert registry().for_country(code) == []
        assert registry().emergency(code) == ()
    assert registry().fallback.emergency == ("112", "911")
    assert set(registry().fallback.links) == {"findahelpline.com", "befrienders.org"}


def test_a_topic_has_its_own_lines() -> None:
    assert registry().for_country("US", "domestic_violence")[0].dial == "1-800-799-7233"
    assert registry().for_country("gb", "child")[0].country == "GB"
    assert registry().for_country("GB", "no such topic") == []


def test_lines_that_are_always_open_come_first() -> None:
    hours = [line.hours for line in registry().for_country("JP")]
    assert hours[0] == "24/7"


def test_opening_hours_are_read_in_the_line_s_own_time() -> None:
    line = next(h for h in registry().helplines if h.id == "it-amico")
    assert line.open_at(datetime(2026, 1, 10, 11, tzinfo=UTC)) is True
    assert line.open_at(datetime(2026, 1, 10, 4, tzinfo=UTC)) is False
    assert registry().for_country("US")[0].open_at(datetime(2026, 1, 10, 4, tzinfo=UTC)) is True


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
