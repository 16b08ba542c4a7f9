"""The first change is told at once, those that follow closely together."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.gui.bridge import Bridge
from faceorganizer.services.events import EventBus


def test_changes_are_told_once_each_and_close_ones_together(qtbot: QtBot) -> None:
    events, parent = EventBus(), QObject()
    bridge = Bridge(events, parent)
    told: list[frozenset[int]] = []
    bridge.changed.connect(lambda changes: told.append(changes.of("face")))
    events.changed(ChangeSet(ids={"face": frozenset({1})}))
    assert bridge.pending
    qtbot.waitUntil(lambda: told == [{1}])
    assert not bridge.pending
    for number in (2, 3, 4):
        events.changed(ChangeSet(ids={"face": frozenset({number})}))
    qtbot.waitUntil(lambda: told == [{1}, {2, 3, 4}])
