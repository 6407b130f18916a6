"""Archives of any size and any malice: only what is an export is opened, and nothing unpacked."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from datetime import date

import pytest

from studio.problem import Problem
from studio.stats.readers import archive, read
from studio.stats.readers.choose import is_media, private

TODAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def content(exports) -> bytes:
    return (exports / "tiktok_studio" / "Content.csv").read_bytes()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as made:
        for name, each in members.items():
            made.writestr(name, each)
    return data.getvalue()


class Counted(io.BytesIO):
    """A file that counts the bytes that are read from it."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.count += len(found)
        return found


class Huge(io.RawIOBase):
    """An archive of gigabytes: a real one, with a hole of zeros where a clip would be."""

    def __init__(self, before: bytes, hole: int, after: bytes) -> None:
        self._before, self._hole, self._after = before, hole, after
        self._size = len(before) + hole + len(after)
        self._at = 0
        self.count = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        self._at = offset + (0, self._at, self._size)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        end = self._size if size < 0 else min(self._at + size, self._size)
        assert end - self._at < 64 << 20, "nobody asks for so much at once"
        self.count += end - self._at
        tail = len(self._before) + self._hole
        found = self._before[self._at : end]
        found += bytes(max(min(end, tail) - max(self._at, len(self._before)), 0))
        found += self._after[max(self._at - tail, 0) : max(end - tail, 0)]
        self._at = end
        return found


def huge(content: bytes, hole: int) -> Huge:
    """Make an archive with an export and a stored clip, whose bytes are not really there."""
    whole = zipped({"Content.csv": content, "media/clip.mp4": b""}, zipfile.ZIP_STORED)
    start = whole.index(b"PK\x03\x04", 4) + 30 + len("media/clip.mp4")
    directory = whole.index(b"PK\x01\x02")
    before = bytearray(whole[:start])
    after = bytearray(whole[directory:])
    second = after.index(b"PK\x01\x02", 4)
    after[second + 20 : second + 28] = struct.pack("<II", hole, hole)
    end = after.index(b"PK\x05\x06")
    after[end + 16 : end + 20] = struct.pack("<I", directory + hole)
    return Huge(bytes(before), hole, bytes(after))


def test_a_clip_of_gigabytes_beside_the_export_is_never_read(content):
    handle = huge(content, 3 << 30)
    opened = archive.look("big.zip", handle, TODAY, None)
    assert len(opened.reading.posts) == 12
    assert (opened.members, opened.understood, opened.whole) == (2, ("Content.csv",), False)
    small = archive.kept("big.zip", handle, opened.understood)
    assert handle.count < 500_000
    with zipfile.ZipFile(io.BytesIO(small)) as made:
        assert made.namelist() == ["Content.csv"]
        assert made.read("Content.csv") == content


def test_messages_logins_and_media_are_not_opened_whatever_they_hold(content):
    names = [
        "messages/inbox/anna_1/message_1.json",
        "your_instagram_activity/messages/inbox/x/message_1.html",
        "security_and_login_information/login_and_profile_creation/login_activity.json",
        "personal_information/personal_information/personal_information.json",
        "media/posts/202603/1.jpg",
        "Messages/Inbox/B/Message_1.JSON",
    ]
    secret = b"\0" * 60_000
    data = zipped({"Content.csv": content, **dict.fromkeys(names, secret)}, zipfile.ZIP_STORED)
    handle = Counted(data)
    opened = archive.look("download.zip", handle, TODAY, None)
    assert opened.members == 7
    assert opened.understood == ("Content.csv",)
    assert not [note for note in opened.reading.notes if "essage" in note.text]
    assert handle.count < 30_000


@pytest.mark.parametrize(
    ("path", "alone"),
    [
        ("messages/inbox/a/message_1.json", True),
        ("a/Messages/message_1.json", True),
        ("messages.json", False),
        ("your_instagram_activity/media/posts_1.json", False),
        ("logged_information/past_instagram_insights/posts.json", False),
        ("connections/followers_and_following/followers_1.json", False),
        ("inbox/Content.csv", False),
    ],
)
def test_which_folders_are_left_alone(path, alone):
    assert private(path) is alone


def test_pictures_are_known_by_their_names():
    assert is_media("a/B.JPG")
    assert not is_media("a/jpg.csv")


def test_the_small_archive_is_the_same_whenever_and_from_whatever_it_is_made(content):
    first = zipped({"b/Content.csv": content, "a.txt": b"no export at all"})
    second = zipped({"x.bin": b"1", "b/Content.csv": content}, zipfile.ZIP_STORED)
    made = [archive.kept("a.zip", io.BytesIO(data), ("b/Content.csv",)) for data in (first, second)]
    assert made[0] == made[1]
    assert read("again.zip", made[0], today=TODAY).posts


def test_a_member_that_went_away_is_told_of(content):
    data = zipped({"Content.csv": content})
    with pytest.raises(Problem, match="changed"):
        archive.kept("a.zip", io.BytesIO(data), ("Other.csv",))


def test_sixty_five_thousand_members_are_looked_through_quickly(content):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_STORED) as made:
        made.writestr("Content.csv", content)
        for number in range(65_000):
            made.writestr(zipfile.ZipInfo(f"media/{number}.jpg"), b"")
    opened = archive.look("many.zip", data, TODAY, None)
    assert (opened.members, len(opened.reading.posts)) == (65_001, 12)


def test_only_so_many_members_are_opened(content, monkeypatch):
    monkeypatch.setattr(archive, "MAX_MEMBERS", 3)
    data = zipped({f"{number}.json": b'{"a": 1}' for number in range(5)} | {"C.csv": content})
    with pytest.raises(Problem, match="only the first 3 of its members"):
        read("many.zip", data, today=TODAY)


def test_no_more_than_so_much_is_unpacked_from_one_archive(content, monkeypatch):
    monkeypatch.setattr(archive, "MAX_TOTAL", len(content) + 100)
    data = zipped({"a.csv": content, "b.csv": content})
    found = read("two.zip", data, today=TODAY)
    assert len(found.posts) == 12
    assert any("b.csv: more than is read from one archive" in note.text for note in found.notes)


def test_a_directory_of_gigabytes_is_not_taken_into_memory():
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 9, 9, 1 << 30, 0, 0)
    handle = Huge(b"PK\x03\x04", (1 << 30) - 4, end)
    with pytest.raises(Problem, match="cut off or damaged"):
        archive.look("bomb.zip", handle, TODAY, None)
    assert handle.count < 1 << 20


def test_members_that_share_their_bytes_are_no_exports(content):
    data = zipped({"a.csv": content, "b.csv": content})
    where = [at for at in range(len(data)) if data.startswith(b"PK\x01\x02", at)]
    twice = bytearray(data)
    twice[where[1] + 42 : where[1] + 46] = twice[where[0] + 42 : where[0] + 46]
    with pytest.raises(Problem, match="overlaps another member"):
        read("overlapping.zip", bytes(twice), today=TODAY)


def test_a_wrong_checksum_is_told_of(content):
    data = bytearray(zipped({"a.csv": content, "b.csv": content}))
    at = data.index(b"PK\x01\x02")
    data[at + 16] ^= 0xFF
    found = read("crc.zip", bytes(data), today=TODAY)
    assert len(found.posts) == 12
    assert any(note.text == "a.csv: damaged, left out" for note in found.notes)


def test_a_member_twice_in_the_archive_is_read_once(content):
    data = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(data, "w") as made:
        warnings.simplefilter("ignore")
        made.writestr("a.csv", content)
        made.writestr("a.csv", content)
    found = read("twice.zip", data.getvalue(), today=TODAY)
    assert len(found.posts) == 12
    assert any("the archive has it twice" in note.text for note in found.notes)


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.97, 0.999])
def test_an_archive_cut_anywhere_is_told_of(content, part):
    data = zipped({"Content.csv": content, "a/notes.txt": b"hello " * 500})
    with pytest.raises(Problem, match=r"cut off or damaged|empty"):
        read("cut.zip", data[: int(len(data) * part)], today=TODAY)


@pytest.mark.parametrize("seed", range(25))
def test_bytes_turned_over_in_an_archive_give_an_answer_or_a_problem(content, seed):
    import random

    rng = random.Random(seed)
    data = bytearray(zipped({"Content.csv": content, "FollowerGender.csv": b'"Gender","D"\n'}))
    for _ in range(6):
        at = rng.choice([rng.randrange(len(data)), len(data) - 1 - rng.randrange(200)])
        data[at] = rng.randrange(256)
    try:
        found = read("odd.zip", bytes(data), today=TODAY)
    except Problem as problem:
        assert problem.mend  # noqa: PT017
    else:
        assert len(found.posts) in {0, 12}


def test_foreign_json_of_a_download_is_not_listed_but_foreign_tables_are(content):
    members = {f"likes/liked_{n}.json": b'{"likes": []}' for n in range(9)}
    data = zipped({"Content.csv": content, **members, "mine.csv": b"a,b\n1,2\n3,4\n"})
    notes = [note.text for note in read("d.zip", data, today=TODAY).notes]
    assert [text for text in notes if "mine.csv" in text]
    assert not [text for text in notes if "liked" in text]


def test_an_archive_of_other_things_says_how_many():
    data = zipped({"a.jpg": b"1", "b.jpg": b"2"})
    with pytest.raises(Problem, match="2 files, none an export"):
        read("pictures.zip", data, today=TODAY)


def test_looking_into_an_archive_stops_when_asked(content):
    data = zipped({f"{number}.csv": content for number in range(9)})
    answers = iter([False, False, True])
    opened = archive.look("a.zip", io.BytesIO(data), TODAY, None, cancelled=lambda: next(answers))
    assert len(opened.understood) == 2
