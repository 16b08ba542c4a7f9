import dataclasses

import cv2
import numpy as np
import pytest

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import overlaps
from faceorganizer.domain.pictures import Detail, Picture
from faceorganizer.vision.analyser import dlib_analyser
from faceorganizer.vision.search import FaceFinder

DLIB_FACE = np.array([[179, 83, 88, 88]], np.float32)  # of the astronaut, by the HOG detector without enlarging


class TestAstronaut:
    @pytest.mark.parametrize("detail", Detail)
    def test_has_one_face_at_every_detail(self, analyser, astronaut, as_picture, detail):
        size = 1300
        pixels = cv2.resize(astronaut, (size, size), interpolation=cv2.INTER_AREA)
        seen = dataclasses.replace(analyser, finder=FaceFinder(detail=detail)).analyse(as_picture(pixels))
        assert len(seen) == 1
        assert overlaps(seen.boxes, DLIB_FACE * size / 512)[0, 0] > 0.7

    def test_is_the_same_with_other_objects(self, astronaut, as_picture, seen):
        again = dlib_analyser().analyse(as_picture(astronaut))
        for field in dataclasses.fields(seen):
            assert (getattr(again, field.name) == getattr(seen, field.name)).all()

    def test_everything_is_float32(self, seen):
        assert {getattr(seen, field.name).dtype for field in dataclasses.fields(seen)} == {np.dtype(np.float32)}

    def test_landmarks_are_in_full_resolution_pixels(self, analyser, astronaut, seen):
        reduced = Picture(cv2.resize(astronaut, (300, 300), interpolation=cv2.INTER_AREA), 512, 512)
        half = analyser.analyse(reduced)
        assert np.abs(half.landmarks - seen.landmarks).max() < 12
        assert np.linalg.norm(half.landmarks - seen.landmarks, axis=2).mean() < 3
        assert np.linalg.norm(half.descriptors - seen.descriptors) < 0.3

    def test_grey_is_the_same_person(self, analyser, astronaut, as_picture, seen):
        grey = np.repeat(cv2.cvtColor(astronaut, cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)
        assert np.linalg.norm(analyser.analyse(as_picture(grey)).descriptors - seen.descriptors) < 0.4

    def test_over_the_edge(self, analyser, astronaut, as_picture):
        cropped = astronaut[:, 190:]  # through the outer corner of an eye
        seen = analyser.analyse(as_picture(cropped))
        assert len(seen) == 1
        assert seen.boxes[0, 0] < 0
        assert np.isfinite(seen.descriptors).all()

    def test_five_points_change_the_chip_and_the_model_alone(self, astronaut, as_picture, seen):
        analyser = dlib_analyser(aligner="5-point")
        other = analyser.describe(analyser.align(as_picture(astronaut), Detections(seen.boxes, seen.scores)))
        assert analyser.embedder.model.aligner == "5-point"
        assert (other.landmarks == seen.landmarks).all()
        assert 0 < np.linalg.norm(other.descriptors - seen.descriptors) < 0.4

    def test_two_in_a_wide_picture(self, analyser, astronaut, as_picture):
        seen = analyser.analyse(as_picture(np.concatenate([astronaut, astronaut[:, ::-1]], axis=1)))
        assert len(seen) == 2
        assert np.linalg.norm(seen.descriptors[0] - seen.descriptors[1]) < 0.4


@pytest.mark.parametrize("shape", [(1, 1), (1, 3000), (3000, 1), (40, 30_000), (600, 400)])
@pytest.mark.parametrize("value", [0, 255])
def test_no_faces_where_there_are_none(analyser, as_picture, shape, value):
    seen = analyser.analyse(as_picture(np.full((*shape, 3), value, np.uint8)))
    assert len(seen) == 0
    assert seen.descriptors.shape == (0, 128)
    assert seen.landmarks.shape == (0, 68, 2)


def test_an_unknown_aligner_is_refused():
    with pytest.raises(SettingError, match="7-point"):
        dlib_analyser(aligner="7-point")


def same_as_face_recognition(analyser, face_recognition, pixels, picture):
    locations = face_recognition.face_locations(pixels)
    boxes = np.array([[left, top, right - left + 1, bottom - top + 1] for top, right, bottom, left in locations])
    seen = analyser.describe(
        analyser.align(picture, Detections(boxes.astype(np.float32), np.ones(len(boxes), np.float32)))
    )
    model = {"68-point": "large", "5-point": "small"}[analyser.embedder.model.aligner]
    theirs = face_recognition.face_encodings(pixels, locations, model=model)
    np.testing.assert_allclose(seen.descriptors, np.array(theirs), atol=1e-4)
    assert locations
    parts = face_recognition.face_landmarks(pixels, locations[:1], model="large")[0]
    np.testing.assert_allclose(seen.landmarks[0, :17], np.array(parts["chin"]) + 0.5)


@pytest.mark.parametrize("aligner", ["68-point", "5-point"])
def test_descriptors_are_those_of_face_recognition(face_recognition, astronaut, as_picture, aligner):
    same_as_face_recognition(dlib_analyser(aligner=aligner), face_recognition, astronaut, as_picture(astronaut))


def test_descriptors_are_those_of_face_recognition_on_photos(analyser, face_recognition, shared_photos, as_picture):
    for pixels in shared_photos:
        same_as_face_recognition(analyser, face_recognition, pixels, as_picture(pixels))
