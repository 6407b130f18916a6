"""Measure what taking in and opening a very large export costs, and what reading it costs pandas.

    python tests/bench/exports.py [--rows 100000] [--keep FILE]

The file is Meta's content export with multi-line captions, valid ids and times over years. Each
figure is the CPU time (user and system, all threads) of a process of its own, its start left out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

ROOT = Path(__file__).parents[2]
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_EPOCH_MS = 1314220021721  # of Instagram's ids, see studio.stats.readers.ids
_HEADER = (
    '"Post ID","Account ID","Account username","Account name",Description,"Duration (sec)",'
    '"Publish time",Permalink,"Post type","Data comment",Date,Views,Reach,Likes,Shares,Follows,'
    "Comments,Saves\n"
)
_LINES = (
    "Saturday morning, cereal on the carpet, the good cushions already claimed.",
    "Nobody had a phone; you rang the bell and asked whether they could come out.",
    "The school bus smelled of wet coats and orange peel \U0001f9e5",
    "Who else kept the tape running just to catch the theme tune?",
    "Mum's car had seats that could brand you in July \U0001f697☀️",
    "Write the name of your first teacher below, I read all of them – “promise”.",
    "#80s #nostalgia #childhood #retro #memories #kids #vintage #film",
)


def shortcode(at: datetime, low: int) -> str:
    """Return a shortcode that holds a time."""
    number = (round(at.timestamp() * 1000) - _EPOCH_MS) << 23 | low & 0x7FFFFF
    return "".join(_ALPHABET[number >> shift & 63] for shift in range(60, -1, -6))


def write_meta(path: Path, rows: int, *, seed: int = 1) -> None:
    """Write a content export of about 1.1 kB a row; some posts are scheduled."""
    rng = random.Random(seed)
    pacific = ZoneInfo("America/Los_Angeles")
    step = timedelta(days=9 * 365) / max(rows, 1)
    start = datetime(2017, 9, 1, 6, tzinfo=UTC)
    kinds = (("IG reel", "reel", 14), ("IG carousel", "p", 0), ("IG image", "p", 0))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(_HEADER)
        for index in range(rows):
            at = start + step * index + timedelta(seconds=rng.randrange(60))
            live = at + timedelta(hours=rng.randrange(2, 90)) if index % 33 == 0 else at
            wall = live.astimezone(pacific).strftime("%m/%d/%Y %H:%M")
            kind, folder, seconds = kinds[index % 3]
            text = "\n".join(rng.choices(_LINES, k=rng.randrange(9, 17)))
            views = int(rng.lognormvariate(7, 1.2))
            figures = ",".join(str(int(views * f)) for f in (1, 0.8, 0.06, 0.01, 0.002, 0.01, 0.02))
            caption = text.replace('"', '""')
            file.write(
                f'{18000000000000000 + index},17840000000000001,page.example,"Page Example",'
                f'"No. {index}: {caption}",{seconds},"{wall}",'
                f"https://www.instagram.com/{folder}/{shortcode(at, index)}/,"
                f'"{kind}",,Lifetime,{figures}\n'
            )


_IMPORT = """
import sys, time
from studio import cli
start = time.process_time()
code = cli.main(["import", sys.argv[1], sys.argv[2]])
print("CPU", time.process_time() - start, file=sys.stderr)
sys.exit(code)
"""
_LOAD = """
import sys, time
from pathlib import Path
from studio.project.project import Project
from studio.stats.exports import load
start = time.process_time()
project = Project.open(Path(sys.argv[1]))
table = load(project.store, cache=project.cache)
print("CPU", time.process_time() - start, file=sys.stderr)
assert len(table.posts) == int(sys.argv[2]), len(table.posts)
"""
_PANDAS = """
import sys, time
import pandas
start = time.process_time()
frame = pandas.read_csv(sys.argv[1])
print("CPU", time.process_time() - start, file=sys.stderr)
assert len(frame) == int(sys.argv[2]), len(frame)
"""


def cpu(code: str, *arguments: str, home: Path) -> tuple[float, int]:
    """Run code in a process of its own; return its CPU seconds and its peak memory in MB."""
    watched = code + (
        "\nimport resource"
        "\nprint('RSS', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", watched.replace("sys.exit(code)", "assert not code"), *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            **{f"XDG_{name}_HOME": str(home / name) for name in ("STATE", "CACHE", "CONFIG")},
        },
    )
    if done.returncode:
        raise SystemExit(done.stderr + done.stdout)
    told = dict(line.split() for line in done.stderr.splitlines() if line[:4] in {"CPU ", "RSS "})
    return float(told["CPU"]), int(told["RSS"]) // 1024


def main() -> None:
    """Print one line a measure, and all as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="only write the file there")
    options = parser.parse_args()
    if options.keep:
        write_meta(options.keep, options.rows)
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        big = home / "big.csv"
        write_meta(big, options.rows)
        size = big.stat().st_size
        measures: dict[str, list[tuple[float, int]]] = {}
        for run in range(options.runs):
            page = home / f"page{run}"
            (page / "ideas").mkdir(parents=True)
            toml = f'id = "bench{run}"\nname = "Bench"\nzone = "Europe/London"\n'
            (page / "studio.toml").write_text(toml)
            for what, code, arguments in (
                ("pandas.read_csv", _PANDAS, (str(big), str(options.rows))),
                ("studio import", _IMPORT, (str(page), str(big))),
                ("open, first time", _LOAD, (str(page), str(options.rows))),
                ("open, from cache", _LOAD, (str(page), str(options.rows))),
                ("import again", _IMPORT, (str(page), str(big))),
            ):
                measures.setdefault(what, []).append(cpu(code, *arguments, home=home))
    best = {what: min(found) for what, found in measures.items()}
    peer = best["pandas.read_csv"][0]
    print(f"{options.rows:,} rows, {size / 1e6:.0f} MB, Python {sys.version.split()[0]}")
    for what, (seconds, memory) in best.items():
        print(f"{what:<18} {seconds:6.2f} CPU s  {seconds / peer:5.2f} × pandas  {memory:5} MB")
    print(json.dumps({what: round(seconds, 3) for what, (seconds, _) in best.items()}))


if __name__ == "__main__":
    main()
