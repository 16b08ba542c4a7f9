"""The application's settings file: TOML, edited by people and by the program alike."""

import json
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import filelock
import platformdirs
import tomlkit
from tomlkit.exceptions import TOMLKitError

from faceorganizer.domain.errors import SettingError
from faceorganizer.settings.keys import Scope, find, keys, parse, plain, with_value
from faceorganizer.settings.model import AppSettings

_APPLICATION = "faceorganizer"
_MOST_BYTES = 1_000_000
_LOCK_SECONDS = 10.0


def config_path() -> Path:
    """The settings file: ``FACEORGANIZER_CONFIG``, else in the platform's configuration folder."""
    named = os.environ.get("FACEORGANIZER_CONFIG")
    return Path(named) if named else platformdirs.user_config_path(_APPLICATION, appauthor=False) / "settings.toml"


def default_library_path() -> Path:
    """The library's folder: ``FACEORGANIZER_LIBRARY``, else in the platform's folder for user data."""
    named = os.environ.get("FACEORGANIZER_LIBRARY")
    return Path(named) if named else platformdirs.user_data_path(_APPLICATION, appauthor=False) / "library"


def models_path() -> Path:
    """The folder of models that users bring: ``FACEORGANIZER_MODELS``, else in the platform's folder for user data."""
    named = os.environ.get("FACEORGANIZER_MODELS")
    return Path(named) if named else platformdirs.user_data_path(_APPLICATION, appauthor=False) / "models"


class SettingsFile:
    """A settings file, which need not exist.

    Args:
        path: Where it is or will be. A symbolic link stays one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> AppSettings:
        """Read the settings; what the file does not say has its default, what is unknown is passed over.

        Raises:
            SettingError: The file cannot be read, is no TOML, or holds a value that does not fit.
        """
        data = self._parsed(self._text())
        settings = AppSettings()
        for key in keys():
            section, _, field = key.name.partition(".")
            if key.scope is Scope.LIBRARY or section not in data:
                continue
            fields = data[section]
            if not isinstance(fields, dict):
                raise self._error(f"{section} must be a section, written [{section}].")
            if field in fields:
                try:
                    settings = with_value(settings, key.name, fields[field])
                except SettingError as error:
                    raise self._error(error.message) from error
        return settings

    def set(self, name: str, text: str) -> None:
        """Change one setting; comments, order and whatever else the file holds stay.

        Other values in the file are not judged, so that wrong ones can be set right one after the other.

        Args:
            name: Dotted key.
            text: The value, as :func:`~faceorganizer.settings.keys.parse` reads it.

        Raises:
            SettingError: The key is unknown or not the application's, the value does not fit, or the file cannot be
                read or written.
        """
        key = find(name)
        if key.scope is not Scope.APPLICATION:
            raise SettingError(f"{key.name} is kept in the library, not in {self.path}.")
        value = plain(parse(key.name, text))
        target = Path(os.path.realpath(self.path))
        try:
            _make_private_folder(target.parent)
            with _locked(target):
                _replace(target, self._edited(self._text(), key.name, value).encode())
        except (OSError, filelock.Timeout) as error:
            raise self._error(f"It could not be written: {_reason(error)}.") from error

    def _text(self) -> str:
        try:
            with self.path.open("rb") as file:
                content = file.read(_MOST_BYTES + 1)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise self._error(f"It could not be read: {_reason(error)}.") from error
        if len(content) > _MOST_BYTES:
            raise self._error("It is too large for a settings file.")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise self._error(f"Line {line} is not UTF-8 text.", "Save the file as UTF-8.") from error

    def _parsed(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError) as error:  # ValueError: TOMLDecodeError, or a number of 5000 digits
            reason = str(error) if isinstance(error, ValueError) else "it is nested too deeply"
            raise self._error(f"It is not valid TOML: {reason}.", "Correct the file, or remove it.") from error

    def _edited(self, text: str, name: str, value: object) -> str:
        """The text with one value changed, proven to say the same otherwise."""
        section, _, field = name.partition(".")
        wanted = self._parsed(text)
        if not isinstance(wanted.setdefault(section, {}), dict):
            raise self._error(f"{section} must be a section, written [{section}].")
        wanted[section][field] = value
        try:
            document = tomlkit.parse(text)
            if section not in document:
                document[section] = tomlkit.table()
            fields = document[section]
            assert isinstance(fields, MutableMapping)
            fields[field] = value
            edited = tomlkit.dumps(document)
        except (TOMLKitError, ValueError, RecursionError) as error:
            raise self._error(f"{name} could not be changed.", "Edit the file by hand.") from error
        if _comparable(self._parsed(edited)) != _comparable(wanted):
            raise self._error(f"{name} could not be changed without damage.", "Edit the file by hand.")
        return edited

    def _error(self, message: str, advice: str = "") -> SettingError:
        return SettingError(f"Settings file {self.path}: {message}", advice)


def _comparable(data: dict[str, Any]) -> str:
    """Equal for equal data, whatever its order, and for NaN too."""
    return json.dumps(data, sort_keys=True, default=repr)


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def _make_private_folder(folder: Path) -> None:
    """Make a folder and those above it, for the user alone; those that exist stay as they are."""
    missing = [place for place in (folder, *folder.parents) if not place.is_dir()]
    for place in reversed(missing):
        place.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Keep others from writing between reading and replacing, or one of two changes would be lost."""
    with filelock.FileLock(target.with_name(f".{target.name}.lock"), timeout=_LOCK_SECONDS):
        yield


def _replace(target: Path, content: bytes) -> None:
    """Put new content in place of a file, wholly or not at all; its permissions stay."""
    number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, name)
        Path(name).replace(target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    _flush_folder(target.parent)


def _flush_folder(folder: Path) -> None:
    """Write the new name to the disk, too, where the system can."""
    with suppress(OSError):  # Windows opens no folders; some network drives flush none; the file is in place anyway
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
