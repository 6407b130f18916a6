"""What a key costs on the desk, in CPU time; `python tests/bench/desk.py [PROJECT]`.

Two figures of the first issue, measured on the main thread, which is the one a key waits for:

* next picture, already drawn ahead: from the command's handler to the strips Textual is handed;
* a keystroke in a 2,200-character caption, from the key to the painted rows.

Beside each stands a peer from the same run: the same picture through rich-pixels in a `Static`,
and the same keystroke in a plain Textual `TextArea`.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SENTENCE = "Nobody warned us the best part was the wrapping paper, folded away for #christmas1989. "


def project(folder: Path, pictures: int) -> Path:
    """Make a project with an idea of some pictures and a caption of 2,200 characters."""
    import numpy as np
    from PIL import Image

    from studio.project.create import create

    create(folder, name="Bench")
    random = np.random.default_rng(1989)
    names = []
    for number in range(pictures):
        small = random.integers(0, 255, (14, 11, 3), dtype=np.uint8)
        name = f"media/{number:02}.jpg"
        Image.fromarray(small).resize((1080, 1350), Image.Resampling.BICUBIC).save(
            folder / name, quality=90
        )
        names.append(name)
    (folder / "ideas" / "bench.md").write_text(
        f"---\ntitle: Bench\nstage: making\nmedia: [{', '.join(names)}]\n---\n", "utf-8"
    )
    text = (SENTENCE * 30)[:2190]
    (folder / "captions" / "bench.md").write_text(text[:700] + "\n\n" + text[700:], "utf-8")
    return folder


async def measure(folder: Path) -> dict[str, float]:
    """Return the figures, in milliseconds of CPU."""
    from dataclasses import replace

    from studio.app.app import StudioApp
    from studio.app.settings import load_settings
    from studio.app.shot import settle
    from studio.preview.modes import Mode
    from studio.project.project import Project

    class Painted(StudioApp):
        is_headless = False  # else nothing is painted at all

    app = Painted(Project.open(folder), replace(load_settings(), mode=Mode.OCTANT))
    found: dict[str, float] = {}
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(app, pilot.pause)
        preview = app.desk.preview
        await pilot.press("f3")
        costs = []
        for step in [1] * 10 + [-1] * 10 + [1] * 10:
            before = time.thread_time()
            preview.index += step
            strips = preview.picture.make_strips()
            assert len(strips) == preview.picture.size.height
            costs.append((time.thread_time() - before) * 1000)
            await settle(app, pilot.pause)
        found["next_picture_ms"] = statistics.median(costs)
        found["next_picture_peer_ms"] = peer_picture(folder, preview.picture.size)
        await pilot.press("f4")
        await settle(app, pilot.pause)
        found |= await keystrokes(app, pilot, app.desk.caption.editor, "keystroke")
    found |= await plain(folder)
    return found


def peer_picture(folder: Path, size: object) -> float:
    """Return what rich-pixels takes from a decoded picture to segments, half cells."""
    from PIL import Image
    from rich_pixels import Pixels

    picture = Image.open(next((folder / "media").glob("*.jpg"))).convert("RGB")
    costs = []
    for _ in range(3):
        before = time.process_time()
        Pixels.from_image(picture, resize=(size.width, size.height * 2))  # type: ignore[attr-defined]
        costs.append((time.process_time() - before) * 1000)
    return statistics.median(costs)


async def keystrokes(app: object, pilot: object, editor: object, name: str) -> dict[str, float]:
    """Type in the middle of a long caption and time each key until it is painted."""
    from textual import events

    editor.move_cursor((2, 600))  # type: ignore[attr-defined]
    await pilot.pause()  # type: ignore[attr-defined]
    costs = []
    for character in "the quick brown fox jumps over the lazy dog #tag and more of it " * 2:
        before = time.thread_time()
        key = {" ": "space", "#": "number_sign"}.get(character, character)
        editor.post_message(events.Key(key, character))  # type: ignore[attr-defined]
        await pilot.pause()  # type: ignore[attr-defined]
        app.screen._on_timer_update()  # type: ignore[attr-defined] (paint now, not within 1/60 s)
        costs.append((time.thread_time() - before) * 1000)
    costs.sort()
    return {
        f"{name}_median_ms": statistics.median(costs),
        f"{name}_p95_ms": costs[int(len(costs) * 0.95)],
    }


async def plain(folder: Path) -> dict[str, float]:
    """Return the same for Textual's own text area, alone on the screen."""
    from textual.app import App, ComposeResult
    from textual.widgets import TextArea

    text = (folder / "captions" / "bench.md").read_text("utf-8")

    class Plain(App[None]):
        is_headless = False

        def compose(self) -> ComposeResult:
            yield TextArea(text, soft_wrap=True)

    app = Plain()
    async with app.run_test(size=(56, 45)) as pilot:
        return await keystrokes(app, pilot, app.query_one(TextArea), "keystroke_peer")


def main() -> None:
    """Print the figures, and last one JSON object."""
    with tempfile.TemporaryDirectory() as folder:
        import os

        for kind in ("CONFIG", "STATE", "CACHE", "DATA"):
            os.environ[f"XDG_{kind}_HOME"] = f"{folder}/{kind.lower()}"
        found = asyncio.run(measure(project(Path(folder) / "page", 12)))
    for name, value in found.items():
        sys.stdout.write(f"{name:24} {value:8.2f}\n")
    ratio = found["keystroke_p95_ms"] / found["keystroke_peer_p95_ms"]
    sys.stdout.write(f"keystroke p95 against a plain TextArea: {ratio:.2f}\n")
    sys.stdout.write(json.dumps({name: round(value, 3) for name, value in found.items()}) + "\n")


if __name__ == "__main__":
    main()
