from __future__ import annotations

import pytest

from studio.media.choosing import Entry
from studio.media.groups import group_of, groups
from studio.media.verdict import Verdict


def entry(path, prompt=None, brief=None, ideas=()):
    return Entry(path, "picture", Verdict(), ideas, prompt=prompt, brief=brief)


def together(*paths, **options):
    made = groups([entry(path, **options) for path in paths])
    return len({made[path] for path in paths}) == 1


@pytest.mark.parametrize(
    "paths",
    [
        ("media/xmas-01.jpg", "media/xmas-02.jpg"),
        ("media/xmas (1).png", "media/xmas (2).PNG", "media/XMAS (3).png"),
        ("media/xmas_00001_.png", "media/xmas_00002_.png"),
        ("media/xmas 1.jpg", "media/xmas 12.jpg"),
        ("media/xmas v1.jpg", "media/xmas v2.jpg"),
        ("media/xmas.jpg", "media/xmas-1.jpg"),
        ("media/été-1.jpg", "media/e\u0301te\u0301-2.jpg"),
        ("media/00012-1234567.png", "media/00013-1234568.png"),
        ("media/00012-1234567-a dog.png", "media/00014-1234569-a dog.png"),
    ],
    ids=lambda paths: paths[0],
)
def test_takes_that_differ_in_their_number_belong_together(paths):
    assert together(*paths)


@pytest.mark.parametrize(
    "paths",
    [
        ("media/xmas-01.jpg", "media/attic-01.jpg"),
        ("media/a/xmas-01.jpg", "media/b/xmas-02.jpg"),
        ("media/xmas-01.jpg", "media/xmas-01.mp4"),
        ("media/xmas.jpg", "media/attic.jpg"),
        ("media/IMG_0001.jpg", "media/IMG_0002.jpg"),
        ("media/ComfyUI_00001_.png", "media/ComfyUI_00002_.png"),
        ("media/1.jpg", "media/2.jpg"),
        ("media/20261123_101500.jpg", "media/20261123_101501.jpg"),
        ("media/00012-1234567.png", "media/00013-9876543.png"),
    ],
    ids=lambda paths: paths[0],
)
def test_takes_of_different_things_do_not(paths):
    assert not together(*paths)


def test_the_same_prompt_joins_whatever_the_files_are_called():
    made = groups(
        [
            entry("media/a.png", "A kid, in the SNOW"),
            entry("media/deep/b.png", "a kid in the  snow,"),
            entry("media/c.png", "a kid in the rain"),
            entry("media/d.png", "  "),
        ]
    )
    assert made["media/a.png"] == made["media/deep/b.png"]
    assert len(set(made.values())) == 3


def test_a_clip_is_no_take_of_the_picture_of_the_same_prompt():
    assert not together("media/a.png", "media/a.mp4", prompt="a kid in the snow")


def test_the_brief_comes_before_the_prompt_and_the_name():
    made = groups(
        [
            entry("media/a.png", "one prompt", "briefs/xmas-1.md"),
            entry("media/b.png", "a better prompt", "briefs/xmas-1.md"),
            entry("media/c.png", "one prompt", "briefs/xmas-2.md"),
        ]
    )
    assert made["media/a.png"] == made["media/b.png"] != made["media/c.png"]


def test_a_brief_known_by_a_number_only_is_one_of_its_idea():
    assert group_of("media/a.png", None, "1", "ideas/a.md") == group_of(
        "media/b.png", None, "1", "ideas/a.md"
    )
    assert group_of("media/a.png", None, "1", "ideas/a.md") != group_of(
        "media/b.png", None, "1", "ideas/b.md"
    )


def test_an_idea_alone_does_not_make_its_slides_takes_of_each_other():
    assert not together("media/first.jpg", "media/last.jpg", ideas=("ideas/a.md",))


def test_groups_are_the_same_whatever_the_order_and_on_every_day():
    entries = [entry(f"media/{name}.jpg") for name in ("b-2", "a", "b-1", "b", "c-1")]
    assert groups(entries) == groups(entries[::-1])
    assert group_of("media/b-2.jpg", None, None, None) == "name:picture:media/b"
    assert group_of("media/a.jpg", "x", None, None) == group_of("media/z.jpg", "X", None, None)


@pytest.mark.parametrize(
    "name", ["-1.jpg", "(1).jpg", "1", ".jpg", "\x1b-1.jpg", "a" * 250, "é" * 99]
)
def test_odd_names_have_a_group(name):
    assert group_of(f"media/{name}", None, None, None)


def test_a_long_number_takes_no_time():
    assert group_of("media/" + "1" * 200 + "x.jpg", None, None, None)
    assert group_of("media/a" + " 1" * 100 + "x.jpg", "word " * 100_000, None, None)
