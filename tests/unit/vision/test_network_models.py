"""The cache of converted networks."""

import shutil
import threading
from pathlib import Path

import numpy as np
import pytest

from faceorganizer.domain.errors import ModelFileError
from faceorganizer.vision import weights as rooms
from faceorganizer.vision.analyser import fill_cache
from faceorganizer.vision.networks import models
from faceorganizer.vision.networks.models import model_path, onnx_model
from faceorganizer.vision.weights import FOLDER, LARGEST, Weights, weights_content, weights_path

NET = Weights.CNN_DETECTOR  # the small one


@pytest.fixture
def builds(monkeypatch) -> list[Weights]:
    """What was built."""
    built = []
    build = models._build
    monkeypatch.setattr(models, "_build", lambda weights: built.append(weights) or build(weights))
    return built


@pytest.fixture
def frozen(tmp_path, monkeypatch):
    """A frozen program whose folder of models is empty."""
    folder = tmp_path / "frozen" / FOLDER
    folder.mkdir(parents=True)
    monkeypatch.setattr(rooms.sys, "_MEIPASS", str(tmp_path / "frozen"), raising=False)
    return folder


def test_everything_is_kept_before_it_is_needed(tmp_path: Path) -> None:
    fill_cache(tmp_path)
    written = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert model_path(Weights.RECOGNITION, tmp_path) in written
    assert model_path(Weights.CNN_DETECTOR, tmp_path) in written
    assert len(written) == 3
    assert onnx_model(Weights.CNN_DETECTOR, tmp_path) == onnx_model(Weights.CNN_DETECTOR)
    fill_cache(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == written


def test_a_model_is_built_once(tmp_path, builds):
    cache = tmp_path / "Bücher 家族" / "cache"
    first, second = onnx_model(NET, cache), onnx_model(NET, cache)
    assert first == second == onnx_model(NET)
    assert builds == [NET, NET]  # the second time without a cache
    assert [path.name for path in cache.iterdir()] == [model_path(NET, cache).name]


def test_every_network_has_a_file_of_its_own(tmp_path):
    assert model_path(NET, tmp_path) != model_path(Weights.RECOGNITION, tmp_path)


def test_another_builder_has_another_file(tmp_path, monkeypatch):
    before = model_path(NET, tmp_path)
    monkeypatch.setattr(models, "BUILDER", models.BUILDER + 1)
    assert model_path(NET, tmp_path) != before


def test_other_weights_have_another_file(tmp_path, frozen):
    content = bytearray(weights_content_of_package())
    (frozen / NET).write_bytes(content)
    same = model_path(NET, tmp_path)
    rooms._digest.cache_clear()
    content[content.index(b"con_4") + 100] ^= 1  # of a weight
    (frozen / NET).write_bytes(content)
    assert model_path(NET, tmp_path) != same


def weights_content_of_package() -> bytes:
    with pytest.MonkeyPatch.context() as context:
        context.delattr(rooms.sys, "_MEIPASS")
        return weights_content(NET)


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "foreign", "longer"])
def test_a_damaged_file_is_built_again(tmp_path, builds, damage):
    model = onnx_model(NET, tmp_path)
    path = model_path(NET, tmp_path)
    whole = path.read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    contents = {"empty": b"", "cut": whole[:-1], "flipped": flipped, "foreign": b"GIF89a" * 99, "longer": whole + b"0"}
    path.write_bytes(contents[damage])
    assert onnx_model(NET, tmp_path) == model
    assert path.read_bytes() == whole
    assert len(builds) == 2


def test_a_folder_in_its_place_costs_only_time(tmp_path):
    model_path(NET, tmp_path).mkdir(parents=True)
    assert onnx_model(NET, tmp_path) == onnx_model(NET)


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    assert onnx_model(NET, tmp_path / "file" / "cache") == onnx_model(NET)


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(models.Path, "replace", full)
    assert onnx_model(NET, tmp_path) == onnx_model(NET)
    assert list(tmp_path.iterdir()) == []


def test_many_at_a_time_write_one_file(tmp_path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(onnx_model(NET, tmp_path))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 1
    assert len(found) == 4
    assert len(list(tmp_path.iterdir())) == 1


def test_missing_weights_are_named(tmp_path, frozen):
    with pytest.raises(ModelFileError, match=NET):
        onnx_model(NET, tmp_path)
    with pytest.raises(ModelFileError, match=NET):
        onnx_model(NET)


def test_a_file_too_large_is_not_read(frozen):
    with (frozen / NET).open("wb") as file:
        file.truncate(40 * LARGEST)  # a sparse file: 10 GB that take no room
    with pytest.raises(ModelFileError, match="larger than 256 MB"):
        onnx_model(NET)


def test_other_weights_are_refused(frozen):
    with pytest.MonkeyPatch.context() as context:
        context.delattr(rooms.sys, "_MEIPASS")
        other = weights_path(Weights.LANDMARKS_5)
    shutil.copy(other, frozen / NET)
    with pytest.raises(ModelFileError, match="of another kind: expected the tag loss_mmod_"):
        onnx_model(NET)


def test_nothing_of_the_cache_is_trusted_unseen(tmp_path):
    path = model_path(NET, tmp_path)
    path.write_bytes(np.random.default_rng(0).bytes(1000))
    assert onnx_model(NET, tmp_path) == onnx_model(NET)
