from __future__ import annotations

from studio.charts import Spark, Strip, plain

TEN = tuple(float(2**at) for at in range(10))


def test_ten_posts_on_a_strip():
    assert plain(Strip(TEN, (256.0,), "reach").cells(40)) == GOLDEN


GOLDEN = """\
                                  ▼ 256
 ⡀   ⡀   ⡀   ⡀   ⡀    ⡀   ⡀   ⡀   ⡀   ⡀
   ├────────────────┼───────────────┤
  1.4              24              397
10 posts by reach: median 24, nine in
  ten from 1.4 to 397; 256 is above 89%
  of the others"""


def dots(text):
    return sum((ord(each) - 0x2800).bit_count() for each in text if 0x2800 < ord(each) < 0x2900)


def test_every_post_is_a_dot():
    values = tuple(float(at % 7 + 1) for at in range(40))
    for width in (40, 70, 120):
        text = plain(Strip(values).cells(width))
        assert "a dot is" in text or dots(text) == 40


def test_the_chosen_post_is_marked_over_its_place():
    lines = plain(Strip(TEN, (512.0,), "reach").cells(70)).split("\n")
    assert "▼" in lines[0]
    assert lines[0].index("▼") > 60
    assert "512 is above 100% of the others" in " ".join(" ".join(lines).split())


def test_a_post_is_above_the_others_not_above_itself():
    assert Strip((1, 2, 3), (3,)).above(3) == 1
    assert Strip((1, 2, 2, 3), (2,)).above(2) == 0.5
    assert Strip((5,), (5,)).above(5) is None


def test_zeros_stand_at_the_left_end():
    lines = plain(Strip((0.0, 0.0, 10.0, 100.0)).cells(40)).split("\n")
    assert any(line.startswith((" ⡄", " ⡆")) for line in lines)


def test_with_few_posts_the_range_is_all_of_them():
    assert "all from 1 to 4" in plain(Strip((1.0, 2.0, 4.0)).cells(70))


def test_without_a_post_it_says_so():
    assert plain(Strip((), name="reach").cells(70)) == "No post has this figure."


def test_missing_days_of_a_spark_are_gaps():
    assert plain(Spark((1, 2, None, 4)).cells(10)) == "▁▃ █"
    assert (
        plain(
            Spark(
                (1, 2, None, 4),
            ).cells(10, ascii=True)
        )
        == "_: #"
    )


def test_a_spark_with_more_figures_than_room_keeps_to_it():
    text = plain(Spark(tuple(range(100))).cells(8))
    assert text == "▁▂▃▄▅▆▇█"


def test_a_spark_of_nothing_is_empty():
    assert plain(Spark((None, None)).cells(8)) == ""
    assert plain(Spark(()).cells(8)) == ""
