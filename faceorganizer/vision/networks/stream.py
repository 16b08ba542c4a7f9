"""Reading the values that dlib's serialisation is made of.

Integers are one control byte (low four bits: how many bytes follow; highest bit: negative) and a little-endian
magnitude; booleans the characters "1" and "0"; strings an integer length and their bytes; reals an integer mantissa
and an integer power of two; tensors version 2, four integers and raw little-endian float32. Nothing a file says is
trusted: a length is held against the bytes that are there before it is used.
"""

import math
from typing import Final, NoReturn

import numpy as np

from faceorganizer.domain.errors import ModelFileError
from faceorganizer.domain.geometry import FloatArray

LONGEST_NAME: Final = 64
MOST_EXPONENT: Final = 900
LARGEST_WEIGHT: Final = 1e6  # trained weights are below 100; more would overflow when layers are folded together

_NEGATIVE: Final = 0x80
_LENGTH: Final = 0x0F


class Stream:
    """A file of dlib's, read value by value from its start.

    Every method that reads raises ModelFileError, with the position and what was expected there, where something else
    stands.

    Args:
        content: The whole file.
        title: What to call the file in messages.
    """

    def __init__(self, content: bytes, title: str) -> None:
        self._content = content
        self._title = title
        self._position = 0

    def fail(self, expected: str, found: object, position: int | None = None) -> NoReturn:
        """Say what was expected where.

        Args:
            expected: What should stand there.
            found: What stands there.
            position: Byte it is about; None for the present one.
        """
        raise ModelFileError(
            f"The model file {self._title} is damaged or of another kind: expected {expected} at byte "
            f"{self._position if position is None else position}, found {found}.",
            "Install the model files again.",
        )

    @property
    def position(self) -> int:
        """Byte that is read next."""
        return self._position

    def take(self, length: int, expected: str) -> memoryview:
        """The next bytes, without copying them."""
        left = len(self._content) - self._position
        if length > left:
            self.fail(f"{expected} of {length} bytes", f"the end of the file after {left}")
        taken = memoryview(self._content)[self._position : self._position + length]
        self._position += length
        return taken

    def integer(self, expected: str) -> int:
        """An integer of up to eight bytes."""
        start = self._position
        control = self.take(1, expected)[0]
        length = control & _LENGTH
        if control & ~(_LENGTH | _NEGATIVE) or not 1 <= length <= 8:
            self.fail(f"{expected} (an integer)", f"the byte {control:#04x}", start)
        magnitude = int.from_bytes(self.take(length, expected), "little")
        return -magnitude if control & _NEGATIVE else magnitude

    def expect(self, wanted: int, expected: str) -> None:
        """An integer of a certain value."""
        start = self._position
        found = self.integer(expected)
        if found != wanted:
            self.fail(f"{expected} {wanted}", found, start)

    def boolean(self, expected: str) -> bool:
        """A truth value."""
        start = self._position
        character = bytes(self.take(1, expected))
        if character not in (b"0", b"1"):
            self.fail(f"{expected} (0 or 1)", repr(character), start)
        return character == b"1"

    def name(self, expected: str) -> str:
        """A short string of ASCII characters."""
        start = self._position
        length = self.integer(f"the length of {expected}")
        if not 0 <= length <= LONGEST_NAME:
            self.fail(f"{expected} of at most {LONGEST_NAME} characters", f"a length of {length}", start)
        text = bytes(self.take(length, expected))
        if not text.isascii():
            self.fail(expected, repr(text), start)
        return text.decode("ascii")

    def tag(self, wanted: str) -> None:
        """The name of a certain kind of object."""
        start = self._position
        found = self.name(f"the tag {wanted}")
        if found != wanted:
            self.fail(f"the tag {wanted}", repr(found), start)

    def real(self, expected: str, least: float = -math.inf, most: float = math.inf) -> float:
        """A finite real number of a certain range."""
        start = self._position
        mantissa, exponent = self.integer(expected), self.integer(expected)
        if abs(exponent) > MOST_EXPONENT:  # 32000 to 32002 stand for infinities and not-a-number
            self.fail(f"{expected} (a finite number)", f"{mantissa} · 2^{exponent}", start)
        value = math.ldexp(mantissa, exponent)
        if not least <= value <= most:
            self.fail(f"{expected} from {least:g} to {most:g}", value, start)
        return value

    def shape(self, expected: str, version: int) -> tuple[int, int, int, int]:
        """Version and four sides of a tensor, or (version 1) of a part of one."""
        self.expect(version, f"the version of {expected}:")
        start = self._position
        sides = (self.integer(expected), self.integer(expected), self.integer(expected), self.integer(expected))
        if min(sides) < 0:
            self.fail(f"the sides of {expected}", sides, start)
        return sides

    def part(self, wanted: tuple[int, int, int, int], expected: str) -> None:
        """The shape of a part of a tensor."""
        start = self._position
        found = self.shape(expected, 1)
        if found != wanted:
            self.fail(f"{expected} of shape {wanted}", found, start)

    def tensor(self, size: int, expected: str) -> FloatArray:
        """A tensor of a certain number of weights, whatever its shape; (size,) float32.

        A view of the file's bytes: it must not be written to.
        """
        start = self._position
        sides = self.shape(expected, 2)
        if math.prod(sides) != size:
            self.fail(f"{expected} of {size} numbers", f"the sides {sides}", start)
        values = np.frombuffer(self.take(4 * size, expected), "<f4").astype(np.float32, copy=False)
        if size and not np.abs(values).max() <= LARGEST_WEIGHT:  # also where one is not a number
            self.fail(f"{expected} of finite numbers up to {LARGEST_WEIGHT:g}", "others", start)
        return values

    def state(self) -> None:
        """A tensor that only training needs: any size, never looked at."""
        sides = self.shape("a tensor left from training", 2)
        self.take(4 * math.prod(sides), "a tensor left from training")

    def end(self) -> None:
        """Nothing more."""
        left = len(self._content) - self._position
        if left:
            self.fail("the end of the file", f"{left} more bytes")
