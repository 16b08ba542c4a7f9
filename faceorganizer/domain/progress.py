"""How long work tells of itself and is stopped."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Progress:
    """One report of a job.

    Attributes:
        done: Units finished.
        total: Units in all; None while unknown.
        message: What is being done, for a person.
    """

    done: int
    total: int | None
    message: str


class JobContext(Protocol):
    """What a job is given: a way to report, and a way to learn that it should stop."""

    def report(self, done: int, total: int | None, message: str) -> None:
        """Tell how far the job is. Cheap: callers need not count how often they call."""

    def check_cancelled(self) -> None:
        """Return normally, after the end of a pause if there is one.

        Never called inside a transaction.

        Raises:
            CancelledError: The work is to stop.
        """


class Unattended:
    """A job context nobody watches: reports go nowhere, nothing is ever cancelled."""

    def report(self, done: int, total: int | None, message: str) -> None:
        """Forget the report."""

    def check_cancelled(self) -> None:
        """Never cancel."""
