"""Commands of the board."""

from __future__ import annotations

from studio.app.commands.base import Command


class NewIdea(Command):
    """Write down a new idea."""

    id = "board.new"
    title = "New idea…"
    help = "Writes down an idea in the stage where the cursor is."
    key = "n"
    scope = "board"
    group = "Ideas"
    footer = "new"


class RenameIdea(Command):
    """Edit the title."""

    id = "board.rename"
    title = "Edit the title…"
    help = "Changes the title of the chosen idea; its file keeps its name."
    key = "r"
    scope = "board"
    group = "Ideas"


class EditIdea(Command):
    """Edit everything about the idea."""

    id = "board.edit"
    title = "Edit the idea and its notes…"
    help = "Opens title, notes, pillar, format, platforms, tags and planned time in one form."
    key = "o"
    scope = "board"
    group = "Ideas"
    footer = "notes"


class TagIdea(Command):
    """Edit the tags."""

    id = "board.tag"
    title = "Edit the tags…"
    help = "Changes the tags of the chosen idea, separated by commas or spaces."
    key = "t"
    scope = "board"
    group = "Ideas"


class StageForward(Command):
    """Move the idea to the next stage."""

    id = "board.forward"
    title = "Move to the next stage"
    help = "Moves the chosen idea one stage on: idea, making, ready, scheduled, posted."
    key = "greater_than_sign,shift+right,m"
    scope = "board"
    group = "Ideas"
    footer = "move on"


class StageBack(Command):
    """Move the idea to the stage before."""

    id = "board.back"
    title = "Move to the stage before"
    help = "Moves the chosen idea one stage back."
    key = "less_than_sign,shift+left"
    scope = "board"
    group = "Ideas"


class MoveUp(Command):
    """Move the idea up in its stage."""

    id = "board.up"
    title = "Move up"
    help = "Moves the chosen idea up in its stage."
    key = "K,shift+up"
    scope = "board"
    group = "Ideas"


class MoveDown(Command):
    """Move the idea down in its stage."""

    id = "board.down"
    title = "Move down"
    help = "Moves the chosen idea down in its stage."
    key = "J,shift+down"
    scope = "board"
    group = "Ideas"


class FilterIdeas(Command):
    """Filter the board as you type."""

    id = "board.filter"
    title = "Filter the ideas"
    help = "Shows the ideas that hold every word typed; #tag, stage:ready, pillar:home narrow it."
    key = "/"
    scope = "board"
    group = "Ideas"
    footer = "filter"


class LogNumbers(Command):
    """Type the numbers of the idea's post."""

    id = "board.log"
    title = "Log this post's numbers…"
    help = "Types views, likes, comments, saves, shares and follows in one line, and keeps them."
    key = "L"
    scope = "board"
    group = "Ideas"


class TrashIdea(Command):
    """Put the idea into the project's trash."""

    id = "board.trash"
    title = "Put into the trash"
    help = "Moves the idea and its caption to the project's trash; Undo brings them back."
    key = "delete,d"
    scope = "board"
    group = "Ideas"
