"""A library of drawn portraits, to show the window with: a family album of people who do not exist."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from faceorganizer.domain.faces import FaceObservations
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.pictures import Capture, FileRecord, FileState, PictureIdentity
from faceorganizer.library import Library
from tests.demo.portraits import Look, draw_person, face_box, graded, ground, look, mood

WITHIN, BETWEEN = 0.045, 0.245  # variance of a descriptor around its person, and of people
DIRECTIONS: Final = 40  # as many as descriptors really have, more or less
SIZE: Final = (960, 720)
WIDE: Final = (960, 600)  # where there are several
NAMES: Final = (
    "Ben", "David", "Anna", "Carla", "Mei", "Farid", "Greta", "Henry", "Jonas", "Noah", "Ines", "Lena", "Elif", "Kofi",
)  # fmt: skip
PEOPLE: Final = 26
STRANGERS: Final = 5  # in group pictures only
FAMILIES: Final = ((0, 1, 4, 10), (2, 3, 16), (5, 6, 8, 22), (7, 9), (11, 12, 13, 15), (14, 18, 20), (17, 19, 21))
LAST: Final = datetime(2026, 8, 15, 9, 12)
EVENT, EVENT_DAYS = 9, 131  # photos of an occasion, and days from one to the next
PLACES: Final = ("Garden", "Lake", "Birthday", "Mountains", "Home", "City", "Holidays", "School")


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture to be drawn.

    Attributes:
        people: Who is in it, from left to right.
    """

    path: Path
    taken: datetime
    people: tuple[int, ...]


def make(folder: Path) -> Library:
    """Draw the photos into ``folder/Pictures``, and make the library ``folder/library``; who gets it closes it."""
    pictures, library = folder / "Pictures", Library.create(folder / "library")
    shots = list(_shots(np.random.default_rng(7)))
    boxes = [_draw(pictures / shot.path, shot, np.random.default_rng(number)) for number, shot in enumerate(shots)]
    library.folders.add(pictures)
    held = _enter(library, pictures, shots, boxes)
    for number, name in enumerate(NAMES):
        library.people.name(held[number], name)
    return library


def _shots(chance: np.random.Generator) -> Iterator[Shot]:
    """Some pictures of each alone, and the families together."""
    wanted = [(person,) for person in range(PEOPLE) for _ in range(int(chance.integers(4, 9)))]
    for family in FAMILIES:
        for _ in range(6):
            size = int(chance.integers(2, len(family) + 1))
            wanted.append(tuple(chance.choice(family, size, replace=False).tolist()))
    wanted += [(int(chance.integers(PEOPLE)), PEOPLE + stranger) for stranger in range(STRANGERS)]
    chance.shuffle(wanted)
    events = len(wanted) // EVENT
    wanted = wanted[: events * EVENT - 1]  # numbers begin with 1, and the first occasion is one short
    when = LAST - timedelta(days=EVENT_DAYS * (events - 1))
    for number, people in enumerate(wanted, 1):
        if number % EVENT == 0:
            when += timedelta(days=EVENT_DAYS)
        taken = when + timedelta(hours=10 * (number % EVENT) / EVENT, seconds=number * 7)
        place = PLACES[(number // EVENT) * 5 % len(PLACES)]
        yield Shot(Path(str(taken.year), place, f"IMG_{number:04}.jpg"), taken, tuple(people))


def _draw(path: Path, shot: Shot, chance: np.random.Generator) -> FloatArray:
    """Draw a picture, and say where the faces are: (n, 4)."""
    alone = len(shot.people) == 1
    upright = alone and chance.random() < 0.4
    width, height = (SIZE[1], SIZE[0]) if upright else SIZE if alone else WIDE
    picture = ground(width, height, chance)
    boxes = []
    for place, person in enumerate(shot.people):
        who: Look = look(person)
        share = 0.72 if upright else 0.92 if alone else min(0.84, 2.2 / len(shot.people))
        side = round(height * share * float(chance.uniform(0.92, 1.04)))
        drawn = draw_person(who, mood(chance), side)
        middle = width * (place + 0.5 + (0.5 - (place + 0.5) / len(shot.people)) * 0.25) / len(shot.people)
        left, top = round(middle - side / 2 + float(chance.normal(0, 0.01)) * width), height - round(side * 0.985)
        picture.paste(drawn, (left, top), drawn)
        x, y, wide, tall = face_box(side, who)
        boxes.append((left + x, top + y, wide, tall))
    path.parent.mkdir(parents=True, exist_ok=True)
    graded(picture, chance).save(path, quality=90)
    return np.array(boxes, np.float32)


def _enter(library: Library, folder: Path, shots: Sequence[Shot], boxes: Sequence[FloatArray]) -> list[PersonId]:
    """Enter the photos and faces as a scan does, and group them; returns who is to be named.

    A part of the faces of named people is in groups of their own, so that there is something to ask.
    """
    database = library._database  # a scan would look for faces of flesh and blood
    model = library._clustering.model
    chance = np.random.default_rng(11)
    seen: set[int] = set()
    faces: list[FaceId] = []
    labels: list[int] = []
    with database.write() as unit:
        number = unit.models.id_of(model)
        (root,) = unit.roots.all()
        for shot, places in zip(shots, boxes, strict=True):
            identity = _identity(folder / shot.path, shot)
            content = unit.contents.add(identity)
            unit.files.add([_record(root.id, folder, shot, identity, content)])
            found = unit.faces.store(content, number, "drawn", _observed(shot, places, chance), [], [])
            for person, face in zip(shot.people, found, strict=True):
                apart = person in seen and person < len(NAMES) and chance.random() < 0.22
                faces.append(face)
                labels.append(-2 - person - (100 if apart else 0) if person < PEOPLE else -1)
                seen.add(person)
        run = unit.runs.add("drawn", {}, number, 0, 0.0, {})
        made = unit.people.apply_grouping(run, np.array(faces, np.int64), np.array(labels, np.int64))
    return [made[-2 - person] for person in range(len(NAMES))]


def _identity(path: Path, shot: Shot) -> PictureIdentity:
    content = path.read_bytes()
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
    digest = blake2b(content, digest_size=32).digest()
    return PictureIdentity(digest, digest, "jpeg", width, height, capture=Capture(shot.taken, "exif", "Drawn by hand"))


def _record(root: int, folder: Path, shot: Shot, identity: PictureIdentity, content: int) -> FileRecord:
    status = (folder / shot.path).stat()
    return FileRecord(
        0, root, shot.path.as_posix(), status.st_size, status.st_mtime_ns, identity.file_hash, content,
        FileState.PRESENT,
    )  # type: ignore[arg-type]  # fmt: skip


@cache
def _centre(person: int) -> FloatArray:
    return _spread(np.random.default_rng(500 + person), BETWEEN)


def _spread(chance: np.random.Generator, variance: float) -> FloatArray:
    vector = np.zeros(128, np.float32)
    vector[:DIRECTIONS] = chance.normal(0, np.sqrt(variance / DIRECTIONS), DIRECTIONS)
    return vector


def _observed(shot: Shot, boxes: FloatArray, chance: np.random.Generator) -> FaceObservations:
    count = len(boxes)
    points = chance.uniform(0.2, 0.8, (count, 68, 2)).astype(np.float32)
    return FaceObservations(
        boxes,
        np.ones(count, np.float32),
        boxes[:, None, :2] + points * boxes[:, None, 2:],
        np.stack([_centre(person) + _spread(chance, WITHIN) for person in shot.people]),
        chance.uniform(0.8, 1.0, count).astype(np.float32) / count,  # who is alone in a picture is seen best
    )
