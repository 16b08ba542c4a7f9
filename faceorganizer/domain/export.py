"""What is to leave the library, how, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.ids import AlbumId, PersonId

LAYOUTS: Final = {
    "person": "{person}/{original}",
    "person-year": "{person}/{year}/{original}",
    "folder": "{album}/{original}",
    "flat": "{original}",
}
CROP_LAYOUT: Final = "{person}/{original}_{face}"
CROP_MARGIN: Final = 0.4
GALLERY_SIDE: Final = 2048


class ExportKind(StrEnum):
    """What is made."""

    FOLDERS = "folders"
    ZIP = "zip"
    GALLERY = "gallery"
    CROPS = "crops"


class ExportWay(StrEnum):
    """How a photo gets into a folder."""

    COPY = "copy"
    HARD = "hard"
    SYMBOLIC = "symbolic"
    REFLINK = "reflink"


class SeveralPeople(StrEnum):
    """Where a photo goes that shows several of the people who have folders."""

    EACH = "each"
    COMBINED = "combined"
    ONCE = "once"


Action = Literal["add", "keep", "update", "remove", "leave"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """What is to be exported.

    Attributes:
        destination: A folder; for a zip the file.
        kind: What is made of the photos.
        layout: Name of one of :data:`LAYOUTS`, or a template; None for what suits the kind.
        way: How photos get into folders.
        people: Whose photos; those of everybody with a name when empty.
        query: Only photos that it finds.
        album: Only photos of this album.
        several: Where a photo of several people goes.
        unnamed: Whether unnamed groups have folders, too.
        sync: Whether what an earlier export wrote, and does not belong there any more, is removed.
        margin: Around the face in a crop, as a share of the longer side of its box, at each side.
        long_side: Of the photos in a gallery, in pixels.
        inside_root: Whether the destination may lie in a folder that is scanned.
        replace: Whether a zip file that is there already is replaced.
    """

    destination: Path
    kind: ExportKind = ExportKind.FOLDERS
    layout: str | None = None
    way: ExportWay = ExportWay.COPY
    people: tuple[PersonId, ...] = ()
    query: PhotoQuery | None = None
    album: AlbumId | None = None
    several: SeveralPeople = SeveralPeople.EACH
    unnamed: bool = False
    sync: bool = False
    margin: float = CROP_MARGIN
    long_side: int = GALLERY_SIDE
    inside_root: bool = False
    replace: bool = False

    def checked(self) -> "ExportOrder":
        """Return the order if it makes sense.

        Raises:
            UsageError: It asks for what does not go together, or for a number that is none.
        """
        if self.query is not None and self.album is not None:
            raise UsageError("Photos come from an album or from a question, not both.")
        if self.way is not ExportWay.COPY and self.kind is not ExportKind.FOLDERS:
            raise UsageError(f"A {self.kind} holds no links.", "Leave --link out.")
        if self.layout is not None and self.kind is ExportKind.GALLERY:
            raise UsageError("A gallery has a layout of its own.", "Leave --layout out.")
        if self.sync and self.kind is ExportKind.ZIP:
            raise UsageError("A zip is written as a whole; there is nothing to synchronise.", "Leave --sync out.")
        if not 0 <= self.margin <= 5:
            raise UsageError(f"A margin of {self.margin:g} is none.", "Choose one from 0 to 5.")
        if not 256 <= self.long_side <= 20_000:
            raise UsageError(f"Photos of {self.long_side} pixels are no use.", "Choose from 256 to 20000.")
        return self


@dataclass(frozen=True, slots=True)
class ExportProblem:
    """Something that is not exported, or was left as it is.

    Attributes:
        path: The file it is about: the original, or the one at the destination.
        reason: Plain words that finish the sentence "This file is not exported: ...".
    """

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file at the destination.

    Attributes:
        path: Below the destination, with forward slashes.
        action: What becomes of it.
        source: The original; None where there is none, as for a page of a gallery.
        why: What it is there for.
    """

    path: str
    action: Action
    source: Path | None
    why: str


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """What an order would do.

    Attributes:
        photos: Distinct pictures that take part.
        bytes: That would be written; for what is made anew (crops, galleries) an estimate.
        free: Bytes that are free there; None where that cannot be told.
        left_out: Pictures that were asked for and show nobody who has a folder.
        files: All of them, in the order of their paths.
        problems: What would not be exported, and why.
    """

    destination: Path
    photos: int
    bytes: int
    free: int | None
    left_out: int
    files: Sequence[PlannedFile] = field(repr=False)
    problems: Sequence[ExportProblem] = ()

    def count(self, action: Action) -> int:
        """How many files something would become of."""
        return sum(file.action == action for file in self.files)

    def first(self, number: int = 10) -> Sequence[str]:
        """The first paths, for a preview."""
        return [file.path for file in self.files if file.action != "remove"][:number]


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did.

    Attributes:
        added: Files written that were not there.
        updated: Files of an earlier export written anew, because the original is another one now.
        kept: Files that were there and as they are to be.
        removed: Files of an earlier export that did not belong there any more.
        problems: What was not exported, or was left as somebody else made it, and why.
        left_out: As in the plan.
        bytes: Written.
        manifest: Says what is there and why; None for a zip, which holds its own.
    """

    destination: Path
    photos: int
    added: int
    updated: int
    kept: int
    removed: int
    left_out: int
    bytes: int
    seconds: float
    problems: Sequence[ExportProblem]
    manifest: Path | None
