"""The icons: each one is drawn, in the colours of the appearance."""

import re
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from faceorganizer.gui import icons, theme
from faceorganizer.gui.actions import ACTIONS
from faceorganizer.gui.resources import resource

NAMES = sorted(file.stem for file in resource("icons").glob("*.svg"))


def alike(one: QColor, other: str) -> bool:
    """The same colour, but for what half transparent pixels are rounded by."""
    wanted = QColor(other)
    pairs = ((one.red(), wanted.red()), (one.green(), wanted.green()), (one.blue(), wanted.blue()))
    return all(abs(a - b) <= 4 for a, b in pairs)


def test_there_are_icons() -> None:
    assert len(NAMES) > 40


@pytest.mark.parametrize("name", [name for name in NAMES if name != "faceorganizer"])
def test_icons_are_of_one_family(name: str) -> None:
    root = ElementTree.fromstring((resource("icons") / f"{name}.svg").read_text("utf-8"))
    assert root.get("viewBox") == "0 0 24 24"
    assert root.get("stroke") == "currentColor"
    assert root.get("stroke-width") == "1.5"
    colours = set(re.findall(r"#[0-9a-f]{3,6}", (resource("icons") / f"{name}.svg").read_text("utf-8")))
    assert not colours


@pytest.mark.parametrize("name", NAMES)
def test_icons_are_drawn(qapp: QApplication, name: str) -> None:
    drawn = icons.program_icon() if name == "faceorganizer" else icons.icon(name)
    image = drawn.pixmap(QSize(24, 24)).toImage()
    inked = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 100]
    assert inked
    if name != "faceorganizer":
        assert all(alike(colour, theme.colours().text) for colour in inked)


def test_chosen_and_disabled_ones_have_colours_of_their_own(qapp: QApplication) -> None:
    image = icons.icon("people").pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    inked = {
        image.pixelColor(x, y).name() for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200
    }
    assert theme.colours().disabled in inked
    assert theme.colours().text not in inked


def test_an_unknown_icon_is_none(qapp: QApplication) -> None:
    assert icons.icon("no such icon").isNull()


def test_most_actions_have_an_icon(qapp: QApplication) -> None:
    without = {spec.name for spec in ACTIONS if icons.icon(spec.name).isNull()}
    assert len(without) < len(ACTIONS) / 5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_checked_box_shows_its_tick(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    try:
        theme.choose(qapp, name)
        box = QCheckBox("chosen")
        qtbot.addWidget(box)
        box.setChecked(True)
        box.show()
        image = box.grab().toImage()
        colours = {image.pixelColor(x, y).name() for x in range(18) for y in range(image.height())}
        assert theme.colours().accent in colours
        assert any(alike(QColor(colour), theme.colours().on_accent) for colour in colours)
    finally:
        theme.choose(qapp, "system")
