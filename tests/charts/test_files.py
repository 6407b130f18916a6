from __future__ import annotations

import io
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from rich.cells import cell_len

from studio.charts import (
    DARK,
    LIGHT,
    Bar,
    Bars,
    Growth,
    HeatMap,
    Hour,
    Posted,
    Spark,
    Strip,
    plain,
    png,
    svg,
)
from studio.charts.palette import contrast, luminance
from tests.charts.test_bars import HOSTILE

NASTY = " ".join(HOSTILE)


def charts(name=NASTY):
    week = {
        (day, hour): Hour(day * 0.02, 0.5 + day / 12, day) for day in range(7) for hour in range(24)
    }
    start = date(2026, 1, 1)
    return {
        "heat": HeatMap(
            week, name, 0, 23, ((6, 1),), (6, 2), ((1, 1), (6, 1)), frozenset(list(week)[30:])
        ),
        "growth": Growth(
            tuple((start + timedelta(days=at), 100 * at) for at in range(60) if at % 9),
            tuple(Posted(start + timedelta(days=at), at, name, name) for at in range(0, 60, 5)),
            name,
            name,
        ),
        "bars": Bars(
            tuple(
                Bar(each, 1.2, 0.5, 9, 1234567, at % 2 == 0, name, name)
                for at, each in enumerate((*HOSTILE, name))
            ),
            name,
        ),
        "strip": Strip((1, 20, 20, 300, 9e9), (20,), name),
        "spark": Spark((1, None, 3, 2)),
        "no hours": HeatMap({}),
        "no growth": Growth(()),
        "no bars": Bars(()),
        "no strip": Strip(()),
        "no spark": Spark(()),
    }


@pytest.mark.parametrize("kind", list(charts()))
@pytest.mark.parametrize("width", [8, 24, 40, 70, 120])
def test_no_line_is_wider_than_it_may_be(kind, width):
    for height in (None, 5, 30):
        for signs in (False, True):
            lines = charts()[kind].cells(width, height=height, ascii=signs)
            assert max((cell_len(text) for text in plain(lines).split("\n")), default=0) <= width
            assert all(run.text for line in lines for run in line)
            if signs:
                assert plain(lines).isascii()


@pytest.mark.parametrize("kind", list(charts()))
def test_nothing_steers_the_terminal(kind):
    text = plain(charts()[kind].cells(70))
    assert not any(ord(letter) < 0x20 and letter != "\n" for letter in text)
    assert not any(letter in text for letter in "\x7f\x9b\u202e\u2066\u200d\ufe0f")


@pytest.mark.parametrize("kind", list(charts()))
@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_an_svg_is_well_formed_and_has_nothing_that_runs(kind, palette):
    text = svg(charts()[kind], width=640, height=360, palette=palette)
    root = ET.fromstring(text)
    assert (root.get("width"), root.get("height")) == ("640", "360")
    tags = {element.tag.partition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "title", "rect", "polyline", "polygon", "circle", "text"}
    for element in root.iter():
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)
    assert "<script" not in text


def test_text_of_an_svg_stays_text():
    root = ET.fromstring(svg(charts('<b>& "quoted"</b>')["bars"]))
    words = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert '<b>& "quoted"</b>' in words


@pytest.mark.parametrize("kind", list(charts()))
def test_a_png_has_the_size_that_was_asked_for(kind):
    with Image.open(io.BytesIO(png(charts()[kind], width=400, height=240))) as picture:
        picture.load()
        assert (picture.format, picture.size) == ("PNG", (400, 240))
        assert picture.convert("RGB").getpixel((0, 0)) == (0x12, 0x10, 0x0E)


def test_a_picture_of_no_size_or_a_huge_one_is_refused():
    for width, height in ((0, 10), (10, 9000)):
        with pytest.raises(ValueError, match="pixels"):
            svg(Spark((1,)), width=width, height=height)
        with pytest.raises(ValueError, match="pixels"):
            png(Spark((1,)), width=width, height=height)


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_colours_can_be_read_and_told_apart_in_grey(palette):
    for role in ("text", "dim", "accent", "good", "bad", "warn"):
        assert contrast(palette.of(role), palette.ground) >= 4.5, role
    assert contrast(palette.faint, palette.ground) >= 3
    steps = [luminance(colour) for colour in palette.heat]
    assert steps == sorted(steps, reverse=palette is LIGHT)
    assert all(contrast(one, other) >= 1.15 for one, other in pairwise(palette.heat))


def test_text_in_files_is_never_in_a_colour_too_faint_to_read():
    for chart in charts().values():
        root = ET.fromstring(svg(chart))
        for element in root.iter("{http://www.w3.org/2000/svg}text"):
            assert contrast(element.get("fill"), DARK.ground) >= 4.5, element.text
