"""Two faces large, how likely they are one person's, and the answer of whoever looks at them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import FaceOrganizerError
from faceorganizer.domain.ids import FaceId
from faceorganizer.gui import theme
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.delegates.faces import within
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.thumbnails import Thumbnails
from faceorganizer.services.recognition.verification import ComparedFace, Verification

RATES: Final = (1e-2, 1e-3, 1e-4)
_USUAL: Final = 1  # of the rates
_FACE: Final = 32 * theme.UNIT
_FARTHEST: Final = 1.1  # distance at the right end of the scale; hardly any two faces lie farther apart
_DOT: Final = 7.0
_MARGIN: Final = 0.08  # of a face's picture that is left out at each side


class CompareDialog(QDialog):
    """Compares two faces in the background; nothing is written before somebody says what they are.

    Args:
        environment: What the window works with.
        left: A face.
        right: Another one; of one person's two faces the one that leaves when they are said to be different people.
        parent: What asks.

    Attributes:
        work: What was answered, once the dialog is accepted; for ``Place.decide``.
    """

    def __init__(self, environment: Environment, left: FaceId, right: FaceId, parent: QWidget) -> None:
        super().__init__(parent)
        self._environment = environment
        self.faces = left, right
        self.found: Sequence[Verification] = ()
        self.work: Callable[..., ChangeSet] | None = None
        self.setWindowTitle(self.tr("Compare"))
        self.pictures = [FacePicture(environment.thumbnails, face) for face in self.faces]
        self.captions = [_Caption() for _ in self.faces]
        self.says = QLabel(self.tr("Comparing…"))
        self.says.setFont(theme.sized(self.font(), 1.3, strong=True))
        self.says.setWordWrap(True)
        self.scale = DistanceScale()
        self.detail = _faint()
        self.rate = QComboBox()
        for rate in RATES:
            number = QLocale().toString(round(1 / rate))
            self.rate.addItem(self.tr("1 of {number} pairs").format(number=number))
        self.rate.setCurrentIndex(_USUAL)
        self.rate.currentIndexChanged.connect(self._show_threshold)
        self.warning = _faint()
        self._lay_out()
        environment.thumbnails.want([("face", face) for face in self.faces])
        environment.background.read(partial(self._compare, left, right), self._come, self._failed)

    # What is found.

    def _compare(self, left: FaceId, right: FaceId) -> list[Verification]:
        service = self._environment.library.verification
        return [service.verify(left, right, false_accepts=rate) for rate in RATES]

    def _come(self, found: list[Verification]) -> None:
        self.found = found
        sides = found[0].left, found[0].right
        for face, picture, caption in zip(sides, self.pictures, self.captions, strict=True):
            name = face.name or self.tr("Who is this?")
            picture.setAccessibleName(self.tr("Face of {name}").format(name=name) if face.name else self.tr("Face"))
            caption.say(name, face)
        if sides[0].person is not None and sides[0].person == sides[1].person:
            name = sides[0].name or self.tr("this group")
            self.warning.setText(
                self.tr("If they are different people, the face on the right leaves {name}.").format(name=name)
            )
        self.warning.setVisible(bool(self.warning.text()))
        self.says.setText(self._in_words(found[0].probability))
        self._show_threshold()
        for button in (self.one_person, self.two_people):
            button.setEnabled(True)

    def _in_words(self, probability: float | None) -> str:
        if probability is None:
            return self.tr("How near they are is known, but not what that means for this model.")
        percent = min(99, max(1, round(100 * probability)))
        if probability >= 0.99:
            said = self.tr("Almost certainly one person: {percent} %")
        elif probability >= 0.9:
            said = self.tr("Very likely one person: {percent} %")
        elif probability >= 0.6:
            said = self.tr("Probably one person: {percent} %")
        elif probability > 0.4:
            said = self.tr("Hard to say; one person: {percent} %")
        else:
            percent = 100 - percent
            if probability > 0.1:
                said = self.tr("Probably different people: {percent} %")
            elif probability > 0.01:
                said = self.tr("Very likely different people: {percent} %")
            else:
                said = self.tr("Almost certainly different people: {percent} %")
        return said.format(percent=percent)

    def _show_threshold(self) -> None:
        if not self.found:
            return
        found = self.found[self.rate.currentIndex()]
        distance = QLocale().toString(found.distance, "f", 2)
        self.scale.show_distance(found.distance, found.threshold)
        if found.threshold is None:
            text = self.tr("Distance {distance}").format(distance=distance)
        else:
            threshold = QLocale().toString(found.threshold, "f", 2)
            near, far = (
                self.tr("Distance {distance}: within the threshold of {threshold}, so taken for one person"),
                self.tr("Distance {distance}: beyond the threshold of {threshold}, so taken for different people"),
            )
            text = (near if found.same else far).format(distance=distance, threshold=threshold)
        self.detail.setText(text)
        self.scale.setAccessibleName(text)

    def _failed(self, error: FaceOrganizerError) -> None:
        self.says.setText(plain(error))
        self.scale.hide()

    # What is answered.

    def _say_one(self) -> None:
        self.work = partial(self._environment.library.faces.one_person, *self.faces)
        self.accept()

    def _say_two(self) -> None:
        self.work = partial(self._environment.library.faces.two_people, *self.faces)
        self.accept()

    # How it is built.

    def _lay_out(self) -> None:
        both = QHBoxLayout()
        both.setSpacing(3 * theme.UNIT)
        for picture, caption in zip(self.pictures, self.captions, strict=True):
            column = QVBoxLayout()
            column.setSpacing(theme.UNIT)
            column.addWidget(picture)
            column.addWidget(caption)
            both.addLayout(column)
        chosen = QHBoxLayout()
        label = QLabel(self.tr("Different people taken for one:"))
        label.setBuddy(self.rate)
        chosen.addWidget(label)
        chosen.addWidget(self.rate)
        chosen.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.two_people = buttons.addButton(self.tr("Different People"), QDialogButtonBox.ButtonRole.ActionRole)
        self.one_person = buttons.addButton(self.tr("One Person"), QDialogButtonBox.ButtonRole.ActionRole)
        for button, say in ((self.one_person, self._say_one), (self.two_people, self._say_two)):
            button.setEnabled(False)
            button.setAutoDefault(False)  # Enter answers nothing that nobody chose
            button.clicked.connect(say)
        buttons.rejected.connect(self.reject)
        self.warning.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.UNIT)
        layout.addLayout(both)
        layout.addWidget(self.says)
        layout.addWidget(self.scale)
        layout.addWidget(self.detail)
        layout.addLayout(chosen)
        layout.addWidget(self.warning)
        layout.addStretch(1)
        layout.addWidget(buttons)


class FacePicture(QWidget):
    """One face, large."""

    def __init__(self, thumbnails: Thumbnails, face: FaceId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._face = face
        self.setFixedSize(QSize(_FACE, _FACE))
        thumbnails.ready.connect(self._repaint)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the face, or room for it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        path = QPainterPath()
        path.addRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        painter.fillPath(path, QColor(theme.colours().empty))
        picture = self._thumbnails.get(("face", self._face))
        if picture is not None:
            painter.setClipPath(path)
            painter.drawPixmap(QRectF(self.rect()), picture, within(picture, _MARGIN))
        painter.end()

    def _repaint(self) -> None:
        self.update()


class DistanceScale(QWidget):
    """A line from alike to unlike, up to where faces are taken for one person's, and where these two are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.distance: float | None = None
        self.threshold: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_distance(self, distance: float, threshold: float | None) -> None:
        """Show another distance.

        Args:
            distance: Of the two faces.
            threshold: Up to which they are taken for one person's; None where that is not known.
        """
        self.distance, self.threshold = distance, threshold
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Room for the line and the words below it."""
        return QSize(2 * _FACE, 3 * theme.UNIT + QFontMetrics(self.font()).height())

    def place_of(self, distance: float) -> float:
        """Where a distance is, in pixels from the left."""
        return _DOT + (self.width() - 2 * _DOT) * min(distance, _FARTHEST) / _FARTHEST

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        """Paint the line."""
        shown, middle = theme.colours(), 1.5 * theme.UNIT
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(shown.line), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(self.place_of(0), middle), QPointF(self.place_of(_FARTHEST), middle))
        if self.threshold is not None:
            cut = self.place_of(self.threshold)
            painter.setPen(QPen(QColor(shown.accent), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(QPointF(self.place_of(0), middle), QPointF(cut, middle))
            painter.setPen(QPen(QColor(shown.accent), 2))
            painter.drawLine(QPointF(cut, middle - theme.UNIT), QPointF(cut, middle + theme.UNIT))
        if self.distance is not None:
            painter.setPen(QPen(QColor(shown.side), 2))
            painter.setBrush(QColor(shown.text))
            painter.drawEllipse(QPointF(self.place_of(self.distance), middle), _DOT, _DOT)
        words = QRectF(0, 3 * theme.UNIT, self.width(), self.height() - 3 * theme.UNIT)
        painter.setPen(QColor(shown.faint))
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft, self.tr("alike"))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight, self.tr("unlike"))
        painter.end()


class _Caption(QWidget):
    """Who a face is taken for, and the photo it is in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.file = QLabel(), _faint()
        self.name.setFont(theme.sized(self.font(), 1.0, strong=True))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for label in (self.name, self.file):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(False)
            column.addWidget(label)
        self.setFixedWidth(_FACE)

    def say(self, name: str, face: ComparedFace) -> None:
        """Say it; what is too long is cut, the whole of it is in the tool tip."""
        for label, text, cut in (
            (self.name, name, Qt.TextElideMode.ElideRight),
            (self.file, face.photo.name, Qt.TextElideMode.ElideMiddle),
        ):
            label.setText(QFontMetrics(label.font()).elidedText(text, cut, _FACE))
        self.file.setToolTip(str(face.photo))


def _faint() -> QLabel:
    label = QLabel()
    label.setProperty("faint", "true")
    label.setWordWrap(True)
    return label
