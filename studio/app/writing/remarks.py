"""What is to be said of a caption besides its figures: how it sounds, what was used, what lacks.

It is worked out in a worker a moment after the last key, so no key waits for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from textual import on
from textual.message import Message

from studio.app.writing.base import Writing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.timer import Timer

    from studio.captions.lint import Lint, Normal, Tell
    from studio.captions.past import Past
    from studio.platforms.rules import Rules
    from studio.report.preflight import Line

AFTER = 0.15  # seconds after the last key
TAGS_OF = 5  # last posts whose tags are told
Level: TypeAlias = Literal["block", "warn", "note", "ok"]
LEVELS: tuple[Level, ...] = get_args(Level)  # what matters most first
_STATES: dict[str, Level] = {"missing": "warn", "unknown": "note", "ok": "ok"}


@dataclass(frozen=True)
class Remark:
    """One line of the margin.

    Args:
        level: how much it matters.
        text: raw; it may quote captions, so show it through `studio.text`.
    """

    level: Level
    text: str


@dataclass(frozen=True)
class Asked:
    """A caption as it stood when it was looked at.

    Args:
        path: its file.
        text: the caption.
        rule: the platform's rules.
        past: all captions ever written; None while they are not read.
        normal: what is normal for the human; None while nobody knows.
        lines: the list for the post that is handed off.
    """

    path: str
    text: str
    rule: Rules
    past: Past | None
    normal: Normal | None
    lines: tuple[Line, ...] = ()


def remarks(asked: Asked, heard: Lint) -> tuple[Remark, ...]:
    """Return what is to be said, what matters most first. Not for the screen's thread."""
    made = [*_sound(heard), *_used(asked), *_tags(asked)]
    made += [Remark(_STATES[line.state], line.words) for line in asked.lines]
    return tuple(sorted(made, key=lambda one: LEVELS.index(one.level)))


def _sound(heard: Lint) -> list[Remark]:
    """A few such places are anybody's: only a text that is dense with them is told of."""
    if not heard.flagged:
        return []
    count = len(heard.spans)
    places = "1 place" if count == 1 else f"{count} places"
    return [Remark("warn", f"Reads like a machine: {places}; why stands here at the cursor")]


def _used(asked: Asked) -> list[Remark]:
    from studio.captions.past import used_before

    if asked.past is None or not asked.text.strip():
        return []
    made = []
    for use in used_before(asked.text, asked.past, platform=asked.rule.key, leave_out=asked.path):
        how = "nearly" if use.near else "just so"
        then = use.written.when
        when = f" on {then.day} {then:%b %Y}" if then else ""
        where = f" in “{use.written.title}”" if use.written.title else ""
        level: Level = "warn" if use.what == "caption" or not use.near else "note"
        made.append(Remark(level, f"This {use.what} was used {how}{where}{when}"))
    return made[:2]


def _tags(asked: Asked) -> list[Remark]:
    from studio.captions.past import tags_lately

    if asked.past is None:
        return []
    uses = tags_lately(asked.past, asked.rule.key, TAGS_OF)
    if not uses:
        return []
    told = "  ".join(f"{use.tag} {use.posts}/{use.of}" for use in uses[:6])
    return [Remark("note", f"Tags lately  {told}")]


def preflight_of(remarking: Writing) -> tuple[Line, ...]:
    """Return the list for the post of the idea that is open, from what is known already."""
    from studio.media.library import kind_of
    from studio.report.preflight import preflight

    idea, session = remarking.idea, remarking.session
    if idea is None:
        return ()
    paths = session.media.of(idea)
    verdicts = [session.media.verdict(path) for path in paths]
    facts = [session.media.facts(path) for path in paths]
    ticked = {verdict.tick("ai-label") for verdict in verdicts}
    comment = session.caption_path(idea.slug, remarking.platform, "comment")
    draft = session.drafts.get(comment) if comment else None
    there = comment is not None and session.captions.get(comment, False)
    return preflight(
        session.rules.rules(remarking.platform),
        kinds=[kind_of(path) or "" for path in paths],
        alts=[verdict.alt for verdict in verdicts],
        generated=[one.generated if one is not None else None for one in facts],
        label=True if ticked == {"pass"} else None,
        comment=draft.text if draft is not None else ("there" if there else None),
    )


class Remarking(Writing):
    """Looks at the caption a moment after the last key, and marks what it found."""

    _soon: Timer | None = None
    remarked: tuple[Remark, ...] = ()
    _tells: Sequence[Tell] = ()

    class Looked(Message):
        """The caption as it stood was looked at."""

        def __init__(self, asked: Asked, heard: Lint, found: tuple[Remark, ...]) -> None:
            super().__init__()
            self.asked, self.heard, self.found = asked, heard, found

    def remark_soon(self) -> None:
        """Look at the caption once no key has come for a moment."""
        if self._soon is None:
            self._soon = self.set_interval(AFTER, self._ask, pause=True)
        self._soon.reset()
        self._soon.resume()

    def _ask(self) -> None:
        if self._soon is not None:
            self._soon.pause()
        if self.idea is None or self.draft is None:
            return
        rule = self.session.rules.rules(self.platform)
        asked = Asked(self.path, self.editor.text, rule, None, None, preflight_of(self))
        self.run_worker(
            partial(self._look, asked),
            group="remarks",
            thread=True,
            exclusive=True,
            exit_on_error=False,
        )

    def _look(self, asked: Asked) -> None:
        from studio.captions.lint import lint

        heard = lint(asked.text, normal=asked.normal)
        self.post_message(self.Looked(asked, heard, remarks(asked, heard)))

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        event.stop()
        if event.asked.path != self.path or event.asked.text != self.editor.text:
            return  # something was typed meanwhile; it is looked at again
        self.remarked = event.found
        self._tells = event.heard.spans if event.heard.flagged else ()
        self.editor.overlay("tell", [(tell.start, tell.end) for tell in self._tells])
        self.show_margin()

    def tell_at(self, offset: int) -> Remark | None:
        """Return why this place (a code point offset) reads like a machine, and who says so."""
        for tell in self._tells:
            if tell.start <= offset <= tell.end:
                return Remark("warn", f"{tell.reason} ({tell.source})")
        return None

    def show_margin(self) -> None:
        """Write the margin anew."""
        raise NotImplementedError
