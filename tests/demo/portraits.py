"""Portraits of nobody: people who exist only as numbers, drawn in a flat, calm manner.

A :class:`Look` says what somebody looks like in every picture; a :class:`Mood` what differs from picture to picture.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

SUPERSAMPLED: Final = 2
Colour = tuple[int, int, int]

SKINS: Final = ("#f6d7c3", "#efc3a4", "#e0a981", "#c98b62", "#a8693f", "#7d4a2b", "#f3cdb5", "#8f5a38", "#d9a27e")
HAIRS: Final = ("#2b211e", "#4a3122", "#6d4526", "#a4703a", "#d3a75b", "#8d3f22", "#9b9894", "#d8d5d0", "#1d1c22")
SHIRTS: Final = ("#4f7cac", "#c06c5b", "#6b8f71", "#8a6fa8", "#d9a441", "#3f5d6b", "#b85c7d", "#e8e3d9", "#46494f")
GROUNDS: Final = (
    ("#dfe8ef", "#b9cbd8"),
    ("#f3e7d6", "#dcc4a3"),
    ("#e2ebdd", "#b5c9ab"),
    ("#efe1e4", "#d4b6bf"),
    ("#e5e2f0", "#bdb6d6"),
    ("#d7e6e6", "#9fbfc0"),
    ("#f4efe6", "#cfc7b8"),
    ("#ccd6dd", "#8fa3b1"),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody looks like in every picture.

    Attributes:
        style: Of the hair: short, side, long, bob, bun, curls, bald, fringe.
        wide, tall: Of the head, about 1.
        jaw: 0 round to 1 square.
        child: Whether the eyes are large and the face is small.
    """

    skin: Colour
    hair: Colour
    eyes: Colour
    style: str
    wide: float
    tall: float
    jaw: float
    brow: float
    nose: float
    mouth: float
    gap: float
    glasses: bool
    beard: str
    freckles: bool
    child: bool


@dataclass(frozen=True, slots=True)
class Mood:
    """What differs from picture to picture.

    Attributes:
        turn: -1 to the left, 1 to the right.
        tilt: In degrees.
        smile: 0 to 1.
    """

    turn: float
    tilt: float
    smile: float
    open_mouth: bool
    shirt: Colour
    hat: bool


STYLES: Final = ("short", "side", "long", "bob", "bun", "curls", "fringe", "bald")


def look(number: int) -> Look:
    """Somebody; the same number is always the same person."""
    chance = np.random.default_rng(1000 + number)
    style = STYLES[number % len(STYLES)]
    grown = number % 6 != 4
    man = style in ("short", "side", "bald")
    skin = _colour(SKINS[(number * 4 + number // 9) % len(SKINS)])
    dark = sum(skin) < 400
    hairs = (0, 1, 8) if dark else range(len(HAIRS) - 2 if number % 5 else len(HAIRS))
    return Look(
        skin=skin,
        hair=_colour(HAIRS[int(chance.choice(list(hairs)))]),
        eyes=_colour(str(chance.choice(["#3a2b20", "#4c3a26", "#35506b", "#4b6a4f"]))) if not dark else (45, 32, 26),
        style=style if grown or style != "bald" else "short",
        wide=float(chance.uniform(0.9, 1.1)),
        tall=float(chance.uniform(0.95, 1.1)),
        jaw=float(chance.uniform(0, 1)) if man else float(chance.uniform(0, 0.35)),
        brow=float(chance.uniform(0.6, 1.5)),
        nose=float(chance.uniform(0.75, 1.3)),
        mouth=float(chance.uniform(0.85, 1.2)),
        gap=float(chance.uniform(0.92, 1.1)),
        glasses=bool(chance.random() < 0.28),
        beard=str(chance.choice(["", "full", "moustache", ""])) if man and grown else "",
        freckles=bool(chance.random() < 0.15),
        child=not grown,
    )


def mood(chance: np.random.Generator) -> Mood:
    """How somebody is in one picture."""
    return Mood(
        turn=float(chance.normal(0, 0.35)),
        tilt=float(chance.normal(0, 5)),
        smile=float(chance.uniform(0.2, 1)),
        open_mouth=bool(chance.random() < 0.4),
        shirt=_colour(str(chance.choice(SHIRTS))),
        hat=bool(chance.random() < 0.04),
    )


def draw_person(look: Look, mood: Mood, size: int) -> Image.Image:
    """Head and shoulders on nothing: (size, size) pixels with alpha; the head is half as wide as the picture."""
    side = size * SUPERSAMPLED
    pen = _Pen(side)
    head = Image.new("RGBA", (side, side))
    pen.on(head)
    _behind(pen, look)
    _face(pen, look, mood)
    _hair(pen, look, mood)
    head = head.rotate(-mood.tilt, Image.Resampling.BICUBIC, center=(side // 2, int(side * 0.62)))
    whole = Image.new("RGBA", (side, side))
    pen.on(whole)
    _body(pen, look, mood)
    if look.style in ("long",):  # falls over the shoulders from behind
        behind = Image.new("RGBA", (side, side))
        pen.on(behind)
        pen.round(0.24, 0.30, 0.76, 0.86, 0.2, look.hair)
        whole = Image.alpha_composite(behind, whole)
    whole = Image.alpha_composite(whole, head)
    return whole.resize((size, size), Image.Resampling.LANCZOS)


def face_box(size: int, look: Look) -> tuple[float, float, float, float]:
    """Where the face is in :func:`draw_person`: x, y, width, height."""
    scale = 0.9 if look.child else 1.0
    wide, tall = 0.40 * look.wide * scale, 0.42 * look.tall * scale
    return (0.5 - wide / 2) * size, 0.25 * size, wide * size, tall * size


def ground(width: int, height: int, chance: np.random.Generator) -> Image.Image:
    """A quiet background: a wall, or hills under a sky; with light from one side."""
    light, shade = (np.array(_colour(text), float) for text in GROUNDS[int(chance.integers(len(GROUNDS)))])
    slope = np.linspace(0, 1, height)[:, None] * 0.8 + np.linspace(0, 1, width)[None, :] * float(
        chance.uniform(-0.3, 0.3)
    )
    pixels = light + (shade - light) * np.clip(slope, 0, 1)[..., None]
    picture = Image.fromarray(pixels.astype(np.uint8))
    draw = ImageDraw.Draw(picture, "RGBA")
    kind = int(chance.integers(4))
    dark = tuple(int(c) for c in shade * 0.86)
    if kind == 0:
        for layer in range(3):
            level = height * (0.55 + 0.13 * layer)
            phase, swing = chance.uniform(0, 6), height * 0.05
            top = [(x, level + swing * np.sin(phase + x / width * (3 + layer))) for x in range(0, width + 9, 8)]
            tone = tuple(int(c) for c in shade * (0.97 - 0.08 * layer))
            draw.polygon([*top, (width, height), (0, height)], fill=tone)
    elif kind == 1:
        for _ in range(7):
            x, y, r = chance.uniform(0, width), chance.uniform(0, height), chance.uniform(0.04, 0.12) * height
            draw.ellipse((x - r, y - r, x + r, y + r), fill=(255, 255, 255, 42))
        picture = picture.filter(ImageFilter.GaussianBlur(height / 160))
    elif kind == 2:
        left = width * chance.uniform(0.05, 0.6)
        draw.rectangle((left, height * 0.08, left + width * 0.3, height * 0.5), fill=(255, 255, 255, 70))
        draw.line((left + width * 0.15, height * 0.08, left + width * 0.15, height * 0.5), fill=(*dark, 90), width=4)
    return picture


def graded(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
    """Another light: warmer or cooler, lighter or darker."""
    gain = np.array([chance.uniform(0.96, 1.05), 1.0, chance.uniform(0.94, 1.05)]) * chance.uniform(0.88, 1.06)
    return Image.fromarray(np.clip(np.asarray(picture, float) * gain, 0, 255).astype(np.uint8))


class _Pen:
    """Draws in shares of the side of a square picture."""

    def __init__(self, side: int) -> None:
        self.side = side

    def on(self, picture: Image.Image) -> None:
        self.picture = picture
        self.draw = ImageDraw.Draw(picture, "RGBA")

    def _scaled(self, *shares: float) -> tuple[float, ...]:
        return tuple(share * self.side for share in shares)

    def oval(self, x: float, y: float, wide: float, tall: float, colour: tuple[int, ...]) -> None:
        self.draw.ellipse(self._scaled(x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2), fill=colour)

    def round(self, x0: float, y0: float, x1: float, y1: float, radius: float, colour: tuple[int, ...]) -> None:
        self.draw.rounded_rectangle(self._scaled(x0, y0, x1, y1), radius * self.side, fill=colour)

    def shape(self, points: list[tuple[float, float]], colour: tuple[int, ...]) -> None:
        self.draw.polygon([self._scaled(*point) for point in points], fill=colour)

    def curve(self, points: list[tuple[float, float]], width: float, colour: tuple[int, ...]) -> None:
        scaled = [self._scaled(*point) for point in _smooth(points)]
        self.draw.line(scaled, fill=colour, width=max(1, round(width * self.side)), joint="curve")
        radius = width * self.side / 2
        for x, y in (scaled[0], scaled[-1]):
            self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _scale(look: Look) -> float:
    return 0.9 if look.child else 1.0


def _head(look: Look) -> list[tuple[float, float]]:
    """Outline of the head: an ellipse that is squarer below."""
    angles = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    wide, tall = 0.20 * look.wide * _scale(look), 0.25 * look.tall * _scale(look)
    power = np.where(np.sin(angles) > 0, 1 - 0.28 * look.jaw, 1.0)
    x = 0.5 + wide * np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** power
    y = 0.43 + tall * np.sign(np.sin(angles)) * np.abs(np.sin(angles)) ** power
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _body(pen: _Pen, look: Look, mood: Mood) -> None:
    broad = 0.34 if look.child else 0.42
    pen.oval(0.5, 1.02, 2 * broad, 0.62, mood.shirt)
    pen.round(0.42, 0.56, 0.58, 0.80, 0.07, _shaded(look.skin, 0.88))
    pen.oval(0.5, 0.755, 0.2, 0.09, _shaded(look.skin, 0.88))
    pen.curve([(0.40, 0.735), (0.5, 0.805), (0.60, 0.735)], 0.018, _shaded(mood.shirt, 0.84))


def _behind(pen: _Pen, look: Look) -> None:
    """Hair behind the head, and ears."""
    wide = 0.20 * look.wide * _scale(look)
    if look.style == "bob":
        pen.round(0.5 - wide - 0.05, 0.16, 0.5 + wide + 0.05, 0.66, 0.2, _shaded(look.hair, 0.9))
    elif look.style == "long":
        pen.round(0.5 - wide - 0.055, 0.15, 0.5 + wide + 0.055, 0.80, 0.2, _shaded(look.hair, 0.9))
    elif look.style == "bun":
        pen.oval(0.5, 0.13, 0.17, 0.16, _shaded(look.hair, 0.94))
    elif look.style == "curls":
        for angle in np.linspace(-3.5, 0.36, 15):
            pen.oval(0.5 + (wide + 0.03) * np.cos(angle), 0.36 + 0.2 * np.sin(angle), 0.15, 0.15, look.hair)
    for side in (-1, 1):
        pen.oval(0.5 + side * wide * 1.0, 0.45, 0.06, 0.1, _shaded(look.skin, 0.92))


def _face(pen: _Pen, look: Look, mood: Mood) -> None:
    pen.shape(_head(look), look.skin)
    shift = 0.035 * max(-1.2, min(1.2, mood.turn))
    size = _scale(look)
    middle, eye_line = 0.5 + shift, 0.44
    apart = 0.085 * look.gap * size
    for side in (-1, 1):
        pen.oval(middle + side * apart * 1.25, 0.535, 0.085, 0.05, _mixed(look.skin, (226, 96, 84), 0.17))
    if look.freckles:
        for dx, dy in ((-0.1, 0.51), (-0.08, 0.525), (-0.115, 0.53), (0.1, 0.51), (0.08, 0.525), (0.115, 0.53)):
            pen.oval(middle + dx, dy, 0.009, 0.009, _shaded(look.skin, 0.78))
    if look.beard == "full":
        _beard(pen, look)
    for side in (-1, 1):
        x = middle + side * apart
        tall = 0.062 if look.child else 0.05
        pen.oval(x, eye_line, 0.068 if look.child else 0.062, tall, (250, 249, 246))
        pen.oval(x + shift * 0.25, eye_line + 0.003, 0.036, 0.042, look.eyes)
        pen.oval(x + shift * 0.25 + 0.008, eye_line - 0.008, 0.011, 0.011, (255, 255, 255))
        pen.curve(
            [(x - 0.034, eye_line - 0.012), (x, eye_line - 0.031), (x + 0.034, eye_line - 0.012)], 0.008, (58, 44, 40)
        )
        lift = 0.012 * look.brow
        brow = [(x - 0.042, 0.385), (x, 0.375 - lift), (x + 0.042, 0.385)]
        pen.curve(brow, 0.010 * look.brow + 0.004, _shaded(look.hair, 0.85) if look.style != "bald" else (84, 66, 56))
    nose = 0.03 * look.nose
    tip = middle + shift * 0.6
    pen.curve([(tip - nose, 0.525), (tip, 0.538), (tip + nose, 0.525)], 0.010, _shaded(look.skin, 0.76))
    _mouth(pen, look, mood, middle + shift * 0.3)
    if look.glasses:
        for side in (-1, 1):
            x = middle + side * apart
            box = pen._scaled(x - 0.062, eye_line - 0.05, x + 0.062, eye_line + 0.05)
            pen.draw.rounded_rectangle(box, 0.04 * pen.side, outline=(48, 48, 56), width=round(0.009 * pen.side))
        pen.curve(
            [(middle - apart + 0.06, eye_line), (middle, eye_line - 0.01), (middle + apart - 0.06, eye_line)],
            0.008,
            (48, 48, 56),
        )


def _mouth(pen: _Pen, look: Look, mood: Mood, x: float) -> None:
    wide, y = 0.062 * look.mouth * (0.8 + 0.4 * mood.smile), 0.592
    lift = 0.03 * mood.smile
    lip = _mixed(look.skin, (150, 42, 46), 0.6)
    if look.beard == "moustache" or look.beard == "full":
        pen.curve([(x - 0.07, 0.578), (x, 0.556), (x + 0.07, 0.578)], 0.024, _shaded(look.hair, 0.95))
    if mood.open_mouth and mood.smile > 0.45:
        box = pen._scaled(x - wide, y - lift * 1.6 - 0.012, x + wide, y + lift * 1.5 + 0.012)
        pen.draw.chord(box, 0, 180, fill=(122, 40, 44))
        teeth = pen._scaled(x - wide * 0.82, y - lift * 1.6 - 0.004 + 0.012, x + wide * 0.82, y + 0.012 + lift * 0.4)
        pen.draw.chord(teeth, 0, 180, fill=(252, 250, 246))
    else:
        pen.curve([(x - wide, y - lift * 0.5), (x, y + lift * 0.6), (x + wide, y - lift * 0.5)], 0.013, lip)


def _beard(pen: _Pen, look: Look) -> None:
    mask = Image.new("L", pen.picture.size)
    ImageDraw.Draw(mask).polygon([pen._scaled(*point) for point in _head(look)], fill=255)
    lower = Image.new("L", pen.picture.size)
    draw = ImageDraw.Draw(lower)
    draw.rectangle(pen._scaled(0, 0.53, 1, 1), fill=255)
    draw.ellipse(pen._scaled(0.36, 0.42, 0.64, 0.575), fill=0)
    pen.picture.paste(_shaded(look.hair, 0.95), mask=ImageChops.multiply(mask, lower))


def _hair(pen: _Pen, look: Look, mood: Mood) -> None:
    wide, top = 0.20 * look.wide * _scale(look), 0.43 - 0.25 * look.tall * _scale(look)
    if mood.hat:
        cloth = _shaded(mood.shirt, 0.8)
        pen.round(0.5 - wide - 0.03, top - 0.06, 0.5 + wide + 0.03, top + 0.13, 0.13, cloth)
        pen.round(0.5 - wide - 0.045, top + 0.08, 0.5 + wide + 0.045, top + 0.145, 0.03, _shaded(cloth, 0.85))
        return
    if look.style == "bald":
        pen.curve([(0.5 - wide * 0.98, 0.42), (0.5 - wide * 0.99, 0.37)], 0.03, look.hair)
        pen.curve([(0.5 + wide * 0.98, 0.42), (0.5 + wide * 0.99, 0.37)], 0.03, look.hair)
        return
    mask = Image.new("L", pen.picture.size)
    grown = [(0.5 + (x - 0.5) * 1.07, 0.43 + (y - 0.43) * 1.09) for x, y in _head(look)]
    ImageDraw.Draw(mask).polygon([pen._scaled(*point) for point in grown], fill=255)
    fore = Image.new("L", pen.picture.size)
    draw = ImageDraw.Draw(fore)
    line = top + {"short": 0.10, "side": 0.12, "curls": 0.11, "bun": 0.115, "long": 0.12, "bob": 0.12}.get(
        look.style, 0.15
    )
    draw.rectangle(pen._scaled(0, 0, 1, line + 0.06), fill=255)
    if look.style == "side":
        draw.ellipse(pen._scaled(0.5 - wide * 0.75, line - 0.03, 0.5 + wide * 1.9, line + 0.3), fill=0)
    elif look.style == "fringe":
        draw.ellipse(pen._scaled(0.5 - wide * 1.05, line + 0.015, 0.5 + wide * 1.05, line + 0.35), fill=0)
    elif look.style in ("long", "bob"):
        draw.rectangle(pen._scaled(0, 0, 1, 0.5), fill=255)
        draw.ellipse(pen._scaled(0.5 - wide * 0.88, line - 0.01, 0.5 + wide * 0.88, line + 0.75), fill=0)
    else:
        draw.ellipse(pen._scaled(0.5 - wide * 0.93, line - 0.035, 0.5 + wide * 0.93, line + 0.35), fill=0)
    pen.picture.paste(look.hair, mask=ImageChops.multiply(mask, fore))
    if look.style == "curls":
        for angle in np.linspace(-2.75, -0.4, 8):
            pen.oval(0.5 + wide * 0.86 * np.cos(angle), top + 0.1 + 0.12 * np.sin(angle), 0.11, 0.1, look.hair)


def _smooth(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """A curve through two points, or bent by one between them."""
    if len(points) != 3:
        return points
    ends = np.linspace(0, 1, 24)[:, None]
    first, bend, last = (np.array(point) for point in points)
    bend = 2 * bend - (first + last) / 2
    curve = (1 - ends) ** 2 * first + 2 * ends * (1 - ends) * bend + ends**2 * last
    return [(float(x), float(y)) for x, y in curve]


def _colour(text: str) -> Colour:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _shaded(colour: Colour, share: float) -> Colour:
    red, green, blue = (round(part * share) for part in colour)
    return red, green, blue


def _mixed(colour: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue
