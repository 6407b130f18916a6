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


class CompareVersions(_Caption):
    """Show the base text and the platform's own version side by side."""

    id = "caption.compare"
    title = "Compare with the base text"
    help = "Shows the base text and the platform's own version side by side."
    key = "shift+f11"


class FirstComment(_Caption):
    """Write the first comment instead of the caption, or the other way round."""

    id = "caption.comment"
    title = "The first comment, or the caption again"
    help = "The text for the first comment under the post is kept beside the caption."
    key = "ctrl+n"


class AltTexts(_Caption):
    """Describe the idea's pictures for those who cannot see them."""

    id = "caption.alt"
    title = "Describe the pictures (alt text)"
    help = "A text for each picture of the idea, kept in its sidecar. Nothing is suggested."
    key = "ctrl+l"


class AltTextsOfPictures(Command):
    """The same from among the pictures."""

    id = "preview.alt"
    scope = "preview"
    group = "Caption"
    title = "Describe the pictures (alt text)"
    help = "A text for each picture of the idea, kept in its sidecar. Nothing is suggested."
    key = "A"


class LeaveCaption(_Caption):
    """Go back to the board."""

    id = "caption.leave"
    title = "Back to the ideas"
    help = "Leaves the caption; what was typed is saved."
    key = "escape"
