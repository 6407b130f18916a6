"""Text that Meta's downloads write wrongly: the bytes of UTF-8, each as a letter of its own.

"é" arrives as "Ã©", in values and in keys (reference: analytics-exports, section 3; the same in
pixelfed#4479 and instagram-to-bluesky#15). What cannot have come about that way is left alone.
"""

from __future__ import annotations

_DEEPEST = 100


def repair(text: str) -> str:
    """Return the text that was meant; unchanged when it is no such mistake.

    A string that holds letters beyond Latin-1, or that is no UTF-8 when read so (because it was
    right, or broken further), stays as it is. Halves of surrogate pairs, which no file can hold,
    become whole or the replacement character.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode()
    except UnicodeDecodeError:
        return text
    except UnicodeEncodeError:
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return text


def repaired(value: object, depth: int = 0) -> object:
    """Return parsed JSON with every string repaired, keys too; the deepest parts become None."""
    if isinstance(value, str):
        return repair(value)
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {
            repair(key) if isinstance(key, str) else key: repaired(item, depth + 1)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [repaired(item, depth + 1) for item in value]
    return value
