"""When somebody was seen: a bar of years above the photos of each year."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from faceorganizer.domain.geometry import UPRIGHT
from faceorganizer.domain.pictures import Capture, PhotoRecord
from faceorganizer.domain.sightings import Sighting
from faceorganizer.gui import theme
from faceorganizer.gui.models.photos import Arrangement, in_sections

_TALL: Final = 5 * theme.UNIT
_WORDS: Final = 3 * theme.UNIT
_BAR: Final = 2 * theme.UNIT


class YearButton(QAbstractButton):
    """A year, and a bar as high as its share of the photos."""

    def __init__(self, year: int, photos: int, share: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = year
        self._share = share
        self.setText(str(year))
        words = self.tr("%n photo(s)", "", photos)
        self.setToolTip(f"{year}: {words}")
        self.setAccessibleName(f"{year}, {words}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the bar and the year."""
        width = self.fontMetrics().horizontalAdvance("0000") + 2 * theme.UNIT
        return QSize(width, _TALL + _WORDS)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the bar above the year."""
        shown = theme.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse() or self.hasFocus():
            painter.setBrush(QColor(shown.hover))
            painter.drawRoundedRect(self.rect(), theme.RADIUS, theme.RADIUS)
        height = max(3, round(self._share * (_TALL - theme.UNIT // 2)))
        bar = QRect((self.width() - _BAR) // 2, _TALL - height, _BAR, height)
        painter.setBrush(QColor(shown.accent))
        painter.drawRoundedRect(bar, 2, 2)
        painter.setPen(QColor(shown.accent if self.hasFocus() else shown.text))
        painter.setFont(theme.sized(self.font(), 0.85))
        painter.drawText(QRect(0, _TALL, self.width(), _WORDS), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


class YearBar(QScrollArea):
    """A button for each year.

    Signals:
        chosen: A year.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Years"))
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_TALL + _WORDS + 2 * theme.UNIT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons: list[YearButton] = []
        self._shown: dict[int, int] = {}
        self.viewport().setAutoFillBackground(False)
        self.hide()

    def show_years(self, photos: Mapping[int, int]) -> None:
        """Show the photos of each year."""
        if dict(photos) == self._shown:
            return
        self._shown = dict(photos)
        most = max(photos.values(), default=1)
        self.buttons = [YearButton(year, count, count / most) for year, count in photos.items()]
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(2 * theme.UNIT, theme.UNIT, 2 * theme.UNIT, 0)
        row.setSpacing(0)
        for button in self.buttons:
            button.clicked.connect(self._clicked)
            row.addWidget(button)
        row.addStretch(1)
        self.setWidget(holder)
        holder.setAutoFillBackground(False)
        self.setVisible(bool(photos))

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, YearButton):
            self.chosen.emit(button.year)


def by_year(sightings: Sequence[Sighting]) -> dict[str, list[Sighting]]:
    """Sightings under headings of their years, the first year first and what has no date last; each in its order."""
    dated = [(sighting.taken, sighting) for sighting in sightings if sighting.taken is not None]
    dated.sort(key=lambda pair: (pair[0], pair[1].face))
    years = {str(year): [s for _, s in pairs] for year, pairs in groupby(dated, key=lambda pair: pair[0].year)}
    undated = [sighting for sighting in sightings if sighting.taken is None]
    return years | ({QCoreApplication.translate("timeline", "Without a date"): undated} if undated else {})


def photo_of(sighting: Sighting) -> PhotoRecord:
    """The photo of a sighting, as far as rows of photos show it."""
    width, height = sighting.size
    capture = Capture(sighting.taken)
    return PhotoRecord(
        sighting.photo, sighting.path, sighting.path.parent, capture, width, height, UPRIGHT, "present", "", 1
    )


def by_day(sightings: Sequence[Sighting]) -> list[Sighting]:
    """One sighting a photo, the newest first and what has no date last."""
    photos = {sighting.photo: sighting for sighting in sightings}.values()
    dated = [(sighting.taken, sighting) for sighting in photos if sighting.taken is not None]
    dated.sort(key=lambda pair: (pair[0], pair[1].photo), reverse=True)
    return [*(sighting for _, sighting in dated), *(sighting for sighting in photos if sighting.taken is None)]


def photos_in_years(sightings: Sequence[Sighting]) -> Arrangement:
    """The photos of sightings in rows, the first year first and what has no date last."""
    parts = by_year(by_day(sightings)[::-1])
    return in_sections([(title, [photo_of(sighting) for sighting in part]) for title, part in parts.items()])


def first_row_of(year: int, titles: Sequence[tuple[str, int]]) -> int | None:
    """Where a year begins among sections of a title and a number of rows each; None when it is not there."""
    row = 0
    for title, count in titles:
        if title == str(year):
            return row
        row += count
    return None
