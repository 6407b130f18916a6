"""A picture or a clip as terminal cells."""
