"""Every damaged or foreign file ends in a clear note or a Problem."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from studio.problem import Problem
from studio.stats.readers import MAX_BYTES, read
from studio.stats.readers.archive import MAX_MEMBER

TODAY = date(2026, 11, 16)
BROKEN = sorted((Path(__file__).parent / "exports" / "broken").iterdir())

REFUSED = {
    "deep_nesting.json": "JSON",
    "empty.csv": "empty",
    "login_page_saved_as.csv": "login",
    "not_a_zip.zip": "RAR",
    "truncated.zip": "cut off",
    "wrong_shape.json": "an Instagram download whose “organic_insights_posts” is no list",
}
POSTS = {
    "hostile_cells_meta.csv": 26,
    "hostile_cells_tiktok_content.csv": 26,
    "impossible_values_meta.csv": 6,
    "meta_header_only.csv": 0,
    "meta_semicolon_resaved.csv": 6,
    "meta_windows1252.csv": 8,
    "nul_bytes.csv": 1,
    "tiktok_content_double_encoded.csv": 5,
    "tiktok_content_header_only.csv": 0,
    "tiktok_content_utf16be_no_bom.csv": 5,
    "truncated_posts_1.json": 22,
    "unclosed_quote.csv": 1,
    "zip_bomb_150MB.zip": 2,
    "zip_path_traversal.zip": 2,
}


def zipped(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
def test_a_damaged_file_is_told_of_clearly(path):
    if path.name in REFUSED:
        with pytest.raises(Problem, match=REFUSED[path.name]) as caught:
            read(path.name, path.read_bytes(), today=TODAY)
        assert caught.value.where == path.name
        assert caught.value.mend
        shown = str(caught.value)
        assert not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in shown)
    else:
        found = read(path.name, path.read_bytes(), today=TODAY)
        assert len(found.posts) == POSTS[path.name]
        if "hostile" not in path.name:
            assert found.notes


@pytest.mark.parametrize(
    ("name", "why"),
    [("zip_bomb_150MB.zip", "a bomb"), ("zip_path_traversal.zip", "leads out of the archive")],
)
def test_what_an_archive_hides_beside_good_files_is_named(name, why, reading):
    assert any(why in note.text for note in reading(f"broken/{name}").notes)


def test_no_damaged_file_was_forgotten_here():
    assert {path.name for path in BROKEN} == set(REFUSED) | set(POSTS)


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.name)
@pytest.mark.parametrize("part", [0.9, 0.5, 0.1])
def test_a_file_cut_anywhere_gives_an_answer_or_a_problem(path, part):
    cut = path.read_bytes()[: int(path.stat().st_size * part)]
    with contextlib.suppress(Problem):
        assert read(path.name, cut, today=TODAY).kind


def test_hostile_cells_stay_raw_in_records(reading):
    captions = [post.caption for post in reading("broken/hostile_cells_meta.csv").posts]
    assert any("\x1b]52;" in caption for caption in captions)
    assert any(len(caption) == 5000 for caption in captions)


def test_an_unclosed_quote_keeps_the_rows_before_it_and_names_the_line(reading):
    found = reading("broken/unclosed_quote.csv")
    assert [note.line for note in found.notes if "quotation mark" in note.text] == [6]


def test_a_quote_left_open_in_a_long_file_does_not_hang():
    head = '"Date","Video Views","Profile Views","Likes","Comments","Shares"\n'
    data = (head + '"November 1","1\n' + "x" * 5_000_000).encode()
    found = read("long.csv", data, today=TODAY)
    assert any("quotation mark" in note.text for note in found.notes)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Problem, match="larger"):
        read("big.csv", b"x" * (MAX_BYTES + 1), today=TODAY)


def test_good_members_of_an_archive_are_read_and_bad_ones_named(exports):
    content = (exports / "tiktok_studio" / "Content.csv").read_bytes()
    data = zipped(
        ("Content.csv", content),
        ("../outside.csv", content),
        ("notes.txt", b"hello there, this is no export"),
        ("inner.zip", zipped(("Content.csv", content))),
        ("bomb.csv", b" " * (8 << 20)),
        ("folder/", b""),
    )
    found = read("mixed.zip", data, today=TODAY, zone="Europe/London")
    assert len(found.posts) == 12
    told = " ".join(note.text for note in found.notes)
    assert "../outside.csv: its name leads out of the archive" in told
    assert "notes.txt: not understood" in told
    assert "inner.zip: an archive in the archive" in told
    assert "bomb.csv: a bomb" in told


def test_a_member_that_lies_about_its_size_is_not_unpacked_whole():
    data = bytearray(zipped(("Content.csv", b" " * (MAX_MEMBER + (4 << 20)))))
    real = (MAX_MEMBER + (4 << 20)).to_bytes(4, "little")
    small = (1000).to_bytes(4, "little")
    while (at := data.find(real)) >= 0:
        data[at : at + 4] = small
    with pytest.raises(Problem, match="nothing in this archive"):
        read("liar.zip", bytes(data), today=TODAY)


def test_an_encrypted_member_is_named():
    data = bytearray(zipped(("Content.csv", b"abc")))
    data[data.find(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Problem, match="encrypted"):
        read("locked.zip", bytes(data), today=TODAY)


def test_a_damaged_workbook_is_told_of(exports):
    book = (exports / "tiktok_studio" / "Overview.xlsx").read_bytes()
    members = []
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            members.append((name, b"<broken" if "sheet" in name else content))
    with pytest.raises(Problem, match="workbook"):
        read("damaged.xlsx", zipped(*members), today=TODAY)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(exports):
    book = (exports / "tiktok_studio" / "Overview.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    data = zipped(*members, ("xl/media/huge.bin", b"\0" * (70 << 20)))
    with pytest.raises(Problem, match="would unpack"):
        read("huge.xlsx", data, today=TODAY)


@pytest.mark.parametrize(
    ("data", "thing"),
    [
        (b"\xff\xd8\xff\xe0JFIF", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b"Content,Video title,Video publish time\n1,2,3\n", "columns"),
        (b"\x00\x01\x02\x03 hello", "columns"),
        (b"just words", "columns"),
        (b"\n\n\n", "empty"),
        (b"\xff\xfe", "empty"),
    ],
)
def test_anything_else_is_not_understood_and_named(data, thing):
    with pytest.raises(Problem, match=thing):
        read("thing", data, today=TODAY)
