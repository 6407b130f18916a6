"""Before a post is handed off: what it still lacks, asked of records alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from studio.report.words import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.platforms.rules import Rules

State = Literal["ok", "missing", "unknown"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list.

    Args:
        state: "ok", "missing" (to be done or mended), or "unknown" (nobody can tell).
        id: "ai", "alt", "comment" or "media".
        words: a sentence without its full stop. It may hold the platform's name, which a project
            can choose: show it through `studio.text`.
    """

    state: State
    id: str
    words: str


def preflight(
    rules: Rules,
    *,
    kinds: Sequence[str],
    alts: Sequence[str | None],
    generated: Sequence[bool | None],
    label: bool | None,
    comment: str | None,
) -> tuple[Line, ...]:
    """Return the list for one post on one platform.

    Args:
        rules: the platform's.
        kinds: "picture" or "clip" of each item, in order; anything else is passed over.
        alts: the alt text of each item, None or blank where there is none; as long as `kinds`.
        generated: whether each item says it was made by a machine; None where nobody knows.
        label: whether the human declared the post as AI-generated; None: said neither way.
        comment: the first comment; None or blank where there is none.
    """
    items = [place for place, kind in enumerate(kinds) if kind in {"picture", "clip"}]
    pictures = [place for place in items if kinds[place] == "picture"]
    made = [_label(rules, [generated[place] for place in items], label)]
    if rules.alt_text_max is not None and pictures:
        made.append(_alt(rules, [alts[place] for place in pictures]))
    if comment is not None and comment.strip():
        made.append(Line("ok", "comment", "The first comment is written"))
    else:
        made.append(Line("unknown", "comment", "No first comment; not every post needs one"))
    made.append(_media(rules, len(items), len(items) - len(pictures)))
    return tuple(made)


def _label(rules: Rules, generated: Sequence[bool | None], label: bool | None) -> Line:
    ours = generated.count(True)
    told = "1 item says" if ours == 1 else f"{ours} items say"
    where = f" on {rules.name}" if rules.ai_flag else ""
    if label is True:
        return Line("ok", "ai", f"Declared as AI-generated; tick the label{where} too")
    if ours and label is False:
        return Line("missing", "ai", f"{told} AI, and the post is declared as none")
    if ours:
        return Line("missing", "ai", f"{told} AI; declare the post as AI-generated")
    if label is False:
        return Line("ok", "ai", "Declared as not AI-generated")
    if generated and all(one is False for one in generated):
        return Line("ok", "ai", "Nothing here says it was made by AI")
    return Line("unknown", "ai", "Whether it is AI-generated is not declared")


def _alt(rules: Rules, alts: Sequence[str | None]) -> Line:
    there = sum(bool(alt and alt.strip()) for alt in alts)
    told = f"Alt text for {there} of {plural(len(alts), 'picture')}"
    most = rules.alt_text_max or 0
    long = [alt for alt in alts if alt and len(alt.encode("utf-16-le", "replace")) // 2 > most]
    if long:
        return Line("missing", "alt", f"{told}; {len(long)} longer than {most:,}")
    return Line("ok" if there == len(alts) else "missing", "alt", told)


def _media(rules: Rules, count: int, clips: int) -> Line:
    if not count:
        return Line("missing", "media", "No picture and no clip yet")
    told = plural(count, "item")
    if rules.carousel is None:
        return Line("unknown", "media", f"{told}; how many {rules.name} takes is not known")
    least, most = rules.carousel
    by_hand = rules.carousel_app_max or most
    if count > by_hand:
        return Line("missing", "media", f"{told}; {rules.name} takes {by_hand} in one post")
    if count > most:
        return Line("unknown", "media", f"{told}; {most} through the interface, {by_hand} by hand")
    if 1 < count < least:
        return Line("missing", "media", f"{told}; {rules.name} wants {least} for a carousel")
    kind = "clip" if clips else "picture"
    return Line("ok", "media", f"1 {kind}" if count == 1 else f"{told} of at most {by_hand}")
