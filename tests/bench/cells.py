"""What pictures in cells cost, as ratios that carry over between machines.

    python tests/bench/cells.py [PICTURE ...] [--columns 80] [--rows 50] [--runs 15]

CPU medians in one process, warm; every figure is also given relative to the same work done by
rich-pixels' own half-cell renderer. Without a picture, one of 1080x1350 is made up.
"""

from __future__ import annotations

import argparse
import io
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image
from rich.console import Console
from rich_pixels import HalfcellRenderer, Pixels

sys.path.insert(0, str(Path(__file__).parents[2]))

from typing import TYPE_CHECKING

from studio.preview.ansi import ansi_rows
from studio.preview.cells import fit
from studio.preview.look_ahead import LookAhead, Request, draw
from studio.preview.modes import Mode
from studio.preview.picture import Box, load
from studio.preview.proxy import proxy
from studio.preview.renderers import renderer

if TYPE_CHECKING:
    from collections.abc import Callable


def cpu_ms(work: Callable[[], object], runs: int) -> float:
    """Return the median CPU time of some work in milliseconds, after one run to warm up."""
    work()
    spent = []
    for _ in range(runs):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return 1000 * statistics.median(spent)


def made_up(folder: Path) -> Path:
    """Return a JPEG of 1080x1350 with soft and hard edges and grain."""
    y, x = np.mgrid[0:1350, 0:1080].astype(np.float32)
    base = np.stack((x / 1080, y / 1350, 0.5 + 0.5 * np.sin(x / 40) * np.cos(y / 60)), axis=-1)
    base[(x - 540) ** 2 + (y - 675) ** 2 < 300**2] *= 0.35
    base += np.random.default_rng(7).normal(0, 0.04, base.shape)
    path = folder / "made-up.jpg"
    Image.fromarray((base.clip(0, 1) * 255).astype(np.uint8)).save(path, quality=88)
    return path


def printed(path: Path, size: tuple[int, int], one: HalfcellRenderer | None) -> str:
    """Return what Rich prints for a picture through rich-pixels."""
    console = Console(
        file=io.StringIO(), width=size[0], color_system="truecolor", force_terminal=True
    )
    console.print(Pixels.from_image_path(path, size, renderer=one), end="")
    return console.file.getvalue()


def measure(path: Path, box: Box, runs: int, folder: Path) -> None:
    """Print the table of one picture."""
    cells = load(path, box, Mode.HALF)
    size = (cells.columns, 2 * cells.rows)
    peer = cpu_ms(lambda: printed(path, size, HalfcellRenderer()), max(3, runs // 5))

    def line(what: str, spent: float) -> None:
        print(f"  {what:<44}{spent:9.3f} ms{spent / peer:9.4f} x")

    print(f"{path.name}, {cells.columns}x{cells.rows} cells")
    line("rich-pixels half cells, file to text", peer)
    for mode in Mode:
        line(f"{mode.value}, file to text", cpu_ms(lambda mode=mode: load(path, box, mode), runs))
    kept = proxy(path, folder / "proxies")
    if kept != path:
        line("octant, proxy to text", cpu_ms(lambda: load(kept, box, Mode.OCTANT), runs))
    with Image.open(path) as image:
        whole = image.convert("RGB")
    for mode in Mode:
        pixels = np.asarray(whole.resize((size[0] * mode.columns, cells.rows * mode.rows)))
        line(f"{mode.value}, pixels to text", cpu_ms(lambda p=pixels, m=mode: fit(p, m), runs))
    octants = fit(pixels, Mode.OCTANT)
    rows = cpu_ms(lambda: ansi_rows(octants.codes, octants.fg, octants.bg), runs)
    line("octant, cells to text", rows)
    everything = cpu_ms(
        lambda: [octants.segments(row) for row in range(octants.rows)], max(3, runs // 3)
    )
    line("octant, cells to segments (all rows)", everything)
    through = renderer(Mode.OCTANT)
    small = (size[0] * 2, cells.rows * 4)
    line(
        "octant renderer through rich-pixels",
        cpu_ms(lambda: printed(path, small, through), max(3, runs // 5)),
    )
    about = path.stat()
    wanted = Request(path, (about.st_mtime_ns, about.st_size), box.columns, box.rows, Mode.OCTANT)
    ready = LookAhead(draw, lambda _request, _result: None)
    ready.want([wanted])
    while ready.get(wanted) is None:
        time.sleep(0.01)
    thousand = cpu_ms(lambda: [ready.get(wanted) for _ in range(1000)], runs)
    line("octant, from the look-ahead's memory", thousand / 1000)
    ready.stop()
    text = sum(len(row.encode()) for row in octants.ansi)
    print(f"  {text / 1000:.0f} kB of text, {octants.nbytes / 1000:.0f} kB in memory\n")


def main() -> None:
    """Measure the pictures named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pictures", nargs="*", type=Path)
    parser.add_argument("--columns", type=int, default=80)
    parser.add_argument("--rows", type=int, default=50)
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        for path in options.pictures or [made_up(Path(name))]:
            measure(path, Box(options.columns, options.rows), options.runs, Path(name))


if __name__ == "__main__":
    main()
