"""The window in other languages: complete, up to date, with all that is filled in."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from faceorganizer.gui.resources import resource
from faceorganizer.gui.translation import LANGUAGES, translate_to

REPO = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
FOLDER = resource("translations")
WINDOW = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from faceorganizer.gui import application

class Window(application.MainWindow):
    def show(self):
        super().show()
        print(self.environment.actions["undo"].text())
        QTimer.singleShot(0, self.close)  # in the loop

application.MainWindow = Window
application.QMessageBox.critical = lambda parent, title, text: print(text)
sys.exit(application.run(Path(sys.argv[1])))
"""
FILLED_IN = re.compile(r"\{\w*\}|%n|%\d|<[^>]+>")


def messages(language: str) -> list[ElementTree.Element]:
    return list(ElementTree.parse(FOLDER / f"faceorganizer_{language}.ts").iter("message"))


def forms(message: ElementTree.Element) -> list[str]:
    translation = message.find("translation")
    assert translation is not None
    plural = [form.text or "" for form in translation.findall("numerusform")]
    return plural or [translation.text or ""]


@pytest.fixture
def language(qapp: QApplication) -> Iterator[QApplication]:
    before = set(qapp.findChildren(QTranslator))
    locale = QLocale()
    yield qapp
    QLocale.setDefault(locale)
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_text_is_translated(name: str) -> None:
    missing = [message.findtext("source") for message in messages(name) if not all(forms(message))]
    assert missing == []
    assert all("unfinished" not in message.find("translation").attrib.values() for message in messages(name))


@pytest.mark.parametrize("name", LANGUAGES)
def test_what_is_filled_in_is_in_the_translation_as_well(name: str) -> None:
    for message in messages(name):
        source = message.findtext("source") or ""
        wanted = set(FILLED_IN.findall(source))
        for number, form in enumerate(forms(message)):
            found = set(FILLED_IN.findall(form))
            optional = {"%n"} if message.get("numerus") and number == 0 else set()  # "one photo"
            assert found | optional == wanted | optional, source


def test_counted_texts_have_two_forms_in_english() -> None:
    assert messages("en")
    for message in messages("en"):
        one, many = forms(message)
        assert "(s)" not in one + many
        assert one != many or "(s)" not in (message.findtext("source") or "")


@pytest.mark.parametrize("name", LANGUAGES)
def test_translations_are_those_of_the_texts_as_they_are(name: str, tmp_path: Path) -> None:
    texts = tmp_path / f"faceorganizer_{name}.ts"
    shutil.copy(FOLDER / texts.name, texts)
    sources = sorted(str(path) for path in (REPO / "faceorganizer" / "gui").rglob("*.py"))
    options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", name]
    options += ["-pluralonly"] if name == "en" else []
    subprocess.run([TOOLS / "pyside6-lupdate", *options, *sources, "-ts", texts], check=True, capture_output=True)
    assert texts.read_text("utf-8") == (FOLDER / texts.name).read_text("utf-8"), "run: python3 dev.py translate"
    compiled = texts.with_suffix(".qm")
    subprocess.run([TOOLS / "pyside6-lrelease", texts, "-qm", compiled], check=True, capture_output=True)
    assert compiled.read_bytes() == (FOLDER / compiled.name).read_bytes(), "run: python3 dev.py translate"


def test_german_is_shown(language: QApplication) -> None:
    assert translate_to(language, "de") == "de"
    assert QCoreApplication.translate("actions", "Undo") == "Rückgängig"
    assert QCoreApplication.translate("people", "%n photo(s)", "", 1) == "1 Foto"
    assert QCoreApplication.translate("people", "%n photo(s)", "", 2) == "2 Fotos"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    assert QLocale().language() == QLocale.Language.German


def test_english_counts_are_words(language: QApplication) -> None:
    assert translate_to(language, "en") == "en"
    assert QCoreApplication.translate("people", "%n photo(s)", "", 1) == "1 photo"
    assert QCoreApplication.translate("people", "%n photo(s)", "", 2) == "2 photos"


def test_an_unknown_language_of_the_system_means_english(
    language: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self: ["eo-XX", "eo"])
    assert translate_to(language, "system") == "en"
    monkeypatch.setattr(QLocale, "uiLanguages", lambda self: ["eo-XX", "de-AT", "de"])
    assert translate_to(language, "system") == "de"


def started(folder: Path, settings: str) -> "subprocess.CompletedProcess[str]":
    """What a program says that starts with a settings file."""
    (folder / "settings.toml").write_text(settings, "utf-8")
    own = {"FACEORGANIZER_CONFIG": str(folder / "settings.toml"), "HOME": str(folder), "PYTHONUTF8": "1"}
    environment = os.environ | own | {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder)}
    command = [sys.executable, "-c", WINDOW, str(folder / "library")]
    return subprocess.run(command, env=environment, cwd=REPO, capture_output=True, encoding="utf-8", timeout=60)


@pytest.mark.parametrize(("chosen", "undo"), [("de", "Rückgängig"), ("en", "Undo")])
def test_the_window_opens_in_the_language_that_was_chosen(tmp_path: Path, chosen: str, undo: str) -> None:
    ended = started(tmp_path, f'[window]\nlanguage = "{chosen}"\n')
    assert (ended.returncode, ended.stdout.strip()) == (0, undo), ended.stderr


def test_settings_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    ended = started(tmp_path, "[window")
    assert ended.returncode == 1
    assert "settings.toml" in ended.stdout
    assert ended.stderr == ""
    assert not (tmp_path / "library").exists()
