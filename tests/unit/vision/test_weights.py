import hashlib
from importlib.metadata import PackageNotFoundError

import dlib
import pytest

from faceorganizer.domain.errors import ModelFileError
from faceorganizer.vision import weights as rooms
from faceorganizer.vision.weights import FOLDER, Weights, load_weights, weights_path, weights_version


@pytest.fixture
def frozen(tmp_path, monkeypatch):
    """A frozen program whose folder of models is empty."""
    folder = tmp_path / "Bücher 家族" / FOLDER
    folder.mkdir(parents=True)
    monkeypatch.setattr(rooms.sys, "_MEIPASS", str(tmp_path / "Bücher 家族"), raising=False)
    return folder


@pytest.mark.parametrize("weights", Weights)
def test_all_weights_are_installed(weights):
    assert weights_path(weights).stat().st_size > 500_000


def test_version_is_the_start_of_the_sha256():
    whole = hashlib.sha256(weights_path(Weights.RECOGNITION).read_bytes()).hexdigest()
    assert weights_version(Weights.RECOGNITION) == whole[:16]


def test_a_frozen_program_has_its_own_weights(frozen):
    (frozen / Weights.LANDMARKS_5).write_bytes(b"weights")
    assert weights_path(Weights.LANDMARKS_5) == frozen / Weights.LANDMARKS_5


def test_missing_weights_are_named_with_what_to_do(frozen):
    with pytest.raises(ModelFileError, match=Weights.RECOGNITION) as caught:
        weights_version(Weights.RECOGNITION)
    assert "nstall" in caught.value.advice


def test_a_missing_package_is_missing_weights(monkeypatch):
    def absent(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(rooms, "distribution", absent)
    with pytest.raises(ModelFileError, match="missing") as caught:
        weights_path(Weights.LANDMARKS_68)
    assert rooms.PACKAGE in caught.value.advice


@pytest.mark.parametrize("content", [b"", b"not weights at all", None])
def test_damaged_weights_are_refused(frozen, monkeypatch, content):
    if content is None:  # the start of the real ones
        with monkeypatch.context() as context:
            context.delattr(rooms.sys, "_MEIPASS")
            content = weights_path(Weights.LANDMARKS_5).read_bytes()[:50_000]
    (frozen / Weights.LANDMARKS_5).write_bytes(content)
    with pytest.raises(ModelFileError, match="damaged"):
        load_weights(Weights.LANDMARKS_5, dlib.shape_predictor)
