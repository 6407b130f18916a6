"""The folder: the only code that writes into a project, and the one reader of its text files."""
