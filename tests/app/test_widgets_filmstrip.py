"""The filmstrip: labels and marks under its thumbs, readable without colour."""

from __future__ import annotations

from studio.app.widgets.filmstrip import Filmstrip, Thumb
from studio.app.widgets.marks import label_letter, tail
from studio.media.verdict import Verdict
from tests.app.hostile import NAMES
from tests.app.widgets import drawn, on_stage


async def put(s, *thumbs, chosen=0):
    s.app.widget.show(thumbs, 0, chosen)
    await s.settle()
    s.assert_whole()
    line = s.rows()[5]
    return [line[start : start + 8] for start in range(0, 9 * len(thumbs), 9)]


async def test_verdict_label_and_mark_stand_under_each_thumb():
    strip = Filmstrip()
    async with on_stage(strip, (70, 6)) as s:
        cells = drawn(8, 5)
        under = await put(
            s,
            Thumb(cells, Verdict()),
            Thumb(cells, Verdict(keep=True, label="Red")),
            Thumb(cells, Verdict(keep=True, stars=3)),
            Thumb(cells, Verdict(keep=False, stars=3, label="yellow"), marked=True),
            Thumb(None, Verdict(stars=5, label="Green")),
            Thumb(cells, Verdict(keep=True, stars=5, label="blue"), marked=True),
            Thumb(None, Verdict(), broken=True),
            chosen=2,
        )
        assert [words.strip(" ▔") for words in under] == [
            *("", "✓R", "✓★★★", "◆✗Y", "★★★★★G", "◆✓★5B", "")
        ]
        assert ["▔" in words for words in under] == [n == 2 for n in range(7)]
        assert "broken" in s.text()
        assert strip.waiting


async def test_the_fullest_verdict_still_shows_that_its_thumb_is_the_one_above():
    strip = Filmstrip()
    async with on_stage(strip, (70, 6)) as s:
        full = Verdict(keep=True, stars=5, label="Purple")
        assert "▔" in (await put(s, Thumb(drawn(8, 5), full, marked=True)))[0]


async def test_hostile_labels_are_one_letter_and_going_on_paints_one_line():
    strip = Filmstrip()
    async with on_stage(strip, (160, 6)) as s:
        for name in NAMES.values():
            thumbs = [Thumb(drawn(8, 5), Verdict(label=name)), Thumb(drawn(5, 3), Verdict())]
            await put(s, *thumbs)
        before = list(strip._strips)
        await put(s, *thumbs, chosen=1)
        assert [y for y in range(6) if before[y] is not strip._strips[y]] == [5]


async def test_a_click_tells_which_and_what_was_held():
    strip = Filmstrip()
    async with on_stage(strip, (70, 6)) as s:
        await put(s, *[Thumb(drawn(8, 5), Verdict())] * 4)
        await s.pilot.click(strip, offset=(20, 2))
        await s.pilot.click(strip, offset=(2, 2), shift=True)
        heard = s.heard(Filmstrip.Clicked)
        assert [(m.index, m.adding, m.extending) for m in heard] == [
            (2, False, False),
            (0, False, True),
        ]


def test_a_label_is_one_letter_of_one_cell_or_none():
    letters = [label_letter(text) for text in (None, "", " ", "Red", "é", "全角", "\x1b[31m")]
    assert letters == ["", "", "", "R", "É", "•", "␛"]


def test_a_name_that_is_too_long_keeps_what_tells_it_from_its_neighbours():
    assert tail("take-1.png", 12) == "take-1.png  "
    assert tail("christmas-1.png", 12) == "christmas-1 "
    assert tail("christmas-morning-12.png", 12) == "…-morning-12"
    assert tail("全角文字全角文字.png", 5) == "…文字"
    assert tail("x", 0) == ""
