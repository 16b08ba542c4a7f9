"""Expected errors: each says what happened and what to do about it.

Whatever is not a :class:`FaceOrganizerError` is a bug and stays loud.
"""

from pathlib import Path


class FaceOrganizerError(Exception):
    """Something that can happen to any user, with a message written for one.

    Args:
        message: What happened, in one sentence.
        advice: What the user can do about it; empty when nothing can be done.
    """

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message, advice)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".rstrip()


class UsageError(FaceOrganizerError):
    """A wrong argument, or an answer that was needed and missing."""


class CancelledError(FaceOrganizerError):
    """The user stopped a job. What was done so far is kept."""

    def __init__(self) -> None:
        super().__init__("Cancelled; what was done so far is kept.")

    def __reduce__(self) -> tuple[type["CancelledError"], tuple[()]]:
        return type(self), ()  # raised in worker processes


class LibraryError(FaceOrganizerError):
    """The library as a whole cannot be used."""


class LibraryMissingError(LibraryError):
    """There is no library at that place."""


class LibraryExistsError(LibraryError):
    """A library was to be created where one is already."""


class LibraryLockedError(LibraryError):
    """Another process is writing to the library."""


class LibraryTooNewError(LibraryError):
    """The library was made by a newer version of the program; it is left untouched."""


class LibraryCorruptError(LibraryError):
    """The library's database is damaged."""


class StorageError(LibraryError):
    """The disk is full, read-only or failing."""


class UnknownIdError(FaceOrganizerError):
    """No person, face, photo or folder has that id or name."""


class StepConflictError(FaceOrganizerError):
    """A step cannot be undone or done again: what it decided is not as it left it."""


class SettingError(FaceOrganizerError):
    """A setting is unknown, or its value does not fit."""


class ModelFileError(FaceOrganizerError):
    """A model's weights are missing, corrupt or not what they should be."""


class UnreadablePhotoError(FaceOrganizerError):
    """One picture cannot be read.

    Args:
        path: The file.
        reason: Plain words that finish the sentence "This file could not be read: ...".
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name} could not be read: {reason}.")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type["UnreadablePhotoError"], tuple[Path, str]]:
        return type(self), (self.path, self.reason)  # raised in worker processes


class UnwritableFileError(FaceOrganizerError):
    """Metadata cannot be written into or beside one photo.

    Args:
        path: The photo.
        reason: Plain words that finish the sentence "This was not written to: ...".
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path.name} was not written to: {reason}.")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type["UnwritableFileError"], tuple[Path, str]]:
        return type(self), (self.path, self.reason)  # raised in worker processes


class VectorError(FaceOrganizerError):
    """Descriptors are not finite, of the wrong dimension, or of different models."""
