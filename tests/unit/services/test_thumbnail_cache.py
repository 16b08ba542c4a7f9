"""The files of thumbnails: whole or not there, marked as used, and never more than their limit."""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from faceorganizer.domain.errors import StorageError
from faceorganizer.domain.pictures import Picture
from faceorganizer.services.thumbnails import ThumbnailCache

SIZE = 1016  # bytes a picture of 1000 takes


@pytest.fixture
def cache(tmp_path: Path) -> ThumbnailCache:
    return ThumbnailCache(tmp_path / "cache")


def content_hash(number: int) -> bytes:
    return number.to_bytes(4, "little") * 8


def fill(cache: ThumbnailCache, count: int) -> list[Path]:
    """Pictures of 1000 bytes, the first of them used longest ago."""
    paths = []
    for number in range(count):
        name = content_hash(number)
        path = cache.face(name, 1, (1, 2, 3, 4)) if number % 2 else cache.photo(name, 1)
        cache.write({path: bytes([number % 256]) * 1000})
        os.utime(path, ns=(number * 10**9, number * 10**9))
        paths.append(path)
    return paths


def files(cache: ThumbnailCache) -> set[Path]:
    return {path for path in cache.folder.rglob("*") if path.is_file()}


def test_a_picture_is_read_as_it_was_written(cache: ThumbnailCache) -> None:
    path = cache.photo(content_hash(7), 1)
    assert cache.read(path) is None
    assert cache.write({path: b"one"}) == 3 + 16
    assert cache.read(path) == b"one"
    cache.write({path: b"two"})
    assert cache.read(path) == b"two"
    assert files(cache) == {path}


def test_each_orientation_and_box_has_a_place_of_its_own(cache: ThumbnailCache) -> None:
    places = {
        cache.photo(content_hash(1), 1),
        cache.photo(content_hash(1), 6),
        cache.photo(content_hash(2), 1),
        cache.face(content_hash(1), 1, (1, 2, 30, 30)),
        cache.face(content_hash(1), 6, (1, 2, 30, 30)),
        cache.face(content_hash(1), 1, (12, 3, 0, 30)),
        cache.face(content_hash(1), 1, (-1, 2, 30, 30)),
    }
    assert len(places) == 7
    assert cache.face(content_hash(1), 1, (1.2, 1.9, 30.4, 29.6)) == cache.face(content_hash(1), 1, (1, 2, 30, 30))


@pytest.mark.parametrize("damage", [lambda _: b"", lambda c: c[:-1], lambda c: c[:40], lambda c: bytes(len(c)),
                                    lambda c: c[:50] + b"?" + c[51:]])  # fmt: skip
def test_a_damaged_file_counts_as_none(cache: ThumbnailCache, damage: object) -> None:
    path = cache.photo(content_hash(1), 1)
    cache.write({path: os.urandom(500)})
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert cache.read(path) is None


def test_the_file_is_a_jpeg_that_others_can_open(cache: ThumbnailCache) -> None:
    from PIL import Image

    made = cache.make(
        Picture(np.zeros((60, 90, 3), np.uint8), 90, 60), content_hash(1), 1, np.array([[5, 5, 20, 20]], np.float32)
    )
    cache.write(made)
    assert (
        set(made) == files(cache) == {cache.photo(content_hash(1), 1), cache.face(content_hash(1), 1, (5, 5, 20, 20))}
    )
    for path in made:
        with Image.open(path) as image:
            image.load()
            assert image.format == "JPEG"


def test_pruning_removes_what_was_not_used_for_longest(cache: ThumbnailCache) -> None:
    paths = fill(cache, 10)
    assert cache.read(paths[0]) is not None  # which marks it as used
    assert cache.prune(4 * SIZE) == 4 * SIZE
    assert files(cache) == {paths[0], *paths[7:]}
    assert cache.prune(4 * SIZE) == 4 * SIZE
    assert cache.prune(0) == 0
    assert files(cache) == set()


def test_pruning_leaves_other_things_in_the_cache_alone(cache: ThumbnailCache) -> None:
    model = cache.folder / "models" / "net.network"
    model.parent.mkdir(parents=True)
    model.write_bytes(bytes(5000))
    fill(cache, 2)
    (cache.folder / "photos" / "stray file").write_bytes(b"no folder")
    cache.prune(0)
    assert model.exists()


def test_pruning_where_nothing_is_does_nothing(cache: ThumbnailCache) -> None:
    assert cache.prune(0) == 0
    assert not cache.folder.exists()


def test_what_a_killed_program_left_is_removed_later(cache: ThumbnailCache) -> None:
    (path,) = fill(cache, 1)
    old, fresh = path.with_name(".old.part"), path.with_name(".fresh.part")
    for part in (old, fresh):
        part.write_bytes(b"half")
    os.utime(old, (time.time() - 7200,) * 2)
    assert cache.prune(10**6) == SIZE + 4
    assert files(cache) == {path, fresh}


def test_a_growing_cache_is_pruned_now_and_then(cache: ThumbnailCache) -> None:
    limit = 20 * SIZE
    for number in range(60):
        size = cache.write({cache.photo(content_hash(number), 1): bytes(1000)})
        cache.grown(size, limit)
        assert len(files(cache)) <= 23  # a tenth more than the limit, and the one at hand
    assert len(files(cache)) >= 18


def test_what_cannot_be_written_is_told_and_leaves_nothing(cache: ThumbnailCache) -> None:
    cache.folder.mkdir()
    (cache.folder / "photos").write_bytes(b"a file where a folder should be")
    with pytest.raises(StorageError, match="Thumbnails cannot be kept in"):
        cache.write({cache.photo(content_hash(1), 1): b"picture"})
    path = cache.face(content_hash(1), 1, (1, 2, 3, 4))
    path.mkdir(parents=True)
    with pytest.raises(StorageError, match="Thumbnails cannot be kept in"):
        cache.write({path: b"picture"})
    assert cache.read(path) is None
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full")  # noqa: PTH110
def test_a_full_disk_leaves_no_half_file(cache: ThumbnailCache, monkeypatch: pytest.MonkeyPatch) -> None:
    path = cache.photo(content_hash(1), 1)
    real = os.fdopen

    def full(handle: int, mode: str) -> object:
        os.close(handle)
        return real(os.open("/dev/full", os.O_WRONLY), mode)

    monkeypatch.setattr("faceorganizer.services.thumbnails.os.fdopen", full)
    with pytest.raises(StorageError, match="no space left"):
        cache.write({path: b"picture" * 100})
    monkeypatch.undo()
    assert list(path.parent.iterdir()) == []
