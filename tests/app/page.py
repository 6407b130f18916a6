"""A small project made from nothing: ideas, drawn pictures, a clip, captions and two exports."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 23, 18, 42, tzinfo=UTC)

CONFIG = """\
id = "{id}"
name = "Rewind 89"
about = "nostalgia, 80s and 90s"
zone = "Europe/London"
stages = ["idea", "making", "ready", "scheduled", "posted"]

[[accounts]]
platform = "instagram"
handle = "rewind.eightynine"
followers = 817

[[pillars]]
name = "home"
tags = ["livingroom"]

[[pillars]]
name = "school"
tags = ["classroom"]
"""

XMAS = """\
---
title: Christmas morning 1989
stage: making
rank: H
# the photographs are from the shoebox
moon: full
pillar: home
format: carousel
platforms: [instagram, tiktok]
tags: [christmas, 80skid]
media: [media/red.png, media/green.png, media/blue.png, media/gold.png]
planned: 2026-11-26 19:30
source: claude
---
Wrapping paper everywhere.
"""

IDEAS = {
    "xmas": XMAS,
    "corner-shop": "---\ntitle: Corner shop\nstage: making\nrank: V\n---\n",
    "arcade": "---\ntitle: Arcade carpet\nstage: ready\nrank: V\n---\n",
    "vhs": "---\ntitle: VHS rewind\nstage: idea\nrank: V\nmedia: [media/tape.mp4]\n---\n",
    "disco": "---\ntitle: Roller disco\nstage: posted\nrank: V\n---\n",
}

CAPTION = "Nobody warned us the best part was the wrapping paper.\n\n#80skid #christmas @grandma\n"

COLOURS = {
    "red": (200, 30, 20),
    "green": (20, 160, 40),
    "blue": (30, 60, 210),
    "gold": (220, 180, 30),
    "violet": (120, 30, 160),
}

META_HEADER = (
    '"Post ID","Account ID","Account username","Account name",Description,"Duration (sec)",'
    '"Publish time",Permalink,"Post type","Data comment",Date,Views,Reach,Likes,Shares,Follows,'
    "Comments,Saves\r\n"
)
TIKTOK_HEADER = (
    '"Time","Video title","Video link","Post time","Total likes","Total comments",'
    '"Total shares","Total views"\r\n'
)


def shortcode(moment: datetime) -> str:
    """The Instagram shortcode of a post of this time (reference: analytics-exports, section 8)."""
    number = (round(moment.timestamp() * 1000) - 1314220021721) << 23
    return base64.urlsafe_b64encode((number << 6).to_bytes(9, "big")).decode()[:11]


def quoted(text: object) -> str:
    return '"' + str(text).replace('"', '""') + '"'


def meta_row(moment: datetime, caption: str, views: object, kind: str = "IG reel", **more) -> str:
    """One row of a Meta content export; its Publish time is that of the US west coast."""
    told = moment.astimezone(ZoneInfo("America/Los_Angeles"))
    number = 18000000000000000 + round(moment.timestamp())
    address = more.get("link") or f"https://www.instagram.com/reel/{shortcode(moment)}/"
    cells = (number, 17840000000000001, "page.example", more.get("name", "Page Example"))
    cells += (caption, 9, f"{told:%m/%d/%Y %H:%M}", address, kind, "", "Lifetime")
    cells += (views, views, 31, 4, 1, 2, 9)
    return ",".join(quoted(cell) for cell in cells) + "\r\n"


def meta_csv(rows: list[str]) -> bytes:
    return ("\ufeff" + META_HEADER + "".join(rows)).encode()


def tiktok_row(moment: datetime, title: str, views: object) -> str:
    number = round(moment.timestamp()) << 32
    link = f"https://www.tiktok.com/@page.example/video/{number}"
    day = f"{moment:%B} {moment.day}"
    cells = ("November 20", title, link, day, "120", "4", "9", views)
    return ",".join(quoted(cell) for cell in cells) + "\r\n"


def tiktok_csv(rows: list[str]) -> bytes:
    return ("\ufeff" + TIKTOK_HEADER + "".join(rows)).encode()


def some_meta_rows(count: int = 24) -> list[str]:
    first = datetime(2026, 8, 3, 17, 30, tzinfo=UTC)
    return [
        meta_row(
            first + timedelta(days=3 * number),
            f"Post number {number}\n#{'livingroom' if number % 2 else 'classroom'}",
            900 + 137 * number,
            "IG reel" if number % 3 else "IG carousel",
        )
        for number in range(count)
    ]


def some_tiktok_rows(count: int = 6) -> list[str]:
    first = datetime(2026, 10, 1, 18, 5, tzinfo=UTC)
    return [
        tiktok_row(first + timedelta(days=4 * number), f"Clip number {number}", 2310 + number)
        for number in range(count)
    ]


def put(root: Path, path: str, data: bytes | str) -> Path:
    full = root / path
    full.parent.mkdir(parents=True, exist_ok=True)
    full.write_bytes(data.encode() if isinstance(data, str) else data)
    return full


def picture(path: Path, colour: tuple[int, int, int], size: tuple[int, int] = (40, 50)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path


def clip(path: Path, colour: tuple[int, int, int], seconds: int = 2) -> Path:
    """A clip of one colour, upright, ten pictures a second."""
    import av

    size = (48, 64)
    path.parent.mkdir(parents=True, exist_ok=True)
    with av.open(str(path), "w") as out:
        stream = out.add_stream("mpeg4", rate=10)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for _ in range(10 * seconds):
            out.mux(stream.encode(av.VideoFrame.from_image(Image.new("RGB", size, colour))))
        out.mux(stream.encode(None))
    return path


def make_page(root: Path, *, id: str = "a" * 32) -> Path:
    """Make the project all tests of the screen start from."""
    for slug, text in IDEAS.items():
        put(root, f"ideas/{slug}.md", text)
    put(root, "captions/xmas.md", CAPTION)
    for name, colour in COLOURS.items():
        picture(root / f"media/{name}.png", colour)
    clip(root / "media/tape.mp4", (200, 30, 20))
    put(root, "stats/exports/2026-11-20-00000001-instagram.csv", meta_csv(some_meta_rows()))
    put(root, "stats/exports/2026-11-20-00000002-tiktok.csv", tiktok_csv(some_tiktok_rows()))
    put(root, "studio.toml", CONFIG.format(id=id))
    return root
