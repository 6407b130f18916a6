"""Commands that work anywhere."""

from __future__ import annotations

from studio.app.commands.base import Command


class Help(Command):
    """Show every key."""

    id = "studio.help"
    title = "Show every key"
    help = "Lists every command with its key, as your key file has them."
    key = "f1,?"
    group = "Studio"
    footer = "keys"


class FocusBoard(Command):
    """Go to the ideas."""

    id = "pane.ideas"
    title = "Go to the ideas"
    help = "Puts the focus on the board."
    key = "f2"
    group = "Panes"


class FocusPreview(Command):
    """Go to the preview."""

    id = "pane.preview"
    title = "Go to the preview"
    help = "Puts the focus on the pictures, where P keeps and X rejects."
    key = "f3"
    group = "Panes"


class FocusCaption(Command):
    """Go to the caption."""

    id = "pane.caption"
    title = "Write the caption"
    help = "Puts the cursor into the caption of the chosen idea."
    key = "f4,e"
    group = "Panes"
    footer = "write"


class FocusNumbers(Command):
    """Go to the numbers."""

    id = "pane.numbers"
    title = "Go to the numbers"
    help = "Puts the focus on the figures; Enter shows the posts behind one."
    key = "f5"
    group = "Panes"


class Fill(Command):
    """Let the pane fill the screen, or come back."""

    id = "pane.fill"
    title = "Fill the screen with this pane, or come back"
    help = "Gives the whole screen to the pane with the focus; the same key brings the others back."
    key = "f6"
    group = "Panes"
    footer = "fill"


class Undo(Command):
    """Take back the last change."""

    id = "studio.undo"
    title = "Undo"
    help = "Takes back the last change to ideas or verdicts, without limit, also after a restart."
    key = "ctrl+z"
    group = "Studio"


class Redo(Command):
    """Do again what was taken back."""

    id = "studio.redo"
    title = "Redo"
    help = "Does again what Undo took back."
    key = "ctrl+y"
    group = "Studio"


class Import(Command):
    """Take in exports of the platforms."""

    id = "studio.import"
    title = "Import numbers from an export…"
    help = "Reads files that Instagram or TikTok gave you, and says what is in them before storing."
    key = "f7"
    group = "Studio"
    footer = "import"


class ChooseTheme(Command):
    """Choose another theme."""

    id = "studio.theme"
    title = "Choose a theme…"
    help = "Lists the themes, your own among them, and shows each while you choose."
    key = "f12"
    group = "Studio"


class OpenProject(Command):
    """Open another project."""

    id = "studio.open"
    title = "Open another project…"
    help = "Goes to the list of recent projects and samples."
    group = "Studio"


class Quit(Command):
    """Save everything and leave."""

    id = "studio.quit"
    title = "Quit"
    help = "Saves what is unsaved and leaves."
    key = "ctrl+q"
    group = "Studio"
    footer = "quit"
    priority = True
