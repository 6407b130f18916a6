"""Commands of review that look: which picture, how large, what lies over it."""

from __future__ import annotations

from studio.app.commands.base import Command


class _Looking(Command):
    """What the commands of looking have in common."""

    scope = "preview"
    group = "Looking"


class Next(_Looking):
    """Look at the next one."""

    id = "review.next"
    title = "Next"
    help = "Shows the next picture or clip."
    key = "space,l"
    footer = "next"


class Previous(_Looking):
    """Look at the one before."""

    id = "review.previous"
    title = "Previous"
    help = "Shows the picture or clip before."
    key = "backspace,h"


class Right(_Looking):
    """Go right."""

    id = "review.right"
    title = "Right"
    help = "The next one; goes right over a picture in real pixels, and in the grid."
    key = "right"


class Left(_Looking):
    """Go left."""

    id = "review.left"
    title = "Left"
    help = "The one before; goes left over a picture in real pixels, and in the grid."
    key = "left"


class Up(_Looking):
    """Go up."""

    id = "review.up"
    title = "Up"
    help = "Up in the grid and over real pixels; of two compared, the left; of a clip, a second on."
    key = "up,k"


class Down(_Looking):
    """Go down."""

    id = "review.down"
    title = "Down"
    help = (
        "Down in the grid and over real pixels; of two compared, the right; of a clip, a second "
        "back."
    )
    key = "down,j"


class PageUp(_Looking):
    """Go up a page of the grid."""

    id = "review.page-up"
    title = "A page up"
    help = "Goes a page up in the grid."
    key = "pageup"


class PageDown(_Looking):
    """Go down a page of the grid."""

    id = "review.page-down"
    title = "A page down"
    help = "Goes a page down in the grid."
    key = "pagedown"


class First(_Looking):
    """Look at the first one."""

    id = "review.first"
    title = "First"
    help = "Shows the first picture or clip."
    key = "home"


class Last(_Looking):
    """Look at the last one."""

    id = "review.last"
    title = "Last"
    help = "Shows the last picture or clip."
    key = "end"


class Zoom(_Looking):
    """Real pixels, or the whole picture again."""

    id = "review.zoom"
    title = "Real pixels, or the whole picture"
    help = "Shows the point in real pixels; the arrows go over the picture. Again: all of it."
    key = "z,Z"
    footer = "pixels"


class Fill(_Looking):
    """Fill the pane, or show all of the picture."""

    id = "review.fill"
    title = "Fill the pane, or fit into it"
    help = "Fills the pane and cuts what does not fit, or shows all of the picture."
    key = "f"


class ZoomIn(_Looking):
    """Larger."""

    id = "review.larger"
    title = "Larger"
    help = "Doubles the size of the real pixels; in the grid, larger pictures."
    key = "+,="


class ZoomOut(_Looking):
    """Smaller."""

    id = "review.smaller"
    title = "Smaller"
    help = "Halves the size of the real pixels; in the grid, smaller pictures."
    key = "-"


class PointRight(_Looking):
    """Move the point right."""

    id = "review.point-right"
    title = "Move the point right"
    help = "Moves the point that the loupe shows and a note is pinned to."
    key = "shift+right"


class PointLeft(_Looking):
    """Move the point left."""

    id = "review.point-left"
    title = "Move the point left"
    help = "Moves the point that the loupe shows and a note is pinned to."
    key = "shift+left"


class PointUp(_Looking):
    """Move the point up."""

    id = "review.point-up"
    title = "Move the point up"
    help = "Moves the point that the loupe shows and a note is pinned to."
    key = "shift+up"


class PointDown(_Looking):
    """Move the point down."""

    id = "review.point-down"
    title = "Move the point down"
    help = "Moves the point that the loupe shows and a note is pinned to."
    key = "shift+down"


class Loupe(_Looking):
    """Hold a loupe over the point, or put it away."""

    id = "review.loupe"
    title = "Loupe on the point"
    help = "Shows the surroundings of the point in real pixels, beside the whole picture."
    key = "d,D"


class Overlay(_Looking):
    """Lay the next frame over the picture."""

    id = "review.overlay"
    title = "Safe zones, crops, thirds: the next"
    help = "Lays over the picture what each platform covers, the crops, or lines of thirds."
    key = "o"


class NoOverlay(_Looking):
    """Take the frame off the picture."""

    id = "review.no-overlay"
    title = "No lines over the picture"
    help = "Takes safe zones, crops and lines off the picture."
    key = "O"


class Grid(_Looking):
    """All of them small, or one of them large."""

    id = "review.grid"
    title = "Grid, or one picture"
    help = "Shows many small pictures, or the one under the cursor large."
    key = "g,G"
    footer = "grid"


class Compare(_Looking):
    """Two beside each other."""

    id = "review.compare"
    title = "Compare two"
    help = "Shows two beside each other, zoomed and moved together; up and down choose which."
    key = "c,C"


class Survey(_Looking):
    """Several beside each other."""

    id = "review.survey"
    title = "Survey several"
    help = "Shows the marked ones, or the group of this one, beside each other: 3 to 9."
    key = "n,N"


class Open(_Looking):
    """Open what is under the cursor: large, or playing."""

    id = "review.open"
    title = "Large; play or pause a clip"
    help = "From the grid and from several, shows this one large; plays or pauses a clip."
    key = "enter"


class Back(_Looking):
    """Out of what was opened last."""

    id = "review.back"
    title = "Back"
    help = "Out of a clip, the loupe, the zoom, the grid, the comparison; then, the filter off."
    key = "escape"


class Filter(_Looking):
    """Show only some."""

    id = "review.filter"
    title = "Filter"
    help = "Shows only some of the media: by verdict, stars, label, idea, maker, what is wrong."
    key = "/"
    footer = "filter"


class AllMedia(_Looking):
    """Look at all media of the project, or only the idea's."""

    id = "review.all"
    title = "Show all media, or only this idea's"
    help = "Changes between the pictures of the chosen idea and everything in the project."
    key = "a"
    footer = "all"


class CycleCells(_Looking):
    """Draw in the next way."""

    id = "review.cells"
    title = "Draw in another way"
    help = (
        "Goes through the pixels your terminal can show, if any, and half, quadrant, sextant and "
        "octant cells; keep what looks best. A setting fixes it."
    )
    key = "v"
