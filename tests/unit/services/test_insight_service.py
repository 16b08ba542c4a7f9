"""Insight into a library: distances of faces, of people, quality."""

import numpy as np
import pytest
from review_library import People

from faceorganizer.domain.errors import CancelledError, UsageError
from faceorganizer.jobs.job import Job
from faceorganizer.library import Library


@pytest.fixture
def people(library: Library) -> People:
    return People(library._database, library._clustering.model)


def test_an_empty_library_has_nothing_to_measure(library: Library) -> None:
    with pytest.raises(UsageError, match="confirmed"):
        library.insight.distances()
    found = library.insight.people()
    assert (len(found.people), found.everybody, len(found.pairs)) == (0, 0, 0)
    assert library.insight.quality().faces == 0


def test_faces_of_one_person_are_nearer_than_those_of_two(library: Library, people: People) -> None:
    people.held(1, 6, "Anna")
    people.held(2, 4, "Ben")
    people.held(3, 5)
    seen = library.insight.distances()
    assert (seen.faces, seen.people) == (10, 2)
    assert seen.measured == (15 + 6, 24) == (seen.same_pairs, seen.different_pairs)
    middle = (seen.edges[:-1] + seen.edges[1:]) / 2
    assert np.average(middle, weights=seen.same) < np.average(middle, weights=seen.different) - 0.2
    assert seen.cut is not None
    assert 0.4 < seen.cut < 0.6


def test_the_line_is_that_of_the_present_grouping(library: Library, people: People) -> None:
    people.held(1, 6, "Anna")
    people.held(2, 4, "Ben")
    loose = library.insight.distances().cut
    library.settings.set("grouping.strangers", "0.01")
    strict = library.insight.distances().cut
    assert loose is not None
    assert strict is not None
    assert strict < loose
    library.cluster(options={"cut": "0.3"})
    assert library.insight.distances().cut == pytest.approx(0.3)
    library.cluster(method="chinese-whispers")
    assert library.insight.distances().cut is None


def test_shares_beyond_the_line_are_told(library: Library, people: People) -> None:
    people.held(1, 6, "Anna")
    people.held(2, 6, "Ben")
    library.cluster(options={"cut": "2.0"})
    seen = library.insight.distances()
    assert (seen.same_beyond, seen.different_within) == (0.0, 1.0)


def test_people_who_look_alike_lead_the_list(library: Library, people: People) -> None:
    anna, other = people.held(1, 6, "Anna"), people.held(1, 3)
    people.held(2, 5, "Ben")
    seen = library.insight.people()
    assert seen.everybody == 3
    assert len(seen.pairs) == 3
    first = seen.pairs[0]
    assert (first.first.id, first.second.id) == (anna, other)
    assert first.photos_together == 0
    ids = [record.id for record in seen.people]
    place = ids.index(anna), ids.index(other)
    assert abs(place[0] - place[1]) == 1
    assert seen.distances[place] == pytest.approx(first.distance, abs=1e-5)


def test_people_as_near_as_those_that_grouping_joins_are_marked(library: Library, people: People) -> None:
    people.held(1, 1, "Anna")
    people._looks.clear()  # the same look again
    people.held(1, 1)
    people.held(2, 2, "Ben")
    seen = library.insight.people()
    assert [pair.joins for pair in seen.pairs] == [True, False, False]
    assert seen.pairs[0].distance == pytest.approx(0, abs=1e-3)


def test_those_said_to_be_different_namesakes_and_the_hidden_are_not_listed(library: Library, people: People) -> None:
    anna, other, third = people.held(1, 6, "Anna"), people.held(1, 3), people.held(1, 3)
    library.review.different(anna, other)
    listed = {(pair.first.id, pair.second.id) for pair in library.insight.people().pairs}
    assert (anna, other) not in listed
    assert len(listed) == 2
    library.people.name(third, "anna", same=False)
    assert len(library.insight.people().pairs) == 1
    library.people.hide([other])
    seen = library.insight.people()
    assert len(seen.pairs) == 0
    assert seen.everybody == 2


def test_faces_that_must_not_be_together_part_their_people(library: Library, people: People) -> None:
    anna = people.faces(1, 4)
    people.hold(anna, "Anna")
    second = people.faces(1, 2)
    people.hold(second)
    with library._database.write("test") as unit:
        unit.people.link([(anna[0], second[0])], "cannot", "test")
    assert library.insight.people().pairs == []


def test_photos_that_show_both_are_counted(library: Library, people: People) -> None:
    together = [people.photo(1, 2) for _ in range(3)]
    people.hold([pair[0] for pair in together] + people.faces(1, 2), "Anna")
    people.hold([pair[1] for pair in together], "Ben")
    (pair,) = library.insight.people().pairs
    assert pair.photos_together == 3


def test_a_matrix_holds_those_with_most_faces(library: Library, people: People) -> None:
    numbers = [people.held(who, 2 + who) for who in range(5)]
    seen = library.insight.people(most=2, pairs=4)
    assert {record.id for record in seen.people} == set(numbers[-2:])
    assert seen.distances.shape == (2, 2)
    assert (seen.everybody, len(seen.pairs)) == (5, 4)
    with pytest.raises(UsageError):
        library.insight.people(most=2001)
    with pytest.raises(UsageError):
        library.insight.people(pairs=-1)


def test_quality_is_told_by_who_holds_the_faces(library: Library, people: People) -> None:
    people.held(1, 6, "Anna")
    people.held(2, 3)
    people.faces(3, 2)
    seen = library.insight.quality()
    assert (seen.named.sum(), seen.groups.sum(), seen.nobody.sum()) == (6, 3, 2)
    assert seen.faces == 11
    assert seen.below == 0
    library.settings.set("grouping.least_quality", "0.9")
    assert library.insight.quality().below == 11


def test_looking_can_be_stopped(library: Library, people: People) -> None:
    people.held(1, 6, "Anna")
    for look in (library.insight.distances, library.insight.people):
        job = Job()
        job.cancel()
        with pytest.raises(CancelledError), job:
            look(job)
