"""Which photos are shown: people, faces and dates, as chips that can be changed and taken away."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QToolButton,
    QWidget,
)

from faceorganizer.domain.albums import OF_PEOPLE, PhotoQuery
from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.people import same_name
from faceorganizer.gui import theme
from faceorganizer.gui.rules import in_words
from faceorganizer.gui.views.flow import FlowLayout
from faceorganizer.gui.views.names import complete_with

_NUMBERS: Final = ((None, None), (0, 0), (1, 1), (2, 2), (3, 5), (6, None))  # faces: at least, at most
_NO_DATE: Final = QDate(1800, 1, 1)


class FilterBar(QWidget):
    """Shows and changes a question for photos.

    Signals:
        changed: The question is another one, because somebody changed it here.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._query = PhotoQuery()
        self._names: Mapping[PersonId, str] = {}
        self._years: Sequence[int] = ()
        self._chips: list[QWidget] = []
        self.rule = QComboBox()
        self.rule.setAccessibleName(self.tr("Which photos"))
        for rule, text in zip(OF_PEOPLE, self._rule_texts(), strict=True):
            self.rule.addItem(text, rule)
        self.rule.setCurrentIndex(OF_PEOPLE.index("all_of"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Add a person"))
        self.search.setAccessibleName(self.tr("Add a person"))
        self.search.setFixedWidth(20 * theme.UNIT)
        self.search.returnPressed.connect(self._add_typed)
        self.faces = self._menu_button(self.tr("Number of faces"))
        self.time = self._menu_button(self.tr("When they were taken"))
        self.faces.menu().aboutToShow.connect(self._fill_faces)
        self.time.menu().aboutToShow.connect(self._fill_time)
        self.unnamed = QToolButton()
        self.unnamed.setText(self.tr("Somebody unnamed"))
        self.unnamed.setToolTip(self.tr("Only photos with a face that nobody named"))
        self.unnamed.setCheckable(True)
        self.unnamed.setProperty("chip", "true")
        self.unnamed.clicked.connect(self._set_unnamed)
        self.clear = QToolButton()
        self.clear.setText(self.tr("Show all"))
        self.clear.clicked.connect(self._clear)
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(2 * theme.UNIT, 0, 2 * theme.UNIT, theme.UNIT)
        for widget in (self.rule, self.search, self.faces, self.time, self.unnamed):
            self._flow.addWidget(widget)
        self._show()

    @property
    def query(self) -> PhotoQuery:
        """The question."""
        return self._query

    @property
    def chips(self) -> list[QWidget]:
        """The people of the question, in the order they are shown."""
        return [chip for chip in self._chips if isinstance(chip, Chip)]

    @property
    def names(self) -> Mapping[PersonId, str]:
        """The people who are known."""
        return self._names

    @property
    def asks(self) -> bool:
        """Whether it leaves out any photo."""
        return self._query != PhotoQuery()

    @property
    def words(self) -> str:
        """The question in words."""
        return in_words(self._query, self._names)

    def show_query(self, query: PhotoQuery) -> None:
        """Show another question; nobody is told."""
        self._query = query
        self._show()

    def set_people(self, names: Mapping[PersonId, str]) -> None:
        """Say who there is, those first who are offered first."""
        self._names = names
        complete_with(self.search, list(names.values()))
        self.search.completer().activated.connect(self._add_typed, Qt.ConnectionType.QueuedConnection)
        self._show()

    def set_years(self, years: Sequence[int]) -> None:
        """Say in which years photos were taken."""
        self._years = years

    def _change(self, query: PhotoQuery) -> None:
        if query != self._query:
            self._query = query
            self._show()
            self.changed.emit()

    def _add_typed(self) -> None:
        text = self.search.text()
        found = [person for person, name in self._names.items() if text and same_name(name, text)]
        if found:
            self.search.clear()
            for person in found:
                self._set_rule(person, self.rule.currentData())

    def _set_rule(self, person: PersonId, rule: str | None) -> None:
        """Put a person under a rule; under none takes the person out."""
        parts: dict[str, Any] = {
            name: tuple(other for other in getattr(self._query, name) if other != person) for name in OF_PEOPLE
        }
        if rule is not None:
            parts[rule] = (*parts[rule], person)
        self._change(replace(self._query, **parts))

    def _set_unnamed(self) -> None:
        self._change(replace(self._query, unnamed=self.unnamed.isChecked()))

    def _set_faces(self, least: int | None, most: int | None) -> None:
        self._change(replace(self._query, min_faces=least or None, max_faces=most, no_faces=False))

    def _set_dates(self, first: date | None, last: date | None) -> None:
        self._change(replace(self._query, taken_from=first, taken_to=last, year=None))

    def _clear(self) -> None:
        self._change(PhotoQuery())

    def _show(self) -> None:
        """Show the question as it is."""
        for chip in (*self._chips, self.clear):
            self._flow.removeWidget(chip)
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for rule, text in zip(OF_PEOPLE, self._rule_texts(), strict=True):
            people = getattr(self._query, rule)
            if people:
                self._add_chip(QLabel(text))
            for person in people:
                self._add_chip(self._made_chip(person, rule))
        self._flow.addWidget(self.clear)
        self.clear.setVisible(self.asks)
        self.unnamed.setChecked(self._query.unnamed)
        self.faces.setText(_opening(self._faces_text(self._query.min_faces, self._query.max_faces)))
        only_dates = PhotoQuery(year=self._query.year, taken_from=self._query.taken_from, taken_to=self._query.taken_to)
        asked = only_dates != PhotoQuery()
        self.time.setText(_opening(in_words(only_dates, {}) if asked else self.tr("Any time")))
        self._flow.invalidate()
        self._flow.activate()
        self.updateGeometry()

    def _add_chip(self, widget: QWidget) -> None:
        self._chips.append(widget)
        self._flow.addWidget(widget)
        widget.show()

    def _made_chip(self, person: PersonId, rule: str) -> "Chip":
        chip = Chip(self._names.get(person, self.tr("Somebody unnamed")), self)
        for other, text in zip(OF_PEOPLE, self._rule_texts(), strict=True):
            action = chip.menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(other == rule)
            action.triggered.connect(partial(self._set_rule, person, other))
        chip.removed.connect(partial(self._set_rule, person, None))
        return chip

    def _rule_texts(self) -> tuple[str, str, str, str]:
        return self.tr("With any of"), self.tr("With all of"), self.tr("With only"), self.tr("Without")

    def _menu_button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setProperty("chip", "true")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setMenu(QMenu(button))
        return button

    def _fill_faces(self) -> None:
        menu = self.faces.menu()
        menu.clear()
        for least, most in _NUMBERS:
            chosen = (self._query.min_faces or 0, self._query.max_faces) == (least or 0, most)
            _add(menu, self._faces_text(least, most), chosen).triggered.connect(partial(self._set_faces, least, most))

    def _faces_text(self, least: int | None, most: int | None) -> str:
        if self._query.no_faces or most == 0:
            return self.tr("No faces")
        if least is None and most is None:
            return self.tr("Any number of faces")
        return in_words(PhotoQuery(min_faces=least, max_faces=most), {})

    def _fill_time(self) -> None:
        menu = self.time.menu()
        menu.clear()
        first, last = self._query.taken_from, self._query.taken_to
        nothing = _add(menu, self.tr("Any time"), first is None and last is None and self._query.year is None)
        nothing.triggered.connect(partial(self._set_dates, None, None))
        _add(menu, self.tr("From … to …"), False).triggered.connect(self._ask_dates)
        menu.addSeparator()
        for year in self._years:
            begin, end = date(year, 1, 1), date(year, 12, 31)
            chosen = (first, last) == (begin, end) or self._query.year == year
            _add(menu, str(year), chosen).triggered.connect(partial(self._set_dates, begin, end))

    def _ask_dates(self) -> None:
        dialog = DatesDialog(self._query.taken_from, self._query.taken_to, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._set_dates)
        dialog.open()


class Chip(QWidget):
    """A person of a question: the name opens a menu, the cross takes the person out.

    Signals:
        removed: The cross was clicked, or Delete pressed.
    """

    removed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.button, self.cross = QToolButton(), QToolButton()
        self.button.setText(_opening(name))
        self.menu = QMenu(self.button)
        self.button.setMenu(self.menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.cross.setText("✕")
        self.cross.setAccessibleName(self.tr("Remove {name}").format(name=name))
        self.cross.setToolTip(self.cross.accessibleName())
        self.cross.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.button)
        row.addWidget(self.cross)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Delete takes the person out."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class DatesDialog(QDialog):
    """Asks for the first and the last day; either may be left open.

    Signals:
        chosen: The first and the last day; None for one that was left open.
    """

    chosen = Signal(object, object)

    def __init__(self, first: date | None, last: date | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("When they were taken"))
        self.first, self.last = _date_edit(first, self.tr("any")), _date_edit(last, self.tr("any"))
        rows = QFormLayout(self)
        rows.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        rows.setSpacing(2 * theme.UNIT)
        rows.addRow(self.tr("From"), self.first)
        rows.addRow(self.tr("To"), self.last)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(self._tell)
        rows.addRow(buttons)

    def _tell(self) -> None:
        first, last = _date_of(self.first), _date_of(self.last)
        if first is not None and last is not None and first > last:
            first, last = last, first
        self.chosen.emit(first, last)


def _date_edit(day: date | None, none: str) -> QDateEdit:
    edit = QDateEdit()
    edit.setCalendarPopup(True)
    edit.setMinimumDate(_NO_DATE)
    edit.setSpecialValueText(none)
    edit.setDate(_NO_DATE if day is None else QDate(day.year, day.month, day.day))
    return edit


def _date_of(edit: QDateEdit) -> date | None:
    day = edit.date()
    return None if day == _NO_DATE else date(day.year(), day.month(), day.day())


def _opening(text: str) -> str:
    """The text of a button that opens a menu."""
    return f"{text} ▾"


def _add(menu: QMenu, text: str, chosen: bool) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(chosen)
    return action
