"""What a caption is made of and what it measures. Nothing here writes one."""
