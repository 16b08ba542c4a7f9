"""Features and labels from files, as they are published and as they should not be."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import UsageError
from faceorganizer.services.benchmark.labelled import read_faces, read_features, read_labels

NUMBERS = np.arange(12, dtype=np.float32).reshape(4, 3)


def test_the_layout_of_the_public_tables(tmp_path: Path) -> None:
    (tmp_path / "part1_test.bin").write_bytes(NUMBERS.astype("<f4").tobytes())
    (tmp_path / "part1_test.meta").write_text("0\n0\n1\n-1\n")
    faces = read_faces(tmp_path / "part1_test.bin", tmp_path / "part1_test.meta", 3)
    np.testing.assert_array_equal(faces.descriptors, NUMBERS)
    np.testing.assert_array_equal(faces.labels, [0, 0, 1, -1])
    assert faces.descriptors.dtype == np.float32
    assert faces.labels.dtype == np.int64


@pytest.mark.parametrize("kind", ["float64", "float16", "int32", ">f4"])
def test_numpy_files_of_any_number(tmp_path: Path, kind: str) -> None:
    np.save(tmp_path / "f.npy", NUMBERS.astype(kind))
    np.save(tmp_path / "l.npy", np.array([3, 3, -7, 2], np.int16))
    faces = read_faces(tmp_path / "f.npy", tmp_path / "l.npy")
    np.testing.assert_array_equal(faces.descriptors, NUMBERS)
    np.testing.assert_array_equal(faces.labels, [3, 3, -1, 2])


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("f.npy", b"", "no NumPy file"),
        ("f.npy", b"\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'for", "no NumPy file"),
        ("f.bin", b"12345", "no whole number of faces"),
        ("missing.bin", None, "There is no file"),
        ("missing.npy", None, "There is no file"),
        ("folder.npy", "folder", "could not be read"),
        ("folder.bin", "folder", "could not be read|no whole number"),
    ],
)
def test_features_that_are_none(tmp_path: Path, name: str, content: bytes | str | None, says: str) -> None:
    if content == "folder":
        (tmp_path / name).mkdir()
    elif isinstance(content, bytes):
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UsageError, match=says):
        read_features(tmp_path / name, 3)


@pytest.mark.parametrize(
    "wrong",
    [np.zeros(3), np.zeros((2, 2, 2)), np.zeros((3, 0)), np.array([["a"]]), np.array([[True]]), np.array([[1j]])],
)
def test_arrays_that_are_no_features(tmp_path: Path, wrong: np.ndarray) -> None:
    np.save(tmp_path / "f.npy", wrong)
    with pytest.raises(UsageError, match="not one row of numbers a face"):
        read_features(tmp_path / "f.npy", None)


def test_objects_are_never_unpickled(tmp_path: Path) -> None:
    np.save(tmp_path / "f.npy", np.array([{"a": 1}], dtype=object), allow_pickle=True)
    with pytest.raises(UsageError, match="no NumPy file"):
        read_features(tmp_path / "f.npy", None)
    np.savez(tmp_path / "a.npz", a=NUMBERS)
    (tmp_path / "a.npz").rename(tmp_path / "a.npy")
    with pytest.raises(UsageError, match="archive"):
        read_features(tmp_path / "a.npy", None)


def test_a_raw_file_needs_its_dimension(tmp_path: Path) -> None:
    (tmp_path / "f.bin").write_bytes(bytes(48))
    with pytest.raises(UsageError, match="--dim"):
        read_features(tmp_path / "f.bin", None)


@pytest.mark.parametrize("text", ["1\ntwo\n", "1.5\n", "1 2\n", "99999999999999999999999\n", "\x00\x00", "1\n\xff\n"])
def test_labels_that_are_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "l.meta").write_text(text, encoding="latin-1")
    with pytest.raises(UsageError, match=r"whole number|several numbers"):
        read_labels(tmp_path / "l.meta")


def test_numbers_without_an_order_are_no_labels(tmp_path: Path) -> None:
    for wrong in (np.zeros(3), np.zeros((3, 1), int)):
        np.save(tmp_path / "l.npy", wrong)
        with pytest.raises(UsageError, match="not one whole number a face"):
            read_labels(tmp_path / "l.npy")


def test_other_lengths_and_no_label_at_all(tmp_path: Path) -> None:
    np.save(tmp_path / "f.npy", NUMBERS)
    (tmp_path / "l.txt").write_text("1\n2\n3\n")
    with pytest.raises(UsageError, match="4 faces and 3 labels"):
        read_faces(tmp_path / "f.npy", tmp_path / "l.txt")
    (tmp_path / "l.txt").write_text("-1\n" * 4)
    with pytest.raises(UsageError, match=r"No face of .* has a label"):
        read_faces(tmp_path / "f.npy", tmp_path / "l.txt")


@given(st.lists(st.integers(-5, 2**40), max_size=20), st.sampled_from(["\n", "\r\n", "\n\n", " \n"]))
@settings(max_examples=40, deadline=None)
def test_text_and_array_say_the_same(tmp_path_factory: pytest.TempPathFactory, labels: list[int], end: str) -> None:
    folder = tmp_path_factory.mktemp("labels")
    (folder / "l.meta").write_bytes("".join(f"{label}{end}" for label in labels).encode())
    np.save(folder / "l.npy", np.array(labels, np.int64))
    np.testing.assert_array_equal(read_labels(folder / "l.meta"), read_labels(folder / "l.npy"))


def test_descriptors_of_length_one(tmp_path: Path) -> None:
    np.save(tmp_path / "f.npy", np.array([[3, 4], [0, 0], [-2, 0]]))
    (tmp_path / "l.txt").write_text("0 \n0\n1")
    faces = read_faces(tmp_path / "f.npy", tmp_path / "l.txt").unit_length()
    np.testing.assert_allclose(faces.descriptors, [[0.6, 0.8], [0, 0], [-1, 0]], rtol=1e-6)
    np.testing.assert_array_equal(faces.labels, [0, 0, 1])
