from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from studio.problem import Problem
from studio.project.history import History
from studio.project.store import Store
from studio.project.version import ABSENT
from studio.stats.exports import load
from studio.stats.log import COLUMNS, PATH, Entry, link_time, log_edits, log_readings
from studio.stats.table import merge

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ",".join(COLUMNS)
LINK = "https://www.instagram.com/reel/DVbkOTzgAAA/"  # 2026-03-03 17:30 UTC
AT = datetime(2026, 3, 4, 20, 15, tzinfo=timezone(timedelta(hours=1)))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    root = tmp_path / "page"
    root.mkdir()
    (root / "studio.toml").write_text('id = "a1"\nname = "Rewind 89"\nzone = "Europe/London"\n')
    return Store(root, History(tmp_path / "state" / "history"))


def entry(**changes) -> Entry:
    return Entry(**{"typed_at": AT, "idea": "disco", "platform": "instagram", **changes})


def write(store: Store, text: str | bytes) -> None:
    data = text.encode() if isinstance(text, str) else text
    store.write(PATH, data, if_version=store.version(PATH))


def log(store: Store, **changes) -> None:
    (edit,) = log_edits(store, entry(**changes))
    store.write(edit.path, edit.data, if_version=edit.if_version)


def text(store: Store) -> str:
    return store.read(PATH)[0].decode()


def posts(store: Store):
    return merge(log_readings(store)).posts


def test_the_first_typing_makes_the_file_with_its_header(store) -> None:
    (edit,) = log_edits(store, entry(views=1204, likes=88, link=LINK, format="reel"))
    assert edit.if_version == ABSENT
    assert edit.data.decode() == (
        f"{HEADER}\r\n2026-03-04T20:15:00+01:00,disco,instagram,{LINK},,reel,1204,,88,,,,\r\n"
    )


def test_the_next_typing_is_one_more_row_and_nothing_else_changes(store) -> None:
    log(store, views=10)
    before = text(store)
    log(store, views=20)
    assert text(store).startswith(before)
    assert len(text(store).splitlines()) == 3


def test_without_a_figure_there_is_nothing_to_log(store) -> None:
    with pytest.raises(Problem, match="no figure"):
        log_edits(store, entry())


def test_nought_is_a_figure_and_missing_is_not_nought(store) -> None:
    log(store, views=120, likes=0, link=LINK)
    (post,) = posts(store)
    assert (post.views, post.likes, post.comments) == (120, 0, None)


def test_a_post_has_the_time_inside_its_link_unless_another_was_typed(store) -> None:
    log(store, views=10, link=LINK)
    (post,) = posts(store)
    assert post.posted_at == datetime(2026, 3, 3, 17, 30, tzinfo=UTC).replace(
        microsecond=post.posted_at.microsecond, second=post.posted_at.second
    )
    assert (post.time_from, post.hour_known, post.post_id) == ("id", True, "DVbkOTzgAAA")
    typed = datetime(2026, 3, 3, 19, 0, tzinfo=UTC)
    log(store, views=12, link=LINK, posted_at=typed)
    (post,) = posts(store)
    assert (post.posted_at, post.time_from) == (typed, "published")


def test_a_day_alone_is_a_day_whose_hour_is_not_known(store) -> None:
    log(store, views=10, posted_at=date(2026, 3, 3))
    (post,) = posts(store)
    assert post.posted_at == datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert (post.time_from, post.hour_known) == ("day", False)


@pytest.mark.parametrize("link", ["", LINK])
def test_what_was_typed_on_other_days_stays_as_history(store, link) -> None:
    for days, views in ((0, 100), (2, 300), (6, 450)):
        log(store, views=views, link=link, typed_at=AT + timedelta(days=days))
    (post,) = posts(store)
    assert post.views == 450
    assert post.exported == date(2026, 3, 10)
    assert [(one.exported, one.views) for one in post.history] == [
        (date(2026, 3, 4), 100),
        (date(2026, 3, 6), 300),
    ]
    assert (post.idea, post.source, post.line) == ("disco", PATH, 4)


def test_typing_again_on_one_day_puts_a_slip_right(store) -> None:
    log(store, views=12040, likes=88, link=LINK)
    log(store, views=1204, link=LINK, typed_at=AT + timedelta(minutes=1))
    (post,) = posts(store)
    assert (post.views, post.likes, post.history) == (1204, 88, ())


def test_rows_from_before_the_link_was_known_are_of_the_same_post(store) -> None:
    log(store, views=100)
    log(store, views=300, link=LINK, typed_at=AT + timedelta(days=2))
    (post,) = posts(store)
    assert (post.post_id, post.views, post.history[0].views) == ("DVbkOTzgAAA", 300, 100)


def test_one_idea_on_two_platforms_is_two_posts(store) -> None:
    log(store, views=100)
    log(store, views=300, platform="tiktok")
    assert {(post.platform, post.views) for post in posts(store)} == {
        ("instagram", 100),
        ("tiktok", 300),
    }


def test_an_idea_posted_twice_on_one_platform_stays_two_posts(store) -> None:
    log(store, views=100, link=LINK)
    log(store, views=50, link="https://www.instagram.com/reel/DVyvYLzgAAA/")
    assert len(posts(store)) == 2


@pytest.mark.parametrize(
    "again",
    [
        lambda data: data.replace(b",", b";"),
        lambda data: data.replace(b",", b"\t"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: b"\xef\xbb\xbf" + data.replace(b",", b";"),
        lambda data: data.rstrip(b"\r\n"),
        lambda data: b"\xff\xfe" + data.decode().encode("utf-16-le"),
        lambda data: data.replace(b"disco", b"d\xe9co"),
    ],
    ids=["semicolons", "tabs", "mark", "newlines", "excel", "no end", "utf-16", "cp1252"],
)
def test_a_file_that_a_spreadsheet_saved_again_is_read_and_added_to(store, again) -> None:
    log(store, views=1204, likes=88, link=LINK)
    write(store, again(store.read(PATH)[0]))
    before = store.read(PATH)[0]
    log(store, views=1500, link=LINK, typed_at=AT + timedelta(days=3))
    assert store.read(PATH)[0].startswith(before)
    (post,) = posts(store)
    assert (post.views, post.likes, post.post_id) == (1500, 88, "DVbkOTzgAAA")
    assert [one.views for one in post.history] == [1204]


def test_columns_in_another_order_and_of_ones_own_are_kept(store) -> None:
    write(store, "note,views,platform,typed_at,idea\nmine,5,tiktok,2026-03-01T10:00:00Z,vhs\n")
    log(store, views=7, likes=2, idea="vhs", platform="tiktok")
    assert text(store).splitlines()[-1] == ",7,tiktok,2026-03-04T20:15:00+01:00,vhs"
    (post,) = posts(store)
    assert (post.views, [one.views for one in post.history]) == (7, [5])


def test_rows_that_are_not_understood_are_told_with_their_line_and_stay(store) -> None:
    rows = [
        "yesterday,disco,instagram,,,,100,,,,,,",
        "2026-03-04T20:15:00+01:00,disco,,,,,100,,,,,,",
        "2026-03-04T20:15:00+01:00,disco,instagram,,soon,,1.2k,,5,,,,",
        "2026-03-04T20:15:00+01:00,vhs,instagram,,,,,,,,,,",
    ]
    write(store, "\r\n".join([HEADER, *rows, ""]))
    (reading,) = log_readings(store)
    assert [(note.line, note.kind) for note in reading.notes] == [
        (2, "odd"),
        (3, "odd"),
        (4, "odd"),
        (4, "odd"),
        (5, "empty"),
    ]
    assert [post.figures for post in reading.posts] == [(None, None, 5, None, None, None, None)]
    log(store, views=1)
    assert text(store).splitlines()[1:5] == rows


def test_a_file_without_its_header_is_neither_guessed_at_nor_added_to(store) -> None:
    write(store, "1204,88,3\r\n")
    (reading,) = log_readings(store)
    assert reading.posts == ()
    assert reading.notes[0].kind == "odd"
    with pytest.raises(Problem, match="name its columns"):
        log_edits(store, entry(views=5))


def test_an_open_quotation_mark_would_swallow_the_row_so_it_is_refused(store) -> None:
    write(store, f'{HEADER}\r\n2026-03-04T20:15:00+01:00,"disco,instagram,,,,5,,,,,,\r\n')
    with pytest.raises(Problem, match="line 2"):
        log_edits(store, entry(views=5))


def test_times_without_an_offset_are_the_projects(store) -> None:
    store.write("studio.toml", b'zone = "Asia/Tokyo"\n', if_version=store.version("studio.toml"))
    write(store, f"{HEADER}\n2026-03-05 09:00,vhs,tiktok,,2026-03-04 21:00,,5,,,,,,\n")
    (post,) = posts(store)
    assert post.posted_at == datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("slug", ['a"b', "a,b", "a;b", "=1+1", "ünï ☃", "a\nb"])
def test_any_idea_survives_the_way_through_the_file(store, slug) -> None:
    log(store, views=5, idea=slug)
    (post,) = posts(store)
    assert post.idea == slug.replace("\n", " ")


def test_what_was_typed_is_among_the_projects_posts(store) -> None:
    log(store, views=1204, link=LINK)
    table = load(store)
    assert [(post.views, post.idea) for post in table.posts] == [(1204, "disco")]
    assert table.files[0].kind == "Typed by hand"


def test_links_tell_their_time() -> None:
    tiktok = link_time("https://www.tiktok.com/@page/video/7617173891579904000")
    assert tiktok == datetime(2026, 3, 14, 18, 5, tzinfo=UTC)
    assert link_time("https://example.com/") is None


@pytest.mark.parametrize("cut", range(0, 340, 17))
def test_a_file_cut_anywhere_never_gives_wrong_numbers(store, cut) -> None:
    log(store, views=1204, likes=88, link=LINK)
    log(store, views=1300, likes=90, link=LINK, typed_at=AT + timedelta(days=1))
    write(store, store.read(PATH)[0][:cut])
    for reading in log_readings(store):
        for post in reading.posts:
            assert (post.views, post.likes) in {(1204, 88), (1300, 90)}
