"""Many points painted at once, and found again: without Qt, beside the GUI thread."""

import colorsys
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

_GOLDEN: Final = 0.618033988749895  # apart by it, hues of neighbours in a list differ
_UNNAMED: Final = (150, 150, 158)


@dataclass(frozen=True, slots=True)
class View:
    """What part of the plane is seen.

    Attributes:
        x: Of the middle.
        y: Of the middle; down.
        scale: Pixels a unit.
        width: Of the picture, pixels.
        height: Of the picture, pixels.
    """

    x: float
    y: float
    scale: float
    width: int
    height: int

    def on_screen(self, places: Places) -> Places:
        """Where points are, in pixels; (n, 2) float32."""
        middle = np.array([self.x, self.y], np.float32)
        half = np.array([self.width / 2, self.height / 2], np.float32)
        return (places - middle) * np.float32(self.scale) + half

    def in_plane(self, x: float, y: float) -> tuple[float, float]:
        """What point a pixel shows."""
        return self.x + (x - self.width / 2) / self.scale, self.y + (y - self.height / 2) / self.scale


def person_colours(persons: npt.NDArray[np.int64], named: npt.NDArray[np.int64], *, dark: bool) -> Pixels:
    """A colour for each face: one for each person, grey where nobody was named.

    Args:
        persons: (n,) who holds the faces; -1 for nobody.
        named: (p,) ids of those who have a name.
        dark: Whether the ground is dark.

    Returns:
        (n, 3) uint8 red, green, blue.
    """
    people = np.sort(named)
    lightness, saturation = (0.66, 0.75) if dark else (0.44, 0.72)
    shades = [colorsys.hls_to_rgb(place * _GOLDEN % 1.0, lightness, saturation) for place in range(len(people))]
    palette = np.array([*(tuple(round(255 * part) for part in shade) for shade in shades), _UNNAMED], np.uint8)
    rows = np.searchsorted(people, persons)
    rows[rows == len(people)] = 0 if len(people) else -1
    known = np.zeros(len(persons), np.bool_) if not len(people) else people[rows] == persons
    colours: Pixels = palette[np.where(known, rows, len(people))]
    return colours


def painted(
    view: View,
    places: Places,
    colours: Pixels,
    chosen: npt.NDArray[np.bool_],
    ground: tuple[int, int, int],
    accent: tuple[int, int, int],
) -> Pixels:
    """Paint points as small discs; those of named people above the others, chosen ones with a rim.

    Args:
        view: What is seen.
        places: (n, 2).
        colours: (n, 3) red, green, blue.
        chosen: (n,) which points are chosen.
        ground: Red, green, blue behind the points.
        accent: Of the rims.

    Returns:
        (height, width, 4) uint8 blue, green, red, 255: what Qt calls RGB32.
    """
    picture = np.empty((view.height, view.width, 4), np.uint8)
    picture[:] = (*ground[::-1], 255)
    pixels = np.floor(view.on_screen(places)).astype(np.int64)
    inside = np.flatnonzero(((pixels >= -8) & (pixels < (view.width + 8, view.height + 8))).all(axis=1))
    grey = (colours[inside] == _UNNAMED).all(axis=1)
    radius = _radius(len(inside))
    rims = inside[chosen[inside]]
    _stamp(picture, pixels[rims], np.tile(np.array(accent, np.uint8), (len(rims), 1)), radius + 3)
    for rows in (inside[grey], inside[~grey]):
        _stamp(picture, pixels[rows], colours[rows], radius)
    return picture


def _stamp(picture: Pixels, pixels: npt.NDArray[np.int64], colours: Pixels, radius: float) -> None:
    """Put discs of these colours at these pixels."""
    height, width = picture.shape[:2]
    shades = colours[:, ::-1].astype(np.float32)
    for dx, dy, share in _disc(radius):
        x, y = pixels[:, 0] + dx, pixels[:, 1] + dy
        on = np.flatnonzero((x >= 0) & (x < width) & (y >= 0) & (y < height))
        x, y = x[on], y[on]
        under = picture[y, x, :3].astype(np.float32)
        picture[y, x, :3] = (under + share * (shades[on] - under)).astype(np.uint8)


def nearest(view: View, places: Places, x: float, y: float, reach: float) -> int:
    """The point that is nearest to a pixel and not farther than ``reach`` pixels; -1 where there is none."""
    if not len(places):
        return -1
    away = view.on_screen(places) - np.array([x, y], np.float32)
    squares = np.einsum("ij,ij->i", away, away)
    row = int(squares.argmin())
    return row if squares[row] <= reach * reach else -1


def inside_lasso(view: View, places: Places, lasso: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """The points inside a closed line, by the even-odd rule.

    Args:
        view: What is seen.
        places: (n, 2).
        lasso: (m, 2) corners in pixels; the last one is joined to the first.

    Returns:
        (k,) rows, ascending.
    """
    if len(lasso) < 3 or not len(places):
        return np.zeros(0, np.int64)
    pixels = view.on_screen(places)
    low, high = lasso.min(axis=0), lasso.max(axis=0)
    rows = np.flatnonzero(((pixels >= low) & (pixels <= high)).all(axis=1))
    x, y = pixels[rows, 0], pixels[rows, 1]
    odd = np.zeros(len(rows), np.bool_)
    for (x1, y1), (x2, y2) in zip(lasso, np.roll(lasso, -1, axis=0), strict=True):
        crosses = (y1 > y) != (y2 > y)
        if y1 != y2:
            odd ^= crosses & (x < (x2 - x1) * (y - y1) / (y2 - y1) + x1)
    return rows[odd]


def spread_out(view: View, places: Places, room: int) -> npt.NDArray[np.int64]:
    """Rows of points so far apart that each has a square of its own: those that can be shown as pictures.

    Args:
        view: What is seen.
        places: (n, 2).
        room: Side of the squares, in pixels. They stay where they are in the plane when the view moves.
    """
    pixels = view.on_screen(places)
    inside = np.flatnonzero(((pixels >= 0) & (pixels < (view.width, view.height))).all(axis=1))
    cells = np.floor(places[inside] * np.float32(view.scale / room)).astype(np.int64)
    _, first = np.unique(cells[:, 0] * (1 << 32) + cells[:, 1], return_index=True)
    return inside[np.sort(first)]


def _radius(count: int) -> float:
    """The fewer points, the larger they are."""
    return 5.0 if count < 500 else 4.0 if count < 3000 else 3.0 if count < 20_000 else 2.0


def _disc(radius: float) -> list[tuple[int, int, float]]:
    """Pixels of a disc around a point, with how much of each it covers."""
    reach = int(np.ceil(radius))
    pixels = []
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            share = min(1.0, max(0.0, radius + 0.5 - float(np.hypot(dx, dy))))
            if share > 0:
                pixels.append((dx, dy, share))
    return pixels
