"""Very large exports say the same as small ones, and at once."""

from __future__ import annotations

import random
import time
from datetime import UTC, date, datetime

import pytest

from studio.stats.readers import read
from studio.stats.readers.decode import decode, is_plain
from studio.stats.readers.ids import shortcode_time
from studio.stats.readers.sheet import lines_of, parse
from tests.bench.exports import shortcode, write_meta

TODAY = date(2026, 11, 16)
TWICE = "Ã©tÃ© Ã—1986".encode()


@pytest.fixture(scope="module")
def big(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("big") / "big.csv"
    write_meta(path, 2_000)
    return path.read_bytes()


def test_every_row_of_a_large_export_is_read_with_its_time_and_figures(big):
    found = read("big.csv", big, today=TODAY)
    assert len(found.posts) == 2_000
    assert not found.notes
    assert sum(post.time_from == "published" for post in found.posts) == 61  # scheduled
    assert all(post.hour_known for post in found.posts)
    assert found.posts[7].caption.startswith("No. 7: ")
    assert "\n" in found.posts[7].caption
    assert found.posts[-1].line > 20_000


@pytest.mark.parametrize("cut", [1.0, 0.9, 0.51, 0.5])
def test_splitting_bytes_gives_the_same_rows_as_splitting_text(big, cut):
    data = big[: int(len(big) * cut)]
    while data:
        try:
            text = data.decode()
            break
        except UnicodeDecodeError:
            data = data[:-1]
    slow = parse(text.removeprefix("\ufeff")).trusted()
    lines = lines_of(data)
    assert list(lines.trusted()) == slow.rows
    assert lines.notes == slow.notes


@pytest.mark.parametrize(
    "tail", [b"", b"1", b"a,b\n1,2", b'a,b\n1,"2"', b"a,b\n1,2\n", b'a,b\n1,"2']
)
def test_a_last_line_that_may_be_cut_is_treated_alike(tail):
    slow = parse(tail.decode()).trusted()
    lines = lines_of(tail)
    assert list(lines.trusted()) == slow.rows
    assert lines.notes == slow.notes


def test_a_large_export_with_odd_rows_says_the_same_in_passing_and_whole(big, monkeypatch):
    rng = random.Random(7)
    for _ in range(12):
        letters = list(big[:200_000].decode("utf-8-sig", errors="ignore"))
        for _ in range(40):
            letters[rng.randrange(len(letters))] = rng.choice(',"\n0aZ/;')
        data = "".join(letters).encode()
        in_passing = read("big.csv", data, today=TODAY)
        with monkeypatch.context() as changed:
            changed.setattr("studio.stats.readers.tables._LARGE", 1 << 30)
            assert read("big.csv", data, today=TODAY) == in_passing


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_a_large_file_in_another_encoding_says_the_same(big, encoding):
    text = big.decode("utf-8-sig")
    plain = text.encode(encoding, "replace").decode(encoding)
    found = read("big.csv", plain.encode(encoding), today=TODAY)
    same = read("big.csv", plain.encode(), today=TODAY)
    assert found.posts == same.posts


@pytest.mark.parametrize(
    ("data", "plain"),
    [
        (b"a,b\n1,2\n", True),
        ("été, ×1986 “x” 🧥\n".encode(), True),
        (b"a\x00b", False),
        (TWICE, False),
        ("ï»¿a".encode(), False),
        (b"\xff\xfea\x00", False),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", False),
    ],
)
def test_what_needs_putting_right_is_seen_in_the_bytes(data, plain):
    assert is_plain(data) is plain
    if plain:
        assert decode(data) == (data.decode(), [])


def test_bytes_need_putting_right_exactly_when_the_text_does():
    rng = random.Random(1)
    letters = "aÂÃô€‚™\x80\xbfŸ éõ\U0001f9e5ü"
    for _ in range(3_000):
        text = "x" + "".join(rng.choices(letters, k=rng.randrange(1, 6)))
        notes = [note for note in decode(text.encode())[1] if "twice" in note]
        if notes:
            assert not is_plain(text.encode())


def test_shortcodes_hold_their_time_and_others_hold_none():
    at = datetime(2026, 3, 3, 17, 30, tzinfo=UTC)
    assert shortcode_time("DVbkOTzgAAA") == at
    assert shortcode_time(shortcode(at, 5)) == at
    assert shortcode_time("DVbkOTzgAAA-private-and-longer") == at
    for odd in ("", "short", "DVbkOTzg+AA", "DVbkOTzg/AA", "DVbkOTzgAA=", "DVbk OTzgAA", "é" * 11):
        assert shortcode_time(odd) is None
    assert shortcode_time("_" * 11) is None  # 66 bits


def test_ten_thousand_rows_are_read_within_half_a_second_of_cpu(tmp_path):
    path = tmp_path / "big.csv"
    write_meta(path, 10_000)
    data = path.read_bytes()
    took = []
    for _ in range(3):
        start = time.process_time()
        found = read("big.csv", data, today=TODAY)
        took.append(time.process_time() - start)
    assert len(found.posts) == 10_000
    assert min(took) < 0.5
