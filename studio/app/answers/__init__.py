"""The answers on the screen: when, what, who, and the posts behind them, as rows of the numbers."""

WIDEST = 104
"""Cells of a row; further apart, a name and its figure are no longer one line."""
