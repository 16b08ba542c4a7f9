import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.recognition.verification import DLIB, MIRRORED, calibration_of, distance_between

distances = st.floats(0, 3)
rates = st.floats(1e-4, 1e-1)


@given(distances, distances, st.floats(0.01, 0.99))
def test_what_is_nearer_is_likelier(first: float, second: float, prior: float) -> None:
    near, far = DLIB.probability(np.array(sorted((first, second))), prior=prior)
    assert 0 <= far <= near <= 1


@given(rates, rates)
def test_who_allows_more_false_accepts_accepts_more(first: float, second: float) -> None:
    few, many = sorted((first, second))
    assert DLIB.threshold(few) <= DLIB.threshold(many)


def test_mirrored_descriptors_lie_nearer_to_each_other() -> None:
    assert all(near < far for near, far in zip(MIRRORED.cuts, DLIB.cuts, strict=True))
    cuts = np.array(DLIB.cuts)
    np.testing.assert_allclose(MIRRORED.probability(0.98263 * cuts + 0.00314), DLIB.probability(cuts), atol=0.005)


def test_the_rates_that_were_measured_have_their_own_thresholds() -> None:
    for rate, cut in zip(DLIB.rates, DLIB.cuts, strict=True):
        assert DLIB.threshold(rate) == pytest.approx(cut)
    assert DLIB.cuts[-1] < DLIB.threshold(2e-4) < DLIB.cuts[-2]


@pytest.mark.parametrize("rate", [0.0, -1.0, 1e-5, 0.5, 1.0, math.inf, math.nan])
def test_other_rates_are_refused(rate: float) -> None:
    with pytest.raises(UsageError, match="false-accept rate"):
        DLIB.threshold(rate)


@pytest.mark.parametrize("prior", [0.0, 1.0, -1.0, math.nan])
def test_a_prior_that_decides_is_refused(prior: float) -> None:
    with pytest.raises(UsageError):
        DLIB.probability(np.array([0.5]), prior=prior)


def test_the_prior_counts() -> None:
    rare, even = (float(DLIB.probability(np.array([0.6]), prior=prior)[0]) for prior in (0.01, 0.5))
    assert rare / (1 - rare) == pytest.approx(even / (1 - even) / 99)


def test_only_measured_networks_are_calibrated() -> None:
    def model(name: str) -> EmbeddingModel:
        return EmbeddingModel(name, "0" * 16, 128, "euclidean", "68-point")

    assert calibration_of(model("dlib-resnet-v1")) is DLIB
    assert calibration_of(model("dlib-resnet-v1+mirror")) is MIRRORED
    assert calibration_of(model("another")) is None


def test_the_distance_is_euclidean() -> None:
    assert distance_between(np.array([3, 0], np.float32), np.array([0, 4], np.float32)) == 5
