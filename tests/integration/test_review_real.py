"""Suggestions and questions on real pictures of people who are known."""

import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.review import AreSame
from faceorganizer.library import Library

pytestmark = pytest.mark.slow


def shown(library: Library, person: PersonId) -> str:
    """Whose folder the faces of somebody are from."""
    ((name, _),) = Counter(face.path.parent.name for face in library.faces.list(person=person)).items()
    return name


def in_pieces(library: Library) -> None:
    """Hold the faces of each folder in two groups."""
    of_folder: defaultdict[str, list[FaceId]] = defaultdict(list)
    for face in library.faces.list():
        of_folder[face.path.parent.name].append(face.face)
    with library._database.write() as unit:
        for faces in of_folder.values():
            for part in (faces[::2], faces[1::2]):
                unit.people.assign(part, unit.people.create(None), AssignmentSource.AUTOMATIC)
    library.review.forget()


def test_people_of_real_pictures_are_merged_named_and_suggested(shared_data: Path, tmp_path: Path) -> None:
    for number, picture in enumerate(sorted((shared_data / "small").rglob("*.*"))):
        place = tmp_path / ("first" if number % 2 else "second") / picture.parent.name / picture.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(picture, place)
    with Library.create(tmp_path / "people") as library:
        library.scan(tmp_path / "first", group=False)
        in_pieces(library)
        pieces, merged = len(library.people.list()), 0
        while same := [question for question in library.review.queue() if isinstance(question, AreSame)]:
            assert shown(library, same[0].first) == shown(library, same[0].second)
            library.people.merge([same[0].first, same[0].second])
            merged += 1
        assert merged >= 0.7 * pieces / 2
        for person in library.people.list():
            library.people.name(person.id, shown(library, person.id), same=True)

        library.scan(tmp_path / "second", group=False)
        places = {face.face: face.path.parent.name for face in library.faces.list()}
        best = {one.face: one.suggestions[0].name for one in library.review.suggest_all() if one.face is not None}
        assert len(best) > 30
        assert sum(name == places[face] for face, name in best.items()) >= 0.95 * len(best)

        library.settings.set("review.automatic_from", "0.9")
        library.review.assign_automatically()
        given = [face for face in library.faces.list() if face.assignment is AssignmentSource.AUTOMATIC]
        assert len(given) > 20
        assert all(face.name == face.path.parent.name for face in given)
