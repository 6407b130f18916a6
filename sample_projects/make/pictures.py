"""Which picture comes from which scene, and how it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from sample_projects.make import film, scenes_christmas, scenes_home, scenes_out, scenes_round, trace
from sample_projects.make.film import Look
from sample_projects.make.trace import Scene

QUALITY = 81
PROMPT = (
    "Christmas morning 1989, British front room, colour snapshot, patterned carpet, paper chains,"
    " child in pyjamas seen from behind, cartoon on the television, 35mm, warm bulbs\n"
    "Negative prompt: wall-mounted TV, LED string lights, flat-screen monitor, text, watermark\n"
    "Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 19891225,"
    " Size: 1080x1350, Model hash: 0000000000, Model: invented-model, Version: v1.10.1"
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
_X, _H, _O, _R = scenes_christmas, scenes_home, scenes_out, scenes_round

PICTURES = (
    Picture(_M + "xmas-89-01.jpg", _X.take, ("01",)),
    Picture(_M + "xmas-89-02.jpg", _X.take, ("02",)),
    Picture(_M + "xmas-89-03.png", _X.take, ("03",), PROMPT),
    Picture(_M + "xmas-89-04.jpg", _X.take, ("04",)),
    Picture(_M + "xmas-89-05.jpg", _X.take, ("05",)),
    Picture(_M + "xmas-89-06.jpg", _X.take, ("06",)),
    Picture(_M + "corner-shop-01.jpg", _O.sweet_shop, ("1",)),
    Picture(_M + "corner-shop-02.jpg", _O.sweet_shop, ("2",)),
    Picture(_M + "corner-shop-03.jpg", _O.sweet_shop, ("3",)),
    Picture(_M + "saturday-cartoons-01.jpg", _H.cartoons, ("1",)),
    Picture(_M + "saturday-cartoons-02.jpg", _H.cartoons, ("2",)),
    Picture(_M + "arcade-carpet-01.jpg", _O.arcade, ("1",)),
    Picture(_M + "arcade-carpet-02.jpg", _O.arcade, ("2",)),
    Picture(_M + "arcade-carpet-03.jpg", _O.arcade, ("3",)),
    Picture(_M + "good-scissors-01.jpg", _H.scissors),
    Picture(_M + "vhs-rewind-01.jpg", _H.vhs, ("1",)),
    Picture(_M + "vhs-rewind-02.jpg", _H.vhs, ("2",)),
    Picture(_M + "phone-cord-01.jpg", _H.phone_cord),
    Picture(_M + "pick-and-mix-01.jpg", _O.pick_and_mix),
    Picture(_M + "first-mixtape-01.webp", _H.mixtape),
    Picture(_M + "text-page-six-01.jpg", _H.ceefax),
    Picture(_M + "roller-disco-01.jpg", _O.roller_disco),
    Picture(_M + "school-dinner-01.jpg", _O.school_dinner),
    Picture(_M + "top-deck-01.jpg", _O.bus),
    Picture(_I + "estate-sunset-a.jpg", _O.boombox, ("1",)),
    Picture(_I + "estate-sunset-b.jpg", _O.boombox, ("2",)),
    Picture(_N + "doorstep-01.jpg", _R.doorstep),
    Picture(_N + "round-bike-01.jpg", _R.bicycle),
    Picture(_N + "newsagent-01.jpg", _R.newsagent),
    Picture(_N + "wet-slide-01.jpg", _R.playground),
)


def draw(picture: Picture, scale: float = 1.0, passes: int = 10) -> Image.Image:
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
        image = image.quantize(224, dither=Image.Dither.NONE, method=Image.Quantize.MEDIANCUT)
        image.save(path, optimize=True, pnginfo=info)
    elif path.suffix == ".webp":
        image.save(path, quality=QUALITY, method=6)
    else:
        image.save(path, quality=QUALITY, optimize=True, progressive=True)
