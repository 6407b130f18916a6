"""The report as files: the page, and its charts beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.report.answers import Answers


def report_files(
    answers: Answers, stem: str, charts: str | None
) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """Return the page, and the charts as (name beside the page, content).

    Args:
        answers: what the page says.
        stem: of the page's file name; the charts lie in a folder of that name.
        charts: "svg" or "png"; None draws them with characters on the page itself.
    """
    from studio.report.page import page

    if charts is None:
        return page(answers).encode(), ()
    from studio.report.figures import chart_files

    made = chart_files(answers, kind=charts)
    named = tuple((f"{stem}/{name}", data) for name, data in made)
    return page(answers, charts=stem, kind=charts).encode(), named
