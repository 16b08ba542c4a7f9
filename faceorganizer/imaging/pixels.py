"""Turn what Pillow decodes, in any of its modes, into upright 8-bit RGB pixels without a second full-size image."""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageCms, JpegImagePlugin, TiffImagePlugin

from faceorganizer.domain.geometry import swaps_sides, upright_pixels

_STRIP_PIXELS: Final = 1 << 19
# Turning back: a quarter turn needs the other one, everything else undoes itself.
_INVERSE: Final = {6: 8, 8: 6}
_PHOTOMETRIC, _BITS, _SAMPLE_FORMAT = 262, 258, 339
_UNSIGNED: Final = 1
_WHITE: Final = (255, 255, 255, 255)

Pixels = npt.NDArray[np.uint8]
Strip = Callable[[Image.Image], Image.Image | Pixels]


def draft(image: JpegImagePlugin.JpegImageFile, long_side: int) -> None:
    """Have a JPEG picture decoded at the smallest of 1/2, 1/4 and 1/8 whose long side is ``long_side`` or more."""
    width, height = image.size
    reduction = next((each for each in (8, 4, 2) if -(-max(width, height) // each) >= long_side), 1)
    if reduction > 1:
        image.draft(None, (max(1, width // reduction), max(1, height // reduction)))


def pillow_pixels(image: Image.Image, turn: int) -> Pixels:
    """Decode a picture.

    Args:
        image: Opened by Pillow.
        turn: EXIF orientation to apply.

    Returns:
        (height, width, 3) uint8 RGB, C-contiguous.
    """
    _load(image)
    width, height = image.size
    upright = np.empty((width, height, 3) if swaps_sides(turn) else (height, width, 3), np.uint8)
    stored = upright_pixels(upright, _INVERSE.get(turn, turn))  # the same memory, seen as the file has it
    to_rgb = _to_rgb(image)
    for top, strip in _strips(image):
        pixels = np.asarray(to_rgb(strip), np.uint8)
        stored[top : top + len(pixels)] = pixels if pixels.ndim == 3 else pixels[:, :, None]
    return upright


def _load(image: Image.Image) -> None:
    try:
        image.load()
    except (IndexError, KeyError, TypeError, ZeroDivisionError) as error:
        # Pillow stumbles over tags of another kind than it expects; when it opens a file it turns these into
        # SyntaxError itself. Not among DECODER_ERRORS, lest they hide faults of this program.
        raise SyntaxError("tags that do not fit") from error


def upright_copy(pixels: Pixels, turn: int) -> Pixels:
    """Turn pixels (height, width, 3) upright, in memory of their own."""
    return np.array(upright_pixels(pixels, turn), np.uint8, order="C")


def _strips(image: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    width, height = image.size
    rows = max(1, _STRIP_PIXELS // width)
    for top in range(0, height, rows):
        yield top, image.crop((0, top, width, min(top + rows, height)))


def _to_rgb(image: Image.Image) -> Strip:
    """Choose what turns a strip of a picture of that mode into RGB, or into grey pixels."""
    if image.mode in ("I", "F") or image.mode.startswith("I;16"):
        return _scaled(image)
    if image.mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        return _on_white
    if image.mode == "CMYK":
        return _inverted_cmyk if _is_plain_cmyk_jpeg(image) else _converted
    if image.mode == "LAB":
        return _lab_converter()
    return _same if image.mode == "RGB" else _converted


def _same(strip: Image.Image) -> Image.Image:
    return strip


def _converted(strip: Image.Image) -> Image.Image:
    return strip.convert("RGB")


def _on_white(strip: Image.Image) -> Image.Image:
    white = Image.new("RGBA", strip.size, _WHITE)
    return Image.alpha_composite(white, strip.convert("RGBA")).convert("RGB")


def _is_plain_cmyk_jpeg(image: Image.Image) -> bool:
    """Whether Pillow took a CMYK JPEG picture for Adobe's inverted kind, which it does with all of them."""
    return isinstance(image, JpegImagePlugin.JpegImageFile) and "adobe" not in image.info


def _inverted_cmyk(strip: Image.Image) -> Image.Image:
    return ImageChops.invert(strip).convert("RGB")


def _lab_converter() -> Strip:
    transform = ImageCms.buildTransform(ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB"), "LAB", "RGB")

    def convert(strip: Image.Image) -> Image.Image:
        converted = ImageCms.applyTransform(strip, transform)
        if converted is None:
            raise OSError("the colours cannot be converted")
        return converted

    return convert


def _scaled(image: Image.Image) -> Strip:
    """Map grey values of more than 8 bits to 0 to 255.

    Unsigned integers by the range of their type, floats that keep to 0 to 1 by that range (as photo editors write
    them), everything else by the least and greatest value of the picture.
    """
    tags = image.tag_v2 if isinstance(image, TiffImagePlugin.TiffImageFile) else {}
    bits = int(tags.get(_BITS, (16,))[0])
    unsigned = image.mode != "F" and tags.get(_SAMPLE_FORMAT, (_UNSIGNED,))[0] == _UNSIGNED
    low, high = (0.0, 2.0**bits - 1) if unsigned else _range(image)
    if tags.get(_PHOTOMETRIC) == 0:  # white is zero
        low, high = high, low
    least, most = min(low, high), max(low, high)

    def convert(strip: Image.Image) -> Pixels:
        values = np.asarray(strip)
        if unsigned and values.dtype == np.int32:
            values = values.view(np.uint32)  # Pillow keeps 32 bits as signed whatever they are
        with np.errstate(invalid="ignore"):  # signalling NaN
            finite = np.nan_to_num(values.astype(np.float64), nan=least, posinf=most, neginf=least)
        shares = (np.clip(finite, least, most) - low) / (high - low)
        return np.rint(shares * 255).astype(np.uint8)

    return convert


def _range(image: Image.Image) -> tuple[float, float]:
    least, most = np.inf, -np.inf
    for _, strip in _strips(image):
        values = np.asarray(strip)
        values = values[np.isfinite(values)]
        if values.size:
            least, most = min(least, float(values.min())), max(most, float(values.max()))
    if image.mode == "F" and least >= 0 and most <= 1:
        return 0.0, 1.0
    return (least, most) if most > least else (0.0, 1.0)
