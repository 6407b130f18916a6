"""What the margin says besides figures: how a text sounds, and what the post still lacks."""

from __future__ import annotations

from studio.captions.export import read_back
from tests.app.page import put
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
    async with desk((160, 60)) as d:
        await d.until(lambda: "first comment" in margin(d))
        assert "machine" not in margin(d)
        assert d.caption._tells == ()


async def test_what_the_post_still_lacks_stands_in_the_margin(desk, page):
    write(page, "short")
    async with desk((160, 60)) as d:
        await d.until(lambda: "No first comment" in margin(d))


async def test_a_caption_used_before_is_told_with_where_and_its_tags_with_how_often(desk, page):
    words = "nan's tin had three left, and guess who ate them all before the film.\n\n#80skid"
    write(page, words)
    put(page, "captions/arcade.md", f"{words}\n")
    async with desk() as d:
        await d.until(lambda: "This caption was used" in margin(d))
        assert "arcade" in margin(d).casefold()


async def test_a_caption_that_was_saved_a_moment_ago_counts_as_written(desk, page):
    write(page, "")
    async with desk() as d:
        await d.until(lambda: d.session.past.get() is not None)
        await d.press("f4")
        await d.type("the telly had four channels")
        await d.saved()
        past = d.session.past.get()
        await d.until(lambda: past.search("four channels"))
        assert past.search("four channels")[0].written.path == "captions/xmas.md"


async def test_what_is_a_habit_of_the_human_is_not_held_against_them(desk, page):
    for number in range(12):
        put(page, f"captions/old-{number}.md", f"{MACHINE}\n\nPart {number}")
    write(page, "Part the last. " + MACHINE)
    for export in (page / "stats" / "exports").iterdir():
        export.unlink()  # what was posted would teach it other habits
    async with desk() as d:
        await d.until(lambda: d.session.past.get() is not None and d.caption.remarked)
        await d.settle()
        assert "Reads like a machine" not in margin(d)


async def test_all_captions_are_written_into_one_file_and_undo_takes_it_away(desk, page):
    write(page, "the telly had four channels\n")
    async with desk() as d:
        await d.until(lambda: d.session.past.get() is not None)
        await d.press("f4")
        await d.run("caption.export")
        await d.until(lambda: any((page / "outbox").glob("captions-*.md")))
        (file,) = (page / "outbox").glob("captions-*.md")
        back = read_back(file.read_bytes())
        assert "the telly had four channels\n" in [one.text for one in back]
        d.session.undo()
        await d.until(lambda: not file.exists())
