"""The menus: every action in the menu that the table names."""

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from faceorganizer.gui.actions import ACTIONS, Actions

_MENUS: Final = ("File", "Edit", "Person", "Face", "Photo", "View", "Help")


def add_menus(bar: QMenuBar, actions: Actions) -> dict[str, QMenu]:
    """Fill a menu bar; a rule goes where the table begins another group of a menu.

    Returns:
        The menus by the titles that the table of actions names them by.
    """
    menus = {title: bar.addMenu(QCoreApplication.translate("menus", title)) for title in _MENUS}
    last: dict[str, str] = {}
    for spec in ACTIONS:
        if spec.menu:
            if last.setdefault(spec.menu, spec.group) != spec.group:
                menus[spec.menu].addSeparator()
                last[spec.menu] = spec.group
            menus[spec.menu].addAction(actions[spec.name])
    return menus


def insert_menu(menu: QMenu, before: QAction, title: str) -> QMenu:
    """Put a submenu above an action."""
    inner = QMenu(title, menu)
    menu.insertMenu(before, inner)
    return inner
