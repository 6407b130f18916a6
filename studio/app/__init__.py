"""The screen: Textual and nothing else."""
