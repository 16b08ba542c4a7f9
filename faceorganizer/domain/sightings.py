"""Where and when somebody was seen."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.people import PersonRecord


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face in its photo.

    Attributes:
        path: Of the file that stands for the photo; absolute.
        taken: Local time; None where nothing says so.
        box: x, y, width, height in pixels of the upright photo.
        size: Width and height of the upright photo, pixels.
        quality: 0 to 1.
        person: Who holds the face; None when nobody does.
        assignment: Who says so.
    """

    face: FaceId
    photo: ContentId
    path: Path
    taken: datetime | None
    box: tuple[float, float, float, float]
    size: tuple[int, int]
    quality: float
    person: PersonId | None
    assignment: AssignmentSource | None


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who is in photos with a person.

    Attributes:
        person: Who it is.
        together: Photos that show both.
    """

    person: PersonRecord
    together: int


def photos_by_year(sightings: Iterable[Sighting]) -> dict[int, int]:
    """Count the photos of each year, the first year first; photos without a date are left out."""
    photos = {sighting.photo: sighting.taken for sighting in sightings}
    years = Counter(taken.year for taken in photos.values() if taken is not None)
    return dict(sorted(years.items()))
