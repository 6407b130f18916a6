"""What the platforms say about the posts, and what can honestly be told from it."""
