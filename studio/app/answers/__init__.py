"""The answers on the screen: when, what, who, and the posts behind them, as rows of the numbers."""

WIDEST = 104
"""Cells of a chart and of a line of words."""
ACROSS = 76
"""Cells of a name and its figure; further apart they are no longer one line."""
