"""What is known of a photo, beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, QLocale, QSize, Qt, QTime, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QLabel, QScrollArea, QWidget

from faceorganizer.domain.ids import PersonId
from faceorganizer.domain.pictures import PhotoRecord
from faceorganizer.gui import theme
from faceorganizer.gui.views.canvas import Outline
from faceorganizer.gui.wording import said

_BREAK: Final = "\u200b"  # where a line may end


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What the inspector shows.

    Attributes:
        record: The file that stands for the photo.
        copies: Further files of the same picture.
        size: Of the file, in bytes; None when it is not there now.
    """

    record: PhotoRecord
    copies: Sequence[Path]
    size: int | None


class Inspector(QScrollArea):
    """People, date, camera, place and file of a photo.

    Signals:
        person_wanted: Id of a person whose name was clicked.
    """

    person_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(theme.INSPECTOR_WIDTH)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Details of the photo"))

    def show_facts(self, facts: PhotoFacts, outlines: Sequence[Outline]) -> None:
        """Show another photo's."""
        page = QWidget()
        rows = QFormLayout(page)
        rows.setContentsMargins(2 * theme.UNIT, theme.UNIT, 2 * theme.UNIT, theme.UNIT)
        rows.setVerticalSpacing(theme.UNIT // 2)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        for title, text in [(self.tr("People"), self._people(outlines)), *self._facts(facts)]:
            if text:
                heading = QLabel(title)
                heading.setFont(theme.sized(self.font(), 0.85, strong=True))
                heading.setContentsMargins(0, theme.UNIT, 0, 0)
                rows.addRow(heading, self._label(text))
        self.setWidget(page)

    def _label(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setMinimumWidth(1)
        flags = Qt.TextInteractionFlag
        clicked = flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard
        label.setTextInteractionFlags(clicked if _BREAK in text else clicked | flags.TextSelectableByMouse)
        label.linkActivated.connect(self._go)
        return label

    def _go(self, link: str) -> None:
        self.person_wanted.emit(int(link))

    def _people(self, outlines: Sequence[Outline]) -> str:
        named = {outline.person: outline.name for outline in outlines if outline.name and outline.person is not None}
        lines = [_link(person, name) for person, name in named.items()]
        unnamed = sum(1 for outline in outlines if not outline.name)
        if unnamed:
            lines.append(self.tr("%n without a name", "", unnamed))
        return "<br>".join(lines) or self.tr("Nobody was found")

    def _facts(self, facts: PhotoFacts) -> list[tuple[str, str]]:
        record, capture = facts.record, facts.record.capture
        return [
            (self.tr("Taken"), self._moment(capture.taken) if capture.taken is not None else ""),
            (self.tr("Camera"), escape(capture.camera or "")),
            (self.tr("Place"), self._place(record)),
            (self.tr("Size"), self._sizes(record, facts.size)),
            (self.tr("File"), _breakable(record.path.name)),
            (self.tr("Folder"), _breakable(str(record.path.parent))),
            (self.tr("Further copies"), "<br>".join(_breakable(str(path)) for path in facts.copies)),
            (self.tr("Problem"), escape(said(record.error))),
        ]

    def _moment(self, taken: datetime) -> str:
        locale = QLocale()
        day = locale.toString(QDate(taken.year, taken.month, taken.day))
        time = locale.toString(QTime(taken.hour, taken.minute), QLocale.FormatType.ShortFormat)
        return self.tr("{day}, {time}").format(day=day, time=time)

    def _place(self, record: PhotoRecord) -> str:
        place = record.capture.place
        if place is None:
            return ""
        return self.tr("{latitude}, {longitude}").format(
            latitude=QLocale().toString(place.latitude, "f", 5), longitude=QLocale().toString(place.longitude, "f", 5)
        )

    def _sizes(self, record: PhotoRecord, size: int | None) -> str:
        locale, lines = QLocale(), []
        full = QSize(record.width or 0, record.height or 0)
        if not full.isEmpty():
            millions = locale.toString(full.width() * full.height() / 1e6, "f", 1)
            lines.append(
                self.tr("{width} × {height} ({millions} megapixels)").format(
                    width=full.width(), height=full.height(), millions=millions
                )
            )
        if size is not None:
            lines.append(locale.formattedDataSize(size))
        return "<br>".join(lines)


def _link(person: PersonId, name: str) -> str:
    return f'<a href="{person}" style="color: {theme.colours().accent}; text-decoration: none">{escape(name)}</a>'


def _breakable(text: str) -> str:
    """Text of long words that may be broken after separators; it is not fit for being copied."""
    return re.sub(r"([/\\_.-])", rf"\1{_BREAK}", escape(text))
