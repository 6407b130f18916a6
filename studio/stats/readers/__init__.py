"""One reader per export format; each recognises its file by content."""
