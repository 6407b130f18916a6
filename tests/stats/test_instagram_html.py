"""Instagram's data download as HTML: best effort, said so, and never a message taken for a post."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime

import pytest

from studio.problem import Problem
from studio.stats.readers import read

TODAY = date(2026, 11, 16)
FILE = "instagram_download_html/your_instagram_activity/media/posts_1.html"


def page(*boxes: str) -> str:
    body = "".join(
        f'<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder">{b}</div>' for b in boxes
    )
    return f'<html><head><title>x</title></head><body><main role="main">{body}</main></body></html>'


def box(when: str, *paths: str, caption: str = "Snow day") -> str:
    media = "".join(f'<a href="{path}"><img src="{path}" class="_a6_o"/></a>' for path in paths)
    return (
        f'<h2 class="_3-95 _2pim _a6-h _a6-i">{caption}</h2>'
        f'<div class="_a6-p"><div>{media}</div></div>'
        f'<div class="_3-94 _a6-o">{when}</div>'
    )


def made(text: str):
    return read("page.html", text.encode(), today=TODAY)


def test_every_post_of_the_page_is_there_to_the_minute(reading, truth):
    rows = {
        row["posted_at_utc"]: row
        for row in truth.values()
        if row["platform"] == "instagram" and row["format"] != "reel"
    }
    posts = {f"{post.posted_at:%Y-%m-%dT%H:%M}": post for post in reading(FILE).posts}
    # 01:34 on the day the clocks go back is told twice; nothing in the page says which it was.
    posts["2026-11-01T09:34"] = posts.pop("2026-11-01T08:34")
    assert posts.keys() == {at[:16] for at in rows}
    for at, row in rows.items():
        post = posts[at[:16]]
        assert (post.caption, post.format) == (row["caption"], row["format"])
        assert not post.hour_known
        assert post.figures == (None,) * 7


def test_it_says_that_the_hours_are_unsure_and_json_is_better(reading):
    told = reading(FILE).notes[0].text
    assert "US Pacific" in told
    assert "JSON" in told


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("May 14, 2024 6:20 pm", "2024-05-15T01:20"),
        ("Nov 3, 2026, 10:11 AM", "2026-11-03T18:11"),
        ("14. Mai 2024, 18:20", "2024-05-15T01:20"),
        ("14 mag 2024, 18:20", "2024-05-15T01:20"),
        ("14 mai 2024 à 18:20", "2024-05-15T01:20"),
        ("2024年5月14日 18:20", "2024-05-15T01:20"),
        ("5월 14, 2024 6:20:07오후", "2024-05-15T01:20"),
        ("May 14, 2024", "2024-05-14T12:00"),
    ],
)
def test_dates_are_read_in_the_languages_of_accounts(shown, expected):
    (post,) = made(page(box(shown, "media/posts/1.jpg"))).posts
    assert f"{post.posted_at:%Y-%m-%dT%H:%M}" == expected
    assert not post.hour_known


def test_a_time_with_its_zone_is_trusted():
    when = '<time datetime="2026-03-03T17:30:00.000Z">Tuesday, March 3, 2026 at 9:30 AM</time>'
    found = made(page(box(when, "media/reels/202603/1.mp4")))
    (post,) = found.posts
    assert (post.posted_at, post.hour_known) == (datetime(2026, 3, 3, 17, 30, tzinfo=UTC), True)
    assert post.format == "reel"
    assert not any("Pacific" in note.text for note in found.notes)


def test_insights_are_read_with_their_labels():
    rows = "".join(
        f'<tr><td class="_a6_q">{label}</td><td class="_2piu _a6_r">{value}</td></tr>'
        for label, value in (
            ("Creation Timestamp", "Mar 3, 2026, 9:30 AM"),
            ("Accounts reached", "1,438"),
            ("Impressions", "2,005"),
            ("Saves", "--"),
            ("Vibes", "3"),
        )
    )
    found = made(page(f'<div class="_a6-p"><table>{rows}</table></div>'))
    (post,) = found.posts
    assert (post.reach, post.views, post.saves, post.format) == (1_438, 2_005, None, None)
    assert f"{post.posted_at:%Y-%m-%dT%H:%M}" == "2026-03-03T17:30"
    assert any("Vibes" in note.text and note.kind == "odd" for note in found.notes)


def test_an_audience_is_read_from_its_table():
    rows = "".join(
        f'<tr><td colspan="2" class="_a6_q">{label}<div><div>{value}</div></div></td></tr>'
        for label, value in (
            ("Intervallo di date", "19 ago - 16 nov"),
            ("Follower", "1.204"),
            ("Percentuale totale di follower uomini", "48,5%"),
        )
    )
    found = made(f"<html><body><main><table>{rows}</table></main></body></html>")
    assert [(share.table, share.name, share.share) for share in found.shares] == [
        ("gender", "men", 0.485)
    ]
    assert [(told.day, told.count) for told in found.followers] == [(date(2026, 11, 16), 1_204)]


SECRET = "nobody must read this"


@pytest.mark.parametrize(
    "one",
    [
        box("Mar 3, 2026 9:30 am", caption=SECRET),
        box("Mar 3, 2026 9:30 am", "your_instagram_activity/messages/inbox/x/photos/1.jpg"),
        box("Mar 3, 2026 9:30 am", "https://www.instagram.com/p/DVbkOTzgAAA/", caption=SECRET),
    ],
)
def test_a_message_or_a_like_is_not_taken_for_a_post(one):
    with pytest.raises(Problem, match="no posts or figures") as caught:
        made(page(one))
    assert SECRET not in str(caught.value)


def test_another_web_page_is_named_as_such():
    with pytest.raises(Problem, match="login"):
        made("<!DOCTYPE html><html><body><h1>Log in to continue</h1></body></html>")


def test_a_page_cut_anywhere_gives_only_whole_posts_and_says_so(reading, exports):
    data = (exports / FILE).read_bytes()
    whole = [(post.posted_at, post.caption, post.format) for post in reading(FILE).posts]
    lengths = []
    for end in range(200, len(data), len(data) // 41):
        try:
            found = read("cut.html", data[:end], today=TODAY)
        except Problem:
            lengths.append(0)
            continue
        lengths.append(len(found.posts))
        assert [(post.posted_at, post.caption, post.format) for post in found.posts] == whole[
            : len(found.posts)
        ]
        assert any("cut off" in note.text for note in found.notes)
    assert lengths == sorted(lengths)
    assert lengths[-1] > 40


@pytest.mark.parametrize(
    "text",
    [
        "<a " * 100_000,
        "<!--" * 100_000,
        "<" * 300_000,
        '<a b="' * 100_000,
        "<script>" * 50_000,
        '<div class="_a6-g">' * 20_000,
        '<td class="_a6_q">' + "<div>x" * 50_000,
    ],
    ids=["tags", "comments", "marks", "quotes", "scripts", "boxes", "cells"],
)
def test_a_hostile_page_takes_no_longer_than_another(text):
    start = time.process_time()
    with pytest.raises(Problem):
        made("<html>" + text)
    assert time.process_time() - start < 3
