"""Many small pictures: the face for finding, marking and deciding about several at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from studio.app.review.bench import Failure
from studio.app.widgets.grid import GridItem, PictureGrid
from studio.media.library import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studio.app.pictures import Request
    from studio.app.review.bench import Bench


class ManyFace(Vertical):
    """A grid over everything on the table."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(id="many")
        self._bench = bench

    def compose(self) -> ComposeResult:
        """The grid."""
        yield PictureGrid(id="grid")

    @property
    def grid(self) -> PictureGrid:
        """The small pictures."""
        return self.query_one("#grid", PictureGrid)

    def settled(self, wanted: Sequence[Request]) -> bool:
        """Whether everything in view is on the screen."""
        return bool(wanted)

    def step(self, columns: int, rows: int) -> bool:
        """Move the cursor by columns and rows; tell whether it moved."""
        table = self._bench.table
        across = max(1, self.grid.columns_fit())
        place = table.index + columns + rows * across
        if rows and not 0 <= place < len(table.paths):
            return False
        return table.go(place)

    def page(self, pages: int) -> bool:
        """Move the cursor by pages; tell whether it moved."""
        table = self._bench.table
        across, down = max(1, self.grid.columns_fit()), max(1, self.grid.page())
        return table.go(table.index + pages * across * down)

    def wanted(self) -> list[Request]:
        """Return the thumbs in view, from the cursor outwards."""
        table = self._bench.table
        if self.grid.size.width < 2 or not table.paths:
            return []
        self.grid.expect(len(table.paths))
        columns, rows = self.grid.thumb_size
        window = self.grid.window(table.index, len(table.paths))
        near = sorted(window, key=lambda place: abs(place - table.index))
        return [self._bench.small(table.paths[place], columns, rows) for place in near]

    def paint(self, wanted: Sequence[Request]) -> None:  # noqa: ARG002 (drawn from the table)
        """Show what is drawn."""
        table, media = self._bench.table, self._bench.media
        if not table.paths:
            self.grid.show((), 0, 0, 0)
            return
        if self.grid.size.width < 2:
            return
        columns, rows = self.grid.thumb_size
        window = self.grid.window(table.index, len(table.paths))
        items = []
        for place in window:
            path = table.paths[place]
            cells = self._bench.get(self._bench.small(path, columns, rows))
            broken = isinstance(cells, Failure)
            items.append(
                GridItem(
                    cells=None if isinstance(cells, Failure) else cells,
                    verdict=media.verdict(path),
                    broken=broken,
                    name=path.rpartition("/")[2],
                    badge=self._badge(path),
                    selected=path in table.marked,
                )
            )
        self.grid.show(items, window.start, table.index, len(table.paths))

    def _badge(self, path: str) -> str:
        media = self._bench.media
        words = []
        if kind_of(path) == "clip":
            facts = media.facts(path)
            length = facts.seconds if facts is not None else None
            words.append("▶" if length is None else f"▶{int(length // 60)}:{int(length % 60):02}")
        uses = len(media.uses(path))
        if uses > 1 or (uses and self._bench.table.everything):
            words.append("used" if uses == 1 else f"used {uses}×")
        return " ".join(words)

    def arrived(self, request: Request) -> bool:
        """A thumb was drawn; tell whether nothing more is to be painted for it."""
        return (request.columns, request.rows) != self.grid.thumb_size
