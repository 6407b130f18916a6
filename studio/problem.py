"""A problem told so that it can be mended: the file, the rule, the mend."""

from __future__ import annotations

from studio.text import display


class Problem(Exception):
    """Something is wrong with one thing outside the program, and this is how to mend it.

    Args:
        where: the file or word it is about, as the human named it (made safe when shown).
        what: what is wrong, without a final full stop.
        mend: what to do about it, an imperative sentence without its full stop.
    """

    def __init__(self, where: str, what: str, mend: str) -> None:
        super().__init__(where, what, mend)
        self.where = where
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        return f"{display(self.where)}: {display(self.what)}. {display(self.mend)}."
