"""The three answers in lines of plain text, for `studio stats` and for reading aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.lines import cells, fit, pad, wrapped
from studio.platforms.names import platform_name
from studio.report.words import (
    day,
    gain,
    hour_range,
    left_out,
    number,
    percent,
    plural,
    reason,
    when_verdict,
)
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.report.answers import Answers, PlatformAnswers
    from studio.stats.post import Note
    from studio.stats.what import Effect, What
    from studio.stats.who import Who

SLOTS = 3
"""Slots that are told; the heat map on the screen shows the whole week."""
_MAX_NOTES = 12
_NONE = (
    "No numbers yet. Take in what the platforms give you: studio import PROJECT FILE… Instagram"
    " and TikTok let everyone download their data; Meta Business Suite and TikTok Studio export"
    " more. Or type a post's numbers: L on a posted idea"
)


def answers_text(answers: Answers, width: int = 80) -> str:
    """Return the answers in lines of at most `width` cells (40 at least), without colour."""
    width = max(width, 40)
    lines: list[str] = []
    for one in answers.platforms:
        lines += [*_platform(one, answers.zone, width), ""]
    if not answers.platforms:
        lines += [*wrapped(f"{_NONE}.", width), ""]
    files = answers.posts.files
    if files:
        newest = max((one.exported for one in files if one.exported), default=None)
        lines.append(f"From {plural(len(files), 'export')}, newest {day(newest)}")
    lines += _notes(answers.posts.notes, width)
    return "\n".join(lines).rstrip() + "\n"


def _platform(one: PlatformAnswers, zone: str, width: int) -> list[str]:
    summary = one.summary
    head = f"{platform_name(one.platform)}: {plural(summary.posts, 'post')}"
    if summary.first:
        head += f", {day(summary.first)} – {day(summary.last)}"
    if summary.followers is not None:
        head += f"; {summary.followers:,} followers on {day(summary.followers_at)}"
    lines = wrapped(one_line(head), width)
    if summary.counted:
        usual = f"Usual {summary.metric} {number(summary.usual)} (n = {summary.counted}"
        if summary.too_young:
            usual += f"; younger than 72 h, left out: {summary.too_young}"
        if summary.left_out:
            usual += f"; other posts left out: {summary.left_out}"
        lines += wrapped(f"{usual})", width, "  ")
    if summary.caveat:
        lines += wrapped(f"{summary.caveat}.", width, "  ")
    lines += ["", f"  When (hours in {one_line(zone)})", *_when(one, width)]
    for index, what in enumerate(one.what):
        if not index or any(each.verdict != _CANT for each in what.effects):
            lines += _what(what, width, first=not index)
    silent = [
        what.metric for what in one.what[1:] if all(each.verdict == _CANT for each in what.effects)
    ]
    if silent:
        told = f"Can't tell yet of anything by {', '.join(silent)}"
        lines += ["", *wrapped(told, width, "    ")]
    return [*lines, *_who(one.who, width)]


def _when(one: PlatformAnswers, width: int) -> list[str]:
    lines: list[str] = []
    when = one.when
    if when is not None:
        lines += wrapped(when_verdict(when), width, "    ")
        for slot in when.slots[:SLOTS]:
            row = f"    {hour_range(slot.weekday, slot.hour)}  {gain(slot.uplift):>5}"
            row += f" ({gain(slot.low)} … {gain(slot.high)})  n {slot.n}"
            row += f"  public averages alone: {gain(slot.public)}"
            lines.append(fit(row, width))
        if when.left_out:
            lines += wrapped(f"Left out: {left_out(when.left_out)}", width, "    ")
    if one.tries:
        lines.append("    Next posts to try:")
    for each in one.tries:
        row = f"      {each.at:%a} {each.at.day:>2} {each.at:%b %H:%M}  {reason(each)}"
        lines.append(fit(row, width))
    return lines


def _what(what: What, width: int, *, first: bool) -> list[str]:
    title = f"What ({what.metric}, n = {what.n})" if first else f"{what.metric}, n = {what.n}"
    lines = ["", f"  {one_line(title)}"]
    for sentence in what.told:
        lines += wrapped(one_line(sentence), width, "    ")
    shown = [
        each
        for each in what.effects
        if each.verdict != _CANT or (first and each.feature == "format")
    ]
    return [*lines, *_effects(shown, width)]


_CANT = "can't tell"


def _effects(effects: Sequence[Effect], width: int) -> list[str]:
    names = [fit(one_line(f"{one.feature}: {one.level}"), 30) for one in effects]
    room = max((cells(name) for name in names), default=0) + 2
    lines = []
    for name, one in zip(names, effects, strict=True):
        row = f"    {pad(name, room)}n {one.n:>3}  {percent(one.ratio):>5}"
        row += f" ({percent(one.low)} … {percent(one.high)})  {one.verdict}"
        if one.needed:
            row += f" ({one.needed} more would)"
        lines.append(fit(row, width))
    return lines


def _who(who: Who, width: int) -> list[str]:
    lines = ["", "  Who"]
    if who.growth is not None:
        lines.append(f"    {who.growth:+,.0f} followers a week")
    for table in who.tables:
        rows = ", ".join(f"{one_line(name)} {share:.0%}" for name, share in table.rows[:6])
        lines += wrapped(f"{table.name}: {rows} ({day(table.exported)})", width, "    ")
    if who.returning is not None:
        new, back = who.returning
        lines += wrapped(f"viewers: {new:,} new, {back:,} returning", width, "    ")
    for one in who.brought:
        row = f"    {fit(one_line(one.name), 20)}: {one.rate:.1f} follows per 1,000 reached"
        row += f" ({one.low:.1f} … {one.high:.1f}, n {one.n})"
        lines.append(fit(row if one.telling else f"{row}  {_CANT}", width))
    if who.declared and not who.tables:
        lines += wrapped(f"Declared by you, not measured: {one_line(who.declared)}", width, "    ")
    for kept in who.locked:
        lines += wrapped(one_line(f"Not told yet: {kept.figure}. {kept.why}"), width, "    ")
    if len(lines) == 2:
        lines += wrapped("These exports say nothing of the audience.", width, "    ")
    return lines


def _notes(notes: tuple[Note, ...], width: int) -> list[str]:
    from studio.stats.import_report import told_once

    told = told_once(notes)
    if not told:
        return []
    lines = ["", "Notes"]
    for file, where, text in told[:_MAX_NOTES]:
        name = one_line(file.rpartition("/")[2])
        lines += wrapped(": ".join(part for part in (name, where, text) if part), width)
    if len(told) > _MAX_NOTES:
        lines.append(f"and {len(told) - _MAX_NOTES} more (--json has all)")
    return lines
