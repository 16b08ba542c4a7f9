"""What `Library` offers to programs is documented: every method says what it takes and what it raises."""

import builtins
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType

import pytest

import faceorganizer
from faceorganizer import Library
from faceorganizer.domain.errors import FaceOrganizerError

ROOMS = ("domain", "services", "export", "vision")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "api") as opened:
        yield opened


@cache
def error_names() -> frozenset[str]:
    """Every expected error, wherever it is defined, and Python's own."""
    for room in ROOMS:
        package = importlib.import_module(f"faceorganizer.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)

    def below(kind: type[Exception]) -> Iterator[str]:
        yield kind.__name__
        for inner in kind.__subclasses__():
            yield from below(inner)

    own = {name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, Exception)}
    return frozenset(below(FaceOrganizerError)) | own


def services(library: Library) -> dict[str, type]:
    parts = {
        name: type(value)
        for name, value in vars(library).items()
        if not name.startswith("_") and type(value).__module__.startswith("faceorganizer.")
    }
    return {"Library": Library, **parts}


def functions(kind: type) -> Iterator[tuple[str, FunctionType]]:
    for name in dir(kind):
        found = inspect.getattr_static(kind, name)
        if isinstance(found, classmethod | staticmethod):
            found = found.__func__
        elif isinstance(found, property):
            found = found.fget
        if not name.startswith("_") and isinstance(found, FunctionType):
            yield name, found


def faults(part: str, kind: type) -> Iterator[str]:
    for name, function in functions(kind):
        text, where = inspect.getdoc(function) or "", f"{part}.{name}"
        if not text:
            yield f"{where} says nothing"
        taken = [name for name in inspect.signature(function).parameters if name not in ("self", "cls", "context")]
        undescribed = [name for name in taken if f"{name}:" not in text] if len(taken) > 1 or "Args:" in text else []
        if undescribed:
            yield f"{where} does not say what {', '.join(undescribed)} is"
        if "ChangeSet" in str(function.__annotations__.get("return")) and "Raises:" not in text:
            yield f"{where} changes the library, and names no error"
        for error in re.findall(r"(?m)^    (\w+):", text.partition("Raises:")[2]):
            if error not in error_names():
                yield f"{where} raises {error}, which there is not"


def test_every_method_says_what_it_takes_and_raises(library: Library) -> None:
    parts = services(library)
    assert len(parts) > 15
    assert [fault for part, kind in parts.items() for fault in faults(part, kind)] == []


def test_every_part_of_a_library_is_listed_with_its_purpose(library: Library) -> None:
    text = inspect.getdoc(Library) or ""
    assert [part for part in services(library) if part != "Library" and f"    {part}: " not in text] == []
    assert "    path: " in text


def test_the_library_is_what_the_package_offers() -> None:
    assert faceorganizer.__all__ == ["Library"]
    assert all(hasattr(faceorganizer, name) for name in faceorganizer.__all__)
    with pytest.raises(AttributeError):
        faceorganizer.library_of_nobody  # noqa: B018
