import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from faceorganizer.domain.errors import SettingError
from faceorganizer.domain.pictures import Detail
from faceorganizer.settings.keys import (
    Scope,
    check,
    entries,
    find,
    keys,
    library_settings,
    library_values,
    parse,
    plain,
    value_of,
    with_value,
)
from faceorganizer.settings.model import AppSettings, LibrarySettings

NAMES = st.sampled_from([key.name for key in keys()])
GARBAGE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner),
    max_leaves=5,
)


def test_every_setting_is_described_and_its_default_is_allowed() -> None:
    for key in keys():
        assert key.description.endswith(".")
        assert key.allowed
        assert check(key.name, key.default) == key.default


def test_the_names() -> None:
    names = {key.name: key.scope for key in keys()}
    assert names["scan.jobs"] is Scope.APPLICATION
    assert names["grouping.strangers"] is Scope.LIBRARY
    assert len(names) == len(keys())


def test_listing_shows_values() -> None:
    settings = with_value(AppSettings(), "scan.jobs", 3)
    values = {entry.key.name: entry.value for entry in entries(settings)}
    assert values["scan.jobs"] == 3
    assert values["scan.max_megapixels"] == 250
    assert {name.partition(".")[0] for name in values} == {"scan", "cache", "metadata", "window"}
    assert {entry.key.scope for entry in entries(LibrarySettings())} == {Scope.LIBRARY}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("scan.jobs", " 3 ", 3),
        ("scan.hidden", "TRUE", True),
        ("scan.hidden", "off", False),
        ("scan.follow_links", "0", False),
        ("scan.max_megapixels", "12", 12.0),
        ("scan.max_megapixels", "1e2", 100.0),
        ("scan.exclude", "*.tmp, Pictures/old ,", ("*.tmp", "Pictures/old")),
        ("scan.exclude", '["a,b", "ö"]', ("a,b", "ö")),
        ("scan.exclude", "", ()),
        ("scan.exclude", "[]", ()),
        ("vision.detail", "thorough", Detail.THOROUGH),
        ("vision.aligner", "5-point", "5-point"),
        ("vision.min_score", "-0.5", -0.5),
        ("grouping.strangers", "0.25", 0.25),
    ],
)
def test_texts_become_values(name: str, text: str, value: object) -> None:
    parsed = parse(name, text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("name", "text", "allowed"),
    [
        ("scan.jobs", "many", "a whole number of at least 0"),
        ("scan.jobs", "-1", "at least 0"),
        ("scan.jobs", "2.5", "a whole number"),
        ("scan.jobs", "", "a whole number"),
        ("scan.jobs", "9" * 5000, "at most 1000"),
        ("scan.hidden", "perhaps", "true or false"),
        ("scan.max_megapixels", "nan", "a number above 0"),
        ("scan.max_megapixels", "inf", "a number above 0"),
        ("scan.max_megapixels", "0", "above 0"),
        ("scan.exclude", '["a"', "a list of texts"),
        ("scan.exclude", '["a", 1]', "a list of texts"),
        ("scan.exclude", '["a", ""]', "none of them empty"),
        ("scan.exclude", "[" * 100_000, "a list of texts"),
        ("scan.exclude", "a\0b", "a list of texts"),
        ("scan.exclude", "a\udcff", "a list of texts"),
        ("vision.detail", "huge", "one of fast, balanced, thorough"),
        ("vision.aligner", "6-point", "one of 68-point, 5-point"),
        ("grouping.strangers", "0", "above 0"),
        ("grouping.least_quality", "1.5", "at most 1"),
    ],
)
def test_wrong_texts_are_told_what_is_allowed(name: str, text: str, allowed: str) -> None:
    with pytest.raises(SettingError, match=name) as caught:
        parse(name, text)
    assert allowed in str(caught.value)
    assert len(str(caught.value)) < 250
    str(caught.value).encode()


@pytest.mark.parametrize(("name", "close"), [("scan.job", "scan.jobs"), ("neighbours", "grouping.neighbours")])
def test_unknown_names_get_the_closest(name: str, close: str) -> None:
    with pytest.raises(SettingError, match="no setting") as caught:
        find(name)
    assert close in caught.value.advice


@pytest.mark.parametrize(
    "name", ["", ".", "scan", "scan.", "scan.jobs.more", "qqqqqqqq", "__class__.jobs", "x" * 10_000]
)
def test_unknown_names_are_errors(name: str) -> None:
    for ask in (find, lambda name: parse(name, "1"), lambda name: with_value(AppSettings(), name, 1)):
        with pytest.raises(SettingError):
            ask(name)


def test_scopes_do_not_mix() -> None:
    with pytest.raises(SettingError, match="kept in the library"):
        value_of(AppSettings(), "vision.detail")
    with pytest.raises(SettingError, match="application's settings"):
        with_value(LibrarySettings(), "scan.jobs", 1)


def test_settings_do_not_change_in_place() -> None:
    before = AppSettings()
    after = with_value(before, "scan.jobs", 5)
    assert (before.scan.jobs, after.scan.jobs) == (0, 5)
    with pytest.raises(ValidationError):
        after.scan.jobs = 6


@pytest.mark.parametrize("value", [True, "3", 3.0, None, [3], 10**30])
def test_values_are_not_converted(value: object) -> None:
    with pytest.raises(SettingError):
        check("scan.jobs", value)


def test_library_settings_survive_json() -> None:
    settings = with_value(LibrarySettings(), "vision.detail", "fast")
    settings = with_value(settings, "grouping.strangers", 1)
    stored = json.loads(json.dumps(library_values(settings)))
    assert stored["vision.detail"] == "fast"
    assert library_settings(stored) == settings
    assert library_settings({}) == LibrarySettings()


def test_unknown_keys_of_a_library_are_passed_over() -> None:
    assert library_settings({"future.thing": [1], "scan.jobs": 7, "grouping.neighbours": 5}).grouping.neighbours == 5


def test_wrong_value_in_a_library_is_named() -> None:
    with pytest.raises(SettingError, match=r"grouping\.neighbours"):
        library_settings({"grouping.neighbours": "many"})


@given(name=NAMES | st.text(), text=st.text() | st.text("[]\"',. 0123456789-einfatrue"))
def test_any_text_is_a_value_or_a_setting_error(name: str, text: str) -> None:
    try:
        value = parse(name, text)
    except SettingError as error:
        str(error).encode()
    else:
        assert check(name, plain(value)) == value


@given(name=NAMES, value=GARBAGE)
def test_any_value_fits_or_is_a_setting_error(name: str, value: Any) -> None:
    try:
        fit = check(name, value)
    except SettingError as error:
        str(error).encode()
    else:
        json.dumps(plain(fit), allow_nan=False).encode()


@given(
    values=st.fixed_dictionaries(
        {},
        optional={
            "grouping.strangers": st.floats(0.01, 1000),
            "vision.detail": st.sampled_from(list(Detail)),
            "grouping.neighbours": st.integers(1, 1000),
        },
    )
)
def test_library_round_trip(values: dict[str, Any]) -> None:
    settings = library_settings(values)
    assert library_settings(json.loads(json.dumps(library_values(settings)))) == settings
