"""The timeline of a clip: where it is, what is marked, and going elsewhere with the mouse."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from studio.app.widgets.timeline import FrameStrip, StripFrame, Timeline, clock
from tests.app.hostile import NAMES
from tests.app.widgets import drawn, on_stage


@dataclass(frozen=True)
class Note:
    text: str
    start: float | None = None
    end: float | None = None


async def put(s, *arguments, **more):
    s.app.widget.show(*arguments, **more)
    await s.settle()
    s.assert_whole()
    return s.rows()


async def test_bar_and_words_say_where_the_clip_is():
    line = Timeline()
    async with on_stage(line, (110, 2)) as s:
        bar, words = await put(
            s, 3.0, 12.0, True, (1.0, 9.0), (Note("hand", 6.0, 8.0),), True, 30.0, dropped=2
        )
        assert bar.index("●") == pytest.approx(110 / 4, abs=2)
        assert bar.index("[") < bar.index("●") < bar.index("▾") < bar.index("]")
        assert "═" in bar
        assert bar.strip().startswith("·")
        assert bar.strip().endswith("·")
        for said in ("▶ playing", "0:03.0 / 0:12.0", "frame 91/360", "(8.0 s)", "↻ loop"):
            assert said in words
        assert "dropped 2" in words
        assert "‖ paused" in (await put(s, 3.0, 12.0, False))[1]


async def test_the_note_on_the_moment_is_read_beneath_the_bar():
    line = Timeline()
    async with on_stage(line, (110, 2)) as s:
        notes = (Note("six fingers", 3.0, 4.0), Note("nowhere", None))
        assert "six fingers" in (await put(s, 3.5, 12.0, False, None, notes))[1]
        assert "six fingers" not in (await put(s, 5.0, 12.0, False, None, notes))[1]


@pytest.mark.parametrize("width", [70, 40, 20, 5, 1])
async def test_with_little_room_the_less_needed_words_go_first(width):
    line = Timeline()
    async with on_stage(line, (width, 2)) as s:
        notes = tuple(Note(text, 1.0, 2.0) for text in NAMES.values())
        words = (await put(s, 1.0, 12.0, True, (0.5, 9.0), notes, True, 30.0, dropped=99))[1]
        if width >= 20:
            assert "0:01.0 / 0:12.0" in words
    line = Timeline()
    async with on_stage(line, (width, 1)) as s:
        row = (await put(s, 1.0, 12.0, True, None, (), True, 30.0))[0]
        assert "●" in row or width < 10


async def test_figures_no_clip_has_break_nothing():
    line = Timeline()
    inf, nan = float("inf"), float("nan")
    async with on_stage(line, (70, 2)) as s:
        for seconds in (-1.0, 0.0, 99.0, inf, nan):
            for length in (None, 0.0, -1.0, 12.0, nan, inf):
                span = (nan, -3.0) if length else (9.0, 2.0)
                notes = (Note("x", nan, inf), Note("y", 11.0, 2.0), Note("z", 1e12, None))
                await put(s, seconds, length, True, span, notes, False, nan)
                await put(s, seconds, length, False, (None, 3.0), notes, False, 0.0)


async def test_a_click_goes_to_that_place_and_a_drag_goes_on():
    line = Timeline()
    async with on_stage(line, (72, 2)) as s:
        await put(s, 0.0, 10.0, False)
        for x in (1, 70):
            await s.pilot.click(line, offset=(x, 0))
        await s.pilot.click(line, offset=(30, 1))  # the words are no bar
        assert [m.seconds for m in s.heard(Timeline.Seeked)] == [0.0, 10.0]
        await s.pilot.mouse_down(line, offset=(20, 0))
        await s.pilot.hover(line, offset=(40, 1))
        await s.pilot.mouse_up(line, offset=(40, 1))
        await s.pilot.hover(line, offset=(60, 0))
        seconds = [m.seconds for m in s.heard(Timeline.Seeked)][2:]
        assert seconds == sorted(seconds)
        assert seconds[-1] == pytest.approx(10 * 39 / 69)


async def test_a_click_goes_where_the_head_then_is():
    line = Timeline()
    async with on_stage(line, (72, 2)) as s:
        await put(s, 0.0, 10.0, False)
        for x in range(1, 71, 3):
            assert (await put(s, line._seconds_at(x), 10.0, False))[0].index("●") == x


async def test_while_it_plays_only_lines_that_look_different_are_painted():
    line = Timeline()
    async with on_stage(line, (72, 2)) as s:
        await put(s, 1.0, 60.0, True, None, (), False, 30.0)
        before = list(line._strips)
        await put(s, 1.0333, 60.0, True, None, (), False, 30.0)
        assert line._strips[0] is before[0]
        assert line._strips[1] is not before[1]


def test_times_are_read_as_minutes_and_seconds():
    assert [clock(seconds) for seconds in (0, 3.25, 59.99, 61.3, 3661.0, -4.0, float("nan"))] == [
        *("0:00.0", "0:03.2", "0:59.9", "1:01.3", "1:01:01.0", "0:00.0", "0:00.0")
    ]


async def test_frames_stand_beside_each_other_with_their_times_and_are_clicked():
    strip = FrameStrip()
    async with on_stage(strip, (79, 6)) as s:
        columns, rows = strip.box(8)
        assert (columns, rows) == (9, 5)
        frames = [
            StripFrame(drawn(columns, rows, seed=n) if n != 3 else None, n * 1.5) for n in range(8)
        ]
        rows = await put(s, frames, 4.6)
        assert "0:04.5▔" in rows[5]
        assert rows[5].count("▔") == 3
        assert "0:10.5" in rows[5]
        assert strip.waiting
        await s.pilot.click(strip, offset=(41, 2))
        heard = s.heard(FrameStrip.Seeked)
        assert [(m.index, m.seconds) for m in heard] == [(4, 6.0)]
        await put(s, [], 0.0)
