"""One caption, several platforms: base texts, platforms' own versions, and first comments."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from textual import on

from studio.app.commands import caption as commands
from studio.app.writing.base import DEFAULT_PLATFORMS, Writing
from studio.app.writing.strip import Stop, VersionStrip
from studio.captions.differs import Difference, difference, difference_words
from studio.captions.files import caption_path
from studio.captions.measure import binding
from studio.problem import Problem
from studio.text import display, one_line

if TYPE_CHECKING:
    from textual.timer import Timer

    from studio.app.draft import Draft
    from studio.app.session import Session
    from studio.captions.files import Part

AT_ONCE = 2_500  # code points up to which the difference is found with every key
_IDLE = 0.15  # seconds without a key after which the rest is looked at
_LEAST_HEIGHT = 10  # rows of the pane below which the line of platforms gives its row away


class Versions(Writing):
    """Goes through the platforms; starts and drops their own versions.

    Attributes:
        part: whether the caption or the first comment is open.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.part: Part = "caption"
        self._difference: Difference | None = None
        self._compared: tuple[str, str] | None = None
        self._asked: set[str] = set()
        self._idle: Timer | None = None

    # which file

    def platforms(self) -> tuple[str, ...]:
        """The platforms of the idea, in its order; the usual ones where it names none."""
        named = [name.strip().casefold() for name in (self.idea.platforms if self.idea else ())]
        book = self.session.rules.platforms()
        known = tuple(dict.fromkeys(name for name in named if name in book))
        return known or DEFAULT_PLATFORMS

    def caption_file(self) -> str:
        """Return the file of what is open: the platform's own text, else the base text.

        Raises:
            Problem: the idea's name is no file name, or names another idea's caption.
        """
        if self.idea is None:
            return ""
        path = self.session.caption_path(self.idea.slug, self.platform, self.part)
        if path is None:
            raise Problem(
                self.idea.slug,
                "Another idea's file has the name of this first comment",
                "Rename that idea's file",
            )
        return path

    @property
    def base_path(self) -> str:
        """The file of the base text that stands behind a platform's own version."""
        return caption_path(self.idea.slug, None, self.part) if self.idea else ""

    @property
    def own(self) -> bool:
        """Whether the platform's own version is open."""
        return bool(self.path) and self.path != self.base_path

    def version_title(self) -> str:
        """Return what is open, in a few words, for the pane's title."""
        what = "First comment" if self.part == "comment" else "Caption"
        name = one_line(self.session.rules.rules(self.platform).name)
        if not self.own:
            return f"{what}  {name} · the base text"
        title = f"{what}  {name} · its own version"
        if self._difference is None or self._difference.same:
            return title
        return f"{title} · {difference_words(self._difference)}"

    def start_over(self) -> None:
        """Another idea is shown: its caption comes first."""
        self.part = "caption"
        self._asked.clear()

    # the difference, and the line of platforms

    def show_versions(self) -> None:
        """Bring the difference and the line of platforms up to date; cheap enough for a key."""
        if not self.is_mounted:
            return
        strip = self.query_one(VersionStrip)
        wanted = len(self.platforms()) > 1 and self.size.height >= _LEAST_HEIGHT
        if strip.display != wanted:
            strip.display = wanted
        if not self.own:
            self._set_difference(None)
        elif len(self.editor.text) <= AT_ONCE:
            self._compare()
        if self._idle is None:
            self._idle = self.set_interval(_IDLE, self._look_closer, pause=True)
        self._idle.reset()
        self._idle.resume()

    def version_heard(self, draft: Draft) -> None:
        """Another text of this idea has come from disk."""
        if self.idea is not None and self.session.caption_of(draft.path).slug == self.idea.slug:
            self.show_versions()

    def rules_changed(self) -> None:
        """Other rules hold: measure by them; a platform may be there no more."""
        if self.platform not in self.platforms():
            self.platform = self.platforms()[0]
            self.open()
        self.look_again()

    def _look_closer(self) -> None:
        if self._idle is not None:
            self._idle.pause()
        if self.own:
            self._compare()
        self._show_strip()

    def _compare(self) -> None:
        base = self._text_at(self.base_path)
        if base is None or self.draft is None:
            self._set_difference(None)
            return
        both = (base, self.editor.text)
        if both != self._compared or self._difference is None:
            self._compared = both
            self._set_difference(difference(*both))

    def _set_difference(self, found: Difference | None) -> None:
        if found == self._difference:
            return
        self._difference = found
        overlay = getattr(self.editor, "overlay", None)
        if overlay is not None:
            overlay("differs", found.spans if found is not None else ())
        self.say_title()

    def say_title(self) -> None:
        """Say anew what is open."""
        raise NotImplementedError

    def _text_at(self, path: str) -> str | None:
        """Return the text of a caption file, as it stands in the editor or on disk.

        None while it is not read; it is fetched then.
        """
        if path == self.path and self.draft is not None:
            return self.editor.text
        draft = self.session.drafts.get(path)
        if draft is not None:
            return draft.text
        if not self.session.has_caption(path):
            return ""
        if path not in self._asked:
            self._asked.add(path)
            self.session.drafts.fetch(path)
        return None

    def texts(self) -> dict[str, str]:
        """Return what each platform of the idea would get, as far as it is read."""
        found: dict[str, str] = {}
        if self.idea is None:
            return found
        for key in self.platforms():
            path = self.session.caption_path(self.idea.slug, key, self.part)
            text = self._text_at(path) if path is not None else None
            if text is not None:
                found[key] = text
        return found

    def _show_strip(self) -> None:
        idea = self.idea
        strip = self.query_one(VersionStrip)
        if idea is None or not strip.display:
            strip.show(())
            return
        try:
            shares = {one.platform: one for one in binding(self.texts(), self.session.rules)}
            base = self.base_path
            own = {
                key
                for key in self.platforms()
                if self.session.caption_path(idea.slug, key, self.part) not in {base, None}
            }
        except Problem:
            strip.show(())
            return
        first = next((one for one in shares.values() if one.used and one.limit), None)
        strip.show(
            [
                Stop(
                    key,
                    self.session.rules.rules(key).name,
                    own=key in own,
                    level=shares[key].level if key in shares else None,
                    share=first.share if first is not None and first.platform == key else None,
                    here=key == self.platform,
                )
                for key in self.platforms()
            ]
        )

    @on(VersionStrip.Chosen)
    def _chosen(self, event: VersionStrip.Chosen) -> None:
        event.stop()
        self._go_to(event.platform)

    # keys

    def _go_to(self, platform: str) -> None:
        self.platform = platform
        self.open()
        self._show_strip()

    @on(commands.NextVersion)
    def _next_version(self) -> None:
        names = self.platforms()
        place = names.index(self.platform) if self.platform in names else -1
        self._go_to(names[(place + 1) % len(names)])

    @on(commands.FirstComment)
    def _other_part(self) -> None:
        if self.idea is None:
            return
        self.part = "caption" if self.part == "comment" else "comment"
        self.open()
        self._show_strip()

    @on(commands.OwnVersion)
    def _own_version(self) -> None:
        idea, draft = self.idea, self.draft
        if idea is None or draft is None:
            return
        name = one_line(self.session.rules.rules(self.platform).name)
        own = self.session.own_path(idea.slug, self.platform, self.part)
        if own is None:
            known = self.session.rules.platforms()
            other = caption_path(idea.slug, self.platform, self.part, known=known)
            self.notify(
                f"{name} can have no version of its own here: {display(other)} is another idea's "
                "caption.",
                severity="warning",
                markup=False,
            )
            return
        what = "first comment" if self.part == "comment" else "version"
        if self.path == own:
            self.session.drop_version(own, f"{name}'s {what} of “{idea.title}”")
            self.path, self.draft = "", None
            self._asked.discard(own)
            self.open()
            self.notify(
                f"{name} has the base text again. Undo brings its own {what} back.", markup=False
            )
            return
        version = self.session.drafts.start(own, draft.text)
        self.path = own
        self.take(version)
        self.notify(f"From here on this text is {name}'s alone.", markup=False)

    @on(commands.CompareVersions)
    def _compare_versions(self) -> None:
        base = self._text_at(self.base_path) if self.own else None
        if base is None:
            self.notify(
                "This is the base text. F11 gives the platform a version of its own, which can be "
                "compared then.",
                markup=False,
            )
            return
        try:  # studio.app.screens.compare, once it is there
            screen = import_module("studio.app.screens.compare").CompareScreen
        except ImportError:
            self.notify("The comparison is not there yet.", severity="warning")
            return
        name = one_line(self.session.rules.rules(self.platform).name)
        self.app.push_screen(screen("Base text", base, name, self.editor.text))

    @on(commands.AltTexts)
    def _alt_texts(self) -> None:
        from studio.app.screens.alt_text import open_alt_texts

        open_alt_texts(self.app, self.session, self.idea, self.platforms())
