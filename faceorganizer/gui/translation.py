"""The language of the window."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from faceorganizer.gui.resources import resource

LANGUAGES: Final = ("en", "de")


def languages() -> dict[str, str]:
    """The languages that there are translations for, by code, each in its own words."""
    there = [code for code in LANGUAGES[1:] if resource("translations", f"faceorganizer_{code}.qm").is_file()]
    return {LANGUAGES[0]: "English", **{code: QLocale(code).nativeLanguageName().capitalize() for code in there}}


def translate_to(application: QCoreApplication, language: str) -> str:
    """Show the window in a language. Widgets that are there already keep theirs.

    Args:
        application: Gets the translators, and is their parent.
        language: One of ``LANGUAGES``, or "system".

    Returns:
        The language that is shown.
    """
    wanted = QLocale.system().uiLanguages() if language == "system" else [language]
    chosen = next((known for known in map(_spoken, wanted) if known in LANGUAGES), LANGUAGES[0])
    if language != "system":
        QLocale.setDefault(QLocale(chosen))  # dates and numbers as well
    for folder, name in (
        (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), "qtbase"),  # Qt's own buttons and dialogs
        (str(resource("translations")), "faceorganizer"),
    ):
        translator = QTranslator(application)
        if translator.load(f"{name}_{chosen}", folder):
            application.installTranslator(translator)
    return chosen


def _spoken(name: str) -> str:
    return name.replace("_", "-").partition("-")[0].lower()
