"""What a project keeps of TikTok's data download: posts and the profile, nothing private."""

from __future__ import annotations

import io
import json
import random
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
from studio.stats.import_report import import_json, import_text
from studio.stats.readers import Reading, lean, read, straining

TODAY = date(2026, 11, 16)
CANARY = "kanarienvogel"
ZIP = "tiktok_download/TikTok_Data_1794853200.zip"
OLD = "tiktok_download/old_shape/user_data.json"
TEXT = "tiktok_download/txt/Posts.txt"
NEW_PAGE = "new_page/tiktok_download/user_data_tiktok.json"
SENTENCE = (
    "posts and the profile; messages, searches, contacts and the rest of the download were left out"
)


class Desk:
    """A project, and all folders that Studio writes to beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "written"
        root = self.folder / "page"
        root.mkdir(parents=True)
        (root / "studio.toml").write_text('id = "a1"\nname = "Page"\nzone = "Europe/London"\n')
        self.cache = self.folder / "cache"
        self.store = Store(root, History(self.folder / "state" / "history"))
        self.undo = Undo(self.folder / "state", self.store, self.store.history)

    def plan(self, *paths: Path, today: date = TODAY):
        return plan_import(self.store, paths, today=today, cache=self.cache)

    def take_in(self, *paths: Path):
        plan = self.plan(*paths)
        self.undo.apply("Import", import_edits(self.store, plan))
        load(self.store, cache=self.cache)
        return plan

    def stored(self) -> list[str]:
        return list(self.store.walk("stats/exports"))

    def found(self, word: str) -> list[str]:
        """Name every file that holds a word, in itself or in a member."""
        return [
            str(path)
            for path in self.folder.rglob("*")
            if path.is_file() and word in everything(path.read_bytes())
        ]


def everything(data: bytes) -> str:
    text = data.decode(errors="replace") + data.decode("utf-16-le", errors="replace")
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            text += "".join(name + everything(archive.read(name)) for name in archive.namelist())
    return text


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path)


def told(exports: Path, name: str) -> dict[str, object]:
    if not name.endswith(".zip"):
        return json.loads((exports / name).read_bytes())
    with zipfile.ZipFile(exports / name) as archive:
        (member,) = (each for each in archive.namelist() if each.endswith(".json"))
        return json.loads(archive.read(member))


def with_canaries(value: dict[str, object]) -> dict[str, object]:
    """Put a canary beside every text and into every list that is not about one's own posts."""

    def planted(part: object) -> object:
        if isinstance(part, dict):
            return {**{key: planted(inside) for key, inside in part.items()}, "Note": CANARY}
        if isinstance(part, list):
            return [*(planted(inside) for inside in part), {"Content": CANARY, CANARY: CANARY}]
        return f"{part} {CANARY}"

    made: dict[str, object] = {}
    for section, part in value.items():
        if section in {"Post", "Video"} or not isinstance(part, dict):
            made[section] = part
            continue
        made[section] = planted(part)
        if "Profile" in section:
            made[section]["Profile Info"] = {
                "ProfileMap": {
                    **part.get("Profile Info", part.get("Profile Information"))["ProfileMap"],
                    "emailAddress": CANARY,
                    "birthDate": CANARY,
                    "bioDescription": {"nested": [CANARY]},
                }
            }
    private = {
        "Direct Message": {"Direct Messages": {"ChatHistory": {CANARY: [{"Content": CANARY}]}}},
        "Direct Messages": {"Chat History": {"ChatHistory": {"a:": [{"Content": CANARY}] * 3}}},
        "Your Activity": {
            "Searches": {"SearchList": [{"SearchTerm": CANARY}]},
            "Login History": {"LoginHistoryList": [{"IP": CANARY}]},
            "Watch History": {"VideoList": [{"Date": "2026-02-28 14:50:03", "Link": CANARY}]},
        },
        "App Settings": {"Block List": {"BlockList": [CANARY]}, "Contacts": [[CANARY]]},
        "Location Review": {"VideoList": [{"Location": CANARY}]},
        CANARY: [CANARY, {"Post": {"Posts": {"VideoList": [{"Title": CANARY}]}}}],
        "Unheard Of": f'{CANARY} \\" }} ] {{ "Post": {{',
        "Comment": {"Comments": {"CommentsList": [{"Comment": CANARY}]}},
    }
    activity = {**made.get("Activity", {}), **private["Your Activity"]}
    return {**private, **made, "Activity": activity}


def saved(path: Path, value: object, **how: object) -> Path:
    path.write_text(json.dumps(value, **how))
    return path


def figures(reading: Reading) -> list[tuple[object, ...]]:
    return [
        (one.post_id, one.posted_at, one.uploaded_at, one.likes, one.caption, one.private,
         one.format, one.account, one.permalink, one.time_from, one.exported)
        for one in reading.posts
    ]  # fmt: skip


@pytest.mark.parametrize("name", [ZIP, OLD, NEW_PAGE])
@pytest.mark.parametrize("zipped", [False, True])
def test_nothing_private_is_anywhere_after_an_import_and_after_undo(
    desk, exports, tmp_path, name, zipped
):
    whole = told(exports, name)
    path = saved(tmp_path / "user_data_tiktok.json", with_canaries(whole))
    if zipped:
        json_path, path = path, tmp_path / "TikTok_Data.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(json_path, "user_data_tiktok.json")
    before = path.read_bytes()
    assert CANARY in everything(before)
    plan = desk.take_in(path)
    (stored,) = desk.stored()
    expected = read("x", json.dumps(whole).encode(), today=TODAY, zone="Europe/London")
    kept = read("x", desk.store.read(stored)[0], today=TODAY, zone="Europe/London")
    assert figures(kept) == figures(expected)
    assert len(kept.posts) == plan.files[0].posts > 0
    assert [one.count for one in kept.followers] == [one.count for one in expected.followers]
    assert desk.found(CANARY) == []
    assert f"kept: {len(kept.posts)} {SENTENCE}" in " ".join(import_text(plan).split())
    (file,) = import_json(plan)["files"]
    assert file["reduced"]
    desk.undo.undo()
    assert desk.stored() == []
    assert load(desk.store, cache=desk.cache).posts == ()
    assert desk.found(CANARY) == []
    desk.undo.redo()
    assert desk.stored() == [stored]
    assert desk.found(CANARY) == []
    assert path.read_bytes() == before  # the original


@pytest.mark.parametrize("name", [ZIP, OLD])
def test_what_is_kept_has_the_true_ids_times_and_likes(desk, exports, truth, when, name):
    desk.take_in(exports / name)
    kept = read("x", desk.store.read(desk.stored()[0])[0], today=TODAY, zone="Europe/London")
    rows = {
        when(row["posted_at_utc"]): row for row in truth.values() if row["platform"] == "tiktok"
    }
    public = {post.posted_at: post for post in kept.posts if not post.private}
    assert public.keys() == rows.keys()
    for at, post in public.items():
        assert post.likes == int(rows[at]["likes"])
        assert post.post_id == (rows[at]["post_id"] if name == OLD else "")
    assert len(load(desk.store).posts) >= 90


@pytest.mark.parametrize("name", [ZIP, OLD, TEXT, NEW_PAGE])
def test_the_same_original_again_says_nothing_new(desk, exports, tmp_path, name):
    desk.take_in(exports / name)
    (stored,) = desk.stored()
    again = Path(shutil.copy(exports / name, tmp_path / f"again{Path(name).suffix}"))
    plan = desk.plan(again, today=date(2027, 3, 1))
    assert (plan.files[0].same_as, plan.targets) == (stored, ())
    assert "Nothing new" in import_text(plan)


@pytest.mark.parametrize("name", [ZIP, OLD, TEXT, NEW_PAGE])
def test_what_is_kept_can_itself_be_imported_and_stays_as_it_is(desk, exports, tmp_path, name):
    desk.take_in(exports / name)
    kept = desk.store.root / desk.stored()[0]
    assert desk.plan(kept).files[0].same_as == desk.stored()[0]
    other = Desk(tmp_path / "other")
    plan = other.take_in(kept)
    assert (other.store.root / other.stored()[0]).read_bytes() == kept.read_bytes()
    assert not plan.files[0].reduced
    assert not any("left out" in note.text for note in plan.files[0].notes)
    assert len(load(other.store).posts) == len(load(desk.store).posts) > 0


def test_an_original_too_large_to_hold_on_to_is_reduced_anew(desk, exports, tmp_path, monkeypatch):
    monkeypatch.setattr("studio.stats.exports.MAX_HELD", 0)
    path = saved(tmp_path / "a.json", with_canaries(told(exports, OLD)))
    plan = desk.plan(path)
    assert plan.files[0].data is None
    desk.undo.apply("Import", import_edits(desk.store, plan))
    assert desk.found(CANARY) == []
    assert len(load(desk.store).posts) == 90
    plan = desk.plan(saved(tmp_path / "b.json", with_canaries(told(exports, NEW_PAGE))))
    saved(tmp_path / "b.json", told(exports, OLD))
    with pytest.raises(Problem, match="changed since"):
        import_edits(desk.store, plan)


@pytest.mark.parametrize("code", ["utf-16", "utf-16-le", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("indent", [None, 2])
def test_a_download_saved_in_another_encoding_keeps_its_posts_alone(
    desk, exports, tmp_path, code, indent
):
    text = json.dumps(with_canaries(told(exports, OLD)), indent=indent, ensure_ascii=False)
    path = tmp_path / "user_data.json"
    path.write_bytes(text.encode(code))
    desk.take_in(path)
    assert len(load(desk.store).posts) == 90
    assert desk.found(CANARY) == []


@pytest.mark.parametrize("part", [0.999, 0.9, 0.5, 0.1])
@pytest.mark.parametrize("first", ["posts", "private"])
def test_a_cut_download_is_refused_by_name_and_nothing_is_stored(
    desk, exports, tmp_path, part, first
):
    value = with_canaries(told(exports, OLD))
    if first == "posts":
        value = {"Video": value["Video"], **value}
    text = json.dumps(value)
    path = tmp_path / "user_data.json"
    path.write_text(text[: int(len(text) * part)])
    plan = desk.take_in(path)
    assert "cut off" in (plan.files[0].refused or "")
    assert CANARY not in import_text(plan)
    assert desk.stored() == []
    assert desk.found(CANARY) == []


@pytest.mark.parametrize("seed", range(12))
def test_shuffled_and_broken_downloads_give_true_figures_or_a_named_error(
    desk, exports, tmp_path, truth, when, seed
):
    dice = random.Random(seed)
    data = bytearray(json.dumps(with_canaries(told(exports, OLD))).encode())
    if seed % 3 == 0:
        pairs = list(json.loads(data).items())
        dice.shuffle(pairs)
        data = bytearray(json.dumps(dict(pairs)).encode())
    elif seed % 3 == 1:
        at = dice.randrange(len(data))
        del data[at : at + dice.randrange(1, 400)]
    else:
        for _ in range(4):
            data[dice.randrange(len(data))] = dice.choice(b'{}[]",:\\\xff')
    path = tmp_path / "user_data.json"
    path.write_bytes(data)
    (file,) = desk.take_in(path).files
    posts = load(desk.store).posts
    if seed % 3 == 0:
        assert len(posts) == 90
    else:
        assert file.refused or any("post" in note.text for note in file.notes)
    rows = {when(row["posted_at_utc"]): row for row in truth.values()}
    wrong = [
        post
        for post in posts
        if post.likes is not None
        and post.likes != int((truth.get(post.post_id) or rows[post.posted_at])["likes"])
    ]
    # A cut from within one post to within the next leaves what nobody can tell from a post.
    assert len(wrong) <= (seed % 3 == 1)
    assert desk.found(CANARY) == []


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ("[" * 1_000 + "]" * 1_000, "nested too deeply"),
        ("[}", "cut off or damaged"),
        ('{"a": [1, 2}', "cut off or damaged"),
        ('"never closed', "cut off or damaged"),
        ("", "cut off or damaged"),
    ],
)
def test_hostile_nesting_is_refused_by_name(desk, tmp_path, inside, said):
    path = tmp_path / "user_data.json"
    path.write_text(f'{{"Direct Messages": {{}}, "Chats": {inside}, "Post": {{}}}}')
    (file,) = desk.take_in(path).files
    assert said in (file.refused or "")
    assert desk.stored() == []


def test_too_many_brackets_and_too_many_posts_are_refused_by_name(monkeypatch):
    monkeypatch.setattr(straining, "MAX_STEPS", 100)
    with pytest.raises(Problem, match="more parts"):
        lean.lean("x", b'{"Direct Messages": {"a": [' + b"[[[]]]," * 60 + b"[]]}}")
    monkeypatch.setattr(straining, "MAX_KEPT", 1_000)
    posts = [{"Date": "2026-02-28 14:50:03", "Likes": "3"}] * 40
    with pytest.raises(Problem, match="more posts"):
        lean.lean("x", json.dumps({"Post": {"Posts": {"VideoList": posts}}}).encode())


def test_a_long_history_beside_the_posts_is_passed_over_without_being_parsed(monkeypatch):
    watched = [{"Date": "2026-02-28 14:50:03", "Link": CANARY}] * 50_000
    posts = [{"Date": "2026-02-28 14:50:03", "Likes": "3"}]
    data = json.dumps(
        {
            "Your Activity": {"Watch History": {"VideoList": watched}},
            "Post": {"Posts": {"VideoList": posts}},
        }
    ).encode()
    monkeypatch.setattr("studio.stats.readers.json_text.MAX_PARTS", 100)
    found = lean.strained("x", data)
    assert found is not None
    assert len(found) < 200
    assert [post.likes for post in read("x", found, today=TODAY).posts] == [3]


def test_keys_written_twice_or_in_escapes_hide_nothing(desk, tmp_path):
    posts = '[{"Date": "2026-02-28 14:50:03", "Likes": "3", "Link": "https://cdn.example/a"}]'
    path = tmp_path / "user_data.json"
    path.write_text(
        f'{{"\\u0050ost": {{"Posts": {{"VideoList": {posts}}}}}, "Direct Messages": "{CANARY}",'
        f' "Direct Messages": {{"{CANARY}": 1}}, "Direct Messages": {{"b": ["{CANARY}"]}},'
        f' "Profile": {{"Profile Information": {{"ProfileMap": "{CANARY}"}}}},'
        f' "Activity": ["{CANARY}"]}}'
    )
    desk.take_in(path)
    assert [post.likes for post in load(desk.store).posts] == [3]
    assert desk.found(CANARY) == []


def test_a_download_without_posts_keeps_the_profile_and_says_so(desk, exports, tmp_path):
    name = "new_page/tiktok_download_no_posts/user_data_tiktok.json"
    path = saved(tmp_path / "user_data_tiktok.json", with_canaries(told(exports, name)))
    plan = desk.take_in(path)
    assert "kept: no posts and the profile;" in " ".join(import_text(plan).split())
    (stored,) = desk.stored()
    assert [one.count for one in read("x", desk.store.read(stored)[0], today=TODAY).followers] == [
        0
    ]
    assert desk.found(CANARY) == []


def test_a_folder_of_text_keeps_the_posts_alone(desk, exports, tmp_path, truth):
    folder = tmp_path / "TikTok"
    folder.mkdir()
    posts = (exports / TEXT).read_text()
    (folder / "Posts.txt").write_text(
        f"IP: {CANARY}\n\n{posts}Sound: {CANARY}\n\n"
        f"Date: 2026-02-28 14:50:03 UTC\nUsername: {CANARY}\nContent: {CANARY}\n"
    )
    (folder / "Login History.txt").write_text(f"Date: 2026-02-28 14:50:03 UTC\nIP: {CANARY}\n")
    (folder / "Chats.txt").write_text(
        f">>> Chat History with {CANARY}::\n2026-02-28 14:50:03 UTC {CANARY}: {CANARY}\n"
    )
    (folder / "Searches.txt").write_text(f"You have no data in this section\n{CANARY}\n")
    plan = desk.take_in(folder)
    kept = [read("x", desk.store.read(path)[0], today=TODAY) for path in desk.stored()]
    rows = {key: int(row["likes"]) for key, row in truth.items() if row["platform"] == "tiktok"}
    assert {post.post_id: post.likes for one in kept for post in one.posts} == rows
    assert "kept: 90 posts; everything else" in " ".join(import_text(plan).split())
    assert desk.found(CANARY) == []
    desk.undo.undo()
    assert desk.found(CANARY) == []


def test_posts_as_text_in_other_languages_read_the_same_from_what_is_kept():
    text = (
        "Datum: 2026-02-28 14:50:03 UTC\nKoppeling: https://cdn.example/v/abc\n"
        "Vind-ik-leuks: 31\nWie kan kijken: Alleen jij\nReacties toestaan: Ja\n\n"
        "Datum: 2026-03-01 10:00:00 UTC\nKoppeling: https://cdn.example/v/abd\n"
        "Vind-ik-leuks: 4\nWie kan kijken: Iedereen\nTitle: Één\nregel, twee\n"
    ).encode()
    kept = lean.lean("x", text)
    assert kept is not None
    assert b"Reacties" not in kept
    assert figures(read("x", kept, today=TODAY)) == figures(read("x", text, today=TODAY))
    assert lean.lean("x", kept) == kept


def test_other_exports_in_the_same_archive_stay_untouched(desk, exports, tmp_path):
    content = (exports / "tiktok_studio" / "Content.csv").read_bytes()
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Content.csv", content)
        archive.writestr("user_data.json", json.dumps(with_canaries(told(exports, OLD))))
        archive.writestr("notes/diary.txt", CANARY)
    plan = desk.take_in(path)
    assert plan.files[0].kept == ("Content.csv", "user_data.json")
    assert "unchanged;" not in import_text(plan)
    with zipfile.ZipFile(desk.store.root / desk.stored()[0]) as archive:
        assert archive.read("Content.csv") == content
    assert desk.found(CANARY) == []


def test_only_tiktoks_download_is_ever_reduced(exports, desk):
    paths = [
        path
        for path in exports.rglob("*")
        if path.is_file()
        and not {"tiktok_download", "tiktok_download_no_posts", "broken"} & set(path.parts)
    ]
    files = [file for file in desk.plan(*paths).files if file.target]
    assert len(files) > 20
    assert not any(file.reduced for file in files)
    assert [path for path in paths if lean.lean(str(path), path.read_bytes()) is not None] == []
