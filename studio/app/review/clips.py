"""The keys of clips: playing, stepping, marking, and the moment that stands for a clip."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from studio.app.commands import clip as commands
from studio.app.review import STYLES
from studio.app.review.judging import Judging
from studio.text import display, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.app.review.playing import Playing
    from studio.app.widgets.timeline import Timeline
    from studio.media.verdict import Verdict

_JUMP = 1.0  # seconds, up and down
_SAME = 0.02  # seconds: a mark set again here is taken off


class Clips(Judging):
    """The faces with the keys for clips."""

    class Played(Message):
        """There is a newer frame than the one on the screen, or the clip's state changed."""

        bubble = False

    _playing: Playing | None = None
    _loop = True

    @property
    def playing(self) -> Playing | None:
        """The clip that has the picture, playing or paused."""
        return self._playing

    # beginning and ending

    def play_or_pause(self) -> None:
        """Play the clip that is looked at, or hold it."""
        if not self.is_clip or self.path is None:
            return
        if self._playing is None:
            self._begin_playing()
        else:
            self._playing.toggle()

    def _begin_playing(self, *, paused: bool = False) -> Playing | None:
        from studio.app.review.playing import Playing

        path = self.path
        if path is None or self.bench.pictures is None:
            return None
        size = self.picture.size

        def ready() -> None:
            if self.is_attached:
                self.post_message(self.Played())

        playing = self._playing = Playing(
            self._session.project.root / path,
            size.width,
            size.height,
            self.bench.look,
            ready,
            self.bench.pictures.ids,
        )
        self.one.playing = True
        line = self._line()
        line.display = True
        if line.is_mounted:
            line.show(0.0, None, False)  # not where the clip before was
        span = self.bench.media.verdict(path).span
        if span is not None:
            playing.set_span(*span)
        playing.set_loop(self._loop)
        if not paused:
            playing.toggle()
        self.call_after_refresh(self._fit_clip)  # the line has taken some of the room
        return playing

    def stop_playing(self) -> bool:
        """Give the picture back to the poster; tell whether a clip had it."""
        playing, self._playing = self._playing, None
        if playing is None:
            return False
        playing.close()
        self.one.playing = False
        self._line().display = False
        self.draw()
        self.call_after_refresh(self.draw)  # there is more room for the picture again
        return True

    def looked_at(self) -> None:
        """Another file is looked at: the clip ends."""
        self.stop_playing()

    def on_unmount(self) -> None:
        """A clip ends with the pane."""
        if self._playing is not None:
            self._playing.close()

    def _line(self) -> Timeline:
        from studio.app.widgets.timeline import Timeline

        found = self.query_one_optional("#timeline", Timeline)
        if found is None:
            self.app.use_styles(STYLES)  # type: ignore[attr-defined]
            found = Timeline(id="timeline")
            self.mount(found, before="#status")
        return found

    @on(Played)
    def _played(self) -> None:
        playing = self._playing
        if playing is None:
            return
        frame = playing.take()
        state = playing.state
        if state is not None and state.problem is not None:
            self.stop_playing()
            self.notify(display(str(state.problem)), severity="error", timeout=10, markup=False)
            return
        if frame is not None:
            self.picture.show(frame, then=playing.shown)
        self._say_time()

    def _say_time(self) -> None:
        playing, path = self._playing, self.path
        if playing is None or path is None or playing.film is None:
            return
        verdict = self.bench.media.verdict(path)
        line = self._line()
        if not line.is_mounted:
            return
        line.show(
            playing.seconds,
            playing.film.seconds or 0.0,
            playing.running,
            span=verdict.span,
            pins=[pin for pin in verdict.pins if pin.start is not None],
            loop=self._loop,
            fps=playing.film.fps,
        )

    # within the clip

    def _held(self) -> Playing | None:
        """Return the clip that is looked at, opened and held if it is not open yet."""
        if not self.is_clip:
            return None
        return self._playing or self._begin_playing(paused=True)

    @on(commands.FrameOn)
    def _frame_on(self) -> None:
        if (playing := self._held()) is not None:
            playing.step(1)

    @on(commands.FrameBack)
    def _frame_back(self) -> None:
        if (playing := self._held()) is not None:
            playing.step(-1)

    def up_or_down(self, down: int) -> None:
        """Go a second on or back in a clip."""
        if (playing := self._held()) is not None:
            playing.jump(-_JUMP * down)

    def on_timeline_seeked(self, event: Timeline.Seeked) -> None:
        """A click on the line goes there."""
        event.stop()
        if self._playing is not None:
            self._playing.seek(event.seconds)

    @on(commands.Loop)
    def _toggle_loop(self) -> None:
        self._loop = not self._loop
        if self._playing is not None:
            self._playing.set_loop(self._loop)
        self.notify("Round and round." if self._loop else "Once.", timeout=2, markup=False)
        self._say_time()

    # marks

    @on(commands.MarkIn)
    def _mark_in(self) -> None:
        self._mark_end(0)

    @on(commands.MarkOut)
    def _mark_out(self) -> None:
        self._mark_end(1)

    def _mark_end(self, end: int) -> None:
        playing, path = self._playing, self.path
        if playing is None or playing.film is None or path is None:
            self.notify("Play the clip first (Enter): the mark goes where it is.", timeout=3)
            return
        marks = list(self.bench.media.verdict(path).span or (None, None))
        here = round(playing.seconds, 3)
        before = marks[end]
        marks[end] = None if before is not None and abs(before - here) <= _SAME else here
        start, stop = marks
        if start is not None and stop is not None and start >= stop:
            marks[1 - end] = None
        span = (marks[0], marks[1]) if any(mark is not None for mark in marks) else None
        playing.set_span(*(span or (None, None)))
        self._change(path, "Mark", lambda verdict: replace(verdict, span=span))
        self._say_time()

    @on(commands.PosterFrame)
    def _poster(self) -> None:
        playing, path = self._playing, self.path
        if playing is None or playing.film is None or path is None:
            self.notify("Play the clip first (Enter): its frame is taken.", timeout=3)
            return
        before = self.bench.media.verdict(path).poster
        here = round(playing.seconds, 3)
        same = before is not None and abs(before - here) <= _SAME
        poster = None if same else here
        self._change(path, "Picture of", lambda verdict: replace(verdict, poster=poster))
        words = "Studio chooses its picture again." if same else "This frame stands for the clip."
        self.notify(words, timeout=3, markup=False)

    def _change(self, path: str, label: str, change: Callable[[Verdict], Verdict]) -> None:
        self._session.judge({path: change}, f"{label} {path.rpartition('/')[2]}")

    def note_place(
        self,
    ) -> tuple[tuple[float, float] | None, tuple[float | None, float | None] | None]:
        """Return the point of the picture and the stretch of the clip that a note is about."""
        point, _ = super().note_place()
        playing, path = self._playing, self.path
        if playing is None or path is None:
            return point, None
        if playing.running:
            playing.hold()
        span = self.bench.media.verdict(path).span
        here = round(playing.seconds, 3)
        return point, span if span is not None else (here, None)

    # other ways to see it

    @on(commands.Frames)
    def _frames(self) -> None:
        if not self.is_clip or self.path is None:
            return
        from studio.app.screens.frames import FramesScreen

        def chosen(seconds: float | None) -> None:
            playing = self._held() if seconds is not None else None
            if playing is not None and seconds is not None:
                playing.seek(seconds)

        self.app.push_screen(FramesScreen(self._session.project, self.path, self.bench), chosen)

    @on(commands.WithSound)
    def _with_sound(self) -> None:
        path = self.path
        if not self.is_clip or path is None:
            return
        from studio.media.filmframes import mpv_command

        start = self._playing.seconds if self._playing is not None else None
        full = self._session.project.root / path
        command = mpv_command(full, start=start, environ=os.environ)
        if command is None:
            self.notify(
                "mpv is not installed; with it this key plays the clip with sound.",
                severity="warning",
                timeout=5,
                markup=False,
            )
            return
        if self._playing is not None:
            self._playing.hold()
        self.play_outside(command, one_line(path.rpartition("/")[2]))

    def play_outside(self, command: list[str], name: str) -> None:
        """Start a player in a window of its own; this program goes on."""
        from subprocess import DEVNULL, Popen

        try:
            Popen(command, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True)
        except OSError as error:
            words = f"the player does not start: {error.strerror}"
            self.notify(words, severity="error", markup=False)
        else:
            player = Path(command[0]).stem
            self.notify(f"{name} plays in {player}.", timeout=3, markup=False)

    def on_resize(self, event) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        """A clip is drawn for the room there is."""
        super().on_resize(event)
        self.call_after_refresh(self._fit_clip)

    def _fit_clip(self) -> None:
        if self._playing is not None:
            size = self.picture.size
            self._playing.resize(size.width, size.height, self.bench.look)
