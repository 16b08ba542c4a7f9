"""Reading dlib's networks: the real ones whole, and anything else with a plain error."""

import contextlib
import functools
import re
import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from faceorganizer.domain.errors import ModelFileError
from faceorganizer.vision.networks.dlibfile import parse_detector, parse_recognition
from faceorganizer.vision.networks.graphs import detector_model
from faceorganizer.vision.networks.stream import Stream
from faceorganizer.vision.weights import Weights, weights_content

MEGABYTE = 1 << 20
PARSERS = {Weights.RECOGNITION: parse_recognition, Weights.CNN_DETECTOR: parse_detector}
TAGS = rb"loss_mmod_|input_rgb_image_pyramid|con_4|bn_con2|relu_"

content = functools.cache(weights_content)


def integer(value: int) -> bytes:
    size = max(1, (abs(value).bit_length() + 7) // 8)
    return bytes([size | (0x80 if value < 0 else 0)]) + abs(value).to_bytes(size, "little")


@functools.cache
def structure() -> list[int]:
    """Bytes of the detector's file near its tags: what is not merely a weight."""
    starts = [match.start() for match in re.finditer(TAGS, content(Weights.CNN_DETECTOR))]
    return sorted({start + step for start in starts for step in range(-80, 60) if start + step >= 0})


class TestRealFiles:
    def test_recognition(self):
        net = parse_recognition(content(Weights.RECOGNITION), "net")
        assert net.stem.filters.shape == (32, 3, 7, 7)
        assert len(net.blocks) == 14
        assert [block.halves for block in net.blocks].count(True) == 4
        assert net.blocks[-1].second.filters.shape == (256, 256, 3, 3)
        assert net.projection.shape == (256, 128)

    def test_detector(self):
        net = parse_detector(content(Weights.CNN_DETECTOR), "net")
        assert [len(convolution.biases) for convolution in net.convolutions] == [16, 32, 32, 45, 45, 45, 1]
        np.testing.assert_allclose(net.means, [122.782, 117.001, 104.298], rtol=1e-6)
        assert net.most_overlap == pytest.approx(0.33828, abs=1e-5)

    def test_weights_are_not_copied_more_than_needed(self):
        data = content(Weights.RECOGNITION)
        tracemalloc.start()
        try:
            parse_recognition(data, "net")
            assert tracemalloc.get_traced_memory()[1] < 2 * len(data)
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("weights", PARSERS)
class TestOtherFiles:
    @pytest.mark.parametrize("other", [b"", b"\x01", b"not a network at all", b"\x00" * 1000, b"\xff" * 1000])
    def test_foreign_ones_are_refused(self, weights, other):
        with pytest.raises(ModelFileError, match=r"net\.dat .* expected .* at byte \d+"):
            PARSERS[weights](other, "net.dat")

    def test_another_network_is_refused_by_its_tag(self, weights):
        others = [content(other) for other in PARSERS if other is not weights]
        with pytest.raises(ModelFileError, match=r"expected the tag loss_\w+ at byte 2, found 'loss_"):
            PARSERS[weights](others[0], "net.dat")

    def test_the_last_byte_is_needed_and_no_more(self, weights):
        whole = content(weights)
        with pytest.raises(ModelFileError, match="end of the file after 0"):
            PARSERS[weights](whole[:-1], "net.dat")
        with pytest.raises(ModelFileError, match=r"expected the end of the file .* found 1 more"):
            PARSERS[weights](whole + b"\x00", "net.dat")

    @pytest.mark.parametrize("share", [0.0001, 0.01, 0.5, 0.9])
    def test_truncated_ones_are_refused(self, weights, share):
        whole = content(weights)
        with pytest.raises(ModelFileError, match="end of the file"):
            PARSERS[weights](whole[: int(len(whole) * share)], "net.dat")

    @pytest.mark.parametrize("bits", [0x7F800000, 0xFF800000, 0x7FA00000, 0x7FC00000, 0x4B000000, 0x7F7FFFFF])
    def test_weights_no_net_has_are_refused(self, weights, bits):
        whole = bytearray(content(weights))
        place = whole.index(b"con_4") + 200
        for shift in range(4):  # so that one of the numbers is hit squarely
            whole[place + 8 * shift + shift : place + 8 * shift + shift + 4] = struct.pack("<I", bits)
        with pytest.raises(ModelFileError, match="finite numbers"):
            PARSERS[weights](bytes(whole), "net.dat")


def harmless(data: bytes) -> None:
    """A file is read and built, or refused, without taking memory that it does not fill itself."""
    tracemalloc.start()
    try:
        with contextlib.suppress(ModelFileError):
            detector_model(parse_detector(data, "net.dat"))
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 8 * MEGABYTE


class TestHostileFiles:
    @given(st.data())
    @settings(max_examples=80, deadline=None)
    def test_changed_bytes(self, data):
        mutated = bytearray(content(Weights.CNN_DETECTOR))
        for _ in range(data.draw(st.integers(1, 4))):
            mutated[data.draw(st.sampled_from(structure()))] = data.draw(st.integers(0, 255))
        harmless(bytes(mutated))

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_bytes_put_in_or_left_out(self, data):
        whole = content(Weights.CNN_DETECTOR)
        place = data.draw(st.sampled_from(structure()))
        gap = data.draw(st.integers(0, 20))
        harmless(whole[:place] + data.draw(st.binary(max_size=20)) + whole[place + gap :])

    @given(st.integers(0, 729_939))
    @settings(max_examples=50, deadline=None)
    def test_truncated_anywhere(self, length):
        with pytest.raises(ModelFileError):
            parse_detector(content(Weights.CNN_DETECTOR)[:length], "net.dat")

    @given(st.binary(max_size=300))
    def test_any_bytes(self, data):
        with pytest.raises(ModelFileError):
            parse_detector(data, "net.dat")
        with pytest.raises(ModelFileError):
            parse_recognition(data, "net.dat")

    @pytest.mark.parametrize("length", [10 * 1024 * MEGABYTE, 2**63, 2**64 - 1, -1, -(2**63)])
    def test_lengths_are_not_trusted(self, length):
        harmless(integer(1) + integer(length) + b"loss_mmod_")
        with pytest.raises(ModelFileError, match="length"):
            Stream(integer(length) + b"abc", "net").name("a name")
        with pytest.raises(ModelFileError):
            Stream(integer(2) + integer(length) + integer(1) * 3, "net").state()

    def test_sides_whose_product_is_vast(self):
        with pytest.raises(ModelFileError, match="end of the file"):
            Stream(integer(2) + integer(2**63) * 4 + b"1234", "net").state()


class TestStream:
    @given(st.integers(-(2**64) + 1, 2**64 - 1))
    def test_integers(self, value):
        stream = Stream(integer(value), "net")
        assert stream.integer("a number") == value
        stream.end()

    @pytest.mark.parametrize("control", [0x00, 0x09, 0x0F, 0x11, 0x48, 0x80])
    def test_integers_of_no_or_too_many_bytes(self, control):
        with pytest.raises(ModelFileError, match=f"expected a number .* at byte 0, found the byte {control:#04x}"):
            Stream(bytes([control]) + bytes(16), "net").integer("a number")

    @pytest.mark.parametrize(("mantissa", "exponent", "value"), [(3, -1, 1.5), (-5, 2, -20), (0, 0, 0)])
    def test_reals(self, mantissa, exponent, value):
        assert Stream(integer(mantissa) + integer(exponent), "net").real("a number") == value

    @pytest.mark.parametrize("exponent", [32000, 32001, 32002, 2**63, -(2**63), 901])
    def test_reals_beyond_measure(self, exponent):
        with pytest.raises(ModelFileError, match="finite"):
            Stream(integer(1) + integer(exponent), "net").real("a number")

    def test_names_are_short_and_plain(self):
        assert Stream(b"\x01\x03abc", "net").name("a name") == "abc"
        for bad in (b"\x01\xff" + b"a" * 255, b"\x01\x02\xc3\xa9"):
            with pytest.raises(ModelFileError):
                Stream(bad, "net").name("a name")
