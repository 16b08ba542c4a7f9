"""Asks what is to be left out of a folder."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from faceorganizer.domain.pictures import Root
from faceorganizer.gui import theme


class ExclusionsDialog(QDialog):
    """One pattern a line."""

    def __init__(self, root: Root, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Leave Out"))
        self.setMinimumWidth(60 * theme.UNIT)
        explained = QLabel(
            self.tr(
                "What is left out of “{folder}”: names or patterns of files and folders, one a line. "
                "“Screenshots” leaves out every folder of that name, “*.gif” all files that end so, “2004/scans” one "
                "folder.\n\nPhotos that are left out disappear with the next scan; what was said of their faces is "
                "kept."
            ).format(folder=root.path.name)
        )
        explained.setWordWrap(True)
        self.field = QPlainTextEdit("\n".join(root.exclusions))
        self.field.setAccessibleName(self.tr("Patterns"))
        self.field.setTabChangesFocus(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = buttons.addButton(self.tr("Leave Out"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(2 * theme.UNIT)
        for part in (explained, self.field, buttons):
            layout.addWidget(part)

    @property
    def patterns(self) -> list[str]:
        """What was typed, without empty lines."""
        return [line.strip() for line in self.field.toPlainText().splitlines() if line.strip()]
