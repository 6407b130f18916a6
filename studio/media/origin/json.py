"""JSON from outside, read without trust: its size is capped, its depth harms nobody."""

from __future__ import annotations

import json
from typing import Any

MOST = 3_000_000  # characters; ComfyUI's largest workflows stay below 1 MB


def loads(text: str) -> Any:  # noqa: ANN401 (whatever the file holds)
    """Return what a JSON text holds, None when it is none, too large or nested too deep."""
    if len(text) > MOST:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def is_object(text: str) -> bool:
    """Tell whether a text looks like a JSON object."""
    return text[:100].lstrip("\ufeff \t\r\n")[:1] == "{"
