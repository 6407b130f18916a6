"""Random texts out of what captions, keyboards and damaged files hold."""

from __future__ import annotations

import random

PIECES = [
    *("the ", "Wrapping ", "paper", " ", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "…", "’", "“a”"),
    *("#80skid", "#Été", "@you", "=1+1", "-", "+", "'", '"', ",", ";", "|", "\\", "<b>", "[[a]]"),
    *("`", "```", "````text", "\n```\n", "\n## x\n", "- file: y\n", "👩\u200d👩\u200d👧", "🇬🇧🇩🇪"),
    *(
        "e\u0301",
        "é",
        "ﬁ",
        "ß",
        "İ",
        "ø",
        "Å",
        "か\u3099",
        "が",
        "\u1112\u1161\u11ab",
        "한",
        "हिन्दी",
    ),
    *(
        "שלום",
        "\u202eabc\u202c",
        "\u200b",
        "\ufeff",
        "\u00ad",
        "\u2028",
        "\x00",
        "\x1b[31m",
        "´",
        "ＡＢ",
    ),
]


def drawn(rng: random.Random, most: int = 40) -> str:
    """Return a text of some pieces and of characters from anywhere but the surrogates."""
    made = []
    for _ in range(rng.randrange(most)):
        if rng.random() < 0.8:
            made.append(rng.choice(PIECES))
        else:
            code = rng.choice([rng.randrange(0x80), rng.randrange(0x3000), rng.randrange(0x110000)])
            made.append(chr(code) if not 0xD800 <= code < 0xE000 else "?")
    return "".join(made)
