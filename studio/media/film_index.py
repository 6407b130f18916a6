"""Which picture of a film is shown when: numbers, times in the film's own ticks, and seconds."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Index:
    """Which picture is shown when.

    Args:
        times: of all pictures, rising, in ticks; empty: they are evenly spaced as far as known.
        keys: of the pictures that decoding can start at, rising, in ticks.
        start: of the first picture, in ticks.
        step: ticks from one picture to the next, on average.
        tick: seconds in one tick.
        count: pictures, None when unknown.
    """

    def __init__(
        self,
        times: list[int],
        keys: list[int],
        *,
        start: int,
        step: float,
        tick: float,
        count: int | None,
    ) -> None:
        self._times = times
        self.keys = keys
        self._start = times[0] if times else start
        self._step = step
        self._tick = tick
        self.count = len(times) or count

    def number(self, time: int) -> int:
        """Return the number of the picture shown at a time in ticks, or next to it."""
        if self._times:
            return max(0, bisect_right(self._times, time) - 1)
        return max(0, round((time - self._start) / self._step))

    def time(self, number: int) -> int:
        """Return when a picture is shown, in ticks."""
        if self._times:
            return self._times[max(0, min(number, len(self._times) - 1))]
        return self._start + round(max(0, number) * self._step)

    def seconds(self, number: int) -> float:
        """Return when a picture is shown, in seconds from the film's beginning.

        One past the last number is the film's end.
        """
        beyond = 0
        if self._times and number >= len(self._times):
            beyond = number - len(self._times) + 1
        return (self.time(number) - self._start + beyond * self._step) * self._tick

    def at(self, seconds: float) -> int:
        """Return the number of the picture that is on show at some second."""
        ticks = self._start + (seconds + 1e-6) / self._tick
        if self._times:
            found = max(0, bisect_right(self._times, ticks) - 1)
        else:
            found = max(0, int((ticks - self._start) / self._step + 1e-3))
        return found if self.count is None else min(found, self.count - 1)

    def key_before(self, time: int) -> int | None:
        """Return the time of the last picture up to `time` that decoding can start at."""
        at = bisect_right(self.keys, time)
        return self.keys[at - 1] if at else None

    def none_between(self, before: int, after: int) -> None:
        """Forget packets between two times: the decoder made no pictures of them."""
        low, high = bisect_right(self._times, before), bisect_left(self._times, after)
        if low < high:
            del self._times[low:high]
            self.count = len(self._times)
