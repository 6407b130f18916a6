"""The words of review: over, in and under the pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from studio.media.library import kind_of
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.app.review.look import Look
    from studio.app.review.table import LightTable
    from studio.media.facts import Facts
    from studio.media.verdict import Verdict

LABEL_COLOURS = {"red": "$label-red", "yellow": "$label-yellow", "green": "$label-green"} | {
    "blue": "$label-blue"
}
_FACES = {"many": "grid", "survey": "survey", "compare": "compare"}


def count_words(table: LightTable) -> Content:
    """Return what stands in the lower edge of the pane: how much is decided."""
    if not table.paths:
        return Content("")
    unjudged, kept, rejected = table.tally
    return Content(f"unjudged {unjudged}   kept {kept}   rejected {rejected}")


def title_words(table: LightTable, face: str, look: Look) -> Content:
    """Return what stands in the upper edge of the pane: what is looked at, and how."""
    count = len(table.paths)
    words = ["Preview"]
    if count:
        words.append(f"{table.index + 1} of {count}")
    if table.everything:
        words.append("all media")
    if face in _FACES:
        words.append(_FACES[face])
    if look.view.kind == "real" and face == "one":
        words.append("real pixels" if look.view.zoom == 1 else f"{look.view.zoom * 100:.0f} %")
    elif look.view.kind == "fill" and face == "one":
        words.append("filled")
    if look.overlay:
        words.append(look.overlay)
    title: list[tuple[str, str]] = [("  ".join(words), "")]
    if table.filtered:
        title.append(
            (f"  / {one_line(table.choice.words())} ({count} of {table.total})", "$warning")
        )
    if table.marked:
        title.append((f"  {len(table.marked)} marked", "$star"))
    return Content.assemble(*title)


def nothing_words(table: LightTable, *, read: bool) -> tuple[Content, ...]:
    """Return what to say where there is no picture, and what to do about it."""
    if table.filtered and table.total:
        return (
            Content("Nothing matches the filter."),
            Content(""),
            Content(f"{one_line(table.choice.words())}: 0 of {table.total}."),
            Content("/ changes the filter, Escape takes it off."),
        )
    if table.everything:
        if not read:
            return (Content("Looking through the media folder…"),)
        return (
            Content("No pictures yet."),
            Content(""),
            Content("Put pictures and clips into the project's media folder; they show up here."),
        )
    if table.idea is not None:
        return (
            Content("This idea has no pictures yet."),
            Content(""),
            Content("Press a to see all media, and i to put the one shown into this idea."),
        )
    return (Content("Choose an idea to see its pictures."),)


def label_words(label: str | None) -> tuple[str, str]:
    """Return a label as words and their colour; a label of another program is shown as it is."""
    if not label:
        return "", "$dim"
    return one_line(label).lower(), LABEL_COLOURS.get(label.lower(), "$dim")


def status_words(
    path: str,
    verdict: Verdict,
    facts: Facts | None,
    *,
    in_idea: bool = False,
    uses: Sequence[str] = (),
    marked: bool = False,
) -> Content:
    """Return the line under a picture; without `facts` only its kind is told.

    Args:
        path: the file.
        verdict: what was decided on it.
        facts: what is known of it.
        in_idea: it is one of the chosen idea's, and that is not plain from what is shown.
        uses: titles of the other ideas that use it.
        marked: it is marked.
    """
    stars = verdict.stars or 0
    parts: list[Content | str | tuple[str, str]] = [
        ("◆ " if marked else "", "$star"),
        ("★" * stars, "$star"),
        ("☆" * (5 - stars), "$faint"),
        "  ",
    ]
    if verdict.keep is None:
        parts.append(("unjudged", "$dim"))
    elif verdict.keep:
        parts.append(("✓ keep", "$keep"))
    else:
        parts.append(("✗ reject", "$reject"))
    word, colour = label_words(verdict.label)
    if word:
        parts += ["  ", (f"● {word}", colour)]
    parts += ["  ", one_line(path.rpartition("/")[2])]
    if in_idea:
        parts.append(("  in this idea", "$dim"))
    if uses:
        named = ", ".join(f"“{one_line(title)}”" for title in uses[:2])
        more = f" and {len(uses) - 2} more" if len(uses) > 2 else ""
        parts.append((f"  used in {named}{more}", "$warning"))
    said = facts_words(facts) if facts else kind_of(path) or ""
    parts.append((f"  {one_line(said)}", "$dim"))
    notes = len(verdict.pins) + bool(verdict.note)
    if notes:
        first = verdict.note or verdict.pins[0].text
        more = f" +{notes - 1}" if notes > 1 else ""
        parts.append((f"  ✎ {one_line(first)}{more}", "$warning"))
    return Content.assemble(*parts)


def facts_words(facts: Facts) -> str:
    """Return what is known of a file on one line: size, aspect, length, bytes, origin."""
    said = []
    if facts.width and facts.height:
        said += [f"{facts.width}×{facts.height}", facts.aspect or ""]
    if facts.seconds is not None:
        minutes, seconds = divmod(facts.seconds, 60)
        said.append(f"{int(minutes)}:{seconds:04.1f}")
    if facts.size:
        said.append(
            f"{facts.size / 1e6:.1f} MB" if facts.size >= 1e5 else f"{facts.size / 1e3:.0f} kB"
        )
    if facts.generated:
        said.append("generated")
    if facts.problem:
        said.append(f"⚠ {facts.problem}")
    return "  ".join(word for word in said if word)
