"""The caption: where the human writes, and beside it only what can be measured."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from studio.app.commands import caption as commands
from studio.app.registry import REGISTRY
from studio.app.widgets.editor import Editor
from studio.app.writing.finding import FindBar, Finding
from studio.app.writing.inserting import Inserting
from studio.app.writing.keeping import Keeping
from studio.app.writing.margin import lines_for, location, measure_words, offset_of
from studio.app.writing.remarks import Remark, Remarking
from studio.app.writing.strip import VersionStrip
from studio.app.writing.versions import Versions
from studio.captions.highlight import spans
from studio.captions.measure import measure
from studio.problem import Problem

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studio.app.draft import Draft
    from studio.app.session import Session
    from studio.captions.measure import Measure
    from studio.ideas.idea import Idea


class CaptionPane(Finding, Inserting, Keeping, Remarking, Versions):
    """The pane of the caption."""

    BINDINGS: ClassVar[list[BindingType]] = [*REGISTRY.bindings("caption")]

    class Left(Message):
        """The human is done writing."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._loading = False
        self._titles = ("", "")
        self._begun = False
        self._found: Measure | None = None
        self._remarked_of = ("", "")
        self._tell: Remark | None = None

    def compose(self) -> ComposeResult:
        """The text over its measure."""
        yield VersionStrip(id="versions")
        yield Editor(id="editor", placeholder="Your words, as they will be posted.")
        yield FindBar(id="find")
        yield Static(id="measure")

    def on_mount(self) -> None:
        """An editor without an idea takes no keys."""
        self.editor.read_only = True
        self.say_title()

    # which caption

    def show_idea(self, idea: Idea | None, *, at_once: bool = False) -> None:
        """Show the caption of this idea; `at_once` reads it here, as the board was read."""
        if idea is None or self.idea is None or idea.path != self.idea.path:
            self.start_over()
        self.idea = idea
        if self.platform not in self.platforms():
            self.platform = self.platforms()[0]
        self.open(at_once=at_once)

    def open(self, *, at_once: bool = False) -> None:
        """Open the caption of `idea` for `platform`; `at_once` reads it here and now."""
        idea = self.idea
        if idea is None:
            self.path, self.draft = "", None
            self._load("", read_only=True)
            return
        try:
            path = self.caption_file()
        except Problem as problem:
            self.path, self.draft = "", None
            self._load("", read_only=True)
            self.border_subtitle = Content(f"{problem.what}. {problem.mend}.")
            self._titles = ("", "")
            return
        if path == self.path and self.draft is not None:
            self.say_title()
            self._measure()
            return
        self.path = path
        draft = self.session.drafts.get(path)
        if draft is None and at_once:
            with suppress(Problem):  # told when it is fetched
                draft = self.session.drafts.open_now(path)
        if draft is None:
            self.draft = None
            self._load("", read_only=True)
            self.session.drafts.fetch(path)
        else:
            self.take(draft)

    def take(self, draft: Draft) -> None:
        """Show this caption's text, as it came from disk or from before."""
        if draft.path != self.path:
            self.version_heard(draft)
            return
        self.draft = draft
        self._load(draft.text, read_only=draft.form.read_only)

    def _load(self, text: str, *, read_only: bool) -> None:
        editor = self.editor
        if editor.text != text or (self.draft is None):
            place = editor.cursor_location
            self._loading = True
            editor.load_text(text)
            self._loading = False
            editor.set_pasted(self.draft.pasted if self.draft is not None else ())
            if self.draft is not None and place <= editor.document.end:
                editor.move_cursor(place)
        editor.read_only = read_only
        self.find_again()
        self._measure()

    def look_again(self) -> None:
        """Measure again, and say anew what is open."""
        self._measure()

    def saved(self, draft: Draft) -> None:
        """A save went through, or something else about the draft changed."""
        if draft is self.draft:
            self.say_title()

    def on_resize(self) -> None:
        """The margin is written for the width there is."""
        self._measure()

    # writing

    @on(TextArea.Changed, "#editor")
    def _changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.draft is None or self._loading:
            return
        self.draft.typed(self.editor.text, time.monotonic())
        self.draft.pasted = self.editor.pasted
        self.find_again()
        self._measure()

    @on(commands.SaveCaption)
    def _save(self) -> None:
        if self.draft is not None:
            self.session.drafts.save(self.draft)

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
        if not self._begun or self.idea is None:
            self._found = None
            self.query_one("#measure", Static).update("", layout=False)
            return
        text = self.editor.text
        rule = self.session.rules.rules(self.platform)
        found = self._found = measure(text, rule)
        colours = f"{rule.key} {rule.hashtag_form} {rule.links_live}"
        self.editor.colour_with(lambda line: list(spans(line, rule)), key=colours)
        self.editor.fold_at(location(text, found.fold))
        if (self.path, self.platform) != self._remarked_of:
            self._remarked_of, self.remarked = (self.path, self.platform), ()
        self.show_margin()
        self.show_versions()
        self.say_title()
        self.remark_soon()

    def show_margin(self) -> None:
        """Write the margin anew."""
        found = self._found
        if found is None:
            return
        margin = self.query_one("#measure", Static)
        # Of a fixed height: laying out the whole desk for a key would cost three frames.
        most = lines_for(self.size.height)
        margin.styles.height = most + 3
        text, rule = self.editor.text, self.session.rules.rules(self.platform)
        tell = self.tell_at(offset_of(text, self.editor.cursor_location))
        told = self.remarked if tell is None else (tell, *self.remarked)
        words = measure_words(found, text, margin.size.width, most, rule, told)
        margin.update(words, layout=False)

    @on(TextArea.SelectionChanged, "#editor")
    def _moved(self, event: TextArea.SelectionChanged) -> None:
        """Where the cursor stands in what reads like a machine, the margin says why."""
        event.stop()
        if self._found is None or self._loading:
            return
        tell = self.tell_at(offset_of(self.editor.text, self.editor.cursor_location))
        if tell != self._tell:
            self._tell = tell
            self.show_margin()

    def say_title(self) -> None:
        """Say anew what is open, and whether it is saved."""
        title = "Caption"
        if self._begun and self.idea is not None:
            title = self.version_title()
        draft = self.draft
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

    # copying

    @on(commands.CopyCaption)
    def _copy(self) -> None:
        if self.draft is not None and self.draft.text:
            self.session.drafts.save(self.draft)
            self.app.copy_caption(self.draft)  # type: ignore[attr-defined]
        else:
            self.notify("There is no caption to copy yet.", severity="warning")
