"""A few pictures beside each other: two to compare, or three to nine to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from studio.app.review.bench import Failure
from studio.app.widgets.marks import tail, verdict_mark
from studio.app.widgets.tiles import Tile, Tiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studio.app.pictures import Request
    from studio.app.review.bench import Bench

MOST = 9
_FRAME = 8  # columns of a title that its number and the frame of the chosen one take


class SeveralFace(Vertical):
    """Pictures beside each other, zoomed and moved together."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(id="several")
        self._bench = bench
        self.paths: list[str] = []
        self.chosen = 0
        self.comparing = False
        self._requests: list[Request] = []

    def compose(self) -> ComposeResult:
        """The tiles."""
        yield Tiles(id="tiles")

    @property
    def tiles(self) -> Tiles:
        """The pictures."""
        return self.query_one("#tiles", Tiles)

    @property
    def path(self) -> str | None:
        """The one that has the frame."""
        return self.paths[self.chosen] if self.chosen < len(self.paths) else None

    # what is on them

    def compare(self) -> bool:
        """Put up the one looked at and another: the marked one, or its neighbour."""
        table = self._bench.table
        path = table.path
        others = [one for one in table.marked if one != path]
        if not others:
            places = [table.index + 1, table.index - 1]
            others = [table.paths[place] for place in places if 0 <= place < len(table.paths)]
        if path is None or not others:
            return False
        self.paths, self.chosen, self.comparing = [path, others[0]], 1, True
        self._look_at_chosen()
        return True

    def survey(self) -> bool:
        """Put up the marked ones, else the group of the one looked at, else those after it."""
        table = self._bench.table
        path = table.path
        if path is None:
            return False
        paths = list(table.marked)
        if len(paths) < 2:
            paths = list(table.group(path))
        if len(paths) < 2:
            paths = list(table.paths[table.index : table.index + MOST])
        if len(paths) < 2:
            paths = list(table.paths[-MOST:])
        if path in paths and paths.index(path) >= MOST:
            paths = paths[paths.index(path) - MOST + 1 :]
        self.paths, self.comparing = paths[:MOST], False
        self.chosen = self.paths.index(path) if path in self.paths else 0
        return len(self.paths) > 1

    def step(self, step: int) -> None:
        """Go to the next tile; in a comparison, put another picture on the chosen one."""
        table = self._bench.table
        if not self.comparing:
            self.chosen = max(0, min(len(self.paths) - 1, self.chosen + step))
            self._look_at_chosen()
            return
        other = self.paths[1 - self.chosen]
        here = self.paths[self.chosen]
        place = table.paths.index(here) if here in table.paths else table.index
        place += step
        if 0 <= place < len(table.paths) and table.paths[place] == other:
            place += step
        if 0 <= place < len(table.paths):
            table.travel = step
            self.paths[self.chosen] = table.paths[place]
            self._look_at_chosen()

    def choose(self, index: int) -> None:
        """Give this tile the frame."""
        self.chosen = max(0, min(len(self.paths) - 1, index))
        self._look_at_chosen()

    def take_away(self, path: str) -> bool:
        """Take a rejected picture off the survey; tell whether there is still one to survey."""
        if self.comparing or path not in self.paths:
            return True
        self.paths.remove(path)
        self.choose(self.chosen)
        return len(self.paths) > 1

    def look_again(self) -> bool:
        """Some may be gone from the table; tell whether enough are left."""
        there = frozenset(self._bench.table.paths)
        self.paths = [path for path in self.paths if path in there]
        self.chosen = max(0, min(self.chosen, len(self.paths) - 1))
        return len(self.paths) > 1

    def _look_at_chosen(self) -> None:
        if self.path is not None:
            self._bench.table.look_at(self.path)

    # drawing

    def settled(self, wanted: Sequence[Request]) -> bool:
        """Whether what is wanted is on the screen."""
        return bool(wanted)

    def _shapes(self) -> list[float]:
        """Return width / height of each picture, a portrait where it is not known yet."""
        shapes = []
        for path in self.paths:
            facts = self._bench.media.facts(path)
            known = facts is not None and facts.width and facts.height
            shapes.append(facts.width / facts.height if known else 0.8)  # type: ignore[union-attr,operator]
        return shapes

    def _boxes(self) -> list[tuple[int, int]]:
        """Return columns and rows of the room for each picture."""
        size, shapes = self.tiles.size, self._shapes()
        places = self.tiles.boxes(len(shapes), size.width, size.height, shapes)
        return [(one.width, one.height) for one in places]

    def room(self) -> tuple[int, int]:
        """Return columns and rows of the room for the chosen one."""
        return self._boxes()[self.chosen]

    def wanted(self) -> list[Request]:
        """Return the pictures on the tiles; in a comparison also what may come next."""
        if self.tiles.size.width < 4 or len(self.paths) < 2:
            return []
        boxes = self._boxes()
        order = sorted(range(len(self.paths)), key=lambda place: place != self.chosen)
        requests = {place: self._bench.large(self.paths[place], *boxes[place]) for place in order}
        self._requests = [requests[place] for place in range(len(self.paths))]
        wanted = [requests[place] for place in order]
        if self.comparing:
            table = self._bench.table
            wanted += [
                self._bench.large(table.paths[place], *boxes[self.chosen])
                for place in table.ahead(2, 1)[1:]
            ]
        return wanted

    def paint(self, wanted: Sequence[Request]) -> None:
        """Show what is drawn."""
        if not wanted:
            return
        media = self._bench.media
        tiles = []
        boxes = self._boxes()
        for place, (path, request) in enumerate(zip(self.paths, self._requests, strict=True)):
            result = self._bench.get(request)
            broken = result.problem if isinstance(result, Failure) else ""
            verdict = media.verdict(path)
            keep = {None: "", True: "✓ ", False: "✗ "}[verdict.keep]
            stars = verdict_mark(verdict) if verdict.keep is not False else ""
            shown = f"{stars} " if stars not in ("", "✓") else ""
            # Names of takes differ at their end: that is what must be seen of them.
            room = max(3, boxes[place][0] - len(keep) - len(shown) - _FRAME)
            title = Content.assemble(
                (f"{place + 1} ", "$dim"),
                (keep, "$keep" if verdict.keep else "$reject"),
                (shown, "$star"),
                tail(path.rpartition("/")[2], room).strip(),
            )
            picture = self._bench.shown(result, (self, place))
            tiles.append(Tile(picture, title, place == self.chosen, broken))
        self.tiles.show(tiles)
        self._bench.send_ahead(wanted[len(self.paths) :])

    def arrived(self, request: Request) -> bool:
        """A picture was drawn; tell whether nothing more is to be painted for it."""
        if request in self._requests:
            self.paint(self._requests)
        return True
