"""Libraries of invented people for the review: descriptors around a place of each person's own."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import numpy as np

from faceorganizer.db.database import Database
from faceorganizer.domain.faces import AssignmentSource, EmbeddingModel, FaceObservations
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.ids import ContentId, FaceId, PersonId
from faceorganizer.domain.pictures import Capture, FileRecord, FileState, PictureIdentity

DIMENSION = 128


def look(who: int, face: int, noise: float = 0.25) -> FloatArray:
    """Descriptor of a face of somebody: two of one person are about 0.35 apart, of two people 0.8."""
    centre = np.random.default_rng(who).normal(size=DIMENSION) * 0.57
    around = np.random.default_rng((who, face)).normal(size=DIMENSION) * noise
    return ((centre + around) / np.sqrt(DIMENSION)).astype(np.float32)


@dataclass
class People:
    """Puts photos and people into a library."""

    database: Database
    model: EmbeddingModel
    _photos: int = 0
    _looks: dict[int, int] = field(default_factory=dict)

    def photo(self, *who: int, taken: str | None = None, model: EmbeddingModel | None = None) -> list[FaceId]:
        """A photo with a face of each of some people."""
        self._photos += 1
        for one in who:
            self._looks[one] = self._looks.get(one, 0) + 1
        found = FaceObservations(
            boxes=np.array([[30.0 * place, 10, 20, 20] for place in range(len(who))], np.float32).reshape(-1, 4),
            scores=np.ones(len(who), np.float32),
            landmarks=np.zeros((len(who), 68, 2), np.float32),
            descriptors=np.array([look(one, self._looks[one]) for one in who], np.float32).reshape(-1, DIMENSION),
            quality=np.full(len(who), 0.8, np.float32),
        )
        with self.database.write() as unit:
            roots = unit.roots.all()
            root = roots[0].id if roots else unit.roots.add(Path("/photos"), "1:1").id
            capture = Capture(datetime.fromisoformat(taken), "exif") if taken else Capture()
            digest = self._photos.to_bytes(4, "big")
            content = unit.contents.add(PictureIdentity(b"f", digest, "jpeg", 400, 300, capture=capture))
            record = FileRecord(0, root, f"{self._photos}.jpg", 1, 2, b"f", content, FileState.PRESENT)  # type: ignore[arg-type]
            unit.files.add([record])
            return unit.faces.store(ContentId(content), unit.models.id_of(model or self.model), "test", found, [], [])

    def faces(self, who: int, count: int, taken: str | None = None) -> list[FaceId]:
        """Faces of one person, each in a photo of its own, held by nobody."""
        return [self.photo(who, taken=taken)[0] for _ in range(count)]

    def held(self, who: int, count: int, name: str | None = None, taken: str | None = None) -> PersonId:
        """A named person with confirmed faces, or an unnamed group with automatic ones."""
        return self.hold(self.faces(who, count, taken), name)

    def hold(self, faces: list[FaceId], name: str | None = None) -> PersonId:
        """A named person, or an unnamed group, with these faces."""
        with self.database.write() as unit:
            person = unit.people.create(name)
            unit.people.assign(faces, person, AssignmentSource.CONFIRMED if name else AssignmentSource.AUTOMATIC)
        return person
