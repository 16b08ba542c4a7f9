"""What is known of files and pictures."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from faceorganizer.domain.geometry import UPRIGHT
from faceorganizer.domain.ids import ContentId, FileId, RootId

LARGE_PIXELS: Final = 50_000_000  # pictures above are in memory one at a time
_WRITTEN: Final = 2026  # this program; no clock is right that says less


def latest_year() -> int:
    """The last year in which a photo may have been taken: next year, by a clock that may have lost its battery."""
    return max(datetime.now().year, _WRITTEN) + 1


def second_of(second: int) -> int:
    """The second that datetime knows: 59 for a leap second, others as they are."""
    return 59 if second == 60 else second


class FileState(StrEnum):
    """Whether a file was where it should be at the last scan."""

    PRESENT = "present"
    MISSING = "missing"


class ScanState(StrEnum):
    """How the search for faces in a picture ended."""

    DONE = "done"
    FAILED = "failed"


class Detail(StrEnum):
    """How small a face may be to be found, as a share of the picture's long side."""

    FAST = "fast"
    BALANCED = "balanced"
    THOROUGH = "thorough"

    @property
    def fineness(self) -> int:
        """Rank from coarse to fine: what a finer search has done need not be done by a coarser one."""
        return list(Detail).index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a picture was taken: degrees (WGS 84), north and east positive, and metres above the sea."""

    latitude: float
    longitude: float
    altitude: float | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """When, with what and where a picture was taken; None where nothing says so.

    Attributes:
        taken: Local time at the place, without a zone.
        taken_source: What says so: "exif", "sidecar", "file name"; empty when ``taken`` is None.
        camera: Maker and model, without repetition.
        place: GPS position.
    """

    taken: datetime | None = None
    taken_source: str = ""
    camera: str | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PictureIdentity:
    """What tells a picture apart and describes it, read without decoding its pixels.

    Attributes:
        file_hash: BLAKE2b-256 of the whole file.
        content_hash: BLAKE2b-256 of the encoded picture without its metadata segments; of the whole file where the
            format offers no such split.
        format: Lower-case name such as "jpeg", "heif", "raw".
        width: Of the upright picture, pixels.
        height: Of the upright picture, pixels.
        orientation: EXIF orientation, 1 to 8, that makes the stored picture upright.
        capture: Date, camera and place.
    """

    file_hash: bytes
    content_hash: bytes
    format: str
    width: int
    height: int
    orientation: int = UPRIGHT
    capture: Capture = field(default_factory=Capture)

    @property
    def megapixels(self) -> float:
        """Size of the full picture in millions of pixels."""
        return self.width * self.height / 1e6


@dataclass(frozen=True, slots=True)
class Picture:
    """Upright pixels, possibly decoded at reduced scale.

    Attributes:
        pixels: (height, width, 3) uint8 RGB, C-contiguous.
        full_width: Of the full-resolution upright picture.
        full_height: Of the full-resolution upright picture.
    """

    pixels: npt.NDArray[np.uint8]
    full_width: int
    full_height: int

    @property
    def scale(self) -> float:
        """Full-resolution pixels per pixel held: 1.0 when nothing was reduced."""
        height, width = self.pixels.shape[:2]
        return float(max(self.full_width, self.full_height) / max(height, width))


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that the user gave to the library.

    Attributes:
        volume: Identity of the folder on its volume when it was last scanned; tells an emptied folder from the
            mount point of an unplugged drive.
        exclusions: Glob patterns, relative to the folder, that are not scanned.
    """

    id: RootId
    path: Path
    volume: str
    exclusions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file in a root, as the library knows it.

    Attributes:
        path: Relative to the root, with forward slashes; bytes that are no valid UTF-8 as surrogate escapes.
        mtime_ns: Modification time, nanoseconds since 1970.
        file_hash: Of the whole file; None when it could not be read.
        content: The picture it holds; None when it could not be read.
        error: Why it could not be read; empty when it could.
    """

    id: FileId
    root: RootId
    path: str
    size: int
    mtime_ns: int
    file_hash: bytes | None
    content: ContentId | None
    state: FileState
    error: str = ""


@dataclass(frozen=True, slots=True)
class ContentRecord:
    """One distinct picture, however many files hold it."""

    id: ContentId
    identity: PictureIdentity


@dataclass(frozen=True, slots=True)
class PhotoRecord:
    """One line of the list of photos: a file with the picture it holds.

    Attributes:
        photo: Id of the picture, shared by its duplicates; None for a file that never could be read.
        path: Absolute.
        state: "present", "missing" or "failed".
        error: Why it failed; empty otherwise.
        faces: Number of active faces.
        duplicate_of: Absolute path of the file that stands for this picture, when it is another one.
    """

    photo: ContentId | None
    path: Path
    root: Path
    capture: Capture
    width: int | None
    height: int | None
    orientation: int | None
    state: str
    error: str
    faces: int
    duplicate_of: Path | None = None
