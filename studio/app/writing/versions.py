"""One caption, several platforms: the base text, and a platform's own version of it."""

from __future__ import annotations

from textual import on

from studio.app.commands import caption as commands
from studio.app.writing.base import DEFAULT_PLATFORMS, Writing
from studio.captions.files import caption_path
from studio.platforms.rules import platforms, rules


class Versions(Writing):
    """Goes through the platforms; starts and drops their own versions."""

    def platforms(self) -> tuple[str, ...]:
        """The platforms of the idea, in its order; the usual ones where it names none."""
        named = [name.strip().casefold() for name in (self.idea.platforms if self.idea else ())]
        known = tuple(dict.fromkeys(name for name in named if name in platforms()))
        return known or DEFAULT_PLATFORMS

    @on(commands.NextVersion)
    def _next_version(self) -> None:
        names = self.platforms()
        place = names.index(self.platform) if self.platform in names else -1
        self.platform = names[(place + 1) % len(names)]
        self.open()

    @on(commands.OwnVersion)
    def _own_version(self) -> None:
        idea, draft = self.idea, self.draft
        if idea is None or draft is None:
            return
        own = caption_path(idea.slug, self.platform)
        name = rules(self.platform).name
        if self.path == own:
            self.session.drop_version(own, f"{name}'s version of “{idea.title}”")
            self.path, self.draft = "", None
            self.open()
            self.notify(
                f"{name} has the base text again. Undo brings its own version back.", markup=False
            )
            return
        version = self.session.drafts.start(own, draft.text)
        self.path = own
        self.take(version)
        self.notify(f"From here on this text is {name}'s alone.", markup=False)
