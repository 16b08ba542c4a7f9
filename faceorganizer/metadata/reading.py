"""What the metadata of a photo say of people, from the file itself and from sidecars."""

from collections.abc import Iterator
from pathlib import Path

from faceorganizer.domain.regions import Frame, Reading
from faceorganizer.metadata.files import contents
from faceorganizer.metadata.regions import read_people
from faceorganizer.metadata.xmp import Packet


def sidecars(photo: Path) -> list[Path]:
    """Return the names that XMP files of a photo have, the one that means no other photo first."""
    return [photo.with_name(f"{start}{suffix}") for start in (photo.name, photo.stem) for suffix in (".xmp", ".XMP")]


def read_photo(photo: Path, embedded: bytes | None, frame: Frame) -> Reading:
    """Read who is in a photo. A sidecar that tells of people counts, and not the file beside it.

    Args:
        photo: The picture; only sidecars of it are looked for.
        embedded: The packet in the file itself, if any.
        frame: Size and orientation of the picture.
    """
    problems: list[str] = []
    for source, data in _packets(photo, embedded):
        packet = Packet.parse(data) if data is not None else None
        if packet is None:
            problems.append(f"{source} is damaged or too large")
            continue
        reading = read_people(packet, frame)
        problems += [f"{problem} ({source})" for problem in reading.problems]
        if reading.regions or reading.names:
            return Reading(reading.regions, reading.names, tuple(problems))
    return Reading(problems=tuple(problems))


def _packets(photo: Path, embedded: bytes | None) -> Iterator[tuple[str, bytes | None]]:
    for sidecar in sidecars(photo):
        data = contents(sidecar)
        if data is not None or sidecar.is_file():
            yield sidecar.name, data
    if embedded is not None:
        yield "the XMP in the file", embedded
