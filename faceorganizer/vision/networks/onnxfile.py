"""Writing ONNX models, with no more of Protocol Buffers than that takes.

Field numbers are those of ``onnx.proto`` (https://github.com/onnx/onnx), version 8 of the format, operators of set 13.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

IR_VERSION: Final = 8
OPERATORS: Final = 13

_VARINT: Final = 0
_BYTES: Final = 2
_ELEMENT_TYPES: Final = {np.dtype(np.float32): 1, np.dtype(np.int64): 7}
_INTEGER: Final = 2
_STRING: Final = 3
_INTEGERS: Final = 7

Attribute = int | str | Sequence[int]


class Graph:
    """A graph that grows node by node; each call returns the name of the tensor it makes.

    Args:
        name: Of the graph.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []

    def constant(self, values: npt.NDArray[Any]) -> str:
        """A float32 or int64 array that is part of the model."""
        name = f"constant{len(self._constants)}"
        dims = b"".join(_number(1, side) for side in values.shape)
        little = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
        tensor = dims + _number(2, _ELEMENT_TYPES[values.dtype]) + _text(8, name) + _field(9, little.tobytes())
        self._constants.append(_field(5, tensor))
        return name

    def node(self, operator: str, *inputs: str, **attributes: Attribute) -> str:
        """What an operator makes of its inputs."""
        output = f"tensor{len(self._nodes)}"
        parts = [_text(1, name) for name in inputs]
        parts += [_text(2, output), _text(3, f"node{len(self._nodes)}"), _text(4, operator)]
        parts += [_field(5, _attribute(name, value)) for name, value in attributes.items()]
        self._nodes.append(_field(1, b"".join(parts)))
        return output

    def named(self, tensor: str, name: str) -> str:
        """The same tensor under a name, as an output needs one that others ask for."""
        self._nodes.append(_field(1, _text(1, tensor) + _text(2, name) + _text(4, "Identity")))
        return name

    def model(
        self,
        inputs: Mapping[str, Sequence[int | str]],
        output: str,
        sides: Sequence[int | str],
        others: Mapping[str, Sequence[int | str]] | None = None,
    ) -> bytes:
        """The model as the content of a file.

        Args:
            inputs: Sides of the float32 tensors that come in; a name stands for any number.
            output: The float32 tensor that goes out.
            sides: Its sides.
            others: Sides of further tensors that go out.
        """
        parts = [*self._nodes, _text(2, self._name), *self._constants]
        parts += [_field(11, _value(name, shape)) for name, shape in inputs.items()]
        parts += [_field(12, _value(name, shape)) for name, shape in {output: sides, **(others or {})}.items()]
        operators = _field(8, _text(1, "") + _number(2, OPERATORS))
        return _number(1, IR_VERSION) + _text(2, "faceorganizer") + _field(7, b"".join(parts)) + operators


def _attribute(name: str, value: Attribute) -> bytes:
    if isinstance(value, int):
        return _text(1, name) + _number(3, value) + _number(20, _INTEGER)
    if isinstance(value, str):
        return _text(1, name) + _text(4, value) + _number(20, _STRING)
    return _text(1, name) + b"".join(_number(8, item) for item in value) + _number(20, _INTEGERS)


def _value(name: str, sides: Sequence[int | str]) -> bytes:
    """Name, element type float32 and sides."""
    dims = [_field(1, _number(1, side) if isinstance(side, int) else _text(2, side)) for side in sides]
    tensor = _number(1, _ELEMENT_TYPES[np.dtype(np.float32)]) + _field(2, b"".join(dims))
    return _text(1, name) + _field(2, _field(1, tensor))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3 | _VARINT) + _varint(value)


def _text(field: int, text: str) -> bytes:
    return _field(field, text.encode())


def _field(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | _BYTES) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    """Seven bits to a byte, the lowest first; the highest bit of a byte says that more follow."""
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*encoded, value])
