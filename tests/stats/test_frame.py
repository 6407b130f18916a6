from __future__ import annotations

from studio.stats.frame import frame
from studio.stats.table import Posts, merge


def test_the_frame_has_typed_columns_and_missing_is_na(reading, meta_main):
    table = merge([reading(meta_main), reading("tiktok_studio/Content.csv")])
    made = frame(table)
    assert len(made) == 73
    assert str(made["views"].dtype) == "Int64"
    assert str(made["posted_at"].dtype).startswith("datetime64")
    assert str(made["posted_at"].dt.tz) == "UTC"
    assert made.loc[made["platform"] == "tiktok", "reach"].isna().all()
    assert made.loc[made["platform"] == "instagram", "reach"].notna().all()
    assert int(made["views"].sum()) == sum(post.views for post in table.posts)
    assert list(made["post_id"]) == [post.post_id for post in table.posts]


def test_an_empty_table_gives_an_empty_frame_with_the_same_columns(reading, meta_main):
    empty, full = frame(Posts()), frame(merge([reading(meta_main)]))
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)
