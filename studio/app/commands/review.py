"""Commands of review that decide: verdicts, notes, what goes where."""

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
    help = "Keeps this picture or clip, or all that are marked, and goes on to the next."
    key = "p"
    footer = "keep"


class KeepAlone(_Review):
    """Keep this picture and reject the rest of its group."""

    id = "review.keep-alone"
    title = "Keep this, reject the rest of its group"
    help = "Keeps this take and rejects the other takes of the same brief, prompt or series."
    key = "P"


class Reject(_Review):
    """Reject this picture and go on."""

    id = "review.reject"
    title = "Reject"
    help = "Rejects this picture or clip, or all that are marked; nothing is deleted."
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


class Label(_Review):
    """Give a colour label, or take it off again; the common base of the four."""

    number = 0


class LabelRed(Label):
    """Label it red."""

    id = "review.label-red"
    title = "Red label"
    help = "Gives the red label, or takes it off again. What it means is yours to say."
    key = "6"


class LabelYellow(Label):
    """Label it yellow."""

    id = "review.label-yellow"
    title = "Yellow label"
    help = "Gives the yellow label, or takes it off again."
    key = "7"
    number = 1


class LabelGreen(Label):
    """Label it green."""

    id = "review.label-green"
    title = "Green label"
    help = "Gives the green label, or takes it off again."
    key = "8"
    number = 2


class LabelBlue(Label):
    """Label it blue."""

    id = "review.label-blue"
    title = "Blue label"
    help = "Gives the blue label, or takes it off again."
    key = "9"
    number = 3


class Note(_Review):
    """Write a note on the point that is shown."""

    id = "review.note"
    title = "Write a note on this"
    help = (
        "Pins a note to the point of the picture that shift and the arrows chose, or to the "
        "marked stretch or the moment of a clip; without a point it is a note on the whole."
    )
    key = "w"


class Mark(_Review):
    """Mark this one, for a key that then does something to all that are marked."""

    id = "review.mark"
    title = "Mark, or unmark"
    help = "Marks this one. A verdict, a label or I then goes to all that are marked at once."
    key = "s"


class MarkAll(_Review):
    """Mark all that are shown."""

    id = "review.mark-all"
    title = "Mark all shown, or none"
    help = "Marks everything in view of the filter; again, and nothing is marked."
    key = "S"


class Attach(_Review):
    """Put this picture into the chosen idea, or take it out."""

    id = "review.attach"
    title = "Into the idea, or out of it"
    help = (
        "Adds this picture or clip, or all that are marked, to the chosen idea, last in its "
        "order, or takes it out again."
    )
    key = "i"
    footer = "into idea"


class Earlier(_Review):
    """Move this one earlier in the idea's order."""

    id = "review.earlier"
    title = "Earlier in the idea's order"
    help = "Moves this one a place to the front of the idea's carousel or reel."
    key = "<"


class Later(_Review):
    """Move this one later in the idea's order."""

    id = "review.later"
    title = "Later in the idea's order"
    help = "Moves this one a place to the end of the idea's carousel or reel."
    key = ">"


class AutoAdvance(_Review):
    """Stay on a picture after a verdict, or go on."""

    id = "review.auto"
    title = "Go on after a verdict, or stay"
    help = "Turns the step to the next picture after a verdict on or off."
    key = "f8"


class ClearRejected(_Review):
    """Put the rejected into the project's trash, after showing which."""

    id = "review.clear"
    title = "Clear the rejected"
    help = "Lists what is rejected and moves it to the project's trash; undo brings it back."
    key = "delete"


class Checks(_Review):
    """Go to the checks of this picture and tick them."""

    id = "review.checks"
    title = "Its checks, and your own ticks"
    help = "Goes to the list beside the picture: what is in the file, the checks, your ticks."
    key = "t"
