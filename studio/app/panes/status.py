"""What stands under a picture: its stars, its verdict, its name, and what is known of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from studio.media.library import kind_of
from studio.text import one_line

if TYPE_CHECKING:
    from studio.media.facts import Facts
    from studio.media.verdict import Verdict


def status_words(
    path: str, verdict: Verdict, facts: Facts | None, *, in_idea: bool = False
) -> Content:
    """Return the line under a picture; without `facts` only its kind is told."""
    stars = verdict.stars or 0
    parts: list[Content | str | tuple[str, str]] = [
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
    parts += ["  ", one_line(path.rpartition("/")[2])]
    if in_idea:
        parts.append(("  in this idea", "$dim"))
    said = facts_words(facts) if facts else kind_of(path) or ""
    parts.append((f"  {one_line(said)}", "$dim"))
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
