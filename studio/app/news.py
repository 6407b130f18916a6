"""What the session tells the screen: something has changed, and here is what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from studio.app.draft import Draft
    from studio.problem import Problem


class News(Message):
    """The common base, so that the screen can hand news on to its panes."""

    bubble = False


class BoardChanged(News):
    """Ideas, their order or their captions changed."""


class VerdictsChanged(News):
    """Verdicts or the list of media changed."""


class FactsChanged(News):
    """What is known of a media file has arrived; `asked` when somebody waits for it."""

    def __init__(self, path: str, *, asked: bool = True) -> None:
        super().__init__()
        self.path = path
        self.asked = asked


class RulesChanged(News):
    """The project's own rules of the platforms are others than before."""


class NumbersChanged(News):
    """The posts were read, anew or for the first time."""


class DraftChanged(News):
    """A caption's text came from the disk, or its saved state changed."""

    def __init__(self, draft: Draft, *, reload: bool) -> None:
        super().__init__()
        self.draft = draft
        self.reload = reload


class DraftConflict(News):
    """A caption was changed here and outside; both texts are kept until the human decides."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


class Told(News):
    """A sentence for the human."""

    def __init__(self, text: str, *, warn: bool = False) -> None:
        super().__init__()
        self.text = text
        self.warn = warn


class Failed(News):
    """Something could not be done; the records on screen have been read again."""

    def __init__(self, problem: Problem) -> None:
        super().__init__()
        self.problem = problem


class FolderGone(News):
    """The project's folder cannot be reached; nothing is written until it is back."""

    def __init__(self, *, gone: bool) -> None:
        super().__init__()
        self.gone = gone
