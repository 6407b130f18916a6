from __future__ import annotations

import hashlib
import os
import shutil
from datetime import date

import pytest

from studio.problem import Problem
from studio.project.history import History
from studio.project.store import Store
from studio.stats.exports import import_edits, load, plan_import
from studio.stats.plan import ImportPlan

TODAY = date(2026, 11, 16)


def take_in(store: Store, plan: ImportPlan) -> list[str]:
    """Store what a plan would store; return the paths."""
    edits = import_edits(store, plan)
    for edit in edits:
        store.write(edit.path, edit.data or b"", if_version=edit.if_version)
    return [edit.path for edit in edits]


@pytest.fixture
def store(tmp_path) -> Store:
    root = tmp_path / "page"
    root.mkdir()
    (root / "studio.toml").write_text('id = "a1"\nname = "Rewind 89"\nzone = "Europe/London"\n')
    return Store(root, History(tmp_path / "state" / "history"))


def files(store: Store) -> dict[str, bytes]:
    return {
        path.relative_to(store.root).as_posix(): path.read_bytes()
        for path in store.root.rglob("*")
        if path.is_file()
    }


def test_a_plan_says_what_would_happen_and_stores_nothing(store, exports, meta_main, meta_older):
    before = files(store)
    plan = plan_import(store, [exports / meta_older, exports / meta_main], today=TODAY)
    assert files(store) == before
    older, main = plan.files
    assert (older.kind, older.posts, older.new, older.updated) == ("Meta content", 25, 25, 0)
    assert (main.posts, main.new, main.updated + main.unchanged) == (61, 39, 22)
    assert main.updated > 0
    assert [note.line for note in main.notes] == [57]


def test_originals_are_stored_untouched_under_dated_names(store, exports, meta_main):
    plan = plan_import(store, [exports / meta_main], today=TODAY)
    paths = take_in(store, plan)
    data = (exports / meta_main).read_bytes()
    digest = hashlib.sha256(data).hexdigest()[:8]
    assert paths == [
        f"stats/exports/2026-11-16-{digest}-mar-01-2026-nov-15-2026-2600890000000001.csv"
    ]
    assert store.read(paths[0])[0] == data
    assert len(load(store).posts) == 61


def test_importing_again_changes_nothing_whatever_the_file_is_called(
    store, exports, meta_main, tmp_path
):
    take_in(store, plan_import(store, [exports / meta_main], today=TODAY))
    before, table = files(store), load(store)
    renamed = tmp_path / "downloads (3).txt"
    shutil.copy(exports / meta_main, renamed)
    plan = plan_import(store, [renamed, exports / meta_main], today=date(2027, 1, 1))
    assert plan.targets == ()
    assert all(file.same_as and file.same_as.startswith("stats/exports/") for file in plan.files)
    assert take_in(store, plan) == []
    assert files(store) == before
    assert load(store) == table


def test_the_same_content_twice_in_one_import_is_stored_once(store, exports, meta_main, tmp_path):
    copy = tmp_path / "copy.csv"
    shutil.copy(exports / meta_main, copy)
    plan = plan_import(store, [copy, exports / meta_main], today=TODAY)
    assert len(take_in(store, plan)) == 1


def test_a_whole_folder_is_walked_and_what_is_no_export_is_named(store, exports):
    plan = plan_import(store, [exports / "tiktok_studio", exports / "README.md"], today=TODAY)
    assert {file.kind for file in plan.files} >= {
        "TikTok Studio content",
        "TikTok Studio overview",
        "TikTok Studio followers",
        "Archive: TikTok Studio content",
    }
    (refused,) = plan.refused
    assert refused.path.name == "README.md"
    assert "not understood" in refused.refused


def test_years_stay_the_same_when_the_project_is_opened_years_later(store, exports):
    folder = exports / "tiktok_studio"
    names = ["en_year_wrap/Overview.csv", "Overview.csv", "Content.csv"]
    plan = plan_import(store, [folder / name for name in names], today=TODAY)
    take_in(store, plan)
    table = load(store)
    assert min(one.day for one in table.days) == date(2025, 11, 15)
    assert max(one.day for one in table.days) == date(2026, 11, 14)
    assert {post.exported for post in table.posts} == {TODAY}


def test_a_damaged_file_among_the_exports_is_noted_and_the_rest_still_counts(
    store, exports, meta_main
):
    take_in(store, plan_import(store, [exports / meta_main], today=TODAY))
    bad = store.root / "stats" / "exports" / "2026-11-16-00000000-page.csv"
    shutil.copy(exports / "broken" / "login_page_saved_as.csv", bad)
    table = load(store)
    assert len(table.posts) == 61
    (note,) = [note for note in table.notes if "login" in note.text]
    assert note.file == "stats/exports/2026-11-16-00000000-page.csv"


def test_exports_put_there_by_hand_in_folders_of_their_own_count(store, exports, meta_main):
    folder = store.root / "stats" / "exports" / "by hand"
    folder.mkdir(parents=True)
    shutil.copy(exports / meta_main, folder / "mine.csv")
    assert len(load(store).posts) == 61


def test_a_project_without_exports_has_no_posts(store):
    table = load(store)
    assert (table.posts, table.notes, dict(table.followers)) == ((), (), {})


def test_a_cache_gives_the_same_table_and_a_broken_cache_is_no_matter(store, exports, tmp_path):
    plan = plan_import(store, [exports / "meta", exports / "tiktok_studio"], today=TODAY)
    take_in(store, plan)
    cache = tmp_path / "cache"
    plain = load(store)
    assert load(store, cache=cache) == plain
    assert load(store, cache=cache) == plain
    kept = sorted((cache / "stats").iterdir())
    assert len(kept) == len(plain.files)
    whole = kept[0].read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    other = kept[1].read_bytes()
    older = whole.replace(b"studio stats 3", b"studio stats 2")
    for damage in (b"", b"{", b"[" * 100_000, whole[:-9], flipped, other, older):
        kept[0].write_bytes(damage)
        assert load(store, cache=cache) == plain


def test_a_cached_reading_is_used_instead_of_the_readers(store, exports, tmp_path, monkeypatch):
    take_in(store, plan_import(store, [exports / "meta"], today=TODAY))
    first = load(store, cache=tmp_path)
    monkeypatch.setattr("studio.stats.readers.read", None)
    assert load(store, cache=tmp_path) == first


def test_a_changed_export_is_read_anew_despite_the_cache(store, exports, meta_main, tmp_path):
    (path,) = take_in(store, plan_import(store, [exports / meta_main], today=TODAY))
    load(store, cache=tmp_path)
    header_only = (exports / "broken" / "meta_header_only.csv").read_bytes()
    (store.root / path).write_bytes(header_only)
    assert load(store, cache=tmp_path).posts == ()


def test_a_file_that_changed_since_the_plan_is_not_imported(store, exports, meta_main, tmp_path):
    copy = tmp_path / "copy.csv"
    shutil.copy(exports / meta_main, copy)
    plan = plan_import(store, [copy], today=TODAY)
    copy.write_bytes(b"something else")
    with pytest.raises(Problem, match="changed"):
        take_in(store, plan)
    assert not load(store).posts


def test_missing_files_pipes_and_pictures_are_refused_without_being_read(store, tmp_path):
    pipe, picture = tmp_path / "pipe", tmp_path / "picture.csv"
    os.mkfifo(pipe)
    picture.write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 100)
    plan = plan_import(store, [tmp_path / "gone.csv", pipe, picture], today=TODAY)
    told = [file.refused for file in plan.files]
    assert "cannot be read" in told[0]
    assert "not a regular file" in told[1]
    assert "picture" in told[2]


def test_a_hostile_file_name_becomes_a_plain_one(store, exports, meta_main, tmp_path):
    odd = tmp_path / "x\x1b]0;t\x07 ..%2f [@click=a] é.csv"
    shutil.copy(exports / meta_main, odd)
    (path,) = take_in(store, plan_import(store, [odd], today=TODAY))
    assert path.startswith("stats/exports/2026-11-16-")
    assert path.isascii()
    assert path.isprintable()
    assert ".." not in path


def test_a_file_whose_date_was_lost_on_the_way_still_gives_its_posts(
    store, exports, meta_main, tmp_path
):
    old = tmp_path / "old.csv"
    shutil.copy(exports / meta_main, old)
    os.utime(old, (1_500_000_000, 1_500_000_000))  # 2017, before any of its posts
    take_in(store, plan_import(store, [old], today=TODAY))
    assert all(post.hour_known and post.uploaded_at for post in load(store).posts)


def test_last_years_download_gets_last_years_dates(store, exports, tmp_path):
    old = tmp_path / "Overview.csv"
    shutil.copy(exports / "tiktok_studio" / "Overview.csv", old)
    os.utime(old, (1_794_853_200, 1_794_853_200))  # 2026-11-16
    take_in(store, plan_import(store, [old], today=date(2028, 1, 3)))
    assert max(one.day for one in load(store).days) == date(2026, 11, 14)


def test_an_export_that_joins_cached_ones_is_read_and_all_stay_cached(
    store, exports, meta_main, meta_older, tmp_path
):
    cache = tmp_path / "cache"
    take_in(store, plan_import(store, [exports / meta_older], today=TODAY))
    assert len(load(store, cache=cache).posts) == 25
    take_in(store, plan_import(store, [exports / meta_main], today=TODAY))
    found = load(store, cache=cache)
    assert found == load(store, cache=cache) == load(store)
