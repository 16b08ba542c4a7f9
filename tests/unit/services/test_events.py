import gc

import pytest

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.services.events import EventBus, LibraryChanged, ScanAdvanced

CHANGED = LibraryChanged(ChangeSet("step", {"face": frozenset({1})}))


class Listener:
    def __init__(self) -> None:
        self.heard: list[object] = []

    def listen(self, event: object) -> None:
        self.heard.append(event)

    def fail(self, event: object) -> None:
        raise ValueError("a bug")


def test_listeners_hear_their_kind_in_the_order_they_came() -> None:
    bus, first, second = EventBus(), Listener(), Listener()
    second.heard = first.heard
    bus.subscribe(LibraryChanged, first.listen)
    bus.subscribe(LibraryChanged, second.listen)
    bus.subscribe(ScanAdvanced, first.listen)
    bus.publish(CHANGED)
    assert first.heard == [CHANGED, CHANGED]


def test_a_listener_that_is_gone_is_neither_kept_nor_called() -> None:
    bus, listener = EventBus(), Listener()
    heard = listener.heard
    bus.subscribe(LibraryChanged, listener.listen)
    del listener
    gc.collect()
    bus.publish(CHANGED)
    bus.publish(CHANGED)
    assert heard == []
    assert bus._listeners == {LibraryChanged: []}


def test_nothing_changed_is_not_told() -> None:
    bus, listener = EventBus(), Listener()
    bus.subscribe(LibraryChanged, listener.listen)
    bus.changed(ChangeSet("step"))
    assert listener.heard == []
    bus.changed(CHANGED.changes)
    assert listener.heard == [CHANGED]


def test_a_listener_may_subscribe_another_one() -> None:
    bus, late = EventBus(), Listener()

    class Early:
        def listen(self, event: LibraryChanged) -> None:
            bus.subscribe(LibraryChanged, late.listen)

    early = Early()
    bus.subscribe(LibraryChanged, early.listen)
    bus.publish(CHANGED)
    assert late.heard == []
    bus.publish(CHANGED)
    assert late.heard == [CHANGED]


def test_bugs_of_listeners_stay_loud() -> None:
    bus, listener = EventBus(), Listener()
    bus.subscribe(LibraryChanged, listener.fail)
    with pytest.raises(ValueError, match="a bug"):
        bus.publish(CHANGED)
