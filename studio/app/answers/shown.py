"""What one tab of the numbers shows: its rows, and what Enter on a row leads to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content

from studio.app.answers import ACROSS
from studio.app.widgets.rows import Row, beside, heading, paragraph, say
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.app.widgets.rows import DrawLine, Pens
    from studio.stats.post import Post
    from studio.stats.when import Try


def across(left: Content, right: Content, width: int) -> Content:
    """Put a name and its figure on one line, not further apart than the eye can follow."""
    return beside(left, right, min(width, ACROSS))


def _plain(words: str) -> DrawLine:
    return lambda _width, pens: Content.styled(words, pens.text)


@dataclass
class Shown:
    """The rows of one tab, made for a width.

    Attributes:
        width: cells a row has.
        height: lines that are seen at once.
        rows: from the top.
        behind: by row key, a name and the posts that a figure rests on.
        tries: by row key, a time to try.
    """

    width: int
    height: int = 0
    rows: list[Row] = field(default_factory=list)
    behind: dict[str, tuple[str, Sequence[Post]]] = field(default_factory=dict)
    tries: dict[str, Try] = field(default_factory=dict)

    def heading(self, name: str, note: str = "") -> None:
        """Begin a section."""
        self.rows.append(heading(name, note, first=not self.rows))

    def say(self, text: str) -> None:
        """Say something in as many lines as it needs; text from outside is made safe."""
        self.rows += paragraph(one_line(text), self.width)

    def tell(self, text: str) -> None:
        """Say what matters, in the plain voice."""
        safe = one_line(text)
        for line in Content(safe[:1].upper() + safe[1:]).wrap(self.width):
            words = line.plain.rstrip()
            self.rows.append(Row("", (_plain(words),)))

    def gap(self) -> None:
        """Leave a line free."""
        self.rows.append(say(""))

    def pair(
        self, name: str, value: str, *, key: str = "", named: str = "dim", voice: str = "text"
    ) -> None:
        """Put a name and its value on one line, in these voices; both are made safe."""
        left, right = one_line(name), display(value)

        def line(width: int, pens: Pens) -> Content:
            return across(
                Content.styled(left, getattr(pens, named)),
                Content.styled(right, getattr(pens, voice)),
                width,
            )

        self.rows.append(Row(key, (line,)))

    def figure(self, key: str, name: str, value: str, posts: Sequence[Post]) -> None:
        """Put a figure on a line, the posts behind it a key away."""
        self.behind[key] = (name, tuple(posts))
        self.pair(name, value, key=key)
