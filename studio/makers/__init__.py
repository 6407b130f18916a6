"""Image generators behind one small interface: one brief, one request, one file.

Still to be built; its walls stand already (`[tool.importlinter]` in pyproject.toml). It takes data
and returns data and never reaches the project folder.
"""
