"""What a file's Content Credentials (C2PA) say, if they can be read.

Finding them needs nothing; reading and checking them needs c2pa-python, which is optional. That is
native code on a hostile file: it runs in a child process with a limit of time, and without the
network that it would use by itself. Read in 0.1 s (c2pa-python 0.38.1: JPEG, PNG, WebP, AVIF, MP4).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.media.origin.json import loads
from studio.media.origin.xmp import is_generated, source_type

if TYPE_CHECKING:
    from typing import BinaryIO

NOT_READ = "Content Credentials are there; install studio[c2pa] to read them"
_DAMAGED = "Content Credentials are there, but cannot be read"

_MIMES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "WebP": "image/webp",
    "GIF": "image/gif",
    "AVIF": "image/avif",
    "HEIC": "image/heic",
    "MP4": "video/mp4",
}
_TIMEOUT = 10.0  # seconds
_MOST_ANSWER = 100_000  # characters
# What an interpreter needs to start; keys and tokens are none of the child's business.
_NEEDED = (
    *("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"),
    *("SYSTEMROOT", "TEMP", "TMP", "TMPDIR"),
)


def credentials(file: BinaryIO, format_: str, manifest: bytes) -> tuple[str, str | None]:
    """Return a sentence on a file's Content Credentials, and the source type they give.

    Args:
        file: the open file; its position is lost.
        format_: as `studio.media.magic.sniff` names it.
        manifest: the beginning of the credentials.
    """
    seen = _seen(manifest)
    if not can_read():
        return NOT_READ, seen
    told = _ask(file, _MIMES.get(format_, "application/octet-stream"))
    if "state" not in told:
        return _DAMAGED, seen
    return _sentence(told, seen)


def can_read() -> bool:
    """Tell whether c2pa-python is installed."""
    from importlib.util import find_spec

    return find_spec("c2pa") is not None


def _seen(manifest: bytes) -> str | None:
    """Return the source type that stands as plain text in an unread manifest."""
    low = manifest.lower()
    for word in ("compositeWithTrainedAlgorithmicMedia", "trainedAlgorithmicMedia"):
        if b"digitalsourcetype/" + word.lower().encode() in low:
            return word
    return "digitalCapture" if b"digitalsourcetype/digitalcapture" in low else None


def _ask(file: BinaryIO, mime: str) -> dict[str, Any]:
    import subprocess

    child = str(Path(__file__).with_name("c2pa_child.py"))
    environment = {key: os.environ[key] for key in _NEEDED if key in os.environ}
    try:
        ran = subprocess.run(
            [sys.executable, "-P", child, mime],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    told = loads(ran.stdout.decode("utf-8", "replace")[:_MOST_ANSWER])
    return told if isinstance(told, dict) else {}


def _sentence(told: dict[str, Any], seen: str | None) -> tuple[str, str | None]:
    found = [source_type(str(source)) for source in told.get("sources") or []]
    source = next((each for each in found if is_generated(each)), None)
    source = source or next((each for each in found if is_generated(each) is False), seen)
    means = "whether by AI or by a camera is not said"
    if (made := is_generated(source)) is not None:
        means = "made with an AI model" if made else "taken by a camera"
    maker = f" of {told['generator']}" if told.get("generator") else ""
    signer = told.get("signer") or "somebody without a name"
    match told["state"]:
        case "Trusted":
            holds = f"Unchanged since it was signed by {signer}, who is trusted"
        case "Valid":
            holds = f"Unchanged since it was signed by {signer}; who that is has not been checked"
        case _:
            holds = "They do not fit this file: it was changed after, or they are damaged"
    return f"Content Credentials{maker}: {means}. {holds}", source
