"""Rules as they are said."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from faceorganizer.domain.albums import PhotoQuery
from faceorganizer.domain.ids import PersonId
from faceorganizer.gui.rules import in_words

ANNA, BEN, CARL = PersonId(1), PersonId(2), PersonId(3)
NAMES = {ANNA: "Anna", BEN: "Ben", CARL: "Carl"}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale("en_GB"))
    yield
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        (PhotoQuery(), "All photos"),
        (
            PhotoQuery(all_of=[ANNA, BEN], without=[CARL], taken_from=date(2019, 1, 1), taken_to=date(2021, 12, 31)),
            "Anna and Ben, without Carl, 2019–2021",
        ),
        (PhotoQuery(any_of=[ANNA]), "Anna"),
        (PhotoQuery(any_of=[ANNA, BEN]), "Anna or Ben"),
        (PhotoQuery(any_of=[ANNA, BEN, CARL]), "Anna, Ben or Carl"),
        (PhotoQuery(only=[ANNA]), "Only Anna"),
        (PhotoQuery(taken_from=date(2020, 1, 1), taken_to=date(2020, 12, 31)), "2020"),
        (PhotoQuery(taken_from=date(2020, 2, 1)), "Since 01/02/2020"),
        (PhotoQuery(taken_to=date(2020, 2, 1)), "Until 01/02/2020"),
        (PhotoQuery(max_faces=0), "Nobody in them"),
        (PhotoQuery(min_faces=3, max_faces=5), "3 to 5 faces"),
        (PhotoQuery(unnamed=True, folder=Path("/pictures/Rome")), "With somebody unnamed, in Rome"),
        (PhotoQuery(all_of=[PersonId(99)]), "Somebody unnamed"),
    ],
)
def test_a_rule_is_said_as_one_would(query: PhotoQuery, words: str) -> None:
    assert in_words(query, NAMES) == words


PEOPLE = st.lists(st.sampled_from([ANNA, BEN, CARL, PersonId(7)]), max_size=3)
DAYS = st.one_of(st.none(), st.dates())
COUNTS = st.one_of(st.none(), st.integers(0, 20))


@given(
    st.builds(
        PhotoQuery, any_of=PEOPLE, all_of=PEOPLE, only=PEOPLE, without=PEOPLE, taken_from=DAYS, taken_to=DAYS,
        min_faces=COUNTS, max_faces=COUNTS, unnamed=st.booleans(), no_faces=st.booleans(),
    )
)  # fmt: skip
def test_whatever_is_asked_is_said(query: PhotoQuery) -> None:
    words = in_words(query, NAMES)
    assert words
    assert (words == "All photos") == (query == PhotoQuery())
