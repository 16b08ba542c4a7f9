"""A learned head is judged by what it was not trained on, and refused where it is no better."""

import numpy as np
import pytest

from faceorganizer.domain.errors import CancelledError
from faceorganizer.domain.progress import Unattended
from faceorganizer.recognition.metric import Head, plain_head
from faceorganizer.services.recognition.judging import gain_since, judged, learn
from faceorganizer.services.recognition.trial import MEASURES, Confirmed, Trial

GROUPING = {"k": 80, "strangers": 0.35, "least_quality": 0.1, "seed": 0}


def confirmed(people: int, faces: int, nuisance: float, seed: int = 0) -> Confirmed:
    """Faces whose descriptors say in a few directions what is nobody's."""
    random = np.random.default_rng(seed)
    directions = np.random.default_rng(99).normal(size=(6, 128)) / np.sqrt(128)
    middle = np.random.default_rng(98).normal(size=128)
    middle /= np.linalg.norm(middle)
    numbers = np.repeat(np.arange(people), faces)
    vectors = 0.9 * middle + random.normal(size=(people, 128))[numbers] * 0.034
    vectors += random.normal(size=(len(numbers), 128)) * 0.018
    vectors += random.normal(size=(len(numbers), 6)) @ directions * nuisance
    return Confirmed((1.4 * vectors).astype(np.float32), 7 * numbers + 3, np.ones(len(numbers), np.float32))


@pytest.fixture(scope="module")
def helpful() -> Trial:
    return learn(confirmed(16, 6, 0.13), GROUPING, Unattended())


def test_a_head_that_helps_is_accepted(helpful: Trial) -> None:
    trial = helpful
    assert trial.better
    assert trial.low > 0
    assert not trial.worse
    assert [figure.name for figure in trial.figures] == list(MEASURES)
    assert all(0 <= value <= 1 for figure in trial.figures for value in (figure.before, figure.after))
    assert all(figure.low <= figure.gain <= figure.high for figure in trial.figures)
    shown = trial.histograms
    assert shown.same_before.sum() == shown.same_after.sum() == 16 * 6 * 5 / 2
    assert shown.different_before.sum() == shown.different_after.sum() > 0


def test_a_head_that_cannot_help_is_refused() -> None:
    trial = learn(confirmed(12, 5, 0.0), GROUPING, Unattended())
    assert not trial.better


def test_a_head_that_makes_suggestions_worse_is_refused() -> None:
    people = 40
    scores = np.full((2, people, 3), 0.5)
    scores[1, :, 0] += 0.3
    scores[1, :, 2] += 0.3
    scores[1, 0, 1] -= 0.01  # somebody's suggestions only, and much is gained elsewhere
    figures, low, _ = judged(scores)
    assert low > 0
    assert [figure.name for figure in figures if figure.gain < 0] == ["suggestions"]


def test_noise_is_no_gain() -> None:
    random = np.random.default_rng(3)
    scores = np.stack([np.full((30, 3), 0.5), 0.5 + 0.1 * random.normal(size=(30, 3))])
    _, low, high = judged(scores)
    assert low < 0 < high


def test_who_says_nothing_does_not_count() -> None:
    scores = np.full((2, 4, 3), 0.5)
    scores[:, 0] = np.nan
    scores[1, 1:] = 0.75
    figures, low, high = judged(scores)
    assert {figure.gain for figure in figures} == {0.25}
    assert low == pytest.approx(0.25)
    assert high == pytest.approx(0.25)


def test_a_head_is_judged_again_by_what_came_since(helpful: Trial) -> None:
    before = confirmed(16, 6, 0.13)
    head = helpful.head
    later = confirmed(10, 6, 0.13, seed=5)
    gain = gain_since(head, later, np.arange(60))
    assert gain is not None
    assert gain > 0.02
    spoilt = Head(head.centre, np.random.default_rng(0).normal(size=(128, 128)).astype(np.float32))
    loss = gain_since(spoilt, later, np.arange(60))
    assert loss is not None
    assert loss < 0
    nothing = gain_since(plain_head(before.descriptors, before.people), later, np.arange(60))
    assert nothing == pytest.approx(0, abs=1e-3)


def test_few_faces_say_nothing_about_a_head() -> None:
    later = confirmed(10, 6, 0.13)
    head = plain_head(later.descriptors, later.people)
    assert gain_since(head, later, np.arange(5)) is None
    alone = Confirmed(later.descriptors[:30], np.arange(30), later.quality[:30])
    assert gain_since(head, alone, np.arange(30)) is None


def test_judging_can_be_stopped() -> None:
    class Stopped(Unattended):
        def check_cancelled(self) -> None:
            raise CancelledError

    with pytest.raises(CancelledError):
        learn(confirmed(6, 4, 0.1), GROUPING, Stopped())
