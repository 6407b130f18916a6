"""Commands of review for clips."""

from __future__ import annotations

from studio.app.commands.base import Command


class _Clip(Command):
    """What the commands for clips have in common."""

    scope = "preview"
    group = "Clips"


class FrameOn(_Clip):
    """One frame on."""

    id = "clip.frame-on"
    title = "One frame on"
    help = "Pauses the clip and shows its next frame."
    key = "."


class FrameBack(_Clip):
    """One frame back."""

    id = "clip.frame-back"
    title = "One frame back"
    help = "Pauses the clip and shows the frame before."
    key = "comma"


class MarkIn(_Clip):
    """The stretch begins here."""

    id = "clip.in"
    title = "Begin the stretch here"
    help = "Marks where the used stretch of the clip begins; again at the same place: no mark."
    key = "["


class MarkOut(_Clip):
    """The stretch ends here."""

    id = "clip.out"
    title = "End the stretch here"
    help = "Marks where the used stretch of the clip ends; again at the same place: no mark."
    key = "]"


class Loop(_Clip):
    """Round and round, or once."""

    id = "clip.loop"
    title = "Loop, or play once"
    help = "Plays the clip, or the stretch between its marks, round and round."
    key = "\\"


class PosterFrame(_Clip):
    """This frame stands for the clip."""

    id = "clip.poster"
    title = "This frame stands for the clip"
    help = "Makes the frame that is shown the clip's picture here; again: the one Studio chose."
    key = "b"


class Frames(_Clip):
    """Eight frames of the clip beside each other."""

    id = "clip.frames"
    title = "Eight frames of the clip"
    help = "Shows eight frames from the beginning to the end, or the filmstrip again."
    key = "F"


class WithSound(_Clip):
    """Hand the clip over to mpv, with sound."""

    id = "clip.sound"
    title = "Play with sound, in mpv"
    help = "Opens the clip in mpv where that is installed, at the place shown here."
    key = "M"
