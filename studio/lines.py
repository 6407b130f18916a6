"""Lines of plain text that keep to a width in terminal cells."""

from __future__ import annotations

import unicodedata


def cells(text: str) -> int:
    """Return the cells a text takes; a joined emoji is counted at its widest."""
    return sum(_width(letter) for letter in text)


def _width(letter: str) -> int:
    if letter == "\ufe0f":  # asks for the wide, coloured form of the sign before it
        return 1
    if letter.isascii():
        return 1
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def pad(text: str, width: int) -> str:
    """Return text filled up with spaces to a width."""
    return text + " " * (width - cells(text))


def fit(text: str, width: int) -> str:
    """Return text cut to a width, with … where something is left out."""
    if cells(text) <= width:
        return text
    return _head(text, width - 1).rstrip() + "…"


def _head(text: str, width: int) -> str:
    used = 0
    for index, letter in enumerate(text):
        used += _width(letter)
        if used > width:
            return text[:index]
    return text


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return text in lines of a width, the second and later ones two cells further in."""
    lines: list[str] = []
    line, start = indent, indent
    for word in text.split():
        while True:
            gap = " " if line != start else ""
            if cells(line + gap + word) <= width:
                line += gap + word
                break
            if line == start:  # a word wider than the line
                part = _head(word, width - cells(start)) or word[0]
                lines.append(start + part)
                word = word[len(part) :]  # noqa: PLW2901
            else:
                lines.append(line)
            start = indent + "  "
            line = start
    if line != start:
        lines.append(line)
    return lines
