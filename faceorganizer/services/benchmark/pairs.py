"""Lists of pairs of pictures with the truth about them, as Labeled Faces in the Wild and others publish them."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.geometry import IntArray
from faceorganizer.recognition.protocol import FOLDS, Flags

_COUNT: Final = re.compile(r"[0-9]{1,7}", re.ASCII)
_TRUTH: Final = {"0": False, "1": True}
_SUFFIXES: Final = (".jpg", ".jpeg", ".png", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".avif")


class PairsFileError(UsageError):
    """A line of a list of pairs is not what it should be.

    Args:
        path: The list.
        line: Number of the line, from 1.
        reason: What is wrong with it, as a clause.
        advice: What to do.
    """

    def __init__(self, path: Path, line: int, reason: str, advice: str = "") -> None:
        super().__init__(f"{path}, line {line}: {reason}.", advice)
        self.line = line


@dataclass(frozen=True, slots=True)
class PicturePair:
    """One line of a list.

    Attributes:
        left: Path of a picture, as it was written, or made of a name and a number.
        right: That of the other.
        same: Whether both show one person.
        line: Where it was said, from 1.
    """

    left: str
    right: str
    same: bool
    line: int


@dataclass(frozen=True, slots=True)
class PairsList:
    """Pairs of pictures in folds.

    Attributes:
        pairs: In their order.
        folds: (p,) int64 fold of each, from 0 without gaps.
    """

    pairs: tuple[PicturePair, ...]
    folds: IntArray


def read_pairs(path: Path, *, folds: int = FOLDS) -> PairsList:
    """Read a list of pairs.

    Two forms are known. That of Labeled Faces in the Wild begins with "FOLDS PAIRS" or just "PAIRS"; then for each fold
    come so many lines NAME I J, of one person, and as many NAME I NAME2 J, of two; picture I of a person is
    NAME/NAME_000I.jpg. The other one has a line LEFT RIGHT 1 or LEFT RIGHT 0 for each pair, with paths. Fields are
    divided by tabs, or by white space where a line has no tab. Empty lines are passed over.

    Args:
        path: The list, as UTF-8; names may be any bytes.
        folds: Of a list that does not say how many: pairs are dealt in their order, those of one person and those of
            two alike.

    Raises:
        PairsFileError: A line is malformed.
        UsageError: It cannot be read, or has too few pairs for the folds.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig", "surrogateescape")
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {path}.") from error
    except OSError as error:
        raise UsageError(f"{path} could not be read: {(error.strerror or str(error)).lower()}.") from error
    # Split at line feeds alone: names may hold what Unicode takes for the end of a line.
    lines = [(number, _fields(line)) for number, line in enumerate(text.split("\n"), 1)]
    lines = [(number, fields) for number, fields in lines if fields]
    if not lines:
        raise UsageError(f"{path} names no pair.")
    head = lines[0][1]
    if len(head) <= 2 and all(map(_COUNT.fullmatch, head)):
        return _of_lfw(path, lines, folds)
    pairs = tuple(_with_paths(path, number, fields) for number, fields in lines)
    return PairsList(pairs, dealt(np.array([pair.same for pair in pairs]), folds))


def picture_at(folder: Path, name: str) -> Path:
    """The file that a name in a list means; where there is none, one with another usual suffix.

    Args:
        folder: That relative names begin at.
        name: As in :class:`PicturePair`.
    """
    path = folder / name
    if os.path.exists(path) or not path.name:  # noqa: PTH110 - never raises, here and below
        return path
    others = (path.with_suffix(suffix) for suffix in _SUFFIXES)
    return next((other for other in others if os.path.exists(other)), path)  # noqa: PTH110


def dealt(same: Flags, folds: int) -> IntArray:
    """(p,) fold of each pair: those that stand together stay so, and each fold gets as many of both kinds.

    Args:
        same: (p,) whether a pair is of one person.
        folds: How many.

    Raises:
        UsageError: There are fewer pairs of a kind than folds.
    """
    made: IntArray = np.zeros(len(same), np.int64)
    for rows in (np.flatnonzero(same), np.flatnonzero(~same)):
        if not 2 <= folds <= len(rows):
            raise UsageError(
                f"{same.sum()} pairs of one person and {(~same).sum()} of two cannot be dealt into {folds} folds.",
                "Each fold needs one of both; there are two folds or more.",
            )
        made[rows] = np.arange(len(rows)) * folds // len(rows)
    return made


def _fields(line: str) -> list[str]:
    line = line.rstrip("\r")
    parts = line.split("\t") if "\t" in line else line.split(" ")
    return [part.strip(" ") for part in parts if part.strip(" ")]


def _of_lfw(path: Path, lines: Sequence[tuple[int, list[str]]], folds: int) -> PairsList:
    (first, head), rest = lines[0], lines[1:]
    *said, each = (int(field) for field in head)
    blocks = said[0] if said else 1
    if not blocks or not each:
        raise PairsFileError(path, first, "there are no pairs in no folds", "Say “FOLDS PAIRS”, such as “10 300”.")
    if len(rest) != 2 * blocks * each:
        wanted = f"{blocks} folds of {each} pairs of one person and {each} of two are {2 * blocks * each:,} pairs"
        raise PairsFileError(path, lines[-1][0], f"{wanted}, but here they end after {len(rest):,}")
    pairs = tuple(_named(path, number, fields) for number, fields in rest)
    for place, pair in enumerate(pairs):
        if pair.same != (place // each % 2 == 0):
            kind = "one person" if place // each % 2 == 0 else "two people"
            raise PairsFileError(path, pair.line, f"a pair of {kind} belongs here", f"{each} of one person come first.")
    if said:
        return PairsList(pairs, np.repeat(np.arange(blocks), 2 * each).astype(np.int64))
    return PairsList(pairs, dealt(np.array([pair.same for pair in pairs]), folds))


def _named(path: Path, line: int, fields: Sequence[str]) -> PicturePair:
    if len(fields) not in (3, 4):
        raise PairsFileError(path, line, f"it has {len(fields)} fields", "Write NAME I J or NAME I NAME2 J.")
    left, right = (fields[0], fields[1]), (fields[-2] if len(fields) == 4 else fields[0], fields[-1])
    for name, number in (left, right):
        if not _COUNT.fullmatch(number) or not int(number):
            raise PairsFileError(path, line, f"“{number}” is no number of a picture", "Pictures are counted from 1.")
        if "\0" in name or "/" in name or "\\" in name or name in (".", ".."):
            raise PairsFileError(path, line, f"{name!r} is no name of a folder")
    if left == right:
        raise PairsFileError(path, line, "a picture is compared with itself")
    same = left[0] == right[0]
    if same and len(fields) == 4:
        raise PairsFileError(path, line, f"both are {left[0]}", "A pair of one person is NAME I J.")
    one, other = (f"{name}/{name}_{int(number):04d}.jpg" for name, number in (left, right))
    return PicturePair(one, other, same, line)


def _with_paths(path: Path, line: int, fields: Sequence[str]) -> PicturePair:
    if len(fields) != 3:
        advice = "Write LEFT RIGHT 1 for one person or 0 for two, with tabs where paths have spaces; a list of names "
        raise PairsFileError(path, line, f"it has {len(fields)} fields", f"{advice}begins with “FOLDS PAIRS”.")
    left, right, truth = fields
    if truth not in _TRUTH:
        raise PairsFileError(path, line, f"“{truth}” is neither 1 nor 0", "1 is for one person, 0 for two.")
    if "\0" in left + right:
        raise PairsFileError(path, line, "no path has a zero byte")
    return PicturePair(left, right, _TRUTH[truth], line)
