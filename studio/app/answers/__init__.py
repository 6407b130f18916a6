"""The answers on the screen: when, what, who, and the posts behind them, as rows of the numbers."""
