"""Pictures, clips and music: what they are, and what the human decided about them."""
