"""Every colour, radius and spacing of the window, light and dark."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from faceorganizer.gui.resources import resource

UNIT: Final = 8  # pixels of the grid that everything is laid out on
MARGIN: Final = 3 * UNIT
SIDEBAR_WIDTH: Final = 220
NARROW_SIDEBAR: Final = 56  # icons alone
NARROW: Final = 900  # pixels of a window that is narrow
PLACE_WIDTH: Final = 584  # what every place gets along with
INSPECTOR_WIDTH: Final = 280
RADIUS: Final = UNIT
CARD_FACE: Final = 160
TILE: Final = 144
SMALL_TILE: Final = 88
CONTEXT_WIDTH: Final = 48 * UNIT
PORTRAIT: Final = 96  # the face beside a person's name
COMPANION_FACE: Final = 120
_CHOSEN: Final = "appearance"  # property of the application
_SCHEMES: Final = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one appearance.

    Attributes:
        ground: Behind the content.
        side: Behind the side bar, the inspector and the status bar.
        raised: Menus, fields, toasts.
        text: Contrast to the grounds at least 7 : 1.
        faint: Lesser text; at least 4.5 : 1.
        line: Where space alone does not divide.
        accent: The one colour of what is chosen and what can be done.
        on_accent: Text on it.
        hover: Under the pointer.
        empty: A picture that is not there yet.
        disabled: What cannot be done now.
        figure: Who stands where no picture of a face is kept; on what is empty.
    """

    ground: str
    side: str
    raised: str
    text: str
    faint: str
    line: str
    accent: str
    on_accent: str
    hover: str
    empty: str
    disabled: str
    figure: str


LIGHT: Final = Colours(
    ground="#ffffff",
    side="#f4f4f6",
    raised="#ffffff",
    text="#1d1d22",
    faint="#63636b",
    line="#dddde2",
    accent="#2a62d4",
    on_accent="#ffffff",
    hover="#ecedf1",
    empty="#e4e4e9",
    disabled="#a3a3ab",
    figure="#c3c3cc",
)
DARK: Final = Colours(
    ground="#1b1b1f",
    side="#242429",
    raised="#2e2e34",
    text="#f1f1f4",
    faint="#a6a6b0",
    line="#3a3a42",
    accent="#7da6ff",
    on_accent="#10131c",
    hover="#2c2c33",
    empty="#34343b",
    disabled="#6a6a74",
    figure="#54545f",
)


@dataclass(frozen=True, slots=True)
class ChartColours:
    """Of charts: those of Okabe and Ito ("Color universal design", 2008), which the colour-blind tell apart.

    Attributes:
        first: Of what is one person's.
        second: Of what is two people's.
        rest: Of what is nobody's.
        near_to_far: Of distances in a matrix, the nearest first (cividis, Nunez et al., PLOS ONE 13, 2018).
    """

    first: str
    second: str
    rest: str
    near_to_far: tuple[str, ...]


_CIVIDIS: Final = (
    "#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369", "#e1cc55", "#fee838",
)  # fmt: skip
_CHARTS: Final = (
    ChartColours("#0072b2", "#d55e00", "#9a9aa2", _CIVIDIS),
    ChartColours("#56b4e9", "#e69f00", "#7d7d87", _CIVIDIS[::-1]),
)


def chart_colours() -> ChartColours:
    """Those of charts, for the appearance that is shown."""
    return _CHARTS[colours() is DARK]


def colours() -> Colours:
    """Those of the appearance that was chosen, or that the system asks for."""
    application = QGuiApplication.instance()
    chosen = _SCHEMES.get(str(application.property(_CHOSEN)) if application is not None else "")
    dark = (chosen or QGuiApplication.styleHints().colorScheme()) == Qt.ColorScheme.Dark
    return DARK if dark else LIGHT


def sized(font: QFont, share: float, *, strong: bool = False) -> QFont:
    """A font at a share of its size, so that text scales with the system's."""
    other = QFont(font)
    other.setPointSizeF(font.pointSizeF() * share)
    if strong:
        other.setWeight(QFont.Weight.DemiBold)
    return other


def choose(application: QApplication, name: str) -> None:
    """Dress the application from now on as somebody wants it.

    Args:
        application: Keeps the choice.
        name: "light", "dark", or "system" for what the system asks for.
    """
    application.setProperty(_CHOSEN, name)
    # Dialogs of the system and title bars follow where the platform can do that.
    application.styleHints().setColorScheme(_SCHEMES.get(name, Qt.ColorScheme.Unknown))
    apply(application)


def apply(application: QApplication) -> None:
    """Dress the application for the appearance that was chosen, or that the system asks for."""
    shown = colours()
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: shown.side,
        QPalette.ColorRole.WindowText: shown.text,
        QPalette.ColorRole.Base: shown.ground,
        QPalette.ColorRole.AlternateBase: shown.side,
        QPalette.ColorRole.Text: shown.text,
        QPalette.ColorRole.Button: shown.raised,
        QPalette.ColorRole.ButtonText: shown.text,
        QPalette.ColorRole.BrightText: shown.text,
        QPalette.ColorRole.Highlight: shown.accent,
        QPalette.ColorRole.HighlightedText: shown.on_accent,
        QPalette.ColorRole.Link: shown.accent,
        QPalette.ColorRole.ToolTipBase: shown.raised,
        QPalette.ColorRole.ToolTipText: shown.text,
        QPalette.ColorRole.PlaceholderText: shown.faint,
        QPalette.ColorRole.Light: shown.hover,
        QPalette.ColorRole.Midlight: shown.hover,
        QPalette.ColorRole.Mid: shown.line,
        QPalette.ColorRole.Dark: shown.line,
        QPalette.ColorRole.Shadow: shown.line,
        QPalette.ColorRole.Accent: shown.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(shown.faint))
    application.setPalette(palette)
    application.setStyleSheet(_sheet(shown))


def _sheet(shown: Colours) -> str:
    return f"""
    QMainWindow, QStackedWidget {{ background: {shown.ground}; }}
    #sidebar {{ background: {shown.side}; border: none; padding: {UNIT}px; outline: 0; }}
    #sidebar::item {{ padding: {UNIT}px; border-radius: {RADIUS - 2}px; color: {shown.text}; }}
    #sidebar::item:hover {{ background: {shown.hover}; }}
    #sidebar::item:selected {{ background: {shown.accent}; color: {shown.on_accent}; }}
    QStatusBar {{ background: {shown.side}; color: {shown.faint}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel, QLabel[faint="true"] {{ color: {shown.faint}; }}
    #attention {{ color: {shown.text}; padding: 3px {UNIT}px; }}
    #notice {{ background: {shown.raised}; border-bottom: 1px solid {shown.line}; padding: {UNIT}px {2 * UNIT}px; }}
    QLineEdit {{ background: {shown.raised}; border: 1px solid {shown.line}; border-radius: {RADIUS - 2}px;
        padding: 5px {UNIT}px; selection-background-color: {shown.accent}; }}
    QLineEdit:focus {{ border: 2px solid {shown.accent}; padding: 4px {UNIT - 1}px; }}
    QPushButton {{ background: {shown.raised}; border: 1px solid {shown.line}; border-radius: {RADIUS - 2}px;
        padding: 6px {2 * UNIT}px; }}
    QPushButton:hover {{ background: {shown.hover}; }}
    QPushButton:focus {{ border: 2px solid {shown.accent}; padding: 5px {2 * UNIT - 1}px; }}
    QPushButton[primary="true"] {{ background: {shown.accent}; color: {shown.on_accent};
        border-color: {shown.accent}; }}
    QPushButton[primary="true"]:focus {{ border: 2px solid {shown.text}; }}
    QPushButton:checked {{ background: {shown.accent}; color: {shown.on_accent}; border-color: {shown.accent}; }}
    QPushButton:checked:focus {{ border: 2px solid {shown.text}; }}
    QPushButton:disabled, QPushButton[primary="true"]:disabled {{ color: {shown.faint};
        background: {shown.side}; border-color: {shown.line}; }}
    QPushButton[link="true"] {{ background: transparent; border: none; color: {shown.accent}; padding: 2px 0;
        text-align: left; }}
    QPushButton[link="true"]:hover, QPushButton[link="true"]:focus {{ background: {shown.hover}; }}
    #likelihood {{ background: {shown.side}; color: {shown.faint}; border-radius: {RADIUS}px; padding: 2px {UNIT}px; }}
    QTabBar {{ background: transparent; }}
    QTabBar::tab {{ background: transparent; border: none; border-bottom: 2px solid transparent;
        color: {shown.faint}; padding: {UNIT}px {2 * UNIT}px; }}
    QTabBar::tab:hover {{ color: {shown.text}; }}
    QTabBar::tab:selected {{ color: {shown.text}; border-bottom-color: {shown.accent}; }}
    QTabBar::tab:focus {{ background: {shown.hover}; }}
    #bar, #strip, #panel {{ background: {shown.side}; }}
    #steps {{ background: {shown.side}; border: none; outline: 0; }}
    QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
    QComboBox, QSpinBox {{ min-height: {3 * UNIT}px; }}
    QComboBox {{ background: {shown.raised}; border: 1px solid {shown.line}; border-radius: {RADIUS - 2}px;
        padding: 1px {UNIT // 2}px 1px {UNIT}px; }}
    QComboBox:hover {{ background: {shown.hover}; }}
    QComboBox:focus {{ border: 2px solid {shown.accent}; padding: 0 {UNIT // 2 - 1}px 0 {UNIT - 1}px; }}
    QComboBox:disabled {{ color: {shown.faint}; background: {shown.side}; }}
    QComboBox {{ combobox-popup: 0; }}
    QComboBox QAbstractItemView {{ background: {shown.raised}; border: 1px solid {shown.line}; outline: 0;
        selection-background-color: {shown.accent}; selection-color: {shown.on_accent}; }}
    QComboBox QAbstractItemView::item {{ min-height: {3 * UNIT}px; padding: 0 {UNIT // 2}px; }}
    QComboBox::drop-down {{ border: none; width: {3 * UNIT}px; }}
    QComboBox::down-arrow {{ image: url("{_chevron(shown)}"); width: 12px; height: 12px; }}
    QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {shown.line}; }}
    QSlider::sub-page:horizontal {{ background: {shown.accent}; border-radius: 2px; }}
    QSlider::handle:horizontal {{ width: 14px; height: 14px; margin: -6px 0; border-radius: 8px;
        background: {shown.raised}; border: 1px solid {shown.faint}; }}
    QSlider::handle:horizontal:focus {{ border: 2px solid {shown.accent}; margin: -7px 0; }}
    QTreeView::item, QDialog QListWidget::item {{ padding: {UNIT // 2}px; }}
    QTabWidget::pane {{ border: none; }}
    QTabBar {{ qproperty-drawBase: 0; }}
    QSpinBox {{ background: {shown.raised}; }}
    QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {shown.faint}; border-radius: 3px;
        background: {shown.raised}; }}
    QCheckBox::indicator:checked {{ border-color: {shown.accent}; background: {shown.accent};
        image: url("{_tick(shown)}"); }}
    QCheckBox:focus {{ color: {shown.accent}; }}
    QCheckBox::indicator:disabled {{ border-color: {shown.disabled}; }}
    QToolButton {{ border: none; border-radius: {RADIUS - 2}px; padding: 5px; }}
    QToolButton:hover, QToolButton:focus {{ background: {shown.hover}; }}
    #chip, QToolButton[chip="true"] {{ background: {shown.hover}; border-radius: {RADIUS - 2}px; }}
    QToolButton[chip="true"]:hover, QToolButton[chip="true"]:focus {{ background: {shown.line}; }}
    QToolButton[chip="true"]:checked {{ background: {shown.accent}; color: {shown.on_accent}; }}
    QToolButton::menu-indicator {{ image: none; width: 0; }}
    #toast {{ background: {shown.text}; border-radius: {RADIUS}px; }}
    #toast QLabel {{ color: {shown.ground}; }}
    #toast QPushButton {{ background: transparent; border: none; color: {_toast_accent(shown)}; font-weight: 600; }}
    QProgressBar {{ background: {shown.line}; border: none; border-radius: 2px; max-height: 4px; }}
    QProgressBar::chunk {{ background: {shown.accent}; border-radius: 2px; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar::handle:vertical {{ background: {shown.line}; border-radius: 4px; min-height: 40px; margin: 2px; }}
    QScrollBar::handle:vertical:hover {{ background: {shown.faint}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
    """


def _tick(shown: Colours) -> str:
    """The tick of a checked box: a style sheet takes it from a file only."""
    return resource("controls", "tick-light.svg" if shown is LIGHT else "tick-dark.svg").as_posix()


def _chevron(shown: Colours) -> str:
    """What a list that opens is marked by."""
    return resource("controls", "chevron-light.svg" if shown is LIGHT else "chevron-dark.svg").as_posix()


def _toast_accent(shown: Colours) -> str:
    """The accent of the other appearance: toasts are dark on light and light on dark."""
    return DARK.accent if shown is LIGHT else LIGHT.accent
