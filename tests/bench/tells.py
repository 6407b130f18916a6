"""How often the lint calls a caption a machine's: of captions by people, of generated ones.

Run:  PYTHONPATH=. python tests/bench/tells.py
Kept: tells.txt, with date and command. Where the captions are from: tests/captions/tells/NOTICE.md.

The halves are made by a fixed hash of the text (`half`). The rules were made with the tuned half
in view; the unseen half was measured once they were fixed. Printed, for each half:

* the confusion table, and its two shares, each with the 90 % interval of Wilson
* the same with all emoji taken out first: people's half has few of them, generated text many
* "rank": chance that a generated caption scores above one by a person (area under the ROC curve)

Last, the CPU time of one lint of 2,200 and of 10,000 characters of these captions, warm.
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from pathlib import Path

from studio.captions.lint import lint

CORPUS = Path(__file__).parents[1] / "captions" / "tells"
_EMOJI = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\ufe0f\u200d]")


def half(text: str) -> str:
    """Return the half a caption is in: "tuned" or "unseen"."""
    return "tuned" if hashlib.sha256(text.encode()).digest()[0] % 2 == 0 else "unseen"


def corpus(kind: str) -> list[str]:
    """Return the captions of a kind: "human" or "machine"."""
    lines = (CORPUS / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def flagged(kind: str, which: str) -> tuple[int, int]:
    """Return how many captions of one half are flagged, and how many there are."""
    texts = [text for text in corpus(kind) if half(text) == which]
    return sum(lint(text).flagged for text in texts), len(texts)


def wilson(hits: int, n: int, z: float = 1.645) -> tuple[float, float]:
    """Return the 90 % interval of a share (Wilson 1927)."""
    share, extra = hits / n, z * z / n
    middle = (share + extra / 2) / (1 + extra)
    reach = z / (1 + extra) * (share * (1 - share) / n + extra / (4 * n)) ** 0.5
    return middle - reach, middle + reach


def table(which: str, *, emoji: bool) -> str:
    """Return the confusion table of a half as text."""
    rows = []
    scores: dict[str, list[float]] = {}
    for kind in ("human", "machine"):
        texts = [text for text in corpus(kind) if half(text) == which]
        if not emoji:
            texts = [_EMOJI.sub("", text) for text in texts]
        found = [lint(text) for text in texts]
        scores[kind] = [one.score for one in found]
        hits, n = sum(one.flagged for one in found), len(found)
        low, high = wilson(hits, n)
        rows.append(
            f"  {kind:8} {hits:8} {n - hits:8} {100 * hits / n:7.1f} %"
            f"  {100 * low:.1f} to {100 * high:.1f}"
        )
    pairs = [
        (one > other) + (one == other) / 2 for one in scores["machine"] for other in scores["human"]
    ]
    head = f"{which}{'' if emoji else ', emoji taken out'}"
    title = f"{head}\n  {'':8} {'flagged':>8} {'not':>8} {'share':>9}  90 % interval"
    return "\n".join([title, *rows, f"  rank {sum(pairs) / len(pairs):.3f}"])


def cost(size: int) -> float:
    """Return the CPU time of one lint of so many characters, in ms: the least of five tries."""
    whole = "\n\n".join(
        text for pair in zip(corpus("human"), corpus("machine"), strict=True) for text in pair
    )
    text = whole[:size]
    lint(text)
    tries = []
    for _ in range(5):
        start = time.process_time()
        for _ in range(10):
            lint(text)
        tries.append((time.process_time() - start) * 100)
    return min(tries)


def main() -> None:
    """Print everything."""
    for which in ("tuned", "unseen"):
        for emoji in (True, False):
            print(table(which, emoji=emoji))
    for size in (2_200, 10_000):
        print(f"{size:,} characters: {cost(size):.2f} ms")


if __name__ == "__main__":
    main()
