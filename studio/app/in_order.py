"""Keys in the order they were typed, each to where the ones before it led.

Textual forwards a key to what has the focus when it arrives, while the focus, a dialog or a
deletion that the key before it asked for is still on its way through the queues. Typed quickly,
or while the program is busy for a moment, F4 and "d" would put an idea into the trash instead of
a d into the caption, and backspace would delete the letter typed after it. Here a key waits until
the one before it has had its whole effect.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any

from textual import events
from textual.message import Message

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen
    from textual.widget import Widget

    _App = App[Any]
else:
    _App = object

ROUNDS = 2  # times a command is posted on: by its key to a pane, by the pane to its screen
PATIENCE = 0.25  # seconds after which a key whose widget went away under it is given up


class KeysInOrder(_App):
    """What the app inherits from first."""

    class Passed(Message):
        """Follows a key through the same queues; arrived at the app, the key has been handled."""

        def __init__(self, number: int, rounds: int) -> None:
            super().__init__()
            self.number, self.rounds = number, rounds

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (those of App)
        self._typed_ahead: deque[events.Key | events.Paste] = deque()
        self._under_way: Widget | Screen[Any] | None = None
        self._screen_before: Screen[Any] | None = None
        self._acted = False
        self._number = 0
        super().__init__(*args, **kwargs)

    async def on_event(self, event: events.Event) -> None:
        """Let a key or a paste through, or keep it until the one before it is done with."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._typed_ahead.append(event)
            if self._under_way is not None and not self._under_way.is_attached:
                self._under_way = None
            await self._next()
            if self._typed_ahead:
                self._look_later(self._number)
        else:
            await super().on_event(event)

    def _look_later(self, number: int) -> None:
        """Look, after a while, whether the key under way still has a widget to come back from."""

        async def look() -> None:
            target = self._under_way
            if number != self._number or target is None:
                return
            if target.is_attached:  # however busy the program is, it will come
                self._look_later(number)
            else:
                await self._passed(number)

        self.set_timer(PATIENCE, look)

    async def run_action(self, *args: Any, **kwargs: Any) -> bool:  # noqa: ANN401 (those of App)
        """Note that the key did something, which may be on its way still."""
        self._acted = True
        return await super().run_action(*args, **kwargs)

    async def _next(self) -> None:
        while self._typed_ahead and self._under_way is None and self.screen_stack:
            self._acted = False
            self._number += 1
            number = self._number
            target = self._under_way = self.focused or self.screen
            self._screen_before = self.screen
            await super().on_event(self._typed_ahead.popleft())
            self._follow(target, number, 0)

    def _follow(self, target: Widget | Screen[Any], number: int, rounds: int) -> None:
        """Send `Passed` after the key; without a way to the app there is nothing to wait for."""
        if not (target.is_attached and target.post_message(self.Passed(number, rounds))):
            self._under_way = None

    async def on_keys_in_order_passed(self, event: Passed) -> None:
        """The key was handled; what it led to may take some rounds more."""
        target = self._under_way
        if event.number != self._number or target is None or not self.screen_stack:
            return
        if self._acted and event.rounds < ROUNDS:
            self._follow(target, event.number, event.rounds + 1)
            await self._next()
        elif self.screen is not self._screen_before:  # a dialog takes keys once it is composed
            self._screen_before = self.screen
            again = self.Passed(event.number, ROUNDS)
            self.screen.call_after_refresh(lambda: self.post_message(again) and None)
        else:
            await self._passed(event.number)

    async def _passed(self, number: int) -> None:
        if number == self._number:
            self._under_way = None
            await self._next()
