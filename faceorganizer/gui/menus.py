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
    for title, menu in menus.items():
        specs = [spec for spec in ACTIONS if spec.menu == title]
        for number, group in enumerate(dict.fromkeys(spec.group for spec in specs)):
            if number:
                menu.addSeparator()
            menu.addActions([actions[spec.name] for spec in specs if spec.group == group])
    return menus


def insert_after(menu: QMenu, action: QAction, inner: QMenu) -> None:
    """Put a menu into another one, below an action."""
    there = menu.actions()
    following = there[there.index(action) + 1 :]
    if following:
        menu.insertMenu(following[0], inner)
    else:
        menu.addMenu(inner)
