"""A terminal's side of kitty's graphics protocol, as far as pictures by placeholders need it.

Keeps uploaded images and a screen of cells, and says which pixels a cell shows. Written from the
protocol's description ("Terminal graphics protocol", "Unicode placeholders"), apart from the code
under test; strict, so that what it takes without an error is well formed.
"""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import dataclass, field

import numpy as np

PLACEHOLDER = "\U0010eeee"
_SEQUENCE = re.compile(
    r"\x1b_G(?P<apc>[^\x1b]*)\x1b\\"
    r"|\x1b\[(?P<csi>[?\d;]*)(?P<final>[A-Za-z])"
    r"|(?P<char>[^\x1b])",
    re.DOTALL,
)


@dataclass
class Image:
    """An uploaded image, and in how many cells it is to be shown."""

    pixels: np.ndarray
    columns: int
    rows: int


@dataclass
class Cell:
    """What stands in one cell of the screen."""

    char: str
    foreground: int | None
    background: int | None
    row: int | None = None
    column: int | None = None


@dataclass
class KittyEmulator:
    """A screen that remembers images."""

    marks: dict[str, int]
    images: dict[int, Image] = field(default_factory=dict)
    screen: dict[tuple[int, int], Cell] = field(default_factory=dict)
    y: int = 0
    x: int = 0
    foreground: int | None = None
    background: int | None = None
    longest: int = 0
    _upload: dict[str, str] | None = None
    _chunks: list[str] = field(default_factory=list)

    def feed(self, text: str) -> None:
        """Obey what a program writes."""
        end = 0
        for found in _SEQUENCE.finditer(text):
            assert found.start() == end, f"not understood: {text[end : end + 40]!r}"
            end = found.end()
            if found["apc"] is not None:
                self.longest = max(self.longest, len(found[0]))
                self._graphics(found["apc"])
            elif found["final"]:
                self._control(found["csi"], found["final"])
            else:
                self._put(found["char"])
        assert end == len(text), f"not understood: {text[end : end + 40]!r}"

    def shown(self, y: int, x: int) -> np.ndarray | None:
        """Return the pixels that a cell shows of an image, None where there is none."""
        cell = self.screen.get((y, x))
        if cell is None or cell.char != PLACEHOLDER:
            return None
        image = self.images.get(cell.foreground or 0)
        if image is None:
            return None
        row, column = cell.row, cell.column
        left = self.screen.get((y, x - 1))
        same = (
            left is not None
            and left.char == PLACEHOLDER
            and left.foreground == cell.foreground
            and (row is None or self._place(y, x - 1)[0] == row)
        )
        if column is None:
            assert same, "a cell without a column has nothing to its left to follow on"
            row, column = self._place(y, x)
        assert row is not None
        assert row < image.rows
        assert column < image.columns
        high, wide, _ = image.pixels.shape
        top, bottom = row * high // image.rows, (row + 1) * high // image.rows
        start, end = column * wide // image.columns, (column + 1) * wide // image.columns
        return image.pixels[top:bottom, start:end]

    def _place(self, y: int, x: int) -> tuple[int, int]:
        """Return the row and column of a placeholder, following on what is to the left."""
        steps = 0
        while self.screen[y, x - steps].column is None:
            steps += 1
        cell = self.screen[y, x - steps]
        assert cell.row is not None
        assert cell.column is not None
        return cell.row, cell.column + steps

    def _graphics(self, text: str) -> None:
        keys, _, payload = text.partition(";")
        command = dict(pair.split("=", 1) for pair in keys.split(","))
        if self._upload is None and command.get("a") == "d":
            assert command["d"] in "iI"
            gone = self.images.pop(int(command["i"]), None)
            assert gone is not None or command["q"] == "2", "an answer would come back"
            return
        if self._upload is None:
            assert command["a"] == "T"
            assert command["U"] == "1"
            self._upload, self._chunks = command, []
        else:
            assert set(command) <= {"m", "q"}, "only m and q may follow in later chunks"
        assert command["q"] == "2", "an answer would come back"
        assert len(payload) <= 4096
        more = command["m"] == "1"
        assert not more or len(payload) % 4 == 0
        self._chunks.append(payload)
        if not more:
            self._finish(self._upload)
            self._upload = None

    def _finish(self, command: dict[str, str]) -> None:
        data = base64.b64decode("".join(self._chunks), validate=True)
        if command.get("o") == "z":
            data = zlib.decompress(data)
        depth = {"24": 3, "32": 4}[command["f"]]
        high, wide = int(command["v"]), int(command["s"])
        assert len(data) == high * wide * depth
        pixels = np.frombuffer(data, np.uint8).reshape(high, wide, depth)
        image = Image(pixels, int(command["c"]), int(command["r"]))
        self.images[int(command["i"])] = image

    def _control(self, text: str, final: str) -> None:
        if final == "H":
            self.y, self.x = (int(part) - 1 for part in text.split(";"))
        elif final == "m":
            self._style([int(part or 0) for part in text.split(";")])
        else:
            raise AssertionError(f"CSI {text} {final} is not understood")

    def _style(self, codes: list[int]) -> None:
        while codes:
            code = codes.pop(0)
            if code == 0:
                self.foreground = self.background = None
            elif code in {38, 48}:
                assert codes[0] == 2, "only 24-bit colours"
                red, green, blue = codes[1:4]
                del codes[:4]
                value = red << 16 | green << 8 | blue
                if code == 38:
                    self.foreground = value
                else:
                    self.background = value
            else:
                assert code == 59, f"SGR {code} is not understood"

    def _put(self, char: str) -> None:
        if char in self.marks:
            cell = self.screen[self.y, self.x - 1]
            assert cell.char == PLACEHOLDER, "a mark belongs to a placeholder"
            if cell.row is None:
                cell.row = self.marks[char]
            else:
                assert cell.column is None
                cell.column = self.marks[char]
            return
        self.screen[self.y, self.x] = Cell(char, self.foreground, self.background)
        self.x += 1
