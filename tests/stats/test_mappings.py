"""What the columns of other tables mean is kept in a file that people can read and edit."""

from __future__ import annotations

import tomllib

import pytest

from studio.problem import Problem
from studio.project.history import History
from studio.project.store import Store
from studio.stats.mappings import PATH, forget, load_maps, remember
from studio.stats.readers.columns import ColumnMap, signature

COLUMNS = ("Date", "URL", "Vues", "J’aime")
MAP = ColumnMap(
    signature(COLUMNS),
    "Metricool",
    "instagram",
    (("posted", "Date"), ("link", "URL"), ("views", "Vues"), ("likes", "J’aime")),
    "dmy",
    ",",
    "Europe/Paris",
)
OTHER = ColumnMap(signature(("Tag", "Aufrufe")), "mein Blatt", "tiktok", (("posted", "Tag"),))


@pytest.fixture
def store(tmp_path) -> Store:
    root = tmp_path / "page"
    root.mkdir()
    (root / "studio.toml").write_text('id = "a1"\nname = "Rewind 89"\nzone = "Europe/London"\n')
    return Store(root, History(tmp_path / "state" / "history"))


def apply(store: Store, edits) -> None:
    for edit in edits:
        store.write(edit.path, edit.data or b"", if_version=edit.if_version)


def put(store: Store, text: str | bytes) -> None:
    path = store.root / PATH
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def told(store: Store) -> tuple[dict, list[str]]:
    problems: list[Problem] = []
    return dict(load_maps(store, problems.append)), [str(problem) for problem in problems]


def test_a_project_without_the_file_has_no_maps_and_nothing_to_complain_of(store):
    assert told(store) == ({}, [])


def test_what_is_remembered_comes_back_the_same(store):
    apply(store, remember(store, MAP))
    apply(store, remember(store, OTHER))
    assert told(store) == ({MAP.signature: MAP, OTHER.signature: OTHER}, [])


def test_the_file_can_be_read_by_a_person(store):
    apply(store, remember(store, MAP))
    text = (store.root / PATH).read_text("utf-8")
    assert text.startswith("# What the columns")
    assert 'name = "Metricool"' in text
    assert 'likes = "J’aime"' in text
    assert tomllib.loads(text)["maps"][MAP.signature]["columns"]["posted"] == "Date"


def test_a_new_meaning_takes_the_place_of_the_old_and_leaves_all_else_as_it_was(store):
    apply(store, remember(store, OTHER))
    apply(store, remember(store, MAP))
    text = (store.root / PATH).read_text("utf-8")
    text = text.replace('name = "Metricool"', 'name = "Metricool" # the paid plan\ncolour = "blue"')
    put(store, text + '\n[mine]\nnote = "keep me"\n')
    changed = ColumnMap(MAP.signature, "Metricool", "instagram", (("posted", "Date"),), "mdy")
    apply(store, remember(store, changed))
    after = (store.root / PATH).read_text("utf-8")
    assert "# the paid plan" in after
    assert 'colour = "blue"' in after
    assert 'note = "keep me"' in after
    assert "Vues" not in after
    assert told(store) == ({OTHER.signature: OTHER, MAP.signature: changed}, [])


def test_remembering_the_same_again_changes_nothing(store):
    apply(store, remember(store, MAP))
    assert remember(store, MAP) == []


def test_several_are_one_edit_and_their_roles_may_come_in_any_order(store):
    turned = ColumnMap(MAP.signature, "x", "", MAP.columns[::-1])
    (edit,) = remember(store, turned, OTHER)
    apply(store, [edit])
    maps, problems = told(store)
    assert problems == []
    assert dict(maps[MAP.signature].columns) == dict(MAP.columns)
    assert maps[OTHER.signature] == OTHER


def test_line_ends_and_byte_order_mark_stay(store):
    apply(store, remember(store, MAP))
    data = (store.root / PATH).read_bytes()
    put(store, b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n"))
    apply(store, remember(store, OTHER))
    after = (store.root / PATH).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf")
    assert after.count(b"\n") == after.count(b"\r\n")
    assert told(store)[0] == {MAP.signature: MAP, OTHER.signature: OTHER}


def test_forgetting_takes_one_table_out(store):
    apply(store, remember(store, MAP))
    apply(store, remember(store, OTHER))
    apply(store, forget(store, MAP.signature))
    assert told(store) == ({OTHER.signature: OTHER}, [])
    assert forget(store, MAP.signature) == []


@pytest.mark.parametrize(
    "data",
    [b"[maps", b"\xff\xfe", b"maps = 3", b"a = 1\na = 2", b"[" * 5000],
    ids=["cut", "bytes", "other", "twice", "deep"],
)
def test_a_damaged_file_is_told_of_and_never_written_over(store, data):
    put(store, data)
    maps, problems = told(store)
    assert maps == {}
    assert all(PATH in problem for problem in problems)
    assert len(problems) == 1 or data == b"maps = 3"
    with pytest.raises(Problem, match="mappings"):
        remember(store, MAP)
    assert (store.root / PATH).read_bytes() == data


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ('order = "dmy"|order = "ydm"', "order"),
        ('decimal = ","|decimal = "x"', "decimal"),
        ('zone = "Europe/Paris"|zone = "Mars/Base"', "zone"),
        ('posted = "Date"|when = "Date"', "role"),
        ('posted = "Date"|posted = 3', "name"),
        ('name = "Metricool"|name = 3', "word"),
        ("[maps.SIG.columns]|[maps.SIG.other]", "columns"),
    ],
)
def test_a_table_edited_into_nonsense_is_passed_over_and_named(store, change, word):
    apply(store, remember(store, OTHER))
    apply(store, remember(store, MAP))
    old, new = (part.replace("SIG", MAP.signature) for part in change.split("|"))
    text = (store.root / PATH).read_text("utf-8")
    at = text.index(MAP.signature)
    assert old in text[at - 10 :]
    put(store, text[: at - 10] + text[at - 10 :].replace(old, new, 1))
    maps, problems = told(store)
    assert maps == {OTHER.signature: OTHER}
    assert len(problems) == 1
    assert word in problems[0]


def test_hostile_header_cells_are_kept_as_they_are(store):
    wild = "\"]\n[maps.x]\na=\x1b[31m\u202e'\\"
    made = ColumnMap(signature((wild, "b")), wild, "instagram", (("posted", wild),))
    apply(store, remember(store, made))
    assert told(store) == ({made.signature: made}, [])
