"""Lines to type names in, which know the names there are."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit

from faceorganizer.gui.roster import Roster


class NameField(QLineEdit):
    """A line for a name. Tab takes the first name that is offered; Enter takes what is written."""

    def event(self, event: QEvent) -> bool:
        """Catch Tab as long as there is a name to take, and Enter while names are offered."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Tab and self._take_offered():
                event.accept()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._close_list():
                # The list hands keys on past event filters, and delegates finish their editors in one.
                again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
                QCoreApplication.sendEvent(self, again)
                event.accept()
                return True
        return super().event(event)

    def _take_offered(self) -> bool:
        name = self._offered()
        if not name or name == self.text():
            return False
        self._close_list()
        self.setText(name)
        return True

    def _close_list(self) -> bool:
        """Close the list of names; False when it is not open."""
        popup = self.completer().popup() if self.completer() is not None else None
        if popup is None or not popup.isVisible():
            return False
        popup.hide()
        return True

    def _offered(self) -> str:
        """The first name that is offered for what is written."""
        completer = self.completer()
        if completer is None or not self.text():
            return ""
        completer.setCompletionPrefix(self.text())
        return completer.currentCompletion()


class _Completer(QCompleter):
    """Offers names with a word that begins as what is written does, before those that hold it elsewhere."""

    def __init__(self, names: Sequence[str], parent: QObject) -> None:
        self._names = list(names)
        self._listed = QStringListModel(self._names)
        super().__init__(self._listed, parent)
        self._listed.setParent(self)

    def splitPath(self, path: str) -> list[str]:  # noqa: N802
        """Put the names in order; this is asked first whenever something is written."""
        written = path.casefold()
        order = sorted(self._names, key=lambda name: not f" {name.casefold()}".count(f" {written}"))
        if order != self._listed.stringList():
            self._listed.setStringList(order)
        return [path]


def complete_with(field: QLineEdit, names: Sequence[str]) -> None:
    """Offer known names while one is typed, wherever in a name the letters are.

    Args:
        field: Where it is typed.
        names: In the order they are offered.
    """
    completer = _Completer(names, field)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setMaxVisibleItems(8)
    field.setCompleter(completer)


def begin_typing(field: QLineEdit, text: str) -> None:
    """Go on with a first letter that was typed elsewhere."""
    field.setFocus()
    field.setText(text)
    completer = field.completer()
    if completer is not None:
        completer.setCompletionPrefix(text)
        completer.complete()


def known_names(roster: Roster) -> list[str]:
    """The names of everybody, as they are offered."""
    return names_to_offer(roster.names, [record.name for record in roster.records.values() if record.name])


def names_to_offer(recent: Sequence[str], others: Sequence[str]) -> list[str]:
    """Names as they are offered: those used last first, then the others by the alphabet."""
    used = set(recent)
    return [*dict.fromkeys(recent), *sorted({name for name in others if name not in used}, key=str.casefold)]
