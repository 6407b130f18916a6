"""The posts as a pandas table, for notebooks and spreadsheets. pandas is loaded only here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.stats.post import FIGURES

if TYPE_CHECKING:
    import pandas as pd

    from studio.stats.table import Posts


def frame(posts: Posts) -> pd.DataFrame:
    """Return one row a post, oldest first, with nullable columns; missing figures are <NA>.

    Columns: platform, post_id, posted_at and uploaded_at (datetime64, UTC), hour_known (boolean),
    format, caption, permalink, seconds (Float64), the figures (Int64), account, source, line
    (Int64), exported (datetime64), partial, private and paid (boolean); the other columns are
    strings.
    """
    import pandas

    rows = posts.posts
    text = ("platform", "post_id", "format", "caption", "permalink", "account", "source")
    columns: dict[str, object] = {
        name: pandas.array([getattr(post, name) for post in rows], dtype="string") for name in text
    }
    for name in ("posted_at", "uploaded_at"):
        columns[name] = pandas.to_datetime(
            pandas.Series([getattr(post, name) for post in rows], dtype="object"), utc=True
        )
    columns["exported"] = pandas.to_datetime(
        pandas.Series([post.exported for post in rows], dtype="object")
    )
    for name in ("hour_known", "partial", "private", "paid"):
        columns[name] = pandas.array([getattr(post, name) for post in rows], dtype="boolean")
    columns["seconds"] = pandas.array([post.seconds for post in rows], dtype="Float64")
    for name in (*FIGURES, "line"):
        columns[name] = pandas.array([getattr(post, name) for post in rows], dtype="Int64")
    order = [
        *("platform", "post_id", "posted_at", "hour_known", "uploaded_at", "format", "caption"),
        *("permalink", "seconds"),
        *FIGURES,
        *("account", "source", "line", "exported", "partial", "private", "paid"),
    ]
    return pandas.DataFrame({name: columns[name] for name in order})
