"""What is going on, at the foot of the window."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from faceorganizer.gui import theme
from faceorganizer.services.events import ScanAdvanced
from faceorganizer.services.scan.report import ScanReport


def time_left(seconds: float) -> str:
    """A duration as people say it."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return QCoreApplication.translate("time", "less than a minute left")
    if minutes < 100:
        return QCoreApplication.translate("time", "%n minute(s) left", "", minutes)
    return QCoreApplication.translate("time", "%n hour(s) left", "", round(minutes / 60))


class ScanStatus(QWidget):
    """How far the scan is.

    Signals:
        cancelled: Somebody wants it to stop.
    """

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLabel()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(20 * theme.UNIT)
        self._cancel = QToolButton()
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.setAccessibleName(self.tr("Cancel the scan"))
        self._cancel.clicked.connect(self.cancelled)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.UNIT, 0, theme.UNIT, 0)
        layout.setSpacing(theme.UNIT)
        for part in (self._bar, self.text, self._cancel):
            layout.addWidget(part)
        self._run(False)

    def begin(self) -> None:
        """A scan has begun."""
        self._run(True)
        self._bar.setRange(0, 0)
        self.text.setText(self.tr("Looking for photos…"))

    def advance(self, event: ScanAdvanced) -> None:
        """A scan has come further."""
        if self._bar.isHidden():
            return
        self._bar.setRange(0, event.total)
        self._bar.setValue(event.done)
        parts = [self.tr("{done} of {total}").format(done=f"{event.done:,}", total=f"{event.total:,}")]
        if event.rate:
            parts.append(self.tr("{rate} a second").format(rate=f"{event.rate:.1f}"))
        if event.seconds_left is not None:
            parts.append(time_left(event.seconds_left))
        self.text.setText(f"{event.message}: " + " · ".join(parts) if event.total else event.message)

    def end(self, report: ScanReport | None) -> None:
        """The scan has ended."""
        self._run(False)
        if report is None:
            self.text.setText(self.tr("Cancelled; what was done is kept."))
            return
        photos = report.photos
        parts = [QCoreApplication.translate("scan", "%n new photo(s)", "", photos["new"])]
        if photos["failed"]:
            parts.append(QCoreApplication.translate("scan", "%n file(s) could not be read", "", photos["failed"]))
        self.text.setText(" · ".join(parts))

    def _run(self, running: bool) -> None:
        self._bar.setVisible(running)
        self._cancel.setVisible(running)
