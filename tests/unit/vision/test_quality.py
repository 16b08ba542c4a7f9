import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from faceorganizer.domain.faces import Detections
from faceorganizer.vision.quality import (
    POOR,
    chip_quality,
    coverage_quality,
    face_quality,
    head_pose,
    pose_quality,
    score_quality,
    size_quality,
)

SIZE = 512


@pytest.fixture(scope="module")
def judge(analyser, seen, as_picture):
    """Quality of the astronaut's face in altered pixels, by the same box and score."""
    return lambda pixels: float(
        analyser.describe(
            analyser.align(as_picture(pixels), Detections(seen.boxes * len(pixels) / SIZE, seen.scores))
        ).quality[0]
    )


def falls(values: list[float]) -> bool:
    return bool((np.diff(values) < 0).all())


class TestAstronaut:
    def test_is_good(self, seen):
        assert seen.quality[0] > 0.7

    def test_blur(self, judge, astronaut):
        blurred = [cv2.GaussianBlur(astronaut, (0, 0), sigma) for sigma in (1, 2, 3, 4, 6)]
        qualities = [judge(astronaut), *(judge(pixels) for pixels in blurred)]
        assert falls(qualities)
        assert qualities[-1] < POOR / 2

    def test_shrinking(self, judge, astronaut):
        sides = (512, 400, 300, 200, 100)
        shrunk = [cv2.resize(astronaut, (side, side), interpolation=cv2.INTER_AREA) for side in sides]
        qualities = [judge(pixels) for pixels in shrunk]
        assert falls(qualities)
        assert qualities[-1] < POOR

    def test_enlarging_gives_nothing_back(self, judge, astronaut):
        small = cv2.resize(astronaut, (64, 64), interpolation=cv2.INTER_AREA)
        assert judge(cv2.resize(small, (1024, 1024), interpolation=cv2.INTER_CUBIC)) < POOR < judge(astronaut)

    def test_grain(self, judge, astronaut):
        noise = np.random.default_rng(0).normal(0, 1, astronaut.shape)
        grainy = [np.clip(astronaut + noise * sigma, 0, 255).astype(np.uint8) for sigma in (0, 20, 40, 80)]
        qualities = [judge(pixels) for pixels in grainy]
        assert falls(qualities[1:])
        assert qualities[-1] < POOR < qualities[0]

    def test_light_matters_little(self, judge, astronaut):
        assert judge((astronaut * 0.4).astype(np.uint8)) == pytest.approx(judge(astronaut), abs=0.1)

    def test_over_the_edge(self, analyser, astronaut, seen, as_picture):
        qualities = []
        for cut in (0, 190, 215):
            boxes = seen.boxes - np.array([cut, 0, 0, 0], np.float32)
            qualities.append(
                float(
                    analyser.describe(
                        analyser.align(as_picture(astronaut[:, cut:]), Detections(boxes, seen.scores))
                    ).quality[0]
                )
            )
        assert falls(qualities)

    def test_pose_is_nearly_upright_and_mirrors(self, seen):
        yaw, pitch, roll = head_pose(seen.landmarks)
        assert abs(pitch[0]) < 0.15
        assert abs(roll[0]) < 0.2
        jaw = [*range(16, -1, -1)]
        rest = [*range(26, 16, -1), *range(27, 31), *range(35, 30, -1), *range(45, 41, -1), 47, 46, *range(39, 35, -1)]
        mirrored = seen.landmarks.copy()
        mirrored[..., 0] = SIZE - mirrored[..., 0]
        order = [*jaw, *rest, 41, 40, *range(54, 47, -1), *range(59, 54, -1), *range(60, 68)]
        other_yaw, other_pitch, other_roll = head_pose(mirrored[:, order])
        assert other_yaw == pytest.approx(-yaw, abs=1e-5)
        assert other_pitch == pytest.approx(pitch, abs=1e-4)
        assert other_roll == pytest.approx(-roll, abs=1e-5)


class TestParts:
    def test_size_rises(self):
        boxes = np.array([[0, 0, side, side] for side in (0, 10, 30, 60, 120, 400)], np.float32)
        qualities = size_quality(boxes)
        assert (np.diff(qualities) > 0).all()
        assert qualities[0] == 0

    def test_score_rises(self):
        assert (np.diff(score_quality(np.array([-1, 0, 0.15, 0.5, 1, 2, 3], np.float32))) > 0).all()

    def test_turning_the_head_lowers_it(self, seen):
        centred = seen.landmarks - seen.landmarks.mean(axis=1, keepdims=True)
        depth = np.zeros(68)  # a nose that stands out of a flat face
        depth[27:36] = np.array([0.15, 0.25, 0.35, 0.45, 0.3, 0.35, 0.38, 0.35, 0.3]) * centred[0, :, 0].max()

        def turned(degrees):
            angle = np.radians(degrees)
            points = centred.copy()
            points[..., 0] = points[..., 0] * np.cos(angle) + depth * np.sin(angle)
            return points.astype(np.float32)

        qualities = [float(pose_quality(turned(degrees))[0]) for degrees in (5, 20, 35, 50)]
        assert falls(qualities)

    def test_coverage(self):
        landmarks = np.zeros((3, 68, 2), np.float32)
        landmarks[1, :17] = -1
        landmarks[2] = 200
        qualities = coverage_quality(landmarks, (100, 100))
        assert qualities.tolist() == pytest.approx([1, 0.42, 0], abs=0.01)

    @pytest.mark.parametrize("value", [0, 127, 255])
    def test_a_flat_chip_is_useless(self, value):
        assert chip_quality(np.full((1, 150, 150, 3), value, np.uint8))[0] < 0.001

    @given(
        arrays(np.float32, (2, 68, 2), elements=st.floats(-1e5, 1e5, width=32)),
        arrays(np.float32, (2, 4), elements=st.floats(-1e5, 1e5, width=32)),
        arrays(np.float32, 2, elements=st.floats(-1e3, 1e3, width=32)),
    )
    def test_whatever_comes_it_is_a_share(self, landmarks, boxes, scores):
        chips = np.random.default_rng(0).integers(0, 256, (2, 150, 150, 3), np.uint8)
        quality = face_quality(boxes, scores, landmarks, chips, (4000, 3000))
        assert quality.dtype == np.float32
        assert ((quality >= 0) & (quality <= 1)).all()

    def test_no_faces(self):
        empty = np.zeros((0, 4), np.float32), np.zeros(0, np.float32), np.zeros((0, 68, 2), np.float32)
        assert face_quality(*empty, np.zeros((0, 150, 150, 3), np.uint8), (10, 10)).shape == (0,)
