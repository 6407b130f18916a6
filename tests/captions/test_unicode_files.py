"""Unicode's own test files, every line: where a cursor may stop."""

from __future__ import annotations

import pytest

from studio.captions.graphemes import graphemes, next_boundary, previous_boundary
from tests.captions.unicode_files import break_lines, emoji_lines


def test_all_lines_are_there():
    assert len(break_lines()) > 700
    assert len(emoji_lines()) > 5000


@pytest.mark.parametrize("which", [break_lines, emoji_lines])
def test_every_line_breaks_where_unicode_says(which):
    for clusters in which():
        text = "".join(clusters)
        assert tuple(graphemes(text)) == clusters, ascii(text)
        place = 0
        for cluster in clusters:
            assert next_boundary(text, place) == place + len(cluster), ascii(text)
            place += len(cluster)
            assert previous_boundary(text, place) == place - len(cluster), ascii(text)
