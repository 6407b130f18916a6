"""Marks that say a picture or clip was generated, or where it was taken.

Only what a file says of itself: a mark is found or it is not, nothing is guessed from pixels.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from studio.media.origin import png
from studio.media.origin.xmp import is_generated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import BinaryIO

# IPTC NewsCodes "digitalsourcetype" stand as plain text in XMP and in C2PA manifests, in every
# container, near its beginning or its end; lower case here.
_GENERATED = b"trainedalgorithmicmedia"  # also as the end of "compositeWith…"
_SOURCE_TYPE = b"digitalsourcetype/"
_MOST_SOURCE_TYPES = 100
_PLACE_IN_XMP = b"gpslatitude"
_WORD = re.compile(rb"[a-z]{1,60}")
_HEAD, _TAIL = 1024 * 1024, 256 * 1024  # bytes looked at

# Text chunks of PNG: A1111 and Forge; ComfyUI; InvokeAI; older scripts.
_PNG_KEYS = {"parameters", "prompt", "workflow", "invokeai_metadata", "sd-metadata"}
_MOST_TEXT = 1024 * 1024  # bytes of a text chunk that are read

# EXIF tags: ImageDescription, Make, Model (ComfyUI puts "prompt:{…}" there in WebP); UserComment.
_COMFY_TAGS = (0x010E, 0x010F, 0x0110)
_EXIF_IFD, _USER_COMMENT, _GPS_IFD = 0x8769, 0x9286, 0x8825
_GPS_PLACE = {2, 4}  # latitude, longitude


def edges(file: BinaryIO) -> bytes:
    """Return a file's beginning and end, lower case; its position is lost."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(_HEAD)
    file.seek(max(len(head), size - _TAIL))
    return (head + file.read(_TAIL)).lower()


def says_generated(edges: bytes) -> bool | None:
    """Return what a file's IPTC source type says: True generated, False a camera's, None nothing.

    Args:
        edges: what `edges` returned for the file.
    """
    if _GENERATED in edges:
        return True
    said: bool | None = None
    at = edges.find(_SOURCE_TYPE)
    for _ in range(_MOST_SOURCE_TYPES):
        if at < 0:
            break
        at += len(_SOURCE_TYPE)
        word = _WORD.match(edges, at)
        means = is_generated(word[0].decode() if word else None)
        if means:
            return True
        said = means if said is None else said
        at = edges.find(_SOURCE_TYPE, at)
    return said


def says_place(edges: bytes) -> bool:
    """Say whether XMP in a file tells where it was taken.

    Args:
        edges: what `edges` returned for the file.
    """
    return _PLACE_IN_XMP in edges


def exif_says_generated(exif: Any) -> bool:  # noqa: ANN401 (PIL.Image.Exif, not imported here)
    """Say whether EXIF holds a generator's prompt (A1111 in JPEG and WebP, ComfyUI in WebP)."""
    for tag in _COMFY_TAGS:
        if str(exif.get(tag, "")).startswith(("prompt:", "workflow:")):
            return True
    comment = exif.get_ifd(_EXIF_IFD).get(_USER_COMMENT, b"")
    if isinstance(comment, str):
        text = comment
    else:  # EXIF 2.3, 4.6.5: eight bytes name the character set; byte order is the writer's whim
        body = bytes(comment)[8:_MOST_TEXT]
        text = body.replace(b"\x00", b"").decode("latin-1")
    return "Steps: " in text and ("Sampler: " in text or "CFG scale: " in text)


def exif_says_place(exif: Any) -> bool:  # noqa: ANN401
    """Say whether EXIF tells where a picture was taken."""
    return bool(_GPS_PLACE & set(exif.get_ifd(_GPS_IFD)))


def metadata_says_generated(metadata: Mapping[str, str]) -> bool:
    """Say whether a clip's container holds a generator's prompt (ComfyUI)."""
    texts = {key.lower(): value.lstrip() for key, value in metadata.items()}
    if any(texts.get(key, "").startswith("{") for key in ("prompt", "workflow")):
        return True
    comment = texts.get("comment", "")
    return comment.startswith("{") and ('"prompt"' in comment or '"workflow"' in comment)


def metadata_says_place(metadata: Mapping[str, str]) -> bool:
    """Say whether a clip's container tells where it was taken (phones write ISO 6709)."""
    return any("location" in key.lower() and value for key, value in metadata.items())


def png_chunks(file: BinaryIO) -> tuple[set[str], bytes | None]:
    """Return the keywords of a PNG's text chunks that generators use, and its EXIF.

    Text may follow the pixels; those are skipped, not read.
    """
    keys: set[str] = set()
    exif: bytes | None = None
    for chunk in png.chunks(file, keywords_only=True):
        word = png.keyword(chunk)
        if word is not None:
            keys |= {word} & _PNG_KEYS
        elif chunk.kind == b"eXIf":
            exif = chunk.data
    return keys, exif


def png_parameters(file: BinaryIO) -> str | None:
    """Return the text that A1111 and its kin leave in a PNG: prompt, steps, seed; None without."""
    for chunk in png.chunks(file):
        if png.keyword(chunk) == "parameters":
            return png.text(chunk)
    return None
