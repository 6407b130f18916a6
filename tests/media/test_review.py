from __future__ import annotations

import os
import shutil

import pytest

from studio.media.identity import find_renamed, identity
from studio.media.review import load_verdict, load_verdicts, verdict_edits
from studio.media.sidecar import merge_verdict, recorded_identity
from studio.media.verdict import Verdict
from studio.problem import Problem
from studio.project.store import Conflict

X = "media/x.jpg"
KEEP = Verdict(keep=True, stars=4)


def test_a_verdict_lies_beside_the_picture_and_can_be_undone(desk, photos):
    desk.put(X, (photos / "cat_1080x1350.jpg").read_bytes())
    before = desk.bytes(X)
    desk.decide(**{X: KEEP})
    assert load_verdict(desk.store, X) == KEEP
    desk.decide(**{X: Verdict(keep=False, stars=4)})
    desk.undo.undo()
    assert load_verdict(desk.store, X) == KEEP
    desk.undo.undo()
    assert load_verdict(desk.store, X) == Verdict()
    assert not (desk.root / "media/x.jpg.xmp").exists()
    assert desk.bytes(X) == before, "a picture is never written"


def test_a_verdict_that_is_no_news_writes_nothing(desk):
    desk.put(X)
    assert verdict_edits(desk.store, {X: Verdict()}) == []
    desk.decide(**{X: KEEP})
    assert verdict_edits(desk.store, {X: KEEP}) == []


def test_keep_this_and_reject_the_rest_is_one_step(desk):
    paths = [desk.put(f"media/{name}.jpg") for name in "abc"]
    desk.decide(**{path: Verdict(keep=path == "media/b.jpg") for path in paths})
    assert [load_verdict(desk.store, path).keep for path in paths] == [False, True, False]
    desk.undo.undo()
    assert [load_verdict(desk.store, path).keep for path in paths] == [None] * 3


def test_a_sidecar_changed_by_another_program_meanwhile_is_not_overwritten(desk):
    desk.put(X)
    desk.decide(**{X: KEEP})
    edits = verdict_edits(desk.store, {X: Verdict(stars=1)})
    theirs = merge_verdict(desk.bytes(X + ".xmp"), Verdict(stars=5, label="Red"))
    desk.put(X + ".xmp", theirs)
    with pytest.raises(Conflict):
        desk.undo.apply("test", edits)
    assert desk.bytes(X + ".xmp") == theirs


def test_a_damaged_sidecar_is_told_for_its_picture_and_left_alone(desk):
    desk.put(X)
    desk.put("media/y.jpg")
    desk.put(X + ".xmp", b"<x:xmp")
    told = load_verdicts(desk.store, [X, "media/y.jpg"])
    assert told[X].problem.startswith("media/x.jpg.xmp: ")
    assert told["media/y.jpg"].problem is None
    with pytest.raises(Problem, match=r"media/x\.jpg\.xmp"):
        verdict_edits(desk.store, {X: KEEP})


def test_adobes_sidecar_is_read_and_never_written(desk):
    desk.put(X)
    adobe = merge_verdict(None, Verdict(stars=2, label="Red"))
    desk.put("media/x.xmp", adobe)
    assert load_verdict(desk.store, X) == Verdict(stars=2, label="Red")
    assert verdict_edits(desk.store, {X: Verdict(stars=2, label="Red")}) == []
    desk.decide(**{X: Verdict(stars=3, label="Red")})
    assert desk.bytes("media/x.xmp") == adobe
    assert load_verdict(desk.store, X) == Verdict(stars=3, label="Red")


def test_taking_back_adobes_rating_is_remembered_in_our_own_sidecar(desk):
    desk.put(X)
    desk.put("media/x.xmp", merge_verdict(None, Verdict(stars=2)))
    desk.decide(**{X: Verdict()})
    assert load_verdict(desk.store, X) == Verdict()


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names")
@pytest.mark.parametrize(
    "name",
    ["notes [WIP]", "[@click=app.quit]", "\x1b]0;x\x07", "e\u0301", b"caf\xe9", "a" * 247],
    ids=ascii,
)
def test_hostile_names_have_verdicts(desk, name):
    slug = os.fsdecode(name) if isinstance(name, bytes) else name
    path = desk.put(f"media/{slug}.jpg")
    desk.decide(**{path: KEEP})
    assert load_verdicts(desk.store, [path])[path].verdict == KEEP


def test_a_name_too_long_for_a_sidecar_is_told(desk):
    path = desk.put(f"media/{'a' * 251}.jpg")
    with pytest.raises(Problem):
        desk.decide(**{path: KEEP})


# Renamed outside


def test_a_picture_renamed_outside_is_found_by_its_content(desk):
    desk.put(X, b"one picture")
    desk.put("media/other.jpg", b"an otherpic")  # as long
    desk.decide(**{X: KEEP})
    assert recorded_identity(desk.bytes(X + ".xmp")) == identity(desk.root / X)
    (desk.root / "media/deep").mkdir()
    shutil.move(desk.root / X, desk.root / "media/deep/new name.jpg")
    assert find_renamed(X, desk.store) == ["media/deep/new name.jpg"]


def test_it_is_found_even_when_its_sidecar_was_renamed_with_it(desk):
    desk.put(X, b"one picture")
    desk.decide(**{X: KEEP})
    for suffix in ("", ".xmp"):
        shutil.move(desk.root / (X + suffix), desk.root / f"media/y.jpg{suffix}")
    assert find_renamed(X, desk.store) == ["media/y.jpg"]
    assert load_verdict(desk.store, "media/y.jpg") == KEEP


def test_a_picture_never_judged_is_looked_for_by_its_name(desk):
    desk.put("media/2026/E\u0301te\u0301.JPG")
    assert find_renamed("media/été.jpg", desk.store) == ["media/2026/E\u0301te\u0301.JPG"]
    assert find_renamed("media/winter.jpg", desk.store) == []


def test_a_picture_deleted_is_not_found_in_another(desk):
    desk.put(X, b"one picture")
    desk.put("media/y.jpg", b"another one")
    desk.decide(**{X: KEEP})
    (desk.root / X).unlink()
    assert find_renamed(X, desk.store) == []


def test_a_picture_replaced_under_its_name_has_a_new_identity(desk):
    desk.put(X, b"one")
    first = identity(desk.root / X)
    desk.put(X, b"two!")
    assert identity(desk.root / X) != first
    with pytest.raises(Problem, match="not there"):
        identity(desk.root / "media/none.jpg")
