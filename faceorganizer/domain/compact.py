"""Descriptors at one byte a number, as FaceNet keeps them (Schroff, Kalenichenko and Philbin, CVPR 2015, 128 bytes)."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.errors import VectorError
from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.domain.geometry import FloatArray

Codes = npt.NDArray[np.uint8]

STORED_FORM: Final = "storage.descriptors"  # the setting that says in which form descriptors are stored
FULL: Final = "full"
COMPACT: Final = "compact"

_LAST: Final = 255

# What dlib's recognition network answers on average, number by number, in hundredths: means of one half of the people
# of Labeled Faces in the Wild. They are no descriptor of anybody.
_DLIB_CENTRES: Final = (
    *(-9, 9, 5, -4, -9, -2, -1, -11, 14, -6, 20, -4, -25, -5, -3, 12, -15, -12, -12, -8, 2, 4, 4, 2, -13, -30, -7, -9),
    *(5, -9, 2, 6, -18, -6, 3, 6, -5, -7, 21, 1, -17, 1, 5, 25, 21, 0, 2, -7, 11, -26, 4, 14, 11, 8, 8, -14, 2, 14),
    *(-19, 6, 7, -10, -4, -4, 15, 9, -9, -13, 16, -14, -4, 8, -10, -16, -26, 4, 37, 13, -17, 2, -7, -2, 4, 4, -7, -5),
    *(-9, 3, 19, -3, -2, 21, 1, 0, 4, 5, -11, 0, -11, -1, 5, -10, 1, 8, -17, 16, -2, -2, 0, -3, -8, 0, 17, -25, 21, 17),
    *(-1, 13, 6, 6, -1, -1, -13, -10, 3, -2, 2, 3),
)
_DLIB_REACH: Final = 0.3  # 0.24 is the farthest that a number of 6,410 faces of LFW lies from its centre


@dataclass(frozen=True, slots=True)
class CompactForm:
    """Rounds descriptors to 256 steps about the centre of each number, and back.

    The steps of all numbers are equal, so that distances of codes, times the step, are distances of descriptors.
    What lies further from the centre than the steps reach is clipped: it becomes the last step.

    Attributes:
        centres: (dimension,) float32.
        step: Above zero.
    """

    centres: FloatArray
    step: float

    @classmethod
    def within(cls, centres: FloatArray, reach: float) -> "CompactForm":
        """The form whose steps reach so far to both sides of each centre."""
        return cls(centres, 2 * reach / _LAST)

    @classmethod
    def spanning(cls, descriptors: FloatArray) -> "CompactForm":
        """The finest form that clips none of (n, dimension) finite descriptors, about the middle of each number."""
        if not descriptors.size:
            return cls.within(np.zeros(descriptors.shape[1:], np.float32), 1.0)
        low, high = descriptors.min(axis=0).astype(np.float64), descriptors.max(axis=0).astype(np.float64)
        reach = float((high - low).max()) / 2
        return cls.within(((low + high) / 2).astype(np.float32), reach if reach > 0 else 1.0)

    @property
    def dimension(self) -> int:
        """Numbers of a descriptor, and bytes of its code."""
        return len(self.centres)

    def encode(self, descriptors: FloatArray) -> Codes:
        """Return the (n, dimension) codes of (n, dimension) descriptors.

        Raises:
            VectorError: They are of another length, or not finite.
        """
        if descriptors.ndim != 2 or descriptors.shape[1] != self.dimension:
            raise VectorError(f"Descriptors of shape {descriptors.shape} are not of length {self.dimension}.")
        if not np.isfinite(descriptors).all():
            raise VectorError("A descriptor is not finite.")
        steps = np.rint((descriptors - self.centres) / self.step + _LAST / 2)
        codes: Codes = np.clip(steps, 0, _LAST).astype(np.uint8)
        return codes

    def decode(self, codes: Codes) -> FloatArray:
        """Return the (n, dimension) float32 descriptors that codes stand for; encoding these gives the codes again."""
        descriptors = codes.astype(np.float32)
        descriptors -= _LAST / 2
        descriptors *= np.float32(self.step)
        descriptors += self.centres
        return descriptors

    def clipped(self, descriptors: FloatArray) -> int:
        """How many numbers of descriptors the steps do not reach."""
        reach = (_LAST / 2 + 0.5) * self.step
        return int(np.count_nonzero(np.abs(descriptors - self.centres) > reach))


_DLIB: Final = CompactForm.within(np.array(_DLIB_CENTRES, np.float32) / np.float32(100), _DLIB_REACH)


def compact_form(model: EmbeddingModel) -> CompactForm | None:
    """The compact form of a model's descriptors; None where their range is not known, and they are kept in full."""
    of_dlib = model.name.removesuffix("+mirror") == "dlib-resnet-v1" and model.dimension == len(_DLIB_CENTRES)
    return _DLIB if of_dlib else None
