"""Ideas: one Markdown file each, and the board they lie on."""
