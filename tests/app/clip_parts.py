"""The commands for clips: frames, marks, the frame that stands for it, and the player outside."""

from __future__ import annotations

from tests.app.parts import at_frame, line_says, line_words, part, sidecars, verdict

TAPE = "media/tape.mp4"


async def look_at_tape(d):
    await d.choose("vhs")
    assert d.preview.path == TAPE


async def leave_tape(d):
    await d.press("escape")
    assert line_words(d) == ""
    assert sidecars(d) == []
    await d.choose("xmas")


@part("clip.frame-on")
async def _frame_on(d, do):
    await look_at_tape(d)
    await do()
    await at_frame(d, 2)
    assert "▶" not in line_words(d)
    await do()
    await at_frame(d, 3)
    await leave_tape(d)


@part("clip.frame-back")
async def _frame_back(d, do):
    await look_at_tape(d)
    await d.press(".", ".")
    await at_frame(d, 3)
    await do()
    await at_frame(d, 2)
    await leave_tape(d)


def marking(command_id, span):
    @part(command_id)
    async def mark(d, do):
        await look_at_tape(d)
        await d.press(".", ".", ".")
        await at_frame(d, 4)
        await do()
        assert verdict(d, TAPE).span == span
        assert ("[" if span[1] is None else "]") in line_words(d)
        await do()
        assert verdict(d, TAPE).span is None
        await d.press("ctrl+z", "ctrl+z")
        await leave_tape(d)

    return mark


marking("clip.in", (0.3, None))
marking("clip.out", (None, 0.3))


@part("clip.loop")
async def _loop(d, do):
    await look_at_tape(d)
    await d.press(".")
    await at_frame(d, 2)
    await line_says(d, "↻")
    await do()
    assert "Once." in d.toasts()
    await line_says(d, "frame 2", without="↻")
    d.app.clear_notifications()
    await do()
    assert "Round and round." in d.toasts()
    await line_says(d, "↻")
    await leave_tape(d)


@part("clip.poster")
async def _poster(d, do):
    await look_at_tape(d)
    await d.press(".", ".")
    await at_frame(d, 3)
    await do()
    assert verdict(d, TAPE).poster == 0.2
    assert "This frame stands for the clip." in d.toasts()
    await do()
    assert verdict(d, TAPE).poster is None
    await d.press("ctrl+z", "ctrl+z")
    await leave_tape(d)


@part("clip.frames")
async def _frames(d, do):
    await look_at_tape(d)
    await do()
    assert d.dialog == "FramesScreen"
    await d.until(lambda: "0:00.0" in d.text())
    assert "tape.mp4" in d.text()
    await d.press("escape")
    assert d.dialog == ""
    await leave_tape(d)


@part("clip.sound")
async def _sound(d, do):
    """The player that STUDIO_PLAYER names writes down what it is asked to play."""
    said = d.root.parent / "played"
    await look_at_tape(d)
    await do()
    assert any("tape.mp4 plays" in words for words in d.toasts())
    await d.until(said.exists)
    assert said.read_text().split("\n")[:-1] == ["aloud", str(d.root / TAPE)]
    said.unlink()
    await leave_tape(d)
