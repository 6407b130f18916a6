"""What the margin says besides figures: how a text sounds, and what the post still lacks."""

from __future__ import annotations

from tests.app.test_caption_pane import write

MACHINE = (
    "✨ In a world that never slows down, Christmas morning was more than just a moment — it was "
    "a testament to the magic of simpler times.\n\nIt's not just about the presents. It's about "
    "the memories. Let that sink in.\n\nHere's to the laughter, the warmth, and the timeless "
    "traditions that shape who we are. What's your favourite memory? Drop it below! 👇"
)


def margin(d):
    return d.text(d.caption.query_one("#measure"))


async def test_a_text_that_reads_like_a_machine_is_told_of_with_reason_and_source(desk, page):
    write(page, MACHINE)
    async with desk() as d:
        await d.until(lambda: "Reads like a machine" in margin(d))
        await d.press("f4", "ctrl+home")
        tell = d.caption._tells[0]
        d.editor.move_cursor((0, tell.start))
        await d.settle()
        assert tell.reason[:20] in margin(d)
        assert d.editor.text == MACHINE, "it never writes"


async def test_a_text_of_ones_own_is_left_alone(desk, page):
    write(page, "nan's tin had three left. guess who ate them.\n\n#80skid")
    async with desk() as d:
        await d.until(lambda: "first comment" in margin(d))
        assert "machine" not in margin(d)
        assert d.caption._tells == ()


async def test_what_the_post_still_lacks_stands_in_the_margin(desk, page):
    write(page, "short")
    async with desk() as d:
        await d.until(lambda: "No first comment" in margin(d))
