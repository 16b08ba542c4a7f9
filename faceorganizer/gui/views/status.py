"""What is going on, at the foot of the window."""

from typing import Final

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from faceorganizer.gui import theme
from faceorganizer.gui.icons import icon
from faceorganizer.gui.translation import Context
from faceorganizer.services.clustering.service import GroupingReport
from faceorganizer.services.events import ScanAdvanced, ScanStage
from faceorganizer.services.models.choosing import SwitchReport
from faceorganizer.services.scan.report import ScanReport

scan: Final = Context("scan")
remaining: Final = Context("remaining")
COUNTED: Final = (ScanStage.READING, ScanStage.DESCRIBING)  # stages that tell how many photos are done


def time_left(seconds: float) -> str:
    """A duration as people say it."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return remaining.tr("less than a minute left")
    if minutes < 100:
        return remaining.tr("%n minute(s) left", "", minutes)
    return remaining.tr("%n hour(s) left", "", round(minutes / 60))


def pace(event: ScanAdvanced) -> list[str]:
    """What is known of a scan's speed, phrase by phrase."""
    locale = QLocale()
    phrases = []
    if event.faces:
        phrases.append(scan.tr("%n new face(s)", "", event.faces))
    if event.rate:
        rate = locale.toString(event.rate, "f", 1 if event.rate < 10 else 0)
        phrases.append(scan.tr("{rate} photos a second").format(rate=rate))
    if event.seconds_left is not None and event.done < event.total:
        phrases.append(time_left(event.seconds_left))
    return phrases


def progress_text(event: ScanAdvanced) -> str:
    """What a scan is doing, in one line."""
    if event.stage is ScanStage.WALKING:
        return scan.tr("Looking for photos…")
    if event.stage is ScanStage.GROUPING:
        return scan.tr("Putting faces together…")
    locale = QLocale()
    text = scan.tr("{done} of {total} photos")
    if event.stage is ScanStage.DESCRIBING:
        text = scan.tr("Describing faces anew: {done} of {total} photos")
    reading = text.format(done=locale.toString(event.done), total=locale.toString(event.total))
    return " · ".join([reading, *pace(event)])


def result_text(report: ScanReport | GroupingReport | SwitchReport | None) -> str:
    """How a scan or a grouping ended, in one line."""
    if report is None:
        return scan.tr("Stopped; what was done is kept.")
    if isinstance(report, GroupingReport):
        return scan.tr("%n face(s) moved to another group", "", report.moved)
    if isinstance(report, SwitchReport):
        return _switched(report)
    photos = report.photos
    phrases = [scan.tr("%n new photo(s)", "", photos["new"])]
    if report.new_faces:
        phrases.append(scan.tr("%n new face(s)", "", report.new_faces))
    if report.offline:
        phrases.append(scan.tr("%n folder(s) not connected", "", len(report.offline)))
    return " · ".join(phrases)


def _switched(report: SwitchReport) -> str:
    if not report.describes:
        return scan.tr("{model} finds faces from the next scan on").format(model=report.name)
    phrases = [scan.tr("{model} describes the faces now").format(model=report.name)]
    if report.missing:
        phrases.append(scan.tr("%n photo(s) not there", "", len(report.missing)))
    if report.failures:
        phrases.append(scan.tr("%n photo(s) could not be read", "", len(report.failures)))
    return " · ".join(phrases)


class ScanStatus(QWidget):
    """How far the scan is.

    Signals:
        paused: Somebody wants it to wait.
        resumed: Somebody wants it to go on.
        cancelled: Somebody wants it to stop.
        details: Somebody wants to know more.
    """

    paused = Signal()
    resumed = Signal()
    cancelled = Signal()
    details = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waits = False
        self.text = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(20 * theme.UNIT)
        self.bar.setAccessibleName(self.tr("Progress of the scan"))
        self.pause = self._button(self.tr("Pause the scan"), "pause")
        self.pause.clicked.connect(self._toggle)
        self.cancel = self._button(self.tr("Cancel the scan"), "stop")
        self.cancel.clicked.connect(self.cancelled)
        self.more = self._button(self.tr("More about the scan"), "list")
        self.more.clicked.connect(self.details)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.UNIT, 0, theme.UNIT, 0)
        layout.setSpacing(theme.UNIT)
        # The text last: what can be clicked must not move while the text changes.
        for part in (self.bar, self.pause, self.cancel, self.more, self.text):
            layout.addWidget(part)
        layout.addStretch(1)
        self._run(False)

    def begin(self) -> None:
        """A scan has begun."""
        self._run(True)
        self.go_on()
        self.bar.setRange(0, 0)
        self.text.setText(self.tr("Looking for photos…"))

    def advance(self, event: ScanAdvanced) -> None:
        """A scan has come further."""
        if self.bar.isHidden() or self._waits:
            return
        known = event.stage in COUNTED and event.total > 0
        self.bar.setRange(0, event.total if known else 0)
        self.bar.setValue(event.done if known else 0)
        self.text.setText(progress_text(event))

    def wait(self) -> None:
        """The scan pauses."""
        self._waits = True
        if self.bar.maximum() == 0:
            self.bar.setRange(0, 1)  # a bar that moves would say that something is done
        self.text.setText(self.tr("Paused"))
        self._show_button(self.pause, self.tr("Go on with the scan"), "play")

    def go_on(self) -> None:
        """The scan goes on."""
        self._waits = False
        self.text.setText(self.tr("Going on…"))
        self._show_button(self.pause, self.tr("Pause the scan"), "pause")

    def end(self, report: ScanReport | GroupingReport | SwitchReport | None) -> None:
        """The scan has ended."""
        self._run(False)
        self.text.setText(result_text(report))

    def put_off(self) -> None:
        """The scan has to wait for another process."""
        self._run(False)
        self.text.setText(self.tr("Another program is writing to this library; new photos are read when it is done."))

    def redraw(self) -> None:
        """Draw the icons for the appearance that is shown now."""
        for button, picture in (
            (self.pause, "play" if self._waits else "pause"),
            (self.cancel, "stop"),
            (self.more, "list"),
        ):
            button.setIcon(icon(picture))

    def _toggle(self) -> None:
        if self._waits:
            self.resumed.emit()
        else:
            self.paused.emit()

    def _run(self, running: bool) -> None:
        for part in (self.bar, self.pause, self.cancel, self.more):
            part.setVisible(running)

    def _button(self, name: str, picture: str) -> QToolButton:
        button = QToolButton()
        button.setIconSize(QSize(2 * theme.UNIT, 2 * theme.UNIT))
        self._show_button(button, name, picture)
        return button

    @staticmethod
    def _show_button(button: QToolButton, name: str, picture: str) -> None:
        button.setIcon(icon(picture))
        button.setToolTip(name)
        button.setAccessibleName(name)


class Attention(QToolButton):
    """At the foot of the window: how many files could not be read. A click tells which."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attention")
        self.show_count(0)

    def show_count(self, files: int) -> None:
        """Say how many; nothing when there are none."""
        self.setText(self.tr("%n file(s) need attention", "", files))
        self.setVisible(files > 0)
