"""Models that users brought: copies in a folder of the user's, each with a small file that says what it is.

Both are named after the hash of the model and its layout, so that names need not fit any file system, and what a
library was described by is known again on another computer once the same file is added there.
"""

import hashlib
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from faceorganizer.domain.errors import ModelFileError, StorageError, UsageError
from faceorganizer.settings.model import OWN_DETECTOR, OWN_EMBEDDER
from faceorganizer.vision.modelfile import MIRRORED, Layout, ModelFile, file_content

_NAME: Final = re.compile(r"\w[\w.+-]{0,63}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_LARGEST_CARD: Final = 10_000  # bytes
_MOST_NUMBERS: Final = 8192
_RESERVED: Final = frozenset((OWN_EMBEDDER, OWN_DETECTOR))


class ModelFiles:
    """The models in a folder, which need not exist.

    Args:
        folder: For the user alone when it is made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def list(self) -> list[ModelFile]:
        """All of them, by name. What is no model's card is passed over."""
        try:
            cards = [path for path in self.folder.iterdir() if path.suffix == ".json"]
        except OSError:
            return []
        found = [model for card in cards if (model := self._read(card)) is not None]
        return sorted(found, key=lambda model: (model.name.casefold(), model.name))

    def find(self, name: str) -> ModelFile | None:
        """The model of a name; None when there is none."""
        wanted = _comparable(name)
        return next((model for model in self.list() if _comparable(model.name) == wanted), None)

    def add(self, file: Path, layout: Layout, name: str, tried: Callable[[ModelFile], int]) -> ModelFile:
        """Copy a file into the folder.

        Args:
            file: The model.
            layout: What it takes and gives.
            name: What to call it.
            tried: Finds out how long its descriptors are, by running it.

        Raises:
            UsageError: The name cannot be used, or is another model's.
            ModelFileError: The file cannot be read or is no such model.
            StorageError: The folder cannot be written to.
        """
        self._check(name)
        content = file_content(file, f"the model {file.name}")
        digest = hashlib.sha256(content).hexdigest()
        stem = f"{digest[:16]}-{layout.value}"
        for model in self.list():
            if (model.sha256, model.layout) == (digest, layout) and model.path.is_file():
                raise UsageError(f"{file.name} was added before, as “{model.name}”.", "Use that, or remove it first.")
        path = self.folder / f"{stem}.onnx"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = self._written(content)
            try:
                dimension = tried(ModelFile(name, layout, part, digest))
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)
            card = {
                "name": name,
                "layout": layout.value,
                "sha256": digest,
                "dimension": dimension,
                "bytes": len(content),
            }
            self._written(json.dumps(card, indent=1).encode()).replace(self.folder / f"{stem}.json")
        except OSError as error:
            raise StorageError(
                f"The model could not be kept in {self.folder}: {error.strerror}.",
                "Make room there, or name another folder by the environment variable FACEORGANIZER_MODELS.",
            ) from error
        return ModelFile(name, layout, path, digest, dimension)

    def remove(self, name: str) -> None:
        """Delete a model's copy; the file that it was copied from stays.

        Raises:
            UsageError: There is none of that name.
            StorageError: It cannot be deleted.
        """
        model = self.find(name)
        if model is None:
            raise UsageError(f"No model “{name}” was added.", "“faceorganizer models list” names them all.")
        try:
            model.path.with_suffix(".json").unlink()
            model.path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageError(f"The model “{name}” could not be deleted: {error.strerror}.", "Try again.") from error

    def trouble(self, model: ModelFile) -> str:
        """What is wrong with a model's copy, by its size alone: "missing", "changed", or nothing."""
        card = self._card(model.path.with_suffix(".json"))
        try:
            size = model.path.stat().st_size
        except OSError:
            return "missing"
        return "" if card is not None and size == card.get("bytes") else "changed"

    def _check(self, name: str) -> None:
        if not _NAME.fullmatch(name) or name.endswith(MIRRORED) or _comparable(name) in _RESERVED:
            raise UsageError(
                f"A model cannot be called “{name}”.",
                "Name it with --as: letters, digits, dots, hyphens and underscores, 64 at most, and no name of the "
                "program's own models.",
            )
        if (other := self.find(name)) is not None:
            raise UsageError(f"There is a model “{other.name}” already.", "Give it another name with --as.")

    def _read(self, path: Path) -> ModelFile | None:
        card = self._card(path)
        if card is None:
            return None
        name, digest, layout, dimension = (card.get(key) for key in ("name", "sha256", "layout", "dimension"))
        if not (isinstance(name, str) and isinstance(digest, str) and isinstance(layout, str)):
            return None
        if not (_NAME.fullmatch(name) and _DIGEST.fullmatch(digest) and layout in set(Layout)):
            return None
        kind = Layout(layout)
        if not isinstance(dimension, int) or not (
            2 <= dimension <= _MOST_NUMBERS if kind.describes else dimension == 0
        ):
            return None
        return ModelFile(name, kind, path.with_suffix(".onnx"), digest, dimension)

    @staticmethod
    def _card(path: Path) -> dict[str, object] | None:
        with suppress(OSError, ValueError, RecursionError), path.open("rb") as file:
            card = json.loads(file.read(_LARGEST_CARD))
            return card if isinstance(card, dict) else None
        return None

    def _written(self, content: bytes) -> Path:
        """A file in the folder with some content, on the disk, under a name of its own."""
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return Path(name)


def name_of(file: Path) -> str:
    """What to call a model by the name of its file: what is no letter, digit, dot or hyphen is made a hyphen."""
    plain = re.sub(r"[^\w.+-]+", "-", unicodedata.normalize("NFC", file.stem)).strip("-.")[:64]
    return plain or "model"


def refused(name: str, reason: str) -> ModelFileError:
    """What to raise where a model ends the process that tries it."""
    return ModelFileError(f"The model “{name}” cannot be run: {reason}.", "Choose another model.")


def _comparable(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
