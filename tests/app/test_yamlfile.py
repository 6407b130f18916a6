from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from studio.app import yamlfile
from studio.app.yamlfile import MOST_BYTES, Mapping, Scalar, parse_yaml, read_yaml
from studio.problem import Problem


def plain(value):
    if isinstance(value, Mapping):
        return {key.text: plain(item) for key, item in value}
    if isinstance(value, tuple):
        return [item.text for item in value]
    return value.text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a remark\n",
        "name: x\n",
        "a: \"#f0a53c\" # warm\nb:\n  c: 'd'\n  e: on\n\nf: true",
        "a:\n",
        "a:\n  # nothing yet\nb: c",
        "a: b #c",
        "a: b#c",
        "a: b-\nc: d,\ne: f g",
        "a: \"\"\nb: ''",
        "a:\n  b:\n",
        "a.b-c_d: e",
        'a: "😀 é"',
        "a: b \n",
    ],
)
def test_the_quick_reader_sees_what_pyyaml_sees(text):
    quick = yamlfile._parse_plain(text)
    assert quick is None or quick == yamlfile._parse_any(text, "f")


def test_words_stay_words():
    read = parse_yaml("a: on\nb: 0\nc: [no, 1_0]\n", "f")
    assert plain(read) == {"a": "on", "b": "0", "c": ["no", "1_0"]}


def test_quotes_tell_nothing_from_an_empty_text():
    (_, nothing), (_, empty) = parse_yaml('a:\nb: ""\n', "f")
    assert nothing == Scalar("", 1)
    assert empty == Scalar("", 2, quoted=True)


def test_lines_are_counted_from_one_past_remarks_and_windows_endings():
    keys = [key for key, _ in parse_yaml("# one\r\n\r\na: b\r\nc: d\r\n", "f")]
    assert [(key.text, key.line) for key in keys] == [("a", 3), ("c", 4)]


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: b\nc: d: e\n", 2, "is not YAML"),
        ("a: ?\n", 1, "is not YAML"),
        ("a: *x", 1, "alias"),
        ("a: !!python/object/apply:os.system [id]", 1, "tag"),
        ("a: {b: {c: d}}", 1, "shape"),
        ("- a\n- b\n", 1, "shape"),
        ("a: b\n---\nc: d\n", 3, "second document"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, line, what):
    with pytest.raises(Problem) as told:
        parse_yaml(text, "f.yaml")
    assert told.value.where == f"f.yaml, line {line}"
    assert what in told.value.what


def test_brackets_without_end_do_not_crash_the_program(tmp_path):
    # PyYAML's own C composer dies of this with a segmentation fault.
    (tmp_path / "deep.yaml").write_text("a: " + "[" * 60_000)
    code = (
        "import sys\nfrom pathlib import Path\nfrom studio.app.yamlfile import read_yaml\n"
        "read_yaml(Path(sys.argv[1]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, tmp_path / "deep.yaml"],
        cwd=Path(yamlfile.__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert "shape not known here" in ran.stderr


def test_files_that_are_no_files_of_ours_are_told_apart(tmp_path):
    large, binary, pipe = tmp_path / "l.yaml", tmp_path / "b.yaml", tmp_path / "p.yaml"
    large.write_bytes(b"#" * (MOST_BYTES + 1))
    binary.write_bytes(b"a: b\nc: \xff\n")
    os.mkfifo(pipe)
    for path, what in [
        (large, "larger than 64 kB"),
        (binary, "not UTF-8"),
        (pipe, "not a file"),
        (tmp_path / "none.yaml", "not a file"),
        (tmp_path, "not a file"),
    ]:
        with pytest.raises(Problem) as told:
            read_yaml(path)
        assert what in told.value.what
        assert told.value.where.startswith(str(path))


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path):
    (tmp_path / "f.yaml").write_bytes(b"\xef\xbb\xbfname: x\n")
    assert plain(read_yaml(tmp_path / "f.yaml")) == {"name": "x"}
