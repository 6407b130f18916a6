"""The commands that decide: what each does to the files, to the words, and to what comes next."""

from __future__ import annotations

from studio.media.verdict import LABELS
from tests.app.parts import changed, part, sidecars, title, verdict, verdict_words


def judging(command_id, sign, holds):
    @part(command_id)
    async def judge(d, do):
        await d.press("home")
        await do()
        assert d.preview.path == "media/green.png"
        assert holds in d.file("media/red.png.xmp")
        d.app.clear_notifications()
        await d.press("home")
        assert verdict_words(d).startswith(sign)
        await d.press("ctrl+z")
        assert d.preview.border_subtitle == "unjudged 4   kept 0   rejected 0"

    return judge


judging("review.keep", "☆☆☆☆☆  ✓ keep  red.png", 'studio:kept="true"')
judging("review.reject", "☆☆☆☆☆  ✗ reject  red.png", 'xmp:Rating="-1"')
for count in range(1, 6):
    judging(
        f"review.stars-{count}",
        "★" * count + "☆" * (5 - count) + "  unjudged  red.png",
        f'xmp:Rating="{count}"',
    )


@part("review.stars-0")
async def _no_stars(d, do):
    await d.press("home", "4", "home")
    assert verdict_words(d).startswith("★★★★☆")
    await do()
    assert d.preview.path == "media/red.png"
    assert verdict_words(d).startswith("☆☆☆☆☆")
    assert "Rating" not in d.file("media/red.png.xmp")
    await d.press("ctrl+z", "ctrl+z")


@part("review.unset")
async def _unset(d, do):
    await d.press("home", "3", "home", "p", "home")
    assert verdict_words(d).startswith("★★★☆☆  ✓ keep")
    await do()
    assert d.preview.path == "media/red.png"
    assert verdict_words(d).startswith("★★★☆☆  unjudged")
    await d.press("ctrl+z", "ctrl+z", "ctrl+z")


@part("review.keep-alone")
async def _keep_alone(d, do):
    await d.choose("corner-shop")
    await d.press("home")
    await do()
    takes = [f"media/cosy-{number}.png" for number in (1, 2, 3)]
    assert [verdict(d, path).keep for path in takes] == [True, False, False]
    assert any("rejected 2 of its group" in words for words in d.toasts())
    await d.press("ctrl+z")
    assert sidecars(d) == []
    await d.choose("xmas")


def labelling(command_id, label):
    @part(command_id)
    async def give(d, do):
        await d.press("home")
        await do()
        assert d.preview.path == "media/red.png"
        assert verdict(d, "media/red.png").label == label
        assert f"● {label.lower()}" in verdict_words(d)
        await do()
        assert verdict(d, "media/red.png").label is None
        assert "●" not in verdict_words(d)
        await d.press("ctrl+z", "ctrl+z")

    return give


for word in LABELS:
    labelling(f"review.label-{word.lower()}", word)


@part("review.note")
async def _note(d, do):
    await d.press("home")
    await do()
    assert d.dialog == "AskLine"
    assert "Note on red.png" in d.text()
    await d.type("too clean")
    await d.press("enter")
    assert verdict(d, "media/red.png").note == "too clean"
    assert "too clean" in d.file("media/red.png.xmp")
    await d.press("ctrl+z")


@part("review.mark")
async def _mark(d, do):
    await d.press("home")
    await do()
    assert "1 marked" in title(d)
    assert d.preview.path == "media/green.png"
    await d.press("home")
    assert verdict_words(d).startswith("◆")
    await do()
    assert "marked" not in title(d)
    assert d.preview.path == "media/red.png"


@part("review.mark-all")
async def _mark_all(d, do):
    await do()
    assert "4 marked" in title(d)
    await do()
    assert "marked" not in title(d)


@part("review.attach")
async def _attach(d, do):
    before = d.file("ideas/xmas.md")
    await d.press("home", "right")
    await do()
    assert changed(before, d.file("ideas/xmas.md")) == [
        "-media: [media/red.png, media/green.png, media/blue.png, media/gold.png]",
        "+media: [media/red.png, media/blue.png, media/gold.png]",
    ]
    assert "of 3" in title(d)
    await d.press("ctrl+z")
    assert d.file("ideas/xmas.md") == before


def moving(command_id, order, place):
    @part(command_id)
    async def move(d, do):
        before = d.file("ideas/xmas.md")
        await d.press("home", "right")
        await do()
        there = ", ".join(f"media/{name}.png" for name in order)
        assert changed(before, d.file("ideas/xmas.md"))[1] == f"+media: [{there}]"
        assert d.preview.path == "media/green.png"
        assert f"{place} of 4" in title(d)
        await d.press("ctrl+z")
        assert d.file("ideas/xmas.md") == before

    return move


moving("review.earlier", ("green", "red", "blue", "gold"), 1)
moving("review.later", ("red", "blue", "green", "gold"), 3)


@part("review.auto")
async def _auto(d, do):
    await d.press("home")
    await do()
    await d.press("p")
    assert d.preview.path == "media/red.png"
    await do()
    await d.press("u", "p")
    assert d.preview.path == "media/green.png"
    await d.press("ctrl+z", "ctrl+z", "ctrl+z")


@part("review.clear")
async def _clear(d, do):
    await do()
    assert d.dialog == ""
    assert "Nothing is rejected." in d.toasts()
    await d.press("a")
    d.preview.look_at("media/violet.png")
    await d.press("x")
    await do()
    assert d.dialog == "ClearingScreen"
    assert "media/violet.png" in d.text()
    assert (d.root / "media/violet.png").exists()
    await d.press("enter", "enter")
    assert d.dialog == ""
    assert not (d.root / "media/violet.png").exists()
    await d.press("ctrl+z", "ctrl+z", "a")
    assert (d.root / "media/violet.png").exists()
    assert sidecars(d) == []


@part("review.checks")
async def _checks(d, do):
    await d.press("home")
    await do()
    assert d.pane == "numbers"
    assert "Checks  red.png" in d.text(d.numbers)
    assert "40×50" in d.listed()
    assert "Christmas morning 1989" in d.listed()  # where it is used
    await d.press("f3")
    assert d.pane == "preview"
