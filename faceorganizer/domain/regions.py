"""Faces and names as other programs keep them, in this program's coordinates."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from faceorganizer.domain.geometry import UPRIGHT, Box, swaps_sides


class RegionOrigin(StrEnum):
    """Where a region or name was read."""

    MWG = "mwg"
    MICROSOFT = "microsoft"
    IPTC = "iptc"
    PICASA = "picasa"
    TAKEOUT = "takeout"
    KEYWORDS = "keywords"
    CSV = "csv"
    JSON = "json"


class OnConflict(StrEnum):
    """What is done with an imported name that somebody in the library has already."""

    MERGE = "merge"
    SEPARATE = "separate"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture's size and orientation.

    Attributes:
        width: Of the upright picture at full resolution, pixels.
        height: Of the upright picture at full resolution, pixels.
        orientation: EXIF orientation, 1 to 8, that makes the stored picture upright.
    """

    width: int
    height: int
    orientation: int = UPRIGHT

    @property
    def stored_size(self) -> tuple[int, int]:
        """Width and height of the picture as it is stored."""
        return (self.height, self.width) if swaps_sides(self.orientation) else (self.width, self.height)


@dataclass(frozen=True, slots=True)
class FaceRegion:
    """A face that a file tells of.

    Attributes:
        name: None where the file says that there is a face, and not whose.
        box: In full-resolution upright pixels.
        origin: What kind of metadata it was.
    """

    name: str | None
    box: Box
    origin: RegionOrigin


@dataclass(frozen=True, slots=True)
class Reading:
    """What the metadata of one photo say of people.

    Attributes:
        regions: Faces, each once, whatever number of formats tells of it; those of the most reliable format first.
        names: People who are in the picture, without a place; each once, none that a region names.
        problems: What could not be used, in plain words that finish a sentence about the photo.
    """

    regions: tuple[FaceRegion, ...] = ()
    names: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.regions or self.names or self.problems)


@dataclass(frozen=True, slots=True)
class ImportedRegion:
    """A face or name that is to be taken into the library.

    Attributes:
        photo: The file; absolute.
        name: None where nobody says who it is.
        box: In full-resolution upright pixels; None where only the name is known.
        origin: Where it was read.
    """

    photo: Path
    name: str | None
    box: Box | None
    origin: RegionOrigin
