"""Generated captions for tests and benchmarks: seeded, of the shape such pages have."""

from __future__ import annotations

import datetime as dt
import random

from studio.captions.past import Written

_CONSONANTS = ["b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "st", "bl"]
SIGNATURE = "Follow for a new memory every evening"
START = dt.datetime(2024, 1, 1, 18, tzinfo=dt.UTC)


def vocabulary(rng: random.Random, size: int = 4_000) -> list[str]:
    """Return made-up words, the more usual ones first."""
    words = ["the", "a", "and", "of", "in", "we", "was", "it", "you", "that", "café", "don’t"]
    while len(words) < size:
        words.append(
            "".join(rng.choice(_CONSONANTS) + rng.choice("aeiou") for _ in range(rng.randint(1, 4)))
        )
    return words


def captions(count: int, seed: int = 5) -> list[Written]:
    """Return posts of some 400 characters, a day apart, with signature, tags and emoji."""
    rng = random.Random(seed)
    words = vocabulary(rng)
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    tags = [f"#{word}" for word in words[100:160]]
    made = []
    for number in range(count):
        drawn = rng.choices(words, weights, k=58)
        lines = [" ".join(drawn[:9]) + " 🎄", " ".join(drawn[9:35]), " ".join(drawn[35:]) + "."]
        text = "\n".join([*lines, SIGNATURE, " ".join(rng.sample(tags, 5))])
        when = START + dt.timedelta(days=number)
        made.append(
            Written(f"captions/{number}.md", "instagram", text, when, "posted", f"{number}")
        )
    return made
