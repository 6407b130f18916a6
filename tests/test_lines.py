from __future__ import annotations

from rich.cells import cell_len

from studio.lines import fit, wrapped


def test_long_and_wide_words_are_broken_not_lost():
    text = "plain " + "x" * 30 + " 日本語の長い文 " + "終" * 15
    lines = wrapped(text, 20, "  ")
    assert max(cell_len(line) for line in lines) <= 20
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert fit("日本語の長い文", 8) == "日本語…"
