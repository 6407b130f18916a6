"""A terminal that shows pictures: what each of its cells shows after the bytes it was sent."""

from __future__ import annotations

import re
import unicodedata

from studio.preview.kitty import PLACEHOLDER, marks

_TOKEN = re.compile(
    r"\x1b\[(?P<csi>[0-?]*)(?P<mid>[ -/]*)(?P<final>[@-~])"
    r"|\x1b(?P<string>[P_\]])(?P<body>[^\x1b\x07]*)(?:\x1b\\|\x07)"
    r"|\x1b(?P<escape>[^\[P_\]])"
    r"|(?P<control>[\x00-\x1f])"
    r"|(?P<text>.)",
    re.DOTALL,
)
_KEYS = re.compile(r"(\w)=([^,]*)")


class PixelTerminal:
    """Cells hold a character, or `(image, row, column)` where they show pixels.

    Images of kitty's protocol are numbers; those of sixels and of iTerm2's protocol are the bytes
    of the row, whose row is 0. What a terminal would choke on is an assertion.
    """

    def __init__(self, columns, rows, pixels_of_a_cell=(8, 16)):
        self.cell = pixels_of_a_cell
        self.resize(columns, rows)
        self.saved = (0, 0)
        self.colour = None
        self.images: dict[int, tuple] = {}  # what the terminal keeps, by number
        self.loading: dict | None = None
        self.log: list[tuple] = []  # ("upload" or "delete", number)

    def resize(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.grid = [[" "] * columns for _ in range(rows)]
        self.x = self.y = 0

    def feed(self, text):
        end = 0
        for found in _TOKEN.finditer(text):
            assert found.start() == end, text[end : found.start()][:40]
            end = found.end()
            self._take(found)
        assert end == len(text), text[end : end + 40]

    def _take(self, found):
        if found["text"]:
            self._put(found["text"])
        elif found["final"]:
            self._control(found["csi"], found["final"])
        elif found["string"]:
            kind = {"P": self._sixel, "_": self._graphics, "]": self._file}[found["string"]]
            kind(found["body"])
        elif found["escape"] == "7":
            self.saved = (self.x, self.y)
        elif found["escape"] == "8":
            self.x, self.y = self.saved
        elif found["control"] == "\n":
            self.y = min(self.rows - 1, self.y + 1)
        elif found["control"] == "\r":
            self.x = 0

    def _put(self, character):
        if unicodedata.combining(character):
            before = self.grid[self.y][self.x - 1]
            image, row, _ = before
            mark = marks().index(character)
            new = (image, mark, None) if row is None else (image, row, mark)
            self.grid[self.y][self.x - 1] = new
            return
        if self.x >= self.columns:  # wrapping is off
            self.x = self.columns - 1
        if character == PLACEHOLDER:
            assert self.colour in self.images, f"rows of {self.colour} before its upload: tofu"
            self.grid[self.y][self.x] = (self.colour, None, None)
        else:
            self.grid[self.y][self.x] = character
        self.x += 1

    def _control(self, parameters, final):
        numbers = [int(one) if one.isdigit() else 0 for one in parameters.split(";")]
        if final in "Hf" and parameters[:1] != "?":
            row, column = (*numbers, 1, 1)[:2] if parameters else (1, 1)
            self.y, self.x = min(self.rows, row or 1) - 1, min(self.columns, column or 1) - 1
        elif final == "C":
            self.x = min(self.columns, self.x + (numbers[0] or 1))
        elif final == "J" and numbers[0] == 2:
            self.grid = [[" "] * self.columns for _ in range(self.rows)]
        elif final == "m":
            found = re.search(r"38;2;(\d+);(\d+);(\d+)", parameters)
            if found:
                self.colour = int.from_bytes(bytes(map(int, found.groups())), "big")
        elif final == "h" and parameters == "?1049":
            self.grid = [[" "] * self.columns for _ in range(self.rows)]

    def _paint(self, image, columns):
        for column in range(columns):
            if self.x + column < self.columns:
                self.grid[self.y][self.x + column] = (image, 0, column)

    def _sixel(self, body):
        size = re.match(r'[\d;]*q"1;1;(\d+);(\d+)', body)
        assert size, body[:30]
        assert self.y < self.rows - 1, "sixels on the last line scroll the screen"
        assert int(size[2]) == self.cell[1], "sixels reach into the next row"
        self._paint(body, int(size[1]) // self.cell[0])

    def _file(self, body):
        width = re.search(r"width=(\d+);height=1;", body)
        if body.startswith("1337;File="):
            self._paint(body, int(width[1]))

    def _graphics(self, body):
        keys_text, _, payload = body.removeprefix("G").partition(";")
        keys = dict(_KEYS.findall(keys_text))
        if self.loading is not None:
            assert set(keys) <= {"q", "m"}, f"an image within an image: {keys_text}"
            self._load(keys, payload)
        elif keys.get("a") == "d":
            assert keys["d"] == "I"
            number = int(keys["i"])
            self.log.append(("delete", number))
            self.images.pop(number, None)
        elif keys.get("a") == "T":
            self.loading = {"keys": keys, "size": 0}
            self._load(keys, payload)
        else:
            assert keys.get("a") == "q", keys_text

    def _load(self, keys, payload):
        self.loading["size"] += len(payload) * 3 // 4 - payload.count("=")
        if keys.get("m") != "1":
            about, size = self.loading["keys"], self.loading["size"]
            self.loading = None
            if size == int(about["s"]) * int(about["v"]) * 3:
                number = int(about["i"])
                self.images[number] = (int(about["c"]), int(about["r"]))
                self.log.append(("upload", number))

    # looking

    def shown(self, x, y, columns, rows):
        """Return the cells of a part of the screen, row by row."""
        return [line[x : x + columns] for line in self.grid[y : y + rows]]

    def line(self, y):
        """Return a line as text, pixels as ▒."""
        return "".join(one if isinstance(one, str) else "▒" for one in self.grid[y])
