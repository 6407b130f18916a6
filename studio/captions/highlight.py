"""Where a line of a caption wants colour while it is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.captions.tokens import tokens

if TYPE_CHECKING:
    from studio.captions.tokens import Kind
    from studio.platforms.rules import Rules


def spans(text_line: str, rules: Rules | str) -> list[tuple[int, int, Kind]]:
    """Return the hashtags, mentions and links of one line.

    No token crosses a line end, so a line alone gives what the whole caption would.

    Args:
        text_line: one line, without its line feed.
        rules: the platform's, or its key for those Studio brings.

    Returns:
        (start, end, kind) in code points, in order, never overlapping.
    """
    return [(token.start, token.end, token.kind) for token in tokens(text_line, rules)]
