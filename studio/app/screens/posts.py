"""What lies behind a figure: its posts, each with the export and line it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable, Static

from studio.app.screens import DIALOGS
from studio.app.screens.dialog import Dialog
from studio.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studio.stats.post import Note, Post

_COUNTS = ("views", "reach", "likes", "comments", "shares", "saves", "follows")


class _Table(Dialog[None]):
    """A table that fills most of the screen."""

    CSS_PATH = DIALOGS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "dismiss(None)", "Back", priority=True)
    ]
    heading = ""

    def compose(self) -> ComposeResult:
        """The table in a box."""
        with Vertical(classes="box full") as box:
            box.border_title = Content(self.heading)
            box.border_subtitle = "Escape goes back"
            yield DataTable(cursor_type="row", zebra_stripes=False)
            yield Static(id="source")


class PostsScreen(_Table):
    """The posts behind one figure."""

    def __init__(self, name: str, posts: Sequence[Post], zone: str) -> None:
        super().__init__(classes="dialog")
        self.heading = f"{one_line(name)}  {len(posts)} posts  times in {zone}"
        self._posts = sorted(posts, key=lambda p: p.posted_at.timestamp() if p.posted_at else 0)
        self._posts.reverse()
        self._at = 0
        self._zone = ZoneInfo(zone)

    def compose(self) -> ComposeResult:
        """The table in a box, and under it the post it stands on."""
        with Vertical(classes="box full") as box:
            box.border_title = Content(self.heading)
            box.border_subtitle = "Escape goes back"
            yield DataTable(cursor_type="row", zebra_stripes=False)
            yield Static(id="story")
            yield Static(id="source")

    def on_mount(self) -> None:
        """Fill the table; a missing figure is a dash."""
        table = self.query_one(DataTable)
        table.add_columns("posted", "format", *(Text(name, justify="right") for name in _COUNTS))
        table.add_column("first line", width=60)
        for number, post in enumerate(self._posts):
            when = "–"
            if post.posted_at is not None:
                local = post.posted_at.astimezone(self._zone)
                when = f"{local:%Y-%m-%d %H:%M}" if post.hour_known else f"{local:%Y-%m-%d} ?"
            counts = [
                Text("–" if value is None else f"{value:,}", justify="right")
                for value in (getattr(post, name) for name in _COUNTS)
            ]
            first = one_line(post.caption.strip().split("\n")[0])
            table.add_row(
                Text(when),
                Text(one_line(post.format or "–")),
                *counts,
                Text(first),
                key=str(number),
            )

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Say how this post did among these, how it grew, and where its figures come from."""
        if event.row_key is None or event.row_key.value is None:
            return
        self._at = int(event.row_key.value)
        self._tell()

    def on_resize(self) -> None:
        """What is drawn fits the width."""
        if self._posts:
            self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        from studio.app.answers.drawn import content
        from studio.report.figures import history_of, strip_of
        from studio.stats.summary import metric_of

        post = self._posts[self._at]
        metric = metric_of(self._posts)
        width = max(self.query_one(DataTable).size.width - 1, 20)
        lines = (
            list(strip_of(self._posts, metric, (post,)).cells(width))
            if self.size.height >= 24
            else []
        )
        if post.history and self.size.height >= 30:
            lines += history_of(post, metric, self._zone).cells(width, height=8)
        self.query_one("#story", Static).update(content(lines))
        self.query_one("#source", Static).update(
            Content(f"{one_line(post.source)}, line {post.line}   {one_line(post.permalink or '')}")
        )


class NotesScreen(_Table):
    """What the readers did not understand."""

    heading = "What the readers of these exports noticed"

    def __init__(self, notes: Sequence[Note]) -> None:
        super().__init__(classes="dialog")
        self._notes = notes

    def on_mount(self) -> None:
        """One row for each."""
        table = self.query_one(DataTable)
        table.add_columns("file", "line", "what")
        for note in self._notes:
            line = "" if note.line is None else str(note.line)
            table.add_row(Text(one_line(note.file)), Text(line), Text(one_line(note.text)))
