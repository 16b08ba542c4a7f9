"""Faces in the plane."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import CancelledError, VectorError
from faceorganizer.domain.progress import Unattended
from faceorganizer.recognition import maps
from faceorganizer.recognition.maps import face_map, placed_near

NOBODY_WATCHES = Unattended()


def people(count: int, faces: int, dimension: int = 128) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(3)
    middles = random.normal(size=(count, dimension))
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    who = np.repeat(np.arange(count), faces)
    return (middles[who] + 0.3 * random.normal(size=(len(who), dimension)) / dimension**0.5).astype(np.float32), who


def purity(places: np.ndarray, who: np.ndarray) -> float:
    """How often the nearest other point is the same person."""
    away = np.linalg.norm(places[:, None] - places[None], axis=2)
    np.fill_diagonal(away, np.inf)
    return float((who[away.argmin(axis=1)] == who).mean())


def test_who_looks_alike_lies_together() -> None:
    vectors, who = people(12, 15)
    places = face_map(vectors, context=NOBODY_WATCHES)
    assert places.shape == (180, 2)
    assert purity(places, who) > 0.98
    assert np.abs(places).max() == pytest.approx(1.0)


def test_the_same_faces_make_the_same_map() -> None:
    vectors, _ = people(6, 8)
    first, second = (face_map(vectors, context=NOBODY_WATCHES) for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_faces_beyond_the_sample_join_those_they_look_like() -> None:
    vectors, who = people(10, 30)
    places = face_map(vectors, sample=120, context=NOBODY_WATCHES)
    assert purity(places, who) > 0.95


def test_umap_lays_faces_out_the_same_every_time() -> None:
    pytest.importorskip("umap", reason="the extra maps is not installed", exc_type=ImportError)
    vectors, who = people(12, 15)
    first, second = (face_map(vectors, method="umap", context=NOBODY_WATCHES) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert purity(first, who) > 0.95
    assert np.abs(first).max() == pytest.approx(1.0)
    for few in (0, 1, 7, 8, 14, 15):
        places = face_map(vectors[:few], method="umap", context=NOBODY_WATCHES)
        assert places.shape == (few, 2)
        assert np.isfinite(places).all()
    same = face_map(np.ones((20, 4), np.float32), method="umap", context=NOBODY_WATCHES)
    assert np.isfinite(same).all()


def test_more_faces_are_laid_out_by_opentsne(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openTSNE", reason="the extra maps is not installed")
    monkeypatch.setattr(maps, "SAMPLE", 100)
    vectors, who = people(12, 15)
    reports: list[tuple[int, int | None]] = []

    class Watched(Unattended):
        def report(self, done: int, total: int | None, message: str) -> None:
            reports.append((done, total))

    first, second = (face_map(vectors, context=Watched()) for _ in range(2))
    np.testing.assert_array_equal(first, second)
    assert purity(first, who) > 0.98
    assert (500, 500) in reports


def test_without_the_extra_a_sample_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maps, "find_spec", lambda name: None)
    assert maps.most_together("tsne") == maps.SAMPLE
    monkeypatch.setattr(maps, "SAMPLE", 100)
    vectors, who = people(10, 15)
    assert purity(face_map(vectors, context=NOBODY_WATCHES), who) > 0.95


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 12), st.integers(1, 5), st.booleans())
def test_few_faces_of_any_kind_have_places(count: int, dimension: int, same: bool) -> None:
    vectors = np.zeros((count, dimension), np.float32) if same else people(max(count, 1), 1, dimension)[0][:count]
    places = face_map(vectors, context=NOBODY_WATCHES)
    assert places.shape == (count, 2)
    assert np.isfinite(places).all()


def test_a_face_that_is_known_is_put_where_it_is() -> None:
    vectors, _ = people(5, 4)
    places = np.random.default_rng(0).normal(size=(20, 2)).astype(np.float32)
    np.testing.assert_allclose(placed_near(vectors, places, vectors[:3], context=NOBODY_WATCHES), places[:3], atol=0.01)


def test_what_is_not_finite_is_refused() -> None:
    with pytest.raises(VectorError):
        face_map(np.full((3, 4), np.nan, np.float32), context=NOBODY_WATCHES)


class Stopped(Unattended):
    def check_cancelled(self) -> None:
        raise CancelledError


def test_it_can_be_cancelled() -> None:
    vectors, _ = people(2, 3)
    with pytest.raises(CancelledError):
        face_map(vectors, context=Stopped())
    with pytest.raises(CancelledError):
        placed_near(vectors, vectors[:, :2], vectors, context=Stopped())
