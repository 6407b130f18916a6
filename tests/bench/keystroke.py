"""What a keystroke costs from outside: CPU time of the whole program on a real pty.

`python tests/bench/keystroke.py` types into a caption of 2,200 characters, one key every 60 ms, and
reads the process's CPU clock (all threads, saving included) between keys; beside it the same into a
bare Textual `TextArea` with the same text. Linux only.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]

PEER = """
import sys
from textual.app import App
from textual.widgets import TextArea
class Peer(App):
    def compose(self):
        yield TextArea(open(sys.argv[1], encoding="utf-8").read(), soft_wrap=True)
Peer().run()
"""
TYPED = "the quick brown fox jumps over the lazy dog and #tags too, all day long. "


def clock(pid: int) -> float:
    """Return the CPU seconds a process has used, all threads."""
    return time.clock_gettime((~pid << 3) | 2)


def type_into(argv: list[str], env: dict[str, str], marker: str, keys: tuple[str, ...]) -> list:
    """Start a program, press keys to get to the text, type, and return ms of CPU per key."""
    from terminal import Terminal

    costs = []
    with Terminal(argv, env=env, columns=160, rows=45) as terminal:
        terminal.wait_for(marker)
        settle(terminal)
        terminal.press(*keys)
        settle(terminal)
        for character in TYPED * 2:
            before = clock(terminal._pid)
            terminal.press(character)
            end = time.monotonic() + 0.06
            while (left := end - time.monotonic()) > 0:
                terminal._read(left)
            costs.append((clock(terminal._pid) - before) * 1000)
    return sorted(costs)


def settle(terminal: object) -> None:
    """Let the program come to rest: no CPU used for a quarter of a second."""
    used = -1.0
    while (now := clock(terminal._pid)) - used > 0.004:
        used = now
        end = time.monotonic() + 0.25
        while (left := end - time.monotonic()) > 0:
            terminal._read(left)


def main() -> None:
    """Print both figures and their ratio, last one JSON object."""
    from desk import project

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = dict(os.environ) | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        env |= {f"XDG_{kind}_HOME": f"{name}/{kind}" for kind in ("CONFIG", "STATE", "CACHE")}
        env |= {"PYTHONPATH": str(ROOT)}
        os.environ.update({key: env[key] for key in env if key.startswith("XDG_")})
        page = project(folder / "page", 3)
        peer = folder / "peer.py"
        peer.write_text(PEER, "utf-8")
        caption = str(page / "captions" / "bench.md")
        found = {}
        for label, argv, marker, keys in (
            (
                "studio",
                [sys.executable, "-m", "studio", str(page)],
                "Bench",
                ("f4", "down", "down"),
            ),
            ("peer", [sys.executable, str(peer), caption], "Nobody", ("down", "down")),
        ):
            costs = type_into(argv, env, marker, keys)
            found[f"{label}_median_ms"] = round(statistics.median(costs), 2)
            found[f"{label}_p95_ms"] = round(costs[int(len(costs) * 0.95)], 2)
    for label, value in found.items():
        sys.stdout.write(f"{label:18} {value:8.2f}\n")
    sys.stdout.write(f"p95 ratio {found['studio_p95_ms'] / found['peer_p95_ms']:.2f}\n")
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
