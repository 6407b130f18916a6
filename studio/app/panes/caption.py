"""The caption: where the human writes, and beside it only what can be measured."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from studio.app.commands import caption as commands
from studio.app.commands.base import CommandHost
from studio.app.registry import REGISTRY
from studio.app.widgets.editor import Editor
from studio.captions.files import caption_path
from studio.captions.highlight import spans
from studio.captions.measure import Measure, measure
from studio.platforms.rules import platforms, rules
from studio.problem import Problem
from studio.text import display, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studio.app.draft import Draft
    from studio.app.session import Session
    from studio.ideas.idea import Idea

DEFAULT_PLATFORMS = ("instagram", "tiktok")
BAR = 20  # cells of the length bar


class CaptionPane(CommandHost, Vertical):
    """The pane of the caption."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("caption")]

    class Left(Message):
        """The human is done writing."""

    def __init__(self, session: Session) -> None:
        super().__init__(id="caption", classes="pane")
        self._session = session
        self._idea: Idea | None = None
        self._platform = DEFAULT_PLATFORMS[0]
        self._draft: Draft | None = None
        self._path = ""
        self._loading = False
        self._titles = ("", "")
        self._begun = False

    def compose(self) -> ComposeResult:
        """The text over its measure."""
        yield Editor(id="editor", placeholder="Your words, as they will be posted.")
        yield Static(id="measure")

    @property
    def editor(self) -> Editor:
        """The text area."""
        return self.query_one("#editor", Editor)

    @property
    def draft(self) -> Draft | None:
        """The caption that is open."""
        return self._draft

    @property
    def platform(self) -> str:
        """The platform whose rules are shown."""
        return self._platform

    def on_mount(self) -> None:
        """An editor without an idea takes no keys."""
        self.editor.read_only = True
        self._say_title()

    # which caption

    def _platforms(self) -> tuple[str, ...]:
        named = [name.strip().casefold() for name in (self._idea.platforms if self._idea else ())]
        known = tuple(dict.fromkeys(name for name in named if name in platforms()))
        return known or DEFAULT_PLATFORMS

    def show_idea(self, idea: Idea | None, *, at_once: bool = False) -> None:
        """Show the caption of this idea; `at_once` reads it here, as the board was read."""
        self._idea = idea
        if self._platform not in self._platforms():
            self._platform = self._platforms()[0]
        self._open(at_once=at_once)

    def _open(self, *, at_once: bool = False) -> None:
        idea = self._idea
        if idea is None:
            self._path, self._draft = "", None
            self._load("", read_only=True)
            return
        try:
            own = caption_path(idea.slug, self._platform)
            path = own if self._session.has_caption(own) else caption_path(idea.slug)
        except Problem as problem:
            self._path, self._draft = "", None
            self._load("", read_only=True)
            self.border_subtitle = Content(f"{problem.what}. {problem.mend}.")
            self._titles = ("", "")
            return
        if path == self._path and self._draft is not None:
            self._say_title()
            self._measure()
            return
        self._path = path
        draft = self._session.drafts.get(path)
        if draft is None and at_once:
            with suppress(Problem):  # told when it is fetched
                draft = self._session.drafts.open_now(path)
        if draft is None:
            self._draft = None
            self._load("", read_only=True)
            self._session.drafts.fetch(path)
        else:
            self.take(draft)

    def take(self, draft: Draft) -> None:
        """Show this caption's text, as it came from disk or from before."""
        if draft.path != self._path:
            return
        self._draft = draft
        self._load(draft.text, read_only=draft.form.read_only)

    def _load(self, text: str, *, read_only: bool) -> None:
        editor = self.editor
        if editor.text != text or (self._draft is None):
            place = editor.cursor_location
            self._loading = True
            editor.load_text(text)
            self._loading = False
            if self._draft is not None and place <= editor.document.end:
                editor.move_cursor(place)
        editor.read_only = read_only
        self._measure()

    def saved(self, draft: Draft) -> None:
        """A save went through, or something else about the draft changed."""
        if draft is self._draft:
            self._say_title()

    def on_resize(self) -> None:
        """The margin is written for the width there is."""
        self._measure()

    # writing

    @on(TextArea.Changed, "#editor")
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._draft is None or self._loading:
            return
        self._draft.typed(self.editor.text, time.monotonic())
        self._measure()

    @on(commands.SaveCaption)
    def _save(self) -> None:
        if self._draft is not None:
            self._session.drafts.save(self._draft)

    @on(commands.LeaveCaption)
    def _leave(self) -> None:
        self._save()
        self.post_message(self.Left())

    # measuring

    def begin(self) -> None:
        """Start measuring; called once the first frame is painted."""
        self._begun = True
        self._measure()

    def _measure(self) -> None:
        if not self._begun or self._idea is None:
            self.query_one("#measure", Static).update("", layout=False)
            return
        text = self.editor.text
        found = measure(text, self._platform)
        platform = self._platform
        self.editor.colour_with(lambda line: list(spans(line, platform)), key=platform)
        self.editor.fold_at(_location(text, found.fold))
        margin = self.query_one("#measure", Static)
        # Of a fixed height: laying out the whole desk for a key would cost three frames.
        most = 3 if self.size.height >= 18 else 1
        margin.styles.height = most + 3
        margin.update(measure_words(found, text, margin.size.width, most), layout=False)
        self._say_title()

    def _say_title(self) -> None:
        title = "Caption"
        if self._begun and self._idea is not None:
            own = self._path.endswith(f".{self._platform}.md")
            kind = "its own version" if own else "the base text"
            title = f"Caption  {rules(self._platform).name} · {kind}"
        draft = self._draft
        if draft is None:
            words = ""
        elif draft.form.read_only:
            words = f"read only: {draft.form.problem}"
        elif draft.theirs is not None:
            words = "changed here and outside"
        elif draft.dirty:
            words = "not saved yet"
        elif draft.saved:
            words = "saved"
        else:
            words = "empty"
        if (title, words) != self._titles:  # a border costs the whole pane
            self._titles = (title, words)
            self.border_title, self.border_subtitle = Content(title), Content(words)

    # versions

    @on(commands.NextVersion)
    def _next_version(self) -> None:
        names = self._platforms()
        place = names.index(self._platform) if self._platform in names else -1
        self._platform = names[(place + 1) % len(names)]
        self._open()

    @on(commands.OwnVersion)
    def _own_version(self) -> None:
        idea, draft = self._idea, self._draft
        if idea is None or draft is None:
            return
        own = caption_path(idea.slug, self._platform)
        name = rules(self._platform).name
        if self._path == own:
            self._session.drop_version(own, f"{name}'s version of “{idea.title}”")
            self._path, self._draft = "", None
            self._open()
            self.notify(
                f"{name} has the base text again. Undo brings its own version back.", markup=False
            )
            return
        version = self._session.drafts.start(own, draft.text)
        self._path = own
        self.take(version)
        self.notify(f"From here on this text is {name}'s alone.", markup=False)

    # copying

    @on(commands.CopyCaption)
    def _copy(self) -> None:
        if self._draft is not None and self._draft.text:
            self._session.drafts.save(self._draft)
            self.app.copy_caption(self._draft)  # type: ignore[attr-defined]
        else:
            self.notify("There is no caption to copy yet.", severity="warning")


def _location(text: str, offset: int | None) -> tuple[int, int] | None:
    """Return (row, column) of a code point offset."""
    if offset is None:
        return None
    before = text[:offset]
    return before.count("\n"), offset - (before.rfind("\n") + 1)


def measure_words(found: Measure, text: str, width: int, most: int) -> Content:
    """Return the margin under a caption: length, tags, what is seen before "more", findings."""
    limit = found.limit
    lines: list[Content] = []
    if limit:
        full = found.length > limit
        room = max(0, min(BAR, width - 34))
        cells = min(room, max(1 if found.length else 0, round(room * found.length / limit)))
        bar = [("█" * cells, "$reject" if full else "$keep"), ("░" * (room - cells), "$faint")]
        count = f"{'  ' if room else ''}{found.length:,} of {limit:,}"
        parts = [*bar, (count, "$reject" if full else "$foreground")]
    else:
        parts = [(f"{found.length:,} {found.unit}", "$foreground")]
    tags = len(found.hashtags)
    warn, block = rules(found.platform).hashtags_warn, rules(found.platform).hashtags_block
    allowed = warn or block
    style = "$foreground"
    if (block and tags > block) or (warn and tags > warn):
        style = "$reject" if block and tags > block else "$warning"
    parts.append((f"   tags {tags}" + (f" of {allowed}" if allowed else ""), style))
    if found.mentions:
        parts.append((f"   @ {len(found.mentions)}", "$foreground"))
    lines.append(Content.assemble(*parts))
    if text:
        shown = one_line(found.shown)
        seen = "seen before more  " if found.fold is not None else "seen whole  "
        lines.append(Content.assemble((seen, "$dim"), shown))
    levels = {"block": ("✗ ", "$reject"), "warn": ("! ", "$warning"), "note": ("· ", "$dim")}
    for finding in found.findings[:most]:
        sign, colour = levels[finding.level]
        lines.append(Content.assemble((sign + display(finding.text), colour)))
    return Content("\n").join(lines)
