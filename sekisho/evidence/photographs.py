"""A photograph that a person took: an image for certain, upright, of a size to show, and without what cameras add.

It is drawn anew: where, when and with what it was taken (Exif, XMP, comments) stays behind, and so does whatever else a
file can carry beside its pixels.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from sekisho.language import say
from sekisho.machine import files

FORMATS = ("PNG", "JPEG")
SUFFIXES = (".png", ".jpg", ".jpeg")
MOST = 20 * files.MEGABYTE
PIXELS = 100_000_000  # of the best cameras; a small file can claim far more
SHOWN = 1600  # pixels of the longer side
QUALITY = 75


class NoPhotographError(ValueError):
    """What was named is none; the text says why, in Japanese."""


def photograph(path: Path) -> bytes:
    """The picture in a file (PNG or JPEG) as a JPEG. Raises NoPhotographError."""
    try:
        data = files.read(path, MOST)
    except OSError as problem:
        raise NoPhotographError(
            say(f"{path}: 読めません（{problem.strerror}）。", f"{path}: cannot be read ({problem.strerror}).")
        ) from problem
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _drawn(image, path)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as problem:
        if isinstance(problem, NoPhotographError):
            raise
        raise NoPhotographError(
            say(
                f"{path}: PNG か JPEG の画像ではないか、壊れています。",
                f"{path}: not a PNG or JPEG picture, or damaged.",
            )
        ) from problem


def _drawn(image: Image.Image, path: Path) -> bytes:
    if image.width * image.height > PIXELS:
        raise NoPhotographError(
            say(
                f"{path}: {image.width}×{image.height} 画素は大きすぎます（{PIXELS:,} 画素まで）。",
                f"{path}: {image.width}x{image.height} pixels are too many (up to {PIXELS:,}).",
            )
        )
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((SHOWN, SHOWN))
    pixels = Image.new("RGB", upright.size, "white")
    opaque = upright.convert("RGBA")
    pixels.paste(opaque, mask=opaque.getchannel("A"))
    drawn = io.BytesIO()
    pixels.save(drawn, "JPEG", quality=QUALITY)
    return drawn.getvalue()
