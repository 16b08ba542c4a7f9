"""How strictly faces are grouped: one slider, and what it would change, before it does."""

import threading
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from faceorganizer.domain.errors import CancelledError, FaceOrganizerError
from faceorganizer.domain.ids import FaceId
from faceorganizer.gui import theme
from faceorganizer.gui.environment import Environment
from faceorganizer.gui.figures import figure
from faceorganizer.gui.translation import Context
from faceorganizer.gui.wording import said
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library
from faceorganizer.services.clustering.foresight import GroupingForesight

# Of the slider, from strict to generous: strangers tolerated, as a factor of what is usual.
FACTORS: Final = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)
_SETTLE_MS: Final = 400  # of the slider, before a grouping is begun
_FACE: Final = 6 * theme.UNIT
_EXAMPLES: Final = 4


class Foresight(QObject):
    """Tries groupings in the background, the latest one that is asked for; nothing is written.

    Signals:
        come: A GroupingForesight.
        failed: An expected error.
        broken: A bug.
    """

    come = Signal(object)
    failed = Signal(object)
    broken = Signal(object)
    _ended = Signal(object, object, object)

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._job: Job | None = None
        self._threads: list[threading.Thread] = []
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)

    def ask(self, strangers: float) -> None:
        """Try a strictness; what was asked before is forgotten."""
        self.stop()
        self._job = Job()
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._run, args=(self._job, strangers), name="foresight")
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Forget what was asked."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def close(self) -> None:
        """Stop, and wait until it has."""
        self.stop()
        for thread in self._threads:
            thread.join()

    def _run(self, job: Job, strangers: float) -> None:
        try:
            with job:
                seen = self._library.foresee_grouping(strangers, context=job)
        except CancelledError:
            return
        except Exception as error:  # noqa: BLE001 - told on the GUI thread, bugs as bugs
            self._ended.emit(job, None, error)  # in no variable of this call, as in an Errand
        else:
            self._ended.emit(job, seen, None)

    @Slot(object, object, object)
    def _end(self, job: Job, seen: GroupingForesight | None, error: Exception | None) -> None:
        if job is not self._job:
            return
        self._job = None
        if error is None:
            self.come.emit(seen)
        elif isinstance(error, FaceOrganizerError):
            self.failed.emit(error)
        else:
            self.broken.emit(error)


class StrictnessPanel(QWidget):
    """The slider, what it means, what it would change with some faces to look at, and a button that does it.

    Signals:
        wanted: The strangers to be tolerated from now on; all faces are to be grouped so.
    """

    wanted = Signal(float)

    def __init__(self, environment: Environment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._environment = environment
        self._usual = 0.0
        self._stored = 0
        self.foresight = Foresight(environment.library, self)
        self.foresight.come.connect(self._come)
        self.foresight.failed.connect(self._fail)
        self.foresight.broken.connect(environment.background.broken)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(FACTORS) - 1)
        self.slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.slider.setTickInterval(1)
        self.slider.setPageStep(1)
        self.slider.setAccessibleName(self.tr("Grouping, from strict to generous"))
        self.slider.valueChanged.connect(self._moved)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.apart = _Examples(environment, self.tr("Would come apart"))
        self.joined = _Examples(environment, self.tr("Would be joined"))
        self.use = QPushButton(self.tr("Group All Faces So"))
        self.use.clicked.connect(self._use)
        self.use.setEnabled(False)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE_MS)
        self._timer.timeout.connect(self._look)
        self._lay_out()

    def _lay_out(self) -> None:
        ends = QHBoxLayout()
        ends.addWidget(QLabel(self.tr("Purer groups, more of them")))
        ends.addStretch(1)
        ends.addWidget(QLabel(self.tr("Larger groups, more mistakes")))
        examples = QHBoxLayout()
        examples.setSpacing(theme.MARGIN)
        examples.addWidget(self.apart)
        examples.addWidget(self.joined)
        examples.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT)
        layout.addWidget(self.slider)
        layout.addLayout(ends)
        layout.addWidget(self.said)
        layout.addLayout(examples)
        row = QHBoxLayout()
        row.addWidget(self.use)
        row.addStretch(1)
        layout.addLayout(row)

    def show_stored(self, usual: float, strangers: float) -> None:
        """Show what is set.

        Args:
            usual: Strangers that are tolerated unless somebody says otherwise.
            strangers: Those that are tolerated.
        """
        self._usual = usual
        self._stored = min(range(len(FACTORS)), key=lambda place: abs(FACTORS[place] - strangers / usual))
        self.slider.blockSignals(True)
        self.slider.setValue(self._stored)
        self.slider.blockSignals(False)
        self._say_nothing()

    def close_down(self) -> None:
        """Wait until nothing is tried any more."""
        self._timer.stop()
        self.foresight.close()

    @property
    def strangers(self) -> float:
        """What the slider means."""
        return round(self._usual * FACTORS[self.slider.value()], 4)

    def _moved(self) -> None:
        self.foresight.stop()
        self.use.setEnabled(self.slider.value() != self._stored)
        if self.slider.value() == self._stored:
            self._timer.stop()
            self._say_nothing()
        else:
            self._timer.start()
            self.said.setText(self.tr("Looking what that would change…"))
            self.apart.show_faces(())
            self.joined.show_faces(())

    def _look(self) -> None:
        self.foresight.ask(self.strangers)

    def _say_nothing(self) -> None:
        self.said.setText(self.tr("Move it to see what would change. Names and corrections stay as they are."))
        self.apart.show_faces(())
        self.joined.show_faces(())
        self.use.setEnabled(False)

    def _come(self, seen: GroupingForesight) -> None:
        self.said.setText(foreseen(seen))
        self.apart.show_faces(seen.apart_examples[:_EXAMPLES])
        self.joined.show_faces(seen.joined_examples[:_EXAMPLES])
        examples = (*seen.apart_examples[:_EXAMPLES], *seen.joined_examples[:_EXAMPLES])
        self._environment.thumbnails.want(("face", face) for row in examples for face in row)

    def _fail(self, error: FaceOrganizerError) -> None:
        self.said.setText(said(error.message))

    def _use(self) -> None:
        self._stored = self.slider.value()
        self.use.setEnabled(False)
        self.wanted.emit(self.strangers)
        self.said.setText(self.tr("All faces are being grouped so."))


foresight: Final = Context("foresight")


def foreseen(seen: GroupingForesight) -> str:
    """What would change, in a sentence or two."""
    if not (seen.apart or seen.joined or seen.placed or seen.dropped):
        return foresight.tr("Nothing would change.")
    phrases = [
        foresight.tr("%n group(s) would come apart", "", seen.apart),
        foresight.tr("%n would be joined with others", "", seen.joined),
        foresight.tr("%n single face(s) would find a group", "", seen.placed),
        foresight.tr("%n face(s) would be left alone", "", seen.dropped),
    ]
    counts = (seen.apart, seen.joined, seen.placed, seen.dropped)
    return " · ".join(phrase for phrase, count in zip(phrases, counts, strict=True) if count)


class _Examples(QWidget):
    """Under a heading, some rows of faces: the parts of a group, or the groups that would be one."""

    def __init__(self, environment: Environment, title: str) -> None:
        super().__init__()
        self._thumbnails = environment.thumbnails
        self._faces: tuple[tuple[FaceId, ...], ...] = ()
        heading = QLabel(title)
        heading.setFont(theme.sized(self.font(), 0.9, strong=True))
        self._rows = [QHBoxLayout() for _ in range(_EXAMPLES)]
        self.labels: list[list[QLabel]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.UNIT // 2)
        layout.addWidget(heading)
        for row in self._rows:
            labels = [QLabel() for _ in range(3)]
            for label in labels:
                label.setFixedSize(_FACE, _FACE)
                row.addWidget(label)
            row.addStretch(1)
            self.labels.append(labels)
            layout.addLayout(row)
        environment.thumbnails.ready.connect(self._paint)
        self.show_faces(())

    def show_faces(self, faces: tuple[tuple[FaceId, ...], ...]) -> None:
        """Show some faces; nothing at all when there are none."""
        self._faces = faces
        self.setVisible(bool(faces))
        self._paint()

    def _paint(self) -> None:
        for place, labels in enumerate(self.labels):
            row = self._faces[place] if place < len(self._faces) else ()
            for column, label in enumerate(labels):
                picture = self._thumbnails.get(("face", row[column])) if column < len(row) else None
                label.setVisible(column < len(row))
                if self._thumbnails.faceless:
                    label.setPixmap(figure(_FACE, self.devicePixelRatioF()))
                elif picture is None:
                    label.clear()
                else:
                    mode = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
                    label.setPixmap(picture.scaled(_FACE, _FACE, *mode))
