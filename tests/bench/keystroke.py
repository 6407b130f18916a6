"""What a keystroke costs from outside: CPU time of the whole program on a real pty.

`python tests/bench/keystroke.py` types into captions of 2,200 and 10,000 characters and reads the
process's CPU clock (all threads; margin, colours, lint and saving included) between keys: one key
every 60 ms, and one every 250 ms, where the lint and the other remarks come after each; beside it
the same into a bare Textual `TextArea` with the same text. Linux only.
"""

from __future__ import annotations

import json
import os
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
_HOMES = ("CONFIG", "STATE", "CACHE")
TYPED = "the quick brown fox jumps over the lazy dog and #tags too, all day long. "


def clock(pid: int) -> float:
    """Return the CPU seconds a process has used, all threads."""
    return time.clock_gettime((~pid << 3) | 2)


def type_into(
    argv: list[str], env: dict[str, str], marker: str, keys: tuple[str, ...], gap: float, times: int
) -> list[float]:
    """Start a program, press keys to get to the text, type, and return ms of CPU per key.

    Args:
        argv: the program.
        env: its environment.
        marker: what is on the screen once it is there.
        keys: those that lead to the text.
        gap: seconds between two keys.
        times: keys typed.
    """
    from terminal import Terminal

    costs = []
    with Terminal(argv, env=env, columns=160, rows=45) as terminal:
        terminal.wait_for(marker)
        settle(terminal)
        terminal.press(*keys)
        settle(terminal)
        for character in (TYPED * 9)[:times]:
            before = clock(terminal._pid)
            terminal.press(character)
            end = time.monotonic() + gap
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
    """Print the figures, last one JSON object."""
    from desk import project

    found: dict[str, float] = {}
    for size in (2200, 10000):
        for label, gap, times in (
            ("studio", 0.06, 300),
            ("studio, slowly", 0.25, 100),
            ("bare TextArea", 0.06, 300),
        ):
            with tempfile.TemporaryDirectory() as name:  # each its own: what was killed is offered
                folder = Path(name)
                env = dict(os.environ) | {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
                places = {f"XDG_{kind}_HOME": f"{name}/{kind}" for kind in _HOMES}
                env |= places | {"PYTHONPATH": str(ROOT)}
                os.environ.update(places)
                page = project(folder / "page", 3)
                caption = page / "captions" / "bench.md"
                text = caption.read_text("utf-8")
                caption.write_text((text * (size // len(text) + 1))[:size], "utf-8")
                if label == "bare TextArea":
                    peer = folder / "peer.py"
                    peer.write_text(PEER, "utf-8")
                    program = ([sys.executable, str(peer), str(caption)], text[:6], ("down",))
                else:
                    words = [sys.executable, "-m", "studio", str(page)]
                    program = (words, "Bench", ("f4", "down"))
                argv, marker, keys = program
                costs = type_into(argv, env, marker, keys, gap, times)
            for part in (50, 95, 99):
                value = costs[min(len(costs) - 1, len(costs) * part // 100)]
                found[f"{label} {size} p{part}"] = round(value, 2)
    for label, value in found.items():
        sys.stdout.write(f"{label:28} {value:8.2f} ms\n")
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
