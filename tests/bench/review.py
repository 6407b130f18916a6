"""What review costs, from outside: the program on a real pty, CPU clocks read between keys.

    python tests/bench/review.py [cells] [kitty] [many] [clip] [--keep FOLDER] [--size 160x45]

cells   the next picture, drawn ahead, in octants: 300 presses, 20 a second
kitty   the same in pixels, to a terminal that answers as kitty 0.41 does
many    10,000 media against 100: opening, going, filtering, the grid, memory, keys meanwhile
clip    a clip of 1080x1920 at 30 fps in half-blocks: frames painted, CPU a frame, keys meanwhile

CPU time is the figure to compare: of the screen's thread (`screen`), which is what a key waits for,
and of the whole process with its workers (`all`). Wall times hold for the machine as it is. What is
painted is read back from the bytes the terminal got, so that a picture skipped or stale is counted.
Medians unless another part is named; byte code is allowed and made by a start that is not counted.
`--keep` leaves the made-up projects in a folder, where the next run finds them. Linux only.
The last line is one JSON object.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

from outside import (  # noqa: E402
    Images,
    Program,
    colour_of,
    environment,
    in_cells,
    percentile,
    studio,
    title,
)

F3, DOWN, ENTER, ESCAPE, PAGE_DOWN = b"\x1bOR", b"\x1b[B", b"\r", b"\x1b", b"\x1b[6~"
INPUTS = Path(os.environ.get("STUDIO_INPUTS", Path(__file__).parents[3] / "shared/inputs"))
CLIP = INPUTS / "photos/clip_rocket_1080x1920_4s.mp4"
INTERVAL = 0.05  # seconds between two presses


# made-up projects


def picture(number: int, size: tuple[int, int], quality: int) -> bytes:
    """Return a JPEG whose middle has the colour of a number, with soft shapes around it."""
    import io

    import numpy as np
    from PIL import Image

    random = np.random.default_rng(1989 + number % 6)
    small = Image.fromarray(random.integers(0, 255, (28, 22, 3), dtype=np.uint8))
    image = small.resize(size, Image.Resampling.BICUBIC)
    wide, high = size
    box = (wide // 6, high // 4, wide - wide // 6, high - high // 4)
    image.paste(colour_of(number), box)
    made = io.BytesIO()
    image.save(made, "JPEG", quality=quality, subsampling=0)
    return made.getvalue()


def large_ones(folder: Path, count: int) -> Path:
    """Make a project of one idea with large pictures, all different."""
    from studio.project.create import create

    if folder.exists():
        return folder
    create(folder, name="Bench")
    names = []
    for number in range(count):
        name = f"media/{number:03}.jpg"
        (folder / name).write_bytes(picture(number, (1080, 1350), 88))
        names.append(name)
    _idea(folder, "bench", names)
    return folder


def many_ones(folder: Path, count: int) -> Path:
    """Make a project of small pictures in series of eight, half of them judged, twenty ideas."""
    from studio.media.sidecar import merge_verdict
    from studio.media.verdict import Verdict
    from studio.project.create import create

    if folder.exists():
        return folder
    create(folder, name="Many")
    contents = [picture(number, (400, 500), 80) for number in range(6)]
    verdicts = [
        Verdict(keep=True, stars=3),
        Verdict(keep=False),
        Verdict(keep=True, label="Red"),
        Verdict(keep=False, note="six fingers on the left hand"),
        Verdict(stars=4),
    ]
    sidecars = [merge_verdict(None, verdict) for verdict in verdicts]
    names = []
    for number in range(count):
        name = f"media/scene-{number // 8:05}-{number % 8:02}.jpg"
        names.append(name)
        (folder / name).write_bytes(contents[number % 6])
        if number % 2:
            (folder / f"{name}.xmp").write_bytes(sidecars[number // 2 % len(sidecars)])
    for number in range(20):
        _idea(folder, f"idea-{number:02}", names[number * 5 : number * 5 + 5])
    return folder


def _idea(folder: Path, slug: str, names: list[str]) -> None:
    text = f"---\ntitle: {slug}\nstage: making\nmedia: [{', '.join(names)}]\n---\n"
    (folder / "ideas" / f"{slug}.md").write_text(text, "utf-8")


def one_clip(folder: Path) -> Path:
    """Make a project of one clip."""
    from studio.project.create import create

    if folder.exists():
        return folder
    create(folder, name="Clip")
    shutil.copyfile(CLIP, folder / "media" / "clip.mp4")
    _idea(folder, "clip", ["media/clip.mp4"])
    return folder


class Bench:
    """Where projects are made and with which terminal programs run."""

    def __init__(self, folder: Path, size: tuple[int, int]) -> None:
        self.folder = folder
        self.size = size
        self.runs = 0

    def start(
        self, project: Path, *, cells: str = "octant", kitty: bool = False, home: str = ""
    ) -> Program:
        """Start the program in a home of its own, or in one that was used before."""
        self.runs += 1
        named = self.folder / "homes" / (home or f"{os.getpid()}-{self.runs}")
        settings = "" if kitty else f'cells = "{cells}"\npictures = "cells"\n'
        env = environment(named, ROOT, settings)
        return Program(studio(str(project)), env, *self.size, kitty=kitty, cwd=ROOT)


# the next picture


def next_picture(bench: Bench, *, kitty: bool, presses: int = 300) -> dict[str, float]:
    """Press "next" and count what each press costs, and whether it shows what it should."""
    project = large_ones(bench.folder / f"large-{presses + 1}", presses + 1)
    found: dict[str, float] = {}
    with bench.start(project, kitty=kitty) as program:
        program.until(lambda: b"bench" in program.output)
        program.rest()
        program.press(F3)
        program.rest(1.0)
        found |= _pressed(program, [b"l"] * presses, kitty=kitty, name="new")
        program.rest()
        back_and_forth = [b"h", b"l"] * 3 + [b"h", b"h", b"l", b"l"] * 5
        found |= _pressed(program, back_and_forth * 6, kitty=kitty, name="again", start=presses)
    return found


def _pressed(
    program: Program, keys: list[bytes], *, kitty: bool, name: str, start: int = 0
) -> dict[str, float]:
    """Press these, twenty a second, and return what they cost and whether all were answered."""
    screen, whole, marks, due = [], [], [], time.perf_counter()
    place, expected = start, []
    for key in keys:
        before = program.screen_cpu(), program.cpu()
        marks.append(program.press(key))
        place += 1 if key == b"l" else -1
        expected.append(place)
        due = max(due + INTERVAL, time.perf_counter() + 0.01)
        program.read_for(due - time.perf_counter())
        screen.append(1000 * (program.screen_cpu() - before[0]))
        whole.append(1000 * (program.cpu() - before[1]))
    program.read_for(0.5)
    images = Images()
    images.read(program.output)

    def shown(data: bytes) -> int | None:
        pixels = images.shown(data) if kitty else None
        return in_cells(data) if pixels is None else pixels

    ends = [mark[1] for mark in marks[1:]] + [len(program.output)]
    late = skipped = wrong = sharp = 0
    waits = []
    for place, (pressed, first) in enumerate(marks):
        number = expected[place]
        frames = program.frames(first, ends[min(place + 1, len(ends) - 1)])
        right = [at for at, frame in frames if shown(frame) == number]
        skipped += not right
        sharp += any(images.shown(frame) == number for _, frame in frames)
        late += not right or right[0] - pressed > INTERVAL
        waits += [1000 * (at - pressed) for at in right[:1]]
        for _, frame in frames:  # the words and the picture of a frame belong together
            told, seen = title(frame), shown(frame)
            wrong += told is not None and seen is not None and told[0] != seen + 1
    last = [seen for _, frame in program.frames(marks[-1][1]) if (seen := shown(frame)) is not None]
    return {
        f"{name}_presses": len(keys),
        **({f"{name}_in_pixels_at_once": sharp} if kitty else {}),
        f"{name}_screen_ms": statistics.median(screen),
        f"{name}_screen_p99_ms": percentile(screen, 0.99),
        f"{name}_screen_max_ms": max(screen),
        f"{name}_all_ms": statistics.median(whole),
        f"{name}_all_p99_ms": percentile(whole, 0.99),
        f"{name}_wall_ms": statistics.median(waits) if waits else -1,
        f"{name}_wall_p95_ms": percentile(waits, 0.95),
        f"{name}_later_than_50_ms": late,
        f"{name}_skipped": skipped,
        f"{name}_stale": wrong,
        f"{name}_last_is_right": float(bool(last) and last[-1] == expected[-1]),
    }


# ten thousand


def first_picture(bench: Bench, project: Path, *, everything: bool, home: str) -> tuple[float, ...]:
    """Return CPU and wall in ms until a picture of a project is on the screen."""
    with bench.start(project, home=home) as program:
        mark = 0
        if everything:
            program.until(lambda: b"idea-00" in program.output)
            _, mark = program.press(F3, b"a")

        def there() -> bool:
            if everything and b"all media" not in program.output[mark:]:
                return False
            return in_cells(program.output[mark:]) is not None

        at = program.until(there)
        cpu = program.cpu()
        return 1000 * cpu, 1000 * (at - program.began), program.peak_rss()


def many(bench: Bench, runs: int = 5) -> dict[str, float]:
    """Return what ten thousand media cost."""
    found: dict[str, float] = {}
    projects = {count: many_ones(bench.folder / f"many-{count}", count) for count in (100, 10_000)}
    for everything in (False, True):
        kind = "all_media" if everything else "idea"
        for count, project in projects.items():
            home = f"first-{count}"
            first_picture(bench, project, everything=everything, home=home)
        taken: dict[int, list[tuple[float, ...]]] = {count: [] for count in projects}
        for _ in range(runs):
            for count, project in projects.items():
                one = first_picture(bench, project, everything=everything, home=f"first-{count}")
                taken[count].append(one)
        for count, each in taken.items():
            found[f"{kind}_{count}_cpu_ms"] = statistics.median(one[0] for one in each)
            found[f"{kind}_{count}_wall_ms"] = statistics.median(one[1] for one in each)
        for what in ("cpu", "wall"):
            ratio = found[f"{kind}_10000_{what}_ms"] / found[f"{kind}_100_{what}_ms"]
            found[f"{kind}_{what}_ratio"] = ratio
    for count, project in projects.items():
        found |= browsing(bench, project, count)
    found |= while_reading(bench, projects[10_000])
    found |= while_sweeping(bench, projects[10_000])
    return found


def browsing(bench: Bench, project: Path, count: int) -> dict[str, float]:
    """Go through all media, through the grid, and filter; return what each costs."""
    found: dict[str, float] = {}
    name = f"browsing_{count}"
    with bench.start(project, home=f"first-{count}") as program:
        program.until(lambda: b"idea-00" in program.output)
        program.rest()
        program.press(F3)
        program.rest()
        program.press(b"a")
        program.until(lambda: b"all media" in program.output)
        program.rest()
        found |= _timed(program, [b"l"] * min(200, count - 1), f"{name}_next")
        found |= _timed(program, [b"p"] * 30, f"{name}_judge")
        program.rest()
        program.press(b"g")
        program.rest()
        found |= _timed(program, [PAGE_DOWN] * min(30, count // 40), f"{name}_page", every=0.15)
        found[f"{name}_peak_mb"] = program.peak_rss()
        program.press(b"g")
        program.rest()
        found |= _filtered(program, name)
    return found


def _timed(
    program: Program, keys: list[bytes], name: str, every: float = INTERVAL
) -> dict[str, float]:
    """Press keys and return what each costs the screen's thread, and how long its title takes."""
    costs, waits = [], []
    for key in keys:
        before = program.screen_cpu()
        pressed, start = program.press(key)
        program.read_for(every)
        costs.append(1000 * (program.screen_cpu() - before))
        if (at := program.when(rb"\d[\d,]* of [1-9]", start)) is not None:
            waits.append(1000 * (at - pressed))
    return {
        f"{name}_screen_ms": statistics.median(costs),
        f"{name}_screen_p95_ms": percentile(costs, 0.95),
        f"{name}_wall_ms": statistics.median(waits) if waits else -1,
        f"{name}_wall_p95_ms": percentile(waits, 0.95),
        f"{name}_answered": len(waits) / len(keys),
    }


def _filtered(program: Program, name: str) -> dict[str, float]:
    """Tick "rejected" in the filter, and take the tick off again, some times."""
    program.press(b"/")
    program.until(lambda: b"Filter" in program.output)
    program.read_for(2.0)
    program.press(DOWN)
    program.press(DOWN)
    program.read_for(1.0)
    costs, rests, waits = [], [], []
    for _ in range(10):
        before = program.screen_cpu()
        pressed, start = program.press(b" ")
        at = program.until(lambda start=start: program.when(rb"\d[\d,]* of [1-9]", start))
        costs.append(1000 * (program.screen_cpu() - before))
        waits.append(1000 * (at - pressed))
        program.read_for(0.6)
        rests.append(1000 * (program.screen_cpu() - before))
    return {
        f"{name}_filter_screen_ms": statistics.median(costs),
        f"{name}_filter_screen_max_ms": max(costs),
        f"{name}_filter_wall_ms": statistics.median(waits),
        f"{name}_filter_with_the_table_behind_ms": statistics.median(rests),
    }


def while_reading(bench: Bench, project: Path) -> dict[str, float]:
    """Press keys from the first frame on, while ten thousand verdicts are read, uncached."""
    waits: list[float] = []
    for _ in range(3):
        with bench.start(project) as program:
            program.until(lambda: b"idea-00" in program.output)
            program.press(F3)
            program.until(lambda: in_cells(program.output) is not None)
            waits += _waits(program, [b"l", b"h"] * 20, 0.06)
    return {"reading_p95_ms": percentile(waits, 0.95), "reading_max_ms": max(waits)}


def while_sweeping(bench: Bench, project: Path) -> dict[str, float]:
    """Press keys while all ten thousand are looked into."""
    with bench.start(project, home="first-10000") as program:
        program.until(lambda: b"idea-00" in program.output)
        program.rest()
        program.press(F3)
        program.press(b"a")
        program.rest()
        program.press(b"/")
        program.until(lambda: b"Filter" in program.output)
        program.press(ESCAPE)
        program.read_for(1.5)
        before = program.cpu(), program.screen_cpu(), time.perf_counter()
        program.read_for(3.0)
        spent = time.perf_counter() - before[2]
        share = (program.cpu() - before[0]) / spent
        screen = (program.screen_cpu() - before[1]) / spent
        waits = _waits(program, [b"l"] * 100, 0.08)
    return {
        "sweeping_p95_ms": percentile(waits, 0.95),
        "sweeping_max_ms": max(waits),
        "sweeping_all_share": share,
        "sweeping_screen_share": screen,
    }


def _waits(program: Program, keys: list[bytes], every: float) -> list[float]:
    """Press keys and return how long the title of each takes to come, in ms; inf if it did not."""
    waits = []
    for key in keys:
        pressed, start = program.press(key)
        program.read_for(every)
        at = program.when(rb"\d[\d,]* of [1-9]", start)
        waits.append(float("inf") if at is None else 1000 * (at - pressed))
    return waits


# clips


def clip(bench: Bench, seconds: float = 8.0) -> dict[str, float]:
    """Play a clip round and round; return frames painted, what they cost, and keys meanwhile."""
    found: dict[str, float] = {}
    project = one_clip(bench.folder / "clip")
    with bench.start(project) as program:
        program.until(lambda: b"clip" in program.output)
        program.rest()
        program.press(F3)
        program.rest()
        program.press(ENTER)
        program.read_for(2.0)
        before = program.cpu(), program.screen_cpu(), program.children_cpu()
        at, start = time.perf_counter(), len(program.output)
        program.read_for(seconds)
        spent = time.perf_counter() - at
        used = [program.cpu(), program.screen_cpu(), program.children_cpu()]
        used = [1000 * (now - then) for now, then in zip(used, before, strict=True)]
        frames = [frame for _, frame in program.frames(start) if len(frame) > 4000]
        painted = max(1, len(frames))
        found["clip_fps"] = painted / spent
        found["clip_app_ms_a_frame"] = used[0] / painted
        found["clip_screen_ms_a_frame"] = used[1] / painted
        found["clip_child_ms_a_frame"] = used[2] / painted
        found["clip_cpu_share"] = (used[0] + used[2]) / 1000 / spent
        found["clip_kb_a_frame"] = statistics.median(map(len, frames)) / 1000 if frames else 0
        waits = []
        for number in range(24):
            label = number % 4
            pressed, start = program.press(b"6789"[label : label + 1])
            program.read_for(0.25)
            word = (b"red", b"yellow", b"green", b"blue")[label]
            said = program.when(rb"\xe2\x97\x8f " + word, start)
            waits.append(float("inf") if said is None else 1000 * (said - pressed))
        found["clip_key_ms"] = statistics.median(waits)
        found["clip_key_p95_ms"] = percentile(waits, 0.95)
    return found


def main() -> None:
    """Measure what was asked for; print a table and one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = {
        "cells": functools.partial(next_picture, kitty=False),
        "kitty": functools.partial(next_picture, kitty=True),
        "many": many,
        "clip": clip,
    }
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(kinds))
    parser.add_argument("--keep", type=Path, help="where the projects are made and stay")
    parser.add_argument("--size", default="160x45", help="of the terminal, in cells")
    options = parser.parse_args()
    if unknown := [kind for kind in options.kinds if kind not in kinds]:
        parser.error(f"not known: {', '.join(unknown)}")
    columns, rows = map(int, options.size.split("x"))
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(options.keep or name).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["STUDIO_STATE"] = os.environ["STUDIO_CACHE"] = str(folder / "made")
        bench = Bench(folder, (columns, rows))
        try:
            for kind in options.kinds or kinds:
                sys.stdout.write(f"{kind}, {options.size}, load {os.getloadavg()[0]:.1f}\n")
                mine = kinds[kind](bench)
                for what, value in mine.items():
                    sys.stdout.write(f"  {what:44}{value:10.2f}\n")
                    found[what if kind in ("many", "clip") else f"{kind}_{what}"] = round(value, 3)
                sys.stdout.flush()
        finally:
            shutil.rmtree(folder / "homes", ignore_errors=True)
    sys.stdout.write(json.dumps({"size": options.size, **found}) + "\n")


if __name__ == "__main__":
    main()
