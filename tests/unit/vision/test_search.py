import dataclasses
import functools
import itertools

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.domain.faces import Detections
from faceorganizer.domain.geometry import overlaps
from faceorganizer.domain.pictures import Detail, Picture
from faceorganizer.vision import detector
from faceorganizer.vision.analyser import dlib_analyser
from faceorganizer.vision.detector import FACE, MIN_SCORE, HogDetector
from faceorganizer.vision.quality import POOR
from faceorganizer.vision.search import (
    DOUBT,
    EFFORTS,
    HOPE,
    MOST_ENLARGED,
    SHORTFALL,
    FaceFinder,
    GreyPyramid,
    search_sizes,
    working_long_side,
)

DLIB_FACE = np.array([[179, 83, 88, 88]], np.float32)  # of the astronaut, by the HOG detector without enlarging


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scripted(FaceFinder):
    """A finder whose detectors say what a test wants."""

    hog: object = None
    network: object = None

    @functools.cached_property
    def _hog(self):
        return self.hog

    @functools.cached_property
    def _network(self):
        return self.network


class Saying:
    """A detector that sees the astronaut's face everywhere in the picture, with scores in turn."""

    name = "saying"

    def __init__(self, *scores):
        self.scores = itertools.chain(scores, itertools.repeat(scores[-1]))
        self.searched = []

    def detect(self, pixels):
        self.searched.append(pixels.shape)
        if pixels.shape[0] != pixels.shape[1]:
            return Detections.none()
        side = len(pixels)
        return Detections(
            np.array([[side / 4, side / 4, side / 2, side / 2]], np.float32), np.array([next(self.scores)])
        )


@pytest.fixture(scope="module")
def finder():
    return FaceFinder()


class TestWorkingLongSide:
    @pytest.mark.parametrize(
        ("detail", "size", "wanted"),
        [
            (Detail.FAST, (4000, 3000), 1280),
            (Detail.BALANCED, (4000, 3000), 3200),
            (Detail.BALANCED, (3000, 4000), 3200),
            (Detail.BALANCED, (6000, 4000), 3200),
            (Detail.THOROUGH, (6000, 4000), 6400),
            (Detail.THOROUGH, (3000, 2250), 6000),
            (Detail.BALANCED, (500, 375), 1000),
            (Detail.FAST, (500, 375), 1000),
        ],
    )
    def test_of_ordinary_pictures(self, detail, size, wanted):
        assert working_long_side(detail, *size) == wanted

    def test_panoramas_are_searched_in_as_many_pixels_as_photos(self):
        side = working_long_side(Detail.BALANCED, 12_000, 1500)
        assert side * side / 8 == pytest.approx(3200 * 3200 / 1.5, rel=0.01)

    @given(st.sampled_from(list(Detail)), st.integers(1, 60_000), st.integers(1, 60_000))
    def test_is_bounded(self, detail, width, height):
        side = working_long_side(detail, width, height)
        longer = max(width, height)
        assert 1 <= side <= longer * MOST_ENLARGED
        assert side >= min(EFFORTS[detail].long_side, longer)
        assert side * side * min(width, height) / longer <= 1.01 * max(EFFORTS[detail].long_side ** 2, 2 * side)
        assert side == working_long_side(detail, height, width)


class TestGreyPyramid:
    @pytest.mark.parametrize("factor", [0.03, 0.25, 0.4, 0.5, 0.77, 1.0, 1.7])
    def test_brings_a_picture_to_a_size(self, astronaut, factor):
        grey, back = GreyPyramid(astronaut[:300]).part(factor)
        assert grey.dtype == np.uint8
        assert grey.shape == (max(1, round(300 * factor)), max(1, round(512 * factor)))
        np.testing.assert_allclose(np.tile(grey.shape[::-1], 2) * back[0] + back[1], [512, 300] * 2, rtol=1e-5)

    @pytest.mark.parametrize("factor", [0.1, 0.3, 0.5, 1.0, 1.7])
    def test_cuts_the_part_that_was_asked_for(self, astronaut, factor):
        box = np.array([101.5, 53.2, 212.3, 180.9], np.float32)
        part, back = GreyPyramid(astronaut).part(factor, box)
        start = back[1, :2]
        end = start + np.array(part.shape[::-1]) * back[0, :2]
        least = 1.1 * max(1, 1 / factor)
        assert (np.abs(start - box[:2]) < least).all()
        assert (np.abs(end - box[:2] - box[2:]) < least).all()
        whole = cv2.warpAffine(
            cv2.cvtColor(astronaut, cv2.COLOR_RGB2GRAY),
            np.array([[back[0, 0], 0, start[0]], [0, back[0, 1], start[1]]]),
            part.shape[::-1],
            flags=cv2.INTER_AREA | cv2.WARP_INVERSE_MAP,
        )
        assert np.corrcoef(whole.ravel(), part.ravel())[0, 1] > 0.9

    @pytest.mark.parametrize("box", [[-50, -50, 90, 90], [490, 500, 90, 90], [-20, -20, 5, 5], [600, 600, 9, 9]])
    def test_parts_over_the_edge_end_there(self, astronaut, box):
        part, back = GreyPyramid(astronaut).part(0.7, np.array(box, np.float32))
        assert min(part.shape) >= 1
        assert (back[1, :2] >= 0).all()
        assert (back[1, :2] + np.array(part.shape[::-1]) * back[0, :2] <= 512 + 1e-3).all()

    def test_never_loses_a_side(self):
        grey, _ = GreyPyramid(np.zeros((1, 30_000, 3), np.uint8)).part(0.05)
        assert grey.shape == (1, 1500)


class TestFinding:
    @pytest.mark.parametrize("width", [66, 75, 90, 110, 130, 160, 200, 250, 400])
    def test_a_face_of_any_size_is_found_where_dlib_finds_it(self, finder, astronaut, as_picture, width):
        size = round(512 * width / DLIB_FACE[0, 2])
        canvas = np.full((1500, 2000, 3), 90, np.uint8)
        face = cv2.resize(astronaut, (size, size), interpolation=cv2.INTER_AREA if size < 512 else cv2.INTER_CUBIC)
        canvas[: min(size, 1500), : min(size, 2000)] = face[:1500, :2000]
        found = finder.find(as_picture(canvas))
        assert len(found) == 1
        assert overlaps(found.boxes, DLIB_FACE * size / 512)[0, 0] > 0.7
        assert found.scores[0] > 1

    @pytest.mark.parametrize(
        ("detail", "size"), [(Detail.FAST, 1600), (Detail.BALANCED, 4000), (Detail.THOROUGH, 8000)]
    )
    def test_the_smallest_faces_that_are_promised(self, astronaut, as_picture, detail, size):
        """Five, two and one per cent of the long side, in a corner."""
        canvas = np.full((size * 3 // 4, size, 3), 90, np.uint8)
        wide = round(512 * 80 / DLIB_FACE[0, 2])
        canvas[-wide:, :wide] = cv2.resize(astronaut, (wide, wide), interpolation=cv2.INTER_AREA)
        assert len(FaceFinder(detail=Detail(detail)).find(as_picture(canvas))) == 1

    def test_two_faces_side_by_side_are_two(self, finder, astronaut, as_picture):
        face = astronaut[60:190, 160:290]
        found = finder.find(as_picture(np.concatenate([face, face[:, ::-1], face], axis=1)))
        assert len(found) == 3

    def test_boxes_are_in_full_resolution_pixels(self, finder, astronaut):
        reduced = Picture(cv2.resize(astronaut, (300, 300), interpolation=cv2.INTER_AREA), 512, 512)
        found = finder.find(reduced)
        assert overlaps(found.boxes, DLIB_FACE)[0, 0] > 0.7

    def test_a_picture_full_of_noise_holds_no_face(self, finder, as_picture):
        noise = np.random.default_rng(0).integers(0, 256, (600, 800, 3), np.uint8)
        assert len(finder.find(as_picture(noise))) == 0

    def test_what_is_held_is_enlarged_no_more_than_twice(self, astronaut):
        hog = Saying(-9.0)
        Scripted(hog=hog, network=hog).find(Picture(astronaut, 6000, 6000))
        assert max(hog.searched) == (1024, 1024)

    def test_each_size_is_searched_once(self, astronaut, as_picture):
        class Blind(Saying):
            def detect(self, pixels):
                super().detect(pixels)
                return Detections.none()

        hog = Blind(0.0)
        Scripted(hog=hog).find(as_picture(astronaut))
        assert hog.searched == [
            (round(side), round(side)) for side in search_sizes(1024, EFFORTS[Detail.BALANCED].dense)
        ]

    def test_small_sizes_are_nearer_to_each_other(self):
        every = [round(size) for size in search_sizes(3200, 1600)]
        assert every[:6] == [3200, 2263, 1600, 1345, 1131, 951]
        assert 60 <= every[-1] < 72
        assert [round(size) for size in search_sizes(640, 0)] == [640, 453, 320, 226, 160, 113, 80]


class TestDoubts:
    @pytest.mark.parametrize(
        ("score", "agreed", "kept"),
        [
            (0.2 + DOUBT + 0.01, False, True),
            (0.2 + DOUBT - 0.01, False, False),
            (0.2 + DOUBT - 0.01, True, True),
            (0.2 - HOPE + 0.01, True, True),
            (0.2 - HOPE + 0.01, False, False),
            (0.2 - HOPE - 0.01, True, False),
        ],
    )
    def test_the_network_decides_them(self, astronaut, as_picture, score, agreed, kept):
        class Network:
            def detect(self, pixels):
                width = len(pixels) / 2.5
                box = np.array([[0.75 * width, 0.75 * width, width, width]], np.float32)
                return Detections(box, np.ones(1, np.float32)) if agreed else Detections.none()

        class Hog:
            """Sees the face wherever it is, by a mark that is as bright as nothing else."""

            def detect(self, pixels):
                rows, columns = np.nonzero(pixels > 240)
                if len(rows) == 0:
                    return Detections.none()
                left, top = columns.min(), rows.min()
                box = np.array([[left, top, columns.max() - left + 1, rows.max() - top + 1]], np.float32)
                return Detections(box, np.array([score], np.float32))

        pixels = np.minimum(astronaut, 200)
        pixels[200:300, 200:300] = 255
        found = Scripted(hog=Hog(), network=Network()).find(as_picture(pixels))
        assert len(found) == kept

    def test_the_threshold_moves_with_what_is_asked(self):
        assert FaceFinder(min_score=0.5)._hog.min_score == pytest.approx(0.5 - SHORTFALL)

    def test_the_name_tells_searches_apart(self):
        assert FaceFinder().name != FaceFinder(min_score=0.1).name
        assert FaceFinder().name == FaceFinder(detail=Detail.FAST).name
        assert FaceFinder().name != HogDetector().name


class TestNetwork:
    def test_finds_turned_faces_when_search_is_thorough(self, astronaut, as_picture):
        matrix = cv2.getRotationMatrix2D((223, 127), 60, 1)
        turned = as_picture(cv2.warpAffine(astronaut, matrix, (512, 300), borderMode=cv2.BORDER_REFLECT))
        found = FaceFinder(detail=Detail.THOROUGH).find(turned)
        assert len(FaceFinder().find(turned)) == 0
        assert len(found) == 1
        assert overlaps(found.boxes, DLIB_FACE)[0, 0] > 0.4
        assert found.scores[0] == np.float32(MIN_SCORE)

    def test_such_faces_are_too_poor_to_hold_a_group_together(self, astronaut, as_picture):
        turned = cv2.warpAffine(
            astronaut, cv2.getRotationMatrix2D((223, 127), 60, 1), (512, 300), borderMode=cv2.BORDER_REFLECT
        )
        seen = dlib_analyser(detail=Detail.THOROUGH).analyse(as_picture(turned))
        assert (seen.quality < POOR).all()

    def test_adds_what_the_other_detector_does_not_see_and_nothing_else(self, astronaut, as_picture):
        class Network:
            def detect(self, pixels):
                boxes = np.array([[180, 85, 85, 85], [20, 300, 90, 90]], np.float32) * (len(pixels) / 512)
                return Detections(boxes, np.array([1.1, 0.7], np.float32))

        class Framer:
            """Landmarks whose spread says that the box is as it should be."""

            def predict(self, pixels, boxes):
                middle = boxes[:, None, :2] + boxes[:, None, 2:] / 2
                angles = np.linspace(0, 2 * np.pi, 68, endpoint=False)
                circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
                return (middle + circle * boxes[:, None, 2:] / 2.81).astype(np.float32)

        alone = FaceFinder().find(as_picture(astronaut))
        hog = FaceFinder()._hog
        finder = Scripted(detail=Detail.THOROUGH, hog=hog, network=Network(), predictor=Framer())
        found = finder.find(as_picture(astronaut))
        assert len(found) == len(alone) + 1
        assert found.scores.tolist() == sorted(found.scores.tolist(), reverse=True)
        assert found.scores[1] == np.float32(MIN_SCORE)
        assert overlaps(found.boxes, alone.boxes)[0, 0] > 0.8


class TestOneSize:
    @pytest.mark.parametrize(("width", "seen"), [(62, True), (70, True), (78, True), (160, False), (320, False)])
    def test_faces_of_about_one_size_alone_are_found(self, astronaut, width, seen):
        size = round(512 * width / DLIB_FACE[0, 2])
        pixels = cv2.resize(astronaut, (size, size), interpolation=cv2.INTER_AREA if size < 512 else cv2.INTER_CUBIC)
        found = HogDetector(all_sizes=False).detect(pixels)
        assert len(found) == seen
        assert len(HogDetector().detect(pixels)) >= seen
        assert (found.boxes[:, 2:] == FACE).all()

    def test_are_found_the_same_by_a_detector_that_was_kept(self, astronaut, tmp_path, monkeypatch):
        pixels = cv2.resize(astronaut, (400, 400), interpolation=cv2.INTER_AREA)
        wanted = HogDetector(all_sizes=False).detect(pixels)
        HogDetector(all_sizes=False, cache=tmp_path).detect(pixels)
        (file,) = tmp_path.iterdir()
        monkeypatch.setattr(detector, "_one_size", lambda: pytest.fail("it was unpacked again"))
        found = HogDetector(all_sizes=False, cache=tmp_path).detect(pixels)
        assert (found.boxes == wanted.boxes).all()
        assert (found.scores == wanted.scores).all()
        monkeypatch.undo()
        file.write_bytes(file.read_bytes()[:-1])  # damaged
        assert len(HogDetector(all_sizes=False, cache=tmp_path).detect(pixels)) == 1

    def test_another_way_of_writing_is_a_loud_fault(self, monkeypatch):
        class Other:
            def __getstate__(self):
                return (b"something else",)

        monkeypatch.setattr(detector.dlib, "get_frontal_face_detector", Other)
        with pytest.raises(RuntimeError, match="another way"):
            detector._one_size()
