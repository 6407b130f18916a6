"""What pictures in cells cost, as ratios that carry over between machines.

    python tests/bench/cells.py [PICTURE ...] [--columns 80] [--rows 50] [--runs 15]
    python tests/bench/cells.py --next PICTURE ...
    python tests/bench/cells.py --show PICTURE ...
    python tests/bench/cells.py --quality cells_quality.py PICTURE ...

Without an option: CPU medians of each step in one process, warm; every figure is also given
relative to the same work done by rich-pixels' own half-cell renderer. Without a picture, one of
1080x1350 is made up.

`--next` is what the next picture costs the app, file to rows, in CPU milliseconds of one process:
cold (never seen), the proxy that is written after it has been handed over, from the proxy,
a thumbnail of 16x8 cells, a step through it at real size, and with a loupe; beside it the same
file decoded whole and resized by Pillow as one would at first.

`--show` is `studio show` as a command, in octants, less what `python -c pass` takes, against
chafa with sextants, in turns. Byte code is compiled first.

`--quality` is how near `studio show` comes to the picture, by the named script (whose own help
says how it measures), against what chafa can do: its default, `-w 9`, all symbols, and sextants
with blocks; octants too where this chafa has them.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import os
import resource
import statistics
import subprocess
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
from studio.preview.view import View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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


def measure_next(path: Path, box: Box, runs: int, folder: Path) -> None:
    """Print what the next picture costs."""
    about = path.stat()
    numbers = itertools.count()

    def ask(columns: int = box.columns, rows: int = box.rows, **more: object) -> Request:
        stamp = (about.st_mtime_ns, about.st_size)
        return Request(path, stamp, columns, rows, Mode.OCTANT, **more)

    def plainly() -> None:
        with Image.open(path) as image:
            image.convert("RGB").resize((2 * box.columns, 4 * box.rows))

    def somewhere() -> float:
        return next(numbers) * 0.37 % 1

    cache, jobs = folder / "next" / path.name, []

    def cold() -> None:
        jobs.clear()
        draw(ask(), cache_dir=cache, later=jobs.append)

    def lines() -> Iterator[tuple[str, float]]:
        yield "Pillow, decoded whole and resized", cpu_ms(plainly, runs)
        yield "cold, file to rows", cpu_ms(cold, runs)
        yield "cold thumbnail, 16x8", cpu_ms(lambda: draw(ask(16, 8)), runs)
        if jobs:
            yield "its proxy, afterwards", cpu_ms(jobs[0], max(3, runs // 5))
            yield "from the proxy", cpu_ms(lambda: draw(ask(), cache_dir=cache), runs)
            small = cpu_ms(lambda: draw(ask(16, 8), cache_dir=cache), runs)
            yield "thumbnail from the proxy", small
        real = cpu_ms(lambda: draw(ask(view=View("real", somewhere(), 0.5))), runs)
        yield "a step at real size", real
        yield "a step of the loupe", cpu_ms(lambda: draw(ask(loupe=(somewhere(), 0.5))), runs)

    print(path.name)
    for what, spent in lines():
        print(f"  {what:<44}{spent:9.3f} ms")
    print()


def spent_by(command: list[str]) -> float:
    """Return the CPU milliseconds of a command."""
    dropped = {"PYTHONDONTWRITEBYTECODE", "OPENBLAS_NUM_THREADS"}
    env = {key: value for key, value in os.environ.items() if key not in dropped}
    env["PYTHONPATH"] = str(Path(__file__).parents[2])
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)


def of_studio(size: str, picture: str) -> list[str]:
    """Return the command that shows a picture."""
    return [sys.executable, "-m", "studio", "show", "--cells", "octant", "--size", size, picture]


def of_chafa(size: str, picture: str, *more: str) -> list[str]:
    """Return chafa's command for the same."""
    return ["chafa", "-f", "symbols", "-c", "full", "--size", size, *more, picture]


def measure_show(path: Path, box: Box, runs: int) -> None:
    """Print what the command costs."""
    size = f"{box.columns}x{box.rows}"
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "chafa, sextants": of_chafa(size, str(path), "--symbols", "sextant"),
        "studio show, octants": of_studio(size, str(path)),
    }
    rounds = [{name: spent_by(each) for name, each in commands.items()} for _ in range(runs + 1)]
    median = {name: statistics.median(each[name] for each in rounds[1:]) for name in commands}
    print(path.name)
    for name, spent in median.items():
        print(f"  {name:<44}{spent:9.1f} ms")
    start, chafa, ours = median.values()
    print(f"  beyond the start, to chafa{(ours - start) / chafa:27.2f} x\n")


def measure_quality(path: Path, box: Box, script: Path) -> None:
    """Print how near each comes to the picture."""
    size = "{cols}x{rows}"
    ways = {
        "studio show, octants": of_studio(size, "{image}"),
        "chafa": of_chafa(size, "{image}"),
        "chafa -w 9": of_chafa(size, "{image}", "-w", "9"),
        "chafa --symbols all": of_chafa(size, "{image}", "--symbols", "all"),
        "chafa sextant+block -w 9": of_chafa(
            size, "{image}", "-w", "9", "--symbols", "sextant+block+space"
        ),
        "chafa octant -w 9": of_chafa(size, "{image}", "-w", "9", "--symbols", "octant"),
    }
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    words = [sys.executable, str(script), "--image", str(path), "--fit", "contain"]
    words += ["--cols", str(box.columns), "--rows", str(box.rows), "--"]
    print(f"{path.name:<30}   SSIM  blurred")
    for name, way in ways.items():
        done = subprocess.run(words + way, env=env, capture_output=True, text=True, check=False)
        found = json.loads(done.stdout.splitlines()[-1])
        told = (
            "not in this chafa"
            if "error" in found
            else f"{found['ssim']:7.4f}  {found['ssim_blur']:7.4f}"
        )
        print(f"  {name:<28}{told}")
    print()


def main() -> None:
    """Measure the pictures named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pictures", nargs="*", type=Path)
    parser.add_argument("--columns", type=int, default=80)
    parser.add_argument("--rows", type=int, default=50)
    parser.add_argument("--runs", type=int, default=15)
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--next", action="store_true", help="what the next picture costs the app")
    kinds.add_argument("--show", action="store_true", help="`studio show` against chafa")
    kinds.add_argument("--quality", type=Path, metavar="cells_quality.py", help="against chafa")
    options = parser.parse_args()
    box = Box(options.columns, options.rows)
    with tempfile.TemporaryDirectory() as name:
        for path in options.pictures or [made_up(Path(name))]:
            if options.next:
                measure_next(path, box, options.runs, Path(name))
            elif options.show:
                measure_show(path, box, options.runs)
            elif options.quality:
                measure_quality(path, box, options.quality)
            else:
                measure(path, box, options.runs, Path(name))


if __name__ == "__main__":
    main()
