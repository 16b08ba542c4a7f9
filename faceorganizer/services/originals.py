"""The files that a picture may be read from again, after it was scanned."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from faceorganizer.db.unit_of_work import UnitOfWork
from faceorganizer.domain.errors import UnknownIdError
from faceorganizer.domain.ids import ContentId
from faceorganizer.domain.pictures import FileRecord, FileState, PictureIdentity
from faceorganizer.services.folders import absolute, place_in
from faceorganizer.services.scan.ledger import standing


@dataclass(frozen=True, slots=True)
class Original:
    """A picture with the files that it may be read from: those that its boxes fit."""

    identity: PictureIdentity
    files: tuple[tuple[Path, FileRecord], ...]

    def readable(self) -> Iterator[Path]:
        """Those files that are there, and as they were scanned."""
        return (path for path, file in self.files if _is_as_scanned(path, file))


def original_of(unit: UnitOfWork, photo: ContentId) -> Original:
    """Look up where a picture may be read from.

    Raises:
        UnknownIdError: The library has no such photo.
    """
    identity = unit.contents.get(photo).identity
    holders = unit.files.of_contents([photo]).get(photo, [])
    stands = standing(holders)
    if stands is None:
        return Original(identity, ())
    folders = {root.id: root.path for root in unit.roots.all()}
    twins = (holder for holder in holders if holder.file_hash == stands.file_hash and holder.state is FileState.PRESENT)
    return Original(identity, tuple((folders[twin.root] / twin.path, twin) for twin in twins))


def content_at(unit: UnitOfWork, path: Path) -> ContentId:
    """Look up the picture that a file holds, by any spelling of its path.

    Raises:
        UnknownIdError: The library does not know the file, or it could not be read.
    """
    wanted = absolute(path)
    for root in unit.roots.all():
        place = place_in(root.path, wanted)
        file = unit.files.at(root.id, place) if place is not None else None
        if file is not None and file.content is not None:
            return file.content
        if file is not None:
            raise UnknownIdError(f"No face is known of {wanted}: {file.error}.")
    raise UnknownIdError(f"The library does not know the photo {wanted}.", "Scan its folder first.")


def _is_as_scanned(path: Path, file: FileRecord) -> bool:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return False
    return (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns)
