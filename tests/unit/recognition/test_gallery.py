import numpy as np
import pytest

from faceorganizer.domain.errors import VectorError
from faceorganizer.domain.geometry import FloatArray
from faceorganizer.recognition.evidence import evidence, probabilities
from faceorganizer.recognition.gallery import (
    EXEMPLARS,
    WITNESSES,
    Gallery,
    Units,
    mean_nearest,
    nearest_people,
    portray,
    spread,
)
from faceorganizer.recognition.parts import two_parts

DIMENSION = 128


def person(number: int, faces: int, noise: float = 0.25) -> FloatArray:
    """Faces around a place of somebody's own; two places are about 0.8 apart."""
    random = np.random.default_rng(number)
    centre = random.normal(size=DIMENSION) * 0.57 / np.sqrt(DIMENSION)
    return (centre + random.normal(size=(faces, DIMENSION)) * noise / np.sqrt(DIMENSION)).astype(np.float32)


def gallery(*faces: FloatArray) -> Gallery:
    return Gallery.of(
        np.arange(1, len(faces) + 1), [portray(some, np.ones(len(some), np.float32)) for some in faces], DIMENSION
    )


def asked(*faces: FloatArray, own: tuple[int, ...] = ()) -> Units:
    portraits = [portray(some, np.ones(len(some))) for some in faces]
    return Units.standing_for(portraits, np.array(own or [-1] * len(faces)), DIMENSION)


def test_a_face_is_near_to_the_person_it_is_of() -> None:
    people = [person(number, 12) for number in range(20)]
    found = nearest_people(asked(*(faces[:1] for faces in people)), gallery(*(faces[1:] for faces in people)))
    best = {}
    for unit, place, distance in zip(found.units, found.places, found.distances, strict=True):
        best.setdefault(int(unit), (float(distance), int(place)))
        best[int(unit)] = min(best[int(unit)], (float(distance), int(place)))
    assert {unit: place for unit, (_, place) in best.items()} == {number: number for number in range(20)}
    assert (found.compared == 11).all()


def test_distances_are_those_of_the_nearest_three() -> None:
    faces, query = person(1, 9), person(1, 20)[15:16]
    (distance,) = nearest_people(asked(query), gallery(faces)).distances
    expected = np.sort(np.linalg.norm(faces - query, axis=1))[:3].mean()
    assert distance == pytest.approx(expected, abs=1e-3)
    assert mean_nearest(query, faces[:2])[0] == pytest.approx(
        np.linalg.norm(faces[:2] - query, axis=1).mean(), abs=1e-3
    )


def test_a_group_speaks_with_the_mean_of_its_faces() -> None:
    faces, group = person(1, 9), person(1, 20)[12:]
    (distance,) = nearest_people(asked(group), gallery(faces)).distances
    assert distance == pytest.approx(float(mean_nearest(group, faces).mean()), abs=1e-4)


def test_nobody_is_a_candidate_for_itself() -> None:
    known = gallery(person(1, 4), person(2, 4))
    found = nearest_people(asked(person(1, 4), person(2, 4), own=(1, 7)), known)
    assert list(zip(found.units.tolist(), known.people[found.places].tolist(), strict=True)) == [(1, 2)]


def test_a_stranger_is_nobody() -> None:
    found = nearest_people(asked(person(99, 1)), gallery(person(1, 5), person(2, 5)))
    chances = probabilities(found.units, evidence(found.distances, found.compared, np.ones(len(found.units))), 2)
    assert chances.sum() < 0.2


def test_others_do_not_change_who_is_found() -> None:
    people = [person(number, 6) for number in range(12)]
    query = asked(*(faces[:2] for faces in people))
    whole = nearest_people(query, gallery(*people), reach=0.9)
    for place, faces in enumerate(people):
        alone = nearest_people(query, gallery(faces), reach=0.9)
        mine = whole.places == place
        assert whole.units[mine].tolist() == alone.units.tolist()
        assert whole.distances[mine] == pytest.approx(alone.distances, abs=1e-6)


@pytest.mark.parametrize("known", [0, 1])
def test_empty_galleries_and_no_questions(known: int) -> None:
    people = gallery(*[person(1, 3)] * known)
    nothing = asked()
    assert len(nearest_people(nothing, people).units) == 0
    assert len(nearest_people(asked(person(1, 1)), people).units) == known


def test_one_person_with_one_face_is_enough() -> None:
    face = person(1, 1)
    found = nearest_people(asked(face), gallery(face))
    assert found.distances[0] == pytest.approx(0, abs=1e-3)
    assert probabilities(found.units, evidence(found.distances, found.compared, np.ones(1)), 1)[0] > 0.99


def test_units_side_by_side_and_some_of_them() -> None:
    faces, groups = Units.of(person(1, 3), np.full(3, -1)), asked(person(2, 2), person(3, 5), own=(8, 9))
    both = faces.followed_by(groups)
    assert both.sizes.tolist() == [1, 1, 1, 2, 5]
    assert both.own.tolist() == [-1, -1, -1, 8, 9]
    some = both.only(np.array([False, True, False, False, True]))
    assert some.sizes.tolist() == [1, 5]
    assert np.array_equal(some.witnesses, np.concatenate([person(1, 3)[1:2], person(3, 5)]))
    assert np.allclose(some.means[1], person(3, 5).mean(axis=0), atol=1e-6)


def test_what_is_no_number_is_refused() -> None:
    broken = person(1, 3)
    broken[1, 5] = np.nan
    with pytest.raises(VectorError):
        portray(broken, np.ones(3))
    with pytest.raises(VectorError):
        nearest_people(Units.of(broken, np.full(3, -1)), gallery(person(1, 3)))
    with pytest.raises(VectorError):
        two_parts(broken)


def test_a_portrait_is_small_and_prefers_good_faces() -> None:
    faces = person(1, 500)
    quality = np.where(np.arange(500) % 2, 0.9, 0.1)
    portrait = portray(faces, quality)
    assert (portrait.faces, len(portrait.exemplars), len(portrait.witnesses)) == (500, EXEMPLARS, WITNESSES)
    assert all((faces[1::2] == exemplar).all(axis=1).any() for exemplar in portrait.exemplars)
    assert len(portray(faces[:3], np.zeros(3)).exemplars) == 3
    assert spread(5, 3).tolist() == [0, 2, 4]


def test_somebody_who_changed_is_found_by_either_look() -> None:
    before, after = person(1, 16), person(2, 16)
    portrait = portray(np.concatenate([before, after]), np.ones(32))
    known = Gallery.of(np.array([1]), [portrait], DIMENSION)
    assert len(nearest_people(asked(*before[:, None], *after[:, None]), known).units) == 32
    assert portrait.width > 0.5 > portray(before, np.ones(16)).width


def test_two_people_in_one_part() -> None:
    height, parts = two_parts(np.concatenate([person(1, 9), person(2, 5)])) or (0, np.zeros(0))
    assert height > 0.7
    assert parts.tolist() == [0] * 9 + [1] * 5
    alone = two_parts(person(1, 14))
    assert alone is None or alone[0] < 0.5


def test_large_people_part_whole() -> None:
    height, parts = two_parts(np.concatenate([person(1, 400), person(2, 200)])) or (0, np.zeros(0))
    assert parts.tolist() == [0] * 400 + [1] * 200
    assert height > 0.7


@pytest.mark.parametrize("faces", [0, 1, 3])
def test_few_faces_are_no_two_people(faces: int) -> None:
    assert two_parts(np.concatenate([person(1, 4), person(2, 4)])[:faces]) is None


def test_one_odd_face_is_no_person() -> None:
    found = two_parts(np.concatenate([person(1, 8), person(2, 1)]))
    assert found is None or found[0] < 0.6
