from __future__ import annotations

import hashlib
import io
import os
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from studio.problem import Problem
from studio.project.history import History
from studio.project.store import Store
from studio.project.undo import Undo
from studio.stats.exports import import_edits, load, plan_import
from studio.stats.mappings import remember
from studio.stats.plan import ImportPlan
from studio.stats.post import FIGURES
from studio.stats.readers.columns import ColumnMap, signature

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


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return path


def test_of_a_download_with_messages_only_the_exports_are_stored(store, exports, tmp_path):
    content = (exports / "tiktok_studio" / "Content.csv").read_bytes()
    odd = {
        "messages/inbox/anna/message_1.json": b'{"messages": ["secret"]}',
        "security_and_login_information/logins.json": b'{"ip": "secret"}',
        "media/1.jpg": b"\xff\xd8\xff secret",
    }
    path = zipped(tmp_path / "download.zip", {"a/Content.csv": content, **odd})
    plan = plan_import(store, [path], today=TODAY)
    (file,) = plan.files
    assert (file.members, file.kept) == (4, ("a/Content.csv",))
    (stored,) = take_in(store, plan)
    data = store.read(stored)[0]
    assert b"secret" not in data
    assert b"message" not in data
    with zipfile.ZipFile(io.BytesIO(data)) as kept:
        assert kept.namelist() == ["a/Content.csv"]
        assert kept.read("a/Content.csv") == content
    again = zipped(tmp_path / "download (1).zip", {**odd, "a/Content.csv": content})
    (file,) = plan_import(store, [again], today=TODAY).files
    assert file.same_as == stored
    assert len(load(store).posts) == 12


def test_an_archive_of_exports_alone_is_stored_as_it_is(store, exports):
    path = next((exports / "tiktok_studio").rglob("Content_*.zip"))
    plan = plan_import(store, [path], today=TODAY)
    assert plan.files[0].kept == ()
    (stored,) = take_in(store, plan)
    assert store.read(stored)[0] == path.read_bytes()


def test_three_hundred_pictures_in_a_folder_are_counted_not_listed(store, exports, tmp_path):
    folder = tmp_path / "Downloads"
    (folder / "messages" / "inbox").mkdir(parents=True)
    for number in range(300):
        (folder / f"{number}.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "messages" / "inbox" / "message_1.json").write_text("[]")
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7 hello")
    (folder / "todo.txt").write_text("buy milk")
    (folder / "mine.csv").write_text("a,b\n1,2\n3,4\n")
    (folder / "bad.json").write_text("{")
    (folder / "book.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    shutil.copy(exports / "tiktok_studio" / "Content.csv", folder)
    plan = plan_import(store, [folder], today=TODAY)
    assert {file.path.name for file in plan.refused} == {"mine.csv", "bad.json", "book.xlsx"}
    assert [file.path.name for file in plan.files if file.target] == ["Content.csv"]
    assert dict(plan.left) == {
        "pictures, clips and music": 300,
        "files in folders of messages, logins and the like": 1,
        "other files": 2,
    }


def test_a_picture_named_itself_is_refused_by_name(store, tmp_path):
    picture = tmp_path / "1.jpg"
    picture.write_bytes(b"\xff\xd8\xff")
    (file,) = plan_import(store, [picture], today=TODAY).files
    assert "picture" in file.refused


def test_the_same_file_named_twice_and_in_its_folder_is_looked_at_once(store, exports, meta_main):
    path = exports / meta_main
    plan = plan_import(store, [path, path.parent / "." / path.name, path], today=TODAY)
    assert len(plan.files) == 1


def test_a_plan_says_figures_days_and_tables(store, exports, meta_main):
    names = [meta_main, "tiktok_studio/Overview.csv", "meta/Audience.csv"]
    plan = plan_import(store, [exports / name for name in names], today=TODAY)
    meta, overview, audience = plan.files
    assert meta.figures == FIGURES
    assert (meta.first, meta.last) == (date(2026, 3, 1), date(2026, 11, 15))
    assert meta.bare == 0
    assert overview.tables == (
        "views, profile views, likes, comments, shares of the whole account by day",
    )
    assert "followers on 1 day" in audience.tables


def test_progress_is_told_and_the_look_can_be_stopped(store, exports):
    told: list[tuple[int, int, str]] = []
    plan = plan_import(
        store,
        [exports / "tiktok_studio"],
        today=TODAY,
        progress=lambda *step: told.append(step),
        cancelled=lambda: len(told) > 3,
    )
    assert plan.cancelled
    assert len(plan.files) == 3
    assert [done for done, _, _ in told] == [0, 1, 2, 3]
    assert len({total for _, total, _ in told}) == 1


def test_a_table_nobody_knows_is_offered_for_mapping_and_read_once_it_is_mapped(store, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("Gepostet,Worum,Gesehen\n2026-03-01,Schnee,120\n2026-03-02,Bus,80\n")
    plan = plan_import(store, [path], today=TODAY)
    (file,) = plan.unknown
    assert file.unknown.rows[0][1] == ["Gepostet", "Worum", "Gesehen"]
    header = file.unknown.rows[0][1]
    columns = (("posted", "Gepostet"), ("caption", "Worum"), ("views", "Gesehen"))
    made = ColumnMap(signature(header), "my sheet", "instagram", columns)
    plan = plan_import(store, [path], today=TODAY, maps={made.signature: made})
    assert (plan.files[0].posts, plan.files[0].figures) == (2, ("views",))
    take_in(store, plan)
    assert not load(store).posts
    for edit in remember(store, made):
        store.write(edit.path, edit.data or b"", if_version=edit.if_version)
    assert [post.views for post in load(store).posts] == [120, 80]


def test_another_map_changes_what_the_cache_gives(store, tmp_path):
    path = tmp_path / "sheet.csv"
    path.write_text("Gepostet,Worum,Gesehen\n2026-03-01,Schnee,120\n2026-03-02,Bus,80\n")
    header = ["Gepostet", "Worum", "Gesehen"]
    cache = tmp_path / "cache"
    for figure in ("views", "likes", "views"):
        columns = (("posted", "Gepostet"), ("caption", "Worum"), (figure, "Gesehen"))
        made = ColumnMap(signature(header), "my sheet", "instagram", columns)
        take_in(store, plan_import(store, [path], today=TODAY, maps={made.signature: made}))
        for edit in remember(store, made):
            store.write(edit.path, edit.data or b"", if_version=edit.if_version)
        for _ in range(2):
            posts = load(store, cache=cache).posts
            assert [post.figure(figure) for post in posts] == [120, 80]


def test_an_import_is_taken_back_whole(store, exports, meta_main, tmp_path):
    undo = Undo(tmp_path / "state", store, store.history)
    before = files(store)
    plan = plan_import(store, [exports / meta_main, exports / "tiktok_studio"], today=TODAY)
    undo.apply("Import", import_edits(store, plan))
    assert len(load(store).posts) > 61
    undo.undo()
    assert {p: d for p, d in files(store).items() if not p.startswith(".trash/")} == before
    undo.redo()
    assert len(load(store).posts) > 61


def test_a_copy_put_beside_an_export_by_hand_changes_nothing(store, exports, meta_main):
    (path,) = take_in(store, plan_import(store, [exports / meta_main], today=TODAY))
    before = load(store)
    shutil.copy(store.root / path, store.root / "stats" / "exports" / "zz-copy.csv")
    assert load(store) == before


@pytest.mark.parametrize("name", ["old_shape/user_data.json", "TikTok_Data_1794853200.zip"])
def test_it_is_said_that_of_tiktoks_one_file_messages_and_searches_stay_out(store, exports, name):
    (file,) = plan_import(store, [exports / "tiktok_download" / name], today=TODAY).files
    assert any("messages, searches" in note.text for note in file.notes)
