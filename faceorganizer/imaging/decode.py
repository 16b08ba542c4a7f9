"""Decode pictures of every format into upright RGB pixels."""

from pathlib import Path

import numpy as np
import pillow_heif
import rawpy
from PIL import JpegImagePlugin

from faceorganizer.domain.geometry import UPRIGHT
from faceorganizer.domain.pictures import Picture
from faceorganizer.imaging.opening import Opened, open_picture
from faceorganizer.imaging.pixels import Pixels, draft, pillow_pixels
from faceorganizer.imaging.raw import raw_pixels


def decode(path: Path, *, long_side: int | None, max_megapixels: float) -> Picture:
    """Decode a picture upright, at reduced scale where that is cheap.

    Args:
        path: The file; its content, not its name, decides how it is read.
        long_side: Least length in pixels that the long side needs. JPEG pictures are decoded at 1/2, 1/4 or 1/8 and
            camera raw at half resolution or from the camera's preview; what is left over is not resized. None for
            full resolution.
        max_megapixels: Larger pictures are refused before anything is decoded, in millions of pixels.

    Returns:
        The pixels, with transparency on white and the first frame of several. The full size equals that of
        :func:`faceorganizer.imaging.identify.identify`.

    Raises:
        UnreadablePhotoError: It is missing, empty, not permitted, no regular file, no picture, damaged or too large.
    """
    with open_picture(path, max_megapixels=max_megapixels) as opened:
        return Picture(_pixels(opened, long_side), opened.width, opened.height)


def _pixels(opened: Opened, long_side: int | None) -> Pixels:
    image = opened.image
    if isinstance(image, rawpy.RawPy):
        return raw_pixels(image, long_side)
    if isinstance(image, pillow_heif.HeifImage):
        return _heif_pixels(image)
    if long_side is not None and isinstance(image, JpegImagePlugin.JpegImageFile):
        draft(image, long_side)
    return pillow_pixels(image, opened.turn)


def _heif_pixels(image: pillow_heif.HeifImage) -> Pixels:
    if image.mode != "RGB":
        return pillow_pixels(image.to_pillow(), UPRIGHT)
    return np.array(np.asarray(image)[:, : image.size[0]], order="C")
