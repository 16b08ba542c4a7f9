"""People who are in photos with somebody, as they are painted."""

from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStyle

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.people import PersonRecord
from faceorganizer.gui import theme
from faceorganizer.gui.delegates.faces import PersonCard
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.gui.translation import Context

people: Final = Context("people")
_CHOSEN = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus


class CompanionCard(PersonCard):
    """A person, and in how many photos together with another one."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(thumbnails, parent)
        self.set_face(theme.COMPANION_FACE)
        self.together: dict[PersonId, int] = {}

    def count(self, record: PersonRecord) -> str:
        """In how many photos both are."""
        return people.tr("%n photo(s) together", "", self.together.get(record.id, 0))
