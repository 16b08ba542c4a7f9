"""What every Classifier promises; each registered one has to keep it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from review_library import look

from faceorganizer.domain.errors import CancelledError, SettingError, UsageError, VectorError
from faceorganizer.domain.progress import Unattended
from faceorganizer.domain.seams import Classifier
from faceorganizer.neighbours.spread import DLIB
from faceorganizer.recognition.calibration import NestedLogit, Trial, adapted, calibration_error
from faceorganizer.recognition.classifiers import adapted_evidence
from faceorganizer.recognition.evidence import LFW, evidence
from faceorganizer.recognition.registry import CLASSIFIERS, create_classifier

IDS = np.array([7, 100, 101, 5000, *range(6000, 6100)])


class Cancelled(Unattended):
    def check_cancelled(self) -> None:
        raise CancelledError


@pytest.fixture(params=list(CLASSIFIERS))
def classifier(request: pytest.FixtureRequest) -> Classifier:
    return create_classifier(request.param)


def album(faces: int = 6, people: int = 4, first: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Faces of invented people, and whose they are."""
    places = np.repeat(np.arange(people), faces)
    looks = [look(1 + place, first + number) for place in range(people) for number in range(faces)]
    return np.array(looks, np.float32).reshape(-1, 128), IDS[places]


def taught(classifier: Classifier, faces: int = 6, people: int = 4) -> Classifier:
    classifier.fit(*album(faces, people), Unattended())
    return classifier


def test_known_people_are_told_apart_and_strangers_are_nobody(classifier: Classifier) -> None:
    told = taught(classifier).predict(*album(3, first=50)[:1])
    assert told.people[:, 0].tolist() == album(3)[1].tolist()
    assert (told.probabilities[:, 0] > 0.5).all()
    strangers = np.array([look(99, number) for number in range(5)])
    assert (classifier.predict(strangers).probabilities.sum(axis=1) < 0.3).all()


def test_the_likeliest_come_first_and_never_exceed_one_together(classifier: Classifier) -> None:
    taught(classifier)
    between = (album(1, first=60)[0] + look(2, 61)) / 2
    told = classifier.predict(np.concatenate([between, album(1, first=60)[0]]))
    assert (np.diff(told.probabilities, axis=1) <= 0).all()
    assert (told.probabilities >= 0).all()
    assert (told.probabilities.sum(axis=1) <= 1 + 1e-9).all()
    for row in told.people:
        present = row[row >= 0]
        assert len(set(present)) == len(present)
        assert set(present) <= set(IDS)
    assert (told.probabilities[told.people < 0] == 0).all()


def test_a_face_does_not_speak_for_itself(classifier: Classifier) -> None:
    faces, people = album(5)
    odd = np.append(faces, [look(99, 1)], axis=0)  # a stranger who was given to the first person
    classifier.fit(odd, np.append(people, 7), Unattended())
    rows = np.array([len(faces)])
    alone = classifier.predict(odd[rows], rows)
    assert alone.probabilities.sum() < 0.3
    held = np.arange(len(faces))
    told = classifier.predict(faces, held)
    assert (told.people[:, 0] == people).all()


def test_the_only_face_of_somebody_leaves_that_person_out(classifier: Classifier) -> None:
    faces, people = album(4, 3)
    faces, people = np.append(faces, [look(4, 1)], axis=0), np.append(people, 5000)
    classifier.fit(faces, people, Unattended())
    told = classifier.predict(faces[-1:], np.array([len(faces) - 1]))
    assert 5000 not in told.people


def test_the_same_answer_twice(classifier: Classifier) -> None:
    asked = album(2, first=30)[0]
    first = taught(classifier).predict(asked)
    again = taught(classifier).predict(asked)
    assert (first.people == again.people).all()
    assert (first.probabilities == again.probabilities).all()


@pytest.mark.parametrize(("faces", "people"), [(0, 4), (1, 1), (1, 2), (2, 1), (3, 2)])
def test_few_people(classifier: Classifier, faces: int, people: int) -> None:
    told = taught(classifier, faces, people).predict(album(2, first=20)[0])
    assert told.people.shape == told.probabilities.shape
    assert len(told.people) == 8
    assert np.isfinite(told.probabilities).all()
    assert len(classifier.predict(np.zeros((0, 128), np.float32)).people) == 0


def test_equal_faces(classifier: Classifier) -> None:
    classifier.fit(np.ones((12, 128), np.float32), np.repeat(IDS[:4], 3), Unattended())
    told = classifier.predict(np.ones((1, 128), np.float32))
    assert np.isfinite(told.probabilities).all()
    assert told.probabilities.sum() <= 1 + 1e-9


def test_bad_descriptors(classifier: Classifier) -> None:
    faces, people = album(3)
    with pytest.raises(VectorError):
        classifier.fit(np.full((12, 128), np.nan, np.float32), people, Unattended())
    with pytest.raises(UsageError):
        classifier.fit(faces, people[:-1], Unattended())
    with pytest.raises(UsageError):
        classifier.fit(faces, people - 8, Unattended())
    taught(classifier)
    for bad in (np.full((1, 128), np.inf, np.float32), np.zeros((1, 5), np.float32), np.zeros(128, np.float32)):
        with pytest.raises(VectorError):
            classifier.predict(bad)


@pytest.mark.parametrize("name", sorted(set(CLASSIFIERS) - {"svm"}))
def test_learning_can_be_stopped(name: str) -> None:
    with pytest.raises(CancelledError):
        create_classifier(name).fit(*album(), Cancelled())


def test_no_such_classifier() -> None:
    with pytest.raises(SettingError, match="nearest"):
        create_classifier("guess")


def trial(random: np.random.Generator, count: int, slope: float, shift: float) -> Trial:
    """Answers of a classifier whose evidence is the log-odds, once stretched and shifted."""
    strength = random.normal(0, 3, (count, 1, 1))
    right = random.random(count) < 1 / (1 + np.exp(-(slope * strength[:, 0, 0] + shift)))
    return Trial(strength, np.ones((count, 1), np.bool_), np.where(right, 0, -1), right, 1)


def test_many_people_shift_what_evidence_means_and_few_hardly_do() -> None:
    prior, random = NestedLogit((1.0,), 0.0, 1.0), np.random.default_rng(0)
    many = adapted([trial(random, 20_000, 1.5, -1.0)], prior)
    assert many.slope == pytest.approx(1.5, abs=0.1)
    assert many.shift == pytest.approx(-1.0, abs=0.1)
    few = adapted([trial(random, 5, 1.5, -1.0)], prior)
    assert abs(few.shift) < abs(many.shift)
    assert adapted([], prior) is prior


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=50))
def test_the_calibration_error_is_a_share(answers: list[tuple[float, bool]]) -> None:
    sure, right = (np.array(column) for column in zip(*answers, strict=True)) if answers else (np.zeros(0), np.zeros(0))
    assert 0 <= calibration_error(sure.astype(np.float64), right.astype(np.bool_)) <= 1
    assert calibration_error(np.array([1.0, 0.0]), np.array([True, False])) == 0


def test_evidence_follows_the_people_of_a_library() -> None:
    faces, people = album(8, 40)
    spread_out = np.float32(1.3) * faces  # all distances are larger than those that evidence was fitted to
    places = np.unique(people, return_inverse=True)[1]
    few = adapted_evidence(spread_out[:16], places[:16], DLIB)
    many = adapted_evidence(spread_out, places, DLIB)
    far, one = np.array([0.5]), np.ones(1, np.int64)
    usual, hardly, clearly = (evidence(far, 4 * one, one, fitted)[0] for fitted in (LFW, few, many))
    assert abs(hardly - usual) < abs(clearly - usual)
    assert adapted_evidence(spread_out[:0], places[:0], DLIB) == LFW
