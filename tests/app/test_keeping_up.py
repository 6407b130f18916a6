"""What must not happen behind the screen, so that it keeps up with the keys."""

from __future__ import annotations

import asyncio

from textual import events
from textual.app import App
from textual.widget import Widget

from studio.app import in_order, news
from studio.app.findings import Findings
from studio.app.in_order import KeysInOrder
from studio.media.measure import Measures
from tests.app.page import picture
from tests.app.parts import picture_cells
from tests.app.test_preview_pane import with_media

RED, GREEN, BLUE = (f"media/{name}.png" for name in ("red", "green", "blue"))


def paintings(d, monkeypatch):
    """Every painting of the whole terminal or a part of it from now on."""
    done = []
    plain = d.app._display

    def display(screen, renderable):
        done.append(renderable)
        plain(screen, renderable)

    monkeypatch.setattr(d.app, "_display", display)
    return done


async def test_under_a_dialog_news_that_changes_nothing_paints_nothing(desk, page, monkeypatch):
    with_media(page, RED, GREEN, BLUE)
    async with desk() as d:
        await d.press("f3", "/", "down")
        media = d.session.media
        await d.until(lambda: media.findings.known == len(media.of(None)))
        await d.settle()
        done = paintings(d, monkeypatch)
        for _ in range(5):
            d.screen.post_message(news.FactsChanged(BLUE, asked=False))
            await d.settle()
        assert done == []


async def test_the_picture_behind_the_filter_follows_what_is_ticked(desk, page):
    with_media(page, RED, GREEN, BLUE)
    async with desk() as d:
        await d.press("f3", "l", "x", "home")
        red = picture_cells(d)
        await d.press("/", "down", "down", "space")
        assert d.preview.path == GREEN
        green = picture_cells(d)
        await d.press("space")
        assert d.preview.path == GREEN
        assert d.dialog
        assert green != red
        await d.press("enter", "home")
        assert picture_cells(d) == red


async def test_going_on_lays_nothing_out_anew(desk, page, monkeypatch):
    with_media(page, RED, GREEN, BLUE)
    async with desk() as d:
        await d.press("f3", "l", "l", "h", "h")
        laid = []
        plain = d.screen._refresh_layout
        monkeypatch.setattr(
            d.screen,
            "_refresh_layout",
            lambda *args, **more: laid.append(1) or plain(*args, **more),
        )
        for key in ("l", "l", "h", "h"):
            d.send(key)
            await d.pilot.pause()
            d.screen._on_timer_update()
        assert laid == []
        await d.settle()


async def test_one_press_tells_the_other_panes_once_it_rests(desk, page):
    with_media(page, RED, GREEN, BLUE)
    async with desk() as d:
        await d.press("f3")
        for key in ("l", "l"):
            d.send(key)
        await d.settle()
        assert "blue.png" in d.text(d.numbers)


def test_after_a_sweep_twins_are_told_without_comparing_each_with_all(tmp_path, monkeypatch):
    told = []
    names = [f"media/{number}.png" for number in range(4)]
    for name in names:
        (tmp_path / "media").mkdir(exist_ok=True)
        picture(tmp_path / name, (200, 40, 30))
    findings = Findings(
        tmp_path,
        tmp_path / "cache",
        told.append,
        group=lambda path: (path,),
        group_name=lambda path: path,
        platforms=lambda _path: ("instagram",),
        uses=lambda _path: (),
    )
    alike = Measures(1.0, 100.0, 0.0, 0.0, None, dhash=0b1011, phash=0b1101)
    other = Measures(1.0, 100.0, 0.0, 0.0, None, dhash=(1 << 60) - 1, phash=(1 << 61) - 1)
    findings._measures = dict(zip(names, (alike, alike, other, alike), strict=True))
    monkeypatch.setattr(findings, "_near", None)  # it would raise
    findings.want_all(names)
    done = set()
    while len(done) < 3:
        done = {
            path
            for path in names
            if (found := findings.get(path)) and any(one.id == "twin" for one in found.checks)
        }
        if findings._thread is not None:
            findings._thread.join(0.01)
    assert done == {names[0], names[1], names[3]}
    findings.stop()


class _Busy(Widget, can_focus=True):
    """Keeps what is typed into it, and is busy with the first key until it is let go on."""

    def __init__(self, name: str, go_on: asyncio.Event | None = None) -> None:
        super().__init__(name=name)
        self.typed = ""
        self.go_on = go_on

    async def on_key(self, event: events.Key) -> None:
        self.typed += event.key
        if self.go_on is not None:
            await self.go_on.wait()
            self.app.query(_Busy).last().focus()


class _Two(KeysInOrder, App[None]):
    def compose(self):
        self.go_on = asyncio.Event()
        yield _Busy("first", self.go_on)
        yield _Busy("second")


async def test_a_key_waits_for_the_one_before_it_however_long_that_takes(monkeypatch):
    monkeypatch.setattr(in_order, "PATIENCE", 0.001)
    app = _Two()
    async with app.run_test() as pilot:
        first, second = app.query(_Busy)
        first.focus()
        await pilot.pause()
        for key in "abc":
            app.post_message(events.Key(key, key))
            await asyncio.sleep(0.01)
        app.go_on.set()
        await pilot.pause()
        assert (first.typed, second.typed) == ("a", "bc")
