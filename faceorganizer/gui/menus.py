"""The menus: every action in the menu that the table names."""

from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from faceorganizer.gui.actions import ACTIONS, Actions
from faceorganizer.gui.translation import Later

menus: Final = Later("menus")
_MENUS: Final = {
    "File": menus.tr("&File"),
    "Edit": menus.tr("&Edit"),
    "Person": menus.tr("&Person"),
    "Face": menus.tr("F&ace"),
    "Photo": menus.tr("Ph&oto"),
    "View": menus.tr("&View"),
    "Help": menus.tr("&Help"),
}


def add_menus(bar: QMenuBar, actions: Actions) -> dict[str, QMenu]:
    """Fill a menu bar; a rule goes where the table begins another group of a menu.

    Returns:
        The menus by the names that the table of actions gives them.
    """
    made = {name: bar.addMenu(menus.now(title)) for name, title in _MENUS.items()}
    for name, menu in made.items():
        specs = [spec for spec in ACTIONS if spec.menu == name]
        for number, group in enumerate(dict.fromkeys(spec.group for spec in specs)):
            if number:
                menu.addSeparator()
            menu.addActions([actions[spec.name] for spec in specs if spec.group == group])
    return made


def insert_after(menu: QMenu, action: QAction, inner: QMenu) -> None:
    """Put a menu into another one, below an action."""
    there = menu.actions()
    following = there[there.index(action) + 1 :]
    if following:
        menu.insertMenu(following[0], inner)
    else:
        menu.addMenu(inner)
