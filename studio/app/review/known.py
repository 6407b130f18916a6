"""What is known of one media file, as rows: what is in it, its checks, the human's ticks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.app.review.words import facts_words
from studio.app.widgets.checklist import Answer, CheckRow, Fact, NoteRow, TickRow, UseRow
from studio.media.household import household
from studio.media.ticklist import questions, year_of
from studio.problem import Problem
from studio.project.places import config_dir

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.app.findings import Found
    from studio.app.reviews import Reviews
    from studio.media.household import Household
    from studio.media.origin import Origin
    from studio.media.ticklist import Question
    from studio.media.verdict import Pin, Verdict

OWN_TABLE = "household.tsv"  # in the config folder: rows of it replace those Studio ships


@dataclass(frozen=True)
class Known:
    """The sections of the list beside a picture; see `CheckList.fill`."""

    facts: Sequence[Fact] = ()
    checks: Sequence[CheckRow] = ()
    ticks: Sequence[TickRow] = ()
    notes: Sequence[NoteRow] = ()
    uses: Sequence[UseRow] = ()


@lru_cache(maxsize=1)
def table() -> tuple[tuple[Household, ...], Problem | None]:
    """Return the household table with the user's own rows, and what is wrong with those."""
    own = config_dir() / OWN_TABLE
    try:
        return household(own.read_text("utf-8-sig")), None
    except FileNotFoundError:
        return household(), None
    except (OSError, ValueError) as error:
        return household(), Problem(str(own), f"cannot be read ({error})", "mend or delete it")
    except Problem as problem:
        return household(), problem


def asked(media: Reviews, path: str, bans: Sequence[str], more: Sequence[str]) -> list[Question]:
    """Return the questions for a picture: standing bans, the year of its ideas, realism.

    Args:
        media: for the ideas that use it.
        path: the picture.
        bans: the project's standing bans.
        more: texts that may name a year where no idea does, such as the project's own name.
    """
    ideas = media.ideas_of(path)
    year = year_of(*(text for idea in ideas for text in (idea.title, *idea.tags)))
    if year is None and not ideas:
        year = year_of(*more)
    return list(questions(bans, year, table()[0]))


def known(
    media: Reviews, path: str, found: Found | None, bans: Sequence[str], more: Sequence[str]
) -> Known:
    """Return everything there is to say about a media file."""
    verdict = media.verdict(path)
    ticks: dict[str, Answer] = dict(verdict.ticks)  # type: ignore[arg-type]
    checks = () if found is None else sorted(found.checks, key=lambda one: one.id == "ai-label")
    shown = [
        TickRow(one.id, one.ask, one.why, ticks.get(one.id))
        for one in asked(media, path, bans, more)
        if not one.more or one.id in ticks
    ]
    return Known(
        facts=_facts(found),
        checks=[
            CheckRow(
                one.id,
                one.question,
                one.answer.value,
                one.evidence,
                one.mend or "",
                ticks.get(one.id),
            )
            for one in checks
        ],
        ticks=shown,
        notes=_notes(verdict),
        uses=[UseRow(one, media.idea_title(one)) for one in media.uses(path)],
    )


def _facts(found: Found | None) -> list[Fact]:
    if found is None:
        return []
    rows = [Fact("file", facts_words(found.facts))]
    origin = found.origin
    if origin is not None:
        rows += [Fact(label, text) for label, text in _origin(origin) if text]
    return rows


def _origin(origin: Origin) -> list[tuple[str, str | None]]:
    numbers = [
        f"{name} {value}"
        for name, value in (("steps", origin.steps), ("cfg", origin.cfg), ("", origin.sampler))
        if value is not None
    ]
    return [
        ("tool", origin.tool),
        ("model", origin.model),
        ("seed", None if origin.seed is None else str(origin.seed)),
        ("prompt", origin.prompt),
        ("without", origin.negative),
        ("settings", ", ".join(numbers).strip()),
        ("source", origin.source_type),
        ("C2PA", origin.c2pa),
        ("camera", origin.camera),
        ("taken", origin.taken),
        *((name, text) for name, text in origin.texts),
        ("damaged", origin.problem),
    ]


def _notes(verdict: Verdict) -> list[NoteRow]:
    rows = [NoteRow("note", verdict.note)] if verdict.note else []
    return rows + [
        NoteRow(f"pin-{number}", pin.text, f"{number}  {_where(pin)}")
        for number, pin in enumerate(verdict.pins, 1)
    ]


def _where(pin: Pin) -> str:
    words = []
    if pin.x is not None and pin.y is not None:
        down = "upper" if pin.y < 1 / 3 else "lower" if pin.y > 2 / 3 else "middle"
        across = "left" if pin.x < 1 / 3 else "right" if pin.x > 2 / 3 else "middle"
        words.append("middle" if down == across else f"{down} {across}")
    if pin.start is not None:
        end = f"–{pin.end:.2f}" if pin.end is not None and pin.end != pin.start else ""
        words.append(f"{pin.start:.2f}{end} s")
    return " ".join(words)
