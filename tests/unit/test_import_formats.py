"""Reading diaries from elsewhere: every format, every date, every encoding."""

from __future__ import annotations

import gzip
import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from between.domain import Mood
from between.errors import UnreadableImport
from between.journal.importers.dates import Dates
from between.journal.importers.draft import EntryDraft, Format, ImportOptions, Preview
from between.journal.importers.previewing import detect, preview
from tests.fakes_journal import zipped

LONDON = ZoneInfo("Europe/London")


def seen(name: str, text: str | bytes, **options: object) -> Preview:
    data = text if isinstance(text, bytes) else text.encode()
    return preview(name, data, options=ImportOptions(**{"zone": LONDON, **options}))  # type: ignore[arg-type]


def only(name: str, text: str | bytes) -> EntryDraft:
    found = seen(name, text)
    (draft,) = (*found.found, *found.undated)
    return draft


def when(draft: EntryDraft) -> str | None:
    return draft.at.isoformat() if draft.at else None


# Dates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("2021-03-04", "2021-03-04T12:00:00+00:00"),
        ("2021_03_04", "2021-03-04T12:00:00+00:00"),
        ("20210304", "2021-03-04T12:00:00+00:00"),
        ("2021-07-04 18:22", "2021-07-04T18:22:00+01:00"),
        ("2021-07-04T23:59:54Z", "2021-07-05T00:59:54+01:00"),
        ("2021-03-04T10:00:00+02:00", "2021-03-04T10:00:00+02:00"),
        ("28 September 2021, 10:05 pm", "2021-09-28T22:05:00+01:00"),
        ("Sept 5th, 2021", "2021-09-05T12:00:00+01:00"),
        ("Monday, 4 March 2021", "2021-03-04T12:00:00+00:00"),
        ("4.3.2021", "2021-03-04T12:00:00+00:00"),
        ("13/4/2021", "2021-04-13T12:00:00+01:00"),
        ("12:00 am", None),
        ("2021-03-04 12:30 am", "2021-03-04T00:30:00+00:00"),
        ("1593368520", "2020-06-28T19:22:00+01:00"),
        ("1593368520000", "2020-06-28T19:22:00+01:00"),
        ("Sunday", None),
        ("28 September", None),
        ("March 2021", None),
        ("2021-13-40", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_as_written_and_never_filled_in(said: str, read: str | None) -> None:
    at = Dates(LONDON).whole(said)
    assert (at.isoformat() if at else None) == read


def test_old_dates_get_an_offset_that_every_format_can_hold() -> None:
    at = Dates(ZoneInfo("Europe/Amsterdam")).whole("1660-01-11")
    assert at is not None
    assert at.date() == date(1660, 1, 11)
    assert (at.utcoffset() or timedelta()).total_seconds() % 60 == 0


# Markdown -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title"), [("2021-03-04.md", ""), ("2021-03-04 A walk.md", "A walk"), ("2021_03_04.md", "")]
)
def test_the_date_may_stand_in_the_file_name(name: str, title: str) -> None:
    draft = only(name, "Walked to the mill.")
    assert (when(draft), draft.text, draft.title) == (
        "2021-03-04T12:00:00+00:00",
        "Walked to the mill.",
        title,
    )
    assert draft.source == "import:markdown"


def test_front_matter_says_date_title_tags_and_mood() -> None:
    text = "---\ndate: 2021-07-04 18:22\ntitle: Harbour\ntags: [sea, '#Work']\nmood: 4\n---\n\nBoats."
    draft = only("note.md", text)
    assert when(draft) == "2021-07-04T18:22:00+01:00"
    assert (draft.title, draft.tags, draft.mood, draft.text) == (
        "Harbour",
        ("sea", "Work"),
        Mood.GOOD,
        "Boats.",
    )


@pytest.mark.parametrize(
    ("mood", "read"),
    [
        ("good", Mood.GOOD),
        ("2/5", Mood.LOW),
        ("Very low", Mood.VERY_LOW),
        ("rad", Mood.VERY_GOOD),
        ("7", None),
        ("odd", None),
    ],
)
def test_a_mood_is_read_or_left_open_never_guessed(mood: str, read: Mood | None) -> None:
    assert only("2021-03-04.md", f"---\nmood: {mood}\n---\nWords").mood == read


@pytest.mark.parametrize(
    "front",
    [
        "---\ndate: [broken\n---\nWords",
        "---\njust words\n---\nWords",
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\ntags: [*c, *c]\n---\nWords",
        "---\n!!python/object/apply:os.system ['true']\n---\nWords",
    ],
)
def test_broken_front_matter_loses_no_words_and_runs_nothing(front: str) -> None:
    assert "Words" in only("2021-03-04.md", front).text


def test_a_front_matter_made_to_explode_is_harmless() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    bomb = "---\n" + "\n".join(lines) + "\ntags: *a11\nmood: *a11\ntitle: *a11\ndate: *a11\n---\nWords"
    assert only("note.md", bomb).text == "Words"


def test_date_headings_split_a_file_into_days() -> None:
    text = "# My journal\n\n## 2021-03-04\nFirst.\n\n### 4 March 2021 at 9pm Late\nSecond.\n## March 6, 2021\nThird."
    found = seen("all.md", text)
    assert [(when(d), d.title, d.text) for d in found.found] == [
        ("2021-03-04T12:00:00+00:00", "", "First."),
        ("2021-03-04T21:00:00+00:00", "Late", "Second."),
        ("2021-03-06T12:00:00+00:00", "", "Third."),
    ]
    assert [draft.text for draft in found.undated] == ["# My journal"]


def test_a_heading_that_repeats_the_files_date_is_not_part_of_the_words() -> None:
    assert only("2021-03-04.md", "# 2021-03-04\n\nWords").text == "Words"


def test_a_heading_about_another_day_does_not_move_a_dated_file() -> None:
    draft = only("2021-03-04.md", "Words\n\n## 2021-03-01 again\nMore")
    assert when(draft) == "2021-03-04T12:00:00+00:00"
    assert draft.text == "Words\n\n## 2021-03-01 again\nMore"


def test_undated_words_stay_undated() -> None:
    found = seen("note.md", "No date anywhere.")
    assert not found.found
    assert found.undated[0].at is None
    dated = found.give_dates({0: date(2020, 5, 1)}, LONDON)
    assert when(dated.found[0]) == "2020-05-01T12:00:00+01:00"
    assert not dated.undated


def test_logseq_properties_are_fields_and_machine_lines_go() -> None:
    text = "tags:: [[sea]], calm\n- Went out\n  id:: 6512\n  collapsed:: true\n- Came home #late"
    draft = only("2021_03_04.md", text)
    assert draft.text == "- Went out\n- Came home #late"
    assert draft.tags == ("sea", "calm", "late")


# jrnl, tables, JSON ----------------------------------------------------------------------------------


def test_jrnl_text_is_split_at_its_dates() -> None:
    text = "[2020-06-28 18:22] A fine day. *\nWe swam. @sea\n\n[2020-06-29 07:01] Only a title\n"
    found = seen("journal.txt", text)
    assert found.format is Format.JRNL
    first, second = found.found
    assert (when(first), first.title, first.text, first.tags) == (
        "2020-06-28T18:22:00+01:00", "A fine day.", "We swam. @sea", ("sea",),
    )  # fmt: skip
    assert (second.title, second.text) == ("", "Only a title")


@pytest.mark.parametrize(
    "text",
    [
        "date,content\n2021-03-04,Words\n",
        "Date;Entry\n2021-03-04;Words\n",
        "full_date\tnote\n2021-03-04\tWords",
        'content|date\n"Words"|2021-03-04\n',
        "\ufeffDate,Text\r\n2021-03-04,Words\r\n",
        "2021-03-04,Words\n",
    ],
)
def test_tables_are_read_under_many_names_and_delimiters(text: str) -> None:
    draft = only("diary.csv", text)
    assert (when(draft), draft.text, draft.source) == ("2021-03-04T12:00:00+00:00", "Words", "import:csv")


def test_a_table_holds_lines_moods_tags_and_times() -> None:
    text = 'full_date,time,mood,activities,note_title,note\n2021-09-28,10:00 pm,meh,"clean | music",T,"Two\nlines, and ""quotes"""\n'
    draft = only("export.csv", text)
    assert when(draft) == "2021-09-28T22:00:00+01:00"
    assert (draft.text, draft.title, draft.mood) == ('Two\nlines, and "quotes"', "T", Mood.SO_SO)
    assert draft.tags == ("clean", "music")


def test_rows_without_words_are_told_and_bad_dates_are_offered_undated() -> None:
    found = seen("d.csv", "date,content\n2021-03-04,\nsomeday,Words\n\n2021-03-05,More\n")
    assert [(s.reason_key, s.row) for s in found.skipped] == [("empty", 2)]
    assert [d.text for d in found.undated] == ["Words"]
    assert [d.text for d in found.found] == ["More"]


def test_dates_that_could_be_two_days_are_decided_by_the_others_or_flagged() -> None:
    assert (
        when(seen("d.csv", "date,content\n03/04/2021,a\n25/04/2021,b\n").found[0])
        == "2021-04-03T12:00:00+01:00"
    )
    unsure = seen("d.csv", "date,content\n03/04/2021,a\n05/06/2021,b\n")
    assert unsure.ambiguous_dates
    assert when(unsure.found[0]) == "2021-03-04T12:00:00+00:00"
    told = seen("d.csv", "date,content\n03/04/2021,a\n", day_first=True)
    assert not told.ambiguous_dates
    assert when(told.found[0]) == "2021-04-03T12:00:00+01:00"


@pytest.mark.parametrize(
    "text",
    [
        '{"date": "2021-03-04", "text": "Words"}\n',
        '[{"at": "2021-03-04T12:00:00", "content": "Words"}]',
        '{"entries": [{"title": "", "body": "Words", "date": "2021-03-04", "time": "12:00"}]}',
    ],
)
def test_json_is_read_as_lines_array_or_jrnl_export(text: str) -> None:
    draft = only("d.json", text)
    assert (when(draft), draft.text) == ("2021-03-04T12:00:00+00:00", "Words")


def test_json_lines_that_cannot_be_read_are_told() -> None:
    found = seen("d.jsonl", '{"date": "2021-03-04", "text": "Words"}\n{broken\n42\n{"date": "2021-03-05"}\n')
    assert [(s.reason_key, s.row) for s in found.skipped] == [
        ("unreadable", 2),
        ("not_an_entry", 3),
        ("empty", 4),
    ]


def test_shifted_dates_are_read_only_when_told() -> None:
    line = json.dumps({"date": "1660-01-11", "date_shifted": "2020-01-11", "text": "Up betimes."})
    assert seen("d.jsonl", line).found[0].at.date() == date(1660, 1, 11)  # type: ignore[union-attr]
    assert seen("d.jsonl", line, shifted=True).found[0].at.date() == date(2020, 1, 11)  # type: ignore[union-attr]


def test_a_gzipped_file_is_read_like_the_file_in_it() -> None:
    found = seen("d.jsonl.gz", gzip.compress(b'{"date": "2021-03-04", "text": "Words"}'))
    assert found.found[0].text == "Words"


# What it is -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("a.md", "# Hi", Format.MARKDOWN),
        ("a", "plain words", Format.MARKDOWN),
        ("a.txt", "[2020-06-28 18:22] T\nB", Format.JRNL),
        ("a.txt", "date,content\n2021-01-01,x", Format.CSV),
        ("a.txt", '{"date": "2021-01-01", "text": "x"}', Format.JSONL),
        ("a.md", "{ not json, a poem }", Format.MARKDOWN),
    ],
)
def test_what_is_inside_counts_more_than_the_name(name: str, text: str, kind: Format) -> None:
    assert detect(name, text.encode()) is kind


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7 ..."),
        ("a.md", b"\x89PNG\r\n\x1a\n" + bytes(100)),
        ("a.txt", bytes(range(256)) * 20),
        ("a.csv", b"alpha,beta\n1,2\n"),
        ("a.json", b"{broken"),
        ("a.md", b"  \n "),
        ("a.html", b"<!DOCTYPE html><html>"),
        ("a.zip", b"PK\x03\x04 not really"),
        ("a.gz", b"\x1f\x8b not really"),
        ("a.md", b"\xff\xfe\x00"),
    ],
)
def test_what_cannot_be_read_is_refused_plainly(name: str, data: bytes) -> None:
    with pytest.raises(UnreadableImport):
        preview(name, data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert (
        only("2021-03-04.md", "Café, “quiet” – naïve.\r\nLine".encode(encoding)).text
        == "Café, “quiet” – naïve.\nLine"
    )


def test_half_characters_and_nuls_do_not_come_in() -> None:
    draft = only("d.json", '[{"date": "2021-03-04", "text": "a\\ud800b\\u0000c"}]')
    assert draft.text == "abc"
    draft.text.encode("utf-8")


def test_a_zip_of_notes_is_read_note_by_note() -> None:
    found = seen(
        "vault.zip",
        zipped(
            {
                "journals/2021_03_04.md": "One",
                "deep/er/2021-03-05 Two.md": "Two",
                "__MACOSX/journals/._2021_03_04.md": b"\x00\x05\x16",
                ".obsidian/app.json": "{}",
                "photo.jpg": b"\xff\xd8\xff",
                "inner.zip": zipped({"2021-03-06.md": "Hidden"}),
                "empty/2021-03-07.md": "",
            }
        ),
    )
    assert [d.text for d in found.found] == ["One", "Two"]
    assert sorted((s.reason_key, s.where) for s in found.skipped) == [
        ("empty", "2021-03-07.md"), ("nested", "inner.zip"), ("not_text", "photo.jpg"),
    ]  # fmt: skip
