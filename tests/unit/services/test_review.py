"""Suggestions and questions on libraries of invented people."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
import pytest
from review_library import People, look

from faceorganizer.db.database import Database
from faceorganizer.domain.changes import ChangeSet
from faceorganizer.domain.errors import UnknownIdError, UsageError
from faceorganizer.domain.faces import AssignmentSource
from faceorganizer.domain.ids import FaceId, PersonId
from faceorganizer.domain.pictures import FileState
from faceorganizer.domain.review import AreSame, HoldsTwo, IsPerson, Question, Suggestion, WhoIs
from faceorganizer.library import Library
from faceorganizer.services.review import ReviewService

ANNA, BEN, CARL, DORA = 1, 2, 3, 4


@pytest.fixture
def people(library: Library, database: Database) -> People:
    return People(database, library._clustering.model)


def ids(suggestions: Sequence[Suggestion]) -> list[int]:
    return [suggestion.person for suggestion in suggestions]


def told(review: ReviewService) -> dict[tuple[int | None, int | None, int], float]:
    return {
        (one.face, one.group, suggestion.person): suggestion.probability
        for one in review.suggest_all()
        for suggestion in one.suggestions
    }


def asked(library: Library, kind: type[Question]) -> list[Question]:
    return [question for question in library.review.queue() if isinstance(question, kind)]


def test_a_face_is_suggested_to_be_the_person_it_looks_like(library: Library, people: People) -> None:
    anna, _ = people.held(ANNA, 6, "Anna"), people.held(BEN, 6, "Ben")
    (face,) = people.faces(ANNA, 1)
    (found,) = library.review.suggestions(face)
    assert (found.person, found.name) == (anna, "Anna")
    assert found.probability > 0.9


def test_a_stranger_is_nobody(library: Library, people: People) -> None:
    people.held(ANNA, 6, "Anna")
    (face,) = people.faces(CARL, 1)
    assert library.review.suggestions(face) == ()
    assert library.review.suggest_all() == []


def test_groups_and_faces_are_suggested_alike(library: Library, people: People) -> None:
    anna = people.held(ANNA, 6, "Anna")
    group, (face,) = people.held(ANNA, 3), people.faces(ANNA, 1)
    assert ids(library.review.suggestions_for_group(group)) == [anna]
    found = library.review.suggest_all()
    assert {(one.face, one.group, one.faces) for one in found} == {(face, None, 1), (None, group, 3)}
    assert all(ids(one.suggestions) == [anna] for one in found)


def test_who_holds_a_face_is_judged_by_the_others(library: Library, people: People) -> None:
    anna, ben = people.held(ANNA, 5, "Anna"), people.held(BEN, 5, "Ben")
    (wrong,) = people.faces(BEN, 1)
    library.faces.move([wrong], anna)
    assert ids(library.review.suggestions(wrong)) == [ben]
    right = library.faces.list(person=anna)[0].face
    assert ids(library.review.suggestions(right)) == [anna]
    assert library.review.suggestions_for_group(anna) == ()


def test_a_library_without_faces_asks_nothing(library: Library) -> None:
    assert library.review.queue() == []
    assert library.review.suggest_all() == []
    with pytest.raises(UnknownIdError):
        library.review.suggestions(FaceId(1))
    with pytest.raises(UnknownIdError):
        library.review.suggestions_for_group(PersonId(1))


def test_what_was_rejected_never_comes_back(library: Library, people: People) -> None:
    anna = people.held(ANNA, 6, "Anna")
    (face,) = people.faces(ANNA, 1)
    group = people.held(ANNA, 3)
    assert {type(question) for question in library.review.queue()} == {IsPerson}
    library.faces.reject([face], anna)
    assert library.review.suggestions(face) == ()
    assert [question.group for question in asked(library, IsPerson)] == [group]
    library.faces.reject([record.face for record in library.faces.list(person=group)], anna)
    assert library.review.suggestions_for_group(group) == ()
    assert [type(question) for question in library.review.queue()] == [WhoIs]
    people.faces(ANNA, 1)
    library.review.forget()
    assert face not in [record for question in asked(library, IsPerson) for record in question.faces]


def test_rejected_faces_stay_out_of_the_question_about_their_group(library: Library, people: People) -> None:
    anna, group = people.held(ANNA, 6, "Anna"), people.held(ANNA, 4)
    first, *others = [record.face for record in library.faces.list(person=group)]
    with library._database.write("reject") as unit:
        unit.people.reject([(first, anna)], "test")
    library.events.changed(unit.changes)
    (question,) = asked(library, IsPerson)
    assert sorted((*question.faces, *question.doubtful)) == others


def test_nobody_is_twice_in_a_photo(library: Library, people: People) -> None:
    anna = people.held(ANNA, 6, "Anna")
    first, second = people.photo(ANNA, ANNA)
    assert ids(library.review.suggestions(first)) == [anna]
    (question,) = asked(library, IsPerson)
    assert len(question.faces) == 1  # of two faces in one photo the likelier one
    library.faces.confirm([first], anna)
    assert library.review.suggestions(second) == ()
    assert library.review.queue() == []
    library.faces.same_photo_same_person(first, second)
    with library._database.read() as unit:
        held = unit.people.of_faces([second])
    assert held == {second: anna} or ids(library.review.suggestions(second)) == [anna]


def test_nobody_is_in_a_photo_older_than_they_are(library: Library, people: People) -> None:
    anna = people.held(ANNA, 6, "Anna", taken="2015-06-01T12:00:00")
    before, after, unknown = (
        people.faces(ANNA, 1, taken=taken)[0] for taken in ("1999-12-31T00:00:00", "2014-01-01T00:00:00", None)
    )
    assert ids(library.review.suggestions(before)) == [anna]
    library.people.birth_date(anna, date(2000, 1, 1))
    assert library.review.suggestions(before) == ()
    assert ids(library.review.suggestions(after)) == [anna]
    assert ids(library.review.suggestions(unknown)) == [anna]
    (question,) = asked(library, IsPerson)
    assert set(question.faces) == {after, unknown}


def test_years_count_where_a_child_is_concerned(library: Library, people: People) -> None:
    anna = people.held(ANNA, 3, "Anna", taken="2015-06-01T12:00:00")
    (face,) = people.faces(ANNA, 1, taken="2005-06-01T12:00:00")
    (grown,) = library.review.suggestions(face)
    library.people.birth_date(anna, date(2002, 1, 1))
    (child,) = library.review.suggestions(face)
    assert child.probability < grown.probability
    library.people.birth_date(anna, date(1970, 1, 1))
    assert library.review.suggestions(face) == (grown,)


def test_hidden_people_are_named_only_when_asked_for(library: Library, people: People) -> None:
    anna = people.held(ANNA, 6, "Anna")
    (face,), group = people.faces(ANNA, 1), people.held(CARL, 3)
    people.held(ANNA, 3)  # which is nothing to ask about either
    library.people.hide([anna, group])
    assert library.review.suggestions(face) == ()
    assert library.review.suggest_all() == library.review.queue() == []
    assert ids(library.review.suggestions(face, hidden=True)) == [anna]
    assert [ids(one.suggestions) for one in library.review.suggest_all(hidden=True)] == [[anna], [anna]]


def test_descriptors_of_other_models_are_not_compared(library: Library, people: People, database: Database) -> None:
    people.held(ANNA, 6, "Anna")
    library.settings.set("vision.aligner", "5-point")
    other = library._clustering.model
    assert library.review.queue() == []
    (face,) = people.photo(ANNA, model=other)
    assert library.review.suggestions(face) == ()
    library.settings.set("vision.aligner", "68-point")
    assert library.review.suggestions(face) == ()
    (plain,) = people.faces(ANNA, 1)
    library.review.forget()
    assert len(library.review.suggestions(plain)) == 1


def test_only_present_and_active_faces_count(library: Library, people: People, database: Database) -> None:
    people.held(ANNA, 6, "Anna")
    face, other = people.faces(ANNA, 2)
    library.faces.ignore([face])
    assert library.review.suggestions(face) == ()
    assert [one.face for one in library.review.suggest_all()] == [other]
    library.faces.restore([face])
    assert len(library.review.suggest_all()) == 2
    with database.write() as unit:
        unit.files.set_state(
            [file.id for root in unit.roots.all() for file in unit.files.of_root(root.id)][-1:], FileState.MISSING
        )
    library.events.changed(unit.changes)
    assert [one.face for one in library.review.suggest_all()] == [face]


def test_forgotten_faces_are_compared_no_more(library: Library, people: People) -> None:
    anna, _ = people.held(ANNA, 6, "Anna"), people.held(BEN, 6, "Ben")
    of_anna, of_ben = people.faces(ANNA, 1)[0], people.faces(BEN, 1)[0]
    assert library.review.suggestions(of_anna)
    library.forget_faces(anna)
    assert library.review.suggestions(of_anna) == ()
    assert library.review.suggestions(of_ben)
    library.forget_faces()
    assert library.review.suggest_all() == library.review.queue() == []


def test_a_restored_copy_is_read_anew(library: Library, people: People) -> None:
    people.held(ANNA, 6, "Anna")
    (face,) = people.faces(ANNA, 1)
    before = library.review.suggestions(face)
    copy = library.backup()
    library.faces.reject([face], before[0].person)
    assert library.review.suggestions(face) == ()
    library.restore(copy)
    assert library.review.suggestions(face) == before


def test_questions_come_by_what_they_settle(library: Library, people: People) -> None:
    anna = people.held(ANNA, 6, "Anna")
    small, large, unknown = people.held(ANNA, 2), people.held(ANNA, 7), people.held(CARL, 5)
    loose = people.faces(ANNA, 4)
    questions = library.review.queue()
    assert [type(question) for question in questions] == [IsPerson, IsPerson, WhoIs, IsPerson]
    assert [getattr(question, "group", None) for question in questions] == [large, None, unknown, small]
    first, second, third, _ = questions
    assert isinstance(first, IsPerson)
    assert isinstance(second, IsPerson)
    assert first.settles == pytest.approx(first.probability * len(first.faces))
    assert (first.person, ids(first.candidates), sorted(second.faces)) == (anna, [anna], loose)
    assert second.settles == pytest.approx(sum(library.review.suggestions(face)[0].probability for face in loose))
    assert third.settles == 2.5


def test_doubtful_faces_are_set_apart(library: Library, people: People) -> None:
    people.held(ANNA, 8, "Anna")
    right, (odd,) = people.faces(ANNA, 6), people.faces(CARL, 1)
    group = people.hold([*right, odd])
    (question,) = asked(library, IsPerson)
    assert question.group == group
    assert sorted(question.faces) == sorted(right)
    assert question.doubtful == (odd,)
    chances = [library.review.suggestions(face)[0].probability for face in question.faces]
    assert chances == sorted(chances)


def test_answers_shorten_the_queue_and_move_nothing_else(library: Library, people: People) -> None:
    names = {ANNA: "Anna", BEN: "Ben", CARL: "Carl"}
    for who, name in names.items():
        people.held(who, 6, name)
        people.held(who, 2 + who)
        people.faces(who, who)
    people.held(DORA, 4)
    questions = library.review.queue()
    keys = [question.key for question in questions]
    assert len(keys) == 7
    for answered in (2, 0, 3):
        question = next(q for q in library.review.queue() if q.key == keys[answered])
        if isinstance(question, IsPerson) and answered:
            library.faces.confirm(question.faces, question.person)
        elif isinstance(question, IsPerson):
            library.faces.reject(question.faces, question.person)
        left = [question.key for question in library.review.queue()]
        assert keys[answered] not in left
        assert [key for key in left if key in keys] == [key for key in keys if key in left]


def test_a_named_group_is_settled(library: Library, people: People) -> None:
    group = people.held(DORA, 4)
    (question,) = library.review.queue()
    assert isinstance(question, WhoIs)
    assert question.key == ("who", group, 0)
    library.people.name(group, "Dora")
    assert library.review.queue() == []


def test_two_groups_of_one_person_are_proposed_to_be_merged(library: Library, people: People) -> None:
    large, small = people.held(DORA, 5), people.held(DORA, 3)
    (question,) = asked(library, AreSame)
    assert (question.first, question.second, question.names) == (large, small, (None, None))
    assert question.settles == pytest.approx(3 * question.probability)
    library.people.merge([large, small])
    assert [type(question) for question in library.review.queue()] == [WhoIs]


def test_different_people_are_never_asked_about_again(library: Library, people: People, database: Database) -> None:
    first, second = people.held(DORA, 5), people.held(DORA, 3)
    assert asked(library, AreSame)
    changes = library.review.different(first, second)
    assert changes.step == "different people"
    assert asked(library, AreSame) == []
    with database.read() as unit:
        assert len(unit.people.rejections()) == 8
        assert [kind for _, _, kind in unit.people.links()] == ["cannot"]
    library.undo()
    assert asked(library, AreSame)
    library.redo()
    assert asked(library, AreSame) == []
    more = people.faces(DORA, 20)  # so that most of its faces were never asked about
    with database.write() as unit:
        unit.people.assign(more, first, AssignmentSource.AUTOMATIC)
    library.review.forget()
    assert asked(library, AreSame) == []
    library.people.name(first, "Dora")
    assert asked(library, IsPerson) == []


def test_named_people_are_proposed_only_when_they_are_very_alike(library: Library, people: People) -> None:
    anna, other = people.held(ANNA, 8, "Anna"), people.held(ANNA, 4, "A. Meyer")
    people.held(BEN, 4, "Ben")
    people.held(BEN, 3, "BEN")  # somebody said that two people have this name
    (question,) = library.review.queue()
    assert isinstance(question, AreSame)
    assert {question.first, question.second} == {anna, other}
    assert question.names == ("Anna", "A. Meyer")
    library.review.different(anna, other)
    assert library.review.queue() == []


def test_a_person_that_holds_two_is_proposed_to_be_parted(library: Library, people: People) -> None:
    faces, others = people.faces(ANNA, 7), people.faces(BEN, 4)
    mixed = people.hold([*faces, *others], "Anna")
    (question,) = library.review.queue()
    assert isinstance(question, HoldsTwo)
    assert (question.person, question.name, question.parts) == (mixed, "Anna", (tuple(faces), tuple(others)))
    assert question.settles == pytest.approx(4 * question.probability)
    library.people.split(mixed, question.parts[1])
    assert [type(question) for question in library.review.queue()] == [WhoIs]


def test_one_person_is_not_asked_about_again(library: Library, people: People, database: Database) -> None:
    faces, others = people.faces(ANNA, 7), people.faces(BEN, 4)
    mixed = people.hold([*faces, *others])
    (question,) = asked(library, HoldsTwo)
    before = library.review.queue()
    changes = library.review.one_person(mixed, question.parts)
    library.undo()
    assert library.review.queue() == before
    library.redo()
    assert changes.step == "one person"
    assert asked(library, HoldsTwo) == []
    assert {face.assignment for face in library.faces.list(person=mixed)} == {AssignmentSource.CONFIRMED}
    with pytest.raises(UsageError):
        library.review.one_person(mixed, [faces])
    with pytest.raises(UsageError):
        library.review.one_person(mixed, [faces, people.faces(CARL, 1)])


def test_wrong_answers_are_refused(library: Library, people: People) -> None:
    anna = people.held(ANNA, 3, "Anna")
    with pytest.raises(UsageError):
        library.review.different(anna, anna)
    with pytest.raises(UnknownIdError):
        library.review.different(anna, PersonId(99))
    with pytest.raises(UnknownIdError):
        library.review.one_person(PersonId(99), [[FaceId(1)], [FaceId(2)]])


def test_the_same_library_asks_the_same(library: Library, people: People) -> None:
    for who, name in ((ANNA, "Anna"), (BEN, "Ben")):
        people.held(who, 6, name)
        people.held(who, 3)
        people.faces(who, 2)
    before = library.review.queue()
    again = Library(library._database).review
    assert again.queue() == before
    assert again.suggest_all() == library.review.suggest_all()


@pytest.mark.parametrize("seed", range(4))
def test_following_changes_ends_where_starting_anew_does(
    library: Library, people: People, database: Database, seed: int
) -> None:
    random = np.random.default_rng(seed)
    persons = [people.held(who, 5, f"Person {who}") for who in range(1, 6)]
    for who in range(1, 8):
        people.held(who, 3)
        people.faces(who, 2)
    library.review.queue()
    for step in range(16):
        faces = [record.face for record in library.faces.list()]
        face, person = FaceId(int(random.choice(faces))), PersonId(int(random.choice(persons)))
        match step % 8:
            case 0:
                library.faces.move([face], person)
            case 1:
                library.faces.reject([face], person)
            case 2:
                library.faces.ignore([face])
            case 3:
                groups = [record.id for record in library.people.list() if record.name is None]
                library.people.name(PersonId(int(random.choice(groups))), f"New {step}")
            case 4:
                library.people.birth_date(person, date(1990, 1, 1))
            case 5:
                library.faces.move([face])
            case 6:
                people.faces(int(random.integers(1, 8)), 1)
                library.events.changed(ChangeSet(ids={"file": frozenset({1})}))
            case _:
                with database.write() as unit:
                    files = [file.id for root in unit.roots.all() for file in unit.files.of_root(root.id)]
                    unit.files.set_state([random.choice(files)], FileState.MISSING)
                library.events.changed(unit.changes)
        if step % 2:
            library.review.queue()
    followed, anew = library.review, Library(library._database).review
    # Products of matrices round differently in other shapes.
    assert told(followed) == pytest.approx(told(anew), abs=1e-4)
    settled = {question.key: question.settles for question in followed.queue()}
    assert settled == pytest.approx({question.key: question.settles for question in anew.queue()}, abs=1e-3)


def test_threads_may_ask_while_another_one_decides(library: Library, people: People) -> None:
    anna = people.held(ANNA, 6, "Anna")
    groups = [people.held(ANNA, 2) for _ in range(6)]
    people.held(CARL, 3)

    def ask() -> None:
        for _ in range(8):
            library.review.queue()
            library.review.suggest_all()

    with ThreadPoolExecutor(2) as pool:
        asking = [pool.submit(ask) for _ in range(2)]
        for group in groups:
            library.people.merge([anna, group])
        for done in asking:
            done.result()
    assert [type(question) for question in library.review.queue()] == [WhoIs]


def test_nothing_is_assigned_unless_somebody_turned_it_on(library: Library, people: People) -> None:
    people.held(ANNA, 6, "Anna")
    people.faces(ANNA, 1)
    assert library.settings.get("review.automatic_from") == 0.0
    assert not library.review.assign_automatically()
    assert library.people.list()[0].faces == 6


def test_sure_suggestions_are_followed_where_that_is_turned_on(
    library: Library, people: People, database: Database
) -> None:
    anna = people.held(ANNA, 6, "Anna")
    (face,), group = people.faces(ANNA, 1), people.held(ANNA, 3)
    (odd,) = people.faces(CARL, 1)
    twice = people.photo(ANNA, ANNA)
    (said,) = people.faces(ANNA, 1)
    library.faces.reject([said], anna)
    library.settings.set("review.automatic_from", "0.8")
    changes = library.review.assign_automatically()
    assert changes.step == ""
    held = {record.face: record.assignment for record in library.faces.list(person=anna)}
    assert len(held) == 6 + 1 + 3 + 1
    assert held[face] is AssignmentSource.AUTOMATIC
    assert len(held.keys() & set(twice)) == 1
    assert not held.keys() & {odd, said}
    assert group not in {record.id for record in library.people.list()}
    assert not library.review.assign_automatically()


def test_a_scan_follows_suggestions(library: Library, photos: object, inline: None) -> None:
    called = []
    library._scan._review.assign_automatically = lambda: called.append(True)  # type: ignore[method-assign]
    library.scan([photos])  # type: ignore[list-item]
    assert called == [True]


def test_looks_are_as_far_apart_as_those_of_people() -> None:
    same = np.linalg.norm(look(1, 1) - look(1, 2))
    other = np.linalg.norm(look(1, 1) - look(2, 1))
    assert same < 0.45 < 0.7 < other
