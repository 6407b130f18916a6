"""Any kind of decoded image as plain 8-bit sRGB."""

from __future__ import annotations

import io

from PIL import Image

Colour = tuple[int, int, int]

_MAX_PROFILE = 4 << 20


def plain(image: Image.Image) -> Image.Image:
    """Return a decoded image in RGB, RGBA, L or CMYK, which can be resized and managed."""
    transparent = "transparency" in image.info
    if image.mode in {"RGBA", "CMYK"} or (image.mode in {"RGB", "L"} and not transparent):
        return image
    if image.mode in {"I", "F"} or image.mode.startswith("I;16"):
        return _eight_bits(image)
    if image.mode == "1":
        return image.convert("L")
    if transparent or image.mode in {"LA", "La", "PA", "RGBa"}:
        return image.convert("RGBA")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Return a grey image of 16 or 32 bits or floats as 8 bits."""
    import numpy as np

    values = np.asarray(image).astype(np.float32)
    values = np.nan_to_num(values, posinf=0, neginf=0)
    largest = float(values.max())
    # 16 bits unless the values say otherwise; floats are commonly 0 to 1.
    white = 1.0 if image.mode == "F" and largest <= 1 else max(largest, 65535.0)
    if image.mode == "F" and 1 < largest <= 255:
        white = 255.0
    return Image.fromarray((values * (255 / white) + 0.5).clip(0, 255).astype(np.uint8))


def managed(image: Image.Image, profile: bytes) -> Image.Image:
    """Return an image in sRGB; unchanged where its profile is sRGB, damaged or of another mode.

    Args:
        image: in RGB, RGBA, L or CMYK.
        profile: its ICC profile.
    """
    named = (b"sRGB", "sRGB".encode("utf-16-be"))
    if len(profile) > _MAX_PROFILE or any(name in profile for name in named):
        return image
    from PIL import ImageCms

    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        srgb = ImageCms.createProfile("sRGB")
        done = ImageCms.profileToProfile(colours, source, srgb, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    if done is None:
        return image
    if alpha:
        done.putalpha(alpha)
    return done


def flattened(image: Image.Image, background: Colour) -> Image.Image:
    """Return an image in RGB, its transparent parts over a background."""
    if image.mode == "RGBA":
        behind = Image.new("RGBA", image.size, (*background, 255))
        image = Image.alpha_composite(behind, image)
    return image if image.mode == "RGB" else image.convert("RGB")
