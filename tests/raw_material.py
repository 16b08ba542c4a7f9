"""Camera raw files, made rather than taken: no camera's file may be given away."""

import io
import struct

import numpy as np
from PIL import Image


def dng(mosaic, *, orientation=1, preview=None):
    """Bytes of a small Adobe DNG 1.4 file: 16-bit RGGB sensor data, and a JPEG preview as the first directory."""
    height, width = mosaic.shape
    camera_matrix = [(int(1e4 * value), 10000) for value in (3.24, -1.54, -0.5, -0.97, 1.88, 0.04, 0.06, -0.2, 1.06)]
    common = [
        (271, 2, b"Testmaker\0"),
        (272, 2, b"Testmodel\0"),
        (274, 3, [orientation]),
        (306, 2, b"2019:05:03 14:23:55\0"),
        (50706, 1, bytes([1, 4, 0, 0])),
        (50707, 1, bytes([1, 1, 0, 0])),
        (50708, 2, b"Testmaker Testmodel\0"),
        (50721, 10, camera_matrix),
        (50728, 5, [(1, 1)] * 3),
        (50778, 3, [21]),
    ]
    sensor = [
        (254, 4, [0]),
        (256, 4, [width]),
        (257, 4, [height]),
        (258, 3, [16]),
        (259, 3, [1]),
        (262, 3, [32803]),
        (273, 4, ["strip0"]),
        (277, 3, [1]),
        (278, 4, [height]),
        (279, 4, [2 * mosaic.size]),
        (33421, 3, [2, 2]),
        (33422, 1, bytes([0, 1, 1, 2])),
        (50714, 4, [0]),
        (50717, 4, [65535]),
    ]
    strips = {"strip0": mosaic.astype("<u2").tobytes()}
    if preview is None:
        return tiff([common + sensor], strips)
    strips["strip1"] = preview
    thumb_height, thumb_width = Image.open(io.BytesIO(preview)).size[::-1]
    small = [
        (254, 4, [1]),
        (256, 4, [thumb_width]),
        (257, 4, [thumb_height]),
        (258, 3, [8, 8, 8]),
        (259, 3, [7]),
        (262, 3, [6]),
        (273, 4, ["strip1"]),
        (277, 3, [3]),
        (278, 4, [thumb_height]),
        (279, 4, [len(preview)]),
        (330, 4, ["directory1"]),
    ]
    return tiff([common + small, sensor], strips)


def tiff(directories, strips):
    """Lay out little-endian TIFF directories; names among the values become the places of strips and directories."""
    codes = {3: "H", 4: "I"}
    places = {}
    for _ in range(2):  # once to learn the places, once with them
        body = bytearray(b"II*\0\0\0\0\0")
        for name, data in strips.items():
            places[name] = len(body)
            body += data + b"\0" * (len(data) % 2)
        for number, entries in enumerate(directories):
            packed = []
            for tag, kind, values in sorted(entries, key=lambda entry: entry[0]):
                if isinstance(values, bytes):
                    data, count = values, len(values)
                elif kind in (5, 10):
                    data, count = b"".join(struct.pack("<ii", *pair) for pair in values), len(values)
                else:
                    numbers = [places.get(value, 0) if isinstance(value, str) else value for value in values]
                    data, count = struct.pack(f"<{len(numbers)}{codes[kind]}", *numbers), len(numbers)
                if len(data) > 4:
                    place = len(body)
                    body += data + b"\0" * (len(data) % 2)
                    data = struct.pack("<I", place)
                packed.append(struct.pack("<HHI", tag, kind, count) + data.ljust(4, b"\0"))
            places[f"directory{number}"] = len(body)
            body += struct.pack("<H", len(packed)) + b"".join(packed) + b"\0" * 4
        body[4:8] = struct.pack("<I", places["directory0"])
    return bytes(body)


def bayer(pixels):
    """The RGGB mosaic that a sensor would see, 16 bits, linear."""
    linear = np.clip((pixels / 255.0) ** 2.2 * 40000, 0, 65535).astype(np.uint16)
    mosaic = linear[:, :, 1].copy()
    mosaic[::2, ::2] = linear[::2, ::2, 0]
    mosaic[1::2, 1::2] = linear[1::2, 1::2, 2]
    return mosaic
