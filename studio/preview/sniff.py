"""What a file is, by its first bytes: names and extensions are not believed."""

from __future__ import annotations

# Bytes that `kind` wants to see.
HEAD = 512

_PICTURES = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"BM", "BMP"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG2000"),
    (b"\xff\x4f\xff\x51", "JPEG2000"),
)
# What is not shown, as a person would call it, and what to do about it.
_OTHERS = (
    # libtiff tells the terminal of every damaged tag, across whatever is on the screen.
    (b"II*\0", "a TIFF, which is not supported", "Export it as JPEG or PNG"),
    (b"MM\0*", "a TIFF, which is not supported", "Export it as JPEG or PNG"),
    (b"%PDF", "a PDF, not a picture", "Export the page as JPEG or PNG"),
    (b"%!PS", "a PostScript file, not a picture", "Export it as JPEG or PNG"),
    (b"PK\x03\x04", "a zip archive, not a picture", "Unpack it and add the pictures inside"),
    (b"8BPS", "a Photoshop file, not a picture", "Export it as JPEG or PNG"),
    (
        b"\x1aE\xdf\xa3",
        "a clip (Matroska or WebM), not a picture",
        "Open it as a clip, not as a picture",
    ),
)
_HTML = (b"<!doctype html", b"<html", b"<head")


def kind(head: bytes) -> str | None:
    """Return Pillow's name of the picture format that starts with `head`, None for any other."""
    for magic, name in _PICTURES:
        if head.startswith(magic):
            return name
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if {b"avif", b"avis"} & set(_brands(head)):
        return "AVIF"
    return None


def advice(head: bytes) -> tuple[str, str]:
    """Return what a file that is no picture is, and what to do about it, for a `Problem`."""
    for magic, what, mend in _OTHERS:
        if head.startswith(magic):
            return f"it is {what}", mend
    brands = _brands(head)
    if any(brand[:2] == b"he" or brand == b"mif1" for brand in brands):
        return "it is a HEIC photo, which is not supported", "Export it as JPEG"
    if brands:
        return "it is a clip (MP4 or MOV), not a picture", "Open it as a clip, not as a picture"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_HTML):
        return "it is a web page, not a picture", "Download the picture itself again"
    if text.startswith((b"<svg", b"<?xml")):
        return "it is an SVG drawing, which is not supported", "Export it as PNG"
    return (
        "it is not a picture in a format that is known",
        "Use JPEG, PNG, WebP, AVIF, GIF, BMP or JPEG 2000",
    )


def _brands(head: bytes) -> list[bytes]:
    """Return the brands of an ISO media file (MP4, HEIC, AVIF): its own and the compatible."""
    if head[4:8] != b"ftyp":
        return []
    end = min(int.from_bytes(head[:4], "big"), len(head))
    brands = [head[8:12]]
    brands += [head[at : at + 4] for at in range(16, end - 3, 4)]
    return brands
