"""Descriptors at one byte a number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from faceorganizer.domain.compact import STORED_FORM, CompactForm, compact_form
from faceorganizer.domain.errors import VectorError
from faceorganizer.domain.faces import EmbeddingModel
from faceorganizer.settings.keys import find
from faceorganizer.vision.networks.embedder import NetworkEmbedder

DLIB = EmbeddingModel("dlib-resnet-v1", "0" * 16, 128, "euclidean", "68-point")


def dlib_form() -> CompactForm:
    form = compact_form(DLIB)
    assert form is not None
    return form


def faces(count: int = 500, seed: int = 0) -> np.ndarray:
    spread = np.random.default_rng(seed).normal(0, 0.06, (count, 128))
    return (dlib_form().centres + np.clip(spread, -0.29, 0.29)).astype(np.float32)


@given(
    offsets=hnp.arrays(np.float64, (4, 128), elements=st.floats(-0.3, 0.3)),
)
def test_a_number_moves_by_half_a_step_at_most(offsets: np.ndarray) -> None:
    form = dlib_form()
    descriptors = (form.centres + offsets).astype(np.float32)
    codes = form.encode(descriptors)
    assert codes.dtype == np.uint8
    assert codes.nbytes == 4 * 128
    back = form.decode(codes)
    assert back.dtype == np.float32
    assert np.abs(back - descriptors).max() <= form.step / 2 + 1e-6
    np.testing.assert_array_equal(form.encode(back), codes)
    assert form.clipped(descriptors) == 0


@given(codes=hnp.arrays(np.uint8, (3, 128)))
def test_every_code_comes_back_from_what_it_stands_for(codes: np.ndarray) -> None:
    form = dlib_form()
    np.testing.assert_array_equal(form.encode(form.decode(codes)), codes)
    assert form.clipped(form.decode(codes)) == 0


@given(
    descriptors=hnp.arrays(
        np.float32,
        st.tuples(st.integers(0, 6), st.integers(1, 5)),
        elements=st.floats(-1000, 1000, width=32, allow_subnormal=False),
    )
)
def test_a_spanning_form_clips_nothing(descriptors: np.ndarray) -> None:
    form = CompactForm.spanning(descriptors)
    back = form.decode(form.encode(descriptors))
    assert np.abs(back - descriptors).max(initial=0) <= form.step / 2 + 2e-4


def test_distances_of_codes_are_distances_of_descriptors() -> None:
    form, descriptors = dlib_form(), faces()
    codes = form.encode(descriptors).astype(np.int64)
    between = np.sqrt(((codes[:-1] - codes[1:]) ** 2).sum(axis=1)) * form.step
    decoded = form.decode(form.encode(descriptors))
    np.testing.assert_allclose(between, np.linalg.norm(np.diff(decoded, axis=0), axis=1), rtol=1e-5)
    true = np.linalg.norm(np.diff(descriptors, axis=0), axis=1)
    assert np.abs(between - true).max() < 0.006


def test_what_is_out_of_reach_is_clipped_and_counted() -> None:
    form = dlib_form()
    far = np.tile(form.centres, (2, 1))
    far[0, 3] += 5
    far[1, 4] -= 1e30
    assert form.clipped(far) == 2
    codes = form.encode(far)
    assert codes[0, 3] == 255
    assert codes[1, 4] == 0
    assert abs(form.decode(codes)[0, 3] - form.centres[3] - 0.3) < 1e-6


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_is_refused(value: float) -> None:
    descriptors = faces(3)
    descriptors[2, 7] = value
    with pytest.raises(VectorError, match="finite"):
        dlib_form().encode(descriptors)


@pytest.mark.parametrize("shape", [(128,), (2, 64), (0, 3)])
def test_another_length_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(VectorError, match="128"):
        dlib_form().encode(np.zeros(shape, np.float32))


def test_nobody_is_no_error() -> None:
    form = dlib_form()
    assert form.decode(form.encode(np.zeros((0, 128), np.float32))).shape == (0, 128)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("aligner", ["68-point", "5-point"])
def test_the_program_knows_the_form_of_its_own_models(mirrored: bool, aligner: str) -> None:
    assert compact_form(NetworkEmbedder(aligner=aligner, mirrored=mirrored).model) is not None


@pytest.mark.parametrize(("name", "dimension"), [("arcface", 128), ("dlib-resnet-v1", 512), ("dlib-resnet-v10", 128)])
def test_other_models_are_kept_in_full(name: str, dimension: int) -> None:
    assert compact_form(EmbeddingModel(name, "0" * 16, dimension, "cosine", "5-point")) is None


def test_the_setting_has_the_name_that_the_library_reads() -> None:
    assert find(STORED_FORM).name == STORED_FORM
