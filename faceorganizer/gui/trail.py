"""The way through the places, as in a browser."""

Address = tuple[str, int]  # kind of a place, and the id that it is about


class Trail:
    """Where somebody was, and can go back to."""

    def __init__(self) -> None:
        self._steps: list[Address] = []
        self._position = -1

    @property
    def here(self) -> Address | None:
        """The address that is shown; None before the first one."""
        return self._steps[self._position] if self._steps else None

    def go(self, address: Address) -> None:
        """Go somewhere; what lay ahead is forgotten."""
        if address != self.here:
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
