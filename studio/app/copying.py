"""The caption's bytes to the clipboard, by the ways there are, and how sure it is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from studio.captions import clipboard


def copy_bytes(data: bytes, to_terminal: Callable[[str], object]) -> tuple[str, bool]:
    """Copy bytes; return a sentence for the human and whether it is certain.

    Args:
        data: the caption file's bytes.
        to_terminal: writes an escape sequence through the screen's own writer.
    """
    copied = clipboard.copy(data, environ=os.environ, platform=sys.platform, terminal=to_terminal)
    return copied.how, copied.certain
