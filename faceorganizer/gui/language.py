"""The languages of the window."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from faceorganizer.gui.resources import resource

_NAME: Final = "faceorganizer_"
_SOURCE: Final = "en"  # what the texts in the program are written in


def languages() -> dict[str, str]:
    """Languages that the window can be shown in, by code, each in its own words."""
    files = resource("translations").glob(f"{_NAME}*.qm")
    codes = sorted({file.stem.removeprefix(_NAME) for file in files} - {_SOURCE})
    return {_SOURCE: "English", **{code: QLocale(code).nativeLanguageName().capitalize() for code in codes}}


def speak(application: QCoreApplication, language: str) -> None:
    """Show all texts in a language from now on; widgets that are there keep theirs.

    Args:
        application: Keeps the translations.
        language: Its code, or "system" for that of the desktop.
    """
    locale = QLocale() if language == "system" else QLocale(language)
    own = (_NAME.rstrip("_"), str(resource("translations")))
    qt = ("qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    for name, folder in (qt, own):
        translator = QTranslator(application)
        if translator.load(locale, name, "_", folder):
            application.installTranslator(translator)
