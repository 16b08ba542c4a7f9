"""One picture of two photos side by side, to see which faces were compared."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageDraw, ImageFont

Box = tuple[float, float, float, float]

_PHOTO: Final = 640  # pixels of the square that a photo has
_FACE: Final = 192  # of the square that a face has, below it
_GAP: Final = 24
_PAPER: Final = (250, 250, 250)
_INK: Final = (32, 32, 32)
_FAINT: Final = (110, 110, 110)
_MARK: Final = (255, 214, 10)  # of boxes, with a dark rim: seen on light and on dark photos
_LARGE: Final = 26
_SMALL: Final = 20
_QUALITY: Final = 92


@dataclass(frozen=True, slots=True)
class Side:
    """One half of the picture.

    Attributes:
        photo: JPEG file of the whole photo.
        face: JPEG file of the face with what is around it.
        box: x, y, width, height of the face, in full-resolution pixels.
        size: Width and height of the full-resolution photo.
        lines: What is written beside the face; empty ones are left out.
    """

    photo: bytes
    face: bytes
    box: Box
    size: tuple[int, int]
    lines: Sequence[str]


def side_by_side(left: Side, right: Side, lines: Sequence[str], form: str) -> bytes:
    """Draw two photos with a face in each.

    Args:
        left: One half.
        right: The other.
        lines: What is written below both; the first one larger.
        form: "png" or "jpeg".

    Returns:
        The picture file.
    """
    width = 2 * _PHOTO + 3 * _GAP
    height = _PHOTO + _FACE + 4 * _GAP + len(lines) * (_LARGE + _GAP // 2)
    sheet = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(sheet)
    for side, x in ((left, _GAP), (right, _PHOTO + 2 * _GAP)):
        _draw_side(sheet, draw, side, x)
    y = _PHOTO + _FACE + 3 * _GAP
    for number, line in enumerate(lines):
        size = _SMALL if number else _LARGE
        draw.text((_GAP, y), _fitting(draw, line, size, width - 2 * _GAP), _FAINT if number else _INK, _font(size))
        y += _LARGE + _GAP // 2
    encoded = io.BytesIO()
    sheet.save(encoded, "JPEG" if form == "jpeg" else "PNG", quality=_QUALITY)
    return encoded.getvalue()


def _draw_side(sheet: Image.Image, draw: ImageDraw.ImageDraw, side: Side, x: int) -> None:
    photo = _opened(side.photo, _PHOTO)
    left, top = x + (_PHOTO - photo.width) // 2, _GAP + (_PHOTO - photo.height) // 2
    sheet.paste(photo, (left, top))
    across, down = photo.width / side.size[0], photo.height / side.size[1]
    near = [left + side.box[0] * across, top + side.box[1] * down]
    far = [near[0] + side.box[2] * across, near[1] + side.box[3] * down]
    edges = [left, top, left + photo.width - 1, top + photo.height - 1]  # a box may reach over the edge of the photo
    corners = [min(max(value, edges[i % 2]), edges[2 + i % 2]) for i, value in enumerate((*near, *far))]
    draw.rectangle([corners[0] - 1, corners[1] - 1, corners[2] + 1, corners[3] + 1], outline=_INK, width=5)
    draw.rectangle(corners, outline=_MARK, width=3)
    face = _opened(side.face, _FACE)
    y = _PHOTO + 2 * _GAP
    sheet.paste(face, (x, y))
    room = _PHOTO - face.width - _GAP
    for number, line in enumerate(line for line in side.lines if line):
        size = _SMALL if number else _LARGE
        place = x + face.width + _GAP, y + number * (_LARGE + _GAP // 2)
        draw.text(place, _fitting(draw, line, size, room), _FAINT if number else _INK, _font(size))


def _opened(jpeg: bytes, side: int) -> Image.Image:
    """A picture, made larger or smaller to fill a square by its longer side."""
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:
        factor = side / max(image.size)
        size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
        return image.resize(size, Image.Resampling.LANCZOS)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    # A font of the system knows more alphabets than the one that Pillow carries.
    for name in ("NotoSans-Regular.ttf", "DejaVuSans.ttf", "Arial Unicode.ttf", "segoeui.ttf"):
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def _fitting(draw: ImageDraw.ImageDraw, text: str, size: int, room: int) -> str:
    """Text of one line, cut where it is too long; what no font can show, such as broken file names, is replaced."""
    text = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    font = _font(size)
    if draw.textlength(text, font) <= room:
        return text
    while text and draw.textlength(f"{text}…", font) > room:
        text = text[:-1]
    return f"{text}…"
