"""The map of all faces: made in its own process, kept, joined by new faces, forgotten."""

from pathlib import Path

import numpy as np
import pytest
from review_library import People

from faceorganizer.domain.errors import CancelledError
from faceorganizer.domain.progress import Unattended
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library


@pytest.fixture
def people(library: Library) -> People:
    return People(library._database, library._clustering.model)


def test_a_library_without_faces_has_an_empty_map(library: Library) -> None:
    assert library.maps.stored() is None
    assert len(library.maps.make(Unattended())) == 0
    stored = library.maps.stored()
    assert stored is not None
    assert stored.places.shape == (0, 2)


def test_a_map_is_kept_and_tells_who_holds_the_faces_now(library: Library, people: People) -> None:
    anna = people.held(1, 6, "Anna")
    lone = people.faces(2, 3)
    made = library.maps.make(Unattended())
    assert len(made) == 9
    assert set(made.persons.tolist()) == {anna, -1}
    library.people.name_face(lone[0], "Ben")
    stored = library.maps.stored()
    assert stored is not None
    np.testing.assert_array_equal(stored.places, made.places)
    assert stored.persons[stored.faces == lone[0]].item() == library.people.find("Ben").id


def test_a_few_new_faces_join_and_many_make_it_anew(library: Library, people: People) -> None:
    people.held(1, 12, "Anna")
    people.held(2, 12, "Ben")
    made = library.maps.make(Unattended())
    fresh = people.faces(1, 2)
    stored = library.maps.stored()
    assert stored is not None
    assert len(stored) == 26
    anna = made.places[:12].mean(axis=0)
    ben = made.places[12:].mean(axis=0)
    for face in fresh:
        place = stored.places[stored.faces == face][0]
        assert np.linalg.norm(place - anna) < np.linalg.norm(place - ben)
    people.faces(3, 20)
    assert library.maps.stored() is None


def test_a_cancelled_map_leaves_the_former_one(library: Library, people: People) -> None:
    people.held(1, 5, "Anna")
    made = library.maps.make(Unattended())
    job = Job()
    job.cancel()
    with pytest.raises(CancelledError), job:
        library.maps.make(job)
    stored = library.maps.stored()
    assert stored is not None
    np.testing.assert_array_equal(stored.places, made.places)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 nonsense", b"\x93NUMPY"])
def test_a_damaged_map_is_no_map(library: Library, people: People, damage: bytes) -> None:
    people.held(1, 5, "Anna")
    library.maps.make(Unattended())
    file = library.path / "cache" / "map.npz"
    file.write_bytes(damage)
    assert library.maps.stored() is None


def test_forgetting_faces_forgets_the_map(library: Library, people: People) -> None:
    people.held(1, 5, "Anna")
    library.maps.make(Unattended())
    library.forget_faces()
    assert list((library.path / "cache").glob("*map*")) == []


def test_a_full_disk_costs_the_time_only(library: Library, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    people.held(1, 5, "Anna")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert len(library.maps.make(Unattended())) == 5
