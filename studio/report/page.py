"""The answers as one page of Markdown (`studio report`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.charts.line import plain
from studio.lines import fit
from studio.platforms.names import platform_name
from studio.report.figures import CANT, ROWS, bars_of, growth_of, heat_of, stems, strip_of
from studio.report.markdown import code, escaped, fenced, picture, table
from studio.report.words import (
    WEEKDAYS,
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
from studio.stats.summary import zone_of
from studio.text import one_line

if TYPE_CHECKING:
    from studio.charts.canvas import Chart
    from studio.report.answers import Answers, PlatformAnswers
    from studio.stats.summary import Summary
    from studio.stats.what import Effect, What
    from studio.stats.who import Brought, Locked, Who

WIDTH = 70
"""Cells of the charts that are drawn with characters."""
SLOTS = 5
_LEVELS = 12
_PARTS = 6
_BEST = 3
_FILES = 30
_EMPTY = (
    "No numbers yet. Take in what the platforms give you: Instagram and TikTok let everyone"
    " download their data; Meta Business Suite and TikTok Studio export more. Or type a post's"
    " numbers."
)


def page(answers: Answers, *, charts: str | None = None, kind: str = "svg") -> str:
    """Return the three answers as Markdown, text from outside kept from being any.

    Args:
        answers: what it says.
        charts: the folder, as seen from the page, in which the files of
            `figures.chart_files` lie; "" for beside it. None draws the charts with characters.
        kind: how the names of these files end, "svg" or "png".
    """
    return _Page(answers, charts, kind).text()


class _Page:
    def __init__(self, answers: Answers, charts: str | None, kind: str) -> None:
        self._answers, self._charts, self._kind = answers, charts, kind
        self._zone = escaped(answers.zone)
        self._lines: list[str] = []

    def text(self) -> str:
        answers = self._answers
        at = answers.now.astimezone(zone_of(answers.zone))
        self._add(f"# {escaped(answers.name) or 'Page'}: when, what, who")
        self._add(
            f"{day(at.date())}, {at:%H:%M} {self._zone}. Every figure stands with n, the posts it"
            " rests on, and the interval it lies in with nine in ten."
        )
        if not answers.platforms:
            self._add(_EMPTY)
        for stem, one in zip(stems(answers), answers.platforms, strict=True):
            self._add(f"## {escaped(platform_name(one.platform))}")
            self._summary(one.summary)
            self._when(one, stem)
            self._what(one, stem)
            self._who(one, stem)
        self._sources()
        return "\n".join(self._lines).rstrip() + "\n"

    def _add(self, *lines: str) -> None:
        """Add a block: lines that belong together, and a blank one."""
        self._lines += [*lines, ""]

    def _chart(self, chart: Chart, name: str) -> None:
        if self._charts is None:
            self._add(*fenced(plain(chart.cells(WIDTH))))
        else:
            folder = self._charts.rstrip("/") + "/" if self._charts else ""
            self._add(picture(f"{folder}{name}.{self._kind}", chart.alt))

    def _summary(self, summary: Summary) -> None:
        told = plural(summary.posts, "post")
        if summary.first:
            told += f", {day(summary.first)} – {day(summary.last)}"
        if summary.followers is not None:
            told += f"; {plural(summary.followers, 'follower')} on {day(summary.followers_at)}"
        if summary.counted:
            told += f". Usual {escaped(summary.metric)} {number(summary.usual)}"
            told += f" (n {summary.counted:,})"
        if summary.too_young:
            told += f"; {summary.too_young} younger than 72 hours left out"
        if summary.left_out:
            told += f"; {plural(summary.left_out, 'other post')} left out"
        self._add(f"{told}.")
        if summary.caveat:
            self._add(f"{escaped(summary.caveat)}.")

    def _when(self, one: PlatformAnswers, stem: str) -> None:
        self._add("### When")
        when = one.when
        if when is None:
            self._add("**Can't tell yet:** no post whose hour is known.")
        else:
            zone = escaped(when.zone) or self._zone
            self._add(f"**{when_verdict(when)}** Hours are in {zone}.")
            self._chart(heat_of(one), f"{stem}-when")
        if when is not None and when.slots:
            self._add(
                *table(
                    [f"Hour ({zone})", "Gain", "90 % interval", "n", "Public averages alone"],
                    [
                        [
                            hour_range(slot.weekday, slot.hour)
                            + (" **claimed**" if slot == when.claim else ""),
                            gain(slot.uplift),
                            f"{gain(slot.low)} … {gain(slot.high)}",
                            f"{slot.n:,}",
                            gain(slot.public),
                        ]
                        for slot in when.slots[:SLOTS]
                    ],
                )
            )
        if one.tries:
            self._add("Next posts to try:")
            heads = [f"At ({self._zone})", "Why"]
            rows = [
                [
                    f"{WEEKDAYS[each.weekday]} {each.at.day} {each.at:%b}, {each.at:%H:%M}",
                    reason(each),
                ]
                for each in one.tries
            ]
            self._add(*table(heads, rows, left=2))
        self._add(
            "Public averages are those of other pages, not yours. Hours are worth some 5–20 %;"
            " what you post is worth far more."
        )
        if when is not None and when.left_out:
            self._add(f"Left out: {escaped(left_out(when.left_out))}.")

    def _what(self, one: PlatformAnswers, stem: str) -> None:
        self._add("### What")
        if not one.what or not any(what.effects or what.told for what in one.what):
            self._add("**Can't tell yet:** no posts with figures to compare.")
        for what in one.what[:1]:
            if what.told:
                self._add(*(f"- {escaped(sentence)}" for sentence in what.told))
            if what.effects:
                self._chart(bars_of(what, most=ROWS), f"{stem}-what")
            self._effects(what)
        strip = strip_of(self._answers.posts.of(one.platform), one.summary.metric)
        if strip.values:
            self._chart(strip, f"{stem}-posts")
        zone = zone_of(self._answers.zone)
        best = [
            f"- {number(post.figure(one.summary.metric))} {escaped(one.summary.metric)},"
            f" {day(post.posted_at.astimezone(zone).date() if post.posted_at else None)}:"
            f" {escaped(fit(one_line(post.caption), 60)) or '(no caption)'}"
            for post in one.summary.best[:_BEST]
        ]
        if best:
            self._add("Best so far:")
            self._add(*best)
        self._others(one.what[1:])

    def _others(self, others: tuple[What, ...]) -> None:
        """Add the other metrics: what they tell, and in one line those that tell nothing."""
        silent: list[str] = []
        for what in others:
            told = [effect for effect in what.effects if effect.verdict != CANT]
            if not told:
                silent.append(f"{escaped(what.metric)} (n {what.n:,})")
                continue
            self._add(f"#### {escaped(what.metric[:1].upper() + what.metric[1:])} (n {what.n:,})")
            if what.told:
                self._add(*(f"- {escaped(sentence)}" for sentence in what.told))
            self._add(*_effect_table(told))
        if silent:
            self._add(f"**Can't tell yet** what helps or hurts {', '.join(silent)}.")

    def _effects(self, what: What) -> None:
        told = [effect for effect in what.effects if effect.verdict != CANT]
        unknown = [effect for effect in what.effects if effect.verdict == CANT]
        if told:
            self._add(*_effect_table(told))
        if unknown:
            parts = [
                f"{_trait(effect)} (n {effect.n:,}"
                + (f", {effect.needed} more would likely tell)" if effect.needed else ")")
                for effect in unknown[:_LEVELS]
            ]
            if len(unknown) > _LEVELS:
                parts.append(f"and {len(unknown) - _LEVELS} more")
            self._add(f"**Can't tell yet:** {'; '.join(parts)}.")
        if what.left_out:
            self._add(f"Left out: {escaped(left_out(what.left_out))}.")

    def _who(self, one: PlatformAnswers, stem: str) -> None:
        who = one.who
        self._add("### Who")
        before = len(self._lines)
        if who.growth is not None:
            sign = "−" if round(who.growth) < 0 else "+"
            self._add(f"{sign}{abs(who.growth):,.0f} followers a week, over four weeks at most.")
        if len(who.followers) > 1:
            self._chart(growth_of(one, self._answers.posts), f"{stem}-growth")
        if who.declared:
            self._add(f"Declared by you, not measured: {escaped(who.declared)}")
        if who.tables:
            self._add(
                *(
                    f"- {escaped(each.name)}: {_shares(each.rows)}"
                    f" ({code(each.source)}, {day(each.exported) if each.exported else 'no date'})"
                    for each in who.tables
                )
            )
        self._viewers(who)
        if who.brought:
            self._add(*_brought(who.brought, who.per))
        if who.page_rate is not None:
            self._add(f"All posts: {who.page_rate:.1f} follows per 1,000 {escaped(who.per)}.")
        if who.locked:
            self._add("Not told yet:")
            self._add(*(_locked(each) for each in who.locked))
        if len(self._lines) == before:
            self._add("**Can't tell yet:** these exports say nothing of the audience.")

    def _viewers(self, who: Who) -> None:
        if who.active:
            top = sorted(who.active.items(), key=lambda pair: -pair[1])[:_BEST]
            hours = ", ".join(hour_range(*spot) for spot, _ in top)
            self._add(
                f"Most followers online: {hours}, hours in {self._zone}, from"
                f" {plural(who.active_days, 'day')} (stated in {escaped(who.active_zone)})."
                " When they are online is not when posts do best."
            )
        if who.returning is not None:
            new, back = who.returning
            both = new + back
            share = f", {back / both:.0%} of them returning" if both else ""
            self._add(f"Viewers: {new:,} new and {back:,} returning{share}.")

    def _sources(self) -> None:
        posts = self._answers.posts
        self._add("## Sources")
        if not posts.files:
            self._add("No exports.")
            return
        rows = [
            f"- {code(source.path)}: {escaped(source.kind)},"
            f" {escaped(platform_name(source.platform))}, {plural(source.posts, 'post')},"
            + (f" exported {day(source.exported)}" if source.exported else " no date")
            for source in posts.files[-_FILES:]
        ]
        if len(posts.files) > _FILES:
            rows.append(f"- and {len(posts.files) - _FILES} older ones")
        self._add(*rows)
        odd = sum(note.kind == "odd" for note in posts.notes)
        if odd:
            verb = "was" if odd == 1 else "were"
            self._add(
                f"{plural(odd, 'line or file')} {verb} not understood;"
                " studio stats has each with its line."
            )


def _effect_table(effects: list[Effect]) -> list[str]:
    return table(
        ["Trait", "Verdict", "Against the average", "90 % interval", "n", "Other posts"],
        [
            [
                _trait(effect),
                escaped(effect.verdict),
                percent(effect.ratio),
                f"{percent(effect.low)} … {percent(effect.high)}",
                f"{effect.n:,}",
                f"{effect.others:,}",
            ]
            for effect in effects[:_LEVELS]
        ],
        left=2,
    )


def _trait(effect: Effect) -> str:
    return f"{escaped(effect.feature)}: {escaped(fit(one_line(effect.level), 40))}"


def _shares(rows: tuple[tuple[str, float], ...]) -> str:
    told = ", ".join(
        f"{escaped(fit(one_line(name), 30))} {part:.0%}" for name, part in rows[:_PARTS]
    )
    return told + (f" and {len(rows) - _PARTS} more" if len(rows) > _PARTS else "")


def _brought(brought: tuple[Brought, ...], per: str) -> list[str]:
    return table(
        [
            "What brought follows",
            f"Per 1,000 {escaped(per)}",
            "90 % interval",
            "n",
            "Follows",
            "Verdict",
        ],
        [
            [
                escaped(fit(one_line(each.name), 40)),
                f"{each.rate:.1f}",
                f"{each.low:.1f} … {each.high:.1f}",
                f"{each.n:,}",
                f"{each.follows:,}",
                "telling" if each.telling else "can't tell",
            ]
            for each in brought[:_LEVELS]
        ],
    )


def _locked(one: Locked) -> str:
    needs = f" from {plural(one.needs, 'follower')} on" if one.needs is not None else ""
    return f"- {escaped(one.figure)}{needs} ({escaped(one.why)})"
