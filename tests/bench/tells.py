"""How often the lint calls a caption a machine's: of captions by people, of generated ones.

Run:  PYTHONPATH=. python tests/bench/tells.py
Kept: tells.txt, with date and command. Where the captions are from: tests/captions/tells/NOTICE.md.

Three sets, each of people's captions and of generated ones:

* tuned: half of the first 200 + 200 by a fixed hash (`half`); the rules were first made with it
* seen since: the other half, measured once when they stood (2 of 99, 61 of 96), then looked at
* unseen: 100 + 100 written and drawn after that and before the rules were gone through again with
  the first 200 + 200 in view; measured once they were fixed, and nothing was changed after

Printed, for each set:

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


SETS = ("tuned", "seen since", "unseen")


def half(text: str) -> str:
    """Return the half of the first captions that a text is in."""
    return "tuned" if hashlib.sha256(text.encode()).digest()[0] % 2 == 0 else "seen since"


def corpus(kind: str, which: str) -> list[str]:
    """Return the captions of a kind ("human" or "machine") in one of `SETS`."""
    name = f"{kind}_later.jsonl" if which == "unseen" else f"{kind}.jsonl"
    lines = (CORPUS / name).read_text(encoding="utf-8").splitlines()
    texts = [str(json.loads(line)["text"]) for line in lines]
    return texts if which == "unseen" else [text for text in texts if half(text) == which]


def flagged(kind: str, which: str) -> tuple[int, int]:
    """Return how many captions of a set are flagged, and how many there are."""
    texts = corpus(kind, which)
    return sum(lint(text).flagged for text in texts), len(texts)


def wilson(hits: int, n: int, z: float = 1.645) -> tuple[float, float]:
    """Return the 90 % interval of a share (Wilson 1927)."""
    share, extra = hits / n, z * z / n
    middle = (share + extra / 2) / (1 + extra)
    reach = z / (1 + extra) * (share * (1 - share) / n + extra / (4 * n)) ** 0.5
    return max(0.0, middle - reach), middle + reach


def table(which: str, *, emoji: bool) -> str:
    """Return the confusion table of a set as text."""
    rows = []
    scores: dict[str, list[float]] = {}
    for kind in ("human", "machine"):
        texts = corpus(kind, which)
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
    pairs = zip(corpus("human", "unseen"), corpus("machine", "unseen"), strict=True)
    whole = "\n\n".join(text for pair in pairs for text in pair)
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
    for which in SETS:
        for emoji in (True, False):
            print(table(which, emoji=emoji))
    for size in (2_200, 10_000):
        print(f"{size:,} characters: {cost(size):.2f} ms")


if __name__ == "__main__":
    main()
