"""Lines to type names in, which know the names there are."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit


def complete_with(field: QLineEdit, names: Sequence[str]) -> None:
    """Offer known names while one is typed, wherever in a name the letters are.

    Args:
        field: Where it is typed.
        names: In the order they are offered.
    """
    completer = QCompleter(names, field)
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
