import dlib
import numpy as np
import pytest

from faceorganizer.vision.boxes import rectangle_of
from faceorganizer.vision.chips import CHIP, face_chips
from faceorganizer.vision.landmarks import DlibLandmarks
from faceorganizer.vision.weights import Weights, weights_path

FACE = np.array([[179, 83, 88, 88]], np.float32)


@pytest.mark.parametrize(("points", "weights"), [(68, Weights.LANDMARKS_68), (5, Weights.LANDMARKS_5)])
def test_chips_are_dlibs_own(astronaut, points, weights):
    shape = dlib.shape_predictor(str(weights_path(weights)))(astronaut, rectangle_of(FACE[0]))
    chip = face_chips(astronaut, DlibLandmarks(points=points).predict(astronaut, FACE))
    assert (chip[0] == dlib.get_face_chip(astronaut, shape, CHIP, 0.25)).all()


def test_chips_hold_the_face_upright(astronaut):
    turned = np.ascontiguousarray(np.rot90(astronaut))
    landmarks = DlibLandmarks().predict(astronaut, FACE)
    spun = np.stack([landmarks[..., 1], 512 - landmarks[..., 0]], axis=-1)
    straight, upright = face_chips(astronaut, landmarks), face_chips(turned, spun)
    assert np.abs(straight.astype(int) - upright.astype(int)).mean() < 4


def test_outside_the_picture_is_black(astronaut):
    landmarks = DlibLandmarks().predict(astronaut, FACE)
    cropped = astronaut[:, 200:]
    chip = face_chips(cropped, landmarks - np.array([200, 0], np.float32))[0]
    assert chip.shape == (CHIP, CHIP, 3)
    assert chip[:, :20].max() == 0
    assert chip[:, -40:].max() > 100


def test_landmarks_that_all_agree_still_give_a_chip(astronaut):
    assert face_chips(astronaut, np.full((1, 68, 2), 100.5, np.float32)).shape == (1, CHIP, CHIP, 3)


def test_no_landmarks_no_chips(astronaut):
    assert face_chips(astronaut, np.zeros((0, 68, 2), np.float32)).shape == (0, CHIP, CHIP, 3)
