"""The menus: every action in the menu that the table names."""

from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from faceorganizer.gui.actions import ACTIONS, Actions
from faceorganizer.gui.translation import Later

menus: Final = Later("menus")
_MENUS: Final = {
    "File": menus.tr("File"),
    "Edit": menus.tr("Edit"),
    "Person": menus.tr("Person"),
    "Face": menus.tr("Face"),
    "Photo": menus.tr("Photo"),
    "View": menus.tr("View"),
    "Help": menus.tr("Help"),
}


def add_menus(bar: QMenuBar, actions: Actions) -> dict[str, QMenu]:
    """Fill a menu bar; a rule goes where the table begins another group of a menu.

    Returns:
        The menus by the names that the table of actions gives them.
    """
    made = {name: bar.addMenu(menus.now(title)) for name, title in _MENUS.items()}
    last: dict[str, str] = {}
    for spec in ACTIONS:
        if spec.menu:
            if last.setdefault(spec.menu, spec.group) != spec.group:
                made[spec.menu].addSeparator()
                last[spec.menu] = spec.group
            made[spec.menu].addAction(actions[spec.name])
    return made


def insert_menu(menu: QMenu, before: QAction, title: str) -> QMenu:
    """Put a submenu above an action."""
    inner = QMenu(title, menu)
    menu.insertMenu(before, inner)
    return inner
