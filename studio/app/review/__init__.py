"""Review: what lies on the light table, how it is looked at, and what is decided about it."""
