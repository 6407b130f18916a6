"""Remakes both sample projects: `python -m sample_projects.make [pictures|clips|posts|sidecars]`.

With a word, only that part; with `--only NAME`, only the pictures whose path holds NAME.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("pictures", "clips", "posts", "sidecars")


def _picture(index: int) -> str:
    from sample_projects.make import pictures

    started = time.monotonic()
    picture = pictures.PICTURES[index]
    pictures.write(picture, ROOT)
    size = (ROOT / picture.path).stat().st_size
    return f"{picture.path}  {size // 1000} kB  {time.monotonic() - started:.0f} s"


def _pictures(only: str, jobs: int) -> None:
    from sample_projects.make import pictures

    wanted = [i for i, p in enumerate(pictures.PICTURES) if only in p.path]
    with ProcessPoolExecutor(jobs) as pool:
        for done in as_completed([pool.submit(_picture, i) for i in wanted]):
            sys.stdout.write(done.result() + "\n")
            sys.stdout.flush()


def main() -> None:
    """Reads the command line and remakes what it names."""
    parser = argparse.ArgumentParser(prog="python -m sample_projects.make")
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], help="what to remake; all if none")
    parser.add_argument("--only", default="", metavar="NAME", help="pictures whose path holds NAME")
    parser.add_argument("--jobs", type=int, default=2, help="processes that draw at once")
    args = parser.parse_args()
    parts = args.part or PARTS
    if "pictures" in parts:
        _pictures(args.only, args.jobs)
    if "clips" in parts:
        from sample_projects.make import clips

        clips.write(ROOT)
    if "posts" in parts:
        from sample_projects.make import posts

        posts.write(ROOT)
    if "sidecars" in parts:
        from sample_projects.make import sidecars

        sidecars.write(ROOT)


if __name__ == "__main__":
    main()
