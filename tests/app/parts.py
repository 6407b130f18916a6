"""What the parts of the commands share: one for every command, by its id, and small helpers.

A part takes the desk and `do`, which gives the command by its key or from the palette. It says what
a user would notice, and leaves the desk as it found it.
"""

from __future__ import annotations

import difflib

from textual.content import Content

from studio.media.review import load_verdict

PARTS = {}
LEAVING = {}


def part(command_id):
    """Name the command that a function tries out."""

    def keep(function):
        assert command_id not in PARTS
        PARTS[command_id] = function
        return function

    return keep


def leaving(command_id):
    """The same for a command that ends the app."""

    def keep(function):
        LEAVING[command_id] = function
        return function

    return keep


async def go(d, scope):
    """Go to the pane in which a command's key works."""
    d.app.clear_notifications()  # they lie over the corner
    await d.press({"preview": "f3", "caption": "f4", "numbers": "f5"}.get(scope, "f2"))


def changed(before, after):
    """The lines that went and those that came."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[:3] not in {"---", "+++"} and line[0] in "+-"]


def verdict_words(d):
    """What stands under the picture: stars, verdict, name."""
    return d.text(d.preview.query_one("#status")).strip()


def title(d):
    """What stands in the upper edge of the preview."""
    return Content.from_markup(d.preview.border_title).plain


def verdict(d, path):
    """What a file's sidecar on the disk says."""
    return load_verdict(d.session.project.store, path)


def sidecars(d):
    """The sidecars there are."""
    return sorted(path.name for path in (d.root / "media").rglob("*.xmp"))


def picture_cells(d, widget=None):
    """The colours of the cells of a widget, the large picture if none is named."""
    region = (widget or d.preview.picture).region
    return [row[region.x : region.right] for row in d.cells()[region.y : region.bottom]]


def line_words(d):
    """What stands in the line of a clip; nothing while no clip has the picture."""
    line = d.preview.query_one_optional("#timeline")
    return d.text(line) if line is not None and line.display and line.region.height else ""


async def line_says(d, *words, without=""):
    """Wait until the line of a clip says these words, and not those."""

    def said():
        line = line_words(d)
        return all(word in line for word in words) and not (without and without in line)

    await d.until(said)
    await d.settle()


async def at_frame(d, number):
    """Wait until the clip shows this frame, counted from 1."""
    await line_says(d, f"frame {number}/")


def files(root):
    """Every file of the project that is the user's, with its bytes."""
    found = (path for path in root.rglob("*") if path.is_file())
    return {
        name: path.read_bytes()
        for path in found
        if not (name := path.relative_to(root).as_posix()).startswith(".")
    }
