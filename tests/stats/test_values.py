"""Ids, days and numbers, cell by cell."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from studio.stats.post import link_code
from studio.stats.readers.dates import latest, parse_day, with_years
from studio.stats.readers.ids import shortcode_time, tiktok_link, tiktok_time
from studio.stats.readers.numbers import count, share


@pytest.mark.parametrize(
    ("code", "minute"),
    [
        ("DVbkOTzgAAA", datetime(2026, 3, 3, 17, 30, tzinfo=UTC)),
        ("DVyvYLzgAAA", datetime(2026, 3, 12, 17, 30, tzinfo=UTC)),
    ],
)
def test_a_shortcode_holds_the_time_of_the_upload(code, minute):
    assert shortcode_time(code).replace(second=0, microsecond=0) == minute
    assert shortcode_time(code + "private-suffix") == shortcode_time(code)


def test_a_shortcode_from_before_2016_has_ten_letters():
    assert shortcode_time("zzzzzzzzzz").year == 2015


@pytest.mark.parametrize("code", ["", "short", "DVbkOTz!AAA", "_" * 11])
def test_what_is_no_shortcode_holds_no_time(code):
    assert shortcode_time(code) is None


def test_a_tiktok_id_holds_the_time_of_the_upload():
    assert tiktok_time("7617173891579904000") == datetime(2026, 3, 14, 18, 5, tzinfo=UTC)
    assert tiktok_time("123") is None
    assert tiktok_time("9" * 20) is None


def test_links_give_id_kind_and_handle():
    link = "https://www.tiktok.com/@page.example/photo/7617173891579904000?lang=en"
    assert tiktok_link(link) == ("7617173891579904000", "photo", "page.example")
    assert tiktok_link("https://example.invalid/video/7617173891579904000") == (None, None, None)
    assert link_code("https://www.instagram.com/page.example/reel/DVbkOTzgAAA/") == "DVbkOTzgAAA"
    assert link_code("https://instagram.com/p/DVbkOTzgAAA?x=1") == "DVbkOTzgAAA"
    assert link_code(link) == "7617173891579904000"
    assert link_code("https://example.invalid/") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("November 16", (None, 11, 16)),
        ("16 Νοεμβρίου", (None, 11, 16)),
        ("1 Μαΐου", (None, 5, 1)),
        ("11月16日", (None, 11, 16)),
        ("2026年11月16日", (2026, 11, 16)),
        ("11월 16일", (None, 11, 16)),
        ("16 tháng Mười Một", (None, 11, 16)),
        ("7 tháng Mười", (None, 10, 7)),
        ("18 tháng Tám", (None, 8, 18)),
        ("16 tháng 11", (None, 11, 16)),
        ("16. November", (None, 11, 16)),
        ("3. März", (None, 3, 3)),
        ("11 septembre", (None, 9, 11)),
        ("1er août", (None, 8, 1)),
        ("16 de noviembre", (None, 11, 16)),
        ("16 de março", (None, 3, 16)),
        ("16 novembre", (None, 11, 16)),
        ("10 января", (None, 1, 10)),
        ("5 мая", (None, 5, 5)),
        ("Nov 16, 2026", (2026, 11, 16)),
        ("2026-11-16", (2026, 11, 16)),
        ("February 29", (None, 2, 29)),
        ("February 30", None),
        ("3/4", None),
        ("16", None),
        ("", None),
        ("Smarch 13", None),
        ("x" * 1000, None),
    ],
)
def test_days_are_read_in_the_language_of_the_account(text, day):
    assert parse_day(text) == day


def test_a_year_is_the_latest_that_fits():
    assert latest(11, 17, date(2026, 11, 16)) == date(2026, 11, 17)  # east of here it is tomorrow
    assert latest(11, 18, date(2026, 11, 16)) == date(2025, 11, 18)
    assert latest(2, 29, date(2026, 11, 16)) == date(2024, 2, 29)


def test_years_are_found_by_walking_back_over_new_year_and_leap_days():
    days = [(None, 12, 31), (None, 1, 1), (None, 1, 1), (None, 1, 2)]
    found, first = with_years(days, date(2026, 5, 1))
    assert (found[0], found[-1], first) == (date(2025, 12, 31), date(2026, 1, 2), 0)
    leap, first = with_years([(None, 2, 28), (None, 2, 29), (None, 3, 1)], date(2026, 5, 1))
    assert (leap[-1], first) == (date(2024, 3, 1), 0)
    assert with_years([], date(2026, 5, 1)) == ([], 0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("1438", 1438),
        ("1,438", 1438),
        ("12.345", 12345),
        ("1,234,567", 1234567),
        ("5 678", 5678),
        ("5\u202f678", 5678),
        (" 7 ", 7),
        ("12.0", 12),
        ("３４", 34),
    ],
)
def test_counts_are_read_as_platforms_write_them(text, value):
    assert count(text) == (value, None)


@pytest.mark.parametrize("text", ["", "--", "undefined", "N/A", "None", "null", "[]", "{}", "-"])
def test_what_is_not_told_is_missing_without_a_word(text):
    assert count(text) == (None, None)


@pytest.mark.parametrize(
    "text", ["-5", "1.2K", "9" * 40, "1e309", "inf", "12.5", "0x10", "1,89E+16", "1_000", "1,23,4"]
)
def test_what_is_no_count_is_missing_and_said(text):
    value, wrong = count(text)
    assert value is None
    assert wrong


@pytest.mark.parametrize(
    ("text", "value"),
    [("8.6%", 0.086), ("8,6 %", 0.086), ("0.59", 0.59), ("13%", 0.13), ("x", None), ("130%", None)],
)
def test_shares_are_fractions(text, value):
    assert share(text) == value
