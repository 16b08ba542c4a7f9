"""The language of the window.

lupdate collects the texts by reading the sources. It finds ``self.tr("…")`` in classes, under the name of the class,
and ``context.tr("…")``, under the name of the variable: contexts below are therefore named like their variables.
Counted texts outside of widgets, and of classes that have subclasses, need a context: lupdate takes no plural from
``QCoreApplication.translate``, and PySide looks for a plural under the name of the subclass alone.
"""

from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from faceorganizer.gui.resources import resource

LANGUAGES: Final = {"en": "English", "de": "Deutsch"}
_SOURCE: Final = "en"  # what the texts in the program are written in


class Context:
    """Texts that belong to no widget.

    Args:
        name: The variable that this is assigned to, and the context in the translations.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def tr(self, text: str, comment: str = "", count: int = -1) -> str:
        """A text in the language of the window.

        Args:
            text: A literal; ``%n`` is the count.
            comment: For translators; tells equal texts of different meanings apart.
            count: How many, where the text is a counted one.
        """
        return QCoreApplication.translate(self._name, text, comment, count)


class Later:
    """Texts of a table that is read before the language is known.

    Args:
        name: The variable that this is assigned to, and the context in the translations.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def tr(self, text: str) -> str:
        """The text as it is; lupdate finds it."""
        return text

    def now(self, text: str) -> str:
        """A text of the table in the language of the window."""
        return QCoreApplication.translate(self._name, text)


def translate_to(application: QCoreApplication, language: str) -> str:
    """Show the window in a language. Widgets that are there already keep theirs.

    Args:
        application: Gets the translators, and is their parent.
        language: One of ``LANGUAGES``, or "system".

    Returns:
        The language that is shown.
    """
    wanted = QLocale.system().uiLanguages() if language == "system" else [language]
    chosen = next((known for known in map(_spoken, wanted) if known in LANGUAGES), _SOURCE)
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
