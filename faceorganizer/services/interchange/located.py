"""The files of a library that a command is about, with the frame of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.geometry import Box, turn_boxes
from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.domain.regions import Frame
from faceorganizer.services.folders import absolute, place_in
from faceorganizer.services.scan.ledger import standing


@dataclass(frozen=True, slots=True)
class LocatedFile:
    """A present file with the picture it holds.

    Attributes:
        path: Absolute.
        file: As the library knows it.
        content: The picture.
        picture: What describes the picture; boxes of faces are in its frame.
        stands: Whether this file's metadata are those that the picture's frame is taken from.
    """

    path: Path
    file: FileRecord
    content: ContentId
    picture: PictureIdentity
    stands: bool

    def frame(self) -> Frame:
        """Size and orientation of the file itself; a copy may be turned otherwise than the file that stands for it.

        Raises:
            UnreadablePhotoError: It is a copy, and cannot be read.
        """
        picture = self.picture
        if self.stands:
            return Frame(picture.width, picture.height, picture.orientation)
        # Only there: these libraries take a while to load, and few files need them.
        from faceorganizer.imaging.opening import open_picture

        with open_picture(self.path, max_megapixels=float("inf")) as opened:
            return Frame(opened.width, opened.height, opened.orientation)

    def to_picture(self, box: Box, frame: Frame) -> Box:
        """Move a box from the file's own frame to the picture's."""
        return _turned(box, frame.orientation, self.picture.orientation, (frame.width, frame.height))

    def from_picture(self, box: Box, frame: Frame) -> Box:
        """Move a box from the picture's frame to the file's own."""
        size = self.picture.width, self.picture.height
        return _turned(box, self.picture.orientation, frame.orientation, size)


def located_files(database: Database, paths: Sequence[Path] = ()) -> list[LocatedFile]:
    """Return the present files at some places of the library, by path; all of them when no place is given.

    Raises:
        UnknownIdError: A path is not in any of the library's folders, or is a file that it does not know.
    """
    with database.read() as unit:
        roots = unit.roots.all()
        records = {root.id: {file.path: file for file in unit.files.of_root(root.id)} for root in roots}
        chosen: dict[int, tuple[Path, FileRecord]] = {}
        for under in paths or [root.path for root in roots]:
            wanted = absolute(under)
            places = [(root, place) for root in roots if (place := place_in(root.path, wanted)) is not None]
            found = [(root.path / file.path, file) for root, place in places for file in _at(place, records[root.id])]
            if not found and (paths and not any(place == "" for _, place in places)):
                raise UnknownIdError(f"The library knows no photo in {wanted}.", "Scan its folder first.")
            chosen |= {file.id: (path, file) for path, file in found}
        present = [(path, file) for path, file in chosen.values() if file.state is FileState.PRESENT]
        contents = [file.content for _, file in present if file.content is not None]
        pictures = unit.contents.records(contents)
        holders = unit.files.of_contents(contents)
    located: list[LocatedFile] = []
    for path, file in sorted(present, key=lambda each: each[0]):
        if file.content is not None and not file.error:
            first = standing(holders[file.content])
            same = first is not None and first.file_hash == file.file_hash
            located.append(LocatedFile(path, file, file.content, pictures[file.content].identity, same))
    return located


def _at(place: str, files: Mapping[str, FileRecord]) -> list[FileRecord]:
    """The file at a relative path, or the files in the folder there; all for an empty path."""
    if place in files:
        return [files[place]]
    return [file for path, file in files.items() if not place or path.startswith(f"{place}/")]


def _turned(box: Box, before: int, after: int, size: tuple[float, float]) -> Box:
    if before == after:
        return box
    (turned,) = turn_boxes(np.array([box], np.float64), before, after, size).tolist()
    return turned[0], turned[1], turned[2], turned[3]
