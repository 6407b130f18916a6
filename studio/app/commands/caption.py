"""Commands of the caption. None of them writes a word."""

from __future__ import annotations

from studio.app.commands.base import Command


class _Caption(Command):
    """What the caption commands have in common."""

    scope = "caption"
    group = "Caption"


class SaveCaption(_Caption):
    """Save now."""

    id = "caption.save"
    title = "Save the caption now"
    help = "Saves at once; it is saved by itself a second after the last key."
    key = "ctrl+s"


class CopyCaption(_Caption):
    """Copy the caption."""

    id = "caption.copy"
    title = "Copy the caption"
    help = "Copies exactly the bytes of the file, and says how sure it is that they arrived."
    key = "f9"
    footer = "copy"


class NextVersion(_Caption):
    """Look at the next platform's version."""

    id = "caption.version"
    title = "Measure for the next platform"
    help = "Goes through the platforms; a platform with a version of its own shows that."
    key = "f10"
    footer = "platform"


class OwnVersion(_Caption):
    """Give this platform a version of its own."""

    id = "caption.own"
    title = "Give this platform its own version, or drop it"
    help = "Starts a version from the base text for the platform shown, or moves it to the trash."
    key = "f11"


class LeaveCaption(_Caption):
    """Go back to the board."""

    id = "caption.leave"
    title = "Back to the ideas"
    help = "Leaves the caption; what was typed is saved."
    key = "escape"
