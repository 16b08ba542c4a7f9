"""Boxes from elsewhere make the descriptors that the HOG detector's make."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from faceorganizer.vision.chips import face_chips
from faceorganizer.vision.detector import HogDetector
from faceorganizer.vision.framing import HogFramed, boxes_around, hog_framed
from faceorganizer.vision.landmarks import DlibLandmarks
from faceorganizer.vision.networks.detector import CnnDetector
from faceorganizer.vision.networks.embedder import NetworkEmbedder

FACE = np.array([[179, 83, 88, 88]], np.float32)  # of the astronaut, by the HOG detector


@pytest.fixture(scope="module")
def landmarks():
    return DlibLandmarks()


@pytest.fixture(scope="module")
def described(landmarks):
    """Descriptors of the faces in boxes."""
    embedder = NetworkEmbedder()
    return lambda pixels, boxes: embedder.embed(face_chips(pixels, landmarks.predict(pixels, boxes)))


@pytest.mark.parametrize("drawn", [[165, 70, 110, 110], [188, 95, 75, 75], [168, 69, 96, 96], [172, 60, 100, 140]])
def test_other_frames_of_a_face_become_alike(astronaut, landmarks, described, drawn):
    box = np.array([drawn], np.float32)
    framed = hog_framed(astronaut, box, landmarks)
    assert np.abs(framed - FACE).max() < 16
    wanted = described(astronaut, FACE)
    assert np.linalg.norm(described(astronaut, framed) - wanted) < 0.08


def test_grey_pixels_will_do(astronaut, landmarks):
    framed = hog_framed(astronaut[..., 1], FACE, landmarks)
    assert np.abs(framed - FACE).max() < 10


def test_descriptors_of_cnn_boxes_come_nearer(shared_data, landmarks, described):
    hog, cnn = HogDetector(), CnnDetector()
    raw, framed = [], []
    for path in sorted((shared_data / "lfw").glob("*/*.jpg"))[::160]:
        pixels = np.array(Image.open(path).convert("RGB"))
        boxes, others = hog.detect(pixels).boxes, cnn.detect(pixels).boxes
        if len(boxes) == len(others) == 1:
            wanted = described(pixels, boxes)
            raw.append(np.linalg.norm(described(pixels, others) - wanted))
            framed.append(np.linalg.norm(described(pixels, hog_framed(pixels, others, landmarks)) - wanted))
    assert len(raw) >= 25
    assert np.mean(framed) < min(0.05, np.mean(raw))


def test_the_detector_keeps_scores_and_says_how_it_frames(astronaut, landmarks):
    detector = HogFramed(detector=CnnDetector(), predictor=landmarks)
    found, raw = detector.detect(astronaut), CnnDetector().detect(astronaut)
    assert (found.scores == raw.scores).all()
    assert (found.boxes == hog_framed(astronaut, raw.boxes, landmarks)).all()
    assert CnnDetector().name in detector.name != CnnDetector().name


@given(st.floats(-500, 500), st.floats(-500, 500), st.floats(0.1, 20))
def test_boxes_go_with_the_landmarks(x, y, factor):
    points = np.random.default_rng(0).random((1, 68, 2)).astype(np.float32)
    moved = boxes_around((points * factor + np.array([x, y])).astype(np.float32))
    wanted = boxes_around(points) * factor + np.array([x, y, 0, 0])
    np.testing.assert_allclose(moved, wanted, atol=0.01)


def test_no_landmarks_no_boxes_and_one_place_an_empty_one():
    assert boxes_around(np.zeros((0, 68, 2), np.float32)).shape == (0, 4)
    assert boxes_around(np.full((1, 68, 2), 7, np.float32)).tolist() == [[7, 7, 0, 0]]
