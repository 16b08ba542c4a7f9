"""What an ONNX file says of itself, read without running any of it.

Field numbers are those of ``onnx.proto`` (https://github.com/onnx/onnx). Nothing the file says is trusted: a length is
held against the bytes that are there, nesting is bounded, and weights that lie in other files are refused, for they
would make an engine open whatever file the model names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn

from faceorganizer.domain.errors import ModelFileError

FLOAT: Final = 1
YUNET_OUTPUTS: Final = frozenset(f"{kind}_{step}" for kind in ("cls", "obj", "bbox", "kps") for step in (8, 16, 32))

_VARINT: Final = 0
_FIXED: Final = {1: 8, 5: 4}  # bytes of a wire type
_BYTES: Final = 2
_EXTERNAL: Final = 1
_DEEPEST: Final = 16  # graphs within graphs
_MOST_SIDES: Final = 16


@dataclass(frozen=True, slots=True)
class Tensor:
    """What goes into a network or comes out of it.

    Attributes:
        element: Type of its numbers, 1 for float32.
        sides: Each a number, or None where it may be any; None as a whole where nothing is said.
    """

    name: str
    element: int
    sides: tuple[int | None, ...] | None

    def __str__(self) -> str:
        sides = "any shape" if self.sides is None else " × ".join("n" if n is None else str(n) for n in self.sides)
        return f"“{self.name}” of {sides}"


@dataclass(frozen=True, slots=True)
class Outline:
    """A network's ends: inputs that are no weights, and outputs."""

    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]


def outline(content: bytes, title: str) -> Outline:
    """Read the ends of a network.

    Args:
        content: The whole file.
        title: What to call it in messages.

    Raises:
        ModelFileError: It is no ONNX model, is cut off, or has weights in other files.
    """
    return _Reader(title).outline(memoryview(content))


class _Reader:
    def __init__(self, title: str) -> None:
        self._title = title

    def outline(self, content: memoryview) -> Outline:
        graphs = [value for number, value in self._fields(content) if number == 7 and isinstance(value, memoryview)]
        if len(graphs) != 1:
            self._fail("a model with one graph")
        self._refuse_external(graphs[0], 0)
        weights, inputs, outputs = set(), [], []
        for number, value in self._fields(graphs[0]):
            if number == 5:
                weights.add(self._text(self._message(value), 8))
            elif number == 11:
                inputs.append(self._tensor(self._message(value)))
            elif number == 12:
                outputs.append(self._tensor(self._message(value)))
        return Outline(tuple(tensor for tensor in inputs if tensor.name not in weights), tuple(outputs))

    def _tensor(self, content: memoryview) -> Tensor:
        element, sides = 0, None
        for _, kind in self._messages(content, 2):
            for number, tensor in self._messages(kind, None):
                if number == 1:
                    element = next(
                        (value for at, value in self._fields(tensor) if at == 1 and isinstance(value, int)), 0
                    )
                    shapes = [shape for _, shape in self._messages(tensor, 2)]
                    sides = self._sides(shapes[-1]) if shapes else None
        return Tensor(self._text(content, 1), element, sides)

    def _sides(self, shape: memoryview) -> tuple[int | None, ...]:
        found: list[int | None] = []
        for _, side in self._messages(shape, 1):
            known = [value for number, value in self._fields(side) if number == 1 and isinstance(value, int)]
            found.append(known[-1] if known and 0 < known[-1] < 1 << 31 else None)
            if len(found) > _MOST_SIDES:
                self._fail(f"at most {_MOST_SIDES} sides")
        return tuple(found)

    def _refuse_external(self, graph: memoryview, depth: int) -> None:
        """Look for weights in other files in a graph, in its nodes' attributes, and in graphs within those."""
        if depth > _DEEPEST:
            self._fail(f"at most {_DEEPEST} graphs within each other")
        for number, value in self._messages(graph, None):
            if number == 5:
                self._check_weights(value)
            elif number == 15:
                for at, part in self._messages(value, None):
                    if at in (1, 2):
                        self._check_weights(part)
            elif number == 1:
                for _, attribute in self._messages(value, 5):
                    for at, part in self._messages(attribute, None):
                        if at in (5, 10):
                            self._check_weights(part)
                        elif at in (6, 11):
                            self._refuse_external(part, depth + 1)

    def _check_weights(self, tensor: memoryview) -> None:
        for number, value in self._fields(tensor):
            if number == 13 or (number == 14 and value == _EXTERNAL):
                raise ModelFileError(
                    f"The weights of {self._title} lie in other files; expected a model in one file.",
                    "Save the model with its weights in it.",
                )

    def _messages(self, content: memoryview, wanted: int | None) -> Iterator[tuple[int, memoryview]]:
        for number, value in self._fields(content):
            if isinstance(value, memoryview) and wanted in (None, number):
                yield number, value

    def _message(self, value: int | memoryview) -> memoryview:
        return value if isinstance(value, memoryview) else self._fail("a message")

    def _text(self, content: memoryview, wanted: int) -> str:
        texts = [bytes(value) for _, value in self._messages(content, wanted)]
        return texts[-1].decode("utf-8", "replace") if texts else ""

    def _fields(self, content: memoryview) -> Iterator[tuple[int, int | memoryview]]:
        """Numbers and values of the fields of a message; fixed-width ones are passed over."""
        position = 0
        while position < len(content):
            key, position = self._varint(content, position)
            number, kind = key >> 3, key & 7
            if kind == _VARINT:
                value, position = self._varint(content, position)
                yield number, value
                continue
            if kind == _BYTES:
                length, position = self._varint(content, position)
            else:
                length = _FIXED.get(kind, -1)
            if number < 1 or not 0 <= length <= len(content) - position:
                self._fail("a field within the file")
            if kind == _BYTES:
                yield number, content[position : position + length]
            position += length

    def _varint(self, content: memoryview, position: int) -> tuple[int, int]:
        value = 0
        for shift in range(0, 70, 7):
            if position >= len(content):
                break
            byte = content[position]
            position += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value, position
        self._fail("a whole number")

    def _fail(self, expected: str) -> NoReturn:
        raise ModelFileError(
            f"{self._title} is no ONNX model, or is damaged: expected {expected}.", "Choose a model in the format ONNX."
        )
