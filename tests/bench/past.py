"""What the index over 5,000 captions costs, in CPU milliseconds on one thread.

`python tests/bench/past.py` builds it from generated captions of some 400 characters and prints the
median and the most of 41 turns of each search and of each look for repeats, then how alike captions
are that have nothing to do with each other.
"""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[2])]

from studio.captions import again  # noqa: E402
from studio.captions.past import Past, tags_lately, used_before  # noqa: E402
from tests.captions.many import SIGNATURE, captions  # noqa: E402

COUNT = 5_000
TURNS = 41
WORDS = ["e", "the", "the we", '"the a"', "cafe", "follow memory", "#b", "bo ca", "xyzzy"]


def cost(work: object) -> str:
    """Return median and most of the CPU time, as text."""
    costs = []
    for _ in range(TURNS):
        start = time.process_time()
        work()
        costs.append((time.process_time() - start) * 1_000)
    return f"{statistics.median(costs):7.2f} ms, most {max(costs):7.2f} ms"


def main() -> None:
    """Print the figures."""
    posts = captions(COUNT)
    start = time.process_time()
    past = Past(posts)
    built = time.process_time() - start
    size = sum(len(post.text) for post in posts) / COUNT
    print(f"{COUNT} captions of {size:.0f} characters, built in {built:.2f} s")
    tracemalloc.start()
    another = Past(posts)
    print(f"room taken: {tracemalloc.get_traced_memory()[0] / 1e6:.0f} MB for {len(another)}")
    tracemalloc.stop()
    for words in WORDS:
        hits = len(past.search(words, limit=COUNT))
        print(f"search {words!r:16} {cost(lambda words=words: past.search(words))}, {hits} hits")
    text = posts[70].text
    probes = {
        "another caption": captions(1, seed=9)[0].text,
        "the same": text,
        "nearly the same": text.replace(" ", " and ", 4),
        "the signature": SIGNATURE,
        "100,000 letters": "\n".join(post.text for post in posts[:256]),
        "five in one": "\n".join(post.text for post in posts[:5]),
    }
    for name, probe in probes.items():
        print(f"used before, {name:16} {cost(lambda probe=probe: used_before(probe, past))}")
    saved = (replace(posts[5], kind="here", text=f"{text} {turn}") for turn in range(TURNS))
    print(f"put what was saved {cost(lambda: past.put(next(saved)))}")
    print(f"tags of the last posts {cost(lambda: tags_lately(past, 'instagram'))}")
    past, again.NEAR = Past(posts[:2_000]), 0.01
    for what in ("caption", "first line"):
        shares = (
            one.share
            for post in posts[:300]
            for one in used_before(post.text, past, leave_out=post.path, limit=50)
            if one.what == what
        )
        print(f"greatest share of two strangers, {what}: {max(shares, default=0):.2f}")


if __name__ == "__main__":
    main()
