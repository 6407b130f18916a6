"""Pictures of a film at the size they were shown, kept to be shown again."""

from __future__ import annotations

Picture = tuple[int, int, bytes]  # width and height in pixels, RGB


class Cache:
    """Pictures by number, the oldest given up when there are too many.

    Args:
        budget: bytes of pixels to keep.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._size = 0
        self._pictures: dict[int, Picture] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._pictures

    def get(self, number: int) -> Picture:
        """Return a picture that is in."""
        return self._pictures[number]

    def put(self, number: int, picture: Picture) -> None:
        """Keep a picture, and give up the oldest for it."""
        self._pictures[number] = picture
        self._size += len(picture[2])
        while self._size > self._budget and len(self._pictures) > 1:
            oldest = next(iter(self._pictures))
            self._size -= len(self._pictures.pop(oldest)[2])

    def clear(self) -> None:
        """Give up all."""
        self._pictures.clear()
        self._size = 0
