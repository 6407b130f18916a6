"""Commands of the preview: looking and deciding."""

from __future__ import annotations

from studio.app.commands.base import Command


class _Review(Command):
    """What the review commands have in common."""

    scope = "preview"
    group = "Review"


class Keep(_Review):
    """Keep this picture and go on."""

    id = "review.keep"
    title = "Keep"
    help = "Keeps this picture or clip and goes on to the next."
    key = "p,P"
    footer = "keep"


class Reject(_Review):
    """Reject this picture and go on."""

    id = "review.reject"
    title = "Reject"
    help = "Rejects this picture or clip and goes on; nothing is deleted."
    key = "x,X"
    footer = "reject"


class Unset(_Review):
    """Take the verdict off."""

    id = "review.unset"
    title = "Neither keep nor reject"
    help = "Takes keep or reject off this picture; its stars stay."
    key = "u,U"
    footer = "unset"


class Stars(_Review):
    """Give a number of stars; the common base of the six."""

    count = 0


class Stars0(Stars):
    """Take the stars off."""

    id = "review.stars-0"
    title = "No stars"
    help = "Takes the stars off this picture."
    key = "0"


class Stars1(Stars):
    """Give one star."""

    id = "review.stars-1"
    title = "One star"
    help = "Gives one star and goes on."
    key = "1"
    count = 1


class Stars2(Stars):
    """Give two stars."""

    id = "review.stars-2"
    title = "Two stars"
    help = "Gives two stars and goes on."
    key = "2"
    count = 2


class Stars3(Stars):
    """Give three stars."""

    id = "review.stars-3"
    title = "Three stars"
    help = "Gives three stars and goes on."
    key = "3"
    count = 3


class Stars4(Stars):
    """Give four stars."""

    id = "review.stars-4"
    title = "Four stars"
    help = "Gives four stars and goes on."
    key = "4"
    count = 4


class Stars5(Stars):
    """Give five stars."""

    id = "review.stars-5"
    title = "Five stars"
    help = "Gives five stars and goes on."
    key = "5"
    count = 5


class Next(_Review):
    """Look at the next one."""

    id = "review.next"
    title = "Next"
    help = "Shows the next picture or clip."
    key = "space,right,l"
    footer = "next"


class Previous(_Review):
    """Look at the one before."""

    id = "review.previous"
    title = "Previous"
    help = "Shows the picture or clip before."
    key = "left,h,backspace"


class First(_Review):
    """Look at the first one."""

    id = "review.first"
    title = "First"
    help = "Shows the first picture or clip."
    key = "home"


class Last(_Review):
    """Look at the last one."""

    id = "review.last"
    title = "Last"
    help = "Shows the last picture or clip."
    key = "end"


class CycleCells(_Review):
    """Draw with the next kind of cells."""

    id = "review.cells"
    title = "Draw with other cells"
    help = "Goes through half, quadrant, sextant and octant cells; keep what your font shows best."
    key = "v"


class AllMedia(_Review):
    """Look at all media of the project, or only the idea's."""

    id = "review.all"
    title = "Show all media, or only this idea's"
    help = "Changes between the pictures of the chosen idea and everything in the project."
    key = "a"
    footer = "all"


class Attach(_Review):
    """Put this picture into the chosen idea, or take it out."""

    id = "review.attach"
    title = "Into the idea, or out of it"
    help = "Adds this picture or clip to the chosen idea, last in its order, or takes it out again."
    key = "i"


class AutoAdvance(_Review):
    """Stay on a picture after a verdict, or go on."""

    id = "review.auto"
    title = "Go on after a verdict, or stay"
    help = "Turns the step to the next picture after a verdict on or off."
    key = "f8"
