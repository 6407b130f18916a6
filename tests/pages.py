"""A small page made for a test: pictures, ideas, captions, and exports in the platforms' forms."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PIL import Image, ImageDraw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PICTURES = ("snow-1.jpg", "snow-2.jpg", "snow-3.jpg")
CAPTION = "We never felt the cold.\n\n#80skid #snowday\n"
IDEA = """\
---
title: First snow  # the title may change
stage: making
rank: b
pillar: winter
format: carousel
platforms: [instagram, tiktok]
media: [media/snow-1.jpg, media/snow-2.jpg, media/snow-3.jpg]
mood: "[quiet]"
created: 2026-11-01
---
Sledges, wet gloves, the kitchen radio.
"""
CONFIG = """\
id = "0123456789abcdef0123456789abcdef"
name = "Small page"
about = "made for a test"
zone = "Europe/London"
stages = ["idea", "making", "ready", "scheduled", "posted"]

[[accounts]]
platform = "instagram"
handle = "small.page"
followers = 41

[[pillars]]
name = "winter"
tags = ["snowday"]
"""
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True)
class Posted:
    """One post as an export tells of it; None is a figure the platform does not give."""

    at: datetime
    caption: str
    kind: str = "reel"
    views: int | None = 1000
    reach: int | None = 800
    likes: int | None = 50


FIRST = datetime(2026, 9, 1, 17, 30, tzinfo=UTC)
POSTS = tuple(
    Posted(FIRST + timedelta(days=3 * number), f"Snow day {number}\nWho had gloves? #snowday")
    for number in range(8)
)


def make_page(root: Path) -> Path:
    """Make a project folder by hand, as another program could have."""
    for folder in ("ideas", "captions", "media", "stats/exports"):
        (root / folder).mkdir(parents=True)
    (root / "studio.toml").write_text(CONFIG, "utf-8")
    (root / "ideas" / "first-snow.md").write_text(IDEA, "utf-8")
    for title, stage, rank in (
        ("Corner shop", "making", "c"),
        ("Roller disco", "idea", "b"),
        ("Mixtape", "posted", "b"),
    ):
        name = title.lower().replace(" ", "-")
        text = f"---\ntitle: {title}\nstage: {stage}\nrank: {rank}\nplatforms: [instagram]\n---\n"
        (root / "ideas" / f"{name}.md").write_text(text, "utf-8")
    (root / "captions" / "first-snow.md").write_text(CAPTION, "utf-8")
    for number, name in enumerate(PICTURES):
        make_picture(root / "media" / name, number)
    return root


def make_picture(path: Path, number: int = 0, size: tuple[int, int] = (216, 270)) -> Path:
    """Draw a picture that has edges, slopes and colours."""
    picture = Image.merge(
        "RGB",
        (
            Image.linear_gradient("L").resize(size),
            Image.radial_gradient("L").resize(size),
            Image.new("L", size, 60 + 60 * number),
        ),
    )
    pen = ImageDraw.Draw(picture)
    pen.ellipse((40, 60, 150, 200), outline="white", width=9)
    picture.save(path, quality=90)
    return path


def make_clip(path: Path) -> Path:
    """Encode a second of moving colours."""
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width, stream.height, stream.pix_fmt = 96, 160, "yuv420p"
        for number in range(10):
            image = Image.new("RGB", (96, 160), (20 * number, 90, 200))
            container.mux(stream.encode(av.VideoFrame.from_image(image)))
        container.mux(stream.encode())
    return path


def shortcode(at: datetime) -> str:
    """Return an Instagram shortcode that holds this moment."""
    number = (int(at.timestamp() * 1000) - 1314220021721) << 23
    return "".join(_LETTERS[number >> (6 * place) & 63] for place in reversed(range(11)))


_META = (
    *("Post ID", "Account ID", "Account username", "Account name", "Description"),
    *("Duration (sec)", "Publish time", "Permalink", "Post type", "Data comment", "Date"),
    *("Views", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves"),
)
_TIKTOK = (
    *("Time", "Video title", "Video link", "Post time"),
    *("Total likes", "Total comments", "Total shares", "Total views"),
)


def meta_csv(path: Path, posts: Sequence[Posted] = POSTS) -> Path:
    """Write an export of Meta's Business Suite: Pacific times, captions of several lines."""
    text = io.StringIO()
    rows = csv.DictWriter(text, _META, lineterminator="\n")
    rows.writeheader()
    for number, post in enumerate(posts, 1):
        pacific = post.at.astimezone(ZoneInfo("America/Los_Angeles"))
        place = "reel" if post.kind == "reel" else "p"
        rows.writerow(
            {
                "Post ID": 18000000000000000 + number,
                "Account ID": 17840000000000001,
                "Account username": "small.page",
                "Account name": "Small page",
                "Description": post.caption,
                "Duration (sec)": 9 if post.kind == "reel" else 0,
                "Publish time": f"{pacific:%m/%d/%Y %H:%M}",
                "Permalink": f"https://www.instagram.com/{place}/{shortcode(post.at)}/",
                "Post type": f"IG {post.kind}",
                "Date": "Lifetime",
                "Views": post.views,
                "Reach": post.reach,
                "Likes": post.likes,
                **dict.fromkeys(("Shares", "Follows", "Comments", "Saves"), 3),
            }
        )
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    return path


def tiktok_csv(path: Path, posts: Sequence[Posted] = POSTS) -> Path:
    """Write an export of TikTok Studio's Content page: every field quoted, days without a year."""
    text = io.StringIO()
    rows = csv.DictWriter(text, _TIKTOK, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writeheader()
    for post in posts:
        number = int(post.at.timestamp()) << 32
        rows.writerow(
            {
                "Time": "October 1",
                "Video title": post.caption.replace("\n", " "),
                "Video link": f"https://www.tiktok.com/@small.page/video/{number}",
                "Post time": f"{post.at:%B} {post.at.day}",
                "Total likes": post.likes,
                **dict.fromkeys(("Total comments", "Total shares"), 4),
                "Total views": post.views,
            }
        )
    path.write_bytes(b"\xef\xbb\xbf" + text.getvalue().encode())
    return path
