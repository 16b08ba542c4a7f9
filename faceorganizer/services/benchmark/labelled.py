"""Descriptors with the truth about them, as others publish them: one file of numbers, one of labels."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from faceorganizer.clustering.distances import unit_length
from faceorganizer.domain.errors import FaceOrganizerError, UsageError
from faceorganizer.domain.geometry import FloatArray, IntArray

UNLABELLED: Final = -1

_FLOAT = np.dtype("<f4")


@dataclass(frozen=True, slots=True)
class LabelledFaces:
    """What a benchmark is made with.

    Attributes:
        source: What it was read from.
        descriptors: (n, dimension) float32.
        labels: (n,) int64 true persons; -1 where not known.
        quality: (n,) 0 to 1; None where nothing is known of it.
        ids: (n,) ids of the library's faces; None when they are from files.
        names: Of the persons, by label; empty when they are numbers only.
    """

    source: str
    descriptors: FloatArray
    labels: IntArray
    quality: FloatArray | None = None
    ids: IntArray | None = None
    names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.descriptors) != len(self.labels):
            raise UsageError(
                f"There are {len(self.descriptors):,} faces and {len(self.labels):,} labels.",
                "Name the file of labels that belongs to these features.",
            )
        if not (self.labels != UNLABELLED).any():
            raise UsageError(f"No face of {self.source} has a label.", "Nothing could be measured.")

    def unit_length(self) -> "LabelledFaces":
        """The same faces with descriptors of length one, as cosine similarity sees them."""
        return replace(self, descriptors=unit_length(self.descriptors))


def read_faces(features: Path, labels: Path, dimension: int | None = None) -> LabelledFaces:
    """Read features and labels.

    Args:
        features: ``.npy`` with (n, dimension) numbers; any other file is raw little-endian float32, row by row.
        labels: See :func:`read_labels`.
        dimension: Numbers of each face in a raw file; unused otherwise.

    Raises:
        UsageError: A file is not there, not of this form, or they are of different lengths.
    """
    return LabelledFaces(str(features), read_features(features, dimension), read_labels(labels))


def read_features(path: Path, dimension: int | None) -> FloatArray:
    """Descriptors (n, dimension) of a file, as :func:`read_faces` takes it."""
    if path.suffix.lower() != ".npy":
        return _raw(path, dimension)
    numbers = _numpy(path)
    if numbers.ndim != 2 or not numbers.shape[1] or numbers.dtype.kind not in "fiu":
        raise UsageError(f"{path} holds {numbers.dtype} of shape {numbers.shape}, not one row of numbers a face.")
    return numbers.astype(np.float32)


def read_labels(path: Path) -> IntArray:
    """Labels (n,) of a file; every negative one becomes -1, not known.

    Args:
        path: ``.npy`` with (n,) whole numbers; any other file is text with one whole number a line.

    Raises:
        UsageError: It is not there or not of this form.
    """
    if path.suffix.lower() != ".npy":
        numbers = _lines(path)
    else:
        numbers = _numpy(path)
        if numbers.ndim != 1 or numbers.dtype.kind not in "iu":
            raise UsageError(f"{path} holds {numbers.dtype} of shape {numbers.shape}, not one whole number a face.")
    labels: IntArray = np.maximum(numbers.astype(np.int64), UNLABELLED)
    return labels


def _raw(path: Path, dimension: int | None) -> FloatArray:
    if dimension is None:
        raise UsageError(f"{path} says nothing of how many numbers a face has.", "Say --dim N.")
    try:
        size = path.stat().st_size
        if size % (dimension * _FLOAT.itemsize):
            raise UsageError(
                f"{path} has {size:,} bytes, which are no whole number of faces with {dimension} float32 each.",
                "Check --dim.",
            )
        numbers = np.fromfile(path, _FLOAT)
    except OSError as error:
        raise _unreadable(path, error) from error
    rows: FloatArray = numbers.astype(np.float32, copy=False).reshape(-1, dimension)
    return rows


def _numpy(path: Path) -> np.ndarray:
    try:
        numbers = np.load(path, allow_pickle=False)
    except OSError as error:
        raise _unreadable(path, error) from error
    except (ValueError, EOFError) as error:  # truncated, of another format, or holding objects
        raise UsageError(f"{path} is no NumPy file of numbers.", "Save one with numpy.save.") from error
    if not isinstance(numbers, np.ndarray):  # an archive under the wrong name
        numbers.close()
        raise UsageError(f"{path} is an archive of several arrays.", "Save the one array with numpy.save.")
    return numbers


def _lines(path: Path) -> IntArray:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    words = text.split()
    try:
        numbers = np.array(words, dtype=np.bytes_).astype(np.int64)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{path} does not hold one whole number a line.", "Number the persons from 0.") from error
    if len(words) != sum(1 for line in text.splitlines() if line.strip()):
        raise UsageError(f"{path} has several numbers in a line.", "Write one whole number a line.")
    return numbers


def _unreadable(path: Path, error: OSError) -> FaceOrganizerError:
    if isinstance(error, FileNotFoundError):
        return UsageError(f"There is no file {path}.")
    return UsageError(f"{path} could not be read: {(error.strerror or str(error)).lower()}.")
