"""Pictures of every format, damaged on purpose: what decoders get from broken cards and from people who mean harm."""

import io
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import pillow_heif
import skimage.data
from PIL import Image
from raw_material import bayer, dng

SIDE = 200
HEAD = 600  # bytes in which most numbers lie that decoders trust
EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0xFFFFFFFE, 0x10000)


def portrait(variant: int = 0) -> Image.Image:
    """One face; each variant is another picture."""
    left, top = 130 + variant * 7 % 23 - 11, 10 + variant * 5 % 19 - 9
    picture = Image.fromarray(skimage.data.astronaut()).crop((left, top, left + SIDE, top + SIDE))
    light = 1.0 - variant // 437 % 20 * 0.02
    return picture.point(lambda value: int(value * light))


@cache
def originals() -> dict[str, tuple[str, bytes]]:
    """Files that are whole: suffix and bytes by a name of what they are, each with one face."""
    picture = portrait()
    frames = [portrait(variant).resize((100, 100)) for variant in range(3)]
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    exif.get_ifd(0x8769)[0x9003] = "2019:05:01 12:00:00"
    exif.get_ifd(0x8825)[2] = (48.0, 51.0, 29.5)
    raw = dng(bayer(np.asarray(picture)), preview=_saved(picture, "JPEG"))
    heif = io.BytesIO()
    pillow_heif.from_pillow(picture).save(heif, quality=90, exif=exif.tobytes())
    return {
        "jpeg": (".jpg", _saved(picture, "JPEG", quality=90, exif=exif)),
        "progressive": (".jpeg", _saved(picture, "JPEG", quality=90, progressive=True, optimize=True)),
        "grey": (".jpg", _saved(picture.convert("L"), "JPEG")),
        "cmyk": (".jpg", _saved(picture.convert("CMYK"), "JPEG")),
        "mpo": (".mpo", _saved(picture, "MPO", save_all=True, append_images=frames)),
        "png": (".png", _saved(picture, "PNG", exif=exif)),
        "palette": (".png", _saved(picture.convert("P"), "PNG", bits=8)),
        "deep": (".png", _saved(Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257), "PNG")),
        "apng": (".png", _saved(frames[0], "PNG", save_all=True, append_images=frames[1:])),
        "webp": (".webp", _saved(picture, "WEBP", quality=90, exif=exif)),
        "lossless": (".webp", _saved(picture.convert("RGBA"), "WEBP", lossless=True)),
        "animated": (".webp", _saved(frames[0], "WEBP", save_all=True, append_images=frames[1:])),
        "tiff": (".tif", _saved(picture, "TIFF", exif=exif)),
        "lzw": (".tiff", _saved(picture, "TIFF", compression="tiff_lzw")),
        "deflate": (".tiff", _saved(picture, "TIFF", compression="tiff_adobe_deflate")),
        "jpeg in tiff": (".tif", _saved(picture, "TIFF", compression="jpeg")),
        "fax": (".tif", _saved(picture.convert("1"), "TIFF", compression="group4")),
        "gif": (".gif", _saved(frames[0], "GIF", save_all=True, append_images=frames[1:])),
        "bmp": (".bmp", _saved(picture, "BMP")),
        "heic": (".heic", heif.getvalue()),
        "avif": (".avif", _saved(picture, "AVIF", quality=80, exif=exif)),
        "dng": (".dng", raw),
        "dng without preview": (".dng", dng(bayer(np.asarray(picture.resize((128, 128)))))),
    }


def _saved(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def flipped(data: bytes, chance: Random) -> bytes:
    """Some bits are others, half of them near the beginning."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8, 64))):
        changed[_spot(data, chance)] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, chance: Random) -> bytes:
    """The end is missing, as of a copy that was interrupted."""
    return data[: chance.choice((chance.randrange(len(data)), chance.randrange(min(HEAD, len(data))), len(data) - 1))]


def holed(data: bytes, chance: Random) -> bytes:
    """A stretch is zeros or missing, as on a card that fails."""
    start = _spot(data, chance)
    length = chance.choice((1, 2, 4, 16, 512, 4096))
    return data[:start] + chance.choice((bytes(length), b"")) + data[start + length :]


def stuffed(data: bytes, chance: Random) -> bytes:
    """Something is put in: noise, or a part of the file once more."""
    start, end = sorted((_spot(data, chance), _spot(data, chance)))
    extra = chance.choice((chance.randbytes(32), b"\xff" * 64, data[start:end] * chance.choice((1, 3))))
    return data[:start] + extra + data[start:]


def lying(data: bytes, chance: Random) -> bytes:
    """Numbers near the beginning or the end are extreme: sizes, counts, offsets."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4))):
        form = chance.choice((">H", "<H", ">I", "<I"))
        width = struct.calcsize(form)
        last = len(data) - width
        start = chance.choice((chance.randint(0, min(HEAD, last)), chance.randint(max(0, last - HEAD), last)))
        struct.pack_into(form, changed, start, chance.choice(EXTREMES) & (256**width - 1))
    return bytes(changed)


def appended(data: bytes, chance: Random) -> bytes:
    """Something follows the end: another file, noise, or a great deal of nothing."""
    other = chance.choice(list(originals().values()))[1]
    return data + chance.choice((other, chance.randbytes(500), bytes(2_000_000)))


def crossed(data: bytes, chance: Random) -> bytes:
    """The beginning of one format and the end of another."""
    other = chance.choice(list(originals().values()))[1]
    return data[: _spot(data, chance)] + other[chance.randrange(len(other)) :]


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flipped,
    cut,
    holed,
    stuffed,
    lying,
    lying,
    appended,
    crossed,
)


def write_mutated(folder: Path, count: int, seed: int) -> dict[str, str]:
    """Write damaged files of all formats in turn; some of them are damaged twice.

    Returns:
        What was done to each, by file name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chance = Random(seed)
    kinds = list(originals())
    done = {}
    for number in range(count):
        kind = kinds[number % len(kinds)]
        suffix, data = originals()[kind]
        chosen = [chance.choice(MUTATIONS) for _ in range(chance.choice((1, 1, 1, 2)))]
        for mutation in chosen:
            data = mutation(data or b"\0", chance)
        name = f"{number:05}{suffix}"
        (folder / name).write_bytes(data)
        done[name] = f"{kind}, {' and '.join(mutation.__name__ for mutation in chosen)}"
    return done


def write_good(folder: Path, count: int) -> list[Path]:
    """Write pictures with one face each, all different."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"good {number:05}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        portrait(number + 1).save(path, quality=92)
    return paths


def _spot(data: bytes, chance: Random) -> int:
    return chance.randrange(min(HEAD, len(data)) if chance.random() < 0.5 else len(data))
