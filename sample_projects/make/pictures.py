"""Which picture comes from which scene, and how it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from sample_projects.make import (
    film,
    scenes_arcade,
    scenes_christmas,
    scenes_evening,
    scenes_round,
    scenes_shop,
    scenes_stairs,
    scenes_table,
    scenes_town,
    trace,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sample_projects.make.film import Look
    from sample_projects.make.trace import Scene

QUALITY = 81
TALL_QUALITY = 76  # there is more of it, and grain is costly
PROMPT = (
    "Christmas morning 1989, British front room, colour snapshot, patterned carpet, paper chains,"
    " child in pyjamas seen from behind, cartoon on the television, 35mm, warm bulbs\n"
    "Negative prompt: wall-mounted TV, LED string lights, flat-screen monitor, text, watermark\n"
    "Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 19891225,"
    " Size: 896x1120, Model hash: 0000000000, Model: invented-model, Version: v1.10.1"
)


@dataclass(frozen=True)
class Picture:
    """One picture of a project.

    Attributes:
        path: Where it goes, under `sample_projects`.
        scene: Builds the scene and its look.
        args: What the scene builder is given.
        prompt: The text chunk of a PNG, as image generators write it.
    """

    path: str
    scene: Callable[..., tuple[Scene, Look]]
    args: tuple[str, ...] = ()
    prompt: str = ""


_M = "rewind-89/media/"
_I = "rewind-89/inbox/"
_N = "new-page/media/"

PICTURES = (
    Picture(_M + "xmas-89-01.jpg", scenes_christmas.take, ("01",)),
    Picture(_M + "xmas-89-02.jpg", scenes_christmas.take, ("02",)),
    Picture(_M + "xmas-89-03.png", scenes_christmas.take, ("03",), PROMPT),
    Picture(_M + "xmas-89-04.jpg", scenes_christmas.take, ("04",)),
    Picture(_M + "xmas-89-05.jpg", scenes_christmas.take, ("05",)),
    Picture(_M + "xmas-89-06.jpg", scenes_christmas.take, ("06",)),
    Picture(_M + "corner-shop-01.jpg", scenes_shop.sweet_shop, ("1",)),
    Picture(_M + "corner-shop-02.jpg", scenes_shop.sweet_shop, ("2",)),
    Picture(_M + "corner-shop-03.jpg", scenes_shop.sweet_shop, ("3",)),
    Picture(_M + "saturday-cartoons-01.jpg", scenes_evening.cartoons, ("1",)),
    Picture(_M + "saturday-cartoons-02.jpg", scenes_evening.cartoons, ("2",)),
    Picture(_M + "arcade-carpet-01.jpg", scenes_arcade.arcade, ("1",)),
    Picture(_M + "arcade-carpet-02.jpg", scenes_arcade.arcade, ("2",)),
    Picture(_M + "arcade-carpet-03.jpg", scenes_arcade.arcade, ("3",)),
    Picture(_M + "good-scissors-01.jpg", scenes_table.scissors),
    Picture(_M + "vhs-rewind-01.jpg", scenes_table.vhs, ("1",)),
    Picture(_M + "vhs-rewind-02.jpg", scenes_table.vhs, ("2",)),
    Picture(_M + "phone-cord-01.jpg", scenes_stairs.phone_cord),
    Picture(_M + "pick-and-mix-01.jpg", scenes_shop.pick_and_mix),
    Picture(_M + "first-mixtape-01.webp", scenes_table.mixtape),
    Picture(_M + "text-page-six-01.jpg", scenes_evening.ceefax),
    Picture(_M + "roller-disco-01.jpg", scenes_town.roller_disco),
    Picture(_M + "school-dinner-01.jpg", scenes_town.school_dinner),
    Picture(_M + "top-deck-01.jpg", scenes_town.bus),
    Picture(_I + "estate-sunset-a.jpg", scenes_town.boombox, ("1",)),
    Picture(_I + "estate-sunset-b.jpg", scenes_town.boombox, ("2",)),
    Picture(_N + "doorstep-01.jpg", scenes_round.doorstep),
    Picture(_N + "round-bike-01.jpg", scenes_round.bicycle),
    Picture(_N + "newsagent-01.jpg", scenes_round.newsagent),
    Picture(_N + "wet-slide-01.jpg", scenes_round.playground),
)


def draw(picture: Picture, scale: float = 1.0, passes: int = 7) -> Image.Image:
    """Traces and develops a picture; `scale` 1 is full size, fewer passes are noisier."""
    scene, look = picture.scene(*picture.args)
    w, h = scene.extra.get("size", (1080, 1350))
    w, h = round(w * scale), round(h * scale)
    shot = trace.render(scene, w, h, passes=passes, samples=2 if scale > 0.4 else 1)
    if picture.path.endswith(".png"):  # grain does not pack, and a generator gives none
        look = film.Look(**{**look.__dict__, "grain": 0.0, "dust": 0})
    return film.develop(shot.color, shot.depth, look, picture.path)


def write(picture: Picture, root: Path) -> None:
    """Draws a picture at full size into the folder of the sample projects."""
    image = draw(picture)
    path = root / picture.path
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".png":
        info = PngInfo()
        info.add_text("parameters", picture.prompt)
        image = image.resize((896, 1120), Image.Resampling.LANCZOS)
        palette = image.quantize(224, method=Image.Quantize.MEDIANCUT)
        image = image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG)
        image.save(path, optimize=True, pnginfo=info)
    elif path.suffix == ".webp":
        image.save(path, quality=QUALITY, method=6)
    else:
        quality = TALL_QUALITY if image.height > 1400 else QUALITY
        image.save(path, quality=quality, optimize=True, progressive=True)
