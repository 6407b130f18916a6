"""The three answers of a project, gathered from its rooms and told as text, JSON or one page."""
