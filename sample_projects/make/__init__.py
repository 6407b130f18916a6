"""Draws and writes the two sample projects. `python -m sample_projects.make` remakes everything."""
