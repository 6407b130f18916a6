"""Claude, and servers like it: ideas, briefs, looking at pictures, questions about the numbers.

Still to be built; its walls stand already (`[tool.importlinter]` in pyproject.toml). It takes data
and returns data: it knows neither captions nor the project folder, and only `studio.app.assisting`
may import it. No request it makes, no schema and no tool has a caption in it.
"""
