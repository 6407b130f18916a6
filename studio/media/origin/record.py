"""What a file says of where it comes from, as one record."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_TEXT = 20_000  # characters of a prompt
MOST_WORDS = 300  # characters of a name, a size, a date
MOST_OTHERS = 20  # other texts kept


@dataclass(frozen=True)
class Settings:
    """What one generator's text says; every text is raw and capped.

    Attributes:
        tool: the program: "AUTOMATIC1111", "Forge", "ComfyUI", "InvokeAI"…
        model: the model's name as the program wrote it.
        prompt: at most `MOST_TEXT` characters.
        negative: what the picture should not show.
        seed: may be larger than 64 bits.
        steps: sampling steps.
        cfg: guidance scale.
        sampler: the sampler, and the schedule when it is told.
        size: "1024x1536", in pixels, as asked of the generator.
        loras: small models mixed in, "name 0.8".
    """

    tool: str | None = None
    model: str | None = None
    prompt: str | None = None
    negative: str | None = None
    seed: int | None = None
    steps: int | None = None
    cfg: float | None = None
    sampler: str | None = None
    size: str | None = None
    loras: tuple[str, ...] = ()


@dataclass(frozen=True)
class Origin(Settings):
    """What a picture or clip says of where it comes from; every text is raw and capped.

    Attributes:
        source_type: the last part of IPTC's DigitalSourceType ("trainedAlgorithmicMedia").
        c2pa: a sentence on its Content Credentials; None when none were found.
        generated: True when the file says a model made it, False when it says a camera did, None
            when it says nothing.
        camera: make and model.
        taken: when, as EXIF writes it ("1989:12:25 08:10:00").
        gps: it says where it was taken.
        texts: other texts found, as (name, text).
        problem: why nothing could be read, and the mend.
    """

    source_type: str | None = None
    c2pa: str | None = None
    generated: bool | None = None
    camera: str | None = None
    taken: str | None = None
    gps: bool = False
    texts: tuple[tuple[str, str], ...] = field(default=())
    problem: str | None = None


def capped(text: object, most: int = MOST_TEXT) -> str | None:
    """Return a text without blanks around it and no longer than `most`; None when it is none."""
    if not isinstance(text, str):
        return None
    return text[: most * 2].strip().strip("\x00")[:most] or None


def words(text: object) -> str | None:
    """Return a name or another short text."""
    return capped(text, MOST_WORDS)


def whole(value: object) -> int | None:
    """Return a whole number written as a number or as digits (at most 40); None for others."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < 10**40 else None
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 10**18 else None
    if isinstance(value, str):
        digits = value[:60].strip()
        bare = digits.removeprefix("-")
        if len(bare) <= 40 and bare.isascii() and bare.isdigit():
            return int(digits)
    return None


def decimal(value: object) -> float | None:
    """Return a number below a million; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value[:40] if isinstance(value, str) else value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e6 else None  # NaN fails the comparison


def shape(width: object, height: object) -> str | None:
    """Return "1024x1536" for two sensible numbers of pixels."""
    across, down = whole(width), whole(height)
    if across is None or down is None or not (0 < across < 10**6 and 0 < down < 10**6):
        return None
    return f"{across}x{down}"
