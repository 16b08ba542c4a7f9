"""Lists of pairs as they are published, and as they should not be."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import UsageError
from faceorganizer.services.benchmark.pairs import PairsFileError, PairsList, picture_at, read_pairs

names = st.text(
    st.characters(exclude_characters="\t\n\r /\\\0", exclude_categories=["Cs"]), min_size=1, max_size=8
).filter(lambda name: name not in (".", "..") and not name.startswith("\ufeff"))
numbers = st.integers(1, 9999)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pairs")


def read(folder: Path, text: str | bytes, folds: int = 2) -> PairsList:
    path = folder / "pairs.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    return read_pairs(path, folds=folds)


LFW = "2\t1\nAnn_Lee\t1\t4\nAnn_Lee\t1\tBo\t12\nBo\t3\t2\nCy\t1\tAnn_Lee\t2\n"


def test_the_form_of_labeled_faces_in_the_wild(folder: Path) -> None:
    found = read(folder, LFW)
    assert [(pair.left, pair.right, pair.same, pair.line) for pair in found.pairs] == [
        ("Ann_Lee/Ann_Lee_0001.jpg", "Ann_Lee/Ann_Lee_0004.jpg", True, 2),
        ("Ann_Lee/Ann_Lee_0001.jpg", "Bo/Bo_0012.jpg", False, 3),
        ("Bo/Bo_0003.jpg", "Bo/Bo_0002.jpg", True, 4),
        ("Cy/Cy_0001.jpg", "Ann_Lee/Ann_Lee_0002.jpg", False, 5),
    ]
    assert found.folds.tolist() == [0, 0, 1, 1]


def test_windows_lines_blank_lines_and_a_byte_order_mark(folder: Path) -> None:
    text = b"\xef\xbb\xbf" + LFW.replace("\n", "\r\n\r\n").encode()
    found = read(folder, text)
    assert [pair.left for pair in found.pairs] == [pair.left for pair in read(folder, LFW).pairs]


def test_a_count_alone_is_dealt_into_folds(folder: Path) -> None:
    lines = ["4", *(f"Ann {n} {n + 1}" for n in range(1, 5)), *(f"Ann {n} Bo {n}" for n in range(1, 5))]
    found = read(folder, "\n".join(lines))
    assert found.folds.tolist() == [0, 0, 1, 1, 0, 0, 1, 1]


def test_paths_with_the_truth(folder: Path) -> None:
    found = read(folder, "a.jpg b.jpg 1\n/x/c.jpg d.jpg 0\nmy photo.jpg\tb.jpg\t1\nc.jpg d.jpg 0\n")
    assert [pair.same for pair in found.pairs] == [True, False, True, False]
    assert found.pairs[2].left == "my photo.jpg"
    assert found.folds.tolist() == [0, 0, 1, 1]


def test_names_of_any_bytes(folder: Path) -> None:
    found = read(folder, b"caf\xe9.jpg b.jpg 1\na b 0\na c 1\na d 0")
    assert found.pairs[0].left == "caf\udce9.jpg"


@given(st.lists(st.tuples(names, numbers, numbers, names, numbers), min_size=1, max_size=6))
@settings(max_examples=60)
def test_whatever_is_written_is_read(folder: Path, entries: list[tuple[str, int, int, str, int]]) -> None:
    entries = [(a, i, j if i != j else i + 1, b if a != b else f"{b}2", k) for a, i, j, b, k in entries]
    same = [f"{name}\t{i}\t{j}" for name, i, j, _, _ in entries]
    different = [f"{name}\t{i}\t{other}\t{k}" for name, i, _, other, k in entries]
    text = "\n".join([f"2\t{len(entries)}", *same, *different, *same, *different])
    found = read(folder, text)
    assert found.folds.tolist() == np.repeat([0, 1], 2 * len(entries)).tolist()
    name, first, second, other, third = entries[0]
    assert found.pairs[0].left == f"{name}/{name}_{first:04d}.jpg"
    assert found.pairs[0].right == f"{name}/{name}_{second:04d}.jpg"
    assert found.pairs[len(entries)].right == f"{other}/{other}_{third:04d}.jpg"


@given(st.binary(max_size=200) | st.text("10 \t\nAb/.", max_size=80).map(str.encode))
@settings(max_examples=300)
def test_anything_else_is_an_error_with_its_line(folder: Path, data: bytes) -> None:
    told: UsageError | None = None
    try:
        found = read(folder, data)
    except UsageError as error:
        told = error
    if told is None:
        assert len(found.pairs) == len(found.folds) >= 2
        assert set(found.folds.tolist()) == set(range(int(found.folds.max()) + 1))
    elif isinstance(told, PairsFileError):
        assert 1 <= told.line <= data.count(b"\n") + 1
        assert f"line {told.line}:" in str(told)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("1 1\nAnn 1 2\n", 2, "end after 1"),
        ("1 1\nAnn 1 2\nAnn 1 Bo 1\nAnn 1 Bo 2\n", 4, "end after 3"),
        ("0 300\n", 1, "no pairs"),
        ("10 0\n", 1, "no pairs"),
        ("2 1\nAnn 1 2\nAnn 1 Bo 1\nAnn 1 Bo 2\nAnn 2 1", 4, "one person belongs"),
        ("1 1\nAnn 1 Bo 2\nAnn 1 2", 2, "one person belongs"),
        ("1 1\nAnn 1\nAnn 1 Bo 1", 2, "2 fields"),
        ("1 1\nAnn 1 2\nAnn 1 Bo 1 5", 3, "5 fields"),
        ("1 1\nAnn 1 x\nAnn 1 Bo 1", 2, "“x”"),
        ("1 1\nAnn 0 2\nAnn 1 Bo 1", 2, "“0”"),
        ("1 1\nAnn -1 2\nAnn 1 Bo 1", 2, "“-1”"),
        ("1 1\nAnn ２ 2\nAnn 1 Bo 1", 2, "“２”"),
        ("1 1\nAnn 1 99999999999\nAnn 1 Bo 1", 2, "99999999999"),
        ("1 1\n../Ann 1 2\nAnn 1 Bo 1", 2, "no name"),
        ("1 1\n.. 1 2\nAnn 1 Bo 1", 2, "no name"),
        ("1 1\nAnn 1 1\nAnn 1 Bo 1", 2, "itself"),
        ("1 1\nAnn 1 2\nAnn 1 Ann 2", 3, "both are Ann"),
        ("a.jpg b.jpg 1\na.jpg b.jpg 2\n", 2, "neither 1 nor 0"),
        ("a.jpg b.jpg yes\n", 1, "neither 1 nor 0"),
        ("a.jpg b.jpg 1\nmy photo.jpg b.jpg 1\n", 2, "4 fields"),
        ("\n\nAnn 1 Bo 2\n", 3, "4 fields"),
        ("a.jpg b\0.jpg 1\n", 1, "zero byte"),
    ],
)
def test_a_line_that_is_wrong_is_named(folder: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(PairsFileError, match=says) as caught:
        read(folder, text)
    assert caught.value.line == line


@pytest.mark.parametrize("text", ["", "\n \n", "a b 1\n", "a b 1\nc d 1\n", "1\nAnn 1 2\nAnn 1 Bo 1"])
def test_too_few_pairs(folder: Path, text: str) -> None:
    with pytest.raises(UsageError):
        read(folder, text)


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file"):
        read_pairs(tmp_path / "nothing.txt")
    with pytest.raises(UsageError, match="could not be read"):
        read_pairs(tmp_path)


def test_a_picture_may_have_another_suffix(tmp_path: Path) -> None:
    (tmp_path / "Ann").mkdir()
    (tmp_path / "Ann" / "Ann_0001.png").touch()
    assert picture_at(tmp_path, "Ann/Ann_0001.jpg").name == "Ann_0001.png"
    assert picture_at(tmp_path, "Ann/Ann_0002.jpg").name == "Ann_0002.jpg"
    for odd in ("/", ".", "..", "x" * 5000):
        assert picture_at(tmp_path, odd) == tmp_path / odd
