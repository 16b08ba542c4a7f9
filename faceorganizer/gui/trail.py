"""The way through the places, as in a browser."""

from typing import Final

PHOTO: Final = "photo"
Address = tuple[str, int]  # kind of a place, and the id that it is about


class Trail:
    """Where somebody was, and can go back to."""

    def __init__(self) -> None:
        self._steps: list[Address] = []
        self._position = -1

    @property
    def here(self) -> Address | None:
        """The address that is shown; None before the first one."""
        return self._steps[self._position] if self._position >= 0 else None

    def go(self, address: Address) -> None:
        """Go somewhere; what lay ahead is forgotten. From photo to photo is no step on the way."""
        if self.here is not None and self.here[0] == address[0] == PHOTO:
            self._position -= 1
        if self._position < 0 or address != self.here:
            self._steps = [*self._steps[: self._position + 1], address]
            self._position = len(self._steps) - 1

    def can_step(self, by: int) -> bool:
        """Whether there is something so many steps ahead, or back."""
        return 0 <= self._position + by < len(self._steps)

    def step(self, by: int) -> Address | None:
        """Go back or forward; None where there is nothing."""
        if not self.can_step(by):
            return None
        self._position += by
        return self._steps[self._position]
