"""What is known of a file, and answering the questions about it with keys and mouse."""

from __future__ import annotations

import pytest

from studio.app.widgets.checklist import CheckList, CheckRow, Fact, NoteRow, TickRow, UseRow
from tests.app.hostile import NAMES
from tests.app.widgets import on_stage

PROMPT = "a living room in 1989, wrapping paper on the carpet, a CRT with antlers, " * 6
FACTS = (Fact("tool", "ComfyUI"), Fact("seed", "1234567890"), Fact("prompt", PROMPT))
CHECKS = (
    CheckRow("size", "Is it large enough?", "pass", "1080×1350"),
    CheckRow("aspect", "Is it 4:5?", "fail", "1024×1365 is 3:4", "cut 85 rows off"),
    CheckRow("sharp", "Is it sharp beside its group?", "unsure", "0.6 of the middle one"),
)
TICKS = (
    TickRow("hands", "Has every hand five fingers?", "the model gets them wrong"),
    TickRow("tv", "Any TV thinner than a hand?", "", "fail"),
)
ALL = {
    "facts": FACTS,
    "checks": CHECKS,
    "ticks": TICKS,
    "notes": (NoteRow("0", "a sixth finger", "upper left"),),
    "uses": (UseRow("ideas/xmas.md", "Christmas morning 1989"),),
}


async def fill(s, **parts):
    s.app.widget.fill(**(parts or ALL))
    s.app.widget.focus()
    await s.settle()
    return s.text()


def whole(s):
    """Everything in the list is read, however long it is."""
    rows = s.app.widget.rows
    width = s.app.size.width - 3
    pens = s.app.widget._pens
    return "\n".join(line(width, pens).plain for row in rows for line in row.lines)


def put_cursor(s, key):
    s.app.widget.cursor = key


@pytest.mark.parametrize("size", [(56, 45), (34, 70), (70, 45)], ids=str)
async def test_every_section_is_read_with_signs_that_need_no_colour(size):
    async with on_stage(CheckList(), size) as s:
        text = await fill(s)
        for name in ("In the file", "Checks", "Look yourself", "Notes", "Used in"):
            assert name in text
        unbroken = " ".join(text.split())
        assert "✓ Is it large enough?" in unbroken
        assert "1080×1350" in unbroken
        assert "✗ Is it 4:5?" in unbroken
        assert "→ cut 85 rows off" in unbroken
        assert "? Is it sharp" in unbroken
        assert "[ ] Has every hand" in unbroken
        assert "[✗] Any TV thinner" in unbroken
        assert "✗ 1 ? 1" in unbroken
        assert "1 of 2" in unbroken
        assert "upper left" in unbroken
        assert "Christmas morning 1989" in unbroken


async def test_the_mend_stands_under_what_is_wrong():
    async with on_stage(CheckList(), (56, 45)) as s:
        rows = (await fill(s)).splitlines()
        place = next(y for y, row in enumerate(rows) if "Is it 4:5?" in row)
        assert "1024×1365 is 3:4" in rows[place]
        assert "→ cut 85 rows off" in rows[place + 1]


async def test_the_humans_own_answer_goes_before_what_was_measured():
    async with on_stage(CheckList(), (56, 45)) as s:
        checks = (
            CheckRow("aspect", "Is it 4:5?", "fail", "1024×1365", "cut it", mine="pass"),
            CheckRow("size", "Is it large enough?", "pass", "1080×1350", "", mine="fail"),
        )
        rows = (await fill(s, checks=checks)).splitlines()
        first = next(row for row in rows if "4:5" in row)
        assert first.split()[0].endswith("✓") or "✓ Is it" in first
        assert "you: fine" in first
        assert "1024×1365" in "\n".join(rows)
        assert "cut it" not in "\n".join(rows)
        assert "you: not fine" in next(row for row in rows if "large" in row)


async def test_a_long_prompt_is_folded_to_three_lines_and_enter_shows_it_all():
    checklist = CheckList()
    async with on_stage(checklist, (56, 45)) as s:
        text = await fill(s)
        assert text.count("wrapping paper") < 4
        assert f"{len(PROMPT):,} characters" in text
        put_cursor(s, "fact/prompt")
        await s.pilot.press("enter")
        await s.settle()
        assert "".join(whole(s).split()).count("wrappingpaper") == 6
        assert [(m.kind, m.id) for m in s.heard(CheckList.Chosen)] == [("fact", "prompt")]
        assert checklist.cursor == "fact/prompt"
        await s.pilot.press("enter")
        await s.settle()
        assert s.text().count("wrapping paper") < 4


async def test_keys_answer_and_enter_goes_round():
    checklist = CheckList()
    async with on_stage(checklist, (56, 45)) as s:
        await fill(s)
        put_cursor(s, "tick/hands")
        await s.pilot.press("y", "n", "question_mark", "u")
        put_cursor(s, "check/aspect")
        await s.pilot.press("y")
        answers = [(m.id, m.answer) for m in s.heard(CheckList.Ticked)]
        assert answers == [
            *(("hands", "pass"), ("hands", "fail"), ("hands", "unsure"), ("hands", None)),
            ("aspect", "pass"),
        ]
        s.app.heard.clear()
        for mine in (None, "pass", "fail", "unsure"):
            await fill(s, ticks=(TickRow("hands", "Five fingers?", "", mine),))
            await s.pilot.press("space" if mine else "enter")
        answers = [m.answer for m in s.heard(CheckList.Ticked)]
        assert answers == ["pass", "fail", "unsure", None]


async def test_on_a_row_that_asks_nothing_the_keys_of_answers_are_left_to_others():
    checklist = CheckList()
    async with on_stage(checklist, (56, 45)) as s:
        await fill(s)
        put_cursor(s, "use/ideas/xmas.md")
        await s.pilot.press("y", "n", "u")
        assert not s.heard(CheckList.Ticked)
        await s.pilot.press("enter")
        assert [(m.kind, m.id) for m in s.heard(CheckList.Chosen)] == [("use", "ideas/xmas.md")]


async def test_a_click_on_the_box_answers_and_on_the_words_only_chooses():
    checklist = CheckList()
    async with on_stage(checklist, (56, 45)) as s:
        rows = (await fill(s)).splitlines()
        y = next(y for y, row in enumerate(rows) if "Has every hand" in row)
        await s.pilot.click(checklist, offset=(20, y))
        assert checklist.cursor == "tick/hands"
        assert not s.heard(CheckList.Ticked)
        await s.pilot.click(checklist, offset=(2, y))
        assert [(m.id, m.answer) for m in s.heard(CheckList.Ticked)] == [("hands", "pass")]
        y = next(y for y, row in enumerate(rows) if "Is it 4:5?" in row)
        await s.pilot.click(checklist, offset=(1, y))
        assert [m.id for m in s.heard(CheckList.Ticked)] == ["hands", "aspect"]
        await s.pilot.click(checklist, offset=(9, len(rows) - 1))
        assert checklist.cursor == "check/aspect"


async def test_the_cursor_passes_texts_of_one_name_and_stays_when_filled_again():
    checklist = CheckList()
    async with on_stage(checklist, (56, 45)) as s:
        facts = (Fact("text", "one"), Fact("text", "two"), Fact("text", "three"))
        await fill(s, facts=facts, uses=ALL["uses"])
        await s.pilot.press("home", "down", "down", "down")
        assert checklist.cursor == "use/ideas/xmas.md"
        await fill(s, facts=facts[:1], uses=ALL["uses"])
        assert checklist.cursor == "use/ideas/xmas.md"


async def test_nothing_known_is_said():
    async with on_stage(CheckList(), (56, 20)) as s:
        assert "Nothing is known" in await fill(s, facts=())


@pytest.mark.parametrize("size", [(34, 45), (70, 30)], ids=str)
async def test_hostile_texts_are_only_texts_in_every_section(size):
    checklist = CheckList()
    async with on_stage(checklist, size) as s:
        for text in (*NAMES.values(), "[/] \x1b]52;c;eA==\x07 word " * 800, "x" * 20_000):
            await fill(
                s,
                facts=(Fact(text, text),),
                checks=(CheckRow("c", text, "fail", text, text), CheckRow("d", "", "pass", "")),
                ticks=(TickRow("t", text, text, "unsure"),),
                notes=(NoteRow("n", text, text),),
                uses=(UseRow("u", text),),
            )
            s.assert_whole()
            checklist.action_edge(-1)
            checklist.action_choose()
            await s.settle()
            s.assert_whole()
