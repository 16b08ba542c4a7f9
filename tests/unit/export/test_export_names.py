"""Templates for names, and names that every file system takes."""

import unicodedata
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from faceorganizer.domain.errors import UsageError
from faceorganizer.domain.export import CROP_LAYOUT, LAYOUTS
from faceorganizer.export.names import Template, Values, numbered, safe_name, same_place, unlike

TAKEN = datetime(2012, 5, 9, 17, 3, 1)
VALUES = Values(
    person="Anna", people="Anna, Ben", album="Summer", original="IMG_1", taken=TAKEN, camera="Canon", face="7"
)
DEVICES = ["con", "PRN", "aux", "nul", "com1", "LPT9", "com¹", "conin$"]


@pytest.mark.parametrize(
    ("template", "path"),
    [
        ("{person}/{original}", "Anna/IMG_1.jpg"),
        ("{person}/{year}/{original}", "Anna/2012/IMG_1.jpg"),
        ("{date:%Y/%m}/{original}", "2012/05/IMG_1.jpg"),
        ("{album}/{date:%Y-%m-%d} {index:04}", "Summer/2012-05-09 0003.jpg"),
        ("{date}_{people}_{camera}-{face}", "2012-05-09_Anna, Ben_Canon-7.jpg"),
        ("a{{b}}/{original}{index}", "a{b}/IMG_13.jpg"),
        ("{date:%H.%M}%", "17.03%.jpg"),
        ("{date:100%% %d}", "100% 09.jpg"),
    ],
)
def test_a_template_is_filled(template: str, path: str) -> None:
    assert Template(template).path(VALUES, ".jpg", 3) == path


def test_what_is_not_known_has_a_name() -> None:
    assert Template("{year}/{person}/{date:%d}").path(Values(), ".HEIC", 1) == "undated/nobody/undated.HEIC"


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("", "names no field"),
        ("photos", "names no field"),
        ("{", "cannot be read"),
        ("{original", "cannot be read"),
        ("{}", "knows no"),
        ("{0}", "knows no"),
        ("{pet}", "There are {person}"),
        ("{person.__class__}", "knows no"),
        ("{person[0]}", "knows no"),
        ("{person!r}", "knows no"),
        ("{person:>99999999}", "takes no form"),
        ("{index:d}", "number of digits"),
        ("{index:0999999999}", "number of digits"),
        ("{date:%Q}", "no form of a date"),
        ("{date:%}", "no form of a date"),
        ("{date:{year}}", "no form of a date"),
        ("/{original}", "without a name"),
        ("{person}/", "without a name"),
        ("../{original}", "without a name"),
        ("{person}/./{original}", "without a name"),
        ("{person}//{original}", "without a name"),
        ("{person}\\{original}", "between its folders"),
    ],
)
def test_what_is_no_template_is_told(template: str, said: str) -> None:
    with pytest.raises(UsageError) as told:
        Template(template)
    assert said in str(told.value)


def test_known_layouts_are_templates() -> None:
    for layout in (*LAYOUTS.values(), CROP_LAYOUT):
        assert Template(layout).path(VALUES, ".jpg", 1).endswith(".jpg")


@given(st.text())
def test_any_text_is_a_template_or_wrong_usage(text: str) -> None:
    try:
        path = Template(text).path(VALUES, ".jpg", 1)
    except UsageError:
        return
    assert not path.startswith("/")
    assert all(part.strip(". ") for part in path.split("/"))


def is_safe(name: str) -> bool:
    return (
        bool(name)
        and len(name.encode()) <= 255
        and len(name.encode("utf-16-le")) <= 2 * 255
        and not set(name) & set('<>:"/\\|?*')
        and not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in name)
        and name == name.strip(" ")
        and not name.endswith(".")
        and not name.startswith(".")
        and name.split(".")[0].rstrip(" ").lower() not in {device.lower() for device in DEVICES}
        and unicodedata.is_normalized("NFC", name)
    )


@given(st.text(), st.sampled_from(["", ".jpg", ".JPEG", ".tar.gz", ". x", ".\u202egpj"]))
@example("CON", "")
@example("con", ".jpg")
@example("con .x", ".jpg")
@example("...", "")
@example("a" * 300, ".jpg")
@example("\U0001f468\u200d\U0001f469" * 100, ".jpg")
@example("e" + "\u0301" * 400, "")
@example("a. ", "")
@example("\udcff", ".jpg")
def test_any_text_becomes_a_safe_name(text: str, suffix: str) -> None:
    name = safe_name(text, suffix)
    assert is_safe(name)
    assert safe_name(name) == name or suffix
    for number in (2, 1234):
        assert is_safe(numbered(name, number))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna", "Anna"),
        ("Zoë", "Zoë"),
        (unicodedata.normalize("NFD", "Zoë"), "Zoë"),
        ("Ann/Ben\\C:D", "Ann_Ben_C_D"),
        ("<script>", "_script_"),
        ("..", "_"),
        (".hidden", "_hidden"),
        ("tail. .", "tail"),
        ("NUL.txt", "_NUL.txt"),
        ("\U0001f468\u200d\U0001f469", "\U0001f468\u200d\U0001f469"),
        ("a\u202eb", "a_b"),
        ("  ", "_"),
    ],
)
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_paths_that_some_file_system_takes_for_one() -> None:
    spellings = ["Zoë/STRASSE.jpg", unicodedata.normalize("NFD", "zoë") + "/straße.JPG", "ZOË/stra\u200csse.jpg"]
    assert len({same_place(path) for path in spellings}) == 1
    assert same_place("Anna/1.jpg") != same_place("Anna/2.jpg")


def test_people_who_read_the_same_have_folders_of_their_own() -> None:
    assert unlike({3: "anna", 1: "Anna", 2: "A:B", 5: "A/B", 4: "Anna (2)"}) == {
        1: "Anna",
        2: "A_B",
        3: "anna (2)",
        4: "Anna (2) (2)",
        5: "A_B (2)",
    }


def test_another_path_for_the_same_name() -> None:
    assert [numbered("a.b/c.d.jpg", number) for number in (1, 2)] == ["a.b/c.d.jpg", "a.b/c.d (2).jpg"]
    assert numbered("a.b/c", 2) == "a.b/c (2)"


def test_a_file_is_known_again_whatever_its_number() -> None:
    template = Template("{person}/{index:03}")
    assert template.key(VALUES, ".jpg") == "Anna/\0.jpg"
    assert template.path(VALUES, ".jpg", 12) == "Anna/012.jpg"
