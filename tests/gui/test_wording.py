"""Errors in the language of the window, though those who raise them know English only."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from faceorganizer.domain.errors import FaceOrganizerError, UnreadablePhotoError
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.gui import error_texts
from faceorganizer.gui.decisions import plain
from faceorganizer.gui.resources import resource
from faceorganizer.gui.wording import said
from faceorganizer.library import Library

REPO = Path(__file__).resolve().parents[2]
SPOKEN = {
    "Nobody is named {0}.": "{0} heißt niemand.",
    "{0} could not be read: {1}.": "{1} ist der Grund, dass {0} nicht zu lesen war.",
    "the file is empty": "Leere",
    "The library has no person {0}.": "Eine Person {0} gibt es hier nicht.",
    "A layout knows no {{{0}{1}}}.": "Unbekannt: {{{0}{1}}}",
    "Face {0} {1}, as somebody said.": "Gesicht {0} {1}.",
    "is ignored": "wird ignoriert",
    "Restore it first.": "Erst zurückholen!",
}


class _Dictionary(QTranslator):
    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        return SPOKEN.get(source, "") if context == "errors" else ""

    def isEmpty(self) -> bool:  # noqa: N802
        return False


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translator = _Dictionary(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)
    translator.deleteLater()


@pytest.fixture(scope="module")
def collector() -> ModuleType:
    place = REPO / "packaging" / "collect_errors.py"
    specification = importlib.util.spec_from_file_location("collect_errors", place)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_the_table_is_up_to_date(collector: ModuleType) -> None:
    renewed = collector.table(collector.collected())
    assert Path(error_texts.__file__).read_text("utf-8") == renewed, "run python3 dev.py translate"


def test_all_ways_to_write_a_message_are_collected() -> None:
    assert {
        "Nobody is named {0}.",  # put together in place
        "the file is empty",  # a reason given to a class
        "{0} could not be read: {1}.",  # what the class makes of it
        "is ignored",  # a word chosen by a condition
        "it is no JSON",  # given to a function that makes the error
    } <= set(error_texts.TEMPLATES)


@pytest.mark.usefixtures("german")
def test_an_error_of_a_service_is_told_in_the_language_of_the_window(library: Library) -> None:
    with pytest.raises(FaceOrganizerError) as raised:
        library.people.find("Zoë {x}")
    assert plain(raised.value) == "Zoë {x} heißt niemand."
    with pytest.raises(FaceOrganizerError) as raised:
        library.people.get(PersonId(7))
    assert plain(raised.value) == "Eine Person 7 gibt es hier nicht."


def test_the_german_window_tells_errors_in_german(qapp: QApplication, library: Library) -> None:
    translator = QTranslator(qapp)
    assert translator.load("faceorganizer_de", str(resource("translations")))
    qapp.installTranslator(translator)
    with pytest.raises(FaceOrganizerError) as raised:
        library.people.find("Zoë")
    told = plain(raised.value)
    broken = plain(UnreadablePhotoError(Path("a.jpg"), "the file is empty"))
    qapp.removeTranslator(translator)
    translator.deleteLater()
    assert told == "Niemand heißt Zoë."
    assert broken == "a.jpg konnte nicht gelesen werden: die Datei ist leer."


@pytest.mark.usefixtures("german")
def test_words_within_a_sentence_are_translated_too(populate, library: Library) -> None:  # type: ignore[no-untyped-def]
    populate(2)
    library.faces.ignore([FaceId(1)])
    with pytest.raises(FaceOrganizerError) as raised:
        library.faces.confirm([FaceId(1)])
    assert plain(raised.value) == "Gesicht 1 wird ignoriert. Erst zurückholen!"


@pytest.mark.usefixtures("german")
def test_reasons_are_translated_and_names_of_files_are_not() -> None:
    assert plain(UnreadablePhotoError(Path("a: b.jpg"), "the file is empty")) == (
        "Leere ist der Grund, dass a: b.jpg nicht zu lesen war."
    )
    assert said("A layout knows no {whom:2}.") == "Unbekannt: {whom:2}"


@pytest.mark.usefixtures("german")
def test_what_nobody_translated_stays_as_it_is() -> None:
    assert said("Something else altogether.") == "Something else altogether."
    assert said("") == ""


def test_in_english_every_sentence_stays_as_it_is() -> None:
    for template in error_texts.TEMPLATES:
        text = template.format(*(f"{{{number}}}" for number in range(9)))
        assert said(text) == text
